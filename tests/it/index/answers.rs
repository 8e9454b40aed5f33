//! Answers over guidance and register are exact, and depend on the documents alone.

use std::collections::{BTreeMap, BTreeSet};

use pathways::{
    app::{AppError, guidance},
    domain::{
        place::{Point, distance_miles},
        search::{Answer, Facet, Kind, Near, Question, ReasonCode},
    },
    search::register::View,
};
use proptest::prelude::*;

use super::{
    Turning, ask, ask_both, open, organisations, position, question, questions, standing, view,
};
use crate::shown;

const ASKED: [&str; 7] = [
    "",
    "bakery",
    "hire refugees",
    "right to work checks",
    "interview",
    "friendly kitchen team",
    "bread and caeks",
];

fn both(documents: &[Turning]) -> impl Fn(&str, &[(Facet, &str)]) -> Answer + use<> {
    let view = view(documents);
    move |text, filters| {
        let filters = filters.iter().map(|(facet, value)| (*facet, (*value).to_owned())).collect();
        ask_both(&view, &Question { filters, per_page: 100, ..question(text) })
    }
}

#[test]
fn choosing_any_value_of_any_facet_gives_exactly_its_count_over_both() {
    let ask = both(&organisations(150));
    for text in ASKED {
        for filters in [vec![], vec![(Facet::Cohort, "refugees")], vec![(Facet::Kind, "passage")]] {
            for counts in ask(text, &filters).facets {
                for value in counts.values {
                    let mut chosen = filters.clone();
                    chosen.retain(|(facet, _)| *facet != counts.facet);
                    chosen.push((counts.facet, &value.value));
                    let total = ask(text, &chosen).total;
                    assert_eq!(total, value.count, "{text:?} {filters:?} + {}", value.value);
                }
            }
        }
    }
}

#[test]
fn a_filter_never_adds_and_a_second_value_never_takes_away() {
    let ask = both(&organisations(150));
    for text in ASKED {
        let all = ask(text, &[]).total;
        for facet in ask(text, &[]).facets {
            let mut before = 0;
            let mut chosen: Vec<(Facet, &str)> = Vec::new();
            for value in &facet.values {
                chosen.push((facet.facet, &value.value));
                let total = ask(text, &chosen).total;
                assert!(before <= total && total <= all, "{text:?} {chosen:?}");
                before = total;
            }
        }
    }
}

#[test]
fn pages_in_a_row_are_the_whole_without_repeats_and_in_order() {
    let documents = organisations(90);
    let view = view(&documents);
    for text in ASKED {
        let mut hits = Vec::new();
        let mut total = 0;
        for page in 1.. {
            let answer = ask_both(&view, &Question { page, per_page: 13, ..question(text) });
            total = answer.total;
            if answer.hits.is_empty() {
                break;
            }
            hits.extend(answer.hits);
        }
        let ids: BTreeSet<_> = hits.iter().map(|hit| (hit.kind, hit.id.clone())).collect();
        assert_eq!((hits.len() as u64, ids.len() as u64), (total, total), "{text:?}");
        assert!(hits.is_sorted_by(|a, b| a.score_milli >= b.score_milli), "{text:?}");
        for hit in hits {
            let sum: i64 = hit.parts.iter().map(|part| part.milli).sum();
            assert_eq!(sum, hit.score_milli, "{text}: {}", hit.id);
        }
    }
}

#[test]
fn without_words_guidance_is_listed_first_and_then_the_register_by_name() {
    let documents = organisations(20);
    let answer = ask_both(&view(&documents), &Question { per_page: 2_000, ..question("") });
    let is_record = |kind: Kind| kind == Kind::Organisation;
    assert!(answer.hits.is_sorted_by_key(|hit| is_record(hit.kind)));
    let titles: Vec<&str> =
        answer.hits.iter().filter(|h| is_record(h.kind)).map(|h| h.title.as_str()).collect();
    assert_eq!(titles.len(), 20);
    assert!(titles.is_sorted(), "{titles:?}");
    assert_eq!(answer.considered, answer.total);
}

#[test]
fn the_register_never_changes_what_the_guidance_answers() {
    let (little, much) = (view(&[]), view(&organisations(300)));
    let guidance_kinds = ["passage", "library", "action", "partnership", "course"];
    for text in ASKED.into_iter().chain(["refugess share kode", "\"share code\" check"]) {
        let filters = guidance_kinds.map(|kind| (Facet::Kind, kind.to_owned())).to_vec();
        let asked = Question { filters, per_page: 50, ..question(text) };
        let (before, after) = (ask_both(&little, &asked), ask_both(&much, &asked));
        assert_eq!(before.hits, after.hits, "{text}");
        assert_eq!(before.total, after.total);
        assert_eq!(before.corrections, after.corrections);
        assert_eq!(before.ignored, after.ignored);
        let scores: BTreeMap<String, i64> =
            ask_both(&little, &Question { per_page: 500, ..question(text) })
                .hits
                .into_iter()
                .map(|hit| (hit.id, hit.score_milli))
                .collect();
        for hit in ask_both(&much, &Question { per_page: 800, ..question(text) }).hits {
            if hit.kind != Kind::Organisation {
                assert_eq!(scores.get(&hit.id), Some(&hit.score_milli), "{text}: {}", hit.id);
            }
        }
    }
}

#[test]
fn a_word_that_either_knows_is_neither_ignored_nor_corrected() {
    let documents = organisations(50);
    let view = view(&documents);
    let name = documents[3].0.title.split(' ').next().unwrap().to_lowercase();
    let answer = ask_both(&view, &question(&name));
    assert!(answer.ignored.is_empty(), "{:?}", answer.ignored);
    assert!(answer.corrections.iter().all(|one| one.typed != name), "{:?}", answer.corrections);
    let answer = ask_both(&view, &question("zzzzqqq bakery refugees"));
    assert_eq!(answer.ignored, ["zzzzqqq"]);
    let answer = ask_both(&view, &question("menapause"));
    let used: Vec<&str> = answer.corrections.iter().map(|one| one.used.as_str()).collect();
    assert_eq!(used, ["menopause"]);
}

#[test]
fn one_document_put_twice_counts_once_and_a_removed_one_nowhere() {
    let documents = organisations(30);
    let (mut writer, _) = open(None, &standing(1));
    super::put(&writer, &documents);
    writer.commit(&position(1)).unwrap();
    let mut changed = documents[4].clone();
    changed.0.title = "Quagmire Bakery (fictional)".to_owned();
    super::put(&writer, &documents[..10]);
    super::put(&writer, &[changed.clone(), changed.clone()]);
    writer.commit(&position(2)).unwrap();
    let view = writer.view().unwrap();
    assert_eq!(view.documents(), 30);
    assert_eq!(ask(&view, &question("")).total, 30);
    assert_eq!(ask(&view, &question("quagmire")).total, 1);

    writer.remove(Kind::Organisation, &changed.0.id);
    writer.commit(&position(3)).unwrap();
    let gone = writer.view().unwrap();
    assert_eq!(ask(&view, &question("quagmire")).total, 1, "who took a view keeps it");
    let answer = ask(&gone, &question("quagmire"));
    assert_eq!((answer.total, answer.considered), (0, 29));
    assert_eq!(answer.ignored, ["quagmire"], "no spelling knows the word either");
    assert!(gone.suggest_with(&shown::state().snapshot().index, "quagm").unwrap().is_empty());
    let kinds = ask(&gone, &question("")).facets.into_iter().find(|f| f.facet == Facet::Kind);
    assert_eq!(kinds.unwrap().values[0].count, 29);
}

/// Points around Oxford, and a place to measure from.
fn near(lat: f64, lon: f64, within_miles: u32) -> Near {
    Near { name: "Oxford".to_owned(), centre: Point { lat, lon }, within_miles }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_place_finds_what_measuring_every_point_finds(
        lat in 51.5f64..52.3, lon in -1.7f64..-0.8, within in prop::sample::select(vec![5u32, 10, 20, 50]),
        text in prop::sample::select(vec!["", "bakery", "friendly team"]),
    ) {
        let documents = organisations(60);
        let view = view(&documents);
        let near = near(lat, lon, within);
        let asked = Question { per_page: 100, ..question(text) };
        let all = ask(&view, &asked);
        let answer = view.search(&asked, Some(&near), shown::day()).unwrap();
        let miles = |id: &str| {
            let (document, _) = documents.iter().find(|(document, _)| document.id == id).unwrap();
            let far = document.points.iter().map(|point| distance_miles(*point, near.centre));
            far.reduce(f64::min)
        };
        let wanted: BTreeSet<&str> = all.hits.iter().map(|hit| hit.id.as_str())
            .filter(|id| miles(id).is_some_and(|miles| miles <= f64::from(within)))
            .collect();
        let found: BTreeSet<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
        prop_assert_eq!(&found, &wanted);
        prop_assert_eq!(answer.total, wanted.len() as u64);
        let nowhere = all.hits.iter().filter(|hit| miles(&hit.id).is_none()).count();
        prop_assert_eq!(answer.without_place, nowhere as u64);
        for hit in &answer.hits {
            let told = hit.distance_miles.unwrap();
            prop_assert!((told - miles(&hit.id).unwrap()).abs() < 0.001);
            let reason = hit.reasons.iter().find(|one| one.code == ReasonCode::Distance).unwrap();
            prop_assert!(reason.text.ends_with("from Oxford"), "{}", reason.text);
        }
        for counts in answer.facets {
            for value in counts.values {
                let filters = vec![(counts.facet, value.value.clone())];
                let narrowed = Question { filters, ..asked.clone() };
                let total = view.search(&narrowed, Some(&near), shown::day()).unwrap().total;
                prop_assert_eq!(total, value.count);
            }
        }
    }

    #[test]
    fn any_text_is_answered_over_both(text in "\\PC{0,40}") {
        let view = view(&organisations(12));
        let answer = ask_both(&view, &question(&text));
        prop_assert_eq!(&answer, &ask_both(&view, &question(&text)));
        prop_assert!(answer.hits.is_sorted_by(|a, b| a.score_milli >= b.score_milli));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn however_an_index_came_about_it_answers_like_one_built_at_once(
        steps in prop::collection::vec((0u64..24, 0u64..3, any::<bool>(), any::<bool>()), 1..40),
    ) {
        let (mut writer, _) = open(None, &standing(1));
        let mut held: BTreeMap<String, Turning> = BTreeMap::new();
        for (number, edition, remove, commit) in steps {
            let mut one = super::fictional::organisation(edition, number, shown::day());
            one.0.id = format!("org-{number}");
            if remove {
                writer.remove(Kind::Organisation, &one.0.id);
                held.remove(&one.0.id);
            } else {
                super::put(&writer, std::slice::from_ref(&one));
                held.insert(one.0.id.clone(), one);
            }
            if commit {
                writer.commit(&position(1)).unwrap();
            }
        }
        writer.commit(&position(2)).unwrap();
        let documents: Vec<Turning> = held.into_values().collect();
        let (one, other): (View, View) = (writer.view().unwrap(), view(&documents));
        for text in questions(&documents) {
            let asked = Question { per_page: 100, ..question(&text) };
            prop_assert_eq!(ask(&one, &asked), ask(&other, &asked), "{}", text);
            prop_assert_eq!(ask_both(&one, &asked), ask_both(&other, &asked), "{}", text);
        }
        prop_assert_eq!(one.due(shown::day() + chrono::Days::new(30)).unwrap(),
            other.due(shown::day() + chrono::Days::new(30)).unwrap());
    }
}

#[test]
fn a_place_that_is_not_known_is_refused_with_the_nearest_and_a_distance_needs_a_place() {
    let snapshot = shown::state().snapshot();
    let refused = |question: Question| match guidance::search(&snapshot, &question) {
        Err(AppError::Invalid(refusals)) => {
            (refusals[0].field.clone(), refusals[0].message.clone())
        }
        other => panic!("{other:?}"),
    };
    let (field, message) =
        refused(Question { place: Some("Banbery".to_owned()), ..question("work") });
    assert_eq!(field, "place");
    assert!(message.contains("Banbury"), "{message}");
    let (field, _) = refused(Question { within_miles: Some(5), ..question("work") });
    assert_eq!(field, "within_miles");
    let near = Question { place: Some("OX16 5QA".to_owned()), ..question("") };
    let answer = guidance::search(&snapshot, &near).unwrap();
    assert_eq!(answer.near.unwrap().within_miles, 10);
    assert!(answer.total > 0 && answer.hits.iter().all(|hit| hit.kind == Kind::Course));
    assert!(answer.without_place > 0);
}
