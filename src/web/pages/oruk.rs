//! The page of the open feed's profile, for people who read feeds.

use maud::{Markup, html};

use crate::{
    domain::oruk::{Taxonomy, VERSION},
    web::{
        oruk::{
            BASE, LICENCE,
            profile::{ABOUT, ADDED, ADDITIONS, LEFT_OUT},
        },
        pages::{
            layout::{Area, Page},
            parts::away,
        },
    },
};

/// The page.
pub fn page() -> Markup {
    let content = html! {
        div.wrap {
            h1 { "The open feed and its profile" }
            p.lead { "Courses, support and community hubs of this register, for any directory or app that reads Open Referral UK (" (VERSION) ")." }
            div.measure.prose {
                p { (ABOUT) }
                (feed())
                (patches())
                (additions())
            }
        }
    };
    Page::new("The open feed and its profile", Area::Elsewhere)
        .about("How employers, pledges and toolkits extend Open Referral UK, and where the open feed is.")
        .render(&content)
}

fn feed() -> Markup {
    let lists =
        ["services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms"];
    html! {
        h2 id="feed" { "The feed" }
        p { "It starts at " a href=(BASE) { (BASE) } ". Anybody may read it, from a script on any site, under the " (away(LICENCE, "Open Government Licence")) ". Its " a href={ (BASE) "/openapi.json" } { "OpenAPI document" } " says every parameter and field." }
        ul {
            @for list in lists { li { a href={ (BASE) "/" (list) } { (list.replace('_', " ")) } } }
        }
        p { "Filters narrow each other. What is empty is left out. Each service has the day it was last known to be right, where anybody has said so." }
        h2 id="terms" { "Terms" }
        p { "Services and guidance are found by the same terms. They come from these taxonomies." }
        ul {
            @for one in Taxonomy::ALL {
                li { a href={ (BASE) "/taxonomies/" (one.id()) } { (one.as_str()) } ": " (one.label()) "." }
            }
        }
    }
}

fn patches() -> Markup {
    html! {
        h2 id="changes" { "Changes to the standard’s schemas" }
        p { "As merge patches (RFC 7396) they stand in the " a href={ (BASE) "/profile" } { "document of this profile" } ", which programs get at this address." }
        dl.wide-facts {
            @for (schema, field, why) in ADDED {
                div { dt { "Added: " (schema) "." (field) } dd { (why) } }
            }
            @for (schema, field, why) in LEFT_OUT {
                div { dt { "Left out: " (schema) "." (field) } dd { (why) } }
            }
        }
    }
}

fn additions() -> Markup {
    html! {
        h2 id="additions" { "What the standard has no place for" }
        @for one in &ADDITIONS {
            h3 { (capital(one.name)) }
            p { (one.about) }
            p { (one.relates) }
            p { "Read it at " code { (one.read_at) } ". Its schema is " code { (one.schema) } " in the " a href="/api/docs" { "API’s documentation" } "." }
        }
    }
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
