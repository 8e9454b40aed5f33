//! Many new records in one request: each is written or refused by itself, and the answer
//! says for each what became of it.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Payload},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use validator::Validate;

use crate::{
    app::{
        AppError, AppState,
        register::{self, Item, Key, Outcome},
    },
    domain::register::{Body, texts},
    web::{
        api::register::{
            form::RecordForm,
            kinds,
            reading::shown,
            warning::WarningBody,
            writing::{self, hex},
        },
        caller::Visitor,
        problem::{CandidateBody, FaultBody, Problem},
    },
};

/// A batch may have so many bytes.
pub const MOST_BATCH_BYTES: usize = 4_194_304;

/// New records of one kind.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BatchForm {
    /// The records; each has the fields of the kind's form.
    #[validate(length(min = 1, max = 500, message = "\"items\" has 1 to 500 entries."))]
    #[schema(min_items = 1, max_items = 500, value_type = Vec<Object>)]
    pub items: Vec<Value>,
}

/// What became of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchBody {
    /// One for each record, in their order.
    pub results: Vec<BatchItemBody>,
    /// How many records were sent.
    pub total: usize,
    /// How many of them were written, now or before with the same key.
    pub created: usize,
}

/// What became of one record of a batch.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchItemBody {
    /// Its place among those sent, from 0.
    pub index: usize,
    /// The status it would have had alone.
    #[schema(minimum = 200, maximum = 599)]
    pub status: u16,
    /// Its public name, if it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// Its address in this API, if it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Its version, if it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i64>,
    /// What is wrong with it, if it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The fields that break a rule.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub errors: Vec<FaultBody>,
    /// Records that may be meant instead.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub candidates: Vec<CandidateBody>,
    /// Free texts that look as if they were about a person, if it was written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    pub warnings: Vec<WarningBody>,
}

/// Writes new records, each by itself.
pub async fn create_batch<F: RecordForm>(
    req: HttpRequest,
    state: Data<AppState>,
    visitor: Visitor,
    payload: Payload,
) -> Result<HttpResponse, Problem> {
    let caller = writing::writer::<F>(visitor)?;
    writing::no_parameters(&req)?;
    let key = writing::key(&req, &caller)?;
    let (form, _) = writing::sent::<BatchForm>(&req, payload, MOST_BATCH_BYTES).await?;
    let mut problems = Vec::with_capacity(form.items.len());
    let mut warnings = Vec::with_capacity(form.items.len());
    let mut items = Vec::with_capacity(form.items.len());
    for (nth, value) in form.items.into_iter().enumerate() {
        match item::<F>(&value, key.as_ref().map(|key| (key, nth))) {
            Ok((item, told)) => {
                warnings.push(told);
                items.push(item);
                problems.push(None);
            }
            Err(problem) => {
                warnings.push(Vec::new());
                // Its place is kept; what it is refused for is told below.
                items.push(Item::Refused(AppError::Invalid(problem.errors.clone())));
                problems.push(Some(problem));
            }
        }
    }
    let results = register::create_many::<F::Body>(&state, &caller, items).await?;
    let mut change = 0;
    let mut bodies = Vec::with_capacity(results.len());
    for (index, (result, problem)) in results.into_iter().zip(problems).enumerate() {
        let result = match (result, problem) {
            (Ok(written), _) => Ok(written),
            (Err(_), Some(problem)) => Err(problem),
            (Err(error), None) => Err(Problem::from(error)),
        };
        if let Ok(written) = &result {
            change = change.max(written.change);
        }
        let warnings = warnings.get_mut(index).map(std::mem::take).unwrap_or_default();
        let warnings = if result.is_ok() { warnings } else { Vec::new() };
        bodies.push(BatchItemBody { warnings, ..BatchItemBody::new::<F>(index, result) });
    }
    if change == 0 {
        change = register::position(&state).await?;
    }
    let created = bodies.iter().filter(|one| one.status < 300).count();
    let body = BatchBody { total: bodies.len(), created, results: bodies };
    Ok(shown(&mut HttpResponse::build(StatusCode::MULTI_STATUS), &caller, change).json(body))
}

fn item<F: RecordForm>(
    value: &Value,
    key: Option<(&Key, usize)>,
) -> Result<(Item<F::Body>, Vec<WarningBody>), Problem> {
    let bytes = value.to_string().into_bytes();
    let form: F = writing::form(&bytes)?;
    let key = key.map(|(key, nth)| {
        let hash = hex(&Sha256::digest([F::Body::KIND.as_str().as_bytes(), &bytes].concat()));
        key.part(nth, hash)
    });
    let wish = writing::wish(form, key)?;
    let warnings = WarningBody::all(&texts::said(&wish.draft.said, &wish.draft.body));
    Ok((Item::Wish(Box::new(wish)), warnings))
}

impl BatchItemBody {
    fn new<F: RecordForm>(index: usize, result: Result<register::Written, Problem>) -> Self {
        let empty = Self {
            index,
            status: StatusCode::OK.as_u16(),
            slug: None,
            url: None,
            version: None,
            detail: None,
            errors: Vec::new(),
            candidates: Vec::new(),
            warnings: Vec::new(),
        };
        match result {
            Ok(written) => {
                let status = match written.outcome {
                    Outcome::Created => StatusCode::CREATED,
                    Outcome::Changed | Outcome::Unchanged => StatusCode::OK,
                };
                Self {
                    status: status.as_u16(),
                    url: Some(kinds::url(F::Body::KIND, &written.slug)),
                    slug: Some(written.slug.to_string()),
                    version: Some(written.version),
                    ..empty
                }
            }
            Err(problem) => {
                let body = problem.body("");
                Self {
                    status: body.status,
                    detail: Some(body.detail),
                    errors: body.errors,
                    candidates: body.candidates,
                    ..empty
                }
            }
        }
    }
}
