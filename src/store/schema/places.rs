//! What is kept of openings' places, of the word of employers, and for those who wait.

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
