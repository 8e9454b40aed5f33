//! How many pledges there are of what.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{
    register::{Pledge, PledgeFacts, Record},
    reports::{Asked, Ground, NOT_STATED, SEVERAL, ground::fictional},
    slug::Slug,
    table::{Cell, Column, Missing, Table},
};

/// What the focus area of a pledge is called that is of no action of the charter.
const OWN_WORDS: &str = "A pledge in its own words";

const FOCUS_AREA: [&str; 3] = [
    "focus_area",
    "Focus area",
    "Focus area of the charter’s action; a pledge of no action has none.",
];

/// Pledges by focus area, stance, district and state.
pub fn table(ground: Ground<'_>, asked: &Asked) -> Table {
    let promises = ground.promises();
    let districts = ground.districts();
    let mut counts: BTreeMap<[String; 4], usize> = BTreeMap::new();
    let mut counted = Vec::new();
    for (pledge, facts) in &promises {
        let Some(state) = facts.state(asked.as_of) else { continue };
        counted.push(*pledge);
        let body = &pledge.body;
        let focus_area = ground.focus_area(body).unwrap_or_else(|| OWN_WORDS.to_owned());
        let district = district(&districts, body);
        let key = [focus_area, ground.stance(&body.stance), district, state.label().to_owned()];
        *counts.entry(key).or_default() += 1;
    }
    let mut table = ground.table(asked);
    table.columns = vec![
        Column::text(34, FOCUS_AREA),
        Column::text(14, ["stance", "Stance", "The stance that the pledge is made from."]),
        Column::text(22, DISTRICT),
        Column::text(18, ["state", "State", "Where the pledge stands on the day."]),
        Column::number(["pledges", "Pledges", "How many pledges."]),
    ];
    table.rows = counts
        .into_iter()
        .map(|(key, count)| key.map(Cell::text).into_iter().chain([Cell::count(count)]).collect())
        .collect();
    table.add_up(&["pledges"]);
    table.missing = missing(ground, &counted, &districts);
    table.fictional = fictional(counted);
    table
}

const DISTRICT: [&str; 3] = [
    "district",
    "District",
    "District that the organisation’s sites are in; “Several districts” for more than one.",
];

fn district(districts: &BTreeMap<&Slug, String>, pledge: &Pledge) -> String {
    districts.get(&pledge.organisation).cloned().unwrap_or_else(|| NOT_STATED.to_owned())
}

fn missing(
    ground: Ground<'_>,
    counted: &[&Record<Pledge>],
    districts: &BTreeMap<&Slug, String>,
) -> Vec<Missing> {
    let of = counted.len();
    let lacking = |is: &dyn Fn(&Pledge) -> bool| counted.iter().filter(|one| is(&one.body)).count();
    let no_area = lacking(&|pledge| ground.focus_area(pledge).is_none());
    let nowhere = lacking(&|pledge| district(districts, pledge) == NOT_STATED);
    vec![
        Missing::new("Focus area of the pledge", no_area, of),
        Missing::new("District of the organisation that pledged", nowhere, of),
    ]
}

/// Pledges that count on the day: a row for each focus area, a column for each district.
pub fn by_theme(ground: Ground<'_>, asked: &Asked) -> Table {
    let live = |(_, facts): &(&Record<Pledge>, PledgeFacts)| facts.live(asked.as_of);
    let promises: Vec<_> = ground.promises().into_iter().filter(live).collect();
    let counted: Vec<_> = promises.iter().map(|(pledge, _)| *pledge).collect();
    let districts = ground.districts();
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for pledge in &counted {
        let area = ground.focus_area(&pledge.body).unwrap_or_else(|| OWN_WORDS.to_owned());
        *counts.entry((area, district(&districts, &pledge.body))).or_default() += 1;
    }
    let places = in_order(counts.keys().map(|(_, place)| place.clone()).collect());
    let mut table = ground.table(asked);
    table.columns = vec![Column::text(34, FOCUS_AREA)];
    for place in &places {
        let name = Slug::of_words([place.as_str()]).replace('-', "_");
        let about = format!("Pledges of organisations in {place}.");
        let about = match place.as_str() {
            SEVERAL => "Pledges of organisations with sites in several districts.",
            NOT_STATED => "Pledges of organisations of which no district is known.",
            _ => &about,
        };
        table.columns.push(Column::number([&name, place, about]));
    }
    table.columns.push(Column::number(["total", "Total", "All districts together."]));
    for area in areas(ground, &counts) {
        let of = |place: &String| counts.get(&(area.clone(), place.clone())).copied().unwrap_or(0);
        let row: Vec<usize> = places.iter().map(of).collect();
        let total = row.iter().sum();
        let cells = row.into_iter().chain([total]).map(Cell::count);
        table.rows.push([Cell::text(&area)].into_iter().chain(cells).collect());
    }
    let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    table.add_up(&names.iter().map(String::as_str).collect::<Vec<_>>());
    table.missing = missing(ground, &counted, &districts);
    table.fictional = fictional(counted);
    table
}

/// Districts from A to Z, and last what is no district.
fn in_order(mut places: BTreeSet<String>) -> Vec<String> {
    let last: Vec<String> =
        [SEVERAL, NOT_STATED].iter().filter_map(|place| places.take(*place)).collect();
    places.into_iter().chain(last).collect()
}

/// The focus areas in the charter's order, also those without a pledge, and last what
/// has none.
fn areas(ground: Ground<'_>, counts: &BTreeMap<(String, String), usize>) -> Vec<String> {
    let charter = ground.reference.charter.iter().flat_map(|charter| &charter.focus_areas);
    let mut areas: Vec<String> = charter.map(|(_, label)| label.clone()).collect();
    for (area, _) in counts.keys() {
        if !areas.contains(area) && area != OWN_WORDS {
            areas.push(area.clone());
        }
    }
    areas.extend(counts.keys().find(|(area, _)| area == OWN_WORDS).map(|(area, _)| area.clone()));
    areas
}
