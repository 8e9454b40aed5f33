//! What is on disk is either whole or built anew, and says the same either way.

use std::{fs, path::Path};

use chrono::{Days, NaiveDate};
use pathways::{
    domain::search::{Answer, Kind},
    search::{
        SearchError,
        register::{Opening, Reason, Standing, View, Writer},
    },
};

use super::{
    Turning, ask, language, open, organisations, position, put, question, questions, standing,
};
use crate::shown;

/// Fills an index at a folder and says what it answers.
fn fill(folder: &Path, documents: &[Turning]) -> Vec<Answer> {
    let (mut writer, opening) = open(Some(folder), &standing(5));
    assert!(matches!(opening, Opening::Rebuild(_)), "{opening:?}");
    put(&writer, documents);
    writer.commit(&position(5)).unwrap();
    let answers = answers(&writer.view().unwrap(), documents);
    writer.finish().unwrap();
    answers
}

fn answers(view: &View, documents: &[Turning]) -> Vec<Answer> {
    questions(documents).iter().map(|text| ask(view, &question(text))).collect()
}

#[test]
fn what_was_committed_is_there_after_a_restart_with_its_position() {
    let folder = tempfile::tempdir().unwrap();
    let documents = organisations(60);
    let before = fill(folder.path(), &documents);
    let (writer, opening) = open(Some(folder.path()), &standing(9));
    assert_eq!(opening, Opening::Resumed(position(5)));
    assert_eq!(answers(&writer.view().unwrap(), &documents), before);
}

#[test]
fn a_lost_commit_leaves_neither_its_documents_nor_its_position() {
    let folder = tempfile::tempdir().unwrap();
    let documents = organisations(40);
    let (mut writer, _) = open(Some(folder.path()), &standing(5));
    put(&writer, &documents[..20]);
    writer.commit(&position(5)).unwrap();
    put(&writer, &documents[20..]);
    writer.remove(Kind::Organisation, &documents[0].0.id);
    drop(writer);

    let (mut writer, opening) = open(Some(folder.path()), &standing(6));
    assert_eq!(opening, Opening::Resumed(position(5)));
    assert_eq!(writer.view().unwrap().documents(), 20);
    put(&writer, &documents[20..]);
    writer.commit(&position(6)).unwrap();
    assert_eq!(
        answers(&writer.view().unwrap(), &documents),
        answers(&super::view(&documents), &documents)
    );
}

/// What happens to the files of an index, in words and in deed.
type Damage = (&'static str, fn(&Path));

#[test]
fn whatever_happens_to_the_files_the_index_is_built_anew_and_says_the_same() {
    let documents = organisations(60);
    let damages: [Damage; 6] = [
        ("no folder", |own| fs::remove_dir_all(own).unwrap()),
        ("a truncated segment", |own| truncate(own, "store")),
        ("truncated postings", |own| truncate(own, "idx")),
        ("a flipped bit", |own| flip(own, "store")),
        ("a damaged meta.json", |own| fs::write(own.join("meta.json"), "{\"segm").unwrap()),
        ("a segment gone", |own| fs::remove_file(file(own, "fast")).unwrap()),
    ];
    for (what, damage) in damages {
        let folder = tempfile::tempdir().unwrap();
        let before = fill(folder.path(), &documents);
        damage(&versioned(folder.path()));
        assert_eq!(fill(folder.path(), &documents), before, "{what}");
    }
}

#[test]
fn an_index_of_another_database_or_time_is_built_anew() {
    let documents = organisations(3);
    let yesterday = shown::day() - Days::new(1);
    for (standing, reason) in [
        (Standing { database: "c3d4".to_owned(), ..standing(5) }, Reason::OtherDatabase),
        (Standing { change: 4, ..standing(5) }, Reason::Ahead),
        (Standing { day: yesterday, ..standing(5) }, Reason::Ahead),
        (Standing { change: 90, oldest: Some(7), ..standing(5) }, Reason::Behind),
        (Standing { recipe: "r2".to_owned(), ..standing(5) }, Reason::OtherRecipe),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fill(folder.path(), &documents);
        let (writer, opening) = open(Some(folder.path()), &standing);
        assert_eq!(opening, Opening::Rebuild(reason));
        assert_eq!(writer.view().unwrap().documents(), 0);
    }
}

#[test]
fn a_second_writer_on_one_folder_is_refused_in_words_and_harms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let documents = organisations(5);
    fill(folder.path(), &documents);
    let (writer, _) = open(Some(folder.path()), &standing(5));
    let other = Standing { database: "c3d4".to_owned(), ..standing(5) };
    let refused = Writer::open(Some(folder.path()), language(), &other).err().unwrap();
    assert!(matches!(refused, SearchError::InUse(_)), "{refused}");
    assert!(refused.to_string().contains("another process uses"), "{refused}");
    let refused = pathways::search::register::delete(folder.path()).unwrap_err();
    assert!(matches!(refused, SearchError::InUse(_)), "{refused}");
    assert_eq!(writer.view().unwrap().documents(), 5);
    drop(writer);
    assert!(matches!(open(Some(folder.path()), &standing(5)).1, Opening::Resumed(_)));
}

#[test]
fn exactly_what_turns_by_a_day_is_due() {
    let documents = organisations(80);
    let view = super::view(&documents);
    for offset in [0, 1, 7, 30, 200] {
        let day: NaiveDate = shown::day() + Days::new(offset);
        let mut wanted: Vec<(Kind, String)> = documents
            .iter()
            .filter(|(_, turns_on)| turns_on.is_some_and(|turn| turn <= day))
            .map(|(document, _)| (document.kind, document.id.clone()))
            .collect();
        wanted.sort();
        assert_eq!(view.due(day).unwrap(), wanted, "{offset} days on");
    }
}

fn versioned(folder: &Path) -> std::path::PathBuf {
    let mut inside = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    inside.find(|path| path.is_dir()).unwrap()
}

fn file(own: &Path, ending: &str) -> std::path::PathBuf {
    let mut all = fs::read_dir(own).unwrap().map(|entry| entry.unwrap().path());
    all.find(|path| path.extension().is_some_and(|own| own == ending)).unwrap()
}

fn truncate(own: &Path, ending: &str) {
    let path = file(own, ending);
    let length = fs::metadata(&path).unwrap().len();
    fs::File::options().write(true).open(path).unwrap().set_len(length / 2).unwrap();
}

fn flip(own: &Path, ending: &str) {
    let path = file(own, ending);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 3;
    bytes[middle] ^= 0x10;
    fs::write(path, bytes).unwrap();
}
