//! Every page that can be reached from the first, held against the rules for all.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::{Browser, main_of, markup::Element, wording};
use crate::shown;

/// Searches differ without end; so many are looked at.
const MOST_SEARCHES: usize = 60;

/// Everything reached: pages by address, and every local link with where it stands.
struct Site {
    pages: BTreeMap<String, Element>,
    /// Link, and the address of the page it stands on.
    links: BTreeSet<(String, String)>,
    files: BTreeSet<String>,
    lost: Vec<String>,
}

async fn crawled() -> Site {
    let (state, _store) = shown::demonstration();
    let browser = Browser::on(state).await;
    let mut site = Site {
        pages: BTreeMap::new(),
        links: BTreeSet::new(),
        files: BTreeSet::new(),
        lost: Vec::new(),
    };
    let mut queue = VecDeque::from(["/".to_owned()]);
    let mut seen: BTreeSet<String> = queue.iter().cloned().collect();
    let mut searches = 0;
    while let Some(path) = queue.pop_front() {
        let reply = browser.get(&path).await;
        if reply.status != 200 {
            let from: Vec<&String> =
                site.links.iter().filter(|(link, _)| *link == path).map(|(_, from)| from).collect();
            site.lost.push(format!("{path} is {} from {from:?}", reply.status));
            continue;
        }
        if !reply.header("content-type").starts_with("text/html") {
            assert!(!reply.body.is_empty(), "{path} is empty");
            site.files.insert(path);
            continue;
        }
        let page = reply.page();
        for element in page.all() {
            let to = element.attribute("href").or(element.attribute("src"));
            let Some(link) = to.filter(|to| to.starts_with('/') || to.starts_with('#')) else {
                continue;
            };
            let whole =
                if link.starts_with('#') { format!("{path}{link}") } else { link.to_owned() };
            let target = whole.split('#').next().unwrap().to_owned();
            site.links.insert((whole, path.clone()));
            let search = target.starts_with("/search?");
            if target.starts_with("/api/") || (search && searches == MOST_SEARCHES) {
                continue;
            }
            if seen.insert(target.clone()) {
                searches += usize::from(search);
                queue.push_back(target);
            }
        }
        site.pages.insert(path, page);
    }
    site
}

/// Pages that must be reached, one of each kind that is easily cut off.
const REACHED: [&str; 13] = [
    "/plan",
    "/match",
    "/about",
    "/problems/not-found",
    "/courses",
    "/providers",
    "/organisations",
    "/organisations/demo-thistledown-care",
    "/organisations/demo-thistledown-care/history",
    "/events",
    "/events/demo-visit-ambrose-field",
    "/case-studies",
    "/case-studies/share-codes-instead-of-folders-fictional",
];

/// Faults of one page by a rule.
type Rule = fn(&Element) -> Vec<String>;

const RULES: [(&str, Rule); 7] = [
    ("one heading of the first level, and none left out", headings),
    ("a name for every control", unnamed),
    ("every identifier once", repeated),
    ("the language, the skip link and one of each landmark", frame),
    ("no word that is never printed", wording::found_in),
    ("no script, no style of its own", active),
    ("a text for every link", mute),
];

#[actix_web::test]
async fn every_page_keeps_the_rules_and_every_local_link_leads_somewhere() {
    let site = crawled().await;
    let mut faults = site.lost.clone();
    for (path, page) in &site.pages {
        for (rule, broken) in RULES {
            let found = broken(page);
            if !found.is_empty() {
                faults.push(format!("{path}: {rule}: {}", found.join("; ")));
            }
        }
    }
    faults.extend(anchors(&site));
    faults.extend(titles(&site));
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
    assert!(site.pages.len() > 150, "only {} pages were reached", site.pages.len());
    for reached in REACHED {
        assert!(site.pages.contains_key(reached), "{reached} cannot be reached by links");
    }
    let documents =
        site.files.iter().filter(|path| path.rsplit('.').next() == Some("docx")).count();
    assert!(documents >= 16, "only {documents} documents were reached");
}

/// Links to a place on a page where there is no such place.
fn anchors(site: &Site) -> Vec<String> {
    let misses = site.links.iter().filter_map(|(link, from)| {
        let (path, anchor) = link.split_once('#')?;
        let page = site.pages.get(path)?;
        (page.with_id(anchor).is_none()).then(|| format!("{from}: {link} has no such place"))
    });
    misses.collect()
}

/// Titles that two pages share.
fn titles(site: &Site) -> Vec<String> {
    let mut by_title: BTreeMap<String, Vec<&String>> = BTreeMap::new();
    for (path, page) in site.pages.iter().filter(|(path, _)| !path.contains('?')) {
        by_title.entry(page.named("title").next().unwrap().text()).or_default().push(path);
    }
    by_title.retain(|_, paths| paths.len() > 1);
    by_title
        .into_iter()
        .map(|(title, paths)| format!("{paths:?} share the title {title}"))
        .collect()
}

fn headings(page: &Element) -> Vec<String> {
    let levels: Vec<(u32, String)> = page
        .all()
        .into_iter()
        .filter_map(|one| Some((one.name.strip_prefix('h')?.parse().ok()?, one.text())))
        .collect();
    let first = levels.iter().filter(|(level, _)| *level == 1).count();
    let mut faults = if first == 1 { vec![] } else { vec![format!("{first} first headings")] };
    for pair in levels.windows(2) {
        if pair[1].0 > pair[0].0 + 1 {
            faults.push(format!("{} after level {}", pair[1].1, pair[0].0));
        }
    }
    faults.extend(levels.iter().filter(|(_, text)| text.is_empty()).map(|_| "empty".to_owned()));
    faults
}

fn unnamed(page: &Element) -> Vec<String> {
    let labelled: BTreeSet<&str> =
        page.named("label").filter_map(|label| label.attribute("for")).collect();
    let hidden = |one: &&Element| one.attribute("type") == Some("hidden");
    let controls = page
        .all()
        .into_iter()
        .filter(|one| ["input", "select", "textarea"].contains(&one.name.as_str()) && !hidden(one));
    let named = |one: &&Element| one.attribute("id").is_some_and(|id| labelled.contains(id));
    let silent = controls.filter(|one| !named(one)).map(|one| format!("{:?}", one.attributes));
    let bare = page.named("fieldset").filter(|set| set.named("legend").next().is_none());
    silent.chain(bare.map(|_| "a fieldset without a legend".to_owned())).collect()
}

fn repeated(page: &Element) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let ids = page.all().into_iter().filter_map(|one| one.attribute("id"));
    ids.filter(|id| !seen.insert(*id)).map(str::to_owned).collect()
}

fn frame(page: &Element) -> Vec<String> {
    let mut faults = Vec::new();
    if page.named("html").next().unwrap().attribute("lang") != Some("en-GB") {
        faults.push("language".to_owned());
    }
    if page.named("a").next().and_then(|one| one.attribute("href")) != Some("#main") {
        faults.push("skip link".to_owned());
    }
    for landmark in ["header", "main", "footer"] {
        if page.named(landmark).count() != 1 {
            faults.push(landmark.to_owned());
        }
    }
    let footer = page.named("footer").next().unwrap();
    let help = footer.named("a").next().map(Element::text);
    if help.as_deref() != Some("Help and contact") {
        faults.push("help is not where it always is".to_owned());
    }
    let names: Vec<_> = page.named("nav").map(|nav| nav.attribute("aria-label")).collect();
    if names.iter().collect::<BTreeSet<_>>().len() < names.len() || names.contains(&None) {
        faults.push("navigation without a name of its own".to_owned());
    }
    faults
}

fn active(page: &Element) -> Vec<String> {
    let active = |one: &&Element| {
        ["script", "style", "iframe"].contains(&one.name.as_str())
            || one.attributes.iter().any(|(name, _)| name == "style" || name.starts_with("on"))
    };
    page.all().into_iter().filter(active).map(|one| one.name.clone()).collect()
}

fn mute(page: &Element) -> Vec<String> {
    let mute = |one: &&Element| one.text().is_empty();
    let links = main_of(page).named("a").filter(mute);
    links.map(|one| format!("{:?}", one.attribute("href"))).collect()
}
