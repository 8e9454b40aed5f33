//! What a request for records asks for: filters, fields, a day, a page.

use actix_web::HttpRequest;
use chrono::NaiveDate;

use crate::{
    app::{
        Refusal, Snapshot, guidance,
        register::{Asked, Condition, Wanted},
    },
    domain::{
        access::{self, Caller},
        register::{Body, RecordKind},
        slug::Slug,
    },
    web::{
        api::register::{
            answer,
            filters::{self, Filter, Values},
            form::RecordForm,
            wire::Written,
        },
        problem::Problem,
        query::Query,
    },
};

/// A filter for records that do not state a field.
pub const MISSING: &str = "_missing";

/// A request for records, read.
#[derive(Debug)]
pub struct Request {
    /// The records asked for.
    pub asked: Asked,
    /// The fields asked for; all if there are none.
    pub fields: Option<Vec<String>>,
    /// The page, from 1.
    pub page: u32,
    /// How many records a page has.
    pub per_page: u32,
    /// The change that the answer must show.
    pub after_change: Option<i64>,
}

/// Which parameters an address takes beside those of all reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// Filters and a page.
    Filters,
    /// A page, and a day.
    PageAndDay,
    /// A day.
    Day,
    /// A page.
    Page,
}

/// Reads the query string of a request for records of one kind.
///
/// # Errors
///
/// [`ProblemKind::Invalid`](crate::web::problem::ProblemKind::Invalid) with every
/// parameter that is unknown, or of which the caller may not know, and every value that
/// is none.
pub fn read<F: RecordForm>(
    req: &HttpRequest,
    (caller, snapshot): (&Caller, &Snapshot),
    takes: Takes,
) -> Result<Request, Problem> {
    let mut query = Query::read(req.query_string())?;
    let kind = F::Body::KIND;
    let mut conditions = Vec::new();
    if takes == Takes::Filters {
        for filter in filters::of(kind) {
            if access::shows(caller, kind, answer::own(caller, kind), filter.shows) {
                conditions.extend(condition(&mut query, filter, snapshot));
            }
        }
    }
    let day = matches!(takes, Takes::Day | Takes::PageAndDay);
    let as_of = if day { past_day(&mut query, "as_of", snapshot.today) } else { None };
    let (page, per_page) =
        if takes == Takes::Day { (1, 1) } else { (query.page(), query.per_page()) };
    let fields = fields::<F>(&mut query, caller);
    let after_change = query.after_change();
    query.finish()?;
    let offset = i64::from(page - 1) * i64::from(per_page);
    let asked = Asked { conditions, offset, limit: per_page.into(), as_of };
    Ok(Request { asked, fields, page, per_page, after_change })
}

fn condition(query: &mut Query, filter: &Filter, snapshot: &Snapshot) -> Option<Condition> {
    let values = query.every(filter.name);
    let mut any_of = Vec::new();
    for value in values {
        if value == MISSING && filter.missing {
            any_of.push(Wanted::Missing);
        } else if let Some(value) = known(query, filter, value, snapshot) {
            any_of.push(Wanted::Is(value));
        }
    }
    (!any_of.is_empty()).then_some(Condition { field: filter.field, any_of })
}

/// The value as the store knows it, unless there is no such value.
fn known(query: &mut Query, filter: &Filter, value: String, all: &Snapshot) -> Option<String> {
    let name = filter.name;
    let refused = |message: &str, code| Refusal {
        field: name.to_owned(),
        code,
        message: format!("\"{name}\" {message}"),
    };
    match filter.values {
        Values::Of(known) => {
            let known = known(all);
            if known.contains(&value) {
                return Some(value);
            }
            let near = guidance::nearest(&value, known.iter().map(String::as_str));
            let hint = near.map(|near| format!(" The nearest is \"{near}\".")).unwrap_or_default();
            query.refuse(Refusal {
                field: name.to_owned(),
                code: "unknown-value",
                message: format!("There is no such {name}.{hint}"),
            });
            None
        }
        Values::Name => {
            let is = Slug::parse(&value).is_ok();
            if !is {
                query.refuse(refused("is a public name, such as \"brook-bakery\".", "pattern"));
            }
            is.then_some(value)
        }
        Values::Text => {
            let fits = value.chars().count() <= 200 && !value.chars().any(char::is_control);
            if !fits {
                query.refuse(refused("has 1 to 200 characters, in one line.", "length"));
            }
            fits.then_some(value)
        }
        Values::Day => {
            let day = NaiveDate::read(&value).ok();
            if day.is_none() {
                query.refuse(refused("is a date, such as 2027-03-01.", "date"));
            }
            day.map(|day| day.write())
        }
    }
}

/// A day up to today: what will be said by a day to come is not known.
pub fn past_day(query: &mut Query, name: &'static str, today: NaiveDate) -> Option<NaiveDate> {
    let text = query.once(name)?;
    let (code, message) = match NaiveDate::read(&text) {
        Ok(day) if day <= today => return Some(day),
        Ok(_) => ("in-the-future", format!("\"{name}\" is a day to come: give one gone by.")),
        Err(_) => ("date", format!("\"{name}\" is a date, such as 2027-03-01.")),
    };
    query.refuse(Refusal { field: name.to_owned(), code, message });
    None
}

/// The fields asked for, in a list with commas; those that the caller is not shown are
/// as unknown as those that do not exist.
fn fields<F: RecordForm>(query: &mut Query, caller: &Caller) -> Option<Vec<String>> {
    let text = query.once("fields")?;
    let kind = F::Body::KIND;
    let known: Vec<String> = names::<F>()
        .into_iter()
        .filter(|name| access::shows(caller, kind, caller.organisation.as_ref(), name))
        .filter(|name| visible_to_others(caller, kind, name))
        .collect();
    let asked: Vec<String> = text.split(',').map(|name| name.trim().to_owned()).collect();
    for name in asked.iter().filter(|name| !known.contains(name)) {
        let near = guidance::nearest(name, known.iter().map(String::as_str));
        let hint = near.map(|near| format!(" The nearest is \"{near}\".")).unwrap_or_default();
        query.refuse(Refusal {
            field: "fields".to_owned(),
            code: "unknown-value",
            message: format!("There is no such field.{hint}"),
        });
    }
    Some(asked)
}

/// Whether a field may be asked for by name: an employer may ask for all fields, since
/// its own records have them; others have them left out.
fn visible_to_others(caller: &Caller, kind: RecordKind, name: &str) -> bool {
    caller.organisation.is_some() || access::shows(caller, kind, None, name)
}

/// Every field that answers of a kind may have.
pub fn names<F: RecordForm>() -> Vec<String> {
    let mut names: Vec<String> = F::field_names();
    names.extend(answer::READ_ONLY.iter().map(|(name, ..)| (*name).to_owned()));
    names.extend(F::WORKED_OUT.iter().map(|(name, ..)| (*name).to_owned()));
    names.sort();
    names.dedup();
    names
}
