//! What the register itself has of services: courses of providers, and the support of
//! organisations of that kind.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde_json::{Value, json};

use crate::{
    app::oruk::{
        Ground,
        document::{Document, LeftOut, clean},
        feed::Parts,
        place::{self, Told},
        schedule,
        terms::{Terms, taxonomy},
    },
    domain::{
        oruk::{FICTIONAL, Taxonomy, Thing, id},
        register::{
            Audience, Channel, Course, Delivery, Identifier, Organisation, OrganisationKind,
            Provider, Record,
        },
        slug::Slug,
    },
};

/// Writes the register's own services.
pub struct Own<'a> {
    ground: Ground<'a>,
    terms: Terms,
    /// When what is kept of courses was last written, UTC.
    written: &'a BTreeMap<Slug, NaiveDateTime>,
    parts: Parts,
}

impl<'a> Own<'a> {
    /// Begins with the taxonomies and everything the reference data has.
    pub fn new(ground: Ground<'a>, written: &'a BTreeMap<Slug, NaiveDateTime>) -> Self {
        let mut own = Self { ground, terms: Terms::of(ground), written, parts: Parts::default() };
        for one in Taxonomy::ALL {
            own.parts.taxonomies.extend(cleaned(Thing::Taxonomy, &taxonomy(*one)));
        }
        let terms = own.terms.all().filter_map(|term| cleaned(Thing::Term, term));
        own.parts.terms = terms.collect();
        for provider in ground.reference.providers.iter().filter(|one| !one.courses.is_empty()) {
            let organization = own.provider(provider);
            for course in &provider.courses {
                let service = own.course(provider, course, &organization);
                own.parts.services.extend(cleaned(Thing::Service, &service));
            }
            own.parts.organizations.extend(cleaned(Thing::Organization, &organization));
        }
        own
    }

    /// Adds the support of an organisation.
    pub fn add(&mut self, record: &Record<Organisation>) {
        let organization = self.organisation(record);
        let service = self.support(record, &organization);
        self.parts.services.extend(cleaned(Thing::Service, &service));
        self.parts.organizations.extend(cleaned(Thing::Organization, &organization));
    }

    /// All of it.
    pub fn done(self) -> Parts {
        self.parts
    }

    fn provider(&self, provider: &Provider) -> Value {
        let id = id("organization", &["provider", &provider.slug]);
        let kind = OrganisationKind::Provider.as_str();
        json!({
            "name": provider.name, "description": provider.summary, "website": provider.website,
            "fictional": provider.provenance.fictional,
            "attributes": [self.terms.attribute((&id, "organization"), Taxonomy::Kinds, kind)],
            "id": id,
        })
    }

    fn course(&self, provider: &Provider, course: &Course, organization: &Value) -> Value {
        let (today, details) = (self.ground.today, &course.details);
        let id = id("service", &["course", &course.slug]);
        let (costs, fees) = schedule::costs(&id, course, today);
        let fictional = provider.provenance.fictional || course.provenance.fictional;
        let needs = details.entry_requirements.as_deref();
        let needs = needs.map(|needs| format!("\n\nWhat a learner must bring: {needs}"));
        let as_of = course.provenance.as_of;
        let written = self.written.get(&course.slug).copied().or(as_of.and_hms_opt(0, 0, 0));
        let one = |taxonomy, slug: &Slug| self.terms.attribute((&id, "service"), taxonomy, slug);
        let sectors = course.sectors.iter().filter_map(|slug| one(Taxonomy::Sectors, slug));
        let groups = course.cohorts.iter().filter_map(|slug| one(Taxonomy::Groups, slug));
        let kind = one(Taxonomy::CourseTypes, &course.course_type);
        json!({
            "organization_id": organization["id"], "name": course.title,
            "description": course.summary.clone() + needs.as_deref().unwrap_or_default(),
            "url": details.url,
            "status": status(schedule::is_open(course, today)),
            "fees": fees, "cost_options": costs,
            "assured_date": as_of.to_string(), "last_modified": written.map(moment),
            "fictional": fictional, "alert": fictional.then_some(FICTIONAL),
            "schedules": schedule::schedules(&id, course, today),
            "funding": schedule::funding(&id, course, today),
            "service_at_locations": self.venues(&id, provider, course),
            "organization": organization,
            "attributes": kind.into_iter().chain(sectors).chain(groups).collect::<Vec<_>>(),
            "id": id,
        })
    }

    fn venues(&self, service: &str, provider: &Provider, course: &Course) -> Vec<Value> {
        if course.details.delivery == Some(Delivery::Online) {
            return Vec::new();
        }
        let named = course.venue.as_ref();
        let venues =
            provider.venues.iter().filter(|venue| named.is_none_or(|at| *at == venue.label));
        let told = |venue: &crate::domain::register::Venue| {
            let told = Told {
                owner: ["provider", &provider.slug],
                label: &venue.label,
                address: None,
                postcode: venue.outcode.as_deref(),
                town: venue.town.as_deref(),
                note: venue.note.as_deref(),
            };
            place::at_location(service, &told, self.ground.gazetteer)
        };
        venues.map(told).collect()
    }

    fn organisation(&self, record: &Record<Organisation>) -> Value {
        let body = &record.body;
        let id = id("organization", &["organisation", &record.slug]);
        let number = |one: &Identifier| {
            json!({
                "id": crate::domain::oruk::id("organization_identifier", &[&id, &one.scheme, &one.id]),
                "organization_id": id, "identifier_scheme": one.scheme,
                "identifier_type": one.scheme, "identifier": one.id,
            })
        };
        let kind = body.kind.as_str();
        json!({
            "name": body.name,
            "description": body.description.as_deref().unwrap_or(body.kind.label()),
            "email": shared_address(body), "website": body.website,
            "fictional": record.fictional,
            "organization_identifiers": body.identifiers.iter().map(number).collect::<Vec<_>>(),
            "attributes": [self.terms.attribute((&id, "organization"), Taxonomy::Kinds, kind)],
            "id": id,
        })
    }

    fn support(&self, record: &Record<Organisation>, organization: &Value) -> Value {
        let body = &record.body;
        let id = id("service", &["organisation", &record.slug]);
        let places = body.sites.iter().map(|site| {
            let told = Told {
                owner: ["organisation", &record.slug],
                label: &site.label,
                address: site.address.as_deref(),
                postcode: site.postcode.as_deref(),
                town: site.town.as_deref(),
                note: site.transport_note.as_deref(),
            };
            place::at_location(&id, &told, self.ground.gazetteer)
        });
        let sector = body.sector.as_ref();
        let sector =
            sector.and_then(|slug| self.terms.attribute((&id, "service"), Taxonomy::Sectors, slug));
        json!({
            "organization_id": organization["id"], "name": body.name,
            "description": body.description, "url": body.website, "email": shared_address(body),
            "status": status(record.counts_on(self.ground.today)),
            "assured_date": record.relied_on().map(|day| day.to_string()),
            "last_modified": moment(record.recorded_at),
            "fictional": record.fictional, "alert": record.fictional.then_some(FICTIONAL),
            "service_at_locations": places.collect::<Vec<_>>(),
            "organization": organization,
            "attributes": sector.into_iter().collect::<Vec<_>>(),
            "id": id,
        })
    }
}

/// A shared e-mail address that everybody may know, unless the organisation asked not to
/// be contacted.
fn shared_address(body: &Organisation) -> Option<&str> {
    let by_mail = |channel| channel == Channel::Email;
    let open = body.contacts.iter().filter(|one| one.audience == Audience::Public);
    let found = open.into_iter().find(|one| by_mail(one.channel)).map(|one| one.value.as_str());
    found.filter(|_| !body.do_not_contact)
}

const fn status(open: bool) -> &'static str {
    if open { "active" } else { "inactive" }
}

fn moment(at: NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A thing of our own with nothing but what the allow-list names.
fn cleaned(thing: Thing, value: &Value) -> Option<Document> {
    clean(thing, value, &mut LeftOut::default())
}
