//! From text to words: the one analysis that documents, questions and
//! highlighting share.
//!
//! A word is a run of letters and digits; an apostrophe inside it is dropped with
//! what a possessive adds, a comma between digits is dropped. Words are folded
//! (lower case, plain Latin letters), American spellings are brought to British
//! ones, and the stem is the Snowball English stem. Stop words are kept here: only
//! a question leaves them out, so phrases keep their positions.

use rust_stemmers::{Algorithm, Stemmer};

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The folded word as written.
    pub surface: String,
    /// Its stem: what is indexed and looked up.
    pub stem: String,
    /// Where it starts in the text, in bytes.
    pub start: usize,
    /// Where it ends in the text, in bytes.
    pub end: usize,
}

/// The words of a text, in order.
pub fn words(text: &str) -> Vec<Word> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut found = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        if !first.is_alphanumeric() {
            continue;
        }
        let mut surface = String::new();
        fold_into(&mut surface, first);
        let mut end = start + first.len_utf8();
        let mut last = first;
        while let Some(&(at, c)) = chars.peek() {
            let next = text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
            if c.is_alphanumeric() {
                fold_into(&mut surface, c);
            } else if !joins(last, c, next) {
                break;
            } else if is_apostrophe(c) {
                surface.push('\'');
            } else if c == '.' {
                surface.push('.');
            }
            end = at + c.len_utf8();
            last = c;
            chars.next();
        }
        drop_possessive(&mut surface);
        let stem = stem_with(&stemmer, &surface);
        found.push(Word { surface, stem, start, end });
    }
    found
}

/// The stem of one folded word.
pub fn stem(surface: &str) -> String {
    stem_with(&Stemmer::create(Algorithm::English), surface)
}

/// Whether `c` between `last` and `next` belongs to the word.
fn joins(last: char, c: char, next: Option<char>) -> bool {
    let Some(next) = next else { return false };
    let digits = last.is_ascii_digit() && next.is_ascii_digit();
    match c {
        ',' | '.' => digits,
        _ => is_apostrophe(c) && last.is_alphabetic() && next.is_alphabetic(),
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2bc}')
}

/// `carer's` and `carers'` become `carer` and `carers`; `don't` becomes `dont`.
fn drop_possessive(surface: &mut String) {
    if let Some(bare) = surface.strip_suffix("'s") {
        *surface = bare.to_owned();
    }
    surface.retain(|c| c != '\'');
}

/// Adds a character in lower case, accents taken off Latin letters.
fn fold_into(folded: &mut String, c: char) {
    for lower in c.to_lowercase() {
        match lower {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' => folded.push('a'),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' | 'ī' => folded.push('i'),
            'ñ' | 'ń' => folded.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' | 'ū' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'š' | 'ś' => folded.push('s'),
            'ž' | 'ź' | 'ż' => folded.push('z'),
            'ł' => folded.push('l'),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ß' => folded.push_str("ss"),
            // Marks that combine with the letter before them.
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
}

fn stem_with(stemmer: &Stemmer, surface: &str) -> String {
    if surface.chars().any(|c| c.is_ascii_digit()) {
        return surface.to_owned();
    }
    stemmer.stem(&british(surface)).into_owned()
}

/// American spellings and irregular plurals to the form our texts use.
fn british(word: &str) -> String {
    const WHOLE: [(&str, &str); 23] = [
        ("men", "man"),
        ("children", "child"),
        ("color", "colour"),
        ("labor", "labour"),
        ("favor", "favour"),
        ("behavior", "behaviour"),
        ("behaviors", "behaviours"),
        ("neighbor", "neighbour"),
        ("honor", "honour"),
        ("center", "centre"),
        ("centers", "centres"),
        ("license", "licence"),
        ("licenses", "licences"),
        ("licensed", "licenced"),
        ("program", "programme"),
        ("programs", "programmes"),
        ("enroll", "enrol"),
        ("enrollment", "enrolment"),
        ("judgement", "judgment"),
        ("aging", "ageing"),
        ("defense", "defence"),
        ("offense", "offence"),
        ("offenses", "offences"),
    ];
    const KEPT: [&str; 8] =
        ["size", "sized", "sizes", "prize", "prizes", "seize", "seized", "resize"];
    if let Some((_, ours)) = WHOLE.iter().find(|(theirs, _)| *theirs == word) {
        return (*ours).to_owned();
    }
    // servicemen, women, craftsmen; but not specimen or regimen.
    if let Some(root) = word.strip_suffix("men")
        && root.len() >= 2
        && !["speci", "regi", "acu", "abdo", "o", "a", "ra"].contains(&root)
    {
        return format!("{root}man");
    }
    for ending in ["ization", "izations", "izing", "ized", "izes", "ize", "izer", "izers"] {
        if word.len() > ending.len() + 2
            && !KEPT.contains(&word)
            && let Some(root) = word.strip_suffix(ending)
        {
            return format!("{root}{}", ending.replacen('z', "s", 1));
        }
    }
    word.to_owned()
}

/// Whether a folded word carries no meaning of its own in a question.
pub fn is_stop_word(surface: &str) -> bool {
    STOP_WORDS.binary_search(&surface).is_ok()
}

/// Sorted, so that look-up is a binary search; a test keeps it so.
const STOP_WORDS: [&str; 165] = [
    "a",
    "about",
    "actually",
    "after",
    "again",
    "all",
    "also",
    "am",
    "an",
    "and",
    "any",
    "anybody",
    "anyone",
    "anything",
    "are",
    "arent",
    "as",
    "at",
    "be",
    "because",
    "been",
    "being",
    "between",
    "both",
    "but",
    "by",
    "can",
    "cannot",
    "cant",
    "could",
    "did",
    "didnt",
    "do",
    "does",
    "doesnt",
    "doing",
    "done",
    "dont",
    "during",
    "each",
    "else",
    "ever",
    "few",
    "for",
    "from",
    "get",
    "gets",
    "getting",
    "give",
    "go",
    "going",
    "got",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "hers",
    "him",
    "his",
    "how",
    "i",
    "id",
    "if",
    "ill",
    "im",
    "in",
    "into",
    "is",
    "isnt",
    "it",
    "its",
    "ive",
    "just",
    "know",
    "let",
    "like",
    "lot",
    "make",
    "many",
    "may",
    "maybe",
    "me",
    "might",
    "mine",
    "more",
    "most",
    "much",
    "must",
    "my",
    "need",
    "needs",
    "no",
    "not",
    "of",
    "on",
    "one",
    "only",
    "or",
    "our",
    "ours",
    "out",
    "please",
    "really",
    "same",
    "shall",
    "she",
    "should",
    "so",
    "some",
    "somebody",
    "someone",
    "something",
    "such",
    "tell",
    "than",
    "that",
    "thats",
    "the",
    "their",
    "theirs",
    "them",
    "then",
    "there",
    "these",
    "they",
    "theyre",
    "thing",
    "things",
    "this",
    "those",
    "through",
    "to",
    "too",
    "until",
    "up",
    "us",
    "use",
    "very",
    "want",
    "wants",
    "was",
    "way",
    "we",
    "were",
    "what",
    "whats",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "whose",
    "why",
    "will",
    "with",
    "wont",
    "would",
    "you",
    "your",
    "youre",
    "yours",
];

/// Whether a word must be taken as typed: it has a digit (a code, a postcode, a
/// number) or is too short to guess at.
pub fn is_literal(surface: &str) -> bool {
    surface.chars().count() < 4 || surface.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.stem).collect()
    }

    #[test]
    fn stop_words_are_sorted_so_that_each_is_found() {
        assert!(STOP_WORDS.is_sorted());
        assert!(STOP_WORDS.iter().all(|word| is_stop_word(word)));
        assert!(!is_stop_word("work"));
    }

    #[test]
    fn british_and_american_spellings_meet() {
        for (ours, theirs) in [
            ("organisation", "organization"),
            ("organised", "organized"),
            ("programme", "program"),
            ("behaviours", "behaviors"),
            ("ageing", "aging"),
            ("licence", "license"),
        ] {
            assert_eq!(stems(ours), stems(theirs), "{ours}");
        }
    }

    #[test]
    fn possessives_accents_and_thousands_do_not_matter() {
        assert_eq!(stems("carer's leave"), stems("carers leave"));
        assert_eq!(stems("the employer’s café"), stems("the employers cafe"));
        assert_eq!(stems("£45,000"), ["45000"]);
        assert_eq!(stems("1.5 hours"), ["1.5", "hour"]);
        assert_eq!(stems("ex-offenders"), ["ex", "offend"]);
    }

    #[test]
    fn offsets_point_at_the_word_as_written() {
        let text = "Ask “José’s” manager, first.";
        let found: Vec<&str> =
            words(text).iter().map(|word| text.get(word.start..word.end).unwrap()).collect();
        assert_eq!(found, ["Ask", "José’s", "manager", "first"]);
    }

    #[test]
    fn nothing_but_marks_has_no_words() {
        assert!(words("—?! \u{0} \u{202e}").is_empty());
    }
}
