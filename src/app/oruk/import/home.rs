//! The record of the register that an organisation of a feed is.

use chrono::NaiveDate;
use serde_json::Value;

use super::{Done, ImportError, Importing, Report};
use crate::{
    app::{
        exchange::import::operator,
        oruk::{
            document::{Document, text},
            kept::read,
            organisation,
        },
    },
    domain::{
        oruk::{Thing, day_in},
        register::{Draft, Ending, Organisation, Record, Statement, Voice, rules},
        slug::Slug,
    },
    store::{Conn, StoreError, oruk::Kept, records},
};

impl Importing<'_> {
    /// The record of an organisation: the one that the feed brought before, one that has
    /// its number or its name, or a new one.
    pub(super) fn home(
        &self,
        conn: &mut Conn,
        (id, organization): (&String, &Document),
        services: &[&Document],
        report: &mut Report,
    ) -> Result<Slug, ImportError> {
        let body = organisation::body(organization, services.iter().copied());
        let known = self.known.get(&(Thing::Organization, id.clone()));
        if let Some((known, slug)) = known.and_then(|one| Some((one, one.organisation.clone()?))) {
            if known.feed == self.feed {
                let outcome = self.follow(conn, known, (&slug, body), services)?;
                report.organisations.count(outcome);
            }
            return Ok(slug);
        }
        let numbered = records::identified(conn, &body.identifiers)?;
        let natural = Slug::of_words([body.name.as_str()]);
        let known = match numbered.into_iter().next() {
            Some((_, slug)) => Some(slug),
            None => found(conn, &natural)?.map(|record| record.slug),
        };
        if let Some(slug) = known {
            report.linked += 1;
            return Ok(slug);
        }
        let draft = self.draft(body, services);
        checked(&draft, self.today)?;
        let written = records::create(conn, &draft, &operator(), self.orders.at)?;
        report.organisations.created += 1;
        Ok(written.slug)
    }

    /// Brings a record that the feed brought to what it says now, as far as the record says
    /// what the feed said before. What has ended, was merged or was written by somebody
    /// else since is left alone.
    fn follow(
        &self,
        conn: &mut Conn,
        known: &Kept,
        (slug, new): (&Slug, Organisation),
        services: &[&Document],
    ) -> Result<Done, ImportError> {
        let Some(record) = found(conn, slug)? else { return Ok(Done::Nothing) };
        let comes_back = known.ended_on.is_some() && record.ended.is_some();
        let ended = record.ended.is_some() && !comes_back;
        if ended || !self.brought(&record) || records::merged_into(conn, slug)?.is_some() {
            return Ok(Done::Nothing);
        }
        let before = self.before.get(&known.id).into_iter().flatten();
        let old = read(known).map(|document| organisation::body(&document, before));
        let Some(old) = old else { return Ok(Done::Nothing) };
        let mut next = record.body.clone();
        macro_rules! follow {
            ($($field:ident),+) => {
                $(if next.$field == old.$field { next.$field = new.$field; })+
            };
        }
        follow!(name, description, website, identifiers, sites, kind);
        if next == record.body && !comes_back {
            return Ok(Done::Unchanged);
        }
        let draft = Draft { slug: Some(slug.clone()), ..self.draft(next, services) };
        checked(&draft, self.today)?;
        let (author, at) = (operator(), self.orders.at);
        records::replace(conn, slug, None, &draft, (&author, at))?;
        Ok(Done::Changed)
    }

    /// Whether a record says what this feed said, and nobody else has written it since.
    fn brought(&self, record: &Record<Organisation>) -> bool {
        record.said.voice == Voice::List
            && record.said.source.as_deref().is_some_and(|source| source.ends_with(self.feed))
    }

    fn draft(&self, body: Organisation, services: &[&Document]) -> Draft<Organisation> {
        let days = services.iter().filter_map(|service| {
            let said = text(service, "assured_date").or(text(service, "last_modified"));
            said.and_then(day_in)
        });
        let on = days.filter(|day| *day <= self.today).max().unwrap_or(self.today);
        let fictional =
            services.iter().any(|service| service.get("fictional") == Some(&Value::Bool(true)));
        let source = Some(format!("Open Referral UK feed {}", self.feed));
        let said = Statement { voice: Voice::List, by: None, on, until: None, source };
        Draft { slug: None, said, fictional, body }
    }

    /// Ends the record of an organisation that nobody but a feed has spoken of.
    pub(super) fn end(&self, conn: &mut Conn, slug: &Slug) -> Result<(), ImportError> {
        let Some(record) = found(conn, slug)? else { return Ok(()) };
        if self.brought(&record) && record.ended.is_none() && record.confirmed_on.is_none() {
            let reason = Some("It is no longer in the feed it came from.".to_owned());
            let ending = Ending { on: self.today, reason };
            let (author, at) = (operator(), self.orders.at);
            records::end::<Organisation>(conn, slug, None, ending, (&author, at))?;
        }
        Ok(())
    }
}

fn found(conn: &mut Conn, slug: &Slug) -> Result<Option<Record<Organisation>>, StoreError> {
    match records::find::<Organisation>(conn, slug) {
        Ok(record) => Ok(Some(record)),
        Err(StoreError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

fn checked(draft: &Draft<Organisation>, today: NaiveDate) -> Result<(), ImportError> {
    let fault = rules::faults(draft, today).into_iter().next();
    fault.map_or(Ok(()), |fault| {
        Err(ImportError::Rule(format!("{}: {}", fault.field, fault.message)))
    })
}
