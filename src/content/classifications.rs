//! The structure of the lists of codes that ship: UK SIC 2007 down to divisions, SOC 2020
//! down to minor groups.
//!
//! Codes and titles are facts of the Office for National Statistics, under the Open
//! Government Licence; the files beside this one say so at their heads. The whole lists
//! are brought in by an operator.

use crate::domain::classification::{Classification, Code, Scheme};

const SIC: &str = include_str!("classifications/sic-2007.tsv");
const SOC: &str = include_str!("classifications/soc-2020.tsv");

/// The structure of a list.
pub fn structure(scheme: Scheme) -> Classification {
    let (text, what) = match scheme {
        Scheme::Sic => (SIC, "UK SIC 2007, sections and divisions"),
        Scheme::Soc => (SOC, "SOC 2020, major to minor groups"),
    };
    let source = format!("{what}: Office for National Statistics, Open Government Licence v3.0");
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    Classification::structure(scheme, source, rows.filter_map(code))
}

fn code(line: &str) -> Option<Code> {
    let mut cells = line.split('\t').map(str::to_owned);
    let (code, title) = (cells.next()?, cells.next()?);
    Some(Code { code, title, parent: cells.next().filter(|parent| !parent.is_empty()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_division_and_group_is_there_once_below_its_parent() {
        for (scheme, lengths) in [
            (Scheme::Sic, [(1, 21), (2, 88), (5, 3)].as_slice()),
            (Scheme::Soc, &[(1, 9), (2, 26), (3, 104)]),
        ] {
            let known = structure(scheme);
            for (length, count) in lengths {
                let of_length = known.codes().filter(|one| one.code.len() == *length);
                assert_eq!(of_length.count(), *count, "{scheme} {length}");
            }
            let rows = match scheme {
                Scheme::Sic => SIC,
                Scheme::Soc => SOC,
            };
            let rows = rows.lines().filter(|line| !line.starts_with('#')).skip(1);
            assert_eq!(rows.count(), known.codes().count(), "none is given twice");
            for one in known.codes() {
                assert_eq!(scheme.code(&one.code).as_ref(), Some(&one.code));
                assert!(!one.title.is_empty() && one.title.trim() == one.title, "{}", one.code);
                let parent =
                    one.parent.as_deref().map(|above| known.codes().any(|o| o.code == above));
                assert!(parent.unwrap_or(one.code.len() == 1), "{}", one.code);
            }
        }
    }
}
