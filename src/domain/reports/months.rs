//! The months that a report over time looks at.

use chrono::{Datelike, Months, NaiveDate};

use crate::domain::reports::Asked;

/// A report looks at so many months at most.
pub const MOST_MONTHS: u32 = 120;

/// Days, the first and the last, that are counted together.
pub type Span = (NaiveDate, NaiveDate);

/// Whether a day lies in a span.
pub(super) fn within(day: NaiveDate, (first, last): Span) -> bool {
    first <= day && day <= last
}

/// The months from `first`, or from the day that is asked for, to the last day asked for:
/// of more than `most`, the last ones. The first and the last may be cut short.
pub(super) fn months(first: NaiveDate, asked: &Asked, most: u32) -> Vec<Span> {
    let last = asked.to.unwrap_or(asked.as_of).min(asked.as_of);
    let back = Months::new(most.saturating_sub(1));
    let earliest = last.checked_sub_months(back).unwrap_or(last);
    let mut from = asked.from.unwrap_or(first).max(earliest.with_day(1).unwrap_or(earliest));
    let mut months = Vec::new();
    while from <= last {
        let next = from.with_day(1).and_then(|day| day.checked_add_months(Months::new(1)));
        let next = next.unwrap_or(NaiveDate::MAX);
        months.push((from, next.pred_opt().unwrap_or(from).min(last)));
        from = next;
    }
    months
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::reports::Report;

    #[test]
    fn months_are_whole_but_the_first_and_the_last_and_so_many_at_most() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
        let asked = |as_of| Asked {
            report: Report::Signatories,
            as_of,
            from: None,
            to: None,
            partnership: None,
        };
        let found = months(day(2026, 1, 24), &asked(day(2026, 3, 2)), 12);
        let expected = [
            (day(2026, 1, 24), day(2026, 1, 31)),
            (day(2026, 2, 1), day(2026, 2, 28)),
            (day(2026, 3, 1), day(2026, 3, 2)),
        ];
        assert_eq!(found, expected);
        let many = months(day(1990, 1, 1), &asked(day(2026, 3, 31)), MOST_MONTHS);
        assert_eq!(many.len(), 120);
        assert_eq!(many[0].0, day(2016, 4, 1));
    }
}
