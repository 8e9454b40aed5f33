//! The tables of the register's records, its tokens, its audit trail and its places.
//!
//! Written beside `migrations/`, in the order of its columns.

use crate::store::schema::{charter, charter_action, partnership};

diesel::table! {
    entry (id) {
        id -> BigInt,
        kind -> Text,
        slug -> Text,
        version -> BigInt,
        owner_id -> Nullable<BigInt>,
        voice -> Text,
        stated_by -> Nullable<Text>,
        stated_on -> Date,
        until -> Nullable<Date>,
        source -> Nullable<Text>,
        confirmed_on -> Nullable<Date>,
        ended_on -> Nullable<Date>,
        end_reason -> Nullable<Text>,
        fictional -> Bool,
        recorded_at -> Timestamp,
    }
}

diesel::table! {
    entry_version (entry_id, version) {
        entry_id -> BigInt,
        version -> BigInt,
        effective_on -> Date,
        voice -> Text,
        stated_by -> Nullable<Text>,
        stated_on -> Date,
        until -> Nullable<Date>,
        source -> Nullable<Text>,
        confirmed_on -> Nullable<Date>,
        ended_on -> Nullable<Date>,
        end_reason -> Nullable<Text>,
        fictional -> Bool,
        recorded_at -> Timestamp,
        actor -> Text,
        body -> Text,
    }
}

diesel::table! {
    entry_value (entry_id, list, position) {
        entry_id -> BigInt,
        list -> Text,
        position -> Integer,
        value -> Text,
    }
}

diesel::table! {
    organisation (id) {
        id -> BigInt,
        name -> Text,
        name_key -> Text,
        kind -> Text,
        sector -> Nullable<Text>,
        size_band -> Nullable<Text>,
        anchor -> Nullable<Bool>,
        description -> Nullable<Text>,
        website -> Nullable<Text>,
        publication -> Text,
        do_not_contact -> Bool,
        merged_into -> Nullable<BigInt>,
    }
}

diesel::table! {
    organisation_alias (organisation_id, position) {
        organisation_id -> BigInt,
        position -> Integer,
        alias -> Text,
        name_key -> Text,
    }
}

diesel::table! {
    organisation_identifier (organisation_id, position) {
        organisation_id -> BigInt,
        position -> Integer,
        scheme -> Text,
        code -> Text,
    }
}

diesel::table! {
    organisation_site (organisation_id, label) {
        organisation_id -> BigInt,
        label -> Text,
        position -> Integer,
        address -> Nullable<Text>,
        postcode -> Nullable<Text>,
        outcode -> Nullable<Text>,
        town -> Nullable<Text>,
        district -> Nullable<Text>,
        transport_note -> Nullable<Text>,
    }
}

diesel::table! {
    organisation_contact (organisation_id, position) {
        organisation_id -> BigInt,
        position -> Integer,
        audience -> Text,
        role_title -> Text,
        channel -> Text,
        value -> Text,
        verified_on -> Nullable<Date>,
        expires_after_days -> Nullable<Integer>,
    }
}

diesel::table! {
    organisation_recognition (organisation_id, position) {
        organisation_id -> BigInt,
        position -> Integer,
        scheme_id -> BigInt,
        level -> Nullable<Text>,
        awarded_on -> Nullable<Date>,
        expires_on -> Nullable<Date>,
        evidence_url -> Nullable<Text>,
        last_checked_on -> Nullable<Date>,
        check_result -> Text,
    }
}

diesel::table! {
    signature (id) {
        id -> BigInt,
        organisation_id -> BigInt,
        charter_id -> BigInt,
        charter_version -> Text,
        starts_on -> Date,
        ends_on -> Date,
        agreed_on -> Nullable<Date>,
        signed_on -> Nullable<Date>,
        published_on -> Nullable<Date>,
        approval_route -> Nullable<Text>,
    }
}

diesel::table! {
    pledge (id) {
        id -> BigInt,
        signature_id -> BigInt,
        organisation_id -> BigInt,
        action_id -> Nullable<BigInt>,
        stance -> Text,
        commitment -> Text,
        text -> Text,
        target -> Nullable<Double>,
        baseline -> Nullable<Double>,
        unit -> Nullable<Text>,
        owner_role -> Nullable<Text>,
        confirmed_on -> Nullable<Date>,
        evidenced_on -> Nullable<Date>,
        evidence_url -> Nullable<Text>,
    }
}

diesel::table! {
    pledge_update (pledge_id, position) {
        pledge_id -> BigInt,
        position -> Integer,
        handed_in_on -> Date,
        progress -> Text,
        value -> Nullable<Double>,
        narrative -> Nullable<Text>,
        evidence_url -> Nullable<Text>,
        published -> Bool,
    }
}

diesel::table! {
    posture (id) {
        id -> BigInt,
        organisation_id -> BigInt,
        cohort -> Text,
        stance -> Text,
        conditions -> Nullable<Text>,
        public -> Bool,
        speaking -> Nullable<Text>,
        reading -> Nullable<Text>,
        writing -> Nullable<Text>,
        day_release -> Nullable<Bool>,
        has_agreement -> Nullable<Bool>,
        lead_time_weeks -> Nullable<Integer>,
        travel_limit_miles -> Nullable<Integer>,
        review_by -> Nullable<Date>,
        offence_stance -> Nullable<Text>,
        offence_note -> Nullable<Text>,
        discloses -> Bool,
        disclosure_timing -> Nullable<Text>,
        letter_needed -> Nullable<Bool>,
        unspent_only -> Nullable<Bool>,
        talk_to_role -> Nullable<Text>,
        broker_note -> Nullable<Text>,
    }
}

diesel::table! {
    opening (id) {
        id -> BigInt,
        organisation_id -> BigInt,
        title -> Text,
        description -> Nullable<Text>,
        work_type -> Text,
        site -> Nullable<Text>,
        national -> Bool,
        hours -> Nullable<Text>,
        contract -> Nullable<Text>,
        base -> Nullable<Text>,
        pay_from_pence -> Nullable<BigInt>,
        pay_to_pence -> Nullable<BigInt>,
        pay_period -> Nullable<Text>,
        dbs_level -> Nullable<Text>,
        essentials -> Nullable<Text>,
        starts_on -> Nullable<Date>,
        closes_on -> Nullable<Date>,
        places -> Nullable<Integer>,
    }
}

diesel::table! {
    event (id) {
        id -> BigInt,
        organisation_id -> Nullable<BigInt>,
        title -> Text,
        kind -> Text,
        starts_at -> Timestamp,
        ends_at -> Nullable<Timestamp>,
        place -> Nullable<Text>,
        postcode -> Nullable<Text>,
        host -> Nullable<Text>,
        summary -> Text,
        link -> Nullable<Text>,
    }
}

diesel::table! {
    case_study (id) {
        id -> BigInt,
        organisation_id -> Nullable<BigInt>,
        title -> Text,
        summary -> Text,
        action_id -> Nullable<BigInt>,
        link -> Nullable<Text>,
        published_on -> Nullable<Date>,
        permission -> Text,
    }
}

diesel::table! {
    introduction (id) {
        id -> BigInt,
        organisation_id -> BigInt,
        other_id -> Nullable<BigInt>,
        partnership_id -> Nullable<BigInt>,
        kind -> Text,
        cohort -> Nullable<Text>,
        reference -> Nullable<Text>,
        state -> Text,
        interviewed -> Nullable<Integer>,
        offered -> Nullable<Integer>,
        started -> Nullable<Integer>,
        kept_13_weeks -> Nullable<Integer>,
    }
}

diesel::table! {
    token (id) {
        id -> BigInt,
        hash -> Text,
        role -> Text,
        organisation_id -> Nullable<BigInt>,
        label -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Nullable<Timestamp>,
        revoked_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    audit (id) {
        id -> BigInt,
        at -> Timestamp,
        actor -> Text,
        role -> Text,
        act -> Text,
        kind -> Text,
        slug -> Text,
        version -> Nullable<BigInt>,
    }
}

diesel::table! {
    idempotency (token_id, key) {
        token_id -> BigInt,
        key -> Text,
        request_hash -> Text,
        kind -> Text,
        slug -> Text,
        version -> BigInt,
        change -> BigInt,
        at -> Timestamp,
    }
}

diesel::table! {
    organisation_merge (id) {
        id -> BigInt,
        from_id -> BigInt,
        into_id -> BigInt,
        at -> Timestamp,
        actor -> Text,
        moved -> Text,
        undone_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    outcode (code) {
        code -> Text,
        town -> Text,
        district -> Nullable<Text>,
        county -> Text,
        lat -> Double,
        lon -> Double,
    }
}

diesel::table! {
    kept_need (id) {
        id -> BigInt,
        partnership_id -> Nullable<BigInt>,
        level_from -> Nullable<Integer>,
        level_to -> Nullable<Integer>,
        horizon -> Nullable<Text>,
        headcount -> Nullable<Integer>,
        priority -> Nullable<Text>,
        state -> Text,
    }
}

diesel::table! {
    kept_course (id) {
        id -> BigInt,
        provider_id -> Nullable<BigInt>,
        course_type -> Nullable<Text>,
        level_from -> Nullable<Integer>,
        level_to -> Nullable<Integer>,
        delivery -> Nullable<Text>,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    entry,
    entry_version,
    entry_value,
    organisation,
    organisation_alias,
    organisation_identifier,
    organisation_recognition,
    organisation_site,
    signature,
    pledge,
    posture,
    opening,
    event,
    case_study,
    introduction,
    token,
    kept_need,
    kept_course,
);

diesel::joinable!(token -> entry (organisation_id));
diesel::joinable!(organisation -> entry (id));
diesel::joinable!(signature -> entry (id));
diesel::joinable!(opening -> entry (id));
diesel::joinable!(signature -> charter (charter_id));
diesel::joinable!(pledge -> charter_action (action_id));
diesel::joinable!(case_study -> charter_action (action_id));
diesel::joinable!(introduction -> partnership (partnership_id));
diesel::allow_tables_to_appear_in_same_query!(signature, charter);
diesel::allow_tables_to_appear_in_same_query!(pledge, charter_action);
diesel::allow_tables_to_appear_in_same_query!(case_study, charter_action);
diesel::allow_tables_to_appear_in_same_query!(introduction, partnership);
