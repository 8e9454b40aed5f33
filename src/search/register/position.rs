//! Up to where an index follows the register.

use std::fmt;

use chrono::NaiveDate;

/// The form of what is stored: raise it when fields, analysis or records change.
pub const SCHEMA: u32 = 2;

/// Up to where an index follows the register, and what it was made with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The random name of the database it follows.
    pub database: String,
    /// The number of the last change it shows.
    pub change: i64,
    /// What tells that change from another of its number: a database that was set back
    /// and written on comes to the same numbers with other changes.
    pub mark: String,
    /// The day for which its documents were made.
    pub day: NaiveDate,
    /// A name for everything else that documents are made with: labels, places.
    pub recipe: String,
}

/// Where the register stands, to judge a position by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The random name of the database.
    pub database: String,
    /// The number of its last change.
    pub change: i64,
    /// What tells that change from another of its number.
    pub mark: String,
    /// The number of the oldest change that is kept, if any is.
    pub oldest: Option<i64>,
    /// The day for which documents are made.
    pub day: NaiveDate,
    /// What documents are made with now.
    pub recipe: String,
}

/// Why an index is built anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// There is none yet, or nothing was ever finished in it.
    Empty,
    /// Its files are damaged or not ours.
    Damaged,
    /// It follows another database.
    OtherDatabase,
    /// It is ahead of the register or of the day, or the register came to its change by
    /// another way: one of them was set back.
    Ahead,
    /// Changes that it has not seen are no longer kept.
    Behind,
    /// Its documents were made with other labels or places.
    OtherRecipe,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "there is none yet",
            Self::Damaged => "it is damaged",
            Self::OtherDatabase => "it belongs to another database",
            Self::Ahead => "the database or the clock was set back",
            Self::Behind => "changes it has not seen are no longer kept",
            Self::OtherRecipe => "labels or places have changed",
        })
    }
}

impl Position {
    /// The position as it is kept with a commit:
    /// `<schema>:<database>:<change>:<mark>:<day>:<recipe>`.
    pub fn written(&self) -> String {
        let Self { database, change, mark, day, recipe } = self;
        format!("{SCHEMA}:{database}:{change}:{mark}:{day}:{recipe}")
    }

    /// The position that was kept; `None` if it is none of ours.
    pub fn read(text: &str) -> Option<Self> {
        let mut pieces = text.splitn(6, ':');
        let schema: u32 = pieces.next()?.parse().ok()?;
        let position = Self {
            database: pieces.next()?.to_owned(),
            change: pieces.next()?.parse().ok()?,
            mark: pieces.next()?.to_owned(),
            day: pieces.next()?.parse().ok()?,
            recipe: pieces.next()?.to_owned(),
        };
        (schema == SCHEMA).then_some(position)
    }

    /// Why the index cannot be followed on from here; `None` where it can.
    pub fn broken(&self, standing: &Standing) -> Option<Reason> {
        if self.database != standing.database {
            Some(Reason::OtherDatabase)
        } else if self.change > standing.change || self.day > standing.day {
            Some(Reason::Ahead)
        } else if standing.oldest.is_some_and(|oldest| self.change + 1 < oldest) {
            Some(Reason::Behind)
        } else if self.recipe != standing.recipe {
            Some(Reason::OtherRecipe)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position() -> Position {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let (database, mark, recipe) = ("a1".to_owned(), "m".to_owned(), "r".to_owned());
        Position { database, change: 7, mark, day, recipe }
    }

    #[test]
    fn a_position_is_read_as_it_was_written_and_nothing_else_is_one() {
        assert_eq!(Position::read(&position().written()), Some(position()));
        let other_form = position().written().replacen('2', "99", 1);
        for text in ["", "hello", "2:a:x:m:2026-11-23:r", &other_form] {
            assert_eq!(Position::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_position_is_followed_on_only_where_the_register_goes_on_from_it() {
        let standing = |database: &str, change, oldest| Standing {
            database: database.to_owned(),
            change,
            mark: "m".to_owned(),
            oldest,
            day: position().day,
            recipe: "r".to_owned(),
        };
        let judge = |standing: &Standing| position().broken(standing);
        assert_eq!(judge(&standing("a1", 7, Some(1))), None);
        assert_eq!(judge(&standing("a1", 900, Some(8))), None);
        assert_eq!(judge(&standing("a1", 900, Some(9))), Some(Reason::Behind));
        assert_eq!(judge(&standing("a1", 6, Some(1))), Some(Reason::Ahead));
        assert_eq!(judge(&standing("b2", 7, Some(1))), Some(Reason::OtherDatabase));
        let yesterday = Standing { day: NaiveDate::MIN, ..standing("a1", 7, Some(1)) };
        assert_eq!(judge(&yesterday), Some(Reason::Ahead));
        let other = Standing { recipe: "s".to_owned(), ..standing("a1", 7, None) };
        assert_eq!(judge(&other), Some(Reason::OtherRecipe));
    }
}
