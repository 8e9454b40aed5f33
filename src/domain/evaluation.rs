//! How good a ranking is, measured against what people judged.
//!
//! The measures are the usual ones of information retrieval, each defined at its
//! function. A document that nobody judged counts as not relevant. Grades are 0
//! for not relevant and 1, 2, 3 … for ever better answers.

use std::collections::{BTreeMap, BTreeSet};

/// How many results a reader is taken to look at.
pub const TOP: usize = 10;
/// How many results of a question are looked at, at most.
pub const DEPTH: usize = 100;

/// The judgements of one question: a grade by document.
pub type Judged = BTreeMap<String, u32>;

/// The measures of one question, or their means over several.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Scores {
    /// [`ndcg`] of the first [`TOP`] results.
    pub ndcg_at_10: f64,
    /// [`average_precision`] of the first [`DEPTH`] results; as a mean, MAP.
    pub map: f64,
    /// [`precision`] of the first [`TOP`] results.
    pub p_at_10: f64,
    /// [`reciprocal_rank`] in the first [`DEPTH`] results; as a mean, MRR.
    pub mrr: f64,
    /// [`recall`] of the first [`DEPTH`] results.
    pub recall_at_100: f64,
}

impl Scores {
    /// All measures of one ranking, best first.
    ///
    /// `None` where no document was judged relevant: such a question measures
    /// nothing. A document that comes twice counts where it came first.
    pub fn of(ranking: &[String], judged: &Judged) -> Option<Self> {
        judged.values().any(|grade| *grade > 0).then(|| {
            let mut seen = BTreeSet::new();
            let first = ranking.iter().filter(|document| seen.insert(document.as_str()));
            let grades: Vec<u32> = first
                .take(DEPTH)
                .map(|document| judged.get(document).copied().unwrap_or(0))
                .collect();
            let top = grades.get(..TOP).unwrap_or(&grades);
            Self {
                ndcg_at_10: ndcg(top, judged),
                map: average_precision(&grades, judged),
                p_at_10: precision(top),
                mrr: reciprocal_rank(&grades),
                recall_at_100: recall(&grades, judged),
            }
        })
    }

    /// The mean of each measure; all 0 where there is nothing to average.
    pub fn mean(all: &[Self]) -> Self {
        let count = as_f64(all.len().max(1));
        let mean = |measure: fn(&Self) -> f64| all.iter().map(measure).sum::<f64>() / count;
        Self {
            ndcg_at_10: mean(|scores| scores.ndcg_at_10),
            map: mean(|scores| scores.map),
            p_at_10: mean(|scores| scores.p_at_10),
            mrr: mean(|scores| scores.mrr),
            recall_at_100: mean(|scores| scores.recall_at_100),
        }
    }
}

/// Normalised discounted cumulative gain of the grades of a ranking, 0 to 1.
///
/// The gain of grade *g* is 2^*g* − 1, divided by log2(rank + 1); the sum is
/// divided by that of the best possible ranking of everything judged, cut after
/// [`TOP`].
///
/// # Source
///
/// C. Burges et al., "Learning to Rank using Gradient Descent", ICML 2005.
pub fn ndcg(top: &[u32], judged: &Judged) -> f64 {
    let mut ideal: Vec<u32> = judged.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    ideal.truncate(TOP);
    let best = gain(&ideal);
    if best > 0.0 { gain(top) / best } else { 0.0 }
}

/// Average precision, 0 to 1: the precision at the rank of each relevant result,
/// summed and divided by the number of all relevant documents.
pub fn average_precision(grades: &[u32], judged: &Judged) -> f64 {
    let mut found = 0;
    let mut sum = 0.0;
    for (rank, _) in grades.iter().enumerate().filter(|(_, grade)| **grade > 0) {
        found += 1;
        sum += as_f64(found) / as_f64(rank + 1);
    }
    sum / as_f64(relevant(judged).max(1))
}

/// The share of the first [`TOP`] places that relevant results take, 0 to 1; an
/// empty place is not relevant.
pub fn precision(top: &[u32]) -> f64 {
    as_f64(top.iter().filter(|grade| **grade > 0).count()) / as_f64(TOP)
}

/// One divided by the rank of the first relevant result; 0 where there is none.
pub fn reciprocal_rank(grades: &[u32]) -> f64 {
    let first = grades.iter().position(|grade| *grade > 0);
    first.map_or(0.0, |rank| 1.0 / as_f64(rank + 1))
}

/// The share of all relevant documents that is among the results, 0 to 1.
pub fn recall(grades: &[u32], judged: &Judged) -> f64 {
    let found = grades.iter().filter(|grade| **grade > 0).count();
    as_f64(found) / as_f64(relevant(judged).max(1))
}

fn gain(grades: &[u32]) -> f64 {
    let discounted = grades.iter().enumerate().map(|(rank, grade)| {
        let gain = f64::from(*grade).exp2() - 1.0;
        gain / as_f64(rank + 2).log2()
    });
    discounted.sum()
}

fn relevant(judged: &Judged) -> usize {
    judged.values().filter(|grade| **grade > 0).count()
}

/// Counts here are of documents and ranks, far below what a float holds exactly.
fn as_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(grades: &[(&str, u32)]) -> Judged {
        grades.iter().map(|(document, grade)| ((*document).to_owned(), *grade)).collect()
    }

    fn ranking(documents: &[&str]) -> Vec<String> {
        documents.iter().map(|document| (*document).to_owned()).collect()
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-4
    }

    #[test]
    fn the_measures_equal_those_worked_out_by_hand() {
        // a (3) first, then a stranger, then c (1); b (2) is never found.
        let judged = judged(&[("a", 3), ("b", 2), ("c", 1), ("d", 0)]);
        let scores = Scores::of(&ranking(&["a", "x", "c", "d"]), &judged).unwrap();
        // Gain 7/1 + 1/2 = 7.5; best 7/1 + 3/1.58496 + 1/2 = 9.39279.
        assert!(near(scores.ndcg_at_10, 0.79849), "{scores:?}");
        // (1/1 + 2/3) / 3.
        assert!(near(scores.map, 0.55556), "{scores:?}");
        assert!(near(scores.p_at_10, 0.2), "{scores:?}");
        assert!(near(scores.mrr, 1.0), "{scores:?}");
        assert!(near(scores.recall_at_100, 0.66667), "{scores:?}");
    }

    #[test]
    fn a_first_answer_in_third_place_has_a_third_of_the_rank() {
        let judged = judged(&[("a", 1), ("b", 1)]);
        let scores = Scores::of(&ranking(&["x", "y", "a"]), &judged).unwrap();
        assert!(near(scores.mrr, 0.33333));
        assert!(near(scores.map, 0.16667));
        // Gain 1/log2(4) = 0.5; best 1 + 0.63093.
        assert!(near(scores.ndcg_at_10, 0.30657));
    }

    #[test]
    fn the_perfect_ranking_has_one_in_all_but_precision() {
        let judged = judged(&[("a", 2), ("b", 1)]);
        let scores = Scores::of(&ranking(&["a", "b"]), &judged).unwrap();
        let perfect = Scores { p_at_10: 0.2, ..Scores { ndcg_at_10: 1.0, map: 1.0, ..scores } };
        assert_eq!(scores, Scores { mrr: 1.0, recall_at_100: 1.0, ..perfect });
    }

    #[test]
    fn what_stands_below_the_tenth_place_counts_for_recall_alone() {
        let judged = judged(&[("a", 1)]);
        let mut documents: Vec<String> = (0..10).map(|n| format!("x{n}")).collect();
        documents.push("a".to_owned());
        let scores = Scores::of(&documents, &judged).unwrap();
        assert_eq!((scores.ndcg_at_10, scores.p_at_10), (0.0, 0.0));
        assert!(near(scores.recall_at_100, 1.0));
        documents.splice(0..0, (0..90).map(|n| format!("y{n}")));
        let scores = Scores::of(&documents, &judged).unwrap();
        assert_eq!(scores, Scores::default());
    }

    #[test]
    fn a_document_that_comes_twice_counts_once() {
        let judged = judged(&[("a", 1), ("b", 1)]);
        let scores = Scores::of(&ranking(&["a", "a", "b"]), &judged).unwrap();
        assert!(near(scores.p_at_10, 0.2));
        assert!(near(scores.map, 1.0));
    }

    #[test]
    fn a_question_without_a_relevant_document_measures_nothing() {
        assert_eq!(Scores::of(&ranking(&["a"]), &judged(&[("a", 0)])), None);
        assert_eq!(Scores::of(&[], &Judged::new()), None);
        assert_eq!(Scores::mean(&[]), Scores::default());
    }

    #[test]
    fn the_mean_is_taken_measure_by_measure() {
        let one = Scores { map: 1.0, mrr: 0.5, ..Scores::default() };
        let other = Scores { map: 0.0, mrr: 1.0, ..Scores::default() };
        let mean = Scores::mean(&[one, other]);
        assert_eq!((mean.map, mean.mrr), (0.5, 0.75));
    }
}
