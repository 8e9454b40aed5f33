//! Counts over records, for the partnership's reports.

use crate::{
    app::{AppError, AppState, register::Told},
    domain::{access::Caller, register::Introduction, reports::IntroductionReport},
    store::{changes, records},
};

/// Records are read so many at a time.
const BATCH: i64 = 1_000;

/// What came of introductions, those that were not taken back.
///
/// # Errors
///
/// [`AppError::Forbidden`] for who does not keep the register.
pub async fn introductions(
    app: &AppState,
    caller: &Caller,
) -> Result<Told<IntroductionReport>, AppError> {
    if !caller.keeps() {
        return Err(AppError::Forbidden("Reports are for coordinators."));
    }
    let today = app.clock.today();
    app.records()?
        .read(move |conn| {
            let change = changes::position(conn)?;
            let mut all: Vec<Introduction> = Vec::new();
            let mut last = None;
            loop {
                let some = records::following::<Introduction>(conn, last.as_ref(), BATCH)?;
                let Some(end) = some.last() else { break };
                last = Some(end.slug.clone());
                let there = some
                    .into_iter()
                    .filter(|one| one.ended.as_ref().is_none_or(|ending| today < ending.on));
                all.extend(there.map(|one| one.body));
            }
            Ok(Told { what: IntroductionReport::of(&all), change })
        })
        .await
}
