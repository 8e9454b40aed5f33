//! An organisation of a feed as the register writes it down.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    app::oruk::document::{Document, parts, text},
    domain::{
        oruk::kind_of,
        register::{
            Identifier, Organisation, OrganisationKind, Publication, Site,
            rules::{self, is_web_address},
        },
    },
};

/// As many as a record of the register may have.
const MOST_SITES: usize = 100;
const MOST_NUMBERS: usize = 20;

/// The organisation with the locations of its services as its sites; of a kind of ours
/// where the feed says one, otherwise one that supports people.
pub fn body<'a>(
    organization: &Document,
    services: impl IntoIterator<Item = &'a Document>,
) -> Organisation {
    let line = |name: &str, most: usize| text(organization, name).map(|text| cut(text, most));
    let mut terms = parts(organization, "attributes")
        .filter_map(|attribute| text(attribute, "taxonomy_term_id"));
    let mut identifiers: Vec<Identifier> = Vec::new();
    for number in parts(organization, "organization_identifiers").filter_map(identifier) {
        if identifiers.len() < MOST_NUMBERS && !identifiers.contains(&number) {
            identifiers.push(number);
        }
    }
    let name = line("name", 200).unwrap_or_default();
    Organisation {
        description: line("description", 4_000).filter(|text| *text != name),
        name,
        aliases: Vec::new(),
        kind: terms.find_map(kind_of).unwrap_or(OrganisationKind::Charity),
        sector: None,
        sic: Vec::new(),
        size_band: None,
        anchor: None,
        website: text(organization, "website")
            .filter(|address| is_web_address(address) && address.chars().count() <= 500)
            .map(str::to_owned),
        publication: Publication::Published,
        do_not_contact: false,
        identifiers,
        sites: sites(services),
        contacts: Vec::new(),
        recognitions: Vec::new(),
    }
}

fn sites<'a>(services: impl IntoIterator<Item = &'a Document>) -> Vec<Site> {
    let mut sites: Vec<Site> = Vec::new();
    let mut seen = BTreeSet::new();
    for at in services.into_iter().flat_map(|service| parts(service, "service_at_locations")) {
        let Some(location) = at.get("location").and_then(Value::as_object) else { continue };
        let known = text(location, "id").is_some_and(|id| !seen.insert(id.to_owned()));
        if known || sites.len() >= MOST_SITES || text(location, "location_type") == Some("virtual")
        {
            continue;
        }
        let address = parts(location, "addresses").next();
        let of_address = |name: &str| address.and_then(|address| text(address, name));
        let label = text(location, "name").or(of_address("address_1")).or(of_address("city"));
        let Some(label) = label.map(|label| cut(label, 110)).filter(|label| !label.is_empty())
        else {
            continue;
        };
        let alike = |label: &str| sites.iter().any(|site| site.label == label);
        let label = if alike(&label) {
            let numbered = (2..).map(|nth| format!("{label} ({nth})"));
            numbered.into_iter().find(|label| !alike(label)).unwrap_or_default()
        } else {
            label
        };
        sites.push(Site {
            label,
            address: of_address("address_1").map(|text| cut(text, 500)),
            postcode: of_address("postal_code").and_then(rules::postcode),
            town: of_address("city").map(|text| cut(text, 120)),
            district: None,
            transport_note: None,
        });
    }
    sites
}

/// A number, where the feed says in which register by its org-id code.
fn identifier(one: &Document) -> Option<Identifier> {
    let scheme = text(one, "identifier_scheme").or(text(one, "identifier_type"))?.trim();
    let coded = scheme.len() <= 20
        && scheme.split('-').count() >= 2
        && scheme.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
    let number = text(one, "identifier")?.trim();
    let fits = (1..=40).contains(&number.chars().count());
    (coded && fits).then(|| rules::identifier(scheme, number))
}

/// A text on one line, at most so many characters.
fn cut(text: &str, most: usize) -> String {
    let line: Vec<&str> = text.split_whitespace().collect();
    line.join(" ").chars().take(most).collect::<String>().trim().to_owned()
}
