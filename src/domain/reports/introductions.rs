//! What came of introductions, small counts left out.

use crate::domain::{
    register::{IntroductionState, Record},
    reports::{Asked, Counts, Ground, IntroductionReport, SMALL, Told, ground::fictional},
    table::{Cell, Column, Missing, Table},
};

/// Introductions by state, then by group, each with what came of it.
pub fn table(ground: Ground<'_>, asked: &Asked) -> Table {
    let all = &ground.records.introductions;
    let report = IntroductionReport::of(all.iter().map(|one| &one.body));
    let mut table = ground.table(asked);
    table.columns = columns();
    for (state, count) in IntroductionState::ALL.iter().zip(&report.states.counts) {
        let words = [Cell::text("State"), Cell::text(state.label()), Cell::told(*count)];
        table.rows.push(words.into_iter().chain([const { Cell::Blank }; 4]).collect());
    }
    let measures = [
        &report.introductions,
        &report.interviewed,
        &report.offered,
        &report.started,
        &report.kept_13_weeks,
    ];
    for (nth, cohort) in report.cohorts.iter().enumerate() {
        let of = |counts: &&Counts| -> Told { counts.counts.get(nth).copied().flatten() };
        let label = cohort.as_deref().map(|slug| ground.vocabulary.cohort_label(slug));
        let words = [Cell::text("Group"), Cell::text(label.unwrap_or("No group"))];
        let counts = measures.iter().map(|counts| Cell::told(of(counts)));
        table.rows.push(words.into_iter().chain(counts).collect());
    }
    let totals = measures.iter().map(|counts| Cell::told(counts.total));
    let words = [Cell::text("Total"), Cell::text("All introductions")];
    table.total = Some(words.into_iter().chain(totals).collect());
    let people = |what, lacks: fn(&Record<_>) -> bool| Missing::among(what, all, lacks);
    table.missing = vec![
        people("The group", |one| one.body.cohort.is_none()),
        people("People interviewed", |one| one.body.outcomes.interviewed.is_none()),
        people("People offered work or a place", |one| one.body.outcomes.offered.is_none()),
        people("People who started", |one| one.body.outcomes.started.is_none()),
        people("People still there after 13 weeks", |one| {
            one.body.outcomes.kept_13_weeks.is_none()
        }),
    ];
    // How many lack a thing is a count of introductions, and small ones stay untold.
    table.missing.retain(|one| {
        let small = |count: usize| (1..SMALL).contains(&u64::try_from(count).unwrap_or(u64::MAX));
        !small(one.lacking) && !small(one.of) && !small(one.of - one.lacking)
    });
    table.notes = vec![
        format!(
            "A count from 1 to {} is left out, and others of its column with it, so that no sum \
             gives it back.",
            SMALL - 1
        ),
        "Introductions that were taken back are not counted.".to_owned(),
    ];
    table.fictional = fictional(all);
    table
}

fn columns() -> Vec<Column> {
    vec![
        Column::text(10, ["by", "By", "What the row counts by: state, or group."]),
        Column::text(34, ["value", "Value", "The state, or the group."]),
        Column::number(["introductions", "Introductions", "How many introductions."]),
        Column::number(["interviewed", "Interviewed", "People interviewed."]),
        Column::number(["offered", "Offered", "People offered work or a place."]),
        Column::number(["started", "Started", "People who started."]),
        Column::number(["kept_13_weeks", "After 13 weeks", "People still there after 13 weeks."]),
    ]
}
