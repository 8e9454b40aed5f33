//! Places: outward codes, towns and districts, and how far apart they are.
//!
//! A whole postcode is cut to its outward code before anything else happens; no
//! finer place is ever known here.

use std::collections::{BTreeMap, BTreeSet};

/// A point on the Earth, in degrees (WGS 84).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Latitude, -90 to 90.
    pub lat: f64,
    /// Longitude, -180 to 180.
    pub lon: f64,
}

/// Great-circle distance between two points, in statute miles.
///
/// The Earth is taken as a sphere of radius 6371.0088 km (the IUGG mean
/// radius): within about 0.6 % of the ellipsoid, ample to rank places. Outward
/// codes are several miles wide, so show the result rounded.
///
/// # Source
///
/// R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (2), 1984.
pub fn distance_miles(a: Point, b: Point) -> f64 {
    const KM_PER_MILE: f64 = 1.609_344;
    let half_sine = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin();
    let cosines = a.lat.to_radians().cos() * b.lat.to_radians().cos();
    let h = half_sine(a.lat, b.lat).powi(2) + cosines * half_sine(a.lon, b.lon).powi(2);
    2.0 * 6371.0088 * h.min(1.0).sqrt().asin() / KM_PER_MILE
}

/// One outward code of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcode {
    /// The code, upper case, such as `OX16`.
    pub code: String,
    /// Post town.
    pub town: String,
    /// Local authority district, where known.
    pub district: Option<String>,
    /// County.
    pub county: String,
    /// Centre.
    pub centre: Point,
}

/// A town and the outward code it lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Town {
    /// Its name.
    pub name: String,
    /// Outward code of its centre.
    pub outcode: String,
    /// Other names.
    pub aliases: Vec<String>,
}

/// A place that somebody named, as far as the table knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// What to call it.
    pub name: String,
    /// Its district, where one is known.
    pub district: Option<String>,
    /// Its county.
    pub county: String,
    /// Its centre.
    pub centre: Point,
}

/// The table of places that ships with the service or comes from a folder.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gazetteer {
    outcodes: BTreeMap<String, Outcode>,
    towns: Vec<Town>,
}

impl Gazetteer {
    /// A table of these outward codes and towns.
    pub fn new(outcodes: Vec<Outcode>, towns: Vec<Town>) -> Self {
        let outcodes = outcodes.into_iter().map(|entry| (entry.code.clone(), entry)).collect();
        Self { outcodes, towns }
    }

    /// The same table with further outward codes; they replace those that it has.
    #[must_use]
    pub fn with(&self, outcodes: Vec<Outcode>) -> Self {
        let mut table = self.clone();
        let further = outcodes.into_iter().map(|entry| (entry.code.clone(), entry));
        table.outcodes.extend(further);
        table
    }

    /// How many outward codes the table knows.
    pub fn len(&self) -> usize {
        self.outcodes.len()
    }

    /// Whether the table knows no place at all.
    pub fn is_empty(&self) -> bool {
        self.outcodes.is_empty()
    }

    /// The entry of an outward code, upper case.
    pub fn outcode(&self, code: &str) -> Option<&Outcode> {
        self.outcodes.get(code)
    }

    /// The place somebody meant by an outward code, a whole postcode, a town or
    /// a district; `None` where the table does not know it.
    pub fn find(&self, text: &str) -> Option<Place> {
        let wanted = text.trim();
        if let Some(entry) = outward_code(wanted).and_then(|code| self.outcodes.get(&code)) {
            return Some(entry.place(entry.code.clone()));
        }
        let same = |name: &str| folded(name) == folded(wanted);
        if let Some(town) =
            self.towns.iter().find(|town| same(&town.name) || town.aliases.iter().any(|a| same(a)))
        {
            return self.outcodes.get(&town.outcode).map(|entry| entry.place(town.name.clone()));
        }
        self.district(wanted)
    }

    /// Every district, in alphabetical order.
    pub fn districts(&self) -> BTreeSet<&str> {
        self.outcodes.values().filter_map(|entry| entry.district.as_deref()).collect()
    }

    /// The names of all places, without other names and misspellings.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let towns = self.towns.iter().map(|town| &town.name);
        let codes = self.outcodes.keys();
        towns.chain(codes).map(String::as_str).chain(self.districts())
    }

    /// The middle of a district: the mean of its outward codes' centres.
    fn district(&self, wanted: &str) -> Option<Place> {
        let inside: Vec<&Outcode> = self
            .outcodes
            .values()
            .filter(|entry| entry.district.as_deref().is_some_and(|d| folded(d) == folded(wanted)))
            .collect();
        let first = inside.first()?;
        let count = f64::from(u32::try_from(inside.len()).ok()?);
        let mean =
            |of: fn(&Outcode) -> f64| inside.iter().map(|entry| of(entry)).sum::<f64>() / count;
        Some(Place {
            name: first.district.clone()?,
            district: first.district.clone(),
            county: first.county.clone(),
            centre: Point { lat: mean(|e| e.centre.lat), lon: mean(|e| e.centre.lon) },
        })
    }
}

impl Outcode {
    fn place(&self, name: String) -> Place {
        Place {
            name,
            district: self.district.clone(),
            county: self.county.clone(),
            centre: self.centre,
        }
    }
}

/// The outward code of a postcode or outward code, upper case; `None` for text
/// of another form.
///
/// Takes `ox16 5qa`, `OX165QA` and `ox16` alike. The form is checked, not
/// whether the code exists.
pub fn outward_code(text: &str) -> Option<String> {
    let code: String =
        text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    if !code.is_ascii() || !(2..=7).contains(&code.len()) {
        return None;
    }
    let inward = |part: &str| {
        let mut chars = part.chars();
        chars.next().is_some_and(|c| c.is_ascii_digit()) && chars.all(|c| c.is_ascii_uppercase())
    };
    let outward = match code.len().checked_sub(3).map(|at| code.split_at(at)) {
        Some((outward, rest)) if is_outward(outward) && inward(rest) => outward,
        _ => code.as_str(),
    };
    is_outward(outward).then(|| outward.to_owned())
}

/// The longest name of a place that is kept, in characters.
pub const LONGEST_PLACE: usize = 80;

/// A place as it is kept: a postcode is cut to its outward code, anything else is the
/// name of a town or district. `None` for what is neither: names have no figures, so that
/// no finer place is kept by being written otherwise.
pub fn place_name(text: &str) -> Option<String> {
    if text.chars().count() > LONGEST_PLACE {
        return None;
    }
    if let Some(code) = outward_code(text) {
        return Some(code);
    }
    let name = text.trim();
    let part = |c: char| c.is_alphabetic() || " -'’.&()".contains(c);
    let is_name = name.chars().all(part) && name.chars().any(char::is_alphabetic);
    is_name.then(|| name.to_owned())
}

/// One or two letters, a digit, and perhaps one more digit or letter.
fn is_outward(code: &str) -> bool {
    let letters = code.chars().take_while(char::is_ascii_uppercase).count();
    let rest: Vec<char> = code.chars().skip(letters).collect();
    (1..=2).contains(&letters)
        && match rest.as_slice() {
            [digit] => digit.is_ascii_digit(),
            [digit, last] => {
                digit.is_ascii_digit() && (last.is_ascii_digit() || last.is_ascii_uppercase())
            }
            _ => false,
        }
}

fn folded(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Gazetteer {
        let entry = |code: &str, town: &str, district: &str, lat, lon| Outcode {
            code: code.into(),
            town: town.into(),
            district: Some(district.into()),
            county: "Oxfordshire".into(),
            centre: Point { lat, lon },
        };
        let town = |name: &str, outcode: &str, alias: &str| Town {
            name: name.into(),
            outcode: outcode.into(),
            aliases: vec![alias.into()],
        };
        Gazetteer::new(
            vec![
                entry("OX16", "Banbury", "Cherwell", 52.061, -1.337),
                entry("OX26", "Bicester", "Cherwell", 51.899, -1.153),
                entry("OX1", "Oxford", "Oxford", 51.747, -1.260),
            ],
            vec![town("Banbury", "OX16", "Grimsbury"), town("Oxford", "OX1", "Oxford city")],
        )
    }

    #[test]
    fn a_whole_postcode_is_cut_to_its_outward_code() {
        for text in ["OX16 5QA", "ox165qa", " ox16 ", "OX16"] {
            assert_eq!(outward_code(text).as_deref(), Some("OX16"), "{text}");
        }
        assert_eq!(outward_code("W1A 1AA").as_deref(), Some("W1A"));
        assert_eq!(outward_code("OX1 1AA").as_deref(), Some("OX1"));
        for text in ["Banbury", "", "OX", "1OX", "OX16 5QA 7", "ÖX1", "12345"] {
            assert_eq!(outward_code(text), None, "{text}");
        }
    }

    #[test]
    fn a_place_is_kept_without_what_is_finer_than_an_outward_code() {
        for (typed, kept) in [
            ("ox16 5qa", Some("OX16")),
            (" OX16", Some("OX16")),
            ("Bishop's Stortford ", Some("Bishop's Stortford")),
            ("Vale of White Horse", Some("Vale of White Horse")),
            ("12 High Street", None),
            ("OX16 5QA, Banbury", None),
            ("- -", None),
            ("", None),
        ] {
            assert_eq!(place_name(typed).as_deref(), kept, "{typed}");
        }
        assert_eq!(place_name(&"a".repeat(81)), None);
    }

    #[test]
    fn a_place_is_found_by_code_town_alias_and_district() {
        let table = table();
        for text in ["OX16", "ox16 5qa", "banbury", "Grimsbury"] {
            assert_eq!(table.find(text).unwrap().district.as_deref(), Some("Cherwell"), "{text}");
        }
        let district = table.find("cherwell").unwrap();
        assert!((district.centre.lat - 51.98).abs() < 0.001);
        assert_eq!(table.find("Atlantis"), None);
    }

    #[test]
    fn banbury_is_about_22_miles_from_oxford_and_distance_has_no_direction() {
        let at = |name| table().find(name).unwrap().centre;
        let miles = distance_miles(at("OX1"), at("OX16"));
        assert!((21.0..23.0).contains(&miles), "{miles}");
        assert!((miles - distance_miles(at("OX16"), at("OX1"))).abs() < 1e-9);
        assert!(distance_miles(at("OX1"), at("OX1")) < 1e-9);
    }
}
