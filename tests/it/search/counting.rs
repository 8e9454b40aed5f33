//! Totals and counts are exact.

use std::collections::BTreeSet;

use pathways::{
    app::guidance,
    domain::search::{Facet, Question},
};
use proptest::prelude::*;

use super::{ask, ask_with, question};
use crate::shown;

const QUESTIONS: [&str; 6] = [
    "",
    "right to work checks for refugees",
    "interview",
    "convictoin on the form",
    "leave",
    "how do we keep older staff",
];

#[test]
fn choosing_any_value_of_any_facet_gives_exactly_its_count() {
    for text in QUESTIONS {
        for filters in [vec![], vec![(Facet::Cohort, "refugees")], vec![(Facet::Stage, "check")]] {
            for counts in ask_with(text, &filters).facets {
                for value in counts.values {
                    let mut chosen: Vec<(Facet, &str)> = filters
                        .iter()
                        .filter(|(facet, _)| *facet != counts.facet)
                        .copied()
                        .collect();
                    chosen.push((counts.facet, &value.value));
                    let total = ask_with(text, &chosen).total;
                    assert_eq!(total, value.count, "{text:?} {filters:?} + {}", value.value);
                }
            }
        }
    }
}

#[test]
fn values_of_one_facet_widen_and_further_facets_narrow() {
    for text in QUESTIONS {
        let all = ask(text).total;
        let one = ask_with(text, &[(Facet::Cohort, "refugees")]).total;
        let two =
            ask_with(text, &[(Facet::Cohort, "refugees"), (Facet::Cohort, "age-friendly")]).total;
        let across = ask_with(text, &[(Facet::Cohort, "refugees"), (Facet::Kind, "passage")]).total;
        assert!(one <= two && two <= all && across <= one, "{text:?}: {one} {two} {all} {across}");
    }
}

#[test]
fn pages_in_a_row_are_the_whole_without_repeats() {
    for text in QUESTIONS {
        let total = ask(text).total;
        let mut ids = Vec::new();
        for page in 1.. {
            let question = Question { page, per_page: 7, ..question(text) };
            let answer = guidance::search(&shown::state().snapshot(), &question).unwrap();
            assert_eq!(answer.total, total);
            if answer.hits.is_empty() {
                break;
            }
            ids.extend(answer.hits.into_iter().map(|hit| (hit.kind, hit.id)));
        }
        let distinct: BTreeSet<_> = ids.iter().cloned().collect();
        assert_eq!((ids.len() as u64, distinct.len() as u64), (total, total), "{text:?}");
    }
}

#[test]
fn a_page_far_beyond_the_end_is_empty_with_the_right_total() {
    let beyond = Question { page: 1_000_000_000, ..question("refugees") };
    let answer = guidance::search(&shown::state().snapshot(), &beyond).unwrap();
    assert!(answer.hits.is_empty());
    assert_eq!(answer.total, ask("refugees").total);
}

#[test]
fn a_filter_value_that_does_not_exist_is_refused_with_the_nearest() {
    let filters = vec![(Facet::Cohort, "refugess".to_owned())];
    let asked = Question { filters, ..question("work") };
    let refused = guidance::search(&shown::state().snapshot(), &asked).unwrap_err();
    let pathways::app::AppError::Invalid(refusals) = refused else { panic!("{refused}") };
    assert!(refusals[0].message.contains("refugees"), "{refusals:?}");
}

#[test]
fn where_filters_leave_nothing_each_is_shown_with_the_count_without_it() {
    let filters = [(Facet::Cohort, "refugees"), (Facet::Kind, "partnership")];
    let answer = ask_with("share code", &filters);
    assert_eq!(answer.total, 0);
    let help = answer.help.unwrap();
    for (facet, value, count) in help.without {
        let rest: Vec<_> =
            filters.iter().filter(|(f, v)| (*f, *v) != (facet, value.as_str())).copied().collect();
        assert_eq!(ask_with("share code", &rest).total, count);
    }
    assert_eq!(help.without_any, ask("share code").total);
    assert!(!help.nearest.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_question_has_ordered_scores_and_the_same_answer_twice(text in "\\PC{0,60}") {
        let answer = ask(&text);
        prop_assert!(answer.hits.is_sorted_by(|a, b| a.score_milli >= b.score_milli));
        prop_assert_eq!(&answer, &ask(&text));
    }
}
