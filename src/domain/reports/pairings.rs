//! Who is paired with what by the partnerships' plans.

use chrono::NaiveDate;

use crate::domain::{
    pairing::PlanState,
    reports::{Asked, Ground},
    table::{Cell, Column, Missing, Table, marked},
};

/// A pairing plan, as it was on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its number.
    pub id: i64,
    /// The partnership's name.
    pub partnership: String,
    /// What had become of it.
    pub state: PlanState,
    /// The day on which it read so.
    pub written_on: NaiveDate,
    /// People placed.
    pub placed: u64,
    /// People who are to be placed.
    pub wanted: u64,
    /// Its pairs.
    pub pairs: Vec<Pairing>,
}

/// People of a need on a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pairing {
    /// The need's public name.
    pub need: String,
    /// The need's title.
    pub title: String,
    /// The provider's name.
    pub provider: String,
    /// The course's title.
    pub course: String,
    /// The run's first day.
    pub starts_on: Option<NaiveDate>,
    /// How many people.
    pub people: u32,
    /// The fit of one of them, in thousandths.
    pub fit: u32,
    /// Why, in sentences.
    pub why: Vec<String>,
    /// Whether something of it was invented for a demonstration.
    pub fictional: bool,
}

/// A row for each pair of each plan that was not put away, latest plan first.
pub fn table(ground: Ground<'_>, asked: &Asked) -> Table {
    let kept = |plan: &&Plan| plan.state != PlanState::Discarded;
    let mut plans: Vec<&Plan> = ground.records.plans.iter().filter(kept).collect();
    plans.sort_by_key(|plan| std::cmp::Reverse(plan.id));
    let mut table = ground.table(asked);
    table.columns = columns();
    for plan in &plans {
        let mut pairs: Vec<&Pairing> = plan.pairs.iter().collect();
        pairs.sort_by_key(|pair| (&pair.need, &pair.provider, &pair.course, pair.starts_on));
        table.rows.extend(pairs.into_iter().map(|pair| row(plan, pair)));
    }
    table.add_up(&["people"]);
    let sum = |of: fn(&Plan) -> u64| {
        let sum: u64 = plans.iter().map(|plan| of(plan)).sum();
        usize::try_from(sum).unwrap_or(usize::MAX)
    };
    let (placed, wanted) = (sum(|plan| plan.placed), sum(|plan| plan.wanted));
    let unsaid = plans.iter().flat_map(|plan| &plan.pairs).filter(|one| one.starts_on.is_none());
    let pairs = plans.iter().map(|plan| plan.pairs.len()).sum();
    table.missing = vec![
        Missing::new("A place (people of all plans)", wanted.saturating_sub(placed), wanted),
        Missing::new("First day of the run", unsaid.count(), pairs),
    ];
    table.notes = vec![
        "Plans stand side by side: of one partnership several may count the same people."
            .to_owned(),
        "A plan counts people by numbers alone; it names nobody.".to_owned(),
    ];
    table.fictional = plans.iter().any(|plan| plan.pairs.iter().any(|pair| pair.fictional));
    table
}

fn row(plan: &Plan, pair: &Pairing) -> Vec<Cell> {
    vec![
        Cell::text(plan.id.to_string()),
        Cell::text(&plan.partnership),
        Cell::text(plan.state.label()),
        Cell::Date(plan.written_on),
        Cell::text(marked(&pair.title, pair.fictional)),
        Cell::text(&pair.provider),
        Cell::text(&pair.course),
        pair.starts_on.map_or(Cell::Blank, Cell::Date),
        Cell::Number(pair.people.into()),
        Cell::Share(f64::from(pair.fit) / 1000.0),
        Cell::text(pair.why.join(" ")),
        Cell::text(&pair.need),
    ]
}

fn columns() -> Vec<Column> {
    vec![
        Column::text(8, ["plan", "Plan", "The plan’s number."]),
        Column::text(28, ["partnership", "Partnership", "The workforce development partnership."]),
        Column::text(10, ["state", "State", "What has become of the plan."]),
        Column::date(["written_on", "Written", "The day on which the plan was last written."]),
        Column::text(34, ["need", "Need", "What is needed, in a few words."]),
        Column::text(30, ["provider", "Provider", "Who teaches."]),
        Column::text(34, ["course", "Course", "What is taught."]),
        Column::date(["starts_on", "Starts", "The run’s first day."]),
        Column::number(["people", "People", "How many people of the need go there."]),
        Column::percent(["fit", "Fit", "How well it fits one of them, by the published weights."]),
        Column::text(60, ["why", "Why", "Why they are paired."]),
        Column::text(30, ["name", "Name", "The need’s name in addresses and answers."]),
    ]
}
