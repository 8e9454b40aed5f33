//! The shapes of the reference files, word for word.
//!
//! Nothing is checked here but the presence and kind of values; a key that is not
//! listed is refused. Keys that are notes among editors have names that begin
//! with `_`.

use serde::{Deserialize, de::IgnoredAny};

use crate::content::toml_text::Words;

/// Declares a shape that refuses keys it does not have.
macro_rules! shapes {
    ($($(#[$of_shape:meta])* $name:ident { $($(#[$of_field:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$of_shape])*
            #[derive(Deserialize)]
            #[serde(deny_unknown_fields)]
            pub(super) struct $name {
                $($(#[$of_field])* pub(super) $field: $type,)*
            }
        )*
    };
}

pub(super) use shapes;

shapes! {
    RawSources { sources: Vec<RawSource>, }
    RawSource {
        id: String,
        title: String,
        publisher: Option<String>,
        url: Option<String>,
        published: Option<Words>,
        #[serde(default)]
        uncertain: bool,
    }

    RawCharterFile { charter: Option<RawCharter>, #[serde(default)] actions: Vec<RawAction>, }
    RawCharter {
        slug: String,
        name: String,
        summary: String,
        version: Words,
        launched_on: Option<Words>,
        sources: Vec<String>,
        as_of: Words,
        note: Option<String>,
        #[serde(default)]
        note_sources: Vec<String>,
        focus_areas: Vec<RawName>,
        focus_areas_note: Option<String>,
        #[serde(default)]
        focus_areas_sources: Vec<String>,
        stances: Vec<RawName>,
    }
    RawName { slug: String, label: String, #[serde(default)] description: String, }
    RawAction {
        code: String,
        stance: String,
        focus_area: String,
        label: String,
        description: String,
        help: String,
        #[serde(default)]
        measurable: bool,
        unit: Option<String>,
        provenance: String,
        #[serde(default)]
        sources: Vec<String>,
        as_of: Words,
        note: Option<String>,
        #[serde(default)]
        cohorts: Vec<String>,
        #[serde(default)]
        asked: Vec<String>,
    }

    RawSchemes { #[serde(default)] schemes: Vec<RawScheme>, }
    RawScheme {
        slug: String,
        name: String,
        kind: String,
        owner: String,
        summary: String,
        #[serde(default)]
        levels: Vec<RawLevel>,
        evidence_rule: String,
        lifetime_months: Option<i32>,
        lifetime_note: Option<String>,
        #[serde(default)]
        prerequisite: Vec<RawPrerequisite>,
        public_list: Option<String>,
        what_it_proves: String,
        #[serde(default)]
        sources: Vec<String>,
        as_of: Words,
        note: Option<String>,
    }
    RawLevel { slug: String, label: String, order: i32, lifetime_months: Option<i32>, }
    RawPrerequisite { scheme: String, level: Option<String>, note: Option<String>, }

    RawPartnerships { #[serde(default)] partnerships: Vec<RawPartnership>, }
    RawPartnership {
        slug: String,
        name: String,
        #[serde(default)]
        sector: Vec<String>,
        #[serde(default)]
        area: Vec<String>,
        facilitator: Option<String>,
        cadence: Option<String>,
        cadence_note: Option<String>,
        summary: String,
        #[serde(default)]
        sources: Vec<String>,
        as_of: Words,
        note: Option<String>,
        #[serde(default)]
        members: Vec<RawMember>,
        #[serde(default)]
        needs: Vec<RawNeed>,
        #[serde(default)]
        meetings: Vec<RawMeeting>,
        #[serde(default)]
        actions: Vec<RawAgreedAction>,
        #[serde(default)]
        asked: Vec<String>,
    }
    RawMember {
        organisation: String,
        capacity: String,
        #[serde(default)]
        sources: Vec<String>,
        as_of: Words,
        note: Option<String>,
    }
    RawNeed {
        slug: String,
        title: String,
        description: String,
        #[serde(default)]
        soc: Vec<String>,
        #[serde(default)]
        sic: Vec<String>,
        level_from: Option<Words>,
        level_to: Option<Words>,
        horizon: Option<String>,
        raised_on: Option<Words>,
        evidence: Option<String>,
        coding: Option<String>,
        #[serde(default)]
        sources: Vec<String>,
        as_of: Words,
        note: Option<String>,
    }
    RawMeeting {
        held_on: Words,
        place: Option<String>,
        summary: Option<String>,
        #[serde(default)]
        sources: Vec<String>,
        note: Option<String>,
    }
    RawAgreedAction {
        text: String,
        status_note: Option<String>,
        #[serde(default)]
        sources: Vec<String>,
    }

    RawProviders {
        #[serde(default)]
        providers: Vec<RawProvider>,
        #[serde(default)]
        course_types: Vec<RawCourseType>,
    }
    RawProvider {
        slug: String,
        name: String,
        kind: String,
        summary: String,
        website: Option<String>,
        #[serde(default)]
        sources: Vec<String>,
        as_of: Words,
        note: Option<String>,
        #[serde(default)]
        fictional: bool,
        source_note: Option<String>,
        #[serde(default)]
        venues: Vec<RawVenue>,
        #[serde(default)]
        courses: Vec<RawCourse>,
    }
    RawVenue { label: String, town: Option<String>, outcode: Option<String>, note: Option<String>, }
    RawCourse {
        slug: String,
        title: String,
        #[serde(rename = "type")]
        course_type: String,
        #[serde(default)]
        sectors: Vec<String>,
        #[serde(default)]
        soc: Vec<String>,
        coding: Option<String>,
        level_from: Option<Words>,
        level_to: Option<Words>,
        #[serde(default)]
        cohorts: Vec<String>,
        summary: String,
        venue: Option<String>,
        #[serde(default)]
        sources: Vec<String>,
        as_of: Words,
        #[serde(default)]
        asked: Vec<String>,
        note: Option<String>,
        #[serde(default)]
        fictional: bool,
        source_note: Option<String>,
    }
    RawCourseType {
        slug: String,
        label: String,
        description: String,
        rules: Option<RawRules>,
        #[serde(default)]
        sources: Vec<String>,
        as_of: Words,
        #[serde(default)]
        asked: Vec<String>,
        note: Option<String>,
    }
    RawRules { max_weeks: Option<i32>, started_by: Option<String>, verify: Option<String>, }

    RawPlaces {
        #[serde(rename = "table")]
        _table: Option<IgnoredAny>,
        #[serde(default)]
        towns: Vec<RawTown>,
        #[serde(default)]
        districts: Vec<RawDistrict>,
    }
    RawTown {
        name: String,
        outcode: String,
        #[serde(default)]
        aliases: Vec<String>,
        #[serde(rename = "district")]
        _district: Option<IgnoredAny>,
    }
    RawDistrict { name: String, county: String, }

    RawDemo {
        #[serde(default)]
        providers: Vec<RawProvider>,
        #[serde(default)]
        members: Vec<RawDemoMember>,
        #[serde(default)]
        needs: Vec<RawDemoNeed>,
    }
    RawDemoMember {
        partnership: String,
        slug: String,
        organisation: String,
        capacity: String,
        sector: Option<String>,
        town: Option<String>,
        outcode: Option<String>,
        from: Option<Words>,
        to: Option<Words>,
        as_of: Words,
        fictional: bool,
        source_note: Option<String>,
    }
    RawDemoNeed {
        partnership: String,
        slug: String,
        title: String,
        description: String,
        #[serde(default)]
        soc: Vec<String>,
        #[serde(default)]
        sic: Vec<String>,
        level_from: Option<Words>,
        level_to: Option<Words>,
        horizon: Option<String>,
        raised_on: Option<Words>,
        #[serde(rename = "raised_by")]
        _raised_by: Option<IgnoredAny>,
        evidence: Option<String>,
        coding: Option<String>,
        as_of: Words,
        fictional: bool,
        source_note: Option<String>,
    }
}
