//! The routes of the register: the same for each kind of record, and what organisations
//! have beside them.

use serde_json::{Value, json};
use utoipa::{ToSchema, openapi::HttpMethod};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::{
    domain::register::{Body, RecordKind},
    web::api::register::{
        batches::{self, BatchBody, BatchForm},
        case_study::CaseStudyForm,
        charter::{ActionForm, CharterVersionForm},
        course::CourseForm,
        documents::{self as docs, Schemas},
        event::EventForm,
        feed,
        form::RecordForm,
        forum::PartnershipForm,
        introduction::IntroductionForm,
        kinds,
        meeting::{MeetingForm, PartnershipActionForm},
        merges,
        need::PartnershipNeedForm,
        of_partnerships,
        opening::OpeningForm,
        organisation::OrganisationForm,
        pledge::{PledgeForm, UpdateForm},
        posture::PostureForm,
        reading,
        route::{Route, route},
        scheme::SchemeForm,
        signature::SignatureForm,
        upkeep,
        writing::{self, ConfirmationForm},
    },
};

/// The part of the route table about the register's records.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.configure(kind::<OrganisationForm>)
        .configure(of_organisations)
        .configure(merges::routes)
        .configure(kind::<SignatureForm>)
        .configure(kind::<PledgeForm>)
        .service(updates())
        .configure(kind::<PostureForm>)
        .configure(kind::<OpeningForm>)
        .configure(upkeep::routes)
        .configure(kind::<EventForm>)
        .configure(kind::<CaseStudyForm>)
        .configure(kind::<IntroductionForm>)
        .configure(of_partnerships::routes)
        .configure(kind::<PartnershipForm>)
        .configure(kind::<MeetingForm>)
        .configure(kind::<PartnershipActionForm>)
        .configure(kind::<PartnershipNeedForm>)
        .configure(kind::<CourseForm>)
        .configure(kind::<ActionForm>)
        .configure(kind::<SchemeForm>)
        .configure(kind::<CharterVersionForm>)
        .configure(feed::routes);
}

/// What each kind has.
fn kind<F: RecordForm>(cfg: &mut ServiceConfig) {
    // Addresses without a name before those with one: the first that fits answers.
    cfg.service(list::<F>())
        .service(create::<F>())
        .service(batch::<F>())
        .service(read::<F>())
        .service(replace::<F>())
        .service(end::<F>())
        .service(confirm::<F>())
        .service(history::<F>());
}

/// The lists that each organisation has.
fn of_organisations(cfg: &mut ServiceConfig) {
    cfg.service(list_of::<SignatureForm>())
        .service(create_signature())
        .service(list_of::<PledgeForm>())
        .service(list_of::<PostureForm>())
        .service(list_of::<OpeningForm>());
}

/// Who may ask: the public too, or only holders of a token.
fn security(kind: RecordKind) -> Value {
    if kind == RecordKind::Introduction {
        json!([{"token": []}])
    } else {
        json!([{}, {"token": []}])
    }
}

fn list<F: RecordForm>() -> Route {
    let kind = F::Body::KIND;
    let operation = json!({
        "tags": [kinds::tag(kind)],
        "operationId": format!("list_{}", kinds::list_name(kind)),
        "summary": format!("List {}", kinds::many(kind)),
        "description": "Those that the caller may see, by name. Filters are OR inside one and \
            AND across them; totals are exact.",
        "parameters": docs::list_parameters(kind),
        "responses": {"200": docs::answer("A page of records", &docs::list_schema_name(kind),
            &docs::example_page::<F>())},
        "security": security(kind),
    });
    let path = format!("/{}", kinds::path(kind));
    route((HttpMethod::Get, path), reading::list::<F>, operation, docs::schemas::<F>)
}

fn create<F: RecordForm>() -> Route {
    let kind = F::Body::KIND;
    let operation = json!({
        "tags": [kinds::tag(kind)],
        "operationId": format!("create_{}", kinds::word(kind)),
        "summary": format!("Create {}", kinds::one(kind)),
        "description": about_create(kind),
        "parameters": [docs::idempotency_key()],
        "requestBody": docs::body("The record", &F::name(), &F::example()),
        "responses": {"201": docs::record_answer::<F>("It was written", true)},
        "security": [{"token": []}],
    });
    let path = format!("/{}", kinds::path(kind));
    route((HttpMethod::Post, path), writing::create::<F>, operation, docs::schemas::<F>)
}

fn about_create(kind: RecordKind) -> &'static str {
    match kind {
        RecordKind::Organisation => {
            "An organisation with a number that another one has is refused; one with a name like \
             another's near the same place is refused with the candidates, unless `confirm_new` \
             is true."
        }
        RecordKind::Signature => "Two years of one organisation may not share a day.",
        RecordKind::Pledge | RecordKind::Posture | RecordKind::Opening => {
            "By the organisation itself, or by a coordinator."
        }
        RecordKind::Introduction => "By brokers and coordinators.",
        RecordKind::Event | RecordKind::CaseStudy => "By coordinators.",
        RecordKind::Need
        | RecordKind::Course
        | RecordKind::Action
        | RecordKind::Scheme
        | RecordKind::CharterVersion
        | RecordKind::Partnership
        | RecordKind::Meeting
        | RecordKind::PartnershipAction => {
            "By coordinators. What the reference data published is among them; what somebody \
             here created, changed or ended stays so when it is published again."
        }
    }
}

fn batch<F: RecordForm>() -> Route {
    fn schemas<F: RecordForm>(all: &mut Schemas) {
        docs::schemas::<F>(all);
        all.push((BatchForm::name().into_owned(), <BatchForm as utoipa::PartialSchema>::schema()));
        all.push((BatchBody::name().into_owned(), <BatchBody as utoipa::PartialSchema>::schema()));
        BatchBody::schemas(all);
    }
    let kind = F::Body::KIND;
    let example = json!({"results": [{"index": 0, "status": 201, "version": 1,
        "slug": docs::example::<F>().get("slug"), "url": docs::example::<F>().get("url")}],
        "total": 1, "created": 1});
    let operation = json!({
        "tags": [kinds::tag(kind)],
        "operationId": format!("create_{}_in_a_batch", kinds::list_name(kind)),
        "summary": format!("Create up to 500 {}", kinds::many(kind)),
        "description": "Each is written or refused by itself, as if it were sent alone, in the \
            order given. With a key, each is done once, however often the batch is sent.",
        "parameters": [docs::idempotency_key()],
        "requestBody": docs::body("The records", &BatchForm::name(),
            &json!({"items": [F::example()]})),
        "responses": {"207": docs::answer("What became of each", &BatchBody::name(), &example)},
        "security": [{"token": []}],
    });
    let path = format!("/{}/batches", kinds::path(kind));
    route((HttpMethod::Post, path), batches::create_batch::<F>, operation, schemas::<F>)
}

fn read<F: RecordForm>() -> Route {
    let kind = F::Body::KIND;
    let mut responses = json!({"200": docs::record_answer::<F>("The record", false)});
    may_have_moved(kind, &mut responses);
    let operation = json!({
        "tags": [kinds::tag(kind)],
        "operationId": format!("show_{}", kinds::word(kind)),
        "summary": format!("Show {}", kinds::one(kind)),
        "parameters": [docs::slug_parameter(kind), docs::as_of(), docs::fields()],
        "responses": responses,
        "security": security(kind),
    });
    route((HttpMethod::Get, one(kind, "")), reading::find::<F>, operation, docs::schemas::<F>)
}

/// Adds the answer for an organisation that is part of another one now.
fn may_have_moved(kind: RecordKind, responses: &mut Value) {
    let moved = json!({"description": "It was merged into another one: `location` says which",
        "headers": {"location": {"description": "Where it is now",
            "schema": {"type": "string"}}}});
    if kind == RecordKind::Organisation
        && let Some(responses) = responses.as_object_mut()
    {
        responses.insert("308".to_owned(), moved);
    }
}

fn replace<F: RecordForm>() -> Route {
    let kind = F::Body::KIND;
    let operation = json!({
        "tags": [kinds::tag(kind)],
        "operationId": format!("replace_{}", kinds::word(kind)),
        "summary": format!("Replace {}", kinds::one(kind)),
        "description": "The whole record as it is from now on; the version before stays in its \
            history. With `If-None-Match: *` instead of `If-Match` it is created under this \
            name.",
        "parameters": [docs::slug_parameter(kind), docs::optional_if_match(), docs::if_none_match()],
        "requestBody": docs::body("The record", &F::name(), &F::example()),
        "responses": {
            "200": docs::record_answer::<F>("It was written, or said all that already", false),
            "201": docs::record_answer::<F>("It was created", true),
        },
        "security": [{"token": []}],
    });
    route((HttpMethod::Put, one(kind, "")), writing::replace::<F>, operation, docs::schemas::<F>)
}

fn end<F: RecordForm>() -> Route {
    let kind = F::Body::KIND;
    let on = docs::query(
        "on",
        "The first day it does not count; today unless given",
        &json!({"type": "string", "format": "date"}),
    );
    let reason = docs::query(
        "reason",
        "Why, in a sentence",
        &json!({"type": "string", "minLength": 1, "maxLength": 500}),
    );
    let operation = json!({
        "tags": [kinds::tag(kind)],
        "operationId": format!("end_{}", kinds::word(kind)),
        "summary": format!("End {}", kinds::one(kind)),
        "description": "It stays, with the day and the reason: nothing is deleted.",
        "parameters": [docs::slug_parameter(kind), docs::if_match(), on, reason],
        "responses": {"200": docs::record_answer::<F>("It ends on that day", false)},
        "security": [{"token": []}],
    });
    route((HttpMethod::Delete, one(kind, "")), writing::end::<F>, operation, docs::schemas::<F>)
}

fn confirm<F: RecordForm>() -> Route {
    fn schemas<F: RecordForm>(all: &mut Schemas) {
        docs::schemas::<F>(all);
        let schema = <ConfirmationForm as utoipa::PartialSchema>::schema();
        all.push((ConfirmationForm::name().into_owned(), schema));
    }
    let kind = F::Body::KIND;
    let operation = json!({
        "tags": [kinds::tag(kind)],
        "operationId": format!("confirm_{}", kinds::word(kind)),
        "summary": format!("Confirm {}", kinds::one(kind)),
        "description": "Somebody who knows stands by it: it is fresh from that day.",
        "parameters": [docs::slug_parameter(kind), docs::if_match()],
        "requestBody": docs::body("The day; today unless said", &ConfirmationForm::name(),
            &json!({"on": "2026-11-23"})),
        "responses": {"200": docs::record_answer::<F>("It was noted", false)},
        "security": [{"token": []}],
    });
    let path = one(kind, "/confirmations");
    route((HttpMethod::Post, path), writing::confirm::<F>, operation, schemas::<F>)
}

fn history<F: RecordForm>() -> Route {
    let kind = F::Body::KIND;
    let [page, per_page] = docs::paging();
    let mut responses = json!({"200": docs::answer("Its versions", &docs::versions_name(kind),
        &docs::example_versions::<F>())});
    may_have_moved(kind, &mut responses);
    let operation = json!({
        "tags": [kinds::tag(kind)],
        "operationId": format!("list_versions_of_{}", kinds::word(kind)),
        "summary": format!("List the versions of {}", kinds::one(kind)),
        "description": "What it was from which day on, first one first; of each version what \
            the caller may see of the record. The organisation itself and coordinators are \
            shown every version there ever was; others those that were to be seen in their \
            time and say something else than the one before.",
        "parameters": [docs::slug_parameter(kind), page, per_page, docs::fields()],
        "responses": responses,
        "security": security(kind),
    });
    let path = one(kind, "/history");
    route((HttpMethod::Get, path), reading::history::<F>, operation, docs::schemas::<F>)
}

fn list_of<F: RecordForm>() -> Route {
    let kind = F::Body::KIND;
    let [page, per_page] = docs::paging();
    let parameters = json!([
        docs::slug_parameter(RecordKind::Organisation),
        docs::as_of(),
        page,
        per_page,
        docs::fields()
    ]);
    let operation = json!({
        "tags": [kinds::path(RecordKind::Organisation)],
        "operationId": format!("list_{}_of_organisation", kinds::list_name(kind)),
        "summary": format!("List the {} of an organisation", kinds::many(kind)),
        "parameters": parameters,
        "responses": {
            "200": docs::answer("A page of records", &docs::list_schema_name(kind),
                &docs::example_page::<F>()),
            "308": {"description": "It was merged into another one: `location` says which"},
        },
        "security": security(kind),
    });
    let path = one(RecordKind::Organisation, &format!("/{}", kinds::path(kind)));
    let handler = reading::list_of_organisation::<F>;
    route((HttpMethod::Get, path), handler, operation, docs::schemas::<F>)
}

fn create_signature() -> Route {
    let kind = RecordKind::Organisation;
    let operation = json!({
        "tags": [kinds::tag(kind)],
        "operationId": "create_signature_of_organisation",
        "summary": "Create a signature of an organisation",
        "description": "As under `/signatures`; `organisation` is the one in the address.",
        "parameters": [docs::slug_parameter(kind), docs::idempotency_key()],
        "requestBody": docs::body("The signature", &SignatureForm::name(),
            &SignatureForm::example()),
        "responses": {"201": docs::record_answer::<SignatureForm>("It was written", true)},
        "security": [{"token": []}],
    });
    let path = one(kind, "/signatures");
    let handler = writing::create_signature;
    route((HttpMethod::Post, path), handler, operation, docs::schemas::<SignatureForm>)
}

fn updates() -> Route {
    fn schemas(all: &mut Schemas) {
        docs::schemas::<PledgeForm>(all);
    }
    let kind = RecordKind::Pledge;
    let mut if_match = docs::if_match();
    if let Some(header) = if_match.as_object_mut() {
        header.insert("required".to_owned(), json!(false));
        let about = "Entity tag of the pledge as it was read; an update that names none adds to \
                     whatever is there";
        header.insert("description".to_owned(), json!(about));
    }
    let operation = json!({
        "tags": [kinds::tag(kind)],
        "operationId": "add_update_to_pledge",
        "summary": "Add an update to a pledge",
        "description": "What was reported on its progress. The answer is the pledge.",
        "parameters": [docs::slug_parameter(kind), docs::idempotency_key(), if_match],
        "requestBody": docs::body("The update", &UpdateForm::name(),
            &json!({"on": "2026-11-20", "progress": "on-track", "value": 5})),
        "responses": {"201": docs::record_answer::<PledgeForm>("It was added", true)},
        "security": [{"token": []}],
    });
    let path = one(kind, "/updates");
    route((HttpMethod::Post, path), writing::add_update, operation, schemas)
}

/// The address of a record, or of something below it.
fn one(kind: RecordKind, below: &str) -> String {
    format!("/{}/{{slug}}{below}", kinds::path(kind))
}
