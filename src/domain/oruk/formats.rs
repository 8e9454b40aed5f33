//! The forms of text that the standard names, judged at least as strictly as its
//! validators do.

use chrono::{DateTime, NaiveDate, NaiveDateTime};

/// Whether a text is a UUID with its hyphens.
pub fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

/// Schemes that a reader who follows a link is harmed by.
const HARMFUL: [&str; 5] = ["javascript", "vbscript", "data", "file", "blob"];

/// Whether a text is an absolute URI (RFC 3986): a scheme and only such characters as it
/// may have. One that would run or open something at its reader's is none here.
pub fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let named = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let scheme = scheme.to_ascii_lowercase();
    let web = matches!(scheme.as_str(), "http" | "https");
    let hosted = rest.strip_prefix("//").is_some_and(has_a_host);
    let harmless = !HARMFUL.contains(&scheme.as_str());
    named && harmless && !rest.is_empty() && only_uri_characters(rest) && (hosted || !web)
}

/// Whether what follows `//` begins with a host, and at most a port of digits.
fn has_a_host(rest: &str) -> bool {
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, _) = rest.split_at(end);
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    !host.is_empty() && port.chars().all(|c| c.is_ascii_digit())
}

fn only_uri_characters(text: &str) -> bool {
    const MARKS: &str = "-._~:/?#@!$&'()*+,;=";
    let mut bytes = text.bytes();
    let mut fragments = 0;
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = [bytes.next(), bytes.next()];
            if !digits.iter().all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit())) {
                return false;
            }
            continue;
        }
        fragments += u32::from(byte == b'#');
        if !byte.is_ascii_alphanumeric() && !MARKS.as_bytes().contains(&byte) {
            return false;
        }
    }
    fragments <= 1
}

/// Whether a text is an e-mail address of the plain kind.
pub fn is_email(text: &str) -> bool {
    const MARKS: &str = "!#$%&'*+-/=?^_`{|}~";
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let atom = |atom: &str| {
        let fits = |c: char| c.is_ascii_alphanumeric() || MARKS.contains(c);
        !atom.is_empty() && atom.chars().all(fits)
    };
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    local.len() <= 64
        && local.split('.').all(atom)
        && host.len() <= 253
        && host.contains('.')
        && host.split('.').all(label)
}

/// Whether a text is a moment with its offset (RFC 3339).
pub fn is_moment(text: &str) -> bool {
    // Other writings are read by the library, and refused by validators.
    text.as_bytes().get(10).is_some_and(|byte| matches!(byte, b'T' | b't'))
        && DateTime::parse_from_rfc3339(text).is_ok()
}

/// The moment, UTC, of a text that is one; of a plain day, its beginning.
pub fn moment(text: &str) -> Option<NaiveDateTime> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.naive_utc());
    }
    let plain: Option<NaiveDateTime> = text.parse().ok();
    plain.or_else(|| text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0))
}

/// The day that a text is, or begins with.
pub fn day_in(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_web_have_a_scheme_and_a_host() {
        for good in ["https://e.org", "https://e.org:8443/a%20b?c=d#e", "urn:uuid:1", "HTTP://e/"] {
            assert!(is_uri(good), "{good}");
        }
        for bad in [
            "e.org",
            "https://",
            "https:///a",
            "https://e.org/a b",
            "https://e.org/%zz",
            "1a:b",
            "https://é.org",
            "https://e.org:x/",
            "a:",
            ":b",
            "https://e.org/#a#b",
            "javascript:alert(1)",
            "data:text/html,x",
            "FILE:///etc/passwd",
        ] {
            assert!(!is_uri(bad), "{bad}");
        }
    }

    #[test]
    fn an_e_mail_address_has_a_name_and_a_host_with_a_dot() {
        for good in ["help@e.org", "a.b+c@x-y.co.uk"] {
            assert!(is_email(good), "{good}");
        }
        for bad in
            ["e.org", "@e.org", "a@", "a@e", ".a@e.org", "a..b@e.org", "a b@e.org", "a@-e.org"]
        {
            assert!(!is_email(bad), "{bad}");
        }
    }

    #[test]
    fn moments_have_an_offset_and_days_are_their_beginning() {
        assert!(is_moment("2026-11-23T09:30:00Z") && is_moment("2026-11-23T09:30:00.5+01:00"));
        for bad in ["2026-11-23", "2026-11-23T09:30:00", "2026-11-23 09:30:00Z", "yesterday"] {
            assert!(!is_moment(bad), "{bad}");
        }
        assert_eq!(moment("2026-11-23T09:30:00+01:00"), moment("2026-11-23T08:30:00Z"));
        assert_eq!(moment("2026-11-23"), moment("2026-11-23T00:00:00Z"));
        assert_eq!(day_in("2026-11-23T09:30:00Z"), day_in("2026-11-23"));
        assert_eq!((day_in("23/11/2026"), moment("soon")), (None, None));
    }
}
