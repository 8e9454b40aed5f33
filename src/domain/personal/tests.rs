//! What raises an alarm, and what does not. Every name and number is invented.

use super::*;

fn codes(text: &str) -> Vec<&'static str> {
    signs(text).into_iter().map(Sign::as_str).collect()
}

#[test]
fn what_is_of_a_person_is_told_by_its_kind() {
    for (text, code) in [
        ("Ask about John Smith, 12/03/1985, before Monday.", "name-with-date-of-birth"),
        ("Jane Doe (DOB 1 April 1990) starts soon", "name-with-date-of-birth"),
        ("Ahmed Khan born 1979-11-02", "name-with-date-of-birth"),
        ("Priya O'Neill d.o.b. 03.04.1991", "name-with-date-of-birth"),
        ("He was born on 3rd May 1988", "date-of-birth"),
        ("date of birth: 12/03/85", "date-of-birth"),
        ("Prisoner A1234BC is ready", "prison-number"),
        ("number a1234bc", "prison-number"),
        ("NI QQ 12 34 56 C", ""),
        ("NI AB 12 34 56 C", "national-insurance-number"),
        ("ab123456c", "national-insurance-number"),
        ("PNC 2003/0123456X", "police-number"),
        ("NHS 943 476 5919", "nhs-number"),
        ("write to j.smith@example.org.", "e-mail"),
        ("<jane@example.org>", "e-mail"),
        ("ring 07700 900123 after six", "phone"),
        ("(01865) 496 012", "phone"),
        ("+44 7700 900 123", "phone"),
        ("+44 (0)20 7946 0958", "phone"),
        ("020 7946 0958", "phone"),
    ] {
        let found = codes(text);
        assert_eq!(found.first().copied().unwrap_or_default(), code, "{text}: {found:?}");
    }
}

#[test]
fn ordinary_words_of_the_register_raise_no_alarm() {
    for text in [
        "",
        "Bakes and serves bread in Banbury since 1985.",
        "We were founded on 12 March 1985 and employ 250 people.",
        "Oxford City Council, 01/04/1974",
        "Interviews on 12/03/2027 and 19/03/2027, from 09:30 to 12:00.",
        "Works in OX16 5QA and OX1 1AA; bus S4 every 30 minutes.",
        "Company number 01234567, charity 1234567, SIC 56101.",
        "Ring the switchboard on 0300 123 4567 or 0800 123 456.",
        "Apply to jobs@example.org or hr.team@example.org.",
        "Pay from £12.60 to £13.85 an hour, 37.5 hours, 5 of 7 days.",
        "BS EN ISO 9001:2015; CSCS card; NVQ level 2; Form DBS1234.",
        "Under the Equality Act 2010 and the Rehabilitation of Offenders Act 1974.",
        "Six work trials in 2026, four in 2027, 10 by 31 March 2027.",
        "From 01 02 2027 09 30 to 01 02 2027 12 30",
        "Read https://example.org/report/2026-11-23?id=0123456789.",
        "The Brook Bakery (fictional), Unit 12, 1985 Example Street",
    ] {
        assert_eq!(codes(text), [] as [&str; 0], "{text}");
    }
}

#[test]
fn a_mark_is_opaque_or_refused_for_a_reason() {
    for good in ["A17", "case-4711", "only-for-brokers-7731", "x", "B-2026-117", "spring-intake"] {
        assert_eq!(opaque(good), Ok(()), "{good}");
    }
    for (bad, code) in [
        ("", "pattern"),
        ("a b", "pattern"),
        ("é17", "pattern"),
        ("j@x.org", "pattern"),
        ("abcdefghijklmnopqrstuvwxy", "pattern"),
        ("A1234BC", "prison-number"),
        ("a1234bc", "prison-number"),
        ("AB123456C", "national-insurance-number"),
        ("AB-12-34-56-C", "national-insurance-number"),
        ("07700900123", "phone"),
        ("07700-900123", "phone"),
        ("Smith-12-03-1985", "date-of-birth"),
        ("JSmith12031985", "date-of-birth"),
        ("js-1985-03-12", "date-of-birth"),
        ("John-Smith-12-03-1985", "name-with-date-of-birth"),
        ("john-smith", "name"),
        ("JohnSmith85", "name"),
        ("smith-john", "name"),
    ] {
        assert_eq!(opaque(bad).map_err(NotOpaque::code), Err(code), "{bad}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_looked_at_without_harm(text in ".{0,200}", mark in "[0-9A-Za-z/.+@ -]{0,40}") {
        let _ = (signs(&text), signs(&mark), opaque(&mark));
    }
}
