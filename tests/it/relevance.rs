//! How well search answers the judged questions that ship with the project.

use crate::shown;
use pathways::domain::{
    evaluation::{DEPTH, Judged, Scores},
    search::Kind,
};
use std::collections::BTreeMap;

/// What was reached and must be kept: nDCG@10 over all judged questions.
const KEPT: f64 = 0.851;

const QUESTIONS: &str = include_str!("../judged/questions.jsonl");
const QRELS: &str = include_str!("../judged/qrels.tsv");

#[test]
fn the_answers_are_as_good_as_they_have_been() {
    let snapshot = shown::state().snapshot();
    let mut judged: BTreeMap<&str, Judged> = BTreeMap::new();
    for line in QRELS.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let grades = judged.entry(fields[0]).or_default();
        grades.insert(fields[1].to_owned(), fields[2].parse().unwrap());
    }
    let mut scores = Vec::new();
    let mut worst: Vec<(f64, String)> = Vec::new();
    for line in QUESTIONS.lines() {
        let question: serde_json::Value = serde_json::from_str(line).unwrap();
        let (id, text) = (question["id"].as_str().unwrap(), question["text"].as_str().unwrap());
        let found = snapshot.index.relevance(text, Some(snapshot.today)).unwrap();
        let ranking: Vec<String> =
            found.into_iter().take(DEPTH).map(|(kind, id, _)| name(kind, id)).collect();
        if let Some(score) = Scores::of(&ranking, &judged[id]) {
            worst.push((score.ndcg_at_10, text.to_owned()));
            scores.push(score);
        }
    }
    worst.sort_by(|a, b| a.0.total_cmp(&b.0));
    worst.truncate(10);
    let reached = Scores::mean(&scores).ndcg_at_10;
    assert!(reached >= KEPT, "nDCG@10 is {reached:.4}, kept was {KEPT}; the worst: {worst:#?}");
}

fn name(kind: Kind, id: &str) -> String {
    if kind == Kind::Passage { id.to_owned() } else { format!("{kind}/{id}") }
}
