//! What an organisation says about hiring from a group, and the work it offers.

use chrono::NaiveDate;
use maud::{Markup, html};

use super::{
    facts::place,
    words::{ago, lower, statement},
};
use crate::{
    app::{
        Snapshot,
        profile::{Offer, Profile, Reach},
    },
    domain::register::{
        DayRelease, DbsLevel, English, Opening, OpeningState, Pay, Posture, Record, Stance,
    },
    web::pages::{
        partnerships::capital,
        parts::{counted, day, fictional_tag, grouped},
    },
};

/// What it says about each group, and about which it has not spoken.
pub(super) fn postures(snapshot: &Snapshot, profile: &Profile) -> Markup {
    let (counting, earlier): (Vec<_>, Vec<_>) =
        profile.postures.iter().partition(|one| one.counts_on(profile.day));
    html! {
        section aria-labelledby="postures" {
            h2 id="postures" { "What it says about hiring" }
            @if counting.is_empty() {
                p { @if earlier.is_empty() { "It has said nothing in public." } @else { "Nothing that it said in public counts any more." } }
            }
            @for one in counting { (posture(snapshot, one, profile.day)) }
            (unspoken(snapshot, profile))
            @if !earlier.is_empty() {
                details {
                    summary { "What it said before, and no longer counts (" (earlier.len()) ")" }
                    div { @for one in earlier { (posture(snapshot, one, profile.day)) } }
                }
            }
        }
    }
}

fn posture(snapshot: &Snapshot, one: &Record<Posture>, today: NaiveDate) -> Markup {
    let body = &one.body;
    let offers: Vec<&str> = body.offers.iter().map(|offer| offer.label()).collect();
    html! {
        div.said id={ "about-" (body.cohort) } {
            h3 { (snapshot.vocabulary().cohort_label(&body.cohort)) }
            ul.tags {
                li { span.tag { (body.stance.label()) } }
                @if !one.counts_on(today) { li { span.tag.care { "No longer counts" } } }
                @if one.fictional { li { (fictional_tag()) } }
            }
            p { (meaning(body.stance)) }
            dl.wide-facts {
                @if let Some(text) = &body.conditions { div { dt { "Conditions, in its words" } dd { (text) } } }
                div { dt { "Offers" } dd { @if offers.is_empty() { "Not stated" } @else { (offers.join(", ")) } } }
                div { dt { "English really needed" } dd { (english(body.english)) } }
                @if let Some(release) = body.day_release { div { dt { "Day release from prison" } dd { (day_release(release)) } } }
                @if let Some(last) = body.review_by {
                    div { dt { "To be asked again" } dd { "By " (day(last)) @if last < today { strong { " (overdue)" } } } }
                }
            }
            (statement(one, today))
        }
    }
}

/// A stance in a sentence.
fn meaning(stance: Stance) -> &'static str {
    match stance {
        Stance::ActivelyRecruits => "It looks for people from this group.",
        Stance::Open => "It welcomes people from this group.",
        Stance::CaseByCase => "It looks at each case. Ask before you apply.",
        Stance::NotCurrently => "It does not hire from this group at present.",
        Stance::NotStated => "It was asked and has not said.",
    }
}

fn english(levels: English) -> String {
    let skills =
        [("speaking", levels.speaking), ("reading", levels.reading), ("writing", levels.writing)];
    let known = skills.into_iter().filter_map(|(skill, level)| Some((skill, level?)));
    let known: Vec<String> =
        known.map(|(skill, level)| format!("{skill}: {}", lower(level.label()))).collect();
    if known.is_empty() { "Not stated".to_owned() } else { capital(&known.join("; ")) }
}

fn day_release(release: DayRelease) -> String {
    if !release.accepts {
        return "Does not take people on day release (ROTL) at present".to_owned();
    }
    let mut parts = vec!["Takes people on day release (ROTL)".to_owned()];
    match release.has_agreement {
        Some(true) => parts.push("has an agreement with a prison".to_owned()),
        Some(false) => parts.push("has no agreement with a prison yet".to_owned()),
        None => {}
    }
    let number = |value: i32| usize::try_from(value).unwrap_or_default();
    if let Some(weeks) = release.lead_time_weeks {
        parts.push(format!("needs {} beforehand", counted(number(weeks), "week", "weeks")));
    }
    if let Some(miles) = release.travel_limit_miles {
        parts.push(format!("within {}", counted(number(miles), "mile", "miles")));
    }
    parts.join("; ")
}

/// The groups it has not spoken about, and what would settle that.
fn unspoken(snapshot: &Snapshot, profile: &Profile) -> Markup {
    let words = snapshot.vocabulary();
    let groups: Vec<&str> = profile.unspoken.iter().map(|slug| words.cohort_label(slug)).collect();
    html! {
        @if !groups.is_empty() {
            div.box {
                h3 { "Has not said in public" }
                p { (groups.join("; ")) "." }
                p {
                    strong { "Not stated is not a no, and not a yes. " }
                    @match &profile.reach {
                        Reach::AskedNotTo => { "It asked not to be contacted, so this stays open." }
                        Reach::By(routes) if routes.is_empty() => { "Only the organisation can say. No public way to ask it is known; the partnership may know one." }
                        Reach::By(_) => { "To find out, ask it: " a href="#contact" { "how to reach it" } "." }
                    }
                }
            }
        }
    }
}

/// The work it offers.
pub(super) fn openings(snapshot: &Snapshot, profile: &Profile) -> Markup {
    let (open, over): (Vec<&Offer>, Vec<&Offer>) =
        profile.openings.iter().partition(|one| one.state == OpeningState::Open);
    html! {
        section aria-labelledby="openings" {
            h2 id="openings" { "Work and placements on offer" }
            @if open.is_empty() { p { "Nothing that is open is recorded here." } }
            @for one in open { (opening(snapshot, profile, one)) }
            @if !over.is_empty() {
                details {
                    summary { "No longer open (" (over.len()) ")" }
                    ul {
                        @for one in over {
                            li {
                                (one.record.body.title) ": " (lower(one.state.label()))
                                @if let (OpeningState::Closed, Some(last)) = (one.state, one.record.body.closes_on) { " after " (day(last)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn opening(snapshot: &Snapshot, profile: &Profile, one: &Offer) -> Markup {
    let (body, today) = (&one.record.body, profile.day);
    let labels: Vec<&str> =
        body.cohorts.iter().map(|slug| snapshot.vocabulary().cohort_label(slug)).collect();
    html! {
        div.said id={ "opening-" (one.record.slug) } {
            h3 { (body.title) }
            ul.tags {
                li { span.tag { (body.work_type.label()) } }
                @if one.record.fictional { li { (fictional_tag()) } }
            }
            @if let Some(text) = &body.description { p { (text) } }
            p { strong { (places(one, today)) } }
            dl.wide-facts {
                div { dt { "Where" } dd { (whereabouts(profile, body)) } }
                div { dt { "When" } dd { (when(body)) } }
                div { dt { "Pay" } dd { @match body.pay { Some(pay) => { (paid(pay)) } None => { "Not stated" } } } }
                @if let Some(text) = &body.essentials { div { dt { "What you must bring" } dd { (text) } } }
                @if let Some(level) = body.dbs_level { div { dt { "Criminal record check (DBS)" } dd { (check(level)) } } }
                @if !body.licences.is_empty() { div { dt { "Licences and cards" } dd { (body.licences.join(", ")) } } }
                div { dt { "Meant for" } dd { @if labels.is_empty() { "Everybody" } @else { (labels.join("; ")) } } }
                @if let Some(first) = body.starts_on { div { dt { "Starts" } dd { (day(first)) } } }
                div { dt { "Apply by" } dd { @match body.closes_on { Some(last) => { (day(last)) } None => { "No closing date" } } } }
            }
            (statement(&one.record, today))
        }
    }
}

/// How many places, and how that is known; an old number is not known any more.
fn places(one: &Offer, today: NaiveDate) -> String {
    let number =
        |count: i32| counted(usize::try_from(count).unwrap_or_default(), "place", "places");
    let stood_by = one.record.last_stood_by();
    let told = &one.places;
    let in_use = told.held + told.taken > 0;
    if let (true, Some(left), Some(stated), Some(on)) = (in_use, told.left, told.places, stood_by) {
        let left = if left == 0 { "None".to_owned() } else { left.to_string() };
        return format!("{left} of {} left, confirmed {}", number(stated), ago(on, today));
    }
    match (told.places, one.record.body.places, stood_by) {
        (Some(0), _, Some(on)) => format!("No places at present, confirmed {}", ago(on, today)),
        (Some(count), _, Some(on)) => format!("{}, confirmed {}", number(count), ago(on, today)),
        (_, Some(count), Some(on)) => format!(
            "Number of places not known. It was {} when last confirmed, {}.",
            count,
            ago(on, today)
        ),
        (_, Some(_), None) => "Number of places not known: nobody has confirmed it".to_owned(),
        (_, None, _) => "Number of places not known".to_owned(),
    }
}

fn whereabouts(profile: &Profile, body: &Opening) -> String {
    let sites = &profile.organisation.body.sites;
    let label = body.site.as_ref();
    let site = label.and_then(|label| sites.iter().find(|site| site.label == *label));
    let base = body.base.map(|base| base.label().to_owned());
    let national = body.national.then(|| "Anywhere in the country".to_owned());
    let place = site.map(place).or_else(|| label.cloned()).or(national);
    let parts: Vec<String> = [place, base].into_iter().flatten().collect();
    if parts.is_empty() { "Not stated".to_owned() } else { parts.join("; ") }
}

fn when(body: &Opening) -> String {
    let patterns: Vec<&str> = body.patterns.iter().map(|pattern| pattern.label()).collect();
    let parts = [
        (!patterns.is_empty()).then(|| patterns.join(", ")),
        body.hours.map(|hours| hours.label().to_owned()),
        body.contract.map(|contract| contract.label().to_owned()),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "Not stated".to_owned() } else { parts.join("; ") }
}

fn paid(pay: Pay) -> String {
    let from = pounds(pay.from_pence);
    match pay.to_pence.filter(|to| *to != pay.from_pence) {
        Some(to) => format!("{from} to {} {}", pounds(to), pay.period.label()),
        None => format!("{from} {}", pay.period.label()),
    }
}

/// Pence as pounds; pence are named only where there are some.
fn pounds(pence: i64) -> String {
    let pence = pence.unsigned_abs();
    match pence % 100 {
        0 => format!("£{}", grouped(pence / 100)),
        odd => format!("£{}.{odd:02}", grouped(pence / 100)),
    }
}

fn check(level: DbsLevel) -> String {
    match level {
        DbsLevel::None => "None needed".to_owned(),
        other => other.label().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::register::{EnglishLevel, PayPeriod};

    #[test]
    fn pay_is_told_in_pounds_and_a_range_only_where_there_is_one() {
        let pay = |from_pence, to_pence, period| paid(Pay { from_pence, to_pence, period });
        assert_eq!(pay(1350, None, PayPeriod::Hour), "£13.50 an hour");
        assert_eq!(pay(1350, Some(1350), PayPeriod::Hour), "£13.50 an hour");
        assert_eq!(
            pay(2_400_000, Some(2_650_050), PayPeriod::Year),
            "£24,000 to £26,500.50 a year"
        );
    }

    #[test]
    fn english_that_is_not_stated_is_not_none() {
        assert_eq!(english(English::default()), "Not stated");
        let levels = English {
            speaking: Some(EnglishLevel::Entry3),
            reading: Some(EnglishLevel::None),
            writing: None,
        };
        assert_eq!(english(levels), "Speaking: entry level 3; reading: none needed");
    }
}
