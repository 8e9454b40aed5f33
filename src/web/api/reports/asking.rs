//! What a report is asked for: its day, its period, its format.

use actix_web::{HttpRequest, http::header};

use crate::{
    app::{AppState, Refusal},
    domain::{
        reports::{Asked, MOST_MONTHS, Report, Time},
        slug::Slug,
    },
    web::{api::register::asked::past_day, problem::Problem, query::Query},
};

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// As JSON.
    Json,
    /// As lines of values.
    Csv,
    /// As a workbook.
    Xlsx,
}

impl Format {
    /// Every format, the one given unless asked otherwise first.
    pub const ALL: [Self; 3] = [Self::Json, Self::Csv, Self::Xlsx];

    /// Its name, which is also how its files end.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type, without parameters.
    const fn essence(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Csv => "text/csv",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// Its media type as answers have it.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            other => other.essence(),
        }
    }

    /// The format that `Accept` prefers; JSON where it names none of them.
    fn accepted(req: &HttpRequest) -> Self {
        let lists = req.headers().get_all(header::ACCEPT).filter_map(|value| value.to_str().ok());
        let mut best = (0, Self::Json);
        for range in lists.flat_map(|list| list.split(',')) {
            let mut parts = range.split(';').map(str::trim);
            let essence = parts.next().unwrap_or_default().to_ascii_lowercase();
            let weight = parts.find_map(|one| one.strip_prefix("q="));
            // In thousandths, as finely as the header can say.
            let weight = weight.map_or(Ok(1.0), str::parse::<f32>).unwrap_or(0.0);
            let weight =
                (1..=1000).rev().find(|n| f32::from(*n) <= weight * 1000.0).unwrap_or(0_i16);
            let format = Self::ALL.into_iter().find(|one| one.essence() == essence);
            if let Some(format) = format.filter(|_| weight > best.0) {
                best = (weight, format);
            }
        }
        best.1
    }
}

/// A request for a report.
#[derive(Debug, Clone)]
pub struct Request {
    /// What is asked for.
    pub asked: Asked,
    /// How it is to be written.
    pub format: Format,
    /// The change that it must show.
    pub after_change: Option<i64>,
}

impl Request {
    /// Reads a request; each report knows only the parameters that it takes.
    ///
    /// # Errors
    ///
    /// A problem with every parameter that is unknown and every value that is none.
    pub fn read(req: &HttpRequest, report: Report, state: &AppState) -> Result<Self, Problem> {
        let today = state.clock.today();
        let mut query = Query::read(req.query_string())?;
        let format = format(&mut query).unwrap_or_else(|| Format::accepted(req));
        let as_of = past_day(&mut query, "as_of", today).unwrap_or(today);
        let (mut from, mut to) = (None, None);
        if report.time() == Time::Period {
            from = past_day(&mut query, "from", as_of);
            to = past_day(&mut query, "to", as_of);
            check_period(&mut query, (from, to.unwrap_or(as_of)));
        }
        let partnership = if report.by_partnership() { partnership(&mut query) } else { None };
        let after_change = query.after_change();
        query.finish()?;
        let asked = Asked { report, as_of, from, to, partnership };
        Ok(Self { asked, format, after_change })
    }
}

fn format(query: &mut Query) -> Option<Format> {
    let text = query.once("format")?;
    let found = Format::ALL.into_iter().find(|format| format.as_str() == text);
    if found.is_none() {
        let message = "\"format\" is \"json\", \"csv\" or \"xlsx\".".to_owned();
        query.refuse(refusal("format", "unknown-value", message));
    }
    found
}

fn check_period(query: &mut Query, (from, to): (Option<chrono::NaiveDate>, chrono::NaiveDate)) {
    let Some(from) = from else { return };
    if to < from {
        query.refuse(refusal("to", "reversed", "\"to\" is before \"from\".".to_owned()));
    } else if from
        .checked_add_months(chrono::Months::new(MOST_MONTHS - 1))
        .is_some_and(|end| end < to)
    {
        let message = format!("A report looks at {MOST_MONTHS} months at most.");
        query.refuse(refusal("from", "out-of-range", message));
    }
}

fn partnership(query: &mut Query) -> Option<Slug> {
    let text = query.once("partnership")?;
    let slug = Slug::parse(&text).ok();
    if slug.is_none() {
        let message = "There is no such partnership.".to_owned();
        query.refuse(refusal("partnership", "unknown-value", message));
    }
    slug
}

fn refusal(field: &str, code: &'static str, message: String) -> Refusal {
    Refusal { field: field.to_owned(), code, message }
}
