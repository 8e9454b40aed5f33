//! Texts that nobody prepared: no vocabulary, no headings, no lines they can be
//! asked by. There search must not be worse than what everybody has.
//!
//! Recall is taken at 20: the collection is small, so at 100 plain BM25 finds all of
//! it through an "and" or a "the".
//!
//! What everybody has is Okapi BM25 with English stems over one field. The texts are
//! our own sections as plain text; the questions are the judged ones that are not
//! set aside.

use std::collections::{BTreeMap, BTreeSet};

use pathways::{
    domain::evaluation::{Judged, Scores},
    search::Index,
};
use rust_stemmers::{Algorithm, Stemmer};
use tantivy::{
    TantivyDocument, Term,
    collector::TopDocs,
    query::{BooleanQuery, Occur, Query, TermQuery},
    schema::{
        Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
    },
    tokenizer::{PreTokenizedString, Token},
};

use super::{document, index};
use crate::shown;

/// How far down a patient reader looks.
const DEPTH: usize = 20;

const QUESTIONS: &str = include_str!("../../judged/questions.jsonl");
const QRELS: &str = include_str!("../../judged/qrels.tsv");

#[test]
fn on_unprepared_texts_search_is_no_worse_than_plain_bm25() {
    let texts = texts();
    let ours = index(texts.iter().map(|(id, title, body)| document(id, title, body)).collect());
    let plain = Plain::new(&texts);
    let known: BTreeSet<&str> = texts.iter().map(|(id, ..)| id.as_str()).collect();
    let (mut own, mut theirs) = (Vec::new(), Vec::new());
    for (text, judged) in questions(&known) {
        own.extend(Scores::of(&ranked(&ours, &text), &judged));
        theirs.extend(Scores::of(&plain.ranked(&text), &judged));
    }
    assert!(own.len() > 50, "only {} questions", own.len());
    let (own, theirs) = (Scores::mean(&own), Scores::mean(&theirs));
    assert!(own.ndcg_at_10 >= theirs.ndcg_at_10, "ours {own:?}, plain {theirs:?}");
    assert!(own.recall_at_100 >= theirs.recall_at_100, "ours {own:?}, plain {theirs:?}");
}

/// Our sections as plain text: name, title, body.
fn texts() -> Vec<(String, String, String)> {
    let snapshot = shown::state().snapshot();
    let sections = snapshot
        .toolkits()
        .iter()
        .flat_map(|toolkit| toolkit.sections.iter().map(move |section| (&toolkit.slug, section)));
    sections
        .map(|(toolkit, section)| {
            let body: Vec<&str> = section.passages.iter().map(|p| p.text.as_str()).collect();
            (format!("{toolkit}/{}", section.slug), section.title.clone(), body.join("\n"))
        })
        .collect()
}

/// The questions that are not set aside, with the judgements of these documents.
fn questions(known: &BTreeSet<&str>) -> Vec<(String, Judged)> {
    let mut judged: BTreeMap<&str, Judged> = BTreeMap::new();
    for line in QRELS.lines().skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        if known.contains(fields[1]) {
            let grades = judged.entry(fields[0]).or_default();
            grades.insert(fields[1].to_owned(), fields[2].parse().unwrap());
        }
    }
    let questions = QUESTIONS.lines().map(|line| serde_json::from_str(line).unwrap());
    questions
        .filter(|question: &serde_json::Value| question["set"] == "tuning")
        .filter_map(|question| {
            let judged = judged.remove(question["id"].as_str().unwrap())?;
            Some((question["text"].as_str().unwrap().to_owned(), judged))
        })
        .collect()
}

fn ranked(index: &Index, text: &str) -> Vec<String> {
    let found = index.relevance(text, None).unwrap();
    found.into_iter().take(DEPTH).map(|(_, id, _)| id.to_owned()).collect()
}

/// Plain BM25: one field, English stems, any word.
struct Plain {
    index: tantivy::Index,
    id: Field,
    text: Field,
}

impl Plain {
    fn new(texts: &[(String, String, String)]) -> Self {
        let mut schema = Schema::builder();
        let id = schema.add_text_field("id", STRING | STORED);
        let indexing = TextFieldIndexing::default().set_index_option(IndexRecordOption::WithFreqs);
        let options = TextOptions::default().set_indexing_options(indexing);
        let text = schema.add_text_field("text", options);
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 20_000_000).unwrap();
        for (name, title, body) in texts {
            let mut document = TantivyDocument::new();
            document.add_text(id, name);
            document.add_pre_tokenized_text(text, tokens(&format!("{title}\n{body}")));
            writer.add_document(document).unwrap();
        }
        writer.commit().unwrap();
        Self { index, id, text }
    }

    fn ranked(&self, question: &str) -> Vec<String> {
        let words = stems(question).into_iter().map(|stem| {
            let term = Term::from_field_text(self.text, &stem);
            let query = TermQuery::new(term, IndexRecordOption::WithFreqs);
            (Occur::Should, Box::new(query) as Box<dyn Query>)
        });
        let query = BooleanQuery::new(words.collect());
        let searcher = self.index.reader().unwrap().searcher();
        let best = TopDocs::with_limit(DEPTH).order_by_score();
        let found = searcher.search(&query, &best).unwrap();
        let name = |address| {
            let document: TantivyDocument = searcher.doc(address).unwrap();
            document.get_first(self.id).unwrap().as_str().unwrap().to_owned()
        };
        found.into_iter().map(|(_, address)| name(address)).collect()
    }
}

fn stems(text: &str) -> Vec<String> {
    let stemmer = Stemmer::create(Algorithm::English);
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| stemmer.stem(word).into_owned()).collect()
}

fn tokens(text: &str) -> PreTokenizedString {
    let token = |(position, text)| Token { position, text, ..Token::default() };
    let tokens = stems(text).into_iter().enumerate().map(token).collect();
    PreTokenizedString { text: text.to_owned(), tokens }
}
