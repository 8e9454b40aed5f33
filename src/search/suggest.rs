//! Completions: only what exists, grouped by kind.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::{
    domain::search::{Completion, CompletionGroup, CompletionKind, Facet, Kind, Question},
    search::{
        SearchError,
        analysis::{self, Word},
        answer::{self, Asked},
        collection::Collection,
        columns::Counts,
        text::Stems,
    },
};

/// Completions of one kind, at most.
const MOST: usize = 5;
/// Fewer letters than this complete to nearly everything.
const LEAST_LETTERS: usize = 2;
/// So many documents are looked at, at most, to find titles of one collection.
const LOOKED_AT: usize = 200;

/// What was typed.
struct Typed<'a> {
    last: &'a Word,
    before: &'a [Word],
}

/// What exists and begins like what was typed: the last word as a beginning, the words
/// before it in any place. Terms of the vocabulary come first, then topics, then titles
/// by kind.
pub(super) fn suggest(
    collections: &[&Collection],
    typed: &str,
) -> Result<Vec<CompletionGroup>, SearchError> {
    let words = analysis::words(typed);
    let letters: usize = words.iter().map(|word| word.surface.chars().count()).sum();
    let Some((last, before)) = words.split_last() else { return Ok(Vec::new()) };
    if letters < LEAST_LETTERS {
        return Ok(Vec::new());
    }
    let typed = Typed { last, before };
    let mut groups = vec![terms(collections, &typed)?, topics(collections, &typed)];
    let mut titles: Vec<(Kind, Completion)> = Vec::new();
    for collection in collections {
        titles.extend(collection.titles(&typed)?);
    }
    for kind in Kind::ALL {
        let own = titles.iter().filter(|(own, _)| *own == kind).map(|(_, one)| one.clone());
        let completions = own.take(MOST).collect();
        groups.push(CompletionGroup { kind: CompletionKind::Title(kind), completions });
    }
    groups.retain(|group| !group.completions.is_empty());
    Ok(groups)
}

/// Preferred terms, found by any of their names.
fn terms(collections: &[&Collection], typed: &Typed<'_>) -> Result<CompletionGroup, SearchError> {
    let mut completions = Vec::new();
    let language = collections.first().map(|first| first.language());
    let fits = |text: &str| typed.completes_to(text);
    let named = language.into_iter().flat_map(|language| language.thesaurus.named(&fits));
    for entry in named {
        if completions.len() == MOST {
            break;
        }
        let question = Question { text: entry.to_owned(), ..Question::default() };
        // Nothing that is counted depends on the day.
        let asked = Asked { question: &question, near: None, today: NaiveDate::MIN };
        let total = answer::total(collections, &asked)?;
        if total > 0 {
            let url = format!("/search?q={}", encoded(entry));
            completions.push(Completion { text: entry.to_owned(), url, total });
        }
    }
    Ok(CompletionGroup { kind: CompletionKind::Term, completions })
}

fn topics(collections: &[&Collection], typed: &Typed<'_>) -> CompletionGroup {
    let mut counts = Counts::default();
    for part in collections.iter().flat_map(|collection| collection.parts()) {
        let columns = part.columns();
        if columns.values().iter().any(|value| value.facet == Facet::Topic) {
            let (mut counted, chosen) = (columns.room(), columns.choose(&[]));
            part.alive().for_each(|own| _ = columns.count(own, &chosen, &mut counted));
            counts.add(columns, &counted);
        }
    }
    let topics = counts.answer(&[]).into_iter().filter(|counts| counts.facet == Facet::Topic);
    let completions = topics
        .flat_map(|counts| counts.values)
        .filter(|topic| typed.completes_to(&topic.label))
        .take(MOST)
        .map(|topic| Completion {
            url: format!("/search?topic={}", encoded(&topic.value)),
            text: topic.label,
            total: topic.count,
        })
        .collect();
    CompletionGroup { kind: CompletionKind::Topic, completions }
}

impl Collection {
    /// Titles that what was typed completes to, in the documents' order.
    fn titles(&self, typed: &Typed<'_>) -> Result<Vec<(Kind, Completion)>, SearchError> {
        let mut numbers: Vec<u32> = self.titled(typed)?.into_iter().collect();
        numbers.sort_by_cached_key(|document| self.order(*document));
        let mut found: Vec<(Kind, Completion)> = Vec::new();
        let stems = Stems::default();
        let mut looked_at = 0;
        for document in numbers {
            let Some(kind) = self.kind(document) else { continue };
            if found.iter().filter(|(own, _)| *own == kind).count() >= MOST {
                continue;
            }
            let Some(held) = self.held(document, &stems)? else { continue };
            let title = &held.document.title;
            if typed.completes_to(title) {
                let (text, url) = (title.clone(), held.document.url.clone());
                found.push((kind, Completion { text, url, total: 1 }));
            }
            looked_at += 1;
            if looked_at == LOOKED_AT {
                break;
            }
        }
        Ok(found)
    }

    /// The kind of a document, as its facets have it.
    fn kind(&self, document: u32) -> Option<Kind> {
        let (part, own) = self.part_of(document)?;
        let value = part.columns().of(own).find(|value| value.facet == Facet::Kind)?;
        Kind::parse(&value.value)
    }

    /// Documents whose title may be meant.
    fn titled(&self, typed: &Typed<'_>) -> Result<BTreeSet<u32>, SearchError> {
        let mut beginning = BTreeSet::new();
        let mut tried = BTreeSet::new();
        for entry in self.lexicon().beginning(&typed.last.surface) {
            if tried.insert(entry.stem.clone()) {
                self.each_titled(&entry.stem, |document| _ = beginning.insert(document))?;
            }
        }
        for word in typed.before {
            let mut with = BTreeSet::new();
            self.each_titled(&word.stem, |document| _ = with.insert(document))?;
            beginning.retain(|document| with.contains(document));
        }
        Ok(beginning)
    }

    fn each_titled(&self, stem: &str, mut found: impl FnMut(u32)) -> Result<(), SearchError> {
        for part in self.parts() {
            part.titled(stem, |own| found(part.base() + own))?;
        }
        Ok(())
    }
}

impl Typed<'_> {
    fn completes_to(&self, text: &str) -> bool {
        completes(text, self.before, self.last)
    }
}

/// Whether a text has a word beginning with the last one, and the others whole.
fn completes(text: &str, before: &[Word], last: &Word) -> bool {
    let own = analysis::words(text);
    own.iter().any(|word| word.surface.starts_with(&last.surface))
        && before.iter().all(|typed| own.iter().any(|word| word.stem == typed.stem))
}

/// A query value for an address.
fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                encoded.push(char::from(byte));
            }
            b' ' => encoded.push('+'),
            _ => encoded.extend(['%', hex(byte >> 4), hex(byte & 15)]),
        }
    }
    encoded
}

fn hex(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).unwrap_or('0').to_ascii_uppercase()
}
