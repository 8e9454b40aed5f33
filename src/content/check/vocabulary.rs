//! Checks the vocabulary: every typed word leads to one term, every name once.

use std::collections::{BTreeMap, BTreeSet};

use super::{Checker, List, texts};
use crate::{
    content::{
        toml_text::{At, TomlText},
        vocabulary::FILE,
    },
    domain::{
        stage::Stage,
        vocabulary::{Label, Term},
    },
};

/// Checks what could be read of the vocabulary.
pub(super) fn check(checker: &mut Checker<'_>) {
    let loaded = checker.loaded;
    let vocabulary = &loaded.vocabulary;
    let Some(text) = loaded.files.text(FILE) else { return };
    let text = TomlText::new(FILE, text, 0);
    let cohorts: Vec<&Label> = vocabulary.cohorts.iter().map(|cohort| &cohort.label).collect();
    let sectors: Vec<&Label> = vocabulary.sectors.iter().map(|sector| &sector.label).collect();
    labels(checker, "cohorts", &cohorts, &text);
    labels(checker, "sectors", &sectors, &text);
    for (list, of) in [
        ("topics", &vocabulary.topics),
        ("audiences", &vocabulary.audiences),
        ("formats", &vocabulary.formats),
    ] {
        labels(checker, list, &of.iter().collect::<Vec<_>>(), &text);
    }
    for (stage, sentence) in &vocabulary.stages {
        let at = [At::Key("stages"), At::Where("slug", stage.as_str()), At::Key("description")];
        checker.read_over(sentence, &text, &at);
    }
    let unexplained = Stage::ALL.into_iter().filter(|stage| {
        let explained = vocabulary.stages.iter().any(|(known, _)| known == stage);
        !vocabulary.stages.is_empty() && !explained
    });
    for stage in unexplained {
        let message = format!("the stage {stage} is not explained");
        checker.faults.push(text.error(&[At::Key("stages")], "missing-stage", message));
    }
    for (nth, entry) in vocabulary.never_print.iter().enumerate() {
        let at = [At::Key("never_print"), At::Nth(nth), At::Key("instead")];
        checker.read_over(&entry.instead, &text, &at);
    }
    terms(checker, &text);
}

fn labels(checker: &mut Checker<'_>, list: &str, labels: &[&Label], text: &TomlText<'_>) {
    let mut seen = BTreeSet::new();
    for (nth, label) in labels.iter().enumerate() {
        let at = |key| [At::Key(list), At::Nth(nth), At::Key(key)];
        if !seen.insert(&label.slug) {
            let message = format!("{} is there twice", label.slug);
            checker.faults.push(text.error(&at("slug"), "same-slug-twice", message));
        }
        checker.read_over(&label.label, text, &at("label"));
        let description = label.description.as_deref().unwrap_or_default();
        checker.read_over(description, text, &at("description"));
    }
}

fn terms(checker: &mut Checker<'_>, text: &TomlText<'_>) {
    let terms = &checker.loaded.vocabulary.terms;
    let ids = terms.iter().map(|term| term.id.as_str());
    let known = List::strict("term", "unknown-term", ids);
    let mut seen = BTreeSet::new();
    let mut typed: BTreeMap<String, &Term> = BTreeMap::new();
    // What one term calls itself must not lead to another.
    for term in terms {
        typed.insert(term.preferred.to_lowercase(), term);
    }
    for (nth, term) in terms.iter().enumerate() {
        let at = |key| [At::Key("terms"), At::Nth(nth), At::Key(key)];
        if !seen.insert(&term.id) {
            let message = format!("the term {} is there twice", term.id);
            checker.faults.push(text.error(&at("id"), "same-slug-twice", message));
        }
        checker.look_up(&known, texts(&term.narrower), text, &at("narrower"));
        checker.look_up(&known, texts(&term.related), text, &at("related"));
        checker.read_over(&term.preferred, text, &at("preferred"));
        checker.read_over(term.expansion.as_deref().unwrap_or_default(), text, &at("expansion"));
        for (key, words) in [("variants", &term.variants), ("misspellings", &term.misspellings)] {
            for word in words {
                let other = typed.insert(word.trim().to_lowercase(), term);
                if let Some(other) = other.filter(|other| other.id != term.id) {
                    let path = [At::Key("terms"), At::Nth(nth), At::Key(key), At::Text(word)];
                    let message = format!("\"{word}\" leads to {} too", other.id);
                    checker.faults.push(text.error(&path, "variant-twice", message));
                }
            }
        }
    }
}
