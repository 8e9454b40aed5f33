//! Files of the register, both ways, on both databases.

mod bad;
mod classifications;
mod maps;
mod meaning;
mod outcodes;
mod round_trip;
mod text;
mod whole;

use std::io::{Cursor, Result as IoResult};

use pathways::{
    app::{
        Clock, demonstration,
        exchange::{
            columns::Columns,
            export::export,
            import::{ExchangeError, Faulty, Orders, Run, Source, import, known},
            kinds::Exchanged,
            report::Report,
            rows::Format,
        },
        start::{self, Demonstration, ReferenceSource, Sources},
    },
    domain::slug::Slug,
    store::{Store, records},
};

use crate::support::{TestStore, now};

/// A file that is not on the disk.
pub struct Text(pub Vec<u8>, pub Format);

impl Source for Text {
    type Input = Cursor<Vec<u8>>;

    fn open(&self) -> IoResult<Self::Input> {
        Ok(Cursor::new(self.0.clone()))
    }

    fn format(&self) -> Format {
        self.1
    }
}

/// A table with headings.
pub fn csv(text: &str) -> Text {
    Text(text.as_bytes().to_vec(), Format::Csv)
}

/// All or nothing, in earnest, today.
pub fn orders() -> Orders {
    let at = now();
    Orders { faulty: Faulty::RefuseAll, run: Run::Real, default_on: at.date(), at }
}

/// Imports by the names of the fields.
pub fn tried<T: Exchanged>(
    store: &Store,
    file: &Text,
    orders: Orders,
) -> Result<Report, ExchangeError> {
    let columns = Columns::plain(known::<T>());
    import::<T, _>(store, (file, &columns), orders, &mut |_| {})
}

/// Imports what can be read, all or nothing.
pub fn taken<T: Exchanged>(store: &Store, file: &Text) -> Report {
    tried::<T>(store, file, orders()).unwrap()
}

/// Everything of a kind, as it is exported.
pub fn given<T: Exchanged>(store: &Store, format: Format) -> Text {
    let mut bytes = Vec::new();
    store.read_blocking(|conn| export::<T, _>(conn, &mut bytes, format, &mut |_| {})).unwrap();
    Text(bytes, format)
}

/// Created, changed, unchanged, refused; and it was kept.
pub fn kept(report: &Report) -> (u64, u64, u64, u64) {
    assert!(report.kept, "{:?}", report.faults);
    counts(report)
}

/// Created, changed, unchanged, refused.
pub fn counts(report: &Report) -> (u64, u64, u64, u64) {
    (report.created, report.changed, report.unchanged, report.refused)
}

/// The faults, as line, field, class, reason.
pub fn faults(report: &Report) -> Vec<(u64, &str, &str, &str)> {
    let told = report.faults.iter().map(|fault| {
        let wrong = &fault.wrong;
        (fault.line, wrong.field.as_str(), wrong.class.as_str(), wrong.reason.as_str())
    });
    told.collect()
}

/// The names of the records of a kind, in their order.
pub fn names<T: Exchanged>(store: &Store) -> Vec<Slug> {
    let all = store.read_blocking(|conn| records::following::<T>(conn, None, 20_000)).unwrap();
    all.into_iter().map(|record| record.slug).collect()
}

fn sources(demonstration: Demonstration) -> Sources {
    Sources { toolkits: None, reference: ReferenceSource::Oxfordshire, demonstration }
}

/// The reference of Oxfordshire is published; no record is written.
pub fn county(t: &TestStore) -> &Store {
    let loaded = sources(Demonstration::Absent).reference().unwrap();
    start::publish(&t.store, &loaded.reference, Clock::Fixed(now())).unwrap();
    &t.store
}

/// The same, with the register of the demonstration.
pub fn demonstrated(t: &TestStore) -> &Store {
    let sources = sources(Demonstration::Added);
    let (register, faults) = sources.demo_register(now().date()).unwrap();
    assert_eq!(faults, []);
    start::publish(&t.store, &sources.read().unwrap().reference.unwrap(), Clock::Fixed(now()))
        .unwrap();
    demonstration::load(&t.store, &register, Clock::Fixed(now())).unwrap();
    &t.store
}

/// A second store on the same kind of database.
pub fn another(t: &TestStore) -> TestStore {
    if t.url.starts_with("sqlite:") {
        TestStore::sqlite()
    } else {
        TestStore::postgres().expect("there is one already")
    }
}
