//! The groups of a question that are more than single words: terms of the
//! vocabulary, somebody's age, phrases in quotes.

use crate::{
    domain::search::{Expansion, ReasonCode},
    search::{
        ages,
        analysis::{self, Word},
        query::{Alternative, Group, Query, Reader, Typed},
        thesaurus::{Entry, Relation},
    },
};

/// The words as which somebody's age of fifty or more is looked up.
const LATER_AGE: [&str; 2] = ["over", "50"];

impl Reader<'_> {
    /// A group for each run of words that names a term.
    pub(super) fn add_terms(&self, words: &[Word], query: &mut Query, typed: &Typed<'_>) {
        let stems: Vec<String> = words.iter().map(|word| word.stem.clone()).collect();
        for span in self.thesaurus.spans(&stems, typed.open_end) {
            let Some(entry) = self.thesaurus.entry(span.term) else { continue };
            let covers: Vec<usize> = (span.from..span.from + span.length).collect();
            let run = stems.get(span.from..span.from + span.length).unwrap_or_default();
            let stops = |at: &usize| {
                words.get(*at).is_none_or(|word| analysis::is_stop_word(&word.surface))
            };
            if covers.iter().all(stops) {
                continue;
            }
            let named: Vec<&Word> = covers.iter().filter_map(|at| words.get(*at)).collect();
            let shown = typed.slice(&named).to_owned();
            if let Some(meaning) = &entry.expansion {
                query
                    .expansions
                    .push(Expansion { term: entry.preferred.clone(), meaning: meaning.clone() });
            }
            let own = Alternative {
                stems: run.to_vec(),
                weight: 1.0,
                code: if span.length > 1 { ReasonCode::Phrase } else { ReasonCode::Exact },
                shown: shown.clone(),
            };
            self.add_term(query, entry, own, (shown, covers));
        }
    }

    /// Somebody's age of fifty or more means what "over 50" means, where the
    /// vocabulary has that.
    pub(super) fn add_age(&self, words: &[Word], query: &mut Query, typed: &Typed<'_>) {
        let Some(at) = ages::later_age(words, typed.text) else { return };
        if query.groups.iter().any(|group| group.extra && group.covers.contains(&at)) {
            return;
        }
        let known = self.thesaurus.spans(&LATER_AGE.map(str::to_owned), false);
        let whole = known.first().filter(|span| span.length == LATER_AGE.len());
        let Some(entry) = whole.and_then(|span| self.thesaurus.entry(span.term)) else { return };
        let Some(word) = words.get(at) else { return };
        let own = Alternative {
            stems: vec![word.stem.clone()],
            weight: 1.0,
            code: ReasonCode::Exact,
            shown: word.surface.clone(),
        };
        self.add_term(query, entry, own, (typed.slice(&[word]).to_owned(), vec![at]));
    }

    /// One term's group: the words as typed, and all that it also looks for.
    fn add_term(
        &self,
        query: &mut Query,
        entry: &Entry,
        own: Alternative,
        (typed, covers): (String, Vec<usize>),
    ) {
        query.cohorts.extend(entry.cohort.clone());
        let others = entry.names.iter().filter(|name| name.stems != own.stems);
        let others = others.map(|name| Alternative {
            stems: name.stems.clone(),
            weight: name.weight,
            code: match name.relation {
                Relation::Same => ReasonCode::Synonym,
                Relation::Near => ReasonCode::Related,
            },
            shown: match name.relation {
                Relation::Same => entry.preferred.clone(),
                Relation::Near => name.shown.clone(),
            },
        });
        let alternatives: Vec<Alternative> = others.collect();
        query.groups.push(Group {
            typed: self.thesaurus.printable(&typed),
            covers,
            alternatives: [own].into_iter().chain(alternatives).collect(),
            required: false,
            extra: true,
            weight: self.weights.term,
            ceiling: self.weights.rarest,
        });
    }

    /// Phrases in quotes must occur as they stand.
    pub(super) fn add_phrases(&self, words: &[Word], query: &mut Query, typed: &Typed<'_>) {
        for range in typed.quoted {
            let inside: Vec<usize> = (0..words.len())
                .filter(|at| words.get(*at).is_some_and(|word| range.contains(&word.start)))
                .collect();
            let phrase: Vec<&Word> = inside.iter().filter_map(|at| words.get(*at)).collect();
            if phrase.is_empty() {
                continue;
            }
            let shown = typed.slice(&phrase).to_owned();
            query.groups.push(Group {
                typed: shown.clone(),
                covers: inside,
                alternatives: vec![Alternative {
                    stems: phrase.iter().map(|word| word.stem.clone()).collect(),
                    weight: 1.0,
                    code: ReasonCode::Phrase,
                    shown,
                }],
                required: true,
                extra: true,
                weight: self.weights.term,
                ceiling: self.weights.rarest,
            });
        }
    }
}
