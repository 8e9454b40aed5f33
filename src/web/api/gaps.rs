//! Coverage and gaps of partnerships, and questions that found nothing.

use actix_web::{
    HttpRequest, HttpResponse, get,
    web::{Data, Path},
};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{AppError, AppState, Refusal, gaps, guidance, missed},
    domain::{
        access::Caller,
        coverage::{Coverage, Covers, Gap, GapKind, NeedSeen},
        missed::Missed,
        register::{NeedState, Priority},
    },
    web::{
        api::{
            gap_bodies::{GapBody, NeedCoverageBody},
            register::reading::shown,
        },
        caller::Visitor,
        moment::Moment,
        problem::Problem,
        query::Query,
    },
};

/// The needs of a partnership with the runs that meet them.
#[derive(Debug, Serialize, ToSchema)]
pub struct CoverageBody {
    /// The partnership.
    #[schema(example = "care")]
    pub partnership: String,
    /// The needs: what matters most first.
    pub needs: Vec<NeedCoverageBody>,
    /// How many there are in all, of those asked for.
    pub total: usize,
    /// The page.
    pub page: u32,
    /// Needs on a page.
    pub per_page: u32,
    /// The day for which runs were judged.
    pub day: NaiveDate,
    /// Version of the published policy.
    pub policy_version: String,
}

/// The gaps of a partnership.
#[derive(Debug, Serialize, ToSchema)]
pub struct GapsBody {
    /// The partnership.
    #[schema(example = "care")]
    pub partnership: String,
    /// The gaps: what matters most first.
    pub gaps: Vec<GapBody>,
    /// How many there are in all, of those asked for.
    pub total: usize,
    /// The page.
    pub page: u32,
    /// Gaps on a page.
    pub per_page: u32,
    /// How many needs of the partnership stand.
    pub needs: usize,
    /// Questions that found nothing and touch the partnership's name, sectors or needs, the
    /// most asked first.
    pub missed: Vec<MissedBody>,
    /// The day for which runs were judged.
    pub day: NaiveDate,
    /// Version of the published policy.
    pub policy_version: String,
}

/// Questions that found nothing.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissedQuestionsBody {
    /// The questions, the most asked first.
    pub missed_questions: Vec<MissedBody>,
    /// How many there are in all.
    pub total: usize,
    /// The page.
    pub page: u32,
    /// Questions on a page.
    pub per_page: u32,
    /// From so many times on a question is shown.
    #[schema(example = 5)]
    pub shown_from: i64,
}

/// A question that found nothing, without what was typed.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissedBody {
    /// `search`, or `match` for an employer's match that found no partnership or training.
    #[schema(example = "search")]
    pub kind: String,
    /// The words that are left of it, sorted.
    #[schema(example = json!(["evening", "welding"]))]
    pub words: Vec<String>,
    /// How often it was asked.
    #[schema(example = 7)]
    pub count: i64,
    /// The month in which it was asked last.
    #[schema(example = "2026-11", pattern = "^[0-9]{4}-[0-9]{2}$")]
    pub month: String,
}

impl From<&Missed> for MissedBody {
    fn from(missed: &Missed) -> Self {
        Self {
            kind: missed.kind.to_string(),
            words: missed.words.clone(),
            count: missed.count,
            month: missed.month.format("%Y-%m").to_string(),
        }
    }
}

/// Who may look: coordinators.
fn coordinator(visitor: Visitor) -> Result<Caller, Problem> {
    let caller = visitor.signed_in()?;
    if !caller.keeps() {
        return Err(AppError::Forbidden("Coverage and gaps are for coordinators.").into());
    }
    Ok(caller)
}

/// The words of a list that a parameter names.
fn words<W: Copy + PartialEq + 'static>(
    query: &mut Query,
    name: &'static str,
    all: &'static [W],
    known: fn(W) -> &'static str,
) -> Vec<W> {
    let mut found = Vec::new();
    for text in query.every(name) {
        if let Some(word) = all.iter().find(|word| known(**word) == text) {
            found.push(*word);
        } else {
            let near = guidance::nearest(&text, all.iter().map(|word| known(*word)));
            let hint = near.map(|near| format!(" The nearest is \"{near}\"."));
            let message = format!("There is no such {name}.{}", hint.unwrap_or_default());
            let field = name.to_owned();
            query.refuse(Refusal { field, code: "unknown-value", message });
        }
    }
    found
}

/// What is asked of needs, whichever list they stand in.
struct Wanted {
    priorities: Vec<Priority>,
    states: Vec<NeedState>,
    page: u32,
    per_page: u32,
}

impl Wanted {
    fn read(query: &mut Query) -> Self {
        Self {
            priorities: words(query, "priority", Priority::ALL, Priority::as_str),
            states: words(query, "state", NeedState::ALL, NeedState::as_str),
            page: query.page(),
            per_page: query.per_page(),
        }
    }

    fn takes(&self, need: &NeedSeen) -> bool {
        let priority = self.priorities.is_empty()
            || need.priority.is_some_and(|one| self.priorities.contains(&one));
        priority && (self.states.is_empty() || self.states.contains(&need.state))
    }

    fn cut<'a, T>(&self, all: &'a [T]) -> impl Iterator<Item = &'a T> + use<'a, T> {
        let skipped = (self.page as usize - 1).saturating_mul(self.per_page as usize);
        all.iter().skip(skipped).take(self.per_page as usize)
    }
}

/// Show which course runs meet which needs of a partnership.
///
/// Each need that stands, with the runs that cover it in full or in part, and why, by the
/// criteria of the matching policy. Worked out anew from the register as it is: with
/// `after_change`, as it is after a write. For coordinators.
#[utoipa::path(
    tag = "register",
    operation_id = "list_coverage_of_partnership",
    params(
        ("partnership" = String, Path, description = "The partnership's name here",
            example = "care"),
        ("covers" = Option<Vec<String>>, Query, description = "Only needs that are covered \
            `full`, `partial` or `none`; may repeat"),
        ("priority" = Option<Vec<String>>, Query, description = "Only `high`, `medium`, `low`; \
            may repeat"),
        ("state" = Option<Vec<String>>, Query, description = "Only `open`, `partly-met`; may \
            repeat"),
        ("page" = Option<u32>, Query, description = "Page, from 1", minimum = 1),
        ("per_page" = Option<u32>, Query, description = "Needs on a page; 20 unless given",
            minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "A page of needs with the runs that meet them",
        body = CoverageBody, example = json!({
            "partnership": "care", "total": 1, "page": 1, "per_page": 20,
            "day": "2026-11-23", "policy_version": "2026-11.2",
            "needs": [{
                "need": {"slug": "care-night-care-workers", "title": "Night care workers",
                    "url": "/api/v1/needs/care-night-care-workers", "soc": ["6135"],
                    "headcount": 10, "state": "open", "modes": [], "cohorts": [],
                    "as_of": "2026-10-01"},
                "covers": "full", "wanted": 10, "places": 12, "meeting": 1, "run_count": 1,
                "runs": [{"covers": "full", "fit": 100.0, "provider": "town-college",
                    "provider_name": "Town College", "course": "start-in-care",
                    "title": "Start in care", "url": "/courses/start-in-care", "run": 0,
                    "starts_on": "2027-01-12", "places": 12, "as_of": "2026-10-01",
                    "parts": [{"criterion": "skills", "weight": 35, "points": 35.0,
                        "verdict": "met",
                        "text": "It teaches for the occupation asked for, SOC 6135."}]}]}]}))),
    security(("token" = [])),
)]
#[get("/partnerships/{partnership}/coverage")]
async fn list_coverage_of_partnership(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    partnership: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = coordinator(visitor)?;
    let mut query = Query::read(req.query_string())?;
    let covers = words(&mut query, "covers", Covers::ALL, Covers::as_str);
    let (wanted, change) = (Wanted::read(&mut query), query.after_change());
    query.finish()?;
    let moment = Moment::showing(&state, change).await;
    let (forum, mut needs) = gaps::coverage(&moment, &partnership)?;
    let takes = |one: &Coverage| covers.is_empty() || covers.contains(&one.covers);
    needs.retain(|one| takes(one) && wanted.takes(&one.need));
    let body = CoverageBody {
        partnership: forum.slug.to_string(),
        total: needs.len(),
        needs: wanted.cut(&needs).map(NeedCoverageBody::from).collect(),
        page: wanted.page,
        per_page: wanted.per_page,
        day: moment.today,
        policy_version: moment.policy().version.clone(),
    };
    Ok(shown(&mut HttpResponse::Ok(), &caller, moment.change).json(body))
}

/// List the gaps of a partnership: needs that nothing meets, or too little.
///
/// Each with the nearest run or course, what that lacks and what would close the gap.
/// Nothing of it is stored: a gap tests itself again whenever the register changes. Beside
/// them stand questions that found nothing. For coordinators.
#[utoipa::path(
    tag = "register",
    operation_id = "list_gaps_of_partnership",
    params(
        ("partnership" = String, Path, description = "The partnership's name here",
            example = "care"),
        ("kind" = Option<Vec<String>>, Query, description = "Only `none`, `too-few`, \
            `not-known`; may repeat"),
        ("priority" = Option<Vec<String>>, Query, description = "Only `high`, `medium`, `low`; \
            may repeat"),
        ("state" = Option<Vec<String>>, Query, description = "Only `open`, `partly-met`; may \
            repeat"),
        ("page" = Option<u32>, Query, description = "Page, from 1", minimum = 1),
        ("per_page" = Option<u32>, Query, description = "Gaps on a page; 20 unless given",
            minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "A page of gaps", body = GapsBody,
        example = json!({
            "partnership": "care", "total": 1, "page": 1, "per_page": 20, "needs": 4,
            "day": "2026-11-23", "policy_version": "2026-11.2",
            "missed": [{"kind": "search", "words": ["evening", "welding"], "count": 7,
                "month": "2026-11"}],
            "gaps": [{
                "need": {"slug": "care-night-care-workers", "title": "Night care workers",
                    "url": "/api/v1/needs/care-night-care-workers", "soc": ["6135"],
                    "headcount": 40, "state": "open", "modes": [], "cohorts": [],
                    "as_of": "2026-10-01"},
                "kind": "none", "label": "Nothing meets it", "wanted": 40, "places": 0,
                "text": "No course that we know teaches anything like it.", "lacking": [],
                "would_change": ["A course that teaches for it, with a run and places."]}]}))),
    security(("token" = [])),
)]
#[get("/partnerships/{partnership}/gaps")]
async fn list_gaps_of_partnership(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    partnership: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = coordinator(visitor)?;
    let mut query = Query::read(req.query_string())?;
    let kinds = words(&mut query, "kind", GapKind::ALL, GapKind::as_str);
    let (wanted, change) = (Wanted::read(&mut query), query.after_change());
    query.finish()?;
    let moment = Moment::showing(&state, change).await;
    let found = gaps::gaps(&moment, &partnership)?;
    let forum = found.partnership;
    let takes = |gap: &Gap| kinds.is_empty() || kinds.contains(&gap.kind);
    let mut all = found.gaps;
    all.retain(|gap| takes(gap) && wanted.takes(&gap.need));
    let missed = missed::list(&state, &caller).await?;
    let missed = missed::touching(&missed, forum, &moment);
    let body = GapsBody {
        partnership: forum.slug.to_string(),
        total: all.len(),
        gaps: wanted.cut(&all).map(GapBody::from).collect(),
        page: wanted.page,
        per_page: wanted.per_page,
        needs: forum.needs.len(),
        missed: missed.into_iter().map(MissedBody::from).collect(),
        day: moment.today,
        policy_version: moment.policy().version.clone(),
    };
    Ok(shown(&mut HttpResponse::Ok(), &caller, moment.change).json(body))
}

/// List questions that found nothing.
///
/// Searches of the public without a result, and employers' matches that found no
/// partnership or training, from the fifth time on. Of a question nothing is kept but a few
/// sorted words; nobody who asked is known, and nothing is counted that came with a token.
/// For coordinators.
#[utoipa::path(
    tag = "search",
    operation_id = "list_missed_questions",
    params(
        ("page" = Option<u32>, Query, description = "Page, from 1", minimum = 1),
        ("per_page" = Option<u32>, Query, description = "Questions on a page; 20 unless given",
            minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "A page of questions", body = MissedQuestionsBody,
        example = json!({"total": 1, "page": 1, "per_page": 20, "shown_from": 5,
            "missed_questions": [{"kind": "search", "words": ["evening", "welding"], "count": 7,
                "month": "2026-11"}]}))),
    security(("token" = [])),
)]
#[get("/missed-questions")]
async fn list_missed_questions(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
) -> Result<HttpResponse, Problem> {
    let caller = coordinator(visitor)?;
    let mut query = Query::read(req.query_string())?;
    let (page, per_page, change) = (query.page(), query.per_page(), query.after_change());
    query.finish()?;
    let moment = Moment::showing(&state, change).await;
    let all = missed::list(&state, &caller).await?;
    let skipped = (page as usize - 1).saturating_mul(per_page as usize);
    let some = all.iter().skip(skipped).take(per_page as usize);
    let body = MissedQuestionsBody {
        missed_questions: some.map(MissedBody::from).collect(),
        total: all.len(),
        page,
        per_page,
        shown_from: crate::domain::missed::SHOWN_FROM,
    };
    Ok(shown(&mut HttpResponse::Ok(), &caller, moment.change).json(body))
}

/// The part of the route table about coverage, gaps and missed questions.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_coverage_of_partnership)
        .service(list_gaps_of_partnership)
        .service(list_missed_questions);
}
