//! Dates of birth, and names beside them.

use crate::domain::personal::{Sign, joined, tokens::Token};

/// Years in which people were born who work, or soon will.
const YEARS: std::ops::RangeInclusive<u32> = 1925..=2014;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// First names that many people have.
const FIRST_NAMES: [&str; 96] = [
    "aaron",
    "abdul",
    "adam",
    "ahmed",
    "aisha",
    "alan",
    "alex",
    "ali",
    "amanda",
    "amy",
    "andrew",
    "anna",
    "anne",
    "anthony",
    "ben",
    "brian",
    "carol",
    "charles",
    "charlotte",
    "chloe",
    "chris",
    "christine",
    "christopher",
    "claire",
    "craig",
    "daniel",
    "darren",
    "dave",
    "david",
    "deborah",
    "dean",
    "elizabeth",
    "emily",
    "emma",
    "fatima",
    "fiona",
    "gareth",
    "gary",
    "george",
    "graham",
    "hannah",
    "harry",
    "helen",
    "ibrahim",
    "ian",
    "jack",
    "jacob",
    "james",
    "jane",
    "jason",
    "jennifer",
    "jessica",
    "joe",
    "john",
    "jonathan",
    "joseph",
    "joshua",
    "julie",
    "karen",
    "kelly",
    "kevin",
    "laura",
    "lee",
    "leon",
    "lisa",
    "louise",
    "luke",
    "margaret",
    "maria",
    "mark",
    "martin",
    "mary",
    "matthew",
    "michael",
    "michelle",
    "mohammed",
    "mohamed",
    "nicola",
    "oliver",
    "olivia",
    "patrick",
    "paul",
    "peter",
    "rachel",
    "rebecca",
    "richard",
    "robert",
    "ryan",
    "samuel",
    "sarah",
    "simon",
    "sophie",
    "stephen",
    "steven",
    "thomas",
    "william",
];

/// Words that make a capitalised name an organisation's.
const BODIES: [&str; 24] = [
    "academy",
    "act",
    "association",
    "bakery",
    "centre",
    "charity",
    "charter",
    "church",
    "club",
    "college",
    "company",
    "council",
    "county",
    "foundation",
    "group",
    "hospital",
    "hotel",
    "limited",
    "ltd",
    "partnership",
    "school",
    "service",
    "trust",
    "university",
];

/// A date of birth in a text, if there is one, with or without a name beside it.
pub(super) fn sign(tokens: &[Token<'_>]) -> Option<Sign> {
    let mut found = None;
    for nth in 0..tokens.len() {
        let Some(date) = date_at(tokens, nth) else { continue };
        let before = tokens.get(..nth).unwrap_or_default();
        let after = tokens.get(nth + date.tokens..).unwrap_or_default();
        let (told, named) = announced(before);
        let name = names(named, told || date.numeric) || name_follows(before, after, told, &date);
        if name {
            return Some(Sign::NameWithBirth);
        }
        if told {
            found = Some(Sign::Birth);
        }
    }
    found
}

/// Whether a mark holds a date on which somebody may have been born.
pub(super) fn any_birthday(mark: &str) -> bool {
    let tokens = super::tokens::split(mark);
    let written = (0..tokens.len()).any(|nth| date_at(&tokens, nth).is_some());
    let digits = mark.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 8);
    written || digits.into_iter().any(is_packed)
}

/// Whether the words of a mark begin with a first name and go on with another name.
pub(super) fn begins_with_a_name(words: &[&str]) -> bool {
    let is_word = |word: &&str| word.len() >= 2 && word.chars().all(char::is_alphabetic);
    let known = |word: &str| FIRST_NAMES.contains(&word.to_lowercase().as_str());
    let pairs = words.windows(2);
    pairs.into_iter().any(|pair| match pair {
        [first, last] => is_word(first) && is_word(last) && (known(first) || known(last)),
        _ => false,
    })
}

/// A date that was found.
struct Date {
    /// Over how many tokens it goes.
    tokens: usize,
    /// Whether it is written in numbers only.
    numeric: bool,
}

/// The date that begins at a token: `12/03/1985`, `1985-03-12`, `12 March 1985`.
fn date_at(tokens: &[Token<'_>], nth: usize) -> Option<Date> {
    let [one, two, three] = tokens.get(nth..nth + 3)? else { return None };
    let spelled = |day: &Token<'_>, month: &Token<'_>, year: &Token<'_>| {
        let day = day.text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let known = |name: &&str| {
            let short = name.get(..3).unwrap_or(name);
            month.is(name) || month.is(short)
        };
        day.parse().is_ok_and(|day: u32| (1..=31).contains(&day))
            && MONTHS.iter().any(known)
            && year.text.len() == 4
            && year.number().is_some_and(|year| YEARS.contains(&year))
    };
    if joined(one, " ,")
        && joined(two, " ,")
        && (spelled(one, two, three) || spelled(two, one, three))
    {
        return Some(Date { tokens: 3, numeric: false });
    }
    let parted = ["/", ".", "-"].contains(&one.after) && one.after == two.after;
    let (a, b, c) = (one.number()?, two.number()?, three.number()?);
    let small = one.text.len() <= 2 && two.text.len() <= 2;
    let day_first = small && (1..=31).contains(&a) && (1..=12).contains(&b);
    let year = match three.text.len() {
        4 => YEARS.contains(&c),
        // A short year is that of a birth only with strokes: 12-03-85 is a sort code, too.
        2 => one.after == "/" && c >= 25,
        _ => false,
    };
    let year_first = one.text.len() == 4
        && YEARS.contains(&a)
        && (1..=12).contains(&b)
        && (1..=31).contains(&c)
        && three.text.len() == 2;
    (parted && ((day_first && year) || year_first)).then_some(Date { tokens: 3, numeric: true })
}

/// Whether the words before a date say that somebody was born then, and what stands
/// before them.
fn announced<'a, 't>(before: &'t [Token<'a>]) -> (bool, &'t [Token<'a>]) {
    let mut rest = before;
    let mut told = false;
    while let Some((last, head)) = rest.split_last() {
        let clear = ["dob", "born", "birth"].iter().any(|word| last.is(word));
        // D.O.B. is three tokens.
        let letters = last.is("b") && matches!(head, [.., d, o] if d.is("d") && o.is("o"));
        let filler = ["on", "of", "date", "is", "was", "d", "o"].iter().any(|word| last.is(word));
        if !(clear || letters || filler) || last.after.contains(['!', '?', ';', '\n']) {
            break;
        }
        told |= clear || letters;
        rest = head;
    }
    if told { (true, rest) } else { (false, before) }
}

/// Whether a name ends right there; one that nothing announces must be plain.
fn names(before: &[Token<'_>], plain: bool) -> bool {
    let [.., first, last] = before else { return false };
    let close = joined(last, " ,(:-–\"") && joined(first, " -");
    let bodies = [first, last].iter().any(|token| is_of_a_body(token));
    let known = FIRST_NAMES.iter().any(|name| first.is(name));
    close && !bodies && first.is_capitalised() && last.is_capitalised() && (plain || known)
}

/// Whether a name stands right after a date that is announced as a birth's, or is
/// written in numbers at the start of a line.
fn name_follows(before: &[Token<'_>], after: &[Token<'_>], told: bool, date: &Date) -> bool {
    let [first, last, ..] = after else { return false };
    let alone = before.last().is_none_or(|token| token.after.contains('\n'));
    let close = first.before.chars().all(|c| " ,:-–".contains(c)) && joined(first, " ");
    let known = FIRST_NAMES.iter().any(|name| first.is(name));
    let bodies = [first, last].iter().any(|token| is_of_a_body(token));
    let likely = told || known || (alone && date.numeric);
    close && likely && !bodies && first.is_capitalised() && last.is_capitalised()
}

fn is_of_a_body(token: &Token<'_>) -> bool {
    BODIES.iter().chain(&MONTHS).any(|word| token.is(word))
}

/// Eight digits that are a day, as `DDMMYYYY` or `YYYYMMDD`.
fn is_packed(run: &str) -> bool {
    let part = |from: usize, to: usize| run.get(from..to).and_then(|text| text.parse::<u32>().ok());
    let fits = |day: Option<u32>, month: Option<u32>, year: Option<u32>| {
        day.is_some_and(|day| (1..=31).contains(&day))
            && month.is_some_and(|month| (1..=12).contains(&month))
            && year.is_some_and(|year| YEARS.contains(&year))
    };
    fits(part(0, 2), part(2, 4), part(4, 8)) || fits(part(6, 8), part(4, 6), part(0, 4))
}
