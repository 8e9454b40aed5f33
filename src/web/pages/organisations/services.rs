//! Services of an organisation that came with somebody's open feed.

use maud::{Markup, html};
use serde_json::Value;

use super::words::linked;
use crate::{
    app::oruk::{
        Brought,
        document::{Document, parts, text},
    },
    domain::{oruk::WeekDay, register::rules::is_web_address},
    web::pages::parts::{away, told_day},
};

/// The section; nothing where there are none.
pub(super) fn section(brought: &[Brought]) -> Markup {
    html! {
        @if !brought.is_empty() {
            section aria-labelledby="services" {
                h2 id="services" { "Services it offers" }
                p.soft { "From a published directory. Nobody here has confirmed them." }
                ul.entries {
                    @for one in brought { li { (entry(one)) } }
                }
            }
        }
    }
}

fn entry(brought: &Brought) -> Markup {
    let service = &brought.service;
    let of = |name: &str| text(service, name);
    let assured = of("assured_date").and_then(|day| day.get(..10));
    let url = of("url").filter(|url| is_web_address(url));
    let name = of("name").unwrap_or_default();
    html! {
        h3 { @if let Some(url) = url { (away(url, name)) } @else { (name) } }
        @if let Some(status) = of("status").filter(|status| *status != "active") {
            p { strong { (stands(status)) } }
        }
        @if let Some(alert) = of("alert") { p { strong { (alert) } } }
        @if let Some(description) = of("description") { p { (description) } }
        dl.wide-facts {
            @let places = places(service);
            @if !places.is_empty() { div { dt { "Where" } dd { (places.join("; ")) } } }
            @let times = times(service);
            @if !times.is_empty() { div { dt { "When" } dd { (times.join("; ")) } } }
            @if let Some(fees) = of("fees") { div { dt { "Cost" } dd { (fees) } } }
            @let languages: Vec<&str> =
                parts(service, "languages").filter_map(|one| text(one, "name")).collect();
            @if !languages.is_empty() { div { dt { "Languages" } dd { (languages.join(", ")) } } }
            div {
                dt { "Last known to be right" }
                dd { (assured.map_or("Not stated".to_owned(), told_day)) }
            }
            div { dt { "Source" } dd { (linked(&brought.feed)) } }
        }
    }
}

fn stands(status: &str) -> &'static str {
    match status {
        "temporarily closed" => "Closed for a time.",
        "defunct" => "It is no longer offered.",
        _ => "Not offered at present.",
    }
}

/// Its locations, each by name and town and nothing finer.
fn places(service: &Document) -> Vec<String> {
    let locations = parts(service, "service_at_locations")
        .filter_map(|at| at.get("location").and_then(Value::as_object));
    let place = |location: &Document| {
        let town = parts(location, "addresses").find_map(|address| text(address, "city"));
        let names: Vec<&str> = [text(location, "name"), town].into_iter().flatten().collect();
        (!names.is_empty()).then(|| names.join(", "))
    };
    locations.filter_map(place).collect()
}

fn times(service: &Document) -> Vec<String> {
    let time = |one: &Document| {
        let hours = [text(one, "opens_at"), text(one, "closes_at")];
        let hours: Vec<&str> = hours.into_iter().flatten().collect();
        let days = text(one, "byday").unwrap_or_default().split(',');
        let days: Vec<&str> = days.filter_map(WeekDay::parse).map(WeekDay::name).collect();
        let days = Some(days.join(", "));
        let said = [text(one, "description").map(str::to_owned), days, Some(hours.join(" to "))];
        let said: Vec<String> =
            said.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        (!said.is_empty()).then(|| said.join(" "))
    };
    parts(service, "schedules").filter_map(time).collect()
}
