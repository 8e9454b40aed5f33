//! What every record of the register carries: its name, who said it, when, and
//! until when it counts.

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::{freshness::Freshness, slug::Slug};

words! {
    /// A kind of record; its label stands within a sentence.
    RecordKind {
        /// An employer, provider, charity or public body.
        Organisation = "organisation", "organisation";
        /// An organisation's year under the charter.
        Signature = "signature", "charter signature";
        /// An action it chose for that year.
        Pledge = "pledge", "pledge";
        /// What it says about hiring from one group.
        Posture = "posture", "posture";
        /// Work or a placement on offer.
        Opening = "opening", "opening";
        /// A meeting, visit or campaign.
        Event = "event", "event";
        /// How somebody did it.
        CaseStudy = "case-study", "case study";
        /// A coordinator or broker brought two sides together.
        Introduction = "introduction", "introduction";
        /// What a partnership needs.
        Need = "need", "need";
        /// What a provider teaches.
        Course = "course", "course";
        /// An option of the charter's menu.
        Action = "charter-action", "charter action";
        /// A badge, award or pledge of somebody else.
        Scheme = "recognition-scheme", "recognition scheme";
        /// What the charter was from some day on.
        CharterVersion = "charter-version", "charter version";
        /// A forum of employers and providers.
        Partnership = "workforce-partnership", "partnership";
        /// A meeting of a partnership.
        Meeting = "meeting", "meeting";
        /// What a partnership agreed to do.
        PartnershipAction = "partnership-action", "action of a partnership";
    }
}

words! {
    /// On whose word a record rests.
    Voice {
        /// The organisation itself said it.
        Organisation = "organisation", "the organisation itself";
        /// The partnership's officer wrote it down.
        Partnership = "partnership", "the partnership";
        /// A public source says it.
        Source = "public-source", "a public source";
        /// It came with a list and nobody has confirmed it.
        List = "list", "an imported list";
    }
}

words! {
    /// Who may be shown something.
    Audience {
        /// Everybody.
        Public = "public", "Public";
        /// Verified caseworkers and above.
        Broker = "broker", "Verified brokers";
        /// The partnership's coordinators and above.
        Coordinator = "coordinator", "Coordinators";
    }
}

/// Who said something, when, and until when it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// On whose word it rests.
    pub voice: Voice,
    /// The role of who said it, such as `HR manager`; never a person's name.
    pub by: Option<String>,
    /// The day it was said.
    pub on: NaiveDate,
    /// The last day it counts, where that is known.
    pub until: Option<NaiveDate>,
    /// Where it can be read: an address, or a sentence.
    pub source: Option<String>,
}

/// From when a record no longer counts, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// The first day it does not count.
    pub on: NaiveDate,
    /// Why, in a sentence.
    pub reason: Option<String>,
}

/// What is said in a record of one kind.
pub trait Body: Clone + PartialEq {
    /// The kind.
    const KIND: RecordKind;

    /// The organisation it belongs to, where it belongs to one.
    fn owner(&self) -> Option<&Slug>;

    /// A public name for it, made from what identifies it among its kind, so that
    /// the same thing written twice has the same name.
    fn natural_slug(&self) -> Slug;
}

/// A record as somebody writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft<T> {
    /// Public name; made from the body if there is none.
    pub slug: Option<Slug>,
    /// Who says it.
    pub said: Statement,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
    /// What is said.
    pub body: T,
}

/// A record as the register has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Record<T> {
    /// Public name, unique in its kind.
    pub slug: Slug,
    /// 1 for the first version, one more with each change.
    pub version: i64,
    /// Who said it.
    pub said: Statement,
    /// The last day that somebody who knows confirmed it.
    pub confirmed_on: Option<NaiveDate>,
    /// From when it no longer counts.
    pub ended: Option<Ending>,
    /// Whether it was invented for a demonstration.
    pub fictional: bool,
    /// When this version was written, UTC.
    pub recorded_at: NaiveDateTime,
    /// The day on which somebody first reported that it is not what they found, where
    /// nobody who knows has stood by it since.
    pub doubted_on: Option<NaiveDate>,
    /// What is said.
    pub body: T,
}

impl<T: Body> Draft<T> {
    /// The public name it asks for, or the one made from its body.
    pub fn name(&self) -> Slug {
        self.slug.clone().unwrap_or_else(|| self.body.natural_slug())
    }
}

impl<T> Record<T> {
    /// Whether it counts on a day: said by then, not ended, not past its last day.
    pub fn counts_on(&self, day: NaiveDate) -> bool {
        self.said.on <= day
            && self.said.until.is_none_or(|last| day <= last)
            && self.ended.as_ref().is_none_or(|ending| day < ending.on)
    }

    /// The last day that somebody who knows stood by it: confirmed it, or, if the
    /// organisation itself spoke, said it.
    pub fn last_stood_by(&self) -> Option<NaiveDate> {
        let own = (self.said.voice == Voice::Organisation).then_some(self.said.on);
        self.confirmed_on.max(own)
    }

    /// The last day that somebody who knows stood by it, unless it was reported since as
    /// not what was found: then nobody's word counts until it is given again.
    pub fn relied_on(&self) -> Option<NaiveDate> {
        self.last_stood_by().filter(|_| self.doubted_on.is_none())
    }

    /// How fresh it is on a day. What was reported since somebody stood by it is stale.
    pub fn freshness(&self, today: NaiveDate) -> Freshness {
        if self.doubted_on.is_some_and(|day| day <= today) && self.last_stood_by().is_some() {
            return Freshness::Stale;
        }
        Freshness::of(self.last_stood_by(), today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    fn record(voice: Voice) -> Record<()> {
        let said =
            Statement { voice, by: None, on: day(3, 1), until: Some(day(9, 30)), source: None };
        Record {
            slug: Slug::parse("a").unwrap(),
            version: 1,
            said,
            confirmed_on: None,
            ended: None,
            fictional: true,
            recorded_at: day(3, 1).and_hms_opt(9, 0, 0).unwrap(),
            doubted_on: None,
            body: (),
        }
    }

    #[test]
    fn it_counts_from_the_day_it_was_said_to_its_last_day_or_its_end() {
        let mut record = record(Voice::Partnership);
        assert!(!record.counts_on(day(2, 28)));
        assert!(record.counts_on(day(3, 1)));
        assert!(record.counts_on(day(9, 30)));
        assert!(!record.counts_on(day(10, 1)));
        record.ended = Some(Ending { on: day(5, 1), reason: None });
        assert!(record.counts_on(day(4, 30)));
        assert!(!record.counts_on(day(5, 1)));
    }

    #[test]
    fn only_the_organisations_own_word_or_a_confirmation_makes_it_fresh() {
        assert_eq!(record(Voice::List).freshness(day(3, 2)), Freshness::Never);
        assert_eq!(record(Voice::Organisation).freshness(day(3, 2)), Freshness::NinetyDays);
        let mut record = record(Voice::List);
        record.confirmed_on = Some(day(6, 1));
        assert_eq!(record.freshness(day(6, 2)), Freshness::NinetyDays);
        record.doubted_on = Some(day(6, 3));
        assert_eq!(record.freshness(day(6, 2)), Freshness::NinetyDays);
        assert_eq!(record.freshness(day(6, 3)), Freshness::Stale);
    }
}
