//! The charter: what an organisation can promise for a year, and each action of it.

use maud::{Markup, html};

use crate::{
    app::{
        AppError, Snapshot,
        profile::{Numbers, Pledger, Pledgers},
    },
    domain::register::{Charter, CharterAction, PledgeState},
    web::pages::{
        layout::{Area, Page},
        organisations::rung_label,
        parts::{cited, counted, day, fictional_tag, grouped, provenance, register_sources},
    },
};

/// The charter with its menu of actions, or a page that says there is none yet.
pub fn list(snapshot: &Snapshot, numbers: Numbers) -> Markup {
    let charter = snapshot.reference.charter.as_ref();
    charter.map_or_else(none_yet, |charter| menu(snapshot, charter, numbers))
}

fn none_yet() -> Markup {
    let content = html! {
        div.wrap {
            h1 { "Charter" }
            p.lead { "This partnership has not published a charter here yet." }
            p { "The " a href="/toolkits" { "toolkits" } " do not depend on it." }
        }
    };
    Page::new("Charter", Area::Charter).render(&content)
}

fn menu(snapshot: &Snapshot, charter: &Charter, numbers: Numbers) -> Markup {
    let register = &snapshot.reference;
    let content = html! {
        div.wrap {
            h1 { (charter.name) }
            p.lead { (charter.summary) }
            dl.wide-facts {
                div { dt { "Version" } dd { (charter.version) } }
                @if let Some(launched) = charter.launched_on { div { dt { "Launched" } dd { (day(launched)) } } }
                div {
                    dt { "Signed today" }
                    dd {
                        (grouped(numbers.signatories)) @if numbers.signatories == 1 { " organisation has" } @else { " organisations have" }
                        " a year that runs today, as far as this register knows. "
                        a href="/organisations" { "Organisations and their pledges" }
                    }
                }
                div { dt { "What a pledge shows" } dd { "What was promised, and when. Signed up is not the same as checked." } }
            }
            h2 { "Actions to choose from" }
            @for (slug, label, meaning) in &charter.stances {
                (stance(register.actions.iter().filter(|action| action.stance == *slug).collect(), label, meaning, charter))
            }
            (provenance(register, &charter.provenance))
            (register_sources(register, &cited(&charter.provenance)))
        }
    };
    let fictional = charter.provenance.fictional
        || register.actions.iter().any(|action| action.provenance.fictional);
    Page::new(&charter.name, Area::Charter)
        .about(&charter.summary)
        .fiction(fictional)
        .render(&content)
}

fn stance(actions: Vec<&CharterAction>, label: &str, meaning: &str, charter: &Charter) -> Markup {
    html! {
        div.stage {
            div { h3 { (label) } p.aim { (meaning) } }
            @if actions.is_empty() {
                p.soft { "No action is listed for this yet." }
            } @else {
                ul.entries {
                    @for action in actions {
                        li {
                            a.to href={ "/charter/actions/" (action.code) } { (action.code) ": " (action.label) }
                            p { (action.description) }
                            ul.tags {
                                li { span.tag { (focus(charter, action)) } }
                                @if action.provenance.fictional { li { (fictional_tag()) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn focus<'a>(charter: &'a Charter, action: &'a CharterAction) -> &'a str {
    let found = charter.focus_areas.iter().find(|(slug, _)| *slug == action.focus_area);
    found.map_or(action.focus_area.as_str(), |(_, label)| label)
}

/// One action of the charter.
///
/// # Errors
///
/// [`AppError::NotFound`] where there is no such action.
pub fn action(snapshot: &Snapshot, code: &str, who: &Pledgers) -> Result<Markup, AppError> {
    let register = &snapshot.reference;
    let action = register.action(code).ok_or(AppError::NotFound("charter action"))?;
    let content = html! {
        div.wrap {
            h1 { (action.code) ": " (action.label) }
            p.lead { (action.description) }
            div.measure {
                div.box {
                    h2 { "What to do first" }
                    p { (action.help) }
                }
                (facts(snapshot, action))
                (pledged(who))
                (sections(snapshot, action))
                (provenance(register, &action.provenance))
            }
            (register_sources(register, &cited(&action.provenance)))
        }
    };
    let name = register.charter.as_ref().map_or("Charter", |charter| &charter.name);
    Ok(Page::new(format!("{}: {}", action.code, action.label), Area::Charter)
        .within("Charter action")
        .below(name, "/charter")
        .about(&action.description)
        .fiction(action.provenance.fictional || who.pledgers.iter().any(fictional))
        .render(&content))
}

fn fictional(one: &Pledger) -> bool {
    one.promise.record.fictional
}

/// Who has pledged the action, by name: a list, not a ranking.
fn pledged(who: &Pledgers) -> Markup {
    let told = who.pledgers.len();
    let count = usize::try_from(who.total).unwrap_or(usize::MAX);
    html! {
        h2 id="pledged" { "Who has pledged it" }
        @if told == 0 {
            p { "No organisation in this register has a pledge for it that counts today." }
        } @else {
            p {
                (counted(count, "pledge counts", "pledges count")) " today, in order of name. "
                "Signed up is not the same as checked: each says how far it is borne out."
            }
            ul.entries {
                @for one in &who.pledgers {
                    li {
                        a.to href={ "/organisations/" (one.slug) "#pledges" } { (one.name) }
                        @if fictional(one) { " " (fictional_tag()) }
                        p { (rung_label(one.promise.rung)) " · since " (day(one.promise.facts.starts_on.max(one.promise.facts.declared_on))) @if one.promise.state == PledgeState::DueForRenewal { " · due for renewal" } }
                    }
                }
            }
            @if told < count { p { "This page shows the first " (told) ". " a href="/organisations" { "All organisations" } } }
        }
    }
}

fn facts(snapshot: &Snapshot, action: &CharterAction) -> Markup {
    let words = snapshot.vocabulary();
    let charter = snapshot.reference.charter.as_ref();
    let stance = charter.and_then(|c| c.stances.iter().find(|(slug, ..)| *slug == action.stance));
    let cohorts: Vec<&str> = action.cohorts.iter().map(|one| words.cohort_label(one)).collect();
    let unit = action.unit.as_deref().unwrap_or("a number");
    html! {
        dl.wide-facts {
            @if let Some((_, label, _)) = stance { div { dt { "Taken" } dd { (label) } } }
            @if let Some(charter) = charter { div { dt { "Focus area" } dd { (focus(charter, action)) } } }
            div { dt { "Helps" } dd { @if cohorts.is_empty() { "Everybody" } @else { (cohorts.join(", ")) } } }
            div { dt { "Progress" } dd { @if action.measurable { "Can be given in " (unit) } @else { "Told in words" } } }
            div {
                dt { "Seen in practice" }
                dd { @if action.evidenced { "A published pledge shows it" } @else { "An illustration; we found no published pledge with it" } }
            }
        }
    }
}

/// Sections of the toolkits that help deliver the action.
fn sections(snapshot: &Snapshot, action: &CharterAction) -> Markup {
    let helping: Vec<_> = snapshot
        .toolkits()
        .iter()
        .flat_map(|toolkit| toolkit.sections.iter().map(move |section| (toolkit, section)))
        .filter(|(_, section)| section.actions.contains(&action.code))
        .collect();
    html! {
        @if !helping.is_empty() {
            h2 id="part_guidance" { "Guidance that helps you deliver it" }
            @for toolkit in snapshot.toolkits() {
                @let of: Vec<_> = helping.iter().filter(|(one, _)| one.slug == toolkit.slug).collect();
                @if !of.is_empty() {
                    h3 { (toolkit.title) }
                    ul { @for (_, section) in of { li { a href={ "/toolkits/" (toolkit.slug) "/" (section.slug) } { (section.title) } } } }
                }
            }
        }
    }
}
