//! Fictional employers and needs, the same for the same seed: for tests and benches of the
//! caseworker's match. None of them exists.

use chrono::{Days, NaiveDate};
use pathways::domain::{
    matching::need::{
        At, Candidate, Need, OpeningAt, PlacesLeft, PledgeMade, SiteAt, Told, WITHIN_MILES,
        fingerprint,
    },
    place::{Place, Point},
    register::{
        Audience, Base, Channel, ContactRoute, DayRelease, DbsLevel, English, EnglishLevel, Hours,
        OffenceGroup, OffencePosture, OffenceStance, Opening, Pattern, Posture, SelectionOffer,
        Stance, Voice, WorkType,
    },
    size_band::SizeBand,
    slug::Slug,
};

use crate::fictional::Dice;

pub const COHORTS: [&str; 5] =
    ["prison-leavers", "refugees", "age-friendly", "military-family", "care-leavers"];
pub const SECTORS: [&str; 8] = [
    "hospitality",
    "construction",
    "health-and-care",
    "transport",
    "retail",
    "manufacturing",
    "education",
    "public-administration",
];
const WORDS: [&str; 48] = [
    "kitchen", "evening", "bak", "bread", "clean", "care", "driv", "van", "warehous", "night",
    "shift", "train", "team", "friend", "support", "site", "offic", "garden", "park", "school",
    "hospit", "shop", "food", "good", "build", "hous", "brick", "paint", "repair", "pump", "part",
    "workshop", "sort", "pack", "wash", "cook", "serv", "guest", "hotel", "laundri", "recycl",
    "tree", "farm", "anim", "digit", "phone", "desk", "teach",
];
const ROLES: [&str; 5] =
    ["HR manager", "Head chef", "Site manager", "Recruitment desk", "Contracts manager"];

/// Where employers are, and how many of them said something.
pub struct Country {
    pub seed: u64,
    pub today: NaiveDate,
    pub points: Vec<Point>,
    /// Of a hundred employers so many said something of a group.
    pub said: usize,
    /// Of a hundred employers so many have openings.
    pub open: usize,
}

impl Country {
    /// As a whole country is: outward codes all over it, and most employers silent.
    pub fn whole(seed: u64, today: NaiveDate) -> Self {
        let mut dice = Dice::new(seed);
        let point = |dice: &mut Dice| Point {
            lat: 50.0 + decimal(dice, 5000) / 1000.0,
            lon: -5.0 + decimal(dice, 6500) / 1000.0,
        };
        let points = (0..2900).map(|_| point(&mut dice)).collect();
        Self { seed, today, points, said: 12, open: 15 }
    }

    /// A few towns close together, where nearly everybody said something.
    pub fn crowded(seed: u64, today: NaiveDate) -> Self {
        let mut dice = Dice::new(seed);
        let point = |dice: &mut Dice| Point {
            lat: 51.6 + decimal(dice, 600) / 1000.0,
            lon: -1.5 + decimal(dice, 900) / 1000.0,
        };
        let points = (0..9).map(|_| point(&mut dice)).collect();
        Self { seed, today, points, said: 75, open: 60 }
    }

    /// The `number`th employer.
    pub fn employer(&self, number: u64) -> Candidate {
        let dice = &mut Dice::new(self.seed.wrapping_mul(0x1000_0001).wrapping_add(number));
        let slug = slug(&format!("org-{number:07}"));
        let sites: Vec<SiteAt> = (0..=dice.below(2) * dice.below(2))
            .map(|nth| SiteAt {
                label: format!("Site {nth}"),
                town: Some(dice.word()),
                point: (dice.below(20) > 0).then(|| self.point(dice)),
            })
            .collect();
        let postures = if dice.below(100) < self.said {
            (0..=dice.below(3)).map(|nth| self.posture(dice, &slug, nth)).collect()
        } else {
            Vec::new()
        };
        let openings = if dice.below(100) < self.open {
            (0..=dice.below(3)).map(|nth| self.opening(dice, (&slug, &sites), nth)).collect()
        } else {
            Vec::new()
        };
        let pledges: Vec<PledgeMade> =
            (0..dice.below(10) / 8).map(|nth| self.pledge(dice, &slug, nth)).collect();
        let gone = (dice.below(50) == 0).then(|| self.day(dice, 100, 100));
        Candidate {
            name: format!("{} {} (fictional)", dice.word(), number),
            about: (dice.below(2) == 0).then(|| "Works for the county, by day and night.".into()),
            fictional: true,
            withdrawn_on: gone,
            do_not_contact: dice.below(60) == 0,
            sector: (dice.below(10) > 0).then(|| self::slug(dice.one(&SECTORS))),
            size: Some(dice.one(&SizeBand::ALL)),
            contacts: if dice.below(3) == 0 { vec![contact(dice)] } else { Vec::new() },
            pledges,
            words: words(dice, 12),
            slug,
            sites,
            postures,
            openings,
        }
    }

    fn point(&self, dice: &mut Dice) -> Point {
        self.points[dice.below(self.points.len())]
    }

    /// A day so many before today, at most, or so many after.
    fn day(&self, dice: &mut Dice, before: usize, after: usize) -> NaiveDate {
        self.today - Days::new(before as u64) + Days::new(dice.below(before + after + 1) as u64)
    }

    fn told<T>(&self, dice: &mut Dice, name: &str, body: T) -> Told<T> {
        let on = self.day(dice, 700, 3);
        Told {
            slug: slug(name),
            on,
            to: (dice.below(4) == 0).then(|| self.day(dice, 60, 300)),
            voice: dice.one(Voice::ALL),
            by: Some(dice.one(&ROLES).to_owned()),
            source: None,
            stood_by: (dice.below(8) > 0).then(|| on.max(self.day(dice, 500, 0))),
            body,
        }
    }

    fn posture(&self, dice: &mut Dice, organisation: &Slug, nth: usize) -> Told<Posture> {
        let stance = dice.one(&[
            Stance::ActivelyRecruits,
            Stance::Open,
            Stance::Open,
            Stance::CaseByCase,
            Stance::NotCurrently,
            Stance::NotStated,
        ]);
        let level = |dice: &mut Dice| (dice.below(2) == 0).then(|| dice.one(EnglishLevel::ALL));
        let offences = (dice.below(3) > 0).then(|| {
            let stance = dice.one(OffenceStance::ALL);
            let groups = if stance == OffenceStance::Listed {
                some(dice, OffenceGroup::ALL, 3)
            } else {
                Vec::new()
            };
            OffencePosture { stance, groups, note: None }
        });
        let day_release = (dice.below(6) == 0).then(|| DayRelease {
            accepts: dice.below(2) == 0,
            has_agreement: None,
            lead_time_weeks: Some(8),
            travel_limit_miles: None,
        });
        let body = Posture {
            organisation: organisation.clone(),
            cohort: slug(dice.one(&COHORTS)),
            stance,
            conditions: (dice.below(2) == 0).then(|| "We judge people on the work.".to_owned()),
            public: dice.below(2) == 0,
            offers: some(dice, SelectionOffer::ALL, 3),
            english: English { speaking: level(dice), reading: level(dice), writing: None },
            day_release,
            review_by: (dice.below(2) == 0).then(|| self.day(dice, 100, 200)),
            offences,
            disclosure: None,
            broker_note: None,
        };
        self.told(dice, &format!("{organisation}-p{nth}"), body)
    }

    /// A pledge of an employer that is live on a day.
    pub fn employers_pledge(&self, organisation: &str, day: NaiveDate) -> PledgeMade {
        let pledge = self.pledge(&mut Dice::new(1), &slug(organisation), 99);
        PledgeMade { from: day, to: day + Days::new(364), ..pledge }
    }

    fn pledge(&self, dice: &mut Dice, organisation: &Slug, nth: usize) -> PledgeMade {
        let from = self.day(dice, 500, 20);
        PledgeMade {
            slug: slug(&format!("{organisation}-g{nth}")),
            action: Some("E2".to_owned()),
            text: "Work trials for people who were out of work".to_owned(),
            cohorts: some(dice, &COHORTS, 2).into_iter().map(slug).collect(),
            from,
            to: from + Days::new(364),
        }
    }

    fn opening(
        &self,
        dice: &mut Dice,
        (organisation, sites): (&Slug, &[SiteAt]),
        nth: usize,
    ) -> OpeningAt {
        let site = dice.below(sites.len() + 1);
        let at = match sites.get(site).map(|site| site.point) {
            None => At::Nearest,
            Some(None) => At::Unknown,
            Some(Some(point)) => At::Site(point),
        };
        let maybe = |dice: &mut Dice| dice.below(3) > 0;
        let body = Opening {
            organisation: organisation.clone(),
            title: format!("Post {nth} (fictional)"),
            description: None,
            work_type: dice.one(WorkType::ALL),
            site: sites.get(site).map(|site| site.label.clone()),
            national: dice.below(25) == 0,
            patterns: some(dice, Pattern::ALL, 3),
            hours: maybe(dice).then(|| dice.one(Hours::ALL)),
            contract: None,
            base: maybe(dice)
                .then(|| dice.one(&[Base::OnSite, Base::OnSite, Base::Hybrid, Base::Remote])),
            pay: None,
            dbs_level: maybe(dice).then(|| dice.one(DbsLevel::ALL)),
            licences: Vec::new(),
            essentials: None,
            cohorts: if maybe(dice) {
                Vec::new()
            } else {
                some(dice, &COHORTS, 2).into_iter().map(slug).collect()
            },
            starts_on: None,
            closes_on: maybe(dice).then(|| self.day(dice, 20, 100)),
            places: Some(i32::try_from(dice.below(5)).unwrap()),
        };
        let told = self.told(dice, &format!("{organisation}-o{nth}"), body);
        let places = told.stood_by.map(|on| PlacesLeft {
            freed: Vec::new(),
            left: told.body.places.unwrap(),
            confirmed_on: on,
            until: on + Days::new(90),
        });
        OpeningAt { told, at, places, words: words(dice, 8) }
    }

    /// A need; more than a few fields are seldom said.
    pub fn need(&self, dice: &mut Dice) -> Need {
        let cohort = slug(dice.one(&COHORTS));
        let place = (dice.below(5) > 0).then(|| Place {
            name: "Somewhere".to_owned(),
            district: None,
            county: "Oxfordshire".to_owned(),
            centre: self.point(dice),
        });
        let within_miles =
            place.as_ref().filter(|_| dice.below(8) > 0).map(|_| dice.one(&WITHIN_MILES));
        let often = |dice: &mut Dice| dice.below(2) == 0;
        Need {
            place,
            within_miles,
            sectors: some(dice, &SECTORS, 2).into_iter().map(slug).collect(),
            work_types: some(dice, WorkType::ALL, 3),
            patterns: some(dice, Pattern::ALL, 3),
            hours: often(dice).then(|| dice.one(Hours::ALL)),
            base: (dice.below(3) == 0).then(|| dice.one(Base::ALL)),
            english: often(dice).then(|| dice.one(EnglishLevel::ALL)),
            offence_groups: some(dice, OffenceGroup::ALL, 3),
            dbs_issue: often(dice).then(|| often(dice)),
            wants: some(dice, SelectionOffer::ALL, 3),
            text: None,
            ..Need::of(cohort)
        }
    }
}

/// The words looked for with a need, as numbers; often none.
pub fn looked_for(dice: &mut Dice) -> Vec<u32> {
    if dice.below(2) == 0 { words(dice, 4) } else { Vec::new() }
}

/// Fewer than so many of some values.
fn some<T: Copy>(dice: &mut Dice, of: &[T], below: usize) -> Vec<T> {
    (0..dice.below(below)).map(|_| dice.one(of)).collect()
}

fn words(dice: &mut Dice, below: usize) -> Vec<u32> {
    let mut words: Vec<u32> = (0..dice.below(below))
        .map(|_| match dice.below(4) {
            0 => fingerprint(&dice.word()),
            _ => fingerprint(dice.one(&WORDS)),
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn contact(dice: &mut Dice) -> ContactRoute {
    ContactRoute {
        audience: Audience::Broker,
        role_title: dice.one(&ROLES).to_owned(),
        channel: Channel::Phone,
        value: format!("01632 960{:03}", dice.below(1000)),
        verified_on: None,
        expires_after_days: None,
    }
}

fn decimal(dice: &mut Dice, below: usize) -> f64 {
    f64::from(u32::try_from(dice.below(below)).unwrap_or(0))
}

fn slug(text: &str) -> Slug {
    Slug::parse(text).unwrap()
}
