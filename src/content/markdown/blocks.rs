//! Writes blocks: paragraphs, headings, lists, tables and quotes.

use comrak::{
    arena_tree,
    nodes::{ListType, Node, NodeList, NodeValue},
};

use super::{BlockKind, DEEPEST, Oddity, Writer, escape};

impl Writer<'_> {
    /// Writes every block inside the node.
    pub(super) fn blocks(&mut self, parent: Node<'_>, depth: usize) {
        for node in parent.children() {
            if depth > DEEPEST {
                let line = node.data().sourcepos.start.line;
                self.reading.oddities.push((line, Oddity::TooDeep));
                return;
            }
            self.block(node, depth + 1);
        }
    }

    fn block(&mut self, node: Node<'_>, depth: usize) {
        let line = node.data().sourcepos.start.line;
        let value = node.data().value.clone();
        match value {
            NodeValue::Paragraph => self.paragraph(node, line, depth),
            NodeValue::Heading(heading) => self.heading(node, line, heading.level),
            NodeValue::List(list) => self.list(node, &list, depth),
            NodeValue::BlockQuote => self.quote(node, depth),
            NodeValue::Table(_) => self.table(node),
            NodeValue::ThematicBreak => self.reading.html.push_str("<hr>\n"),
            NodeValue::CodeBlock(code) => self.verbatim(line, &code.literal),
            NodeValue::HtmlBlock(html) => {
                self.reading.oddities.push((line, Oddity::Html));
                self.verbatim(line, &html.literal);
            }
            _ => self.blocks(node, depth),
        }
    }

    fn paragraph(&mut self, node: Node<'_>, line: usize, depth: usize) {
        let tight = match node.parent().and_then(arena_tree::Node::parent) {
            Some(list) => {
                matches!(list.data().value, NodeValue::List(NodeList { tight: true, .. }))
            }
            None => false,
        };
        if !tight {
            self.reading.html.push_str("<p>");
        }
        self.inlines(node, depth);
        if !tight {
            self.reading.html.push_str("</p>\n");
        }
        self.end_block(line, BlockKind::Prose);
    }

    /// Page and section titles take the first level, so ours start at the second.
    fn heading(&mut self, node: Node<'_>, line: usize, level: u8) {
        if !(2..=3).contains(&level) {
            self.reading.oddities.push((line, Oddity::HeadingLevel));
        }
        let element = if level > 2 { "h3" } else { "h2" };
        let start = self.reading.html.len();
        self.inlines(node, 0);
        let inner = self.reading.html.split_off(start);
        let anchor = self.anchor(&self.plain.clone());
        self.put(&["<", element, " id=\"", &anchor, "\">", &inner, "</", element, ">\n"]);
        self.end_block(line, BlockKind::Heading(anchor));
    }

    fn list(&mut self, node: Node<'_>, list: &NodeList, depth: usize) {
        let (open, close) = match list.list_type {
            ListType::Bullet => ("<ul>\n".to_owned(), "</ul>\n"),
            ListType::Ordered if list.start == 1 => ("<ol>\n".to_owned(), "</ol>\n"),
            ListType::Ordered => (format!("<ol start=\"{}\">\n", list.start), "</ol>\n"),
        };
        self.reading.html.push_str(&open);
        for item in node.children() {
            self.reading.html.push_str("<li>");
            self.blocks(item, depth);
            self.reading.html.push_str("</li>\n");
        }
        self.reading.html.push_str(close);
    }

    fn quote(&mut self, node: Node<'_>, depth: usize) {
        let open = if is_uncertain(node) {
            "<blockquote class=\"uncertain\">\n"
        } else {
            "<blockquote>\n"
        };
        self.reading.html.push_str(open);
        self.blocks(node, depth);
        self.reading.html.push_str("</blockquote>\n");
    }

    fn table(&mut self, node: Node<'_>) {
        self.reading.html.push_str("<table>\n");
        let mut body_open = false;
        for row in node.children() {
            let line = row.data().sourcepos.start.line;
            let is_head = matches!(row.data().value, NodeValue::TableRow(true));
            if !is_head && !body_open {
                self.reading.html.push_str("<tbody>\n");
                body_open = true;
            }
            self.reading.html.push_str(if is_head { "<thead>\n<tr>" } else { "<tr>" });
            for cell in row.children() {
                let (open, close) =
                    if is_head { ("<th scope=\"col\">", "</th>") } else { ("<td>", "</td>") };
                self.reading.html.push_str(open);
                self.inlines(cell, 0);
                self.reading.html.push_str(close);
                self.plain.push(' ');
            }
            self.reading.html.push_str(if is_head { "</tr>\n</thead>\n" } else { "</tr>\n" });
            self.end_block(line, BlockKind::Figures);
        }
        self.reading.html.push_str(if body_open { "</tbody>\n</table>\n" } else { "</table>\n" });
    }

    fn verbatim(&mut self, line: usize, text: &str) {
        self.reading.html.push_str("<pre>");
        escape(&mut self.reading.html, text);
        self.reading.html.push_str("</pre>\n");
        self.plain.push_str(text);
        self.end_block(line, BlockKind::Figures);
    }
}

/// Whether a quote opens with a bold "Not certain".
fn is_uncertain(quote: Node<'_>) -> bool {
    let strong = quote
        .first_child()
        .and_then(arena_tree::Node::first_child)
        .filter(|first| matches!(first.data().value, NodeValue::Strong));
    let text = strong.and_then(arena_tree::Node::first_child);
    text.is_some_and(|text| match &text.data().value {
        NodeValue::Text(words) => words.trim_start().starts_with("Not certain"),
        _ => false,
    })
}
