//! The search page: a question and its answer, in full and without a script.
//!
//! The form's controls carry the form's name, so words and filters are sent
//! together from wherever on the page. What was typed is repeated outside its box
//! only where [`Wording`] lets it.

mod empty;
mod filters;
mod hit;
mod pages;

use std::fmt::Write;

use maud::{Markup, html};

use crate::{
    app::{AppError, Refusal, Snapshot, guidance},
    domain::search::{Answer, Facet, Question},
    web::pages::{
        address,
        layout::{Area, Page},
        parts::{day, grouped},
        wording::{Wording, curly},
    },
};

/// Everything that the parts of the page look at.
struct Results<'a> {
    snapshot: &'a Snapshot,
    question: &'a Question,
    answer: &'a Answer,
    wording: Wording<'a>,
}

/// The page that answers a question, and how many results there are.
///
/// A page past the last one is the first one.
///
/// # Errors
///
/// [`AppError::Invalid`] for a filter value that is not known.
pub fn page(snapshot: &Snapshot, question: &Question) -> Result<(Markup, u64), AppError> {
    let mut question = question.clone();
    let mut answer = guidance::search(snapshot, &question)?;
    if answer.hits.is_empty() && answer.total > 0 && question.page > 1 {
        question.page = 1;
        answer = guidance::search(snapshot, &question)?;
    }
    let wording = Wording::of(snapshot.vocabulary());
    let results = Results { snapshot, question: &question, answer: &answer, wording };
    let fictional = answer.hits.iter().any(|hit| hit.fictional);
    let content = html! {
        div.wrap.search-page {
            h1 { "Search" }
            (search_form(&question))
            div.found {
                (filters::panel(&results))
                div.results {
                    h2 id="results" tabindex="-1" { (results.heading()) }
                    (results.chosen())
                    (results.told())
                    @if answer.hits.is_empty() {
                        (empty::help(&results))
                    } @else {
                        ul.hits { @for hit in &answer.hits { (hit::item(&results, hit)) } }
                        (pages::links(&results))
                    }
                    (results.manifest())
                }
            }
        }
    };
    let page = results.frame().fiction(fictional).without_seek().render(&content);
    Ok((page, answer.total))
}

/// The page that says what is wrong with a question, and lets it be asked anew.
pub fn refused(snapshot: &Snapshot, question: &Question, refusals: &[Refusal]) -> Markup {
    let wording = Wording::of(snapshot.vocabulary());
    let messages: Vec<String> = refusals
        .iter()
        .map(|refusal| {
            wording.fit(&refusal.message).unwrap_or("This address has a part we do not know.")
        })
        .map(curly)
        .collect();
    let content = html! {
        div.wrap {
            div.summary role="alert" aria-labelledby="problem" {
                h2 id="problem" { "There is a problem" }
                ul { @for message in &messages { li { a href="#search_q" { (message) } } } }
            }
            h1 { "Search" }
            (search_form(question))
            p { a href=(address::unfiltered(question)) { "Search for the same words without filters" } }
        }
    };
    Page::new("Error: Search", Area::Elsewhere).without_seek().render(&content)
}

fn search_form(question: &Question) -> Markup {
    html! {
        form.ask id="search_form" role="search" action="/search" method="get" {
            label.hidden for="search_q" { "Search words" }
            div.ask-row {
                input #search_q type="search" name="q" maxlength="500" autocomplete="off"
                    value=(question.text);
                button.button type="submit" { "Search" }
            }
            @if question.per_page != address::PER_PAGE {
                input type="hidden" name="per_page" value=(question.per_page);
            }
        }
    }
}

impl Results<'_> {
    fn frame(&self) -> Page {
        let what = match self.repeated() {
            Some(text) => format!("{text} – Search"),
            None => "Search".to_owned(),
        };
        let last = self.last_page();
        let mut title = what;
        if last > 1 {
            title = format!("{title} (page {} of {last})", self.question.page);
        }
        Page::new(title, Area::Elsewhere)
    }

    /// What was typed, where there is something and it may be repeated.
    fn repeated(&self) -> Option<&str> {
        let text = self.question.text.trim();
        if text.is_empty() { None } else { self.wording.fit(text) }
    }

    fn heading(&self) -> String {
        let total = self.answer.total;
        let results = if total == 1 { "result" } else { "results" };
        let count = if total == 0 { "No".to_owned() } else { grouped(total) };
        let mut heading = match (self.question.text.trim().is_empty(), self.repeated()) {
            (true, _) if self.question.filters.is_empty() && self.answer.near.is_none() => {
                format!("Everything there is: {}", grouped(total))
            }
            (true, _) => format!("{count} {results}"),
            (false, Some(text)) => format!("{count} {results} for “{text}”"),
            (false, None) => format!("{count} {results} for your words"),
        };
        match self.question.filters.len() + usize::from(self.answer.near.is_some()) {
            0 => {}
            1 => heading.push_str(", 1 filter"),
            more => _ = write!(heading, ", {more} filters"),
        }
        heading
    }

    /// The last page of the results, at least 1.
    fn last_page(&self) -> u32 {
        let pages = self.answer.total.div_ceil(u64::from(self.question.per_page.max(1)));
        u32::try_from(pages.max(1)).unwrap_or(u32::MAX)
    }

    /// The words shown for a filter's value.
    fn label(&self, facet: Facet, value: &str) -> String {
        let counts = self.answer.facets.iter().filter(|counts| counts.facet == facet);
        let found = counts.flat_map(|counts| &counts.values).find(|one| one.value == value);
        let unfound = || guidance::label(self.snapshot, facet, value);
        found.map_or_else(unfound, |one| one.label.clone())
    }

    /// The chosen filters, each a link that removes it.
    fn chosen(&self) -> Markup {
        html! {
            @if !self.question.filters.is_empty() || self.answer.near.is_some() {
                ul.chosen aria-label="Chosen filters" {
                    @for (facet, value) in &self.question.filters {
                        li {
                            a href={ (address::without(self.question, *facet, value)) "#results" } {
                                span aria-hidden="true" { "×" }
                                span {
                                    span.hidden { "Remove filter: " (facet.label()) ", " }
                                    (self.label(*facet, value))
                                }
                            }
                        }
                    }
                    @if let Some(near) = &self.answer.near {
                        li {
                            a href={ (address::anywhere(self.question)) "#results" } {
                                span aria-hidden="true" { "×" }
                                span {
                                    span.hidden { "Remove filter: place, " }
                                    "Within " (near.within_miles) " miles of " (near.name)
                                }
                            }
                        }
                    }
                    li.clear { a href={ (address::unfiltered(self.question)) "#results" } { "Clear all filters" } }
                }
            }
        }
    }

    /// What was done with the words: corrections, meanings, suggestion, widening.
    fn told(&self) -> Markup {
        let answer = self.answer;
        let nothing = answer.corrections.is_empty()
            && answer.expansions.is_empty()
            && answer.suggestion.is_none()
            && answer.relaxed.is_none()
            && answer.ignored.is_empty();
        html! {
            @if !nothing {
                div.told.box {
                    @for correction in &answer.corrections {
                        p {
                            @match self.wording.fit(&correction.typed) {
                                Some(typed) => { "We read “" (typed) "” as “" (correction.used) "”." }
                                None => { "We read one of your words as “" (correction.used) "”." }
                            }
                        }
                    }
                    @if let Some(note) = &answer.relaxed { @if let Some(note) = self.wording.fit(note) { p { (curly(note)) } } }
                    @for expansion in &answer.expansions {
                        p { strong { (expansion.term) } ": " (expansion.meaning) }
                    }
                    @if let Some(better) = &answer.suggestion {
                        p {
                            "Did you mean "
                            a href=(address::reworded(self.question, &better.text)) { (better.text) }
                            "? (" (grouped(better.total)) ")"
                        }
                    }
                    (self.ignored())
                }
            }
        }
    }

    fn ignored(&self) -> Markup {
        let words: Vec<String> = self
            .answer
            .ignored
            .iter()
            .filter_map(|word| self.wording.fit(word))
            .map(|word| format!("“{word}”"))
            .collect();
        html! { @if !words.is_empty() { p.soft { "Not used: " (words.join(", ")) "." } } }
    }

    /// What the answer was made from.
    fn manifest(&self) -> Markup {
        let short: String = self.snapshot.content_hash().chars().take(19).collect();
        html! {
            p.manifest {
                (grouped(self.answer.considered)) " entries considered · judged on "
                (day(self.snapshot.today)) " · change " (self.snapshot.change) " · content "
                (short) " · "
                @if let Some(near) = self.answer.near.as_ref().filter(|_| self.answer.without_place > 0) {
                    (grouped(self.answer.without_place)) " without a known place left out near "
                    (near.name) " · "
                }
                a href="/about#ranking" { "How results are ranked" }
            }
        }
    }
}
