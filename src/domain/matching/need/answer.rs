//! What a match with a need answers.

use chrono::NaiveDate;

use crate::domain::{
    matching::{
        hit::LeftOut,
        need::{
            candidate::{PledgeMade, Told},
            near_miss::Turn,
            policy::NeedRule,
            rules::Ruling,
        },
        score::{Change, Verdict},
    },
    register::{ContactRoute, Opening, Posture},
    slug::Slug,
};

words! {
    /// What an employer said about the group, in three bands.
    Band {
        /// It said yes.
        Matches = "matches", "Say they take people from this group";
        /// It looks at each case.
        CaseByCase = "case_by_case", "Look at each case";
        /// It has not said.
        NotStated = "not_stated", "Have not said";
    }
}

words! {
    /// The two directions of a match.
    Direction {
        /// How well the employer suits the need.
        SuitsNeed = "suits-need", "How well it suits the need";
        /// How well the need suits what the employer asks for.
        SuitsEmployer = "suits-employer", "How well the need suits what it asks for";
    }
}

/// Employers that fit a need, in bands.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedMatch {
    /// The three bands, in their order.
    pub bands: [BandList; 3],
    /// Employers that one small change would bring in.
    pub near_misses: BandListOf<NearMiss>,
    /// How many employers were looked at: those in bands and those left out.
    pub considered: usize,
    /// How many each hard rule left out; rules without a case are not listed.
    pub left_out: Vec<LeftOut>,
}

/// A list with how many there are in all.
#[derive(Debug, Clone, PartialEq)]
pub struct BandListOf<T> {
    /// How many there are.
    pub total: usize,
    /// The first of them, best first.
    pub hits: Vec<T>,
}

/// One band.
pub type BandList = BandListOf<NeedHit>;

/// An employer that one small change would bring in.
#[derive(Debug, Clone, PartialEq)]
pub struct NearMiss {
    /// The employer, with the score it would have.
    pub hit: NeedHit,
    /// The rule that leaves it out.
    pub rule: NeedRule,
    /// The change.
    pub turn: Turn,
    /// The change in words.
    pub text: String,
}

/// One employer with its reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedHit {
    /// Public name.
    pub slug: Slug,
    /// Name.
    pub name: String,
    /// Its page on this site.
    pub url: String,
    /// What it does.
    pub about: Option<String>,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
    /// The score in thousandths of a point: the sum of the parts.
    pub score_milli: u32,
    /// Each direction with its own score of 100, in thousandths of a point.
    pub directions: [(Direction, u32); 2],
    /// What the score is made of.
    pub parts: Vec<NeedPart>,
    /// How each hard rule turned out that was asked about.
    pub rules: Vec<RuleOutcome>,
    /// What nobody said: questions to ask.
    pub unknowns: Vec<String>,
    /// What is missing on its side.
    pub gaps: Vec<String>,
    /// What would raise the score, most first.
    pub would_change: Vec<Change>,
    /// How far it is.
    pub reach: Option<Reach>,
    /// What it says of the group.
    pub said: Option<Told<Posture>>,
    /// Its live pledges as an employer that concern the group.
    pub pledges: Vec<PledgeMade>,
    /// The opening that stands for it.
    pub opening: Option<OpeningShown>,
    /// How many other openings it has.
    pub other_openings: usize,
    /// Whom to ring: by role.
    pub contacts: Vec<ContactRoute>,
}

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// So many thousandths of a mile.
    Miles(u32),
    /// It is done at home.
    AtHome,
    /// It can be done anywhere in the country.
    Anywhere,
}

/// The opening that stands for an employer.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningShown {
    /// The opening.
    pub told: Told<Opening>,
    /// Places left, where that is known, and the day somebody stood by the number.
    pub places: Option<(i32, NaiveDate)>,
}

/// One criterion of the score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedPart {
    /// Of which direction.
    pub direction: Direction,
    /// Its name.
    pub criterion: &'static str,
    /// Hundredths of a point that it can earn of the whole score.
    pub weight_centi: u32,
    /// Thousandths of a point that it earned of the whole score.
    pub points_milli: u32,
    /// Points that it can earn of its direction.
    pub own_weight: u32,
    /// Thousandths of a point that it earned of its direction.
    pub own_points_milli: u32,
    /// How it turned out.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub text: String,
    /// Where the fact comes from.
    pub source: Option<String>,
    /// The day the fact was last known to be right.
    pub as_of: Option<NaiveDate>,
}

/// How one hard rule turned out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleOutcome {
    /// The rule.
    pub rule: NeedRule,
    /// How it turned out.
    pub ruling: Ruling,
    /// Why, or what to ask.
    pub text: String,
}
