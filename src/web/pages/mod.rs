//! Pages for people: server-rendered, complete without a script, one stylesheet.
//!
//! A page is a plain function from a [`Snapshot`](crate::app::Snapshot) to markup;
//! the handlers in `routes` read the request and choose the page. Everything is
//! escaped by the templates, except a section's text and a snippet's marks, which
//! are made safe where they are made.

mod about;
mod address;
pub mod assets;
mod calendar;
mod case_studies;
mod charter;
mod courses;
mod document;
mod errors;
mod events;
mod feeds;
mod fields;
mod forum_parts;
mod gaps;
mod home;
mod layout;
mod library;
mod matching;
mod news;
mod organisations;
pub mod oruk;
mod partnerships;
mod parts;
mod plan;
mod providers;
mod record_routes;
mod reports;
mod routes;
mod search;
mod toolkits;
mod uk_time;
mod upkeep;
mod wording;

pub use errors::{error_page, problem_page};
pub use routes::{routes, takes_a_form};
