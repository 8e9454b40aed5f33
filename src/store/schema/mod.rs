//! The tables as diesel sees them, the same on both databases.
//!
//! Written by hand beside `migrations/`; tests compare it with what a migrated
//! database really has. Identifiers are `BigInt`, times are UTC without a zone.

mod forums;
mod missed;
mod oruk;
mod pairing;
mod places;
mod records;

use diesel::prelude::*;

pub use forums::*;
pub use missed::*;
pub use oruk::*;
pub use pairing::*;
pub use places::*;
pub use records::*;

use crate::store::{Conn, StoreError};

diesel::table! {
    database (id) {
        id -> BigInt,
        identity -> Text,
    }
}

diesel::table! {
    change_clock (id) {
        id -> BigInt,
        seq -> BigInt,
    }
}

diesel::table! {
    change_log (seq) {
        seq -> BigInt,
        kind -> Text,
        slug -> Text,
        at -> Timestamp,
        audience -> Text,
    }
}

diesel::table! {
    source (id) {
        id -> Text,
        title -> Text,
        publisher -> Nullable<Text>,
        url -> Nullable<Text>,
        published -> Nullable<Text>,
        uncertain -> Bool,
    }
}

diesel::table! {
    record (id) {
        id -> BigInt,
        kind -> Text,
        parent_id -> Nullable<BigInt>,
        position -> Integer,
        as_of -> Nullable<Date>,
        note -> Nullable<Text>,
        fictional -> Bool,
    }
}

diesel::table! {
    record_source (record_id, position) {
        record_id -> BigInt,
        position -> Integer,
        source_id -> Text,
    }
}

diesel::table! {
    record_value (record_id, list, position) {
        record_id -> BigInt,
        list -> Text,
        position -> Integer,
        value -> Text,
    }
}

diesel::table! {
    charter (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        summary -> Text,
        version -> Text,
        launched_on -> Nullable<Date>,
    }
}

diesel::table! {
    charter_focus_area (charter_id, slug) {
        charter_id -> BigInt,
        slug -> Text,
        position -> Integer,
        label -> Text,
    }
}

diesel::table! {
    charter_stance (charter_id, slug) {
        charter_id -> BigInt,
        slug -> Text,
        position -> Integer,
        label -> Text,
        meaning -> Text,
    }
}

diesel::table! {
    charter_action (id) {
        id -> BigInt,
        charter_id -> BigInt,
        slug -> Text,
        code -> Text,
        stance -> Text,
        focus_area -> Text,
        label -> Text,
        description -> Text,
        help -> Text,
        measurable -> Bool,
        unit -> Nullable<Text>,
        evidenced -> Bool,
    }
}

diesel::table! {
    scheme (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        kind -> Text,
        owner -> Text,
        summary -> Text,
        evidence_rule -> Text,
        lifetime_months -> Nullable<Integer>,
        lifetime_note -> Nullable<Text>,
        public_list -> Nullable<Text>,
        what_it_proves -> Text,
    }
}

diesel::table! {
    scheme_level (scheme_id, slug) {
        scheme_id -> BigInt,
        slug -> Text,
        position -> Integer,
        label -> Text,
        rank -> Integer,
        lifetime_months -> Nullable<Integer>,
    }
}

diesel::table! {
    scheme_prerequisite (scheme_id, position) {
        scheme_id -> BigInt,
        position -> Integer,
        required_id -> BigInt,
        required_level -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    partnership (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        facilitator -> Nullable<Text>,
        cadence -> Nullable<Text>,
        summary -> Text,
    }
}

diesel::table! {
    partnership_member (id) {
        id -> BigInt,
        partnership_id -> BigInt,
        organisation -> Text,
        capacity -> Text,
    }
}

diesel::table! {
    partnership_need (id) {
        id -> BigInt,
        partnership_id -> BigInt,
        slug -> Text,
        title -> Text,
        description -> Text,
        level_from -> Nullable<Integer>,
        level_to -> Nullable<Integer>,
        horizon -> Nullable<Text>,
        raised_on -> Nullable<Text>,
        evidence -> Nullable<Text>,
        coding -> Nullable<Text>,
    }
}

diesel::table! {
    partnership_meeting (id) {
        id -> BigInt,
        partnership_id -> BigInt,
        held_on -> Text,
        place -> Nullable<Text>,
        summary -> Nullable<Text>,
    }
}

diesel::table! {
    partnership_action (id) {
        id -> BigInt,
        partnership_id -> BigInt,
        text -> Text,
        status_note -> Nullable<Text>,
    }
}

diesel::table! {
    course_type (id) {
        id -> BigInt,
        slug -> Text,
        label -> Text,
        description -> Text,
        rules -> Nullable<Text>,
    }
}

diesel::table! {
    provider (id) {
        id -> BigInt,
        slug -> Text,
        name -> Text,
        kind -> Text,
        summary -> Text,
        website -> Nullable<Text>,
    }
}

diesel::table! {
    venue (provider_id, label) {
        provider_id -> BigInt,
        label -> Text,
        position -> Integer,
        town -> Nullable<Text>,
        outcode -> Nullable<Text>,
        note -> Nullable<Text>,
    }
}

diesel::table! {
    course (id) {
        id -> BigInt,
        provider_id -> BigInt,
        slug -> Text,
        title -> Text,
        course_type -> Text,
        level_from -> Nullable<Integer>,
        level_to -> Nullable<Integer>,
        coding -> Nullable<Text>,
        summary -> Text,
        venue -> Nullable<Text>,
    }
}

diesel::joinable!(partnership_member -> record (id));
diesel::joinable!(partnership_need -> record (id));
diesel::joinable!(partnership_meeting -> record (id));
diesel::joinable!(partnership_action -> record (id));
diesel::joinable!(course -> record (id));

diesel::allow_tables_to_appear_in_same_query!(
    course,
    partnership_action,
    partnership_meeting,
    partnership_member,
    partnership_need,
    record,
    record_source,
    source,
);

/// Asks the database for every column of every table, and for no row; returns
/// the tables' names.
///
/// An error means that the database has not the form this program expects.
pub fn probe(conn: &mut Conn) -> Result<Vec<&'static str>, StoreError> {
    macro_rules! ask {
        ($($table:ident),+ $(,)?) => {{
            $(
                let nothing = $table::table.select($table::all_columns).limit(0);
                nothing
                    .execute(conn)
                    .map_err(|error| StoreError::from(error).about(stringify!($table)))?;
            )+
            Ok(vec![$(stringify!($table)),+])
        }};
    }
    ask! {
        database, change_clock, change_log, source, record, record_source, record_value, charter,
        charter_focus_area, charter_stance, charter_action, scheme, scheme_level,
        scheme_prerequisite, partnership, partnership_member, partnership_need,
        partnership_meeting, partnership_action, course_type, provider, venue, course, entry,
        entry_version, entry_value, organisation, organisation_alias, organisation_identifier,
        organisation_site, organisation_contact, organisation_recognition, signature, pledge,
        pledge_update, posture, opening, event, case_study, introduction, token, audit,
        idempotency, organisation_merge, outcode, place_entry, kept_need, kept_course,
        kept_meeting, kept_partnership_action, classification, classification_code,
        upkeep_link, report, queue_dismissal, standing_search, standing_entry,
        missed_key, missed_question,
        feed_thing, pairing_plan, pairing_version,
    }
}
