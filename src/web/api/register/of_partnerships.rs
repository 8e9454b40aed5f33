//! `/partnerships/{slug}/meetings` and `/partnerships/{slug}/actions`: what a forum has, in
//! the order in which its members look for it.

use std::cmp::Reverse;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};
use chrono::{NaiveDate, NaiveTime};
use serde_json::{Value, json};
use utoipa::openapi::HttpMethod;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    app::{
        AppError, AppState,
        register::{self, Asked, Condition, Found, Wanted},
    },
    domain::register::{Body, KeptPartnership, RecordKind, Urgency, forum},
    web::{
        api::register::{
            answer, asked,
            asked::Takes,
            documents as docs,
            form::RecordForm,
            kinds,
            meeting::{MeetingForm, PartnershipActionForm},
            reading::{named, shown, wait},
            route::{Route, route},
        },
        caller::Visitor,
        problem::Problem,
    },
};

/// A partnership has at most so many records of a kind that are put in order.
const MOST: i64 = 10_000;

/// A kind of record that each partnership has.
trait OfPartnership: RecordForm {
    /// What it is called in the address and in the answer.
    const LIST: &'static str;
    /// In which order it stands, in a sentence.
    const ORDER: &'static str;
    /// What decides its place.
    type Place: Ord;

    /// Its place.
    fn place(found: &Found<Self::Body>) -> Self::Place;
}

impl OfPartnership for MeetingForm {
    const LIST: &'static str = "meetings";
    const ORDER: &'static str = "Latest first, those to come among them; those of which no day \
                                 is known stand last.";
    type Place = Reverse<(Option<NaiveDate>, Option<NaiveTime>)>;

    fn place(found: &Found<Self::Body>) -> Self::Place {
        let body = &found.record.body;
        Reverse((forum::first_day(&body.held_on), body.starts))
    }
}

impl OfPartnership for PartnershipActionForm {
    const LIST: &'static str = "actions";
    const ORDER: &'static str = "Overdue ones first, then by due date, then those without one, \
                                 and last what is done or dropped.";
    type Place = Urgency;

    fn place(found: &Found<Self::Body>) -> Urgency {
        found.record.body.urgency(found.day)
    }
}

/// The part of the route table about what partnerships have.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_of::<MeetingForm>()).service(list_of::<PartnershipActionForm>());
}

fn list_of<F: OfPartnership>() -> Route {
    let [page, per_page] = docs::paging();
    let example = json!({
        F::LIST: [docs::example::<F>()], "total": 1, "page": 1, "per_page": 20
    });
    let operation = json!({
        "tags": [kinds::tag(RecordKind::Partnership)],
        "operationId": format!("list_{}_of_partnership", F::LIST),
        "summary": format!("List the {} of a partnership", F::LIST),
        "description": format!("Those that count today. {}", F::ORDER),
        "parameters": [docs::slug_parameter(RecordKind::Partnership), page, per_page,
            docs::fields()],
        "responses": {"200": docs::answer("A page of records", &schema_name::<F>(), &example)},
        "security": [{}, {"token": []}],
    });
    let path = format!("/partnerships/{{slug}}/{}", F::LIST);
    route((HttpMethod::Get, path), list::<F>, operation, schemas::<F>)
}

fn schema_name<F: OfPartnership>() -> String {
    format!("{}sOfPartnershipBody", kinds::schema(F::Body::KIND))
}

fn schemas<F: OfPartnership>(all: &mut docs::Schemas) {
    docs::schemas::<F>(all);
    let of = answer::schema_name(F::Body::KIND);
    if let Ok(schema) = serde_json::from_value(docs::page(F::LIST, &of, F::ORDER)) {
        all.push((schema_name::<F>(), schema));
    }
}

async fn list<F: OfPartnership>(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    slug: Path<String>,
) -> Result<HttpResponse, Problem> {
    let caller = visitor.0;
    let request = asked::read::<F>(&req, (&caller, &state.snapshot()), Takes::Page)?;
    wait(&state, request.after_change).await?;
    let slug = named(&slug, RecordKind::Partnership.label())?;
    register::find::<KeptPartnership>(&state, &caller, slug.clone(), None).await?;
    let is = |field, value: String| Condition { field, any_of: vec![Wanted::Is(value)] };
    let conditions = vec![is("partnership", slug.to_string()), is("counts", "true".to_owned())];
    let asked = Asked { conditions, offset: 0, limit: MOST, as_of: None };
    let told = register::list::<F::Body>(&state, &caller, asked).await?;
    if told.what.total > told.what.records.len() as u64 {
        let message = format!("More than {MOST}: list them under their own address.");
        return Err(AppError::refused("slug", "too-many", message).into());
    }
    let mut records = told.what.records;
    records.sort_by_key(F::place);
    let skipped = usize::try_from(request.asked.offset).unwrap_or(usize::MAX);
    let fields = request.fields.as_deref();
    let given = records.iter().skip(skipped).take(request.per_page as usize);
    let given: Vec<Value> =
        given.map(|found| Value::Object(answer::shown::<F>(&caller, found, fields))).collect();
    let body = json!({
        F::LIST: given, "total": records.len(), "page": request.page,
        "per_page": request.per_page,
    });
    Ok(shown(&mut HttpResponse::Ok(), &caller, told.change).json(body))
}
