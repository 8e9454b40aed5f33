//! What is kept of partnerships as forums, and the lists of codes that were loaded.

use crate::store::schema::entry;

diesel::table! {
    kept_meeting (id) {
        id -> BigInt,
        partnership_id -> Nullable<BigInt>,
        day -> Nullable<Date>,
    }
}

diesel::table! {
    kept_partnership_action (id) {
        id -> BigInt,
        partnership_id -> Nullable<BigInt>,
        owner -> Nullable<Text>,
        state -> Nullable<Text>,
        due_on -> Nullable<Date>,
        need_id -> Nullable<BigInt>,
        meeting_id -> Nullable<BigInt>,
    }
}

diesel::table! {
    classification (scheme) {
        scheme -> Text,
        source -> Text,
        loaded_at -> Timestamp,
    }
}

diesel::table! {
    classification_code (scheme, code) {
        scheme -> Text,
        code -> Text,
        title -> Text,
        parent -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(kept_meeting, entry);
diesel::allow_tables_to_appear_in_same_query!(kept_partnership_action, entry);
