//! What was said, and what was recorded.

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::{
    app::{Snapshot, upkeep::Recorded},
    domain::{
        register::{Posture, Record},
        upkeep::LinkAnswer,
    },
    web::pages::{
        layout::{Area, Page},
        organisations::{english, fresh},
        parts::{day, fictional_tag},
    },
};

/// A posture as its employer is shown it: nothing that was meant for brokers alone.
pub(super) fn posture(snapshot: &Snapshot, one: &Record<Posture>, today: NaiveDate) -> Markup {
    let body = &one.body;
    let offers: Vec<&str> = body.offers.iter().map(|offer| offer.label()).collect();
    html! {
        div.said {
            h2 { (snapshot.vocabulary().cohort_label(&body.cohort)) }
            ul.tags {
                li { span.tag { (body.stance.label()) } }
                @if one.ended.is_some() { li { span.tag.care { "Withdrawn" } } }
                @if one.fictional { li { (fictional_tag()) } }
            }
            dl.wide-facts {
                div { dt { "Conditions" } dd { (body.conditions.as_deref().unwrap_or("None stated")) } }
                div { dt { "Offers" } dd { @if offers.is_empty() { "Not stated" } @else { (offers.join(", ")) } } }
                div { dt { "English really needed" } dd { (english(body.english)) } }
                div { dt { "Shown to" } dd { @if body.public { "Everybody" } @else { "Verified caseworkers only" } } }
                div { dt { "Said on" } dd { (day(one.said.on)) } }
            }
            p.soft { (fresh(one, today)) "." }
        }
    }
}

/// What was recorded just now.
pub(super) fn recorded(snapshot: &Snapshot, done: &Recorded, today: NaiveDate) -> Markup {
    let (heading, told) = match done.answer {
        LinkAnswer::Confirmed => (
            "Thank you: it is confirmed",
            "We noted that you stand by it today. Nothing else changed.",
        ),
        LinkAnswer::Changed => (
            "Thank you: it is changed",
            "We recorded this as what you say from today. What you said before stays in the history.",
        ),
        LinkAnswer::Withdrawn => (
            "It is withdrawn",
            "It no longer counts, from today, and is no longer shown as what you say.",
        ),
    };
    let content = html! {
        div.wrap {
            h1 { (heading) }
            p.lead { (told) }
            @if !done.warnings.is_empty() {
                div.box.care role="alert" {
                    h2 { "Please look at your words again" }
                    @for warning in &done.warnings { p { (warning.message()) } }
                    p { "Ask the partnership for a new link to change them." }
                }
            }
            h2 { "What is recorded for " (done.organisation) }
            (posture(snapshot, &done.posture, today))
            p { "This link is used up. If something changes again, ask the partnership for a new one." }
        }
    };
    Page::new(heading, Area::Elsewhere)
        .without_seek()
        .fiction(done.posture.fictional)
        .render(&content)
}

/// That a link was answered before.
pub(super) fn before(answer: LinkAnswer, on: NaiveDate) -> Markup {
    let content = html! {
        div.wrap {
            h1 { "This link was answered already" }
            p.lead { "The answer on " (day(on)) " was: " strong { (answer.label()) } "." }
            p { "If that was not you, or something has changed since, ask the partnership for a new link." }
        }
    };
    Page::new("This link was answered already", Area::Elsewhere).without_seek().render(&content)
}

/// That a link leads to nothing.
pub(super) fn nothing() -> Markup {
    let content = html! {
        div.wrap {
            h1 { "This link does not work" }
            p.lead { "It has run out, what it was about has ended, or the address is not complete." }
            p { "Copy the whole address from the message, or ask the partnership for a new link." }
        }
    };
    Page::new("This link does not work", Area::Elsewhere).without_seek().render(&content)
}
