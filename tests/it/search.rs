//! Search over the shipped content: what employers rely on.

use pathways::{
    app::guidance,
    domain::search::{Answer, Facet, Question},
};

use crate::shown;

pub fn ask(text: &str) -> Answer {
    ask_with(text, &[])
}

pub fn ask_with(text: &str, filters: &[(Facet, &str)]) -> Answer {
    let filters = filters.iter().map(|(facet, value)| (*facet, (*value).to_owned())).collect();
    let question = Question { text: text.to_owned(), filters, page: 1, per_page: 20 };
    guidance::search(&shown::state().snapshot(), &question).unwrap()
}

#[test]
fn parts_of_a_score_add_up_to_it() {
    for text in
        ["right to work", "can we ask about convictions on the form?", "refugess share kode"]
    {
        for hit in ask(text).hits {
            let sum: i64 = hit.parts.iter().map(|part| part.milli).sum();
            assert_eq!(sum, hit.score_milli, "{text}: {}", hit.id);
        }
    }
}

#[test]
fn print_some() {
    for text in std::env::args().skip_while(|a| a != "--").skip(1) {
        println!("{text}");
    }
    for text in [
        "we want to hire refugees but hr are scared of right to work checks where do i start",
        "can we ask about convictions on the form?",
        "refugess",
        "sharecode",
        "ex-offender",
        "crb chek",
        "what is rotl",
        "menapause",
        "\"share code\"",
        "army wives moving",
        "TA leave",
        "zzzzqqq",
        "the",
    ] {
        let a = ask(text);
        eprintln!(
            "== {text}: {} {:?} ign {:?} rel {:?} sug {:?}",
            a.total, a.corrections, a.ignored, a.relaxed, a.suggestion
        );
        for h in a.hits.iter().take(4) {
            eprintln!("  {:>7} {} | {:?} | {}", h.score_milli, h.id, h.heading, h.snippet.html);
            for r in &h.reasons {
                eprintln!("        {}", r.text);
            }
        }
    }
}
