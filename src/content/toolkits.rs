//! One folder under `toolkits/` to one toolkit.
//!
//! Every file is read even when another is broken, so that a writer sees all
//! faults at once. Whether the words in it make sense together is judged by
//! [`check`](crate::content::check()), not here.

use std::collections::BTreeMap;

use crate::{
    content::{
        fault::{Fault, unknown},
        files::Files,
        markdown,
        raw::{RawChecklist, RawCitation, RawSection, RawStep, RawToolkit},
        toml_text::{At, TomlText, Values},
    },
    domain::{
        guidance::{Citation, Section, Step, Toolkit},
        size_band::SizeBand,
        slug::Slug,
    },
};

/// What a folder gave: as much of the toolkit as could be read, and what could not.
pub(super) struct Folder {
    /// Absent when even its name or `toolkit.toml` could not be read.
    pub(super) toolkit: Option<Toolkit>,
    /// Everything wrong with its files' form.
    pub(super) faults: Vec<Fault>,
}

/// Reads the folder of that name.
pub(super) fn read(files: &Files, name: &str) -> Folder {
    let mut faults = Vec::new();
    let toolkit = head(files, name, &mut faults);
    let (mut sections, mut templates, mut steps) = (Vec::new(), Vec::new(), Vec::new());
    for (path, rest, text) in files.under(name) {
        match (rest, rest.strip_prefix("templates/").and_then(|file| file.strip_suffix(".md"))) {
            ("toolkit.toml", _) => {}
            ("checklist.toml", _) => steps = checklist(path, text, &mut faults),
            (_, Some(slug)) => templates.extend(template(path, slug, text, &mut faults)),
            _ => match numbered(rest) {
                Some(slug) => sections.extend(section(path, slug, text, &mut faults)),
                None => faults.push(Fault::error(path, None, "file-name", MISPLACED)),
            },
        }
    }
    refuse_repeats(files, name, &mut faults);
    let toolkit = toolkit.map(|head| Toolkit { sections, templates, steps, ..head });
    Folder { toolkit, faults }
}

const MISPLACED: &str = "a toolkit holds toolkit.toml, checklist.toml, sections named like \
                         07-right-to-work-checks.md, and templates/<name>.md";

/// The slug in `07-right-to-work-checks.md`.
pub(super) fn numbered(file: &str) -> Option<&str> {
    let (number, slug) = file.strip_suffix(".md")?.split_once('-')?;
    let fits = number.len() == 2 && number.chars().all(|c| c.is_ascii_digit());
    (fits && !slug.contains('/')).then_some(slug)
}

fn head(files: &Files, name: &str, faults: &mut Vec<Fault>) -> Option<Toolkit> {
    let path = format!("{name}/toolkit.toml");
    let Some(text) = files.text(&path) else {
        let message = "the toolkit has no toolkit.toml";
        faults.push(Fault::error(&path, None, "missing-file", message));
        return None;
    };
    let text = TomlText::new(&path, text, 0);
    let raw: RawToolkit = text.read().map_err(|fault| faults.push(fault)).ok()?;
    let mut sources: Vec<Citation> = Vec::new();
    for (nth, source) in raw.sources.into_iter().enumerate() {
        let mut values = Values::of(&text, &[At::Key("sources"), At::Nth(nth)], faults);
        if sources.iter().any(|other| other.id == source.id) {
            values.fault(
                "id",
                "same-source-twice",
                format!("source {} is listed twice", source.id),
            );
        }
        sources.push(citation(source, &mut values));
    }
    let mut values = Values::of(&text, &[], faults);
    let Ok(slug) = Slug::parse(name) else {
        let message = format!("the folder's name \"{name}\" must be a-z, 0-9 and inner hyphens");
        faults.push(Fault::error(&path, None, "not-a-name", message));
        return None;
    };
    Some(Toolkit {
        slug,
        cohort: values.slug("cohort", &raw.cohort)?,
        dates: values.dated(&raw.as_of, &raw.review_by)?,
        title: raw.title,
        summary: raw.summary,
        order: raw.order,
        example: raw.example,
        sources,
        sections: Vec::new(),
        templates: Vec::new(),
        steps: Vec::new(),
    })
}

fn citation(raw: RawCitation, values: &mut Values<'_>) -> Citation {
    if !markdown::is_marker(&raw.id) {
        let message = format!("source id \"{}\" must be capital letters and digits", raw.id);
        values.fault("id", "source-id", message);
    }
    // Kept even if it is refused: the toolkit is then left out, and every page that
    // cites the source would be blamed for its absence.
    values.url("url", &raw.url);
    Citation {
        id: raw.id,
        url: raw.url,
        publisher: raw.publisher,
        title: raw.title,
        date: raw.date.0,
        official: raw.official,
    }
}

/// Front matter and body of a file, and the number of the body's first line.
pub(super) fn parted(text: &str) -> Option<(&str, &str, usize)> {
    let front = text.strip_prefix("+++\n")?;
    let (front, body) = front.split_once("\n+++\n").or_else(|| {
        let front = front.strip_suffix("\n+++")?;
        Some((front, ""))
    })?;
    Some((front, body, front.matches('\n').count() + 4))
}

fn section(path: &str, slug: &str, text: &str, faults: &mut Vec<Fault>) -> Option<Section> {
    page(path, slug, text, faults, |raw, values| {
        let format = raw.format.clone().unwrap_or_else(|| {
            values.fault("title", "missing-format", "missing field `format`".to_owned());
            "guide".to_owned()
        });
        values.slug("format", &format)
    })
}

fn template(path: &str, slug: &str, text: &str, faults: &mut Vec<Fault>) -> Option<Section> {
    page(path, slug, text, faults, |raw, values| {
        if raw.format.as_deref().is_some_and(|format| format != "template") {
            let message = "a template has no `format` of its own; leave the line out".to_owned();
            values.fault("format", "template-format", message);
        }
        Slug::parse("template").ok()
    })
}

fn page(
    path: &str,
    slug: &str,
    text: &str,
    faults: &mut Vec<Fault>,
    format: impl Fn(&RawSection, &mut Values<'_>) -> Option<Slug>,
) -> Option<Section> {
    let Some((front, body, _)) = parted(text) else {
        let message = "the file must begin with front matter between two lines of +++";
        faults.push(Fault::error(path, 1, "front-matter", message));
        return None;
    };
    let front = TomlText::new(path, front, 1);
    let raw: RawSection = front.read().map_err(|fault| faults.push(fault)).ok()?;
    let mut values = Values::of(&front, &[], faults);
    let slug = values.slug("file name", slug);
    let (stage, format) = (values.stage("stage", &raw.stage), format(&raw, &mut values));
    let dates = values.dated(&raw.as_of, &raw.review_by);
    let topics = values.slugs("topics", &raw.topics);
    let audience = values.slugs("audience", &raw.audience);
    let reading = markdown::read(body, &raw.sources);
    Some(Section {
        slug: slug?,
        title: raw.title,
        stage: stage?,
        topics,
        audience,
        summary: raw.summary,
        sources: raw.sources,
        official: raw.official,
        dates: dates?,
        legal: raw.legal,
        format: format?,
        actions: raw.actions,
        asked: raw.asked,
        markdown: body.to_owned(),
        html: reading.html,
        passages: reading.passages,
    })
}

fn checklist(path: &str, text: &str, faults: &mut Vec<Fault>) -> Vec<Step> {
    let text = TomlText::new(path, text, 0);
    let raw: RawChecklist = match text.read() {
        Ok(raw) => raw,
        Err(fault) => {
            faults.push(fault);
            return Vec::new();
        }
    };
    let mut steps: Vec<Step> = Vec::new();
    for (nth, raw) in raw.steps.into_iter().enumerate() {
        let mut values = Values::of(&text, &[At::Key("steps"), At::Nth(nth)], faults);
        if steps.iter().any(|other| other.id == raw.id.as_str()) {
            values.fault("id", "same-slug-twice", format!("step {} is there twice", raw.id));
        }
        steps.extend(step(raw, &mut values));
    }
    steps
}

fn step(raw: RawStep, values: &mut Values<'_>) -> Option<Step> {
    let (id, section) = (values.slug("id", &raw.id), values.slug("section", &raw.section));
    let stage = values.stage("stage", &raw.stage);
    let topics = values.slugs("topics", &raw.topics);
    let sectors = values.slugs("sectors", &raw.sectors);
    let sizes = values.list("sizes", &raw.sizes, |text| {
        let known = SizeBand::ALL.iter().map(|band| band.as_str());
        SizeBand::parse(text).ok_or_else(|| ("unknown-size", unknown("size", text, known)))
    });
    Some(Step {
        id: id?,
        text: raw.text,
        why: raw.why,
        section: section?,
        stage: stage?,
        official: raw.official,
        essential: raw.essential,
        topics,
        sizes,
        sectors,
        regulated: raw.regulated,
    })
}

/// Sections and templates share their addresses' names.
fn refuse_repeats(files: &Files, name: &str, faults: &mut Vec<Fault>) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, rest, _) in files.under(name) {
        let template = rest.strip_prefix("templates/").and_then(|file| file.strip_suffix(".md"));
        let Some(slug) = template.or_else(|| numbered(rest)) else { continue };
        if let Some(other) = seen.insert(slug, path) {
            let message = format!("the name \"{slug}\" is taken by {other}");
            faults.push(Fault::error(path, None, "same-slug-twice", message));
        }
    }
}
