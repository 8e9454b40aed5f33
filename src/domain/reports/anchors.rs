//! What the county's anchor organisations committed to, side by side.

use std::collections::BTreeMap;

use crate::domain::{
    register::{Organisation, Record, Rung},
    reports::{Asked, Ground},
    slug::Slug,
    table::{Cell, Column, Missing, Table, marked},
};

/// A table has a column for so many anchors at most.
const MOST_ANCHORS: usize = 60;

/// A row for each action of the charter, a column for each anchor.
pub fn table(ground: Ground<'_>, asked: &Asked) -> Table {
    let all: Vec<&Record<Organisation>> = ground.standing(asked.as_of).collect();
    let mut anchors: Vec<&Record<Organisation>> =
        all.iter().copied().filter(|one| one.body.anchor == Some(true)).collect();
    anchors.sort_by_key(|one| (&one.body.name, &one.slug));
    let left_out = anchors.len().saturating_sub(MOST_ANCHORS);
    anchors.truncate(MOST_ANCHORS);
    // How far the furthest pledge of an action has come; of pledges in own words, how many.
    let mut rungs: BTreeMap<(&Slug, String), Rung> = BTreeMap::new();
    let mut own: BTreeMap<&Slug, usize> = BTreeMap::new();
    for (pledge, facts) in ground.promises() {
        let Some(rung) = facts.rung(asked.as_of).filter(|_| facts.live(asked.as_of)) else {
            continue;
        };
        let body = &pledge.body;
        match &body.action {
            Some(code) => {
                let key = (&body.organisation, code.to_ascii_uppercase());
                let most = rungs.entry(key).or_insert(rung);
                *most = rung.max(*most);
            }
            None => *own.entry(&body.organisation).or_default() += 1,
        }
    }
    let mut table = ground.table(asked);
    table.columns = columns(&anchors);
    table.rows = rows(ground, &anchors, &rungs);
    let counts = anchors.iter().map(|one| Cell::count(own.get(&one.slug).copied().unwrap_or(0)));
    let words = ["", "Pledges in their own words", ""].map(Cell::text);
    table.rows.push(words.into_iter().chain(counts).collect());
    table.missing = vec![Missing::among("Whether the organisation is an anchor", &all, |one| {
        one.body.anchor.is_none()
    })];
    table.notes = vec![
        "An empty cell: no pledge of the action counts on the day. It does not say that nothing \
         is done."
            .to_owned(),
    ];
    if left_out > 0 {
        table.notes.push(format!("{left_out} more anchors are left out, last by name."));
    }
    table.fictional = anchors.iter().any(|one| one.fictional);
    table
}

fn columns(anchors: &[&Record<Organisation>]) -> Vec<Column> {
    let mut columns = vec![
        Column::text(8, ["action", "Action", "Code of the charter’s action."]),
        Column::text(44, ["label", "What it asks for", "The action in words."]),
        Column::text(30, ["focus_area", "Focus area", "The action’s focus area."]),
    ];
    for anchor in anchors {
        let label = marked(&anchor.body.name, anchor.fictional);
        let about = format!(
            "How far the pledge of {} has come: declared, confirmed, evidenced or outcomes \
             reported.",
            anchor.body.name
        );
        columns.push(Column::text(20, [anchor.slug.as_str(), &label, &about]));
    }
    columns
}

fn rows(
    ground: Ground<'_>,
    anchors: &[&Record<Organisation>],
    rungs: &BTreeMap<(&Slug, String), Rung>,
) -> Vec<Vec<Cell>> {
    let reference = ground.reference;
    let past = reference.past_actions.iter().map(|(_, action)| action);
    // What has ended is shown where somebody's pledge of it still counts.
    let past = past.filter(|action| {
        let code = action.code.to_ascii_uppercase();
        anchors.iter().any(|one| rungs.contains_key(&(&one.slug, code.clone())))
    });
    let mut actions: Vec<_> = reference.actions.iter().chain(past).collect();
    actions.sort_by_key(|action| &action.code);
    let areas = reference.charter.iter().flat_map(|charter| &charter.focus_areas);
    let areas: BTreeMap<&Slug, &String> = areas.map(|(slug, label)| (slug, label)).collect();
    let row = |action: &&crate::domain::register::CharterAction| {
        let code = action.code.to_ascii_uppercase();
        let area = areas.get(&action.focus_area).map(|label| label.as_str());
        let words = [
            Cell::text(&action.code),
            Cell::text(&action.label),
            Cell::text(area.unwrap_or(&action.focus_area)),
        ];
        let rung = |one: &&Record<Organisation>| {
            Cell::maybe(rungs.get(&(&one.slug, code.clone())).map(|rung| rung.label()))
        };
        words.into_iter().chain(anchors.iter().map(rung)).collect()
    };
    actions.iter().map(row).collect()
}
