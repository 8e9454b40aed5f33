//! Rules that look at more than one field of a record, and the written forms of what
//! has several: shared by the API, the imports and the demonstration.
//!
//! A rule that one field breaks alone (too long, not a date) is the form's affair.

mod kept;

use chrono::NaiveDate;

use crate::domain::{
    personal,
    register::{
        Body, CaseStudy, Channel, Draft, Event, Identifier, Introduction, OffenceStance, Opening,
        Organisation, Pledge, Posture, Signature, last_day_of_year_from, texts::Worded,
    },
    slug::Slug,
};

/// A rule that a record breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field, by its name in answers; of a part, `pay/to_pence` or `sites/0/label`.
    pub field: String,
    /// Which rule, as a stable word.
    pub code: &'static str,
    /// What is wrong and what would be right.
    pub message: String,
}

/// A kind of record with rules of its own.
pub trait Ruled: Body + Worded {
    /// The rules that it breaks when it is said on `said_on` and read on `today`.
    fn own_faults(&self, said_on: NaiveDate, today: NaiveDate) -> Faults;
}

/// Every rule that a record breaks on a day; none if it may be written.
pub fn faults<T: Ruled>(draft: &Draft<T>, today: NaiveDate) -> Vec<Fault> {
    let mut found = draft.body.own_faults(draft.said.on, today);
    found.not_after_today("stated_on", Some(draft.said.on), today);
    found.in_order(("stated_on", Some(draft.said.on)), ("until", draft.said.until));
    found.0
}

/// The faults found so far.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, field: impl Into<String>, code: &'static str, message: impl Into<String>) {
        self.0.push(Fault { field: field.into(), code, message: message.into() });
    }

    fn not_after_today(&mut self, field: &str, day: Option<NaiveDate>, today: NaiveDate) {
        if day.is_some_and(|day| day > today) {
            self.add(field, "in-the-future", format!("\"{field}\" is a day to come."));
        }
    }

    fn in_order(
        &mut self,
        (first, from): (&str, Option<NaiveDate>),
        (second, to): (&str, Option<NaiveDate>),
    ) {
        if from.zip(to).is_some_and(|(from, to)| to < from) {
            let message = format!("\"{second}\" is before \"{first}\".");
            self.add(second, "reversed", message);
        }
    }

    fn repeated<K: PartialEq>(&mut self, list: &str, what: &str, keys: &[K]) {
        for (nth, key) in keys.iter().enumerate() {
            if keys.iter().take(nth).any(|other| other == key) {
                let field = format!("{list}/{nth}");
                self.add(field, "repeated", format!("\"{list}\" has the same {what} twice."));
            }
        }
    }
}

impl Ruled for Organisation {
    fn own_faults(&self, _said_on: NaiveDate, today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        found.repeated("identifiers", "number", &self.identifiers);
        let labels: Vec<_> = self.sites.iter().map(|site| &site.label).collect();
        found.repeated("sites", "label", &labels);
        let held: Vec<_> = self.recognitions.iter().map(|one| (&one.scheme, &one.level)).collect();
        found.repeated("recognitions", "scheme and level", &held);
        for (nth, one) in self.recognitions.iter().enumerate() {
            let at = |name: &str| format!("recognitions/{nth}/{name}");
            found.not_after_today(&at("awarded_on"), one.awarded_on, today);
            found.not_after_today(&at("last_checked_on"), one.last_checked_on, today);
            found
                .in_order((&at("awarded_on"), one.awarded_on), (&at("expires_on"), one.expires_on));
        }
        for (nth, contact) in self.contacts.iter().enumerate() {
            let at = |name: &str| format!("contacts/{nth}/{name}");
            found.not_after_today(&at("verified_on"), contact.verified_on, today);
            let (fits, like) = match contact.channel {
                Channel::Email => (contact.value.contains('@'), "an e-mail address"),
                Channel::Phone => (contact.value.chars().any(|c| c.is_ascii_digit()), "a number"),
                Channel::Web => (is_web_address(&contact.value), "a web address"),
                Channel::Post => (true, "an address"),
            };
            if !fits {
                let message = format!("\"value\" must be {like} for this channel.");
                found.add(at("value"), "channel", message);
            }
        }
        found
    }
}

impl Ruled for Signature {
    fn own_faults(&self, _said_on: NaiveDate, today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        found.in_order(("starts_on", Some(self.starts_on)), ("ends_on", Some(self.ends_on)));
        let last = last_day_of_year_from(self.starts_on);
        if self.ends_on > last {
            let message = format!("A signature is for one year: it ends by {last}.");
            found.add("ends_on", "over-a-year", message);
        }
        for (name, day) in [
            ("agreed_on", self.agreed_on),
            ("signed_on", self.signed_on),
            ("published_on", self.published_on),
        ] {
            found.not_after_today(name, day, today);
        }
        found.in_order(("signed_on", self.signed_on), ("published_on", self.published_on));
        found
    }
}

impl Ruled for Pledge {
    fn own_faults(&self, _said_on: NaiveDate, today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        let reported = self.updates.iter().any(|update| update.value.is_some());
        if self.unit.is_none() && (self.target.is_some() || self.baseline.is_some() || reported) {
            found.add("unit", "missing-unit", "A number needs a \"unit\".");
        }
        found.not_after_today("pledge_confirmed_on", self.confirmed_on, today);
        found.not_after_today("evidenced_on", self.evidenced_on, today);
        for (nth, update) in self.updates.iter().enumerate() {
            found.not_after_today(&format!("updates/{nth}/on"), Some(update.on), today);
        }
        found
    }
}

impl Ruled for Posture {
    fn own_faults(&self, said_on: NaiveDate, _today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        found.in_order(("stated_on", Some(said_on)), ("review_by", self.review_by));
        if let Some(offences) = &self.offences {
            let listed = offences.stance == OffenceStance::Listed;
            if listed && offences.groups.is_empty() {
                let message = "With the stance \"listed\", name the groups that are ruled out.";
                found.add("offences/groups", "missing-groups", message);
            } else if !listed && !offences.groups.is_empty() {
                let message = "Groups are named only with the stance \"listed\".";
                found.add("offences/groups", "groups-without-listed", message);
            }
        }
        if let Some(release) = self.day_release.filter(|release| !release.accepts) {
            let detail = release.lead_time_weeks.or(release.travel_limit_miles).is_some();
            if detail || release.has_agreement == Some(true) {
                let message = "Conditions of day release are named only where it is accepted.";
                found.add("day_release/accepts", "not-accepted", message);
            }
        }
        found
    }
}

impl Ruled for Opening {
    fn own_faults(&self, _said_on: NaiveDate, _today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        if self.pay.is_some_and(|pay| pay.to_pence.is_some_and(|most| most < pay.from_pence)) {
            let message = "\"to_pence\" is less than \"from_pence\".";
            found.add("pay/to_pence", "reversed", message);
        }
        if self.national && self.site.is_some() {
            let message = "Work that is nationwide has no \"site\".";
            found.add("site", "nationwide", message);
        }
        found
    }
}

impl Ruled for Event {
    fn own_faults(&self, _said_on: NaiveDate, _today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        if self.ends_at.is_some_and(|end| end < self.starts_at) {
            found.add("ends_at", "reversed", "\"ends_at\" is before \"starts_at\".");
        }
        found
    }
}

impl Ruled for CaseStudy {
    fn own_faults(&self, _said_on: NaiveDate, today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        found.not_after_today("published_on", self.published_on, today);
        if self.published_on.is_some() && !self.showable() {
            let message = "A case study is published only with permission.";
            found.add("published_on", "not-permitted", message);
        }
        found
    }
}

impl Ruled for Introduction {
    fn own_faults(&self, _said_on: NaiveDate, _today: NaiveDate) -> Faults {
        let mut found = Faults::default();
        if self.other.as_ref() == Some(&self.organisation) {
            found.add("other", "same", "\"other\" is another organisation.");
        }
        if let Some(Err(why)) = self.reference.as_deref().map(personal::opaque) {
            found.add("reference", "not-opaque", why.message());
        }
        let counts = self.outcomes;
        if counts.kept_13_weeks.zip(counts.started).is_some_and(|(kept, began)| kept > began) {
            let message = "More are kept than started.";
            found.add("outcomes/kept_13_weeks", "more-than-started", message);
        }
        found
    }
}

/// Whether a text is an address that a browser opens: `http://` or `https://`, a host,
/// no spaces.
pub fn is_web_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let odd = |c: char| c.is_whitespace() || c.is_control() || "\"<>\\^`{|}".contains(c);
    host.is_some_and(|host| !host.is_empty() && !host.contains('@')) && !text.contains(odd)
}

/// A postcode or outward code as it is written: `OX16 5QA`, `OX16`; `None` if the text
/// has the form of neither.
pub fn postcode(text: &str) -> Option<String> {
    let code: String = text.chars().filter(|c| *c != ' ').collect::<String>().to_ascii_uppercase();
    if !code.is_ascii() {
        return None;
    }
    let cut = code.len().checked_sub(3).filter(|cut| *cut >= 2);
    let whole = cut.map(|cut| code.split_at(cut)).filter(|(out, inner)| {
        let mut inner = inner.chars();
        let number = inner.next().is_some_and(|c| c.is_ascii_digit());
        number && inner.all(|c| c.is_ascii_uppercase()) && is_outward(out)
    });
    match whole {
        Some((outward, inward)) => Some(format!("{outward} {inward}")),
        None => is_outward(&code).then_some(code),
    }
}

/// `A9`, `A99`, `AA9`, `AA99`, `A9A`, `AA9A`.
fn is_outward(code: &str) -> bool {
    let letters = code.chars().take_while(char::is_ascii_uppercase).count();
    let mut rest = code.chars().skip(letters);
    (1..=2).contains(&letters)
        && rest.next().is_some_and(|c| c.is_ascii_digit())
        && rest.next().is_none_or(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
        && rest.next().is_none()
}

/// A number in a public register as it is written there: the scheme in capitals; a
/// company number with the noughts that spreadsheets lose.
pub fn identifier(scheme: &str, id: &str) -> Identifier {
    let scheme = scheme.trim().to_ascii_uppercase();
    let id: String = id.split_whitespace().collect::<String>().to_ascii_uppercase();
    let digits = id.chars().all(|c| c.is_ascii_digit());
    let id = if scheme == "GB-COH" && digits { format!("{id:0>8}") } else { id };
    Identifier { scheme, id }
}

/// A name without forms of company, small words, case and punctuation: what is called
/// the same has the same key, so that `The Brook Bakery Ltd` and `Brook-Bakery Limited`
/// are one.
pub fn name_key(name: &str) -> String {
    const SMALL: [&str; 12] =
        ["the", "and", "of", "ltd", "limited", "plc", "llp", "cic", "cio", "co", "company", "uk"];
    let slug = Slug::of_words([name.replace('.', "").as_str()]);
    let words: Vec<&str> = slug.split('-').filter(|word| !SMALL.contains(word)).collect();
    if words.is_empty() { slug.to_string() } else { words.join("") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_are_written_one_way_and_what_is_none_is_none() {
        for (typed, written) in [
            ("ox165qa", Some("OX16 5QA")),
            (" OX1 1AA ", Some("OX1 1AA")),
            ("ox16", Some("OX16")),
            ("W1A 1AA", Some("W1A 1AA")),
            ("ec1a", Some("EC1A")),
            ("m1", Some("M1")),
            ("Banbury", None),
            ("", None),
            ("OX", None),
            ("OX16 5Q", None),
            ("ÖX16 5QA", None),
            ("OXX1 1AA", None),
        ] {
            assert_eq!(postcode(typed).as_deref(), written, "{typed}");
        }
    }

    #[test]
    fn a_name_is_known_without_its_legal_form() {
        for name in ["The Brook Bakery Ltd", "BROOK BAKERY LIMITED", "Brook Bakery P.L.C."] {
            assert_eq!(name_key(name), "brookbakery", "{name}");
        }
        assert_eq!(name_key("Brook & Sons LLP"), name_key("Brook and Sons"));
        assert_eq!(name_key("The Limited"), "the-limited", "something has to be left");
    }

    #[test]
    fn numbers_of_companies_get_their_noughts_back() {
        let written = |scheme, id| identifier(scheme, id).id;
        assert_eq!(written("gb-coh", "1234567"), "01234567");
        assert_eq!(written("GB-COH", "sc 123456"), "SC123456");
        assert_eq!(written("GB-CHC", "1234567"), "1234567");
    }

    #[test]
    fn only_what_a_browser_opens_is_a_web_address() {
        for good in ["https://example.org", "HTTP://example.org/a?b#c"] {
            assert!(is_web_address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "https://",
            "ftp://example.org",
            "https://a b",
            "https://u@e.org",
        ] {
            assert!(!is_web_address(bad), "{bad}");
        }
    }
}
