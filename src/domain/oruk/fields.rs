//! The allow-list: every field that a thing of the feed may have.

words! {
    /// A thing that the feed tells of.
    Thing {
        /// A service to people.
        Service = "service", "service";
        /// Who provides services.
        Organization = "organization", "organisation";
        /// A number of an organisation in a public register.
        Identifier = "organization_identifier", "identifier of an organisation";
        /// A service at one of its locations, as its service tells of it.
        ServiceAtLocation = "service_at_location", "service at a location";
        /// The same, with its service.
        Place = "service_at_location_with_service", "service at a location";
        /// A location.
        Location = "location", "location";
        /// A postal address.
        Address = "address", "address";
        /// How a location can be entered and used.
        Accessibility = "accessibility", "accessibility of a location";
        /// When a service is there.
        Schedule = "schedule", "schedule";
        /// Where those it serves live.
        ServiceArea = "service_area", "service area";
        /// A language in which it is given.
        Language = "language", "language";
        /// Who pays for it.
        Funding = "funding", "funding";
        /// What it costs.
        CostOption = "cost_option", "cost option";
        /// A term that something has.
        Attribute = "attribute", "attribute";
        /// A term of a taxonomy.
        Term = "taxonomy_term", "taxonomy term";
        /// A list of terms.
        Taxonomy = "taxonomy", "taxonomy";
    }
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Words.
    Text,
    /// A UUID.
    Id,
    /// An absolute URI.
    Uri,
    /// An e-mail address.
    Email,
    /// A number.
    Number,
    /// `true`; what is not so is left out.
    Flag,
    /// A day.
    Day,
    /// A moment with its offset.
    Moment,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A thing.
    One(Thing),
    /// Things.
    Many(Thing),
}

/// A field of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// Whether the standard asks for it.
    pub required: bool,
    /// What it says.
    pub about: &'static str,
}

const fn must(name: &'static str, holds: Holds, about: &'static str) -> Field {
    Field { name, holds, required: true, about }
}

const fn may(name: &'static str, holds: Holds, about: &'static str) -> Field {
    Field { name, holds, required: false, about }
}

const ID: Field = must("id", Id, "Identifier");
const NAME: Field = must("name", Text, "Name");
const ABOUT: Field = must("description", Text, "What it is");
const OF_SERVICE: Field = may("service_id", Id, "The service it is said of");
const OF_LOCATION: Field = may("location_id", Id, "The location it is said of");
const ATTRIBUTES: Field = may("attributes", Many(Thing::Attribute), "Terms that it has");
const INVENTED: Field =
    may("fictional", Flag, "True of what was invented for a demonstration; our extension");

use Holds::{Day, Email, Flag, Id, Many, Moment, Number, One, Text, Uri, Word};

impl Thing {
    /// The fields that a thing may have, and no others, in the order in which they are
    /// documented.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Service => SERVICE,
            Self::Organization => ORGANIZATION,
            Self::Identifier => IDENTIFIER,
            Self::ServiceAtLocation => SERVICE_AT_LOCATION,
            Self::Place => PLACE,
            Self::Location => LOCATION,
            Self::Address => ADDRESS,
            Self::Accessibility => ACCESSIBILITY,
            Self::Schedule => SCHEDULE,
            Self::ServiceArea => SERVICE_AREA,
            Self::Language => LANGUAGE,
            Self::Funding => FUNDING,
            Self::CostOption => COST_OPTION,
            Self::Attribute => ATTRIBUTE,
            Self::Term => TERM,
            Self::Taxonomy => TAXONOMY,
        }
    }
}

const SERVICE: &[Field] = &[
    ID,
    may("organization_id", Id, "The organisation that provides it"),
    NAME,
    may("description", Text, "What it is"),
    may("url", Uri, "Where to read more or apply"),
    may("email", Email, "A shared address that answers"),
    must(
        "status",
        Word(&["active", "inactive", "defunct", "temporarily closed"]),
        "Whether it can be used on the day of the answer",
    ),
    may("fees", Text, "What it costs, in words"),
    may("accreditations", Text, "What it is accredited as"),
    may("minimum_age", Number, "From which age, in years"),
    may("maximum_age", Number, "Up to which age, in years"),
    may("assured_date", Day, "The day it was last known to be right"),
    may("alert", Text, "What must be known before it is used"),
    may("last_modified", Moment, "When what is said of it was last changed"),
    INVENTED,
    may("schedules", Many(Thing::Schedule), "When it is there"),
    may("service_areas", Many(Thing::ServiceArea), "Where those it serves live"),
    may("service_at_locations", Many(Thing::ServiceAtLocation), "Where it is held"),
    may("languages", Many(Thing::Language), "In which languages it is given"),
    may("organization", One(Thing::Organization), "The organisation that provides it"),
    may("funding", Many(Thing::Funding), "Who pays for it"),
    may("cost_options", Many(Thing::CostOption), "What it costs"),
    ATTRIBUTES,
];

const ORGANIZATION: &[Field] = &[
    ID,
    NAME,
    ABOUT,
    may("email", Email, "A shared address that answers"),
    may("website", Uri, "Its own site"),
    may("logo", Uri, "Its sign, as an image"),
    may("uri", Uri, "A lasting name for it"),
    may("parent_organization_id", Id, "The organisation it is a part of"),
    INVENTED,
    may("organization_identifiers", Many(Thing::Identifier), "Its numbers in public registers"),
    ATTRIBUTES,
];

const IDENTIFIER: &[Field] = &[
    ID,
    may("organization_id", Id, "The organisation"),
    may("identifier_scheme", Text, "The register, by its org-id code"),
    must("identifier_type", Text, "The register, in words"),
    must("identifier", Text, "The number there"),
];

const SERVICE_AT_LOCATION: &[Field] = &[
    ID,
    may("service_id", Id, "The service"),
    may("location_id", Id, "The location"),
    may("location", One(Thing::Location), "The location"),
];

const PLACE: &[Field] = &[
    ID,
    may("service_id", Id, "The service"),
    may("location_id", Id, "The location"),
    may("location", One(Thing::Location), "The location"),
    may("service", One(Thing::Service), "The service"),
];

const LOCATION: &[Field] = &[
    ID,
    must("location_type", Word(&["physical", "postal", "virtual"]), "What kind of location it is"),
    may("name", Text, "Name"),
    may("description", Text, "What it is, and how to get there"),
    may(
        "latitude",
        Number,
        "Degrees north; of the middle of its outward code, if no more is known",
    ),
    may(
        "longitude",
        Number,
        "Degrees east; of the middle of its outward code, if no more is known",
    ),
    may("external_identifier", Text, "Its number in a register of places"),
    may("external_identifier_type", Text, "That register"),
    may("addresses", Many(Thing::Address), "Its addresses"),
    may("accessibility", Many(Thing::Accessibility), "How it can be entered and used"),
    ATTRIBUTES,
];

const ADDRESS: &[Field] = &[
    ID,
    OF_LOCATION,
    must("address_1", Text, "Building and street, as far as public"),
    must("city", Text, "Town"),
    may("region", Text, "Region"),
    must("state_province", Text, "County"),
    must("postal_code", Text, "Postcode or outward code"),
    must("country", Text, "Country, by its two letters"),
    must("address_type", Word(&["physical", "postal", "virtual"]), "What kind of address it is"),
];

const ACCESSIBILITY: &[Field] = &[
    ID,
    OF_LOCATION,
    may("description", Text, "What there is"),
    may("details", Text, "More about it"),
    may("url", Uri, "Where to read more"),
];

const SCHEDULE: &[Field] = &[
    ID,
    OF_SERVICE,
    may("service_at_location_id", Id, "The service at a location it is said of"),
    may("valid_from", Day, "From which day this is so"),
    may("valid_to", Day, "Until which day this is so"),
    may("dtstart", Text, "The first day"),
    may("freq", Word(&["WEEKLY", "MONTHLY"]), "How often it comes again"),
    may("interval", Number, "Every how many weeks or months"),
    may("byday", Text, "On which days of the week"),
    may("bymonthday", Text, "On which days of the month"),
    may("description", Text, "When it is there, in words"),
    may("opens_at", Text, "From when in the day"),
    may("closes_at", Text, "Until when in the day"),
    may("schedule_link", Uri, "Where to read more"),
    may("attending_type", Text, "How it is attended"),
    may("notes", Text, "What more there is to say"),
];

const SERVICE_AREA: &[Field] = &[
    ID,
    OF_SERVICE,
    may("name", Text, "Name of the area"),
    may("extent", Text, "Its outline or its code"),
    may("extent_type", Text, "How the outline is written"),
    may("uri", Uri, "A lasting name for it"),
];

const LANGUAGE: &[Field] = &[
    ID,
    OF_SERVICE,
    may("name", Text, "Name of the language"),
    may("code", Text, "Its code (ISO 639)"),
    may("note", Text, "What more there is to say"),
];

const FUNDING: &[Field] = &[ID, OF_SERVICE, may("source", Text, "Who pays, in words")];

const COST_OPTION: &[Field] = &[
    ID,
    OF_SERVICE,
    may("valid_from", Day, "From which day this is so"),
    may("valid_to", Day, "Until which day this is so"),
    may("option", Text, "For whom or what"),
    may("amount", Number, "In pounds"),
    may("amount_description", Text, "What it is for"),
];

const ATTRIBUTE: &[Field] = &[
    ID,
    may("link_id", Id, "What has the term"),
    may("taxonomy_term_id", Id, "The term"),
    may("link_type", Text, "What kind of thing has it, or in which capacity"),
    may("taxonomy_term", One(Thing::Term), "The term"),
];

const TERM: &[Field] = &[
    ID,
    NAME,
    ABOUT,
    may("parent_id", Id, "The wider term"),
    may("taxonomy", Text, "Name of its taxonomy"),
    may("taxonomy_id", Id, "Its taxonomy"),
    may("term_uri", Uri, "A lasting name for it"),
];

const TAXONOMY: &[Field] = &[
    ID,
    NAME,
    ABOUT,
    may("uri", Uri, "A lasting name for it"),
    may("version", Text, "Its version"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_has_an_identifier_and_no_field_tells_of_a_person() {
        for thing in Thing::ALL {
            let names: Vec<&str> = thing.fields().iter().map(|field| field.name).collect();
            assert_eq!(names.first(), Some(&"id"), "{thing}");
            for refused in ["contacts", "contact", "phones", "assurer_email", "attention"] {
                assert!(!names.contains(&refused), "{thing}: {refused}");
            }
            let mut once = names.clone();
            once.sort_unstable();
            once.dedup();
            assert_eq!(once.len(), names.len(), "{thing}");
        }
    }
}
