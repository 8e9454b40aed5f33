//! A text as runs of letters and digits, each with what stands after it.

/// A run of letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// The run.
    pub text: &'a str,
    /// What stands before it, back to the one before.
    pub before: &'a str,
    /// What stands after it, up to the next one.
    pub after: &'a str,
}

impl Token<'_> {
    /// Its value, if it is a number of up to eight digits.
    pub fn number(&self) -> Option<u32> {
        let digits = self.is_number() && self.text.len() <= 8;
        digits.then(|| self.text.parse().ok()).flatten()
    }

    /// Whether it has digits only.
    pub fn is_number(&self) -> bool {
        self.text.bytes().all(|b| b.is_ascii_digit())
    }

    /// Whether it is written like a name: a capital, then small letters.
    pub fn is_capitalised(&self) -> bool {
        let mut letters = self.text.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let rest = letters.all(|c| c.is_alphabetic() || matches!(c, '\'' | '’'));
        capital && rest && self.text.chars().count() >= 2
    }

    /// Whether it is this word, whatever its case.
    pub fn is(&self, word: &str) -> bool {
        self.text.eq_ignore_ascii_case(word)
    }
}

/// The tokens of a text.
pub(super) fn split(text: &str) -> Vec<Token<'_>> {
    let mut bounds: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        // An apostrophe in a name does not end it.
        let inside = c.is_alphanumeric() || matches!(c, '\'' | '’');
        let end = at + c.len_utf8();
        match bounds.last_mut() {
            Some(last) if inside && last.1 == at => last.1 = end,
            _ if c.is_alphanumeric() => bounds.push((at, end)),
            _ => {}
        }
    }
    let gap = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let mut tokens = Vec::with_capacity(bounds.len());
    let mut from = 0;
    for (nth, (start, end)) in bounds.iter().enumerate() {
        let next = bounds.get(nth + 1).map_or(text.len(), |next| next.0);
        let token =
            Token { text: gap(*start, *end), before: gap(from, *start), after: gap(*end, next) };
        tokens.push(token);
        from = *end;
    }
    tokens
}

/// The words of a mark, also where only a capital or a digit begins a new one:
/// `JohnSmith85` is `John`, `Smith`, `85`.
pub(super) fn split_at_humps(mark: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, c) in mark.char_indices() {
        let hump = last.is_some_and(|last| {
            (last.is_lowercase() && c.is_uppercase())
                || last.is_ascii_digit() != c.is_ascii_digit()
                || c == '-'
                || last == '-'
        });
        if hump {
            words.extend(mark.get(start..at));
            start = at;
        }
        last = Some(c);
    }
    words.extend(mark.get(start..));
    words.retain(|word| *word != "-" && !word.is_empty());
    words
}
