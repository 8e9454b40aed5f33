//! What is known of an employer and its openings as one need sees it on one day: small,
//! without texts, so that a million of them can be judged.

use chrono::{Days, NaiveDate};

use crate::domain::{
    freshness::Freshness,
    matching::need::{
        asked::Asked,
        bits::{Bits, bits},
        candidate::{At, Candidate, OpeningAt, Told},
    },
    place::{Point, distance_miles},
    register::{
        Base, DbsLevel, EnglishLevel, Hours, OffenceGroup, OffenceStance, Opening, Pattern,
        Posture, SelectionOffer, Stance, WorkType,
    },
    slug::Slug,
};

/// An employer as one need sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmployerFacts {
    /// It is no longer in the register.
    pub withdrawn: bool,
    /// It asked not to be contacted.
    pub do_not_contact: bool,
    /// What it says of the group.
    pub posture: Option<PostureFacts>,
    /// What it pledged.
    pub pledge: PledgeFit,
    /// Thousandths of a mile to its nearest site.
    pub milli_miles: Option<u32>,
    /// Whether its sector suits; `None` if it is not known.
    pub sector: Option<bool>,
    /// Which of the words looked for it uses.
    pub words: u32,
}

/// What an employer says of the group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostureFacts {
    /// How it stands.
    pub stance: Stance,
    /// How fresh that is.
    pub fresh: Freshness,
    /// Whether it should have been asked again by now.
    pub due: bool,
    /// What it offers; day release also where it only said that it accepts it.
    pub offers: Bits<SelectionOffer>,
    /// Whether it said anything of what it offers.
    pub offers_said: bool,
    /// The highest level of English that it needs in any skill.
    pub english: Option<EnglishLevel>,
    /// What it rules out.
    pub offences: OffencesSaid,
}

/// What an employer rules out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OffencesSaid {
    /// It has not said.
    NotStated,
    /// Nothing.
    None,
    /// It looks at each case.
    CaseByCase,
    /// These groups.
    Listed(Bits<OffenceGroup>),
}

/// Whom live pledges are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PledgeFit {
    /// There is none, or only about other groups.
    None,
    /// Any group.
    Any,
    /// The very group.
    Group,
}

/// For whom an opening is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeantFor {
    /// Other groups.
    Others,
    /// Everybody.
    Everybody,
    /// The very group.
    Group,
}

/// An opening as one need sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpeningFacts {
    /// Kind of work.
    pub work_type: WorkType,
    /// When.
    pub patterns: Bits<Pattern>,
    /// How many hours.
    pub hours: Option<Hours>,
    /// Where it is done.
    pub base: Option<Base>,
    /// Whether it can be done anywhere in the country.
    pub national: bool,
    /// The check it needs.
    pub dbs: Option<DbsLevel>,
    /// Thousandths of a mile to where it is.
    pub milli_miles: Option<u32>,
    /// For whom it is.
    pub meant_for: MeantFor,
    /// Places left.
    pub places: Option<i32>,
    /// How fresh what was said of it is.
    pub fresh: Freshness,
    /// Which of the words looked for it uses.
    pub words: u32,
}

/// The days from which what was stood by is fresh on one day, so that freshness is a
/// comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FreshSince {
    recent: NaiveDate,
    year: NaiveDate,
}

impl FreshSince {
    /// Those days for today.
    pub fn of(today: NaiveDate) -> Self {
        let earliest = |wanted: &[Freshness]| {
            let days = (0..=400).rev().filter_map(|back| today.checked_sub_days(Days::new(back)));
            let mut days = days.filter(|day| wanted.contains(&Freshness::of(Some(*day), today)));
            days.next().unwrap_or(today)
        };
        Self {
            recent: earliest(&[Freshness::NinetyDays]),
            year: earliest(&[Freshness::NinetyDays, Freshness::Year]),
        }
    }

    /// How fresh is what was last stood by on a day.
    pub fn freshness(self, last: Option<NaiveDate>) -> Freshness {
        match last {
            None => Freshness::Never,
            Some(day) if day >= self.recent => Freshness::NinetyDays,
            Some(day) if day >= self.year => Freshness::Year,
            Some(_) => Freshness::Stale,
        }
    }
}

/// Thousandths of a mile between two places, rounded.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "no two places are more than 12,500 miles apart"
)]
pub(super) fn milli_miles(from: Point, to: Point) -> u32 {
    (distance_miles(from, to) * 1000.0).round() as u32
}

impl PostureFacts {
    /// What a posture says on a day.
    pub fn of(told: &Told<Posture>, asked: &Asked<'_>) -> Self {
        let body = &told.body;
        let accepts = body.day_release.is_some_and(|release| release.accepts);
        let offers = bits(&body.offers);
        let english = [body.english.speaking, body.english.reading, body.english.writing];
        let offences = match &body.offences {
            None => OffencesSaid::NotStated,
            Some(said) => match said.stance {
                OffenceStance::NoneExcluded => OffencesSaid::None,
                OffenceStance::CaseByCase => OffencesSaid::CaseByCase,
                OffenceStance::Listed => OffencesSaid::Listed(bits(&said.groups)),
            },
        };
        Self {
            stance: body.stance,
            fresh: asked.fresh_since().freshness(told.stood_by),
            due: body.review_by.is_some_and(|last| asked.today() > last),
            offers: if accepts { offers.with(SelectionOffer::DayRelease) } else { offers },
            offers_said: !offers.is_empty() || body.day_release.is_some(),
            english: english.into_iter().flatten().max(),
            offences,
        }
    }
}

impl Candidate {
    /// The employer as a need sees it.
    pub fn facts(&self, asked: &Asked<'_>) -> EmployerFacts {
        let (need, today) = (asked.need(), asked.today());
        let concerns = |cohorts: &[Slug]| match cohorts {
            [] => PledgeFit::Any,
            named if named.contains(&need.cohort) => PledgeFit::Group,
            _ => PledgeFit::None,
        };
        let live = self.pledges.iter().filter(|pledge| pledge.live(today));
        EmployerFacts {
            withdrawn: !self.is_listed(today),
            do_not_contact: self.do_not_contact,
            posture: self.posture(&need.cohort, today).map(|told| PostureFacts::of(told, asked)),
            pledge: live.map(|pledge| concerns(&pledge.cohorts)).max().unwrap_or(PledgeFit::None),
            milli_miles: self.nearest(asked),
            sector: self.sector.as_ref().map(|sector| need.sectors.contains(sector)),
            words: asked.words_in(&self.words),
        }
    }

    fn nearest(&self, asked: &Asked<'_>) -> Option<u32> {
        let points = self.sites.iter().filter_map(|site| site.point);
        points.filter_map(|point| asked.milli_miles(point)).min()
    }

    /// One of its openings as a need sees it; `None` if it is not open.
    pub fn opening_facts(&self, opening: &OpeningAt, asked: &Asked<'_>) -> Option<OpeningFacts> {
        if !opening.is_open(asked.today()) {
            return None;
        }
        let told = &opening.told;
        let body: &Opening = &told.body;
        let cohort = &asked.need().cohort;
        Some(OpeningFacts {
            work_type: body.work_type,
            patterns: bits(&body.patterns),
            hours: body.hours,
            base: body.base,
            national: body.national,
            dbs: body.dbs_level,
            milli_miles: match opening.at {
                At::Site(point) => asked.milli_miles(point),
                At::Unknown => None,
                At::Nearest => self.nearest(asked),
            },
            meant_for: match body.cohorts.as_slice() {
                [] => MeantFor::Everybody,
                named if named.contains(cohort) => MeantFor::Group,
                _ => MeantFor::Others,
            },
            places: opening.places.as_ref().and_then(|places| places.on(asked.today())),
            fresh: asked.fresh_since().freshness(told.stood_by),
            words: asked.words_in(&opening.words),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparing_days_comes_to_the_same_as_freshness_itself() {
        let first = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        for today in first.iter_days().take(1200).step_by(7) {
            let since = FreshSince::of(today);
            for back in 0..800 {
                let last = today.checked_sub_days(Days::new(back));
                assert_eq!(since.freshness(last), Freshness::of(last, today), "{today} {back}");
            }
            let ahead = today.checked_add_days(Days::new(3));
            assert_eq!(since.freshness(ahead), Freshness::of(ahead, today));
        }
    }
}
