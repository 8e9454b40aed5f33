//! Tables of pairing plans.

diesel::table! {
    pairing_plan (id) {
        id -> BigInt,
        partnership -> Text,
        state -> Text,
        version -> BigInt,
        created_at -> Timestamp,
    }
}

diesel::table! {
    pairing_version (plan_id, version) {
        plan_id -> BigInt,
        version -> BigInt,
        act -> Text,
        content -> Text,
        actor -> Text,
        role -> Text,
        at -> Timestamp,
    }
}

diesel::joinable!(pairing_version -> pairing_plan (plan_id));
diesel::allow_tables_to_appear_in_same_query!(pairing_version, pairing_plan);
