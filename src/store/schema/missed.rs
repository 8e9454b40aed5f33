//! The tables of questions that found nothing.

diesel::table! {
    missed_key (id) {
        id -> BigInt,
        secret -> Text,
    }
}

diesel::table! {
    missed_question (hash) {
        hash -> Text,
        kind -> Text,
        words -> Nullable<Text>,
        count -> BigInt,
        month -> Date,
    }
}
