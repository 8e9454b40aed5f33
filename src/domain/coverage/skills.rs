//! Whether a course teaches for the occupation that a need names: by SOC 2020 codes,
//! else by sector, else by the words of the titles.

use std::collections::BTreeSet;

use crate::domain::{
    coverage::{Asked, Known, Offer, judge::Finding},
    matching::occupation::{Nearness, nearness},
};

/// Words of titles that tell nothing of an occupation.
const IDLE: [&str; 43] = [
    "about",
    "adult",
    "apprenticeship",
    "basic",
    "bootcamp",
    "career",
    "confident",
    "course",
    "daytime",
    "each",
    "evening",
    "every",
    "fictional",
    "first",
    "five",
    "from",
    "into",
    "level",
    "month",
    "more",
    "need",
    "night",
    "online",
    "part",
    "people",
    "skill",
    "skilled",
    "staff",
    "start",
    "that",
    "their",
    "this",
    "three",
    "time",
    "training",
    "week",
    "weekend",
    "with",
    "work",
    "worker",
    "working",
    "year",
    "young",
];

/// How much a word of a title has to have, in letters.
const SHORTEST: usize = 4;

/// The words of a title that may tell of an occupation: in lower case, of letters alone,
/// without the ending of a plural.
pub(super) fn telling_words(title: &str) -> BTreeSet<String> {
    let words = title.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    let singular = words.map(|word| match word.strip_suffix('s') {
        Some(one) if !one.ends_with('s') => one.to_owned(),
        _ => word,
    });
    let telling =
        |word: &String| word.chars().count() >= SHORTEST && !IDLE.contains(&word.as_str());
    singular.filter(telling).collect()
}

/// How near what a course teaches comes to what was asked for.
pub(super) fn skills(asked: &Asked<'_>, offer: &Offer<'_>, known: Known<'_>) -> Finding {
    let (need, course) = (asked.need, offer.course);
    let pairs = need.soc.iter().flat_map(|wanted| {
        let taught = course.soc.iter();
        taught.filter_map(move |soc| Some((nearness(wanted, soc)?, wanted, soc)))
    });
    // Of pairs that are equally near, the first by code: whatever the order of the lists.
    let best = pairs.min_by_key(|(near, wanted, soc)| (std::cmp::Reverse(*near), *wanted, *soc));
    match best {
        Some((Nearness::UnitGroup, wanted, _)) => {
            return Finding::met(format!("It teaches for the occupation asked for, SOC {wanted}."));
        }
        Some((Nearness::MinorGroup, wanted, soc)) => {
            let text =
                format!("It teaches for SOC {soc}, which is close to SOC {wanted} asked for.");
            return Finding::partly(text).changed_by(same_code(wanted));
        }
        None => {}
    }
    let change = need.soc.iter().min().map_or_else(
        || "Give the need an occupation code (SOC 2020), so that this can be told.".to_owned(),
        |wanted| same_code(wanted),
    );
    if let Some(sector) = asked.sectors.iter().find(|one| course.sectors.contains(**one)) {
        let label = known.vocabulary.sector_label(sector);
        let text = format!(
            "It prepares for the same sector, {label}, but is not known to teach for the occupation."
        );
        return Finding::related(text).changed_by(change);
    }
    // Most courses share no word with a need: those are passed over without taking their
    // titles apart.
    let may_share = asked.words.iter().any(|word| may_hold(&course.title, word));
    let taught = if may_share { telling_words(&course.title) } else { BTreeSet::new() };
    let shared: Vec<&str> = asked.words.intersection(&taught).map(String::as_str).collect();
    if shared.is_empty() {
        return Finding::unmet("It teaches for other occupations.").changed_by(change);
    }
    let text = format!(
        "Only its title says that it may teach what is asked for: \"{}\".",
        shared.join("\", \"")
    );
    Finding::related(text).changed_by(change)
}

/// Whether a title may hold a word, whatever the case of its letters; `true` in doubt.
fn may_hold(title: &str, word: &str) -> bool {
    !title.is_ascii()
        || title
            .as_bytes()
            .windows(word.len())
            .any(|part| part.eq_ignore_ascii_case(word.as_bytes()))
}

fn same_code(wanted: &str) -> String {
    format!("A course that teaches for SOC {wanted}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telling_words_are_those_that_say_what_work_it_is() {
        let words: Vec<String> =
            telling_words("Kitchen assistants for 5 evening shifts (fictional), Level 1 work")
                .into_iter()
                .collect();
        assert_eq!(words, ["assistant", "kitchen", "shift"]);
        assert_eq!(telling_words("Businesses' class"), telling_words("businesse class"));
        assert!(telling_words("Training for work, level 2").is_empty());
    }
}
