//! What a file of each kind of record may hold: one table a kind.

mod case_study;
mod charter;
mod course;
mod event;
mod forum;
mod friendly;
mod introduction;
mod need;
mod opening;
mod organisation;
mod pledge;
mod posture;
mod scheme;
mod signature;

use crate::{
    app::exchange::{
        form::{Fields, Given},
        value::Wrong,
    },
    domain::{
        classification::Scheme,
        register::{Identifier, Record, rules::Ruled},
        slug::Slug,
    },
    store::{Conn, StoreError, records::Topic},
};

/// A kind of record that files can hold.
pub trait Exchanged: Topic + Fields + Ruled {
    /// Whether new ones are written many at a time; not where the store must see each
    /// before it judges the next.
    const MANY_AT_A_TIME: bool = true;

    /// Columns that are understood on the way in only, for the lists of others, each with
    /// the field that it becomes.
    fn friendly() -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Turns what came under friendly columns into fields of the form.
    fn settle(_fields: &mut Given) -> Vec<Wrong> {
        Vec::new()
    }

    /// What it names that must be there.
    fn names(&self) -> Vec<Named<'_>>;

    /// The numbers by which what these fields tell of is known elsewhere.
    fn numbers(_fields: &Given) -> Vec<Identifier> {
        Vec::new()
    }

    /// Whether the record is only the name of one that was merged into another.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    fn left_behind(_conn: &mut Conn, _record: &Record<Self>) -> Result<bool, StoreError> {
        Ok(false)
    }
}

/// Something that a record names in one of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named<'a> {
    /// The field.
    pub field: &'static str,
    /// What is named.
    pub thing: Thing<'a>,
}

/// What a record can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing<'a> {
    /// An organisation.
    Organisation(&'a Slug),
    /// A site of an organisation, by its label.
    Site(&'a Slug, &'a str),
    /// A signature of an organisation.
    Signature(&'a Slug, &'a Slug),
    /// A charter.
    Charter(&'a Slug),
    /// A version of the charter.
    CharterVersion(&'a str),
    /// An action of the charter, by its code.
    Action(&'a str),
    /// A scheme and, where there is one, its level.
    Scheme(&'a Slug, Option<&'a Slug>),
    /// A partnership.
    Partnership(&'a Slug),
    /// A provider.
    Provider(&'a Slug),
    /// A kind of course.
    CourseType(&'a Slug),
    /// A source of the reference data.
    Source(&'a str),
    /// A code of a list.
    Code(Scheme, &'a str),
}

/// The codes of a list that a field names.
fn coded<'a>(field: &'static str, scheme: Scheme, codes: &'a [String]) -> Vec<Named<'a>> {
    codes.iter().map(|code| Named { field, thing: Thing::Code(scheme, code) }).collect()
}

/// A name in a field, if there is one.
fn named<'a>(field: &'static str, thing: Option<Thing<'a>>) -> Option<Named<'a>> {
    thing.map(|thing| Named { field, thing })
}
