//! Questions, judgements and documents as files give them.
//!
//! A set with a line that cannot be read is refused with every such line named:
//! a figure over the rest would be the figure of another set.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::Context;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    cli::terminal::count,
    domain::{
        evaluation::Judged,
        guidance::Passage,
        search::{Document, Kind},
    },
};

const QUESTIONS: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judged/questions.jsonl"));
const QRELS: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/judged/qrels.tsv"));
/// How many bad lines are named.
const NAMED: usize = 20;

/// A question to be asked. Other people's files may say more; that is passed over.
#[derive(Debug, Clone, Deserialize)]
pub struct Question {
    /// Its name in the judgements.
    #[serde(alias = "_id")]
    pub id: String,
    /// The words.
    pub text: String,
    /// Who speaks, in our own set.
    pub voice: Option<String>,
    /// What it is about, in our own set.
    pub topic: Option<String>,
    /// `tuning` where it was looked at while search was improved, `aside` where not.
    pub set: Option<String>,
}

/// Questions with their judgements.
#[derive(Debug)]
pub struct JudgedSet {
    /// The questions, in the order of their file.
    pub questions: Vec<Question>,
    /// The judgements, by question.
    pub judged: BTreeMap<String, Judged>,
}

#[derive(Debug, Deserialize)]
struct CorpusLine {
    #[serde(alias = "_id")]
    id: String,
    #[serde(default)]
    title: String,
    text: String,
}

impl JudgedSet {
    /// The set that ships with the program.
    pub fn shipped() -> anyhow::Result<Self> {
        Self::parse(("questions.jsonl", QUESTIONS), ("qrels.tsv", QRELS))
    }

    /// The set of two files.
    pub fn read(queries: &Path, qrels: &Path) -> anyhow::Result<Self> {
        let (questions, judgements) = (text(queries)?, text(qrels)?);
        let (queries, qrels) = (queries.display().to_string(), qrels.display().to_string());
        Self::parse((&queries, &questions), (&qrels, &judgements))
    }

    fn parse(queries: (&str, &str), qrels: (&str, &str)) -> anyhow::Result<Self> {
        let mut faults = Vec::new();
        let questions = lines(queries, &mut faults, |question: &Question| question.id.clone());
        let known: BTreeSet<&str> = questions.iter().map(|one| one.id.as_str()).collect();
        let mut judged: BTreeMap<String, Judged> = BTreeMap::new();
        for (nth, line) in (1..).zip(qrels.1.lines()).skip(1) {
            if line.trim().is_empty() {
                continue;
            }
            match judgement(line, &known) {
                Ok((query, document, grade)) => {
                    let grades = judged.entry(query.to_owned()).or_default();
                    if grades.insert(document.to_owned(), grade).is_some() {
                        faults.push(format!("{}:{nth}: judged twice", qrels.0));
                    }
                }
                Err(reason) => faults.push(format!("{}:{nth}: {reason}", qrels.0)),
            }
        }
        refuse(&faults)?;
        Ok(Self { questions, judged })
    }
}

/// The documents of a file, to be searched as ours are.
pub fn corpus(path: &Path) -> anyhow::Result<Vec<Document>> {
    let mut faults = Vec::new();
    let read = text(path)?;
    let name = path.display().to_string();
    let texts = lines((&name, &read), &mut faults, |line: &CorpusLine| line.id.clone());
    refuse(&faults)?;
    Ok(texts.into_iter().map(document).collect())
}

fn document(line: CorpusLine) -> Document {
    let url = format!("/{}", line.id);
    Document {
        // A passage is called by its bare name, and so are the documents of others.
        kind: Kind::Passage,
        id: line.id,
        title: line.title,
        url,
        summary: String::new(),
        passages: vec![Passage { heading: None, anchor: String::new(), text: line.text }],
        vocabulary: Vec::new(),
        facets: Vec::new(),
        dates: None,
        legal: false,
        companion: false,
        fictional: false,
        points: Vec::new(),
    }
}

/// Query, document and grade; a grade below 0 means not relevant, as 0 does.
fn judgement<'a>(
    line: &'a str,
    known: &BTreeSet<&str>,
) -> Result<(&'a str, &'a str, u32), &'static str> {
    let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
    let [query, document, grade] = fields.as_slice() else {
        return Err("expected a query, a document and a grade, separated by tabs");
    };
    if !known.contains(query) {
        return Err("there is no such question");
    }
    let Ok(grade) = grade.parse::<i32>() else {
        return Err("the grade is not a whole number");
    };
    match u32::try_from(grade.max(0)) {
        Ok(grade) if grade <= 10 => Ok((query, document, grade)),
        _ => Err("the grade is higher than 10"),
    }
}

/// Every line of a file of JSON objects, with what is wrong with some of them.
fn lines<T: DeserializeOwned>(
    (name, text): (&str, &str),
    faults: &mut Vec<String>,
    id: impl Fn(&T) -> String,
) -> Vec<T> {
    let mut seen = BTreeSet::new();
    let mut values = Vec::new();
    for (nth, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<T>(line) {
            Ok(value) if seen.insert(id(&value)) => values.push(value),
            Ok(_) => faults.push(format!("{name}:{nth}: the id was there before")),
            Err(error) => faults.push(format!("{name}:{nth}: {}", without_place(&error))),
        }
    }
    values
}

/// What is wrong, without the line: it is always the first of the text it saw.
fn without_place(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or(&text);
    format!("{reason} at column {}", error.column())
}

fn text(path: &Path) -> anyhow::Result<String> {
    let text = std::fs::read_to_string(path);
    let text = text.with_context(|| format!("cannot read {}", path.display()))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn refuse(faults: &[String]) -> anyhow::Result<()> {
    if faults.is_empty() {
        return Ok(());
    }
    let named: Vec<&str> = faults.iter().take(NAMED).map(String::as_str).collect();
    let what = count(faults.len(), "line cannot be used", "lines cannot be used");
    anyhow::bail!("{what}:\n{}", named.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: &str = r#"{"id":"q1","text":"share code","metadata":{}}"#;

    #[test]
    fn every_line_that_cannot_be_used_is_named() {
        let queries = format!("{QUESTION}\n\n{{\"id\":\"q2\"}}\n{QUESTION}\n");
        let qrels = "query\tdocument\tgrade\nq1\ta\t3\nq1 b 2\nq9\ta\t1\nq1\tb\thigh\nq1\ta\t2\n";
        let error = JudgedSet::parse(("q", &queries), ("r", qrels)).unwrap_err().to_string();
        for place in ["q:3:", "q:4:", "r:3:", "r:4:", "r:5:", "r:6:"] {
            assert!(error.contains(place), "{place} in {error}");
        }
        assert!(!error.contains("q:1:") && !error.contains("r:2:"), "{error}");
    }

    #[test]
    fn a_grade_below_nothing_is_nothing() {
        let qrels = "query\tdocument\tgrade\r\nq1\ta\t-1\r\n";
        let set = JudgedSet::parse(("q", QUESTION), ("r", qrels)).unwrap();
        assert_eq!(set.judged["q1"]["a"], 0);
    }

    #[test]
    fn the_shipped_set_can_be_read_and_every_question_is_judged() {
        let set = JudgedSet::shipped().unwrap();
        assert!(set.questions.iter().all(|question| set.judged.contains_key(&question.id)));
        let halves = |half: &str| set.questions.iter().any(|q| q.set.as_deref() == Some(half));
        assert!(halves("tuning") && halves("aside"));
    }
}
