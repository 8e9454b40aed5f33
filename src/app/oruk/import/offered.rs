//! What a feed offers, cleaned and sorted by who provides it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::oruk::{
        crawl::Crawled,
        document::{Document, LeftOut, clean, text},
        kept::{organization_of, terms_of},
    },
    domain::oruk::Thing,
};

/// What a feed offers, clean.
pub(super) struct Offered {
    /// Organisations by identifier, in full where a service tells of them.
    pub organizations: BTreeMap<String, Document>,
    /// Services by the identifier of their organisation.
    pub services: BTreeMap<String, Vec<Document>>,
    /// Taxonomies and terms.
    pub terms: Vec<(Thing, Document)>,
}

impl Offered {
    pub fn of(crawled: &Crawled, left_out: &mut LeftOut) -> Self {
        let mut organizations = BTreeMap::new();
        let mut services: BTreeMap<String, Vec<Document>> = BTreeMap::new();
        let mut nested = Vec::new();
        for one in &crawled.organizations {
            if let Some(document) = clean(Thing::Organization, one, left_out) {
                organizations.insert(named(&document), document);
            }
        }
        for one in &crawled.services {
            let Some(document) = clean(Thing::Service, one, left_out) else { continue };
            nested.extend(terms_of(&document).cloned());
            if let Some(inner) = organization_of(&document) {
                organizations.insert(named(inner), inner.clone());
            }
            match provider_of(&document) {
                Some(id) => services.entry(id).or_default().push(document),
                None => left_out.note("service", "it does not say who provides it"),
            }
        }
        services.retain(|id, own| {
            let there = organizations.contains_key(id);
            if !there {
                for _ in own {
                    left_out.note("service", "the feed says nothing of the organisation it names");
                }
            }
            there
        });
        let mut terms = Vec::new();
        let mut seen = BTreeSet::new();
        let lists = [(Thing::Taxonomy, &crawled.taxonomies), (Thing::Term, &crawled.terms)];
        for (thing, list) in lists {
            let documents = list.iter().filter_map(|one| clean(thing, one, left_out));
            terms.extend(documents.map(|document| (thing, document)));
        }
        terms.extend(nested.into_iter().map(|term| (Thing::Term, term)));
        terms.retain(|(thing, document)| seen.insert((*thing, named(document))));
        Self { organizations, services, terms }
    }
}

/// The identifier of the organisation that provides a service.
pub(super) fn provider_of(service: &Document) -> Option<String> {
    let outer = text(service, "organization_id").map(str::to_owned);
    outer.or_else(|| organization_of(service).map(named))
}

pub(super) fn named(document: &Document) -> String {
    text(document, "id").unwrap_or_default().to_owned()
}
