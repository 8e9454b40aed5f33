//! How the hard rules turned out, in words, and the questions to ask.

use crate::domain::{
    matching::{
        need::{
            answer::RuleOutcome,
            explain::{Scene, day, listed, miles},
            facts::OffencesSaid,
            policy::NeedRule,
            rules::{Ruling, ruling},
        },
        policy::Code,
    },
    register::{Base, OffenceGroup, Pattern},
};

/// What to ask where the place of the work is not known.
pub(super) const DISTANCE_QUESTION: &str = "Where the work is, is not known: ask how far it is.";
/// What to ask where its times are not.
pub(super) const PATTERN_QUESTION: &str = "When the work is done is not said: ask.";

impl Scene<'_> {
    /// Every rule that the need asks about.
    pub(super) fn rules(&self) -> Vec<RuleOutcome> {
        let judge = |rule: &NeedRule| {
            let ruling = ruling(*rule, self.asked, &self.own, self.facts());
            let text = self.rule_text(*rule, ruling);
            (ruling != Ruling::NotAsked).then_some(RuleOutcome { rule: *rule, ruling, text })
        };
        NeedRule::ALL.iter().filter_map(judge).collect()
    }

    /// Why a rule turned out so; where nobody said, what to ask.
    pub(super) fn rule_text(&self, rule: NeedRule, ruling: Ruling) -> String {
        let fails = ruling == Ruling::Fail;
        let unknown = ruling == Ruling::Unknown;
        match rule {
            NeedRule::Withdrawn if fails => "It is no longer in the register.".to_owned(),
            NeedRule::Withdrawn => "It is in the register.".to_owned(),
            NeedRule::DoNotContact if fails => "It asked not to be contacted.".to_owned(),
            NeedRule::DoNotContact => "It may be contacted.".to_owned(),
            NeedRule::NotCurrently if unknown => self.stance_question(),
            NeedRule::NotCurrently if fails => {
                format!("It does not take people from this group at present: {}.", self.group())
            }
            NeedRule::NotCurrently => "It does not rule this group out.".to_owned(),
            NeedRule::Distance => self.distance_text(unknown),
            NeedRule::Base => match self.opening.as_ref().and_then(|(o, _)| o.told.body.base) {
                Some(base) => format!("The work is done: {}.", base.label().to_lowercase()),
                None => "Where the work is done is not said: ask.".to_owned(),
            },
            NeedRule::Pattern => match self.facts().filter(|facts| !facts.patterns.is_empty()) {
                Some(facts) => {
                    let times = listed(facts.patterns.words().map(Pattern::label));
                    format!("The work is done: {times}.")
                }
                None => PATTERN_QUESTION.to_owned(),
            },
            NeedRule::Offences => self.offences_text(ruling),
            NeedRule::English => match self.own.posture.and_then(|said| said.english) {
                Some(level) => format!("It needs English: {}.", level.label().to_lowercase()),
                None => "Which level of English it needs is not said: ask.".to_owned(),
            },
            NeedRule::Check => self.check_text(),
            NeedRule::Closed => match self.opening.as_ref().map(|(one, _)| one.told.body.closes_on)
            {
                Some(Some(last)) => format!("It can be applied for until {}.", day(last)),
                Some(None) => "The opening has no closing date.".to_owned(),
                None => "No opening of it is in the register.".to_owned(),
            },
        }
    }

    fn distance_text(&self, unknown: bool) -> String {
        if unknown {
            return DISTANCE_QUESTION.to_owned();
        }
        let facts = self.facts();
        if facts.is_some_and(|facts| facts.base == Some(Base::Remote)) {
            return "The work is done at home.".to_owned();
        }
        if facts.is_some_and(|facts| facts.national) {
            return "The work can be done anywhere in the country.".to_owned();
        }
        let near = facts.map_or(self.own.milli_miles, |facts| facts.milli_miles);
        near.map_or_else(
            || DISTANCE_QUESTION.to_owned(),
            |milli| format!("It is {}.", miles(milli)),
        )
    }

    fn offences_text(&self, ruling: Ruling) -> String {
        let said = self.own.posture.map_or(OffencesSaid::NotStated, |said| said.offences);
        match (said, ruling) {
            (OffencesSaid::NotStated, _) => {
                "Which offences it rules out is not said: ask.".to_owned()
            }
            (OffencesSaid::None, _) => "It rules out no offence.".to_owned(),
            (OffencesSaid::CaseByCase, _) => {
                "It looks at each case: ask before you send anybody.".to_owned()
            }
            (OffencesSaid::Listed(groups), Ruling::Unknown) => {
                let labels = listed(groups.words().map(OffenceGroup::label));
                format!("It rules out: {labels}. Ask what \"other\" stands for.")
            }
            (OffencesSaid::Listed(groups), Ruling::Pass | Ruling::Fail | Ruling::NotAsked) => {
                let labels = listed(groups.words().map(OffenceGroup::label));
                format!("It rules out: {labels}.")
            }
        }
    }

    fn check_text(&self) -> String {
        match self.opening.as_ref().and_then(|(opening, _)| opening.told.body.dbs_level) {
            Some(level) if self.asked.need().dbs_issue == Some(true) => match level {
                crate::domain::register::DbsLevel::None => "The work needs no check.".to_owned(),
                _ => format!(
                    "The work needs a check of level {}: ask how the employer reads it.",
                    level.label().to_lowercase()
                ),
            },
            Some(level) => format!("Check needed: {}.", level.label().to_lowercase()),
            None if self.asked.need().dbs_issue == Some(false) => {
                "A check would show nothing.".to_owned()
            }
            None => "Which check the work needs is not said: ask.".to_owned(),
        }
    }

    pub(super) fn stance_question(&self) -> String {
        let group = self.group();
        format!("It has not said how it stands towards {group}: ask whether it takes them.")
    }

    /// What to ask beside what the rules leave open.
    pub(super) fn further_questions(&self) -> Vec<String> {
        let mut questions = Vec::new();
        if let Some(told) = self.posture
            && let Some(last) = told.body.review_by.filter(|last| self.asked.today() > *last)
        {
            questions.push(format!(
                "What it said was to be asked again by {}: ask whether it still holds.",
                day(last)
            ));
        }
        let Some((opening, facts)) = &self.opening else {
            questions.push("No opening of it is in the register: ask whether it has work.".into());
            return questions;
        };
        let body = &opening.told.body;
        if facts.places.is_none() {
            questions.push("How many places are left is not known: ask.".into());
        }
        if !body.licences.is_empty() {
            let cards = listed(body.licences.iter().map(String::as_str));
            questions.push(format!("It needs these licences or cards: {cards}. Are they held?"));
        }
        if let Some(essentials) = &body.essentials {
            questions.push(format!("It says what people must bring: {essentials} Is it there?"));
        }
        questions
    }
}
