//! Who signed the charter, month by month.
//!
//! A year under the charter is in force from its first day to its last, unless it was
//! taken back before. So of every month: what was in force at its end is what was in
//! force before, and what began, less what ran out and what was taken back.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::domain::{
    register::{Record, Signature, SignatureState},
    reports::{
        Asked, Ground,
        ground::fictional,
        months::{MOST_MONTHS, Span, months, within},
    },
    slug::Slug,
    table::{Cell, Column, Missing, Table},
};

/// A year that begins so many days after another of the same organisation renews it.
const RENEWS_WITHIN_DAYS: u64 = 90;

/// A year under the charter, as far as it was in force.
struct Year<'a> {
    signature: &'a Record<Signature>,
    /// The first day it was in force.
    start: NaiveDate,
    /// The first day it was not in force any more.
    stop: NaiveDate,
    /// Whether it stopped because it was taken back.
    withdrawn: bool,
}

impl<'a> Year<'a> {
    /// The year; `None` if it was never in force.
    fn of(signature: &'a Record<Signature>) -> Option<Self> {
        let body = &signature.body;
        let over = body.ends_on.succ_opt().unwrap_or(NaiveDate::MAX);
        let ended = signature.ended.as_ref().map(|ending| ending.on);
        let stop = ended.map_or(over, |on| on.min(over));
        let year = Self { signature, start: body.starts_on, stop, withdrawn: stop < over };
        (year.start < year.stop).then_some(year)
    }

    fn owner(&self) -> &'a Slug {
        &self.signature.body.organisation
    }

    fn in_force(&self, day: NaiveDate) -> bool {
        self.start <= day && day < self.stop
    }
}

/// Signatories by month, up to the day that is asked for.
pub fn table(ground: Ground<'_>, asked: &Asked) -> Table {
    let signatures = &ground.records.signatures;
    let years: Vec<Year<'_>> = signatures.iter().filter_map(Year::of).collect();
    let mut of: BTreeMap<&Slug, Vec<&Year<'_>>> = BTreeMap::new();
    for year in &years {
        of.entry(year.owner()).or_default().push(year);
    }
    let first = asked.from.or_else(|| years.iter().map(|year| year.start).min());
    let months = first.map(|first| months(first, asked, MOST_MONTHS)).unwrap_or_default();
    let rows = months.iter().map(|span| row(*span, (&years, &of, signatures)));
    let mut table = ground.table(asked);
    table.period = months.first().zip(months.last()).map(|(first, last)| (first.0, last.1));
    table.rows = rows.collect();
    table.columns = columns();
    let unsigned = |one: &Record<Signature>| one.body.signed_on.is_none();
    table.missing = vec![Missing::among("Day of signing", signatures, unsigned)];
    table.notes = vec![
        "The last month ends on the day of the report.".to_owned(),
        "In force = in force the month before + began − ran out − taken back.".to_owned(),
    ];
    table.fictional = fictional(signatures);
    table
}

type Known<'a> =
    (&'a [Year<'a>], &'a BTreeMap<&'a Slug, Vec<&'a Year<'a>>>, &'a [Record<Signature>]);

fn row(span: Span, (years, of, signatures): Known<'_>) -> Vec<Cell> {
    let end = span.1;
    let others = |year: &Year<'_>| {
        let slug = year.signature.slug.clone();
        let all = of.get(year.owner()).into_iter().flatten();
        all.filter(move |other| other.signature.slug != slug)
    };
    let count = |is: &dyn Fn(&&Year<'_>) -> bool| Cell::count(years.iter().filter(is).count());
    let renews = |year: &Year<'_>| {
        others(year).any(|other| {
            let until = other.stop.checked_add_days(Days::new(RENEWS_WITHIN_DAYS));
            other.stop <= year.start && until.is_some_and(|until| year.start <= until)
        })
    };
    let goes_on = |year: &Year<'_>| others(year).any(|other| other.in_force(year.stop));
    let due = |year: &&Year<'_>| {
        let (body, ended) = (&year.signature.body, year.signature.ended.as_ref());
        body.state(ended, end) == SignatureState::DueForRenewal
    };
    let signed = signatures.iter().filter_map(|one| one.body.signed_on);
    let began = |year: &&Year<'_>| within(year.start, span);
    let ran_out = |year: &&Year<'_>| !year.withdrawn && within(year.stop, span);
    vec![
        Cell::text(span.0.format("%Y-%m").to_string()),
        Cell::count(signed.filter(|day| within(*day, span)).count()),
        count(&began),
        count(&|year| began(year) && renews(year)),
        count(&ran_out),
        count(&|year| ran_out(year) && !goes_on(year)),
        count(&|year| year.withdrawn && within(year.stop, span)),
        count(&|year| year.in_force(end)),
        count(&due),
    ]
}

fn columns() -> Vec<Column> {
    let number = |words| Column::number(words);
    vec![
        Column::text(10, ["month", "Month", "The month."]),
        number(["signed", "Signed", "Signatures dated in the month, where the day is known."]),
        number(["began", "Began", "Years that began in the month."]),
        number([
            "renewed",
            "of those renewed",
            "Of the years that began: those that follow, by 90 days at most, another year of the \
             same organisation.",
        ]),
        number(["ran_out", "Ran out", "Years whose last day has passed: the day after lies here."]),
        number([
            "lapsed",
            "of those lapsed",
            "Of the years that ran out: those after which no year of the same organisation was \
             in force.",
        ]),
        number(["withdrawn", "Taken back", "Years taken back in the month while in force."]),
        number(["in_force", "In force", "Years in force on the month’s last day."]),
        number([
            "due",
            "of those due",
            "Of the years in force: those that run out within 60 days.",
        ]),
    ]
}
