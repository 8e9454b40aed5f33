//! All employers: segments that are shared between one moment and the next.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    domain::{
        matching::need::{Candidate, Order},
        slug::Slug,
    },
    search::{
        SearchError,
        brokers::{book::Book, kept, scan::Which, segment::Segment},
    },
};

/// A segment has about so many employers.
const ROWS: usize = 256;
/// There are at least so many segments, as a power of two.
const LEAST_BITS: u32 = 4;

/// All employers at one moment. Cheap to clone; what a change does not touch is shared.
#[derive(Debug, Clone)]
pub struct Employers {
    book: Arc<Book>,
    segments: Vec<Arc<Segment>>,
    bits: u32,
    count: usize,
}

impl Default for Employers {
    fn default() -> Self {
        Builder::default().finish().unwrap_or_else(|_| Self {
            book: Arc::default(),
            segments: Vec::new(),
            bits: LEAST_BITS,
            count: 0,
        })
    }
}

/// Gathers employers that are not in columns yet.
#[derive(Debug, Default)]
pub struct Builder {
    kept: Vec<(u64, Box<[u8]>)>,
}

impl Builder {
    /// Adds an employer that is not there yet.
    pub fn put(&mut self, candidate: &Candidate) {
        self.kept.push((lot(&candidate.slug), kept::written(candidate).into()));
    }

    /// Adds one as it was kept in a file.
    pub(super) fn put_kept(&mut self, lot: u64, bytes: Box<[u8]>) {
        self.kept.push((lot, bytes));
    }

    /// The columns.
    ///
    /// # Errors
    ///
    /// [`SearchError::Damaged`] where what was kept is not what was put.
    pub fn finish(mut self) -> Result<Employers, SearchError> {
        let count = self.kept.len();
        let bits = count.div_ceil(ROWS).next_power_of_two().trailing_zeros().max(LEAST_BITS);
        self.kept.sort_unstable_by_key(|(lot, _)| *lot);
        let mut kept = self.kept.into_iter().peekable();
        let mut book = Book::default();
        let mut segments = Vec::new();
        for number in 0..1_u64 << bits {
            let mut candidates = Vec::new();
            while let Some((_, bytes)) = kept.next_if(|(lot, _)| lot >> (64 - bits) == number) {
                let damaged = SearchError::Damaged("an employer cannot be read");
                candidates.push(kept::read(&bytes).ok_or(damaged)?);
            }
            segments.push(Arc::new(Segment::of(candidates, &mut book)));
        }
        Ok(Employers { book: Arc::new(book), segments, bits, count })
    }
}

/// Where a name puts an employer: its first bits say in which segment.
pub(super) fn lot(slug: &Slug) -> u64 {
    // Well mixed, for similar names begin alike.
    let mut lot = Order::seed(slug);
    lot = (lot ^ (lot >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    lot = (lot ^ (lot >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    lot ^ (lot >> 31)
}

impl Employers {
    /// How many there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Memory in bytes, as far as it is theirs.
    pub fn bytes(&self) -> usize {
        self.segments.iter().map(|segment| segment.bytes() + size_of::<Arc<Segment>>()).sum()
    }

    pub(super) fn segments(&self) -> &[Arc<Segment>] {
        &self.segments
    }

    pub(super) fn book(&self) -> &Book {
        &self.book
    }

    /// The candidate of an employer that a match found.
    pub fn candidate(&self, which: Which) -> Option<Candidate> {
        self.segments.get(which.segment as usize)?.candidate(which.row as usize)
    }

    /// Every candidate, in no order that means anything.
    pub fn candidates(&self) -> impl Iterator<Item = Candidate> {
        self.segments.iter().flat_map(|segment| segment.candidates())
    }

    /// The same with some employers as they are now: all of `touched` are taken out, and
    /// what there is of them now is put in.
    ///
    /// # Errors
    ///
    /// As [`Builder::finish`], where so many came that all are laid out anew.
    pub fn with(&self, touched: &BTreeSet<Slug>, now: Vec<Candidate>) -> Result<Self, SearchError> {
        let number = |slug: &Slug| usize::try_from(lot(slug) >> (64 - self.bits)).unwrap_or(0);
        let mut changed: BTreeMap<usize, Vec<Candidate>> = BTreeMap::new();
        for slug in touched {
            changed.entry(number(slug)).or_default();
        }
        for candidate in now {
            changed.entry(number(&candidate.slug)).or_default().push(candidate);
        }
        let mut next = self.clone();
        let mut book = Book::clone(&self.book);
        for (at, put) in changed {
            let Some(segment) = next.segments.get_mut(at) else { continue };
            next.count -= segment.rows.len();
            let stay = segment.candidates().filter(|candidate| {
                let named = |other: &Candidate| other.slug == candidate.slug;
                !touched.contains(&candidate.slug) && !put.iter().any(named)
            });
            let candidates: Vec<Candidate> = stay.chain(put.iter().cloned()).collect();
            next.count += candidates.len();
            *segment = Arc::new(Segment::of(candidates, &mut book));
        }
        next.book = Arc::new(book);
        let crowded = next.count > (ROWS * 2) << next.bits;
        if crowded { next.laid_out_anew() } else { Ok(next) }
    }

    fn laid_out_anew(&self) -> Result<Self, SearchError> {
        let mut builder = Builder::default();
        self.candidates().for_each(|candidate| builder.put(&candidate));
        builder.finish()
    }
}
