//! Things of other people's feeds: kept as documents, each with the feed it came from.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use crate::domain::oruk::Thing;
use crate::domain::slug::Slug;
use crate::store::audit;
use crate::store::changes::{self, Kind, Told, Touched};
use crate::store::records::Author;
use crate::store::schema::feed_thing;
use crate::store::{Conn, StoreError, value};

/// Rows of one statement; eight columns each, and SQLite takes 32,766 values.
const ROWS: usize = 4_000;

/// A thing of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// An organisation, a service, a taxonomy or a term.
    pub thing: Thing,
    /// Its identifier in the feed, lower case.
    pub id: String,
    /// The address of the feed.
    pub feed: String,
    /// The organisation of the register that it is or belongs to; of a taxonomy or a term
    /// none.
    pub organisation: Option<Slug>,
    /// What the feed says of it, as JSON.
    pub document: String,
    /// The day on which the feed says it was last known to be right.
    pub said_on: Option<NaiveDate>,
    /// The day from which it was no longer in the feed.
    pub ended_on: Option<NaiveDate>,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = feed_thing, treat_none_as_default_value = false)]
struct Row {
    kind: String,
    id: String,
    feed: String,
    organisation: Option<String>,
    document: String,
    said_on: Option<NaiveDate>,
    ended_on: Option<NaiveDate>,
    recorded_at: NaiveDateTime,
}

/// Everything that is kept of feeds, with the moment (UTC) at which it was written; by
/// kind and identifier.
pub fn all(conn: &mut Conn) -> Result<Vec<(Kept, NaiveDateTime)>, StoreError> {
    let rows: Vec<Row> = feed_thing::table
        .select(Row::as_select())
        .order((feed_thing::kind, feed_thing::id))
        .load(conn)?;
    rows.into_iter().map(Row::kept).collect()
}

/// Writes things over those that are there of the same identifier.
///
/// Notes one line in the audit trail and, last, one change that followers see.
pub fn put_all(
    conn: &mut Conn,
    things: &[Kept],
    author: &Author,
    at: NaiveDateTime,
) -> Result<(), StoreError> {
    if things.is_empty() {
        return Ok(());
    }
    for some in things.chunks(ROWS) {
        for thing in Thing::ALL {
            let ids: Vec<&str> =
                some.iter().filter(|one| one.thing == *thing).map(|one| one.id.as_str()).collect();
            if !ids.is_empty() {
                let own = feed_thing::table.filter(feed_thing::kind.eq(thing.as_str()));
                diesel::delete(own.filter(feed_thing::id.eq_any(ids))).execute(conn)?;
            }
        }
        let rows: Vec<Row> = some.iter().map(|one| Row::of(one, at)).collect();
        each_backend!(conn, |c| diesel::insert_into(feed_thing::table).values(&rows).execute(c))?;
    }
    audit::note_other(conn, author, "import", ("services", "services"), at)?;
    let slug = value::slug("services")?;
    changes::touch_all(conn, &[Touched { kind: Kind::Services, slug, told: Told::Public }], at)?;
    Ok(())
}

impl Row {
    fn of(kept: &Kept, at: NaiveDateTime) -> Self {
        let Kept { thing, id, feed, organisation, document, said_on, ended_on } = kept.clone();
        Self {
            kind: thing.as_str().to_owned(),
            id,
            feed,
            organisation: organisation.map(|slug| slug.to_string()),
            document,
            said_on,
            ended_on,
            recorded_at: value::micros(at),
        }
    }

    fn kept(self) -> Result<(Kept, NaiveDateTime), StoreError> {
        let Self { kind, id, feed, organisation, document, said_on, ended_on, recorded_at } = self;
        let thing = Thing::parse(&kind)
            .ok_or_else(|| StoreError::corrupt(format!("{kind:?} is no thing of a feed")))?;
        let organisation = organisation.as_deref().map(value::slug).transpose()?;
        let kept = Kept { thing, id, feed, organisation, document, said_on, ended_on };
        Ok((kept, recorded_at))
    }
}
