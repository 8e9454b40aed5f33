//! A coordinator's own spreadsheet, by a map of its headings and words.

use pathways::{
    app::exchange::{
        columns::{Columns, NoField},
        import::{Faulty, Orders, import, known},
        report::Report,
        rows::Format,
    },
    domain::register::{Event, Organisation},
};

use super::{Text, counts, csv, faults, given, kept, names, orders, taken};
use crate::{
    store::{
        fixture::slug,
        records::doing::{find, position},
    },
    support::TestStore,
};

on_both_databases!(
    a_list_with_every_fault_of_the_real_one_is_taken_by_its_map,
    words_of_others_are_translated_and_constants_fill_what_is_empty,
);

const LIST: &[u8] = include_bytes!("fixtures/sample-list.csv");
const MAP: &str = include_str!("fixtures/sample-map.toml");

fn mapped(t: &TestStore, map: &str, file: &Text, orders: Orders) -> Report {
    let columns = Columns::mapped(known::<Organisation>(), map).unwrap();
    import::<Organisation, _>(&t.store, (file, &columns), orders, &mut |_| {}).unwrap()
}

async fn a_list_with_every_fault_of_the_real_one_is_taken_by_its_map(t: TestStore) {
    let file = Text(LIST.to_vec(), Format::Csv);
    let report = mapped(&t, MAP, &file, orders());
    assert_eq!((counts(&report), report.kept), ((0, 0, 0, 1), false));
    let reason = "a postcode is written as OX16 5QA, or its first half, OX16";
    let bad = (13, "postcode", "text of 9 characters", reason);
    assert_eq!(faults(&report), [bad], "the line is that of an editor");
    let orders = Orders { faulty: Faulty::LeaveOut, ..orders() };
    assert_eq!(kept(&mapped(&t, MAP, &file, orders)), (6, 0, 0, 1));
    let before = position(&t.store);
    assert_eq!(kept(&mapped(&t, MAP, &file, orders)), (0, 0, 6, 1));
    assert_eq!(position(&t.store), before);

    let firm = |name: &str| find::<Organisation>(&t.store, &slug(name));
    let leisure = firm("brook-leisure-limited-fictional");
    assert_eq!(leisure.body.sic, ["93110", "93130", "01110"], "the nought is back");
    assert_eq!(leisure.body.identifiers[0].id, "02566586");
    assert_eq!(leisure.body.aliases, [""; 0], "the old name is the new one");
    assert_eq!(leisure.said.source.as_deref(), Some("Invented returns, 2019-20"));
    let renamed = firm("new-name-ltd-fictional");
    assert_eq!(renamed.body.aliases, ["OLD NAME LTD (FICTIONAL)"]);
    assert_eq!(renamed.body.sic, ["47110"], "no code, and the same code twice");
    assert_eq!(renamed.body.size_band, None, "less than 250 is one of several bands");
    let address = renamed.body.sites[0].address.as_deref();
    assert_eq!(address, Some("7 Station Road,\r\nDidcot"));
    assert_eq!(firm("melin-y-bryn-and-hill-mill-fictional").body.identifiers[0].id, "SC000641");
    assert_eq!(names::<Organisation>(&t.store).len(), 6, "the twins are two");
    let exported = given::<Organisation>(&t.store, Format::Csv);
    assert_eq!(kept(&taken::<Organisation>(&t.store, &exported)), (0, 0, 6, 0));
}

async fn words_of_others_are_translated_and_constants_fill_what_is_empty(t: TestStore) {
    let map = "[columns]\n'Firm' = 'name'\n'Sort' = 'kind'\n'Also' = 'aliases'\n\
         [values]\nkind = {'Private sector' = 'employer', 'NHS' = 'public-body'}\n\
         aliases = {'n/a' = ''}\n[constants]\nkind = 'charity'\nfictional = true\n\
         sic = ['84110']\n[skip]\nheadings = ['Telephone']\n";
    let file = csv("Firm,Sort,Also,Telephone\n  Mill , Private sector ,n/a,1\n\
         Brook,NHS,The Brook; n/a,2\nHill,,Hill; Hills,3\n");
    assert_eq!(kept(&mapped(&t, map, &file, orders())), (3, 0, 0, 0));
    let firm = |name: &str| find::<Organisation>(&t.store, &slug(name));
    let told: Vec<_> = ["mill", "brook", "hill"]
        .map(|name| (firm(name).body.kind.to_string(), firm(name).body.aliases.join("; ")))
        .to_vec();
    let expected = [("employer", ""), ("public-body", "The Brook"), ("charity", "Hills")];
    assert_eq!(told, expected.map(|(kind, names)| (kind.to_owned(), names.to_owned())));
    assert!(firm("mill").fictional);
    assert_eq!(firm("mill").body.sic, ["84110"]);
}

#[test]
fn a_map_that_names_no_field_is_told_the_nearest() {
    let map = |text: &str| Columns::mapped(known::<Organisation>(), text).map(|_| ());
    let nearest = |typed: &str, field: &str| NoField::OfMap(typed.into(), field.into());
    assert_eq!(map("[columns]\nX = 'nmae'\n"), Err(nearest("nmae", "name")));
    assert_eq!(map("[constants]\nsic_code = '1'\n"), Err(nearest("sic_code", "sic")));
    assert_eq!(map("[values]\nkindly = {}\n"), Err(nearest("kindly", "kind")));
    for unreadable in ["nonsense", "[colums]\n", "[columns]\nX = 3\n", "[skip]\nheading = []\n"] {
        assert!(matches!(map(unreadable), Err(NoField::Unreadable(_))), "{unreadable}");
    }
    assert_eq!(map(""), Ok(()));
    assert_eq!(map(MAP), Ok(()));
}

#[test]
fn headings_are_known_however_they_are_written_and_others_are_refused() {
    let columns = Columns::plain(known::<Organisation>());
    let target = |heading: &str| columns.target(heading).map(|field| field.map(|(name, _)| name));
    for heading in ["company_number", "Company number", " COMPANY-NUMBER "] {
        assert_eq!(target(heading), Ok(Some("company_number")), "{heading}");
    }
    let unknown = NoField::Heading("postcodes".into(), "postcode".into());
    assert_eq!(target("postcodes"), Err(unknown));
    let all = |line: &str| columns.targets(line.split(',')).map(|_| ());
    assert_eq!(all("name,Name"), Err(vec![NoField::Twice("name")]));
    let beside = vec![NoField::Beside("postcode", "sites")];
    assert_eq!(all("name,sites,postcode"), Err(beside));
    assert_eq!(all("name,version,url").unwrap_err().len(), 2, "what the register computes");
    let events = Columns::plain(known::<Event>());
    assert!(events.target("postcode").is_ok() && events.target("sic").is_err());
}
