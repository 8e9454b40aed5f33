//! The rules for invented organisations.

use super::{
    Demonstration,
    reserved::{is_drama_number, is_example},
};
use crate::{
    content::{
        check::{Checker, List, reference::Spot},
        toml_text::At,
    },
    domain::register::{Channel, ContactRoute, Organisation, Recognition, Site},
};

/// What the name of an invented organisation ends in.
const MARK: &str = " (fictional)";
/// The scheme of an invented number: org-id codes begin with a country, and `XX` is
/// none (ISO 3166-1 leaves it to users).
const INVENTED_SCHEME: &str = "XX-DEMO";

pub(super) fn check(checker: &mut Checker<'_>, demonstration: &Demonstration<'_>) {
    let sectors = checker.sectors();
    for seed in &demonstration.register.organisations {
        let Some(spot) = demonstration.spot(seed) else { continue };
        let body = &seed.draft.body;
        let sector = body.sector.as_deref();
        checker.look_up(&sectors, sector, spot.text, &spot.key("sector"));
        names(checker, &spot, (&seed.draft.name(), body));
        for (nth, site) in body.sites.iter().enumerate() {
            check_site(checker, &inside(&spot, "sites", nth), site);
        }
        for (nth, contact) in body.contacts.iter().enumerate() {
            check_contact(checker, &inside(&spot, "contacts", nth), contact);
        }
        for (nth, held) in body.recognitions.iter().enumerate() {
            let spot = inside(&spot, "recognitions", nth);
            check_recognition(checker, &spot, (held, demonstration));
        }
    }
}

/// A table of a list inside a record.
fn inside<'p>(spot: &Spot<'p>, list: &'p str, nth: usize) -> Spot<'p> {
    Spot { text: spot.text, at: [spot.at.as_slice(), &[At::Key(list), At::Nth(nth)]].concat() }
}

fn fine(is: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if is { Ok(()) } else { Err(otherwise()) }
}

fn names(checker: &mut Checker<'_>, spot: &Spot<'_>, (slug, body): (&str, &Organisation)) {
    let named = fine(body.name.ends_with(MARK), || format!("the name must end in \"{MARK}\""));
    checker.demand(spot, "name", ("not-marked", named));
    let slugged = fine(slug.starts_with("demo-"), || "the name must begin with demo-".to_owned());
    checker.demand(spot, "slug", ("not-marked", slugged));
    for code in &body.sic {
        let five = code.len() == 5 && code.bytes().all(|digit| digit.is_ascii_digit());
        let five = fine(five, || format!("\"{code}\" is not a SIC code of five digits"));
        checker.demand(spot, "sic", ("not-a-sic-code", five));
    }
    for identifier in &body.identifiers {
        let invented = fine(identifier.scheme == INVENTED_SCHEME, || {
            format!("an invented number belongs to {INVENTED_SCHEME}, not {}", identifier.scheme)
        });
        checker.demand(spot, "identifiers", ("real-identifier", invented));
    }
    if let Some(website) = &body.website {
        checker.example(spot, "website", website);
    }
    let description = body.description.as_deref().unwrap_or_default();
    checker.prose(spot, &[("name", &body.name), ("description", description)]);
    for alias in &body.aliases {
        checker.prose(spot, &[("aliases", alias)]);
    }
}

fn check_site(checker: &mut Checker<'_>, spot: &Spot<'_>, site: &Site) {
    checker.known_outcode(spot, site.postcode.as_deref());
    let note = site.transport_note.as_deref().unwrap_or_default();
    checker.prose(spot, &[("label", &site.label), ("transport_note", note)]);
    let Some(district) = &site.district else { return };
    let known = checker.reference.gazetteer.find(district);
    let known = known.is_some_and(|place| place.district.as_deref() == Some(district));
    let known = fine(known, || format!("unknown district \"{district}\""));
    checker.demand(spot, "district", ("unknown-district", known));
}

fn check_contact(checker: &mut Checker<'_>, spot: &Spot<'_>, contact: &ContactRoute) {
    checker.prose(spot, &[("role", &contact.role_title)]);
    checker.past(spot, &[("verified", contact.verified_on)]);
    let value = &contact.value;
    match contact.channel {
        Channel::Email | Channel::Web => checker.example(spot, "value", value),
        Channel::Phone => {
            let message = || format!("{value} is not a number kept for drama, as 01632 960000 is");
            let drama = fine(is_drama_number(value), message);
            checker.demand(spot, "value", ("real-contact", drama));
        }
        Channel::Post => checker.prose(spot, &[("value", value)]),
    }
}

fn check_recognition(
    checker: &mut Checker<'_>,
    spot: &Spot<'_>,
    (held, demonstration): (&Recognition, &Demonstration<'_>),
) {
    let schemes = &demonstration.whole.schemes;
    let known = List::strict("scheme", "unknown-scheme", schemes.iter().map(|s| s.slug.as_str()));
    checker.look_up(&known, [held.scheme.as_str()], spot.text, &spot.key("scheme"));
    if let Some(scheme) = schemes.iter().find(|scheme| scheme.slug == held.scheme) {
        let levels = scheme.levels.iter().map(|level| level.slug.as_str());
        let levels = List::strict("level", "unknown-level", levels);
        let level = held.level.as_deref();
        checker.look_up(&levels, level, spot.text, &spot.key("level"));
    }
    checker.in_order(spot, &[("awarded", held.awarded_on), ("expires", held.expires_on)]);
    checker.in_order(spot, &[("awarded", held.awarded_on), ("checked", held.last_checked_on)]);
    checker.past(spot, &[("awarded", held.awarded_on), ("checked", held.last_checked_on)]);
    if let Some(url) = &held.evidence_url {
        checker.example(spot, "evidence_url", url);
    }
}

impl Checker<'_> {
    /// Notes an address that may belong to somebody.
    pub(super) fn example(&mut self, spot: &Spot<'_>, key: &str, address: &str) {
        let message = || format!("{address} does not lie in a name kept for examples");
        self.demand(spot, key, ("real-contact", fine(is_example(address), message)));
    }

    /// Notes an outward code that the table of places does not have.
    pub(super) fn known_outcode(&mut self, spot: &Spot<'_>, code: Option<&str>) {
        let Some(code) = code else { return };
        let known = self.reference.gazetteer.outcode(code).is_some();
        let known = fine(known, || format!("{code} is not in places.csv"));
        self.demand(spot, "postcode", ("unknown-outcode", known));
    }
}
