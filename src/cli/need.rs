//! `pathways match need`.
//!
//! A need is read from a file or from standard input, used in memory and forgotten.

use chrono::NaiveDate;

use crate::{
    app::need::NeedAnswer,
    cli::terminal::Emphasis,
    domain::matching::{
        Verdict,
        need::{Band, BandListOf, NearMiss, NeedHit, Reach},
    },
};

/// How many of a band are printed.
const SHOWN: usize = 5;
/// How many near misses are printed.
const NEAR: usize = 3;

/// The answer for a person to read.
pub fn written(answer: &NeedAnswer, emphasis: Emphasis) -> String {
    let found = &answer.found;
    let mut lines = Vec::new();
    for (band, list) in Band::ALL.iter().zip(&found.bands) {
        lines.push(heading(band.label(), list, SHOWN, emphasis));
        for (nth, hit) in (1..).zip(list.hits.iter().take(SHOWN)) {
            hit_lines(&mut lines, nth, hit, emphasis);
        }
        lines.push(String::new());
    }
    near_misses(&mut lines, &found.near_misses, emphasis);
    lines.push(format!("Looked at {} employers.", found.considered));
    for out in &found.left_out {
        lines.push(format!("    {} left out: {}", out.count, out.text));
    }
    let receipt = &answer.receipt;
    lines.push(format!(
        "Policy {}, change {}, content {}, input {}",
        receipt.policy_version, receipt.change, receipt.content, receipt.input_hash
    ));
    lines.join("\n") + "\n"
}

fn heading<T>(title: &str, list: &BandListOf<T>, most: usize, emphasis: Emphasis) -> String {
    let total = list.total;
    let shown = if total > most { format!(", the first {most}") } else { String::new() };
    emphasis.set(&format!("{title}: {total}{shown}")).into_owned()
}

fn near_misses(lines: &mut Vec<String>, list: &BandListOf<NearMiss>, emphasis: Emphasis) {
    if list.total == 0 {
        return;
    }
    lines.push(heading("One small change away", list, NEAR, emphasis));
    for miss in list.hits.iter().take(NEAR) {
        lines.push(format!("    {}: {}", emphasis.set(&miss.hit.name), miss.text));
    }
    lines.push(String::new());
}

fn hit_lines(lines: &mut Vec<String>, nth: usize, hit: &NeedHit, emphasis: Emphasis) {
    let [need, employer] = hit.directions.map(|(_, milli)| points(milli));
    let name = emphasis.set(&hit.name).into_owned();
    lines.push(format!(
        "{nth:>2}. {name}  {} of 100 (suits the need {need}, is suited {employer})",
        points(hit.score_milli)
    ));
    lines.push(format!("    {}", hit.url));
    lines.extend(said(hit));
    lines.extend(opening(hit));
    for route in &hit.contacts {
        let tried = route.verified_on.map(|on| format!(", last tried {}", day(on)));
        let (role, way) = (&route.role_title, route.channel.label().to_lowercase());
        let tried = tried.unwrap_or_default();
        lines.push(format!("    Ring or write: {role}, {way} {}{tried}", route.value));
    }
    for part in hit.parts.iter().filter(|part| part.verdict != Verdict::Unknown) {
        let (earned, weight) = (points(part.points_milli), centi(part.weight_centi));
        lines.push(format!("    {earned:>6} of {weight:>4}  {}: {}", part.verdict, part.text));
    }
    for question in &hit.unknowns {
        lines.push(format!("    ?  {question}"));
    }
    if let Some(change) = hit.would_change.first() {
        lines.push(format!("    To raise it: {}", change.text));
    }
}

fn said(hit: &NeedHit) -> Option<String> {
    let told = hit.said.as_ref()?;
    let by = told.by.as_deref().unwrap_or(told.voice.label());
    let conditions = told.body.conditions.as_ref().map(|text| format!(" \"{text}\""));
    Some(format!(
        "    {}: {by}, {}.{}",
        told.body.stance.label(),
        day(told.on),
        conditions.unwrap_or_default()
    ))
}

fn opening(hit: &NeedHit) -> Option<String> {
    let shown = hit.opening.as_ref()?;
    let body = &shown.told.body;
    let mut said = vec![format!("    Opening: {}", body.title)];
    said.extend(hit.reach.map(|reach| match reach {
        Reach::Miles(milli) if milli < 1000 => "less than a mile away".to_owned(),
        Reach::Miles(milli) => format!("{} miles away", points((milli + 50) / 100 * 100)),
        Reach::AtHome => "done at home".to_owned(),
        Reach::Anywhere => "anywhere in the country".to_owned(),
    }));
    said.push(match shown.places {
        Some((left, on)) => format!("places left {left}, confirmed {}", day(on)),
        None => "places left not known".to_owned(),
    });
    said.extend(body.closes_on.map(|last| format!("closes {}", day(last))));
    Some(said.join("; "))
}

fn day(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}

/// Thousandths as points with one decimal.
fn points(milli: u32) -> String {
    format!("{}.{}", milli / 1000, milli % 1000 / 100)
}

/// Hundredths as points, with a decimal where there is one.
fn centi(centi: u32) -> String {
    if centi.is_multiple_of(100) { format!("{}", centi / 100) } else { points(centi * 10) }
}
