//! The filters of each kind: OR inside one, AND across them.

use crate::{
    app::Snapshot,
    domain::{
        freshness::Freshness,
        register::{
            Base, Commitment, Contract, Delivery, EventKind, Horizon, Hours, IntroductionKind,
            IntroductionState, NeedState, OpeningState, OrganisationKind, Pattern, Permission,
            PledgeState, Priority, Publication, RecordKind, Rung, SchemeKind, SelectionOffer,
            SignatureState, Stance, WorkType,
        },
        size_band::SizeBand,
    },
};

/// A filter.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// Its name as a parameter.
    pub name: &'static str,
    /// The field as the store knows it.
    pub field: &'static str,
    /// The field of answers that it looks at: who is not shown that cannot filter by it.
    pub shows: &'static str,
    /// What it means.
    pub about: &'static str,
    /// What values it has.
    pub values: Values,
    /// Whether records can be asked for that do not state it.
    pub missing: bool,
}

/// What values a filter has.
#[derive(Debug, Clone, Copy)]
pub enum Values {
    /// Those of a list.
    Of(fn(&Snapshot) -> Vec<String>),
    /// A public name.
    Name,
    /// Any text.
    Text,
    /// A day.
    Day,
}

/// A filter whose name is the field's.
const fn plain(name: &'static str, about: &'static str, values: Values) -> Filter {
    Filter { name, field: name, shows: name, about, values, missing: false }
}

/// The same for a field that need not be stated.
const fn stated(name: &'static str, about: &'static str, values: Values) -> Filter {
    Filter { missing: true, ..plain(name, about, values) }
}

/// The same looking at another field.
const fn on(shows: &'static str, filter: Filter) -> Filter {
    Filter { shows, ..filter }
}

/// The words of a closed list.
macro_rules! words {
    ($list:ident) => {
        Values::Of(|_| $list::ALL.iter().map(|word| word.as_str().to_owned()).collect())
    };
}

const FLAG: Values = Values::Of(|_| vec!["true".to_owned(), "false".to_owned()]);
const COHORT: Values = Values::Of(|all| {
    all.vocabulary().cohorts.iter().map(|cohort| cohort.label.slug.to_string()).collect()
});
const SECTOR: Values = Values::Of(|all| {
    all.vocabulary().sectors.iter().map(|sector| sector.label.slug.to_string()).collect()
});
/// Also those that have ended: what was pledged then is still found.
const ACTION: Values = Values::Of(|all| {
    let past = all.reference.past_actions.iter().map(|(_, action)| action);
    all.reference.actions.iter().chain(past).map(|action| action.code.clone()).collect()
});
const CHARTER: Values = Values::Of(|all| {
    all.reference.charter.iter().map(|charter| charter.slug.to_string()).collect()
});
const CHARTER_STANCE: Values = Values::Of(|all| {
    let charter = all.reference.charter.iter();
    charter.flat_map(|charter| &charter.stances).map(|(slug, ..)| slug.to_string()).collect()
});
const FOCUS_AREA: Values = Values::Of(|all| {
    let charter = all.reference.charter.iter();
    charter.flat_map(|charter| &charter.focus_areas).map(|(slug, _)| slug.to_string()).collect()
});
const PARTNERSHIP: Values =
    Values::Of(|all| all.reference.partnerships.iter().map(|one| one.slug.to_string()).collect());
const PROVIDER: Values =
    Values::Of(|all| all.reference.providers.iter().map(|one| one.slug.to_string()).collect());
const COURSE_TYPE: Values =
    Values::Of(|all| all.reference.course_types.iter().map(|one| one.slug.to_string()).collect());
/// Schemes, and schemes with a level: `disability-confident:2`.
const SCHEME: Values = Values::Of(|all| {
    let of = |scheme: &crate::domain::register::Scheme| {
        let levels = scheme.levels.iter().map(|level| format!("{}:{}", scheme.slug, level.slug));
        std::iter::once(scheme.slug.to_string()).chain(levels).collect::<Vec<_>>()
    };
    all.reference.schemes.iter().chain(&all.reference.past_schemes).flat_map(of).collect()
});

const OF_ORGANISATION: Filter =
    plain("organisation", "The organisation it belongs to", Values::Name);
const FRESHNESS: Filter =
    plain("freshness", "How long ago somebody who knows stood by it", words!(Freshness));
const COUNTS: Filter = plain("counts", "Whether it counts today", FLAG);

static ORGANISATIONS: &[Filter] = &[
    plain("kind", "What kind it is", words!(OrganisationKind)),
    stated("sector", "The sector it reports under", SECTOR),
    stated("size_band", "How many people it employs", words!(SizeBand)),
    plain("publication", "Whether it is shown; for coordinators", words!(Publication)),
    stated("anchor", "Whether it is an anchor organisation", FLAG),
    on("sites", stated("district", "A district it works in", Values::Text)),
    on("sites", stated("town", "A town it works in", Values::Text)),
    on("recognitions", stated("scheme", "A scheme, or `scheme:level`, that recognises it", SCHEME)),
    on("name", plain("q", "What its name, or another name of it, contains", Values::Text)),
    FRESHNESS,
    COUNTS,
];

static SIGNATURES: &[Filter] = &[
    plain("state", "Where it stands today", words!(SignatureState)),
    plain("charter", "The charter", CHARTER),
    OF_ORGANISATION,
];

static PLEDGES: &[Filter] = &[
    plain("state", "Where it stands today", words!(PledgeState)),
    plain("rung", "How far it is borne out", words!(Rung)),
    plain("stance", "The stance it is made from", CHARTER_STANCE),
    stated("action", "Code of the charter's action", ACTION),
    plain("commitment", "Whether it is something new", words!(Commitment)),
    OF_ORGANISATION,
    plain("live", "Whether its year runs and nobody took it back", FLAG),
];

static POSTURES: &[Filter] = &[
    plain("cohort", "The group", COHORT),
    plain("stance", "How the employer stands", words!(Stance)),
    plain("public", "Whether the employer wants it public", FLAG),
    FRESHNESS,
    OF_ORGANISATION,
    stated("offers", "What it offers in choosing people", words!(SelectionOffer)),
];

static OPENINGS: &[Filter] = &[
    plain("state", "Where it stands today", words!(OpeningState)),
    plain("work_type", "Kind of work", words!(WorkType)),
    on("cohorts", stated("cohort", "A group it is meant for", COHORT)),
    stated("base", "Where the work is done", words!(Base)),
    stated("hours", "How many hours", words!(Hours)),
    stated("contract", "Kind of contract", words!(Contract)),
    on("patterns", stated("pattern", "When the work is done", words!(Pattern))),
    OF_ORGANISATION,
];

static EVENTS: &[Filter] = &[
    plain("kind", "What kind it is", words!(EventKind)),
    on("cohorts", stated("cohort", "A group it is about", COHORT)),
    on("starts_at", plain("from", "The first day it may start on", Values::Day)),
    on("starts_at", plain("to", "The last day it may start on", Values::Day)),
    Filter { missing: true, ..OF_ORGANISATION },
];

static CASE_STUDIES: &[Filter] = &[
    on("cohorts", stated("cohort", "A group it is about", COHORT)),
    stated("action", "Code of the charter's action it shows", ACTION),
    plain("permission", "Whether those told of agreed", words!(Permission)),
    Filter { missing: true, ..OF_ORGANISATION },
];

static INTRODUCTIONS: &[Filter] = &[
    plain("state", "How far it has come", words!(IntroductionState)),
    plain("kind", "Who is introduced to whom", words!(IntroductionKind)),
    stated("cohort", "The group it is about", COHORT),
    stated("partnership", "The partnership it came from", PARTNERSHIP),
    OF_ORGANISATION,
];

static NEEDS: &[Filter] = &[
    plain("partnership", "The partnership", PARTNERSHIP),
    plain("state", "What has become of it", words!(NeedState)),
    stated("horizon", "By when", words!(Horizon)),
    stated("priority", "How much it matters", words!(Priority)),
    stated("soc", "A SOC 2020 unit group", Values::Text),
    stated("sic", "A SIC 2007 code as it stands in the record", Values::Text),
    on("cohorts", stated("cohort", "A group that the places are for", COHORT)),
    COUNTS,
];

static COURSES: &[Filter] = &[
    plain("provider", "The provider", PROVIDER),
    plain("course_type", "Its kind", COURSE_TYPE),
    stated("delivery", "How it is taught", words!(Delivery)),
    on("sectors", stated("sector", "A sector it prepares for", SECTOR)),
    on("cohorts", stated("cohort", "A group it is made for", COHORT)),
    stated("soc", "A SOC 2020 unit group it prepares for", Values::Text),
    FRESHNESS,
    COUNTS,
];

static ACTIONS: &[Filter] = &[
    plain("stance", "The stance it is taken from", CHARTER_STANCE),
    plain("focus_area", "The focus area", FOCUS_AREA),
    on("cohorts", stated("cohort", "A group it plainly concerns", COHORT)),
    COUNTS,
];

static SCHEMES: &[Filter] = &[plain("kind", "What it is", words!(SchemeKind)), COUNTS];

static CHARTERS: &[Filter] = &[COUNTS];

/// The filters of a kind.
pub const fn of(kind: RecordKind) -> &'static [Filter] {
    match kind {
        RecordKind::Organisation => ORGANISATIONS,
        RecordKind::Signature => SIGNATURES,
        RecordKind::Pledge => PLEDGES,
        RecordKind::Posture => POSTURES,
        RecordKind::Opening => OPENINGS,
        RecordKind::Event => EVENTS,
        RecordKind::CaseStudy => CASE_STUDIES,
        RecordKind::Introduction => INTRODUCTIONS,
        RecordKind::Need => NEEDS,
        RecordKind::Course => COURSES,
        RecordKind::Action => ACTIONS,
        RecordKind::Scheme => SCHEMES,
        RecordKind::CharterVersion => CHARTERS,
    }
}
