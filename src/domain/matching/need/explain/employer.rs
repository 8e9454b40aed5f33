//! Why a need suits what an employer asks for as well as it does.

use crate::domain::matching::need::{
    explain::{Reason, Scene, listed},
    facts::MeantFor,
    policy::{EmployerCriterion, NeedRule},
    rules::{Ruling, ruling},
};

impl Scene<'_> {
    pub(super) fn employer_reason(&self, criterion: EmployerCriterion) -> Reason {
        let need = self.asked.need();
        let by_posture = |rule: NeedRule| {
            let ruling = ruling(rule, self.asked, &self.own, self.facts());
            let reason = Reason::new(self.rule_text(rule, ruling));
            match self.posture {
                Some(told) if ruling != Ruling::Unknown => reason.by(told),
                _ => reason,
            }
        };
        let by_opening = |rule: NeedRule| {
            let ruling = ruling(rule, self.asked, &self.own, self.facts());
            let reason = Reason::new(self.rule_text(rule, ruling));
            match &self.opening {
                Some((opening, _)) if ruling != Ruling::Unknown => reason.by(&opening.told),
                _ => reason,
            }
        };
        match criterion {
            EmployerCriterion::English if need.english.is_none() => {
                Reason::new("You did not say which level of English there is.")
                    .raised_by("Say the level of English")
            }
            EmployerCriterion::English => by_posture(NeedRule::English),
            EmployerCriterion::Offences if self.asked.groups.is_empty() => {
                Reason::new("You named no group of offences.")
                    .raised_by("Name groups of offences, where there are any")
            }
            EmployerCriterion::Offences => by_posture(NeedRule::Offences),
            EmployerCriterion::MeantFor => self.meant_for_reason(),
            EmployerCriterion::Check if need.dbs_issue.is_none() => {
                Reason::new("You did not say whether a check would show something.")
                    .raised_by("Say whether a check would show something")
            }
            EmployerCriterion::Check => by_opening(NeedRule::Check),
            EmployerCriterion::Base if need.base.is_none() => {
                Reason::new("You did not say where work can be done.")
                    .raised_by("Say where work can be done")
            }
            EmployerCriterion::Base => by_opening(NeedRule::Base),
        }
    }

    fn meant_for_reason(&self) -> Reason {
        let Some((opening, facts)) = &self.opening else {
            return Reason::new("No opening of it is in the register: ask whom work is for.");
        };
        let groups = opening.told.body.cohorts.iter();
        let groups = listed(groups.map(|slug| self.labels.vocabulary.cohort_label(slug)));
        let text = match facts.meant_for {
            MeantFor::Group => format!("The opening is meant for this group: {groups}."),
            MeantFor::Everybody => "The opening is for everybody.".to_owned(),
            MeantFor::Others => format!("The opening is meant for other groups: {groups}."),
        };
        Reason::new(text).by(&opening.told)
    }
}
