//! The demonstration: an invented register, stored once and then left alone.
//!
//! A record of the demonstration that is there already stays as it is, so that what a
//! visitor changed outlives a restart, and its days are not moved.

use chrono::NaiveDateTime;

use crate::{
    app::{Clock, start::StartError, tokens},
    content::reference::{DemoRegister, Seed},
    domain::{access::Role, slug::Slug},
    store::{
        Conn, Store, StoreError,
        records::{self, Author, Topic},
    },
};

/// The name under which the demonstration writes.
const ACTOR: &str = "demonstration";

/// Stores what of an invented register is not there yet, all or nothing; returns how
/// many records that were.
pub fn load(store: &Store, register: &DemoRegister, clock: Clock) -> Result<usize, StartError> {
    let author = Author { actor: ACTOR.to_owned(), role: Role::Admin, token: None };
    let stored = store.write_blocking(|conn| {
        let mut loading = Loading { conn, by: (&author, clock.now()) };
        let DemoRegister { organisations, signatures, pledges, postures, .. } = register;
        let DemoRegister { openings, events, case_studies, introductions, .. } = register;
        let DemoRegister { needs, courses, .. } = register;
        // First everything as it was said, then what became of it: a pledge was made
        // before its year was taken back.
        let new = (
            loading.create(organisations)?,
            loading.create(signatures)?,
            loading.create(pledges)?,
            loading.create(postures)?,
            loading.create(openings)?,
            loading.create(events)?,
            loading.create(case_studies)?,
            loading.create(introductions)?,
            loading.create(needs)?,
            loading.create(courses)?,
        );
        let written = [
            loading.follow(&new.0)?,
            loading.follow(&new.1)?,
            loading.follow(&new.2)?,
            loading.follow(&new.3)?,
            loading.follow(&new.4)?,
            loading.follow(&new.5)?,
            loading.follow(&new.6)?,
            loading.follow(&new.7)?,
            loading.follow(&new.8)?,
            loading.follow(&new.9)?,
        ];
        Ok::<_, StoreError>(written.iter().sum::<usize>())
    })?;
    tracing::info!(records = stored, "demonstration.stored");
    Ok(stored)
}

/// A way in for one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The role.
    pub role: Role,
    /// The organisation that the employer's key speaks for.
    pub organisation: Option<Slug>,
    /// The token.
    pub token: String,
}

/// Makes a token for each role; those that an earlier demonstration made are revoked,
/// since nobody can be shown them again.
pub fn keys(store: &Store, register: &DemoRegister, clock: Clock) -> Result<Vec<Key>, StartError> {
    let author = Author { actor: ACTOR.to_owned(), role: Role::Admin, token: None };
    let speaker = register.organisations.iter().find(|seed| seed.draft.body.open());
    let speaker = speaker.map(|seed| seed.draft.name());
    let (at, mut keys) = (clock.now(), Vec::new());
    store.write_blocking(|conn| {
        tokens::revoke_labelled(conn, ACTOR, &author, at)?;
        for role in [Role::Employer, Role::Broker, Role::Coordinator, Role::Admin] {
            let organisation = speaker.clone().filter(|_| role == Role::Employer);
            if role == Role::Employer && organisation.is_none() {
                continue;
            }
            let wish = tokens::Wish {
                role,
                organisation: organisation.clone(),
                label: Some(ACTOR.to_owned()),
                expires_at: None,
            };
            let token = tokens::issue(conn, wish, &author, at)?;
            keys.push(Key { role, organisation, token });
        }
        Ok::<_, StoreError>(())
    })?;
    Ok(keys)
}

/// What an earlier demonstration left behind where none is asked for: its tokens are
/// revoked, and its records, which stay and say of themselves that they are fictional,
/// are counted.
pub fn left(store: &Store, clock: Clock) -> Result<u64, StartError> {
    let author = Author { actor: ACTOR.to_owned(), role: Role::Admin, token: None };
    let left = store.write_blocking(|conn| {
        tokens::revoke_labelled(conn, ACTOR, &author, clock.now())?;
        records::fictional(conn)
    })?;
    Ok(left)
}

struct Loading<'a> {
    conn: &'a mut Conn,
    by: (&'a Author, NaiveDateTime),
}

impl Loading<'_> {
    /// Writes the records of one kind that are not there; returns those.
    fn create<'s, T: Topic>(
        &mut self,
        seeds: &'s [Seed<T>],
    ) -> Result<Vec<&'s Seed<T>>, StoreError> {
        let names: Vec<Slug> = seeds.iter().map(|seed| seed.draft.name()).collect();
        let there = records::find_all::<T>(self.conn, &names)?;
        let is_new = |(_, name): &(_, &Slug)| !there.iter().any(|record| record.slug == **name);
        let new: Vec<&Seed<T>> =
            seeds.iter().zip(&names).filter(is_new).map(|(seed, _)| seed).collect();
        let (author, at) = self.by;
        for seed in &new {
            records::create(self.conn, &seed.draft, author, at)?;
        }
        Ok(new)
    }

    /// Writes what became of records that were just written; returns how many those are.
    fn follow<T: Topic>(&mut self, new: &[&Seed<T>]) -> Result<usize, StoreError> {
        for seed in new {
            let name = seed.draft.name();
            if let Some(day) = seed.confirmed_on {
                records::confirm::<T>(self.conn, &name, None, day, self.by)?;
            }
            if let Some(ending) = &seed.ended {
                records::end::<T>(self.conn, &name, None, ending.clone(), self.by)?;
            }
        }
        Ok(new.len())
    }
}
