//! Judgements that are alike in several lists.

use crate::domain::{
    matching::{
        profile::Profile,
        relevance::Relevance,
        score::{Judgement, Portion},
    },
    search::Kind,
    slug::Slug,
    stage::Stage,
};

/// Does it answer the question? Exactly as far as the text search says so.
pub(super) fn question(
    profile: &Profile,
    relevance: &Relevance,
    kind: Kind,
    id: &str,
) -> Judgement {
    if profile.question.is_none() {
        let text = "You have not asked a question; ask one in your own words to have this judged.";
        return Judgement::unknown(text).raised_by("Ask your question", Portion::All);
    }
    match relevance.of(kind, id) {
        0 => Judgement::unmet("The text search does not find it for your question."),
        1000.. => {
            Judgement::met("The text search finds it as good an answer to your question as any.")
        }
        found => Judgement::of(
            Portion::Thousandths(found),
            format!("The text search finds it for your question: {found} of 1,000."),
        ),
    }
}

/// How near stages are to the one the employer is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum StageNearness {
    /// Further away.
    Far,
    /// The stage just before or after.
    Next,
    /// The very stage.
    Same,
}

pub(super) fn stage_nearness(at: Stage, stage: Stage) -> StageNearness {
    match (at as usize).abs_diff(stage as usize) {
        0 => StageNearness::Same,
        1 => StageNearness::Next,
        _ => StageNearness::Far,
    }
}

/// The judgement for an employer who did not say its stage.
pub(super) fn stage_unknown(to: Portion) -> Judgement {
    let text =
        "You have not said which stage of hiring you are at; choose one to have this judged.";
    Judgement::unknown(text).raised_by("Tell us your stage of hiring", to)
}

/// The judgement for an employer who named no group.
pub(super) fn cohort_unknown(to: Portion) -> Judgement {
    let text = "You have not said whom you want to hire; name a group to have this judged.";
    Judgement::unknown(text).raised_by("Name the groups you want to hire from", to)
}

/// The judgement for an employer who did not say its sector.
pub(super) fn sector_unknown(to: Portion) -> Judgement {
    let text = "You have not told us your sector; choose it to have this judged.";
    Judgement::unknown(text).raised_by("Tell us your sector", to)
}

/// Members of both lists, in order of name.
pub(super) fn shared<'a>(one: &'a [Slug], other: &[Slug]) -> Vec<&'a Slug> {
    let mut both: Vec<&Slug> = one.iter().filter(|slug| other.contains(slug)).collect();
    both.sort_unstable();
    both.dedup();
    both
}
