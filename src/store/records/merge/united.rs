//! What two entries for one organisation come to when they are made one.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::register::{Organisation, Publication, Recognition};
use crate::domain::slug::Slug;

/// An organisation without what must not stand twice, and no longer shown.
pub(super) fn emptied(body: &Organisation) -> Organisation {
    Organisation { publication: Publication::Withdrawn, identifiers: Vec::new(), ..body.clone() }
}

/// What both have; where both say something, the kept one's word stands. With it, the new
/// labels of those sites of the other that were called like one of the kept one's.
pub(super) fn united(
    kept: &Organisation,
    away: &Organisation,
    slug: &Slug,
) -> (Organisation, BTreeMap<String, String>) {
    let mut body = kept.clone();
    let mut names: BTreeSet<String> = kept.aliases.iter().cloned().collect();
    names.insert(kept.name.clone());
    for name in [&away.name].into_iter().chain(&away.aliases) {
        if names.insert(name.clone()) {
            body.aliases.push(name.clone());
        }
    }
    add_missing(&mut body.identifiers, &away.identifiers);
    add_missing(&mut body.sic, &away.sic);
    add_missing(&mut body.contacts, &away.contacts);
    let renamed = unite_sites(&mut body, kept, away, slug);
    for held in &away.recognitions {
        let twice = |own: &Recognition| own.scheme == held.scheme && own.level == held.level;
        if !body.recognitions.iter().any(twice) {
            body.recognitions.push(held.clone());
        }
    }
    body.sector = body.sector.or_else(|| away.sector.clone());
    body.size_band = body.size_band.or(away.size_band);
    body.anchor = body.anchor.or(away.anchor);
    body.description = body.description.or_else(|| away.description.clone());
    body.website = body.website.or_else(|| away.website.clone());
    body.do_not_contact |= away.do_not_contact;
    (body, renamed)
}

fn add_missing<T: Clone + PartialEq>(all: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
}

fn unite_sites(
    body: &mut Organisation,
    kept: &Organisation,
    away: &Organisation,
    slug: &Slug,
) -> BTreeMap<String, String> {
    let all = kept.sites.iter().chain(&away.sites);
    let mut taken: BTreeSet<String> = all.map(|site| site.label.clone()).collect();
    let mut renamed = BTreeMap::new();
    for site in &away.sites {
        let mut site = site.clone();
        match kept.sites.iter().find(|own| own.label == site.label) {
            Some(own) if *own == site => continue,
            Some(_) => {
                let label = free_label(&site.label, slug, &taken);
                taken.insert(label.clone());
                renamed.insert(std::mem::replace(&mut site.label, label.clone()), label);
            }
            None => {}
        }
        body.sites.push(site);
    }
    renamed
}

/// A label that is not taken, with the name of whose site it was.
fn free_label(label: &str, slug: &Slug, taken: &BTreeSet<String>) -> String {
    /// Characters that a label may have.
    const MOST: usize = 120;
    let with = |tail: String| {
        let room = MOST.saturating_sub(tail.chars().count());
        label.chars().take(room).chain(tail.chars()).collect::<String>()
    };
    let plain = with(format!(" ({slug})"));
    let numbered = (2..=taken.len() + 2).map(|count| with(format!(" ({slug} {count})")));
    std::iter::once(plain.clone())
        .chain(numbered)
        .find(|label| !taken.contains(label))
        .unwrap_or(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_made_that_fits_and_is_not_taken() {
        let slug = Slug::parse("brook-bakery").unwrap();
        let mut taken = BTreeSet::new();
        let label = |taken: &BTreeSet<String>| free_label("Head office", &slug, taken);
        assert_eq!(label(&taken), "Head office (brook-bakery)");
        taken.insert(label(&taken));
        assert_eq!(label(&taken), "Head office (brook-bakery 2)");
        let long = free_label(&"é".repeat(120), &slug, &taken);
        assert_eq!(long.chars().count(), 120);
        assert!(long.ends_with("é (brook-bakery)"), "{long}");
    }
}
