//! From a question to an answer: filters, counts, a page of hits, and help.

use chrono::NaiveDate;

use crate::{
    domain::search::{
        Answer, Document, EmptyHelp, Facet, Hit, Nearest, Question, Reason, ReasonCode, ScorePart,
        Snippet, Suggestion,
    },
    search::{
        SearchError, highlight,
        index::{Index, Matched, Scored},
        query::Group,
        rank::Relaxed,
        reasons,
    },
};

/// A word in at most this many documents may be a slip for a frequent one.
const RARE: u32 = 2;
/// How many times more frequent the other word must be.
const MORE_FREQUENT: u32 = 5;
/// How many words a listed document shows of its text.
const LISTED: Snippet = Snippet { text: String::new(), html: String::new(), ranges: Vec::new() };

impl Index {
    /// Answers a question. Stale documents are those past their review date on
    /// `today`.
    pub fn search(&self, question: &Question, today: NaiveDate) -> Result<Answer, SearchError> {
        let is_stale = |d: &Document| d.dates.is_some_and(|dates| dates.is_stale(today));
        let matched = self.matched(&question.text, is_stale)?;
        if matched.query.groups.is_empty() && matched.query.ignored.is_empty() {
            return Ok(self.listing(question, is_stale));
        }
        let order: Vec<u32> = matched.scored.iter().map(|scored| scored.document).collect();
        let chosen = self.columns.choose(&question.filters);
        let counted = self.columns.count(&order, &chosen);
        let on_page = page(&counted.passing, question);
        let hits = on_page
            .iter()
            .filter_map(|document| {
                let scored = matched.scored.iter().find(|one| one.document == *document)?;
                self.hit(&matched, *scored, is_stale)
            })
            .collect();
        let total = counted.passing.len() as u64;
        let help = (total == 0).then(|| self.help(question, &order));
        Ok(Answer {
            total,
            hits,
            facets: self.columns.answer(&counted, &question.filters),
            suggestion: self.suggestion(question, &matched, total)?,
            relaxed: matched.ranking.relaxed.map(|how| {
                match how {
                    Relaxed::Phrase => "Nothing has the exact phrase; these have its words.",
                    Relaxed::Words => "Nothing has most of your words; these have some of them.",
                }
                .to_owned()
            }),
            help,
            considered: self.documents.len() as u64,
            ignored: ignored(&matched),
            corrections: matched.query.corrections,
            expansions: matched.query.expansions,
        })
    }

    /// Everything that passes the filters, in its own order: the answer to a
    /// question without words.
    fn listing(&self, question: &Question, is_stale: impl Fn(&Document) -> bool) -> Answer {
        let all: Vec<u32> = (0_u32..).take(self.documents.len()).collect();
        let counted = self.columns.count(&all, &self.columns.choose(&question.filters));
        let hits = page(&counted.passing, question)
            .iter()
            .filter_map(|at| {
                let document = self.documents.get(*at as usize)?;
                let text = "Listed because no words were asked for".to_owned();
                let reasons = vec![Reason { code: ReasonCode::Listed, text }];
                Some(Hit { reasons, ..bare(document, LISTED, is_stale(document)) })
            })
            .collect();
        Answer {
            total: counted.passing.len() as u64,
            hits,
            facets: self.columns.answer(&counted, &question.filters),
            considered: self.documents.len() as u64,
            ..Answer::default()
        }
    }

    /// One found document with its snippet, parts and reasons.
    fn hit(
        &self,
        matched: &Matched,
        scored: Scored,
        is_stale: impl Fn(&Document) -> bool,
    ) -> Option<Hit> {
        let document = self.documents.get(scored.document as usize)?;
        let texts = self.texts.get(scored.document as usize)?;
        let stale = is_stale(document);
        let found = matched.marker.snippet(&texts.body);
        let passage = found.as_ref().and_then(|(_, at)| {
            document.passages.get(texts.passage_at(*at)).filter(|p| p.heading.is_some())
        });
        let snippet = found.map_or_else(
            || highlight::whole(&texts.summary, &matched.marker.marks(&texts.summary)),
            |(snippet, _)| snippet,
        );
        let earned: Vec<bool> =
            matched.ranking.earned.iter().map(|e| e.milli(scored.document) > 0).collect();
        let mut reasons = reasons::reasons(&matched.query, &matched.marker, texts, &earned);
        if stale {
            let text = if document.legal {
                "It states law and is past its review date, so it is placed much lower"
            } else {
                "It is past its review date, so it is placed lower"
            };
            reasons.push(Reason { code: ReasonCode::Stale, text: text.to_owned() });
        }
        let hit = bare(document, snippet, stale);
        Some(Hit {
            url: passage.map_or_else(
                || document.url.clone(),
                |passage| format!("{}#{}", document.url, passage.anchor),
            ),
            heading: passage.and_then(|passage| passage.heading.clone()),
            score_milli: scored.milli,
            parts: parts(matched, scored),
            reasons,
            ..hit
        })
    }

    /// Another question, only if it finds more with the same filters.
    fn suggestion(
        &self,
        question: &Question,
        matched: &Matched,
        total: u64,
    ) -> Result<Option<Suggestion>, SearchError> {
        let unquoted: String =
            question.text.chars().filter(|c| !matches!(c, '"' | '\u{201c}' | '\u{201d}')).collect();
        let has_phrase = matched.query.groups.iter().any(|group| group.required);
        let mut candidates = Vec::new();
        if has_phrase && matched.ranking.relaxed.is_none() {
            candidates.push(unquoted);
        }
        for word in matched.query.used.iter().filter(|word| word.chars().count() >= 4) {
            let documents = self.lexicon.find(word).map_or(0, |entry| entry.documents);
            if !(1..=RARE).contains(&documents) {
                continue;
            }
            let frequent = self.lexicon.nearest(word).into_iter().find(|(entry, distance)| {
                *distance == 1 && entry.documents >= documents * MORE_FREQUENT
            });
            if let Some((entry, _)) = frequent {
                candidates.push(question.text.to_lowercase().replace(word, &entry.surface));
            }
        }
        for text in candidates {
            let found = self.total(&text, &question.filters)?;
            if found > total {
                return Ok(Some(Suggestion { text, total: found }));
            }
        }
        Ok(None)
    }

    /// How many documents a question has with these filters.
    pub(super) fn total(
        &self,
        text: &str,
        filters: &[(Facet, String)],
    ) -> Result<u64, SearchError> {
        let matched = self.matched(text, |_| false)?;
        let order: Vec<u32> = matched.scored.iter().map(|scored| scored.document).collect();
        let counted = self.columns.count(&order, &self.columns.choose(filters));
        Ok(counted.passing.len() as u64)
    }

    /// What may help where nothing was found: what each filter costs, and the
    /// nearest there is.
    fn help(&self, question: &Question, order: &[u32]) -> EmptyHelp {
        let count = |filters: &[(Facet, String)]| {
            self.columns.count(order, &self.columns.choose(filters)).passing.len() as u64
        };
        let without = question
            .filters
            .iter()
            .map(|dropped| {
                let rest: Vec<(Facet, String)> =
                    question.filters.iter().filter(|kept| *kept != dropped).cloned().collect();
                (dropped.0, dropped.1.clone(), count(&rest))
            })
            .collect();
        let nearest: Vec<u32> = if order.is_empty() {
            // Nobody wrote any of the words: the first of what passes the filters.
            let all: Vec<u32> = (0_u32..).take(self.documents.len()).collect();
            self.columns.count(&all, &self.columns.choose(&question.filters)).passing
        } else {
            order.to_vec()
        };
        let nearest = nearest
            .iter()
            .filter_map(|at| self.documents.get(*at as usize))
            .take(3)
            .map(|found| Nearest {
                kind: found.kind,
                title: found.title.clone(),
                url: found.url.clone(),
            })
            .collect();
        EmptyHelp { without, without_any: count(&[]), nearest }
    }
}

/// The page of a list that was asked for; beyond its end, nothing.
fn page<'a>(all: &'a [u32], question: &Question) -> &'a [u32] {
    let size = question.per_page as usize;
    let from = (question.page.saturating_sub(1) as usize).saturating_mul(size);
    let to = from.saturating_add(size).min(all.len());
    all.get(from..to).unwrap_or_default()
}

/// A document as a hit, before anything is known of how it matched.
fn bare(document: &Document, snippet: Snippet, stale: bool) -> Hit {
    Hit {
        kind: document.kind,
        id: document.id.clone(),
        title: document.title.clone(),
        url: document.url.clone(),
        heading: None,
        summary: document.summary.clone(),
        snippet,
        score_milli: 0,
        parts: Vec::new(),
        reasons: Vec::new(),
        dates: document.dates,
        stale,
        legal: document.legal,
        fictional: document.fictional,
        facets: document.facets.clone(),
    }
}

/// What a score is made of; the parts add up to it.
fn parts(matched: &Matched, scored: Scored) -> Vec<ScorePart> {
    let pairs = matched.query.groups.iter().zip(&matched.ranking.earned);
    let mut parts: Vec<ScorePart> = pairs
        .map(|(group, earned)| ScorePart {
            what: part_name(group),
            milli: earned.milli(scored.document),
        })
        .collect();
    for (what, milli) in [
        ("your words stand near each other", scored.nearness),
        ("it is about the people you ask about", scored.about),
        ("a form or checklist: the guidance comes first", scored.companion),
        ("some of your words are missing", scored.missing),
        ("past its review date", scored.stale),
    ] {
        parts.push(ScorePart { what: what.to_owned(), milli });
    }
    parts.retain(|part| part.milli != 0);
    parts
}

fn part_name(group: &Group) -> String {
    let typed = if group.typed.is_empty() { "your words" } else { &group.typed };
    let kind = if group.required {
        "phrase"
    } else if group.extra {
        "term"
    } else {
        "word"
    };
    format!("{kind}: {typed}")
}

/// Words that no document has, in no form.
fn ignored(matched: &Matched) -> Vec<String> {
    let mut ignored = matched.query.ignored.clone();
    let pairs = || matched.query.groups.iter().zip(&matched.ranking.earned);
    for (group, earned) in pairs().filter(|(group, _)| !group.extra) {
        let by_term = pairs().any(|(other, found)| {
            other.extra && found.any() && group.covers.iter().all(|w| other.covers.contains(w))
        });
        if !earned.any() && !by_term && !group.typed.is_empty() {
            ignored.push(group.typed.clone());
        }
    }
    ignored
}
