//! Questions that found nothing: counted in memory, now and then added to the store.
//!
//! Only those of the public are counted, never one that came with a token, and never a
//! caseworker's. A question that is counted costs no database; what is in memory when the
//! process is killed is lost without harm.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use arc_swap::ArcSwap;
use chrono::{Datelike, Months, NaiveDate};
use rand::RngCore;
use sha2::{Digest, Sha256};

use crate::{
    app::{AppError, AppState, Snapshot, matching::EmployerMatch, tokens::hexadecimal},
    domain::{
        access::Caller,
        matching::Profile,
        missed::{self, KEPT_MONTHS, Missed, MissedKind},
        register::Partnership,
        search::Question,
    },
    store::{
        Store,
        missed::{self as kept, Tally},
    },
};

/// So many different questions are counted between two times that they are stored.
const MOST_IN_MEMORY: usize = 1_000;
/// How often what was counted is stored.
const STORING: Duration = Duration::from_secs(5);
/// How often what other processes counted is looked at.
const REFRESH: Duration = Duration::from_mins(1);

/// A question: its kind, and the words that are left of it.
type Key = (MissedKind, Vec<String>);

/// What was counted since it was last stored, and what is shown.
#[derive(Default)]
pub struct MissedQuestions {
    counted: Mutex<BTreeMap<Key, u32>>,
    shown: ArcSwap<Vec<Missed>>,
    looked: Mutex<Option<Instant>>,
}

impl MissedQuestions {
    /// Counts a search of the public that found nothing, though nothing was filtered out.
    pub fn note_search(&self, snapshot: &Snapshot, question: &Question, total: u64) {
        let plain = question.filters.is_empty() && question.place.is_none() && question.page == 1;
        if total == 0 && plain {
            let never = never_printed(snapshot);
            self.note(MissedKind::Search, missed::of_search(&question.text, &never));
        }
    }

    /// Counts an employer's match that found no partnership, or none with training that
    /// fits.
    pub fn note_match(&self, profile: &Profile, found: &EmployerMatch) {
        let hits = &found.partnerships.hits;
        if hits.iter().all(|hit| hit.item.courses.is_empty()) {
            let words = missed::of_match(profile.sector.as_ref(), &profile.cohorts);
            self.note(MissedKind::Match, words);
        }
    }

    fn note(&self, kind: MissedKind, words: Option<Vec<String>>) {
        let Some(words) = words else { return };
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (kind, words);
        if counted.len() < MOST_IN_MEMORY || counted.contains_key(&key) {
            let count = counted.entry(key).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// What was asked often enough, the most asked first.
    pub fn shown(&self) -> Arc<Vec<Missed>> {
        self.shown.load_full()
    }

    fn take(&self) -> BTreeMap<Key, u32> {
        std::mem::take(&mut *self.counted.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn put_back(&self, taken: BTreeMap<Key, u32>) {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, more) in taken {
            let count = counted.entry(key).or_default();
            *count = count.saturating_add(more);
        }
    }

    fn is_due(&self) -> bool {
        let idle = self.counted.lock().unwrap_or_else(PoisonError::into_inner).is_empty();
        let looked = *self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        looked.is_none_or(|at| at.elapsed() >= if idle { REFRESH } else { STORING })
    }
}

/// As [`settle`], if that was not done lately.
///
/// # Errors
///
/// If the database cannot be used; what was counted stays counted.
pub async fn settle_if_due(store: &Store, state: &AppState) -> Result<(), AppError> {
    if state.missed().is_due() { settle(store, state).await } else { Ok(()) }
}

/// Stores what was counted since, and takes over what is shown from now on.
///
/// # Errors
///
/// If the database cannot be used; what was counted stays counted.
pub async fn settle(store: &Store, state: &AppState) -> Result<(), AppError> {
    let missed = state.missed();
    let taken = missed.take();
    let (some, month) = (taken.clone(), first_of_month(state.clock.today()));
    let done = store.write(move |conn| {
        if !some.is_empty() {
            let mut fresh = [0; 32];
            rand::rng().fill_bytes(&mut fresh);
            let secret = kept::secret(conn, &hexadecimal(&fresh))?;
            let tallies: Vec<Tally> = some.into_iter().map(|one| tally(&secret, one)).collect();
            kept::add(conn, &tallies, month)?;
            let before = month.checked_sub_months(Months::new(KEPT_MONTHS - 1)).unwrap_or(month);
            kept::trim(conn, before, kept::MOST)?;
        }
        kept::shown(conn)
    });
    match done.await {
        Ok(shown) => {
            missed.shown.store(Arc::new(shown));
            let mut looked = missed.looked.lock().unwrap_or_else(PoisonError::into_inner);
            *looked = Some(Instant::now());
            Ok(())
        }
        Err(error) => {
            missed.put_back(taken);
            Err(error.into())
        }
    }
}

/// What was asked often enough, the most asked first.
///
/// # Errors
///
/// [`AppError::Forbidden`] for who does not keep the register.
pub async fn list(state: &AppState, caller: &Caller) -> Result<Arc<Vec<Missed>>, AppError> {
    if !caller.keeps() {
        return Err(AppError::Forbidden("Missed questions are for coordinators."));
    }
    settle(state.records()?, state).await?;
    Ok(state.missed().shown())
}

/// Of some questions those that touch a partnership: by a word of its name, its sectors
/// or its needs.
pub fn touching<'a>(
    all: &'a [Missed],
    partnership: &Partnership,
    snapshot: &Snapshot,
) -> Vec<&'a Missed> {
    let mut words: BTreeSet<String> = missed::plain_words(&partnership.name).collect();
    let sectors = &snapshot.vocabulary().sectors;
    for sector in sectors.iter().filter(|one| partnership.sectors.contains(&one.label.slug)) {
        words.extend(missed::plain_words(&sector.label.label));
        words.extend(missed::plain_words(&sector.label.slug.replace('-', " ")));
        words.extend(sector.words.iter().flat_map(|text| missed::plain_words(text)));
    }
    words.extend(partnership.needs.iter().flat_map(|need| missed::plain_words(&need.title)));
    words.extend(partnership.asked.iter().flat_map(|text| missed::plain_words(text)));
    for idle in
        ["partnership", "workforce", "development", "and", "the", "of", "for", "with", "work"]
    {
        words.remove(idle);
    }
    all.iter().filter(|one| one.words.iter().any(|word| words.contains(word))).collect()
}

fn never_printed(snapshot: &Snapshot) -> BTreeSet<String> {
    let words = snapshot.vocabulary().never_print.iter();
    words.flat_map(|one| missed::plain_words(&one.word).collect::<Vec<_>>()).collect()
}

fn tally(secret: &str, ((kind, words), count): (Key, u32)) -> Tally {
    let words = words.join(" ");
    let hash = keyed(secret, &format!("{kind} {words}"));
    Tally { hash, kind, words, count: i64::from(count) }
}

/// The hash of a text under a key: whoever has not the key cannot try words.
///
/// # Source
///
/// H. Krawczyk and others, "HMAC: Keyed-Hashing for Message Authentication", RFC 2104.
fn keyed(secret: &str, text: &str) -> String {
    // A key of 64 bytes fills the block of SHA-256.
    let pad = |with: u8| -> Vec<u8> {
        let mut block: Vec<u8> = secret.bytes().chain(std::iter::repeat(0)).take(64).collect();
        for byte in &mut block {
            *byte ^= with;
        }
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(text.as_bytes()).finalize();
    hexadecimal(&Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize())
}

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keyed_hash_is_that_of_the_standard() {
        // Worked out with another program, for a key of 64 letters "a".
        let hash = keyed(&"a".repeat(64), "search welding");
        assert_eq!(hash, "f2f2e64c22be6c4591fccdbec4cbe9e6443ba8d1051b702f9f805d5df4856230");
        assert_ne!(keyed(&"b".repeat(64), "search welding"), hash);
    }

    #[test]
    fn what_is_counted_in_memory_is_bounded() {
        let questions = MissedQuestions::default();
        for nth in 0..2_000_u32 {
            let word: String =
                nth.to_string().bytes().map(|b| char::from(b - b'0' + b'a')).collect();
            questions.note(MissedKind::Search, Some(vec![word]));
        }
        questions.note(MissedKind::Search, Some(vec!["a".to_owned()]));
        let taken = questions.take();
        assert_eq!(taken.len(), MOST_IN_MEMORY);
        assert_eq!(taken.get(&(MissedKind::Search, vec!["a".to_owned()])), Some(&2));
        questions.put_back(taken.clone());
        assert_eq!(questions.take(), taken);
    }
}
