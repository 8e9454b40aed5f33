//! From a place in JSON text, by line and column, to a JSON pointer.
//!
//! serde tells where in the text it stopped; clients want to know in which field.
//! The text was JSON up to that place, which keeps the walk simple.

/// Where the walk stands inside one list or object.
enum Step {
    Index(usize),
    Key { name: String, next_is_key: bool },
}

/// The pointer to the value at, or just before, a line and column as serde counts
/// them: from 1, columns in bytes. The whole text is the empty pointer.
pub fn pointer(text: &[u8], line: usize, column: usize) -> String {
    let before = text.split_inclusive(|byte| *byte == b'\n').take(line.saturating_sub(1));
    let end = before.map(<[u8]>::len).sum::<usize>() + column;
    let text = text.get(..end.min(text.len())).unwrap_or(text);
    let mut steps: Vec<Step> = Vec::new();
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => {
                let length = string_length(text.get(at..).unwrap_or_default());
                let literal = text.get(at..at + length).unwrap_or_default();
                if let Some(Step::Key { name, next_is_key: true }) = steps.last_mut() {
                    *name = serde_json::from_slice(literal).unwrap_or_default();
                }
                at += length;
                continue;
            }
            b'{' => steps.push(Step::Key { name: String::new(), next_is_key: true }),
            b'[' => steps.push(Step::Index(0)),
            b'}' | b']' => {
                steps.pop();
            }
            b':' => {
                if let Some(Step::Key { next_is_key, .. }) = steps.last_mut() {
                    *next_is_key = false;
                }
            }
            b',' => match steps.last_mut() {
                Some(Step::Index(index)) => *index += 1,
                Some(Step::Key { next_is_key, .. }) => *next_is_key = true,
                None => {}
            },
            _ => {}
        }
        at += 1;
    }
    steps.iter().map(written).collect()
}

fn written(step: &Step) -> String {
    match step {
        Step::Index(index) => format!("/{index}"),
        Step::Key { name, .. } if name.is_empty() => String::new(),
        Step::Key { name, .. } => format!("/{}", name.replace('~', "~0").replace('/', "~1")),
    }
}

/// A step of a pointer as the name it stands for.
pub fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// Bytes of the string literal at the beginning, quotes included.
fn string_length(text: &[u8]) -> usize {
    let mut escaped = false;
    for (at, byte) in text.iter().enumerate().skip(1) {
        match byte {
            b'\\' if !escaped => escaped = true,
            b'"' if !escaped => return at + 1,
            _ => escaped = false,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::pointer;

    #[test]
    fn a_place_in_the_text_is_named_by_its_fields() {
        let text = br#"{"a": [1, {"b/c": "x\"}", "d": 2}],
 "e": true}"#;
        let at = |needle: &str, line: usize| {
            let row = text.split(|b| *b == b'\n').nth(line - 1).unwrap();
            let row = String::from_utf8_lossy(row).into_owned();
            pointer(text, line, row.find(needle).unwrap() + needle.len())
        };
        assert_eq!(at("[1", 1), "/a/0");
        assert_eq!(at("\"x\\\"}\"", 1), "/a/1/b~1c");
        assert_eq!(at("2", 1), "/a/1/d");
        assert_eq!(at("2}", 1), "/a/1");
        assert_eq!(at("true", 2), "/e");
        assert_eq!(pointer(text, 9, 9), "");
    }
}
