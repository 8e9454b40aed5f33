//! The page of results.

use pathways::{app::guidance, domain::search::Facet};

use super::{Browser, main_of, markup::Element, wording};
use crate::shown;

fn heading(page: &Element) -> String {
    page.with_id("results").unwrap().text()
}

fn hits(page: &Element) -> usize {
    page.all().into_iter().filter(|one| one.has_class("hit")).count()
}

#[actix_web::test]
async fn every_result_says_why_and_when() {
    let page = Browser::open().await.page("/search?q=share+code").await;
    let hits: Vec<&Element> = page.all().into_iter().filter(|one| one.has_class("hit")).collect();
    assert!(hits.len() > 3);
    for hit in hits {
        let text = hit.text();
        assert!(text.contains("Why this:"), "{text}");
        assert!(text.contains("As of ") || !text.starts_with("Our guidance"), "{text}");
    }
    assert_eq!(page.with_id("results").unwrap().attribute("tabindex"), Some("-1"));
}

#[actix_web::test]
async fn what_was_typed_is_text_and_never_markup() {
    let browser = Browser::open().await;
    let attack = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%3Cmark%3E%27%26amp;";
    let page = browser.page(&format!("/search?q={attack}")).await;
    assert_eq!(page.named("script").count(), 0);
    let typed = "\"><script>alert(1)</script><mark>'&amp;";
    assert_eq!(page.with_id("search_q").unwrap().attribute("value"), Some(typed));
    for path in ["/search?cohort=%3Cb%3E", "/search?%3Cb%3E=1", "/plan?cohort=%3Cb%3E", "/%3Cb%3E"]
    {
        let reply = browser.get(path).await;
        assert!(!reply.html().contains("<b>"), "{path}");
        reply.page();
    }
}

#[actix_web::test]
async fn words_that_are_never_printed_stay_in_the_box() {
    let browser = Browser::open().await;
    let snapshot = shown::state().snapshot();
    for never in &snapshot.vocabulary().never_print {
        let typed = never.word.as_str();
        let page = browser.page(&format!("/search?q={}+work", typed.replace(' ', "+"))).await;
        assert_eq!(wording::found_in(&page), Vec::<String>::new(), "{typed}");
        let kept = page.with_id("search_q").unwrap().attribute("value").unwrap();
        assert_eq!(kept, format!("{typed} work"));
        assert!(heading(&page).ends_with("for your words"), "{}", heading(&page));
    }
    let page = browser.page("/search?q=ex-con").await;
    assert!(main_of(&page).text().contains("Your words were read as"));
}

#[actix_web::test]
async fn a_misspelt_word_is_read_and_said_and_an_abbreviation_explained() {
    let page = Browser::open().await.page("/search?q=refugess+rtw").await;
    let text = main_of(&page).text();
    assert!(text.contains("We read “refugess” as “refugees”."), "{text}");
    assert!(text.contains("right to work check:"), "{text}");
}

#[actix_web::test]
async fn a_page_past_the_last_is_the_first_and_titles_tell_pages_apart() {
    let browser = Browser::open().await;
    let title = |page: &Element| page.named("title").next().unwrap().text();
    let first = browser.page("/search").await;
    let second = browser.page("/search?page=2").await;
    let beyond = browser.page("/search?page=99999").await;
    assert!(title(&first).contains("page 1 of"), "{}", title(&first));
    assert!(title(&second).contains("page 2 of"), "{}", title(&second));
    assert_eq!(main_of(&beyond).text(), main_of(&first).text());
    assert_ne!(main_of(&second).text(), main_of(&first).text());
    assert_eq!(hits(&first), 20);
    assert!(heading(&first).starts_with("Everything there is"), "{}", heading(&first));
}

#[actix_web::test]
async fn nothing_found_says_which_filter_stands_in_the_way() {
    let browser = Browser::open().await;
    let page = browser.page("/search?q=share+code&cohort=age-friendly&kind=library").await;
    let text = main_of(&page).text();
    assert!(heading(&page).starts_with("No results"), "{text}");
    assert!(text.contains("Without “") && text.contains("Without any filter"), "{text}");
    let cleared = main_of(&page).named("a").find(|a| a.text() == "Without any filter").unwrap();
    let page = browser.page(cleared.attribute("href").unwrap()).await;
    assert!(hits(&page) > 0);
    let page = browser.page("/search?q=zzxqvw").await;
    assert!(main_of(&page).text().contains("Other ways"));
}

#[actix_web::test]
async fn a_slip_in_the_address_is_named_and_the_words_are_kept() {
    let browser = Browser::open().await;
    for (path, hint) in [
        ("/search?q=visa&cohort=refugee", "The nearest is “refugees”."),
        ("/search?q=visa&stages=check", "The nearest is “stage”."),
        ("/search?q=visa&page=none", "“page” is a whole number"),
    ] {
        let reply = browser.get(path).await;
        assert_eq!(reply.status, 422, "{path}");
        let page = reply.page();
        assert!(main_of(&page).text().contains(hint), "{path}: {}", main_of(&page).text());
        assert!(page.named("title").next().unwrap().text().starts_with("Error: "));
        assert_eq!(page.with_id("search_q").unwrap().attribute("value"), Some("visa"));
    }
}

#[actix_web::test]
async fn every_value_of_a_filter_gives_the_number_beside_it() {
    let browser = Browser::open().await;
    let page = browser.page("/search?q=interview").await;
    let ticks: Vec<(String, String)> = page
        .all()
        .into_iter()
        .filter(|one| one.has_class("tick"))
        .map(|tick| {
            let input = tick.named("input").next().unwrap();
            let of = |name: &str| input.attribute(name).unwrap();
            let count = tick.all().into_iter().find(|one| one.has_class("count")).unwrap();
            (format!("{}={}", of("name"), of("value")), count.text())
        })
        .collect();
    assert!(ticks.len() > 20);
    for (filter, count) in ticks {
        let page = browser.page(&format!("/search?q=interview&{filter}")).await;
        let found = heading(&page);
        assert!(found.starts_with(&format!("{count} result")), "{filter} is {count}: {found}");
    }
}

#[actix_web::test]
async fn a_filter_is_named_in_words_whether_or_not_anything_has_its_value() {
    let (state, _store) = shown::demonstration();
    let browser = Browser::on(state.clone()).await;
    let page = browser.page("/search?kind=organisation").await;
    for hit in page.all().into_iter().filter(|one| one.has_class("hit")) {
        let told = hit.all().into_iter().find(|one| one.has_class("snippet")).unwrap();
        assert!(!told.text().is_empty(), "{}", hit.text());
        let confirmed = ["Last confirmed ", "Never confirmed"].map(|how| hit.text().contains(how));
        assert_ne!(confirmed[0], confirmed[1], "{}", hit.text());
    }
    for tick in page.all().into_iter().filter(|one| one.has_class("tick")) {
        let value = tick.named("input").next().unwrap().attribute("value").unwrap();
        let label = tick.named("label").next().unwrap().text();
        let begins_well = label.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        assert!(begins_well && label.split(", ").next() != Some(value), "{label}");
    }
    let snapshot = state.snapshot();
    for facet in Facet::ALL {
        for value in guidance::values(&snapshot, facet) {
            let page = browser.page(&format!("/search?q=zzxqvw&{}={value}", facet.as_str())).await;
            let chosen = page.all().into_iter().find(|one| one.has_class("chosen")).unwrap();
            let text = chosen.named("a").next().unwrap().text();
            let (_, words) = text.split_once(", ").unwrap();
            assert_ne!(words, value, "{facet:?}");
        }
    }
}

#[actix_web::test]
async fn a_place_is_a_filter_like_others_and_each_result_says_how_far_it_is() {
    let (state, _store) = shown::demonstration();
    let browser = Browser::on(state).await;
    let address = "/search?kind=organisation&place=ox16+5qa&within_miles=20";
    let page = browser.page(address).await;
    assert!(heading(&page).ends_with(", 2 filters"), "{}", heading(&page));
    let text = main_of(&page).text();
    assert!(text.contains("Within 20 miles of "), "{text}");
    let found: Vec<&Element> = page.all().into_iter().filter(|one| one.has_class("hit")).collect();
    assert!(!found.is_empty());
    for hit in found {
        assert!(hit.text().contains("mile"), "{}", hit.text());
    }
    let wrong = browser.get("/search?place=Banbery").await;
    assert_eq!(wrong.status, 422);
    assert!(main_of(&wrong.page()).text().contains("The nearest is “Banbury”."));
}
