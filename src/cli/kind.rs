//! What `import` and `export` can move, and the database they open for it.

use anyhow::Context;

use crate::{
    app::{
        Clock, start,
        start::{Demonstration, Sources},
    },
    config::DatabaseArgs,
    domain::{
        classification::Scheme,
        register::{RecordKind, Reference},
    },
    store::{Store, changes, reference},
};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Records of a kind.
    Records(RecordKind),
    /// Outward codes.
    Outcodes,
    /// Codes for industries or occupations.
    Codes(Scheme),
}

impl Kind {
    const ALL: [Self; 19] = [
        Self::Records(RecordKind::Organisation),
        Self::Records(RecordKind::Signature),
        Self::Records(RecordKind::Pledge),
        Self::Records(RecordKind::Posture),
        Self::Records(RecordKind::Opening),
        Self::Records(RecordKind::Event),
        Self::Records(RecordKind::CaseStudy),
        Self::Records(RecordKind::Introduction),
        Self::Records(RecordKind::Need),
        Self::Records(RecordKind::Course),
        Self::Records(RecordKind::Action),
        Self::Records(RecordKind::Scheme),
        Self::Records(RecordKind::CharterVersion),
        Self::Records(RecordKind::Partnership),
        Self::Records(RecordKind::Meeting),
        Self::Records(RecordKind::PartnershipAction),
        Self::Outcodes,
        Self::Codes(Scheme::Sic),
        Self::Codes(Scheme::Soc),
    ];

    /// Its name on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Records(RecordKind::Organisation) => "organisations",
            Self::Records(RecordKind::Signature) => "signatures",
            Self::Records(RecordKind::Pledge) => "pledges",
            Self::Records(RecordKind::Posture) => "postures",
            Self::Records(RecordKind::Opening) => "openings",
            Self::Records(RecordKind::Event) => "events",
            Self::Records(RecordKind::CaseStudy) => "case-studies",
            Self::Records(RecordKind::Introduction) => "introductions",
            Self::Records(RecordKind::Need) => "needs",
            Self::Records(RecordKind::Course) => "courses",
            Self::Records(RecordKind::Action) => "charter-actions",
            Self::Records(RecordKind::Scheme) => "schemes",
            Self::Records(RecordKind::CharterVersion) => "charter-versions",
            Self::Records(RecordKind::Partnership) => "partnerships",
            Self::Records(RecordKind::Meeting) => "meetings",
            Self::Records(RecordKind::PartnershipAction) => "partnership-actions",
            Self::Outcodes => "outcodes",
            Self::Codes(scheme) => scheme.as_str(),
        }
    }

    /// The kind of that name.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(kind) = Self::ALL.into_iter().find(|kind| kind.as_str() == text) {
            return Ok(kind);
        }
        let names = Self::ALL.map(Self::as_str).join(", ");
        Err(format!("it is one of {names}"))
    }
}

/// Runs a generic function for the kind of record that is meant.
macro_rules! for_kind {
    ($kind:expr, $function:ident, ($($argument:expr),* $(,)?)) => {{
        use crate::domain::register as r;
        match $kind {
            r::RecordKind::Organisation => $function::<r::Organisation>($($argument),*),
            r::RecordKind::Signature => $function::<r::Signature>($($argument),*),
            r::RecordKind::Pledge => $function::<r::Pledge>($($argument),*),
            r::RecordKind::Posture => $function::<r::Posture>($($argument),*),
            r::RecordKind::Opening => $function::<r::Opening>($($argument),*),
            r::RecordKind::Event => $function::<r::Event>($($argument),*),
            r::RecordKind::CaseStudy => $function::<r::CaseStudy>($($argument),*),
            r::RecordKind::Introduction => $function::<r::Introduction>($($argument),*),
            r::RecordKind::Need => $function::<r::KeptNeed>($($argument),*),
            r::RecordKind::Course => $function::<r::KeptCourse>($($argument),*),
            r::RecordKind::Action => $function::<r::KeptAction>($($argument),*),
            r::RecordKind::Scheme => $function::<r::KeptScheme>($($argument),*),
            r::RecordKind::CharterVersion => $function::<r::KeptCharter>($($argument),*),
            r::RecordKind::Partnership => $function::<r::KeptPartnership>($($argument),*),
            r::RecordKind::Meeting => $function::<r::KeptMeeting>($($argument),*),
            r::RecordKind::PartnershipAction => $function::<r::KeptAgreedAction>($($argument),*),
        }
    }};
}

/// Opens the database to write to it, as `serve` does: a SQLite file is made and brought
/// up to date; on PostgreSQL that is for its operator to do.
pub fn opened(database: &DatabaseArgs) -> anyhow::Result<Store> {
    let url = database.url();
    let store = start::connect(&url).context("cannot open the database")?;
    start::bring_up_to_date(&store, &url).context("cannot use the database")?;
    Ok(store)
}

/// Opens a database that must be there already, to look at it.
pub fn existing(database: &DatabaseArgs) -> anyhow::Result<Store> {
    anyhow::ensure!(!database.is_absent(), "there is no database at {}", database.url());
    opened(database)
}

/// Publishes the reference data in a database that has none, so that records have
/// something to name.
pub fn with_reference(store: &Store, sources: &Sources) -> anyhow::Result<()> {
    debug_assert_eq!(sources.demonstration, Demonstration::Absent);
    let empty = store.read_blocking(|conn| {
        Ok::<_, crate::store::StoreError>(
            changes::position(conn)? == 0 || reference::load(conn)? == Reference::default(),
        )
    });
    if !empty.context("cannot read the database")? {
        return Ok(());
    }
    let loaded = sources.reference().context("cannot read the reference data")?;
    let publish = start::publish(store, &loaded.reference, Clock::System);
    publish.context("cannot store the reference data")?;
    Ok(())
}
