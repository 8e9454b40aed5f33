//! A plan in words: who goes where and why, who does not and why, what is scarce, and
//! where it was overridden.

use std::collections::BTreeMap;

use crate::{
    app::pairing::{
        content::{
            Asked, Certified, Content, Elsewhere, NotPlaced, Paired, Placing, RulePrice, ScarceRun,
            Summary,
        },
        overriding::overrides,
        world::World,
    },
    domain::{
        coverage::{Cover, CoverageCriterion},
        matching::Verdict,
        pairing::{
            AtLeast, Checked, Left, Pair, Prices, Problem, Proof, Rule, RunKey, Solution, Unplaced,
            Unsolved,
        },
        slug::Slug,
    },
};

/// Other runs that are named for each pair at most.
const ALTERNATIVES: usize = 2;

/// A plan that is to be told.
pub(super) struct Told<'a> {
    pub world: &'a World,
    pub asked: Asked,
    /// The change and the day that it is worked out from.
    pub as_of: (i64, chrono::NaiveDate),
    /// What was worked out when the plan was made.
    pub proposed: Vec<Placing>,
    /// Who goes where.
    pub pairs: &'a [Pair],
    /// The best plan now, or why there is none.
    pub best: &'a Result<(Solution, Prices), Unsolved>,
}

impl Told<'_> {
    /// What the plan says.
    pub(super) fn content(self) -> Content {
        let (world, pairs) = (self.world, self.pairs);
        let checked = world.problem.check(pairs);
        let best = self.best.as_ref().ok();
        let prices = best.map(|(_, prices)| prices.clone()).unwrap_or_default();
        Content {
            change: self.as_of.0,
            day: self.as_of.1,
            policy_version: world.policy_version.clone(),
            summary: summary(&world.problem, &checked, best.map(|(solution, _)| solution)),
            pairs: paired(world, pairs),
            unplaced: world
                .problem
                .unplaced(pairs)
                .iter()
                .map(|one| not_placed(world, one))
                .collect(),
            scarce_runs: scarce(world, &prices),
            rules: prices.rules.iter().map(|price| rule(&world.problem, price)).collect(),
            left_out: world.left_out.clone(),
            overrides: overrides(world, (&self.proposed, pairs), &checked),
            asked: self.asked,
            proposed: self.proposed,
            introductions: Vec::new(),
            not_introduced: Vec::new(),
        }
    }
}

/// Pairs as they are kept.
pub(super) fn placings(pairs: &[Pair]) -> Vec<Placing> {
    let placing = |pair: &Pair| Placing {
        need: pair.need.to_string(),
        course: pair.run.course.to_string(),
        nth: pair.run.nth,
        people: pair.people,
    };
    pairs.iter().map(placing).collect()
}

/// Pairs from how they are kept; what cannot be one is left out.
pub(super) fn pairs_of(placings: &[Placing]) -> Vec<Pair> {
    let pair = |placing: &Placing| {
        let run = RunKey { course: Slug::parse(&placing.course).ok()?, nth: placing.nth };
        Some(Pair { need: Slug::parse(&placing.need).ok()?, run, people: placing.people })
    };
    let mut pairs: Vec<Pair> = placings.iter().filter_map(pair).collect();
    pairs.sort();
    pairs
}

fn summary(problem: &Problem, checked: &Checked, best: Option<&Solution>) -> Summary {
    let signed = |sum: u64| i64::try_from(sum).unwrap_or(i64::MAX);
    Summary {
        placed: checked.people,
        wanted: problem.demands.iter().map(|demand| u64::from(demand.people)).sum(),
        fit: checked.worth,
        best_fit: best.map(|best| best.worth),
        costs: best.map(|best| signed(best.worth) - signed(checked.worth)),
        certificate: best.map(certified),
    }
}

fn certified(best: &Solution) -> Certified {
    let bound = best.certificate.bound;
    let text = match best.certificate.proof {
        Proof::Duality => format!(
            "No plan is worth more than {}: the bound from the prices of places and people, \
             reckoned in whole numbers, is reached.",
            fits(bound)
        ),
        Proof::Branching => format!(
            "No plan is worth more than {}: every other way was tried or ruled out.",
            fits(bound)
        ),
        Proof::Stopped => format!(
            "It is not known to be the best: the search was stopped. One may be worth up to {}.",
            fits(bound)
        ),
    };
    Certified { method: best.certificate.proof.to_string(), bound, gap: best.gap(), text }
}

fn paired(world: &World, pairs: &[Pair]) -> Vec<Paired> {
    let elsewhere = world.problem.alternatives(pairs, ALTERNATIVES);
    let all = pairs.iter().zip(elsewhere);
    all.map(|(pair, elsewhere)| {
        let (need, run) = (world.needs.get(&pair.need), world.runs.get(&pair.run));
        let cover = world.cover(&pair.need, &pair.run);
        let fit = world
            .problem
            .fits
            .iter()
            .find(|fit| fit.need == pair.need && fit.run == pair.run)
            .map_or(0, |fit| fit.fit);
        Paired {
            need: pair.need.to_string(),
            need_title: need.map_or_else(|| pair.need.to_string(), |need| need.title.clone()),
            organisation: need.and_then(|need| need.organisation.as_ref()).map(Slug::to_string),
            course: pair.run.course.to_string(),
            nth: pair.run.nth,
            course_title: run.map_or_else(|| pair.run.course.to_string(), |run| run.title.clone()),
            provider: run.map(|run| run.provider.to_string()).unwrap_or_default(),
            provider_name: run.map(|run| run.provider_name.clone()).unwrap_or_default(),
            starts_on: run.and_then(|run| run.starts_on),
            people: pair.people,
            fit,
            why: why(world, pair, (fit, cover)),
            alternatives: elsewhere
                .into_iter()
                .map(|one| {
                    let name = run_name(world, &one.run);
                    let place = if one.has_place { "has a place" } else { "is full" };
                    let text = if one.costs < 0 {
                        format!(
                            "{name} {place}; it fits better by {}.",
                            fits(one.costs.unsigned_abs())
                        )
                    } else {
                        format!(
                            "{name} {place}; it costs {} for each person.",
                            fits(one.costs.unsigned_abs())
                        )
                    };
                    Elsewhere {
                        course: one.run.course.to_string(),
                        nth: one.run.nth,
                        fit: one.fit,
                        costs: one.costs,
                        has_place: one.has_place,
                        text,
                    }
                })
                .collect(),
            fictional: need.is_some_and(|need| need.fictional)
                || run.is_some_and(|run| run.fictional),
        }
    })
    .collect()
}

/// Why a pair: how it ranks among those that fit, and how each criterion turned out.
fn why(world: &World, pair: &Pair, (fit, cover): (u32, Option<&Cover>)) -> Vec<String> {
    let own = world.problem.fits.iter().filter(|one| one.need == pair.need);
    let (mut all, mut better) = (0, 0);
    for one in own {
        all += 1;
        better += usize::from(one.fit > fit);
    }
    let rank = match (fit, all, better) {
        (0, ..) => "It is not admissible.".to_owned(),
        (_, 1, _) => format!("It is the only run that fits, by {}.", fits(u64::from(fit))),
        (_, _, 0) => format!("Of {all} runs that fit, none fits better: {}.", fits(u64::from(fit))),
        (_, _, 1) => format!(
            "Of {all} runs that fit, 1 fits better, and does more for others: {}.",
            fits(u64::from(fit))
        ),
        _ => format!(
            "Of {all} runs that fit, {better} fit better, and do more for others: {}.",
            fits(u64::from(fit))
        ),
    };
    let parts = cover.map_or(&[][..], |cover| cover.parts.as_slice());
    let parts = parts.iter().map(|part| part.text.clone());
    std::iter::once(rank).chain(parts).collect()
}

fn not_placed(world: &World, one: &Unplaced) -> NotPlaced {
    let need = world.needs.get(&one.need);
    let names: Vec<String> = one.runs.iter().take(3).map(|run| run_name(world, run)).collect();
    let more = one.runs.len().saturating_sub(names.len());
    let named =
        if more == 0 { names.join(", ") } else { format!("{} and {more} more", names.join(", ")) };
    let text = match one.why {
        Left::NoRun => no_run(world, &one.need),
        Left::NoPlaces => format!("What fits has no places: {named}."),
        Left::Full => format!("What fits is full with people of this need: {named}."),
        Left::UsedElsewhere => {
            format!("What fits is full, and its places do more for others: {named}.")
        }
        Left::Rule => format!(
            "There is a place on what fits, but a minimum or the limit on changes forbids to use \
             it, or it was left free by hand: {named}."
        ),
    };
    NotPlaced {
        need: one.need.to_string(),
        need_title: need.map_or_else(|| one.need.to_string(), |need| need.title.clone()),
        people: one.people,
        why: one.why.to_string(),
        text,
    }
}

/// Why no run fits: what stands against most of those that teach something like it.
fn no_run(world: &World, need: &Slug) -> String {
    let covers = world.covers.get(need).map(BTreeMap::values).into_iter().flatten();
    let mut unmet: BTreeMap<CoverageCriterion, (usize, &str)> = BTreeMap::new();
    let (mut all, mut unstated) = (0_usize, 0_usize);
    for cover in covers {
        all += 1;
        let against = cover.parts.iter().filter(|part| part.verdict == Verdict::Unmet);
        let mut none = true;
        for part in against {
            none = false;
            unmet.entry(part.criterion).or_insert((0, &part.text)).0 += 1;
        }
        unstated += usize::from(none);
    }
    let commonest = unmet.values().max_by_key(|(count, text)| (*count, std::cmp::Reverse(*text)));
    match (all, commonest) {
        (0, _) => "No run to come teaches anything like it.".to_owned(),
        (_, _) if unstated > 0 => format!(
            "Of {all} runs that teach something like it, {unstated} would fit, but could not be \
             planned with."
        ),
        (_, Some((count, text))) => {
            format!("Of {all} runs that teach something like it, none fits; of {count}: {text}")
        }
        (_, None) => format!("None of {all} runs that teach something like it fits."),
    }
}

fn scarce(world: &World, prices: &Prices) -> Vec<ScarceRun> {
    let told = prices.places.iter().map(|price| {
        let name = run_name(world, &price.run);
        let gain = fits(price.gain);
        let text = match (price.gain, price.more_people) {
            (0, _) => format!("One more place on {name} would change nothing."),
            (_, None) => format!("One more place on {name} would bring {gain} at most."),
            (_, Some(1..)) => {
                let more = price.more_people.unwrap_or_default();
                format!(
                    "One more place on {name} would let {more} more be served, and bring {gain}."
                )
            }
            (_, Some(_)) => format!(
                "One more place on {name} would let nobody more be served, but bring {gain} by \
                 better fits."
            ),
        };
        ScarceRun {
            course: price.run.course.to_string(),
            nth: price.run.nth,
            places: price.places,
            fit: price.gain,
            exact: price.more_people.is_some(),
            more_people: price.more_people,
            text,
        }
    });
    told.collect()
}

fn rule(problem: &Problem, price: &crate::domain::pairing::MinimumPrice) -> RulePrice {
    let (gain, more) = (fits(price.gain), price.more_people);
    let people = match more {
        0 => "as many people would be placed".to_owned(),
        1.. => format!("{} more would be placed", people(more.unsigned_abs())),
        _ => format!("{} fewer would be placed", people(more.unsigned_abs())),
    };
    match &price.rule {
        Rule::Minimum(cohort) => {
            let own = problem.minimums.iter().find(|one| one.cohort == *cohort);
            let kept = own.map(|one| one.at_least).unwrap_or(AtLeast::People(0));
            let text = format!("Keeping {kept} for {cohort} costs {gain}; without it {people}.");
            let cohort = Some(cohort.to_string());
            RulePrice {
                rule: "minimum".to_owned(),
                cohort,
                fit: price.gain,
                more_people: more,
                text,
            }
        }
        Rule::Changes => {
            let text =
                format!("Keeping to what was agreed before costs {gain}; without it {people}.");
            let rule = "changes".to_owned();
            RulePrice { rule, cohort: None, fit: price.gain, more_people: more, text }
        }
    }
}

pub(super) fn run_name(world: &World, run: &RunKey) -> String {
    let Some(seen) = world.runs.get(run) else { return run.to_string() };
    let when = seen.starts_on.map(|day| format!(", {}", day.format("%-d %B %Y")));
    format!("{} at {}{}", seen.title, seen.provider_name, when.unwrap_or_default())
}

pub(super) fn people(count: u64) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

/// A sum of fits in words, whole ones with three places.
fn fits(thousandths: u64) -> String {
    format!("{}.{:03} of fit", thousandths / 1_000, thousandths % 1_000)
}
