//! `/problems`: what each kind of problem means and what to do about it.

use actix_web::{HttpRequest, HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::web::{
    envelope::wants_page,
    pages,
    problem::{Problem, ProblemKind},
};

/// One kind of problem.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemTypeBody {
    /// Its address, as in the `type` of a problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/not-found")]
    pub problem_type: String,
    /// The kind in words.
    #[schema(example = "There is nothing at this address")]
    pub title: String,
    /// The HTTP status it is sent with.
    #[schema(example = 404)]
    pub status: u16,
    /// What it means, and what a client can do about it.
    #[schema(example = "Nothing has this address, or what had it is gone.")]
    pub meaning: String,
}

/// Every kind of problem.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemTypesBody {
    /// The kinds, by status.
    pub problems: Vec<ProblemTypeBody>,
    /// How many there are.
    #[schema(example = 12)]
    pub total: usize,
}

impl From<ProblemKind> for ProblemTypeBody {
    fn from(kind: ProblemKind) -> Self {
        Self {
            problem_type: format!("/problems/{}", kind.slug()),
            title: kind.title().to_owned(),
            status: kind.status().as_u16(),
            meaning: kind.meaning().to_owned(),
        }
    }
}

/// List the kinds of problem.
#[utoipa::path(
    tag = "problems",
    operation_id = "list_problem_types",
    responses((status = 200, description = "Every kind of problem", body = ProblemTypesBody,
        example = json!({"total": 1, "problems": [{"type": "/problems/not-found",
            "title": "There is nothing at this address", "status": 404,
            "meaning": "Nothing has this address, or what had it is gone."}]}))),
)]
#[get("/problems")]
async fn list_problem_types(req: HttpRequest) -> HttpResponse {
    let problems = ProblemKind::ALL.map(ProblemTypeBody::from).into();
    let body = ProblemTypesBody { total: ProblemKind::ALL.len(), problems };
    shown(&req, pages::problem_page(None), &body)
}

/// Describe one kind of problem.
#[utoipa::path(
    tag = "problems",
    operation_id = "show_problem_type",
    params(("name" = String, Path, description = "The kind's name", example = "not-found")),
    responses((status = 200, description = "What it means", body = ProblemTypeBody,
        example = json!({"type": "/problems/not-found",
            "title": "There is nothing at this address", "status": 404,
            "meaning": "Nothing has this address, or what had it is gone."}))),
)]
#[get("/problems/{name}")]
async fn show_problem_type(
    req: HttpRequest,
    name: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let kind = ProblemKind::parse(&name)
        .ok_or_else(|| Problem::new(ProblemKind::NotFound, "There is no such kind of problem."))?;
    Ok(shown(&req, pages::problem_page(Some(kind)), &ProblemTypeBody::from(kind)))
}

fn shown(req: &HttpRequest, page: Option<String>, body: &impl Serialize) -> HttpResponse {
    let page = page.filter(|_| wants_page(req.path(), req.headers()));
    let mut answer = HttpResponse::Ok();
    answer.insert_header(("vary", "accept"));
    match page {
        Some(page) => answer.content_type("text/html; charset=utf-8").body(page),
        None => answer.json(body),
    }
}

/// The part of the route table about problems.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_problem_types).service(show_problem_type);
}
