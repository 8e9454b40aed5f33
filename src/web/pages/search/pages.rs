//! Links between the pages of the results.

use maud::{Markup, html};

use super::Results;
use crate::web::pages::address;

/// First, last and the neighbours of the present page; nothing for one page.
pub(super) fn links(results: &Results<'_>) -> Markup {
    let (now, last) = (results.question.page.max(1), results.last_page());
    let to = |page: u32| format!("{}#results", address::of(results.question, page));
    html! {
        @if last > 1 {
            nav.pages aria-label="Pages of results" {
                ul {
                    @if now > 1 { li { a href=(to(now - 1)) rel="prev" { "Previous" span.hidden { " page" } } } }
                    @for place in places(now, last) {
                        li {
                            @match place {
                                Some(page) if page == now => {
                                    a href=(to(page)) aria-current="page" { span.hidden { "Page " } (page) }
                                }
                                Some(page) => { a href=(to(page)) { span.hidden { "Page " } (page) } }
                                None => { span aria-hidden="true" { "…" } }
                            }
                        }
                    }
                    @if now < last { li { a href=(to(now + 1)) rel="next" { "Next" span.hidden { " page" } } } }
                }
            }
        }
    }
}

/// Page numbers to show; `None` stands for those left out.
fn places(now: u32, last: u32) -> Vec<Option<u32>> {
    let near = |page: &u32| *page == 1 || *page == last || page.abs_diff(now) <= 1;
    let mut shown = Vec::new();
    let mut before = 0;
    for page in (1..=last).filter(near) {
        match page - before {
            1 => {}
            2 => shown.push(Some(page - 1)),
            _ => shown.push(None),
        }
        shown.push(Some(page));
        before = page;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_and_ends_are_shown_and_a_gap_of_one_is_filled() {
        let shown = |now, last| {
            let number = |place: Option<u32>| place.map_or_else(|| "…".into(), |p| p.to_string());
            places(now, last).into_iter().map(number).collect::<Vec<String>>().join(" ")
        };
        assert_eq!(shown(1, 2), "1 2");
        assert_eq!(shown(1, 9), "1 2 … 9");
        assert_eq!(shown(4, 9), "1 2 3 4 5 … 9");
        assert_eq!(shown(5, 9), "1 … 4 5 6 … 9");
        assert_eq!(shown(9, 9), "1 … 8 9");
    }
}
