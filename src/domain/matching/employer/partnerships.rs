//! Workforce development partnerships that fit an employer.
//!
//! A partnership is a forum to join, not a provider: it is judged by its sectors,
//! its area, the needs voiced in it and the training around it.

use crate::domain::{
    matching::{
        employer::{
            common,
            members::{FittingMember, FittingNeed, in_sector, members, needs},
            training::{self, FittingCourse, Offer},
        },
        hit::{Hit, LeftOut, Ranked, Subject},
        knowledge::Knowledge,
        link,
        occupation::{Nearness, nearness},
        policy::{Code, PartnershipCriterion, PartnershipRule, Policy},
        profile::{Profile, SkillWanted},
        relevance::Relevance,
        score::{Judgement, Portion, assess},
    },
    register::{Partnership, Provenance},
    search::Kind,
    slug::Slug,
};

/// What only partnerships have.
#[derive(Debug, Clone, PartialEq)]
pub struct FittingPartnership {
    /// Sectors it is for.
    pub sectors: Vec<Slug>,
    /// Counties it covers.
    pub area: Vec<String>,
    /// Who runs the meetings.
    pub facilitator: Option<String>,
    /// How often it meets, in words.
    pub cadence: Option<String>,
    /// Its members, those to ring first in front.
    pub members: Vec<FittingMember>,
    /// Needs the employer shares.
    pub needs: Vec<FittingNeed>,
    /// Courses around it that fit.
    pub courses: Vec<FittingCourse>,
}

/// Ranks every partnership for an employer.
pub fn partnerships(
    profile: &Profile,
    known: &Knowledge<'_>,
    relevance: &Relevance,
    policy: &Policy,
) -> Ranked<FittingPartnership> {
    let profile = &profile.normalised();
    let all = &known.reference.partnerships;
    let (inside, outside): (Vec<_>, Vec<_>) = all.iter().partition(|p| !is_outside(profile, p));
    let asked = Asked { profile, known, relevance, policy };
    let hits = inside.into_iter().map(|partnership| asked.hit(partnership)).collect();
    let rule = PartnershipRule::OutsideArea;
    let left_out = LeftOut {
        reason: rule.as_str(),
        text: policy.partnerships.reason(rule).to_owned(),
        count: outside.len(),
    };
    Ranked::new(hits, vec![left_out], |_| ())
}

/// Whether the employer's county is known, and so is the area, and it is not in it.
fn is_outside(profile: &Profile, partnership: &Partnership) -> bool {
    profile.place.as_ref().is_some_and(|place| {
        !partnership.area.is_empty()
            && !partnership.area.iter().any(|county| same(county, &place.county))
    })
}

fn same(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

/// One question to all partnerships.
struct Asked<'a> {
    profile: &'a Profile,
    known: &'a Knowledge<'a>,
    relevance: &'a Relevance,
    policy: &'a Policy,
}

impl Asked<'_> {
    fn hit(&self, partnership: &Partnership) -> Hit<FittingPartnership> {
        let (profile, known, policy) = (self.profile, self.known, self.policy);
        let offers = training::offers(partnership, profile, known);
        let assessment = assess(&policy.partnerships, policy.scale, |criterion| match criterion {
            PartnershipCriterion::Sector => self.sector(partnership),
            PartnershipCriterion::Skills => self.skills(partnership, &offers),
            PartnershipCriterion::Training => {
                training::judge(&offers, profile, known, policy.scale)
            }
            PartnershipCriterion::Area => self.area(partnership),
            PartnershipCriterion::Question => {
                common::question(profile, self.relevance, Kind::Partnership, &partnership.slug)
            }
            PartnershipCriterion::Cohort => training::cohort(&offers, profile, known),
            PartnershipCriterion::Activity => self.activity(partnership),
        });
        let courses = training::fitting(&offers, profile, known);
        let subject = Subject {
            kind: Kind::Partnership,
            id: partnership.slug.to_string(),
            title: partnership.name.clone(),
            url: link::page(Kind::Partnership, &partnership.slug),
            summary: partnership.summary.clone(),
            fictional: partnership.provenance.fictional,
        };
        let item = FittingPartnership {
            sectors: partnership.sectors.clone(),
            area: partnership.area.clone(),
            facilitator: partnership.facilitator.clone(),
            cadence: partnership.cadence.clone(),
            members: members(partnership, &courses, known),
            needs: needs(partnership, profile, known),
            courses,
        };
        subject.scored(assessment, item).known_on(partnership.provenance.as_of)
    }

    fn cited(&self, judgement: Judgement, provenance: &Provenance) -> Judgement {
        judgement.cited(self.known.cite(provenance), provenance.as_of)
    }

    fn sector(&self, partnership: &Partnership) -> Judgement {
        let Some(own) = &self.profile.sector else {
            return common::sector_unknown(Portion::All);
        };
        let label = self.known.vocabulary.sector_label(own);
        if partnership.sectors.contains(own) {
            let met = Judgement::met(format!("It is for your sector: {label}."));
            return self.cited(met, &partnership.provenance);
        }
        let voiced = partnership.needs.iter().filter(|need| in_sector(need, own, self.known));
        if let Some(need) = voiced.min_by_key(|need| &need.slug) {
            let text = format!("A need voiced in it is about your sector: {}.", need.title);
            return self.cited(Judgement::partly(text), &need.provenance);
        }
        let labels = self.known.sector_labels(&partnership.sectors);
        let unmet = Judgement::unmet(format!("It is for other sectors: {labels}."));
        self.cited(unmet, &partnership.provenance)
    }

    fn skills(&self, partnership: &Partnership, offers: &[Offer<'_>]) -> Judgement {
        let coded = coded(partnership, offers);
        if self.profile.skills.is_empty() {
            let to = if coded.is_empty() { Portion::Nothing } else { Portion::All };
            let text = "You have not named an occupation you are short of; give its SOC code to have this judged.";
            return Judgement::unknown(text).raised_by("Name an occupation you are short of", to);
        }
        let missing = missing(&self.profile.skills, offers);
        let pairs = self.profile.skills.iter().flat_map(|skill| {
            coded
                .iter()
                .filter_map(move |held| Some((nearness(&skill.soc, held.soc)?, skill, held)))
        });
        let best = pairs.min_by_key(|(near, skill, held)| {
            (std::cmp::Reverse(*near), *skill, held.text.as_str(), held.soc)
        });
        let judgement = match best {
            Some((Nearness::UnitGroup, skill, held)) => {
                let text = format!("You need {}. {}", wanted(skill), held.text);
                self.cited(Judgement::met(text), held.provenance)
            }
            Some((Nearness::MinorGroup, skill, held)) => {
                let (text, soc) = (&held.text, held.soc);
                let text = format!("You need {}; SOC {soc} is close to it. {text}", wanted(skill));
                self.cited(Judgement::partly(text), held.provenance)
            }
            None => {
                let text = "No need voiced in it and no course for its sectors is about an occupation you named.";
                Judgement::unmet(text)
            }
        };
        match missing {
            Some(gap) => judgement.with_gap(gap),
            None => judgement,
        }
    }

    fn area(&self, partnership: &Partnership) -> Judgement {
        let Some(place) = &self.profile.place else {
            let any = if partnership.area.is_empty() { Portion::Nothing } else { Portion::All };
            return training::place_unknown(self.profile, any);
        };
        if partnership.area.is_empty() {
            return Judgement::unknown("Its area is not recorded; ask who runs it.");
        }
        let (name, county) = (&place.name, &place.county);
        let met = Judgement::met(format!("{name} is in {county}, which it covers."));
        self.cited(met, &partnership.provenance)
    }

    fn activity(&self, partnership: &Partnership) -> Judgement {
        let heard = partnership.provenance.as_of;
        let day = heard.format("%-d %B %Y");
        let text = format!("It was last heard of on {day}.");
        let days = (self.known.today - heard).num_days();
        let scale = self.policy.scale;
        let judgement = if days <= i64::from(scale.recent_days) {
            Judgement::met(text)
        } else if days <= i64::from(scale.silent_days) {
            Judgement::partly(text)
        } else {
            let gap = format!("Nothing newer than {day} is recorded: ask when it next meets.");
            Judgement::unmet(text).with_gap(gap)
        };
        self.cited(judgement, &partnership.provenance)
    }
}

/// An occupation that a need or a course of a partnership is about.
struct Coded<'a> {
    soc: &'a str,
    text: String,
    provenance: &'a Provenance,
}

fn coded<'a>(partnership: &'a Partnership, offers: &[Offer<'a>]) -> Vec<Coded<'a>> {
    let needs = partnership.needs.iter().flat_map(|need| {
        need.soc.iter().map(|soc| Coded {
            soc,
            text: format!("A need voiced in it: {}.", need.title),
            provenance: &need.provenance,
        })
    });
    let courses = offers.iter().flat_map(|offer| {
        offer.course.soc.iter().map(|soc| Coded {
            soc,
            text: format!("A course: {} at {}.", offer.course.title, offer.provider.name),
            provenance: &offer.course.provenance,
        })
    });
    needs.chain(courses).collect()
}

/// What no course around the partnership trains for, in a sentence.
fn missing(skills: &[SkillWanted], offers: &[Offer<'_>]) -> Option<String> {
    let taught = |skill: &&SkillWanted| {
        let mut codes = offers.iter().flat_map(|offer| &offer.course.soc);
        codes.any(|soc| nearness(&skill.soc, soc) == Some(Nearness::UnitGroup))
    };
    let missing: Vec<String> = skills.iter().filter(|skill| !taught(skill)).map(wanted).collect();
    (!missing.is_empty())
        .then(|| format!("We know of no course for its sectors in: {}.", missing.join("; ")))
}

fn wanted(skill: &SkillWanted) -> String {
    let count = skill.headcount.map(|count| match count {
        1 => "1 person".to_owned(),
        many => format!("{many} people"),
    });
    let by = skill.by.map(|day| format!("by {}", day.format("%-d %B %Y")));
    let detail: Vec<String> = [count, by].into_iter().flatten().collect();
    let detail = if detail.is_empty() { String::new() } else { format!(" ({})", detail.join(" ")) };
    format!("SOC {}{detail}", skill.soc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wanted_skill_is_named_with_number_and_day() {
        let by = chrono::NaiveDate::from_ymd_opt(2027, 3, 1);
        let skill = SkillWanted { soc: "5315".into(), headcount: Some(2), by };
        assert_eq!(wanted(&skill), "SOC 5315 (2 people by 1 March 2027)");
        let bare = SkillWanted { headcount: None, by: None, ..skill };
        assert_eq!(wanted(&bare), "SOC 5315");
    }
}
