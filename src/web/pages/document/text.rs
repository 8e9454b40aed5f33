//! A template as plain text, lines as long as they come.

use std::fmt::Write;

use super::{
    Template,
    tree::{self, Block, Span},
};

/// Writes the template.
pub(super) fn write(template: &Template<'_>) -> String {
    let title = &template.section.title;
    let mut out = format!("{title}\n{}\n\n", "=".repeat(title.chars().count()));
    blocks(&tree::read(&template.section.markdown), "", &mut out);
    if !template.sources.is_empty() {
        out.push_str("Sources\n-------\n");
        for source in &template.sources {
            _ = write!(
                out,
                "{}: {}, {}, {}\n    {}\n",
                source.id, source.title, source.publisher, source.date, source.url
            );
        }
        out.push('\n');
    }
    out.push_str(&template.origin);
    out.push('\n');
    out
}

fn blocks(all: &[Block], indent: &str, out: &mut String) {
    for block in all {
        match block {
            Block::Heading(level, spans) => {
                let words = plain(spans);
                let line = if *level == 2 { "-" } else { "." };
                let under = line.repeat(words.chars().count());
                _ = write!(out, "{indent}{words}\n{indent}{under}\n");
            }
            Block::Paragraph(spans) => _ = write!(out, "{indent}{}\n\n", plain(spans)),
            Block::List(start, items) => {
                for (nth, item) in items.iter().enumerate() {
                    let sign =
                        start.map_or_else(|| "- ".to_owned(), |start| format!("{}. ", start + nth));
                    self::item(item, indent, &sign, out);
                }
                out.push('\n');
            }
            Block::Quote(inner) => blocks(inner, &format!("{indent}  | "), out),
            Block::Table(rows) => table(rows, indent, out),
            Block::Rule => _ = write!(out, "{indent}{}\n\n", "-".repeat(40)),
        }
    }
}

fn item(item: &[Block], indent: &str, sign: &str, out: &mut String) {
    let mut inner = String::new();
    let deeper = format!("{indent}{}", " ".repeat(sign.len()));
    blocks(item, &deeper, &mut inner);
    let inner = inner.trim();
    _ = writeln!(out, "{indent}{sign}{inner}");
}

/// One paragraph for each row: the first cell, then every other under its head.
fn table(rows: &[Vec<Vec<Span>>], indent: &str, out: &mut String) {
    let Some((head, rows)) = rows.split_first() else { return };
    for row in rows {
        for (cell, label) in row.iter().zip(head) {
            let (label, value) = (plain(label), plain(cell));
            let value = if value.is_empty() { "______________________".to_owned() } else { value };
            _ = writeln!(out, "{indent}{label}: {value}");
        }
        out.push('\n');
    }
}

fn plain(spans: &[Span]) -> String {
    let mut out = String::new();
    for span in spans {
        out.push_str(&span.text);
        if let Some(link) = &span.link {
            _ = write!(out, " ({link})");
        }
    }
    out
}
