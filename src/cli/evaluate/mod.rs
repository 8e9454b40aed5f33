//! `pathways evaluate`: how well search answers, measured against judgements.
//!
//! Every question goes through the index that answers visitors, and its first
//! 100 documents are compared with what was judged. Our own documents are called
//! `toolkit/section` where they are passages and `kind/name` otherwise.

mod input;
mod report;

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Context;
use chrono::NaiveDate;
use clap::Args;

use crate::{
    app::{Clock, start::Demonstration},
    cli::{
        Outcome,
        evaluate::{
            input::{JudgedSet, Question},
            report::Report,
        },
        terminal::{Progress, count, print, say},
    },
    config::ContentArgs,
    domain::{
        evaluation::{DEPTH, Scores},
        search::{Kind, Question as Words},
    },
    search::Index,
};

/// What `evaluate` heeds.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Questions to ask instead of those that ship: {"id","text"} a line
    #[arg(long, value_name = "FILE", requires = "qrels")]
    queries: Option<PathBuf>,
    /// Judgements of them: query, document and grade, separated by tabs, under a header
    #[arg(long, value_name = "FILE", requires = "queries")]
    qrels: Option<PathBuf>,
    /// Documents to search instead of ours: {"id","title","text"} a line
    #[arg(long, value_name = "FILE", requires = "queries")]
    corpus: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    content: ContentArgs,
}

/// A question with what its ranking scored, where it can be scored.
pub struct Asked {
    /// The question.
    pub question: Question,
    /// Its measures.
    pub scores: Option<Scores>,
}

/// Asks every question and prints the measures.
pub fn run(arguments: &Arguments) -> anyhow::Result<Outcome> {
    let set = match (&arguments.queries, &arguments.qrels) {
        (Some(queries), Some(qrels)) => JudgedSet::read(queries, qrels)?,
        _ => JudgedSet::shipped()?,
    };
    let (index, today) = index(arguments)?;
    let (asked, took) = ask(&index, today, set)?;
    let report = Report::new(&asked, took);
    print(&if arguments.json { report.json()? } else { report.table() })?;
    Ok(Outcome::Done)
}

/// The index over the documents to be searched. Our own are those of the files,
/// whatever a database holds, so that the figures can be had again.
fn index(arguments: &Arguments) -> anyhow::Result<(Arc<Index>, NaiveDate)> {
    let sources = arguments.content.sources(Demonstration::Absent);
    if let Some(corpus) = &arguments.corpus {
        let vocabulary = sources.toolkits().context("cannot read the toolkits")?.vocabulary;
        let documents = input::corpus(corpus)?;
        say(&format!("evaluate: indexing {}", count(documents.len(), "document", "documents")));
        let index = Index::build(documents, &vocabulary)?;
        return Ok((Arc::new(index), Clock::System.today()));
    }
    let snapshot = sources.read().context("cannot read the content")?.alone(Clock::System)?;
    Ok((snapshot.index, snapshot.today))
}

/// Asks every judged question; how long the searches alone took.
fn ask(index: &Index, today: NaiveDate, set: JudgedSet) -> anyhow::Result<(Vec<Asked>, Duration)> {
    warn_of_missing(index, today, &set)?;
    let mut took = Duration::ZERO;
    let mut progress = Progress::new("evaluate", set.questions.len());
    let mut asked = Vec::with_capacity(set.questions.len());
    for question in set.questions {
        let begun = Instant::now();
        let found = index.relevance(&question.text, Some(today))?;
        took += begun.elapsed();
        let ranking: Vec<String> =
            found.into_iter().take(DEPTH).map(|(kind, id, _)| name(kind, id)).collect();
        let judged = set.judged.get(&question.id);
        let scores = judged.and_then(|judged| Scores::of(&ranking, judged));
        asked.push(Asked { question, scores });
        progress.step();
    }
    drop(progress);
    anyhow::ensure!(
        asked.iter().any(|one| one.scores.is_some()),
        "no question has a document judged relevant, so there is nothing to measure"
    );
    Ok((asked, took))
}

/// Says how many judged documents cannot be found, since there are none such.
fn warn_of_missing(index: &Index, today: NaiveDate, set: &JudgedSet) -> anyhow::Result<()> {
    let all = Words { page: 1, per_page: u32::MAX, ..Words::default() };
    let hits = index.search(&all, today)?.hits;
    let known: BTreeSet<String> = hits.iter().map(|hit| name(hit.kind, &hit.id)).collect();
    let judged = set.judged.values().flat_map(|judged| judged.keys());
    let missing: BTreeSet<&String> = judged.filter(|document| !known.contains(*document)).collect();
    if let Some(first) = missing.first() {
        let what = count(missing.len(), "judged document is", "judged documents are");
        say(&format!("evaluate: {what} not there, such as {first}"));
    }
    Ok(())
}

/// The name of a document in judgements.
fn name(kind: Kind, id: &str) -> String {
    match kind {
        Kind::Passage => id.to_owned(),
        _ => format!("{kind}/{id}"),
    }
}
