//! What an organisation is, where it is, how it is reached and what it holds.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::words::{ago, ago_on, linked};
use crate::{
    app::{
        Snapshot,
        profile::{Profile, Reach},
    },
    domain::{
        place::outward_code,
        register::{Channel, CheckResult, ContactRoute, Organisation, Recognition, Site},
    },
    web::pages::parts::{away, day},
};

/// What it is and where.
pub(super) fn glance(snapshot: &Snapshot, body: &Organisation) -> Markup {
    let sector = body.sector.as_ref().map(|slug| snapshot.vocabulary().sector_label(slug));
    let size = body.size_band.map_or("Not stated", |band| band.label());
    html! {
        dl.wide-facts {
            div { dt { "Kind" } dd { (body.kind.label()) @if body.anchor == Some(true) { ", one of the county’s anchor organisations" } } }
            div { dt { "Sector" } dd { (sector.unwrap_or("Not stated")) } }
            div { dt { "Size" } dd { (size) } }
            div { dt { "Where" } dd { (sites(&body.sites)) } }
            @if let Some(site) = &body.website { div { dt { "Website" } dd { (linked(site)) } } }
            @if !body.aliases.is_empty() { div { dt { "Also known as" } dd { (body.aliases.join(", ")) } } }
            @if !body.identifiers.is_empty() {
                div { dt { "Numbers in public registers" } dd { (identifiers(body)) } }
            }
            @if !body.sic.is_empty() { div { dt { "Industry (SIC 2007)" } dd { (body.sic.join(", ")) } } }
        }
    }
}

/// The numbers in public registers, in one line.
pub(super) fn identifiers(body: &Organisation) -> String {
    let one =
        |number: &crate::domain::register::Identifier| format!("{} {}", number.scheme, number.id);
    body.identifiers.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn sites(sites: &[Site]) -> Markup {
    html! {
        @if sites.is_empty() { "Not stated" }
        @else {
            ul.plain {
                @for site in sites {
                    li { (place(site)) @if let Some(note) = &site.transport_note { span.soft { ". " (note) } } }
                }
            }
        }
    }
}

/// A site in one line: its label, town, district and outward code, and nothing finer.
pub(super) fn place(site: &Site) -> String {
    let code = site.postcode.as_deref().and_then(outward_code);
    let district = site.district.as_ref().filter(|district| Some(*district) != site.town.as_ref());
    let parts = [site.town.as_ref(), district, code.as_ref()];
    let known: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    let known = if known.is_empty() { "place not stated".to_owned() } else { known.join(", ") };
    format!("{}: {known}", site.label)
}

/// How it is reached, by role.
pub(super) fn contact(profile: &Profile) -> Markup {
    html! {
        section aria-labelledby="contact" {
            h2 id="contact" { "How to reach it" }
            @match &profile.reach {
                Reach::AskedNotTo => {
                    div.box.care {
                        p { strong { "It asked not to be contacted." } " Please respect that. We show no way to reach it." }
                    }
                }
                Reach::By(routes) if routes.is_empty() => {
                    p { "No public way to reach it is known." }
                }
                Reach::By(routes) => {
                    ul.routes { @for route in routes { li { (way(route, profile.day)) } } }
                }
            }
        }
    }
}

fn way(route: &ContactRoute, today: NaiveDate) -> Markup {
    html! {
        strong { (route.role_title) } ", " (by(route.channel)) ": " (value(route))
        span.soft {
            @match route.verified_on {
                Some(on) if route.verified(today) => { " · last tried " (ago(on, today)) }
                Some(on) => { " · last tried " (ago(on, today)) ", it may have changed" }
                None => { " · not tried by us" }
            }
        }
    }
}

fn by(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "by e-mail",
        Channel::Phone => "by telephone",
        Channel::Web => "on the web",
        Channel::Post => "by post",
    }
}

fn value(route: &ContactRoute) -> Markup {
    let text = route.value.trim();
    let plain = |allowed: fn(char) -> bool| !text.is_empty() && text.chars().all(allowed);
    let mail = |c: char| c.is_ascii_alphanumeric() || "@.-_+".contains(c);
    let number = |c: char| c.is_ascii_digit() || "+ ()-".contains(c);
    html! {
        @match route.channel {
            Channel::Email if text.contains('@') && plain(mail) => { a href={ "mailto:" (text) } { (text) } }
            Channel::Phone if plain(number) => { a href={ "tel:" (digits(text)) } { (text) } }
            Channel::Web => { (linked(text)) }
            Channel::Email | Channel::Phone | Channel::Post => { (text) }
        }
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

/// What it holds from others' schemes, and how that is known.
pub(super) fn recognitions(snapshot: &Snapshot, profile: &Profile) -> Markup {
    let all = &profile.organisation.body.recognitions;
    let (held, not): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.held_on(profile.day));
    html! {
        section aria-labelledby="recognitions" {
            h2 id="recognitions" { "Badges and accreditations" }
            @if all.is_empty() { p { "None is recorded." } }
            @else {
                p.soft { "Given by others, under their own rules. Each says what we know and when somebody last looked." }
            }
            @if !held.is_empty() {
                ul.entries { @for one in held { li { (recognition(snapshot, one, profile.day)) } } }
            }
            @if !not.is_empty() {
                h3 { "Not held, as far as is known" }
                ul.entries { @for one in not { li { (recognition(snapshot, one, profile.day)) } } }
            }
        }
    }
}

fn recognition(snapshot: &Snapshot, one: &Recognition, today: NaiveDate) -> Markup {
    let scheme = snapshot.reference.scheme(&one.scheme);
    html! {
        strong { (recognised(snapshot, one)) }
        @if let Some(on) = one.awarded_on { ", as of " (day(on)) }
        @if let Some(last) = one.expires_on {
            @if last < today { "; ran out on " (day(last)) } @else { "; until " (day(last)) }
        }
        p { (checked(one, today)) @if let Some(url) = &one.evidence_url { " " (out(url, "See the evidence")) "." } }
        @if let Some(scheme) = scheme { p.small { "What it shows: " (scheme.what_it_proves) } }
    }
}

/// The scheme's name, with the level.
pub(super) fn recognised(snapshot: &Snapshot, one: &Recognition) -> String {
    let Some(scheme) = snapshot.reference.scheme(&one.scheme) else {
        return one.scheme.to_string();
    };
    let Some(level) = &one.level else { return scheme.name.clone() };
    let label = scheme.levels.iter().find(|known| known.slug == *level);
    format!("{}, {}", scheme.name, label.map_or(level.as_str(), |level| &level.label))
}

/// What the last look at the scheme's own list found.
fn checked(one: &Recognition, today: NaiveDate) -> Markup {
    html! {
        @match (one.check, one.last_checked_on) {
            (CheckResult::Confirmed, Some(on)) => { "Found in the scheme’s own list " (ago_on(on, today)) "." }
            (CheckResult::Confirmed, None) => { "Found in the scheme’s own list; the day is not recorded." }
            (CheckResult::NotFound, Some(on)) => { "Not found in the scheme’s own list when we looked " (ago_on(on, today)) "." }
            (CheckResult::NotFound, None) => { "Not found in the scheme’s own list." }
            (CheckResult::Expired, Some(on)) => { "The scheme’s own list said that it had run out when we looked " (ago_on(on, today)) "." }
            (CheckResult::Expired, None) => { "The scheme’s own list says that it has run out." }
            (CheckResult::Unchecked, _) => { "The organisation’s own word: nobody has looked in the scheme’s list." }
        }
    }
}

/// A link to another site where the text is an address; else the address as text.
pub(super) fn out(url: &str, text: &str) -> Markup {
    html! { @if super::words::is_address(url) { (away(url, text)) } @else { (text) ": " (url) } }
}
