//! Addresses and numbers that belong to nobody, so that a demonstration rings no one.
//!
//! # Sources
//!
//! RFC 2606 and RFC 6761 (names kept for examples); Ofcom, "Telephone numbers for
//! use in TV and radio drama programmes".

/// Ranges kept for drama: the digits they begin with, and how many follow.
const DRAMA: [(&str, usize); 8] = [
    ("01632960", 3),
    ("01134960", 3),
    ("01144960", 3),
    ("01214960", 3),
    ("02079460", 3),
    ("07700900", 3),
    ("08081570", 3),
    ("03069990", 3),
];

/// Whether an e-mail address or web address lies in a name kept for examples.
pub(super) fn is_example(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host).to_ascii_lowercase();
    let kept = ["example.org", "example.com", "example.net", "example"];
    kept.iter().any(|name| {
        host.strip_suffix(name).is_some_and(|left| {
            // A bare "example" is no host; something must stand before it.
            left.ends_with('.') || (left.is_empty() && name.contains('.'))
        })
    })
}

/// Whether a number is one that Ofcom keeps for drama.
pub(super) fn is_drama_number(number: &str) -> bool {
    let plain = number.chars().all(|c| c.is_ascii_digit() || c == ' ');
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    plain
        && DRAMA
            .iter()
            .any(|(start, more)| digits.strip_prefix(start).is_some_and(|rest| rest.len() == *more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_kept_for_examples_are_examples() {
        for fine in ["jobs@brook.example", "https://www.example.org/a", "a@b.example.com"] {
            assert!(is_example(fine), "{fine}");
        }
        for real in [
            "jobs@brook.co.uk",
            "https://example.evil.uk/",
            "https://notexample.org",
            "a@example",
            "https://real.uk/?x=@a.example",
            "",
        ] {
            assert!(!is_example(real), "{real}");
        }
    }

    #[test]
    fn only_numbers_kept_for_drama_are_such_numbers() {
        for fine in ["01632 960123", "07700 900999", "0808 157 0000", "020 7946 0000"] {
            assert!(is_drama_number(fine), "{fine}");
        }
        for real in ["01865 960123", "07700 901000", "01632 9600000", "+44 1632 960000", "01632"] {
            assert!(!is_drama_number(real), "{real}");
        }
    }
}
