//! Invented meetings of partnerships, and what was agreed there.

use super::{
    Seed,
    entry::{Entry, Head},
    raw::{RawAgreed, RawForumMeeting},
};
use crate::{
    content::toml_text::At,
    domain::register::{ActionState, AgendaItem, KeptAgreedAction, KeptMeeting, forum},
};

pub(super) fn meeting(raw: RawForumMeeting, entry: &mut Entry<'_>) -> Option<Seed<KeptMeeting>> {
    let held_on = entry.day("day", &raw.day)?;
    let mut hour = |key: &str, text: Option<String>| {
        let text = text?;
        let time = forum::time_of_day(&text);
        if time.is_none() {
            let message = format!("{key} \"{text}\" is not an hour such as 09:30");
            entry.fault(key, "not-an-hour", message);
        }
        time
    };
    let (starts, ends) = (hour("from", raw.from), hour("to", raw.to));
    let agenda = raw.agenda.into_iter().enumerate().map(|(nth, item)| {
        let mut inner = entry.inner(&[At::Key("agenda"), At::Nth(nth)]);
        AgendaItem { topic: item.topic, cohort: inner.some_slug("cohort", item.cohort) }
    });
    let agenda = agenda.collect();
    let body = KeptMeeting {
        partnership: entry.slug("partnership", &raw.partnership)?,
        held_on: held_on.to_string(),
        starts,
        ends,
        host: raw.host,
        place: raw.place,
        postcode: entry.some_outcode("postcode", raw.postcode),
        summary: raw.summary,
        agenda,
        link: entry.some_url("link", raw.link),
        sources: Vec::new(),
    };
    let slug = Some(raw.slug);
    let head = Head { slug, said: raw.said, confirmed: raw.confirmed, ended: raw.ended };
    entry.seed(head, body)
}

pub(super) fn agreed(raw: RawAgreed, entry: &mut Entry<'_>) -> Option<Seed<KeptAgreedAction>> {
    let states = (ActionState::ALL, ActionState::as_str as fn(_) -> _);
    let body = KeptAgreedAction {
        partnership: entry.slug("partnership", &raw.partnership)?,
        text: raw.text,
        owner: entry.some_slug("owner", raw.owner),
        role: raw.role,
        due_on: entry.some_day("due", raw.due),
        state: entry.some_word(("state", raw.state), states),
        done_on: entry.some_day("done", raw.done),
        status_note: raw.status_note,
        need: entry.some_slug("need", raw.need),
        meeting: entry.some_slug("meeting", raw.meeting),
        sources: Vec::new(),
    };
    let slug = Some(raw.slug);
    let head = Head { slug, said: raw.said, confirmed: raw.confirmed, ended: raw.ended };
    entry.seed(head, body)
}
