//! The annex to the skills plan: what partnerships need, coded.

use std::collections::BTreeSet;

use crate::domain::{
    register::{Horizon, KeptNeed, Partnership, Priority, Record},
    reports::{Asked, Ground, ground::fictional},
    table::{Cell, Column, Missing, Table},
};

/// A row for each need that the partnership has on the day or had met by then.
pub fn table(ground: Ground<'_>, asked: &Asked) -> Table {
    let wanted = |one: &&Record<KeptNeed>| {
        one.lasts(asked.as_of)
            && asked.partnership.as_ref().is_none_or(|slug| one.body.partnership == *slug)
    };
    let mut needs: Vec<_> = ground.records.needs.iter().filter(wanted).collect();
    needs.sort_by_key(|one| (&one.body.partnership, &one.slug));
    let mut table = ground.table(asked);
    table.columns = columns();
    table.rows = needs.iter().map(|need| row(ground, need)).collect();
    let missing = |what, lacks: fn(&KeptNeed) -> bool| {
        Missing::new(what, needs.iter().filter(|one| lacks(&one.body)).count(), needs.len())
    };
    table.missing = vec![
        missing("Occupations (SOC 2020)", |need| need.soc.is_empty()),
        missing("Industries (SIC 2007)", |need| need.sic.is_empty()),
        missing("Level", |need| need.level_from.is_none() && need.level_to.is_none()),
        missing("Horizon", |need| need.horizon.is_none()),
        missing("Headcount", |need| need.headcount.is_none()),
        missing("Priority", |need| need.priority.is_none()),
    ];
    table.notes = vec![
        "Actions are the partnership’s: the register ties none of them to one need.".to_owned(),
        "Levels are those of qualifications; 0 is entry level.".to_owned(),
    ];
    let named: BTreeSet<&String> = needs.iter().flat_map(|one| &one.body.sources).collect();
    table.sources = named.into_iter().map(|id| source(ground, id)).collect();
    table.fictional = fictional(needs.iter().copied());
    table
}

fn source(ground: Ground<'_>, id: &str) -> String {
    let Some(source) = ground.reference.source(id) else { return id.to_owned() };
    let parts = [Some(&source.title), source.publisher.as_ref(), source.published.as_ref()];
    let parts: Vec<&str> =
        parts.into_iter().chain([source.url.as_ref()]).flatten().map(String::as_str).collect();
    format!("{id}: {}", parts.join(", "))
}

fn row(ground: Ground<'_>, need: &Record<KeptNeed>) -> Vec<Cell> {
    let body = &need.body;
    let forum = ground.reference.partnership(&body.partnership);
    let name = forum.map_or(body.partnership.as_str(), |forum| &forum.name);
    let fictional = need.fictional.then_some("Fictional.");
    let note: Vec<&str> = fictional.into_iter().chain(body.note.as_deref()).collect();
    let as_of = need.confirmed_on.unwrap_or(need.said.on).max(need.said.on);
    vec![
        Cell::text(name),
        Cell::text(&body.title),
        Cell::maybe(body.description.as_deref()),
        Cell::text(body.soc.join("; ")),
        Cell::text(body.sic.join("; ")),
        Cell::number(body.level_from),
        Cell::number(body.level_to),
        Cell::maybe(body.horizon.map(Horizon::label)),
        Cell::number(body.headcount),
        Cell::maybe(body.place.as_deref()),
        body.start_by.map_or(Cell::Blank, Cell::Date),
        Cell::maybe(body.priority.map(Priority::label)),
        Cell::text(body.state.label()),
        Cell::text(forum.map(actions).unwrap_or_default()),
        Cell::maybe(body.evidence.as_deref()),
        Cell::maybe(body.raised_on.as_deref()),
        Cell::maybe(body.coding.as_deref()),
        Cell::text(body.sources.join("; ")),
        Cell::Date(as_of),
        Cell::text(note.join(" ")),
        Cell::text(need.slug.as_str()),
    ]
}

/// What a partnership agreed to do, and how far that is known to have come.
fn actions(forum: &Partnership) -> String {
    let told = forum.actions.iter().map(|action| match &action.status_note {
        Some(note) => format!("{} ({note})", action.text),
        None => action.text.clone(),
    });
    told.collect::<Vec<_>>().join("; ")
}

fn columns() -> Vec<Column> {
    vec![
        Column::text(28, ["partnership", "Partnership", "The workforce development partnership."]),
        Column::text(34, ["need", "Need", "What is needed, in a few words."]),
        Column::text(50, ["description", "Description", "What was said."]),
        Column::text(14, ["soc", "SOC 2020", "Unit groups of the occupations (SOC 2020)."]),
        Column::text(14, ["sic", "SIC 2007", "Codes of the industries (SIC 2007)."]),
        Column::number(["level_from", "Level from", "Lowest level of learning asked for."]),
        Column::number(["level_to", "Level to", "Highest level of learning asked for."]),
        Column::text(18, ["horizon", "Horizon", "By when people are needed."]),
        Column::number(["headcount", "Headcount", "How many people."]),
        Column::text(16, ["place", "Place", "Where people are needed."]),
        Column::date(["start_by", "Start by", "The last day on which training may begin."]),
        Column::text(10, ["priority", "Priority", "How much it matters to the partnership."]),
        Column::text(12, ["state", "State", "What has become of the need."]),
        Column::text(50, ["actions", "Actions", "What the partnership agreed to do."]),
        Column::text(40, ["evidence", "Evidence", "How the need is known."]),
        Column::text(14, ["raised_on", "Raised", "When it was raised, as far as known."]),
        Column::text(40, ["coding", "Coding", "Who gave the codes, and how."]),
        Column::text(14, ["sources", "Sources", "Identifiers of the publications it rests on."]),
        Column::date(["stated_on", "As of", "The last day that somebody stood by it."]),
        Column::text(40, ["note", "Note", "What is uncertain about it."]),
        Column::text(30, ["name", "Name", "The need’s name in addresses and answers."]),
    ]
}
