//! A few hundred employers as columns.

use chrono::NaiveDate;

use crate::{
    domain::{
        matching::need::{At, Bits, Candidate, Order, PlacesLeft, bits},
        register::{
            Base, DbsLevel, EnglishLevel, Hours, OffenceGroup, OffenceStance, Pattern,
            SelectionOffer, Stance, WorkType,
        },
    },
    search::brokers::{book::Book, kept},
};

/// A place that is not known.
pub(super) const NOWHERE: u32 = u32::MAX;
/// The employer's nearest place.
pub(super) const NEAREST: u32 = u32::MAX - 1;
/// No name.
pub(super) const NO_NAME: u16 = u16::MAX;

/// Employers as columns, in the order of their names.
#[derive(Debug, Default)]
pub(super) struct Segment {
    pub(super) rows: Vec<Row>,
    /// Where what belongs to each row begins, and at last where everything ends.
    starts: Vec<Starts>,
    postures: Vec<PostureRow>,
    pledges: Vec<PledgeRow>,
    openings: Vec<OpeningRow>,
    sites: Vec<u32>,
    names: Vec<u16>,
    words: Vec<u32>,
    /// Candidates as bytes, without their words.
    told: Vec<u8>,
}

/// An employer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Row {
    /// The seed of its turns.
    pub(super) seed: u64,
    /// A bit for each of its words, by the word's last six bits.
    pub(super) signature: u64,
    pub(super) withdrawn_on: Option<NaiveDate>,
    pub(super) sector: u16,
    pub(super) do_not_contact: bool,
    /// How many of its words are its own, not an opening's.
    own_words: u32,
}

#[derive(Debug, Clone, Copy, Default)]
struct Starts {
    postures: u32,
    pledges: u32,
    openings: u32,
    sites: u32,
    words: u32,
    told: u32,
}

/// What an employer said of a group.
#[derive(Debug, Clone, Copy)]
pub(super) struct PostureRow {
    pub(super) from: NaiveDate,
    pub(super) to: Option<NaiveDate>,
    pub(super) stood_by: Option<NaiveDate>,
    pub(super) review_by: Option<NaiveDate>,
    pub(super) cohort: u16,
    pub(super) stance: Stance,
    pub(super) offers: Bits<SelectionOffer>,
    pub(super) offers_said: bool,
    pub(super) english: Option<EnglishLevel>,
    pub(super) offences: Option<(OffenceStance, Bits<OffenceGroup>)>,
}

/// A pledge about a group, or about any.
#[derive(Debug, Clone, Copy)]
pub(super) struct PledgeRow {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
    pub(super) cohort: u16,
}

/// An opening.
#[derive(Debug, Clone)]
pub(super) struct OpeningRow {
    pub(super) from: NaiveDate,
    pub(super) to: Option<NaiveDate>,
    pub(super) stood_by: Option<NaiveDate>,
    pub(super) places: Option<PlacesLeft>,
    pub(super) place: u32,
    pub(super) work_type: WorkType,
    pub(super) patterns: Bits<Pattern>,
    pub(super) hours: Option<Hours>,
    pub(super) base: Option<Base>,
    pub(super) national: bool,
    pub(super) dbs: Option<DbsLevel>,
    /// Where its groups and its words lie.
    names: (u32, u32),
    words: (u32, u32),
}

/// Everything about one employer.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    segment: &'a Segment,
    pub(super) row: &'a Row,
    pub(super) postures: &'a [PostureRow],
    pub(super) pledges: &'a [PledgeRow],
    pub(super) openings: &'a [OpeningRow],
    pub(super) sites: &'a [u32],
    pub(super) own_words: &'a [u32],
}

impl Segment {
    /// The columns of some candidates.
    pub(super) fn of(mut candidates: Vec<Candidate>, book: &mut Book) -> Self {
        candidates.sort_unstable_by(|a, b| a.slug.cmp(&b.slug));
        let mut segment = Self::default();
        for candidate in candidates {
            segment.push(candidate, book);
        }
        let end = segment.here();
        segment.starts.push(end);
        segment.shrink();
        segment
    }

    fn here(&self) -> Starts {
        Starts {
            postures: place(self.postures.len()),
            pledges: place(self.pledges.len()),
            openings: place(self.openings.len()),
            sites: place(self.sites.len()),
            words: place(self.words.len()),
            told: place(self.told.len()),
        }
    }

    fn push(&mut self, mut candidate: Candidate, book: &mut Book) {
        self.starts.push(self.here());
        let mut signature = sign(&candidate.words);
        self.words.append(&mut candidate.words);
        let own_words = place(self.words.len()) - self.here_before().words;
        self.push_postures(&candidate, book);
        self.push_pledges(&candidate, book);
        let points = candidate.sites.iter().filter_map(|site| site.point);
        self.sites.extend(points.map(|point| book.place(point)));
        for opening in &mut candidate.openings {
            signature |= sign(&opening.words);
            let words = place(self.words.len());
            self.words.append(&mut opening.words);
            let names = place(self.names.len());
            let cohorts = opening.told.body.cohorts.iter();
            self.names.extend(cohorts.filter_map(|cohort| book.enter(cohort)));
            let body = &opening.told.body;
            let to = [opening.told.to, body.closes_on].into_iter().flatten().min();
            self.openings.push(OpeningRow {
                from: opening.told.on,
                to,
                stood_by: opening.told.stood_by,
                places: opening.places.clone(),
                place: match opening.at {
                    At::Site(point) => book.place(point),
                    At::Unknown => NOWHERE,
                    At::Nearest => NEAREST,
                },
                work_type: body.work_type,
                patterns: bits(&body.patterns),
                hours: body.hours,
                base: body.base,
                national: body.national,
                dbs: body.dbs_level,
                names: (names, place(self.names.len())),
                words: (words, place(self.words.len())),
            });
        }
        self.told.extend(kept::written(&candidate));
        self.rows.push(Row {
            seed: Order::seed(&candidate.slug),
            signature,
            withdrawn_on: candidate.withdrawn_on,
            sector: candidate.sector.as_ref().and_then(|s| book.enter(s)).unwrap_or(NO_NAME),
            do_not_contact: candidate.do_not_contact,
            own_words,
        });
    }

    fn here_before(&self) -> Starts {
        self.starts.last().copied().unwrap_or_default()
    }

    /// Postures in the order in which they were said, so that of those that count the last
    /// one is the one that stands.
    fn push_postures(&mut self, candidate: &Candidate, book: &mut Book) {
        let mut postures: Vec<_> = candidate.postures.iter().collect();
        postures.sort_by(|a, b| a.on.cmp(&b.on).then_with(|| a.slug.cmp(&b.slug)));
        for told in postures {
            let body = &told.body;
            let accepts = body.day_release.is_some_and(|release| release.accepts);
            let offers = bits(&body.offers);
            let english = [body.english.speaking, body.english.reading, body.english.writing];
            self.postures.push(PostureRow {
                from: told.on,
                to: told.to,
                stood_by: told.stood_by,
                review_by: body.review_by,
                cohort: book.enter(&body.cohort).unwrap_or(NO_NAME),
                stance: body.stance,
                offers: if accepts { offers.with(SelectionOffer::DayRelease) } else { offers },
                offers_said: !offers.is_empty() || body.day_release.is_some(),
                english: english.into_iter().flatten().max(),
                offences: body.offences.as_ref().map(|said| (said.stance, bits(&said.groups))),
            });
        }
    }

    fn push_pledges(&mut self, candidate: &Candidate, book: &mut Book) {
        for pledge in &candidate.pledges {
            let (from, to) = (pledge.from, pledge.to);
            if pledge.cohorts.is_empty() {
                self.pledges.push(PledgeRow { from, to, cohort: NO_NAME });
            }
            let cohorts = pledge.cohorts.iter().filter_map(|cohort| book.enter(cohort));
            self.pledges.extend(cohorts.map(|cohort| PledgeRow { from, to, cohort }));
        }
    }

    fn shrink(&mut self) {
        self.rows.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.postures.shrink_to_fit();
        self.pledges.shrink_to_fit();
        self.openings.shrink_to_fit();
        self.sites.shrink_to_fit();
        self.names.shrink_to_fit();
        self.words.shrink_to_fit();
        self.told.shrink_to_fit();
    }

    /// Everything about one employer.
    pub(super) fn sight(&self, at: usize) -> Option<Sight<'_>> {
        let row = self.rows.get(at)?;
        let (start, end) = (self.starts.get(at)?, self.starts.get(at + 1)?);
        Some(Sight {
            segment: self,
            row,
            postures: between(&self.postures, (start.postures, end.postures)),
            pledges: between(&self.pledges, (start.pledges, end.pledges)),
            openings: between(&self.openings, (start.openings, end.openings)),
            sites: between(&self.sites, (start.sites, end.sites)),
            own_words: between(&self.words, (start.words, start.words + row.own_words)),
        })
    }

    /// One employer's candidate, as it was put in.
    pub(super) fn candidate(&self, at: usize) -> Option<Candidate> {
        let (start, end) = (self.starts.get(at)?, self.starts.get(at + 1)?);
        let mut candidate = kept::read(between(&self.told, (start.told, end.told)))?;
        let sight = self.sight(at)?;
        candidate.words = sight.own_words.to_vec();
        for (opening, row) in candidate.openings.iter_mut().zip(sight.openings) {
            opening.words = sight.words(row).to_vec();
        }
        Some(candidate)
    }

    /// All its candidates.
    pub(super) fn candidates(&self) -> impl Iterator<Item = Candidate> {
        (0..self.rows.len()).filter_map(|at| self.candidate(at))
    }

    /// Memory in bytes.
    pub(super) fn bytes(&self) -> usize {
        size_of::<Self>()
            + size_of_val(self.rows.as_slice())
            + size_of_val(self.starts.as_slice())
            + size_of_val(self.postures.as_slice())
            + size_of_val(self.pledges.as_slice())
            + size_of_val(self.openings.as_slice())
            + size_of_val(self.sites.as_slice())
            + size_of_val(self.names.as_slice())
            + size_of_val(self.words.as_slice())
            + self.told.len()
    }
}

impl<'a> Sight<'a> {
    /// The groups that an opening is meant for.
    pub(super) fn cohorts(&self, opening: &OpeningRow) -> &'a [u16] {
        between(&self.segment.names, opening.names)
    }

    /// The words of an opening.
    pub(super) fn words(&self, opening: &OpeningRow) -> &'a [u32] {
        between(&self.segment.words, opening.words)
    }
}

/// A bit for each word, by the word's last six bits.
pub(super) fn sign(words: &[u32]) -> u64 {
    words.iter().fold(0, |signature, word| signature | 1 << (word & 63))
}

fn place(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

fn between<T>(all: &[T], (start, end): (u32, u32)) -> &[T] {
    all.get(start as usize..end as usize).unwrap_or_default()
}
