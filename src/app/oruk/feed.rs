//! The feed as it is answered from: every thing as JSON, with what it is judged by, and
//! where it stands.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use serde_json::Value;

use crate::{
    app::oruk::document::{Document, brief, parts, text},
    domain::{
        oruk::{Asked, Facets, Paging, Slot, Spot, Thing, WeekDay, clock_time, moment, words},
        place::{Gazetteer, Point, outward_code},
        slug::Slug,
    },
};

/// Everything of the feed, in the order of its lists: by name, then by identifier.
#[derive(Debug, Default)]
pub struct Feed {
    made_at: NaiveDateTime,
    services: Shelf,
    places: Vec<Place>,
    places_by_id: BTreeMap<String, usize>,
    organizations: Shelf,
    taxonomies: Shelf,
    terms: Shelf,
    homes: BTreeMap<Slug, Vec<(usize, String)>>,
    members: BTreeSet<Slug>,
}

/// A page of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Where it stands.
    pub paging: Paging,
    /// What stands on it.
    pub contents: Vec<Document>,
}

/// What the feed is made of: clean documents.
#[derive(Debug, Default)]
pub struct Parts {
    /// Services.
    pub services: Vec<Document>,
    /// Organisations.
    pub organizations: Vec<Document>,
    /// Taxonomies.
    pub taxonomies: Vec<Document>,
    /// Terms.
    pub terms: Vec<Document>,
    /// Of services that came with somebody's feed, by identifier: the organisation of the
    /// register, and the feed.
    pub homes: BTreeMap<String, (Slug, String)>,
    /// Organisations of the register that it rests on.
    pub members: BTreeSet<Slug>,
}

/// A service of an organisation, for its page.
#[derive(Debug, Clone, PartialEq)]
pub struct Brought {
    /// The service.
    pub service: Document,
    /// The feed it came with.
    pub feed: String,
}

/// Things of one kind.
#[derive(Debug, Default)]
struct Shelf {
    items: Vec<Item>,
    by_id: BTreeMap<String, usize>,
}

/// A thing: its document takes least room as text, and only a page of them is read at a
/// time.
#[derive(Debug)]
struct Item {
    json: Box<str>,
    facets: Facets,
}

/// A service at one of its locations.
#[derive(Debug)]
struct Place {
    service: usize,
    id: String,
    spot: Spot,
}

impl Feed {
    /// The feed of these things; of two with the same identifier the first.
    pub fn new(parts: Parts, gazetteer: &Gazetteer, made_at: NaiveDateTime) -> Self {
        let services = Shelf::of(parts.services);
        let mut homes: BTreeMap<Slug, Vec<(usize, String)>> = BTreeMap::new();
        for (id, (slug, feed)) in parts.homes {
            if let Some(nth) = services.by_id.get(&id) {
                homes.entry(slug).or_default().push((*nth, feed));
            }
        }
        for own in homes.values_mut() {
            own.sort_unstable();
        }
        let mut places = Vec::new();
        for (service, item) in services.items.iter().enumerate() {
            let document = item.document();
            for at in self::parts(&document, "service_at_locations") {
                if let Some(id) = text(at, "id") {
                    let spot = spot(at, gazetteer);
                    places.push(Place { service, id: id.to_owned(), spot });
                }
            }
        }
        let mut places_by_id = BTreeMap::new();
        places.retain({
            let mut seen = BTreeSet::new();
            move |place: &Place| seen.insert(place.id.clone())
        });
        for (nth, place) in places.iter().enumerate() {
            places_by_id.insert(place.id.clone(), nth);
        }
        Self {
            made_at,
            services,
            places,
            places_by_id,
            organizations: Shelf::of(parts.organizations),
            taxonomies: Shelf::of(parts.taxonomies),
            terms: Shelf::of(parts.terms),
            homes,
            members: parts.members,
        }
    }

    /// Whether it rests on a record of that organisation.
    pub fn rests_on(&self, organisation: &Slug) -> bool {
        self.members.contains(organisation)
    }

    /// The services of an organisation of the register that came with somebody's feed, by
    /// name.
    pub fn brought(&self, organisation: &Slug) -> Vec<Brought> {
        let own = self.homes.get(organisation).into_iter().flatten();
        let brought = |(nth, feed): &(usize, String)| {
            let service = self.services.items.get(*nth)?.document();
            Some(Brought { service, feed: feed.clone() })
        };
        own.filter_map(brought).collect()
    }

    /// When it was put together, UTC.
    pub const fn made_at(&self) -> NaiveDateTime {
        self.made_at
    }

    /// A page of a list. [`Thing::Place`] lists services at their locations, which alone
    /// heed where something is; taxonomies and terms heed no filter.
    pub fn page(&self, thing: Thing, asked: &Asked, (page, per_page): (usize, usize)) -> Page {
        let found: Vec<usize> = match thing {
            Thing::Place => (0..self.places.len()).filter(|nth| self.has(*nth, asked)).collect(),
            _ => self.shelf(thing).having(asked),
        };
        let paging = Paging { total: found.len(), page, per_page };
        let shown = found.into_iter().skip(paging.before()).take(per_page);
        let document = |nth: usize| match thing {
            Thing::Place => self.place(nth),
            _ => self.shelf(thing).items.get(nth).map(Item::document),
        };
        let contents = shown.filter_map(document).map(|whole| brief(thing, &whole)).collect();
        Page { paging, contents }
    }

    /// A thing in full.
    pub fn find(&self, thing: Thing, id: &str) -> Option<Document> {
        let id = id.to_ascii_lowercase();
        match thing {
            Thing::Place => self.place(*self.places_by_id.get(&id)?),
            _ => self.shelf(thing).find(&id),
        }
    }

    /// How many things of a kind there are.
    pub fn count(&self, thing: Thing) -> usize {
        match thing {
            Thing::Place => self.places.len(),
            _ => self.shelf(thing).items.len(),
        }
    }

    fn shelf(&self, thing: Thing) -> &Shelf {
        match thing {
            Thing::Organization => &self.organizations,
            Thing::Taxonomy => &self.taxonomies,
            Thing::Term => &self.terms,
            _ => &self.services,
        }
    }

    fn has(&self, nth: usize, asked: &Asked) -> bool {
        let Some(place) = self.places.get(nth) else { return false };
        let service = self.services.items.get(place.service);
        service.is_some_and(|service| asked.takes_at(&service.facets, &place.spot))
    }

    /// A service at a location, with the service.
    fn place(&self, nth: usize) -> Option<Document> {
        let place = self.places.get(nth)?;
        let mut service = self.services.items.get(place.service)?.document();
        let Value::Array(all) = service.remove("service_at_locations")? else { return None };
        let own = all.into_iter().find(|at| at["id"] == place.id.as_str())?;
        let Value::Object(mut own) = own else { return None };
        own.insert("service".to_owned(), Value::Object(service));
        Some(own)
    }
}

impl Shelf {
    fn of(documents: Vec<Document>) -> Self {
        let named = |document: Document| {
            let name = words(text(&document, "name").unwrap_or_default());
            let id = text(&document, "id").unwrap_or_default().to_owned();
            (name, id, document)
        };
        let mut seen = BTreeSet::new();
        let mut named: Vec<_> = documents
            .into_iter()
            .map(named)
            .filter(|(_, id, _)| !id.is_empty() && seen.insert(id.clone()))
            .collect();
        named.sort_by(|a, b| (&a.0, &a.1).cmp(&(&b.0, &b.1)));
        let mut shelf = Self::default();
        for (nth, (_, id, document)) in named.into_iter().enumerate() {
            shelf.by_id.insert(id, nth);
            let facets = facets(&document);
            let json = Value::Object(document).to_string().into_boxed_str();
            shelf.items.push(Item { json, facets });
        }
        shelf
    }

    fn having(&self, asked: &Asked) -> Vec<usize> {
        let all = self.items.iter().enumerate();
        all.filter(|(_, item)| asked.takes(&item.facets)).map(|(nth, _)| nth).collect()
    }

    fn find(&self, id: &str) -> Option<Document> {
        self.items.get(*self.by_id.get(id)?).map(Item::document)
    }
}

impl Item {
    fn document(&self) -> Document {
        serde_json::from_str(&self.json).unwrap_or_default()
    }
}

/// What a thing is judged by.
fn facets(document: &Document) -> Facets {
    let organization = document.get("organization").and_then(Value::as_object);
    let terms: Vec<&Document> = parts(document, "attributes")
        .filter_map(|attribute| attribute.get("taxonomy_term").and_then(Value::as_object))
        .collect();
    let id_of_term = |attribute: &Document| {
        let inner = attribute.get("taxonomy_term").and_then(Value::as_object);
        let outer = text(attribute, "taxonomy_term_id");
        outer.or(inner.and_then(|term| text(term, "id"))).map(str::to_owned)
    };
    let named = [Some(document), organization].into_iter().flatten();
    let named = named.flat_map(|one| [text(one, "name"), text(one, "description")]).flatten();
    let number = |name: &str| document.get(name).and_then(Value::as_f64);
    let areas = parts(document, "service_areas").filter_map(|area| text(area, "name"));
    let areas = areas.map(words).filter(|area| !area.is_empty()).collect();
    Facets {
        words: named.chain(terms.iter().filter_map(|term| text(term, "name"))).map(words).collect(),
        organization: text(document, "organization_id")
            .or(organization.and_then(|one| text(one, "id")))
            .unwrap_or_default()
            .to_owned(),
        terms: parts(document, "attributes").filter_map(id_of_term).collect(),
        taxonomies: terms
            .iter()
            .filter_map(|term| text(term, "taxonomy_id").map(str::to_owned))
            .collect(),
        minimum_age: number("minimum_age"),
        maximum_age: number("maximum_age"),
        slots: parts(document, "schedules").map(slot).collect(),
        modified: text(document, "last_modified").and_then(moment),
        areas,
    }
}

fn slot(schedule: &Document) -> Slot {
    let days = text(schedule, "byday").unwrap_or_default().split([',', ' ', ';']);
    let mut days: Vec<WeekDay> = days.filter_map(WeekDay::parse).collect();
    if days.is_empty() {
        let first = text(schedule, "dtstart").and_then(crate::domain::oruk::day_in);
        days.extend(first.map(WeekDay::of));
    }
    let time = |name: &str| text(schedule, name).and_then(clock_time);
    Slot { days, opens: time("opens_at"), closes: time("closes_at") }
}

fn spot(at: &Document, gazetteer: &Gazetteer) -> Spot {
    let Some(location) = at.get("location").and_then(Value::as_object) else {
        return Spot::default();
    };
    let degrees = |name: &str| location.get(name).and_then(Value::as_f64);
    let mut codes = parts(location, "addresses").filter_map(|one| text(one, "postal_code"));
    let outcode = codes.find_map(outward_code);
    let told = degrees("latitude").zip(degrees("longitude")).map(|(lat, lon)| Point { lat, lon });
    let middle = outcode.as_deref().and_then(|code| gazetteer.outcode(code));
    Spot { point: told.or(middle.map(|entry| entry.centre)), outcode }
}
