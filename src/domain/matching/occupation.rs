//! How near two occupations are, and which section of industry a code lies in.
//!
//! SOC 2020 codes have four digits; the first three are the minor group. SIC 2007
//! codes begin with a division of two digits, which lies in a section with a letter.

/// How near one occupation is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nearness {
    /// The same minor group: the first three digits.
    MinorGroup,
    /// The same unit group: all four digits.
    UnitGroup,
}

/// How near two SOC 2020 codes are; `None` where even the minor groups differ.
pub fn nearness(one: &str, other: &str) -> Option<Nearness> {
    let (one, other) = (one.trim(), other.trim());
    if one.len() >= 4 && one == other {
        return Some(Nearness::UnitGroup);
    }
    let minor_groups = (one.get(..3)?, other.get(..3)?);
    (minor_groups.0 == minor_groups.1).then_some(Nearness::MinorGroup)
}

/// The letter of the SIC 2007 section that a code lies in.
///
/// # Source
///
/// Office for National Statistics, UK Standard Industrial Classification 2007.
pub fn sic_section(code: &str) -> Option<char> {
    let division: u8 = code.trim().get(..2)?.parse().ok()?;
    Some(match division {
        1..=3 => 'A',
        5..=9 => 'B',
        10..=33 => 'C',
        35 => 'D',
        36..=39 => 'E',
        41..=43 => 'F',
        45..=47 => 'G',
        49..=53 => 'H',
        55..=56 => 'I',
        58..=63 => 'J',
        64..=66 => 'K',
        68 => 'L',
        69..=75 => 'M',
        77..=82 => 'N',
        84 => 'O',
        85 => 'P',
        86..=88 => 'Q',
        90..=93 => 'R',
        94..=96 => 'S',
        97..=98 => 'T',
        99 => 'U',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plumbers_are_near_carpenters_and_far_from_care_workers() {
        assert_eq!(nearness("5315", "5315"), Some(Nearness::UnitGroup));
        assert_eq!(nearness("5315", "5316"), Some(Nearness::MinorGroup));
        assert_eq!(nearness("5315", "6135"), None);
        assert_eq!(nearness("531", "531"), Some(Nearness::MinorGroup));
        assert_eq!(nearness("53", "5315"), None);
        assert!(Nearness::UnitGroup > Nearness::MinorGroup);
    }

    #[test]
    fn a_division_of_industry_lies_in_its_section() {
        assert_eq!(sic_section("43"), Some('F'));
        assert_eq!(sic_section("87100"), Some('Q'));
        assert_eq!(sic_section("04"), None);
        assert_eq!(sic_section("x"), None);
    }
}
