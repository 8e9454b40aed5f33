//! Outward codes in files: our own table, or the public one with latitude, longitude and
//! region.

use std::collections::HashMap;

use crate::{
    app::exchange::{
        columns::{Columns, Known},
        export::{ExportError, Sheet},
        form::{Fields, Given, May, Need, Reading},
        import::{ExchangeError, Faulty, Orders, Run, Source, Step, operator},
        report::Report,
        rows::{FileError, Format, Rows},
        value::{Figure, Line, Postcode, Read, Wrong},
    },
    domain::place::{Outcode, Point},
    store::{Conn, Store, outcodes},
};

/// A row of the file.
struct Entry {
    outcode: String,
    town: Option<String>,
    district: Option<String>,
    county: String,
    lat: f64,
    lon: f64,
}

fields! {
    Entry {
        "outcode" outcode: Need(Postcode);
        "town" town: May(Line(120));
        "district" district: May(Line(120));
        "county" county: Need(Line(120));
        "lat" lat: Need(Figure);
        "lon" lon: Need(Figure);
    }
}

/// The fields that a file of outward codes may have.
pub fn known() -> Known {
    Known {
        fields: Entry::shapes(),
        becomes: Vec::new(),
        aliases: &[
            ("postcode", "outcode"),
            ("latitude", "lat"),
            ("longitude", "lon"),
            ("region", "county"),
        ],
        ignored: &["eastings", "northings", "uk_region", "country", "country_string"],
    }
}

/// Imports outward codes, over those that are there.
///
/// # Errors
///
/// As [`import`](crate::app::exchange::import::import).
pub fn import<S: Source>(
    store: &Store,
    (source, columns): (&S, &Columns),
    orders: Orders,
    told: &mut dyn FnMut(Step),
) -> Result<Report, ExchangeError> {
    let mut report = Report::default();
    let mut codes: Vec<Outcode> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let input = source.open().map_err(FileError::from)?;
    let mut rows = Rows::open(input, source.format(), columns)?;
    while let Some(row) = rows.next(columns)? {
        report.rows += 1;
        let read = if row.wrong.is_empty() { read(&row.given) } else { Err(row.wrong) };
        match read {
            Err(wrong) => report.refuse(row.line, wrong),
            Ok(code) => match places.get(&code.code).and_then(|at| codes.get(*at)) {
                Some(earlier) if *earlier == code => report.unchanged += 1,
                Some(_) => {
                    let reason = "an earlier row tells something else of the same code";
                    report.refuse(row.line, vec![Wrong::of_field("outcode", "name", reason)]);
                }
                None => {
                    places.insert(code.code.clone(), codes.len());
                    codes.push(code);
                }
            },
        }
        told(Step::Read(report.rows));
    }
    if report.refused > 0 && orders.faulty == Faulty::RefuseAll {
        report.forget();
        return Ok(report);
    }
    let carried = store.write_blocking(|conn| {
        let known: HashMap<String, Outcode> =
            outcodes::all(conn)?.into_iter().map(|code| (code.code.clone(), code)).collect();
        outcodes::put_all(conn, &codes, &operator(), orders.at)?;
        for code in &codes {
            match known.get(&code.code) {
                None => report.created += 1,
                Some(old) if old == code => report.unchanged += 1,
                Some(_) => report.changed += 1,
            }
        }
        if orders.run == Run::Dry { Err(ExchangeError::TakenBack) } else { Ok(()) }
    });
    match carried {
        Ok(()) => report.kept = true,
        Err(ExchangeError::TakenBack) => {}
        Err(error) => return Err(error),
    }
    Ok(report)
}

fn read(given: &Given) -> Read<Outcode> {
    let mut reading = Reading::of(given);
    let entry = Entry::take(&mut reading);
    let (Some(entry), true) = (entry, reading.wrong.is_empty()) else { return Err(reading.wrong) };
    if entry.outcode.contains(' ') {
        let reason = "the first half of a postcode is expected, such as OX16";
        return Err(vec![Wrong::of_field("outcode", "whole postcode", reason)]);
    }
    for (field, degrees, most) in [("lat", entry.lat, 90.0), ("lon", entry.lon, 180.0)] {
        if degrees.abs() > most {
            let reason = format!("it is between -{most} and {most} degrees");
            return Err(vec![Wrong::of_field(field, "number", reason)]);
        }
    }
    // Where the table knows no town, the county is all that can be said.
    let town = entry.town.unwrap_or_else(|| entry.county.clone());
    let centre = Point { lat: entry.lat, lon: entry.lon };
    let (code, district, county) = (entry.outcode, entry.district, entry.county);
    Ok(Outcode { code, town, district, county, centre })
}

/// Writes the outward codes of the database, in their order; how many there were.
///
/// # Errors
///
/// [`ExportError`].
pub fn export<W: std::io::Write>(
    conn: &mut Conn,
    output: W,
    format: Format,
) -> Result<u64, ExportError> {
    let mut sheet = Sheet::begin(output, format, Entry::shapes())?;
    let codes = outcodes::all(conn)?;
    for code in &codes {
        let mut given = Given::new();
        let (centre, code) = (code.centre, code.clone());
        let (outcode, district, county) = (code.code, code.district, code.county);
        let town = Some(code.town);
        Entry { outcode, town, district, county, lat: centre.lat, lon: centre.lon }.put(&mut given);
        sheet.row(&given)?;
    }
    sheet.end()?;
    Ok(codes.len() as u64)
}
