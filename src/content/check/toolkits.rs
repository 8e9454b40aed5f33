//! Checks a toolkit as a whole, and its checklist.

use std::collections::BTreeMap;

use super::{ALL_LASTS, Checker, sections::Page, sections::check_page, texts};
use crate::{
    content::{
        fault::Fault,
        toml_text::{At, TomlText},
    },
    domain::{
        guidance::{Step, Toolkit},
        stage::Stage,
    },
};

/// The fewest sections, templates and steps of a toolkit, and the most steps.
const FEWEST_SECTIONS: usize = 14;
const FEWEST_TEMPLATES: usize = 2;
const STEPS: std::ops::RangeInclusive<usize> = 14..=24;
/// The most words of an instruction.
const MOST_WORDS: usize = 25;

/// Checks every toolkit that could be read at least in part.
pub(super) fn check(checker: &mut Checker<'_>) {
    let loaded = checker.loaded;
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    for toolkit in loaded.toolkits.iter().chain(&loaded.left_out) {
        let path = format!("{}/toolkit.toml", toolkit.slug);
        let Some(text) = loaded.files.text(&path) else { continue };
        let text = TomlText::new(&path, text, 0);
        head(checker, toolkit, &text);
        same_title(checker, &mut titles, &toolkit.title, &text);
        let pages = Page::all(&loaded.files, toolkit);
        for page in &pages {
            check_page(checker, page);
            same_title(checker, &mut titles, &page.section.title, &page.front);
        }
        checklist(checker, toolkit);
        // What a half-read toolkit lacks may stand in the half that was not read.
        if checker.is_whole(toolkit) {
            uncited(checker, toolkit, &pages, &text);
            completeness(checker, toolkit, &path);
        }
    }
    for cohort in loaded.vocabulary.cohorts.iter().filter(|cohort| cohort.toolkit) {
        let slug = &cohort.label.slug;
        let mut all = loaded.toolkits.iter().chain(&loaded.left_out);
        if !all.any(|toolkit| toolkit.cohort == *slug) {
            let message = format!("the vocabulary promises a toolkit for {slug}; there is none");
            let file = crate::content::vocabulary::FILE;
            checker.faults.push(Fault::error(file, None, "missing-toolkit", message));
        }
    }
}

fn head(checker: &mut Checker<'_>, toolkit: &Toolkit, text: &TomlText<'_>) {
    checker.dates(toolkit.dates, ALL_LASTS, text, &[]);
    checker.read_over(&toolkit.title, text, &[At::Key("title")]);
    checker.read_over(&toolkit.summary, text, &[At::Key("summary")]);
    let cohorts = checker.cohorts();
    checker.look_up(&cohorts, [toolkit.cohort.as_str()], text, &[At::Key("cohort")]);
}

fn same_title(
    checker: &mut Checker<'_>,
    titles: &mut BTreeMap<String, String>,
    title: &str,
    text: &TomlText<'_>,
) {
    let folded = title.trim().to_lowercase();
    match titles.get(&folded) {
        Some(other) => {
            let message = format!("{other} has the title \"{title}\" too");
            checker.faults.push(text.error(&[At::Key("title")], "same-title-twice", message));
        }
        None => {
            titles.insert(folded, text.file.to_owned());
        }
    }
}

/// Sources that nothing rests on.
fn uncited(checker: &mut Checker<'_>, toolkit: &Toolkit, pages: &[Page<'_>], text: &TomlText<'_>) {
    for source in &toolkit.sources {
        let id = source.id.as_str();
        let cited = pages.iter().any(|page| page.uses(source))
            || toolkit.steps.iter().any(|step| step.official.as_deref() == Some(id));
        if !cited {
            let path = [At::Key("sources"), At::Where("id", id)];
            let message = format!("source {id} is listed and nowhere cited");
            checker.faults.push(text.error(&path, "uncited-source", message));
        }
    }
}

/// What every whole toolkit has.
fn completeness(checker: &mut Checker<'_>, toolkit: &Toolkit, path: &str) {
    let mut note = |code, message: String| {
        checker.faults.push(Fault::error(path, None, code, message));
    };
    let missing: Vec<&str> = Stage::ALL
        .into_iter()
        .filter(|stage| !toolkit.sections.iter().any(|section| section.stage == *stage))
        .map(Stage::as_str)
        .collect();
    if !missing.is_empty() {
        note("missing-stage", format!("no section for the stages {}", missing.join(", ")));
    }
    let count = toolkit.sections.len();
    if count < FEWEST_SECTIONS {
        note("few-sections", format!("{count} sections; at least {FEWEST_SECTIONS} are needed"));
    }
    if !toolkit.sections.iter().any(|section| section.format == *"myths") {
        note("missing-myths", "no section has format = \"myths\"".to_owned());
    }
    let count = toolkit.templates.len();
    if count < FEWEST_TEMPLATES {
        note("few-templates", format!("{count} templates; at least {FEWEST_TEMPLATES} are needed"));
    }
    if toolkit.steps.is_empty() {
        note("missing-checklist", "there is no checklist.toml with steps".to_owned());
    }
}

fn checklist(checker: &mut Checker<'_>, toolkit: &Toolkit) {
    let path = format!("{}/checklist.toml", toolkit.slug);
    let Some(text) = checker.loaded.files.text(&path) else { return };
    let text = TomlText::new(&path, text, 0);
    let mut stage = Stage::MakeTheCase;
    for each in &toolkit.steps {
        let at = [At::Key("steps"), At::Where("id", &each.id)];
        step(checker, toolkit, each, &text);
        if each.stage < stage {
            let message = format!("step {} stands after the stage {stage}", each.id);
            let path = [at[0], at[1], At::Key("stage")];
            checker.faults.push(text.error(&path, "step-order", message).as_warning());
        }
        stage = stage.max(each.stage);
    }
    let count = toolkit.steps.len();
    if count > 0 && !STEPS.contains(&count) {
        let message = format!("{count} steps; {} to {} are best", STEPS.start(), STEPS.end());
        checker.faults.push(Fault::error(&path, None, "step-count", message).as_warning());
    }
    if count > 0 && !toolkit.steps.iter().any(|step| step.essential) {
        let message = "no step is essential, so a plan may come out empty";
        checker.faults.push(Fault::error(&path, None, "no-essential-step", message));
    }
}

fn step(checker: &mut Checker<'_>, toolkit: &Toolkit, step: &Step, text: &TomlText<'_>) {
    let at = |key| [At::Key("steps"), At::Where("id", &step.id), At::Key(key)];
    let found = toolkit.section(&step.section).or_else(|| toolkit.template(&step.section));
    if found.is_none() && checker.is_whole(toolkit) {
        let known = toolkit.sections.iter().map(|section| section.slug.as_str());
        let message = crate::content::fault::unknown("section", &step.section, known);
        checker.faults.push(text.error(&at("section"), "unknown-section", message));
    }
    if let Some(id) = &step.official {
        checker.official(toolkit, id, text, &at("official"));
    }
    let words = step.text.split_whitespace().count();
    if words > MOST_WORDS {
        let message = format!("{words} words; an instruction has at most {MOST_WORDS}");
        checker.faults.push(text.error(&at("text"), "long-step", message).as_warning());
    }
    let (topics, sectors) = (checker.topics(), checker.sectors());
    checker.look_up(&topics, texts(&step.topics), text, &at("topics"));
    checker.look_up(&sectors, texts(&step.sectors), text, &at("sectors"));
    checker.read_over(&step.text, text, &at("text"));
    checker.read_over(&step.why, text, &at("why"));
}
