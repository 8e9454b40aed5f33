//! `/search` and `/suggest`.

use actix_web::{HttpRequest, HttpResponse, get, web::Data};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{AppState, guidance},
    domain::search::CompletionKind,
    web::{
        api::search_body::SearchBody, caller::is_anonymous, moment::Moment, problem::Problem,
        query::Query,
    },
};

/// Completions for what was typed so far.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestBody {
    /// The groups that have any, in the order shown.
    pub groups: Vec<CompletionGroupBody>,
    /// How many completions there are.
    pub total: usize,
}

/// Completions of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompletionGroupBody {
    /// `term`, `topic`, or a kind of result.
    pub kind: &'static str,
    /// The words shown above them.
    pub label: &'static str,
    /// The completions, best first.
    pub completions: Vec<CompletionBody>,
}

/// Something that exists and begins like what was typed.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompletionBody {
    /// The words.
    pub text: String,
    /// Its page on this site, or the search for it.
    pub url: String,
    /// How many results a search for the words has.
    pub total: u64,
}

/// Search everything that can be found: guidance and register.
///
/// Filters are OR inside a facet and AND across facets; each repeats
/// (`cohort=refugees&cohort=prison-leavers`), and commas do not split. Without words,
/// everything that passes the filters is listed. A question never fails: words that
/// cannot be used, and all after the 64th, are named in `manifest.ignored`. A page
/// beyond the end is empty, with the right totals. With a place, only what has a known
/// place within reach is found; `manifest.near` says how much has none.
#[utoipa::path(
    tag = "search",
    operation_id = "search",
    params(
        ("q" = Option<String>, Query, description = "The question, as people type it; quotation \
            marks ask for a phrase", example = "can we ask about convictions on the form"),
        ("kind" = Option<Vec<String>>, Query, description = "`passage`, `library`, `action`, \
            `partnership`, `course`, `organisation`, `event`, `case-study`"),
        ("cohort" = Option<Vec<String>>, Query, description = "Whom it is about"),
        ("stage" = Option<Vec<String>>, Query, description = "`make-the-case`, `policy`, \
            `attract`, `select`, `check`, `offer-and-onboard`, `support-and-keep`, `progress`, \
            `measure`"),
        ("topic" = Option<Vec<String>>, Query, description = "What it is about"),
        ("toolkit" = Option<Vec<String>>, Query, description = "The toolkit it stands in"),
        ("format" = Option<Vec<String>>, Query, description = "Guide, checklist, template …"),
        ("status" = Option<Vec<String>>, Query, description = "`current`, `past-review`, `dated`, \
            `superseded`, `unconfirmed`"),
        ("sector" = Option<Vec<String>>, Query, description = "The sector an organisation \
            reports under"),
        ("size" = Option<Vec<String>>, Query, description = "`micro`, `small`, `medium`, `large`"),
        ("district" = Option<Vec<String>>, Query, description = "The district it works in, such \
            as `cherwell`"),
        ("stance" = Option<Vec<String>>, Query, description = "The stance its pledges are made \
            from"),
        ("action" = Option<Vec<String>>, Query, description = "The code of a charter action that \
            was pledged or shown"),
        ("pledge-state" = Option<Vec<String>>, Query, description = "`declared`, `confirmed`, \
            `evidenced`, `outcomes-reported`, `due-for-renewal`"),
        ("recognition" = Option<Vec<String>>, Query, description = "A scheme, or `scheme:level`"),
        ("freshness" = Option<Vec<String>>, Query, description = "`confirmed-90-days`, \
            `confirmed-1-year`, `stale`, `never-confirmed`"),
        ("has-places" = Option<Vec<String>>, Query, description = "`yes`, `not-stated`"),
        ("place" = Option<String>, Query, description = "Only what is near this place: an outward \
            code, a postcode, a town or a district", example = "OX16"),
        ("within_miles" = Option<u32>, Query, description = "How near, in miles: 5, 10, 20 or \
            50; 10 unless given. Needs `place`"),
        ("page" = Option<u32>, Query, description = "The page, from 1 (the default)",
            minimum = 1, maximum = 1_000_000_000),
        ("per_page" = Option<u32>, Query, description = "Results on a page; 20 unless given",
            minimum = 1, maximum = 100),
    ),
    responses((status = 200, description = "A page of results with exact counts",
        body = SearchBody, example = json!({
            "total": 37, "page": 1, "per_page": 20,
            "results": [{
                "kind": "passage", "id": "refugees/right-to-work-checks",
                "title": "Right to work checks, step by step",
                "url": "/toolkits/refugees/right-to-work-checks#online-check",
                "heading": "The online check", "summary": "How to check with a share code.",
                "snippet": {"text": "Ask for the share code.",
                    "html": "Ask for the <mark>share code</mark>.", "ranges": [[12, 22]]},
                "score": 7.31, "parts": [{"what": "share code", "points": 7.31}],
                "reasons": [{"code": "exact", "text": "It has \"share code\""}],
                "as_of": "2026-11-01", "review_by": "2027-05-01", "stale": false, "legal": true
            }],
            "facets": {"cohort": [
                {"value": "refugees", "label": "Refugees", "count": 21, "selected": false}
            ]},
            "corrections": [{"typed": "shaer", "used": "share"}], "expansions": [],
            "manifest": {"change": 4711, "content": "sha256:2c26", "considered": 412,
                "ignored": []}
        }))),
)]
#[get("/search")]
async fn search(req: HttpRequest, state: Data<AppState>) -> Result<HttpResponse, Problem> {
    let mut query = Query::read(req.query_string())?;
    let (question, change) = (query.question(), query.after_change());
    query.finish()?;
    let moment = Moment::showing(&state, change).await;
    let answer = guidance::search(&moment, &question)?;
    if is_anonymous(req.headers()) {
        state.missed().note_search(&moment, &question, answer.total);
    }
    Ok(moment.answer(&SearchBody::new(&moment, &question, answer)))
}

/// Complete what was typed so far.
///
/// Only what exists is given. Fewer than two letters complete to nothing.
#[utoipa::path(
    tag = "search",
    operation_id = "suggest",
    params(
        ("q" = Option<String>, Query, description = "What was typed so far", example = "right to"),
    ),
    responses((status = 200, description = "Completions by kind", body = SuggestBody,
        example = json!({"total": 1, "groups": [{"kind": "term", "label": "Terms", "completions":
            [{"text": "right to work", "url": "/search?q=right+to+work", "total": 14}]}]}))),
)]
#[get("/suggest")]
async fn suggest(req: HttpRequest, state: Data<AppState>) -> Result<HttpResponse, Problem> {
    let mut query = Query::read(req.query_string())?;
    let (typed, change) = (query.text(), query.after_change());
    query.finish()?;
    let moment = Moment::showing(&state, change).await;
    let groups: Vec<CompletionGroupBody> = guidance::suggest(&moment, &typed)?
        .into_iter()
        .map(|group| CompletionGroupBody {
            kind: name(group.kind),
            label: label(group.kind),
            completions: group
                .completions
                .into_iter()
                .map(|one| CompletionBody { text: one.text, url: one.url, total: one.total })
                .collect(),
        })
        .collect();
    let total = groups.iter().map(|group| group.completions.len()).sum();
    Ok(moment.answer(&SuggestBody { groups, total }))
}

const fn name(kind: CompletionKind) -> &'static str {
    match kind {
        CompletionKind::Term => "term",
        CompletionKind::Topic => "topic",
        CompletionKind::Title(kind) => kind.as_str(),
    }
}

const fn label(kind: CompletionKind) -> &'static str {
    match kind {
        CompletionKind::Term => "Terms",
        CompletionKind::Topic => "Topics",
        CompletionKind::Title(kind) => kind.label(),
    }
}

/// The part of the route table about search.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(search).service(suggest);
}
