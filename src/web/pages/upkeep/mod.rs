//! The page by which an employer keeps up what it said about a group: no account, no
//! script, one answer.
//!
//! Its address is a secret. It is kept by no cache, sent to nobody as where a reader came
//! from, and listed by no search engine. Looking changes nothing; answering takes the
//! secret and a form of this page, and no cookie is involved that another site could make
//! use of.

mod form;
mod said;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{self, Data, Path, ServiceConfig},
};
use maud::Markup;

use crate::{
    app::{
        AppError, AppState,
        upkeep::{self, Answer, Look},
    },
    web::{
        pages::upkeep::form::{Fault, Sent},
        problem::{Problem, ProblemKind},
    },
};

/// The routes of the page.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/upkeep/{secret}", web::get().to(look))
        .route("/upkeep/{secret}", web::post().to(answered));
}

async fn look(app: Data<AppState>, secret: Path<String>) -> Result<HttpResponse, Problem> {
    let found = upkeep::look(&app, &secret).await?;
    Ok(page(&app, &secret, (&found, None)))
}

/// What a link leads to, with what was sent and is wrong.
fn page(
    app: &AppState,
    secret: &str,
    (found, sent): (&Look, Option<(&Sent, &[Fault])>),
) -> HttpResponse {
    let (snapshot, today) = (app.snapshot(), app.clock.today());
    match found {
        Look::Open(open) => {
            let status =
                if sent.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            private(status, &form::page(&snapshot, secret, (open, today), sent))
        }
        Look::Answered(answer, on) => private(StatusCode::OK, &said::before(*answer, *on)),
        Look::Nothing => private(StatusCode::NOT_FOUND, &said::nothing()),
    }
}

async fn answered(
    app: Data<AppState>,
    request: HttpRequest,
    (secret, body): (Path<String>, String),
) -> Result<HttpResponse, Problem> {
    let from_elsewhere = request.headers().get("sec-fetch-site");
    if from_elsewhere.is_some_and(|site| site.as_bytes() == b"cross-site") {
        let detail = "The answer came from another site's page.";
        return Err(Problem::new(ProblemKind::Forbidden, detail));
    }
    let sent = Sent::read(&body)?;
    let answer: Result<Answer, Vec<Fault>> = sent.answer();
    let faults = match answer {
        Ok(answer) => match upkeep::answer(&app, &secret, answer).await {
            Ok(done) => {
                let (snapshot, today) = (app.snapshot(), app.clock.today());
                return Ok(private(StatusCode::OK, &said::recorded(&snapshot, &done, today)));
            }
            Err(AppError::Invalid(refusals)) => {
                let fault = |one: crate::app::Refusal| ("stance".to_owned(), one.message);
                refusals.into_iter().map(fault).collect()
            }
            // Answered or run out meanwhile: the page says so.
            Err(AppError::Conflict { .. } | AppError::NotFound(_)) => Vec::new(),
            Err(error) => return Err(error.into()),
        },
        Err(faults) => faults,
    };
    let found = upkeep::look(&app, &secret).await?;
    Ok(page(&app, &secret, (&found, Some((&sent, &faults)))))
}

/// A page at a secret address.
fn private(status: StatusCode, markup: &Markup) -> HttpResponse {
    HttpResponse::build(status)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header(("x-robots-tag", "noindex, nofollow, noarchive"))
        .content_type("text/html; charset=utf-8")
        .body(markup.0.clone())
}
