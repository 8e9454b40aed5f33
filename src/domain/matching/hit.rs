//! What a match answers: ranked hits, and how many things were left out and why.

use chrono::NaiveDate;

use crate::domain::{
    freshness::Dated,
    matching::score::{Assessment, Change, Part},
    search::Kind,
};

/// One list of a match answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranked<T> {
    /// What fits, best first; equal scores in order of kind and id.
    pub hits: Vec<Hit<T>>,
    /// How many things were looked at: the hits and those left out.
    pub considered: usize,
    /// What hard rules left out, by reason; reasons without a case are not listed.
    pub left_out: Vec<LeftOut>,
}

/// How many things one hard rule left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Name of the rule.
    pub reason: &'static str,
    /// The rule in words.
    pub text: String,
    /// How many.
    pub count: usize,
}

/// One thing that fits, with its reasons.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit<T> {
    /// What it is.
    pub kind: Kind,
    /// Name within its kind.
    pub id: String,
    /// Title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
    /// What it is, in a sentence or two.
    pub summary: String,
    /// The day it was last known to be right.
    pub as_of: Option<NaiveDate>,
    /// The last day it counts without a warning, where one is set.
    pub review_by: Option<NaiveDate>,
    /// Whether it is past its review date.
    pub stale: bool,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
    /// The score in thousandths of a point, 0 to 100,000: the sum of the parts.
    pub score_milli: u32,
    /// What the score is made of.
    pub parts: Vec<Part>,
    /// What nobody said, and what would settle it.
    pub unknowns: Vec<String>,
    /// What is missing on the side of this thing.
    pub gaps: Vec<String>,
    /// What would raise the score, most first.
    pub would_change: Vec<Change>,
    /// What only things of this list have.
    pub item: T,
}

/// What a hit says of itself before it is judged.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) url: String,
    pub(super) summary: String,
    pub(super) fictional: bool,
}

impl Subject {
    /// The hit, undated.
    pub(super) fn scored<T>(self, assessment: Assessment, item: T) -> Hit<T> {
        Hit {
            url: self.url,
            kind: self.kind,
            id: self.id,
            title: self.title,
            summary: self.summary,
            as_of: None,
            review_by: None,
            stale: false,
            fictional: self.fictional,
            score_milli: assessment.score_milli,
            parts: assessment.parts,
            unknowns: assessment.unknowns,
            gaps: assessment.gaps,
            would_change: assessment.would_change,
            item,
        }
    }
}

impl<T> Hit<T> {
    /// The same hit with the two dates of its text.
    pub(super) fn dated(self, dates: Dated, today: NaiveDate) -> Self {
        let (as_of, review_by) = (Some(dates.as_of), Some(dates.review_by));
        Self { as_of, review_by, stale: dates.is_stale(today), ..self }
    }

    /// The same hit with the day it was last known to be right.
    pub(super) fn known_on(self, day: NaiveDate) -> Self {
        Self { as_of: Some(day), ..self }
    }
}

impl<T> Ranked<T> {
    /// Puts the hits in order: first by `group`, then best first, then by kind and id.
    pub(super) fn new<G: Ord>(
        mut hits: Vec<Hit<T>>,
        left_out: Vec<LeftOut>,
        group: impl Fn(&Hit<T>) -> G,
    ) -> Self {
        hits.sort_by(|a, b| {
            let best_first = b.score_milli.cmp(&a.score_milli);
            let stable = (a.kind, &a.id).cmp(&(b.kind, &b.id));
            group(a).cmp(&group(b)).then(best_first).then(stable)
        });
        let left_out: Vec<LeftOut> = left_out.into_iter().filter(|out| out.count > 0).collect();
        let considered = hits.len() + left_out.iter().map(|out| out.count).sum::<usize>();
        Self { hits, considered, left_out }
    }
}
