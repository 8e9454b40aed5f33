//! Years under the charter and the pledges in them. That something was signed up to is
//! never shown as if somebody had checked it: how far a pledge is borne out is told in
//! words, with its date and with what is still missing.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::{facts::out, words::statement};
use crate::{
    app::{
        Snapshot,
        profile::{Profile, Promise, Year},
    },
    domain::register::{Pledge, PledgeFacts, PledgeState, Progress, Rung, SignatureState, Update},
    web::pages::parts::{day, fictional_tag},
};

/// Whether a year runs, or is yet to run.
fn current(year: &Year) -> bool {
    match year.state {
        SignatureState::Live | SignatureState::DueForRenewal | SignatureState::Upcoming => true,
        SignatureState::Lapsed | SignatureState::Withdrawn => false,
    }
}

/// Every year, the present one first; those that are over folded away.
pub(super) fn section(snapshot: &Snapshot, profile: &Profile) -> Markup {
    let (now, over): (Vec<&Year>, Vec<&Year>) = profile.years.iter().partition(|one| current(one));
    html! {
        section aria-labelledby="pledges" {
            h2 id="pledges" { "Pledges under the charter" }
            @if now.is_empty() {
                p {
                    @if over.is_empty() { "It has not signed the charter, as far as is recorded." }
                    @else { "It has no year under the charter that runs today." }
                }
            } @else {
                p.soft { "A pledge is a promise for one year. Signed up is not the same as checked: each says how far it is borne out." }
            }
            @for one in now { (year(snapshot, profile, one)) }
            @if !over.is_empty() {
                details {
                    summary { "Earlier years (" (over.len()) ")" }
                    div {
                        p.soft { "These years are over. What was pledged in them no longer counts." }
                        @for one in over { (year(snapshot, profile, one)) }
                    }
                }
            }
        }
    }
}

fn year(snapshot: &Snapshot, profile: &Profile, one: &Year) -> Markup {
    let body = &one.signature.body;
    let (kept, gone): (Vec<&Promise>, Vec<&Promise>) =
        one.pledges.iter().partition(|promise| promise.state != PledgeState::Withdrawn);
    html! {
        div.year id={ "year-" (one.signature.slug) } {
            h3 { "Year from " (day(body.starts_on)) " to " (day(body.ends_on)) }
            ul.tags {
                li { span class=(class(one.state)) { (words(one.state)) } }
                @if one.signature.fictional { li { (fictional_tag()) } }
            }
            p {
                @match body.signed_on { Some(on) => { "Signed on " (day(on)) "." } None => { "The day of signing is not recorded." } }
                @if let Some(on) = body.published_on { " Made public on " (day(on)) "." }
                @if let (SignatureState::Withdrawn, Some(ending)) = (one.state, &one.signature.ended) { " Withdrawn on " (day(ending.on)) "." }
                @if one.state == SignatureState::DueForRenewal { " The year runs out soon; the next has to be signed." }
            }
            @if one.pledges.is_empty() { p { "No pledge is recorded for this year." } }
            @if !kept.is_empty() {
                ul.pledges { @for promise in kept { li { (pledge(snapshot, promise, profile.day)) } } }
            }
            @if !gone.is_empty() {
                details {
                    summary { "Taken back in this year (" (gone.len()) ")" }
                    ul.pledges { @for promise in gone { li { (pledge(snapshot, promise, profile.day)) } } }
                }
            }
        }
    }
}

fn class(state: SignatureState) -> &'static str {
    match state {
        SignatureState::Live | SignatureState::Upcoming => "tag note",
        SignatureState::DueForRenewal | SignatureState::Lapsed | SignatureState::Withdrawn => {
            "tag care"
        }
    }
}

/// Where a year stands, in words.
fn words(state: SignatureState) -> &'static str {
    match state {
        SignatureState::Upcoming => "Not begun yet",
        SignatureState::Live => "Runs now",
        SignatureState::DueForRenewal => "Due for renewal",
        SignatureState::Lapsed => "Lapsed",
        SignatureState::Withdrawn => "Withdrawn",
    }
}

fn pledge(snapshot: &Snapshot, promise: &Promise, today: NaiveDate) -> Markup {
    let body = &promise.record.body;
    let register = &snapshot.reference;
    let action = body.action.as_ref().map(|code| (code, register.action(code)));
    let charter = register.charter.as_ref();
    let stance = charter.and_then(|c| c.stances.iter().find(|(slug, ..)| *slug == body.stance));
    html! {
        div.pledge id={ "pledge-" (promise.record.slug) } {
            p.what {
                @match action {
                    Some((code, Some(known))) => { a href={ "/charter/actions/" (code) } { (code) ": " (known.label) } }
                    Some((code, None)) => { (code) }
                    None => { "A pledge of its own" }
                }
            }
            p { (body.text) }
            ul.tags {
                @if let PledgeState::Lapsed | PledgeState::Withdrawn | PledgeState::DueForRenewal = promise.state {
                    li { span.tag.care { (promise.state.label()) } }
                }
                li { span.tag.note { (rung_label(promise.rung)) } }
                @if let Some((_, label, _)) = stance { li { span.tag { (label) } } }
                li { span.tag { (body.commitment.label()) } }
                @if promise.record.fictional { li { (fictional_tag()) } }
            }
            p { (borne_out(promise, today)) @if let (true, Some(url)) = (evidenced(promise, today), &body.evidence_url) { " " (out(url, "See the evidence")) "." } }
            @if let Some(text) = aim(body) { p { (text) } }
            @if !body.updates.is_empty() { (updates(body)) }
            (statement(&promise.record, today))
        }
    }
}

/// How far it is borne out, as a label: `Declared` alone might be read as more than it is.
pub fn rung_label(rung: Rung) -> &'static str {
    match rung {
        Rung::Declared => "Declared, not checked",
        Rung::Confirmed => "Confirmed with the partnership",
        Rung::Evidenced => "Evidence seen",
        Rung::OutcomesReported => "Outcomes reported",
    }
}

fn evidenced(promise: &Promise, today: NaiveDate) -> bool {
    promise.facts.evidenced_on.is_some_and(|on| on <= today)
}

/// How far it is borne out, since when, and what is still missing.
fn borne_out(promise: &Promise, today: NaiveDate) -> Markup {
    let PledgeFacts { declared_on, confirmed_on, evidenced_on, outcomes_on, .. } = promise.facts;
    let by = |on: Option<NaiveDate>| on.filter(|on| *on <= today);
    html! {
        "Signed up on " (day(declared_on)) "."
        @if let Some(on) = by(confirmed_on) { " Talked through with the partnership on " (day(on)) "." }
        @if let Some(on) = by(evidenced_on) { " Evidence seen on " (day(on)) "." }
        @if let Some(on) = by(outcomes_on) { " Outcomes first reported on " (day(on)) "." }
        @match (promise.rung, by(evidenced_on)) {
            (Rung::Declared, _) => { " Nobody has checked it." }
            (Rung::Confirmed, _) => { " No evidence has been seen." }
            (Rung::OutcomesReported, None) => { " That is the organisation’s own report: no evidence has been seen." }
            (Rung::Evidenced | Rung::OutcomesReported, _) => {}
        }
        @if let (PledgeState::Withdrawn, Some(on)) = (promise.state, promise.facts.withdrawn_on) { " Taken back on " (day(on)) "." }
        @if promise.state == PledgeState::Lapsed { " Its year ended on " (day(promise.facts.ends_on)) "." }
    }
}

/// What it aims at, in numbers.
fn aim(body: &Pledge) -> Option<String> {
    let unit = body.unit.as_deref().unwrap_or_default();
    let said = |number: f64| format!("{} {unit}", plain(number)).trim_end().to_owned();
    match (body.target, body.baseline) {
        (Some(target), Some(from)) => {
            Some(format!("Aims at {}, from {}.", said(target), plain(from)))
        }
        (Some(target), None) => Some(format!("Aims at {}.", said(target))),
        (None, Some(from)) => Some(format!("Starts from {}.", said(from))),
        (None, None) => None,
    }
}

/// A number without noughts that say nothing.
fn plain(number: f64) -> String {
    format!("{number}")
}

fn updates(body: &Pledge) -> Markup {
    html! {
        ul.updates { @for update in &body.updates { li { (update_line(update, body.unit.as_deref())) } } }
    }
}

fn update_line(update: &Update, unit: Option<&str>) -> Markup {
    html! {
        (day(update.on)) ": " (progress(update.progress))
        @if let Some(value) = update.value { ", " (plain(value)) @if let Some(unit) = unit { " " (unit) } }
        "."
        @if let Some(text) = &update.narrative { " " (text) }
        @if let Some(url) = &update.evidence_url { " " (out(url, "See it")) "." }
    }
}

fn progress(progress: Progress) -> &'static str {
    match progress {
        Progress::OnTrack => "reported as on track",
        Progress::Met => "reported as met",
        Progress::Slipped => "reported as late",
        Progress::Stopped => "reported as stopped",
    }
}
