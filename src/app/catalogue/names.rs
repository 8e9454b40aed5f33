//! How the name of an organisation may also be written.

/// Forms of company: whoever looks for one may write another.
const FORMS: [(&str, &str); 6] = [
    ("ltd", "limited"),
    ("limited", "ltd"),
    ("plc", "public limited company"),
    ("llp", "limited liability partnership"),
    ("cic", "community interest company"),
    ("cio", "charitable incorporated organisation"),
];

/// How a name may also be written: `&` in words, initials in one, another form of
/// company.
pub fn other_spellings(name: &str) -> Vec<String> {
    let mut others = Vec::new();
    if name.contains('&') {
        others.push(name.replace('&', " and "));
    }
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let initials: Vec<&[&str]> = words
        .chunk_by(|a, b| a.chars().count() == 1 && b.chars().count() == 1)
        .filter(|run| run.len() > 1)
        .collect();
    others.extend(initials.into_iter().map(<[&str]>::concat));
    let last = words.last().map(|word| word.to_lowercase()).unwrap_or_default();
    let forms = FORMS.iter().filter(|(form, _)| *form == last);
    others.extend(forms.map(|(_, other)| (*other).to_owned()));
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_also_spelled_as_people_write_it() {
        let others = |name| other_spellings(name);
        assert_eq!(others("Fell & Sons Ltd"), ["Fell  and  Sons Ltd", "limited"]);
        assert_eq!(others("J. B. Fell"), ["JB"]);
        assert_eq!(others("B & Q Limited"), ["B  and  Q Limited", "BQ", "ltd"]);
        assert!(others("Brook Bakery").is_empty());
    }
}
