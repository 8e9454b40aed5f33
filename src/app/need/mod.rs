//! The caseworker's match: which employers fit a need.
//!
//! The need is checked against what the service knows, used in memory and gone with the
//! answer: only its hash stays in the receipt. Nothing here logs it.

pub mod candidates;

use std::sync::Arc;

use crate::{
    app::{
        catalogue,
        error::AppError,
        matching::{Receipt, hash},
        snapshot::Snapshot,
    },
    domain::matching::need::{Asked, Labels, Need, NeedMatch, answer},
};

/// The three bands for a need, with the receipt.
#[derive(Debug, Clone, PartialEq)]
pub struct NeedAnswer {
    /// The bands, the near misses and the counts.
    pub found: NeedMatch,
    /// What the answer rests on.
    pub receipt: Receipt,
}

/// Matches a need with employers, on a thread of its own; up to `most` of each band are
/// given.
pub async fn answered(
    snapshot: Arc<Snapshot>,
    need: Need,
    most: usize,
) -> Result<NeedAnswer, AppError> {
    let looking = tokio::task::spawn_blocking(move || matched(&snapshot, &need, most));
    looking.await.map_err(|error| AppError::Internal(Box::new(error)))
}

/// Matches a need with employers; up to `most` of each band are given.
pub fn matched(snapshot: &Snapshot, need: &Need, most: usize) -> NeedAnswer {
    let words = need.text.as_deref().map(|text| catalogue::fingerprints([text]));
    let policy = snapshot.policy();
    let asked = Asked::new(need, words.unwrap_or_default(), &policy.need, snapshot.today);
    let labels = Labels { vocabulary: snapshot.vocabulary() };
    let employers = &snapshot.employers;
    let ranking = employers.rank(&asked, most);
    let found = answer(ranking, &asked, labels, |which| employers.candidate(which));
    let receipt = Receipt {
        policy_version: policy.version.clone(),
        change: snapshot.change,
        content: snapshot.content_hash().to_owned(),
        input_hash: hash(&need.canonical()),
    };
    NeedAnswer { found, receipt }
}
