//! What the service is true to, how it ranks, what it keeps, and where to get help.

use maud::{Markup, html};

use crate::{
    app::{Snapshot, profile::Numbers},
    domain::matching::policy::{Code, ListPolicy},
    web::pages::{
        layout::{Area, Page},
        parts::{away, day, grouped},
    },
};

/// The page about the service.
pub fn page(snapshot: &Snapshot, numbers: Numbers) -> Markup {
    let content = html! {
        div.wrap {
            h1 { "About Pathways" }
            p.lead { "Pathways is the service an inclusive-economy partnership runs so that good intentions turn into jobs. It holds the partnership’s employer toolkits, its charter and the pledges made under it, its workforce partnerships and the training on offer." }
            div.measure.prose {
                (help())
                (truths())
                (ranking(snapshot))
                (privacy())
                (accessibility())
                (contents(snapshot, numbers))
            }
        }
    };
    Page::new("About", Area::Elsewhere)
        .about(
            "What Pathways is true to, how it ranks results, what it keeps and where to get help.",
        )
        .render(&content)
}

fn help() -> Markup {
    html! {
        h2 id="help" { "Help and contact" }
        p { "Is a page wrong, out of date or hard to use? Tell the partnership that gave you this address. Say which page, and quote the reference if an error page showed one." }
        p {
            "For advice on a case at work, ask "
            (away("https://www.acas.org.uk/contact", "Acas")) ", which is free for employers and workers. For a decision that could go to a tribunal, ask a solicitor."
        }
    }
}

fn truths() -> Markup {
    html! {
        h2 id="truths" { "What we are true to" }
        ul {
            li { strong { "Truth over time. " } "Facts carry who said them, when, and until when they count. Signed up is never shown as checked." }
            li { strong { "Not stated is not no, and not yes. " } "What is unknown is shown as unknown, with what would settle it." }
            li { strong { "What employers tell caseworkers stays with them. " } "What an employer says in confidence, about offences, disclosure or whom to ring, is on no public page." }
            li { strong { "Reasons with every answer. " } "Each result says why it was found, in words and in numbers that add up. The same question on the same data gives the same answer." }
            li { strong { "Exact counts. " } "The number beside a filter is the number of results you get." }
            li { strong { "Respectful words. " } "Whatever words you type lead to the right material. We print the words people choose for themselves." }
            li { strong { "Guidance, not legal advice. " } "Every statement of law has a source, a date and a review date. Past its review date it says so, and sinks in the results." }
        }
    }
}

fn ranking(snapshot: &Snapshot) -> Markup {
    let policy = snapshot.policy();
    html! {
        h2 id="ranking" { "How results are ranked" }
        h3 { "Search" }
        p { "A word counts most in a title, then in headings and summaries, then in keywords, then in the text. Rare words count more than common ones. Words near each other count more. Another word for the same thing, another form, or a corrected spelling counts a little less than the word you typed. Guidance that is past its review date goes down. Nobody can pay for a place." }
        h3 { "Matches" }
        p { (policy.about) " This is version " (policy.version) " of " (day(policy.as_of)) "." }
        (weights("Guidance", &policy.resources))
        (weights("Partnerships", &policy.partnerships))
        (weights("Charter actions", &policy.charter_actions))
        (weights("Course runs for a skills need", &policy.coverage.list))
        p { "The same is there for machines at " a href="/api/v1/matching/policy" { "/api/v1/matching/policy" } "." }
    }
}

fn weights<R: Code, C: Code>(label: &str, list: &ListPolicy<R, C>) -> Markup {
    html! {
        h4 { (label) }
        dl.wide-facts {
            @for weighing in list.criteria() {
                div {
                    dt { (weighing.criterion.as_str().replace('-', " ")) ": " (weighing.weight) " points" }
                    dd { (weighing.judged) }
                }
            }
            @for rule in list.rules() {
                div { dt { "Left out" } dd { (rule.text) } }
            }
        }
    }
}

fn privacy() -> Markup {
    html! {
        h2 id="privacy" { "Privacy" }
        p { "There are no people in our database. What you type into a plan or a match is used to make the page you get, and is gone: it is in no table, no log, no address and no backup. There are no cookies on these pages, no scripts and no trackers." }
        p { "A search or a match that finds nothing is counted, so that we learn what is missing. Kept are a number and a month. Only when the same was asked five times do we keep a few of its words, sorted and without figures. Who asked, and how it was typed, is not kept. Nothing is counted that looks as if it were about a person, and nothing that caseworkers ask." }
        p { "The words of a search stand in the address of its results, so that you can share it. Do not put a person’s name there. Our logs leave them out." }
    }
}

fn accessibility() -> Markup {
    html! {
        h2 id="accessibility" { "Accessibility" }
        p { "These pages are made to meet the Web Content Accessibility Guidelines 2.2 at level AA. They need no script. They work with a keyboard, on a phone, at 400 per cent zoom, in light and dark colours, and on paper." }
        p { "We check colours by computing contrast, and every kind of page with an automatic tool. Automatic tools find only some faults. No independent audit has been made yet. If something stops you, please tell us: see " a href="#help" { "help and contact" } "." }
    }
}

fn contents(snapshot: &Snapshot, numbers: Numbers) -> Markup {
    let register = &snapshot.reference;
    let counts = [
        ("Toolkits", snapshot.toolkits().len() as u64),
        ("Guides by others", snapshot.library().len() as u64),
        ("Charter actions", register.actions.len() as u64),
        ("Workforce partnerships", register.partnerships.len() as u64),
        ("Training providers", register.providers.len() as u64),
        ("Organisations", numbers.organisations),
        ("Case studies", numbers.case_studies),
    ];
    html! {
        h2 id="contents" { "What is in it today" }
        dl.wide-facts {
            @for (label, count) in counts { div { dt { (label) } dd { (grouped(count)) } } }
            div { dt { "Judged on" } dd { (day(snapshot.today)) } }
            div { dt { "Last change" } dd { (snapshot.change) } }
            div { dt { "Content" } dd { code { (snapshot.content_hash()) } } }
        }
        p { a href="/problems" { "Kinds of problem an answer can have" } " · " a href="/api/docs" { "For developers" } " · " a href="/oruk/v3/profile" { "Open feed of services" } }
    }
}
