//! What was said of an organisation before: each public version, and what it changed.

use maud::{Markup, html};

use super::{
    facts::{identifiers, place, recognised},
    words::told,
};
use crate::{
    app::{
        Snapshot,
        profile::{History, Past, Reach},
    },
    domain::register::Channel,
    web::pages::{
        layout::{Area, Page},
        parts::{day, fictional_tag},
    },
};

/// What is shown for a field of which nothing is said.
const NOTHING: &str = "not stated";

/// The history of an organisation, latest version first.
pub fn page(snapshot: &Snapshot, history: &History) -> Markup {
    let now = &history.organisation;
    let (name, slug) = (&now.body.name, &now.slug);
    let before = std::iter::once(None).chain(history.versions.iter().map(Some));
    let steps: Vec<(Option<&Past>, &Past)> = before.zip(&history.versions).collect();
    let content = html! {
        div.wrap {
            h1 { "History: " (name) }
            p.lead { "What was said of this organisation in public, when and on whose word. What was said before stays readable." }
            @if now.fictional { ul.tags { li { (fictional_tag()) } } }
            div.scroller tabindex="0" role="region" aria-labelledby="versions" {
                table.history {
                    caption.hidden id="versions" { "Versions of this entry, latest first" }
                    thead { tr { th scope="col" { "From" } th scope="col" { "On whose word" } th scope="col" { "What changed" } } }
                    tbody {
                        @for (before, one) in steps.iter().rev() {
                            tr {
                                th scope="row" { (day(one.from)) }
                                td { (told(&one.record.said)) @if let Some(source) = &one.record.said.source { " Source: " (super::words::linked(source)) "." } }
                                td { (changes(snapshot, *before, one)) }
                            }
                        }
                    }
                }
            }
            p { a href={ "/organisations/" (slug) } { "How it stands today" } }
        }
    };
    Page::new(format!("History: {name}"), Area::Organisations)
        .below("Organisations", "/organisations")
        .below(name, format!("/organisations/{slug}"))
        .fiction(now.fictional)
        .render(&content)
}

fn changes(snapshot: &Snapshot, before: Option<&Past>, one: &Past) -> Markup {
    let Some(before) = before else {
        return html! { "First public version." };
    };
    let (old, new) = (fields(snapshot, before), fields(snapshot, one));
    let changed: Vec<_> = old.iter().zip(&new).filter(|(old, new)| old.1 != new.1).collect();
    let confirmed =
        one.record.confirmed_on.filter(|_| before.record.confirmed_on != one.record.confirmed_on);
    let ended = one.record.ended.as_ref().filter(|_| before.record.ended != one.record.ended);
    html! {
        @if changed.is_empty() && confirmed.is_none() && ended.is_none() { "Said again, unchanged." }
        ul.plain {
            @if let Some(on) = confirmed { li { "Confirmed on " (day(on)) "." } }
            @if let Some(ending) = ended { li { "Ended on " (day(ending.on)) "." } }
            @for ((label, old), (_, new)) in changed {
                li { strong { (label) } ": " (shown(old)) " → " (shown(new)) }
            }
        }
    }
}

fn shown(text: &str) -> Markup {
    html! { @if text.is_empty() { span.soft { (NOTHING) } } @else { (text) } }
}

/// The public fields of a version, by name, each as a line of text; empty if not stated.
fn fields(snapshot: &Snapshot, one: &Past) -> Vec<(&'static str, String)> {
    let (body, words) = (&one.record.body, snapshot.vocabulary());
    let own = |text: &Option<String>| text.clone().unwrap_or_default();
    let sector = body.sector.as_ref().map(|slug| words.sector_label(slug).to_owned());
    let anchor = body.anchor.map(|anchor| if anchor { "Yes" } else { "No" }.to_owned());
    let sites: Vec<String> = body
        .sites
        .iter()
        .map(|site| match &site.transport_note {
            Some(note) => format!("{}. {note}", place(site)),
            None => place(site),
        })
        .collect();
    let held: Vec<String> = body
        .recognitions
        .iter()
        .map(|held| format!("{} ({})", recognised(snapshot, held), held.check.label()))
        .collect();
    vec![
        ("Name", body.name.clone()),
        ("Other names", body.aliases.join("; ")),
        ("Kind", body.kind.label().to_owned()),
        ("Sector", sector.unwrap_or_default()),
        ("Size", body.size_band.map(|band| band.label().to_owned()).unwrap_or_default()),
        ("Anchor organisation", anchor.unwrap_or_default()),
        ("Description", own(&body.description)),
        ("Website", own(&body.website)),
        ("Industry (SIC 2007)", body.sic.join(", ")),
        ("Numbers in public registers", identifiers(body)),
        ("Where", sites.join("; ")),
        ("How to reach it", reach(&one.reach)),
        ("Badges and accreditations", held.join("; ")),
        ("Invented for a demonstration", if one.record.fictional { "Yes" } else { "" }.to_owned()),
    ]
}

fn reach(reach: &Reach) -> String {
    match reach {
        Reach::AskedNotTo => "asked not to be contacted".to_owned(),
        Reach::By(routes) => {
            let one = |route: &crate::domain::register::ContactRoute| {
                let way = match route.channel {
                    Channel::Email | Channel::Phone | Channel::Web => "",
                    Channel::Post => "by post ",
                };
                format!("{}: {way}{}", route.role_title, route.value)
            };
            routes.iter().map(one).collect::<Vec<_>>().join("; ")
        }
    }
}
