//! Writes what stands inside a block: words, emphasis, links and source markers.

use comrak::nodes::{Node, NodeValue};

use super::{DEEPEST, Link, Oddity, Writer, escape};
use crate::content::toml_text::is_web_address;

impl Writer<'_> {
    /// Writes everything inside the node.
    pub(super) fn inlines(&mut self, parent: Node<'_>, depth: usize) {
        if depth > DEEPEST {
            let line = parent.data().sourcepos.start.line;
            self.reading.oddities.push((line, Oddity::TooDeep));
            return;
        }
        let mut words = String::new();
        let mut words_line = 0;
        for node in parent.children() {
            let (line, value) = (node.data().sourcepos.start.line, node.data().value.clone());
            // The parser may part a text at a bracket; a marker must stay whole.
            if let NodeValue::Text(more) = &value {
                if words.is_empty() {
                    words_line = line;
                }
                words.push_str(more);
                continue;
            }
            self.words(&std::mem::take(&mut words), words_line);
            self.inline(node, value, line, depth + 1);
        }
        self.words(&words, words_line);
    }

    fn inline(&mut self, node: Node<'_>, value: NodeValue, line: usize, depth: usize) {
        match value {
            NodeValue::Strong => self.wrapped(node, "strong", depth),
            NodeValue::Emph => self.wrapped(node, "em", depth),
            NodeValue::Code(code) => {
                self.reading.html.push_str("<code>");
                self.literal(&code.literal);
                self.reading.html.push_str("</code>");
            }
            NodeValue::SoftBreak => self.literal("\n"),
            NodeValue::LineBreak => {
                self.reading.html.push_str("<br>");
                self.literal("\n");
            }
            NodeValue::HtmlInline(html) => {
                self.reading.oddities.push((line, Oddity::Html));
                self.literal(&html);
            }
            NodeValue::Image(_) => {
                self.reading.oddities.push((line, Oddity::Image));
                self.inlines(node, depth);
            }
            NodeValue::Link(to) => self.link(node, &to.url, line, depth),
            _ => self.inlines(node, depth),
        }
    }

    fn wrapped(&mut self, node: Node<'_>, element: &str, depth: usize) {
        self.put(&["<", element, ">"]);
        self.inlines(node, depth);
        self.put(&["</", element, ">"]);
    }

    fn link(&mut self, node: Node<'_>, url: &str, line: usize, depth: usize) {
        self.reading.links.push(Link { line, url: url.to_owned() });
        let local = url.starts_with('#') || (url.starts_with('/') && !url.starts_with("//"));
        let web = is_web_address(url);
        if !local && !web && !url.starts_with("mailto:") && !url.starts_with("tel:") {
            self.inlines(node, depth);
            return;
        }
        self.reading.html.push_str("<a href=\"");
        let quoted = url.replace('"', "%22");
        escape(&mut self.reading.html, &quoted);
        self.reading.html.push_str(if web { "\" rel=\"external noopener\">" } else { "\">" });
        self.inlines(node, depth);
        self.reading.html.push_str("</a>");
    }

    fn literal(&mut self, text: &str) {
        escape(&mut self.reading.html, text);
        self.plain.push_str(text);
    }

    /// Writes words, and source markers as links to the list of sources.
    fn words(&mut self, text: &str, line: usize) {
        let mut rest = text;
        while let Some((before, id, after)) = next_marker(rest) {
            self.reading.markers.push((line, id.to_owned()));
            if self.sources.iter().any(|source| source == id) {
                // The mark belongs to the sentence: no space, no line break before it.
                self.literal(before.trim_end());
                self.put(&["<sup class=\"cite\"><a href=\"#source-", id, "\">", id, "</a></sup>"]);
            } else {
                self.literal(before);
                self.literal(&format!("[{id}]"));
            }
            rest = after;
        }
        self.literal(rest);
    }
}

/// The first `[R1]` in the text, with what stands before and after it.
fn next_marker(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    while let Some(open) = text.get(from..)?.find('[') {
        let start = from + open + 1;
        let inside = text.get(start..)?;
        if let Some((id, after)) = inside.split_once(']')
            && is_marker(id)
        {
            return Some((text.get(..start - 1)?, id, after));
        }
        from = start;
    }
    None
}

/// Capital letters, then digits.
pub(in crate::content) fn is_marker(id: &str) -> bool {
    let digits = id.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = id.len() - digits.len();
    (1..=3).contains(&letters)
        && (1..=4).contains(&digits.len())
        && digits.chars().all(|c| c.is_ascii_digit())
}
