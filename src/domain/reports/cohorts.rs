//! How many organisations say how they stand towards each group, and how fresh that is.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    freshness::Freshness,
    register::{Posture, Record, Stance},
    reports::{Asked, Ground, ground::fictional},
    slug::Slug,
    table::{Cell, Column, Missing, Table},
};

/// How many organisations take one stance, by how fresh that is.
type ByFreshness = [usize; Freshness::ALL.len()];

/// A row for each group and each stance; the rows of a group add up to all organisations.
pub fn table(ground: Ground<'_>, asked: &Asked) -> Table {
    let day = asked.as_of;
    let records = ground.records;
    let asked_of: BTreeSet<&Slug> = ground.standing(day).map(|one| &one.slug).collect();
    let all = asked_of.len();
    let mut counts: BTreeMap<(&Slug, Stance), ByFreshness> = BTreeMap::new();
    let counting = records.postures.iter().filter(|one| one.counts_on(day));
    let counting = counting.filter(|one| asked_of.contains(&one.body.organisation));
    // Of two about one group that count, the one that was said last.
    let mut last: BTreeMap<(&Slug, &Slug), &Record<Posture>> = BTreeMap::new();
    for posture in counting {
        let key = (&posture.body.cohort, &posture.body.organisation);
        let kept = last.entry(key).or_insert(posture);
        if (posture.said.on, &posture.slug) > (kept.said.on, &kept.slug) {
            *kept = posture;
        }
    }
    for ((cohort, _), posture) in &last {
        let fresh = posture.freshness(day);
        let of = counts.entry((*cohort, posture.body.stance)).or_default();
        let place = Freshness::ALL.iter().position(|one| *one == fresh);
        if let Some(count) = place.and_then(|place| of.get_mut(place)) {
            *count += 1;
        }
    }
    let mut table = ground.table(asked);
    table.columns = columns();
    for cohort in cohorts(ground, &counts) {
        let said = last.keys().filter(|(slug, _)| *slug == cohort).count();
        let label = ground.vocabulary.cohort_label(cohort);
        for stance in Stance::ALL {
            let mut by = counts.get(&(cohort, *stance)).copied().unwrap_or_default();
            if *stance == Stance::NotStated {
                // Who never said anything about the group was never asked to stand by it.
                if let Some(never) = by.last_mut() {
                    *never += all.saturating_sub(said);
                }
            }
            table.rows.push(row([cohort.as_str(), label, stance.label()], &by, all));
        }
        let silent = counts.get(&(cohort, Stance::NotStated)).map_or(0, |by| by.iter().sum());
        let silent = all.saturating_sub(said) + silent;
        table.missing.push(Missing::new(&format!("Stance towards: {label}"), silent, all));
    }
    table.notes = vec![if records.inside {
        "Counts what organisations say to everybody and what they told brokers alone.".to_owned()
    } else {
        "Counts only what organisations say to everybody. What some told brokers alone counts \
         here as not stated."
            .to_owned()
    }];
    table.fictional = fictional(last.into_values());
    table
}

fn row([name, words @ ..]: [&str; 3], by: &ByFreshness, all: usize) -> Vec<Cell> {
    let total: usize = by.iter().sum();
    let counts = by.iter().map(|count| Cell::count(*count));
    let mut cells: Vec<Cell> = words.into_iter().map(Cell::text).collect();
    cells.extend([Cell::count(total), Cell::share(total, all)]);
    cells.extend(counts);
    cells.push(Cell::text(name));
    cells
}

/// The groups of the vocabulary in its order, then others that somebody speaks of.
fn cohorts<'a>(
    ground: Ground<'a>,
    counts: &BTreeMap<(&'a Slug, Stance), ByFreshness>,
) -> Vec<&'a Slug> {
    let mut found: Vec<&Slug> =
        ground.vocabulary.cohorts.iter().map(|cohort| &cohort.label.slug).collect();
    for (cohort, _) in counts.keys() {
        if !found.contains(cohort) {
            found.push(cohort);
        }
    }
    found
}

fn columns() -> Vec<Column> {
    vec![
        Column::text(30, ["group", "Group", "The group."]),
        Column::text(
            24,
            ["stance", "Stance", "How an organisation stands towards hiring from the group."],
        ),
        Column::number(["organisations", "Organisations", "How many published organisations."]),
        Column::percent(["share", "Share", "Their share of all published organisations."]),
        Column::number(["fresh", "Fresh", "Of those: somebody who knows stood by it in 90 days."]),
        Column::number([
            "within_a_year",
            "Within a year",
            "Of those: stood by longer ago than 90 days, but within a year.",
        ]),
        Column::number(["stale", "Stale", "Of those: stood by longer ago, or doubted since."]),
        Column::number([
            "never_confirmed",
            "Never confirmed",
            "Of those: nobody who knows ever stood by it, or nothing was ever said.",
        ]),
        Column::text(20, ["cohort", "Group (name)", "The group’s name in addresses and answers."]),
    ]
}
