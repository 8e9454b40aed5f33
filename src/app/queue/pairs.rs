//! Organisations that may be in the register twice: called alike, and near each other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::{
    app::register::duplicates::{SLIPS, is_alike},
    domain::{
        place::outward_code,
        queue::{Entry, QueueAction, QueueReason, Subject},
        register::{Organisation, Record, rules::name_key},
        slug::Slug,
    },
};

/// Letters are counted in so many boxes, which several may share.
const LETTERS: usize = 32;
/// An organisation without a place is held against so many of its name.
const MOST_NAMESAKES: usize = 20;

/// A name as names are compared, with what tells quickly that two are not alike.
struct Key {
    text: String,
    length: usize,
    letters: [u8; LETTERS],
}

/// What is needed of an organisation to tell it from others.
struct Known {
    slug: Slug,
    name: String,
    keys: Vec<Key>,
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
            keys: keys.into_iter().map(Key::new).collect(),
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
                namesakes.entry(&key.text).or_default().push(nth);
            }
        }
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for group in groups.values() {
            self.alike(group, &mut pairs);
        }
        for group in namesakes.values() {
            self.unplaced(group, &mut pairs);
        }
        let known = |(a, b): (usize, usize)| self.0.get(a).zip(self.0.get(b));
        pairs.into_iter().filter_map(known).map(|(a, b)| entry(a, b)).collect()
    }

    /// Those of a place that are called alike: names are walked through by their length, so
    /// that each is held against those of nearly its length alone.
    fn alike(&self, group: &[usize], pairs: &mut BTreeSet<(usize, usize)>) {
        let of = |nth: &usize| self.0.get(*nth).map(|one| (*nth, one));
        let keys = group.iter().filter_map(of);
        let mut keys: Vec<(&Key, usize)> =
            keys.flat_map(|(nth, one)| one.keys.iter().map(move |key| (key, nth))).collect();
        keys.sort_by_key(|(key, nth)| (key.length, *nth));
        for (at, (key, nth)) in keys.iter().enumerate() {
            let near = keys.iter().skip(at + 1).take_while(|(o, _)| o.length <= key.length + SLIPS);
            for (other, another) in near {
                if nth != another && key.may_be(other) && is_alike(&key.text, &other.text) {
                    pairs.insert((*nth.min(another), *nth.max(another)));
                }
            }
        }
    }

    /// Those of one name of which either has no known place. Of many only the first few
    /// are told for each: the others come up once these are resolved.
    fn unplaced(&self, group: &[usize], pairs: &mut BTreeSet<(usize, usize)>) {
        let (nowhere, somewhere): (Vec<usize>, Vec<usize>) = group
            .iter()
            .partition(|nth| self.0.get(**nth).is_some_and(|one| one.places.is_empty()));
        for (at, one) in nowhere.iter().enumerate() {
            for other in nowhere.iter().skip(at + 1).chain(&somewhere).take(MOST_NAMESAKES) {
                pairs.insert((*one.min(other), *one.max(other)));
            }
        }
    }
}

impl Key {
    fn new(text: String) -> Self {
        let mut letters = [0_u8; LETTERS];
        for letter in text.chars() {
            let box_of = letter as usize % LETTERS;
            if let Some(count) = letters.get_mut(box_of) {
                *count = count.saturating_add(1);
            }
        }
        Self { length: text.chars().count(), text, letters }
    }

    /// Whether the letters alone leave it possible that two names are alike: each slip
    /// takes one letter away, adds one, or both.
    fn may_be(&self, other: &Self) -> bool {
        let pairs = self.letters.iter().zip(&other.letters);
        let apart: u32 = pairs.map(|(a, b)| u32::from(a.abs_diff(*b))).sum();
        apart as usize <= 2 * SLIPS
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn nothing_that_is_alike_is_passed_over(
            name in "[a-eé-]{6,14}",
            slips in proptest::collection::vec((0_usize..14, "[a-eé-]"), 0..3),
        ) {
            let mut letters: Vec<char> = name.chars().collect();
            for (nth, (at, letter)) in slips.iter().enumerate() {
                let at = at % letters.len();
                match (nth + at) % 3 {
                    0 => letters[at] = letter.chars().next().unwrap(),
                    1 => letters.insert(at, letter.chars().next().unwrap()),
                    _ => { letters.remove(at); }
                }
            }
            let other: String = letters.into_iter().collect();
            let (one, other) = (Key::new(name), Key::new(other));
            if is_alike(&one.text, &other.text) {
                prop_assert!(one.may_be(&other));
                prop_assert!(one.length.abs_diff(other.length) <= SLIPS);
            }
        }
    }
}
