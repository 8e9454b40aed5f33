//! Columns of other people's lists that are understood for organisations: numbers of
//! companies and charities, an address in parts, a number of employees in words.
//!
//! They touch only what they are about: of the numbers those of the same register, of
//! the sites the one called "Main site". An empty cell says nothing: others leave empty
//! what they do not know.

use serde_json::{Value, json};

use crate::{
    app::exchange::{
        form::{Given, is_blank},
        value::{Wrong, postcode},
    },
    domain::size_band::SizeBand,
};

/// The columns, which stand in no export, each with the field it becomes.
pub(super) const COLUMNS: &[(&str, &str)] = &[
    ("company_number", "identifiers"),
    ("charity_number", "identifiers"),
    ("ukprn", "identifiers"),
    ("address", "sites"),
    ("postcode", "sites"),
    ("town", "sites"),
    ("district", "sites"),
    ("size", "size_band"),
    ("employees", "size_band"),
];

/// The label of the site that an address without one belongs to.
const MAIN: &str = "Main site";

/// How a number is brought into the form that its register has; `None` if it has none.
type Normal = fn(&str) -> Option<String>;

const NUMBERS: [(&str, &str, Normal, &str); 3] = [
    ("company_number", "GB-COH", company, "a company number has eight letters and figures"),
    ("charity_number", "GB-CHC", charity, "a charity number has four to eight figures"),
    ("ukprn", "GB-UKPRN", ukprn, "a UKPRN has eight figures, the first of them 1"),
];

/// Turns what stands under the friendly columns into fields of the form.
pub(super) fn settle(fields: &mut Given) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    for (column, scheme, normal, reason) in NUMBERS {
        if let Some(value) = fields.remove(column).filter(|value| !is_blank(value)) {
            match identified(&value, normal) {
                Some(id) => replace_number(fields, scheme, &id),
                None => wrong.push(Wrong::new(&value, reason).within(column)),
            }
        }
    }
    settle_site(fields, &mut wrong);
    for column in ["size", "employees"] {
        let band = fields.remove(column);
        if let Some(band) = band.as_ref().and_then(Value::as_str).and_then(size_band) {
            fields.insert("size_band".to_owned(), json!(band.as_str()));
        }
    }
    wrong
}

/// The number in the form of its register.
fn identified(value: &Value, normal: Normal) -> Option<String> {
    let text: String = value.as_str()?.split_whitespace().collect();
    normal(&text.to_ascii_uppercase())
}

/// Puts a number in the place of those of the same register.
fn replace_number(fields: &mut Given, scheme: &str, id: &str) {
    let mut numbers = taken_list(fields, "identifiers");
    let new = json!({"scheme": scheme, "id": id});
    if !numbers.contains(&new) {
        let of_scheme =
            |number: &Value| number.get("scheme").and_then(Value::as_str) == Some(scheme);
        let at = numbers.iter().position(of_scheme);
        numbers.retain(|number| !of_scheme(number));
        numbers.insert(at.unwrap_or(numbers.len()).min(numbers.len()), new);
    }
    fields.insert("identifiers".to_owned(), Value::Array(numbers));
}

fn settle_site(fields: &mut Given, wrong: &mut Vec<Wrong>) {
    let parts = ["address", "postcode", "town", "district"];
    let given: Vec<(&str, Value)> = parts
        .into_iter()
        .filter_map(|part| fields.remove(part).map(|value| (part, value)))
        .filter(|(_, value)| !is_blank(value))
        .collect();
    if given.is_empty() {
        return;
    }
    let mut sites = taken_list(fields, "sites");
    let is_main = |site: &Value| site.get("label").and_then(Value::as_str) == Some(MAIN);
    let at = sites.iter().position(is_main);
    let mut site = match at.map(|at| sites.remove(at)) {
        Some(Value::Object(site)) => site,
        _ => Given::new(),
    };
    for (part, value) in given {
        if part == "postcode" && value.as_str().and_then(postcode).is_none() {
            let reason = "a postcode is written as OX16 5QA, or its first half, OX16";
            wrong.push(Wrong::new(&value, reason).within(part));
        } else {
            site.insert(part.to_owned(), value);
        }
    }
    site.insert("label".to_owned(), json!(MAIN));
    sites.insert(at.unwrap_or(0), Value::Object(site));
    fields.insert("sites".to_owned(), Value::Array(sites));
}

fn taken_list(fields: &mut Given, name: &str) -> Vec<Value> {
    match fields.remove(name) {
        Some(Value::Array(items)) => items,
        _ => Vec::new(),
    }
}

/// A company number with the noughts that spreadsheets lose: eight figures, or a prefix
/// of letters (SC, NI, OC …) and figures.
fn company(text: &str) -> Option<String> {
    let letters = text.chars().take_while(char::is_ascii_alphabetic).count();
    let (prefix, rest) = text.split_at_checked(letters)?;
    let figures = !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    let whole = match letters {
        0 | 2 if figures => {
            let width = 8 - letters;
            format!("{prefix}{rest:0>width$}")
        }
        _ => text.to_owned(),
    };
    let fits = whole.len() == 8 && whole.bytes().all(|b| b.is_ascii_alphanumeric());
    // Letters alone are a word such as "EXEMPTED".
    (fits && rest.bytes().any(|b| b.is_ascii_digit())).then_some(whole)
}

fn charity(text: &str) -> Option<String> {
    let (number, branch) = text.split_once('-').unwrap_or((text, "0"));
    let figures = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    ((4..=8).contains(&number.len()) && figures(number) && figures(branch)).then(|| text.to_owned())
}

fn ukprn(text: &str) -> Option<String> {
    let fits = text.len() == 8 && text.starts_with('1') && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.to_owned())
}

/// The band that a number of employees in words surely lies in: `250 to 499`, `1,000+`,
/// `Less than 10`, `37`; `None` where it may lie in two, or cannot be read.
fn size_band(text: &str) -> Option<SizeBand> {
    let said = text.trim().to_lowercase();
    if let Some(band) = SizeBand::parse(&said) {
        return Some(band);
    }
    let has = |words: &[&str]| words.iter().any(|word| said.contains(word));
    let plain = said.replace(',', "");
    let parts = plain.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let numbers: Vec<u64> = parts.map(str::parse).collect::<Result<_, _>>().ok()?;
    let (least, most) = match numbers.as_slice() {
        [from, to] => (*from, *to),
        [most] if has(&["less than", "fewer than", "under", "below", "<"]) => {
            (1, most.checked_sub(1)?)
        }
        [most] if has(&["up to", "at most", "no more than"]) => (1, *most),
        [least] if has(&["more than", "over", "above", ">"]) && !has(&["and over", "or over"]) => {
            (least.checked_add(1)?, u64::MAX)
        }
        [least] if has(&["or more", "and over", "or over", "at least", "+"]) => (*least, u64::MAX),
        [count] => (*count, *count),
        _ => return None,
    };
    let band = |count: u64| match count {
        0 => None,
        1..=9 => Some(SizeBand::Micro),
        10..=49 => Some(SizeBand::Small),
        50..=249 => Some(SizeBand::Medium),
        250.. => Some(SizeBand::Large),
    };
    band(least).filter(|first| band(most) == Some(*first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_in_words_gives_a_band_only_where_it_is_certain() {
        for (said, band) in [
            ("250 to 499", Some(SizeBand::Large)),
            ("1,000 to 4,999", Some(SizeBand::Large)),
            ("5000 to 19,999", Some(SizeBand::Large)),
            ("20,000 or more", Some(SizeBand::Large)),
            ("Less than 250", None),
            ("fewer than 10", Some(SizeBand::Micro)),
            ("Over 249", Some(SizeBand::Large)),
            ("65 and over", None),
            ("10-49", Some(SizeBand::Small)),
            ("37", Some(SizeBand::Small)),
            ("0", None),
            ("9 to 10", None),
            ("Not Provided", None),
            ("Micro", Some(SizeBand::Micro)),
            ("99999999999999999999999", None),
        ] {
            assert_eq!(size_band(said), band, "{said}");
        }
    }

    #[test]
    fn numbers_get_their_noughts_back_and_words_are_none() {
        for (said, number) in [
            ("8064685", Some("08064685")),
            ("08064685", Some("08064685")),
            ("SC1234", Some("SC001234")),
            ("IP28985R", Some("IP28985R")),
            ("SP1728RS", Some("SP1728RS")),
            ("MUT0148B", Some("MUT0148B")),
            ("123456789", None),
            ("EXEMPTED", None),
            ("N/A", None),
            ("", None),
        ] {
            assert_eq!(company(said).as_deref(), number, "{said}");
        }
        assert_eq!(ukprn("10001234").as_deref(), Some("10001234"));
        assert_eq!(ukprn("20001234"), None);
        assert_eq!(charity("1234567-1").as_deref(), Some("1234567-1"));
        assert_eq!(charity("SC01234"), None);
    }

    #[test]
    fn a_column_touches_only_what_it_is_about() {
        let mut fields = Given::new();
        fields.insert(
            "identifiers".into(),
            json!([{"scheme": "GB-CHC", "id": "1"}, {"scheme": "GB-COH", "id": "00000001"}]),
        );
        fields.insert("sites".into(), json!([{"label": "Depot"}]));
        fields.insert("company_number".into(), json!("2"));
        fields.insert("town".into(), json!("Banbury"));
        fields.insert("address".into(), json!(""));
        assert_eq!(settle(&mut fields), []);
        let after = json!({
            "identifiers": [{"scheme": "GB-CHC", "id": "1"}, {"scheme": "GB-COH", "id": "00000002"}],
            "sites": [{"label": "Main site", "town": "Banbury"}, {"label": "Depot"}],
        });
        assert_eq!(Value::Object(fields), after);
    }
}
