//! Which record a row means, and what it says over what is there.

use pathways::{
    app::exchange::import::Orders,
    domain::{
        register::{Organisation, Record, Voice},
        size_band::SizeBand,
    },
};

use super::{counts, csv, faults, kept, names, orders, taken, tried};
use crate::{
    store::{
        fixture::slug,
        records::doing::{day, find},
    },
    support::TestStore,
};

on_both_databases!(
    a_row_means_the_record_of_its_name_then_its_number_then_its_words,
    two_of_one_name_are_told_apart_by_their_numbers,
    what_has_no_column_stays_and_an_empty_cell_takes_away,
    friendly_columns_touch_only_what_they_are_about,
    a_row_that_an_earlier_one_contradicts_is_refused,
    who_said_it_stays_until_something_else_is_said,
);

fn firm(t: &TestStore, name: &str) -> Record<Organisation> {
    find::<Organisation>(&t.store, &slug(name))
}

fn takes(t: &TestStore, text: &str) -> (u64, u64, u64, u64) {
    kept(&taken::<Organisation>(&t.store, &csv(text)))
}

async fn a_row_means_the_record_of_its_name_then_its_number_then_its_words(t: TestStore) {
    let file = "slug,name,kind,company_number\nmill,Old Mill (fictional),employer,01234567\n";
    assert_eq!(takes(&t, file), (1, 0, 0, 0));
    assert_eq!(takes(&t, "slug,name,kind\nmill,Mill (fictional),employer\n"), (0, 1, 0, 0));
    assert_eq!(takes(&t, "company_number,town\n1234567,Banbury\n"), (0, 1, 0, 0), "the nought");
    let record = firm(&t, "mill");
    assert_eq!((record.body.name.as_str(), record.version), ("Mill (fictional)", 3));
    assert_eq!(record.body.sites[0].town.as_deref(), Some("Banbury"));
    assert_eq!(takes(&t, "name,kind\nBrook (fictional),employer\n"), (1, 0, 0, 0));
    assert_eq!(takes(&t, "name,kind,town\nBrook (fictional),employer,Bicester\n"), (0, 1, 0, 0));
    assert_eq!(names::<Organisation>(&t.store), [slug("brook-fictional"), slug("mill")]);
    let other = csv("slug,name,kind,company_number\nbrook-fictional,B,employer,1234567\n");
    let report = taken::<Organisation>(&t.store, &other);
    assert_eq!(faults(&report)[0].3, "another organisation has this number");
}

async fn two_of_one_name_are_told_apart_by_their_numbers(t: TestStore) {
    let file = "name,kind,company_number\nMill (fictional),employer,1\n\
         Mill (fictional),employer,2\nMill (fictional),employer,1\n";
    assert_eq!(takes(&t, file), (2, 0, 1, 0), "the third row is the first once more");
    let expected = [slug("mill-fictional"), slug("mill-fictional-00000002")];
    assert_eq!(names::<Organisation>(&t.store), expected);
    let turned = "name,kind,company_number\nMill (fictional),employer,2\n\
         Mill (fictional),employer,1\n";
    assert_eq!(takes(&t, turned), (0, 0, 2, 0), "in whichever order");
}

async fn what_has_no_column_stays_and_an_empty_cell_takes_away(t: TestStore) {
    let file = "slug,name,kind,website,description\n\
         mill,Mill (fictional),employer,https://mill.example,Grinds.\n";
    assert_eq!(takes(&t, file), (1, 0, 0, 0));
    assert_eq!(takes(&t, "slug,description\nmill,\n"), (0, 1, 0, 0));
    let body = firm(&t, "mill").body;
    assert_eq!(body.description, None);
    assert_eq!(body.website.as_deref(), Some("https://mill.example"));
    let report = taken::<Organisation>(&t.store, &csv("slug,name\nmill,\n"));
    assert_eq!(faults(&report), [(2, "name", "empty", "a value is needed")]);
    let report = taken::<Organisation>(&t.store, &csv("slug,website\nnew,https://n.example\n"));
    let expected =
        [(2, "name", "empty", "a value is needed"), (2, "kind", "empty", "a value is needed")];
    assert_eq!(faults(&report), expected, "a new one needs what it must have");
}

async fn friendly_columns_touch_only_what_they_are_about(t: TestStore) {
    let file = "slug,name,kind,identifiers,sites\nmill,Mill (fictional),employer,\
         \"[{\"\"scheme\"\":\"\"GB-CHC\"\",\"\"id\"\":\"\"1234567\"\"}]\",\
         \"[{\"\"label\"\":\"\"Depot\"\"}]\"\n";
    assert_eq!(takes(&t, file), (1, 0, 0, 0));
    let list = "charity_number,company_number,ukprn,address,postcode,town,district,size\n\
         1234567,sc1234,10001234,\"1 Mill Lane\nBanbury\",ox165qa,Banbury,Cherwell,250 to 499\n";
    assert_eq!(takes(&t, list), (0, 1, 0, 0));
    let body = firm(&t, "mill").body;
    let numbers: Vec<_> =
        body.identifiers.iter().map(|one| format!("{}:{}", one.scheme, one.id)).collect();
    assert_eq!(numbers, ["GB-CHC:1234567", "GB-COH:SC001234", "GB-UKPRN:10001234"]);
    let labels: Vec<_> = body.sites.iter().map(|site| site.label.as_str()).collect();
    assert_eq!(labels, ["Main site", "Depot"]);
    assert_eq!(body.sites[0].postcode.as_deref(), Some("OX16 5QA"));
    assert_eq!(body.size_band.map(SizeBand::as_str), Some("large"));
    assert_eq!(takes(&t, list), (0, 0, 1, 0));
    let empty = "charity_number,company_number,town,size\n1234567,,,\n";
    assert_eq!(takes(&t, empty), (0, 0, 1, 0), "others leave empty what they do not know");
}

async fn a_row_that_an_earlier_one_contradicts_is_refused(t: TestStore) {
    let file = csv("slug,name,kind\nmill,Mill (fictional),employer\n\
         mill,Other (fictional),employer\nmill,Mill (fictional),employer\n");
    let report = taken::<Organisation>(&t.store, &file);
    assert_eq!((counts(&report).3, report.kept), (1, false));
    let reason = "an earlier row tells something else of the same record";
    assert_eq!(faults(&report), [(3, "slug", "name", reason)]);
}

async fn who_said_it_stays_until_something_else_is_said(t: TestStore) {
    let file = "slug,name,kind,voice,stated_by,stated_on,source\n\
         mill,Mill (fictional),employer,organisation,HR manager,2026-03-01,https://mill.example\n";
    assert_eq!(takes(&t, file), (1, 0, 0, 0));
    assert_eq!(takes(&t, "slug,kind\nmill,employer\n"), (0, 0, 1, 0), "nothing new is said");
    let said = firm(&t, "mill").said;
    assert_eq!((said.voice, said.on), (Voice::Organisation, day(2026, 3, 1)));
    let orders = Orders { default_on: day(2026, 10, 1), ..orders() };
    let charity = csv("slug,kind\nmill,charity\n");
    assert_eq!(kept(&tried::<Organisation>(&t.store, &charity, orders).unwrap()), (0, 1, 0, 0));
    let said = firm(&t, "mill").said;
    assert_eq!((said.voice, said.on), (Voice::List, day(2026, 10, 1)), "the list says it");
    assert_eq!((said.by, said.source), (None, None), "nobody else said this");
}
