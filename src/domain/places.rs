//! The places of an opening: how many were stated, and which of them are held, taken or
//! left.
//!
//! A ledger is lines in the order in which they were written. A line that states a number
//! begins a new count:
//! - places taken before belong to the count before and do not lessen the new one: who
//!   states "5 places" speaks of those there are from now on;
//! - holds that still run are promises and are carried over, those made first before the
//!   others, as far as there are places; the rest end as [`HoldState::Recounted`].
//!
//! A hold lapses by itself after its last day. All of it is worked out for a day.
//!
//! Invariants:
//! - of a count whose number is known, stated = left + held + taken, and none is negative;
//! - a ledger that ran on does not wake what has lapsed when a clock is set back;
//! - a number that nobody has stood by for [`PLACES_HOLD_DAYS`] is unknown, not zero.

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::register::{Opening, Record};

/// For so many days a number of places counts that nobody has confirmed since.
pub const PLACES_HOLD_DAYS: u64 = 90;
/// A hold runs for so many days unless said otherwise.
pub const HOLD_DAYS: u64 = 14;
/// A hold runs for so many days at most.
pub const MOST_HOLD_DAYS: u64 = 28;

words! {
    /// Where a place that somebody held or took stands.
    HoldState {
        /// Kept free for somebody.
        Held = "held", "Held";
        /// Somebody got it.
        Taken = "taken", "Taken";
        /// It is free again.
        GivenBack = "given-back", "Given back";
        /// The employer said no.
        Declined = "declined", "Declined";
        /// Nobody decided in time.
        Lapsed = "lapsed", "Lapsed";
        /// A new count had no room for it.
        Recounted = "recounted", "Ended by a new count";
    }
}

/// What a line of the ledger does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// Begins a count of so many places; of none that is known.
    Count(Option<i32>),
    /// Keeps a place free until the end of a day.
    Hold(NaiveDate),
    /// Takes the place of a hold, or one that is left.
    Take(Option<i64>),
    /// Frees a place that was held or taken.
    GiveBack(i64),
    /// Says no to a hold.
    Decline(i64),
}

/// A line with its number and its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Its number, rising; of a hold also the hold's.
    pub id: i64,
    /// The day on which it was written, UTC.
    pub on: NaiveDate,
    /// What it does.
    pub line: Line,
}

/// A place that was held or taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// The number of its first line.
    pub id: i64,
    /// The day on which it was made.
    pub made_on: NaiveDate,
    /// The last day it holds; `None` for a place that was taken at once.
    pub expires_on: Option<NaiveDate>,
    /// Where it stands.
    pub state: HoldState,
    /// Whether it belongs to the present count.
    pub current: bool,
}

/// What a count comes to on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Balance {
    /// How many places were stated; `None` if the number is not known.
    pub stated: Option<i32>,
    /// How many of them are held.
    pub held: i32,
    /// How many of them are taken.
    pub taken: i32,
}

/// Why a line may not be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no such hold on this opening.
    #[error("there is no such hold")]
    NoSuchHold,
    /// Nobody knows how many places there are.
    #[error("the number of places is not known: the employer has to state or confirm it")]
    NotKnown,
    /// Every place is held or taken.
    #[error("no place is left")]
    NoneLeft,
    /// The hold is not in a state in which that can be done.
    #[error("the place is {}", .0.as_str())]
    Not(HoldState),
}

/// The lines of an opening, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    stated: Option<i32>,
    entries: Vec<Entry>,
}

impl Balance {
    /// How many are left, where the number is known.
    pub fn left(&self) -> Option<i32> {
        self.stated.map(|stated| (stated - self.held - self.taken).max(0))
    }
}

impl Ledger {
    /// A ledger of these lines; with none, all places that the opening states are left.
    pub fn new(stated: Option<i32>, entries: Vec<Entry>) -> Self {
        Self { stated, entries }
    }

    /// The ledger as it was at the end of a day.
    #[must_use]
    pub fn until(mut self, day: NaiveDate) -> Self {
        self.entries.retain(|entry| entry.on <= day);
        self
    }

    /// Its lines.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The same with one more line.
    #[must_use]
    pub fn with(mut self, entry: Entry) -> Self {
        self.entries.push(entry);
        self
    }

    /// The day for which the present state is told: today, or the day of the last line
    /// where a clock was set back.
    pub fn present(&self, today: NaiveDate) -> NaiveDate {
        self.entries.iter().map(|entry| entry.on).fold(today, NaiveDate::max)
    }

    /// The day on which the present count began, where a line says so.
    pub fn counted_on(&self) -> Option<NaiveDate> {
        let counts = self.entries.iter().filter(|entry| matches!(entry.line, Line::Count(_)));
        counts.map(|entry| entry.on).next_back()
    }

    /// What the present count comes to.
    pub fn balance(&self, today: NaiveDate) -> Balance {
        let mut counts = self.entries.iter().filter_map(|entry| match entry.line {
            Line::Count(places) => Some(places),
            _ => None,
        });
        let mut balance =
            Balance { stated: counts.next_back().unwrap_or(self.stated), held: 0, taken: 0 };
        for hold in self.holds(today).iter().filter(|hold| hold.current) {
            match hold.state {
                HoldState::Held => balance.held += 1,
                HoldState::Taken => balance.taken += 1,
                _ => {}
            }
        }
        balance
    }

    /// Every place that was ever held or taken, as it stands today, first one first.
    pub fn holds(&self, today: NaiveDate) -> Vec<Hold> {
        let mut holds: Vec<Hold> = Vec::new();
        // Days only ever go on, whatever a clock said.
        let mut day = NaiveDate::MIN;
        for entry in &self.entries {
            day = day.max(entry.on);
            lapse(&mut holds, day);
            write(&mut holds, entry);
        }
        lapse(&mut holds, day.max(today));
        holds
    }

    /// The place with that number.
    pub fn hold(&self, id: i64, today: NaiveDate) -> Option<Hold> {
        self.holds(today).into_iter().find(|hold| hold.id == id)
    }

    /// Whether a line may be written today.
    ///
    /// # Errors
    ///
    /// [`Refused`], for the first reason that stands against it.
    pub fn admits(&self, line: Line, today: NaiveDate) -> Result<(), Refused> {
        let state = |id| self.hold(id, today).map(|hold| hold.state).ok_or(Refused::NoSuchHold);
        match line {
            Line::Count(_) => Ok(()),
            Line::Hold(_) | Line::Take(None) => match self.balance(today).left() {
                None => Err(Refused::NotKnown),
                Some(0) => Err(Refused::NoneLeft),
                Some(_) => Ok(()),
            },
            Line::Take(Some(id)) | Line::Decline(id) => match state(id)? {
                HoldState::Held => Ok(()),
                other => Err(Refused::Not(other)),
            },
            Line::GiveBack(id) => match state(id)? {
                HoldState::Held | HoldState::Taken => Ok(()),
                other => Err(Refused::Not(other)),
            },
        }
    }

    /// The next day after `today` on which it comes to something else by itself.
    pub fn next_turn(&self, today: NaiveDate) -> Option<NaiveDate> {
        let holds = self.holds(today);
        let running = holds.iter().filter(|hold| hold.state == HoldState::Held);
        let ends = running.filter_map(|hold| hold.expires_on?.succ_opt());
        ends.filter(|day| *day > today).min()
    }
}

/// Ends the holds whose last day is past.
fn lapse(holds: &mut [Hold], day: NaiveDate) {
    let held = holds.iter_mut().filter(|hold| hold.state == HoldState::Held);
    for hold in held.filter(|hold| hold.expires_on.is_some_and(|last| last < day)) {
        hold.state = HoldState::Lapsed;
    }
}

fn write(holds: &mut Vec<Hold>, entry: &Entry) {
    let Entry { id, on, line } = *entry;
    let made = |expires_on, state| Hold { id, made_on: on, expires_on, state, current: true };
    let (id, state) = match line {
        Line::Count(places) => return recount(holds, places.unwrap_or(0)),
        Line::Hold(last) => return holds.push(made(Some(last), HoldState::Held)),
        Line::Take(None) => return holds.push(made(None, HoldState::Taken)),
        Line::Take(Some(id)) => (id, HoldState::Taken),
        Line::GiveBack(id) => (id, HoldState::GivenBack),
        Line::Decline(id) => (id, HoldState::Declined),
    };
    if let Some(hold) = holds.iter_mut().find(|hold| hold.id == id) {
        hold.state = state;
    }
}

/// Begins a count: what is held goes on as far as there is room.
fn recount(holds: &mut [Hold], places: i32) {
    let mut room = places;
    for hold in holds {
        hold.current = hold.state == HoldState::Held && room > 0;
        if hold.state == HoldState::Held {
            room -= 1;
            if !hold.current {
                hold.state = HoldState::Recounted;
            }
        }
    }
}

/// The places of an opening as they are told on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// How many were stated; `None` if that is not known, or not known any more.
    pub places: Option<i32>,
    /// How many of them are left.
    pub left: Option<i32>,
    /// How many are held.
    pub held: i32,
    /// How many are taken.
    pub taken: i32,
    /// The last day that somebody who knows stood by the number.
    pub confirmed_on: Option<NaiveDate>,
    /// The day on which the count began.
    pub counted_on: NaiveDate,
    /// Whether a number was stated that has grown too old to be relied on.
    pub decayed: bool,
}

impl Places {
    /// The places of an opening on a day, by its ledger.
    pub fn of(opening: &Record<Opening>, ledger: &Ledger, day: NaiveDate) -> Self {
        let balance = ledger.balance(day);
        let confirmed_on = opening.last_stood_by();
        let until = confirmed_on.and_then(|on| on.checked_add_days(Days::new(PLACES_HOLD_DAYS)));
        let known = until.is_some_and(|last| day <= last);
        Self {
            places: balance.stated.filter(|_| known),
            left: balance.left().filter(|_| known),
            held: balance.held,
            taken: balance.taken,
            confirmed_on,
            counted_on: ledger.counted_on().unwrap_or(opening.said.on),
            decayed: balance.stated.is_some() && !known,
        }
    }

    /// In words, such as `2 of 5 left this quarter, confirmed 12 days ago`.
    pub fn text(&self, day: NaiveDate) -> String {
        let confirmed = match self.confirmed_on {
            Some(on) => format!("confirmed {}", ago(on, day)),
            None => "never confirmed".to_owned(),
        };
        let (Some(places), Some(left)) = (self.places, self.left) else {
            let why = if self.decayed { format!(": {confirmed}") } else { String::new() };
            return format!("Number of places not known{why}");
        };
        let quarter = |day: NaiveDate| (day.year(), day.month0() / 3);
        let since = if quarter(self.counted_on) == quarter(day) {
            "this quarter".to_owned()
        } else {
            format!("since {}", self.counted_on.format("%-d %B %Y"))
        };
        let held = if self.held > 0 { format!(" ({} held)", self.held) } else { String::new() };
        format!("{left} of {places} left {since}{held}, {confirmed}")
    }
}

/// How long ago a day was.
fn ago(on: NaiveDate, day: NaiveDate) -> String {
    match (day - on).num_days() {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{days} days ago"),
    }
}
