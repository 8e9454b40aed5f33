//! What the reference data publishes, found by the names that records give it.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;

use crate::store::records::lists::IDS;
use crate::store::records::look_up::absent;
use crate::store::schema::{charter, charter_action, course_type, partnership, provider, scheme};
use crate::store::{Conn, StoreError};

/// Identifiers by name.
pub(super) type Ids = BTreeMap<String, i64>;

/// Functions that find the rows of a table by a column; all must be there.
macro_rules! found_by {
    ($($(#[$doc:meta])* $name:ident: $table:ident :: $column:ident, $kind:literal;)+) => {$(
        $(#[$doc])*
        pub(super) fn $name<'a>(
            conn: &mut Conn,
            names: impl IntoIterator<Item = &'a str>,
        ) -> Result<Ids, StoreError> {
            let wanted: BTreeSet<&str> = names.into_iter().collect();
            let names: Vec<&str> = wanted.iter().copied().collect();
            let mut ids = Ids::new();
            for some in names.chunks(IDS) {
                let rows: Vec<(String, i64)> = $table::table
                    .filter($table::$column.eq_any(some))
                    .select(($table::$column, $table::id))
                    .load(conn)?;
                ids.extend(rows);
            }
            match wanted.into_iter().find(|name| !ids.contains_key(*name)) {
                Some(missing) => Err(absent($kind, missing)),
                None => Ok(ids),
            }
        }
    )+};
}

found_by! {
    /// The charter's actions of these codes.
    actions: charter_action::code, "action";
    /// The charters of these names.
    charters: charter::slug, "charter";
    /// The workforce development partnerships of these names.
    forums: partnership::slug, "partnership";
    /// The providers of these names.
    providers: provider::slug, "provider";
    /// The kinds of course of these names.
    course_types: course_type::slug, "course type";
    /// The schemes of these names.
    schemes: scheme::slug, "scheme";
}
