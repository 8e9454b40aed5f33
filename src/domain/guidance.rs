//! Guidance: toolkits of our own, their sections and steps, and the library of
//! other people's guides.

use std::fmt;

use crate::domain::{freshness::Dated, size_band::SizeBand, slug::Slug, stage::Stage};

/// One toolkit: everything we say to employers about one cohort.
#[derive(Debug, Clone, PartialEq)]
pub struct Toolkit {
    /// Public name, also the folder's.
    pub slug: Slug,
    /// Title as shown.
    pub title: String,
    /// The cohort it is about.
    pub cohort: Slug,
    /// What an employer will be able to do, in one or two sentences.
    pub summary: String,
    /// Place on the home page, smallest first.
    pub order: u32,
    /// A question it answers, shown on the home page as an example.
    pub example: Option<String>,
    /// When it was written and until when it counts.
    pub dates: Dated,
    /// Every source its sections cite.
    pub sources: Vec<Citation>,
    /// Sections, in the order of their file names.
    pub sections: Vec<Section>,
    /// Ready-to-adapt documents.
    pub templates: Vec<Section>,
    /// Steps in hiring order.
    pub steps: Vec<Step>,
}

/// A source that a toolkit cites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The marker used in the text, such as `R1`.
    pub id: String,
    /// Who published it.
    pub publisher: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: String,
    /// Its date in words, as far as known.
    pub date: String,
    /// Whether it is the page of a government body, regulator, court or the
    /// scheme itself.
    pub official: bool,
}

/// A section or a template: one file, and what search returns.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Public name within the toolkit, unique across sections and templates.
    pub slug: Slug,
    /// Title as shown.
    pub title: String,
    /// Stage of hiring.
    pub stage: Stage,
    /// What it is about, most important first.
    pub topics: Vec<Slug>,
    /// For whom it is written.
    pub audience: Vec<Slug>,
    /// What the reader gets, in one sentence.
    pub summary: String,
    /// Markers of the sources it cites.
    pub sources: Vec<String>,
    /// Marker of the official page to look at today.
    pub official: Option<String>,
    /// When it was written and until when it counts.
    pub dates: Dated,
    /// Whether it states law.
    pub legal: bool,
    /// `guide`, `myths`, `faq`, `case-study` or `template`.
    pub format: Slug,
    /// Codes of the charter actions it helps deliver.
    pub actions: Vec<String>,
    /// How employers ask for it, in other words than the text's.
    pub asked: Vec<String>,
    /// The text as written (Markdown).
    pub markdown: String,
    /// The text as shown: safe HTML, with anchors on headings and source markers
    /// turned into links.
    pub html: String,
    /// The text as searched: plain, heading by heading.
    pub passages: Vec<Passage>,
}

/// The text under one heading, without markup or source markers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The heading; absent for what stands before the first one.
    pub heading: Option<String>,
    /// The heading's anchor on the page; empty without a heading.
    pub anchor: String,
    /// Plain text; blocks are parted by a line break.
    pub text: String,
}

/// One step of a toolkit's checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Name, unique in the toolkit.
    pub id: Slug,
    /// The instruction.
    pub text: String,
    /// The reason, in one sentence.
    pub why: String,
    /// The section it comes from.
    pub section: Slug,
    /// Stage of hiring.
    pub stage: Stage,
    /// Marker of the official page.
    pub official: Option<String>,
    /// Whether it belongs on every plan.
    pub essential: bool,
    /// Worries it answers.
    pub topics: Vec<Slug>,
    /// Sizes of employer it is for; empty for all.
    pub sizes: Vec<SizeBand>,
    /// Sectors it is for; empty for all.
    pub sectors: Vec<Slug>,
    /// Whether it is only for work with children or adults at risk.
    pub regulated: bool,
}

/// A guide or toolkit of somebody else: our summary, their link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LibraryEntry {
    /// Public name.
    pub slug: Slug,
    /// Its own title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Its address.
    pub url: String,
    /// When it was published, in words, as far as known.
    pub published: Option<String>,
    /// When our record was last checked, and until when that counts.
    pub dates: Dated,
    /// Cohorts it is about; empty for any.
    pub cohorts: Vec<Slug>,
    /// Stages it helps with.
    pub stages: Vec<Stage>,
    /// Topics it covers.
    pub topics: Vec<Slug>,
    /// Its format.
    pub format: Slug,
    /// For whom it is written.
    pub audience: Vec<Slug>,
    /// Where it applies, in words.
    pub jurisdiction: String,
    /// How far it can still be relied on.
    pub status: LibraryStatus,
    /// Why it is not current, in one sentence.
    pub status_note: Option<String>,
    /// Our own summary.
    pub summary: String,
    /// Identifier of the source our record rests on.
    pub source: String,
    /// How employers ask for it.
    pub asked: Vec<String>,
}

/// How far a [`LibraryEntry`] can still be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LibraryStatus {
    /// Nothing says otherwise.
    Current,
    /// Old enough that figures or law in it may have changed.
    Dated,
    /// Its publisher replaced it.
    Superseded,
    /// We could not confirm its present state.
    Unconfirmed,
}

impl LibraryStatus {
    /// Every status, most reliable first.
    pub const ALL: [Self; 4] = [Self::Current, Self::Dated, Self::Superseded, Self::Unconfirmed];

    /// The name used in files, addresses and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Dated => "dated",
            Self::Superseded => "superseded",
            Self::Unconfirmed => "unconfirmed",
        }
    }

    /// The status in words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Current => "Current",
            Self::Dated => "Dated: check figures and law",
            Self::Superseded => "Replaced by its publisher",
            Self::Unconfirmed => "Not confirmed",
        }
    }

    /// The status of that name, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

impl fmt::Display for LibraryStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Toolkit {
    /// The section or template of that name.
    pub fn section(&self, slug: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.slug == *slug)
    }

    /// The template of that name.
    pub fn template(&self, slug: &str) -> Option<&Section> {
        self.templates.iter().find(|template| template.slug == *slug)
    }

    /// The source with that marker.
    pub fn source(&self, id: &str) -> Option<&Citation> {
        self.sources.iter().find(|source| source.id == id)
    }
}
