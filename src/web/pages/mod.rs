//! Pages for people, as HTML.

use actix_web::web::ServiceConfig;

use crate::web::problem::{ProblemBody, ProblemKind};

/// The pages' part of the route table.
pub fn routes(_cfg: &mut ServiceConfig) {}

/// The page shown for a problem.
pub fn error_page(problem: &ProblemBody) -> String {
    format!("<!doctype html><title>Problem</title><p>{}</p>", problem.status)
}

/// The page that describes one kind of problem, or all; `None` for JSON instead.
pub fn problem_page(_one: Option<ProblemKind>) -> Option<String> {
    None
}

/// Whether a page's address also takes a form (POST), for the `Allow` header.
pub fn takes_a_form(_path: &str) -> bool {
    false
}
