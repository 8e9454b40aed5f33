//! The versions of a record, as a caller may see them.
//!
//! Each is judged as of the last day it held, so that a history tells no more than
//! looking at the record on each day in turn would.

use chrono::NaiveDate;

use crate::{
    app::{
        AppError, AppState,
        register::{
            self, Found, Look, Subject, Told,
            reading::{Time, heir, published_on, visible, with_year},
        },
    },
    domain::{
        access::{Act, Caller},
        register::Record,
        slug::Slug,
    },
    store::{
        changes,
        records::{self, Version},
    },
};

/// A record as it was from a day on, and who wrote it.
pub type Past<T> = (Found<T>, Version<()>);

/// Every version of a record that the caller could have seen in its time, first one
/// first. Who keeps the register reads that of an organisation that was merged, too.
///
/// # Errors
///
/// [`AppError::NotFound`] for what the caller may not see.
pub async fn history<T: Subject>(
    app: &AppState,
    caller: &Caller,
    slug: Slug,
) -> Result<Told<Look<Vec<Past<T>>>>, AppError> {
    let (caller, today) = (caller.clone(), app.clock.today());
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            if !caller.keeps()
                && let Some(heir) = heir::<T>(conn, &caller, &slug)?
            {
                return Ok(Told { what: Look::Moved(heir), change });
            }
            let record = visible::<T>(conn, &caller, &slug)?;
            if !caller.may(Act::History, T::KIND, register::owner(&slug, &record.body)) {
                return Err(AppError::Forbidden("Your role may not read this history."));
            }
            let all = records::history::<T>(conn, &slug)?;
            let next: Vec<NaiveDate> = all.iter().skip(1).map(|one| one.effective_on).collect();
            let last_days = next.into_iter().map(|day| day.pred_opt().unwrap_or(day));
            let mut versions = Vec::new();
            for (version, last) in all.into_iter().zip(last_days.chain([today])) {
                let Version { record, effective_on, actor } = version;
                let published = published_on(conn, record.body.owner(), last.max(effective_on))?;
                if !register::shown(&caller, &slug, &record.body, published) {
                    continue;
                }
                let about = Record { body: (), ..emptied(&record) };
                let found = with_year(conn, record, today, Time::Now)?;
                versions.push((found, Version { record: about, effective_on, actor }));
            }
            Ok(Told { what: Look::Here(versions), change })
        })
        .await
}

fn emptied<T>(record: &Record<T>) -> Record<()> {
    Record {
        slug: record.slug.clone(),
        version: record.version,
        said: record.said.clone(),
        confirmed_on: record.confirmed_on,
        ended: record.ended.clone(),
        fictional: record.fictional,
        recorded_at: record.recorded_at,
        doubted_on: record.doubted_on,
        body: (),
    }
}
