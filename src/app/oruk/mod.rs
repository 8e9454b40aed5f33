//! The open feed (Open Referral UK 3.0): what the register has of services to people, made
//! once for each snapshot; and what comes in from such feeds of others.
//!
//! Courses of providers are services, and so is the support of organisations of that kind;
//! what came with somebody else's feed is told again as it came. Everything passes
//! [`document::clean`], which lets through what stands in the allow-list and nothing else.

pub mod crawl;
pub mod document;
mod feed;
pub mod fetch;
pub mod import;
mod kept;
mod organisation;
mod own;
mod place;
mod reading;
mod schedule;
mod terms;

pub use feed::{Brought, Feed, Page};
pub(super) use reading::{Told, concerns, told};

use chrono::NaiveDate;

use crate::{
    app::Refusal,
    domain::{
        oruk::{Near, words},
        place::{Gazetteer, outward_code},
        register::Reference,
        vocabulary::Vocabulary,
    },
};

/// A postcode without a distance means what serves it; with one, at most so many metres.
pub const MOST_METRES: i64 = 1_000_000;

/// What the feed is made of beside what the store tells.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    /// Labels of terms.
    pub vocabulary: &'a Vocabulary,
    /// Places.
    pub gazetteer: &'a Gazetteer,
    /// Providers and their courses.
    pub reference: &'a Reference,
    /// The day it is told on.
    pub today: NaiveDate,
}

/// Where what is asked for must be, by a postcode and perhaps a distance in metres.
///
/// # Errors
///
/// A refusal if the postcode is none, or is not known here.
pub fn near(gazetteer: &Gazetteer, postcode: &str, metres: Option<f64>) -> Result<Near, Refusal> {
    let refused = |code, message: &str| Refusal {
        field: "postcode".to_owned(),
        code,
        message: message.to_owned(),
    };
    let code = outward_code(postcode)
        .ok_or_else(|| refused("not-a-postcode", "\"postcode\" is such as OX16 5QA or OX16."))?;
    let place = gazetteer.outcode(&code).ok_or_else(|| {
        refused("unknown-place", "That postcode is in no place that is known here.")
    })?;
    if let Some(metres) = metres {
        return Ok(Near::Within(place.centre, metres));
    }
    let names = [Some(&place.town), place.district.as_ref(), Some(&place.county)];
    let whole = ["England", "United Kingdom", "UK", "national"].map(words);
    let names = names.into_iter().flatten().map(|name| words(name)).chain(whole);
    Ok(Near::Serving(code, names.filter(|name| !name.is_empty()).collect()))
}
