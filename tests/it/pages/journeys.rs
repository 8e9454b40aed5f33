//! What a reader does, one link and one form after the other; and what the pages say.

use super::{Browser, main_of, markup::Element};

fn link<'a>(page: &'a Element, text: &str) -> &'a str {
    let found = page.named("a").find(|one| one.text().contains(text));
    found.unwrap_or_else(|| panic!("no link {text}")).attribute("href").unwrap()
}

#[actix_web::test]
async fn search_filter_page_section_and_template_follow_from_each_other() {
    let browser = Browser::open().await;
    let home = browser.page("/").await;
    let form = home.named("form").next().unwrap();
    assert_eq!(
        (form.attribute("action"), form.attribute("method")),
        (Some("/search"), Some("get"))
    );
    let found = browser.page("/search?q=right+to+work+check").await;
    let tick = found.with_id("cohort_refugees").unwrap();
    assert_eq!(tick.attribute("form"), Some("search_form"));
    let found = browser.page("/search?q=right+to+work+check&cohort=refugees").await;
    let chosen = link(&found, "Remove filter: Who it is about, Refugees");
    assert_eq!(chosen, "/search?q=right+to+work+check#results");
    let section = browser.page(link(main_of(&found), "Right to work checks for refugees")).await;
    let template = browser.page(link(main_of(&section), "check record")).await;
    let file = browser.get(link(&template, "Download as Word")).await;
    assert_eq!(file.status, 200);
    let name = "attachment; filename=\"right-to-work-check-record.docx\"";
    assert_eq!(file.header("content-disposition"), name);
}

#[actix_web::test]
async fn six_answers_make_a_plan_and_can_be_changed() {
    let browser = Browser::open().await;
    let form = browser.page("/plan?cohort=refugees").await;
    let checked =
        |page: &Element, id: &str| page.with_id(id).unwrap().attribute("checked").is_some();
    assert!(checked(&form, "cohort_refugees"));
    let answers = "cohort=refugees&size_band=small&sector=construction&stage=check&topic=right-to-work&regulated=no";
    let reply = browser.post("/plan", answers).await;
    assert_eq!((reply.status, reply.header("cache-control")), (200, "no-store"));
    let plan = reply.page();
    let steps: Vec<&Element> = plan.all().into_iter().filter(|one| one.has_class("step")).collect();
    assert!(steps.len() > 5);
    for step in &steps {
        let text = step.text();
        assert!(text.contains("Read: ") && text.contains("as of "), "{text}");
        browser.page(step.named("a").next().unwrap().attribute("href").unwrap()).await;
    }
    assert!(main_of(&plan).text().contains("Check you have done: "));
    let changed = browser.post("/plan", &format!("{answers}&edit=yes")).await.page();
    for id in
        ["cohort_refugees", "size_band_small", "stage_check", "topic_right-to-work", "regulated_no"]
    {
        assert!(checked(&changed, id), "{id} was lost");
    }
}

#[actix_web::test]
async fn no_answer_at_all_makes_a_plan_of_every_step() {
    let reply = Browser::open().await.post("/plan", "size_band=&sector=&stage=&regulated=").await;
    let steps = reply.page().all().into_iter().filter(|one| one.has_class("step")).count();
    assert!(steps > 50, "{steps}");
}

#[actix_web::test]
async fn an_answer_that_is_not_on_the_list_is_named_and_the_others_are_kept() {
    let browser = Browser::open().await;
    for (path, form, field) in [
        ("/plan", "cohort=refugees&size_band=huge", "size_band"),
        ("/plan", "cohort=refugees&sector=no-such-sector", "sector"),
        ("/match", "cohort=refugees&sector=no-such-sector", "sector"),
        ("/match", "cohort=refugees&recognition=%00", "recognition"),
    ] {
        let reply = browser.post(path, form).await;
        assert_eq!(reply.status, 422, "{form}");
        let page = reply.page();
        assert!(page.named("title").next().unwrap().text().starts_with("Error: "));
        assert!(main_of(&page).text().starts_with("There is a problem"));
        let to = main_of(&page).named("a").next().unwrap().attribute("href").unwrap();
        assert_eq!(to, format!("#field_{field}"));
        assert!(page.with_id(&to[1..]).is_some(), "{to}");
        assert!(page.with_id("cohort_refugees").unwrap().attribute("checked").is_some());
    }
}

#[actix_web::test]
async fn a_profile_gives_three_lists_whose_points_have_reasons() {
    let browser = Browser::open().await;
    let form = "cohort=prison-leavers&sector=construction&place=OX16+5QA&question=day+release";
    let reply = browser.post("/match", form).await;
    assert_eq!((reply.status, reply.header("cache-control")), (200, "no-store"));
    let page = reply.page();
    for id in ["guidance", "partnerships", "actions"] {
        let list = page
            .named("section")
            .find(|one| one.attribute("aria-labelledby") == Some(id))
            .unwrap_or_else(|| panic!("{id}"));
        let hit = list.all().into_iter().find(|one| one.has_class("hit")).unwrap().text();
        assert!(hit.contains("of 100 points") && hit.contains("Why this: "), "{hit}");
    }
    let kept = page.all().into_iter().filter_map(|one| one.attribute("value")).collect::<Vec<_>>();
    assert!(kept.contains(&"day release"));
}

#[actix_web::test]
async fn errors_are_pages_with_the_requests_id_and_a_way_on() {
    let browser = Browser::open().await;
    for path in [
        "/nothing-here",
        "/toolkits/none",
        "/toolkits/refugees/none",
        "/library/none",
        "/charter/actions/Z9",
        "/partnerships/none",
        "/courses/none",
        "/providers/none",
        "/toolkits/refugees/templates/none",
        "/toolkits/refugees/templates/email-to-a-refugee-partner.pdf",
        "/assets/none.css",
        "/toolkits/none/checklist",
    ] {
        let reply = browser.get(path).await;
        assert_eq!(reply.status, 404, "{path}");
        let page = reply.page();
        let text = main_of(&page).text();
        assert!(text.starts_with("Page not found"), "{path}: {text}");
        assert!(text.contains(reply.header("x-request-id")), "{path}: {text}");
        browser.page(link(main_of(&page), "home page")).await;
    }
}

#[actix_web::test]
async fn assets_are_kept_for_a_year_and_pages_are_asked_again() {
    let browser = Browser::open().await;
    let home = browser.get("/").await;
    let sheet = home.page().named("link").find_map(|one| {
        (one.attribute("rel") == Some("stylesheet"))
            .then(|| one.attribute("href").unwrap().to_owned())
    });
    let sheet = browser.get(&sheet.unwrap()).await;
    assert_eq!(sheet.header("cache-control"), "public, max-age=31536000, immutable");
    assert!(sheet.header("etag").starts_with('"') && home.header("etag").starts_with('"'));
    assert!(!home.header("cache-control").contains("max-age=3"));
    let robots = browser.get("/robots.txt").await;
    assert!(String::from_utf8(robots.body).unwrap().contains("Disallow: /search"));
}

#[actix_web::test]
async fn pages_say_what_they_said() {
    let browser = Browser::open().await;
    for (name, path) in [
        ("home", "/"),
        ("results", "/search?q=refugess+share+code&per_page=1"),
        ("section", "/toolkits/refugees/right-to-work-checks"),
        ("template", "/toolkits/refugees/templates/email-to-a-refugee-partner"),
    ] {
        let page = browser.page(path).await;
        let aside = |one: &Element| {
            ["manifest", "side"].iter().any(|class| one.has_class(class))
                || one.attribute("aria-hidden") == Some("true")
        };
        insta::assert_snapshot!(name, main_of(&page).text_without(&aside));
    }
}
