//! What comes into view, or leaves it, with the organisation that it belongs to.

use diesel::prelude::*;

use crate::domain::register::{
    CaseStudy, Event, Introduction, Opening, Pledge, Posture, Signature,
};
use crate::store::changes::{Kind, Told, Touched};
use crate::store::records::clause::Sql;
use crate::store::records::topic::Topic;
use crate::store::schema::entry;
use crate::store::{Conn, StoreError, value};

/// The records of an organisation that everybody may see while it is published, to be
/// told of when that changes.
pub(super) fn open_records(conn: &mut Conn, owner: i64) -> Result<Vec<Touched>, StoreError> {
    let mut touched = open::<Signature>(conn, owner)?;
    touched.extend(open::<Pledge>(conn, owner)?);
    touched.extend(open::<Posture>(conn, owner)?);
    touched.extend(open::<Opening>(conn, owner)?);
    touched.extend(open::<Event>(conn, owner)?);
    touched.extend(open::<CaseStudy>(conn, owner)?);
    touched.extend(open::<Introduction>(conn, owner)?);
    Ok(touched)
}

fn open<T: Topic>(conn: &mut Conn, owner: i64) -> Result<Vec<Touched>, StoreError> {
    let names: Vec<String> = entry::table
        .filter(entry::kind.eq(T::KIND.as_str()).and(entry::owner_id.eq(owner)))
        .filter(Sql::new(T::OPEN).clause())
        .order(entry::slug)
        .select(entry::slug)
        .load(conn)?;
    let touched = |name: String| {
        let slug = value::slug(&name)?;
        Ok(Touched { kind: Kind::Record(T::KIND), slug, told: Told::Public })
    };
    names.into_iter().map(touched).collect()
}
