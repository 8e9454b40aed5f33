//! Partnerships, their meetings and actions as records: what is published goes on being
//! followed, what somebody changed has the last word, and names lead somewhere.

use pathways::domain::register::{
    ActionState, AgendaItem, Capacity, KeptAgreedAction, KeptMeeting, KeptMember, KeptNeed,
    KeptPartnership, Publication, Record, Reference,
};
use pathways::domain::slug::Slug;
use pathways::store::records::{self, Topic};
use pathways::store::reference::{self, Published};
use pathways::store::{Store, StoreError};

use super::doing::{
    any_of, create, day, draft, end, find, fitting, made, names_what_is_missing, position, replace,
    today,
};
use super::fixture::organisation;
use super::kept::rich_need;
use crate::store::fixture::{self, slug, slugs, words};
use crate::support::{TestStore, now};

on_both_databases!(
    what_is_published_is_kept_once_and_read_back_alike,
    what_a_coordinator_writes_of_a_forum_outlives_every_publication,
    a_partnership_that_a_coordinator_made_can_have_needs_meetings_and_actions,
    a_partnership_that_ended_is_not_shown_and_what_names_it_stays,
    an_action_names_a_need_and_a_meeting_of_its_own_partnership,
    who_takes_part_is_in_the_register_and_shown,
    meetings_stand_latest_first_and_actions_overdue_first,
    each_filter_finds_what_says_so,
);

/// A partnership with something in every field, with an organisation of the register.
pub fn rich_partnership(member: &Slug) -> KeptPartnership {
    let plain = |organisation: &str, capacity| KeptMember {
        organisation: organisation.to_owned(),
        capacity,
        from: None,
        to: None,
        sources: Vec::new(),
        as_of: None,
        note: None,
        fictional: false,
    };
    KeptPartnership {
        name: "Night Economy".to_owned(),
        sectors: slugs(&["hospitality", "health-and-care"]),
        area: words(&["Oxfordshire", "Berkshire"]),
        facilitator: Some("An Example Chamber".to_owned()),
        champion: Some(member.to_string()),
        cadence: Some("Each quarter.".to_owned()),
        summary: "Meets about \"evening\" work,\nand nights.".to_owned(),
        members: vec![
            KeptMember {
                from: Some(day(2025, 1, 14)),
                to: Some(day(2026, 9, 30)),
                sources: words(&["S1", "S2"]),
                as_of: Some(day(2026, 1, 1)),
                note: Some("Seen twice.".to_owned()),
                fictional: true,
                ..plain(member, Capacity::Employer)
            },
            plain("Example College; and Others", Capacity::Host),
        ],
        asked: words(&["night forum"]),
        sources: words(&["S2"]),
        note: Some("The dates may be wrong.".to_owned()),
    }
}

/// A meeting with something in every field, of the fixture's partnership.
pub fn rich_meeting() -> KeptMeeting {
    let at = |hour| chrono::NaiveTime::from_hms_opt(hour, 30, 0);
    KeptMeeting {
        partnership: slug("care"),
        held_on: "2026-12-03".to_owned(),
        starts: at(9),
        ends: at(11),
        host: Some("Example College".to_owned()),
        place: Some("Main hall".to_owned()),
        postcode: Some("OX16 5QA".to_owned()),
        summary: Some("Winter.".to_owned()),
        agenda: vec![
            AgendaItem { topic: "English, at work".to_owned(), cohort: Some(slug("refugees")) },
            AgendaItem { topic: "Any other business".to_owned(), cohort: None },
        ],
        link: Some("https://example.org/notes".to_owned()),
        sources: words(&["S1"]),
    }
}

/// An action with something in every field, of the fixture's partnership.
pub fn rich_agreed(owner: &Slug, need: &Slug, meeting: &Slug) -> KeptAgreedAction {
    KeptAgreedAction {
        partnership: slug("care"),
        text: "Ring the colleges, all three.".to_owned(),
        owner: Some(owner.clone()),
        role: Some("HR manager".to_owned()),
        due_on: Some(day(2026, 10, 1)),
        state: Some(ActionState::Done),
        done_on: Some(day(2026, 10, 2)),
        status_note: Some("All answered.".to_owned()),
        need: Some(need.clone()),
        meeting: Some(meeting.clone()),
        sources: words(&["S3"]),
    }
}

/// An action of which little is known.
fn plain_agreed(text: &str) -> KeptAgreedAction {
    KeptAgreedAction {
        partnership: slug("care"),
        text: text.to_owned(),
        owner: None,
        role: None,
        due_on: None,
        state: None,
        done_on: None,
        status_note: None,
        need: None,
        meeting: None,
        sources: Vec::new(),
    }
}

fn publish(store: &Store, reference: &Reference) -> Published {
    store.write_blocking(|conn| reference::publish_and_keep(conn, reference, now())).unwrap()
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

async fn what_is_published_is_kept_once_and_read_back_alike(t: TestStore) {
    let mut rich = fixture::rich();
    rich.partnerships[0].members[0].from = Some(day(2025, 1, 14));
    rich.partnerships[0].champion = Some("Zebra Care Ltd".to_owned());
    let first = publish(&t.store, &rich);
    let again = publish(&t.store, &rich);
    assert_eq!(again, Published { changed: 0, removed: 0, change: first.change });
    assert_eq!(every::<KeptPartnership>(&t.store).len(), 2);
    let names: Vec<_> =
        every::<KeptMeeting>(&t.store).into_iter().map(|one| one.slug.to_string()).collect();
    let expected = ["care-2026-11", "care-2026-05-12", "building-2026-11", "building-2026-05-12"];
    assert_eq!(names, expected);
    let mut united = shown(&t.store);
    for (shown, published) in united.partnerships.iter_mut().zip(&rich.partnerships) {
        assert!(shown.meetings.iter().all(|one| one.details.slug.is_some()));
        for meeting in &mut shown.meetings {
            meeting.details.slug = None;
        }
        for action in &mut shown.actions {
            action.details.slug = None;
        }
        shown.needs.clone_from(&published.needs);
        assert_eq!(shown, published);
    }
}

async fn what_a_coordinator_writes_of_a_forum_outlives_every_publication(t: TestStore) {
    let mut rich = fixture::rich();
    publish(&t.store, &rich);
    let care = slug("care");
    let mut body = find::<KeptPartnership>(&t.store, &care).body;
    "Meets about care, and cake.".clone_into(&mut body.summary);
    replace(&t.store, &care, Some(1), &draft(body.clone())).unwrap();
    end::<KeptMeeting>(&t.store, &slug("care-2026-11"), today()).unwrap();
    let own = made(&t.store, plain_agreed("Bake"));
    "Said otherwise".clone_into(&mut rich.partnerships[0].summary);
    rich.partnerships[0].meetings[0].place = Some("Elsewhere".to_owned());
    rich.partnerships[1].actions.clear();
    publish(&t.store, &rich);
    let united = shown(&t.store);
    let forum = united.partnership("care").unwrap();
    assert_eq!(forum.summary, body.summary);
    let held: Vec<_> = forum.meetings.iter().map(|one| one.held_on.as_str()).collect();
    assert_eq!(held, ["2026-05-12"], "what ended stays so");
    assert!(forum.actions.iter().any(|one| one.details.slug.as_ref() == Some(&own)));
    assert!(united.partnership("building").unwrap().actions.is_empty(), "the rest is followed");
    let before = position(&t.store);
    publish(&t.store, &rich);
    assert_eq!(position(&t.store), before, "the same again changes nothing");
}

async fn a_partnership_that_a_coordinator_made_can_have_needs_meetings_and_actions(t: TestStore) {
    publish(&t.store, &fixture::rich());
    let member = made(&t.store, organisation("Night Mill (fictional)"));
    let forum = made(&t.store, rich_partnership(&member));
    assert_eq!(forum, slug("night-economy"));
    made(&t.store, KeptNeed { partnership: forum.clone(), ..rich_need() });
    made(&t.store, KeptMeeting { partnership: forum.clone(), ..rich_meeting() });
    made(&t.store, KeptAgreedAction { partnership: forum.clone(), ..plain_agreed("Ask") });
    for reference in [fixture::rich(), Reference::default()] {
        publish(&t.store, &reference);
        let united = shown(&t.store);
        let shown = united.partnership("night-economy").unwrap();
        assert_eq!(
            (shown.needs.len(), shown.meetings.len(), shown.actions.len(), shown.members.len()),
            (1, 1, 1, 2)
        );
        let wanted: Vec<_> = united.named_by_partnerships().into_iter().collect();
        assert_eq!(wanted, std::slice::from_ref(&member));
        let called = [(member.clone(), "Night Mill (fictional)".to_owned())].into();
        let named = united.clone().with_names(&called);
        let forum = named.partnership("night-economy").unwrap();
        assert_eq!(forum.members[0].organisation, "Night Mill (fictional)");
        assert_eq!(forum.champion.as_deref(), Some("Night Mill (fictional)"));
        let hidden = united.with_names(&[].into());
        let hidden = hidden.partnership("night-economy").unwrap();
        assert_eq!((hidden.members.len(), hidden.champion.as_ref()), (1, None));
    }
}

async fn a_partnership_that_ended_is_not_shown_and_what_names_it_stays(t: TestStore) {
    publish(&t.store, &fixture::rich());
    let need = made(&t.store, rich_need());
    end::<KeptPartnership>(&t.store, &slug("care"), today()).unwrap();
    publish(&t.store, &fixture::rich());
    assert!(shown(&t.store).partnership("care").is_none());
    assert_eq!(find::<KeptNeed>(&t.store, &need).body.partnership, slug("care"));
}

async fn an_action_names_a_need_and_a_meeting_of_its_own_partnership(t: TestStore) {
    let store = &t.store;
    publish(store, &fixture::rich());
    let owner = made(store, organisation("Mill (fictional)"));
    let (need, meeting) = (slug("care-shift-leads"), slug("care-2026-11"));
    let whole = rich_agreed(&owner, &need, &meeting);
    let name = made(store, whole.clone());
    assert_eq!(find::<KeptAgreedAction>(store, &name).body, whole);
    let elsewhere = slug("building-shift-leads");
    let refused = |body: KeptAgreedAction| create(store, &draft(body)).unwrap_err();
    let other = KeptAgreedAction { need: Some(elsewhere.clone()), ..plain_agreed("x") };
    assert!(matches!(refused(other.clone()), StoreError::Conflict(_)));
    assert!(matches!(replace(store, &name, None, &draft(other)), Err(StoreError::Conflict(_))));
    let meeting = Some(slug("building-2026-11"));
    assert!(matches!(
        refused(KeptAgreedAction { meeting, ..plain_agreed("x") }),
        StoreError::Conflict(_)
    ));
    for (named, body) in [
        ("nothing", KeptAgreedAction { need: Some(slug("nothing")), ..plain_agreed("x") }),
        ("never", KeptAgreedAction { meeting: Some(slug("never")), ..plain_agreed("x") }),
        ("nobody", KeptAgreedAction { owner: Some(slug("nobody")), ..plain_agreed("x") }),
        ("nowhere", KeptAgreedAction { partnership: slug("nowhere"), ..plain_agreed("x") }),
    ] {
        names_what_is_missing(create(store, &draft(body)), named);
    }
    names_what_is_missing(
        create(store, &draft(KeptMeeting { partnership: slug("nowhere"), ..rich_meeting() })),
        "nowhere",
    );
    assert_eq!(find::<KeptAgreedAction>(store, &name).body, whole, "nothing was written");
}

async fn who_takes_part_is_in_the_register_and_shown(t: TestStore) {
    let store = &t.store;
    publish(store, &fixture::rich());
    names_what_is_missing(create(store, &draft(rich_partnership(&slug("nobody")))), "nobody");
    let mut hidden = organisation("Quiet (fictional)");
    hidden.publication = Publication::Draft;
    let hidden = made(store, hidden);
    let refused = create(store, &draft(rich_partnership(&hidden)));
    assert!(matches!(refused, Err(StoreError::Conflict(_))), "{refused:?}");
    assert_eq!(every::<KeptPartnership>(store).len(), 2);
}

async fn meetings_stand_latest_first_and_actions_overdue_first(t: TestStore) {
    let store = &t.store;
    let mut rich = fixture::rich();
    rich.partnerships[0].meetings.clear();
    rich.partnerships[0].actions.clear();
    publish(store, &rich);
    for held_on in ["autumn", "2026", "2027-01-19", "2026-03-01"] {
        let (starts, ends) = (None, None);
        let held_on = held_on.to_owned();
        made(store, KeptMeeting { held_on, starts, ends, ..rich_meeting() });
    }
    let due = |text: &str, due_on, state| {
        made(store, KeptAgreedAction { due_on, state, ..plain_agreed(text) });
    };
    let on = |month, of_month| Some(day(2026, month, of_month));
    due("undated", None, None);
    due("done", on(1, 1), Some(ActionState::Done));
    due("soon", today().succ_opt(), Some(ActionState::Open));
    due("late", on(9, 2), Some(ActionState::Open));
    due("later still", on(8, 2), None);
    due("today", Some(today()), None);
    let united = shown(store);
    let forum = united.partnership("care").unwrap();
    let held: Vec<_> = forum.meetings.iter().map(|one| one.held_on.as_str()).collect();
    assert_eq!(held, ["2027-01-19", "2026-03-01", "2026", "autumn"]);
    let texts: Vec<_> = forum.actions.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["later still", "late", "today", "soon", "undated", "done"]);
}

async fn each_filter_finds_what_says_so(t: TestStore) {
    let store = &t.store;
    publish(store, &fixture::rich());
    let owner = made(store, organisation("Mill (fictional)"));
    let forum = made(store, rich_partnership(&owner));
    let found = |field, value: &str| {
        fitting::<KeptPartnership>(store, vec![any_of(field, &[value])], today())
    };
    assert_eq!(found("member", &owner), std::slice::from_ref(&forum));
    assert_eq!(found("member", "Example College; and Others"), std::slice::from_ref(&forum));
    assert!(found("sector", "hospitality").contains(&forum));
    let meeting = made(store, rich_meeting());
    let found =
        |field, value: &str| fitting::<KeptMeeting>(store, vec![any_of(field, &[value])], today());
    assert_eq!(found("from", "2026-12-03"), std::slice::from_ref(&meeting));
    assert!(!found("to", "2026-12-02").contains(&meeting));
    assert_eq!(found("cohort", "refugees"), std::slice::from_ref(&meeting));
    assert_eq!(found("partnership", "care").len(), 3);
    let need = slug("care-shift-leads");
    let done = made(store, rich_agreed(&owner, &need, &meeting));
    let due_on = Some(day(2026, 9, 1));
    let late = made(store, KeptAgreedAction { due_on, ..plain_agreed("Late") });
    let found = |field, value: &str| {
        fitting::<KeptAgreedAction>(store, vec![any_of(field, &[value])], today())
    };
    for (field, value) in [
        ("owner", owner.as_str()),
        ("need", need.as_str()),
        ("meeting", meeting.as_str()),
        ("state", "done"),
    ] {
        assert_eq!(found(field, value), std::slice::from_ref(&done), "{field}");
    }
    assert_eq!(found("overdue", "true"), std::slice::from_ref(&late));
    let rest = found("overdue", "false");
    assert!(rest.contains(&done) && !rest.contains(&late));
    assert_eq!(rest.len() + 1, every::<KeptAgreedAction>(store).len());
}
