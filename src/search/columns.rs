//! Facets: which values each document has, and exact counts of them.

use std::collections::BTreeMap;

use crate::domain::search::{Document, Facet, FacetCount, FacetCounts};

/// The values of one facet, document by document.
#[derive(Debug)]
struct Column {
    facet: Facet,
    /// Value and label.
    values: Vec<(String, String)>,
    /// By document: indexes of its values.
    documents: Vec<Vec<u16>>,
}

/// The values of all facets.
#[derive(Debug)]
pub struct Columns {
    columns: Vec<Column>,
}

/// Filters of a question, resolved: for each facet the chosen values, or none.
#[derive(Debug, Default)]
pub struct Chosen {
    /// In the order of [`Facet::ALL`]; `None` where the facet has no filter.
    by_facet: Vec<Option<Vec<u16>>>,
}

/// The documents that pass, and exact counts.
#[derive(Debug, Default)]
pub struct Counted {
    /// Documents that pass all filters, in the order given.
    pub passing: Vec<u32>,
    /// By facet: how many documents each value would give.
    counts: Vec<Vec<u64>>,
}

impl Columns {
    /// The columns of these documents.
    pub fn new(documents: &[Document]) -> Self {
        let column = |facet: Facet| {
            let mut known: BTreeMap<&str, (u16, &str)> = BTreeMap::new();
            let mut values = Vec::new();
            let documents = documents
                .iter()
                .map(|document| {
                    let own = document.facets.iter().filter(|value| value.facet == facet);
                    own.filter_map(|value| {
                        let next = u16::try_from(known.len()).ok()?;
                        let (at, _) = known.entry(&value.value).or_insert_with(|| {
                            values.push((value.value.clone(), value.label.clone()));
                            (next, &value.label)
                        });
                        Some(*at)
                    })
                    .collect()
                })
                .collect();
            Column { facet, values, documents }
        };
        Self { columns: Facet::ALL.into_iter().map(column).collect() }
    }

    /// Resolves filters. A value that no document has matches nothing.
    pub fn choose(&self, filters: &[(Facet, String)]) -> Chosen {
        let of = |column: &Column| {
            let mut wanted = filters.iter().filter(|(facet, _)| *facet == column.facet).peekable();
            wanted.peek()?;
            let at = |value: &str| {
                let found = column.values.iter().position(|(known, _)| known == value);
                found.and_then(|at| u16::try_from(at).ok())
            };
            Some(wanted.filter_map(|(_, value)| at(value)).collect())
        };
        Chosen { by_facet: self.columns.iter().map(of).collect() }
    }

    /// Filters documents and counts values. A facet's counts ignore its own
    /// filter, so choosing a value gives exactly its count.
    pub fn count(&self, documents: &[u32], chosen: &Chosen) -> Counted {
        let mut counts: Vec<Vec<u64>> =
            self.columns.iter().map(|column| vec![0; column.values.len()]).collect();
        let mut passing = Vec::new();
        for document in documents {
            let at = *document as usize;
            let mut failing = self
                .columns
                .iter()
                .zip(&chosen.by_facet)
                .enumerate()
                .filter(|(_, (column, wanted))| !column.passes(at, wanted.as_deref()))
                .map(|(facet, _)| facet);
            let (first, second) = (failing.next(), failing.next());
            match (first, second) {
                (None, _) => {
                    passing.push(*document);
                    for (column, counts) in self.columns.iter().zip(&mut counts) {
                        column.add(at, counts);
                    }
                }
                (Some(facet), None) => {
                    if let (Some(column), Some(counts)) =
                        (self.columns.get(facet), counts.get_mut(facet))
                    {
                        column.add(at, counts);
                    }
                }
                (Some(_), Some(_)) => {}
            }
        }
        Counted { passing, counts }
    }

    /// The counts as an answer gives them: most frequent first, then by label.
    /// Values without results are left out, except chosen ones.
    pub fn answer(&self, counted: &Counted, filters: &[(Facet, String)]) -> Vec<FacetCounts> {
        let of = |(column, counts): (&Column, &Vec<u64>)| {
            let is_chosen =
                |value: &str| filters.iter().any(|(f, v)| *f == column.facet && v == value);
            let mut values: Vec<FacetCount> = column
                .values
                .iter()
                .zip(counts)
                .map(|((value, label), count)| FacetCount {
                    value: value.clone(),
                    label: label.clone(),
                    count: *count,
                    selected: is_chosen(value),
                })
                .filter(|value| value.count > 0 || value.selected)
                .collect();
            values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
            FacetCounts { facet: column.facet, values }
        };
        let all = self.columns.iter().zip(&counted.counts).map(of);
        all.filter(|facet| !facet.values.is_empty()).collect()
    }

    /// Every value that some document has.
    pub fn values(&self, facet: Facet) -> impl Iterator<Item = &str> {
        let of_facet = self.columns.iter().filter(move |column| column.facet == facet);
        of_facet.flat_map(|column| column.values.iter().map(|(value, _)| value.as_str()))
    }
}

impl Column {
    fn passes(&self, document: usize, wanted: Option<&[u16]>) -> bool {
        wanted.is_none_or(|wanted| {
            let own = self.documents.get(document);
            own.is_some_and(|own| own.iter().any(|value| wanted.contains(value)))
        })
    }

    fn add(&self, document: usize, counts: &mut [u64]) {
        for value in self.documents.get(document).into_iter().flatten() {
            if let Some(count) = counts.get_mut(usize::from(*value)) {
                *count += 1;
            }
        }
    }
}
