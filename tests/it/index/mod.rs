//! The register's index on disk, and search over guidance and register together.

mod answers;
mod brokers;
mod disk;
mod in_step;
mod names;
mod rebuilding;
mod world;

use std::{path::Path, sync::Arc};

use pathways::{
    domain::search::{Answer, Document, Question},
    search::{
        Language,
        register::{Opening, Position, Standing, View, Writer},
    },
};

use crate::{fictional, shown};

pub use crate::fictional::{Dice, Turning, slip};

/// So many fictional organisations.
fn organisations(count: u64) -> Vec<Turning> {
    (0..count).map(|number| fictional::organisation(7, number, shown::day())).collect()
}

fn language() -> Arc<Language> {
    Arc::new(Language::new(shown::state().snapshot().vocabulary()))
}

fn standing(change: i64) -> Standing {
    let [database, mark, recipe] = ["a1b2", "m1", "r1"].map(str::to_owned);
    Standing { database, change, mark, oldest: Some(1), day: shown::day(), recipe }
}

fn position(change: i64) -> Position {
    let Standing { database, mark, recipe, day, .. } = standing(change);
    Position { database, change, mark, day, recipe }
}

fn open(folder: Option<&Path>, standing: &Standing) -> (Writer, Opening) {
    Writer::open(folder, language(), standing).unwrap()
}

fn put(writer: &Writer, documents: &[Turning]) {
    for (document, turns_on) in documents {
        writer.put(document, *turns_on).unwrap();
    }
}

/// An index in memory that holds these.
fn view(documents: &[Turning]) -> View {
    let (mut writer, _) = open(None, &standing(1));
    put(&writer, documents);
    writer.commit(&position(1)).unwrap();
    writer.view().unwrap()
}

fn question(text: &str) -> Question {
    Question { text: text.to_owned(), page: 1, per_page: 10, ..Question::default() }
}

fn ask(view: &View, question: &Question) -> Answer {
    view.search(question, None, shown::day()).unwrap()
}

/// The answer of guidance and register together.
fn ask_both(view: &View, question: &Question) -> Answer {
    view.search_with(&shown::state().snapshot().index, question, None, shown::day()).unwrap()
}

/// Questions of many kinds about these documents.
fn questions(documents: &[Turning]) -> Vec<String> {
    let titles = documents.iter().step_by(documents.len().div_ceil(6).max(1));
    let mut questions: Vec<String> = titles.map(|(document, _)| document.title.clone()).collect();
    questions.extend(
        [
            "",
            "bakery",
            "bread and cakes",
            "kitchn hires",
            "\"informal chat first\"",
            "log",
            "prison leavers in Oxford",
        ]
        .map(str::to_owned),
    );
    questions
}

fn names(documents: &[Turning]) -> impl Iterator<Item = &Document> {
    documents.iter().map(|(document, _)| document)
}
