//! Counts over records, for the partnership's reports.

use chrono::NaiveDate;

use crate::{
    app::{AppError, AppState, register::Told, reports},
    domain::{access::Caller, reports::IntroductionReport},
};

/// What came of introductions, those that were not taken back, as they were on a day.
///
/// # Errors
///
/// [`AppError::Forbidden`] for who does not keep the register.
pub async fn introductions(
    app: &AppState,
    caller: &Caller,
    day: NaiveDate,
) -> Result<Told<IntroductionReport>, AppError> {
    if !caller.keeps() {
        return Err(AppError::Forbidden("Reports are for coordinators."));
    }
    let today = app.clock.today();
    reports::introductions(app, (day, today)).await
}
