//! The partnership's reports, and counts of people that may be published: small ones are
//! left out so that no sum gives them back.
//!
//! A report is a [`Table`](crate::domain::table::Table), made by [`table`](fn@table) from records
//! and a day and from nothing else.
//!
//! A count from 1 to 4 may say something of one person. It is left out; and because its
//! table's total is told, others of the table are left out with it, smallest first, until
//! those left out are at least two and together at least [`SMALL`]. Then each of them may
//! be any number from nought to that sum. A total that is small itself is left out with
//! everything below it that is not nought.

mod anchors;
mod annex;
mod cohorts;
mod gaps;
mod ground;
mod introductions;
mod kinds;
mod months;
mod openings;
mod pairings;
mod pledges;
mod signatories;

use std::collections::BTreeMap;

use crate::domain::{
    register::{Introduction, IntroductionState},
    table,
};

pub use self::{
    gaps::gap_months,
    ground::{Asked, Ground, NOT_STATED, Records, SEVERAL},
    kinds::{Report, Time},
    months::MOST_MONTHS,
    pairings::{Pairing, Plan},
};

/// A report from records, for a day.
pub fn table(ground: Ground<'_>, asked: &Asked) -> table::Table {
    match asked.report {
        Report::Signatories => signatories::table(ground, asked),
        Report::Pledges => pledges::table(ground, asked),
        Report::PledgesByTheme => pledges::by_theme(ground, asked),
        Report::Anchors => anchors::table(ground, asked),
        Report::Cohorts => cohorts::table(ground, asked),
        Report::Openings => openings::table(ground, asked),
        Report::Annex => annex::table(ground, asked),
        Report::Gaps => gaps::table(ground, asked),
        Report::Pairings => pairings::table(ground, asked),
        Report::GapChanges => gaps::changes(ground, asked),
        Report::Introductions => introductions::table(ground, asked),
    }
}

/// Counts below this, other than nought, are left out.
pub const SMALL: u64 = 5;

/// A count that may be told; `None` for one that is left out.
pub type Told = Option<u64>;

/// Counts that add up to a total, as they may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counts {
    /// The counts, in their order.
    pub counts: Vec<Told>,
    /// What all of them add up to.
    pub total: Told,
}

const fn is_small(count: u64) -> bool {
    0 < count && count < SMALL
}

impl Counts {
    /// The counts as they may be told.
    pub fn of(counts: &[u64]) -> Self {
        let total: u64 = counts.iter().sum();
        if is_small(total) {
            let counts = counts.iter().map(|count| (*count == 0).then_some(0)).collect();
            return Self { counts, total: None };
        }
        let mut left_out: Vec<bool> = counts.iter().map(|count| is_small(*count)).collect();
        while let Some(next) = lacking(counts, &left_out) {
            if let Some(place) = left_out.get_mut(next) {
                *place = true;
            }
        }
        let told = counts.iter().zip(&left_out);
        let counts = told.map(|(count, left_out)| (!left_out).then_some(*count)).collect();
        Self { counts, total: Some(total) }
    }
}

/// The next count to be left out, where those left out could still be worked out.
fn lacking(counts: &[u64], left_out: &[bool]) -> Option<usize> {
    let pairs = || counts.iter().zip(left_out).enumerate();
    let hidden: Vec<u64> = pairs().filter(|(_, (_, out))| **out).map(|(_, (c, _))| *c).collect();
    let safe = hidden.is_empty() || (hidden.len() >= 2 && hidden.iter().sum::<u64>() >= SMALL);
    if safe {
        return None;
    }
    let shown = pairs().filter(|(_, (count, out))| !**out && **count > 0);
    shown.min_by_key(|(nth, (count, _))| (**count, *nth)).map(|(nth, _)| nth)
}

/// What is counted of an introduction.
const MEASURES: usize = 5;

/// Introductions by their states, and by group what came of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntroductionReport {
    /// How many there are in each state, in the order of [`IntroductionState::ALL`].
    pub states: Counts,
    /// The groups that they are about, by name; at the end those about none.
    pub cohorts: Vec<Option<String>>,
    /// How many introductions there are of each group.
    pub introductions: Counts,
    /// People interviewed, of each group.
    pub interviewed: Counts,
    /// People offered work or a place.
    pub offered: Counts,
    /// People who started.
    pub started: Counts,
    /// People still there after 13 weeks.
    pub kept_13_weeks: Counts,
}

impl IntroductionReport {
    /// The report of some introductions.
    pub fn of<'a>(introductions: impl IntoIterator<Item = &'a Introduction>) -> Self {
        let mut states = vec![0; IntroductionState::ALL.len()];
        // Those about no group come last.
        let mut cohorts: BTreeMap<(bool, Option<String>), [u64; MEASURES]> = BTreeMap::new();
        for one in introductions {
            let place = IntroductionState::ALL.iter().position(|state| *state == one.state);
            if let Some(count) = place.and_then(|place| states.get_mut(place)) {
                *count += 1;
            }
            let cohort = one.cohort.as_ref().map(ToString::to_string);
            let told = one.outcomes;
            let people = |count: Option<i32>| u64::try_from(count.unwrap_or(0)).unwrap_or(0);
            let new = [
                1,
                people(told.interviewed),
                people(told.offered),
                people(told.started),
                people(told.kept_13_weeks),
            ];
            let sums = cohorts.entry((cohort.is_none(), cohort)).or_default();
            for (sum, count) in sums.iter_mut().zip(new) {
                *sum += count;
            }
        }
        let column = |nth: usize| {
            let counts = cohorts.values().filter_map(|sums| sums.get(nth).copied());
            Counts::of(&counts.collect::<Vec<u64>>())
        };
        Self {
            states: Counts::of(&states),
            introductions: column(0),
            interviewed: column(1),
            offered: column(2),
            started: column(3),
            kept_13_weeks: column(4),
            cohorts: cohorts.into_keys().map(|(_, cohort)| cohort).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every number that a count may be, by what is told and that all add up: each count
    /// that is left out is from nought to what the others leave.
    fn possible(table: &Counts, nth: usize) -> Option<std::ops::RangeInclusive<u64>> {
        if let Some(told) = table.counts[nth] {
            return Some(told..=told);
        }
        let total = table.total?;
        let shown: u64 = table.counts.iter().flatten().sum();
        let others = table.counts.iter().filter(|count| count.is_none()).count() - 1;
        let most = total - shown;
        Some(if others == 0 { most..=most } else { 0..=most })
    }

    proptest! {
        #[test]
        fn no_sum_gives_back_a_small_count(
            counts in prop::collection::vec(prop_oneof![0_u64..8, 0_u64..60], 0..8),
        ) {
            let table = Counts::of(&counts);
            for (nth, count) in counts.iter().enumerate() {
                if let Some(told) = table.counts[nth] {
                    prop_assert_eq!(told, *count);
                }
                if is_small(*count) {
                    prop_assert_eq!(table.counts[nth], None);
                    let Some(range) = possible(&table, nth) else { continue };
                    for other in 0..SMALL {
                        prop_assert!(range.contains(&other), "{:?}: {} of {:?}", table, nth, counts);
                    }
                }
            }
            let total: u64 = counts.iter().sum();
            prop_assert_eq!(table.total, (!is_small(total)).then_some(total));
            // Some of a total that is left out must not add up to it either.
            if table.total.is_none() {
                prop_assert!(table.counts.iter().flatten().all(|count| *count == 0));
            }
            // No more is left out than the rule asks for: a table without small counts is whole.
            if !counts.iter().any(|count| is_small(*count)) {
                prop_assert!(table.counts.iter().all(Option::is_some));
            }
        }
    }

    #[test]
    fn the_smallest_that_will_do_are_left_out() {
        assert_eq!(Counts::of(&[3, 12, 40]).counts, [None, None, Some(40)]);
        assert_eq!(Counts::of(&[1, 1, 0, 9, 20]).counts, [None, None, Some(0), None, Some(20)]);
        assert_eq!(Counts::of(&[4, 4, 7]).counts, [None, None, Some(7)]);
        assert_eq!(
            Counts::of(&[2, 1, 0]),
            Counts { counts: vec![None, None, Some(0)], total: None }
        );
        assert_eq!(Counts::of(&[]), Counts { counts: vec![], total: Some(0) });
    }
}
