//! The columns in a file: what is read is what was written, and what is not whole is never
//! read.

use std::{fs, os::unix::fs::PermissionsExt};

use pathways::search::{
    brokers::{load, save},
    register::Position,
};

use crate::{
    employers::Country,
    need::{oracle::columns, today},
};

fn position() -> Position {
    let [database, mark, recipe] = ["d1", "m1", "r1"].map(str::to_owned);
    Position { database, change: 7, mark, day: today(), recipe }
}

#[test]
fn every_employer_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let country = Country::crowded(5, today());
    let candidates: Vec<_> = (0..700).map(|number| country.employer(number)).collect();
    let employers = columns(&candidates);
    save(folder.path(), &employers, &position()).unwrap();
    let (read, at) = load(folder.path()).unwrap();
    assert_eq!(at, position());
    let sorted = |of: &pathways::search::brokers::Employers| {
        let mut all: Vec<_> = of.candidates().collect();
        all.sort_by(|a, b| a.slug.cmp(&b.slug));
        all
    };
    let mut put = candidates;
    put.sort_by(|a, b| a.slug.cmp(&b.slug));
    assert_eq!(sorted(&employers), put);
    assert_eq!(sorted(&read), put);
}

#[test]
fn the_file_is_its_owners_alone() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), &columns(&[]), &position()).unwrap();
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(Result::unwrap).collect();
    assert_eq!(files.len(), 1);
    assert_eq!(files[0].metadata().unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn a_file_that_was_cut_or_changed_anywhere_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    assert!(load(folder.path()).is_none());
    let country = Country::crowded(5, today());
    let candidates: Vec<_> = (0..5).map(|number| country.employer(number)).collect();
    save(folder.path(), &columns(&candidates), &position()).unwrap();
    let path = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read(&path).unwrap();
    for length in (0..whole.len()).step_by(37) {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(load(folder.path()).is_none(), "cut to {length}");
    }
    for at in (0..whole.len()).step_by(29) {
        let mut other = whole.clone();
        other[at] ^= 0x10;
        fs::write(&path, &other).unwrap();
        assert!(load(folder.path()).is_none(), "changed at {at}");
    }
    let mut longer = whole.clone();
    longer.push(0);
    fs::write(&path, &longer).unwrap();
    assert!(load(folder.path()).is_none(), "longer");
    fs::write(&path, &whole).unwrap();
    assert!(load(folder.path()).is_some());
}
