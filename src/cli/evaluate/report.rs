//! The measures as a table for people and as one object for programs.

use std::{collections::BTreeMap, time::Duration};

use serde::Serialize;

use crate::{
    cli::{
        evaluate::Asked,
        terminal::{Emphasis, count},
    },
    domain::evaluation::Scores,
};

/// The measures over all questions and over parts of them.
pub struct Report {
    all: Group,
    sets: BTreeMap<String, Group>,
    voices: BTreeMap<String, Group>,
    topics: BTreeMap<String, Group>,
    unscored: usize,
    per_second: f64,
}

/// The measures over some questions.
#[derive(Default)]
struct Group {
    scores: Vec<Scores>,
}

/// The measures by the names of the contract.
#[derive(Serialize)]
struct Body {
    ndcg_at_10: f64,
    map: f64,
    p_at_10: f64,
    mrr: f64,
    recall_at_100: f64,
    queries: usize,
}

#[derive(Serialize)]
struct ReportBody<'a> {
    #[serde(flatten)]
    all: Body,
    queries_per_second: f64,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    sets: BTreeMap<&'a str, Body>,
}

impl Report {
    /// The report over what was asked; `took` is the time of the searches alone.
    pub fn new(asked: &[Asked], took: Duration) -> Self {
        let mut report = Self {
            all: Group::default(),
            sets: BTreeMap::new(),
            voices: BTreeMap::new(),
            topics: BTreeMap::new(),
            unscored: asked.iter().filter(|one| one.scores.is_none()).count(),
            per_second: per_second(asked.len(), took),
        };
        for Asked { question, scores } in asked {
            let Some(scores) = scores else { continue };
            report.all.scores.push(*scores);
            for (groups, name) in [
                (&mut report.sets, &question.set),
                (&mut report.voices, &question.voice),
                (&mut report.topics, &question.topic),
            ] {
                if let Some(name) = name {
                    groups.entry(name.clone()).or_default().scores.push(*scores);
                }
            }
        }
        report
    }

    /// One object, on one line.
    pub fn json(&self) -> anyhow::Result<String> {
        let sets = self.sets.iter().map(|(name, group)| (name.as_str(), group.body())).collect();
        let body = ReportBody { all: self.all.body(), queries_per_second: self.per_second, sets };
        Ok(serde_json::to_string(&body)? + "\n")
    }

    /// A table, a part of the questions a line.
    pub fn table(&self) -> String {
        let heading = format!(
            "{:<28}{:>8}{:>9}{:>8}{:>8}{:>8}{:>12}",
            "", "queries", "nDCG@10", "MAP", "P@10", "MRR", "recall@100"
        );
        let mut lines = vec![Emphasis::of_output().set(&heading).into_owned()];
        lines.push(self.all.line("all"));
        for (title, groups) in
            [("set", &self.sets), ("voice", &self.voices), ("topic", &self.topics)]
        {
            if !groups.is_empty() {
                lines.push(format!("by {title}"));
                lines.extend(groups.iter().map(|(name, group)| group.line(&format!("  {name}"))));
            }
        }
        lines.push(format!("{:.0} queries a second", self.per_second));
        if self.unscored > 0 {
            let what = count(self.unscored, "question has", "questions have");
            lines.push(format!("{what} no document judged relevant and did not count"));
        }
        lines.join("\n") + "\n"
    }
}

impl Group {
    fn body(&self) -> Body {
        let Scores { ndcg_at_10, map, p_at_10, mrr, recall_at_100 } = Scores::mean(&self.scores);
        Body { ndcg_at_10, map, p_at_10, mrr, recall_at_100, queries: self.scores.len() }
    }

    fn line(&self, name: &str) -> String {
        let body = self.body();
        format!(
            "{name:<28}{:>8}{:>9.4}{:>8.4}{:>8.4}{:>8.4}{:>12.4}",
            body.queries, body.ndcg_at_10, body.map, body.p_at_10, body.mrr, body.recall_at_100
        )
    }
}

fn per_second(queries: usize, took: Duration) -> f64 {
    let seconds = took.as_secs_f64().max(1e-9);
    (f64::from(u32::try_from(queries).unwrap_or(u32::MAX)) / seconds * 10.0).round() / 10.0
}
