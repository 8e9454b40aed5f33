//! What is judged before a record is written: that its fields go together, and that what
//! it names is there.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use chrono::NaiveDate;
use serde_json::Value;

use crate::{
    app::{
        classifications::Classifications,
        exchange::{
            entry::Entry,
            kinds::{Exchanged, Named, Thing},
            value::{Wrong, class},
        },
    },
    domain::{
        register::{
            Draft, Organisation, Record, Reference, Signature,
            rules::{self, Fault},
        },
        slug::Slug,
    },
    store::{Conn, StoreError, records},
};

/// Everything about a draft that does not go together: the rules of the API's forms.
pub fn broken<T: Exchanged>(draft: &Draft<T>, today: NaiveDate) -> Vec<Wrong> {
    let faults = rules::faults(draft, today);
    if faults.is_empty() {
        return Vec::new();
    }
    let mut fields = Entry::said(draft);
    draft.body.put(&mut fields);
    let fields = Value::Object(fields);
    faults.into_iter().map(|fault| wrong(&fields, &fault)).collect()
}

/// A broken rule as a report tells it: with the class of the value, and never with it.
fn wrong(fields: &Value, fault: &Fault) -> Wrong {
    let value = fields.pointer(&format!("/{}", fault.field)).unwrap_or(&Value::Null);
    let reason = match fault.code {
        // What the rule says names the day, which differs from row to row.
        "over-a-year" => "a signature is for one year: it ends a day before its anniversary",
        _ => fault.message.trim_end_matches('.'),
    };
    Wrong::of_field(&fault.field, &class(value), reason)
}

/// What was refused for the row's sake, apart from what fails whatever the row says.
///
/// # Errors
///
/// What has nothing to do with the row.
pub fn settled<V>(done: Result<V, StoreError>) -> Result<Result<V, Wrong>, StoreError> {
    let reason = match done {
        Ok(value) => return Ok(Ok(value)),
        Err(StoreError::Duplicate(_)) => "another record has the same name or number",
        Err(StoreError::Reference(_) | StoreError::NotFound) => "it names what is not there",
        Err(StoreError::Ended) => "the record has ended",
        Err(StoreError::Conflict(reason)) => reason,
        Err(error) => return Err(error),
    };
    Ok(Err(Wrong::of_field("", "record", reason)))
}

/// What records of a few rows may name.
pub struct There<'a> {
    reference: &'a Reference,
    codes: &'a Classifications,
    /// With the labels of its sites.
    organisations: BTreeMap<Slug, BTreeSet<String>>,
    /// With the organisation.
    signatures: BTreeMap<Slug, Slug>,
}

impl<'a> There<'a> {
    /// Looks up, at once, what these name.
    ///
    /// # Errors
    ///
    /// If the database cannot be read.
    pub fn of<'b>(
        conn: &mut Conn,
        (reference, codes): (&'a Reference, &'a Classifications),
        names: impl Iterator<Item = Named<'b>>,
    ) -> Result<Self, StoreError> {
        let (mut organisations, mut signatures) = (BTreeSet::new(), BTreeSet::new());
        for named in names {
            match named.thing {
                Thing::Organisation(slug) | Thing::Site(slug, _) => {
                    organisations.insert(slug.clone());
                }
                Thing::Signature(year, _) => {
                    signatures.insert(year.clone());
                }
                Thing::Charter(_)
                | Thing::CharterVersion(_)
                | Thing::Action(_)
                | Thing::Scheme(..)
                | Thing::Partnership(_)
                | Thing::Provider(_)
                | Thing::CourseType(_)
                | Thing::Source(_)
                | Thing::Code(..) => {}
            }
        }
        let (organisations, signatures): (Vec<Slug>, Vec<Slug>) =
            (organisations.into_iter().collect(), signatures.into_iter().collect());
        let found = records::find_all::<Organisation>(conn, &organisations)?;
        let years = records::find_all::<Signature>(conn, &signatures)?;
        let labels = |record: Record<Organisation>| {
            let labels = record.body.sites.into_iter().map(|site| site.label).collect();
            (record.slug, labels)
        };
        Ok(Self {
            reference,
            codes,
            organisations: found.into_iter().map(labels).collect(),
            signatures: years.into_iter().map(|year| (year.slug, year.body.organisation)).collect(),
        })
    }

    /// What of these is not there, or was not on the day on which they were named.
    pub fn missing<'b>(
        &self,
        names: impl Iterator<Item = Named<'b>>,
        said_on: NaiveDate,
    ) -> Vec<Wrong> {
        let wrong = |named: Named<'b>| {
            let reason = self.fault(named.thing, said_on)?;
            Some(Wrong::of_field(named.field, "name", reason))
        };
        names.filter_map(wrong).collect()
    }

    fn fault(&self, thing: Thing<'_>, said_on: NaiveDate) -> Option<Cow<'static, str>> {
        let reference = self.reference;
        let (there, reason) = match thing {
            Thing::Organisation(slug) => {
                (self.organisations.contains_key(slug), "there is no such organisation")
            }
            Thing::Site(slug, label) => {
                let sites = self.organisations.get(slug);
                let there = sites.is_none_or(|sites| sites.contains(label));
                (there, "the organisation has no such site")
            }
            Thing::Signature(year, owner) => match self.signatures.get(year) {
                Some(whose) => (whose == owner, "it is a year of another organisation"),
                None => (false, "there is no such signature"),
            },
            Thing::Charter(slug) => {
                let ours = reference.charter.as_ref().map(|charter| &charter.slug);
                (ours == Some(slug), "there is no such charter")
            }
            Thing::CharterVersion(version) => (
                reference.versions().any(|known| known == version),
                "the charter has no such version",
            ),
            Thing::Action(code) => {
                (reference.offers(code, said_on), "the charter has no such action")
            }
            Thing::Scheme(slug, level) => match reference.scheme(slug) {
                None => (false, "there is no such scheme"),
                Some(scheme) => {
                    let has = |level: &Slug| scheme.levels.iter().any(|one| one.slug == *level);
                    (level.is_none_or(has), "the scheme has no such level")
                }
            },
            Thing::Partnership(slug) => {
                (reference.partnership(slug).is_some(), "there is no such partnership")
            }
            Thing::Provider(slug) => {
                (reference.provider(slug).is_some(), "there is no such provider")
            }
            Thing::CourseType(slug) => {
                (reference.course_type(slug).is_some(), "there is no such type of course")
            }
            Thing::Source(id) => (reference.source(id).is_some(), "there is no such source"),
            Thing::Code(scheme, code) => {
                let why = self.codes.refusal(scheme, code)?;
                return Some(Cow::Owned(why.trim_end_matches('.').to_owned()));
            }
        };
        (!there).then_some(Cow::Borrowed(reason))
    }
}
