//! Passages of our toolkits and guides of others that fit an employer.

use crate::domain::{
    freshness::Dated,
    guidance::{LibraryEntry, LibraryStatus, Section, Toolkit},
    matching::{
        employer::common::{self, StageNearness, shared},
        hit::{Hit, LeftOut, Ranked, Subject},
        knowledge::Knowledge,
        link::{self, Link},
        policy::{Code, Policy, ResourceCriterion, ResourceRule},
        profile::Profile,
        relevance::Relevance,
        score::{Judgement, Portion, assess},
    },
    search::Kind,
    size_band::SizeBand,
    slug::Slug,
    stage::Stage,
};

/// What only passages and guides have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Groups it is about; empty for any.
    pub cohorts: Vec<Slug>,
    /// Stages it helps with.
    pub stages: Vec<Stage>,
    /// `guide`, `checklist`, `template` ...
    pub format: Slug,
    /// Whether it states law.
    pub legal: bool,
    /// The official page, or the guide itself where it is somebody else's.
    pub link: Option<Link>,
    /// How far a guide of others can be relied on; absent for our own.
    pub status: Option<LibraryStatus>,
}

/// A passage or a guide, seen alike.
struct Candidate<'a> {
    subject: Subject,
    dates: Dated,
    audience: &'a [Slug],
    /// Sectors of the steps that rest on it; empty for all.
    sectors: Vec<Slug>,
    source: String,
    status_note: Option<&'a str>,
    resource: Resource,
}

/// Ranks every section, template and library entry for an employer.
pub fn resources(
    profile: &Profile,
    known: &Knowledge<'_>,
    relevance: &Relevance,
    policy: &Policy,
) -> Ranked<Resource> {
    let profile = &profile.normalised();
    let mut hits = Vec::new();
    let mut out: Vec<ResourceRule> = Vec::new();
    for candidate in candidates(known) {
        if let Some(broken) = broken_rule(profile, &candidate) {
            out.push(broken);
        } else {
            hits.push(hit(profile, known, relevance, policy, candidate));
        }
    }
    let left_out = ResourceRule::ALL.iter().map(|rule| LeftOut {
        reason: rule.as_str(),
        text: policy.resources.reason(*rule).to_owned(),
        count: out.iter().filter(|broken| *broken == rule).count(),
    });
    Ranked::new(hits, left_out.collect(), |_| ())
}

fn candidates<'a>(known: &Knowledge<'a>) -> impl Iterator<Item = Candidate<'a>> {
    let ours = known.toolkits.iter().flat_map(|toolkit| {
        link::texts(toolkit).map(move |section| Candidate::passage(toolkit, section))
    });
    ours.chain(known.library.iter().map(Candidate::library))
}

fn broken_rule(profile: &Profile, candidate: &Candidate<'_>) -> Option<ResourceRule> {
    let cohorts = &candidate.resource.cohorts;
    if candidate.resource.status == Some(LibraryStatus::Superseded) {
        return Some(ResourceRule::Superseded);
    }
    let others = !profile.cohorts.is_empty()
        && !cohorts.is_empty()
        && shared(cohorts, &profile.cohorts).is_empty();
    others.then_some(ResourceRule::AnotherCohort)
}

fn hit(
    profile: &Profile,
    known: &Knowledge<'_>,
    relevance: &Relevance,
    policy: &Policy,
    candidate: Candidate<'_>,
) -> Hit<Resource> {
    let assessment = assess(&policy.resources, policy.scale, |criterion| {
        let judgement = match criterion {
            ResourceCriterion::Question => {
                let Subject { kind, id, .. } = &candidate.subject;
                return common::question(profile, relevance, *kind, id);
            }
            ResourceCriterion::Cohort => candidate.cohort(profile, known),
            ResourceCriterion::Stage => candidate.stage(profile),
            ResourceCriterion::Sector => candidate.sector(profile, known),
            ResourceCriterion::Size => candidate.size(profile),
            ResourceCriterion::Freshness => candidate.freshness(known),
        };
        judgement.cited(Some(candidate.source.clone()), candidate.dates.as_of)
    });
    let hit = candidate.subject.scored(assessment, candidate.resource);
    hit.dated(candidate.dates, known.today)
}

impl<'a> Candidate<'a> {
    fn passage(toolkit: &'a Toolkit, section: &'a Section) -> Self {
        let id = format!("{}/{}", toolkit.slug, section.slug);
        let steps = || toolkit.steps.iter().filter(|step| step.section == section.slug);
        let mut sectors = Vec::new();
        if steps().all(|step| !step.sectors.is_empty()) {
            sectors = steps().flat_map(|step| step.sectors.clone()).collect();
        }
        Self {
            source: link::passage(toolkit, section),
            subject: Subject {
                kind: Kind::Passage,
                id,
                url: link::passage(toolkit, section),
                title: section.title.clone(),
                summary: section.summary.clone(),
                fictional: false,
            },
            dates: section.dates,
            audience: &section.audience,
            sectors,
            status_note: None,
            resource: Resource {
                cohorts: vec![toolkit.cohort.clone()],
                stages: vec![section.stage],
                format: section.format.clone(),
                legal: section.legal,
                link: link::official(toolkit, [section.official.as_deref(), None]),
                status: None,
            },
        }
    }

    fn library(entry: &'a LibraryEntry) -> Self {
        let link = Link {
            title: entry.title.clone(),
            publisher: entry.publisher.clone(),
            url: entry.url.clone(),
        };
        Self {
            subject: Subject {
                kind: Kind::Library,
                id: entry.slug.to_string(),
                title: entry.title.clone(),
                url: link::page(Kind::Library, &entry.slug),
                summary: entry.summary.clone(),
                fictional: false,
            },
            dates: entry.dates,
            audience: &entry.audience,
            sectors: Vec::new(),
            source: entry.url.clone(),
            status_note: entry.status_note.as_deref(),
            resource: Resource {
                cohorts: entry.cohorts.clone(),
                stages: entry.stages.clone(),
                format: entry.format.clone(),
                legal: false,
                link: Some(link),
                status: Some(entry.status),
            },
        }
    }

    fn cohort(&self, profile: &Profile, known: &Knowledge<'_>) -> Judgement {
        let cohorts = &self.resource.cohorts;
        let general = cohorts.is_empty();
        if profile.cohorts.is_empty() {
            return common::cohort_unknown(if general { Portion::Some } else { Portion::All });
        }
        if general {
            return Judgement::partly("It is about hiring from any group, not one you named.");
        }
        let named = known.cohort_labels(shared(cohorts, &profile.cohorts));
        Judgement::met(format!("It is about a group you named: {named}."))
    }

    fn stage(&self, profile: &Profile) -> Judgement {
        let stages = &self.resource.stages;
        let Some(at) = profile.stage else {
            let any = if stages.is_empty() { Portion::Nothing } else { Portion::All };
            return common::stage_unknown(any);
        };
        let nearest = stages.iter().map(|stage| (common::stage_nearness(at, *stage), *stage)).max();
        match nearest {
            Some((StageNearness::Same, _)) => {
                Judgement::met(format!("It belongs to the stage you are at: {}.", at.label()))
            }
            Some((StageNearness::Next, stage)) => Judgement::partly(format!(
                "It belongs to {}, next to the stage you are at.",
                stage.label()
            )),
            Some((StageNearness::Far, stage)) => Judgement::unmet(format!(
                "It belongs to another stage of hiring: {}.",
                stage.label()
            )),
            None => Judgement::unmet("It is not tied to a stage of hiring."),
        }
    }

    fn sector(&self, profile: &Profile, known: &Knowledge<'_>) -> Judgement {
        let general = self.sectors.is_empty();
        let Some(sector) = &profile.sector else {
            return common::sector_unknown(if general { Portion::Some } else { Portion::All });
        };
        let own = known.vocabulary.sector_label(sector);
        if general {
            Judgement::partly(format!("It is for every sector, so for {own} too."))
        } else if self.sectors.contains(sector) {
            Judgement::met(format!("Its steps are for your sector: {own}."))
        } else {
            Judgement::unmet(format!(
                "Its steps are for other sectors: {}.",
                known.sector_labels(&self.sectors)
            ))
        }
    }

    fn size(&self, profile: &Profile) -> Judgement {
        let readers = |size: SizeBand| match size {
            SizeBand::Micro | SizeBand::Small => ("owner", "the owner of a small firm"),
            SizeBand::Medium | SizeBand::Large => ("hr", "people who work in HR"),
        };
        let written_for = |reader: &str| self.audience.iter().any(|slug| *slug == *reader);
        let Some(size) = profile.size_band else {
            let any = self.audience.is_empty();
            let best = SizeBand::ALL.iter().any(|size| written_for(readers(*size).0));
            let to = match (any, best) {
                (true, _) => Portion::Some,
                (_, true) => Portion::All,
                _ => Portion::Nothing,
            };
            let text = "You have not said how many people you employ; say it to have this judged.";
            return Judgement::unknown(text).raised_by("Tell us how many people you employ", to);
        };
        let (reader, words) = readers(size);
        if self.audience.is_empty() {
            Judgement::partly("It does not say for whom it is written.")
        } else if written_for(reader) {
            Judgement::met(format!("You employ {}, and it is written for {words}.", size.label()))
        } else {
            Judgement::unmet(format!("It is not written for {words}."))
        }
    }

    fn freshness(&self, known: &Knowledge<'_>) -> Judgement {
        let day = self.dates.review_by.format("%-d %B %Y");
        if self.dates.is_stale(known.today) {
            let gap = format!("It was to be reviewed by {day}: check the official page first.");
            return Judgement::unmet(format!("Its review date has passed: {day}.")).with_gap(gap);
        }
        match self.resource.status {
            None | Some(LibraryStatus::Current) => {
                Judgement::met(format!("It counts until its review on {day}."))
            }
            Some(status) => {
                let label = status.label();
                let note = self.status_note.unwrap_or(label);
                Judgement::partly(format!("{label}.")).with_gap(note)
            }
        }
    }
}
