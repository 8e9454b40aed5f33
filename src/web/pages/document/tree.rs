//! A template's Markdown as a small tree of blocks that every writer understands.

use comrak::{
    Arena, Options,
    nodes::{ListType, Node, NodeValue},
};

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// A heading and its level, from 2.
    Heading(u8, Vec<Span>),
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list; numbered ones know their first number.
    List(Option<usize>, Vec<Vec<Block>>),
    /// A quotation.
    Quote(Vec<Block>),
    /// A table; the first row is its head.
    Table(Vec<Vec<Vec<Span>>>),
    /// A line across the page.
    Rule,
}

/// A run of words that look alike.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Span {
    /// The words.
    pub(super) text: String,
    /// How they look.
    pub(super) look: Look,
    /// The site they lead to.
    pub(super) link: Option<String>,
}

/// How a [`Span`] looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Look {
    /// As usual.
    #[default]
    Plain,
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
}

/// Blocks may be nested so deeply; what lies deeper is left out.
const DEEPEST: usize = 12;

/// The blocks of a body.
pub(super) fn read(markdown: &str) -> Vec<Block> {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    blocks(comrak::parse_document(&arena, markdown, &options), 0)
}

fn blocks(parent: Node<'_>, depth: usize) -> Vec<Block> {
    if depth > DEEPEST {
        return Vec::new();
    }
    parent.children().flat_map(|node| block(node, depth + 1)).collect()
}

fn block(node: Node<'_>, depth: usize) -> Vec<Block> {
    let value = node.data().value.clone();
    let one = match value {
        NodeValue::Paragraph => Block::Paragraph(spans(node)),
        NodeValue::Heading(heading) => Block::Heading(heading.level.clamp(2, 3), spans(node)),
        NodeValue::List(list) => {
            let start = (list.list_type == ListType::Ordered).then_some(list.start);
            Block::List(start, node.children().map(|item| blocks(item, depth)).collect())
        }
        NodeValue::BlockQuote => Block::Quote(blocks(node, depth)),
        NodeValue::Table(_) => {
            let row = |row: Node<'_>| row.children().map(spans).collect();
            Block::Table(node.children().map(row).collect())
        }
        NodeValue::ThematicBreak => Block::Rule,
        NodeValue::CodeBlock(code) => {
            let span = Span { text: code.literal, ..Span::default() };
            Block::Paragraph(vec![span])
        }
        _ => return blocks(node, depth),
    };
    vec![one]
}

fn spans(parent: Node<'_>) -> Vec<Span> {
    let mut out = Vec::new();
    inline(parent, Look::Plain, None, &mut out);
    out
}

fn inline(parent: Node<'_>, look: Look, link: Option<&str>, out: &mut Vec<Span>) {
    for node in parent.children() {
        let value = node.data().value.clone();
        let text = match value {
            NodeValue::Text(text) => text.into_owned(),
            NodeValue::Code(code) => code.literal,
            NodeValue::SoftBreak => " ".to_owned(),
            NodeValue::LineBreak => "\n".to_owned(),
            NodeValue::Strong => {
                inline(node, Look::Strong, link, out);
                continue;
            }
            NodeValue::Emph => {
                inline(node, Look::Emphasis, link, out);
                continue;
            }
            NodeValue::Link(to) => {
                let web = to.url.starts_with("https://") || to.url.starts_with("http://");
                inline(node, look, web.then_some(to.url.as_str()).or(link), out);
                continue;
            }
            _ => {
                inline(node, look, link, out);
                continue;
            }
        };
        out.push(Span { text, look, link: link.map(str::to_owned) });
    }
}
