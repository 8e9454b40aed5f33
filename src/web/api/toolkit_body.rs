//! Toolkits, sections and checklists as they are sent.

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::Snapshot,
    domain::guidance::{Citation, Passage, Section, Step, Toolkit},
    web::api::parts::{DatesBody, LabelBody},
};

/// One toolkit, without its sections.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToolkitBody {
    /// Its name.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
    /// The cohort it is about.
    pub cohort: LabelBody,
    /// What an employer will be able to do.
    pub summary: String,
    /// Its dates.
    #[serde(flatten)]
    pub dates: DatesBody,
    /// How many sections it has.
    pub section_count: usize,
    /// How many templates it has.
    pub template_count: usize,
    /// How many steps its checklist has.
    pub step_count: usize,
}

/// One toolkit with what it holds.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToolkitContentsBody {
    /// The toolkit.
    #[serde(flatten)]
    pub toolkit: ToolkitBody,
    /// Its sections, in order.
    pub sections: Vec<SectionSummaryBody>,
    /// Its templates.
    pub templates: Vec<SectionSummaryBody>,
    /// Every source its sections cite.
    pub sources: Vec<CitationBody>,
}

/// A section or template, without its text.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionSummaryBody {
    /// Its name within the toolkit.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
    /// Its address in this API.
    pub api_url: String,
    /// What the reader gets.
    pub summary: String,
    /// Stage of hiring.
    pub stage: LabelBody,
    /// What it is about, most important first.
    pub topics: Vec<LabelBody>,
    /// Guide, myths, questions, case study or template.
    pub format: LabelBody,
    /// Whether it states law.
    pub legal: bool,
    /// Its dates.
    #[serde(flatten)]
    pub dates: DatesBody,
}

/// A section or template in full.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionBody {
    /// What it is.
    #[serde(flatten)]
    pub summary: SectionSummaryBody,
    /// Its toolkit.
    pub toolkit: ToolkitLinkBody,
    /// For whom it is written.
    pub audience: Vec<LabelBody>,
    /// The text as written.
    pub markdown: String,
    /// The text as shown: safe HTML.
    pub html: String,
    /// The text as searched: plain, heading by heading.
    pub passages: Vec<PassageBody>,
    /// The sources it cites.
    pub sources: Vec<CitationBody>,
    /// The official page to look at today.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<CitationBody>,
    /// The charter's actions it helps deliver.
    pub actions: Vec<ActionLinkBody>,
}

/// A toolkit, by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct ToolkitLinkBody {
    /// Its name.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
}

/// A charter's action, by code.
#[derive(Debug, Serialize, ToSchema)]
pub struct ActionLinkBody {
    /// Code.
    pub code: String,
    /// Short label; absent where this partnership's charter has no such action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// The text under one heading.
#[derive(Debug, Serialize, ToSchema)]
pub struct PassageBody {
    /// The heading; absent for what stands before the first one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// The heading's anchor on the page.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[schema(required = false)]
    pub anchor: String,
    /// Plain text; blocks are parted by a line break.
    pub text: String,
}

/// A source that a toolkit cites.
#[derive(Debug, Serialize, ToSchema)]
pub struct CitationBody {
    /// The marker used in the text.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Its address.
    pub url: String,
    /// Its date in words, as far as known.
    pub date: String,
    /// Whether it is the page of a government body, regulator, court or scheme.
    pub official: bool,
}

/// One step of a checklist.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepBody {
    /// Name, unique in the toolkit.
    pub id: String,
    /// The instruction.
    pub text: String,
    /// The reason.
    pub why: String,
    /// Stage of hiring.
    pub stage: LabelBody,
    /// The section it comes from.
    pub section: SectionLinkBody,
    /// The official page to look at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub official: Option<CitationBody>,
    /// Whether it belongs on every plan.
    pub essential: bool,
    /// Worries it answers.
    pub topics: Vec<LabelBody>,
    /// Sizes of employer it is for; none for all.
    pub sizes: Vec<LabelBody>,
    /// Sectors it is for; none for all.
    pub sectors: Vec<LabelBody>,
    /// Whether it is only for work with children or adults at risk.
    pub regulated: bool,
}

/// A section, by name.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionLinkBody {
    /// Its name within the toolkit.
    pub slug: String,
    /// Title.
    pub title: String,
    /// Its page on this site.
    pub url: String,
}

impl ToolkitBody {
    /// A toolkit in a snapshot.
    pub fn new(toolkit: &Toolkit, snapshot: &Snapshot) -> Self {
        let cohort = snapshot.vocabulary().cohort_label(&toolkit.cohort);
        Self {
            slug: toolkit.slug.to_string(),
            title: toolkit.title.clone(),
            url: format!("/toolkits/{}", toolkit.slug),
            cohort: LabelBody::new(&toolkit.cohort, cohort),
            summary: toolkit.summary.clone(),
            dates: DatesBody::new(toolkit.dates, snapshot),
            section_count: toolkit.sections.len(),
            template_count: toolkit.templates.len(),
            step_count: toolkit.steps.len(),
        }
    }
}

impl ToolkitContentsBody {
    /// A toolkit in a snapshot, with what it holds.
    pub fn new(toolkit: &Toolkit, snapshot: &Snapshot) -> Self {
        let brief = |section| SectionSummaryBody::new(toolkit, section, snapshot);
        Self {
            toolkit: ToolkitBody::new(toolkit, snapshot),
            sections: toolkit.sections.iter().map(brief).collect(),
            templates: toolkit.templates.iter().map(brief).collect(),
            sources: toolkit.sources.iter().map(CitationBody::from).collect(),
        }
    }
}

impl SectionSummaryBody {
    /// A section or template of a toolkit, without its text.
    pub fn new(toolkit: &Toolkit, section: &Section, snapshot: &Snapshot) -> Self {
        let words = snapshot.vocabulary();
        Self {
            slug: section.slug.to_string(),
            title: section.title.clone(),
            url: page(toolkit, section),
            api_url: format!("/api/v1/toolkits/{}/sections/{}", toolkit.slug, section.slug),
            summary: section.summary.clone(),
            stage: section.stage.into(),
            topics: LabelBody::list(&section.topics, |topic| words.topic_label(topic)),
            format: LabelBody::new(&section.format, words.format_label(&section.format)),
            legal: section.legal,
            dates: DatesBody::new(section.dates, snapshot),
        }
    }
}

impl SectionBody {
    /// A section or template of a toolkit.
    pub fn new(toolkit: &Toolkit, section: &Section, snapshot: &Snapshot) -> Self {
        let words = snapshot.vocabulary();
        let cited = |id: &String| toolkit.source(id).map(CitationBody::from);
        let action = |code: &String| ActionLinkBody {
            code: code.clone(),
            label: snapshot.reference.action(code).map(|action| action.label.clone()),
        };
        Self {
            summary: SectionSummaryBody::new(toolkit, section, snapshot),
            toolkit: ToolkitLinkBody {
                slug: toolkit.slug.to_string(),
                title: toolkit.title.clone(),
                url: format!("/toolkits/{}", toolkit.slug),
            },
            audience: LabelBody::list(&section.audience, |one| words.audience_label(one)),
            markdown: section.markdown.clone(),
            html: section.html.clone(),
            passages: section.passages.iter().map(PassageBody::from).collect(),
            sources: section.sources.iter().filter_map(cited).collect(),
            official: section.official.as_ref().and_then(cited),
            actions: section.actions.iter().map(action).collect(),
        }
    }
}

impl StepBody {
    /// A step of a toolkit's checklist.
    pub fn new(toolkit: &Toolkit, step: &Step, snapshot: &Snapshot) -> Self {
        let words = snapshot.vocabulary();
        let section = toolkit.section(&step.section).or_else(|| toolkit.template(&step.section));
        let official = step.official.as_ref().and_then(|id| toolkit.source(id));
        let sizes = step.sizes.iter();
        Self {
            id: step.id.to_string(),
            text: step.text.clone(),
            why: step.why.clone(),
            stage: step.stage.into(),
            section: SectionLinkBody {
                slug: step.section.to_string(),
                title: section.map_or_else(String::new, |section| section.title.clone()),
                url: section.map_or_else(
                    || format!("/toolkits/{}", toolkit.slug),
                    |section| page(toolkit, section),
                ),
            },
            official: official.map(CitationBody::from),
            essential: step.essential,
            topics: LabelBody::list(&step.topics, |topic| words.topic_label(topic)),
            sizes: sizes.map(|size| LabelBody::new(size.as_str(), size.label())).collect(),
            sectors: LabelBody::list(&step.sectors, |sector| words.sector_label(sector)),
            regulated: step.regulated,
        }
    }
}

impl From<&Citation> for CitationBody {
    fn from(citation: &Citation) -> Self {
        Self {
            id: citation.id.clone(),
            title: citation.title.clone(),
            publisher: citation.publisher.clone(),
            url: citation.url.clone(),
            date: citation.date.clone(),
            official: citation.official,
        }
    }
}

impl From<&Passage> for PassageBody {
    fn from(passage: &Passage) -> Self {
        Self {
            heading: passage.heading.clone(),
            anchor: passage.anchor.clone(),
            text: passage.text.clone(),
        }
    }
}

/// The page of a section or template.
pub(super) fn page(toolkit: &Toolkit, section: &Section) -> String {
    let folder = if toolkit.template(&section.slug).is_some() { "/templates" } else { "" };
    format!("/toolkits/{}{folder}/{}", toolkit.slug, section.slug)
}
