//! The register as Open Referral UK 3.0 tells of it: services, who provides them, where,
//! and by which terms they are found.
//!
//! [`Thing::fields`] is the whole of what leaves, and of what comes in from somebody
//! else's feed: a field that is not in that table is in neither. Beside the standard's
//! own fields there is one of ours, `fictional`, which the published profile explains.
//! People are in none of them: contacts, telephone numbers and the addresses of assurers
//! are left out both ways.

mod asked;
mod fields;
mod formats;
mod ids;
mod paging;
mod taxonomies;

pub use asked::{Asked, Facets, Near, Slot, Spot, WeekDay, clock_time, words};
pub use fields::{Field, Holds, Thing};
pub use formats::{day_in, is_email, is_moment, is_uri, is_uuid, moment};
pub use ids::id;
pub use paging::Paging;
pub use taxonomies::{Taxonomy, kind_of};

/// The version that a feed's front page must give, to the letter.
pub const VERSION: &str = "HSDS-UK-3.0";

/// What a reader who heeds no extension is told of something invented.
pub const FICTIONAL: &str = "Fictional: invented for a demonstration. It does not exist.";
