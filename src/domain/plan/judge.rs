//! Whether one step belongs on the plan, and in which words.

use chrono::NaiveDate;

use crate::domain::{
    guidance::{Section, Step, Toolkit},
    matching::link::{self, Link},
    plan::{Answers, PassageLink, PlanPart, PlanStep, StaleStep},
    slug::Slug,
    vocabulary::Vocabulary,
};

/// Why a step is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Omission {
    AnotherCohort,
    NoPassage,
    OtherSize,
    OtherSector,
    NotRegulated,
    SaidAlready,
}

impl Omission {
    pub(super) const ALL: [Self; 6] = [
        Self::AnotherCohort,
        Self::NoPassage,
        Self::OtherSize,
        Self::OtherSector,
        Self::NotRegulated,
        Self::SaidAlready,
    ];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::AnotherCohort => "another-cohort",
            Self::NoPassage => "no-passage",
            Self::OtherSize => "other-size",
            Self::OtherSector => "other-sector",
            Self::NotRegulated => "not-regulated",
            Self::SaidAlready => "said-already",
        }
    }

    pub(super) const fn text(self) -> &'static str {
        match self {
            Self::AnotherCohort => "It is about a group you did not choose.",
            Self::NoPassage => "The passage it rests on is not there.",
            Self::OtherSize => "It is for employers of another size.",
            Self::OtherSector => "It is for other sectors.",
            Self::NotRegulated => "It is only for work with children or adults at risk.",
            Self::SaidAlready => "Another toolkit has the same step, which is on the plan.",
        }
    }
}

/// What becomes of one step.
pub(super) enum Verdict {
    Kept(Box<PlanStep>),
    Omitted(Omission),
    Stale(Box<StaleStep>),
}

/// One set of answers on one day.
pub(super) struct Judge<'a> {
    pub(super) answers: &'a Answers,
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) today: NaiveDate,
}

/// Conditions not settled by the answers, and reasons settled by them.
#[derive(Default)]
struct Fit {
    applies_if: Vec<String>,
    reasons: Vec<String>,
}

impl Judge<'_> {
    pub(super) fn verdict(&self, toolkit: &Toolkit, step: &Step) -> Verdict {
        let cohorts = &self.answers.cohorts;
        if !cohorts.is_empty() && !cohorts.contains(&toolkit.cohort) {
            return Verdict::Omitted(Omission::AnotherCohort);
        }
        let named = toolkit.section(&step.section).or_else(|| toolkit.template(&step.section));
        let Some(section) = named else {
            return Verdict::Omitted(Omission::NoPassage);
        };
        let fit = match self.fit(step) {
            Ok(fit) => fit,
            Err(omission) => return Verdict::Omitted(omission),
        };
        let markers = [step.official.as_deref(), section.official.as_deref()];
        let official = link::official(toolkit, markers);
        if section.legal && section.dates.is_stale(self.today) {
            return Verdict::Stale(Box::new(StaleStep {
                id: step.id.clone(),
                text: step.text.clone(),
                passage: passage(toolkit, section),
                review_by: section.dates.review_by,
                official,
            }));
        }
        Verdict::Kept(Box::new(self.kept(toolkit, section, step, (fit, official))))
    }

    /// What the answers say about the limits of a step, or which one rules it out.
    fn fit(&self, step: &Step) -> Result<Fit, Omission> {
        let mut fit = Fit::default();
        if !step.sizes.is_empty() {
            match self.answers.size_band {
                Some(size) if step.sizes.contains(&size) => {
                    fit.reasons.push(format!("It is for your size: {}.", size.label()));
                }
                Some(_) => return Err(Omission::OtherSize),
                None => {
                    let sizes: Vec<&str> = step.sizes.iter().map(|size| size.label()).collect();
                    fit.applies_if.push(format!("Applies if you employ {}.", any_of(&sizes)));
                }
            }
        }
        if !step.sectors.is_empty() {
            let label = |slug| self.vocabulary.sector_label(slug);
            match &self.answers.sector {
                Some(sector) if step.sectors.contains(sector) => {
                    fit.reasons.push(format!("It is for your sector: {}.", label(sector)));
                }
                Some(_) => return Err(Omission::OtherSector),
                None => {
                    let sectors: Vec<&str> = step.sectors.iter().map(|s| label(s)).collect();
                    let sectors = sectors.join("; ");
                    fit.applies_if.push(format!("Applies if your sector is one of: {sectors}."));
                }
            }
        }
        if step.regulated {
            let work = "work with children or adults at risk";
            match self.answers.regulated {
                Some(true) => fit.reasons.push(format!("It is for {work}.")),
                Some(false) => return Err(Omission::NotRegulated),
                None => fit.applies_if.push(format!("Applies if the job is {work}.")),
            }
        }
        Ok(fit)
    }

    fn kept(
        &self,
        toolkit: &Toolkit,
        section: &Section,
        step: &Step,
        (fit, official): (Fit, Option<Link>),
    ) -> PlanStep {
        let asked = |topic: &&Slug| self.answers.topics.contains(topic);
        let worries: Vec<Slug> = step.topics.iter().filter(asked).cloned().collect();
        let done = self.answers.stage.is_some_and(|at| step.stage < at);
        let stale = section.dates.is_stale(self.today);
        let mut reasons = Vec::new();
        if done {
            reasons.push(format!("You are past this stage, {}.", step.stage.label()));
        }
        for worry in &worries {
            let label = self.vocabulary.topic_label(worry);
            reasons.push(format!("It answers your worry: {label}."));
        }
        if step.essential {
            reasons.push("It belongs on every plan.".to_owned());
        }
        reasons.extend(fit.reasons);
        let group = self.vocabulary.cohort_label(&toolkit.cohort);
        reasons.push(if self.answers.cohorts.is_empty() {
            format!("It comes from our guidance on: {group}.")
        } else {
            format!("It is about a group you named: {group}.")
        });
        if stale {
            let day = section.dates.review_by.format("%-d %B %Y");
            reasons.push(format!("Its review date, {day}, has passed: check it first."));
        }
        PlanStep {
            id: step.id.clone(),
            text: step.text.clone(),
            why: step.why.clone(),
            stage: step.stage,
            part: if done { PlanPart::CheckDone } else { PlanPart::ToDo },
            essential: step.essential,
            worries,
            applies_if: fit.applies_if,
            reasons,
            passage: passage(toolkit, section),
            also: Vec::new(),
            as_of: section.dates.as_of,
            review_by: section.dates.review_by,
            stale,
            official,
        }
    }
}

fn passage(toolkit: &Toolkit, section: &Section) -> PassageLink {
    PassageLink {
        toolkit: toolkit.slug.clone(),
        section: section.slug.clone(),
        title: section.title.clone(),
        url: link::passage(toolkit, section),
    }
}

/// `a`, `a or b`, `a, b or c`.
fn any_of(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [most @ .., last] => format!("{} or {last}", most.join(", ")),
    }
}
