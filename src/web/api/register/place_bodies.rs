//! The places of an opening and the holds on them: what is sent and answered.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::register::places::{Counted, Kept},
    domain::{access::Caller, places::MOST_HOLD_DAYS},
    web::api::register::text::opaque,
};

/// The places of an opening.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlacesBody {
    /// The opening.
    #[schema(example = "brook-bakery-openings")]
    pub opening: String,
    /// How many places were stated; absent if that is not known, or nobody has stood by
    /// it for 90 days.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 5)]
    pub places: Option<i32>,
    /// How many of them are left; absent if that is not known. Unknown is not zero.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = 2)]
    pub left: Option<i32>,
    /// How many are held for somebody.
    #[schema(example = 1)]
    pub held: i32,
    /// How many are taken, of the present count.
    #[schema(example = 2)]
    pub taken: i32,
    /// The last day that somebody who knows stood by the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date, example = "2026-11-11")]
    pub confirmed_on: Option<String>,
    /// The day on which the present count began.
    #[schema(format = Date, example = "2026-10-01")]
    pub counted_on: String,
    /// All of it in words.
    #[schema(example = "2 of 5 left this quarter (1 held), confirmed 12 days ago")]
    pub text: String,
}

/// A place that is or was held or taken. There is no person in it.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldBody {
    /// Its number.
    #[schema(example = 17)]
    pub id: i64,
    /// Its address in this API.
    #[schema(example = "/api/v1/openings/brook-bakery-openings/places/holds/17")]
    pub url: String,
    /// Where it stands: `held`, `taken`, `given-back`, `declined`, `lapsed` or
    /// `recounted`.
    #[schema(example = "held")]
    pub state: String,
    /// The same in words.
    #[schema(example = "Held")]
    pub state_label: String,
    /// The day on which it was made.
    #[schema(format = Date, example = "2026-11-23")]
    pub made_on: String,
    /// The last day it holds; absent for a place that was taken at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(format = Date, example = "2026-12-07")]
    pub expires_on: Option<String>,
    /// Whether it counts among the places as they were last stated.
    pub current: bool,
    /// Whether the caller made it.
    pub own: bool,
    /// Its maker's own mark; shown to its maker and to coordinators.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "A17")]
    pub reference: Option<String>,
}

/// Holds on the places of an opening.
#[derive(Debug, Serialize, ToSchema)]
pub struct HoldsBody {
    /// The holds, first one first.
    pub holds: Vec<HoldBody>,
    /// How many there are in all.
    #[schema(example = 1)]
    pub total: usize,
    /// The page.
    pub page: u32,
    /// Holds on a page.
    pub per_page: u32,
}

/// What was done, and what the places came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct PlaceEntryBody {
    /// The place.
    pub hold: HoldBody,
    /// The opening's places with it.
    pub places: PlacesBody,
}

/// A place to be kept free for somebody; nothing here says for whom.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewHoldForm {
    /// For how many days; 14 unless said.
    #[validate(range(min = 1, max = MOST_HOLD_DAYS))]
    #[schema(minimum = 1, maximum = 28)]
    pub days: Option<u64>,
    /// A mark of the sender's own that means nothing to anybody else: letters, digits and
    /// hyphens, and nothing that looks like a person.
    #[validate(custom(function = "opaque"))]
    #[schema(min_length = 1, max_length = 24, pattern = "^[A-Za-z0-9-]+$")]
    pub reference: Option<String>,
}

/// A place that somebody got.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakingForm {
    /// The hold whose place it was; absent for one that was left.
    #[validate(range(min = 1, max = 9_007_199_254_740_991_i64))]
    #[schema(minimum = 1)]
    pub hold: Option<i64>,
}

/// The hold that is meant.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HoldForm {
    /// Its number.
    #[validate(range(min = 1, max = 9_007_199_254_740_991_i64))]
    #[schema(minimum = 1)]
    pub hold: i64,
}

/// How many places there are from now on.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CountForm {
    /// The number; absent for one that is not known.
    #[validate(range(min = 0, max = 10_000))]
    #[schema(minimum = 0, maximum = 10_000)]
    pub places: Option<i32>,
}

impl From<&Counted> for PlacesBody {
    fn from(counted: &Counted) -> Self {
        let places = &counted.places;
        Self {
            opening: counted.opening.to_string(),
            places: places.places,
            left: places.left,
            held: places.held,
            taken: places.taken,
            confirmed_on: places.confirmed_on.map(|day| day.to_string()),
            counted_on: places.counted_on.to_string(),
            text: places.text(counted.day),
        }
    }
}

impl HoldBody {
    /// A hold as a caller is shown it.
    pub fn new(caller: &Caller, opening: &str, kept: &Kept) -> Self {
        let hold = &kept.hold;
        let own = caller.token.is_some() && caller.token == kept.token;
        Self {
            id: hold.id,
            url: format!("/api/v1/openings/{opening}/places/holds/{}", hold.id),
            state: hold.state.as_str().to_owned(),
            state_label: hold.state.label().to_owned(),
            made_on: hold.made_on.to_string(),
            expires_on: hold.expires_on.map(|day| day.to_string()),
            current: hold.current,
            own,
            reference: kept.reference.clone().filter(|_| own || caller.keeps()),
        }
    }
}
