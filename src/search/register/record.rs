//! A document as it is stored: with its texts already cut into words, so that looking
//! closer at a hundred of them cuts and stems nothing.
//!
//! Numbers are of variable length, seven bits a byte, the low ones first; a text is its
//! length and its bytes. A stem is stored once and named by its number in the document.

use chrono::NaiveDate;

use crate::{
    domain::{
        freshness::Dated,
        guidance::Passage,
        search::{Document, Facet, FacetValue, Kind},
    },
    search::{
        SearchError,
        analysis::Word,
        collection::Shown,
        fields::{self, packed_day, packed_point, unpacked_day, unpacked_point},
        text::{Stems, Text, Texts, Token},
    },
};

/// A document with its words, as bytes. `cut` holds its texts in the fields' order.
pub fn write(document: &Document, cut: &[(String, Vec<Word>); 5]) -> Vec<u8> {
    let mut into = Pen::default();
    into.document(document);
    let mut stems = Stems::default();
    let [title, _, summary, _, body] = cut;
    let texts = [title, summary, body].map(|(text, words)| (text.clone(), words.clone()));
    let texts = Texts::new(document, texts, &mut stems);
    into.list(&stems.all(), |into, stem| into.text(stem));
    for text in [&texts.title, &texts.summary, &texts.body] {
        let mut before = 0;
        into.number(text.tokens.len() as u64);
        for token in &text.tokens {
            into.number(token.stem.into());
            into.number(token.start.saturating_sub(before).into());
            into.number(token.end.saturating_sub(token.start).into());
            before = token.end;
        }
    }
    into.list(&texts.lines, |into, line| into.list(line, |into, stem| into.number((*stem).into())));
    into.bytes
}

/// The document of such bytes. Its stems get the numbers that `stems` has for them,
/// others numbers beyond.
pub fn read(bytes: &[u8], stems: &Stems) -> Result<Shown, SearchError> {
    let mut from = Glass { rest: bytes };
    let document = from.document()?;
    let count = u32::try_from(stems.count()).unwrap_or(u32::MAX);
    let own = from.list(Glass::text)?;
    let numbers: Vec<u32> =
        (count..).zip(&own).map(|(beyond, stem)| stems.find(stem).unwrap_or(beyond)).collect();
    let number = |at: u64| {
        let found = usize::try_from(at).ok().and_then(|at| numbers.get(at));
        found.copied().ok_or(SearchError::Damaged("a stem is missing"))
    };
    let [title, _, summary, _, body] = fields::texts(&document);
    let mut text = |text: String| {
        let mut before = 0;
        let tokens = from.list(|from| {
            let stem = number(from.number()?)?;
            let start = before + from.small()?;
            let end = start + from.small()?;
            before = end;
            Ok(Token { stem, start, end })
        })?;
        Ok::<Text, SearchError>(Text { text, tokens })
    };
    let (title, summary, body) = (text(title)?, text(summary)?, text(body)?);
    let lines = from.list(|from| {
        let mut line = from.list(|from| number(from.number()?))?;
        line.sort_unstable();
        Ok(line)
    })?;
    let passages = Texts::starts(&document);
    let texts = Texts { title, summary, body, passages, lines };
    Ok(Shown { document, texts })
}

/// The kind and name of the document of such bytes.
pub fn name(bytes: &[u8]) -> Result<(Kind, String), SearchError> {
    let mut from = Glass { rest: bytes };
    Ok((from.kind()?, from.text()?))
}

/// What bytes are written with.
#[derive(Default)]
struct Pen {
    bytes: Vec<u8>,
}

impl Pen {
    #[allow(clippy::cast_possible_truncation, reason = "seven bits at a time")]
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn list<T>(&mut self, items: &[T], one: impl Fn(&mut Self, &T)) {
        self.number(items.len() as u64);
        for item in items {
            one(self, item);
        }
    }

    fn document(&mut self, document: &Document) {
        self.text(document.kind.as_str());
        self.text(&document.id);
        self.text(&document.title);
        self.text(&document.url);
        self.text(&document.summary);
        self.list(&document.passages, |into, passage| {
            let heading = passage.heading.as_slice();
            into.list(heading, |into, heading| into.text(heading));
            into.text(&passage.anchor);
            into.text(&passage.text);
        });
        self.list(&document.vocabulary, |into, line| into.text(line));
        self.list(&document.facets, |into, facet| {
            into.text(facet.facet.as_str());
            into.text(&facet.value);
            into.text(&facet.label);
        });
        self.list(document.dates.as_slice(), |into, dates| {
            into.number(packed_day(Some(dates.as_of)));
            into.number(packed_day(Some(dates.review_by)));
        });
        let marks = [document.legal, document.companion, document.fictional];
        self.number(marks.iter().rev().fold(0, |bits, mark| bits << 1 | u64::from(*mark)));
        self.list(&document.points, |into, point| into.number(packed_point(*point)));
    }
}

/// What bytes are read with.
struct Glass<'a> {
    rest: &'a [u8],
}

const SHORT: SearchError = SearchError::Damaged("a stored document ends too early");

impl Glass<'_> {
    fn number(&mut self) -> Result<u64, SearchError> {
        let mut number = 0;
        for place in (0..64).step_by(7) {
            let (byte, rest) = self.rest.split_first().ok_or(SHORT)?;
            self.rest = rest;
            number |= u64::from(byte & 0x7f) << place;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(SearchError::Damaged("a stored number has no end"))
    }

    fn small(&mut self) -> Result<u32, SearchError> {
        let number = self.number()?;
        u32::try_from(number).map_err(|_large| SearchError::Damaged("a stored number is too large"))
    }

    fn text(&mut self) -> Result<String, SearchError> {
        let length = self.small()? as usize;
        let (text, rest) = self.rest.split_at_checked(length).ok_or(SHORT)?;
        self.rest = rest;
        let text = String::from_utf8(text.to_vec());
        text.map_err(|_bytes| SearchError::Damaged("a stored text is not UTF-8"))
    }

    fn list<T>(
        &mut self,
        mut one: impl FnMut(&mut Self) -> Result<T, SearchError>,
    ) -> Result<Vec<T>, SearchError> {
        let count = self.number()?;
        (0..count).map(|_| one(self)).collect()
    }

    fn kind(&mut self) -> Result<Kind, SearchError> {
        Kind::parse(&self.text()?).ok_or(SearchError::Damaged("a stored kind is unknown"))
    }

    fn facet(&mut self) -> Result<FacetValue, SearchError> {
        let facet = Facet::parse(&self.text()?);
        let facet = facet.ok_or(SearchError::Damaged("a stored facet is unknown"))?;
        Ok(FacetValue { facet, value: self.text()?, label: self.text()? })
    }

    fn day(&mut self) -> Result<NaiveDate, SearchError> {
        unpacked_day(self.number()?).ok_or(SearchError::Damaged("a stored day is none"))
    }

    fn document(&mut self) -> Result<Document, SearchError> {
        let kind = self.kind()?;
        let (id, title, url, summary) = (self.text()?, self.text()?, self.text()?, self.text()?);
        let passages = self.list(|from| {
            let heading = from.list(Self::text)?.pop();
            Ok(Passage { heading, anchor: from.text()?, text: from.text()? })
        })?;
        let vocabulary = self.list(Self::text)?;
        let facets = self.list(Self::facet)?;
        let dates = self.list(|from| Ok(Dated { as_of: from.day()?, review_by: from.day()? }))?;
        let marks = self.number()?;
        let points = self.list(|from| Ok(unpacked_point(from.number()?)))?;
        Ok(Document {
            kind,
            id,
            title,
            url,
            summary,
            passages,
            vocabulary,
            facets,
            dates: dates.first().copied(),
            legal: marks & 1 != 0,
            companion: marks & 2 != 0,
            fictional: marks & 4 != 0,
            points,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        domain::place::Point,
        search::{fields, text},
    };

    fn document(texts: [String; 5]) -> Document {
        let [title, heading, summary, word, body] = texts;
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        Document {
            kind: Kind::Organisation,
            id: "brook-bakery".to_owned(),
            title,
            url: "/organisations/brook-bakery".to_owned(),
            summary,
            passages: vec![
                Passage { heading: None, anchor: String::new(), text: body.clone() },
                Passage { heading: Some(heading), anchor: "more".to_owned(), text: body },
            ],
            vocabulary: vec![word],
            facets: vec![FacetValue {
                facet: Facet::Sector,
                value: "hospitality".to_owned(),
                label: "Hospitality".to_owned(),
            }],
            dates: Some(Dated { as_of: day(1), review_by: day(23) }),
            legal: false,
            companion: true,
            fictional: true,
            points: vec![Point { lat: 51.75, lon: -1.25 }],
        }
    }

    proptest! {
        #[test]
        fn a_document_is_read_as_it_was_written(texts in prop::array::uniform5("\\PC{0,30}")) {
            let document = document(texts);
            let cut = text::cut(fields::texts(&document));
            let bytes = write(&document, &cut);
            let read = read(&bytes, &Stems::default()).unwrap();
            prop_assert_eq!(&read.document, &document);
            let [title, _, _, _, body] = &cut;
            let ends = |words: &[Word]| words.iter().map(|word| word.end).collect::<Vec<_>>();
            let read_ends = |text: &Text| text.tokens.iter().map(|t| t.end as usize).collect::<Vec<_>>();
            prop_assert_eq!(read_ends(&read.texts.title), ends(&title.1));
            prop_assert_eq!(read_ends(&read.texts.body), ends(&body.1));
            prop_assert_eq!(&read.texts.body.text, &body.0);
            prop_assert_eq!(name(&bytes).unwrap(), (Kind::Organisation, "brook-bakery".to_owned()));
        }

        #[test]
        fn damaged_bytes_are_refused_and_never_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(read(&bytes, &Stems::default()).is_err());
        }
    }

    #[test]
    fn a_question_numbers_the_stems_of_what_it_reads() {
        let document = document(["Brook Bakery", "", "", "", "bread"].map(str::to_owned));
        let bytes = write(&document, &text::cut(fields::texts(&document)));
        let mut stems = Stems::default();
        let bread = stems.enter("bread");
        let read = read(&bytes, &stems).unwrap();
        assert_eq!(read.texts.body.tokens[0].stem, bread);
        assert!(read.texts.title.tokens.iter().all(|token| token.stem > bread));
    }
}
