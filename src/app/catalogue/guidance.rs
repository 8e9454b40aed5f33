//! Content and reference data as documents.

use crate::{
    app::catalogue::{Catalogue, facet, first_sentence, kind, plain},
    content::Loaded,
    domain::{
        guidance::{LibraryEntry, LibraryStatus, Passage, Section, Toolkit},
        matching::link,
        place::Point,
        register::{CharterAction, Course, CourseType, Partnership, Provider},
        search::{Document, Facet, FacetValue, Kind},
        stage::Stage,
    },
};

/// The status of guidance of ours that is past its review date.
pub const PAST_REVIEW: (&str, &str) = ("past-review", "Past its review date");

/// Everything that can be found on a day, in the order that breaks ties.
pub fn documents(catalogue: &Catalogue<'_>, content: &Loaded) -> Vec<Document> {
    let reference = catalogue.reference;
    let mut documents = Vec::new();
    for toolkit in &content.toolkits {
        documents.push(catalogue.checklist(toolkit));
        documents
            .extend(toolkit.sections.iter().map(|section| catalogue.section(toolkit, section)));
        documents
            .extend(toolkit.templates.iter().map(|template| catalogue.section(toolkit, template)));
    }
    documents.extend(content.library.iter().map(|entry| catalogue.library(entry)));
    documents.extend(reference.actions.iter().map(|action| catalogue.action(action)));
    documents.extend(reference.partnerships.iter().map(|forum| catalogue.partnership(forum)));
    documents.extend(reference.course_types.iter().map(|kind| catalogue.course_type(kind)));
    documents.extend(reference.courses().map(|(by, course)| catalogue.course(by, course)));
    documents
}

impl Catalogue<'_> {
    fn section(&self, toolkit: &Toolkit, section: &Section) -> Document {
        let mut facets = self.own_guidance(toolkit, section.dates.is_stale(self.today));
        facets.push(stage(section.stage));
        facets.push(self.format(&section.format));
        facets.extend(section.topics.iter().map(|topic| self.topic(topic)));
        let topics = section.topics.iter().map(|topic| self.words.topic_label(topic).to_owned());
        let mut vocabulary = section.asked.clone();
        vocabulary.extend(topics);
        vocabulary.push(self.words.cohort_label(&toolkit.cohort).to_owned());
        Document {
            kind: Kind::Passage,
            id: format!("{}/{}", toolkit.slug, section.slug),
            title: section.title.clone(),
            url: link::passage(toolkit, section),
            summary: section.summary.clone(),
            passages: section.passages.clone(),
            vocabulary,
            facets,
            dates: Some(section.dates),
            legal: section.legal,
            companion: section.format == *"template",
            fictional: false,
            points: Vec::new(),
        }
    }

    fn checklist(&self, toolkit: &Toolkit) -> Document {
        let mut facets = self.own_guidance(toolkit, toolkit.dates.is_stale(self.today));
        facets.push(self.format("checklist"));
        let passages = Stage::ALL
            .into_iter()
            .filter_map(|stage| {
                let lines: Vec<String> = toolkit
                    .steps
                    .iter()
                    .filter(|step| step.stage == stage)
                    .map(|step| format!("{} {}", step.text, step.why))
                    .collect();
                (!lines.is_empty()).then(|| Passage {
                    heading: Some(stage.label().to_owned()),
                    anchor: stage.as_str().to_owned(),
                    text: lines.join("\n"),
                })
            })
            .collect();
        let cohort = self.words.cohort_label(&toolkit.cohort);
        Document {
            kind: Kind::Passage,
            id: format!("{}/checklist", toolkit.slug),
            title: format!("Checklist: {}", toolkit.title),
            url: format!("/toolkits/{}/checklist", toolkit.slug),
            summary: format!(
                "{} steps in hiring order, each with its source.",
                toolkit.steps.len()
            ),
            passages,
            vocabulary: vec![cohort.to_owned(), "where do I start".to_owned()],
            facets,
            dates: Some(toolkit.dates),
            legal: false,
            companion: true,
            fictional: false,
            points: Vec::new(),
        }
    }

    fn library(&self, entry: &LibraryEntry) -> Document {
        let mut facets = vec![kind(Kind::Library), self.format(&entry.format)];
        facets.push(status(entry.status.as_str(), entry.status.label()));
        facets.extend(entry.cohorts.iter().map(|cohort| self.cohort(cohort)));
        facets.extend(entry.stages.iter().map(|s| stage(*s)));
        facets.extend(entry.topics.iter().map(|topic| self.topic(topic)));
        let mut vocabulary = entry.asked.clone();
        vocabulary.extend(entry.topics.iter().map(|t| self.words.topic_label(t).to_owned()));
        vocabulary.extend(entry.cohorts.iter().map(|c| self.words.cohort_label(c).to_owned()));
        let mut lines = vec![entry.summary.clone()];
        lines.extend(entry.status_note.clone());
        lines.push(format!("By {}. {}.", entry.publisher, entry.jurisdiction));
        Document {
            kind: Kind::Library,
            id: entry.slug.to_string(),
            title: entry.title.clone(),
            url: link::page(Kind::Library, &entry.slug),
            summary: format!("{}: {}", entry.publisher, entry.status.label()),
            passages: vec![plain(lines.join("\n"))],
            vocabulary,
            facets,
            dates: Some(entry.dates),
            legal: false,
            companion: false,
            fictional: false,
            points: Vec::new(),
        }
    }

    fn action(&self, action: &CharterAction) -> Document {
        let mut facets = vec![kind(Kind::Action)];
        facets.extend(action.cohorts.iter().map(|cohort| self.cohort(cohort)));
        let mut vocabulary = action.asked.clone();
        vocabulary.push(format!("charter pledge action {}", action.code));
        vocabulary.push(format!("{} {}", action.stance, action.focus_area).replace('-', " "));
        Document {
            kind: Kind::Action,
            id: action.code.clone(),
            title: action.label.clone(),
            url: link::page(Kind::Action, &action.code),
            summary: action.description.clone(),
            passages: vec![plain(format!("{}\n{}", action.description, action.help))],
            vocabulary,
            facets,
            dates: None,
            legal: false,
            companion: false,
            fictional: action.provenance.fictional,
            points: Vec::new(),
        }
    }

    fn partnership(&self, forum: &Partnership) -> Document {
        let mut passages = vec![plain(forum.summary.clone())];
        passages.extend(forum.needs.iter().map(|need| Passage {
            heading: Some(need.title.clone()),
            anchor: format!("need-{}", need.slug),
            text: need.description.clone(),
        }));
        let members: Vec<&str> = forum.members.iter().map(|m| m.organisation.as_str()).collect();
        passages.push(Passage {
            heading: Some("Members".to_owned()),
            anchor: "members".to_owned(),
            text: members.join(", "),
        });
        if !forum.actions.is_empty() {
            let agreed: Vec<&str> = forum.actions.iter().map(|a| a.text.as_str()).collect();
            passages.push(Passage {
                heading: Some("What it agreed to do".to_owned()),
                anchor: "actions".to_owned(),
                text: agreed.join("\n"),
            });
        }
        let mut vocabulary = forum.asked.clone();
        vocabulary.extend(self.sector_words(&forum.sectors));
        vocabulary.extend(forum.area.clone());
        vocabulary.push("workforce development partnership WDP employers forum".to_owned());
        Document {
            kind: Kind::Partnership,
            id: forum.slug.to_string(),
            title: forum.name.clone(),
            url: link::page(Kind::Partnership, &forum.slug),
            summary: first_sentence(&forum.summary),
            passages,
            vocabulary,
            facets: vec![kind(Kind::Partnership)],
            dates: None,
            legal: false,
            companion: false,
            fictional: forum.provenance.fictional,
            points: Vec::new(),
        }
    }

    fn course_type(&self, course_type: &CourseType) -> Document {
        let mut lines = vec![course_type.description.clone()];
        lines.extend(course_type.rules.clone());
        let offers = self.reference.courses().filter(|(_, c)| c.course_type == course_type.slug);
        lines.extend(offers.map(|(by, course)| format!("{}: {}", by.name, course.title)));
        Document {
            kind: Kind::Course,
            id: course_type.slug.to_string(),
            title: course_type.label.clone(),
            url: link::page(Kind::Course, &course_type.slug),
            summary: first_sentence(&course_type.description),
            passages: vec![plain(lines.join("\n"))],
            vocabulary: course_type.asked.clone(),
            facets: vec![kind(Kind::Course)],
            dates: None,
            legal: false,
            companion: false,
            fictional: course_type.provenance.fictional,
            points: Vec::new(),
        }
    }

    fn course(&self, by: &Provider, course: &Course) -> Document {
        let mut facets = vec![kind(Kind::Course)];
        facets.extend(course.cohorts.iter().map(|cohort| self.cohort(cohort)));
        // Only what its sectors are called: their words name every trade there is.
        let mut vocabulary = course.asked.clone();
        vocabulary.extend(self.sectors(&course.sectors).map(|s| s.label.label.clone()));
        let label = self.reference.course_type(&course.course_type).map(|t| t.label.clone());
        vocabulary.extend(label);
        let mut lines = vec![course.summary.clone(), format!("At {}.", by.name)];
        lines.extend(by.venues.iter().filter_map(|venue| venue.town.clone()));
        Document {
            kind: Kind::Course,
            id: course.slug.to_string(),
            title: course.title.clone(),
            url: link::page(Kind::Course, &course.slug),
            summary: format!("{}: {}", by.name, first_sentence(&course.summary)),
            passages: vec![plain(lines.join("\n"))],
            vocabulary,
            facets,
            dates: None,
            legal: false,
            companion: false,
            fictional: course.provenance.fictional || by.provenance.fictional,
            points: self.venues(by, course),
        }
    }

    /// Where a course is held; at any of its provider's places where it does not say.
    fn venues(&self, by: &Provider, course: &Course) -> Vec<Point> {
        let held = by
            .venues
            .iter()
            .filter(|venue| course.venue.as_ref().is_none_or(|label| *label == venue.label));
        held.filter_map(|venue| self.point(venue.outcode.as_deref()?)).collect()
    }

    fn own_guidance(&self, toolkit: &Toolkit, stale: bool) -> Vec<FacetValue> {
        let current = (LibraryStatus::Current.as_str(), LibraryStatus::Current.label());
        let (value, label) = if stale { PAST_REVIEW } else { current };
        vec![
            kind(Kind::Passage),
            self.cohort(&toolkit.cohort),
            facet(Facet::Toolkit, &toolkit.slug, &toolkit.title),
            status(value, label),
        ]
    }
}

fn stage(stage: Stage) -> FacetValue {
    facet(Facet::Stage, stage.as_str(), stage.label())
}

fn status(value: &str, label: &str) -> FacetValue {
    facet(Facet::Status, value, label)
}
