//! From numbers to words: why an employer stands where it stands, what to ask it, and what
//! would change it.

mod changes;
mod employer;
mod need;
mod rules;

use chrono::NaiveDate;

use crate::domain::{
    matching::{
        hit::LeftOut,
        need::{
            answer::{
                BandListOf, Direction, NearMiss, NeedHit, NeedMatch, NeedPart, OpeningShown, Reach,
            },
            asked::Asked,
            candidate::{Candidate, OpeningAt, Told},
            facts::{EmployerFacts, OpeningFacts, PledgeFit},
            marks::{Mark, Marks},
            policy::NeedRule,
            rank::{Found, Ranking},
        },
        policy::{Code, Weighing},
        score::{Change, Verdict, points},
    },
    register::{Base, Posture},
    vocabulary::Vocabulary,
};

/// The words shown for what a need names.
#[derive(Debug, Clone, Copy)]
pub struct Labels<'a> {
    /// Labels of groups and sectors.
    pub vocabulary: &'a Vocabulary,
}

/// Why a criterion turned out as it did.
struct Reason {
    text: String,
    source: Option<String>,
    as_of: Option<NaiveDate>,
    /// What is missing on the employer's side.
    gap: Option<String>,
    /// What would raise it, and to how many tenths.
    raise: Option<(String, u8)>,
}

impl Reason {
    fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), source: None, as_of: None, gap: None, raise: None }
    }

    fn by<T>(self, told: &Told<T>) -> Self {
        let said = || {
            let by = told.by.as_deref().unwrap_or(told.voice.label());
            format!("Said by {by} on {}", day(told.on))
        };
        let source = Some(told.source.clone().unwrap_or_else(said));
        Self { source, as_of: Some(told.stood_by.unwrap_or(told.on)), ..self }
    }

    fn raised_by(self, text: impl Into<String>) -> Self {
        Self { raise: Some((text.into(), 10)), ..self }
    }

    fn with_gap(self, text: impl Into<String>) -> Self {
        Self { gap: Some(text.into()), ..self }
    }
}

/// One employer before one need.
struct Scene<'a> {
    asked: &'a Asked<'a>,
    labels: Labels<'a>,
    candidate: &'a Candidate,
    own: EmployerFacts,
    posture: Option<&'a Told<Posture>>,
    opening: Option<(&'a OpeningAt, OpeningFacts)>,
    marks: Marks<Mark>,
}

/// The answer in words: each employer found is looked up by `candidate`; one that is not
/// there is left out.
pub fn answer<I: Copy>(
    ranking: Ranking<I>,
    asked: &Asked<'_>,
    labels: Labels<'_>,
    candidate: impl Fn(I) -> Option<Candidate>,
) -> NeedMatch {
    let hit = |found: &Found<I>| {
        let candidate = candidate(found.which)?;
        Some(Scene::new(asked, labels, &candidate, found.opening).hit())
    };
    let bands = ranking
        .bands
        .map(|(total, found)| BandListOf { total, hits: found.iter().filter_map(&hit).collect() });
    let miss = |found: &Found<I>| {
        let candidate = candidate(found.which)?;
        Scene::new(asked, labels, &candidate, found.opening).near_miss(found.turn?)
    };
    let (total, near) = ranking.near_misses;
    let left_out = ranking.left_out.into_iter().map(|(rule, count)| LeftOut {
        reason: rule.as_str(),
        text: asked.policy().suits_need.reason(rule).to_owned(),
        count,
    });
    NeedMatch {
        bands,
        near_misses: BandListOf { total, hits: near.iter().filter_map(miss).collect() },
        considered: ranking.considered,
        left_out: left_out.collect(),
    }
}

impl<'a> Scene<'a> {
    fn new(
        asked: &'a Asked<'a>,
        labels: Labels<'a>,
        candidate: &'a Candidate,
        place: Option<usize>,
    ) -> Self {
        let own = candidate.facts(asked);
        let opening = place.and_then(|place| candidate.openings.get(place));
        let opening =
            opening.and_then(|opening| Some((opening, candidate.opening_facts(opening, asked)?)));
        let facts = opening.as_ref().map(|(_, facts)| facts);
        let marks = Marks::of(asked, &own, facts);
        let posture = candidate.posture(&asked.need().cohort, asked.today());
        Self { asked, labels, candidate, own, posture, opening, marks }
    }

    /// The words shown for the group.
    fn group(&self) -> &str {
        self.labels.vocabulary.cohort_label(&self.asked.need().cohort)
    }

    fn facts(&self) -> Option<&OpeningFacts> {
        self.opening.as_ref().map(|(_, facts)| facts)
    }

    fn hit(&self) -> NeedHit {
        let candidate = self.candidate;
        let rules = self.rules();
        let mut hit = NeedHit {
            slug: candidate.slug.clone(),
            name: candidate.name.clone(),
            url: format!("/organisations/{}", candidate.slug),
            about: candidate.about.clone(),
            fictional: candidate.fictional,
            score_milli: self.marks.score_milli(self.asked),
            directions: [(Direction::SuitsNeed, 0), (Direction::SuitsEmployer, 0)],
            parts: Vec::new(),
            unknowns: self.questions(&rules),
            rules,
            gaps: Vec::new(),
            would_change: Vec::new(),
            reach: self.reach(),
            said: self.posture.cloned(),
            pledges: self.pledges(),
            opening: self.opening_shown(),
            other_openings: self.other_openings(),
            contacts: candidate.contacts.clone(),
        };
        let policy = self.asked.policy();
        for weighing in policy.suits_need.criteria() {
            let mark = self.marks.need.get(weighing.criterion as usize).copied();
            let reason = self.need_reason(weighing.criterion);
            part(&mut hit, (Direction::SuitsNeed, policy.need_weight), weighing, (mark, reason));
        }
        for weighing in policy.suits_employer.criteria() {
            let mark = self.marks.employer.get(weighing.criterion as usize).copied();
            let reason = self.employer_reason(weighing.criterion);
            let direction = (Direction::SuitsEmployer, policy.employer_weight());
            part(&mut hit, direction, weighing, (mark, reason));
        }
        hit.would_change.sort_by_key(|change| std::cmp::Reverse(change.gain_milli));
        hit
    }

    fn near_miss(&self, turn: super::Turn) -> Option<NearMiss> {
        let judged = super::Judged::of(self.asked, &self.own, self.facts());
        let rule = judged.first()?;
        Some(NearMiss { hit: self.hit(), rule, turn, text: self.turn(turn) })
    }

    fn reach(&self) -> Option<Reach> {
        self.asked.need().place.as_ref()?;
        let facts = self.facts();
        if facts.is_some_and(|facts| facts.base == Some(Base::Remote)) {
            return Some(Reach::AtHome);
        }
        if facts.is_some_and(|facts| facts.national) {
            return Some(Reach::Anywhere);
        }
        facts.map_or(self.own.milli_miles, |facts| facts.milli_miles).map(Reach::Miles)
    }

    /// Live pledges as an employer that concern the group, those about it first.
    fn pledges(&self) -> Vec<super::PledgeMade> {
        let cohort = &self.asked.need().cohort;
        let live = self.candidate.pledges.iter();
        let live = live.filter(|pledge| pledge.live(self.asked.today()));
        let mut pledges: Vec<_> = live
            .filter(|pledge| pledge.cohorts.is_empty() || pledge.cohorts.contains(cohort))
            .cloned()
            .collect();
        pledges.sort_by_key(|pledge| pledge.cohorts.is_empty());
        pledges
    }

    fn opening_shown(&self) -> Option<OpeningShown> {
        let (opening, facts) = self.opening.as_ref()?;
        let confirmed_on = opening.places.as_ref().map(|places| places.confirmed_on);
        Some(OpeningShown { told: opening.told.clone(), places: facts.places.zip(confirmed_on) })
    }

    fn other_openings(&self) -> usize {
        let today = self.asked.today();
        let open = self.candidate.openings.iter().filter(|opening| opening.is_open(today)).count();
        open - usize::from(self.opening.is_some())
    }

    /// What nobody said, each once.
    fn questions(&self, rules: &[super::RuleOutcome]) -> Vec<String> {
        let open = rules.iter().filter(|outcome| outcome.ruling == super::Ruling::Unknown);
        let open = open.filter(|outcome| outcome.rule != NeedRule::Closed);
        let mut questions: Vec<String> = open.map(|outcome| outcome.text.clone()).collect();
        questions.extend(self.further_questions());
        questions
    }
}

/// Adds a criterion to a hit.
fn part<C: Code>(
    hit: &mut NeedHit,
    (direction, share): (Direction, u32),
    weighing: &Weighing<C>,
    (mark, reason): (Option<Mark>, Reason),
) {
    let mark = mark.unwrap_or(Mark::Unknown);
    let own_points_milli = mark.tenths() * weighing.weight * 100;
    let points_milli = mark.tenths() * weighing.weight * share;
    if let Some(own) = hit.directions.iter_mut().find(|(own, _)| *own == direction) {
        own.1 += own_points_milli;
    }
    hit.gaps.extend(reason.gap);
    if let Some((text, tenths)) = reason.raise {
        let gain_milli = u32::from(tenths).saturating_sub(mark.tenths()) * weighing.weight * share;
        if gain_milli > 0 {
            let most = if mark == Mark::Unknown { "up to " } else { "" };
            let text = format!("{text}: {most}{} points more.", points(gain_milli));
            hit.would_change.push(Change { text, gain_milli });
        }
    }
    hit.parts.push(NeedPart {
        direction,
        criterion: weighing.criterion.as_str(),
        weight_centi: weighing.weight * share,
        points_milli,
        own_weight: weighing.weight,
        own_points_milli,
        verdict: match mark {
            Mark::Unknown => Verdict::Unknown,
            Mark::Tenths(0) => Verdict::Unmet,
            Mark::Tenths(10..) => Verdict::Met,
            Mark::Tenths(_) => Verdict::Partly,
        },
        text: reason.text,
        source: reason.source,
        as_of: reason.as_of,
    });
}

/// A day in words.
fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// A distance in words.
fn miles(milli: u32) -> String {
    match (milli + 500) / 1000 {
        0 | 1 => "about a mile away or less".to_owned(),
        miles => format!("about {miles} miles away"),
    }
}

/// Labels in one phrase.
fn listed<'t>(labels: impl IntoIterator<Item = &'t str>) -> String {
    labels.into_iter().collect::<Vec<_>>().join(", ")
}

/// Whether a pledge concerns the very group, in words.
const fn whom(fit: PledgeFit) -> &'static str {
    match fit {
        PledgeFit::Group => "",
        PledgeFit::Any | PledgeFit::None => " It is about any group.",
    }
}
