//! A plan signed: a reason for each override, and the introductions that follow from it.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    app::{
        AppError, AppState, Refusal,
        pairing::{
            content::{Content, Paired},
            keeping::{
                Kept, Target, again, draft, held, kept, led_to, may_plan, rechecked, refused, text,
            },
        },
        register::{self, Key, Told, writing::Context},
    },
    domain::{
        access::Caller,
        pairing::PlanAct,
        register::{
            Draft, Introduction, IntroductionKind, IntroductionState, Organisation, Outcomes,
            Statement, Voice,
        },
        slug::Slug,
    },
    store::{
        Conn, StoreError,
        changes::{self, Kind},
        pairings,
        records::{self, Outcome, Written},
    },
};

/// Why a plan departs from what was worked out, or breaks a rule, in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The override.
    pub id: String,
    /// Why, in a sentence.
    pub reason: String,
}

/// Signs a plan as it is now judged, and makes the introductions.
///
/// # Errors
///
/// [`AppError::Invalid`] for each override without a reason, and each reason without an
/// override; else as [`edit`](super::edit).
pub async fn sign(
    app: &AppState,
    caller: &Caller,
    target: Target,
    (reasons, key): (Vec<Reason>, Option<Key>),
) -> Result<Told<Kept>, AppError> {
    may_plan(app, caller, &target.partnership)?;
    let _under_way = app.in_flight().begin(key.as_ref())?;
    let context = Context::new(app, caller);
    let (own, at) = (key.clone(), context.at);
    let done = app.records()?.read(move |conn| led_to(conn, own.as_ref(), at)).await?;
    if let Some(done) = done {
        return again(app, target.partnership, done).await;
    }
    let (plan, agreed) = held(app, target).await?;
    draft(&plan)?;
    let mut content = rechecked(app, (&plan, agreed), None).await?;
    reasoned(&mut content, &reasons)?;
    let signed = app.records()?.write(move |conn| {
        let now = pairings::locked(conn, &plan.partnership, plan.id).map_err(refused)?;
        let drafts = introductions(conn, &plan, (&mut content, &context))?;
        let by = (&register::author(&context.caller), context.at);
        let old = pairings::Plan { version: plan.version, ..now };
        let body = text(&content)?;
        let written = pairings::put(conn, &old, (PlanAct::Sign, &body), by).map_err(refused)?;
        if let Some(key) = &key {
            let change = changes::position(conn)?;
            let (slug, version) = (pairings::name(plan.id)?, written.1);
            let noted = Written { slug, version, change, outcome: Outcome::Changed };
            key.note(conn, (Kind::PairingPlan, &noted), context.at)?;
        }
        // Every row stands before the clock is moved.
        records::create_all(conn, &drafts, by.0, by.1)?;
        let change = pairings::touch(conn, written, context.at)?.change;
        Ok::<_, AppError>(Told { what: kept(conn, &plan.partnership, plan.id)?, change })
    });
    let signed = signed.await?;
    app.wake_projector();
    Ok(signed)
}

/// Writes the reasons to the overrides.
fn reasoned(content: &mut Content, reasons: &[Reason]) -> Result<(), AppError> {
    let mut refusals = Vec::new();
    for (nth, reason) in reasons.iter().enumerate() {
        let own = content.overrides.iter_mut().find(|one| one.id == reason.id);
        match own {
            Some(own) if own.reason.is_none() => own.reason = Some(reason.reason.clone()),
            Some(_) => refusals.push(Refusal {
                field: format!("/reasons/{nth}/id"),
                code: "repeated",
                message: "There is a reason for this override already.".to_owned(),
            }),
            None => refusals.push(Refusal {
                field: format!("/reasons/{nth}/id"),
                code: "unknown-value",
                message: "The plan has no such override as the register is now.".to_owned(),
            }),
        }
    }
    for one in content.overrides.iter().filter(|one| one.reason.is_none()) {
        refusals.push(Refusal {
            field: "/reasons".to_owned(),
            code: "missing",
            message: format!("The override \"{}\" needs a reason: {}", one.id, one.text),
        });
    }
    if refusals.is_empty() { Ok(()) } else { Err(AppError::Invalid(refusals)) }
}

/// The introductions that follow from a plan, one for an employer and a provider; why
/// there is none is noted.
fn introductions(
    conn: &mut Conn,
    plan: &Kept,
    (content, context): (&mut Content, &Context),
) -> Result<Vec<Draft<Introduction>>, AppError> {
    let mut wanted: BTreeMap<(&str, &str), Vec<&Paired>> = BTreeMap::new();
    let (mut drafts, mut without) = (Vec::new(), BTreeSet::new());
    for pair in &content.pairs {
        match &pair.organisation {
            Some(employer) => {
                wanted.entry((employer, &pair.provider)).or_default().push(pair);
            }
            None => {
                without.insert(format!(
                    "{}: the register does not say which employer voiced it; {} was not \
                     introduced to anybody.",
                    pair.need_title, pair.provider_name
                ));
            }
        }
    }
    for ((employer, provider), pairs) in wanted {
        let employer = match contactable(conn, employer)? {
            Ok(employer) => employer,
            Err(why) => {
                without.insert(format!("{employer}: {why}"));
                continue;
            }
        };
        let other = match Slug::parse(provider) {
            Ok(slug) => there(conn, &slug)?.map(|_| slug),
            Err(_) => None,
        };
        if other.is_none() {
            without.insert(format!(
                "{provider} is no organisation of the register: the introduction of {employer} \
                 names the plan alone."
            ));
        }
        let mark = format!("plan-{}", plan.id);
        let body = Introduction {
            kind: IntroductionKind::EmployerProvider,
            organisation: employer.clone(),
            other,
            partnership: Some(plan.partnership.clone()),
            cohort: None,
            reference: Some(mark.clone()),
            state: IntroductionState::Proposed,
            outcomes: Outcomes::default(),
        };
        drafts.push(Draft {
            slug: Some(Slug::of_words([employer.as_str(), provider, mark.as_str()])),
            said: Statement {
                voice: Voice::Partnership,
                by: None,
                on: context.today,
                until: None,
                source: None,
            },
            fictional: pairs.iter().any(|pair| pair.fictional),
            body,
        });
    }
    content.introductions =
        drafts.iter().filter_map(|draft| draft.slug.as_ref().map(Slug::to_string)).collect();
    content.not_introduced = without.into_iter().collect();
    Ok(drafts)
}

/// The employer to be introduced, or why it is not.
fn contactable(conn: &mut Conn, employer: &str) -> Result<Result<Slug, &'static str>, AppError> {
    let Ok(slug) = Slug::parse(employer) else {
        return Ok(Err("it is no organisation of the register."));
    };
    let Some(asked_not) = there(conn, &slug)? else {
        return Ok(Err("it is no organisation of the register any more."));
    };
    Ok(if asked_not { Err("it asked not to be contacted.") } else { Ok(slug) })
}

/// Whether an organisation asked not to be contacted; `None` if it is not there, or is
/// another one by now.
fn there(conn: &mut Conn, slug: &Slug) -> Result<Option<bool>, AppError> {
    let found = match records::find::<Organisation>(conn, slug) {
        Err(StoreError::NotFound) => return Ok(None),
        other => other?,
    };
    let gone = found.ended.is_some() || records::merged_into(conn, slug)?.is_some();
    Ok((!gone).then_some(found.body.do_not_contact))
}
