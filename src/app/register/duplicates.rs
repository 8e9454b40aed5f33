//! Organisations that may be the one that somebody is about to write anew.

use crate::{
    app::{AppError, Candidate, Refusal, register::reading::visible},
    domain::{
        access::Caller,
        place::outward_code,
        register::{Organisation, rules},
        slug::Slug,
    },
    store::{
        Conn,
        records::{self, Namesake},
    },
};

/// Names of at least so many letters may differ by a slip or two.
const LONG_NAME: usize = 8;
/// So many slips.
pub(in crate::app) const SLIPS: usize = 2;

/// Refuses an organisation with a number that another one has; that one is named to who
/// may see it.
pub(super) fn refuse_same_number(
    conn: &mut Conn,
    caller: &Caller,
    organisation: &Organisation,
    own: Option<&Slug>,
) -> Result<(), AppError> {
    let holders = records::identified(conn, &organisation.identifiers)?;
    let Some((number, holder)) = holders.into_iter().find(|(_, slug)| Some(slug) != own) else {
        return Ok(());
    };
    let name = match visible::<Organisation>(conn, caller, &holder) {
        Ok(found) => found.body,
        Err(AppError::NotFound(_)) => {
            let (scheme, id) = (number.scheme, number.id);
            let message = format!("{scheme} {id} is the number of another organisation already.");
            return Err(AppError::conflict(message));
        }
        Err(error) => return Err(error),
    };
    let town = name.sites.into_iter().find_map(|site| site.town);
    let message = format!("{} {} is the number of \"{holder}\" already.", number.scheme, number.id);
    let candidates = vec![Candidate { slug: holder, name: name.name, town }];
    Err(AppError::Conflict { message, candidates })
}

/// Refuses an organisation that is called like one near it.
///
/// Near is a site in the same outward code or town; where either has no known place, a
/// name that is the same is enough.
pub(super) fn refuse_namesakes(
    conn: &mut Conn,
    organisation: &Organisation,
) -> Result<(), AppError> {
    let codes = organisation.sites.iter().filter_map(|site| site.postcode.as_deref());
    let mut outcodes: Vec<String> = codes.filter_map(outward_code).collect();
    outcodes.sort();
    outcodes.dedup();
    let mut towns: Vec<String> =
        organisation.sites.iter().filter_map(|site| site.town.clone()).collect();
    towns.sort();
    towns.dedup();
    let same = records::namesakes(conn, &organisation.name, &[])?;
    let mut found: Vec<Namesake> = Vec::new();
    let near = records::neighbours(conn, &outcodes, &towns)?;
    let close = |slug: &Slug| near.iter().any(|(one, _)| one.slug == *slug);
    let placed = !outcodes.is_empty() || !towns.is_empty();
    for one in same {
        let unplaced =
            !placed || records::find::<Organisation>(conn, &one.slug)?.body.sites.is_empty();
        if unplaced || close(&one.slug) {
            found.push(one);
        }
    }
    let key = rules::name_key(&organisation.name);
    for (one, names) in &near {
        let alike = names.iter().any(|name| is_alike(&key, &rules::name_key(name)));
        if alike && !found.iter().any(|known| known.slug == one.slug) {
            found.push(one.clone());
        }
    }
    if found.is_empty() {
        return Ok(());
    }
    found.sort();
    let message = "There are organisations with a similar name near that place. If none of them \
                   is meant, send it again with \"confirm_new\": true."
        .to_owned();
    let candidates = found.into_iter().map(|one| {
        let Namesake { slug, name, town } = one;
        Candidate { slug, name, town }
    });
    Err(AppError::Conflict { message, candidates: candidates.collect() })
}

/// Whether two names' keys are the same but for a slip or two.
pub(in crate::app) fn is_alike(one: &str, other: &str) -> bool {
    let long = one.chars().count().min(other.chars().count()) >= LONG_NAME;
    one == other || (long && strsim::osa_distance(one, other) <= SLIPS)
}

/// A refusal for a record that is named and not there.
pub(super) fn absent(field: &str, what: &str) -> Refusal {
    Refusal {
        field: format!("/{field}"),
        code: "unknown-value",
        message: format!("There is no such {}.", what.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::is_alike;

    #[test]
    fn long_names_may_differ_by_two_slips_and_short_ones_by_none() {
        assert!(is_alike("brook-bakery", "brok-bakery"));
        assert!(is_alike("brook-bakery", "brooks-bakerys"));
        assert!(!is_alike("brook-bakery", "crown-bakery"));
        assert!(is_alike("spar", "spar"));
        assert!(!is_alike("spar", "star"));
    }
}
