//! How what employers said is kept up: what they answer by a link, and what brokers
//! report as not what they found.
//!
//! Nobody says in words of their own what was found: words about a case are words about a
//! person.

words! {
    /// What an employer answered by a link.
    LinkAnswer {
        /// It is still right.
        Confirmed = "confirmed", "Still right";
        /// It says something else now.
        Changed = "changed", "Changed";
        /// It no longer says anything.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

words! {
    /// What a broker found otherwise than it was said.
    ReportReason {
        /// The employer does not consider people from the group.
        NotConsidered = "not-considered", "People from the group are not considered";
        /// Other conditions than those stated.
        OtherConditions = "other-conditions", "There are other conditions than stated";
        /// What was offered in choosing people was not given.
        OfferNotKept = "offer-not-kept", "What was offered was not given";
        /// There is no place, or no such work.
        NoPlaces = "no-places", "There are no places";
        /// Nobody answers.
        NoAnswer = "no-answer", "Nobody answers";
        /// The site or the business is closed.
        ClosedDown = "closed-down", "The site or the business has closed";
    }
}

/// A link is good for so many days unless said otherwise.
pub const LINK_DAYS: i64 = 30;
/// A link is good for so many days at most.
pub const MOST_LINK_DAYS: i64 = 90;
