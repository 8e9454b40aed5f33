//! How often stems occur, document by document: the one place that reads
//! tantivy's posting lists.

use tantivy::{
    DocSet, SegmentReader, TERMINATED, Term,
    postings::{Postings as _, SegmentPostings},
    schema::{Field, IndexRecordOption},
};

use crate::search::SearchError;

/// Calls `found(document, times)` for each document of a segment where the stems
/// occur in a row in a field, deleted documents too.
pub fn each(
    segment: &SegmentReader,
    field: Field,
    stems: &[String],
    mut found: impl FnMut(u32, u32),
) -> Result<(), SearchError> {
    match stems {
        [] => {}
        [stem] => {
            let option = IndexRecordOption::WithFreqs;
            let Some(mut list) = list(segment, field, stem, option)? else { return Ok(()) };
            while list.doc() != TERMINATED {
                found(list.doc(), list.term_freq());
                list.advance();
            }
        }
        _ => in_a_row(segment, field, stems, &mut found)?,
    }
    Ok(())
}

fn list(
    segment: &SegmentReader,
    field: Field,
    stem: &str,
    option: IndexRecordOption,
) -> Result<Option<SegmentPostings>, SearchError> {
    let term = Term::from_field_text(field, stem);
    Ok(segment.inverted_index(field)?.read_postings(&term, option)?)
}

/// Documents that have all the stems one behind the other, with how often.
fn in_a_row(
    segment: &SegmentReader,
    field: Field,
    stems: &[String],
    found: &mut impl FnMut(u32, u32),
) -> Result<(), SearchError> {
    let mut lists = Vec::with_capacity(stems.len());
    for stem in stems {
        let option = IndexRecordOption::WithFreqsAndPositions;
        let Some(list) = list(segment, field, stem, option)? else { return Ok(()) };
        lists.push(list);
    }
    let (mut starts, mut next) = (Vec::new(), Vec::new());
    'documents: loop {
        let target = lists.iter().map(DocSet::doc).max().unwrap_or(TERMINATED);
        if target == TERMINATED {
            return Ok(());
        }
        for list in &mut lists {
            let at = if list.doc() < target { list.seek(target) } else { list.doc() };
            if at != target {
                continue 'documents;
            }
        }
        for (offset, list) in (0_u32..).zip(&mut lists) {
            list.positions(&mut next);
            if offset == 0 {
                starts.clone_from(&next);
            } else {
                starts.retain(|start| next.binary_search(&(start + offset)).is_ok());
            }
        }
        if !starts.is_empty() {
            found(target, u32::try_from(starts.len()).unwrap_or(u32::MAX));
        }
        for list in &mut lists {
            list.advance();
        }
    }
}

/// Counts here are far below 2^24, where `f32` is exact.
#[allow(clippy::cast_precision_loss, reason = "counts of words in one text are small")]
pub fn as_f32(count: usize) -> f32 {
    count as f32
}
