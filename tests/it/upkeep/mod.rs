//! What employers said is kept up: by links, by reports, through the steward's queue.

mod links;
mod queue;
mod reports;
mod standing;
mod year;
