//! The same pages over other data: past their review date, fictional, empty.

use std::sync::Arc;

use chrono::NaiveDate;
use pathways::app::{
    AppState, Clock,
    start::{Demonstration, ReferenceSource, Sources},
};

use super::{Browser, main_of, markup::Element};

async fn shown(reference: ReferenceSource, demonstration: Demonstration, day: &str) -> Browser {
    let sources = Sources { toolkits: None, reference, demonstration };
    let day: NaiveDate = day.parse().unwrap();
    let clock = Clock::Fixed(day.and_hms_opt(12, 0, 0).unwrap());
    let material = sources.read().unwrap();
    let library = material.library.clone();
    let snapshot = material.alone(clock).unwrap();
    Browser::on(Arc::new(AppState::new(library, snapshot, clock))).await
}

fn notice(page: &Element) -> bool {
    page.all().into_iter().any(|one| one.has_class("ribbon"))
}

#[actix_web::test]
async fn what_is_past_its_review_date_says_so_wherever_it_is_shown() {
    let late = shown(ReferenceSource::Oxfordshire, Demonstration::Absent, "2028-01-01").await;
    let fresh = Browser::open().await;
    for path in [
        "/toolkits/refugees",
        "/toolkits/refugees/right-to-work-checks",
        "/toolkits/refugees/checklist",
        "/toolkits/refugees/templates/right-to-work-check-record",
        "/search?q=share+code",
    ] {
        let text = main_of(&late.page(path).await).text();
        assert!(text.contains("Past its review date"), "{path}: {text}");
        let text = main_of(&fresh.page(path).await).text();
        assert!(!text.contains("Past its review date"), "{path}: {text}");
    }
    let plan = late.post("/plan", "cohort=refugees").await.page();
    assert!(main_of(&plan).text().contains("the law they rest on is past its review date"));
}

#[actix_web::test]
async fn what_is_fictional_is_marked_and_the_page_says_so() {
    let demo = shown(ReferenceSource::Oxfordshire, Demonstration::Added, "2026-11-23").await;
    for path in ["/partnerships", "/courses", "/providers", "/search?q=fictional"] {
        let page = demo.page(path).await;
        let marked = page.all().into_iter().filter(|one| one.text() == "Fictional").count() > 0;
        assert_eq!(notice(&page), marked, "{path}");
    }
    let any = demo.page("/courses").await;
    assert!(notice(&any), "the demonstration has fictional courses");
    assert!(!notice(&Browser::open().await.page("/courses").await));
    assert!(!notice(&demo.page("/toolkits/refugees").await));
}

#[actix_web::test]
async fn a_partnership_without_reference_data_has_pages_all_the_same() {
    let bare = shown(ReferenceSource::Nothing, Demonstration::Absent, "2026-11-23").await;
    for path in [
        "/",
        "/toolkits",
        "/charter",
        "/partnerships",
        "/courses",
        "/providers",
        "/plan",
        "/match",
        "/library",
        "/about",
        "/search",
    ] {
        let page = bare.page(path).await;
        assert_eq!(page.named("h1").count(), 1, "{path}");
    }
    assert_eq!(bare.post("/match", "cohort=refugees").await.status, 200);
}
