//! temp
use std::fmt::Write;
#[test]
fn dump_rankings() {
    let mut out = String::new();
    let text = std::fs::read_to_string("tests/judged/questions.jsonl").unwrap();
    for line in text.lines() {
        let q: serde_json::Value = serde_json::from_str(line).unwrap();
        let q = q["text"].as_str().unwrap();
        let a = super::ask(q);
        writeln!(
            out,
            "# {q} {} {:?} {:?} {:?} {:?}",
            a.total, a.corrections, a.suggestion, a.ignored, a.expansions
        )
        .unwrap();
        for h in a.hits {
            writeln!(out, "{} {} {:?} {}", h.id, h.score_milli, h.reasons, h.snippet.html).unwrap();
        }
        writeln!(out, "{:?}", a.facets).unwrap();
    }
    std::fs::write(std::env::var("DUMP").unwrap_or("/tmp/ridx_dump.txt".into()), out).unwrap();
}
