//! `vocabulary.toml` to the [`Vocabulary`].
//!
//! An entry that cannot be read is left out and named; the others stay. A file
//! that is no TOML at all gives an empty vocabulary.

use crate::{
    content::{
        fault::Fault,
        raw::{RawLabel, RawTerm, RawVocabulary},
        toml_text::{At, TomlText, Values},
    },
    domain::{
        stage::Stage,
        vocabulary::{Cohort, Label, NeverPrint, Sector, Term, Vocabulary},
    },
};

/// The name of the file.
pub(super) const FILE: &str = "vocabulary.toml";

/// Reads the file's text.
pub(super) fn read(text: &str, faults: &mut Vec<Fault>) -> Vocabulary {
    let text = TomlText::new(FILE, text, 0);
    let raw: RawVocabulary = match text.read() {
        Ok(raw) => raw,
        Err(fault) => {
            faults.push(fault);
            return Vocabulary::default();
        }
    };
    let (stages, terms) = (stages(raw.stages, &text, faults), terms(raw.terms, &text, faults));
    let mut reader = Reader { text: &text, faults };
    let cohorts = raw.cohorts.into_iter().enumerate().filter_map(|(nth, raw)| {
        let label = RawLabel { slug: raw.slug, label: raw.label, description: raw.description };
        Some(Cohort { label: reader.label("cohorts", nth, label)?, toolkit: raw.toolkit })
    });
    let cohorts = cohorts.collect();
    let sectors = raw.sectors.into_iter().enumerate().filter_map(|(nth, raw)| {
        let label = RawLabel { slug: raw.slug, label: raw.label, description: raw.description };
        let label = reader.label("sectors", nth, label)?;
        Some(Sector { label, sic: raw.sic, words: raw.words })
    });
    let sectors = sectors.collect();
    let never_print = raw.never_print.into_iter();
    Vocabulary {
        cohorts,
        topics: reader.labels("topics", raw.topics),
        audiences: reader.labels("audiences", raw.audiences),
        formats: reader.labels("formats", raw.formats),
        sectors,
        stages,
        terms,
        never_print: never_print
            .map(|raw| NeverPrint { word: raw.word.to_lowercase(), instead: raw.instead })
            .collect(),
        never_correct: raw.never_correct,
    }
}

struct Reader<'a> {
    text: &'a TomlText<'a>,
    faults: &'a mut Vec<Fault>,
}

impl Reader<'_> {
    fn label(&mut self, list: &str, nth: usize, raw: RawLabel) -> Option<Label> {
        let path = [At::Key(list), At::Nth(nth)];
        let slug = Values::of(self.text, &path, self.faults).slug("slug", &raw.slug)?;
        if raw.label.is_empty() {
            let message = format!("{slug} has no label");
            self.faults.push(self.text.error(&path, "missing-label", message));
            return None;
        }
        Some(Label { slug, label: raw.label, description: raw.description })
    }

    fn labels(&mut self, list: &str, raw: Vec<RawLabel>) -> Vec<Label> {
        raw.into_iter().enumerate().filter_map(|(nth, raw)| self.label(list, nth, raw)).collect()
    }
}

fn stages(
    raw: Vec<RawLabel>,
    text: &TomlText<'_>,
    faults: &mut Vec<Fault>,
) -> Vec<(Stage, String)> {
    let mut stages = Vec::new();
    for (nth, raw) in raw.into_iter().enumerate() {
        let mut values = Values::of(text, &[At::Key("stages"), At::Nth(nth)], faults);
        let stage = values.stage("slug", &raw.slug);
        stages.extend(stage.map(|stage| (stage, raw.description.unwrap_or(raw.label))));
    }
    stages
}

fn terms(raw: Vec<RawTerm>, text: &TomlText<'_>, faults: &mut Vec<Fault>) -> Vec<Term> {
    let mut terms = Vec::new();
    for (nth, raw) in raw.into_iter().enumerate() {
        let mut values = Values::of(text, &[At::Key("terms"), At::Nth(nth)], faults);
        let Some(id) = values.slug("id", &raw.id) else { continue };
        let narrower = values.slugs("narrower", &raw.narrower);
        let related = values.slugs("related", &raw.related);
        let cohort = raw.cohort.as_ref().and_then(|cohort| values.slug("cohort", cohort));
        terms.push(Term {
            id,
            preferred: raw.preferred,
            variants: raw.variants,
            misspellings: raw.misspellings,
            abbreviation: raw.abbreviation,
            expansion: raw.expansion,
            narrower,
            related,
            cohort,
        });
    }
    terms
}
