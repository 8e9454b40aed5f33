//! Cells of a table: from text to the value that a field reads, and back.
//!
//! A spreadsheet runs what begins with `=`, `+`, `-`, `@`, a tab or a carriage return, so
//! such a cell is written with an apostrophe before it, which is taken off again on the
//! way in. An apostrophe of a text's own is told from ours by what follows it.

use serde_json::Value;

use crate::app::exchange::value::Shape;

/// What stands in a cell, as a value for a field of that shape.
pub fn read(shape: Shape, text: &str) -> Value {
    match shape {
        Shape::Plain => Value::String(text.to_owned()),
        Shape::List => list(&split(text)),
        Shape::Codes => {
            let parts = text.split(|c: char| c.is_whitespace() || ";,".contains(c));
            let mut codes: Vec<String> = Vec::new();
            // Lists of others repeat themselves; the same code twice says nothing more.
            for part in parts.filter(|part| !part.is_empty()) {
                if !codes.iter().any(|code| code == part) {
                    codes.push(part.to_owned());
                }
            }
            list(&codes)
        }
        Shape::Nested if text.trim().is_empty() => Value::Null,
        // What is no JSON stays a text, and the field says what it expected.
        Shape::Nested => {
            serde_json::from_str(text).unwrap_or_else(|_no_json| Value::String(text.to_owned()))
        }
    }
}

/// A value of a field of that shape, as it stands in a cell.
pub fn write(shape: Shape, value: &Value) -> String {
    match (shape, value) {
        (_, Value::Null) => String::new(),
        (Shape::Nested, value) => value.to_string(),
        (_, Value::Array(items)) => {
            let plain = |item: &Value| {
                let text = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
                text.replace('\\', "\\\\").replace(';', "\\;")
            };
            items.iter().map(plain).collect::<Vec<_>>().join("; ")
        }
        (_, Value::String(text)) => text.clone(),
        (_, Value::Number(number)) => {
            // Whole numbers without a point, as people write them.
            let whole = number.as_f64().filter(|_| number.is_f64());
            whole.map_or_else(|| number.to_string(), |figure| figure.to_string())
        }
        (_, other) => other.to_string(),
    }
}

fn list(parts: &[String]) -> Value {
    Value::Array(parts.iter().map(|part| Value::String(part.clone())).collect())
}

/// The values of a list: parted by semicolons; `\;` is a semicolon and `\\` a backslash
/// of the value itself.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let escaped =
            letters.peek().copied().filter(|next| letter == '\\' && ";\\".contains(*next));
        if letter == ';' {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(escaped.unwrap_or(letter));
            if escaped.is_some() {
                letters.next();
            }
        }
    }
    let trimmed = parts.iter().map(|part| part.trim().to_owned());
    trimmed.filter(|part| !part.is_empty()).collect()
}

/// Whether a spreadsheet would run the text, but for apostrophes before it.
fn runs(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// The text with an apostrophe before it if a spreadsheet would run it.
pub fn guarded(text: String) -> String {
    if runs(&text) { format!("'{text}") } else { text }
}

/// The text without the apostrophe that [`guarded`] put before it.
pub fn unguarded(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| runs(rest)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    proptest! {
        #[test]
        fn what_is_guarded_is_found_again_and_runs_nowhere(text in "['=+@a\t\r-]{0,4}.*") {
            let cell = guarded(text.clone());
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']));
            prop_assert_eq!(unguarded(&cell), text);
        }

        #[test]
        fn lists_are_read_as_they_were_written(items in prop::collection::vec("[^ \\pC][\\\\;a ]{0,4}[^ \\pC]", 0..4)) {
            let trimmed: Vec<&str> = items.iter().map(|item| item.trim()).collect();
            prop_assume!(trimmed.iter().all(|item| !item.is_empty()));
            let value = json!(trimmed);
            prop_assert_eq!(read(Shape::List, &write(Shape::List, &value)), value);
        }
    }

    #[test]
    fn codes_are_parted_in_any_way() {
        let expected = json!(["93110", "93130", "1110"]);
        for text in ["93110,\r\n93130,\r\n1110", "93110; 93130 ;1110", "93110 93130\t1110,"] {
            assert_eq!(read(Shape::Codes, text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_code_that_is_given_twice_counts_once() {
        assert_eq!(read(Shape::Codes, "47110, 47190,47110"), json!(["47110", "47190"]));
    }

    #[test]
    fn a_backslash_that_escapes_nothing_is_itself() {
        assert_eq!(read(Shape::List, r"AC\DC; a\;b; c\\"), json!([r"AC\DC", "a;b", r"c\"]));
        assert_eq!(unguarded("'PRIFYSGOL'"), "'PRIFYSGOL'", "an apostrophe of its own");
    }
}
