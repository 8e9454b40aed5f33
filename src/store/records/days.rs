//! States and freshness as conditions in SQL, for filters: the same rules as in the
//! domain, where they are told; tests hold the two together.

use chrono::{Days, Months, NaiveDate};

use crate::domain::register::DAYS_BEFORE_RENEWAL;
use crate::store::records::clause::{Clause, Sql};
use crate::store::records::listing::Condition;

/// The last day that somebody who knows stood by a record.
const STOOD_BY: &str = "(CASE WHEN entry.voice = 'organisation' \
     AND (entry.confirmed_on IS NULL OR entry.stated_on > entry.confirmed_on) \
     THEN entry.stated_on ELSE entry.confirmed_on END)";

/// A day as a literal: both databases compare it with a column of days.
fn literal(day: NaiveDate) -> String {
    format!("'{day}'")
}

/// How fresh a record is.
pub(super) fn fresh(condition: &Condition, today: NaiveDate) -> Clause {
    let recent = today.checked_sub_days(Days::new(90)).unwrap_or(NaiveDate::MIN);
    let told = format!(
        "(CASE WHEN {STOOD_BY} IS NULL THEN 'never-confirmed' \
         WHEN entry.doubted_on <= {} THEN 'stale' \
         WHEN {STOOD_BY} >= {} THEN 'confirmed-90-days' \
         WHEN {STOOD_BY} >= {} THEN 'confirmed-1-year' ELSE 'stale' END)",
        literal(today),
        literal(recent),
        literal(a_year_before(today)),
    );
    Sql::new(told).one_of(condition.words()).clause()
}

/// The first day whose anniversary is not before `today`.
fn a_year_before(today: NaiveDate) -> NaiveDate {
    let year = Months::new(12);
    let first = today.checked_sub_months(year).unwrap_or(NaiveDate::MIN);
    // 29 February: the anniversary of 28 February of the year before is the 28th.
    match first.checked_add_months(year) {
        Some(anniversary) if anniversary < today => first.succ_opt().unwrap_or(first),
        _ => first,
    }
}

/// Whether a record counts.
pub(super) fn counting(condition: &Condition, today: NaiveDate) -> Clause {
    let day = literal(today);
    let told = format!(
        "(CASE WHEN entry.stated_on <= {day} AND (entry.until IS NULL OR entry.until >= {day}) \
         AND (entry.ended_on IS NULL OR entry.ended_on > {day}) THEN 'true' ELSE 'false' END)"
    );
    Sql::new(told).one_of(condition.words()).clause()
}

/// Where a signature stands.
pub(super) fn signature_state(condition: &Condition, today: NaiveDate) -> Clause {
    let (day, due) = (literal(today), literal(renewal(today)));
    let told = format!(
        "entry.id IN (SELECT s.id FROM signature s JOIN entry e ON e.id = s.id WHERE \
         (CASE WHEN e.ended_on <= {day} THEN 'withdrawn' WHEN s.starts_on > {day} THEN 'upcoming' \
         WHEN s.ends_on < {day} THEN 'lapsed' WHEN s.ends_on <= {due} THEN 'due-for-renewal' \
         ELSE 'live' END)"
    );
    Sql::new(told).one_of(condition.words()).sql(")").clause()
}

/// What of a pledge's state is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PledgeAsked {
    State,
    Rung,
    Live,
}

/// Where a pledge stands, how far it was borne out, or whether it counts. Before it was
/// declared it stands nowhere, which is absence.
pub(super) fn pledge(asked: PledgeAsked, condition: &Condition, today: NaiveDate) -> Clause {
    let (day, due) = (literal(today), literal(renewal(today)));
    let gone = format!("(e.ended_on <= {day} OR y.ended_on <= {day})");
    let rung = format!(
        "CASE WHEN EXISTS (SELECT 1 FROM pledge_update u WHERE u.pledge_id = p.id AND u.published \
         AND (u.value IS NOT NULL OR u.progress = 'met') AND u.handed_in_on <= {day}) \
         THEN 'outcomes-reported' WHEN p.evidenced_on <= {day} THEN 'evidenced' \
         WHEN p.confirmed_on <= {day} THEN 'confirmed' ELSE 'declared' END"
    );
    let told = match asked {
        PledgeAsked::Rung => format!("CASE WHEN e.stated_on > {day} THEN '' ELSE {rung} END"),
        PledgeAsked::State => format!(
            "CASE WHEN e.stated_on > {day} THEN '' WHEN {gone} THEN 'withdrawn' \
             WHEN s.ends_on < {day} THEN 'lapsed' WHEN s.ends_on <= {due} THEN 'due-for-renewal' \
             ELSE {rung} END"
        ),
        PledgeAsked::Live => format!(
            "CASE WHEN e.stated_on > {day} OR {gone} OR s.ends_on < {day} OR s.starts_on > {day} \
             THEN 'false' ELSE 'true' END"
        ),
    };
    let told = format!(
        "entry.id IN (SELECT p.id FROM pledge p JOIN entry e ON e.id = p.id \
         JOIN signature s ON s.id = p.signature_id JOIN entry y ON y.id = s.id WHERE ({told})"
    );
    Sql::new(told).one_of(condition.words()).sql(")").clause()
}

/// Where an opening stands.
pub(super) fn opening_state(condition: &Condition, today: NaiveDate) -> Clause {
    let day = literal(today);
    let told = format!(
        "entry.id IN (SELECT o.id FROM opening o JOIN entry e ON e.id = o.id WHERE \
         (CASE WHEN e.ended_on <= {day} THEN 'withdrawn' WHEN o.closes_on < {day} THEN 'closed' \
         ELSE 'open' END)"
    );
    Sql::new(told).one_of(condition.words()).sql(")").clause()
}

/// A year that ends by this day is due for renewal today.
fn renewal(today: NaiveDate) -> NaiveDate {
    today.checked_add_days(Days::new(DAYS_BEFORE_RENEWAL)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::freshness::Freshness;

    #[test]
    fn a_year_before_is_the_first_day_that_is_still_within_a_year() {
        let mut today = NaiveDate::from_ymd_opt(2027, 1, 1).unwrap();
        let last = NaiveDate::from_ymd_opt(2029, 4, 1).unwrap();
        while today < last {
            let first = a_year_before(today);
            let of = |day| Freshness::of(Some(day), today);
            assert_eq!(of(first), Freshness::Year, "{today}: {first}");
            assert_eq!(of(first.pred_opt().unwrap()), Freshness::Stale, "{today}: {first}");
            today = today.succ_opt().unwrap();
        }
    }
}
