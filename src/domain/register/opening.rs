//! Work or a placement on offer. Openings run out; postures last.

use chrono::{Days, NaiveDate};

use crate::domain::{
    register::{Body, Ending, RecordKind},
    slug::Slug,
};

words! {
    /// Everyday kinds of work, in line with the prison service's jobs board.
    WorkType {
        /// Animals.
        Animals = "animal-care", "Animal care";
        /// Caring.
        Caring = "care", "Care";
        /// Cleaning and maintenance.
        Cleaning = "cleaning", "Cleaning and maintenance";
        /// Building and trades.
        Construction = "construction", "Construction and trades";
        /// Cooking and kitchens.
        Kitchen = "kitchen", "Kitchen and catering";
        /// Driving.
        Driving = "driving", "Driving";
        /// Hair, beauty, sport.
        Personal = "personal-services", "Hair, beauty and sport";
        /// Guests and tables.
        Hospitality = "hospitality", "Hospitality";
        /// Computers.
        Digital = "digital", "Digital";
        /// Making things.
        Manufacturing = "manufacturing", "Manufacturing";
        /// Office.
        Office = "office", "Office";
        /// Outdoors.
        Outdoor = "outdoor", "Outdoor";
        /// Shops.
        Retail = "retail", "Retail";
        /// Security.
        Security = "security", "Security";
        /// Teaching.
        Teaching = "teaching", "Teaching and training";
        /// Warehouses.
        Warehouse = "warehouse", "Warehousing";
        /// Waste.
        Waste = "waste", "Waste and recycling";
        /// Something else.
        Other = "other", "Other";
    }
}

words! {
    /// When the work is done.
    Pattern {
        /// By day.
        Day = "day", "Daytime";
        /// In the evening.
        Evening = "evening", "Evenings";
        /// By night.
        Night = "night", "Nights";
        /// At weekends.
        Weekend = "weekend", "Weekends";
        /// In shifts.
        Shifts = "shifts", "Shifts";
        /// In term time.
        TermTime = "term-time", "Term time";
        /// When it suits.
        Flexible = "flexible", "Flexible";
        /// Longer days, fewer of them.
        Compressed = "compressed", "Compressed hours";
        /// Shared by two.
        JobShare = "job-share", "Job share";
        /// So many hours a year.
        Annualised = "annualised", "Annualised hours";
        /// Starting earlier or later.
        Staggered = "staggered", "Staggered hours";
    }
}

words! {
    /// How many hours.
    Hours {
        /// Below 30 a week.
        PartTime = "part-time", "Part time";
        /// 30 to 40 a week.
        FullTime = "full-time", "Full time";
        /// Above 40 a week.
        OverForty = "over-40", "Over 40 hours";
        /// None promised.
        ZeroHours = "zero-hours", "Zero hours";
    }
}

words! {
    /// The kind of contract.
    Contract {
        /// Permanent.
        Permanent = "permanent", "Permanent";
        /// For a fixed term.
        FixedTerm = "fixed-term", "Fixed term";
        /// Temporary or through an agency.
        Temporary = "temporary", "Temporary";
        /// Self-employed.
        SelfEmployed = "self-employed", "Self-employed";
        /// An apprenticeship.
        Apprenticeship = "apprenticeship", "Apprenticeship";
        /// A placement or work experience.
        Placement = "placement", "Placement";
    }
}

words! {
    /// Where the work is done.
    Base {
        /// At the employer's.
        OnSite = "on-site", "On site";
        /// Partly at home.
        Hybrid = "hybrid", "Hybrid";
        /// At home.
        Remote = "remote", "Remote";
    }
}

words! {
    /// The criminal record check the work needs by law or rule.
    DbsLevel {
        /// None.
        None = "none", "None";
        /// Basic.
        Basic = "basic", "Basic";
        /// Standard.
        Standard = "standard", "Standard";
        /// Enhanced.
        Enhanced = "enhanced", "Enhanced";
        /// Enhanced with barred lists.
        EnhancedBarred = "enhanced-barred", "Enhanced with barred lists";
    }
}

words! {
    /// What a wage is paid for.
    PayPeriod {
        /// An hour.
        Hour = "hour", "an hour";
        /// A week.
        Week = "week", "a week";
        /// A month.
        Month = "month", "a month";
        /// A year.
        Year = "year", "a year";
    }
}

words! {
    /// Where an opening stands on a day.
    OpeningState {
        /// It can be applied for.
        Open = "open", "Open";
        /// Its closing date has passed.
        Closed = "closed", "Closed";
        /// It was taken back.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

/// For so many days a number of places counts that nobody has confirmed since.
const PLACES_HOLD_DAYS: u64 = 90;

/// Work or a placement on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The employer.
    pub organisation: Slug,
    /// What it is called.
    pub title: String,
    /// What is done.
    pub description: Option<String>,
    /// Kind of work.
    pub work_type: WorkType,
    /// Label of the employer's site; absent if it is nationwide or not said.
    pub site: Option<String>,
    /// Whether it can be done anywhere in the country.
    pub national: bool,
    /// When the work is done.
    pub patterns: Vec<Pattern>,
    /// How many hours.
    pub hours: Option<Hours>,
    /// Kind of contract.
    pub contract: Option<Contract>,
    /// Where the work is done.
    pub base: Option<Base>,
    /// Pay.
    pub pay: Option<Pay>,
    /// Check the work needs.
    pub dbs_level: Option<DbsLevel>,
    /// Licences and cards needed, such as `CSCS`.
    pub licences: Vec<String>,
    /// What a person must bring.
    pub essentials: Option<String>,
    /// Groups it is meant for; empty for everybody.
    pub cohorts: Vec<Slug>,
    /// First day of work.
    pub starts_on: Option<NaiveDate>,
    /// Last day to apply; absent if it is rolling.
    pub closes_on: Option<NaiveDate>,
    /// How many people it can take; absent if not said.
    pub places: Option<i32>,
}

/// Pay in pence before tax.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pay {
    /// At least.
    pub from_pence: i64,
    /// At most.
    pub to_pence: Option<i64>,
    /// For how long.
    pub period: PayPeriod,
}

impl Opening {
    /// Where it stands on a day; the closing date itself still counts as open.
    pub fn state(&self, ended: Option<&Ending>, day: NaiveDate) -> OpeningState {
        if ended.is_some_and(|ending| ending.on <= day) {
            OpeningState::Withdrawn
        } else if self.closes_on.is_some_and(|last| day > last) {
            OpeningState::Closed
        } else {
            OpeningState::Open
        }
    }

    /// The places on a day; a number that nobody stood by for 90 days is not known.
    pub fn places_on(&self, stood_by: Option<NaiveDate>, day: NaiveDate) -> Option<i32> {
        let until = Self::places_until(stood_by);
        self.places.filter(|_| until.is_some_and(|last| day <= last))
    }

    /// The last day on which a number of places counts that was last stood by on a day.
    pub fn places_until(stood_by: Option<NaiveDate>) -> Option<NaiveDate> {
        stood_by.and_then(|on| on.checked_add_days(Days::new(PLACES_HOLD_DAYS)))
    }
}

impl Body for Opening {
    const KIND: RecordKind = RecordKind::Opening;

    fn owner(&self) -> Option<&Slug> {
        Some(&self.organisation)
    }

    fn natural_slug(&self) -> Slug {
        let site = self.site.as_deref().unwrap_or_default();
        Slug::of_words([self.organisation.as_str(), &self.title, site])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_places_is_unknown_not_zero_after_ninety_days() {
        let on = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let after = |days| on.checked_add_days(Days::new(days)).unwrap();
        let opening = Opening {
            organisation: Slug::parse("brook-bakery").unwrap(),
            title: "Baker".to_owned(),
            description: None,
            work_type: WorkType::Kitchen,
            site: None,
            national: false,
            patterns: Vec::new(),
            hours: None,
            contract: None,
            base: None,
            pay: None,
            dbs_level: None,
            licences: Vec::new(),
            essentials: None,
            cohorts: Vec::new(),
            starts_on: None,
            closes_on: Some(after(100)),
            places: Some(5),
        };
        assert_eq!(opening.places_on(Some(on), after(90)), Some(5));
        assert_eq!(opening.places_on(Some(on), after(91)), None);
        assert_eq!(opening.places_on(None, after(0)), None);
        assert_eq!(opening.state(None, after(100)), OpeningState::Open);
        assert_eq!(opening.state(None, after(101)), OpeningState::Closed);
    }
}
