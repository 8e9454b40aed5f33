//! Each shape of the reference files to its record of the register.

use super::{
    DEMO,
    raw::{
        RawAction, RawCharter, RawCourse, RawCourseType, RawMember, RawName, RawNeed,
        RawPartnership, RawProvider, RawRules, RawScheme,
    },
};
use crate::{
    content::{
        fault::Fault,
        toml_text::{At, TomlText, Values, Words},
    },
    domain::{
        place::outward_code,
        register::{
            AgreedAction, Charter, CharterAction, Course, CourseDetails, CourseType, Meeting,
            Member, Need, NeedDetails, Partnership, Prerequisite, Provenance, Provider, Scheme,
            SchemeLevel, Venue,
        },
    },
};

/// Where a true statement comes from.
pub(super) fn sourced(
    sources: Vec<String>,
    as_of: &Words,
    note: Option<String>,
    values: &mut Values<'_>,
) -> Option<Provenance> {
    Some(Provenance { sources, as_of: values.day("as_of", as_of)?, note, fictional: false })
}

/// A level of learning: `entry` (and `entry-3`) is 0, others are their number.
pub(super) fn level(key: &str, words: Option<Words>, values: &mut Values<'_>) -> Option<i32> {
    let words = words?.0;
    let level = if words.starts_with("entry") { Some(0) } else { words.parse().ok() };
    let level = level.filter(|level| (0..=8).contains(level));
    if level.is_none() {
        values.fault(key, "not-a-level", format!("{key} \"{words}\" is not entry or 1 to 8"));
    }
    level
}

pub(super) fn charter(
    text: &TomlText<'_>,
    raw: RawCharter,
    faults: &mut Vec<Fault>,
) -> Option<Charter> {
    let mut values = Values::of(text, &[At::Key("charter")], faults);
    let named = |name: RawName, key: &str, values: &mut Values<'_>| {
        Some((values.slug(key, &name.slug)?, name.label, name.description))
    };
    let mut focus_areas = Vec::new();
    for name in raw.focus_areas {
        focus_areas.extend(named(name, "focus_areas", &mut values).map(|(s, label, _)| (s, label)));
    }
    let mut stances = Vec::new();
    for name in raw.stances {
        stances.extend(named(name, "stances", &mut values));
    }
    // Notes rest on sources as the charter does, and have no other home.
    let mut sources = raw.sources;
    for more in raw.note_sources.into_iter().chain(raw.focus_areas_sources) {
        if !sources.contains(&more) {
            sources.push(more);
        }
    }
    let note = joined(raw.note, raw.focus_areas_note);
    let launched_on = raw.launched_on.and_then(|day| values.day("launched_on", &day));
    Some(Charter {
        slug: values.slug("slug", &raw.slug)?,
        name: raw.name,
        summary: raw.summary,
        version: raw.version.0,
        launched_on,
        focus_areas,
        stances,
        provenance: sourced(sources, &raw.as_of, note, &mut values)?,
    })
}

pub(super) fn action(raw: RawAction, values: &mut Values<'_>) -> Option<CharterAction> {
    let evidenced = raw.provenance == "evidenced";
    if !evidenced && raw.provenance != "illustrative" {
        let message = format!("provenance \"{}\" is not evidenced or illustrative", raw.provenance);
        values.fault("provenance", "unknown-provenance", message);
    }
    let cohorts = values.slugs("cohorts", &raw.cohorts);
    Some(CharterAction {
        code: raw.code,
        stance: values.slug("stance", &raw.stance)?,
        focus_area: values.slug("focus_area", &raw.focus_area)?,
        label: raw.label,
        description: raw.description,
        help: raw.help,
        measurable: raw.measurable,
        unit: raw.unit,
        evidenced,
        cohorts,
        asked: raw.asked,
        provenance: sourced(raw.sources, &raw.as_of, raw.note, values)?,
    })
}

pub(super) fn scheme(raw: RawScheme, values: &mut Values<'_>) -> Option<Scheme> {
    let mut levels = Vec::new();
    for level in raw.levels {
        levels.extend(values.slug("levels", &level.slug).map(|slug| SchemeLevel {
            slug,
            label: level.label,
            order: level.order,
            lifetime_months: level.lifetime_months,
        }));
    }
    levels.sort_by_key(|level| level.order);
    let mut prerequisites = Vec::new();
    for needed in raw.prerequisite {
        let level = needed.level.and_then(|level| values.slug("prerequisite", &level));
        prerequisites.extend(
            values.slug("prerequisite", &needed.scheme).map(|scheme| Prerequisite {
                scheme,
                level,
                note: needed.note,
            }),
        );
    }
    Some(Scheme {
        slug: values.slug("slug", &raw.slug)?,
        name: raw.name,
        kind: values.slug("kind", &raw.kind)?,
        owner: raw.owner,
        summary: raw.summary,
        levels,
        evidence_rule: raw.evidence_rule,
        lifetime_months: raw.lifetime_months,
        lifetime_note: raw.lifetime_note,
        prerequisites,
        public_list: raw.public_list,
        what_it_proves: raw.what_it_proves,
        provenance: sourced(raw.sources, &raw.as_of, raw.note, values)?,
    })
}

pub(super) fn partnership(
    text: &TomlText<'_>,
    nth: usize,
    raw: RawPartnership,
    faults: &mut Vec<Fault>,
) -> Option<Partnership> {
    let at = [At::Key("partnerships"), At::Nth(nth)];
    let (mut members, mut needs) = (Vec::new(), Vec::new());
    for (nth, raw) in raw.members.into_iter().enumerate() {
        let at = [at[0], at[1], At::Key("members"), At::Nth(nth)];
        members.extend(member(raw, &mut Values::of(text, &at, faults)));
    }
    for (nth, raw) in raw.needs.into_iter().enumerate() {
        let at = [at[0], at[1], At::Key("needs"), At::Nth(nth)];
        needs.extend(need(raw, &mut Values::of(text, &at, faults)));
    }
    let mut meetings: Vec<Meeting> = raw
        .meetings
        .into_iter()
        .map(|raw| Meeting {
            held_on: raw.held_on.0,
            place: raw.place,
            summary: joined(raw.summary, raw.note),
            sources: raw.sources,
        })
        .collect();
    meetings.sort_by(|a, b| b.held_on.cmp(&a.held_on));
    let mut values = Values::of(text, &at, faults);
    let sectors = values.slugs("sector", &raw.sector);
    Some(Partnership {
        slug: values.slug("slug", &raw.slug)?,
        name: raw.name,
        sectors,
        area: raw.area,
        facilitator: raw.facilitator,
        cadence: joined(raw.cadence.map(|cadence| sentence(&cadence)), raw.cadence_note),
        summary: raw.summary,
        members,
        needs,
        meetings,
        actions: raw
            .actions
            .into_iter()
            .map(|raw| AgreedAction {
                text: raw.text,
                status_note: raw.status_note,
                sources: raw.sources,
            })
            .collect(),
        asked: raw.asked,
        provenance: sourced(raw.sources, &raw.as_of, raw.note, &mut values)?,
    })
}

fn member(raw: RawMember, values: &mut Values<'_>) -> Option<Member> {
    Some(Member {
        organisation: raw.organisation,
        capacity: values.slug("capacity", &raw.capacity)?,
        provenance: sourced(raw.sources, &raw.as_of, raw.note, values)?,
    })
}

pub(super) fn need(raw: RawNeed, values: &mut Values<'_>) -> Option<Need> {
    let horizon = raw.horizon.and_then(|horizon| values.slug("horizon", &horizon));
    Some(Need {
        slug: values.slug("slug", &raw.slug)?,
        title: raw.title,
        description: raw.description,
        soc: raw.soc,
        sic: raw.sic,
        level_from: level("level_from", raw.level_from, values),
        level_to: level("level_to", raw.level_to, values),
        horizon,
        raised_on: raw.raised_on.map(|words| words.0),
        evidence: raw.evidence,
        coding: raw.coding,
        details: NeedDetails::default(),
        provenance: sourced(raw.sources, &raw.as_of, raw.note, values)?,
    })
}

pub(super) fn provider(
    text: &TomlText<'_>,
    nth: usize,
    raw: RawProvider,
    faults: &mut Vec<Fault>,
) -> Option<Provider> {
    let at = [At::Key("providers"), At::Nth(nth)];
    let mut courses = Vec::new();
    for (nth, raw) in raw.courses.into_iter().enumerate() {
        let at = [at[0], at[1], At::Key("courses"), At::Nth(nth)];
        courses.extend(course(raw, &mut Values::of(text, &at, faults)));
    }
    let mut venues = Vec::new();
    for (nth, raw) in raw.venues.into_iter().enumerate() {
        let at = [at[0], at[1], At::Key("venues"), At::Nth(nth)];
        let mut values = Values::of(text, &at, faults);
        let outcode = raw.outcode.and_then(|code| outcode("outcode", &code, &mut values));
        venues.push(Venue { label: raw.label, town: raw.town, outcode, note: raw.note });
    }
    let mut values = Values::of(text, &at, faults);
    if raw.fictional && text.file != DEMO {
        values.fault("fictional", "fictional-outside-demo", "belongs in demo.toml".to_owned());
        return None;
    }
    let website = raw.website.and_then(|url| values.url("website", &url));
    Some(Provider {
        slug: values.slug("slug", &raw.slug)?,
        name: raw.name,
        kind: values.slug("kind", &raw.kind)?,
        summary: raw.summary,
        website,
        venues,
        courses,
        provenance: sourced(raw.sources, &raw.as_of, raw.note, &mut values)?,
    })
}

/// An outward code as the register keeps it.
pub(super) fn outcode(key: &str, text: &str, values: &mut Values<'_>) -> Option<String> {
    let code = outward_code(text);
    if code.is_none() {
        values.fault(key, "not-an-outcode", format!("\"{text}\" is not an outward code"));
    }
    code
}

fn course(raw: RawCourse, values: &mut Values<'_>) -> Option<Course> {
    let sectors = values.slugs("sectors", &raw.sectors);
    let cohorts = values.slugs("cohorts", &raw.cohorts);
    Some(Course {
        slug: values.slug("slug", &raw.slug)?,
        title: raw.title,
        course_type: values.slug("type", &raw.course_type)?,
        sectors,
        soc: raw.soc,
        coding: raw.coding,
        level_from: level("level_from", raw.level_from, values),
        level_to: level("level_to", raw.level_to, values),
        cohorts,
        summary: raw.summary,
        venue: raw.venue,
        details: CourseDetails::default(),
        asked: raw.asked,
        provenance: sourced(raw.sources, &raw.as_of, raw.note, values)?,
    })
}

pub(super) fn course_type(raw: RawCourseType, values: &mut Values<'_>) -> Option<CourseType> {
    Some(CourseType {
        slug: values.slug("slug", &raw.slug)?,
        label: raw.label,
        description: raw.description,
        rules: raw.rules.and_then(rules),
        asked: raw.asked,
        provenance: sourced(raw.sources, &raw.as_of, raw.note, values)?,
    })
}

/// The rules of a kind of course as sentences.
fn rules(raw: RawRules) -> Option<String> {
    let longest = raw.max_weeks.map(|weeks| format!("At most {weeks} weeks."));
    joined(joined(longest, raw.started_by), raw.verify)
}

fn joined(first: Option<String>, second: Option<String>) -> Option<String> {
    match (first, second) {
        (Some(first), Some(second)) => Some(format!("{first} {second}")),
        (first, second) => first.or(second),
    }
}

/// `quarterly` as `Quarterly.`
fn sentence(word: &str) -> String {
    let mut letters = word.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if word.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
