//! One found document as an answer gives it: the best piece of its text, what its
//! score is made of, and why it is there.

use crate::{
    domain::search::{Document, Hit, Near, Reason, ReasonCode, ScorePart, Snippet},
    search::{
        SearchError,
        answer::{self, Asked, Found},
        collection::{Matched, Scored},
        highlight,
        query::Group,
        reasons,
    },
};

/// A document that was found by words.
pub(super) fn scored(
    found: &Found<'_>,
    scored: Scored,
    asked: &Asked<'_>,
) -> Result<Option<Hit>, SearchError> {
    let matched = &found.matched;
    let Some(held) = found.collection.held(scored.document, &matched.stems)? else {
        return Ok(None);
    };
    let (document, texts) = (&held.document, &held.texts);
    let stale = document.dates.is_some_and(|dates| dates.is_stale(asked.today));
    let shown = matched.marker.snippet(&texts.body);
    let passage = shown.as_ref().and_then(|(_, at)| {
        document.passages.get(texts.passage_at(*at)).filter(|p| p.heading.is_some())
    });
    let snippet = shown.map_or_else(
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
    let hit = Hit {
        url: passage.map_or_else(
            || document.url.clone(),
            |passage| format!("{}#{}", document.url, passage.anchor),
        ),
        heading: passage.and_then(|passage| passage.heading.clone()),
        score_milli: scored.milli,
        parts: parts(matched, scored),
        reasons,
        ..hit
    };
    Ok(Some(placed(hit, found, scored.document, asked.near)))
}

/// A document that is listed without a question.
pub(super) fn listed(
    found: &Found<'_>,
    scored: Scored,
    asked: &Asked<'_>,
) -> Result<Option<Hit>, SearchError> {
    let Some(held) = found.collection.held(scored.document, &found.matched.stems)? else {
        return Ok(None);
    };
    let document = &held.document;
    let stale = document.dates.is_some_and(|dates| dates.is_stale(asked.today));
    let text = "Listed because no words were asked for".to_owned();
    let reasons = vec![Reason { code: ReasonCode::Listed, text }];
    let hit = Hit { reasons, ..bare(document, Snippet::default(), stale) };
    Ok(Some(placed(hit, found, scored.document, asked.near)))
}

/// The hit with how far it is from the place asked for.
fn placed(hit: Hit, found: &Found<'_>, document: u32, near: Option<&Near>) -> Hit {
    let part = found.collection.part_of(document);
    let distance = near.zip(part).and_then(|(near, (part, own))| {
        answer::miles(part, own, near).map(|miles| (miles, near.name.as_str()))
    });
    let Some((miles, name)) = distance else { return hit };
    let text = match miles {
        ..1.0 => format!("less than a mile from {name}"),
        ..1.5 => format!("about a mile from {name}"),
        _ => format!("about {miles:.0} miles from {name}"),
    };
    let mut reasons = hit.reasons;
    reasons.push(Reason { code: ReasonCode::Distance, text });
    Hit { reasons, distance_miles: Some(miles), ..hit }
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
        distance_miles: None,
    }
}

/// What a score is made of; the parts add up to it.
fn parts(matched: &Matched<'_>, scored: Scored) -> Vec<ScorePart> {
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
