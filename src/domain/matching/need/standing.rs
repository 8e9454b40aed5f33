//! Where one employer stands: in a band with a score, or left out for a reason.

use std::cmp::Reverse;

use chrono::{Datelike, NaiveDate};

use crate::domain::{
    matching::need::{
        answer::Band,
        asked::Asked,
        facts::{EmployerFacts, MeantFor, OffencesSaid, OpeningFacts},
        marks::Marks,
        near_miss::Turn,
        policy::NeedRule,
        rules::Judged,
        text,
    },
    register::Stance,
};

/// Where an employer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The score in thousandths of a point; of one left out, what it would be.
    pub score_milli: u32,
    /// The place of the opening that stands for it, among all of its openings.
    pub opening: Option<usize>,
    /// The outcome.
    pub outcome: Outcome,
}

/// In which band, or why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is in.
    In(Band),
    /// It is left out by a rule; a small change would bring it in, if there is one.
    Out(NeedRule, Option<Turn>),
}

/// Judges an employer with its openings, given with their places among all; those that are
/// not open are not given. The best opening that passes stands for it; of those that fail
/// the one that fails least. Of equals the first.
pub fn stand(
    asked: &Asked<'_>,
    own: &EmployerFacts,
    openings: impl IntoIterator<Item = (usize, OpeningFacts)>,
) -> Standing {
    let mut best: Option<(Rank, Standing)> = None;
    for (place, opening) in openings {
        let next = judge(asked, own, Some((place, &opening)));
        if best.as_ref().is_none_or(|(rank, _)| next.0 > *rank) {
            best = Some(next);
        }
    }
    best.unwrap_or_else(|| judge(asked, own, None)).1
}

/// Fewer rules failed, a small change that helps, more points.
type Rank = (Reverse<u32>, bool, u32);

fn judge(
    asked: &Asked<'_>,
    own: &EmployerFacts,
    opening: Option<(usize, &OpeningFacts)>,
) -> (Rank, Standing) {
    let (place, facts) = opening.unzip();
    let judged = Judged::of(asked, own, facts);
    let score_milli = Marks::of(asked, own, facts).score_milli(asked);
    let outcome = match judged.first() {
        None => Outcome::In(band(asked, own, facts)),
        Some(rule) => Outcome::Out(rule, Turn::of(judged, asked, own, facts)),
    };
    let turns = matches!(outcome, Outcome::Out(_, Some(_)));
    let rank = (Reverse(judged.count()), turns, score_milli);
    (rank, Standing { score_milli, opening: place, outcome })
}

/// Said yes, looks at each case, or has not said. An opening meant for the group says yes.
fn band(asked: &Asked<'_>, own: &EmployerFacts, opening: Option<&OpeningFacts>) -> Band {
    let meant = opening.is_some_and(|opening| opening.meant_for == MeantFor::Group);
    let stance = own.posture.map_or(Stance::NotStated, |said| said.stance);
    let each_case = own.posture.is_some_and(|said| said.offences == OffencesSaid::CaseByCase)
        && !asked.groups.is_empty();
    match stance {
        Stance::CaseByCase => Band::CaseByCase,
        Stance::ActivelyRecruits | Stance::Open if each_case => Band::CaseByCase,
        Stance::ActivelyRecruits | Stance::Open => Band::Matches,
        Stance::NotStated | Stance::NotCurrently if meant && each_case => Band::CaseByCase,
        Stance::NotStated | Stance::NotCurrently if meant => Band::Matches,
        Stance::NotStated | Stance::NotCurrently => Band::NotStated,
    }
}

/// The order of employers: more points first; equals take turns by the day, so that none
/// is always shown first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Order {
    score: Reverse<u32>,
    turn: u64,
}

impl Order {
    /// The seed of an employer's turns.
    pub fn seed(slug: &str) -> u64 {
        text::fingerprint_64(slug)
    }

    /// The place of an employer with so many points on a day.
    pub fn of(score_milli: u32, seed: u64, day: NaiveDate) -> Self {
        let day = u64::from(day.num_days_from_ce().unsigned_abs());
        Self { score: Reverse(score_milli), turn: text::mixed(seed ^ text::mixed(day)) }
    }

    /// The points.
    pub const fn score_milli(self) -> u32 {
        self.score.0
    }
}
