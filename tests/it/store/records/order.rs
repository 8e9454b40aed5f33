//! The order of names on a PostgreSQL that orders by the rules of a language: it is that
//! of bytes, as on SQLite and in the domain.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use pathways::domain::register::{Organisation, RecordKind};
use pathways::domain::slug::Slug;
use pathways::store::records;

use super::doing::{any_of, create, draft, everything, fitting, page, today};
use super::fixture::{organisation, site};
use crate::store::fixture::slug;
use crate::support::connect;

/// A database that is gone after the test.
struct Database {
    server: String,
    name: String,
}

impl Database {
    fn run(server: &str, sql: &str) {
        PgConnection::establish(server).unwrap().batch_execute(sql).unwrap();
    }

    fn new(server: String) -> Self {
        let name = format!("english_{}", std::process::id());
        Self::run(
            &server,
            &format!(
                "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' \
                 LOCALE_PROVIDER icu ICU_LOCALE 'en-GB-u-ka-shifted' LOCALE 'C'"
            ),
        );
        Self { server, name }
    }

    fn url(&self) -> String {
        self.server.replace("/postgres?", &format!("/{}?", self.name))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        Self::run(&self.server, &format!("DROP DATABASE {} WITH (FORCE)", self.name));
    }
}

#[test]
fn names_are_in_the_order_of_bytes_whatever_the_database_is_told() {
    let Some(server) = std::env::var_os("TEST_POSTGRES_URL") else { return };
    let database = Database::new(server.into_string().unwrap());
    let store = connect(&database.url());
    store.migrate().unwrap();
    // A language passes over hyphens and puts digits elsewhere.
    let names = ["a-b", "a-c", "a-z-9", "a1", "ab", "ab-1", "aba", "b", "b-a", "ba"];
    for name in names.iter().rev() {
        let mut new = draft(organisation(name));
        new.slug = Some(slug(name));
        new.body.sites = vec![site("Here", "ÉTRETAT", "OX1")];
        create(&store, &new).unwrap();
    }
    let expected: Vec<Slug> = names.iter().map(|name| slug(name)).collect();
    let mut sorted = expected.clone();
    sorted.sort();
    assert_eq!(sorted, expected);
    let listed = page::<Organisation>(&store, &everything()).0.into_iter();
    assert_eq!(listed.map(|record| record.slug).collect::<Vec<_>>(), expected);
    let (mut walked, mut after) = (Vec::new(), None::<Slug>);
    loop {
        let some = store.read_blocking(|conn| {
            records::names_after(conn, RecordKind::Organisation, after.as_ref(), 3)
        });
        let some = some.unwrap();
        let records = store
            .read_blocking(|conn| records::following::<Organisation>(conn, after.as_ref(), 3))
            .unwrap();
        assert!(records.iter().map(|record| &record.slug).eq(&some));
        let Some(last) = some.last() else { break };
        after = Some(last.clone());
        walked.extend(some);
    }
    assert_eq!(walked, expected);
    let found =
        |town: &str| fitting::<Organisation>(&store, vec![any_of("town", &[town])], today()).len();
    assert_eq!((found("Étretat"), found("étretat")), (names.len(), 0), "as on SQLite");
}
