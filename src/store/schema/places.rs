//! What is kept of openings' places, of the word of employers, and for those who wait.

use crate::store::schema::entry;

diesel::table! {
    place_entry (id) {
        id -> BigInt,
        opening_id -> BigInt,
        act -> Text,
        hold_id -> Nullable<BigInt>,
        places -> Nullable<Integer>,
        expires_on -> Nullable<Date>,
        reference -> Nullable<Text>,
        token_id -> Nullable<BigInt>,
        actor -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    upkeep_link (id) {
        id -> BigInt,
        posture_id -> BigInt,
        hash -> Text,
        actor -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    report (id) {
        id -> BigInt,
        entry_id -> BigInt,
        token_id -> BigInt,
        reason -> Text,
        at -> Timestamp,
        resolved_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    queue_dismissal (id) {
        id -> BigInt,
        item -> Text,
        reason -> Text,
        until -> Date,
        actor -> Text,
        at -> Timestamp,
    }
}

diesel::table! {
    standing_search (id) {
        id -> BigInt,
        hash -> Text,
        token_id -> BigInt,
        need -> Text,
        position -> BigInt,
        created_at -> Timestamp,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    standing_entry (id) {
        id -> BigInt,
        search_id -> BigInt,
        number -> BigInt,
        organisation -> Text,
        title -> Text,
        why -> Text,
        told -> Text,
        change -> BigInt,
        at -> Timestamp,
    }
}

diesel::joinable!(upkeep_link -> entry (posture_id));
diesel::joinable!(report -> entry (entry_id));
diesel::allow_tables_to_appear_in_same_query!(upkeep_link, entry);
diesel::allow_tables_to_appear_in_same_query!(report, entry);
