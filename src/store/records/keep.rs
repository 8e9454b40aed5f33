//! How a body is kept in the history: as JSON, field by field.
//!
//! A field that an old version does not have reads as absent, so that a field can be
//! added without touching what was written.

use chrono::{NaiveDate, NaiveDateTime};
use serde_json::{Map, Value};

use crate::domain::{
    register::{
        Attendance, Audience, Base, CaseStudy, Channel, CharterStance, CheckResult, Commitment,
        ContactRoute, Contract, CourseRun, CourseVenue, DayRelease, DbsLevel, Delivery, Disclosure,
        DisclosureTiming, English, EnglishLevel, Event, EventKind, FocusArea, Horizon, Hours,
        Identifier, Introduction, IntroductionKind, IntroductionState, KeptAction, KeptCharter,
        KeptCourse, KeptNeed, KeptScheme, NeedState, OffenceGroup, OffencePosture, OffenceStance,
        Opening, Organisation, OrganisationKind, Outcomes, Pattern, Pay, PayPeriod, Permission,
        Pledge, Posture, Prerequisite, Priority, Progress, Publication, Recognition, SchemeKind,
        SchemeLevel, SelectionOffer, Signature, Site, Stance, StudyPattern, Update, WorkType,
    },
    size_band::SizeBand,
    slug::Slug,
};

/// What can be kept as JSON and read again unchanged.
pub trait Keep: Sized {
    /// As it is kept.
    fn keep(&self) -> Value;

    /// As it was; `None` if it was never kept so.
    fn kept(value: &Value) -> Option<Self>;
}

impl Keep for String {
    fn keep(&self) -> Value {
        Value::String(self.clone())
    }

    fn kept(value: &Value) -> Option<Self> {
        value.as_str().map(str::to_owned)
    }
}

impl Keep for bool {
    fn keep(&self) -> Value {
        Value::Bool(*self)
    }

    fn kept(value: &Value) -> Option<Self> {
        value.as_bool()
    }
}

impl<T: Keep> Keep for Option<T> {
    fn keep(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::keep)
    }

    fn kept(value: &Value) -> Option<Self> {
        if value.is_null() { Some(None) } else { T::kept(value).map(Some) }
    }
}

impl<T: Keep> Keep for Vec<T> {
    fn keep(&self) -> Value {
        Value::Array(self.iter().map(T::keep).collect())
    }

    fn kept(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(Self::new()),
            Value::Array(items) => items.iter().map(T::kept).collect(),
            _ => None,
        }
    }
}

/// Values that are written as text and read from it without loss.
macro_rules! kept_as_text {
    ($($type:ty => $parse:expr;)+) => {
        $(impl Keep for $type {
            fn keep(&self) -> Value {
                Value::String(self.to_string())
            }

            fn kept(value: &Value) -> Option<Self> {
                let parse: fn(&str) -> Option<Self> = $parse;
                value.as_str().and_then(parse)
            }
        })+
    };
}

kept_as_text! {
    i32 => |text| text.parse().ok();
    i64 => |text| text.parse().ok();
    // Printed so that the same number is read again.
    f64 => |text| text.parse().ok();
    NaiveDate => |text| text.parse().ok();
    Slug => |text| Slug::parse(text).ok();
    SizeBand => SizeBand::parse;
    Attendance => Attendance::parse;
    Audience => Audience::parse;
    Base => Base::parse;
    Channel => Channel::parse;
    CheckResult => CheckResult::parse;
    Commitment => Commitment::parse;
    Contract => Contract::parse;
    DbsLevel => DbsLevel::parse;
    Delivery => Delivery::parse;
    DisclosureTiming => DisclosureTiming::parse;
    EnglishLevel => EnglishLevel::parse;
    EventKind => EventKind::parse;
    Horizon => Horizon::parse;
    Hours => Hours::parse;
    IntroductionKind => IntroductionKind::parse;
    IntroductionState => IntroductionState::parse;
    NeedState => NeedState::parse;
    OffenceGroup => OffenceGroup::parse;
    OffenceStance => OffenceStance::parse;
    OrganisationKind => OrganisationKind::parse;
    Pattern => Pattern::parse;
    PayPeriod => PayPeriod::parse;
    Permission => Permission::parse;
    Priority => Priority::parse;
    Progress => Progress::parse;
    Publication => Publication::parse;
    SelectionOffer => SelectionOffer::parse;
    Stance => Stance::parse;
    SchemeKind => SchemeKind::parse;
    StudyPattern => StudyPattern::parse;
    WorkType => WorkType::parse;
}

impl Keep for NaiveDateTime {
    fn keep(&self) -> Value {
        Value::String(self.format("%Y-%m-%dT%H:%M:%S%.6f").to_string())
    }

    fn kept(value: &Value) -> Option<Self> {
        value.as_str()?.parse().ok()
    }
}

/// Structs, by the names of all their fields.
macro_rules! kept_by_field {
    ($($type:ident { $($field:ident),+ $(,)? })+) => {
        $(impl Keep for $type {
            fn keep(&self) -> Value {
                let fields = [$((stringify!($field), self.$field.keep())),+];
                let said = fields.into_iter().filter(|(_, value)| !value.is_null());
                Value::Object(said.map(|(name, value)| (name.to_owned(), value)).collect())
            }

            fn kept(value: &Value) -> Option<Self> {
                let fields: &Map<String, Value> = value.as_object()?;
                let field = |name: &str| fields.get(name).unwrap_or(&Value::Null);
                Some(Self { $($field: Keep::kept(field(stringify!($field)))?),+ })
            }
        })+
    };
}

kept_by_field! {
    Organisation {
        name, aliases, kind, sector, sic, size_band, anchor, description, website, publication,
        do_not_contact, identifiers, sites, contacts, recognitions
    }
    Identifier { scheme, id }
    Site { label, address, postcode, town, district, transport_note }
    ContactRoute { audience, role_title, channel, value, verified_on, expires_after_days }
    Recognition {
        scheme, level, awarded_on, expires_on, evidence_url, last_checked_on, check
    }
    Signature {
        organisation, charter, charter_version, starts_on, ends_on, agreed_on, signed_on,
        published_on, approval_route
    }
    Pledge {
        signature, organisation, action, stance, commitment, text, target, baseline, unit,
        owner_role, confirmed_on, evidenced_on, evidence_url, updates
    }
    Update { on, progress, value, narrative, evidence_url, published }
    Posture {
        organisation, cohort, stance, conditions, public, offers, english, day_release, review_by,
        offences, disclosure, broker_note
    }
    English { speaking, reading, writing }
    DayRelease { accepts, has_agreement, lead_time_weeks, travel_limit_miles }
    OffencePosture { stance, groups, note }
    Disclosure { timing, letter_needed, unspent_only, talk_to_role }
    Opening {
        organisation, title, description, work_type, site, national, patterns, hours, contract,
        base, pay, dbs_level, licences, essentials, cohorts, starts_on, closes_on, places
    }
    Pay { from_pence, to_pence, period }
    Event {
        title, kind, starts_at, ends_at, place, postcode, host, organisation, cohorts, summary, url
    }
    CaseStudy {
        title, organisation, summary, cohorts, action, url, published_on, permission
    }
    Introduction {
        kind, organisation, other, partnership, cohort, reference, state, outcomes
    }
    Outcomes { interviewed, offered, started, kept_13_weeks }
    KeptNeed {
        partnership, title, description, soc, sic, level_from, level_to, horizon, headcount,
        priority, state, organisation, place, travel_miles, start_by, modes, cohorts, evidence,
        raised_on, coding, sources, note
    }
    KeptCourse {
        provider, title, course_type, summary, delivery, sectors, soc, coding, level_from,
        level_to, cohorts, entry_requirements, url, venues, runs, asked, sources, note
    }
    CourseVenue { label, postcode, town }
    KeptAction {
        code, stance, focus_area, label, description, help, measurable, unit, evidenced, cohorts,
        asked, sources, note
    }
    KeptCharter {
        charter, name, summary, version, launched_on, focus_areas, stances, sources, note
    }
    FocusArea { slug, label }
    CharterStance { slug, label, meaning }
    KeptScheme {
        name, kind, run_by, summary, levels, evidence_rule, lifetime_months, lifetime_note,
        prerequisites, public_list, what_it_proves, sources, note
    }
    SchemeLevel { slug, label, order, lifetime_months }
    Prerequisite { scheme, level, note }
    CourseRun {
        starts_on, flexible_start, ends_on, venue, mode, study_pattern, attendance, cost_pence,
        funding, places
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_and_times_are_read_as_they_were_kept(
            number in any::<f64>().prop_filter("finite", |n| n.is_finite()),
            seconds in -4_000_000_000_i64..9_000_000_000, micros in 0_u32..1_000_000,
        ) {
            prop_assert_eq!(f64::kept(&number.keep()), Some(number));
            let time = chrono::DateTime::from_timestamp(seconds, micros * 1000).unwrap().naive_utc();
            prop_assert_eq!(NaiveDateTime::kept(&time.keep()), Some(time));
            prop_assert_eq!(Option::<i64>::kept(&Some(seconds).keep()), Some(Some(seconds)));
        }
    }

    #[test]
    fn a_field_that_an_old_version_does_not_have_reads_as_absent() {
        let old = serde_json::json!({"label": "Head office"});
        let site = Site::kept(&old).unwrap();
        assert_eq!((site.label.as_str(), site.town), ("Head office", None));
        assert_eq!(Site::kept(&serde_json::json!({"town": "Banbury"})), None, "no label, no site");
    }
}
