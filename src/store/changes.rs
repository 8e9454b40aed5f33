//! The log of what was touched, in the order of commits.
//!
//! It says which record was touched, never how: a follower reads the record as
//! it is now, so following a change twice comes to the same as once. Numbers are
//! 1, 2, 3 … without a gap, and whoever has seen one has seen all below it.

use std::{collections::BTreeSet, fmt};

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::domain::{register::RecordKind, slug::Slug};
use crate::store::schema::{change_clock, change_log, database};
use crate::store::{Conn, StoreError, value};

/// What kind of thing was touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The charter itself.
    Charter,
    /// An action of the charter.
    Action,
    /// A recognition scheme.
    Scheme,
    /// A workforce development partnership.
    Partnership,
    /// A provider, with its venues and courses.
    Provider,
    /// A kind of course.
    CourseType,
    /// A record of the register.
    Record(RecordKind),
    /// A pairing plan of a partnership.
    PairingPlan,
    /// A token was made or revoked.
    Token,
    /// The table of outward codes.
    Outcodes,
    /// A list of codes for industries or occupations.
    Classifications,
    /// Services of somebody else's feed.
    Services,
}

impl Kind {
    /// What the reference data publishes.
    pub const REFERENCE: [Self; 6] = [
        Self::Charter,
        Self::Action,
        Self::Scheme,
        Self::Partnership,
        Self::Provider,
        Self::CourseType,
    ];

    /// The name used in the log and in answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Charter => "charter",
            Self::Action => "action",
            Self::Scheme => "scheme",
            Self::Partnership => "partnership",
            Self::Provider => "provider",
            Self::CourseType => "course-type",
            Self::Record(kind) => kind.as_str(),
            Self::PairingPlan => "pairing-plan",
            Self::Token => "token",
            Self::Outcodes => "outcodes",
            Self::Classifications => "classifications",
            Self::Services => "services",
        }
    }

    /// The kind of that name, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        let own = Self::REFERENCE.into_iter().chain([
            Self::PairingPlan,
            Self::Token,
            Self::Outcodes,
            Self::Classifications,
            Self::Services,
        ]);
        let records = RecordKind::ALL.iter().copied().map(Self::Record);
        own.chain(records).find(|kind| kind.as_str() == text)
    }
}

impl From<RecordKind> for Kind {
    fn from(kind: RecordKind) -> Self {
        Self::Record(kind)
    }
}

/// Who may be told that something was touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Told {
    /// Everybody.
    Public,
    /// Those who keep the register: that a hidden record exists is hidden, too.
    Coordinators,
}

impl Told {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Coordinators => "coordinator",
        }
    }
}

/// Something that was touched, and who may be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// Its kind.
    pub kind: Kind,
    /// Its public name.
    pub slug: Slug,
    /// Who may be told.
    pub told: Told,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its number.
    pub seq: i64,
    /// The kind of the record.
    pub kind: Kind,
    /// The record's public name; of an action, its code in lower case.
    pub slug: Slug,
    /// When, UTC.
    pub at: NaiveDateTime,
    /// Who may be told.
    pub told: Told,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = change_log, treat_none_as_default_value = false)]
struct Row {
    seq: i64,
    kind: String,
    slug: String,
    at: NaiveDateTime,
    audience: String,
}

impl TryFrom<Row> for Change {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let kind = Kind::parse(&row.kind)
            .ok_or_else(|| StoreError::corrupt(format!("a change of kind {:?}", row.kind)))?;
        let told = if row.audience == "public" { Told::Public } else { Told::Coordinators };
        Ok(Self { seq: row.seq, kind, slug: value::slug(&row.slug)?, at: row.at, told })
    }
}

/// Notes that a record was touched; returns the number of the change: 1, 2, 3 …
///
/// Call it last in a transaction: the clock row stays locked until the commit, so
/// numbers become visible in order, none missing. An identity column promises
/// neither, and a reader would step over a number that commits late.
pub fn touch(
    conn: &mut Conn,
    kind: Kind,
    slug: &Slug,
    at: NaiveDateTime,
) -> Result<i64, StoreError> {
    touch_all(conn, &[Touched { kind, slug: slug.clone(), told: Told::Public }], at)
}

/// Notes that things were touched, in that order, with numbers reserved in one
/// step; returns the last number, or the present one if there was none.
///
/// Call it last in a transaction, as [`touch`].
pub fn touch_all(
    conn: &mut Conn,
    touched: &[Touched],
    at: NaiveDateTime,
) -> Result<i64, StoreError> {
    /// Rows of one statement; five columns each, and SQLite takes 32,766 values.
    const ROWS: usize = 6_000;
    let Ok(count) = i64::try_from(touched.len()) else {
        return Err(StoreError::corrupt("more changes than numbers"));
    };
    if count == 0 {
        return position(conn);
    }
    let last: i64 = diesel::update(change_clock::table.find(1))
        .set(change_clock::seq.eq(change_clock::seq + count))
        .returning(change_clock::seq)
        .get_result(conn)?;
    let at = value::micros(at);
    let numbered = (last - count + 1..).zip(touched);
    let rows: Vec<Row> = numbered
        .map(|(seq, touched)| Row {
            seq,
            kind: touched.kind.as_str().to_owned(),
            slug: touched.slug.to_string(),
            at,
            audience: touched.told.as_str().to_owned(),
        })
        .collect();
    for some in rows.chunks(ROWS) {
        each_backend!(conn, |c| diesel::insert_into(change_log::table).values(some).execute(c))?;
    }
    Ok(last)
}

/// The number of the last change; 0 before the first.
pub fn position(conn: &mut Conn) -> Result<i64, StoreError> {
    Ok(change_clock::table.find(1).select(change_clock::seq).first(conn)?)
}

/// The change of that number, if it is kept.
pub fn find(conn: &mut Conn, seq: i64) -> Result<Option<Change>, StoreError> {
    let row = change_log::table.find(seq).select(Row::as_select()).first(conn).optional()?;
    row.map(Change::try_from).transpose()
}

/// Up to `limit` changes after number `seq`, in order.
pub fn after(conn: &mut Conn, seq: i64, limit: i64) -> Result<Vec<Change>, StoreError> {
    let rows: Vec<Row> = change_log::table
        .select(Row::as_select())
        .filter(change_log::seq.gt(seq))
        .order(change_log::seq)
        .limit(limit)
        .load(conn)?;
    rows.into_iter().map(Change::try_from).collect()
}

/// Whether anything of these kinds was touched after number `seq`.
pub fn touched_after(conn: &mut Conn, seq: i64, kinds: &[Kind]) -> Result<bool, StoreError> {
    let names: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let of_kinds = change_log::table.filter(change_log::kind.eq_any(names));
    let later = of_kinds.filter(change_log::seq.gt(seq));
    Ok(diesel::select(diesel::dsl::exists(later)).get_result(conn)?)
}

/// Whether one of these records of a kind was touched after number `seq`.
pub fn touched_among(
    conn: &mut Conn,
    seq: i64,
    kind: Kind,
    slugs: &BTreeSet<Slug>,
) -> Result<bool, StoreError> {
    let of_kind = change_log::table.filter(change_log::kind.eq(kind.as_str()));
    let later = of_kind.filter(change_log::seq.gt(seq)).select(change_log::slug).distinct();
    // Few: those since the last look.
    let touched: Vec<String> = later.load(conn)?;
    Ok(touched.iter().any(|slug| slugs.iter().any(|known| *known == *slug.as_str())))
}

/// The number of the oldest change that is kept, if any is.
pub fn oldest(conn: &mut Conn) -> Result<Option<i64>, StoreError> {
    Ok(change_log::table.select(diesel::dsl::min(change_log::seq)).first(conn)?)
}

/// Forgets the changes before a time, but never the last one; returns how many.
///
/// A follower that had not seen them starts afresh from the records themselves,
/// and sees by [`oldest`] that it must.
pub fn trim(conn: &mut Conn, before: NaiveDateTime) -> Result<usize, StoreError> {
    // By number, not by time: a clock that was set back must not leave a hole.
    let kept: Option<i64> = change_log::table
        .filter(change_log::at.ge(before))
        .select(diesel::dsl::min(change_log::seq))
        .first(conn)?;
    let kept = match kept {
        Some(seq) => seq,
        None => position(conn)?,
    };
    Ok(diesel::delete(change_log::table.filter(change_log::seq.lt(kept))).execute(conn)?)
}

/// The random name that this database got when it was made or restored.
///
/// Whoever remembers a number of the log remembers this with it: behind the same
/// address there may be another database tomorrow.
pub fn database_id(conn: &mut Conn) -> Result<String, StoreError> {
    Ok(database::table.find(1).select(database::identity).first(conn)?)
}
