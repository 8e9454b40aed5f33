//! From judgements to points: parts that add up, what is unknown, what would help.
//!
//! A judgement says in words how one criterion turned out. Points are whole
//! thousandths, so that the sum of the parts is the score and not nearly the score.

use std::fmt;

use chrono::NaiveDate;

use crate::domain::matching::policy::{Code, ListPolicy, Scale};

/// How a criterion turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It earns all its points.
    Met,
    /// It earns some of its points.
    Partly,
    /// It earns nothing.
    Unmet,
    /// Nobody said; it earns nothing, and counts neither for nor against.
    Unknown,
}

impl Verdict {
    /// The name used in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Partly => "partly",
            Self::Unmet => "unmet",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One summand of a score, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Name of the criterion.
    pub criterion: &'static str,
    /// Points it can earn.
    pub weight: u32,
    /// Points it earned, in thousandths.
    pub points_milli: u32,
    /// How it turned out.
    pub verdict: Verdict,
    /// Why, in a sentence a person can check.
    pub text: String,
    /// Where the fact comes from.
    pub source: Option<String>,
    /// The day the fact was last known to be right.
    pub as_of: Option<NaiveDate>,
}

/// Something that would raise a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What to do, and what it brings.
    pub text: String,
    /// The most it can bring, in thousandths of a point.
    pub gain_milli: u32,
}

/// How much of its weight a criterion earns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Portion {
    Nothing,
    /// What the policy gives for what is partly met.
    Some,
    All,
    /// Exactly so many thousandths.
    Thousandths(u32),
}

/// How one criterion turned out for one thing.
#[derive(Debug, Clone)]
pub(super) struct Judgement {
    portion: Portion,
    unknown: bool,
    text: String,
    source: Option<String>,
    as_of: Option<NaiveDate>,
    gap: Option<String>,
    raise: Option<Raise>,
}

/// What the employer could do about a judgement.
#[derive(Debug, Clone)]
struct Raise {
    text: String,
    to: Portion,
}

impl Judgement {
    pub(super) fn of(portion: Portion, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { portion, unknown: false, text, source: None, as_of: None, gap: None, raise: None }
    }

    pub(super) fn met(text: impl Into<String>) -> Self {
        Self::of(Portion::All, text)
    }

    pub(super) fn partly(text: impl Into<String>) -> Self {
        Self::of(Portion::Some, text)
    }

    pub(super) fn unmet(text: impl Into<String>) -> Self {
        Self::of(Portion::Nothing, text)
    }

    /// Nobody said; the text names what would settle it.
    pub(super) fn unknown(text: impl Into<String>) -> Self {
        Self { unknown: true, ..Self::of(Portion::Nothing, text) }
    }

    /// What the employer could do, and how much the criterion could earn then.
    pub(super) fn raised_by(self, text: impl Into<String>, to: Portion) -> Self {
        Self { raise: Some(Raise { text: text.into(), to }), ..self }
    }

    pub(super) fn cited(self, source: Option<String>, as_of: impl Into<Option<NaiveDate>>) -> Self {
        Self { source, as_of: as_of.into(), ..self }
    }

    /// What is missing on the side of the thing judged.
    pub(super) fn with_gap(self, gap: impl Into<String>) -> Self {
        Self { gap: Some(gap.into()), ..self }
    }
}

/// All judgements of one thing, in points.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Assessment {
    pub(super) score_milli: u32,
    pub(super) parts: Vec<Part>,
    pub(super) unknowns: Vec<String>,
    pub(super) gaps: Vec<String>,
    pub(super) would_change: Vec<Change>,
}

/// Judges one thing by every criterion of its list.
pub(super) fn assess<R: Code, C: Code>(
    policy: &ListPolicy<R, C>,
    scale: Scale,
    judge: impl Fn(C) -> Judgement,
) -> Assessment {
    let mut whole = Assessment::default();
    for weighing in policy.criteria() {
        let judgement = judge(weighing.criterion);
        let milli = |portion: Portion| weighing.weight * thousandths(portion, scale);
        let points_milli = milli(judgement.portion);
        if judgement.unknown {
            whole.unknowns.push(judgement.text.clone());
        }
        whole.gaps.extend(judgement.gap);
        if let Some(raise) = judgement.raise {
            let gain_milli = milli(raise.to).saturating_sub(points_milli);
            if gain_milli > 0 {
                let most = if judgement.unknown { "up to " } else { "" };
                let text = format!("{}: {most}{} points more.", raise.text, points(gain_milli));
                whole.would_change.push(Change { text, gain_milli });
            }
        }
        whole.score_milli += points_milli;
        whole.parts.push(Part {
            criterion: weighing.criterion.as_str(),
            weight: weighing.weight,
            points_milli,
            verdict: verdict(judgement.unknown, points_milli, weighing.weight),
            text: judgement.text,
            source: judgement.source,
            as_of: judgement.as_of,
        });
    }
    whole.would_change.sort_by_key(|change| std::cmp::Reverse(change.gain_milli));
    whole
}

fn thousandths(portion: Portion, scale: Scale) -> u32 {
    match portion {
        Portion::Nothing => 0,
        Portion::Some => scale.partly,
        Portion::All => 1000,
        Portion::Thousandths(exactly) => exactly.min(1000),
    }
}

fn verdict(unknown: bool, points_milli: u32, weight: u32) -> Verdict {
    match points_milli {
        _ if unknown => Verdict::Unknown,
        0 => Verdict::Unmet,
        all if all == weight * 1000 => Verdict::Met,
        _ => Verdict::Partly,
    }
}

/// Thousandths of a point in the shortest decimal form: `7.5`, `10`, `0.125`.
pub fn points(milli: u32) -> String {
    let decimal = format!("{}.{:03}", milli / 1000, milli % 1000);
    decimal.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_written_as_short_as_they_are_exact() {
        let written = [0, 125, 7500, 10_000, 100_000, 90_090].map(points);
        assert_eq!(written, ["0", "0.125", "7.5", "10", "100", "90.09"]);
    }
}
