//! Plans worked out, on a thread of their own.

use std::{
    collections::BTreeSet,
    sync::Arc,
    time::{Duration, Instant},
};

use chrono::NaiveDate;

use crate::{
    app::{
        AppError, AppState, Refusal, Snapshot,
        pairing::{
            content::{Asked, Content, Placing},
            telling::{Told, pairs_of, placings},
            world::World,
        },
    },
    domain::{
        pairing::{Agreed, Pair, Rule, RunKey, Unsolved},
        register::RecordKind,
        slug::Slug,
    },
    store::{
        Conn,
        changes::{self, Kind},
    },
};

/// How long a plan waits for a snapshot that shows all that was written before.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it looks.
const GLANCE: Duration = Duration::from_millis(10);

/// What is to be worked out.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub partnership: Slug,
    pub asked: Asked,
    /// What was agreed before, where that limits the plan.
    pub agreed: Option<Agreed>,
    /// What was proposed, and who goes where now; `None` to propose.
    pub edited: Option<(Vec<Placing>, Vec<Placing>)>,
}

/// What plans are made from.
pub(super) const MATTER: [Kind; 5] = [
    Kind::Partnership,
    Kind::Provider,
    Kind::CourseType,
    Kind::Record(RecordKind::Need),
    Kind::Record(RecordKind::Course),
];

/// A snapshot that shows every need and course that was written up to now; after a while
/// the present one all the same.
pub(super) async fn present(app: &AppState) -> Result<Arc<Snapshot>, AppError> {
    let until = Instant::now() + PATIENCE;
    loop {
        let snapshot = app.snapshot();
        let shown = snapshot.change;
        let behind = move |conn: &mut Conn| changes::touched_after(conn, shown, &MATTER);
        if Instant::now() >= until || !app.records()?.read(behind).await? {
            return Ok(snapshot);
        }
        app.wake_projector();
        tokio::time::sleep(GLANCE).await;
    }
}

/// What a plan says, worked out from a snapshot.
///
/// # Errors
///
/// [`AppError::Invalid`] for what is not known, and where no plan keeps every rule, naming
/// the rules that are to blame.
pub(super) async fn worked_out(
    snapshot: Arc<Snapshot>,
    today: NaiveDate,
    order: Order,
) -> Result<Content, AppError> {
    let working = tokio::task::spawn_blocking(move || content(&snapshot, today, order));
    working.await.map_err(|error| AppError::Internal(Box::new(error)))?
}

fn content(snapshot: &Snapshot, today: NaiveDate, order: Order) -> Result<Content, AppError> {
    let Order { partnership, asked, agreed, edited } = order;
    let mut world = World::of(snapshot, (&partnership, today), (&asked, agreed))?;
    let unknown = unknown(snapshot, &world, &asked);
    if !unknown.is_empty() {
        return Err(AppError::Invalid(unknown));
    }
    let best = world.problem.solve_with_prices();
    let (proposed, pairs) = match edited {
        Some((proposed, now)) => {
            let pairs = named(&world, &now, &proposed)?;
            world.with_runs(pairs.iter().map(|pair| &pair.run));
            (proposed, pairs)
        }
        None => match &best {
            Ok((solution, _)) => (placings(&solution.pairs), solution.pairs.clone()),
            Err(error) => return Err(unsolved(&world, &asked, error)),
        },
    };
    let as_of = (snapshot.change, today);
    Ok(Told { world: &world, asked, as_of, proposed, pairs: &pairs, best: &best }.content())
}

/// What an order names that nobody knows.
fn unknown(snapshot: &Snapshot, world: &World, asked: &Asked) -> Vec<Refusal> {
    let refusal = |field: String, what: &str| Refusal {
        field,
        code: "unknown-value",
        message: format!("There is no such {what}."),
    };
    let mut found = Vec::new();
    for (nth, minimum) in asked.minimums.iter().enumerate() {
        let cohorts = &snapshot.vocabulary().cohorts;
        if !cohorts.iter().any(|one| *one.label.slug.as_str() == *minimum.cohort) {
            found.push(refusal(format!("/minimums/{nth}/cohort"), "cohort"));
        }
    }
    for (nth, need) in asked.without_needs.iter().enumerate() {
        if !world.needs.keys().any(|own| own.as_str() == need) {
            found.push(refusal(format!("/without_needs/{nth}"), "need of this partnership"));
        }
    }
    for (nth, run) in asked.without_runs.iter().enumerate() {
        let there = |own: &RunKey| own.course.as_str() == run.course && own.nth == run.nth;
        if !world.runs.keys().any(there) {
            found.push(refusal(format!("/without_runs/{nth}"), "run to come"));
        }
    }
    found
}

/// Pairs as they were edited, each of a need and a run that there are, or were when the
/// plan was proposed.
fn named(world: &World, now: &[Placing], proposed: &[Placing]) -> Result<Vec<Pair>, AppError> {
    let before: BTreeSet<(&str, &str, usize)> =
        proposed.iter().map(|one| (one.need.as_str(), one.course.as_str(), one.nth)).collect();
    let mut refusals = Vec::new();
    let mut seen = BTreeSet::new();
    for (nth, one) in now.iter().enumerate() {
        let key = (one.need.as_str(), one.course.as_str(), one.nth);
        let mut refuse = |field: &str, code: &'static str, message: &str| {
            let field = format!("/pairings/{nth}{field}");
            refusals.push(Refusal { field, code, message: message.to_owned() });
        };
        if !seen.insert(key) {
            refuse("", "repeated", "The same need and run stand twice.");
        }
        if before.contains(&key) {
            continue;
        }
        if !world.needs.keys().any(|need| need.as_str() == one.need) {
            refuse("/need", "unknown-value", "There is no such need of this partnership.");
        }
        if !world.runs.keys().any(|run| run.course.as_str() == one.course && run.nth == one.nth) {
            refuse("/nth", "unknown-value", "There is no such run to come.");
        }
    }
    if refusals.is_empty() { Ok(pairs_of(now)) } else { Err(AppError::Invalid(refusals)) }
}

/// Why there is no plan, in words.
fn unsolved(world: &World, asked: &Asked, error: &Unsolved) -> AppError {
    match error {
        Unsolved::Infeasible => {
            let rules = world.problem.to_blame();
            let alone = rules.len() == 1 || rules.len() < world.problem.rules().len();
            let refusals = rules.iter().map(|rule| {
                let (field, text) = rule_named(world, asked, rule);
                let message = if alone {
                    format!("{text} cannot be kept: without it there would be a plan.")
                } else {
                    format!("{text} cannot be kept together with the other rules.")
                };
                Refusal { field, code: "infeasible", message }
            });
            AppError::Invalid(refusals.collect())
        }
        Unsolved::GaveUp => AppError::conflict(
            "No plan was found in the steps that are allowed. Leave some needs or rules out.",
        ),
        Unsolved::Failed(_) => AppError::Internal(Box::new(error.clone())),
    }
}

fn rule_named(world: &World, asked: &Asked, rule: &Rule) -> (String, String) {
    match rule {
        Rule::Changes => (
            "/changes/at_most".to_owned(),
            "The limit on changes to what was agreed before".to_owned(),
        ),
        Rule::Minimum(cohort) => {
            let place =
                asked.minimums.iter().position(|one| *one.cohort == *cohort.as_str()).unwrap_or(0);
            let kept = world.problem.minimums.iter().find(|one| one.cohort == *cohort);
            let kept = kept.map(|one| one.at_least.to_string()).unwrap_or_default();
            (format!("/minimums/{place}"), format!("The minimum of {kept} for \"{cohort}\""))
        }
    }
}
