//! A match over all employers: what each is judged by is read from the columns, those that
//! are far away or unwilling are passed over early, and the best of each list are kept.

use std::{collections::BinaryHeap, num::NonZero, thread};

use chrono::NaiveDate;

use crate::{
    domain::{
        matching::{
            need::{
                Asked, Band, EmployerFacts, Found, MeantFor, NeedRule, OffencesSaid, OpeningFacts,
                Order, Outcome, PledgeFit, PostureFacts, Ranking, Standing, stand,
            },
            policy::Code,
        },
        register::{OffenceStance, Stance},
    },
    search::brokers::{
        segment::{NEAREST, NO_NAME, NOWHERE, OpeningRow, PostureRow, Segment, Sight, sign},
        whole::Employers,
    },
};

/// One employer in the columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Which {
    pub(super) segment: u32,
    pub(super) row: u32,
}

/// So many segments are worth a thread of their own.
const FOR_A_THREAD: usize = 16;
/// More threads than these are never used for one match.
const MOST_THREADS: usize = 4;

impl Employers {
    /// Ranks all employers and gives the first `most` of each list: what ranking their
    /// candidates one after the other comes to.
    pub fn rank(&self, asked: &Asked<'_>, most: usize) -> Ranking<Which> {
        let look = Look::new(self, asked);
        let segments = self.segments();
        let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
        let threads = threads.min(segments.len().div_ceil(FOR_A_THREAD)).max(1);
        let run = |nth: usize| {
            let mut tally = Tally::new(most);
            for (number, segment) in (0u32..).zip(segments).skip(nth).step_by(threads) {
                look.over((number, segment), &mut tally);
            }
            tally
        };
        let mut whole = Tally::new(most);
        thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|nth| scope.spawn(move || run(nth))).collect();
            whole.add(run(0));
            for other in others {
                match other.join() {
                    Ok(tally) => whole.add(tally),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
        });
        whole.ranking(self.len())
    }
}

/// One need before the columns.
struct Look<'a> {
    asked: &'a Asked<'a>,
    today: NaiveDate,
    cohort: Option<u16>,
    sectors: Vec<u16>,
    /// Thousandths of a mile to each place; empty if the need has no place.
    miles: Vec<u32>,
    /// How far a change of one step goes; beyond, distance alone decides.
    beyond: Option<u32>,
    signature: u64,
}

impl<'a> Look<'a> {
    fn new(employers: &Employers, asked: &'a Asked<'a>) -> Self {
        let (need, book) = (asked.need(), employers.book());
        let miles = book.points().iter().filter_map(|point| asked.milli_miles(*point));
        Self {
            asked,
            today: asked.today(),
            cohort: book.name(&need.cohort),
            sectors: need.sectors.iter().filter_map(|sector| book.name(sector)).collect(),
            miles: miles.collect(),
            beyond: asked.farthest(),
            signature: sign(asked.words()),
        }
    }

    fn over(&self, (number, segment): (u32, &Segment), tally: &mut Tally) {
        for row in 0..segment.rows.len() {
            let Some(sight) = segment.sight(row) else { continue };
            let which = Which { segment: number, row: u32::try_from(row).unwrap_or(u32::MAX) };
            match self.standing(&sight) {
                Ok(standing) => tally.note(which, (sight.row.seed, standing), self.today),
                Err(rule) => tally.leave_out(rule),
            }
        }
    }

    /// Where an employer stands; only the rule, where that is all there is to say.
    fn standing(&self, sight: &Sight<'_>) -> Result<Standing, NeedRule> {
        if sight.row.withdrawn_on.is_some_and(|from| self.today >= from) {
            return Err(NeedRule::Withdrawn);
        }
        if sight.row.do_not_contact {
            return Err(NeedRule::DoNotContact);
        }
        let posture = self.posture(sight.postures);
        if posture.is_some_and(|said| said.stance == Stance::NotCurrently) {
            return Err(NeedRule::NotCurrently);
        }
        let milli_miles = self.nearest(sight.sites);
        if sight.openings.is_empty()
            && let (Some(beyond), Some(near)) = (self.beyond, milli_miles)
            && near > beyond
        {
            return Err(NeedRule::Distance);
        }
        let wordless = self.signature & sight.row.signature == 0;
        let words = |words: &[u32]| if wordless { 0 } else { self.asked.words_in(words) };
        let own = EmployerFacts {
            withdrawn: false,
            do_not_contact: false,
            posture: posture.map(|said| self.said(said)),
            pledge: self.pledge(sight),
            milli_miles,
            sector: (sight.row.sector != NO_NAME).then(|| self.sectors.contains(&sight.row.sector)),
            words: words(sight.own_words),
        };
        let openings = sight.openings.iter().enumerate();
        let open = openings.filter(|(_, opening)| {
            opening.from <= self.today && opening.to.is_none_or(|last| self.today <= last)
        });
        let facts = open.map(|(place, opening)| {
            let words = words(sight.words(opening));
            (place, self.opening(opening, sight, (milli_miles, words)))
        });
        Ok(stand(self.asked, &own, facts))
    }

    fn posture<'r>(&self, postures: &'r [PostureRow]) -> Option<&'r PostureRow> {
        let cohort = self.cohort?;
        let counts = |said: &&PostureRow| {
            said.cohort == cohort
                && said.from <= self.today
                && said.to.is_none_or(|last| self.today <= last)
        };
        postures.iter().rev().find(counts)
    }

    fn said(&self, said: &PostureRow) -> PostureFacts {
        PostureFacts {
            stance: said.stance,
            fresh: self.asked.fresh_since().freshness(said.stood_by),
            due: said.review_by.is_some_and(|last| self.today > last),
            offers: said.offers,
            offers_said: said.offers_said,
            english: said.english,
            offences: match said.offences {
                None => OffencesSaid::NotStated,
                Some((OffenceStance::NoneExcluded, _)) => OffencesSaid::None,
                Some((OffenceStance::CaseByCase, _)) => OffencesSaid::CaseByCase,
                Some((OffenceStance::Listed, groups)) => OffencesSaid::Listed(groups),
            },
        }
    }

    fn pledge(&self, sight: &Sight<'_>) -> PledgeFit {
        let live = sight.pledges.iter();
        let live = live.filter(|pledge| pledge.from <= self.today && self.today <= pledge.to);
        let fit = live.map(|pledge| match pledge.cohort {
            NO_NAME => PledgeFit::Any,
            cohort if Some(cohort) == self.cohort => PledgeFit::Group,
            _ => PledgeFit::None,
        });
        fit.max().unwrap_or(PledgeFit::None)
    }

    fn nearest(&self, sites: &[u32]) -> Option<u32> {
        sites.iter().filter_map(|place| self.miles.get(*place as usize).copied()).min()
    }

    fn opening(
        &self,
        opening: &OpeningRow,
        sight: &Sight<'_>,
        (nearest, words): (Option<u32>, u32),
    ) -> OpeningFacts {
        OpeningFacts {
            work_type: opening.work_type,
            patterns: opening.patterns,
            hours: opening.hours,
            base: opening.base,
            national: opening.national,
            dbs: opening.dbs,
            milli_miles: match opening.place {
                NOWHERE => None,
                NEAREST => nearest,
                place => self.miles.get(place as usize).copied(),
            },
            meant_for: match sight.cohorts(opening) {
                [] => MeantFor::Everybody,
                named if self.cohort.is_some_and(|own| named.contains(&own)) => MeantFor::Group,
                _ => MeantFor::Others,
            },
            places: opening.places.as_ref().and_then(|places| places.on(self.today)),
            fresh: self.asked.fresh_since().freshness(opening.stood_by),
            words,
        }
    }
}

const LISTS: usize = Band::ALL.len() + 1;

/// What was found so far.
struct Tally {
    most: usize,
    /// The three bands and the near misses: how many, and the best of them, worst on top.
    lists: [(usize, BinaryHeap<Kept>); LISTS],
    left_out: [usize; NeedRule::ALL.len()],
}

/// One that was found; the greater it is, the later it is shown.
type Kept = (Order, Which, Tail);

/// What is carried along and decides nothing.
#[derive(Clone, Copy)]
struct Tail(Found<Which>);

impl PartialEq for Tail {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Tail {}

impl PartialOrd for Tail {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Tail {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

impl Tally {
    fn new(most: usize) -> Self {
        Self { most, lists: Default::default(), left_out: [0; NeedRule::ALL.len()] }
    }

    fn leave_out(&mut self, rule: NeedRule) {
        if let Some(count) = self.left_out.get_mut(rule as usize) {
            *count += 1;
        }
    }

    fn note(&mut self, which: Which, (seed, standing): (u64, Standing), today: NaiveDate) {
        let Standing { score_milli, opening, outcome } = standing;
        let (list, turn) = match outcome {
            Outcome::In(band) => (band as usize, None),
            Outcome::Out(rule, turn) => {
                self.leave_out(rule);
                if turn.is_none() {
                    return;
                }
                (Band::ALL.len(), turn)
            }
        };
        let Some((total, best)) = self.lists.get_mut(list) else { return };
        *total += 1;
        // Who has fewer points than the last of a full list has no place in it.
        let full = best.len() == self.most;
        if full && best.peek().is_none_or(|(last, ..)| last.score_milli() > score_milli) {
            return;
        }
        let order = Order::of(score_milli, seed, today);
        keep(best, (order, which, Tail(Found { which, score_milli, opening, turn })), self.most);
    }

    fn add(&mut self, other: Self) {
        let most = self.most;
        for ((total, best), (more, others)) in self.lists.iter_mut().zip(other.lists) {
            *total += more;
            for one in others {
                keep(best, one, most);
            }
        }
        for (count, more) in self.left_out.iter_mut().zip(other.left_out) {
            *count += more;
        }
    }

    fn ranking(self, considered: usize) -> Ranking<Which> {
        let [matches, case_by_case, not_stated, near_misses] = self.lists.map(|(total, best)| {
            let found = best.into_sorted_vec().into_iter().map(|(.., Tail(found))| found);
            (total, found.collect())
        });
        let left_out = NeedRule::ALL.iter().copied().zip(self.left_out);
        Ranking {
            bands: [matches, case_by_case, not_stated],
            near_misses,
            left_out: left_out.filter(|(_, count)| *count > 0).collect(),
            considered,
        }
    }
}

/// Keeps the first `most`.
fn keep(best: &mut BinaryHeap<Kept>, one: Kept, most: usize) {
    if best.len() < most {
        best.push(one);
    } else if let Some(mut last) = best.peek_mut()
        && one < *last
    {
        *last = one;
    }
}
