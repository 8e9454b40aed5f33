//! Fictional organisations as documents, the same for the same seed: for tests and
//! benches of the register's index. None of them exists.

use chrono::{Days, NaiveDate};
use pathways::domain::{
    freshness::Dated,
    guidance::Passage,
    place::Point,
    search::{Document, Facet, FacetValue, Kind},
};

const ONSETS: [&str; 16] =
    ["b", "br", "c", "ch", "d", "f", "g", "h", "k", "l", "m", "p", "r", "st", "t", "w"];
const VOWELS: [&str; 8] = ["a", "e", "i", "o", "u", "ea", "oo", "ai"];
const CODAS: [&str; 12] = ["ck", "ll", "m", "n", "nd", "rd", "rk", "sh", "st", "th", "lby", "ford"];
const TRADES: [(&str, &str, &str); 8] = [
    ("Bakery", "hospitality", "Bakes bread and cakes for shops and cafes."),
    ("Builders", "construction", "Builds and repairs houses, and trains bricklayers."),
    ("Care", "health-and-care", "Looks after older people at home and in three houses."),
    ("Logistics", "transport", "Drives and stores goods for shops, day and night."),
    ("Gardens", "environment", "Plants and keeps parks, verges and school gardens."),
    ("Engineering", "manufacturing", "Makes parts for pumps in a small workshop."),
    ("Kitchens", "hospitality", "Cooks for schools and hospitals, and takes apprentices."),
    ("Stores", "retail", "Sells food and household goods in market towns."),
];
const FORMS: [&str; 5] = ["Ltd", "& Sons", "Group", "CIC", ""];
const SIZES: [&str; 4] = ["micro", "small", "medium", "large"];
const COHORTS: [&str; 3] = ["refugees", "prison-leavers", "age-friendly"];
const DISTRICTS: [&str; 5] = ["Cherwell", "Oxford", "South Oxfordshire", "Vale", "West Oxon"];

/// A row of numbers that look random (`SplitMix64`).
pub struct Dice(u64);

impl Dice {
    /// The row of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below a limit.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).unwrap_or(0)
    }

    /// One of some.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// An invented word of two syllables or three.
    pub fn word(&mut self) -> String {
        let mut word = String::new();
        for _ in 0..=1 + self.below(2) {
            word.push_str(self.one(&ONSETS));
            word.push_str(self.one(&VOWELS));
        }
        word + self.one(&CODAS)
    }
}

/// A document with the day it turns on.
pub type Turning = (Document, Option<NaiveDate>);

/// The `number`th fictional organisation of a seed, as of a day.
pub fn organisation(seed: u64, number: u64, today: NaiveDate) -> Turning {
    let mut dice = Dice::new(seed.wrapping_mul(0x1000_0001).wrapping_add(number));
    let (trade, sector, text) = dice.one(&TRADES);
    let name = capital(&dice.word());
    let second =
        if dice.below(3) == 0 { format!(" {}", capital(&dice.word())) } else { String::new() };
    let form = dice.one(&FORMS);
    let title = format!("{name}{second} {trade} {form}").trim_end().to_owned() + " (fictional)";
    let district = dice.one(&DISTRICTS);
    let slug = district.to_lowercase().replace(' ', "-");
    let mut facets = vec![
        facet(Facet::Kind, "organisation", "Organisations"),
        facet(Facet::Sector, sector, sector),
        facet(Facet::District, &slug, district),
    ];
    let size = dice.one(&SIZES);
    facets.push(facet(Facet::Size, size, size));
    let cohort = dice.one(&COHORTS);
    let welcomes = dice.below(3) > 0;
    if welcomes {
        facets.push(facet(Facet::Cohort, cohort, cohort));
    }
    if dice.below(4) == 0 {
        facets.push(facet(Facet::HasPlaces, "yes", "Has places now"));
    }
    let freshness = dice.one(&["confirmed-90-days", "confirmed-1-year", "stale"]);
    facets.push(facet(Facet::Freshness, freshness, freshness));
    let mut passages =
        vec![passage("", &format!("{text} Works in {district}. {}", filler(&mut dice)))];
    if welcomes {
        passages
            .push(passage("Who it hires", &format!("{cohort}: open to an informal chat first.")));
    }
    let point = |dice: &mut Dice| Point {
        lat: 51.5 + f64::from(u32::try_from(dice.below(800)).unwrap_or(0)) / 1000.0,
        lon: -1.7 + f64::from(u32::try_from(dice.below(900)).unwrap_or(0)) / 1000.0,
    };
    let points = (0..dice.below(3)).map(|_| point(&mut dice)).collect();
    let as_of = today - Days::new(dice.below(500) as u64);
    let turns_on = (dice.below(3) > 0).then(|| today + Days::new(1 + dice.below(60) as u64));
    let id = format!("org-{number:07}");
    let document = Document {
        kind: Kind::Organisation,
        url: format!("/organisations/{id}"),
        id,
        title,
        summary: text.to_owned(),
        passages,
        vocabulary: vec![format!("GB-COH {:08}", dice.below(100_000_000)), "employer".to_owned()],
        facets,
        dates: Some(Dated { as_of, review_by: as_of + Days::new(365) }),
        legal: false,
        companion: false,
        fictional: true,
        points,
    };
    (document, turns_on)
}

/// A letter lost, doubled, changed or swapped with its neighbour, in the first word.
pub fn slip(name: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let length = letters.iter().position(|c| *c == ' ').unwrap_or(letters.len());
    let at = 1 + dice.below(length - 2);
    match dice.below(4) {
        0 => _ = letters.remove(at),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = if letters[at] == 'e' { 'a' } else { 'e' },
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

/// Sentences of everyday words and some invented ones, as descriptions have them.
fn filler(dice: &mut Dice) -> String {
    const WORDS: [&str; 40] = [
        "we",
        "team",
        "hire",
        "local",
        "people",
        "train",
        "work",
        "early",
        "late",
        "shift",
        "friendly",
        "support",
        "first",
        "job",
        "return",
        "experience",
        "needed",
        "learn",
        "kitchen",
        "van",
        "site",
        "office",
        "bus",
        "parking",
        "flexible",
        "hours",
        "paid",
        "uniform",
        "mentor",
        "interview",
        "start",
        "week",
        "contract",
        "permanent",
        "seasonal",
        "warehouse",
        "customers",
        "safe",
        "clean",
        "proud",
    ];
    let mut words: Vec<String> = (0..40).map(|_| dice.one(&WORDS).to_owned()).collect();
    for _ in 0..4 {
        let at = dice.below(words.len());
        words[at] = dice.word();
    }
    words.join(" ") + "."
}

fn passage(heading: &str, text: &str) -> Passage {
    Passage {
        heading: (!heading.is_empty()).then(|| heading.to_owned()),
        anchor: heading.to_lowercase().replace(' ', "-"),
        text: text.to_owned(),
    }
}

fn facet(facet: Facet, value: &str, label: &str) -> FacetValue {
    FacetValue { facet, value: value.to_owned(), label: label.to_owned() }
}

fn capital(word: &str) -> String {
    let (first, rest) = word.split_at(1);
    first.to_uppercase() + rest
}
