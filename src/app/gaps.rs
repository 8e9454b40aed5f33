//! Coverage and gaps of partnerships, worked out from a snapshot when somebody asks: a
//! gap tests itself again with every change that a snapshot shows.

use chrono::NaiveDate;

use crate::{
    app::{AppError, Snapshot},
    domain::{
        coverage::{Coverage, Gap, Known, Offer, offers},
        register::{Need, Partnership, Reference},
    },
};

/// The gaps of a partnership.
#[derive(Debug, Clone, PartialEq)]
pub struct PartnershipGaps<'a> {
    /// The partnership.
    pub partnership: &'a Partnership,
    /// Its gaps: what matters most first.
    pub gaps: Vec<Gap>,
}

/// Each need of a partnership that stands, with the runs that meet it: what matters most
/// first.
///
/// # Errors
///
/// [`AppError::NotFound`] where there is no such partnership.
pub fn coverage<'a>(
    snapshot: &'a Snapshot,
    slug: &str,
) -> Result<(&'a Partnership, Vec<Coverage>), AppError> {
    let partnership = partnership(&snapshot.reference, slug)?;
    let offers = offers(&snapshot.reference);
    Ok((partnership, covered(partnership, &offers, known(snapshot))))
}

/// The gaps of a partnership.
///
/// # Errors
///
/// [`AppError::NotFound`] where there is no such partnership.
pub fn gaps<'a>(snapshot: &'a Snapshot, slug: &str) -> Result<PartnershipGaps<'a>, AppError> {
    let (partnership, coverage) = coverage(snapshot, slug)?;
    Ok(PartnershipGaps { partnership, gaps: coverage.iter().filter_map(Coverage::gap).collect() })
}

/// The gaps of every partnership, by the partnerships' names.
pub fn all(snapshot: &Snapshot) -> Vec<PartnershipGaps<'_>> {
    all_of(&snapshot.reference, snapshot.today, snapshot)
}

/// The gaps of every partnership of a register as it was on a day, judged by the places
/// and the policy of a snapshot: with [`changed`](crate::domain::coverage::changed) it is
/// told what opened and closed between two days.
pub fn all_of<'a>(
    reference: &'a Reference,
    day: NaiveDate,
    snapshot: &'a Snapshot,
) -> Vec<PartnershipGaps<'a>> {
    let (offers, known) = (offers(reference), Known { today: day, ..known(snapshot) });
    let of = |partnership| {
        let coverage = covered(partnership, &offers, known);
        PartnershipGaps { partnership, gaps: coverage.iter().filter_map(Coverage::gap).collect() }
    };
    reference.partnerships.iter().map(of).collect()
}

/// What needs and runs of a snapshot are judged with.
pub fn known(snapshot: &Snapshot) -> Known<'_> {
    Known {
        gazetteer: snapshot.gazetteer(),
        vocabulary: snapshot.vocabulary(),
        policy: &snapshot.policy().coverage,
        today: snapshot.today,
    }
}

fn partnership<'a>(reference: &'a Reference, slug: &str) -> Result<&'a Partnership, AppError> {
    reference.partnership(slug).ok_or(AppError::NotFound("partnership"))
}

fn covered(partnership: &Partnership, offers: &[Offer<'_>], known: Known<'_>) -> Vec<Coverage> {
    let mut needs: Vec<&Need> = partnership.needs.iter().collect();
    // What has no priority comes after what has the lowest.
    needs.sort_by_key(|need| {
        (need.details.priority.is_none(), need.details.priority, need.slug.clone())
    });
    needs.into_iter().map(|need| Coverage::of(need, offers, known)).collect()
}
