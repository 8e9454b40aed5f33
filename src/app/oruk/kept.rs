//! What came with other people's feeds, as it is told again.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::{
    app::oruk::{
        Ground, Told,
        document::{Document, parts, text},
        feed::Parts,
        organisation,
    },
    domain::{
        oruk::Thing,
        register::{Organisation, Record},
        slug::Slug,
    },
    store::oruk::Kept,
};

/// Adds what is kept of feeds to our own; what is our own already stays as we tell it.
pub fn add(parts: &mut Parts, told: &Told, ground: Ground<'_>) {
    let documents: Vec<(&Kept, Document)> =
        told.kept.iter().filter_map(|(kept, _)| Some((kept, read(kept)?))).collect();
    let changes = changes(&documents, told);
    for (kept, mut document) in documents {
        match kept.thing {
            Thing::Taxonomy => parts.taxonomies.push(document),
            Thing::Term => parts.terms.push(document),
            thing => {
                let Some(owner) = kept.organisation.as_ref().and_then(|slug| told.owner(slug))
                else {
                    continue;
                };
                if thing == Thing::Organization {
                    overlay(&mut document, &changes, &kept.id);
                    parts.organizations.push(document);
                    continue;
                }
                let ended = kept.ended_on.is_some_and(|day| day <= ground.today);
                if ended || !owner.counts_on(ground.today) {
                    document.insert("status".to_owned(), "inactive".into());
                }
                if let Some(Value::Object(organization)) = document.get_mut("organization") {
                    let id = text(organization, "id").unwrap_or_default().to_owned();
                    overlay(organization, &changes, &id);
                }
                let home = (owner.slug.clone(), kept.feed.clone());
                parts.homes.insert(kept.id.clone(), home);
                parts.services.push(document);
            }
        }
    }
}

/// Organisations of the register whose services came with a feed and have not ended.
pub fn owners(told: &Told) -> BTreeSet<&Slug> {
    let services = told.kept.iter().map(|(kept, _)| kept);
    let services = services.filter(|kept| kept.thing == Thing::Service && kept.ended_on.is_none());
    let owners = services.filter_map(|kept| kept.organisation.as_ref());
    owners.filter_map(|slug| told.owner(slug)).map(|record| &record.slug).collect()
}

/// The document of what is kept; `None` if it was damaged.
pub fn read(kept: &Kept) -> Option<Document> {
    serde_json::from_str(&kept.document).ok()
}

/// What the register says of organisations now, where that is not what their feed said.
type Changes = BTreeMap<String, Vec<(&'static str, Option<String>)>>;

fn changes(documents: &[(&Kept, Document)], told: &Told) -> Changes {
    let organizations = documents.iter().filter(|(kept, _)| kept.thing == Thing::Organization);
    let changed = organizations.filter_map(|(kept, document)| {
        let record = told.owner(kept.organisation.as_ref()?)?;
        Some((kept.id.clone(), changed(document, record)))
    });
    changed.collect()
}

fn changed(
    document: &Document,
    record: &Record<Organisation>,
) -> Vec<(&'static str, Option<String>)> {
    let said = organisation::body(document, []);
    let now = &record.body;
    let mut changed = Vec::new();
    if now.name != said.name {
        changed.push(("name", Some(now.name.clone())));
    }
    if now.description != said.description {
        let required = now.description.clone().unwrap_or_else(|| now.name.clone());
        changed.push(("description", Some(required)));
    }
    if now.website != said.website {
        changed.push(("website", now.website.clone()));
    }
    changed
}

fn overlay(organization: &mut Document, changes: &Changes, id: &str) {
    for (name, value) in changes.get(id).into_iter().flatten() {
        match value {
            Some(value) => organization.insert((*name).to_owned(), value.as_str().into()),
            None => organization.remove(*name),
        };
    }
}

/// Every identifier that a document of a service names as its organisation.
pub fn organization_of(service: &Document) -> Option<&Document> {
    service.get("organization").and_then(Value::as_object)
}

/// The terms that a thing has, in full.
pub fn terms_of(document: &Document) -> impl Iterator<Item = &Document> {
    parts(document, "attributes")
        .filter_map(|attribute| attribute.get("taxonomy_term").and_then(Value::as_object))
}
