//! Why an employer suits a need as well as it does.

use crate::domain::{
    freshness::Freshness,
    matching::need::{
        answer::Reach,
        explain::{
            Reason, Scene, day, listed, miles,
            rules::{DISTANCE_QUESTION, PATTERN_QUESTION},
            whom,
        },
        facts::MeantFor,
        marks::Mark,
        policy::NeedCriterion,
    },
    register::{Pattern, SelectionOffer, Stance, WorkType},
};

impl Scene<'_> {
    pub(super) fn need_reason(&self, criterion: NeedCriterion) -> Reason {
        match criterion {
            NeedCriterion::Posture => self.posture_reason(),
            NeedCriterion::Pledges => self.pledges_reason(),
            NeedCriterion::Offers => self.offers_reason(),
            NeedCriterion::Freshness => self.freshness_reason(),
            NeedCriterion::Places => self.places_reason(),
            NeedCriterion::WorkType => self.work_type_reason(),
            NeedCriterion::Sector => self.sector_reason(),
            NeedCriterion::Pattern => self.pattern_reason(),
            NeedCriterion::Hours => self.hours_reason(),
            NeedCriterion::Distance => self.distance_reason(),
            NeedCriterion::Text => self.text_reason(),
        }
    }

    fn posture_reason(&self) -> Reason {
        let group = self.group();
        match self.posture.filter(|told| told.body.stance != Stance::NotStated) {
            Some(told) => {
                let stance = told.body.stance.label().to_lowercase();
                let reason = Reason::new(format!("Towards {group} it says: {stance}.")).by(told);
                match told.body.review_by.filter(|last| self.asked.today() > *last) {
                    Some(last) => reason
                        .with_gap(format!("What it said was to be asked again by {}.", day(last))),
                    None => reason,
                }
            }
            None => match &self.opening {
                Some((opening, facts)) if facts.meant_for == MeantFor::Group => {
                    let title = &opening.told.body.title;
                    let text = format!(
                        "It has not said how it stands towards {group}, but \"{title}\" is meant \
                         for them."
                    );
                    Reason::new(text).by(&opening.told).raised_by("If it said that it is open")
                }
                _ => Reason::new(self.stance_question()).raised_by("If it said that it is open"),
            },
        }
    }

    fn pledges_reason(&self) -> Reason {
        let Some(pledge) = self.pledges().into_iter().next() else {
            let text = "It has no live pledge as an employer that concerns this group.";
            return Reason::new(text).raised_by("If it pledged as an employer for this group");
        };
        let pledged = pledge.text.trim_end_matches('.');
        let text = format!("It pledged as an employer: \"{pledged}\".{}", whom(self.own.pledge));
        Reason {
            source: Some(format!("Pledge {}, live until {}", pledge.slug, day(pledge.to))),
            as_of: Some(pledge.from),
            ..Reason::new(text).raised_by("If it pledged as an employer for this group")
        }
    }

    fn offers_reason(&self) -> Reason {
        let wants = self.asked.wants;
        if wants.is_empty() {
            let text = "You named nothing that would help in being chosen.";
            return Reason::new(text).raised_by("Name what would help under \"wants\"");
        }
        let wanted = listed(wants.words().map(SelectionOffer::label));
        let Some((told, facts)) = self.posture.zip(self.own.posture).filter(|(_, f)| f.offers_said)
        else {
            let text = format!("It has not said what it offers: ask about {wanted}.");
            return Reason::new(text).raised_by("If it offered what is wanted");
        };
        let has = |yes: bool| {
            let some = wants.words().filter(move |want| facts.offers.has(*want) == yes);
            listed(some.map(SelectionOffer::label))
        };
        let (has, lacks) = (has(true), has(false));
        let reason = match (has.as_str(), lacks.as_str()) {
            (_, "") => Reason::new(format!("It offers what is wanted: {has}.")),
            ("", _) => Reason::new(format!("It does not say that it offers: {lacks}.")),
            _ => Reason::new(format!("It offers {has}; it does not say that it offers {lacks}.")),
        };
        let reason = reason.by(told);
        if lacks.is_empty() {
            return reason;
        }
        let gap = format!("It does not say that it offers: {lacks}.");
        reason.raised_by(format!("If it offered {lacks}")).with_gap(gap)
    }

    fn freshness_reason(&self) -> Reason {
        let (fresh, stood_by, reason) = match (self.posture.zip(self.own.posture), &self.opening) {
            (Some((told, facts)), _) => (facts.fresh, told.stood_by, Reason::new("").by(told)),
            (None, Some((opening, facts))) => {
                let told = &opening.told;
                (facts.fresh, told.stood_by, Reason::new("").by(told))
            }
            (None, None) => {
                let text = "It has said nothing that could be fresh or old.";
                return Reason::new(text).raised_by("If it said how it stands");
            }
        };
        let text = match stood_by {
            Some(on) => format!("What it said was last stood by on {}.", day(on)),
            None => "Nobody who knows has stood by what is said here.".to_owned(),
        };
        let reason = Reason { text, ..reason }.raised_by("If it confirmed what it said");
        match fresh {
            Freshness::NinetyDays | Freshness::Year => reason,
            Freshness::Stale => reason.with_gap("What it said is more than a year old."),
            Freshness::Never => reason.with_gap("What it said was never confirmed."),
        }
    }

    fn places_reason(&self) -> Reason {
        let Some((opening, facts)) = &self.opening else {
            let text = "No opening of it is in the register: ask whether it has work.";
            return Reason::new(text).raised_by("If it named an opening with places");
        };
        let confirmed = opening.places.as_ref().map(|places| places.confirmed_on);
        let reason = match (facts.places, confirmed) {
            (Some(left), Some(on)) => {
                let ago = (self.asked.today() - on).num_days().max(0);
                let left = match left {
                    ..=0 => "No place is left".to_owned(),
                    1 => "1 place is left".to_owned(),
                    more => format!("{more} places are left"),
                };
                let ago = if ago == 1 { "1 day ago".to_owned() } else { format!("{ago} days ago") };
                Reason::new(format!("{left}, confirmed {ago}."))
            }
            _ => Reason::new("How many places are left is not known: ask."),
        };
        reason.by(&opening.told).raised_by("If it confirmed that it has places")
    }

    fn work_type_reason(&self) -> Reason {
        let wanted = listed(self.asked.work_types.words().map(WorkType::label));
        if wanted.is_empty() {
            return Reason::new("You named no kind of work.").raised_by("Name kinds of work");
        }
        let Some((opening, _)) = &self.opening else {
            return Reason::new(format!(
                "No opening of it is in the register: ask about {wanted}."
            ));
        };
        let kind = opening.told.body.work_type.label();
        Reason::new(format!("The work is: {kind}. You asked for: {wanted}.")).by(&opening.told)
    }

    fn sector_reason(&self) -> Reason {
        if self.asked.need().sectors.is_empty() {
            return Reason::new("You named no sector.").raised_by("Name sectors");
        }
        match &self.candidate.sector {
            Some(sector) => {
                let label = self.labels.vocabulary.sector_label(sector);
                Reason::new(format!("Its sector is: {label}."))
            }
            None => Reason::new("Its sector is not known."),
        }
    }

    fn pattern_reason(&self) -> Reason {
        if self.asked.patterns.is_empty() {
            let text = "You did not say when work can be done.";
            return Reason::new(text).raised_by("Say when work can be done");
        }
        match &self.opening {
            Some((opening, facts)) if !facts.patterns.is_empty() => {
                let times = listed(facts.patterns.words().map(Pattern::label));
                Reason::new(format!("The work is done: {times}.")).by(&opening.told)
            }
            _ => Reason::new(PATTERN_QUESTION),
        }
    }

    fn hours_reason(&self) -> Reason {
        let Some(wanted) = self.asked.need().hours else {
            return Reason::new("You did not say how many hours.").raised_by("Say how many hours");
        };
        match self
            .opening
            .as_ref()
            .and_then(|(opening, _)| Some((opening, opening.told.body.hours?)))
        {
            Some((opening, hours)) => {
                Reason::new(format!("The hours are: {}.", hours.label())).by(&opening.told)
            }
            None => Reason::new(format!("The hours are not said: ask for {}.", wanted.label())),
        }
    }

    fn distance_reason(&self) -> Reason {
        let Some(place) = &self.asked.need().place else {
            let text = "You did not say where work has to be near.";
            return Reason::new(text).raised_by("Say where work has to be near");
        };
        match self.reach() {
            Some(Reach::AtHome) => Reason::new("The work is done at home."),
            Some(Reach::Anywhere) => {
                Reason::new("The work can be done anywhere in the country: ask where.")
            }
            Some(Reach::Miles(milli)) => Reason::new(format!(
                "It is {} from {}, in a straight line.",
                miles(milli),
                place.name
            )),
            None => Reason::new(DISTANCE_QUESTION),
        }
    }

    fn text_reason(&self) -> Reason {
        if self.asked.words().is_empty() {
            let text = "You looked for no words.";
            return Reason::new(text).raised_by("Say in words what is looked for");
        }
        let words = self.own.words | self.facts().map_or(0, |facts| facts.words);
        let (found, all) = (words.count_ones(), self.asked.words().len());
        debug_assert!(self.marks.need.last().is_none_or(|mark| *mark != Mark::Unknown));
        Reason::new(format!(
            "It uses {found} of the {all} words you looked for, of itself or the work."
        ))
    }
}
