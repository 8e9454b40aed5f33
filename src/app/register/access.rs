//! Tokens, and whom they stand for.
//!
//! The table of tokens is held in memory, so that a reader with a token costs the
//! database nothing. It is read anew when the change log names a token, and looked at
//! once in the database for a token that it does not know.

use std::{collections::HashMap, sync::Arc};

use arc_swap::ArcSwap;
use chrono::NaiveDateTime;

use crate::{
    app::AppError,
    domain::access::{Caller, Role},
    store::{Conn, Store, StoreError, changes, records, tokens, tokens::Token},
};

/// The tokens that are known.
#[derive(Default)]
pub struct Tokens {
    table: ArcSwap<Table>,
}

#[derive(Default, Clone)]
struct Table {
    /// By hash.
    known: HashMap<String, Token>,
    /// The last change that was heeded; `None` before the table was read.
    change: Option<i64>,
}

impl Tokens {
    /// Whom a token stands for at a moment, as far as is known in memory.
    pub fn known(&self, hash: &str, at: NaiveDateTime) -> Option<Caller> {
        self.table.load().known.get(hash).filter(|token| token.is_good(at)).map(caller)
    }

    /// Whom a token stands for at a moment; `None` if it is unknown, has run out or was
    /// revoked.
    pub async fn judge(
        &self,
        store: &Store,
        hash: String,
        at: NaiveDateTime,
    ) -> Result<Option<Caller>, AppError> {
        if self.table.load().change.is_none() {
            self.read(store).await?;
        }
        if self.table.load().known.contains_key(&hash) {
            return Ok(self.known(&hash, at));
        }
        let wanted = hash.clone();
        let found = store.read(move |conn| {
            let token = tokens::find_by_hash(conn, &wanted)?;
            with_heir(conn, token)
        });
        let Some(token) = found.await.map_err(AppError::from)? else { return Ok(None) };
        self.table.rcu(|table| {
            let mut next = Table::clone(table);
            next.known.insert(hash.clone(), token.clone());
            next
        });
        Ok(self.known(&hash, at))
    }

    /// Reads the table anew if the log names a token, as merges do, since it was read.
    pub async fn follow(&self, store: &Store) -> Result<(), StoreError> {
        /// So many changes are looked through; after more, the table is read anyway.
        const MOST: i64 = 1_000;
        let Some(seen) = self.table.load().change else { return Ok(()) };
        let new = store.read(move |conn| changes::after(conn, seen, MOST)).await?;
        let Some(last) = new.last().map(|change| change.seq) else { return Ok(()) };
        let many = i64::try_from(new.len()).is_ok_and(|count| count == MOST);
        if many || new.iter().any(|change| change.kind == changes::Kind::Token) {
            return self.read(store).await;
        }
        self.table
            .rcu(|table| Table { change: table.change.max(Some(last)), ..Table::clone(table) });
        Ok(())
    }

    /// Reads the table.
    pub async fn read(&self, store: &Store) -> Result<(), StoreError> {
        let table = store.read(|conn| {
            let change = Some(changes::position(conn)?);
            let mut known = HashMap::new();
            for token in tokens::all(conn)? {
                if let Some(token) = with_heir(conn, Some(token))? {
                    known.insert(token.hash.clone(), token);
                }
            }
            Ok::<_, StoreError>(Table { known, change })
        });
        self.table.store(Arc::new(table.await?));
        Ok(())
    }
}

/// A token of an organisation that was merged into another speaks for that one.
fn with_heir(conn: &mut Conn, token: Option<Token>) -> Result<Option<Token>, StoreError> {
    let Some(mut token) = token else { return Ok(None) };
    if let Some(organisation) = &token.organisation
        && let Some(heir) = records::merged_into(conn, organisation)?
    {
        token.organisation = Some(heir);
    }
    Ok(Some(token))
}

fn caller(token: &Token) -> Caller {
    let organisation = token.organisation.clone().filter(|_| token.role == Role::Employer);
    Caller { role: token.role, organisation, token: Some(token.id) }
}
