//! The register's pages: what they show, in which words, and what they never show.

mod world;

use pathways::{
    domain::register::{Ending, Opening, Organisation, Signature, Statement, Voice},
    store::records,
};

use self::world::{INSIDE, World, author, day, plain, slug};
use super::{Browser, main_of, markup::Element};
use crate::shown;

/// The register's pages of the world, and those beside them that name its records.
const PAGES: [&str; 14] = [
    "/",
    "/about",
    "/charter",
    "/charter/actions/E2",
    "/charter/actions/E6",
    "/organisations",
    "/organisations/open-door-works",
    "/organisations/open-door-works?as_of=2026-09-20",
    "/organisations/open-door-works/history",
    "/organisations/quiet-office",
    "/events",
    "/events/open-evening",
    "/case-studies",
    "/case-studies/how-they-did-it",
];

const TODAY: &str = "2026-11-23";
const OPEN_DOOR: &str = "/organisations/open-door-works";

async fn text(browser: &Browser, path: &str) -> String {
    main_of(&browser.page(path).await).text()
}

/// The text of the part of a page under a heading with that identifier.
fn part(page: &Element, id: &str) -> String {
    let section = page
        .named("section")
        .find(|one| one.attribute("aria-labelledby") == Some(id))
        .unwrap_or_else(|| panic!("no {id}"));
    section.text()
}

#[actix_web::test]
async fn an_organisation_an_event_and_a_case_study_say_what_they_said() {
    let world = World::plain();
    let browser = Browser::on(world.state(TODAY)).await;
    for (name, path) in [
        ("organisation", OPEN_DOOR),
        ("event", "/events/open-evening"),
        ("case_study", "/case-studies/how-they-did-it"),
    ] {
        insta::assert_snapshot!(name, text(&browser, path).await);
    }
}

#[actix_web::test]
async fn what_is_not_for_the_public_stands_on_no_page() {
    let world = World::plain();
    let away = Ending { on: day("2026-11-20"), reason: Some("marker-end-reason".to_owned()) };
    let write = |conn: &mut _| {
        records::end::<Opening>(conn, &slug("driver"), None, away, (&author(), shown::noon()))
    };
    world.store.store.write_blocking(write).unwrap();
    let browser = Browser::on(world.state(TODAY)).await;
    for path in PAGES {
        let reply = browser.get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        for inside in INSIDE.into_iter().chain(["marker-end-reason", "2019"]) {
            assert!(!reply.html().contains(inside), "{path} shows {inside}");
        }
    }
}

#[actix_web::test]
async fn markup_in_every_text_is_escaped_and_no_text_becomes_a_link_that_runs() {
    let world = World::new(|text| format!("javascript:{text}<b onclick=\"x\">'&amp;"));
    let browser = Browser::on(world.state(TODAY)).await;
    for path in PAGES {
        let reply = browser.get(path).await;
        let html = reply.html();
        assert!(!html.contains("<b onclick") && !html.contains("href=\"javascript:"), "{path}");
        let about = path.contains("open-") || path.contains("how-they");
        assert!(!about || html.contains("&lt;b onclick=&quot;x&quot;&gt;'&amp;amp;"), "{path}");
        reply.page();
    }
}

#[actix_web::test]
async fn what_is_hidden_is_answered_exactly_like_what_is_not_there() {
    let world = World::plain();
    let browser = Browser::on(world.state(TODAY)).await;
    for (hidden, absent) in [
        ("/organisations/hidden-mill", "/organisations/no-such-mill"),
        ("/organisations/hidden-mill/history", "/organisations/no-such-mill/history"),
        (
            "/organisations/hidden-mill?as_of=2026-10-01",
            "/organisations/no-such-mill?as_of=2026-10-01",
        ),
        ("/organisations/open-door-works?as_of=2026-08-31", "/organisations/no-such-mill"),
        ("/events/hidden-evening", "/events/no-such-evening"),
        ("/case-studies/not-to-be-told", "/case-studies/no-such-study"),
        ("/organisations/Not%20a%20name", "/organisations/no-such-mill"),
    ] {
        let (hidden, absent) = (browser.get(hidden).await, browser.get(absent).await);
        assert_eq!((hidden.status, absent.status), (404, 404));
        let told = |reply: &super::Reply| reply.html().replace(reply.header("x-request-id"), "");
        assert_eq!(told(&hidden), told(&absent));
    }
}

#[actix_web::test]
async fn a_pledge_that_lapsed_is_never_shown_as_live() {
    let world = World::plain();
    for (on, live, state) in [
        ("2026-12-30", true, "Declared, not checked"),
        ("2026-12-31", true, "Due for renewal"),
        ("2027-02-28", true, "Due for renewal"),
        ("2027-03-01", false, "Lapsed"),
    ] {
        let browser = Browser::on(world.state(on)).await;
        let page = browser.page(OPEN_DOOR).await;
        let trial = page.with_id("pledge-trials").unwrap().text();
        assert!(trial.contains(state), "{on}: {trial}");
        let folded = page.named("details").any(|one| one.with_id("pledge-trials").is_some());
        assert_eq!(folded, !live, "{on}");
        let before = page.named("details").any(|one| one.with_id("pledge-trials-before").is_some());
        assert!(before, "{on}: the year before is over");
        let action = text(&browser, "/charter/actions/E2").await;
        assert_eq!(action.contains("Open Door Works"), live, "{on}: {action}");
        let signed = text(&browser, "/charter").await;
        let count = if live { "1 organisation has a year" } else { "0 organisations have a year" };
        assert!(signed.contains(count), "{on}: {signed}");
    }
}

#[actix_web::test]
async fn signed_up_says_that_nobody_has_checked_and_evidence_says_when_it_was_seen() {
    let world = World::plain();
    let page = Browser::on(world.state(TODAY)).await.page(OPEN_DOOR).await;
    let declared = page.with_id("pledge-trials").unwrap().text();
    assert!(
        declared.contains("Signed up on 1 September 2026. Nobody has checked it."),
        "{declared}"
    );
    let seen = page.with_id("pledge-furthest").unwrap().text();
    assert!(seen.contains("Evidence seen on 10 October 2026."), "{seen}");
    assert!(!seen.contains("Nobody has checked"), "{seen}");
    let earlier = Browser::on(world.state(TODAY)).await;
    let then = earlier.page("/organisations/open-door-works?as_of=2026-09-20").await;
    let confirmed = then.with_id("pledge-furthest").unwrap().text();
    assert!(confirmed.contains("No evidence has been seen."), "{confirmed}");
    assert!(!confirmed.contains("/evidence"), "{confirmed}");
}

#[actix_web::test]
async fn ninety_days_count_as_recent_and_then_the_number_of_places_is_not_known() {
    let world = World::plain();
    for (on, tag, places) in [
        ("2026-11-30", "Confirmed in the last 90 days", "5 places, confirmed 90 days ago"),
        ("2026-12-01", "Confirmed in the last year", "Number of places not known. It was 5"),
    ] {
        let page = Browser::on(world.state(on)).await.page(OPEN_DOOR).await;
        let text = main_of(&page).text();
        assert!(text.contains(tag) && text.contains(places), "{on}: {text}");
    }
    let list = Statement {
        voice: Voice::List,
        by: None,
        on: day("2026-11-01"),
        until: None,
        source: None,
    };
    world.said("from-a-list", list, plain("From A List (fictional)"));
    let browser = Browser::on(world.state(TODAY)).await;
    let listed = text(&browser, "/organisations/from-a-list").await;
    assert!(listed.contains("Never confirmed: from an imported list."), "{listed}");
}

#[actix_web::test]
async fn an_organisation_that_asked_not_to_be_contacted_has_no_route_and_says_so() {
    let world = World::plain();
    let browser = Browser::on(world.state(TODAY)).await;
    let page = browser.page("/organisations/quiet-office").await;
    assert!(part(&page, "contact").contains("It asked not to be contacted."));
    let hiring = part(&page, "postures");
    assert!(hiring.contains("Refugees") && hiring.contains("Not stated is not a no"), "{hiring}");
    assert!(!page.named("a").any(|one| one.attribute("href").unwrap_or("").starts_with("mailto")));
}

#[actix_web::test]
async fn an_organisation_that_was_merged_leads_to_where_it_went() {
    let world = World::plain();
    let write = |conn: &mut _| {
        let (from, into) = (slug("old-name"), slug("open-door-works"));
        records::merge(conn, (&from, None), &into, (&author(), shown::noon()))
    };
    world.store.store.write_blocking(write).unwrap();
    let browser = Browser::on(world.state(TODAY)).await;
    for (from, to) in [
        ("/organisations/old-name", OPEN_DOOR),
        (
            "/organisations/old-name?as_of=2026-10-01",
            "/organisations/open-door-works?as_of=2026-10-01",
        ),
        ("/organisations/old-name/history", "/organisations/open-door-works/history"),
    ] {
        let reply = browser.get(from).await;
        assert_eq!((reply.status, reply.header("location")), (307, to), "{from}");
    }
    assert!(text(&browser, OPEN_DOOR).await.contains("Old Name Ltd"), "its other name");
}

#[actix_web::test]
async fn a_day_gone_by_is_shown_as_it_was_with_a_banner_and_a_day_to_come_is_refused() {
    let world = World::plain();
    let changed = |conn: &mut _| {
        let old = records::find::<Organisation>(conn, &slug("open-door-works"))?;
        let said = Statement { on: day("2026-11-10"), ..old.said };
        let body = Organisation { description: Some("Cooks dinners too.".into()), ..old.body };
        let draft = pathways::domain::register::Draft { slug: None, said, fictional: true, body };
        records::replace(conn, &old.slug, None, &draft, (&author(), shown::noon()))
    };
    world.store.store.write_blocking(changed).unwrap();
    let browser = Browser::on(world.state(TODAY)).await;
    let now = text(&browser, OPEN_DOOR).await;
    assert!(now.contains("Cooks dinners too.") && !now.contains("This is how it stood"), "{now}");
    let then = text(&browser, "/organisations/open-door-works?as_of=2026-11-09").await;
    assert!(then.contains("This is how it stood on 9 November 2026, not today."), "{then}");
    assert!(then.contains("Cooks lunches for offices."), "{then}");
    let history = text(&browser, "/organisations/open-door-works/history").await;
    assert!(
        history.contains("Description: Cooks lunches for offices. → Cooks dinners too."),
        "{history}"
    );
    for refused in ["2026-11-24", "yesterday"] {
        let reply = browser.get(&format!("/organisations/open-door-works?as_of={refused}")).await;
        assert_eq!(reply.status, 422, "{refused}");
    }
}

#[actix_web::test]
async fn the_list_is_in_pages_whose_number_stands_in_the_title() {
    let world = World::plain();
    for number in 0..60 {
        world.write(&format!("many-{number}"), plain(&format!("The Yard {number:02} (fictional)")));
    }
    let browser = Browser::on(world.state(TODAY)).await;
    let title = |page: &Element| page.named("title").next().unwrap().text();
    let first = browser.page("/organisations").await;
    assert_eq!(title(&first), "Organisations (page 1 of 2) – Pathways");
    let entries = |page: &Element| page.all().into_iter().filter(|one| one.has_class("to")).count();
    assert_eq!(entries(&first), 50);
    let last = browser.page("/organisations?page=2").await;
    assert_eq!(
        (title(&last).as_str(), entries(&last)),
        ("Organisations (page 2 of 2) – Pathways", 13)
    );
    assert!(part(&last, "list").contains("The Yard 59"), "“The” does not count");
    assert_eq!(title(&browser.page("/organisations?page=9").await), title(&first));
    assert!(main_of(&first).text().contains("63 organisations are in the register."));
    assert_eq!(browser.get("/organisations?page=0").await.status, 422);
}

#[actix_web::test]
async fn events_to_come_stand_before_those_that_are_over_and_older_ones_can_be_reached() {
    let world = World::plain();
    let browser = Browser::on(world.state(TODAY)).await;
    let now = browser.page("/events").await;
    let coming = part(&now, "coming");
    // 16:30 UTC is half past five in summer.
    assert!(coming.contains("Thursday 10 June 2027, 5:30pm to 7pm, UK time"), "{coming}");
    let later = Browser::on(world.state("2027-06-11")).await;
    assert!(part(&later.page("/events").await, "past").contains("Open evening"));
    let years_on = Browser::on(world.state("2029-01-01")).await;
    let page = years_on.page("/events").await;
    assert!(part(&page, "coming").contains("Nothing is announced"));
    let mut next = link(&page, "Earlier events");
    let mut seen = 0;
    while let Some(path) = next {
        let page = years_on.page(&path).await;
        seen += usize::from(main_of(&page).text().contains("Open evening"));
        next = link(&page, "Earlier events");
    }
    assert_eq!(seen, 1, "once, in its year");
}

fn link(page: &Element, text: &str) -> Option<String> {
    let found = page.named("a").find(|one| one.text() == text);
    found.map(|one| one.attribute("href").unwrap().to_owned())
}

#[actix_web::test]
async fn a_year_that_was_withdrawn_takes_its_pledges_with_it() {
    let world = World::plain();
    let ending = Ending { on: day("2026-11-01"), reason: None };
    let write = |conn: &mut _| {
        records::end::<Signature>(
            conn,
            &slug("this-year"),
            None,
            ending,
            (&author(), shown::noon()),
        )
    };
    world.store.store.write_blocking(write).unwrap();
    let browser = Browser::on(world.state(TODAY)).await;
    let pledges = part(&browser.page(OPEN_DOOR).await, "pledges");
    assert!(pledges.contains("It has no year under the charter that runs today."), "{pledges}");
    assert!(pledges.contains("Withdrawn on 1 November 2026."), "{pledges}");
    assert!(!text(&browser, "/charter/actions/E2").await.contains("Open Door Works"));
}
