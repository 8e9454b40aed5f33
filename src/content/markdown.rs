//! From the Markdown of a body to safe HTML and to plain passages.
//!
//! The parser gives a tree and everything that is printed is written here, so
//! nothing gets into a page that this file does not know: no raw HTML, no images,
//! no address but a web, mail, telephone or local one. What is not known is shown
//! as text and noted as an [`Oddity`]. Judging links and markers is for
//! [`check`](crate::content::check()).

mod blocks;
mod inlines;

pub(super) use inlines::is_marker;

use std::collections::BTreeSet;

use comrak::{Arena, Options};

use crate::domain::guidance::Passage;

/// Anchors that belong to the page around the text.
const TAKEN: [&str; 6] = ["content", "main", "nav", "search", "sources", "top"];
/// How deeply blocks and inlines may be nested.
const DEEPEST: usize = 40;

/// Everything that one body says.
#[derive(Debug, Default)]
pub(super) struct Reading {
    /// The text as shown.
    pub(super) html: String,
    /// The text as searched.
    pub(super) passages: Vec<Passage>,
    /// Paragraphs, headings, table rows and the like, in plain text.
    pub(super) blocks: Vec<Block>,
    /// Links, in order.
    pub(super) links: Vec<Link>,
    /// Everything of the form of a source marker, with its line.
    pub(super) markers: Vec<(usize, String)>,
    /// What our Markdown does not have.
    pub(super) oddities: Vec<(usize, Oddity)>,
}

/// A piece of plain text without a line break of its own.
#[derive(Debug)]
pub(super) struct Block {
    /// The line it starts on, counted from the start of the body.
    pub(super) line: usize,
    /// What it is.
    pub(super) kind: BlockKind,
    /// Its text.
    pub(super) text: String,
}

/// What a [`Block`] is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum BlockKind {
    /// A heading and its anchor.
    Heading(String),
    /// A paragraph or list item.
    Prose,
    /// A row of a table, or code.
    Figures,
}

/// A link of the text.
#[derive(Debug)]
pub(super) struct Link {
    /// The line it stands on, counted from the start of the body.
    pub(super) line: usize,
    /// Where it leads.
    pub(super) url: String,
}

/// Something that our Markdown does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oddity {
    /// Raw HTML.
    Html,
    /// An image.
    Image,
    /// A heading of another level than two or three.
    HeadingLevel,
    /// Blocks nested too deeply to be shown.
    TooDeep,
}

/// Reads a body; only the markers of `sources` become links.
pub(super) fn read(body: &str, sources: &[String]) -> Reading {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    let root = comrak::parse_document(&arena, body, &options);
    let mut writer = Writer::new(sources);
    writer.blocks(root, 0);
    let mut reading = writer.reading;
    reading.passages = passages(&reading.blocks);
    reading
}

/// The state of writing one body.
struct Writer<'a> {
    sources: &'a [String],
    reading: Reading,
    anchors: BTreeSet<String>,
    /// Plain text of the block being written.
    plain: String,
}

impl<'a> Writer<'a> {
    fn new(sources: &'a [String]) -> Self {
        let anchors = TAKEN.into_iter().map(str::to_owned).collect();
        Self { sources, reading: Reading::default(), anchors, plain: String::new() }
    }

    fn put(&mut self, parts: &[&str]) {
        self.reading.html.extend(parts.iter().copied());
    }

    /// Ends the block whose plain text was gathered.
    fn end_block(&mut self, line: usize, kind: BlockKind) {
        let words: Vec<&str> = self.plain.split_whitespace().collect();
        let text = words.join(" ");
        self.plain.clear();
        if !text.is_empty() {
            self.reading.blocks.push(Block { line, kind, text });
        }
    }

    /// An anchor made of the heading's words, which nothing else on the page has.
    fn anchor(&mut self, heading: &str) -> String {
        let mut base = String::new();
        for c in heading.chars().flat_map(char::to_lowercase) {
            if c.is_ascii_alphanumeric() {
                base.push(c);
            } else if !base.is_empty()
                && !base.ends_with('-')
                && (c.is_whitespace() || "-–/".contains(c))
            {
                base.push('-');
            }
        }
        let base = match base.trim_end_matches('-') {
            "" => "part".to_owned(),
            // The list of sources has anchors of that form.
            base if base.starts_with("source-") => format!("part-{base}"),
            base => base.to_owned(),
        };
        let mut name = base.clone();
        let mut n = 1;
        while !self.anchors.insert(name.clone()) {
            n += 1;
            name = format!("{base}-{n}");
        }
        name
    }
}

fn passages(blocks: &[Block]) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    for block in blocks {
        match (&block.kind, passages.last_mut()) {
            (BlockKind::Heading(anchor), _) => passages.push(Passage {
                heading: Some(block.text.clone()),
                anchor: anchor.clone(),
                text: String::new(),
            }),
            (_, Some(passage)) => {
                if !passage.text.is_empty() {
                    passage.text.push('\n');
                }
                passage.text.push_str(&block.text);
            }
            (_, None) => passages.push(Passage {
                heading: None,
                anchor: String::new(),
                text: block.text.clone(),
            }),
        }
    }
    passages
}

/// Writes text, not an attribute, so that a browser shows it as it is.
fn escape(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            c => html.push(c),
        }
    }
}
