//! What the reference data publishes and a coordinator keeps: who has the last word.

use std::fmt::Debug;

use pathways::domain::register::{
    Attendance, CharterStance, CourseRun, CourseVenue, Delivery, FocusArea, Horizon, KeptAction,
    KeptCharter, KeptCourse, KeptNeed, KeptScheme, Need, NeedState, Priority, Record, Reference,
    SchemeKind, SchemeLevel, StudyPattern,
};
use pathways::domain::slug::Slug;
use pathways::store::records::{self, Topic};
use pathways::store::reference::{self, Published};
use pathways::store::{Store, StoreError};

use super::doing::{
    any_of, create, day, draft, end, find, fitting, full, history, made, names_what_is_missing,
    position, replace, today,
};
use crate::store::fixture::{self, slug, slugs, words};
use crate::support::{TestStore, now};

on_both_databases!(
    what_is_published_is_kept_and_publishing_again_changes_nothing,
    what_nobody_touched_follows_what_is_published,
    what_somebody_changed_ended_or_created_outlives_every_publication,
    what_such_a_record_names_stays_though_it_is_no_longer_published,
    a_need_that_is_met_and_a_course_that_ended_are_not_shown,
    what_names_nothing_is_refused,
    each_filter_finds_what_says_so,
);

/// A need with something in every field, of the fixture's partnership.
pub fn rich_need() -> KeptNeed {
    KeptNeed {
        partnership: slug("care"),
        title: "Night care workers".to_owned(),
        description: Some("Nights; \"quietly\",\nand on Sundays.".to_owned()),
        soc: words(&["6135", "1232"]),
        sic: words(&["87", "01110"]),
        level_from: Some(0),
        level_to: Some(8),
        horizon: Some(Horizon::ThreeYears),
        headcount: Some(40),
        priority: Some(Priority::High),
        state: NeedState::PartlyMet,
        organisation: None,
        place: Some("OX16".to_owned()),
        travel_miles: Some(20),
        start_by: Some(day(2027, 4, 30)),
        modes: vec![Delivery::Classroom, Delivery::Blended],
        cohorts: vec![slug("refugees")],
        evidence: Some("Said in two meetings.".to_owned()),
        raised_on: Some("autumn 2026".to_owned()),
        coding: Some("ours".to_owned()),
        sources: words(&["S1", "S3"]),
        note: Some("The number is a guess.".to_owned()),
    }
}

/// A course with something in every field, of the fixture's provider.
pub fn rich_course() -> KeptCourse {
    let run = CourseRun {
        starts_on: Some(day(2027, 1, 12)),
        flexible_start: false,
        ends_on: Some(day(2027, 3, 16)),
        venue: Some("Kitchen".to_owned()),
        mode: Some(Delivery::Blended),
        study_pattern: Some(StudyPattern::PartTime),
        attendance: Some(Attendance::Evening),
        cost_pence: Some(0),
        funding: Some("Skills fund".to_owned()),
        places: Some(12),
    };
    let whenever = CourseRun {
        starts_on: None,
        flexible_start: true,
        ends_on: None,
        venue: None,
        mode: None,
        study_pattern: None,
        attendance: None,
        cost_pence: None,
        funding: None,
        places: None,
    };
    let venue = |label: &str, postcode: Option<&str>| CourseVenue {
        label: label.to_owned(),
        postcode: postcode.map(str::to_owned),
        town: postcode.map(|_| "Banbury".to_owned()),
    };
    KeptCourse {
        provider: slug("college"),
        title: "Evening kitchen".to_owned(),
        course_type: slug("taster"),
        summary: "Ten evenings.".to_owned(),
        delivery: Some(Delivery::Classroom),
        sectors: slugs(&["hospitality"]),
        soc: words(&["5434"]),
        coding: Some("ours".to_owned()),
        level_from: Some(1),
        level_to: Some(2),
        cohorts: slugs(&["refugees", "prison-leavers"]),
        entry_requirements: Some("None but hunger.".to_owned()),
        url: Some("https://example.org/kitchen".to_owned()),
        venues: vec![venue("Kitchen", Some("OX16 5QA")), venue("Annexe", None)],
        runs: vec![run, whenever],
        asked: words(&["cook in the evening"]),
        sources: words(&["S2"]),
        note: Some("Dates may move.".to_owned()),
    }
}

/// A version of the fixture's charter with a stance and a focus area more.
pub fn rich_charter() -> KeptCharter {
    let stance = |name: &str| CharterStance {
        slug: slug(name),
        label: format!("As {name}"),
        meaning: "What you can do.".to_owned(),
    };
    let area = |name: &str| FocusArea { slug: slug(name), label: format!("Area {name}") };
    KeptCharter {
        charter: slug("example-charter"),
        name: "Example Charter, anew".to_owned(),
        summary: "A longer menu.".to_owned(),
        version: "3".to_owned(),
        launched_on: Some(day(2026, 10, 1)),
        focus_areas: vec![area("inclusive-employment"), area("climate")],
        stances: vec![stance("employer"), stance("neighbour")],
        sources: words(&["S1"]),
        note: Some("Adopted in autumn.".to_owned()),
    }
}

/// An action that only that version has a stance for.
pub fn rich_action() -> KeptAction {
    KeptAction {
        code: "N1".to_owned(),
        stance: slug("neighbour"),
        focus_area: slug("climate"),
        label: "Open the yard".to_owned(),
        description: "Let people in.".to_owned(),
        help: "Start on a Sunday.".to_owned(),
        measurable: true,
        unit: Some("visitors".to_owned()),
        evidenced: true,
        cohorts: slugs(&["refugees"]),
        asked: words(&["open yard"]),
        sources: words(&["S2", "S1"]),
        note: Some("Ours.".to_owned()),
    }
}

/// A scheme with levels that presupposes another.
pub fn rich_scheme() -> KeptScheme {
    let level = |name: &str, order, lifetime_months| SchemeLevel {
        slug: slug(name),
        label: name.to_owned(),
        order,
        lifetime_months,
    };
    KeptScheme {
        name: "Wasp Award".to_owned(),
        kind: SchemeKind::Award,
        run_by: "An Example Office".to_owned(),
        summary: "Given to the patient.".to_owned(),
        levels: vec![level("tin", 1, None), level("iron", 2, Some(60))],
        evidence_rule: "A statement.".to_owned(),
        lifetime_months: Some(36),
        lifetime_note: Some("From the day of the award.".to_owned()),
        prerequisites: vec![fixture::prerequisite("bee", Some("gold"))],
        public_list: Some("https://example.org/wasps".to_owned()),
        what_it_proves: "That a statement was sent.".to_owned(),
        sources: words(&["S2"]),
        note: None,
    }
}

/// The reference without what needs and courses hang on.
fn bare() -> Reference {
    let mut bare = fixture::rich();
    bare.partnerships.clear();
    bare.providers.clear();
    bare.course_types.clear();
    bare.sources.retain(|source| source.id != "S3");
    bare
}

fn publish(store: &Store, reference: &Reference) -> Result<Published, StoreError> {
    store.write_blocking(|conn| reference::publish_and_keep(conn, reference, now()))
}

fn shown(store: &Store) -> Reference {
    store
        .read_blocking(|conn| {
            let published = reference::load(conn)?;
            Ok::<_, StoreError>(published.united(&reference::kept(conn)?, today()))
        })
        .unwrap()
}

fn every<T: Topic>(store: &Store) -> Vec<Record<T>> {
    store.read_blocking(records::every::<T>).unwrap()
}

/// The titles of the needs of a partnership.
fn needs(reference: &Reference, partnership: &str) -> Vec<String> {
    let forum = reference.partnership(partnership).unwrap();
    forum.needs.iter().map(|need| need.title.clone()).collect()
}

async fn what_is_published_is_kept_and_publishing_again_changes_nothing(t: TestStore) {
    let rich = fixture::rich();
    let first = publish(&t.store, &rich).unwrap();
    let names = |store| every::<KeptNeed>(store).into_iter().map(|one| one.slug.to_string());
    let expected =
        ["care-shift-leads", "care-night-care", "building-shift-leads", "building-night-care"];
    assert_eq!(names(&t.store).collect::<Vec<_>>(), expected);
    assert_eq!(every::<KeptCourse>(&t.store).len(), 3);
    assert_eq!(first.change, position(&t.store));
    let again = publish(&t.store, &rich).unwrap();
    assert_eq!(again, Published { changed: 0, removed: 0, change: first.change });
    let united = shown(&t.store);
    assert_eq!(united.providers, rich.providers);
    assert_eq!(united.partnerships[0].members, rich.partnerships[0].members);
    for (shown, published) in united.partnerships[0].needs.iter().zip(&rich.partnerships[0].needs) {
        assert_eq!(*shown, Need { slug: shown.slug.clone(), ..published.clone() });
    }
}

async fn what_nobody_touched_follows_what_is_published(t: TestStore) {
    let mut rich = fixture::rich();
    publish(&t.store, &rich).unwrap();
    "Shift leads at once".clone_into(&mut rich.partnerships[0].needs[0].title);
    rich.partnerships[0].needs.remove(1);
    rich.providers[1].courses.remove(0);
    rich.partnerships[0].needs.push(fixture::need("new-one"));
    publish(&t.store, &rich).unwrap();
    assert_eq!(needs(&shown(&t.store), "care"), ["Shift leads at once", "Need new-one"]);
    assert_eq!(shown(&t.store).providers[1].courses.len(), 1);
    let gone = find::<KeptNeed>(&t.store, &slug("care-night-care"));
    assert_eq!(gone.ended.unwrap().reason.as_deref(), Some("It is no longer published."));
    let was = history::<KeptNeed>(&t.store, &slug("care-shift-leads"));
    let told: Vec<_> = was.iter().map(|v| (v.record.version, v.actor.as_str())).collect();
    assert_eq!(told, [(1, "reference"), (2, "reference")]);

    publish(&t.store, &fixture::rich()).unwrap();
    assert!(find::<KeptNeed>(&t.store, &slug("care-night-care")).ended.is_none(), "it is back");
    publish(&t.store, &bare()).unwrap();
    assert!(every::<KeptNeed>(&t.store).iter().all(|one| one.ended.is_some()));
    assert!(every::<KeptCourse>(&t.store).iter().all(|one| one.ended.is_some()));
}

async fn what_somebody_changed_ended_or_created_outlives_every_publication(t: TestStore) {
    let mut rich = fixture::rich();
    publish(&t.store, &rich).unwrap();
    let edited = slug("care-shift-leads");
    let mut body = find::<KeptNeed>(&t.store, &edited).body;
    body.headcount = Some(7);
    replace(&t.store, &edited, Some(1), &draft(body.clone())).unwrap();
    end::<KeptNeed>(&t.store, &slug("care-night-care"), today()).unwrap();
    end::<KeptCourse>(&t.store, &slug("kitchen"), today()).unwrap();
    let own = made(&t.store, rich_need());
    let expected = ["Need shift-leads", "Night care workers"];
    let stays = |store: &Store| {
        assert_eq!(find::<KeptNeed>(store, &edited).body, body);
        assert_eq!(needs(&shown(store), "care"), expected);
        assert!(shown(store).providers[0].courses.is_empty());
        assert!(find::<KeptNeed>(store, &own).ended.is_none());
    };
    stays(&t.store);
    let before = position(&t.store);
    publish(&t.store, &rich).unwrap();
    assert_eq!(position(&t.store), before, "the same again changes nothing");
    stays(&t.store);

    for need in &mut rich.partnerships[0].needs {
        "Said otherwise".clone_into(&mut need.title);
    }
    "Said otherwise".clone_into(&mut rich.providers[0].courses[0].title);
    "Corrected".clone_into(&mut rich.partnerships[1].needs[0].title);
    publish(&t.store, &rich).unwrap();
    stays(&t.store);
    assert_eq!(needs(&shown(&t.store), "building"), ["Corrected", "Need night-care"]);

    rich.partnerships[0].needs.clear();
    rich.providers[0].courses.clear();
    publish(&t.store, &rich).unwrap();
    stays(&t.store);
}

async fn what_such_a_record_names_stays_though_it_is_no_longer_published(t: TestStore) {
    let rich = fixture::rich();
    publish(&t.store, &rich).unwrap();
    let need = made(&t.store, rich_need());
    let course = made(&t.store, rich_course());
    publish(&t.store, &bare()).unwrap();
    let left = shown(&t.store);
    assert_eq!(needs(&left, "care"), ["Night care workers"]);
    assert!(left.partnership("building").is_none());
    assert_eq!(left.course(&course).unwrap().0.slug, slug("college"));
    assert!(left.course_type("taster").is_some() && left.course_type("swap").is_none());
    assert!(["S1", "S2", "S3"].into_iter().all(|id| left.source(id).is_some()));
    end::<KeptNeed>(&t.store, &need, today()).unwrap();
    end::<KeptCourse>(&t.store, &course, today()).unwrap();
    publish(&t.store, &bare()).unwrap();
    let left = shown(&t.store);
    assert_eq!((left.partnerships.len(), left.providers.len()), (0, 0));
    let ended = find::<KeptCourse>(&t.store, &course);
    assert_eq!(ended.body, rich_course(), "its words stay");
}

async fn a_need_that_is_met_and_a_course_that_ended_are_not_shown(t: TestStore) {
    publish(&t.store, &fixture::rich()).unwrap();
    let name = made(&t.store, rich_need());
    for (state, there) in [
        (NeedState::Open, true),
        (NeedState::Met, false),
        (NeedState::PartlyMet, true),
        (NeedState::Dropped, false),
    ] {
        let body = KeptNeed { state, ..rich_need() };
        replace(&t.store, &name, None, &draft(body)).unwrap();
        let titles = needs(&shown(&t.store), "care");
        assert_eq!(titles.contains(&"Night care workers".to_owned()), there, "{state}");
    }
    let course = made(&t.store, rich_course());
    let reference = shown(&t.store);
    let (by, shown_course) = reference.course(&course).unwrap();
    assert_eq!(shown_course.title, "Evening kitchen");
    let labels: Vec<_> = by.venues.iter().map(|venue| venue.label.as_str()).collect();
    assert_eq!(labels, ["North", "Annexe", "Kitchen"], "it is held at a place of its own");
    let until = today().succ_opt().unwrap();
    end::<KeptCourse>(&t.store, &course, until).unwrap();
    assert!(shown(&t.store).course(&course).is_some(), "until its last day");
    let published = t.store.read_blocking(reference::load).unwrap();
    let kept = t.store.read_blocking(reference::kept).unwrap();
    assert!(published.united(&kept, until).course(&course).is_none());
}

async fn what_names_nothing_is_refused(t: TestStore) {
    let store = &t.store;
    names_what_is_missing(create(store, &draft(rich_need())), "care");
    names_what_is_missing(create(store, &draft(rich_course())), "college");
    publish(store, &fixture::rich()).unwrap();
    let body = KeptCourse { course_type: slug("none"), ..rich_course() };
    names_what_is_missing(create(store, &full(body)), "none");
    let name = made(store, rich_need());
    let body = KeptNeed { partnership: slug("nowhere"), ..rich_need() };
    names_what_is_missing(replace(store, &name, None, &draft(body)), "nowhere");
    assert_eq!(find::<KeptNeed>(store, &name).body, rich_need());
}

fn only<T: Topic + Debug>(store: &Store, own: &Slug, field: &'static str, values: &[&str]) {
    let found = fitting::<T>(store, vec![any_of(field, values)], today());
    assert!(found.contains(own), "{field} {values:?}: {found:?}");
    let other = fitting::<T>(store, vec![any_of(field, &["nothing-says-so"])], today());
    assert_eq!(other, [] as [Slug; 0], "{field}");
}

async fn each_filter_finds_what_says_so(t: TestStore) {
    publish(&t.store, &fixture::rich()).unwrap();
    let need = made(&t.store, rich_need());
    let bare = made(
        &t.store,
        KeptNeed {
            soc: Vec::new(),
            sic: Vec::new(),
            horizon: None,
            priority: None,
            cohorts: Vec::new(),
            title: "Bare".to_owned(),
            ..rich_need()
        },
    );
    for (field, value) in [
        ("partnership", "care"),
        ("state", "partly-met"),
        ("horizon", "3y"),
        ("priority", "high"),
        ("soc", "1232"),
        ("sic", "01110"),
        ("cohort", "refugees"),
    ] {
        only::<KeptNeed>(&t.store, &need, field, &[value]);
    }
    for field in ["horizon", "priority", "soc", "sic", "cohort"] {
        only::<KeptNeed>(&t.store, &bare, field, &["-"]);
    }
    let course = made(&t.store, rich_course());
    for (field, value) in [
        ("provider", "college"),
        ("course_type", "taster"),
        ("delivery", "classroom"),
        ("sector", "hospitality"),
        ("cohort", "prison-leavers"),
        ("soc", "5434"),
    ] {
        only::<KeptCourse>(&t.store, &course, field, &[value]);
    }
}
