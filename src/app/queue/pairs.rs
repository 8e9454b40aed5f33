//! Organisations that may be in the register twice: called alike, and near each other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::{
    app::register::duplicates::is_alike,
    domain::{
        place::outward_code,
        queue::{Entry, QueueAction, QueueReason, Subject},
        register::{Organisation, Record, rules::name_key},
        slug::Slug,
    },
};

/// What is needed of an organisation to tell it from others.
struct Known {
    slug: Slug,
    name: String,
    keys: Vec<String>,
    /// Outward codes and towns of its sites.
    places: BTreeSet<String>,
    said_on: NaiveDate,
    recorded_on: NaiveDate,
}

/// The organisations seen so far.
#[derive(Default)]
pub(super) struct Pairs(Vec<Known>);

impl Pairs {
    /// Notes an organisation.
    pub fn add(&mut self, record: &Record<Organisation>) {
        let body = &record.body;
        let mut places = BTreeSet::new();
        for site in &body.sites {
            places.extend(site.postcode.as_deref().and_then(outward_code));
            places.extend(site.town.as_ref().map(|town| town.to_lowercase()));
        }
        let mut keys: Vec<String> =
            body.aliases.iter().chain([&body.name]).map(|name| name_key(name)).collect();
        keys.sort();
        keys.dedup();
        self.0.push(Known {
            slug: record.slug.clone(),
            name: body.name.clone(),
            keys,
            places,
            said_on: record.said.on,
            recorded_on: record.recorded_at.date(),
        });
    }

    /// The pairs that may be one, each once.
    ///
    /// Only those that share a place, or a name where either has no place, are compared.
    pub fn entries(&self) -> Vec<Entry> {
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        let mut namesakes: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (nth, one) in self.0.iter().enumerate() {
            for place in &one.places {
                groups.entry(place).or_default().push(nth);
            }
            for key in &one.keys {
                namesakes.entry(key).or_default().push(nth);
            }
        }
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        let all = |group: &Vec<usize>| -> Vec<(usize, usize)> {
            let firsts = group.iter().enumerate();
            firsts.flat_map(|(at, a)| group.iter().skip(at + 1).map(|b| (*a, *b))).collect()
        };
        let known = |(a, b): (usize, usize)| self.0.get(a).zip(self.0.get(b));
        for pair in groups.values().flat_map(all) {
            let alike = known(pair).is_some_and(|(a, b)| {
                a.keys.iter().any(|key| b.keys.iter().any(|other| is_alike(key, other)))
            });
            if alike {
                pairs.insert(pair);
            }
        }
        for pair in namesakes.values().flat_map(all) {
            if known(pair).is_some_and(|(a, b)| a.places.is_empty() || b.places.is_empty()) {
                pairs.insert(pair);
            }
        }
        pairs.into_iter().filter_map(known).map(|(a, b)| entry(a, b)).collect()
    }
}

/// The one that was said later would become part of the other.
fn entry(a: &Known, b: &Known) -> Entry {
    let (old, new) = if (a.said_on, &a.slug) <= (b.said_on, &b.slug) { (a, b) } else { (b, a) };
    Entry {
        reason: QueueReason::Duplicate,
        subject: Subject::Pair(new.slug.clone(), old.slug.clone()),
        title: new.name.clone(),
        why: format!("It is called like \"{}\" ({}) and may be the same.", old.name, old.slug),
        since: old.recorded_on.max(new.recorded_on),
        actions: vec![QueueAction::Merge, QueueAction::Dismiss],
    }
}
