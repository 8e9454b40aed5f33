//! What each criterion earns, in tenths: the part of a score without words.

use crate::domain::{
    freshness::Freshness,
    matching::{
        need::{
            asked::Asked,
            facts::{EmployerFacts, MeantFor, OffencesSaid, OpeningFacts, PledgeFit},
            policy::{EmployerCriterion, NeedCriterion, NeedPolicy},
        },
        policy::Code,
    },
    register::{Base, DbsLevel, Pattern, Stance},
};

/// How a criterion turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// So many tenths of its weight.
    Tenths(u8),
    /// Nobody said; it earns nothing.
    Unknown,
}

use Mark::{Tenths, Unknown};

/// Something for each criterion of both directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Marks<T> {
    /// How well the employer suits the need.
    pub need: [T; NeedCriterion::ALL.len()],
    /// How well the need suits the employer.
    pub employer: [T; EmployerCriterion::ALL.len()],
}

impl Mark {
    pub(super) const fn tenths(self) -> u32 {
        match self {
            Tenths(tenths) => tenths as u32,
            Unknown => 0,
        }
    }
}

const fn met(yes: bool) -> Mark {
    if yes { Tenths(10) } else { Tenths(0) }
}

impl Marks<u32> {
    /// What a tenth of each criterion earns, in thousandths of a point of the whole score.
    pub(super) fn weights(policy: &NeedPolicy) -> Self {
        let mut weights = Self {
            need: [0; NeedCriterion::ALL.len()],
            employer: [0; EmployerCriterion::ALL.len()],
        };
        for weighing in policy.suits_need.criteria() {
            if let Some(held) = weights.need.get_mut(weighing.criterion as usize) {
                *held = weighing.weight * policy.need_weight;
            }
        }
        for weighing in policy.suits_employer.criteria() {
            if let Some(held) = weights.employer.get_mut(weighing.criterion as usize) {
                *held = weighing.weight * policy.employer_weight();
            }
        }
        weights
    }
}

impl Marks<Mark> {
    /// How an employer turns out with one of its openings, or with none.
    pub fn of(asked: &Asked<'_>, own: &EmployerFacts, opening: Option<&OpeningFacts>) -> Self {
        Self {
            // In the order of the criteria.
            need: [
                posture(asked, own, opening),
                pledges(asked, own),
                offers(asked, own),
                freshness(asked, own, opening),
                places(opening),
                work_type(asked, opening),
                sector(asked, own),
                pattern(asked, opening),
                hours(asked, opening),
                distance(asked, own, opening),
                words(asked, own, opening),
            ],
            employer: [
                english(asked, own),
                offences(asked, own),
                meant_for(asked, opening),
                check(asked, opening),
                base(asked, opening),
            ],
        }
    }

    /// The whole score in thousandths of a point.
    pub fn score_milli(&self, asked: &Asked<'_>) -> u32 {
        let weights = asked.weights();
        let need = self.need.iter().zip(&weights.need);
        let employer = self.employer.iter().zip(&weights.employer);
        need.chain(employer).map(|(mark, weight)| mark.tenths() * weight).sum()
    }
}

fn posture(asked: &Asked<'_>, own: &EmployerFacts, opening: Option<&OpeningFacts>) -> Mark {
    let policy = asked.policy();
    match own.posture.map(|said| said.stance) {
        Some(Stance::ActivelyRecruits) => Tenths(10),
        Some(Stance::Open) => Tenths(policy.open),
        Some(Stance::CaseByCase) => Tenths(policy.partly),
        Some(Stance::NotCurrently) => Tenths(0),
        Some(Stance::NotStated) | None => match opening.map(|opening| opening.meant_for) {
            Some(MeantFor::Group) => Tenths(policy.partly),
            Some(MeantFor::Everybody | MeantFor::Others) | None => Unknown,
        },
    }
}

fn pledges(asked: &Asked<'_>, own: &EmployerFacts) -> Mark {
    match own.pledge {
        PledgeFit::Group => Tenths(10),
        PledgeFit::Any => Tenths(asked.policy().partly),
        PledgeFit::None => Tenths(0),
    }
}

/// The share of what is wanted that is offered, in whole tenths, rounded down.
fn offers(asked: &Asked<'_>, own: &EmployerFacts) -> Mark {
    match own.posture {
        Some(said) if said.offers_said && !asked.wants.is_empty() => {
            share(said.offers.and(asked.wants).len(), asked.wants.len())
        }
        _ => Unknown,
    }
}

/// A part of a whole in tenths, rounded down; the whole is not nothing.
fn share(part: u32, whole: u32) -> Mark {
    Tenths(u8::try_from((part * 10).checked_div(whole).unwrap_or(0)).unwrap_or(10).min(10))
}

fn freshness(asked: &Asked<'_>, own: &EmployerFacts, opening: Option<&OpeningFacts>) -> Mark {
    let (fresh, due) = match (own.posture, opening) {
        (Some(said), _) => (said.fresh, said.due),
        (None, Some(opening)) => (opening.fresh, false),
        (None, None) => return Unknown,
    };
    match (fresh, due) {
        (Freshness::NinetyDays, false) => Tenths(10),
        (Freshness::NinetyDays, true) | (Freshness::Year, false) => Tenths(asked.policy().partly),
        (Freshness::Year, true) | (Freshness::Stale | Freshness::Never, _) => Tenths(0),
    }
}

fn places(opening: Option<&OpeningFacts>) -> Mark {
    opening.and_then(|opening| opening.places).map_or(Unknown, |places| met(places > 0))
}

fn work_type(asked: &Asked<'_>, opening: Option<&OpeningFacts>) -> Mark {
    match opening {
        Some(opening) if !asked.work_types.is_empty() => {
            met(asked.work_types.has(opening.work_type))
        }
        _ => Unknown,
    }
}

fn sector(asked: &Asked<'_>, own: &EmployerFacts) -> Mark {
    if asked.need().sectors.is_empty() { Unknown } else { own.sector.map_or(Unknown, met) }
}

/// Whether any of its times suits; flexible times suit whatever is asked for.
pub(super) fn suits(asked: &Asked<'_>, opening: &OpeningFacts) -> bool {
    !opening.patterns.and(asked.patterns).is_empty() || opening.patterns.has(Pattern::Flexible)
}

fn pattern(asked: &Asked<'_>, opening: Option<&OpeningFacts>) -> Mark {
    match opening {
        Some(opening) if !asked.patterns.is_empty() && !opening.patterns.is_empty() => {
            met(suits(asked, opening))
        }
        _ => Unknown,
    }
}

fn hours(asked: &Asked<'_>, opening: Option<&OpeningFacts>) -> Mark {
    match (asked.need().hours, opening.and_then(|opening| opening.hours)) {
        (Some(wanted), Some(hours)) => met(wanted == hours),
        _ => Unknown,
    }
}

/// Work done at home is as near as can be; work anywhere in the country partly.
fn distance(asked: &Asked<'_>, own: &EmployerFacts, opening: Option<&OpeningFacts>) -> Mark {
    if asked.need().place.is_none() {
        return Unknown;
    }
    if opening.is_some_and(|opening| opening.base == Some(Base::Remote)) {
        return Tenths(10);
    }
    let near = opening.map_or(own.milli_miles, |opening| opening.milli_miles);
    let tenths = near.map(|milli| {
        let steps = &asked.policy().nearness;
        let step = steps.iter().find(|step| milli <= step.within_miles * 1000);
        step.map_or(0, |step| step.tenths)
    });
    let national = opening.is_some_and(|opening| opening.national);
    let anywhere = national.then_some(asked.policy().partly);
    tenths.max(anywhere).map_or(Unknown, Tenths)
}

fn words(asked: &Asked<'_>, own: &EmployerFacts, opening: Option<&OpeningFacts>) -> Mark {
    let all = u32::try_from(asked.words().len()).unwrap_or(0);
    let found = own.words | opening.map_or(0, |opening| opening.words);
    if all == 0 { Unknown } else { share(found.count_ones(), all) }
}

fn english(asked: &Asked<'_>, own: &EmployerFacts) -> Mark {
    match (asked.need().english, own.posture.and_then(|said| said.english)) {
        (Some(have), Some(needed)) => met(have >= needed),
        _ => Unknown,
    }
}

fn offences(asked: &Asked<'_>, own: &EmployerFacts) -> Mark {
    use crate::domain::matching::need::rules::{Ruling, offences};
    if asked.groups.is_empty() {
        return Unknown;
    }
    match (own.posture.map(|said| said.offences), offences(asked, own)) {
        (Some(OffencesSaid::CaseByCase), _) => Tenths(asked.policy().partly),
        (_, Ruling::Pass) => Tenths(10),
        (_, Ruling::Fail) => Tenths(0),
        (_, Ruling::Unknown | Ruling::NotAsked) => Unknown,
    }
}

fn meant_for(asked: &Asked<'_>, opening: Option<&OpeningFacts>) -> Mark {
    match opening.map(|opening| opening.meant_for) {
        Some(MeantFor::Group) => Tenths(10),
        Some(MeantFor::Everybody) => Tenths(asked.policy().partly),
        Some(MeantFor::Others) => Tenths(0),
        None => Unknown,
    }
}

fn check(asked: &Asked<'_>, opening: Option<&OpeningFacts>) -> Mark {
    match (asked.need().dbs_issue, opening.and_then(|opening| opening.dbs)) {
        (Some(false), _) | (Some(true), Some(DbsLevel::None)) => Tenths(10),
        _ => Unknown,
    }
}

fn base(asked: &Asked<'_>, opening: Option<&OpeningFacts>) -> Mark {
    match (asked.need().base, opening.and_then(|opening| opening.base)) {
        (Some(wanted), Some(base)) => met(wanted == base),
        _ => Unknown,
    }
}
