//! The plan as it grows: steps merged, things left out counted, all put in order.

use crate::domain::{
    matching::LeftOut,
    plan::{
        Answers, Plan, PlanStep, StaleStep,
        judge::{Omission, Verdict},
    },
    slug::Slug,
};

/// A plan in the making; steps are to be taken in order of toolkit and step.
#[derive(Default)]
pub(super) struct Draft {
    steps: Vec<PlanStep>,
    omitted: Vec<Omission>,
    stale: Vec<StaleStep>,
    taken: usize,
}

impl Draft {
    pub(super) fn take(&mut self, verdict: Verdict) {
        self.taken += 1;
        match verdict {
            Verdict::Omitted(omission) => self.omitted.push(omission),
            Verdict::Stale(step) => self.stale.push(*step),
            Verdict::Kept(step) => {
                let same = |held: &&mut PlanStep| held.id == step.id && can_merge(held, &step);
                if let Some(held) = self.steps.iter_mut().find(same) {
                    merge(held, *step);
                    self.omitted.push(Omission::SaidAlready);
                } else {
                    self.steps.push(*step);
                }
            }
        }
    }

    pub(super) fn finished(mut self, answers: &Answers, without_toolkit: Vec<Slug>) -> Plan {
        // A stable sort: what is equal stays in order of toolkit and step.
        self.steps.sort_by_key(|s| (s.part, s.stage, s.worries.is_empty(), !s.essential));
        let answered = |topic: &&Slug| !self.steps.iter().any(|step| step.worries.contains(topic));
        let mut worries_unanswered: Vec<Slug> =
            answers.topics.iter().filter(answered).cloned().collect();
        worries_unanswered.sort_unstable();
        worries_unanswered.dedup();
        let left_out = Omission::ALL.into_iter().filter_map(|omission| {
            let count = self.omitted.iter().filter(|held| **held == omission).count();
            let (reason, text) = (omission.as_str(), omission.text().to_owned());
            (count > 0).then_some(LeftOut { reason, text, count })
        });
        Plan {
            left_out: left_out.collect(),
            steps: self.steps,
            considered: self.taken,
            stale_dropped: self.stale,
            without_toolkit,
            worries_unanswered,
        }
    }
}

/// The same step of two toolkits can be told in one place only at the same stage,
/// and when its conditions are the same or one toolkit has none.
fn can_merge(held: &PlanStep, other: &PlanStep) -> bool {
    held.applies_if.is_empty() || other.applies_if.is_empty() || held.applies_if == other.applies_if
}

fn merge(held: &mut PlanStep, other: PlanStep) {
    if other.applies_if.is_empty() {
        held.applies_if.clear();
    }
    held.essential |= other.essential;
    for worry in other.worries {
        if !held.worries.contains(&worry) {
            held.worries.push(worry);
        }
    }
    for reason in other.reasons {
        if !held.reasons.contains(&reason) {
            held.reasons.push(reason);
        }
    }
    held.also.push(other.passage);
}
