//! What is on offer: openings and places by kind of work.

use crate::domain::{
    register::{OpeningState, WorkType},
    reports::{Asked, Ground, ground::fictional},
    table::{Cell, Column, Missing, Table},
};

/// A row for each kind of work of which something is on offer.
pub fn table(ground: Ground<'_>, asked: &Asked) -> Table {
    let day = asked.as_of;
    let open = |one: &&(crate::domain::register::Record<_>, _)| is_open(one, day);
    let all: Vec<_> = ground.records.openings.iter().filter(open).collect();
    let mut table = ground.table(asked);
    table.columns = columns();
    for work in WorkType::ALL {
        let of: Vec<_> = all.iter().filter(|(one, _)| one.body.work_type == *work).collect();
        if of.is_empty() {
            continue;
        }
        let left = of.iter().filter_map(|(_, places)| places.left);
        let sum: u64 = left.clone().map(|left| u64::try_from(left).unwrap_or(0)).sum();
        let known = left.count();
        table.rows.push(vec![
            Cell::text(work.label()),
            Cell::count(of.len()),
            Cell::count(known),
            Cell::Number(sum),
            Cell::count(of.len() - known),
        ]);
    }
    table.add_up(&["openings", "places_known", "places_left", "places_unknown"]);
    table.missing = vec![
        Missing::among("Number of places", all.iter(), |(_, places)| places.left.is_none()),
        Missing::among("Closing date (rolling, or not said)", all.iter(), |(one, _)| {
            one.body.closes_on.is_none()
        }),
    ];
    table.notes = vec![
        "A number of places that nobody stood by for 90 days is not known, not nought.".to_owned(),
    ];
    table.fictional = fictional(all.iter().map(|(one, _)| one));
    table
}

fn is_open(
    (opening, _): &(
        crate::domain::register::Record<crate::domain::register::Opening>,
        crate::domain::places::Places,
    ),
    day: chrono::NaiveDate,
) -> bool {
    let state = opening.body.state(opening.ended.as_ref(), day);
    state == OpeningState::Open && opening.counts_on(day)
}

fn columns() -> Vec<Column> {
    vec![
        Column::text(30, ["work_type", "Kind of work", "The kind of work."]),
        Column::number(["openings", "Openings", "Openings that can be applied for on the day."]),
        Column::number([
            "places_known",
            "Places known",
            "Of those: openings of which the number of places left is known.",
        ]),
        Column::number(["places_left", "Places left", "Places left in those, taken together."]),
        Column::number([
            "places_unknown",
            "Places unknown",
            "Openings of which the number of places is not known, or not known any more.",
        ]),
    ]
}
