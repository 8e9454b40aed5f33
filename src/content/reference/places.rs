//! `places.csv` and `places.toml` to the [`Gazetteer`].

use super::{raw::RawPlaces, read, records::outcode};
use crate::{
    content::{
        fault::Fault,
        files::Files,
        toml_text::{At, Values},
    },
    domain::place::{Gazetteer, Outcode, Point, Town, outward_code},
};

const HEADER: [&str; 6] = ["outcode", "town", "district", "county", "lat", "lon"];

/// Reads both files; a row that cannot be read is left out and named.
pub(super) fn read_places(files: &Files, faults: &mut Vec<Fault>) -> Gazetteer {
    let outcodes = match files.text("places.csv") {
        Some(text) => rows(text, faults),
        None => Vec::new(),
    };
    let mut towns = Vec::new();
    read(files, "places.toml", faults, |text, raw: RawPlaces, faults| {
        for (nth, raw) in raw.towns.into_iter().enumerate() {
            let mut values = Values::of(text, &[At::Key("towns"), At::Nth(nth)], faults);
            let Some(code) = outcode("outcode", &raw.outcode, &mut values) else { continue };
            if !outcodes.iter().any(|known| known.code == code) {
                let message = format!("{code} is not in places.csv");
                values.fault("outcode", "unknown-outcode", message);
                continue;
            }
            towns.push(Town { name: raw.name, outcode: code, aliases: raw.aliases });
        }
        for (nth, raw) in raw.districts.into_iter().enumerate() {
            let named = |entry: &Outcode| entry.district.as_deref() == Some(raw.name.as_str());
            if !outcodes.iter().any(|entry| named(entry) && entry.county == raw.county) {
                let message = format!("no outward code of {} lies in {}", raw.county, raw.name);
                let mut values = Values::of(text, &[At::Key("districts"), At::Nth(nth)], faults);
                values.fault("name", "unknown-district", message);
            }
        }
    });
    Gazetteer::new(outcodes, towns)
}

fn rows(text: &str, faults: &mut Vec<Fault>) -> Vec<Outcode> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let fault = |line: Option<u64>, message: String| {
        let line = line.and_then(|line| usize::try_from(line).ok());
        Fault::error("places.csv", line, "places", message)
    };
    let header_fits = reader.headers().is_ok_and(|header| header.iter().eq(HEADER));
    if !header_fits {
        faults.push(fault(Some(1), format!("the header must be {}", HEADER.join(","))));
        return Vec::new();
    }
    let mut outcodes: Vec<Outcode> = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push(fault(error.position().map(csv::Position::line), error.to_string()));
                continue;
            }
        };
        let line = record.position().map(csv::Position::line);
        match row(&record) {
            Some(entry) if outcodes.iter().any(|other| other.code == entry.code) => {
                faults.push(fault(line, format!("{} is there twice", entry.code)));
            }
            Some(entry) => outcodes.push(entry),
            None => {
                let message = "needs an outward code, a town, a county, and degrees north and east";
                faults.push(fault(line, message.to_owned()));
            }
        }
    }
    outcodes
}

fn row(record: &csv::StringRecord) -> Option<Outcode> {
    let text = |column| record.get(column).map(str::trim).filter(|text| !text.is_empty());
    let degrees = |column, most: f64| {
        let degrees: f64 = text(column)?.parse().ok()?;
        (degrees.abs() <= most).then_some(degrees)
    };
    Some(Outcode {
        code: outward_code(text(0)?)?,
        town: text(1)?.to_owned(),
        district: text(2).map(str::to_owned),
        county: text(3)?.to_owned(),
        centre: Point { lat: degrees(4, 90.0)?, lon: degrees(5, 180.0)? },
    })
}
