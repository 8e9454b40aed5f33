//! The parameters of the feed's lists.

use chrono::NaiveTime;

use crate::{
    app::{
        Refusal, Snapshot,
        oruk::{MOST_METRES, near},
    },
    domain::oruk::{Asked, WeekDay, clock_time, moment},
    web::query::Query,
};

/// The oldest that anybody is.
const MOST_YEARS: f64 = 200.0;

/// The page asked for, and how many things it is to have.
pub fn page(query: &mut Query) -> (usize, usize) {
    let whole = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    (whole(query.page()), whole(query.per_page()))
}

/// What is asked of services.
pub fn of_services(query: &mut Query) -> Asked {
    Asked {
        search: query.once("search"),
        taxonomy_term_id: query.once("taxonomy_term_id"),
        taxonomy_id: query.once("taxonomy_id"),
        organization_id: query.once("organization_id"),
        minimum_age: figure(query, "minimum_age", MOST_YEARS),
        maximum_age: figure(query, "maximum_age", MOST_YEARS),
        start_time: time(query, "start_time"),
        end_time: time(query, "end_time"),
        day: read(query, "day", "a day of the week such as MO or Monday", WeekDay::parse),
        modified_after: modified_after(query),
        near: None,
    }
}

/// The same of services at their locations.
pub fn of_places(query: &mut Query, snapshot: &Snapshot) -> Asked {
    let mut asked = of_services(query);
    let postcode = query.once("postcode");
    #[allow(clippy::cast_precision_loss, reason = "a million is far below 2^53")]
    let metres = figure(query, "proximity", MOST_METRES as f64);
    match (postcode, metres) {
        (Some(postcode), metres) => match near(snapshot.gazetteer(), &postcode, metres) {
            Ok(near) => asked.near = Some(near),
            Err(refusal) => query.refuse(refusal),
        },
        (None, Some(_)) => {
            let message = "\"proximity\" is metres from a \"postcode\", which is missing.";
            query.refuse(refusal("proximity", "incomplete", message.to_owned()));
        }
        (None, None) => {}
    }
    asked
}

/// What is asked of organisations.
pub fn of_organizations(query: &mut Query) -> Asked {
    Asked { search: query.once("search"), ..Asked::default() }
}

fn modified_after(query: &mut Query) -> Option<chrono::NaiveDateTime> {
    // A plus sign in an address is a space, unless it is written %2B.
    let lenient = |text: &str| moment(text).or_else(|| moment(&text.replace(' ', "+")));
    read(query, "modified_after", "a moment such as 2026-11-23T09:30:00Z, or a day", lenient)
}

fn time(query: &mut Query, name: &'static str) -> Option<NaiveTime> {
    read(query, name, "a time of day such as 09:30", clock_time)
}

fn figure(query: &mut Query, name: &'static str, most: f64) -> Option<f64> {
    let fits = |text: &str| text.parse::<f64>().ok().filter(|n| (0.0..=most).contains(n));
    read(query, name, &format!("a number from 0 to {most}"), fits)
}

/// A parameter that is of one form.
fn read<T>(
    query: &mut Query,
    name: &'static str,
    form: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let text = query.once(name)?;
    let value = parse(text.trim());
    if value.is_none() {
        query.refuse(refusal(name, "malformed", format!("\"{name}\" is {form}.")));
    }
    value
}

fn refusal(field: &str, code: &'static str, message: String) -> Refusal {
    Refusal { field: field.to_owned(), code, message }
}
