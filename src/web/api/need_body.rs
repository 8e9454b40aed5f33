//! A match with a need as it is sent to brokers.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::need::NeedAnswer,
    domain::matching::{
        need::{
            BandListOf, Direction, NearMiss, NeedHit, NeedMatch, NeedPart, Reach, RuleOutcome,
            Ruling,
        },
        policy::Code,
    },
    web::api::{
        match_body::{ChangeBody, LeftOutBody, ReceiptBody},
        need_facts_body::{NeedContactBody, NeedOpeningBody, NeedPledgeBody, SaidBody},
        search_body::is_false,
    },
};
use chrono::NaiveDate;

/// Employers that fit a need, in bands, with the receipt.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedMatchBody {
    /// What the answer rests on. The need itself is not kept.
    #[serde(flatten)]
    pub receipt: ReceiptBody,
    /// Those who said that they recruit from the group or are open to it, best first.
    pub matches: Vec<NeedHitBody>,
    /// Those who look at each case, best first.
    pub case_by_case: Vec<NeedHitBody>,
    /// Those who have not said, best first.
    pub not_stated: Vec<NeedHitBody>,
    /// Those whom one small change would bring in, best first.
    pub near_misses: Vec<NearMissBody>,
    /// How many there are in each list in all.
    pub totals: NeedTotalsBody,
    /// How many employers were looked at: those in the bands and those left out.
    pub considered: usize,
    /// How many hard rules left out, each employer under the first that fails.
    pub left_out: Vec<LeftOutBody>,
}

/// How many there are in all.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedTotalsBody {
    /// Those who said yes.
    pub matches: usize,
    /// Those who look at each case.
    pub case_by_case: usize,
    /// Those who have not said.
    pub not_stated: usize,
    /// Those whom one small change would bring in; they are left out, too.
    pub near_misses: usize,
}

/// An employer with its reasons.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedHitBody {
    /// `organisation`.
    pub kind: &'static str,
    /// Public name.
    pub id: String,
    /// Name.
    pub title: String,
    /// Its page on this site.
    pub url: String,
    /// What it does, where it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Present, and true, only for what was invented for a demonstration.
    #[serde(skip_serializing_if = "is_false")]
    #[schema(required = false)]
    pub fictional: bool,
    /// Score, 0 to 100: the sum of the parts, which is the weighted mean of the directions.
    #[schema(minimum = 0, maximum = 100)]
    pub score: f64,
    /// The two directions, each scored by itself.
    pub directions: Vec<DirectionBody>,
    /// What the score is made of, in both directions.
    pub parts: Vec<NeedPartBody>,
    /// How each hard rule turned out that was asked about.
    pub rules: Vec<RuleOutcomeBody>,
    /// What nobody said: questions to ask.
    pub unknowns: Vec<String>,
    /// What is missing on its side.
    pub gaps: Vec<String>,
    /// What would raise the score, most first.
    pub would_change: Vec<ChangeBody>,
    /// How far the work is; absent where no place was asked for, or none is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reach: Option<ReachBody>,
    /// What it says of the group; absent where it said nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<SaidBody>,
    /// Its live pledges as an employer that concern the group.
    pub pledges: Vec<NeedPledgeBody>,
    /// The opening that stands for it; absent where it has none that is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening: Option<NeedOpeningBody>,
    /// How many other openings it has.
    pub other_openings: usize,
    /// Whom to ring: by role, never by a person's name.
    pub contacts: Vec<NeedContactBody>,
}

/// One direction of a match.
#[derive(Debug, Serialize, ToSchema)]
pub struct DirectionBody {
    /// `suits-need` or `suits-employer`.
    pub direction: &'static str,
    /// Its words.
    pub label: &'static str,
    /// What it weighs in the score, of 100.
    pub weight: u32,
    /// Its own score, 0 to 100: the sum of its parts' `own_points`.
    pub score: f64,
}

/// One criterion of a score.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeedPartBody {
    /// Of which direction.
    pub direction: &'static str,
    /// Name of the criterion, as in the policy.
    pub criterion: &'static str,
    /// Points it can earn of the score.
    pub weight: f64,
    /// Points it earned of the score.
    pub points: f64,
    /// Points it can earn of its direction.
    pub own_weight: u32,
    /// Points it earned of its direction.
    pub own_points: f64,
    /// `met`, `partly`, `unmet` or `unknown`.
    pub verdict: &'static str,
    /// Why, in a sentence.
    pub text: String,
    /// Where the fact comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The day the fact was last known to be right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<NaiveDate>,
}

/// How one hard rule turned out.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleOutcomeBody {
    /// The rule.
    pub rule: &'static str,
    /// `pass`, `fail` or `unknown`.
    pub verdict: &'static str,
    /// Why, or what to ask.
    pub text: String,
}

/// How far the work is.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReachBody {
    /// `miles`, `home` for work done at home, or `anywhere` in the country.
    pub kind: &'static str,
    /// Miles in a straight line, to a tenth; between the middles of places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub miles: Option<f64>,
}

/// An employer that one small change would bring in.
#[derive(Debug, Serialize, ToSchema)]
pub struct NearMissBody {
    /// The one rule that leaves it out.
    pub rule: &'static str,
    /// The smallest change that would bring it in.
    pub change: String,
    /// The employer, with the score it has without the change.
    #[serde(flatten)]
    pub hit: NeedHitBody,
}

impl From<NeedAnswer> for NeedMatchBody {
    fn from(answer: NeedAnswer) -> Self {
        let NeedMatch { bands, near_misses, considered, left_out } = answer.found;
        let [matches, case_by_case, not_stated] = bands;
        let bodies = |band: BandListOf<NeedHit>| band.hits.into_iter().map(Into::into).collect();
        Self {
            receipt: answer.receipt.into(),
            totals: NeedTotalsBody {
                matches: matches.total,
                case_by_case: case_by_case.total,
                not_stated: not_stated.total,
                near_misses: near_misses.total,
            },
            matches: bodies(matches),
            case_by_case: bodies(case_by_case),
            not_stated: bodies(not_stated),
            near_misses: near_misses.hits.into_iter().map(Into::into).collect(),
            considered,
            left_out: left_out.iter().map(Into::into).collect(),
        }
    }
}

impl From<NeedHit> for NeedHitBody {
    fn from(hit: NeedHit) -> Self {
        let weight = |direction| {
            let of = hit.parts.iter().filter(|part| part.direction == direction);
            of.map(|part| part.weight_centi).sum::<u32>() / 100
        };
        let directions = hit.directions.map(|(direction, score)| DirectionBody {
            direction: direction.as_str(),
            label: direction.label(),
            weight: weight(direction),
            score: milli(score),
        });
        Self {
            kind: "organisation",
            id: hit.slug.to_string(),
            title: hit.name,
            url: hit.url,
            summary: hit.about,
            fictional: hit.fictional,
            score: milli(hit.score_milli),
            directions: directions.into(),
            parts: hit.parts.into_iter().map(Into::into).collect(),
            rules: hit.rules.into_iter().map(Into::into).collect(),
            unknowns: hit.unknowns,
            gaps: hit.gaps,
            would_change: hit.would_change.into_iter().map(Into::into).collect(),
            reach: hit.reach.map(Into::into),
            said: hit.said.map(Into::into),
            pledges: hit.pledges.into_iter().map(Into::into).collect(),
            opening: hit.opening.map(Into::into),
            other_openings: hit.other_openings,
            contacts: hit.contacts.into_iter().map(Into::into).collect(),
        }
    }
}

/// Thousandths as a number.
fn milli(thousandths: u32) -> f64 {
    f64::from(thousandths) / 1000.0
}

impl From<NeedPart> for NeedPartBody {
    fn from(part: NeedPart) -> Self {
        Self {
            direction: Direction::as_str(part.direction),
            criterion: part.criterion,
            weight: f64::from(part.weight_centi) / 100.0,
            points: milli(part.points_milli),
            own_weight: part.own_weight,
            own_points: milli(part.own_points_milli),
            verdict: part.verdict.as_str(),
            text: part.text,
            source: part.source,
            as_of: part.as_of,
        }
    }
}

impl From<RuleOutcome> for RuleOutcomeBody {
    fn from(outcome: RuleOutcome) -> Self {
        Self {
            rule: outcome.rule.as_str(),
            verdict: match outcome.ruling {
                Ruling::Pass | Ruling::NotAsked => "pass",
                Ruling::Fail => "fail",
                Ruling::Unknown => "unknown",
            },
            text: outcome.text,
        }
    }
}

impl From<Reach> for ReachBody {
    fn from(reach: Reach) -> Self {
        match reach {
            Reach::Miles(milli) => {
                let tenths = f64::from((milli + 50) / 100) / 10.0;
                Self { kind: "miles", miles: Some(tenths) }
            }
            Reach::AtHome => Self { kind: "home", miles: None },
            Reach::Anywhere => Self { kind: "anywhere", miles: None },
        }
    }
}

impl From<NearMiss> for NearMissBody {
    fn from(miss: NearMiss) -> Self {
        Self { rule: miss.rule.as_str(), change: miss.text, hit: miss.hit.into() }
    }
}
