//! The published profile: how employers, pledges and toolkits extend the standard.
//!
//! Written once and shown twice, as a document for programs and as a page for people.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{
    domain::oruk::{Taxonomy, VERSION},
    web::oruk::BASE,
};

/// Its name.
pub const NAME: &str = "Pathways for employers: a profile of Open Referral UK";
/// What it is for.
pub const ABOUT: &str = "Open Referral tells of services to people and of who provides them. An \
    inclusive-economy partnership also holds what employers offer, what they have pledged, and the \
    guidance that helps them. This profile says what is added, what is left out, and how the \
    additions hang together with the things of the standard.";

/// Something that the standard has no place for.
pub struct Addition {
    /// What it is called.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// How it hangs together with things of the standard.
    pub relates: &'static str,
    /// Where it is read, below the service's address.
    pub read_at: &'static str,
    /// Its schema in the service's whole OpenAPI document.
    pub schema: &'static str,
}

/// Everything that the standard has no place for, employers first.
pub const ADDITIONS: [Addition; 6] = [
    Addition {
        name: "employer",
        about: "An organisation that hires: sector, size, sites, recognitions it holds.",
        relates: "An organization in the sense of the standard that need not provide a service. \
            It has the same name, description, website and organization_identifiers, and the term \
            \"Employer\" of the taxonomy \"organisation-kinds\". It joins the feed's list of \
            organizations only when it provides a service.",
        read_at: "/api/v1/organisations",
        schema: "OrganisationBody",
    },
    Addition {
        name: "pledge",
        about: "What an organisation promised for a year under a charter: the action, how much, \
            until when, how far it has come, who says so and when.",
        relates: "Belongs to one organization (organisation) and one charter action (action). \
            Like assured_date on a service, each pledge has the day it was last confirmed.",
        read_at: "/api/v1/pledges",
        schema: "PledgeBody",
    },
    Addition {
        name: "charter action",
        about: "An option of the charter's menu that can be pledged.",
        relates: "What a taxonomy term is to a service, an action is to a pledge: the list is \
            closed, versioned and has lasting codes.",
        read_at: "/api/v1/charter/actions",
        schema: "CharterActionBody",
    },
    Addition {
        name: "opening",
        about: "Work or a placement on offer.",
        relates: "Belongs to one organization and may name one of its sites, which is a location \
            in the sense of the standard.",
        read_at: "/api/v1/openings",
        schema: "OpeningBody",
    },
    Addition {
        name: "posture",
        about: "What an employer says in public about hiring from a group.",
        relates: "Belongs to one organization; its group is a term of the taxonomy \"groups\", the \
            same by which services for that group are found. What is told to caseworkers alone is \
            in no open document.",
        read_at: "/api/v1/postures",
        schema: "PostureBody",
    },
    Addition {
        name: "toolkit",
        about: "Guidance for employers in sections, each with sources, a date and a day by which \
            it is looked at again.",
        relates: "Names groups and stages of hiring; its groups are terms of the taxonomy \
            \"groups\", so a service and the guidance about those it serves are found by one term.",
        read_at: "/api/v1/toolkits",
        schema: "ToolkitContentsBody",
    },
];

/// What is left out of the standard's schemas, and why.
pub const LEFT_OUT: [(&str, &str, &str); 3] = [
    ("service", "contacts", "They name people, and nobody's name is in an open document here."),
    ("service", "assurer_email", "It is the address of a person."),
    ("address", "attention", "It names a person."),
];

/// What is added to the standard's own schemas.
pub const ADDED: [(&str, &str, &str); 2] = [
    (
        "service",
        "fictional",
        "True of what was invented for a demonstration. The alert says so, too.",
    ),
    ("organization", "fictional", "True of what was invented for a demonstration."),
];

/// The profile as a document of a service at an address.
pub fn document(base: &str) -> Value {
    let addition = |one: &Addition| {
        let schema = format!("{base}/api/openapi.json#/components/schemas/{}", one.schema);
        json!({
            "name": one.name, "description": one.about, "relates_to": one.relates,
            "read_at": format!("{base}{}", one.read_at), "schema": schema,
        })
    };
    let taxonomy = |one: &Taxonomy| {
        json!({
            "name": one.as_str(), "description": one.label(),
            "read_at": format!("{base}{BASE}/taxonomies/{}", one.id()),
        })
    };
    json!({
        "name": NAME, "description": ABOUT, "extends": VERSION,
        "standard": "https://docs.openreferraluk.org", "feed": format!("{base}{BASE}"),
        "openapi_url": format!("{base}{BASE}/openapi.json"),
        "merge_patches": merge_patches(),
        "additions": ADDITIONS.iter().map(addition).collect::<Vec<_>>(),
        "taxonomies": Taxonomy::ALL.iter().map(taxonomy).collect::<Vec<_>>(),
    })
}

/// For each schema of the standard what is put into it and taken from it (RFC 7396: null
/// takes away).
fn merge_patches() -> Value {
    let mut properties: BTreeMap<String, Map<String, Value>> = BTreeMap::new();
    let mut put = |schema: &str, field: &str, value: Value| {
        properties.entry(format!("{schema}.json")).or_default().insert(field.to_owned(), value);
    };
    for (schema, field, about) in ADDED {
        put(schema, field, json!({"name": field, "type": "boolean", "description": about}));
    }
    for (schema, field, _) in LEFT_OUT {
        put(schema, field, Value::Null);
    }
    let patch =
        |(schema, of_it): (String, Map<String, Value>)| (schema, json!({"properties": of_it}));
    let mut patches: Map<String, Value> = properties.into_iter().map(patch).collect();
    let parameter = |name: &str, format: &str, about: &str| {
        json!({"name": name, "in": "query", "required": false, "description": about,
            "schema": {"type": "string", "format": format}})
    };
    patches.insert(
        "openapi.json".to_owned(),
        json!({
            "paths": {
                "/organizations": {"get": {"operationId": "list_feed_organizations"}},
                "/organizations/{id}": {"get": {"operationId": "show_feed_organization"}},
            },
            "components": {"parameters": {
                "modified_after": parameter("modified_after", "date-time",
                    "What is said of it was changed then or later"),
                "organization_id": parameter("organization_id", "uuid",
                    "This organisation provides it"),
            }},
        }),
    );
    Value::Object(patches)
}
