//! Recognition schemes: the words stand in the versions of the records; recognitions
//! refer to rows of `scheme` and `scheme_level`, so that each record has them.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::register::KeptScheme;
use crate::store::records::clause::Clause;
use crate::store::records::history::last_bodies;
use crate::store::records::listing::Condition;
use crate::store::records::lists::{List, NewLists};
use crate::store::records::look_up::{absent, slugs_of};
use crate::store::records::topic::{Coming, Topic};
use crate::store::reference::anchor_scheme;
use crate::store::{Conn, StoreError};

impl Topic for KeptScheme {
    const FINAL: bool = false;
    const OPEN: &'static str = "1 = 1";

    fn open(&self) -> bool {
        true
    }

    fn admit(_conn: &mut Conn, _coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        Ok(())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let mut lists = NewLists::default();
        for (id, body) in bodies {
            body.anchor(conn, *id)?;
            body.list(*id, &mut lists);
        }
        lists.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        self.anchor(conn, id)?;
        let mut lists = NewLists::default();
        self.list(id, &mut lists);
        lists.replace(conn, id)
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        last_bodies(conn, ids)
    }

    fn clause(condition: &Condition, _today: NaiveDate) -> Option<Clause> {
        (condition.field == "kind").then(|| condition.in_list(List::SchemeKind))
    }
}

impl KeptScheme {
    fn anchor(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let slug = slugs_of(conn, &[id])?.remove(&id).ok_or(StoreError::NotFound)?;
        anchor_scheme(conn, &slug, self).map_err(|error| match error {
            StoreError::NotFound => absent("scheme", &slug),
            other => other,
        })
    }

    fn list(&self, id: i64, lists: &mut NewLists) {
        lists.add(id, List::SchemeKind, &[self.kind]);
        lists.add(id, List::Cited, &self.sources);
    }
}
