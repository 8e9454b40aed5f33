//! The charter's versions and actions: the words stand in the versions of the records;
//! signatures and pledges refer to rows of `charter` and `charter_action`, so that each
//! record has one.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::domain::register::{KeptAction, KeptCharter};
use crate::domain::slug::Slug;
use crate::store::records::clause::{Clause, Sql};
use crate::store::records::history::last_bodies;
use crate::store::records::listing::Condition;
use crate::store::records::lists::{List, NewLists};
use crate::store::records::look_up::{absent, slugs_of};
use crate::store::records::topic::{Coming, Topic};
use crate::store::reference::{anchor_action, anchor_charter};
use crate::store::schema::{charter, charter_focus_area, charter_stance};
use crate::store::{Conn, StoreError};

impl Topic for KeptCharter {
    const FINAL: bool = false;
    const OPEN: &'static str = "1 = 1";

    fn open(&self) -> bool {
        true
    }

    fn admit(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        let known: Vec<String> = charter::table.select(charter::slug).load(conn)?;
        let mut names: BTreeSet<&str> = known.iter().map(String::as_str).collect();
        names.extend(coming.iter().map(|(_, body)| body.charter.as_str()));
        if names.len() > 1 {
            return Err(StoreError::Conflict("the register has another charter"));
        }
        Ok(())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let mut lists = NewLists::default();
        for (id, body) in bodies {
            anchor_charter(conn, body)?;
            lists.add(*id, List::Cited, &body.sources);
        }
        lists.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        anchor_charter(conn, self)?;
        let mut lists = NewLists::default();
        lists.add(id, List::Cited, &self.sources);
        lists.replace(conn, id)
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        last_bodies(conn, ids)
    }

    fn clause(_condition: &Condition, _today: NaiveDate) -> Option<Clause> {
        None
    }
}

impl Topic for KeptAction {
    const FINAL: bool = false;
    const OPEN: &'static str = "1 = 1";

    fn open(&self) -> bool {
        true
    }

    fn admit(conn: &mut Conn, coming: &Coming<'_, Self>) -> Result<(), StoreError> {
        let stances: Vec<String> = charter_stance::table.select(charter_stance::slug).load(conn)?;
        let areas: Vec<String> =
            charter_focus_area::table.select(charter_focus_area::slug).load(conn)?;
        for (_, body) in coming {
            if !stances.iter().any(|known| body.stance == *known.as_str()) {
                return Err(absent("stance", &body.stance));
            }
            if !areas.iter().any(|known| body.focus_area == *known.as_str()) {
                return Err(absent("focus area", &body.focus_area));
            }
        }
        Ok(())
    }

    fn insert(conn: &mut Conn, bodies: &[(i64, &Self)]) -> Result<(), StoreError> {
        let mut lists = NewLists::default();
        for (id, body) in bodies {
            body.named_by_its_code(conn, *id)?;
            anchor_action(conn, body)?;
            body.list(*id, &mut lists);
        }
        lists.insert(conn)
    }

    fn update(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        self.named_by_its_code(conn, id)?;
        let mut lists = NewLists::default();
        self.list(id, &mut lists);
        lists.replace(conn, id)
    }

    fn load(conn: &mut Conn, ids: &[i64]) -> Result<HashMap<i64, Self>, StoreError> {
        last_bodies(conn, ids)
    }

    fn clause(condition: &Condition, _today: NaiveDate) -> Option<Clause> {
        Some(match condition.field {
            "stance" => in_words(condition, List::Stance),
            "focus_area" => in_words(condition, List::FocusArea),
            "cohort" => condition.in_list(List::Cohort),
            _ => return None,
        })
    }
}

/// A word that every record of the kind has one of.
fn in_words(condition: &Condition, list: List) -> Clause {
    let (values, _) = condition.parted();
    Sql::new(format!(
        "entry.id IN (SELECT entry_id FROM entry_value WHERE list = '{}' AND value",
        list.as_str()
    ))
    .one_of(values)
    .sql(")")
    .clause()
}

impl KeptAction {
    fn named_by_its_code(&self, conn: &mut Conn, id: i64) -> Result<(), StoreError> {
        let slug: Option<Slug> = slugs_of(conn, &[id])?.remove(&id);
        if slug.is_some_and(|slug| slug.as_str() == self.code.to_ascii_lowercase()) {
            return Ok(());
        }
        Err(StoreError::Conflict("an action is named by its code, in small letters"))
    }

    fn list(&self, id: i64, lists: &mut NewLists) {
        lists.add(id, List::Stance, &[&self.stance]);
        lists.add(id, List::FocusArea, &[&self.focus_area]);
        lists.add(id, List::Cohort, &self.cohorts);
        lists.add(id, List::Cited, &self.sources);
    }
}
