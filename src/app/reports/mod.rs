//! The partnership's reports: worked out from the register as it was on a day, in one
//! look at the database, and written as CSV or as a workbook.
//!
//! A report may look at the whole register, so one is made at a time, and it is kept until
//! the register changes.

mod csv;
mod gathering;
mod plans;
mod xlsx;

use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;

use crate::{
    app::{AppError, AppState, Snapshot, register::Told},
    domain::{
        access::Caller,
        reports::{self, Asked, Ground, IntroductionReport},
        table::Table,
    },
    store::{Conn, changes},
};

pub use self::{csv::csv, xlsx::xlsx};

/// So many reports are kept.
const KEPT: usize = 32;

/// What a kept report was made from: what was asked for, whether with what brokers are
/// told, and the changes that the records and the words show.
type Key = (Asked, bool, i64, i64);

/// Reports that were made lately.
#[derive(Debug, Default)]
pub struct Kept {
    /// Latest last.
    made: Mutex<Vec<(Key, Arc<Table>)>>,
    /// Whoever makes a report holds it.
    making: tokio::sync::Mutex<()>,
}

impl Kept {
    fn find(&self, key: &Key) -> Option<Arc<Table>> {
        let made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.iter().find(|(one, _)| one == key).map(|(_, table)| table.clone())
    }

    fn keep(&self, key: Key, table: &Arc<Table>) {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        made.retain(|(one, _)| *one != key);
        if made.len() >= KEPT {
            made.remove(0);
        }
        made.push((key, table.clone()));
    }
}

/// A report, as a caller may read it. Brokers and coordinators are also told what
/// organisations say to brokers alone, as counts; nobody is told of drafts.
///
/// # Errors
///
/// [`AppError::Forbidden`] for a report that is not for the caller,
/// [`AppError::Invalid`] for a partnership that is not there.
pub async fn report(
    app: &AppState,
    caller: &Caller,
    asked: Asked,
) -> Result<Told<Arc<Table>>, AppError> {
    if !caller.reads(asked.report.audience()) {
        return Err(AppError::Forbidden("This report is for coordinators."));
    }
    let snapshot = app.snapshot();
    if let Some(slug) = asked.partnership.as_deref()
        && snapshot.reference.partnership(slug).is_none()
    {
        let message = "There is no such partnership.".to_owned();
        return Err(AppError::refused("partnership", "unknown-value", message));
    }
    let inside = caller.brokers();
    let position = app.records()?.read(|conn| Ok::<_, AppError>(changes::position(conn)?)).await?;
    let key = |change| (asked.clone(), inside, change, snapshot.change);
    if let Some(what) = app.reports().find(&key(position)) {
        return Ok(Told { what, change: position });
    }
    let _made_one_at_a_time = app.reports().making.lock().await;
    if let Some(what) = app.reports().find(&key(position)) {
        return Ok(Told { what, change: position });
    }
    let (wish, from) = (asked.clone(), snapshot.clone());
    let today = app.clock.today();
    let look = move |conn: &mut Conn| {
        let change = changes::position(conn)?;
        let mut records = gathering::gather(conn, &wish, (inside, today))?;
        records.plans = plans::plans(conn, &from.reference, (&wish, today))?;
        records.worlds = gathering::worlds(conn, &from.reference, (&wish, today))?;
        Ok::<_, AppError>((Arc::new(made(&from, &records, &wish)), change))
    };
    let (what, change) = app.records()?.read(look).await?;
    app.reports().keep(key(change), &what);
    Ok(Told { what, change })
}

/// What came of introductions, those that were not taken back, on a day.
pub(in crate::app) async fn introductions(
    app: &AppState,
    (day, today): (NaiveDate, NaiveDate),
) -> Result<Told<IntroductionReport>, AppError> {
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            let found = gathering::introductions(conn, (day, today))?;
            Ok(Told { what: IntroductionReport::of(found.iter().map(|one| &one.body)), change })
        })
        .await
}

fn made(snapshot: &Snapshot, records: &reports::Records, asked: &Asked) -> Table {
    let ground = Ground {
        records,
        vocabulary: snapshot.vocabulary(),
        reference: &snapshot.reference,
        gazetteer: snapshot.gazetteer(),
        coverage: &snapshot.policy().coverage,
    };
    reports::table(ground, asked)
}
