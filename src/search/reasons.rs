//! Why a document matched, in sentences that a person can check.

use crate::{
    domain::search::{Reason, ReasonCode},
    search::{
        analysis,
        highlight::{Mark, Marker},
        query::{Group, Query},
        text::{Text, Texts},
    },
};

/// Where something was found, the most telling first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Title,
    Summary,
    Text,
    Keywords,
}

impl Place {
    const fn has(self) -> &'static str {
        match self {
            Self::Title => "The title has",
            Self::Summary => "The summary has",
            Self::Text => "The text has",
            Self::Keywords => "Its keywords have",
        }
    }
}

/// One group's best match.
struct Found {
    group: usize,
    code: ReasonCode,
    place: Place,
    sentence: Option<String>,
    typed: String,
}

/// The reasons for one document: what was found as typed, place by place, then
/// what was read as something else.
pub fn reasons(query: &Query, marker: &Marker, texts: &Texts, earned: &[bool]) -> Vec<Reason> {
    let places = [
        (Place::Title, &texts.title),
        (Place::Summary, &texts.summary),
        (Place::Text, &texts.body),
    ];
    let found_in: Vec<(Place, &Text, Vec<Mark>)> =
        places.into_iter().map(|(place, text)| (place, text, marker.marks(text))).collect();
    let mut found = Vec::new();
    for (at, group) in query.groups.iter().enumerate() {
        if earned.get(at) == Some(&true) {
            found.extend(best(at, group, &found_in));
        }
    }
    // A term says more than its own words: they are not repeated.
    let covered: Vec<usize> = found
        .iter()
        .filter(|one| one.code == ReasonCode::Synonym || one.code == ReasonCode::Phrase)
        .filter_map(|one| query.groups.get(one.group))
        .filter(|group| group.extra)
        .flat_map(|group| group.covers.clone())
        .collect();
    found.retain(|one| {
        query.groups.get(one.group).is_some_and(|group| {
            let plain = matches!(one.code, ReasonCode::Exact | ReasonCode::Stem);
            let repeats = group.extra && plain;
            let said = !group.extra && plain && group.covers.iter().all(|at| covered.contains(at));
            !repeats && !said
        })
    });
    sentences(found)
}

/// The best match of one group: by place, then by how close it is to the typed.
fn best(at: usize, group: &Group, marked: &[(Place, &Text, Vec<Mark>)]) -> Option<Found> {
    let mut choice: Option<(u8, Place, &Mark, &Text)> = None;
    for (place, text, marks) in marked {
        for mark in marks.iter().filter(|mark| mark.group == at) {
            let way = group.alternatives.get(mark.alternative);
            let rank = match way {
                Some(way) if way.code == ReasonCode::Related => 2,
                Some(way) => u8::from(way.weight < 0.99),
                None => continue,
            };
            if choice.is_none_or(|(r, p, ..)| (rank, *place) < (r, p)) {
                choice = Some((rank, *place, mark, text));
            }
        }
    }
    let (place, way, shown) = match choice {
        Some((_, place, mark, text)) => {
            let last = text.tokens.get(mark.from + mark.length - 1);
            let words = text.tokens.get(mark.from).zip(last).map(|(a, b)| text.slice(*a, *b));
            (place, group.alternatives.get(mark.alternative)?, words.unwrap_or_default())
        }
        // It matched where no text is shown: the keywords.
        None => (Place::Keywords, group.alternatives.first()?, ""),
    };
    let typed = group.typed.clone();
    let code = match way.code {
        ReasonCode::Exact if !shown.is_empty() && !typed.is_empty() && !same(&typed, shown) => {
            ReasonCode::Stem
        }
        other => other,
    };
    let own =
        if typed.is_empty() { "Your words were".to_owned() } else { format!("\"{typed}\" was") };
    let sentence = match code {
        ReasonCode::Synonym if same(&typed, &way.shown) => {
            Some(format!("{own} also looked for as \"{}\"", lower(shown)))
        }
        ReasonCode::Synonym | ReasonCode::Corrected => {
            Some(format!("{own} read as \"{}\"", way.shown))
        }
        ReasonCode::Related => Some(format!("It has \"{}\", which is near to that", way.shown)),
        ReasonCode::Prefix if shown.is_empty() => {
            Some(format!("{own} completed to \"{}\"", way.shown))
        }
        ReasonCode::Prefix => Some(format!("{own} completed to \"{}\"", lower(shown))),
        ReasonCode::Stem => Some(format!("{own} found as \"{}\"", lower(shown))),
        ReasonCode::Phrase if !typed.is_empty() => {
            // What was corrected is named as it stands there.
            let found = if shown.is_empty() { typed.clone() } else { lower(shown) };
            Some(format!("{} \"{found}\" as a phrase", place.has()))
        }
        ReasonCode::Phrase
        | ReasonCode::Exact
        | ReasonCode::Stale
        | ReasonCode::Listed
        | ReasonCode::Distance => None,
    };
    Some(Found { group: at, code, place, sentence, typed })
}

fn same(typed: &str, shown: &str) -> bool {
    let surfaces =
        |text: &str| analysis::words(text).into_iter().map(|word| word.surface).collect::<Vec<_>>();
    surfaces(typed) == surfaces(shown)
}

fn lower(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Exact matches share a sentence for each place; the others have their own.
fn sentences(found: Vec<Found>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    for place in [Place::Title, Place::Summary, Place::Text, Place::Keywords] {
        let words: Vec<String> = found
            .iter()
            .filter(|one| one.sentence.is_none() && one.place == place && !one.typed.is_empty())
            .map(|one| format!("\"{}\"", one.typed))
            .collect();
        if let Some(list) = listed(&words) {
            let text = format!("{} {list}", place.has());
            reasons.push(Reason { code: ReasonCode::Exact, text });
        }
    }
    for one in found {
        let Some(text) = one.sentence else { continue };
        let reason = Reason { code: one.code, text };
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    if reasons.is_empty() {
        // Only words matched that are not repeated to anybody.
        let text = "It has words of your question".to_owned();
        reasons.push(Reason { code: ReasonCode::Exact, text });
    }
    reasons
}

/// `a`, `a and b`, `a, b and c`.
fn listed(words: &[String]) -> Option<String> {
    let (last, rest) = words.split_last()?;
    Some(if rest.is_empty() { last.clone() } else { format!("{} and {last}", rest.join(", ")) })
}
