//! What an employer says about itself, and its canonical text for the receipt.

use chrono::NaiveDate;

use crate::domain::{place::Place, size_band::SizeBand, slug::Slug, stage::Stage};

/// An employer's profile; whatever is empty or absent was not said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    /// Groups it wants to hire from.
    pub cohorts: Vec<Slug>,
    /// Its sector.
    pub sector: Option<Slug>,
    /// How many people it employs.
    pub size_band: Option<SizeBand>,
    /// Where it is, if the table of places knows it.
    pub place: Option<Place>,
    /// Where it says it is; a postcode already cut to its outward code.
    pub place_as_given: Option<String>,
    /// Where in the work of hiring it stands.
    pub stage: Option<Stage>,
    /// Skills it is short of.
    pub skills: Vec<SkillWanted>,
    /// Badges and pledges it holds.
    pub recognitions: Vec<RecognitionHeld>,
    /// Codes of charter actions it has pledged.
    pub actions_pledged: Vec<String>,
    /// What it wants to know, in its own words.
    pub question: Option<String>,
}

/// An occupation an employer is short of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SkillWanted {
    /// SOC 2020 code.
    pub soc: String,
    /// How many people.
    pub headcount: Option<u32>,
    /// Until when.
    pub by: Option<NaiveDate>,
}

/// A recognition an employer says it holds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RecognitionHeld {
    /// The scheme.
    pub scheme: Slug,
    /// The level, where the scheme has levels.
    pub level: Option<Slug>,
}

impl Profile {
    /// The same profile with its lists sorted, each entry once, codes upper case
    /// and white space tidied: what order and spelling must not decide.
    #[must_use]
    pub fn normalised(&self) -> Self {
        let mut profile = self.clone();
        sort_once(&mut profile.cohorts);
        for skill in &mut profile.skills {
            skill.soc.retain(|c| !c.is_whitespace());
        }
        profile.skills.retain(|skill| !skill.soc.is_empty());
        sort_once(&mut profile.skills);
        sort_once(&mut profile.recognitions);
        for code in &mut profile.actions_pledged {
            *code = tidy(code).to_ascii_uppercase();
        }
        profile.actions_pledged.retain(|code| !code.is_empty());
        sort_once(&mut profile.actions_pledged);
        profile.question = tidied(profile.question.as_deref());
        profile.place_as_given = tidied(profile.place_as_given.as_deref());
        profile
    }

    /// One text for one profile: fixed order of fields, sorted sets.
    ///
    /// Profiles that differ only in the order of a list, in repeated entries or in
    /// white space give the same text. A known place counts by what it is, an
    /// unknown one by what was written. For hashing, not for reading back.
    pub fn canonical(&self) -> String {
        let profile = self.normalised();
        let mut text = String::from("employer-profile/1\n");
        line(&mut text, "cohorts", profile.cohorts.iter().map(|slug| escaped(slug)));
        line(&mut text, "sector", profile.sector.iter().map(|slug| escaped(slug)));
        line(&mut text, "size_band", profile.size_band.iter().map(ToString::to_string));
        line(&mut text, "place", place(&profile));
        line(&mut text, "stage", profile.stage.iter().map(ToString::to_string));
        let skills = profile.skills.iter().map(|skill| {
            let headcount = skill.headcount.map(|count| count.to_string()).unwrap_or_default();
            let by = skill.by.map(|day| day.to_string()).unwrap_or_default();
            format!("{}:{headcount}:{by}", escaped(&skill.soc))
        });
        line(&mut text, "skills", skills);
        let held = profile.recognitions.iter().map(|held| {
            format!("{}:{}", held.scheme, held.level.as_ref().map_or("", Slug::as_str))
        });
        line(&mut text, "recognitions", held);
        line(&mut text, "actions_pledged", profile.actions_pledged.iter().map(|c| escaped(c)));
        line(&mut text, "question", profile.question.iter().map(|text| escaped(text)));
        text
    }
}

fn place(profile: &Profile) -> Option<String> {
    let known = profile.place.as_ref().map(|place| {
        let district = place.district.as_deref().unwrap_or("");
        let (name, county) = (tidy(&place.name), tidy(&place.county));
        let (lat, lon) = (place.centre.lat, place.centre.lon);
        let names = [&name, &tidy(district), &county].map(|part| escaped(&part.to_lowercase()));
        format!("known:{}:{lat:.4}:{lon:.4}", names.join(":"))
    });
    let given = profile.place_as_given.as_ref();
    known.or_else(|| given.map(|text| format!("given:{}", escaped(text))))
}

fn line(text: &mut String, field: &str, values: impl IntoIterator<Item = String>) {
    let values: Vec<String> = values.into_iter().collect();
    text.push_str(field);
    text.push('=');
    text.push_str(&values.join(","));
    text.push('\n');
}

/// The text without the characters that part values.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => safe.push_str("%25"),
            ',' => safe.push_str("%2C"),
            ':' => safe.push_str("%3A"),
            other => safe.push(other),
        }
    }
    safe
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn tidied(text: Option<&str>) -> Option<String> {
    text.map(tidy).filter(|text| !text.is_empty())
}

fn sort_once<T: Ord>(list: &mut Vec<T>) {
    list.sort_unstable();
    list.dedup();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(text: &str) -> Slug {
        Slug::parse(text).unwrap()
    }

    #[test]
    fn order_repetition_and_white_space_do_not_change_the_canonical_text() {
        let one = Profile {
            cohorts: vec![slug("refugees"), slug("prison-leavers")],
            actions_pledged: vec!["e2".into(), "B1".into()],
            question: Some("  where do we\n start? ".into()),
            ..Profile::default()
        };
        let other = Profile {
            cohorts: vec![slug("prison-leavers"), slug("refugees"), slug("refugees")],
            actions_pledged: vec!["B1".into(), "E2".into()],
            question: Some("where do we start?".into()),
            ..Profile::default()
        };
        assert_eq!(one.canonical(), other.canonical());
        assert!(one.canonical().contains("\nquestion=where do we start?\n"));
    }

    #[test]
    fn an_unknown_place_counts_as_written_and_a_known_one_by_what_it_is() {
        use crate::domain::place::Point;
        let given =
            |text: &str| Profile { place_as_given: Some(text.to_owned()), ..Profile::default() };
        // The answer quotes an unknown place, so other words are another question.
        assert_ne!(given("Atlantis").canonical(), given("atlantis").canonical());
        let banbury = Place {
            name: "Banbury".into(),
            district: None,
            county: "Oxfordshire".into(),
            centre: Point { lat: 52.06, lon: -1.34 },
        };
        let known = |text: &str| Profile { place: Some(banbury.clone()), ..given(text) };
        assert_eq!(known("banbury").canonical(), known("Grimsbury").canonical());
    }

    #[test]
    fn a_comma_in_a_code_is_not_taken_for_two_codes() {
        let pledged = |codes: &[&str]| Profile {
            actions_pledged: codes.iter().map(|code| (*code).to_owned()).collect(),
            ..Profile::default()
        };
        assert_ne!(pledged(&["B1,E2"]).canonical(), pledged(&["B1", "E2"]).canonical());
        assert_ne!(pledged(&["B1%2CE2"]).canonical(), pledged(&["B1,E2"]).canonical());
    }
}
