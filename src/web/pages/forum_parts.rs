//! What a forum's page tells of its members, meetings and actions.

use chrono::NaiveDate;
use maud::{Markup, html};

use crate::{
    app::Snapshot,
    domain::{
        register::{
            ActionState, AgreedAction, Meeting, Member, Partnership, Reference, Urgency, forum,
        },
        vocabulary::Vocabulary,
    },
    web::pages::{
        partnerships::capital,
        parts::{away, day, fictional_tag, provenance, told_day},
    },
};

/// The organisations that take part, and those that no longer do.
pub fn members(snapshot: &Snapshot, forum: &Partnership) -> Markup {
    let left = |member: &&Member| member.to.is_some_and(|last| last < snapshot.today);
    let (past, present): (Vec<_>, Vec<_>) = forum.members.iter().partition(left);
    html! {
        h2 id="members" { "Organisations known to have taken part" }
        @if forum.members.is_empty() { p { "None is recorded." } }
        @else {
            p.soft { "Taking part once is not lasting membership." }
            ul.entries { @for one in present { (member(&snapshot.reference, one)) } }
            @if !past.is_empty() {
                h3 { "No longer members" }
                ul.entries { @for one in past { (member(&snapshot.reference, one)) } }
            }
        }
    }
}

fn member(register: &Reference, member: &Member) -> Markup {
    html! {
        li {
            @match &member.slug {
                Some(slug) => { a.to href={ "/organisations/" (slug) } { (member.organisation) } }
                None => { strong { (member.organisation) } }
            }
            " " span.tag { (capital(&member.capacity.replace('-', " "))) }
            @if member.provenance.fictional { " " (fictional_tag()) }
            @match (member.from, member.to) {
                (Some(from), Some(to)) => { p { "From " (day(from)) " to " (day(to)) } }
                (Some(from), None) => { p { "Since " (day(from)) } }
                (None, Some(to)) => { p { "Until " (day(to)) } }
                (None, None) => {}
            }
            (provenance(register, &member.provenance))
        }
    }
}

/// The meetings to come, next first, and those held, latest first.
pub fn meetings(snapshot: &Snapshot, forum: &Partnership) -> Markup {
    let is_next = |meeting: &&Meeting| {
        forum::whole_day(&meeting.held_on).is_some_and(|day| snapshot.today <= day)
    };
    let (mut next, held): (Vec<_>, Vec<_>) = forum.meetings.iter().partition(is_next);
    next.reverse();
    html! {
        @if !next.is_empty() {
            h2 id="next-meetings" { "Next meetings" }
            @for meeting in next {
                div.panel {
                    (when(meeting))
                    (agenda(snapshot.vocabulary(), meeting))
                    (rest(&snapshot.reference, meeting))
                }
            }
        }
        @if !held.is_empty() {
            h2 id="meetings" { "Meetings held" }
            ul.entries {
                @for meeting in held {
                    li {
                        strong { (told_day(&meeting.held_on)) @if let Some(place) = &meeting.place { ", " (place) } }
                        @if meeting.details.fictional { " " (fictional_tag()) }
                        (agenda(snapshot.vocabulary(), meeting))
                        (rest(&snapshot.reference, meeting))
                    }
                }
            }
        }
    }
}

fn when(meeting: &Meeting) -> Markup {
    let details = &meeting.details;
    let clock = |time: chrono::NaiveTime| time.format("%H:%M").to_string();
    let hours = match (details.starts, details.ends) {
        (Some(starts), Some(ends)) => Some(format!("{} to {}", clock(starts), clock(ends))),
        (Some(starts), None) => Some(format!("from {}", clock(starts))),
        (None, _) => None,
    };
    let place = [meeting.place.as_deref(), details.postcode.as_deref()];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    html! {
        h3 {
            (told_day(&meeting.held_on)) @if let Some(hours) = hours { ", " (hours) }
            @if details.fictional { " " (fictional_tag()) }
        }
        @if !place.is_empty() || details.host.is_some() {
            p {
                (place.join(", "))
                @if let Some(host) = &details.host { @if !place.is_empty() { " · " } "Host: " (host) }
            }
        }
    }
}

fn agenda(words: &Vocabulary, meeting: &Meeting) -> Markup {
    html! {
        @if !meeting.details.agenda.is_empty() {
            p { strong { "Agenda" } }
            ol {
                @for item in &meeting.details.agenda {
                    li {
                        (item.topic)
                        @if let Some(cohort) = &item.cohort { " " span.tag { (words.cohort_label(cohort)) } }
                    }
                }
            }
        }
    }
}

fn rest(register: &Reference, meeting: &Meeting) -> Markup {
    html! {
        @if let Some(text) = &meeting.summary { p { (text) " " (marks(register, &meeting.sources)) } }
        @if let Some(link) = &meeting.details.link { p { (away(link, "Notes of the meeting")) } }
    }
}

/// What it agreed to do, overdue first.
pub fn actions(snapshot: &Snapshot, forum: &Partnership) -> Markup {
    html! {
        @if !forum.actions.is_empty() {
            h2 id="actions" { "What it agreed to do" }
            ul.entries { @for action in &forum.actions { (agreed(snapshot, forum, action)) } }
        }
    }
}

fn agreed(snapshot: &Snapshot, forum: &Partnership, action: &AgreedAction) -> Markup {
    let details = &action.details;
    let urgency = Urgency::of(details.state, details.due_on, snapshot.today);
    let serves =
        details.need.as_ref().and_then(|slug| forum.needs.iter().find(|n| n.slug == *slug));
    html! {
        li {
            @if urgency.is_overdue() { span.tag.alarm { "Overdue" } " " }
            span { (action.text) " " (marks(&snapshot.reference, &action.sources)) }
            @if details.fictional { " " (fictional_tag()) }
            @if let Some(line) = standing(details.state, details.due_on, details.done_on) { p { (line) } }
            @if let Some(who) = &details.who {
                p {
                    "Who: "
                    @match &details.owner {
                        Some(owner) => { a href={ "/organisations/" (owner) } { (who) } }
                        None => { (who) }
                    }
                }
            }
            @if let Some(need) = serves { p { "For the need: " a href={ "#need-" (need.slug) } { (need.title) } } }
            @if let Some(note) = &action.status_note { p { (note) } }
        }
    }
}

/// The state and the dates of an action, as far as they are known.
fn standing(
    state: Option<ActionState>,
    due_on: Option<NaiveDate>,
    done_on: Option<NaiveDate>,
) -> Option<Markup> {
    if state.is_none() && due_on.is_none() {
        return None;
    }
    Some(html! {
        @if let Some(state) = state { (state.label()) }
        @if let Some(done) = done_on { " on " (day(done)) }
        @if let Some(due) = due_on { @if state.is_some() { " · " } "Due by " (day(due)) }
    })
}

/// Marks of sources, as links to them.
fn marks(register: &Reference, sources: &[String]) -> Markup {
    html! {
        @for id in sources {
            @if register.source(id).is_some() { sup.cite { a href={ "#source-" (id) } { (id) } } }
        }
    }
}
