//! Identifiers: the same thing has the same one in every process and at every start.

use uuid::Uuid;

/// The namespace of all our names; chosen once, by chance.
const NAMESPACE: Uuid = Uuid::from_u128(0x6d1f_0c5e_9a37_4b52_8e64_31b7_d20a_f9c8);

/// The identifier (RFC 9562, version 5) of a thing of a kind, by what names it among its
/// kind.
pub fn id(thing: &str, names: &[&str]) -> String {
    // No name holds the character that parts them.
    let whole = [&[thing], names].concat().join("\u{1f}");
    Uuid::new_v5(&NAMESPACE, whole.as_bytes()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::oruk::is_uuid;

    #[test]
    fn the_same_name_gives_the_same_identifier_and_another_name_another() {
        let welding = id("service", &["course", "welding"]);
        assert!(is_uuid(&welding) && welding.as_bytes()[14] == b'5', "{welding}");
        assert_eq!(welding, "36214bbf-78ec-56c7-9d53-e2b7f6467212", "published; it must stay");
        assert_eq!(welding, id("service", &["course", "welding"]));
        assert_ne!(welding, id("service", &["coursewelding"]));
        assert_ne!(welding, id("organization", &["course", "welding"]));
    }
}
