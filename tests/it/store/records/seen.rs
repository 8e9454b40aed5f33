//! Who sees which records in a list, as the domain tells it of each of them; and filter
//! values that mean harm.

use std::collections::BTreeMap;
use std::fmt::Debug;

use pathways::domain::access::{Caller, Role, Shown};
use pathways::domain::register::{
    CaseStudy, Event, Introduction, KeptAction, KeptAgreedAction, KeptCharter, KeptCourse,
    KeptMeeting, KeptNeed, KeptPartnership, KeptScheme, Opening, Organisation, Pledge, Posture,
    Publication, RecordKind, Signature,
};
use pathways::domain::slug::Slug;
use pathways::store::records::{self, Listing, Seen, Topic, Wanted};
use pathways::store::{Store, StoreError};

use super::doing::{any_of, day, everything, fitting, ground, made, page, today};
use super::fixture::{event, organisation, rich_organisation, site};
use super::world::World;
use crate::store::fixture::slug;
use crate::support::TestStore;

on_both_databases!(
    everybody_sees_what_the_domain_shows_them,
    a_town_is_found_whatever_its_case_where_that_can_be_told,
    events_are_found_by_their_day,
    values_that_mean_harm_do_none,
    a_field_that_is_no_filter_is_refused,
    what_was_merged_away_is_not_listed,
);

const NONE: [Slug; 0] = [];

/// What is listed for a caller is what it is shown, one by one.
fn is_shown_alike<T: Topic + Debug>(
    store: &Store,
    published: &BTreeMap<Slug, bool>,
    (caller, seen): (&Caller, &Seen),
) {
    let (all, _) = page::<T>(store, &everything());
    let shown = |record: &&pathways::domain::register::Record<T>| {
        let own = T::KIND == RecordKind::Organisation;
        let owner = if own { Some(&record.slug) } else { record.body.owner() };
        // Brokers are told what employers say; what lacks permission is told to nobody.
        let told = matches!(T::KIND, RecordKind::Posture | RecordKind::Introduction);
        let open = record.body.open();
        let published = owner.is_none_or(|owner| published[owner]);
        Shown { published: published && (open || told), open }.to(caller, owner)
    };
    let expected: Vec<Slug> = all.iter().filter(shown).map(|r| r.slug.clone()).collect();
    let (listed, total) = page::<T>(store, &Listing { seen: seen.clone(), ..everything() });
    let listed: Vec<Slug> = listed.into_iter().map(|record| record.slug).collect();
    assert_eq!(listed, expected, "{} for {seen:?}", T::KIND);
    assert_eq!(total, u64::try_from(expected.len()).unwrap());
}

async fn everybody_sees_what_the_domain_shows_them(t: TestStore) {
    let world = World::new(&t);
    let all = page::<Organisation>(&t.store, &everything()).0.into_iter();
    let is_published = |body: &Organisation| body.publication == Publication::Published;
    let published: BTreeMap<Slug, bool> =
        all.map(|record| (record.slug, is_published(&record.body))).collect();
    assert!(published.values().any(|shown| *shown) && published.values().any(|shown| !*shown));
    let caller = |role, organisation| Caller { role, organisation, token: None };
    let mut callers = vec![
        (Caller::PUBLIC, Seen::Public),
        (caller(Role::Broker, None), Seen::Broker),
        (caller(Role::Coordinator, None), Seen::All),
        (Caller::OPERATOR, Seen::All),
        (caller(Role::Employer, Some(slug("no-such-owner"))), Seen::Owner(slug("no-such-owner"))),
    ];
    for owner in &world.owners {
        callers.push((caller(Role::Employer, Some(owner.clone())), Seen::Owner(owner.clone())));
    }
    for (caller, seen) in &callers {
        let who = (caller, seen);
        is_shown_alike::<Organisation>(&t.store, &published, who);
        is_shown_alike::<Signature>(&t.store, &published, who);
        is_shown_alike::<Pledge>(&t.store, &published, who);
        is_shown_alike::<Posture>(&t.store, &published, who);
        is_shown_alike::<Opening>(&t.store, &published, who);
        is_shown_alike::<Event>(&t.store, &published, who);
        is_shown_alike::<CaseStudy>(&t.store, &published, who);
        is_shown_alike::<Introduction>(&t.store, &published, who);
        is_shown_alike::<KeptNeed>(&t.store, &published, who);
        is_shown_alike::<KeptCourse>(&t.store, &published, who);
        is_shown_alike::<KeptAction>(&t.store, &published, who);
        is_shown_alike::<KeptScheme>(&t.store, &published, who);
        is_shown_alike::<KeptCharter>(&t.store, &published, who);
        is_shown_alike::<KeptPartnership>(&t.store, &published, who);
        is_shown_alike::<KeptMeeting>(&t.store, &published, who);
        is_shown_alike::<KeptAgreedAction>(&t.store, &published, who);
    }
}

/// Of other letters than `a` to `z` the case counts, on both databases alike.
async fn a_town_is_found_whatever_its_case_where_that_can_be_told(t: TestStore) {
    let store = ground(&t);
    let at = |name: &str, town: &str, code: &str| {
        let mut body = organisation(name);
        body.sites = vec![site("Here", town, code)];
        made(store, body)
    };
    let banbury = at("A", "Banbury", "OX16 5XX");
    let etretat = at("B", "Étretat", "OX1");
    let capital = at("C", "ÉTRETAT", "OX2");
    let none = made(store, organisation("D"));
    let found = |field, values: &[&str]| {
        fitting::<Organisation>(store, vec![any_of(field, values)], today())
    };
    assert_eq!(found("town", &["BANBURY"]), std::slice::from_ref(&banbury));
    assert_eq!(found("town", &["ÉtReTaT"]), [etretat.clone(), capital.clone()]);
    assert_eq!(found("town", &["étretat"]), NONE);
    assert_eq!(found("town", &["-", "banbury"]), [banbury.clone(), none.clone()]);
    assert_eq!(found("outcode", &["ox16", "Ox1"]), [banbury.clone(), etretat.clone()]);
    assert_eq!(found("outcode", &["OX16 5XX"]), NONE);
    assert_eq!(found("district", &["CHERWELL"]), [banbury, etretat, capital]);
    assert_eq!(found("district", &["-"]), [none]);
}

async fn events_are_found_by_their_day(t: TestStore) {
    let store = ground(&t);
    let on = |name: &str, at: chrono::NaiveDateTime| {
        let mut body = event(name);
        body.starts_at = at;
        made(store, body)
    };
    let first = on("a", day(2026, 12, 31).and_hms_opt(0, 0, 0).unwrap());
    let last = on("b", day(2026, 12, 31).and_hms_micro_opt(23, 59, 59, 999_999).unwrap());
    let next = on("c", day(2027, 1, 1).and_hms_opt(0, 0, 0).unwrap());
    let found = |field, values: &[&str]| {
        let names = fitting::<Event>(store, vec![any_of(field, values)], today());
        names.into_iter().map(|name| name.as_str()[..1].to_owned()).collect::<String>()
    };
    assert_eq!([&first, &last, &next].map(|name| &name.as_str()[..1]), ["a", "b", "c"]);
    assert_eq!(found("from", &["2026-12-31"]), "abc");
    assert_eq!(found("from", &["2027-01-01"]), "c");
    assert_eq!(found("from", &["2027-01-02"]), "");
    assert_eq!(found("from", &["2027-01-01", "2026-12-31"]), "abc", "from any is from the first");
    assert_eq!(found("to", &["2026-12-31"]), "ab");
    assert_eq!(found("to", &["2026-12-30"]), "");
    assert_eq!(found("to", &["2026-12-30", "2027-01-01"]), "abc");
    for no_day in ["", "31.12.2026", "2026-02-30", "' OR '1'='1", "\0"] {
        assert_eq!(found("from", &[no_day]), "", "{no_day:?}");
        assert_eq!(found("to", &[no_day]), "", "{no_day:?}");
    }
    let both = vec![any_of("from", &["2026-12-31"]), any_of("to", &["2026-12-31"])];
    assert_eq!(fitting::<Event>(store, both, today()).len(), 2);
}

const HARM: [&str; 12] =
    ["'", "''", "\\", "\\'", "%", "_", "\0", "a\0b", "", "?", "$1", "x'); DROP TABLE entry; --"];

/// The fields of a kind that are filters.
fn fields_of(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Organisation => {
            "kind sector size_band publication anchor sic town district outcode scheme"
        }
        RecordKind::Signature => "state charter",
        RecordKind::Pledge => "state rung live stance commitment signature action",
        RecordKind::Posture => "cohort stance public day_release offers",
        RecordKind::Opening => {
            "state work_type hours contract base dbs_level national cohort pattern"
        }
        RecordKind::Event => "kind cohort from to",
        RecordKind::CaseStudy => "cohort action permission",
        RecordKind::Introduction => "state kind cohort partnership",
        RecordKind::Need => "partnership state horizon priority soc sic",
        RecordKind::Course => "provider course_type delivery sector cohort soc",
        RecordKind::Action => "stance focus_area cohort",
        RecordKind::Scheme => "kind",
        RecordKind::CharterVersion => "counts",
        RecordKind::Partnership => "sector member",
        RecordKind::Meeting => "partnership cohort from to",
        RecordKind::PartnershipAction => "partnership state owner overdue need meeting",
    }
}

fn stays_unharmed<T: Topic + Debug>(store: &Store) {
    let common = "organisation freshness counts slug voice".split(' ');
    let before = page::<T>(store, &everything());
    for field in common.chain(fields_of(T::KIND).split(' ')) {
        for harm in HARM {
            let found = fitting::<T>(store, vec![any_of(field, &[harm])], today());
            assert_eq!(found, NONE, "{} {field} {harm:?}", T::KIND);
        }
        let found = fitting::<T>(store, vec![any_of(field, &HARM)], today());
        assert_eq!(found, NONE, "{} {field}", T::KIND);
    }
    assert_eq!(page::<T>(store, &everything()), before);
}

async fn values_that_mean_harm_do_none(t: TestStore) {
    World::new(&t);
    let store = &t.store;
    let mut odd = organisation("Odd (fictional)");
    odd.sites = vec![site("Here", "O'Town\\%_", "OX16")];
    odd.sic = vec!["it's".to_owned()];
    let odd = made(store, odd);
    stays_unharmed::<Organisation>(store);
    stays_unharmed::<Signature>(store);
    stays_unharmed::<Pledge>(store);
    stays_unharmed::<Posture>(store);
    stays_unharmed::<Opening>(store);
    stays_unharmed::<Event>(store);
    stays_unharmed::<CaseStudy>(store);
    stays_unharmed::<Introduction>(store);
    stays_unharmed::<KeptNeed>(store);
    stays_unharmed::<KeptCourse>(store);
    stays_unharmed::<KeptAction>(store);
    stays_unharmed::<KeptScheme>(store);
    stays_unharmed::<KeptCharter>(store);
    stays_unharmed::<KeptPartnership>(store);
    stays_unharmed::<KeptMeeting>(store);
    stays_unharmed::<KeptAgreedAction>(store);
    let found =
        |field, value: &str| fitting::<Organisation>(store, vec![any_of(field, &[value])], today());
    assert_eq!(found("town", "o'town\\%_"), std::slice::from_ref(&odd), "they mean themselves");
    assert_eq!(found("sic", "it's"), [odd]);
    assert_eq!(found("scheme", "bee:' OR 1=1 --"), NONE);
    assert_eq!(found("scheme", "bee:gold:"), NONE);
}

async fn a_field_that_is_no_filter_is_refused(t: TestStore) {
    let store = ground(&t);
    for field in ["name", "broker_note", "", "entry.id"] {
        let conditions = vec![any_of(field, &["x"])];
        let listing = Listing { conditions, ..everything() };
        let refused = store.read_blocking(|conn| records::page::<Organisation>(conn, &listing));
        assert!(matches!(refused, Err(StoreError::NotFound)), "{field}: {refused:?}");
    }
    assert_eq!(any_of("town", &["-"]).any_of, [Wanted::Missing]);
}

async fn what_was_merged_away_is_not_listed(t: TestStore) {
    let store = ground(&t);
    let from = made(store, rich_organisation());
    let into = made(store, organisation("Kept (fictional)"));
    let by = (&super::doing::author(), crate::support::now());
    store.write_blocking(|conn| records::merge(conn, (&from, None), &into, by)).unwrap();
    for seen in [Seen::All, Seen::Public, Seen::Broker, Seen::Owner(from.clone())] {
        let (listed, total) = page::<Organisation>(store, &Listing { seen, ..everything() });
        assert_eq!((listed[0].slug.clone(), listed.len(), total), (into.clone(), 1, 1));
    }
    let named = vec![any_of("slug", &[&from])];
    assert_eq!(fitting::<Organisation>(store, named, today()), NONE);
}
