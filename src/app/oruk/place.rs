//! Locations of our own things.

use serde_json::{Value, json};

use crate::domain::{
    oruk::id,
    place::{Gazetteer, outward_code},
};

/// A place as the register tells of it.
pub struct Told<'a> {
    /// What names it among all places.
    pub owner: [&'a str; 2],
    /// Its name within its organisation.
    pub label: &'a str,
    /// Street and house.
    pub address: Option<&'a str>,
    /// Postcode or outward code.
    pub postcode: Option<&'a str>,
    /// Town.
    pub town: Option<&'a str>,
    /// What more there is to say.
    pub note: Option<&'a str>,
}

/// The service at that place. An address is told where all is known that it must have;
/// a point is the middle of the outward code.
pub fn at_location(service: &str, told: &Told<'_>, gazetteer: &Gazetteer) -> Value {
    let [kind, owner] = told.owner;
    let location = id("location", &[kind, owner, told.label]);
    let code = told.postcode.and_then(outward_code);
    let entry = code.as_deref().and_then(|code| gazetteer.outcode(code));
    let town = told.town.or(entry.map(|entry| entry.town.as_str()));
    let addresses = told.postcode.zip(town).zip(entry).map(|((postcode, town), entry)| {
        json!([{
            "id": id("address", &[&location]), "location_id": location,
            "address_1": told.address.unwrap_or(told.label), "city": town,
            "state_province": entry.county, "postal_code": postcode, "country": "GB",
            "address_type": "physical"
        }])
    });
    let document = json!({
        "id": location, "location_type": "physical", "name": told.label,
        "description": told.note,
        "latitude": entry.map(|entry| entry.centre.lat),
        "longitude": entry.map(|entry| entry.centre.lon),
        "addresses": addresses,
    });
    json!({
        "id": id("service_at_location", &[service, &location]),
        "service_id": service, "location_id": location, "location": document
    })
}
