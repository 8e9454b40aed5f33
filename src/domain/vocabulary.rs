//! The words of the field: what our texts call things, what people type instead,
//! and what is never printed.

use crate::domain::{slug::Slug, stage::Stage};

/// A named value of a list, with the words shown for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The value.
    pub slug: Slug,
    /// The words shown.
    pub label: String,
    /// One sentence more, where there is one.
    pub description: Option<String>,
}

/// A group of people the guidance and the postures are about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// Its name and label.
    pub label: Label,
    /// Whether it is meant to have a toolkit.
    pub toolkit: bool,
}

/// A sector of the economy: a slug for one or more SIC 2007 sections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sector {
    /// Its name and label.
    pub label: Label,
    /// Letters of the SIC 2007 sections it stands for.
    pub sic: Vec<String>,
    /// What people type for it.
    pub words: Vec<String>,
}

/// One preferred term with everything that people type instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Name, unique in the vocabulary.
    pub id: Slug,
    /// The words our texts use.
    pub preferred: String,
    /// Other words for the same thing.
    pub variants: Vec<String>,
    /// Common misspellings.
    pub misspellings: Vec<String>,
    /// The official abbreviation.
    pub abbreviation: Option<String>,
    /// One sentence that explains it to a reader.
    pub expansion: Option<String>,
    /// Terms that also help whoever asks for this one.
    pub narrower: Vec<Slug>,
    /// Terms near it.
    pub related: Vec<Slug>,
    /// The cohort that whoever uses the term is asking about.
    pub cohort: Option<Slug>,
}

/// A word that the service never prints as its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeverPrint {
    /// The word, lower case.
    pub word: String,
    /// What to write instead.
    pub instead: String,
}

/// Everything in `toolkits/vocabulary.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Vocabulary {
    /// Cohorts, in home-page order.
    pub cohorts: Vec<Cohort>,
    /// Topics.
    pub topics: Vec<Label>,
    /// Audiences.
    pub audiences: Vec<Label>,
    /// Formats.
    pub formats: Vec<Label>,
    /// Sectors.
    pub sectors: Vec<Sector>,
    /// Sentences that explain the stages.
    pub stages: Vec<(Stage, String)>,
    /// Preferred terms.
    pub terms: Vec<Term>,
    /// Words never printed.
    pub never_print: Vec<NeverPrint>,
    /// Abbreviations never spell-corrected, as written.
    pub never_correct: Vec<String>,
}

impl Vocabulary {
    /// The words shown for a cohort; the slug itself where the vocabulary has none.
    pub fn cohort_label<'a>(&'a self, slug: &'a str) -> &'a str {
        let found = self.cohorts.iter().map(|cohort| &cohort.label).find(|l| l.slug == *slug);
        found.map_or(slug, |label| &label.label)
    }

    /// The words shown for a topic.
    pub fn topic_label<'a>(&'a self, slug: &'a str) -> &'a str {
        label_of(&self.topics, slug)
    }

    /// The words shown for a format.
    pub fn format_label<'a>(&'a self, slug: &'a str) -> &'a str {
        label_of(&self.formats, slug)
    }

    /// The words shown for an audience.
    pub fn audience_label<'a>(&'a self, slug: &'a str) -> &'a str {
        label_of(&self.audiences, slug)
    }

    /// The words shown for a sector.
    pub fn sector_label<'a>(&'a self, slug: &'a str) -> &'a str {
        let found = self.sectors.iter().map(|sector| &sector.label).find(|l| l.slug == *slug);
        found.map_or(slug, |label| &label.label)
    }

    /// The term of that name.
    pub fn term(&self, id: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.id == *id)
    }
}

fn label_of<'a>(labels: &'a [Label], slug: &'a str) -> &'a str {
    labels.iter().find(|label| label.slug == *slug).map_or(slug, |label| &label.label)
}
