//! The kinds of record as the API names them.

use crate::domain::register::RecordKind;

/// The kind in addresses: plural, with hyphens.
pub const fn path(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Organisation => "organisations",
        RecordKind::Signature => "signatures",
        RecordKind::Pledge => "pledges",
        RecordKind::Posture => "postures",
        RecordKind::Opening => "openings",
        RecordKind::Event => "events",
        RecordKind::CaseStudy => "case-studies",
        RecordKind::Introduction => "introductions",
        RecordKind::Need => "needs",
        RecordKind::Course => "courses",
        RecordKind::Action => "charter/actions",
        RecordKind::Scheme => "schemes",
        RecordKind::CharterVersion => "charter/versions",
        RecordKind::Partnership => "partnerships",
        RecordKind::Meeting => "meetings",
        RecordKind::PartnershipAction => "partnership-actions",
    }
}

/// The part of the document in which the kind stands.
pub const fn tag(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Action | RecordKind::CharterVersion => "charter",
        other => path(other),
    }
}

/// The kind as the name of a list in an answer: plural, with underscores.
pub const fn list_name(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::CaseStudy => "case_studies",
        RecordKind::Action => "actions",
        RecordKind::CharterVersion => "charter_versions",
        RecordKind::PartnershipAction => "partnership_actions",
        other => path(other),
    }
}

/// The kind in the names of operations: singular, with underscores.
pub const fn word(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::CaseStudy => "case_study",
        RecordKind::Action => "action",
        RecordKind::Scheme => "scheme",
        RecordKind::CharterVersion => "charter_version",
        RecordKind::Partnership => "partnership",
        RecordKind::PartnershipAction => "partnership_action",
        other => other.as_str(),
    }
}

/// The kind in the names of schemas.
pub const fn schema(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Organisation => "Organisation",
        RecordKind::Signature => "Signature",
        RecordKind::Pledge => "Pledge",
        RecordKind::Posture => "Posture",
        RecordKind::Opening => "Opening",
        RecordKind::Event => "Event",
        RecordKind::CaseStudy => "CaseStudy",
        RecordKind::Introduction => "Introduction",
        RecordKind::Need => "PartnershipNeed",
        RecordKind::Course => "ProviderCourse",
        RecordKind::Action => "CharterAction",
        RecordKind::Scheme => "RecognitionScheme",
        RecordKind::CharterVersion => "CharterVersion",
        RecordKind::Partnership => "Partnership",
        RecordKind::Meeting => "Meeting",
        RecordKind::PartnershipAction => "PartnershipAction",
    }
}

/// One of the kind in a sentence, with its article.
pub const fn one(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Organisation => "an organisation",
        RecordKind::Signature => "a signature",
        RecordKind::Pledge => "a pledge",
        RecordKind::Posture => "a posture",
        RecordKind::Opening => "an opening",
        RecordKind::Event => "an event",
        RecordKind::CaseStudy => "a case study",
        RecordKind::Introduction => "an introduction",
        RecordKind::Need => "a need",
        RecordKind::Course => "a course",
        RecordKind::Action => "an action of the charter",
        RecordKind::Scheme => "a recognition scheme",
        RecordKind::CharterVersion => "a version of the charter",
        RecordKind::Partnership => "a partnership",
        RecordKind::Meeting => "a meeting of a partnership",
        RecordKind::PartnershipAction => "an action of a partnership",
    }
}

/// The kind in a sentence, plural.
pub const fn many(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::CaseStudy => "case studies",
        RecordKind::Action => "actions of the charter",
        RecordKind::Scheme => "recognition schemes",
        RecordKind::CharterVersion => "versions of the charter",
        RecordKind::Meeting => "meetings of partnerships",
        RecordKind::PartnershipAction => "actions of partnerships",
        other => path(other),
    }
}

/// The address of a record in this API.
pub fn url(kind: RecordKind, slug: &str) -> String {
    format!("/api/v1/{}/{slug}", path(kind))
}
