//! A template as a Word document, with real headings, lists and tables.

use std::io::Cursor;

use docx_rs::{
    AbstractNumbering, AlignmentType, Docx, Hyperlink, HyperlinkData, HyperlinkType, IndentLevel,
    Level, LevelJc, LevelText, NumberFormat, Numbering, NumberingId, PageMargin, Paragraph, Run,
    RunFonts, Shading, SpecialIndentType, Start, Style, StyleType, Table, TableCell, TableRow,
    WidthType,
};

use super::{
    Template,
    tree::{self, Block, Look, Span},
};
use crate::app::AppError;

/// Numbers of the kinds of list; every numbered list has one more of its own.
const BULLETS: usize = 2;
const NUMBERS: usize = 3;
/// The width of the text on A4, in twentieths of a point.
const TEXT_WIDTH: usize = 9_300;
const GREY: &str = "555555";

/// A document being written.
struct Writer {
    docx: Docx,
    /// How many numbered lists there are so far.
    numbered: usize,
    /// How many links there are so far.
    links: usize,
}

/// Writes the template.
pub(super) fn write(template: &Template<'_>) -> Result<Vec<u8>, AppError> {
    let mut writer = Writer { docx: blank(template), numbered: 0, links: 0 };
    let title = Run::new().add_text(&template.section.title);
    writer.paragraph(Paragraph::new().style("Title").add_run(title));
    for block in tree::read(&template.section.markdown) {
        writer.block(&block, 0);
    }
    if !template.sources.is_empty() {
        let heading = Run::new().add_text("Sources");
        writer.paragraph(Paragraph::new().style("Heading2").add_run(heading));
    }
    for source in &template.sources {
        let words = format!("{}: {}, {}, ", source.id, source.publisher, source.date);
        let link =
            Span { text: source.title.clone(), link: Some(source.url.clone()), look: Look::Plain };
        let start = Paragraph::new().add_run(Run::new().add_text(words));
        let paragraph = writer.spans(start, &[link]);
        writer.paragraph(paragraph);
    }
    let origin = Run::new().add_text(&template.origin).color(GREY).size(18);
    writer.paragraph(Paragraph::new().add_run(origin));
    let mut file = Cursor::new(Vec::new());
    let mut package = writer.docx.build();
    package.document_rels = in_order(&package.document_rels);
    match package.pack(&mut file) {
        Ok(()) => Ok(file.into_inner()),
        Err(cause) => Err(AppError::Internal(Box::new(cause))),
    }
}

/// The links of a document in the order of their names: the library writes them in
/// any order (docx-rs 0.4.22), and the same template is to give the same bytes.
fn in_order(relations: &[u8]) -> Vec<u8> {
    const START: &str = "<Relationship ";
    const END: &str = "</Relationships>";
    let text = String::from_utf8_lossy(relations);
    let Some((head, rest)) = text.split_once(START) else { return relations.to_vec() };
    let Some((rest, tail)) = rest.split_once(END) else { return relations.to_vec() };
    let mut each: Vec<&str> = rest.split(START).map(str::trim).collect();
    each.sort_unstable();
    format!("{head}{START}{}{END}{tail}", each.join(START)).into_bytes()
}

/// An A4 page with styles named as Word names them, and no dates but our own.
fn blank(template: &Template<'_>) -> Docx {
    let heading = |id: &str, name: &str, size, level| {
        let style = Style::new(id, StyleType::Paragraph).name(name).size(size).bold();
        style.outline_lvl(level).q_format(true)
    };
    let written = format!("{}T00:00:00Z", template.section.dates.as_of);
    Docx::new()
        .page_size(11_906, 16_838)
        .page_margin(PageMargin::new().left(1_300).right(1_300).top(1_200).bottom(1_200))
        .default_fonts(RunFonts::new().ascii("Arial").hi_ansi("Arial").cs("Arial"))
        .default_size(22)
        .created_at(&written)
        .updated_at(&written)
        .add_style(Style::new("Title", StyleType::Paragraph).name("Title").size(36).bold())
        .add_style(heading("Heading2", "heading 2", 28, 1))
        .add_style(heading("Heading3", "heading 3", 24, 2))
        .add_abstract_numbering(levels(BULLETS, "bullet", |_| "•".to_owned()))
        .add_numbering(Numbering::new(BULLETS, BULLETS))
}

fn levels(id: usize, format: &str, text: impl Fn(usize) -> String) -> AbstractNumbering {
    (0..3).fold(AbstractNumbering::new(id), |numbering, depth| {
        let indent = i32::try_from(depth + 1).unwrap_or(1) * 480;
        let level = Level::new(
            depth,
            Start::new(1),
            NumberFormat::new(format),
            LevelText::new(text(depth)),
            LevelJc::new("left"),
        );
        let hanging = SpecialIndentType::Hanging(360);
        numbering.add_level(level.indent(Some(indent), Some(hanging), None, None))
    })
}

impl Writer {
    fn paragraph(&mut self, paragraph: Paragraph) {
        let docx = std::mem::take(&mut self.docx);
        self.docx = docx.add_paragraph(paragraph);
    }

    fn written(&mut self, paragraph: Paragraph, words: &[Span]) {
        let paragraph = self.spans(paragraph, words);
        self.paragraph(paragraph);
    }

    fn block(&mut self, block: &Block, depth: usize) {
        match block {
            Block::Heading(level, words) => {
                let style = if *level == 2 { "Heading2" } else { "Heading3" };
                self.written(Paragraph::new().style(style).keep_next(true), words);
            }
            Block::Paragraph(words) => self.written(Paragraph::new(), words),
            Block::List(start, items) => self.list(*start, items, depth),
            Block::Quote(inner) => inner.iter().for_each(|block| self.quoted(block)),
            Block::Table(rows) => self.table(rows),
            Block::Rule => self.paragraph(
                Paragraph::new()
                    .align(AlignmentType::Center)
                    .add_run(Run::new().add_text("* * *").color(GREY)),
            ),
        }
    }

    fn quoted(&mut self, block: &Block) {
        match block {
            Block::Paragraph(words) => {
                let indented = Paragraph::new().indent(Some(480), None, None, None);
                self.written(indented, words);
            }
            other => self.block(other, 1),
        }
    }

    /// A numbered list counts for itself, so it needs a numbering of its own.
    fn new_numbering(&mut self) -> usize {
        let id = NUMBERS + self.numbered;
        self.numbered += 1;
        let numbering = levels(id, "decimal", |depth| format!("%{}.", depth + 1));
        let docx = std::mem::take(&mut self.docx);
        self.docx = docx.add_abstract_numbering(numbering).add_numbering(Numbering::new(id, id));
        id
    }

    fn list(&mut self, start: Option<usize>, items: &[Vec<Block>], depth: usize) {
        let id = if start.is_some() { self.new_numbering() } else { BULLETS };
        let level = depth.min(2);
        for item in items {
            for (nth, block) in item.iter().enumerate() {
                match block {
                    Block::Paragraph(words) if nth == 0 => {
                        let point = Paragraph::new()
                            .numbering(NumberingId::new(id), IndentLevel::new(level));
                        self.written(point, words);
                    }
                    other => self.block(other, depth + 1),
                }
            }
        }
    }

    fn table(&mut self, rows: &[Vec<Vec<Span>>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let width = TEXT_WIDTH / columns;
        let written = rows.iter().enumerate().map(|(nth, row)| {
            let cells = row.iter().map(|words| {
                let mut paragraph = self.spans(Paragraph::new(), words);
                if nth == 0 {
                    paragraph = paragraph.bold();
                }
                let cell = TableCell::new().add_paragraph(paragraph).width(width, WidthType::Dxa);
                if nth == 0 { cell.shading(Shading::new().fill("E8EEEB")) } else { cell }
            });
            TableRow::new(cells.collect()).cant_split()
        });
        let table = Table::new(written.collect())
            .set_grid(vec![width; columns])
            .width(TEXT_WIDTH, WidthType::Dxa);
        let docx = std::mem::take(&mut self.docx);
        self.docx = docx.add_table(table).add_paragraph(Paragraph::new());
    }

    fn spans(&mut self, paragraph: Paragraph, spans: &[Span]) -> Paragraph {
        spans.iter().fold(paragraph, |paragraph, span| {
            let run = Run::new().add_text(&span.text);
            let run = match span.look {
                Look::Plain => run,
                Look::Strong => run.bold(),
                Look::Emphasis => run.italic(),
            };
            match &span.link {
                Some(url) => {
                    let run = run.color("0A5A70").underline("single");
                    paragraph.add_hyperlink(self.link(url).add_run(run))
                }
                None => paragraph.add_run(run),
            }
        })
    }

    /// A link with a number of this document: the library's own counts on from
    /// document to document, and the same template would give other bytes.
    fn link(&mut self, url: &str) -> Hyperlink {
        self.links += 1;
        let mut link = Hyperlink::new(url, HyperlinkType::External);
        if let HyperlinkData::External { rid, .. } = &mut link.link {
            *rid = format!("rIdHyperlink{}", self.links);
        }
        link
    }
}
