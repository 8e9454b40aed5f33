//! Facets: which values each document has, and exact counts of them.
//!
//! Row by row: a document's values of all facets stand together as numbers of the
//! part's own list of values. Counts of several parts are added up by value.

use std::collections::BTreeMap;

use crate::domain::search::{Facet, FacetCount, FacetCounts};

/// The filters of a question.
pub type Filters = [(Facet, String)];

/// One value of a facet.
#[derive(Debug, Clone)]
#[allow(clippy::struct_field_names, reason = "the field's own terms: a facet has values")]
pub struct Value {
    /// Which facet.
    pub facet: Facet,
    /// The value.
    pub value: String,
    /// The words shown.
    pub label: String,
}

/// The values of all facets, document by document.
#[derive(Debug, Default)]
pub struct Columns {
    values: Vec<Value>,
    /// By document: where its values end in `rows`.
    ends: Vec<u32>,
    rows: Vec<u32>,
}

/// Filters of a question, resolved for one part.
#[derive(Debug, Default)]
pub struct Chosen {
    /// Facets that have a filter, a bit each.
    filtered: u32,
    /// By value: whether it is chosen.
    chosen: Vec<bool>,
}

/// What each value would give, by facet and value: label and number.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    by_value: BTreeMap<(Facet, String), (String, u64)>,
}

impl Columns {
    /// Columns of these values, without documents yet.
    pub fn new(values: Vec<Value>) -> Self {
        Self { values, ends: Vec::new(), rows: Vec::new() }
    }

    /// Adds the next document, with numbers of its values.
    pub fn push(&mut self, own: impl Iterator<Item = u32>) {
        self.rows.extend(own);
        self.ends.push(u32::try_from(self.rows.len()).unwrap_or(u32::MAX));
    }

    /// The values of a document.
    pub fn of(&self, document: u32) -> impl Iterator<Item = &Value> {
        self.row(document).iter().filter_map(|code| self.values.get(*code as usize))
    }

    fn row(&self, document: u32) -> &[u32] {
        let at = document as usize;
        let end = self.ends.get(at).copied().unwrap_or(0) as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied();
        self.rows.get(start.unwrap_or(0) as usize..end).unwrap_or_default()
    }

    /// Resolves filters. A value that no document has matches nothing.
    pub fn choose(&self, filters: &Filters) -> Chosen {
        let filtered = filters.iter().fold(0, |bits, (facet, _)| bits | bit(*facet));
        let is_chosen =
            |one: &Value| filters.iter().any(|(f, value)| *f == one.facet && *value == one.value);
        Chosen { filtered, chosen: self.values.iter().map(is_chosen).collect() }
    }

    /// Whether a document passes all filters, and counts what choosing each of its
    /// values would give: a facet's counts ignore its own filter, so choosing a value
    /// gives exactly its count.
    pub fn count(&self, document: u32, chosen: &Chosen, counts: &mut [u64]) -> bool {
        let row = self.row(document);
        let failing = self.failing(row, chosen);
        if failing.count_ones() <= 1 {
            for code in row {
                let own = self.values.get(*code as usize).map_or(0, |value| bit(value.facet));
                if (failing == 0 || failing == own)
                    && let Some(count) = counts.get_mut(*code as usize)
                {
                    *count += 1;
                }
            }
        }
        failing == 0
    }

    /// Whether a document passes all filters.
    pub fn passes(&self, document: u32, chosen: &Chosen) -> bool {
        self.failing(self.row(document), chosen) == 0
    }

    /// The facets whose filter a row does not pass, a bit each.
    fn failing(&self, row: &[u32], chosen: &Chosen) -> u32 {
        if chosen.filtered == 0 {
            return 0;
        }
        let met = row.iter().filter(|code| chosen.chosen.get(**code as usize) == Some(&true));
        let met = met.filter_map(|code| self.values.get(*code as usize));
        chosen.filtered & !met.fold(0, |bits, value| bits | bit(value.facet))
    }

    /// Room for counting: a number for each value.
    pub fn room(&self) -> Vec<u64> {
        vec![0; self.values.len()]
    }

    /// Every value that some document has, or had when the part was made.
    pub fn values(&self) -> &[Value] {
        &self.values
    }
}

/// A facet's bit.
const fn bit(facet: Facet) -> u32 {
    1 << facet.place()
}

impl Counts {
    /// Adds what was counted in one part.
    pub fn add(&mut self, columns: &Columns, counted: &[u64]) {
        for (value, count) in columns.values.iter().zip(counted) {
            let key = (value.facet, value.value.clone());
            let slot = self.by_value.entry(key).or_insert_with(|| (value.label.clone(), 0));
            slot.1 += count;
        }
    }

    /// Adds the counts of others.
    pub fn merge(&mut self, others: Self) {
        for (key, (label, count)) in others.by_value {
            self.by_value.entry(key).or_insert((label, 0)).1 += count;
        }
    }

    /// The counts as an answer gives them: most frequent first, then by label.
    /// Values without results are left out: whether an index still knows one that no
    /// document has any more depends on when it last tidied up.
    pub fn answer(self, filters: &Filters) -> Vec<FacetCounts> {
        let mut facets: BTreeMap<Facet, Vec<FacetCount>> = BTreeMap::new();
        for ((facet, value), (label, count)) in self.by_value {
            let selected = filters.iter().any(|(f, chosen)| *f == facet && *chosen == value);
            if count > 0 {
                let one = FacetCount { value, label, count, selected };
                facets.entry(facet).or_default().push(one);
            }
        }
        let sorted = |(facet, mut values): (Facet, Vec<FacetCount>)| {
            values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
            FacetCounts { facet, values }
        };
        facets.into_iter().map(sorted).collect()
    }
}
