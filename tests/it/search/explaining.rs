//! Every hit says why, in sentences and in numbers that add up.

use pathways::domain::search::ReasonCode;

use super::{ask, document, index, search};

const QUESTIONS: [&str; 7] = [
    "right to work",
    "can we ask about convictions on the form?",
    "refugess share kode",
    "\"share code\" check",
    "ex-offender insurance",
    "reservist leave pol",
    "old people pension",
];

#[test]
fn parts_of_a_score_add_up_to_it() {
    for text in QUESTIONS {
        for hit in ask(text).hits {
            let sum: i64 = hit.parts.iter().map(|part| part.milli).sum();
            assert_eq!(sum, hit.score_milli, "{text}: {}", hit.id);
        }
    }
}

#[test]
fn every_hit_has_a_reason() {
    for text in QUESTIONS {
        for hit in ask(text).hits {
            assert!(!hit.reasons.is_empty(), "{text}: {}", hit.id);
        }
    }
}

#[test]
fn ranges_are_the_marks_of_the_html() {
    for text in QUESTIONS {
        for hit in ask(text).hits {
            let characters: Vec<char> = hit.snippet.text.chars().collect();
            let by_range: Vec<String> = hit
                .snippet
                .ranges
                .iter()
                .map(|(from, to)| characters[*from..*to].iter().collect())
                .collect();
            let unescaped = hit.snippet.html.replace("&#39;", "'").replace("&quot;", "\"");
            let unescaped = unescaped.replace("&amp;", "&");
            let by_mark: Vec<&str> = unescaped
                .split("<mark>")
                .skip(1)
                .map(|rest| rest.split("</mark>").next().unwrap())
                .collect();
            assert_eq!(by_range, by_mark, "{text}: {}", hit.id);
        }
    }
}

#[test]
fn reasons_name_what_was_read_as_what() {
    let sentence = |text: &str, code: ReasonCode| {
        let hits = ask(text).hits;
        let reasons = hits.into_iter().flat_map(|hit| hit.reasons);
        reasons.filter(|reason| reason.code == code).map(|reason| reason.text).next()
    };
    assert_eq!(
        sentence("ex-offender", ReasonCode::Synonym).as_deref(),
        Some("\"ex-offender\" was read as \"prison leaver\"")
    );
    assert_eq!(
        sentence("menapause", ReasonCode::Corrected).as_deref(),
        Some("\"menapause\" was read as \"menopause\"")
    );
    assert_eq!(
        sentence("reservist polic", ReasonCode::Prefix).as_deref(),
        Some("\"polic\" was completed to \"policy\"")
    );
}

#[test]
fn words_never_printed_are_not_repeated_in_reasons() {
    for text in
        ["hire an ex-con", "illegals working", "weekend soldier leave", "\"illegals\" working"]
    {
        for hit in ask(text).hits {
            for reason in &hit.reasons {
                for word in ["ex-con\"", "illegals", "weekend soldier"] {
                    assert!(!reason.text.contains(word), "{text}: {}", reason.text);
                }
            }
        }
    }
}

#[test]
fn a_word_with_the_stem_of_a_word_never_printed_is_named() {
    let reasons = ask("convictions").hits.into_iter().flat_map(|hit| hit.reasons);
    assert!(reasons.map(|reason| reason.text).any(|text| text.contains("\"convictions\"")));
}

#[test]
fn markup_in_a_text_is_escaped_in_the_snippet() {
    let index = index(vec![document("a", "T", "a <script>alert('x')</script> & insurance")]);
    let html = &search(&index, "insurance").hits[0].snippet.html;
    assert_eq!(
        html,
        "a &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; <mark>insurance</mark>"
    );
}

#[test]
fn the_address_leads_to_the_heading_nearest_to_the_match() {
    let hit = &ask("what does a share code look like").hits[0];
    let heading = hit.heading.as_deref().unwrap();
    let (_, anchor) = hit.url.split_once('#').unwrap();
    assert!(!anchor.is_empty() && !heading.is_empty());
}

#[test]
fn abbreviations_in_a_question_are_explained() {
    let answer = ask("rotl");
    assert!(answer.expansions[0].meaning.to_lowercase().contains("temporary licence"));
}
