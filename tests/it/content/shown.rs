//! What a body becomes: safe HTML with anchors, and plain passages.

use std::collections::BTreeSet;

use pathways::{
    content::{Files, load},
    domain::guidance::Section,
};
use proptest::prelude::*;

const HEAD: &str = include_str!("../../content/toolkits/gardening/toolkit.toml");

/// The section that a body gives.
fn shown(body: &str) -> Section {
    let front = "+++\ntitle = \"T\"\nstage = \"check\"\ntopics = []\naudience = []\nsummary = \"S\"\n\
                 sources = [\"R1\", \"R2\"]\nas_of = \"2026-11-23\"\nreview_by = \"2027-05-23\"\n\
                 format = \"guide\"\nasked = []\n+++\n";
    let files: Files = [
        ("night/toolkit.toml".to_owned(), HEAD.to_owned()),
        ("night/01-a.md".to_owned(), format!("{front}{body}")),
    ]
    .into_iter()
    .collect();
    load(&files).toolkits.swap_remove(0).sections.swap_remove(0)
}

fn anchors(html: &str) -> Vec<&str> {
    html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn source_markers_become_links_and_stand_in_no_passage() {
    let section = shown("Light it [R1][R2]. Not [R9], not [r1], not [A].\n");
    assert_eq!(
        section.html,
        "<p>Light it<sup class=\"cite\"><a href=\"#source-R1\">R1</a></sup><sup class=\"cite\">\
         <a href=\"#source-R2\">R2</a></sup>. Not [R9], not [r1], not [A].</p>\n"
    );
    assert_eq!(section.passages[0].text, "Light it. Not [R9], not [r1], not [A].");
    assert_eq!(
        (section.passages[0].heading.as_deref(), section.passages[0].anchor.as_str()),
        (None, "")
    );
}

#[test]
fn headings_get_names_that_nothing_else_on_the_page_has() {
    let section = shown(
        "## What's £5 & more?\na\n### What's £5 & more?\nb\n## Main\n\n## Source R1\n\n## £\n",
    );
    assert_eq!(
        anchors(&section.html),
        ["whats-5-more", "whats-5-more-2", "main-2", "part-source-r1", "part"]
    );
    assert!(section.html.contains("<h2 id=\"whats-5-more\">What's £5 &amp; more?</h2>"));
    assert!(section.html.contains("<h3 id=\"whats-5-more-2\">"));
    assert_eq!(section.passages[1].heading.as_deref(), Some("What's £5 & more?"));
    assert_eq!(section.passages[1].text, "b");
}

#[test]
fn passages_are_plain_with_list_items_and_rows_on_lines_of_their_own() {
    let body = "Two **bold** words\nand [a link](https://a.example).\n\n- one `x`\n- two\n\n  more\n\n\
                | Head | Two |\n|---|---|\n| a | b [R1] |\n";
    let section = shown(body);
    assert_eq!(
        section.passages[0].text,
        "Two bold words and a link.\none x\ntwo\nmore\nHead Two\na b"
    );
    assert!(section.html.contains("<th scope=\"col\">Head</th>"), "{}", section.html);
    assert!(section.html.contains("<td>a</td>"), "{}", section.html);
}

#[test]
fn what_is_uncertain_is_marked_and_other_quotes_are_not() {
    let section = shown("> **Not certain:** Moths [R1].\n\nx\n\n> Said the moth.\n");
    assert!(section.html.starts_with(
        "<blockquote class=\"uncertain\">\n<p><strong>Not certain:</strong> Moths<sup"
    ));
    assert!(section.html.contains("<blockquote>\n<p>Said"));
    assert!(section.passages[0].text.starts_with("Not certain: Moths."));
}

#[test]
fn markup_and_dangerous_addresses_are_shown_as_text() {
    let section = shown(
        "<script>alert(1)</script>\n\na <b onclick=x>b</b> &lt;i&gt; [x](javascript:alert(1)) \
         [y](//evil.example) [z](data:text/html,x) ![pic](https://a.example/p.png) \
         https://plain.example <https://auto.example>\n",
    );
    assert_eq!(
        section.html,
        "<pre>&lt;script&gt;alert(1)&lt;/script&gt;\n</pre>\n<p>a &lt;b onclick=x&gt;b&lt;/b&gt; &lt;i&gt; x y z pic \
         https://plain.example <a href=\"https://auto.example\" rel=\"external noopener\">https://auto.example</a></p>\n"
    );
}

#[test]
fn links_of_our_own_stay_plain_and_others_are_marked_external() {
    let section = shown(
        "[a](/toolkits/x) [b](#c) [d](https://d.example/?a=1&b=\"2\") [m](mailto:a@b.example)\n",
    );
    assert_eq!(
        section.html,
        "<p><a href=\"/toolkits/x\">a</a> <a href=\"#c\">b</a> d <a href=\"mailto:a@b.example\">m</a></p>\n"
    );
    let section = shown("[d](https://d.example/?a=1&b=2)\n");
    assert!(
        section
            .html
            .contains("<a href=\"https://d.example/?a=1&amp;b=2\" rel=\"external noopener\">d</a>")
    );
}

#[test]
fn text_nested_beyond_all_reason_ends_and_does_not_break_the_program() {
    let section = shown(&format!("{} deep\n\nafter\n", ">".repeat(5_000)));
    assert!(section.html.contains("<p>after</p>"));
}

/// Bodies that try to be awkward.
fn bodies() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("## Head\n\n"),
        Just("### Head\n\n"),
        Just("# Top\n\n"),
        Just("> **Not certain:** x\n\n"),
        Just("- item [R1]\n"),
        Just("| a | b |\n|--|--|\n| [R2] | <i> |\n\n"),
        Just("<script src=x>"),
        Just("[l](javascript:x)"),
        Just("[l](/a\"b)"),
        Just("[l](https://a.example/\"><x>)"),
        Just("*em* **st**"),
        Just("`<b>`"),
        Just("\n\n"),
        Just("&lt;&amp;"),
        Just("```\n<b>\n```\n"),
        Just("[R1]: https://r.example\n"),
        Just("<!-- x -->"),
    ];
    let noise = "\\PC{0,12}";
    prop::collection::vec(
        prop_oneof![piece.prop_map(str::to_owned), noise.prop_map(String::from)],
        0..24,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn every_passage_has_its_anchor_in_the_page_and_no_anchor_is_there_twice(body in bodies()) {
        let section = shown(&body);
        let ids = anchors(&section.html);
        let distinct: BTreeSet<_> = ids.iter().collect();
        prop_assert_eq!(distinct.len(), ids.len());
        let headed: Vec<_> =
            section.passages.iter().filter(|p| p.heading.is_some()).map(|p| p.anchor.as_str()).collect();
        for anchor in headed {
            prop_assert!(ids.contains(&anchor), "{} in {}", anchor, section.html);
        }
    }

    #[test]
    fn the_page_holds_our_own_elements_and_safe_addresses_alone(body in bodies()) {
        let html = shown(&body).html;
        let ours = [
            "p", "h2 id", "h3 id", "ul", "ol", "ol start", "li", "blockquote", "blockquote class", "strong", "em", "code", "pre",
            "a href", "sup class", "table", "thead", "tbody", "tr", "th scope", "td", "br", "hr",
        ];
        let mut open = Vec::new();
        for tag in html.split('<').skip(1) {
            let (tag, _) = tag.split_once('>').expect("a tag ends");
            let name = tag.split('=').next().unwrap();
            let element = name.split(' ').next().unwrap();
            if let Some(closed) = element.strip_prefix('/') {
                prop_assert_eq!(open.pop(), Some(closed), "{}", html);
                continue;
            }
            prop_assert!(ours.contains(&name), "{} in {}", tag, html);
            if !["br", "hr"].contains(&element) {
                open.push(element);
            }
        }
        prop_assert!(open.is_empty(), "{}", html);
        for address in html.split("href=\"").skip(1) {
            let safe = ["https://", "http://", "/", "#", "mailto:", "tel:"];
            prop_assert!(safe.iter().any(|start| address.starts_with(start)), "{}", html);
            prop_assert!(!address.starts_with("//"), "{}", html);
        }
    }
}
