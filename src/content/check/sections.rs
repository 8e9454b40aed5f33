//! Checks one section or template: front matter, sources, links and words.

use super::{ALL_LASTS, Checker, LAW_LASTS, links::is_page_of, texts};
use crate::{
    content::{
        fault::{Fault, unknown},
        files::Files,
        markdown::{self, BlockKind, Oddity, Reading},
        readability::{AGE_OVER_GRADE, HIGHEST_GRADE, grade},
        toml_text::{At, TomlText},
        toolkits::{numbered, parted},
    },
    domain::guidance::{Citation, Section, Toolkit},
};

/// The most characters of a summary.
const LONGEST_SUMMARY: usize = 160;

/// A file that gave a section or template, read once more with its lines.
pub(super) struct Page<'a> {
    path: &'a str,
    toolkit: &'a Toolkit,
    /// What it gave.
    pub(super) section: &'a Section,
    /// Its front matter.
    pub(super) front: TomlText<'a>,
    reading: Reading,
    /// How many lines stand before the body.
    before: usize,
}

impl<'a> Page<'a> {
    /// The pages of a toolkit, in the order of their files.
    pub(super) fn all(files: &'a Files, toolkit: &'a Toolkit) -> Vec<Self> {
        let pages = files.under(&toolkit.slug).filter_map(|(path, rest, text)| {
            let template =
                rest.strip_prefix("templates/").and_then(|file| file.strip_suffix(".md"));
            let section = match template {
                Some(slug) => toolkit.template(slug)?,
                None => toolkit.section(numbered(rest)?)?,
            };
            let (front, body, first_line) = parted(text)?;
            Some(Self {
                path,
                toolkit,
                section,
                front: TomlText::new(path, front, 1),
                reading: markdown::read(body, &section.sources),
                before: first_line - 1,
            })
        });
        pages.collect()
    }

    /// Whether it rests on the source: by a marker, a link or as official page.
    pub(super) fn uses(&self, source: &Citation) -> bool {
        self.cites(&source.id)
            || self.section.official.as_deref() == Some(&source.id)
            || self.links_to(source)
    }

    fn cites(&self, id: &str) -> bool {
        self.reading.markers.iter().any(|(_, marker)| marker == id)
    }

    fn links_to(&self, source: &Citation) -> bool {
        self.reading.links.iter().any(|link| is_page_of(&source.url, &link.url))
    }

    fn body_error(&self, line: usize, code: &'static str, message: String) -> Fault {
        Fault::error(self.path, self.before + line, code, message)
    }
}

/// Checks everything about one page but its title's uniqueness.
pub(super) fn check_page(checker: &mut Checker<'_>, page: &Page<'_>) {
    let (section, front) = (page.section, &page.front);
    let longest = if section.legal { LAW_LASTS } else { ALL_LASTS };
    checker.dates(section.dates, longest, front, &[]);
    front_matter(checker, page);
    sources(checker, page);
    body(checker, page);
    checker.read_over(&section.title, front, &[At::Key("title")]);
    checker.read_over(&section.summary, front, &[At::Key("summary")]);
    let address = section.slug.replace('-', " ");
    for entry in checker.never.found_in(&address) {
        let message = format!("the file name has \"{}\", which is never printed", entry.word);
        checker.faults.push(Fault::error(page.path, None, "never-print", message));
    }
    for block in &page.reading.blocks {
        for entry in checker.never.found_in(&without_titles(&block.text, page.toolkit)) {
            let message = format!("never print \"{}\"; write \"{}\"", entry.word, entry.instead);
            checker.faults.push(page.body_error(block.line, "never-print", message));
        }
    }
}

/// Publications keep the titles that their authors gave them.
fn without_titles(text: &str, toolkit: &Toolkit) -> String {
    toolkit.sources.iter().fold(text.to_owned(), |text, source| text.replace(&source.title, " "))
}

fn front_matter(checker: &mut Checker<'_>, page: &Page<'_>) {
    let (section, front) = (page.section, &page.front);
    let (topics, audiences) = (checker.topics(), checker.audiences());
    let (formats, actions) = (checker.formats(), checker.actions());
    checker.look_up(&topics, texts(&section.topics), front, &[At::Key("topics")]);
    checker.look_up(&audiences, texts(&section.audience), front, &[At::Key("audience")]);
    let codes = section.actions.iter().map(String::as_str);
    checker.look_up(&actions, codes, front, &[At::Key("actions")]);
    if section.format != *"template" {
        checker.look_up(&formats, [section.format.as_str()], front, &[At::Key("format")]);
    }
    let mut warn = |key, code, message: String| {
        checker.faults.push(front.error(&[At::Key(key)], code, message).as_warning());
    };
    let count = section.topics.len();
    if !(1..=4).contains(&count) {
        warn("topics", "topic-count", format!("{count} topics; 1 to 4 are best"));
    }
    if section.asked.len() < 3 {
        warn("asked", "few-asked", "give at least 3 ways that employers ask for this".to_owned());
    }
    let length = section.summary.chars().count();
    if length > LONGEST_SUMMARY {
        let message = format!("{length} characters; a summary has at most {LONGEST_SUMMARY}");
        warn("summary", "long-summary", message);
    }
}

fn sources(checker: &mut Checker<'_>, page: &Page<'_>) {
    let (section, toolkit, front) = (page.section, page.toolkit, &page.front);
    for id in &section.sources {
        let at = [At::Key("sources"), At::Text(id)];
        match toolkit.source(id) {
            None => {
                let known = toolkit.sources.iter().map(|source| source.id.as_str());
                let message = format!("{} in toolkit.toml", unknown("source", id, known));
                checker.faults.push(front.error(&at, "unknown-source", message));
            }
            Some(source) if !page.cites(id) && !page.links_to(source) => {
                let message = format!("source {id} is listed and not cited in the text");
                checker.faults.push(front.error(&at, "uncited-source", message));
            }
            Some(_) => {}
        }
    }
    for (line, id) in &page.reading.markers {
        if !section.sources.contains(id) {
            let message = format!("the marker [{id}] is not among the page's sources");
            checker.faults.push(page.body_error(*line, "unlisted-source", message));
        }
    }
    if section.legal && section.sources.is_empty() {
        let message = "states law and names no source";
        checker.faults.push(front.error(&[At::Key("legal")], "no-source", message));
    }
    if let Some(id) = &section.official {
        checker.official(toolkit, id, front, &[At::Key("official")]);
    }
}

impl Checker<'_> {
    /// Notes an official page that is unknown or not official.
    pub(super) fn official(
        &mut self,
        toolkit: &Toolkit,
        id: &str,
        text: &TomlText<'_>,
        at: &[At<'_>],
    ) {
        let (code, message) = match toolkit.source(id) {
            Some(source) if source.official => return,
            Some(_) => {
                let message = format!("source {id} is not marked official in toolkit.toml");
                ("not-official", message)
            }
            None => {
                let known = toolkit.sources.iter().map(|source| source.id.as_str());
                ("unknown-source", format!("{} in toolkit.toml", unknown("source", id, known)))
            }
        };
        self.faults.push(text.error(at, code, message));
    }
}

fn body(checker: &mut Checker<'_>, page: &Page<'_>) {
    for link in &page.reading.links {
        if let Some((code, message)) = checker.pages.fault(&link.url, page.toolkit, page.section) {
            checker.faults.push(page.body_error(link.line, code, message));
        }
    }
    for (line, oddity) in &page.reading.oddities {
        let (code, message) = match oddity {
            Oddity::Html => ("raw-html", "HTML is shown as text; write Markdown"),
            Oddity::Image => ("image", "images are not shown"),
            Oddity::HeadingLevel => ("heading-level", "headings begin with ## or ###"),
            Oddity::TooDeep => ("too-deep", "nested too deeply to be shown"),
        };
        checker.faults.push(page.body_error(*line, code, message.to_owned()));
    }
    if page.reading.blocks.is_empty() {
        let message = "the file has no text".to_owned();
        checker.faults.push(page.body_error(1, "no-text", message));
    }
    let prose = page.reading.blocks.iter().filter(|block| block.kind != BlockKind::Figures);
    if let Some(grade) = grade(prose.map(|block| block.text.as_str()))
        && grade > HIGHEST_GRADE
    {
        let (age, limit) = (grade + AGE_OVER_GRADE, HIGHEST_GRADE + AGE_OVER_GRADE);
        let message = format!("reading age {age:.1}; at most {limit:.1} (shorter sentences help)");
        checker.faults.push(page.body_error(1, "reading-age", message).as_warning());
    }
}
