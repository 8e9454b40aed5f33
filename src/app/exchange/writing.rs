//! Some rows at a time into the database: looked up together, compared, and written
//! with few statements where they are new.

use std::collections::HashMap;

use crate::{
    app::{
        classifications::Classifications,
        exchange::{
            check::{There, broken, settled},
            entry::{Entry, SAID},
            form::{Given, is_blank},
            identity::{Asked, Held, Meant, Seen, apart, says},
            import::{Orders, operator},
            kinds::{Exchanged, Named},
            report::Report,
            rows::Row,
            value::Wrong,
        },
    },
    domain::{
        register::{Draft, Ending, Identifier, Record, Reference, Voice, texts},
        slug::Slug,
    },
    store::{
        Conn, StoreError, attempt,
        records::{self, Author},
    },
};

/// An import on its way.
pub struct Writing<'a, T> {
    reference: &'a Reference,
    codes: &'a Classifications,
    orders: Orders,
    author: Author,
    seen: Seen,
    _kind: std::marker::PhantomData<T>,
}

/// A row that was read by itself.
struct Alone<T> {
    line: u64,
    given: Given,
    slug: Option<Slug>,
    numbers: Vec<Identifier>,
    entry: Result<Entry<T>, Vec<Wrong>>,
}

/// A row whose record is known.
struct Ready<T> {
    line: u64,
    entry: Entry<T>,
    old: Option<Record<T>>,
    ending: Asks,
}

/// What a row asks of the end of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Asks {
    /// Nothing.
    Nothing,
    /// That it ends so.
    End(Ending),
    /// That it has not ended.
    GoOn,
}

/// Records by their names, and names by their numbers.
type Known<T> = (HashMap<Slug, Record<T>>, HashMap<Identifier, Slug>);

impl<'a, T: Exchanged> Writing<'a, T> {
    /// Begins.
    pub fn new((reference, codes): (&'a Reference, &'a Classifications), orders: Orders) -> Self {
        let (author, seen) = (operator(), Seen::default());
        Self { reference, codes, orders, author, seen, _kind: std::marker::PhantomData }
    }

    /// Writes some rows.
    ///
    /// # Errors
    ///
    /// If the database cannot be used; a row that does not fit is noted in the report.
    pub fn rows(
        &mut self,
        conn: &mut Conn,
        rows: Vec<Row>,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let alone: Vec<Alone<T>> =
            rows.into_iter().filter_map(|row| self.alone(row, report)).collect();
        let (mut held, numbers) = Self::held(conn, &alone)?;
        let mut ready = Vec::with_capacity(alone.len());
        for row in alone {
            let line = row.line;
            match self.meant(row, &held, &numbers) {
                Ok(None) => report.unchanged += 1,
                Ok(Some((row, slug))) => {
                    let old = held.remove(&slug);
                    if let Some(old) = &old
                        && T::left_behind(conn, old)?
                    {
                        let reason = "the organisation was merged into another one";
                        report.refuse(line, vec![Wrong::of_field("slug", "name", reason)]);
                        continue;
                    }
                    match self.ready(row, slug, old) {
                        Ok(row) => ready.push(row),
                        Err(wrong) => report.refuse(line, wrong),
                    }
                }
                Err(wrong) => report.refuse(line, wrong),
            }
        }
        let ready = self.checked(conn, ready, report)?;
        self.write(conn, ready, report)
    }

    fn alone(&self, row: Row, report: &mut Report) -> Option<Alone<T>> {
        let mut settled = row.given.clone();
        let mut wrong = row.wrong;
        if wrong.is_empty() {
            wrong.extend(T::settle(&mut settled));
        }
        let entry = Entry::<T>::read(&settled, self.orders.default_on);
        if let Err(faults) = &entry {
            wrong.extend(faults.iter().filter(|fault| !fault.absent).cloned());
        }
        if !wrong.is_empty() {
            report.refuse(row.line, wrong);
            return None;
        }
        let slug = settled.get("slug").and_then(|slug| Slug::parse(slug.as_str()?.trim()).ok());
        let numbers = T::numbers(&settled);
        Some(Alone { line: row.line, given: row.given, slug, numbers, entry })
    }

    /// What is there of what the rows may mean, looked up at once.
    fn held(conn: &mut Conn, alone: &[Alone<T>]) -> Result<Known<T>, StoreError> {
        let asked: Vec<Identifier> = alone.iter().flat_map(|row| row.numbers.clone()).collect();
        let numbers: HashMap<Identifier, Slug> =
            records::identified(conn, &asked)?.into_iter().collect();
        let mut slugs: Vec<Slug> = numbers.values().cloned().collect();
        for row in alone {
            if let Some(slug) = &row.slug {
                slugs.push(slug.clone());
            } else if let Some(natural) = row.natural() {
                slugs.extend(row.numbers.first().map(|number| apart(&natural, &number.id)));
                slugs.push(natural);
            }
        }
        let found = records::find_all::<T>(conn, &slugs)?;
        Ok((found.into_iter().map(|record| (record.slug.clone(), record)).collect(), numbers))
    }

    /// The record that a row means; `None` if an earlier row said the same.
    #[allow(clippy::type_complexity, reason = "a row and the name of what it means")]
    fn meant(
        &mut self,
        row: Alone<T>,
        records: &HashMap<Slug, Record<T>>,
        numbers: &HashMap<Identifier, Slug>,
    ) -> Result<Option<(Alone<T>, Slug)>, Vec<Wrong>> {
        let natural = row.natural();
        let asked = Asked {
            slug: row.slug.as_ref(),
            natural: natural.as_ref(),
            numbers: &row.numbers,
            says: says(&row.given),
        };
        match self.seen.decide(&asked, &Held { records, numbers }) {
            Ok(Meant::Record(slug)) => Ok(Some((row, slug))),
            Ok(Meant::Repeated) => Ok(None),
            // What it lacks to be known by its contents says more.
            Err(wrong) => Err(match row.entry {
                Err(faults) if natural.is_none() && row.slug.is_none() => faults,
                _ => vec![wrong],
            }),
        }
    }

    fn ready(
        &self,
        row: Alone<T>,
        slug: Slug,
        old: Option<Record<T>>,
    ) -> Result<Ready<T>, Vec<Wrong>> {
        let mut entry = match &old {
            None => row.entry?,
            Some(old) => self.over(&row.given, old)?,
        };
        entry.draft.slug = Some(slug);
        let ending = match (row.given.get("ended_on"), entry.ended.clone()) {
            (None, _) => Asks::Nothing,
            (Some(_), Some(ending)) => Asks::End(ending),
            (Some(_), None) => Asks::GoOn,
        };
        let wrong = broken(&entry.draft, self.orders.today());
        if !wrong.is_empty() {
            return Err(wrong);
        }
        Ok(Ready { line: row.line, entry, old, ending })
    }

    /// What a row says over what the record says already.
    fn over(&self, given: &Given, old: &Record<T>) -> Result<Entry<T>, Vec<Wrong>> {
        let mut fields = Entry::write(old);
        for (name, value) in given {
            // An ending without a reason takes the old reason away, too.
            if is_blank(value) && fields.contains_key(name) {
                fields.remove(name);
            } else {
                fields.insert(name.clone(), value.clone());
            }
        }
        if given.get("ended_on").is_some_and(is_blank) {
            fields.remove("end_reason");
        }
        let wrong = T::settle(&mut fields);
        if !wrong.is_empty() {
            return Err(wrong);
        }
        let mut entry = Entry::<T>::read(&fields, self.orders.default_on)?;
        let empty = |name: &str| given.get(name).is_none_or(is_blank);
        // A day that the file does not give is no reason to write.
        if empty("stated_on") {
            entry.draft.said.on = old.said.on;
        }
        if empty("voice") {
            entry.draft.said.voice = old.said.voice;
        }
        if !says_the_same(&entry.draft, old) {
            let said = &mut entry.draft.said;
            if empty("stated_on") {
                said.on = self.orders.default_on;
            }
            // Whoever said it before did not say this.
            let [voice, by, _, until, source] = SAID.map(empty);
            said.voice = if voice { Voice::List } else { said.voice };
            said.by = said.by.take().filter(|_| !by);
            said.until = said.until.filter(|_| !until);
            said.source = said.source.take().filter(|_| !source);
        }
        Ok(entry)
    }

    /// The rows that name nothing that is missing.
    fn checked(
        &self,
        conn: &mut Conn,
        ready: Vec<Ready<T>>,
        report: &mut Report,
    ) -> Result<Vec<Ready<T>>, StoreError> {
        let all = ready.iter().flat_map(Ready::names);
        let there = There::of(conn, (self.reference, self.codes), all)?;
        let mut good = Vec::with_capacity(ready.len());
        for row in ready {
            // What the record names already, it may go on naming.
            let old = row.old.as_ref().map(|old| old.body.names()).unwrap_or_default();
            let news = row.names().into_iter().filter(|named| !old.contains(named));
            let wrong = there.missing(news, row.entry.draft.said.on);
            if wrong.is_empty() {
                let draft = &row.entry.draft;
                report.warn(row.line, &texts::said(&draft.said, &draft.body));
                good.push(row);
            } else {
                report.refuse(row.line, wrong);
            }
        }
        Ok(good)
    }

    fn write(
        &self,
        conn: &mut Conn,
        ready: Vec<Ready<T>>,
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let mut new = Vec::new();
        for row in ready {
            match &row.old {
                None => new.push(row),
                Some(old) => {
                    let done = attempt(conn, |conn| self.change(conn, &row, old));
                    match settled(done)? {
                        Ok(true) => report.changed += 1,
                        Ok(false) => report.unchanged += 1,
                        Err(wrong) => report.refuse(row.line, vec![wrong]),
                    }
                }
            }
        }
        // What has ended stands in nobody's way, whichever comes first in the file.
        let (ended, new): (Vec<_>, Vec<_>) =
            new.into_iter().partition(|row| matches!(row.ending, Asks::End(_)));
        for row in &ended {
            match settled(attempt(conn, |conn| self.create_ended(conn, row)))? {
                Ok(()) => report.created += 1,
                Err(wrong) => report.refuse(row.line, vec![wrong]),
            }
        }
        let drafts: Vec<Draft<T>> = new.iter().map(|row| row.entry.draft.clone()).collect();
        let width = if T::MANY_AT_A_TIME { drafts.len().max(1) } else { 1 };
        for (drafts, rows) in drafts.chunks(width).zip(new.chunks(width)) {
            self.create(conn, drafts, rows, report)?;
        }
        Ok(())
    }

    /// Writes new records at once; where that is refused, in halves, until it is known
    /// which row is at fault.
    fn create(
        &self,
        conn: &mut Conn,
        drafts: &[Draft<T>],
        rows: &[Ready<T>],
        report: &mut Report,
    ) -> Result<(), StoreError> {
        let (author, at) = (&self.author, self.orders.at);
        let done = attempt(conn, |conn| {
            records::create_all(conn, drafts, author, at)?;
            rows.iter().try_for_each(|row| self.confirm(conn, row))
        });
        match (settled(done)?, rows) {
            (Ok(()), _) => report.created += rows.len() as u64,
            (Err(wrong), [row]) => report.refuse(row.line, vec![wrong]),
            (Err(_), _) => {
                let middle = rows.len() / 2;
                let ((first, second), (before, after)) =
                    (drafts.split_at(middle), rows.split_at(middle));
                self.create(conn, first, before, report)?;
                self.create(conn, second, after, report)?;
            }
        }
        Ok(())
    }

    fn create_ended(&self, conn: &mut Conn, row: &Ready<T>) -> Result<(), StoreError> {
        let Asks::End(ending) = &row.ending else { return Ok(()) };
        let (draft, last) = (&row.entry.draft, (row.entry.confirmed_on, ending.clone()));
        let by = (&self.author, self.orders.at);
        records::create_ended(conn, draft, last, by).map(|_| ())
    }

    fn confirm(&self, conn: &mut Conn, row: &Ready<T>) -> Result<(), StoreError> {
        let Some(day) = row.entry.confirmed_on else { return Ok(()) };
        let (slug, by) = (row.entry.draft.name(), (&self.author, self.orders.at));
        records::confirm::<T>(conn, &slug, None, day, by).map(|_| ())
    }

    /// Brings a record to what a row says; whether anything was written.
    fn change(&self, conn: &mut Conn, row: &Ready<T>, old: &Record<T>) -> Result<bool, StoreError> {
        let Entry { draft, confirmed_on, .. } = &row.entry;
        let by = (&self.author, self.orders.at);
        let same = says_the_same(draft, old);
        let ends_as_it_did = match &row.ending {
            Asks::Nothing => true,
            Asks::GoOn => old.ended.is_none(),
            Asks::End(ending) => old.ended.as_ref() == Some(ending),
        };
        let later = confirmed_on.filter(|day| old.confirmed_on.is_none_or(|last| last < *day));
        if same && ends_as_it_did && later.is_none() {
            return Ok(false);
        }
        if old.ended.is_some() && (T::FINAL || row.ending == Asks::Nothing) {
            return Err(StoreError::Ended);
        }
        if !same || old.ended.is_some() {
            records::replace::<T>(conn, &old.slug, None, draft, by)?;
        }
        if let Some(day) = later {
            records::confirm::<T>(conn, &old.slug, None, day, by)?;
        }
        if let Asks::End(ending) = &row.ending {
            records::end::<T>(conn, &old.slug, None, ending.clone(), by)?;
        }
        Ok(true)
    }
}

impl<T: Exchanged> Alone<T> {
    /// The name made from what it says, where that can be told.
    fn natural(&self) -> Option<Slug> {
        self.entry.as_ref().ok().map(|entry| entry.draft.body.natural_slug())
    }
}

impl<T: Exchanged> Ready<T> {
    /// What it names that must be there.
    fn names(&self) -> Vec<Named<'_>> {
        self.entry.draft.body.names()
    }
}

fn says_the_same<T: Exchanged>(draft: &Draft<T>, old: &Record<T>) -> bool {
    draft.body == old.body && draft.said == old.said && draft.fictional == old.fictional
}
