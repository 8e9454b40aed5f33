//! What really matched in a text: marks, and the best piece to show.
//!
//! Marks follow the query's own groups and alternatives, so a corrected, completed
//! or replaced word is marked like a typed one, each with its reason.

use std::collections::HashMap;

use crate::{
    domain::search::Snippet,
    search::{
        query::{Group, Query},
        rank::Earned,
        text::{Stems, Text, Token},
    },
};

/// How many words a snippet has, about.
const SNIPPET_WORDS: usize = 36;
/// How many words before the first mark a snippet may start.
const LEAD_WORDS: usize = 8;
/// An alternative that begins with some stem.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub group: usize,
    pub alternative: usize,
    /// The stems after the first.
    pub rest: Vec<u32>,
}

/// A run of words that matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Index of the group.
    pub group: usize,
    /// Index of the alternative in the group.
    pub alternative: usize,
    /// Index of the first word.
    pub from: usize,
    /// How many words.
    pub length: usize,
}

/// Finds a query's alternatives in texts.
#[derive(Debug)]
pub struct Marker {
    by_first: HashMap<u32, Vec<Candidate>>,
    /// By stem: whether something begins with it; most words of a text do not.
    begins: Vec<bool>,
    telling: Vec<f32>,
    /// Groups of single words, in the order of the question.
    pub(super) row: Vec<usize>,
    /// By group: the words of the question that it stands for, a bit each.
    pub(super) covers: Vec<u64>,
}

impl Marker {
    /// A marker for a query whose groups earned these points.
    pub fn new(query: &Query, earned: &[Earned], stems: &Stems) -> Self {
        let mut by_first: HashMap<u32, Vec<Candidate>> = HashMap::new();
        for (group, alternatives) in query.groups.iter().map(|g| &g.alternatives).enumerate() {
            for (alternative, way) in alternatives.iter().enumerate() {
                let numbers: Option<Vec<u32>> =
                    way.stems.iter().map(|stem| stems.find(stem)).collect();
                let Some((first, rest)) = numbers.as_deref().and_then(<[u32]>::split_first) else {
                    continue;
                };
                let candidate = Candidate { group, alternative, rest: rest.to_vec() };
                by_first.entry(*first).or_default().push(candidate);
            }
        }
        let mut begins = vec![false; stems.count()];
        for first in by_first.keys() {
            if let Some(slot) = begins.get_mut(*first as usize) {
                *slot = true;
            }
        }
        let telling = earned.iter().map(|earned| earned.telling).collect();
        let single = query.groups.iter().enumerate().filter(|(_, group)| !group.extra);
        let covers = query.groups.iter().map(Group::bits).collect();
        let row = single.map(|(at, _)| at).collect();
        Self { by_first, begins, telling, row, covers }
    }

    /// Every match in a text, in order; matches may lie inside each other.
    pub fn marks(&self, text: &Text) -> Vec<Mark> {
        let mut marks = Vec::new();
        for (from, token) in text.tokens.iter().enumerate() {
            for candidate in self.beginning(token.stem) {
                let follows = candidate.rest.iter().enumerate().all(|(offset, stem)| {
                    text.tokens.get(from + 1 + offset).is_some_and(|next| next.stem == *stem)
                });
                if follows {
                    marks.push(Mark {
                        group: candidate.group,
                        alternative: candidate.alternative,
                        from,
                        length: candidate.rest.len() + 1,
                    });
                }
            }
        }
        marks
    }

    /// The alternatives that begin with a stem.
    pub(super) fn beginning(&self, stem: u32) -> &[Candidate] {
        if self.begins.get(stem as usize) == Some(&true) {
            self.by_first.get(&stem).map_or(&[], Vec::as_slice)
        } else {
            &[]
        }
    }

    /// How telling the words of the question are together.
    pub(super) fn telling(&self) -> f32 {
        self.row.iter().map(|group| self.worth(*group)).sum()
    }

    /// How telling a group is.
    pub(super) fn worth(&self, group: usize) -> f32 {
        self.telling.get(group).copied().unwrap_or(0.0)
    }

    /// The piece of a text with the most of the question in it, and where it
    /// starts in bytes; `None` where nothing matches.
    pub fn snippet(&self, text: &Text) -> Option<(Snippet, usize)> {
        let marks = self.marks(text);
        let from = self.best_start(&marks)?;
        let (first, last) = frame(text, from)?;
        let start = text.tokens.get(first).map_or(0, |token| token.start as usize);
        Some((cut(text, &marks, first, last), start))
    }

    /// The word at which the best window starts: the most telling groups, each
    /// counted once and a little more for being said again.
    fn best_start(&self, marks: &[Mark]) -> Option<usize> {
        let value = |start: usize| {
            let mut seen: Vec<usize> = Vec::new();
            let window =
                marks.iter().filter(|mark| (start..start + SNIPPET_WORDS).contains(&mark.from));
            window.fold(0.0_f32, |sum, mark| {
                let first = !seen.contains(&mark.group);
                seen.push(mark.group);
                sum + self.worth(mark.group) * if first { 1.0 } else { 0.05 }
            })
        };
        let mut best: Option<(f32, usize)> = None;
        for mark in marks {
            let worth = value(mark.from);
            if best.is_none_or(|(most, _)| worth > most) {
                best = Some((worth, mark.from));
            }
        }
        best.map(|(_, start)| start)
    }
}

/// The first and last word to show: from the start of a sentence if one is near.
fn frame(text: &Text, from: usize) -> Option<(usize, usize)> {
    let begins = |at: usize| {
        at == 0 || {
            let between = text
                .tokens
                .get(at - 1)
                .zip(text.tokens.get(at))
                .and_then(|(a, b)| text.text.get(a.end as usize..b.start as usize));
            between.is_some_and(|gap| gap.contains(['.', '!', '?', ':', '\n']))
        }
    };
    let earliest = from.saturating_sub(LEAD_WORDS);
    let first = (earliest..=from).rev().find(|at| begins(*at)).unwrap_or(from.saturating_sub(3));
    let last = (first + SNIPPET_WORDS).min(text.tokens.len()).checked_sub(1)?;
    Some((first, last))
}

/// Cuts words `first` to `last` out of a text, with marks.
fn cut(text: &Text, marks: &[Mark], first: usize, last: usize) -> Snippet {
    let (Some(a), Some(b)) = (text.tokens.get(first), text.tokens.get(last)) else {
        return Snippet::default();
    };
    let mut pieces = Pieces::default();
    let (start, mut end) = (a.start as usize, b.end as usize);
    // What closes the last word's sentence belongs to it.
    let rest = text.text.get(end..).unwrap_or_default();
    end += rest.chars().take_while(|c| ".!?)’”%".contains(*c)).map(char::len_utf8).sum::<usize>();
    if start > 0 {
        pieces.add("… ", false);
    }
    let mut at = start;
    for (from, to) in runs(text, marks, first, last) {
        pieces.add(text.text.get(at..from).unwrap_or_default(), false);
        pieces.add(text.text.get(from..to).unwrap_or_default(), true);
        at = to;
    }
    pieces.add(text.text.get(at..end).unwrap_or_default(), false);
    if end < text.text.trim_end().len() {
        pieces.add(" …", false);
    }
    pieces.done()
}

/// A whole short text with its marks.
pub fn whole(text: &Text, marks: &[Mark]) -> Snippet {
    let mut pieces = Pieces::default();
    let mut at = 0;
    for (from, to) in runs(text, marks, 0, text.tokens.len().saturating_sub(1)) {
        pieces.add(text.text.get(at..from).unwrap_or_default(), false);
        pieces.add(text.text.get(from..to).unwrap_or_default(), true);
        at = to;
    }
    pieces.add(text.text.get(at..).unwrap_or_default(), false);
    pieces.done()
}

/// Marks as byte ranges, joined where only a space or hyphen lies between.
fn runs(text: &Text, marks: &[Mark], first: usize, last: usize) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for mark in
        marks.iter().filter(|mark| mark.from >= first && mark.from + mark.length <= last + 1)
    {
        let ends: Option<(Token, Token)> = text
            .tokens
            .get(mark.from)
            .copied()
            .zip(text.tokens.get(mark.from + mark.length - 1).copied());
        let Some((a, b)) = ends else { continue };
        found.push((a.start as usize, b.end as usize));
    }
    found.sort_unstable();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (from, to) in found {
        match joined.last_mut() {
            Some((_, end)) if from <= *end || is_joint(text.text.get(*end..from)) => {
                *end = to.max(*end);
            }
            _ => joined.push((from, to)),
        }
    }
    joined
}

fn is_joint(between: Option<&str>) -> bool {
    matches!(between, Some(" " | "-" | "\u{2011}" | "’s " | "'s "))
}

/// Text, HTML and ranges, grown together.
#[derive(Default)]
struct Pieces {
    snippet: Snippet,
    characters: usize,
}

impl Pieces {
    fn add(&mut self, piece: &str, marked: bool) {
        let before = self.characters;
        if marked {
            self.snippet.html.push_str("<mark>");
        }
        for c in piece.chars() {
            match c {
                // What stood in paragraphs of its own stays apart in one line.
                '\n' => [' ', '·', ' '].into_iter().for_each(|c| self.push(c)),
                c if c.is_whitespace() || c.is_control() => self.push(' '),
                c => self.push(c),
            }
        }
        if marked {
            self.snippet.html.push_str("</mark>");
            self.snippet.ranges.push((before, self.characters));
        }
    }

    fn push(&mut self, c: char) {
        self.snippet.text.push(c);
        self.characters += 1;
        escape_into(&mut self.snippet.html, c);
    }

    fn done(self) -> Snippet {
        self.snippet
    }
}

fn escape_into(html: &mut String, c: char) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        '\'' => html.push_str("&#39;"),
        other => html.push(other),
    }
}
