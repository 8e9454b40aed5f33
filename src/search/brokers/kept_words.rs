//! Words, names and days as bytes.

use chrono::{Datelike, NaiveDate};

use crate::{
    domain::{
        register::{
            Audience, Base, Channel, Contract, DbsLevel, DisclosureTiming, EnglishLevel, Hours,
            OffenceGroup, OffenceStance, Pattern, PayPeriod, SelectionOffer, Stance, Voice,
            WorkType,
        },
        size_band::SizeBand,
        slug::Slug,
    },
    search::brokers::pen::{Glass, Kept, Pen, kept_words},
};

kept_words!(
    Audience,
    Base,
    Channel,
    Contract,
    DbsLevel,
    DisclosureTiming,
    EnglishLevel,
    Hours,
    OffenceGroup,
    OffenceStance,
    Pattern,
    PayPeriod,
    SelectionOffer,
    SizeBand,
    Stance,
    Voice,
    WorkType,
);

impl Kept for Slug {
    fn write(&self, to: &mut Pen) {
        to.number(self.as_str().len() as u64);
        to.bytes.extend_from_slice(self.as_str().as_bytes());
    }

    fn read(from: &mut Glass<'_>) -> Option<Self> {
        Self::parse(&String::read(from)?).ok()
    }
}

impl Kept for NaiveDate {
    fn write(&self, to: &mut Pen) {
        self.num_days_from_ce().write(to);
    }

    fn read(from: &mut Glass<'_>) -> Option<Self> {
        Self::from_num_days_from_ce_opt(i32::read(from)?)
    }
}
