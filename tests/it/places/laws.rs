//! Laws of the ledger, on random sequences of lines over days that go on.

use chrono::{Days, NaiveDate};
use pathways::domain::places::{Entry, HoldState, Ledger, Line, Refused};
use proptest::prelude::*;

fn day(days: u64) -> NaiveDate {
    let first = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    first.checked_add_days(Days::new(days)).unwrap()
}

/// What somebody tries: the kind, a hold by its place among all, a number of days or places.
type Attempt = (u8, usize, u64, u64);

/// The same told by plain books: each place has a state and a last day.
#[derive(Default)]
struct Books {
    stated: Option<i32>,
    /// Number, state, last day, of this count.
    places: Vec<(i64, HoldState, u64, bool)>,
}

impl Books {
    fn pass(&mut self, today: u64) {
        for place in &mut self.places {
            if place.1 == HoldState::Held && place.2 < today {
                place.1 = HoldState::Lapsed;
            }
        }
    }

    fn count(&self, state: HoldState) -> i32 {
        let fitting = self.places.iter().filter(|place| place.3 && place.1 == state);
        i32::try_from(fitting.count()).unwrap()
    }

    fn left(&self) -> Option<i32> {
        Some(self.stated? - self.count(HoldState::Held) - self.count(HoldState::Taken))
    }

    fn restate(&mut self, stated: Option<i32>) {
        self.stated = stated;
        let mut room = stated.unwrap_or(0);
        for place in &mut self.places {
            place.3 = place.1 == HoldState::Held && room > 0;
            if place.3 {
                room -= 1;
            } else if place.1 == HoldState::Held {
                place.1 = HoldState::Recounted;
            }
        }
    }

    /// Does what is tried if it can be done; whether it was.
    fn act(&mut self, id: i64, line: Line, days: u64) -> bool {
        let free = self.left().is_some_and(|left| left > 0);
        let mut place = |id: i64, from: &[HoldState], to| {
            let found = self.places.iter_mut().find(|place| place.0 == id);
            let fits = found.as_ref().is_some_and(|place| from.contains(&place.1));
            if let Some(place) = found.filter(|_| fits) {
                place.1 = to;
            }
            fits
        };
        match line {
            Line::Count(stated) => self.restate(stated),
            Line::Hold(_) if free => self.places.push((id, HoldState::Held, days, true)),
            Line::Take(None) if free => self.places.push((id, HoldState::Taken, u64::MAX, true)),
            Line::Hold(_) | Line::Take(None) => return false,
            Line::Take(Some(id)) => return place(id, &[HoldState::Held], HoldState::Taken),
            Line::Decline(id) => return place(id, &[HoldState::Held], HoldState::Declined),
            Line::GiveBack(id) => {
                return place(id, &[HoldState::Held, HoldState::Taken], HoldState::GivenBack);
            }
        }
        true
    }
}

fn line(attempt: Attempt, today: u64, holds: &[i64]) -> (Line, u64) {
    let (kind, nth, number, _) = attempt;
    let hold = if holds.is_empty() { 99 } else { holds[nth % holds.len()] };
    let last = today + 1 + number % 28;
    match kind % 8 {
        0 => (Line::Count(Some(i32::try_from(number % 7).unwrap())), 0),
        1 if nth.is_multiple_of(5) => (Line::Count(None), 0),
        1..=3 => (Line::Hold(day(last)), last),
        4 => (Line::Take(None), 0),
        5 => (Line::Take(Some(hold)), 0),
        6 => (Line::GiveBack(hold), 0),
        _ => (Line::Decline(hold), 0),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever is tried in whatever order on whichever days: the ledger admits what plain
    /// books would, and what was stated is what is left, held and taken.
    #[test]
    fn the_sums_always_match(
        stated in prop::option::of(0_i32..7),
        attempts in prop::collection::vec(
            (any::<u8>(), 0_usize..20, 0_u64..60, 0_u64..10), 0..60),
    ) {
        let mut ledger = Ledger::new(stated, Vec::new());
        let mut books = Books { stated, places: Vec::new() };
        let (mut today, mut holds) = (0, Vec::new());
        for (nth, attempt) in attempts.into_iter().enumerate() {
            today += attempt.3;
            books.pass(today);
            let id = i64::try_from(nth).unwrap() + 100;
            let (line, last) = line(attempt, today, &holds);
            let admitted = ledger.admits(line, day(today));
            prop_assert_eq!(admitted.is_ok(), books.act(id, line, last), "{:?}: {:?}", line, admitted);
            if admitted.is_ok() {
                if matches!(line, Line::Hold(_) | Line::Take(None)) {
                    holds.push(id);
                }
                ledger = ledger.with(Entry { id, on: day(today), line });
            }
            let balance = ledger.balance(day(today));
            prop_assert_eq!(balance.stated, books.stated);
            prop_assert_eq!((balance.held, balance.taken),
                (books.count(HoldState::Held), books.count(HoldState::Taken)));
            prop_assert_eq!(balance.left(), books.left());
            let sum = balance.left().map(|left| left + balance.held + balance.taken);
            prop_assert_eq!(sum, balance.stated);
            prop_assert!(balance.left().is_none_or(|left| left >= 0));
            // Nothing but the days changes it between two looks.
            let turn = ledger.next_turn(day(today));
            for ahead in 0..4 {
                let then = day(today + ahead);
                if turn.is_none_or(|turn| then < turn) {
                    prop_assert_eq!(ledger.balance(then), balance);
                }
            }
            // A clock that was set back wakes nothing.
            prop_assert_eq!(ledger.balance(ledger.present(day(0))), ledger.balance(day(0)));
        }
    }
}

#[test]
fn a_hold_lapses_after_its_last_day_and_cannot_be_taken_then() {
    let ledger = Ledger::new(Some(1), Vec::new());
    let ledger = ledger.with(Entry { id: 1, on: day(0), line: Line::Count(Some(1)) });
    let ledger = ledger.with(Entry { id: 2, on: day(0), line: Line::Hold(day(14)) });
    assert_eq!(ledger.admits(Line::Hold(day(20)), day(14)), Err(Refused::NoneLeft));
    assert_eq!(ledger.balance(day(14)).left(), Some(0));
    assert_eq!(ledger.balance(day(15)).left(), Some(1));
    assert_eq!(ledger.next_turn(day(3)), Some(day(15)));
    let lapsed = Err(Refused::Not(HoldState::Lapsed));
    assert_eq!(ledger.admits(Line::Take(Some(2)), day(15)), lapsed);
    assert_eq!(ledger.admits(Line::Take(Some(3)), day(15)), Err(Refused::NoSuchHold));
}

#[test]
fn a_new_count_keeps_the_first_holds_and_forgets_what_was_taken() {
    let mut ledger = Ledger::new(Some(4), Vec::new());
    let lines = [
        Line::Count(Some(4)),
        Line::Hold(day(14)),
        Line::Hold(day(14)),
        Line::Take(None),
        Line::Hold(day(14)),
        Line::Count(Some(2)),
    ];
    for (id, line) in (1..).zip(lines) {
        ledger = ledger.with(Entry { id, on: day(1), line });
    }
    let balance = ledger.balance(day(1));
    assert_eq!((balance.stated, balance.held, balance.taken), (Some(2), 2, 0));
    let states: Vec<_> = ledger.holds(day(1)).iter().map(|hold| hold.state).collect();
    let wanted = [HoldState::Held, HoldState::Held, HoldState::Taken, HoldState::Recounted];
    assert_eq!(states, wanted);
    // What was taken under the count before can be given back, and frees nothing now.
    assert_eq!(ledger.admits(Line::GiveBack(4), day(1)), Ok(()));
    let ledger = ledger.with(Entry { id: 9, on: day(1), line: Line::GiveBack(4) });
    assert_eq!(ledger.balance(day(1)), balance);
}
