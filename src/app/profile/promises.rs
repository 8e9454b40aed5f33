//! Years under the charter and the pledges in them, judged for a day.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::NaiveDate;

use super::{MOST, seen, shade::shaded};
use crate::{
    app::{AppError, AppState},
    domain::{
        access::Caller,
        register::{
            Organisation, Pledge, PledgeFacts, PledgeState, Record, Rung, Signature, SignatureState,
        },
        slug::Slug,
    },
    store::records::{self, Condition, Listing, Wanted},
};

/// A year under the charter.
#[derive(Debug, Clone)]
pub struct Year {
    /// The signature.
    pub signature: Record<Signature>,
    /// Where it stands on the day.
    pub state: SignatureState,
    /// The pledges in it.
    pub pledges: Vec<Promise>,
}

/// A pledge, and how far it is borne out.
#[derive(Debug, Clone)]
pub struct Promise {
    /// The pledge.
    pub record: Record<Pledge>,
    /// The dates from which the rest follows.
    pub facts: PledgeFacts,
    /// How far it is borne out on the day.
    pub rung: Rung,
    /// Where it stands on the day.
    pub state: PledgeState,
    /// Whether it counts on the day.
    pub live: bool,
}

/// The dates from which the state of a pledge in a year follows.
pub fn facts(pledge: &Record<Pledge>, year: &Record<Signature>) -> PledgeFacts {
    PledgeFacts::of(pledge, year)
}

impl Year {
    /// The same as a caller may see it. A state rests on nothing that is
    /// hidden from anybody.
    pub(super) fn shaded(self, caller: &Caller, owner: &Slug) -> Self {
        let pledges = self.pledges.into_iter().map(|one| one.shaded(caller, owner)).collect();
        Self { signature: shaded(caller, Some(owner), self.signature), pledges, ..self }
    }
}

impl Promise {
    fn shaded(self, caller: &Caller, owner: &Slug) -> Self {
        Self { record: shaded(caller, Some(owner), self.record), ..self }
    }
}

/// The years with their pledges, latest first.
pub(super) fn years(
    signatures: Vec<Record<Signature>>,
    pledges: Vec<Record<Pledge>>,
    day: NaiveDate,
) -> Vec<Year> {
    let mut of_year: BTreeMap<Slug, Vec<Record<Pledge>>> = BTreeMap::new();
    for pledge in pledges {
        of_year.entry(pledge.body.signature.clone()).or_default().push(pledge);
    }
    let mut years: Vec<Year> = signatures
        .into_iter()
        .map(|signature| {
            let own = of_year.remove(&signature.slug).unwrap_or_default().into_iter();
            let pledges = own.filter_map(|pledge| promise(pledge, &signature, day)).collect();
            let state = signature.body.state(signature.ended.as_ref(), day);
            Year { signature, state, pledges }
        })
        .collect();
    years.sort_by_key(|year| Reverse(year.signature.body.starts_on));
    years
}

fn promise(record: Record<Pledge>, year: &Record<Signature>, day: NaiveDate) -> Option<Promise> {
    let facts = facts(&record, year);
    let (rung, state) = (facts.rung(day)?, facts.state(day)?);
    Some(Promise { record, facts, rung, state, live: facts.live(day) })
}

/// An organisation that has pledged an action, and how far that is borne out.
#[derive(Debug, Clone)]
pub struct Pledger {
    /// Its public name.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// The pledge.
    pub promise: Promise,
}

/// Who has pledged an action.
#[derive(Debug, Clone, Default)]
pub struct Pledgers {
    /// Those who pledged it, by name; an organisation stands here once for each pledge.
    pub pledgers: Vec<Pledger>,
    /// How many such pledges count today.
    pub total: u64,
}

/// Who has pledged an action of the charter, as far as it counts today: at most
/// [`MOST`] are told.
pub async fn pledgers(app: &AppState, caller: &Caller, code: &str) -> Result<Pledgers, AppError> {
    let Some(store) = app.store() else { return Ok(Pledgers::default()) };
    let (caller, code, today) = (caller.clone(), code.to_owned(), app.clock.today());
    store
        .read(move |conn| {
            let is = |field, value: &str| Condition {
                field,
                any_of: vec![Wanted::Is(value.to_owned())],
            };
            let listing = Listing {
                conditions: vec![is("action", &code), is("live", "true")],
                seen: seen(&caller),
                today,
                offset: 0,
                limit: MOST,
            };
            let (found, total) = records::page::<Pledge>(conn, &listing)?;
            let named = |of: fn(&Pledge) -> &Slug| -> Vec<Slug> {
                found.iter().map(|pledge| of(&pledge.body).clone()).collect()
            };
            let years = records::find_all::<Signature>(conn, &named(|body| &body.signature))?;
            let owners =
                records::find_all::<Organisation>(conn, &named(|body| &body.organisation))?;
            let mut pledgers: Vec<Pledger> = found
                .into_iter()
                .filter_map(|pledge| {
                    let year = years.iter().find(|one| one.slug == pledge.body.signature)?;
                    let owner = owners.iter().find(|one| one.slug == pledge.body.organisation)?;
                    let promise = promise(pledge, year, today)?.shaded(&caller, &owner.slug);
                    let (slug, name) = (owner.slug.clone(), owner.body.name.clone());
                    Some(Pledger { slug, name, promise })
                })
                .collect();
            pledgers.sort_by(|one, other| one.name.cmp(&other.name));
            Ok(Pledgers { pledgers, total })
        })
        .await
}
