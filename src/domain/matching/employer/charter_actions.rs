//! Actions of the charter that suit an employer, with the passages that help.
//!
//! What the employer has pledged already stays in the list, after everything it
//! has not pledged.

use chrono::NaiveDate;

use crate::domain::{
    guidance::{Section, Toolkit},
    matching::{
        employer::common::{self, StageNearness, shared, stage_nearness},
        hit::{Hit, LeftOut, Ranked, Subject},
        knowledge::Knowledge,
        link,
        policy::{ActionCriterion, ActionRule, Code, Policy},
        profile::Profile,
        relevance::Relevance,
        score::{Judgement, Portion, assess},
    },
    register::{CharterAction, Scheme},
    search::Kind,
    slug::Slug,
    stage::Stage,
};

/// What only charter actions have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FittingAction {
    /// Whether the employer has pledged it already.
    pub pledged: bool,
    /// Stance it is taken from.
    pub stance: Slug,
    /// Focus area.
    pub focus_area: Slug,
    /// What to do first; advice, not sourced.
    pub help: String,
    /// The unit progress is given in, where it can be a number.
    pub unit: Option<String>,
    /// Sections that help deliver it, nearest first.
    pub sections: Vec<HelpingSection>,
}

/// A section of a toolkit that helps deliver a charter action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpingSection {
    /// `toolkit/section`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
    /// The group it is about.
    pub cohort: Slug,
    /// Stage of hiring.
    pub stage: Stage,
    /// The day it was last known to be right.
    pub as_of: NaiveDate,
    /// The last day it counts without a warning.
    pub review_by: NaiveDate,
    /// Whether it is past its review date.
    pub stale: bool,
}

/// Ranks every action of the charter for an employer.
pub fn charter_actions(
    profile: &Profile,
    known: &Knowledge<'_>,
    relevance: &Relevance,
    policy: &Policy,
) -> Ranked<FittingAction> {
    let profile = &profile.normalised();
    let asked = Asked { profile, known, relevance, policy };
    let personal = |action: &&CharterAction| action.stance == *"individual";
    let (out, kept): (Vec<_>, Vec<_>) = known.reference.actions.iter().partition(personal);
    let rule = ActionRule::OnlyForIndividuals;
    let left_out = LeftOut {
        reason: rule.as_str(),
        text: policy.charter_actions.reason(rule).to_owned(),
        count: out.len(),
    };
    let hits = kept.into_iter().map(|action| asked.hit(action)).collect();
    Ranked::new(hits, vec![left_out], |hit| hit.item.pledged)
}

/// A section that names the action, with its toolkit.
type Helping<'a> = (&'a Toolkit, &'a Section);

/// One question to all actions.
struct Asked<'a> {
    profile: &'a Profile,
    known: &'a Knowledge<'a>,
    relevance: &'a Relevance,
    policy: &'a Policy,
}

impl<'a> Asked<'a> {
    fn hit(&self, action: &CharterAction) -> Hit<FittingAction> {
        let helping = self.helping(action);
        let (profile, policy) = (self.profile, self.policy);
        let assessment =
            assess(&policy.charter_actions, policy.scale, |criterion| match criterion {
                ActionCriterion::Question => {
                    common::question(profile, self.relevance, Kind::Action, &action.code)
                }
                ActionCriterion::Cohort => self.cohort(action, &helping),
                ActionCriterion::Stance => self.stance(action),
                ActionCriterion::Recognition => self.recognition(action),
                ActionCriterion::Stage => self.stage(&helping),
                ActionCriterion::Guidance => self.guidance(&helping),
                ActionCriterion::Evidence => self.evidence(action),
            });
        let subject = Subject {
            kind: Kind::Action,
            id: action.code.clone(),
            title: action.label.clone(),
            url: link::page(Kind::Action, &action.code),
            summary: action.description.clone(),
            fictional: action.provenance.fictional,
        };
        let code = action.code.to_ascii_uppercase();
        let sections = helping.iter().filter(|(toolkit, _)| self.is_wanted(toolkit));
        let item = FittingAction {
            pledged: profile.actions_pledged.contains(&code),
            stance: action.stance.clone(),
            focus_area: action.focus_area.clone(),
            help: action.help.clone(),
            unit: action.unit.clone(),
            sections: sections.map(|helping| self.shown(*helping)).collect(),
        };
        subject.scored(assessment, item).known_on(action.provenance.as_of)
    }

    /// Whether the employer named the toolkit's group, or no group at all.
    fn is_wanted(&self, toolkit: &Toolkit) -> bool {
        self.profile.cohorts.is_empty() || self.profile.cohorts.contains(&toolkit.cohort)
    }

    /// Every section that names the action: named groups first, then those that
    /// count, then the nearest to the employer's stage, then in toolkit order.
    fn helping(&self, action: &CharterAction) -> Vec<Helping<'a>> {
        let names = |section: &&Section| {
            section.actions.iter().any(|code| code.eq_ignore_ascii_case(&action.code))
        };
        let toolkits = self.known.toolkits.iter();
        let mut helping: Vec<Helping<'a>> = toolkits
            .flat_map(|kit| link::texts(kit).filter(names).map(move |section| (kit, section)))
            .collect();
        helping.sort_by_key(|(kit, section)| {
            let far =
                self.profile.stage.map(|at| std::cmp::Reverse(stage_nearness(at, section.stage)));
            let stale = section.dates.is_stale(self.known.today);
            (!self.is_wanted(kit), stale, far, kit.order, &kit.slug, section.stage, &section.slug)
        });
        helping
    }

    fn shown(&self, (toolkit, section): Helping<'_>) -> HelpingSection {
        let id = section_id(toolkit, section);
        HelpingSection {
            url: link::passage(toolkit, section),
            id,
            title: section.title.clone(),
            cohort: toolkit.cohort.clone(),
            stage: section.stage,
            as_of: section.dates.as_of,
            review_by: section.dates.review_by,
            stale: section.dates.is_stale(self.known.today),
        }
    }

    fn cohort(&self, action: &CharterAction, helping: &[Helping<'_>]) -> Judgement {
        let general = action.cohorts.is_empty();
        if self.profile.cohorts.is_empty() {
            let some_group = !general || !helping.is_empty();
            return common::cohort_unknown(if some_group { Portion::All } else { Portion::Some });
        }
        let named = shared(&action.cohorts, &self.profile.cohorts);
        if !named.is_empty() {
            let labels = self.known.cohort_labels(named);
            let met = Judgement::met(format!("It is about a group you named: {labels}."));
            return self.registered(met, action);
        }
        let own = helping.iter().find(|(kit, _)| self.profile.cohorts.contains(&kit.cohort));
        if let Some((toolkit, section)) = own {
            let label = self.known.vocabulary.cohort_label(&toolkit.cohort);
            let text = format!("Our guidance on {label} helps deliver it: {}.", section.title);
            return from_section(Judgement::met(text), toolkit, section);
        }
        if general {
            let text = "It is about any group; we have no guidance on it for one you named.";
            return self.registered(Judgement::partly(text), action);
        }
        let labels = self.known.cohort_labels(&action.cohorts);
        let unmet = Judgement::unmet(format!("It is about other groups: {labels}."));
        self.registered(unmet, action)
    }

    fn stance(&self, action: &CharterAction) -> Judgement {
        if action.stance == *"employer" {
            let met = Judgement::met(
                "It is taken as an employer: it changes how you hire or treat people.",
            );
            return self.registered(met, action);
        }
        let stances = self.known.reference.charter.iter().flat_map(|charter| &charter.stances);
        let known = stances.into_iter().find(|(slug, _, _)| *slug == action.stance);
        let label = known.map_or(action.stance.as_str(), |(_, label, _)| label.as_str());
        let text = format!("It is not about hiring; the charter lists it under \"{label}\".");
        self.registered(Judgement::partly(text), action)
    }

    fn recognition(&self, action: &CharterAction) -> Judgement {
        let schemes = self.backing(action);
        let held = &self.profile.recognitions;
        let first = schemes.first();
        let potential = if first.is_some() { Portion::All } else { Portion::Nothing };
        if held.is_empty() {
            let text = "You have not said which badges or pledges you hold; name them to have this judged.";
            let ask = "Tell us the badges and pledges you hold";
            return Judgement::unknown(text).raised_by(ask, potential);
        }
        let holds = |scheme: &&&Scheme| held.iter().any(|one| one.scheme == scheme.slug);
        if let Some(scheme) = schemes.iter().find(holds) {
            let text = format!("You hold {}, which it builds on.", scheme.name);
            let provenance = &scheme.provenance;
            return Judgement::met(text).cited(self.known.cite(provenance), provenance.as_of);
        }
        let Some(scheme) = first else {
            return Judgement::unmet("We know of no badge or pledge that it builds on.");
        };
        let first_level = scheme.levels.iter().min_by_key(|level| level.order);
        let level = first_level.map_or_else(String::new, |level| format!(" ({})", level.label));
        let text = format!("It builds on {}, which you do not list.", scheme.name);
        let provenance = &scheme.provenance;
        Judgement::unmet(text)
            .raised_by(format!("Sign up for {}{level}", scheme.name), Portion::All)
            .cited(self.known.cite(provenance), provenance.as_of)
    }

    /// Schemes whose holders have a start on the action, in order of name.
    fn backing(&self, action: &CharterAction) -> Vec<&'a Scheme> {
        let backs = |scheme: &&Scheme| {
            let mut lines = self.policy.backings.iter().filter(|b| b.scheme == scheme.slug);
            lines.any(|b| b.actions.iter().any(|code| code.eq_ignore_ascii_case(&action.code)))
        };
        let mut schemes: Vec<&Scheme> = self.known.reference.schemes.iter().filter(backs).collect();
        schemes.sort_by_key(|scheme| &scheme.slug);
        schemes
    }

    fn stage(&self, helping: &[Helping<'_>]) -> Judgement {
        let Some(at) = self.profile.stage else {
            let to = if helping.is_empty() { Portion::Nothing } else { Portion::All };
            return common::stage_unknown(to);
        };
        let mut nearest: Option<(StageNearness, Helping<'_>)> = None;
        for (toolkit, section) in helping {
            let near = stage_nearness(at, section.stage);
            if nearest.is_none_or(|(best, _)| near > best) {
                nearest = Some((near, (toolkit, section)));
            }
        }
        let at = at.label();
        match nearest {
            Some((StageNearness::Same, (kit, section))) => {
                let text = format!(
                    "Guidance for the stage you are at, {at}, helps deliver it: {}.",
                    section.title
                );
                from_section(Judgement::met(text), kit, section)
            }
            Some((StageNearness::Next, (kit, section))) => {
                let text = format!(
                    "Guidance for a stage next to yours, {}, helps deliver it.",
                    section.stage.label()
                );
                from_section(Judgement::partly(text), kit, section)
            }
            _ => Judgement::unmet(format!("No guidance of ours for {at} helps deliver it.")),
        }
    }

    fn guidance(&self, helping: &[Helping<'_>]) -> Judgement {
        let live = helping.iter().filter(|(_, s)| !s.dates.is_stale(self.known.today)).count();
        let Some((toolkit, section)) = helping.first() else {
            let text = "No section of our toolkits helps deliver it yet.";
            return Judgement::unmet(text).with_gap(text);
        };
        let own = helping.iter().filter(|(kit, _)| self.profile.cohorts.contains(&kit.cohort));
        let own = match own.count() {
            0 => String::new(),
            count => format!("; about groups you named: {count}"),
        };
        let judgement = match live {
            0 => {
                let gap = "What our toolkits say about it is past its review date.";
                Judgement::partly(gap).with_gap(gap)
            }
            1 => Judgement::met(format!("One section of our toolkits helps deliver it{own}.")),
            many => {
                Judgement::met(format!("{many} sections of our toolkits help deliver it{own}."))
            }
        };
        from_section(judgement, toolkit, section)
    }

    fn evidence(&self, action: &CharterAction) -> Judgement {
        let judgement = if action.evidenced {
            Judgement::met("A published pledge shows that organisations take it.")
        } else {
            let gap = "We know of no published pledge of it: it is an illustration.";
            Judgement::unmet(gap).with_gap(gap)
        };
        self.registered(judgement, action)
    }

    fn registered(&self, judgement: Judgement, action: &CharterAction) -> Judgement {
        judgement.cited(self.known.cite(&action.provenance), action.provenance.as_of)
    }
}

fn from_section(judgement: Judgement, toolkit: &Toolkit, section: &Section) -> Judgement {
    let page = link::passage(toolkit, section);
    judgement.cited(Some(page), section.dates.as_of)
}

fn section_id(toolkit: &Toolkit, section: &Section) -> String {
    format!("{}/{}", toolkit.slug, section.slug)
}
