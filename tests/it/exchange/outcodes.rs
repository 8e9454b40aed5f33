//! Outward codes in files.

use pathways::{
    app::exchange::{
        columns::Columns,
        import::{Orders, Run},
        outcodes::{export, import, known},
        report::Report,
        rows::Format,
    },
    store::outcodes,
};

use super::{Text, counts, csv, faults, kept, orders};
use crate::{store::records::doing::position, support::TestStore};

on_both_databases!(the_public_table_is_read_and_comes_back, what_is_no_outward_code_is_refused,);

const PUBLIC: &str = "postcode,eastings,northings,latitude,longitude,town,region,uk_region,\
     country,country_string\n\
     ox16,445400,240600,62.06164,-1.33911,Banbury,Oxfordshire,South East,ENG,England\n\
     OX99,0,0,51.7,-1.2,,Oxfordshire,South East,ENG,England\n";

fn takes(t: &TestStore, file: &Text, run: Run) -> Report {
    let columns = Columns::plain(known());
    let orders = Orders { run, ..orders() };
    import(&t.store, (file, &columns), orders, &mut |_| {}).unwrap()
}

async fn the_public_table_is_read_and_comes_back(t: TestStore) {
    let public = csv(PUBLIC);
    assert_eq!(counts(&takes(&t, &public, Run::Dry)), (2, 0, 0, 0));
    assert_eq!(position(&t.store), 0, "a dry run writes nothing");
    assert_eq!(kept(&takes(&t, &public, Run::Real)), (2, 0, 0, 0));
    let all = t.store.read_blocking(outcodes::all).unwrap();
    let told: Vec<_> = all.iter().map(|code| (code.code.as_str(), code.town.as_str())).collect();
    assert_eq!(told, [("OX16", "Banbury"), ("OX99", "Oxfordshire")]);
    let before = position(&t.store);
    for format in [Format::Csv, Format::JsonLines] {
        let out = || {
            let mut bytes = Vec::new();
            t.store.read_blocking(|conn| export(conn, &mut bytes, format)).unwrap();
            bytes
        };
        let file = Text(out(), format);
        assert_eq!(kept(&takes(&t, &file, Run::Real)), (0, 0, 2, 0), "{format:?}");
        assert_eq!(out(), file.0);
    }
    assert_eq!(position(&t.store), before);
    let moved = csv("outcode,county,lat,lon,town\nOX16,Oxfordshire,52.07,-1.34,Banbury\n");
    assert_eq!(kept(&takes(&t, &moved, Run::Real)), (0, 1, 0, 0));
}

async fn what_is_no_outward_code_is_refused(t: TestStore) {
    let file = csv("outcode,county,lat,lon\nOX16 5QA,Oxon,52,-1\nnowhere,Oxon,52,-1\n\
         OX16,Oxon,91,-1\nOX17,Oxon,,-1\nOX18,Oxon,52,east\nOX19,A,52,-1\nOX19,B,52,-1\n");
    let report = takes(&t, &file, Run::Real);
    assert_eq!((counts(&report), report.kept), ((0, 0, 0, 6), false));
    let told: Vec<_> = faults(&report).iter().map(|told| (told.0, told.1, told.2)).collect();
    let expected = [
        (2, "outcode", "whole postcode"),
        (3, "outcode", "text of 7 characters"),
        (4, "lat", "number"),
        (5, "lat", "empty"),
        (6, "lon", "text of 4 characters"),
        (8, "outcode", "name"),
    ];
    assert_eq!(told, expected);
    assert_eq!(t.store.read_blocking(outcodes::all).unwrap(), []);
}
