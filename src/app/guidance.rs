//! Search and completion over everything that can be found: guidance and register.

use crate::{
    app::{
        catalogue::{self, PLACES},
        error::{AppError, Refusal},
        snapshot::Snapshot,
    },
    domain::{
        freshness::Freshness,
        place,
        register::PledgeState,
        search::{Answer, CompletionGroup, Facet, Kind, NEARBY_MILES, Near, Question},
        size_band::SizeBand,
        stage::Stage,
    },
};

/// Answers a question from a snapshot.
///
/// # Errors
///
/// [`AppError::Invalid`] for a filter value or a place that is not known, with the
/// nearest that is: a slip must not quietly give wrong results.
pub fn search(snapshot: &Snapshot, question: &Question) -> Result<Answer, AppError> {
    let mut refusals: Vec<Refusal> = question
        .filters
        .iter()
        .filter_map(|(facet, value)| unknown_value(snapshot, *facet, value))
        .collect();
    let near = near(snapshot, question).map_err(|refusal| refusals.push(refusal)).ok().flatten();
    if !refusals.is_empty() {
        return Err(AppError::Invalid(refusals));
    }
    let (guidance, today) = (&snapshot.index, snapshot.today);
    Ok(snapshot.register.search_with(guidance, question, near.as_ref(), today)?)
}

/// The place that results must be near, where one is asked for.
fn near(snapshot: &Snapshot, question: &Question) -> Result<Option<Near>, Refusal> {
    let refuse = |field: &str, code, message| Refusal { field: field.to_owned(), code, message };
    let Some(text) = &question.place else {
        return if question.within_miles.is_none() {
            Ok(None)
        } else {
            let message = "\"within_miles\" needs a \"place\" to be near.".to_owned();
            Err(refuse("within_miles", "needs-place", message))
        };
    };
    let Some(place) = snapshot.gazetteer().find(text) else {
        let typed = place::outward_code(text).unwrap_or_else(|| text.trim().to_owned());
        let nearest = nearest(&typed, snapshot.gazetteer().names());
        let hint = nearest.map(|near| format!(" The nearest is \"{near}\".")).unwrap_or_default();
        return Err(refuse("place", "unknown-place", format!("We do not know that place.{hint}")));
    };
    let within_miles = question.within_miles.unwrap_or(NEARBY_MILES);
    Ok(Some(Near { name: place.name, centre: place.centre, within_miles }))
}

/// Completions for what was typed so far.
pub fn suggest(snapshot: &Snapshot, typed: &str) -> Result<Vec<CompletionGroup>, AppError> {
    Ok(snapshot.register.suggest_with(&snapshot.index, typed)?)
}

/// Every value of a facet that the service knows, whether or not anything has it.
pub fn values(snapshot: &Snapshot, facet: Facet) -> Vec<String> {
    let words = snapshot.vocabulary();
    let mut known: Vec<String> = match facet {
        Facet::Kind => Kind::ALL.into_iter().map(|kind| kind.as_str().to_owned()).collect(),
        Facet::Stage => Stage::ALL.into_iter().map(|stage| stage.as_str().to_owned()).collect(),
        Facet::Cohort => words.cohorts.iter().map(|c| c.label.slug.to_string()).collect(),
        Facet::Topic => words.topics.iter().map(|topic| topic.slug.to_string()).collect(),
        Facet::Format => words.formats.iter().map(|format| format.slug.to_string()).collect(),
        Facet::Sector => words.sectors.iter().map(|one| one.label.slug.to_string()).collect(),
        Facet::Size => SizeBand::ALL.into_iter().map(|band| band.as_str().to_owned()).collect(),
        Facet::District => {
            let districts = snapshot.gazetteer().districts().into_iter();
            districts.map(catalogue::district_slug).collect()
        }
        Facet::Stance => {
            let charter = snapshot.reference.charter.iter();
            charter.flat_map(|one| &one.stances).map(|(slug, ..)| slug.to_string()).collect()
        }
        Facet::Action => snapshot.reference.actions.iter().map(|one| one.code.clone()).collect(),
        Facet::PledgeState => PledgeState::ALL.iter().map(ToString::to_string).collect(),
        Facet::Recognition => catalogue::recognitions(&snapshot.reference),
        Facet::Freshness => Freshness::ALL.into_iter().map(|one| one.as_str().to_owned()).collect(),
        Facet::HasPlaces => PLACES.map(|(value, _)| value.to_owned()).to_vec(),
        Facet::Toolkit | Facet::Status => Vec::new(),
    };
    known.extend(snapshot.index.values(facet).map(str::to_owned));
    known.extend(snapshot.register.values(facet).map(str::to_owned));
    if facet == Facet::Status {
        known.extend(
            ["current", "dated", "superseded", "unconfirmed", "past-review"].map(str::to_owned),
        );
    }
    known.sort();
    known.dedup();
    known
}

fn unknown_value(snapshot: &Snapshot, facet: Facet, value: &str) -> Option<Refusal> {
    let known = values(snapshot, facet);
    if known.iter().any(|one| one == value) {
        return None;
    }
    let nearest = nearest(value, known.iter().map(String::as_str));
    let hint = nearest.map(|near| format!(" The nearest is \"{near}\".")).unwrap_or_default();
    Some(Refusal {
        field: facet.as_str().to_owned(),
        code: "unknown-value",
        message: format!("There is no such {}.{hint}", facet.as_str()),
    })
}

/// The nearest of some names to a word that is none of them.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word: String = word.to_lowercase().chars().take(80).collect();
    names.min_by_key(|name| (strsim::osa_distance(&word, &name.to_lowercase()), *name))
}
