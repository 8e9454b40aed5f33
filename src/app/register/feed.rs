//! What followers and keepers read: the changes in order, the audit trail, the tokens.

use sha2::{Digest, Sha256};

use crate::{
    app::{AppError, AppState, register},
    domain::access::Caller,
    store::{
        Conn, StoreError, audit as trail, changes as log,
        changes::{Change, Told},
        tokens::{self as issued, Token},
    },
};

pub use crate::store::audit::Line as Audited;

/// Changes are read from the log so many at a time.
const BATCH: i64 = 500;

/// Where a follower stands in the log of one database.
///
/// As text it is opaque, and carries a check: one that was made up, or comes from
/// another database, is refused instead of skipping changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor(i64);

/// Changes in order.
#[derive(Debug, Clone)]
pub struct Fed {
    /// The changes.
    pub changes: Vec<Change>,
    /// Where to go on; whether or not there is more now.
    pub resume: String,
    /// Whether there is more now.
    pub more: bool,
}

impl Cursor {
    fn check(self, database: &str) -> String {
        let digest = Sha256::digest(format!("changes {database} {}", self.0).as_bytes());
        digest.iter().take(8).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"))
    }

    fn text(self, database: &str) -> String {
        format!("{:x}-{}", self.0, self.check(database))
    }

    fn read(text: &str, database: &str) -> Option<Self> {
        let (number, check) = text.split_once('-')?;
        let cursor = Self(i64::from_str_radix(number, 16).ok().filter(|number| *number >= 0)?);
        (cursor.check(database) == check && cursor.text(database) == text).then_some(cursor)
    }
}

/// Up to `limit` changes after a cursor that the caller may be told of, each exactly
/// once.
///
/// # Errors
///
/// [`AppError::Invalid`] for a cursor that is none of this database, or so old that
/// changes after it are no longer kept.
pub async fn changes(
    app: &AppState,
    caller: &Caller,
    cursor: Option<String>,
    limit: usize,
) -> Result<Fed, AppError> {
    let keeps = caller.keeps();
    let told = move |change: &Change| keeps || change.told == Told::Public;
    app.records()?
        .read(move |conn| {
            let database = log::database_id(conn)?;
            let mut at = begin(conn, cursor.as_deref(), &database)?;
            let last = log::position(conn)?;
            let mut changes = Vec::new();
            while changes.len() < limit && at < last {
                let batch = log::after(conn, at, BATCH)?;
                if batch.is_empty() {
                    break;
                }
                for change in batch {
                    if changes.len() == limit {
                        break;
                    }
                    at = change.seq;
                    if told(&change) {
                        changes.push(change);
                    }
                }
            }
            // What follows may all be hidden: then this is the end for this caller.
            let more = changes.len() == limit && any_after(conn, at, told)?;
            Ok(Fed { changes, resume: Cursor(at).text(&database), more })
        })
        .await
}

fn begin(conn: &mut Conn, cursor: Option<&str>, database: &str) -> Result<i64, AppError> {
    let oldest = log::oldest(conn)?.unwrap_or(1);
    let Some(text) = cursor else { return Ok(oldest - 1) };
    let refused = |message: &str| AppError::refused("cursor", "cursor", message.to_owned());
    let Some(Cursor(at)) = Cursor::read(text, database) else {
        return Err(refused("This is no cursor of this service. Begin without one."));
    };
    if at + 1 < oldest {
        return Err(refused(
            "Changes after this cursor are no longer kept. Read the lists, then begin without one.",
        ));
    }
    Ok(at)
}

fn any_after(
    conn: &mut Conn,
    mut at: i64,
    told: impl Fn(&Change) -> bool,
) -> Result<bool, StoreError> {
    loop {
        let batch = log::after(conn, at, BATCH)?;
        let Some(last) = batch.last() else { return Ok(false) };
        at = last.seq;
        if batch.iter().any(&told) {
            return Ok(true);
        }
    }
}

/// Up to `limit` lines of the audit trail before a number, newest first.
pub async fn audit(
    app: &AppState,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<Audited>, AppError> {
    app.records()?.read(move |conn| Ok(trail::page(conn, before, limit)?)).await
}

/// Every token that was ever made, first one first.
pub async fn tokens(app: &AppState) -> Result<Vec<Token>, AppError> {
    app.records()?.read(|conn| Ok(issued::all(conn)?)).await
}

/// Revokes a token, at once in this process and within a second in the others.
///
/// # Errors
///
/// [`AppError::NotFound`] if there is no such token.
pub async fn revoke_token(app: &AppState, caller: &Caller, id: i64) -> Result<(), AppError> {
    let (author, at) = (register::author(caller), app.clock.now());
    let revoked = app.records()?.write(move |conn| issued::revoke(conn, id, &author, at)).await;
    match revoked {
        Err(StoreError::NotFound) => return Err(AppError::NotFound("token")),
        other => other?,
    };
    app.follow_tokens().await
}

#[cfg(test)]
mod tests {
    use super::Cursor;

    #[test]
    fn a_cursor_of_another_database_or_a_made_up_one_is_none() {
        let text = Cursor(4711).text("here");
        assert_eq!(Cursor::read(&text, "here"), Some(Cursor(4711)));
        assert_eq!(Cursor::read(&text, "there"), None);
        for bad in ["", "-", "1268", "4711-0000000000000000", "-1-0", &text.to_uppercase()] {
            assert_eq!(Cursor::read(bad, "here"), None, "{bad}");
        }
    }
}
