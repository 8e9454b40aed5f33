//! The use cases of the register: its records read, listed, written, merged and
//! followed, by somebody who may.
//!
//! Who may do what, and who is shown what, is judged by
//! [`domain::access`](crate::domain::access) alone; here it is asked before anything is
//! done. What a caller may not see is answered exactly like what is not there.

pub mod access;
mod bulk;
pub(in crate::app) mod duplicates;
mod feed;
mod idempotency;
mod merging;
mod past;
pub mod places;
pub(in crate::app) mod reading;
pub mod reports;
mod reserved;
mod subject;
mod words;
pub(in crate::app) mod writing;

pub use crate::{
    app::register::{
        bulk::{Item, create_many},
        feed::{Audited, Cursor, Fed, audit, changes, revoke_token, tokens},
        idempotency::{InFlight, Key},
        merging::{merge, undo_merge},
        past::{Past, history},
        reading::{
            Asked, Found, Listed, Look, Told, allows, find, list, of_organisation, position,
        },
        subject::Subject,
        writing::{Done, Similar, Target, Wish, add_update, confirm, create, end, replace},
    },
    store::{
        records::{Condition, Merged, Outcome, UNDO_DAYS, Version, Wanted, Written},
        tokens::Token,
    },
};

use crate::{
    domain::{
        access::{Caller, Shown},
        register::RecordKind,
        slug::Slug,
    },
    store::records::Author,
};

/// The caller as the history and the audit trail name it.
pub fn author(caller: &Caller) -> Author {
    let actor = caller.token.map_or_else(|| "operator".to_owned(), |id| format!("token:{id}"));
    Author { actor, role: caller.role, token: caller.token }
}

/// The organisation that a body belongs to; an organisation belongs to itself.
fn owner<'a, T: Subject>(slug: &'a Slug, body: &'a T) -> Option<&'a Slug> {
    if T::KIND == RecordKind::Organisation { Some(slug) } else { body.owner() }
}

/// Whether a body is shown to a caller while its organisation is published, or is not.
fn shown<T: Subject>(caller: &Caller, slug: &Slug, body: &T, published: bool) -> bool {
    let told = matches!(T::KIND, RecordKind::Posture | RecordKind::Introduction);
    let open = body.open();
    // Brokers are told what employers say; what lacks permission is told to nobody.
    let shown = Shown { published: published && (open || told), open };
    let owner = owner(slug, body);
    caller.may(crate::domain::access::Act::Read, T::KIND, owner) && shown.to(caller, owner)
}
