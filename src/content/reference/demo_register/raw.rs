//! The shapes of the register's demonstration files, word for word.
//!
//! Days are written from the day of loading (see [`super::entry`]), so that a
//! demonstration never ages.

use serde::Deserialize;

use crate::content::{reference::raw::shapes, toml_text::Words};

shapes! {
    RawFile {
        fictional: bool,
        #[serde(default)]
        organisations: Vec<RawOrganisation>,
        #[serde(default)]
        signatures: Vec<RawSignature>,
        #[serde(default)]
        pledges: Vec<RawPledge>,
        #[serde(default)]
        postures: Vec<RawPosture>,
        #[serde(default)]
        openings: Vec<RawOpening>,
        #[serde(default)]
        events: Vec<RawEvent>,
        #[serde(default)]
        case_studies: Vec<RawCaseStudy>,
        #[serde(default)]
        introductions: Vec<RawIntroduction>,
        #[serde(default)]
        needs: Vec<RawNeed>,
        #[serde(default)]
        courses: Vec<RawCourse>,
    }

    RawSaid {
        on: Words,
        voice: Option<String>,
        by: Option<String>,
        until: Option<Words>,
        source: Option<String>,
    }
    RawEnded { on: Words, reason: Option<String>, }

    RawOrganisation {
        slug: String,
        name: String,
        #[serde(default)]
        aliases: Vec<String>,
        kind: Option<String>,
        sector: Option<String>,
        #[serde(default)]
        sic: Vec<String>,
        size_band: Option<String>,
        anchor: Option<bool>,
        description: Option<String>,
        website: Option<String>,
        publication: Option<String>,
        #[serde(default)]
        do_not_contact: bool,
        #[serde(default)]
        identifiers: Vec<RawIdentifier>,
        #[serde(default)]
        sites: Vec<RawSite>,
        #[serde(default)]
        contacts: Vec<RawContact>,
        #[serde(default)]
        recognitions: Vec<RawRecognition>,
        said: RawSaid,
        confirmed: Option<Words>,
        ended: Option<RawEnded>,
    }
    RawIdentifier { scheme: String, id: String, }
    RawSite {
        label: String,
        address: Option<String>,
        postcode: Option<String>,
        town: Option<String>,
        district: Option<String>,
        transport_note: Option<String>,
    }
    RawContact {
        audience: String,
        role: String,
        channel: String,
        value: String,
        verified: Option<Words>,
        expires_after_days: Option<i32>,
    }
    RawRecognition {
        scheme: String,
        level: Option<Words>,
        awarded: Option<Words>,
        expires: Option<Words>,
        evidence_url: Option<String>,
        checked: Option<Words>,
        check: Option<String>,
    }

    RawSignature {
        slug: String,
        organisation: String,
        charter: String,
        charter_version: Words,
        starts: Option<Words>,
        follows: Option<String>,
        agreed: Option<Words>,
        signed: Option<Words>,
        published: Option<Words>,
        approval_route: Option<String>,
        said: RawSaid,
        confirmed: Option<Words>,
        ended: Option<RawEnded>,
    }

    RawPledge {
        slug: Option<String>,
        signature: String,
        action: Option<String>,
        stance: String,
        commitment: String,
        text: String,
        target: Option<f64>,
        baseline: Option<f64>,
        unit: Option<String>,
        owner_role: Option<String>,
        pledge_confirmed: Option<Words>,
        evidenced: Option<Words>,
        evidence_url: Option<String>,
        #[serde(default)]
        updates: Vec<RawUpdate>,
        said: Option<RawSaid>,
        confirmed: Option<Words>,
        ended: Option<RawEnded>,
    }
    RawUpdate {
        on: Words,
        progress: String,
        value: Option<f64>,
        narrative: Option<String>,
        evidence_url: Option<String>,
        published: bool,
    }

    RawPosture {
        slug: Option<String>,
        organisation: String,
        cohort: String,
        stance: String,
        conditions: Option<String>,
        public: bool,
        #[serde(default)]
        offers: Vec<String>,
        english: Option<RawEnglish>,
        day_release: Option<RawDayRelease>,
        review_by: Option<Words>,
        offences: Option<RawOffences>,
        disclosure: Option<RawDisclosure>,
        broker_note: Option<String>,
        said: RawSaid,
        confirmed: Option<Words>,
        ended: Option<RawEnded>,
    }
    RawEnglish { speaking: Option<String>, reading: Option<String>, writing: Option<String>, }
    RawDayRelease {
        accepts: bool,
        has_agreement: Option<bool>,
        lead_time_weeks: Option<i32>,
        travel_limit_miles: Option<i32>,
    }
    RawOffences {
        stance: String,
        #[serde(default)]
        groups: Vec<String>,
        note: Option<String>,
    }
    RawDisclosure {
        timing: Option<String>,
        letter_needed: Option<bool>,
        unspent_only: Option<bool>,
        talk_to_role: Option<String>,
    }

    RawOpening {
        slug: Option<String>,
        organisation: String,
        title: String,
        description: Option<String>,
        work_type: String,
        site: Option<String>,
        #[serde(default)]
        national: bool,
        #[serde(default)]
        patterns: Vec<String>,
        hours: Option<String>,
        contract: Option<String>,
        base: Option<String>,
        pay: Option<RawPay>,
        dbs_level: Option<String>,
        #[serde(default)]
        licences: Vec<String>,
        essentials: Option<String>,
        #[serde(default)]
        cohorts: Vec<String>,
        starts: Option<Words>,
        closes: Option<Words>,
        places: Option<i32>,
        said: RawSaid,
        confirmed: Option<Words>,
        ended: Option<RawEnded>,
    }
    RawPay { from_pence: i64, to_pence: Option<i64>, period: String, }

    RawEvent {
        slug: String,
        title: String,
        kind: String,
        day: Words,
        from: String,
        last_day: Option<Words>,
        to: Option<String>,
        place: Option<String>,
        postcode: Option<String>,
        host: Option<String>,
        organisation: Option<String>,
        #[serde(default)]
        cohorts: Vec<String>,
        summary: String,
        link: Option<String>,
        said: RawSaid,
        confirmed: Option<Words>,
        ended: Option<RawEnded>,
    }

    RawCaseStudy {
        slug: Option<String>,
        title: String,
        organisation: Option<String>,
        summary: String,
        #[serde(default)]
        cohorts: Vec<String>,
        action: Option<String>,
        link: Option<String>,
        published: Option<Words>,
        permission: String,
        said: RawSaid,
        confirmed: Option<Words>,
        ended: Option<RawEnded>,
    }

    RawIntroduction {
        slug: Option<String>,
        kind: String,
        organisation: String,
        other: Option<String>,
        partnership: Option<String>,
        cohort: Option<String>,
        reference: Option<String>,
        state: String,
        #[serde(default)]
        outcomes: RawOutcomes,
        said: RawSaid,
        confirmed: Option<Words>,
        ended: Option<RawEnded>,
    }
    RawNeed {
        slug: String,
        partnership: String,
        title: String,
        description: Option<String>,
        #[serde(default)]
        soc: Vec<String>,
        #[serde(default)]
        sic: Vec<String>,
        level_from: Option<i32>,
        level_to: Option<i32>,
        horizon: Option<String>,
        headcount: Option<i32>,
        priority: Option<String>,
        state: Option<String>,
        organisation: Option<String>,
        place: Option<String>,
        travel_miles: Option<i32>,
        start_by: Option<Words>,
        #[serde(default)]
        modes: Vec<String>,
        #[serde(default)]
        cohorts: Vec<String>,
        evidence: Option<String>,
        said: RawSaid,
        ended: Option<RawEnded>,
    }

    RawCourse {
        slug: String,
        provider: String,
        title: String,
        course_type: String,
        summary: String,
        delivery: Option<String>,
        #[serde(default)]
        sectors: Vec<String>,
        #[serde(default)]
        soc: Vec<String>,
        level_from: Option<i32>,
        level_to: Option<i32>,
        #[serde(default)]
        cohorts: Vec<String>,
        #[serde(default)]
        venues: Vec<RawVenue>,
        #[serde(default)]
        runs: Vec<RawRun>,
        said: RawSaid,
        ended: Option<RawEnded>,
    }
    RawVenue { label: String, outcode: String, town: Option<String>, }
    RawRun {
        starts: Option<Words>,
        #[serde(default)]
        flexible_start: bool,
        ends: Option<Words>,
        venue: Option<String>,
        mode: Option<String>,
        study_pattern: Option<String>,
        attendance: Option<String>,
        cost_pence: Option<i64>,
        funding: Option<String>,
        places: Option<i32>,
    }

    #[derive(Default)]
    RawOutcomes {
        interviewed: Option<i32>,
        offered: Option<i32>,
        started: Option<i32>,
        kept_13_weeks: Option<i32>,
    }
}
