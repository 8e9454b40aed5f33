//! The rows that records refer to: each charter, action, scheme and partnership that is
//! kept has one of its name, published or not.
//!
//! What such a row says is what was published, or what was said when it was made; readers
//! are shown the record. Nothing is taken away here, so that what refers to it holds.

use chrono::NaiveDate;

use crate::domain::register::{
    Charter, CharterAction, CharterStance, FocusArea, KeptAction, KeptCharter, KeptPartnership,
    KeptScheme, Partnership, Provenance, Scheme,
};
use crate::domain::slug::Slug;
use crate::store::reference::publication::Topic;
use crate::store::reference::{charter, schemes};
use crate::store::{Conn, StoreError};

/// Where a row comes from that nobody published.
fn of_a_record() -> Provenance {
    let as_of = NaiveDate::default();
    Provenance { sources: Vec::new(), as_of, note: None, fictional: false }
}

fn is_there<T: Topic>(conn: &mut Conn, slug: &str) -> Result<bool, StoreError> {
    Ok(T::ids(conn)?.iter().any(|(known, _)| known == slug))
}

/// Makes the row of a charter, or adds the stances and focus areas it does not have.
pub(in crate::store) fn anchor_charter(
    conn: &mut Conn,
    kept: &KeptCharter,
) -> Result<(), StoreError> {
    let area = |one: &FocusArea| (one.slug.clone(), one.label.clone());
    let stance = |one: &CharterStance| (one.slug.clone(), one.label.clone(), one.meaning.clone());
    let wanted = Charter {
        slug: kept.charter.clone(),
        name: kept.name.clone(),
        summary: kept.summary.clone(),
        version: kept.version.clone(),
        launched_on: kept.launched_on,
        focus_areas: kept.focus_areas.iter().map(area).collect(),
        stances: kept.stances.iter().map(stance).collect(),
        provenance: of_a_record(),
    };
    if is_there::<Charter>(conn, &kept.charter)? {
        charter::add_parts(conn, &wanted)
    } else {
        wanted.put(conn, None)
    }
}

/// Makes the row of an action, if there is none.
pub(in crate::store) fn anchor_action(
    conn: &mut Conn,
    kept: &KeptAction,
) -> Result<(), StoreError> {
    if is_there::<CharterAction>(conn, &kept.code.to_ascii_lowercase())? {
        return Ok(());
    }
    let wanted = CharterAction {
        code: kept.code.clone(),
        stance: kept.stance.clone(),
        focus_area: kept.focus_area.clone(),
        label: kept.label.clone(),
        description: kept.description.clone(),
        help: kept.help.clone(),
        measurable: kept.measurable,
        unit: kept.unit.clone(),
        evidenced: kept.evidenced,
        cohorts: kept.cohorts.clone(),
        asked: kept.asked.clone(),
        provenance: of_a_record(),
    };
    wanted.put(conn, None)
}

/// Makes the row of a scheme, or adds the levels it does not have.
pub(in crate::store) fn anchor_scheme(
    conn: &mut Conn,
    slug: &Slug,
    kept: &KeptScheme,
) -> Result<(), StoreError> {
    let wanted = Scheme {
        slug: slug.clone(),
        name: kept.name.clone(),
        kind: Slug::of_words([kept.kind.as_str()]),
        owner: kept.run_by.clone(),
        summary: kept.summary.clone(),
        levels: kept.levels.clone(),
        evidence_rule: kept.evidence_rule.clone(),
        lifetime_months: kept.lifetime_months,
        lifetime_note: kept.lifetime_note.clone(),
        prerequisites: Vec::new(),
        public_list: kept.public_list.clone(),
        what_it_proves: kept.what_it_proves.clone(),
        provenance: of_a_record(),
    };
    if is_there::<Scheme>(conn, slug)? {
        schemes::add_levels(conn, &wanted)
    } else {
        wanted.put(conn, None)
    }
}

/// Makes the row of a partnership, if there is none.
pub(in crate::store) fn anchor_partnership(
    conn: &mut Conn,
    slug: &Slug,
    kept: &KeptPartnership,
) -> Result<(), StoreError> {
    if is_there::<Partnership>(conn, slug)? {
        return Ok(());
    }
    let wanted = Partnership {
        slug: slug.clone(),
        name: kept.name.clone(),
        sectors: kept.sectors.clone(),
        area: kept.area.clone(),
        facilitator: kept.facilitator.clone(),
        champion: None,
        cadence: kept.cadence.clone(),
        summary: kept.summary.clone(),
        members: Vec::new(),
        needs: Vec::new(),
        meetings: Vec::new(),
        actions: Vec::new(),
        asked: kept.asked.clone(),
        provenance: of_a_record(),
    };
    wanted.put(conn, None)
}

/// The places of parts in their order, after the last there is.
pub(super) fn places(after: Option<i32>) -> std::ops::RangeFrom<i32> {
    after.map_or(0, |last| last.saturating_add(1))..
}

/// The names there are already.
pub(super) fn known(names: Vec<String>) -> impl Fn(&Slug) -> bool {
    move |slug| names.iter().any(|known| *slug == *known.as_str())
}
