//! A strict little reader of HTML: enough for what we write, and it refuses the rest.

/// Elements without an end.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "link", "meta"];
/// Elements that start a line of the text.
const BLOCKS: [&str; 28] = [
    "article",
    "aside",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "header",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "section",
    "summary",
    "tr",
    "ul",
    "title",
];

/// An element with what is in it.
#[derive(Debug, Default, Clone)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// A piece of a page.
#[derive(Debug, Clone)]
pub enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// Reads a page; the error says what is not well formed.
    pub fn parse(html: &str) -> Result<Self, String> {
        let html = html.strip_prefix("<!DOCTYPE html>").ok_or("no doctype")?;
        let mut open: Vec<Self> = vec![Self::default()];
        let mut rest = html;
        while !rest.is_empty() {
            let Some(at) = rest.find('<') else {
                return Err(format!("text after the end: {rest}"));
            };
            let (text, tag) = rest.split_at(at);
            if !text.is_empty() {
                open.last_mut().unwrap().children.push(Node::Text(unescaped(text)?));
            }
            let end = tag.find('>').ok_or("a tag without an end")?;
            let inside = &tag[1..end];
            rest = &tag[end + 1..];
            if let Some(name) = inside.strip_prefix('/') {
                let done = open.pop().unwrap();
                if done.name != name {
                    return Err(format!("</{name}> closes <{}>", done.name));
                }
                open.last_mut().ok_or("closed twice")?.children.push(Node::Element(done));
                continue;
            }
            let element = started(inside)?;
            if VOID.contains(&element.name.as_str()) {
                open.last_mut().unwrap().children.push(Node::Element(element));
            } else {
                open.push(element);
            }
        }
        let root = open.pop().unwrap();
        if open.is_empty() { Ok(root) } else { Err(format!("<{}> is not closed", root.name)) }
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(one, _)| one == name).map(|(_, value)| value.as_str())
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.attribute("class").is_some_and(|all| all.split(' ').any(|one| one == class))
    }

    /// Every element inside, itself first.
    pub fn all(&self) -> Vec<&Self> {
        let mut found = vec![self];
        for child in &self.children {
            if let Node::Element(element) = child {
                found.extend(element.all());
            }
        }
        found
    }

    pub fn named<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.all().into_iter().filter(move |one| one.name == name)
    }

    pub fn with_id(&self, id: &str) -> Option<&Self> {
        self.all().into_iter().find(|one| one.attribute("id") == Some(id))
    }

    /// The text in it, one line for each block, without elements that `skip` takes.
    pub fn text_without(&self, skip: &dyn Fn(&Self) -> bool) -> String {
        let mut out = String::new();
        self.write(skip, &mut out);
        let lines = out.lines().map(|l| l.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    pub fn text(&self) -> String {
        self.text_without(&|_| false)
    }

    fn write(&self, skip: &dyn Fn(&Self) -> bool, out: &mut String) {
        if skip(self) {
            return;
        }
        let block = BLOCKS.contains(&self.name.as_str());
        if block {
            out.push('\n');
        }
        for child in &self.children {
            match child {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => element.write(skip, out),
            }
        }
        if block {
            out.push('\n');
        } else if ["td", "th", "input", "a"].contains(&self.name.as_str()) {
            out.push(' ');
        }
    }
}

fn started(inside: &str) -> Result<Element, String> {
    let (name, mut rest) = inside.split_once([' ', '\n']).unwrap_or((inside, ""));
    if name.is_empty() || !name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()) {
        return Err(format!("a stray < before: {inside}"));
    }
    let mut element = Element { name: name.to_owned(), ..Element::default() };
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return Ok(element);
        }
        let stop = rest.find([' ', '=']).unwrap_or(rest.len());
        let (attribute, after) = rest.split_at(stop);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => {
                quoted.split_once('"').ok_or_else(|| format!("open quote: {inside}"))?
            }
            None if after.starts_with('=') => return Err(format!("a bare value: {inside}")),
            None => ("", after),
        };
        if element.attribute(attribute).is_some() {
            return Err(format!("{attribute} twice: {inside}"));
        }
        element.attributes.push((attribute.to_owned(), unescaped(value)?));
        rest = after;
    }
}

fn unescaped(text: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        let (name, after) = after.split_once(';').ok_or_else(|| format!("a bare & in: {text}"))?;
        out.push_str(before);
        out.push_str(match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "#39" => "'",
            other => return Err(format!("&{other}; in: {text}")),
        });
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

#[test]
fn what_is_not_well_formed_is_refused() {
    for (wrong, why) in [
        ("<p>a</b>", "closes"),
        ("<p>a", "text after"),
        ("<p><b></b>", "not closed"),
        ("<p>a & b</p>", "bare &"),
        ("<p a=b></p>", "bare value"),
        ("<p a=\"1\" a=\"2\"></p>", "twice"),
        ("<p>1 < 2</p>", "stray"),
    ] {
        let fault = Element::parse(&format!("<!DOCTYPE html>{wrong}")).unwrap_err();
        assert!(fault.contains(why), "{wrong}: {fault}");
    }
    let page = Element::parse("<!DOCTYPE html><p id=\"a\">1 &lt; <b>2</b></p><br>").unwrap();
    assert_eq!(page.with_id("a").unwrap().text(), "1 < 2");
}
