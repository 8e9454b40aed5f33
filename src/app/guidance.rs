//! Search and completion over everything that can be found: guidance and register.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{
        catalogue::{self, PAST_REVIEW, PLACES},
        error::{AppError, Refusal},
        snapshot::Snapshot,
    },
    domain::{
        freshness::Freshness,
        guidance::LibraryStatus,
        place,
        register::PledgeState,
        search::{
            Answer, CompletionGroup, Facet, FacetCount, FacetCounts, Kind, NEARBY_MILES, Near,
            Question,
        },
        size_band::SizeBand,
        stage::Stage,
        vocabulary::Label,
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
    let answer = snapshot.register.search_with(guidance, question, near.as_ref(), today)?;
    Ok(with_chosen(snapshot, question, answer))
}

/// The same with every chosen value among the counts, also one that nothing has: it is
/// shown so that it can be taken back.
fn with_chosen(snapshot: &Snapshot, question: &Question, mut answer: Answer) -> Answer {
    for (facet, value) in &question.filters {
        let at = answer.facets.partition_point(|counts| counts.facet < *facet);
        if answer.facets.get(at).is_none_or(|counts| counts.facet != *facet) {
            answer.facets.insert(at, FacetCounts { facet: *facet, values: Vec::new() });
        }
        let Some(counts) = answer.facets.get_mut(at) else { continue };
        if counts.values.iter().all(|one| one.value != *value) {
            let label = label(snapshot, *facet, value);
            let none = FacetCount { value: value.clone(), label, count: 0, selected: true };
            counts.values.push(none);
            counts.values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
        }
    }
    answer
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
    let mut known: BTreeSet<String> = named(snapshot, facet).into_keys().collect();
    known.extend(snapshot.index.values(facet).map(str::to_owned));
    known.extend(snapshot.register.values(facet).map(str::to_owned));
    known.into_iter().collect()
}

/// The words for a value of a facet that nothing found has; the value itself where the
/// service has no words for it.
pub fn label(snapshot: &Snapshot, facet: Facet, value: &str) -> String {
    named(snapshot, facet).remove(value).unwrap_or_else(|| value.to_owned())
}

/// The values of a facet that have words though nothing may have them, with the words.
fn named(snapshot: &Snapshot, facet: Facet) -> BTreeMap<String, String> {
    let words = snapshot.vocabulary();
    let reference = &snapshot.reference;
    match facet {
        Facet::Kind => pairs(Kind::ALL.map(|kind| (kind.as_str(), kind.label()))),
        Facet::Stage => pairs(Stage::ALL.map(|stage| (stage.as_str(), stage.label()))),
        Facet::Cohort => labels(words.cohorts.iter().map(|cohort| &cohort.label)),
        Facet::Topic => labels(words.topics.iter()),
        Facet::Format => labels(words.formats.iter()),
        Facet::Sector => labels(words.sectors.iter().map(|sector| &sector.label)),
        Facet::Size => pairs(SizeBand::ALL.map(|band| (band.as_str(), band.label()))),
        Facet::District => {
            let districts = snapshot.gazetteer().districts().into_iter();
            pairs(districts.map(|name| (catalogue::district_slug(name), name)))
        }
        Facet::Stance => {
            let stances = reference.charter.iter().flat_map(|charter| &charter.stances);
            pairs(stances.map(|(slug, label, _)| (slug.as_str(), label.as_str())))
        }
        Facet::Action => {
            pairs(reference.actions.iter().map(|one| (one.code.as_str(), one.label.as_str())))
        }
        Facet::PledgeState => pairs(PledgeState::ALL.iter().map(|one| (one.as_str(), one.label()))),
        Facet::Recognition => pairs(catalogue::recognitions(reference)),
        Facet::Freshness => pairs(Freshness::ALL.map(|one| (one.as_str(), one.label()))),
        Facet::HasPlaces => pairs(PLACES),
        Facet::Status => {
            let lasting = LibraryStatus::ALL.map(|one| (one.as_str(), one.label()));
            pairs(lasting.into_iter().chain([PAST_REVIEW]))
        }
        Facet::Toolkit => {
            let toolkits = snapshot.toolkits().iter();
            pairs(toolkits.map(|toolkit| (toolkit.slug.as_str(), toolkit.title.as_str())))
        }
    }
}

fn pairs<V: Into<String>, L: Into<String>>(
    pairs: impl IntoIterator<Item = (V, L)>,
) -> BTreeMap<String, String> {
    pairs.into_iter().map(|(value, label)| (value.into(), label.into())).collect()
}

fn labels<'a>(labels: impl Iterator<Item = &'a Label>) -> BTreeMap<String, String> {
    pairs(labels.map(|one| (one.slug.as_str(), one.label.as_str())))
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
