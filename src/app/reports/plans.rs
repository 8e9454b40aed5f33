//! Pairing plans as they were on a day.

use chrono::NaiveDate;

use crate::{
    app::{AppError, pairing::Content},
    domain::{
        pairing::PlanState,
        register::{Partnership, Reference},
        reports::{Asked, Pairing, Plan, Report},
        uk_time,
    },
    store::{Conn, pairings},
};

/// Of a partnership so many plans are looked at, latest first.
const MOST: i64 = 200;

/// The plans that a report about pairings looks at.
pub(super) fn plans(
    conn: &mut Conn,
    reference: &Reference,
    (asked, today): (&Asked, NaiveDate),
) -> Result<Vec<Plan>, AppError> {
    if asked.report != Report::Pairings {
        return Ok(Vec::new());
    }
    let wanted =
        |forum: &&Partnership| asked.partnership.as_ref().is_none_or(|slug| forum.slug == *slug);
    let mut found = Vec::new();
    for forum in reference.partnerships.iter().filter(wanted) {
        let (plans, _) = pairings::page(conn, &forum.slug, PlanState::ALL, (0, MOST))?;
        for plan in plans {
            if asked.as_of == today {
                let on = uk_time::day(plan.written_at);
                found.push(told((plan.id, forum.name.as_str()), (plan.state, on), &plan.content)?);
            } else {
                found.extend(then(conn, (plan.id, forum.name.as_str()), asked.as_of)?);
            }
        }
    }
    Ok(found)
}

/// A plan as it was on a day gone by; `None` before it was made.
fn then(conn: &mut Conn, plan: (i64, &str), day: NaiveDate) -> Result<Option<Plan>, AppError> {
    let versions = pairings::history(conn, plan.0)?;
    let last = versions.iter().rev().find(|version| uk_time::day(version.at) <= day);
    let Some(version) = last else { return Ok(None) };
    let state = version.act.leads_to();
    told(plan, (state, uk_time::day(version.at)), &version.content).map(Some)
}

fn told(
    (id, partnership): (i64, &str),
    (state, written_on): (PlanState, NaiveDate),
    content: &str,
) -> Result<Plan, AppError> {
    let content: Content =
        serde_json::from_str(content).map_err(|error| AppError::Internal(Box::new(error)))?;
    let pairs = content.pairs.into_iter().map(|pair| Pairing {
        need: pair.need,
        title: pair.need_title,
        provider: pair.provider_name,
        course: pair.course_title,
        starts_on: pair.starts_on,
        people: pair.people,
        fit: pair.fit,
        why: pair.why,
        fictional: pair.fictional,
    });
    Ok(Plan {
        id,
        partnership: partnership.to_owned(),
        state,
        written_on,
        placed: content.summary.placed,
        wanted: content.summary.wanted,
        pairs: pairs.collect(),
    })
}
