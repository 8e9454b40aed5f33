//! What partnerships need and nothing meets, and how that changed.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use chrono::{Months, NaiveDate};

use crate::domain::{
    coverage::{Coverage, Gap, Known, offers},
    register::{Partnership, Priority, Reference},
    reports::{
        Asked, Ground,
        months::{Span, months},
    },
    slug::Slug,
    table::{Cell, Column, Missing, Table, marked},
};

/// Gaps are looked at over so many months at most.
const MOST_MONTHS: u32 = 24;

/// The months over which gaps are looked at: the last twelve unless asked otherwise.
pub fn gap_months(asked: &Asked) -> Vec<Span> {
    let first = asked.as_of.checked_sub_months(Months::new(11)).unwrap_or(asked.as_of);
    months(first, asked, MOST_MONTHS)
}

/// The gaps of a day, with the partnership of each.
fn gaps<'a>(
    ground: Ground<'_>,
    (reference, day): (&'a Reference, NaiveDate),
    partnership: Option<&Slug>,
) -> Vec<(&'a Partnership, Gap)> {
    let known = Known {
        gazetteer: ground.gazetteer,
        vocabulary: ground.vocabulary,
        policy: ground.coverage,
        today: day,
    };
    let offers = offers(reference);
    let wanted = |forum: &&Partnership| partnership.is_none_or(|slug| forum.slug == *slug);
    let forums = reference.partnerships.iter().filter(wanted);
    let needs = forums.flat_map(|forum| forum.needs.iter().map(move |need| (forum, need)));
    let found =
        needs.filter_map(|(forum, need)| Some((forum, Coverage::of(need, &offers, known).gap()?)));
    found.collect()
}

/// The register as it was on a day; as it is known now where no other is at hand.
fn world(ground: Ground<'_>, day: NaiveDate) -> &Reference {
    let worlds = &ground.records.worlds;
    worlds.iter().find(|(on, _)| *on == day).map_or(ground.reference, |(_, world)| world)
}

/// A row for each gap, by partnership and by what matters most.
pub fn table(ground: Ground<'_>, asked: &Asked) -> Table {
    let on = (world(ground, asked.as_of), asked.as_of);
    let mut found = gaps(ground, on, asked.partnership.as_ref());
    found.sort_by_key(|(forum, gap)| {
        let priority = gap.need.priority;
        (&forum.name, priority.is_none(), priority, Reverse(gap.wanted), gap.need.slug.clone())
    });
    let mut table = ground.table(asked);
    table.columns = columns();
    table.rows = found.iter().map(|(forum, gap)| row(forum, gap)).collect();
    let missing = |what, lacks: fn(&Gap) -> bool| {
        Missing::new(what, found.iter().filter(|(_, gap)| lacks(gap)).count(), found.len())
    };
    table.missing = vec![
        missing("Headcount (one is taken)", |gap| gap.need.headcount.is_none()),
        missing("Occupations (SOC 2020)", |gap| gap.need.soc.is_empty()),
        missing("Where people are needed", |gap| gap.need.place.is_none()),
        missing("Priority", |gap| gap.need.priority.is_none()),
    ];
    table.notes = vec![
        "Judged by what is recorded of courses and their runs: a course of which no run is \
         recorded meets nothing."
            .to_owned(),
    ];
    table.fictional = found.iter().any(|(_, gap)| gap.need.fictional);
    table
}

fn row(forum: &Partnership, gap: &Gap) -> Vec<Cell> {
    let need = &gap.need;
    let nearest = gap.nearest.as_ref().map(|cover| &cover.run);
    let nearest = nearest.map(|run| format!("{}: {}", run.provider_name, run.title));
    vec![
        Cell::text(&forum.name),
        Cell::text(marked(&need.title, need.fictional)),
        Cell::text(gap.kind.label()),
        Cell::number(Some(gap.wanted)),
        Cell::Number(u64::try_from(gap.places).unwrap_or(0)),
        Cell::text(&gap.text),
        Cell::maybe(nearest.as_deref()),
        Cell::text(gap.lacking.join(" ")),
        Cell::text(gap.would_change.join(" ")),
        Cell::maybe(need.priority.map(Priority::label)),
        Cell::text(need.soc.join("; ")),
        Cell::maybe(need.place.as_deref()),
        Cell::Date(need.as_of),
        Cell::text(need.slug.as_str()),
    ]
}

fn columns() -> Vec<Column> {
    vec![
        Column::text(28, ["partnership", "Partnership", "The workforce development partnership."]),
        Column::text(34, ["need", "Need", "What is needed, in a few words."]),
        Column::text(18, ["gap", "Gap", "What kind of gap it is."]),
        Column::number(["wanted", "Places wanted", "The headcount, or 1 where nobody said."]),
        Column::number([
            "places",
            "Places there",
            "Places of the runs that meet everything else, as far as they are known.",
        ]),
        Column::text(50, ["why", "Why", "Why it is a gap."]),
        Column::text(40, ["nearest", "Nearest", "The provider and course that come nearest."]),
        Column::text(50, ["lacking", "Lacking", "What the nearest lacks."]),
        Column::text(50, ["would_close", "Would close it", "What would close the gap."]),
        Column::text(10, ["priority", "Priority", "How much it matters to the partnership."]),
        Column::text(14, ["soc", "SOC 2020", "Unit groups of the occupations (SOC 2020)."]),
        Column::text(16, ["place", "Place", "Where people are needed."]),
        Column::date(["stated_on", "As of", "The last day that somebody stood by the need."]),
        Column::text(30, ["name", "Name", "The need’s name in addresses and answers."]),
    ]
}

/// A row for each month: the gaps that opened and closed in it, and those left at its end.
pub fn changes(ground: Ground<'_>, asked: &Asked) -> Table {
    let spans = gap_months(asked);
    let mut table = ground.table(asked);
    table.period = spans.first().zip(spans.last()).map(|(first, last)| (first.0, last.1));
    table.columns = vec![
        Column::text(10, ["month", "Month", "The month."]),
        Column::number([
            "opened",
            "Opened",
            "Needs that are a gap at its end and were none before.",
        ]),
        Column::number([
            "closed",
            "Closed",
            "Needs that were a gap before and are none at its end.",
        ]),
        Column::number(["open", "Open", "Gaps at its end."]),
        Column::text(60, ["opened_needs", "Needs that opened", "The needs whose gap opened."]),
        Column::text(60, ["closed_needs", "Needs that closed", "The needs whose gap closed."]),
    ];
    let partnership = asked.partnership.as_ref();
    let named = |day: NaiveDate| -> BTreeMap<Slug, String> {
        let found = gaps(ground, (world(ground, day), day), partnership).into_iter();
        found
            .map(|(forum, gap)| (gap.need.slug, format!("{} ({})", gap.need.title, forum.name)))
            .collect()
    };
    let Some(before) = spans.first().and_then(|(first, _)| first.pred_opt()) else { return table };
    let mut last = named(before);
    for (first, end) in spans {
        let now = named(end);
        let (old, new): (BTreeSet<&Slug>, BTreeSet<&Slug>) =
            (last.keys().collect(), now.keys().collect());
        let words = |of: &BTreeMap<Slug, String>, names: &[&Slug]| {
            let words: Vec<&str> =
                names.iter().filter_map(|slug| of.get(*slug)).map(String::as_str).collect();
            Cell::text(words.join("; "))
        };
        let opened: Vec<&Slug> = new.difference(&old).copied().collect();
        let closed: Vec<&Slug> = old.difference(&new).copied().collect();
        table.rows.push(vec![
            Cell::text(first.format("%Y-%m").to_string()),
            Cell::count(opened.len()),
            Cell::count(closed.len()),
            Cell::count(now.len()),
            words(&now, &opened),
            words(&last, &closed),
        ]);
        last = now;
    }
    table.notes = vec![
        "Open = open at the end of the month before + opened − closed.".to_owned(),
        "A gap also opens with time alone: a run fills no need whose last day to begin has passed."
            .to_owned(),
    ];
    table.fictional = world(ground, asked.as_of)
        .partnerships
        .iter()
        .any(|forum| forum.needs.iter().any(|need| need.provenance.fictional));
    table
}
