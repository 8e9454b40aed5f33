//! Which record a row means: the one of its name, else the one that has its number, else
//! the one that is called by what identifies it.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    app::exchange::{form::Given, kinds::Exchanged, value::Wrong},
    domain::{
        register::{Identifier, Record},
        slug::Slug,
    },
};

/// A row of which it is asked which record it means.
pub struct Asked<'a> {
    /// The name it gives.
    pub slug: Option<&'a Slug>,
    /// The name made from what it says, where that can be told.
    pub natural: Option<&'a Slug>,
    /// Its numbers.
    pub numbers: &'a [Identifier],
    /// What it says, in short.
    pub says: u64,
}

/// The record that a row means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// This one, whether it is there or not.
    Record(Slug),
    /// One that an earlier row meant and said the same of.
    Repeated,
}

/// What earlier rows of the file meant.
#[derive(Default)]
pub struct Seen {
    /// By name: what was said, and whether by a row with a number.
    names: HashMap<Slug, (u64, bool)>,
    numbers: HashMap<Identifier, u64>,
}

/// What is there of what the rows may mean.
pub struct Held<'a, T> {
    /// Records by name.
    pub records: &'a HashMap<Slug, Record<T>>,
    /// Whose the numbers are.
    pub numbers: &'a HashMap<Identifier, Slug>,
}

impl Seen {
    /// Decides which record a row means, and remembers it.
    ///
    /// # Errors
    ///
    /// What speaks against it.
    pub fn decide<T: Exchanged>(
        &mut self,
        asked: &Asked<'_>,
        held: &Held<'_, T>,
    ) -> Result<Meant, Wrong> {
        for number in asked.numbers {
            if let Some(said) = self.numbers.get(number) {
                return same(*said == asked.says, "identifiers");
            }
        }
        let slug = match self.named(asked, held)? {
            Meant::Record(slug) => slug,
            Meant::Repeated => return Ok(Meant::Repeated),
        };
        for number in asked.numbers {
            self.numbers.insert(number.clone(), asked.says);
        }
        self.names.insert(slug.clone(), (asked.says, !asked.numbers.is_empty()));
        Ok(Meant::Record(slug))
    }

    fn named<T: Exchanged>(&self, asked: &Asked<'_>, held: &Held<'_, T>) -> Result<Meant, Wrong> {
        let mut holders = asked.numbers.iter().filter_map(|number| held.numbers.get(number));
        let holder = holders.next();
        let another = |text: &str| Wrong::of_field("identifiers", "number", text);
        if holders.any(|other| Some(other) != holder) {
            return Err(another("its numbers belong to several organisations"));
        }
        if let Some(slug) = asked.slug {
            if holder.is_some_and(|holder| holder != slug) {
                return Err(another("another organisation has this number"));
            }
            return self.unless_seen(slug, asked);
        }
        if let Some(holder) = holder {
            return self.unless_seen(holder, asked);
        }
        let Some(natural) = asked.natural else {
            let reason = "neither a name nor a number tells which record is meant";
            return Err(Wrong::of_field("slug", "empty", reason));
        };
        if !self.is_another(natural, asked, held) {
            return self.unless_seen(natural, asked);
        }
        // Somebody else of the same name: the number tells them apart.
        let number = asked.numbers.first().map(|number| number.id.as_str()).unwrap_or_default();
        let slug = apart(natural, number);
        if self.is_another(&slug, asked, held) || held.records.contains_key(&slug) {
            let reason = "others have the same name and number: give it a slug";
            return Err(Wrong::of_field("slug", "empty", reason));
        }
        self.unless_seen(&slug, asked)
    }

    fn unless_seen(&self, slug: &Slug, asked: &Asked<'_>) -> Result<Meant, Wrong> {
        match self.names.get(slug) {
            Some((said, _)) => same(*said == asked.says, "slug"),
            None => Ok(Meant::Record(slug.clone())),
        }
    }

    /// Whether a name belongs to something that surely is another: it has another number
    /// in the same register.
    fn is_another<T: Exchanged>(&self, slug: &Slug, asked: &Asked<'_>, held: &Held<'_, T>) -> bool {
        if asked.numbers.is_empty() {
            return false;
        }
        if let Some((_, numbered)) = self.names.get(slug) {
            return *numbered;
        }
        held.records.get(slug).is_some_and(|record| {
            let mut fields = Given::new();
            record.body.put(&mut fields);
            let schemes = T::numbers(&fields);
            schemes.iter().any(|has| asked.numbers.iter().any(|new| new.scheme == has.scheme))
        })
    }
}

/// A row that means what an earlier row meant.
fn same(says_the_same: bool, field: &str) -> Result<Meant, Wrong> {
    let reason = "an earlier row tells something else of the same record";
    if says_the_same { Ok(Meant::Repeated) } else { Err(Wrong::of_field(field, "name", reason)) }
}

/// A name with a number that tells it apart.
pub fn apart(natural: &Slug, number: &str) -> Slug {
    // Cut first, so that the number is never what falls off.
    let room = 80_usize.saturating_sub(number.len() + 1);
    let short: String = natural.chars().take(room).collect();
    Slug::of_words([short.as_str(), number])
}

/// What a row says, in short.
pub fn says(given: &Given) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (name, value) in given {
        name.hash(&mut hasher);
        value.to_string().hash(&mut hasher);
    }
    hasher.finish()
}
