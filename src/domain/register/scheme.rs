//! A recognition scheme of somebody else, as the partnership keeps it.

use crate::domain::{
    register::{Body, Draft, Prerequisite, Provenance, Record, RecordKind, Scheme, SchemeLevel},
    slug::Slug,
};

words! {
    /// What a recognition scheme is.
    SchemeKind {
        /// Somebody looked and confirmed it.
        Accreditation = "accreditation", "Accreditation";
        /// Somebody chose the holder.
        Award = "award", "Award";
        /// The holder promised something.
        Pledge = "pledge", "Pledge";
        /// A promise signed with the state or a community.
        Covenant = "covenant", "Covenant";
        /// A list that the holder put itself on.
        Register = "register", "Register";
    }
}

/// A badge, award, pledge or accreditation of somebody else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptScheme {
    /// Name.
    pub name: String,
    /// What it is.
    pub kind: SchemeKind,
    /// Who runs it.
    pub run_by: String,
    /// What it is, in words.
    pub summary: String,
    /// Levels, lowest first.
    pub levels: Vec<SchemeLevel>,
    /// What a holder must show.
    pub evidence_rule: String,
    /// How long a recognition lasts, in months, where it ends.
    pub lifetime_months: Option<i32>,
    /// How long a recognition lasts, in words.
    pub lifetime_note: Option<String>,
    /// What must be held before.
    pub prerequisites: Vec<Prerequisite>,
    /// The public list of holders: its address or a sentence about it.
    pub public_list: Option<String>,
    /// What a listing proves, honestly.
    pub what_it_proves: String,
    /// Identifiers of [`Source`](crate::domain::register::Source)s.
    pub sources: Vec<String>,
    /// What is uncertain about it, in a sentence.
    pub note: Option<String>,
}

impl Body for KeptScheme {
    const KIND: RecordKind = RecordKind::Scheme;

    fn owner(&self) -> Option<&Slug> {
        None
    }

    fn natural_slug(&self) -> Slug {
        Slug::of_words([self.name.as_str()])
    }
}

impl KeptScheme {
    /// A scheme of the reference data as a record.
    pub fn published(scheme: &Scheme) -> Draft<Self> {
        let said = &scheme.provenance;
        let body = Self {
            name: scheme.name.clone(),
            kind: SchemeKind::parse(&scheme.kind).unwrap_or(SchemeKind::Register),
            run_by: scheme.owner.clone(),
            summary: scheme.summary.clone(),
            levels: scheme.levels.clone(),
            evidence_rule: scheme.evidence_rule.clone(),
            lifetime_months: scheme.lifetime_months,
            lifetime_note: scheme.lifetime_note.clone(),
            prerequisites: scheme.prerequisites.clone(),
            public_list: scheme.public_list.clone(),
            what_it_proves: scheme.what_it_proves.clone(),
            sources: said.sources.clone(),
            note: said.note.clone(),
        };
        said.draft(scheme.slug.clone(), body)
    }

    /// The record as a scheme.
    pub fn scheme(record: &Record<Self>) -> Scheme {
        let body = record.body.clone();
        let kind = Slug::of_words([body.kind.as_str()]);
        Scheme {
            slug: record.slug.clone(),
            name: body.name,
            kind,
            owner: body.run_by,
            summary: body.summary,
            levels: body.levels,
            evidence_rule: body.evidence_rule,
            lifetime_months: body.lifetime_months,
            lifetime_note: body.lifetime_note,
            prerequisites: body.prerequisites,
            public_list: body.public_list,
            what_it_proves: body.what_it_proves,
            provenance: Provenance::of(record, &body.sources, body.note.as_deref()),
        }
    }
}
