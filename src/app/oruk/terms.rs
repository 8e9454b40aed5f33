//! Our own taxonomies with their terms, and the attributes that link things to them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::{
    app::oruk::Ground,
    domain::{
        oruk::{Taxonomy, id},
        place::Gazetteer,
        register::{OrganisationKind, Reference},
        vocabulary::{Label, Vocabulary},
    },
};

/// A taxonomy of ours.
pub fn taxonomy(own: Taxonomy) -> Value {
    let id = own.id();
    json!({
        "uri": format!("urn:uuid:{id}"), "id": id, "name": own.as_str(),
        "description": own.label()
    })
}

/// All terms of ours, by identifier.
pub struct Terms(BTreeMap<String, Value>);

impl Terms {
    /// Collects them.
    pub fn of(ground: Ground<'_>) -> Self {
        let all = Taxonomy::ALL.iter().flat_map(|own| terms(*own, ground));
        let id = |term: &Value| term["id"].as_str().unwrap_or_default().to_owned();
        Self(all.map(|term| (id(&term), term)).collect())
    }

    /// Every one.
    pub fn all(&self) -> impl Iterator<Item = &Value> {
        self.0.values()
    }

    /// The link of a thing to one of them; `None` if there is no such term.
    pub fn attribute(
        &self,
        (link, kind): (&str, &str),
        taxonomy: Taxonomy,
        slug: &str,
    ) -> Option<Value> {
        let term = taxonomy.term_id(slug);
        Some(json!({
            "id": id("attribute", &[link, &term]), "link_id": link, "link_type": kind,
            "taxonomy_term": self.0.get(&term)?, "taxonomy_term_id": term,
        }))
    }
}

/// The identifiers of our taxonomies and of all their terms.
pub fn own_terms(vocabulary: &Vocabulary, reference: &Reference) -> BTreeSet<String> {
    // No term is told of by its place or by the day.
    let (gazetteer, today) = (&Gazetteer::default(), NaiveDate::MIN);
    let terms = Terms::of(Ground { vocabulary, gazetteer, reference, today });
    terms.0.into_keys().chain(Taxonomy::ALL.iter().map(|own| own.id())).collect()
}

fn terms(own: Taxonomy, ground: Ground<'_>) -> Vec<Value> {
    let of_label = |label: &Label| {
        let description = label.description.as_deref();
        term(own, &label.slug, &label.label, description)
    };
    match own {
        Taxonomy::Sectors => {
            ground.vocabulary.sectors.iter().map(|one| of_label(&one.label)).collect()
        }
        Taxonomy::Groups => {
            ground.vocabulary.cohorts.iter().map(|one| of_label(&one.label)).collect()
        }
        Taxonomy::CourseTypes => {
            let kinds = ground.reference.course_types.iter();
            kinds.map(|one| term(own, &one.slug, &one.label, Some(&one.description))).collect()
        }
        Taxonomy::Kinds => {
            let kinds = OrganisationKind::ALL.iter();
            kinds.map(|kind| term(own, kind.as_str(), kind.label(), None)).collect()
        }
    }
}

fn term(own: Taxonomy, slug: &str, label: &str, description: Option<&str>) -> Value {
    let id = own.term_id(slug);
    json!({
        "term_uri": format!("urn:uuid:{id}"), "id": id, "name": label,
        "description": description.unwrap_or(label), "taxonomy": own.as_str(),
        "taxonomy_id": own.id()
    })
}
