//! JSON bodies that were read and whose rules hold.
//!
//! What is wrong is told apart: not JSON at all (400, with line and column), JSON
//! of another shape (422, with a pointer), a rule broken (422, each with a
//! pointer). Refused values are never repeated: they may be private.

use std::{future::Future, pin::Pin, time::Duration};

use actix_web::{
    FromRequest, HttpMessage, HttpRequest,
    dev::Payload,
    error::PayloadError,
    http::header,
    web::{Bytes, BytesMut},
};
use futures_util::StreamExt;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;
use tokio::time::timeout;
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

use crate::{
    app::{Refusal, guidance},
    web::{
        json_place,
        problem::{Problem, ProblemKind},
        query::shown,
    },
};

/// A body may have so many bytes.
pub const MOST_BODY_BYTES: usize = 65_536;

/// A body may rest for so long before more of it comes, and take so long in all: one that
/// never ends would else hold its connection, and with it a place at the service, for ever.
const REST: Duration = Duration::from_secs(10);
const PATIENCE: Duration = Duration::from_mins(1);

/// A JSON body that was read and whose rules hold.
#[derive(Debug)]
pub struct Valid<T>(pub T);

impl<T: DeserializeOwned + Validate + 'static> FromRequest for Valid<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let body = body(req, payload.take(), MOST_BODY_BYTES);
        Box::pin(async move { read(&body.await?).map(Self) })
    }
}

impl<T: DeserializeOwned + Validate> Valid<T> {
    /// The value of a request's body, for handlers that look at the caller first.
    pub async fn from_body(req: &HttpRequest, payload: Payload) -> Result<Self, Problem> {
        read(&body(req, payload, MOST_BODY_BYTES).await?).map(Self)
    }
}

/// The bytes of a JSON body, if they are not more than `most`.
pub fn body(
    req: &HttpRequest,
    payload: Payload,
    most: usize,
) -> impl Future<Output = Result<Bytes, Problem>> + use<> {
    let kind = media_type(req);
    let encoded = req.headers().contains_key(header::CONTENT_ENCODING);
    async move {
        kind?;
        if encoded {
            let detail = "Send the body without a content encoding.";
            return Err(Problem::new(ProblemKind::UnsupportedMediaType, detail));
        }
        timeout(PATIENCE, collected(payload, most)).await.map_err(|_elapsed| late())?
    }
}

/// The value of a JSON text, if its rules hold.
pub fn read<T: DeserializeOwned + Validate>(bytes: &[u8]) -> Result<T, Problem> {
    let value: T = serde_json::from_slice(bytes).map_err(|e| unread(bytes, &e))?;
    match value.validate() {
        Ok(()) => Ok(value),
        Err(errors) => Err(Problem::invalid(broken_rules(&errors))),
    }
}

fn media_type(req: &HttpRequest) -> Result<(), Problem> {
    let media = req.content_type().to_ascii_lowercase();
    if media == "application/json" || media.ends_with("+json") {
        return Ok(());
    }
    let detail = "Send the body as JSON, with the header Content-Type: application/json.";
    Err(Problem::new(ProblemKind::UnsupportedMediaType, detail)
        .with_header("accept-post", "application/json".to_owned()))
}

async fn collected(mut payload: Payload, most: usize) -> Result<Bytes, Problem> {
    let mut body = BytesMut::new();
    while let Some(chunk) = timeout(REST, payload.next()).await.map_err(|_elapsed| late())? {
        let chunk = chunk.map_err(|error| interrupted(&error, most))?;
        if body.len() + chunk.len() > most {
            return Err(interrupted(&PayloadError::Overflow, most));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

fn late() -> Problem {
    Problem::new(ProblemKind::Timeout, "The body was begun and not finished. Send it again.")
}

fn interrupted(error: &PayloadError, most: usize) -> Problem {
    match error {
        PayloadError::Overflow => {
            Problem::new(ProblemKind::TooLarge, format!("A body here may have {most} bytes."))
        }
        _ => Problem::new(ProblemKind::Malformed, "The body ended before it was complete."),
    }
}

/// Why the bytes are not what was asked for: not JSON, or JSON of another shape.
fn unread(bytes: &[u8], error: &serde_json::Error) -> Problem {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Problem::new(ProblemKind::Malformed, "The body is empty; send a JSON object.");
    }
    // A wrong type may stand before what makes it no JSON at all.
    let broken = serde_json::from_slice::<IgnoredAny>(bytes).err();
    let error = broken.as_ref().unwrap_or(error);
    match error.classify() {
        Category::Data => Problem::invalid(vec![misshapen(bytes, error)]),
        Category::Eof => Problem::new(
            ProblemKind::Malformed,
            format!("The body ends in the middle of its JSON, {}.", place(error)),
        ),
        Category::Syntax | Category::Io => {
            Problem::new(ProblemKind::Malformed, format!("The body is not JSON {}.", place(error)))
        }
    }
}

fn place(error: &serde_json::Error) -> String {
    format!("at line {}, column {}", error.line(), error.column())
}

/// What does not fit, from serde's message, of which the refused value is left out.
fn misshapen(bytes: &[u8], error: &serde_json::Error) -> Refusal {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(head, _)| head);
    let pointer = json_place::pointer(bytes, error.line(), error.column());
    if let Some(missing) = message.strip_prefix("missing field ") {
        let name = missing.trim_matches('`');
        let message = format!("\"{name}\" is missing.");
        return Refusal { field: format!("{pointer}/{name}"), code: "missing", message };
    }
    if message.starts_with("unknown field ") {
        return unknown_field(&pointer, message);
    }
    if message.starts_with("duplicate field ") {
        let message = format!("{} is given twice.", subject(&pointer));
        return Refusal { field: pointer, code: "repeated", message };
    }
    let expected = message.rsplit_once(", expected ").map_or("something else", |(_, what)| what);
    let message = format!("{} must be {}.", subject(&pointer), in_words(expected));
    Refusal { field: pointer, code: "wrong-type", message }
}

fn unknown_field(pointer: &str, message: &str) -> Refusal {
    let name = shown(&json_place::unescaped(pointer.rsplit('/').next().unwrap_or_default()));
    let known = message.rsplit_once("`, expected ").map_or("", |(_, known)| known);
    let names = known.split('`').skip(1).step_by(2);
    let nearest = guidance::nearest(&name, names);
    let hint = nearest.map(|n| format!(" The nearest is \"{n}\".")).unwrap_or_default();
    let message = format!("There is no field \"{name}\" here.{hint}");
    Refusal { field: pointer.to_owned(), code: "unknown-field", message }
}

fn subject(pointer: &str) -> String {
    match pointer.strip_prefix('/') {
        None => "The body".to_owned(),
        Some(path) => format!("\"{}\"", shown(path)),
    }
}

/// serde's names for what it expected, in a client's words.
fn in_words(expected: &str) -> &str {
    match expected {
        "a sequence" => "a list",
        "a map" => "an object",
        "a boolean" => "true or false",
        "f32" | "f64" => "a number",
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number, not negative and not too large",
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number",
        object if object.starts_with("struct ") => "an object",
        other => other,
    }
}

/// The broken rules of a form, each with its pointer; refused values stay out.
pub fn broken_rules(errors: &ValidationErrors) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    gather(errors, "", &mut refusals);
    refusals.sort_by(|a, b| a.field.cmp(&b.field));
    refusals
}

fn gather(errors: &ValidationErrors, above: &str, refusals: &mut Vec<Refusal>) {
    for (name, kind) in errors.errors() {
        // What a value says of itself stands at the value's own place.
        let at = if name.is_empty() { above.to_owned() } else { format!("{above}/{name}") };
        match kind {
            ValidationErrorsKind::Struct(inner) => gather(inner, &at, refusals),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    gather(inner, &format!("{at}/{index}"), refusals);
                }
            }
            ValidationErrorsKind::Field(faults) => {
                refusals.extend(faults.iter().map(|fault| {
                    let message = fault.message.as_ref().map(ToString::to_string);
                    let message = message.unwrap_or_else(|| bounds(name, fault));
                    Refusal { field: at.clone(), code: rule(&fault.code), message }
                }));
            }
        }
    }
}

/// What would be right, from the bounds that a rule has.
fn bounds(name: &str, fault: &ValidationError) -> String {
    let bound = |which: &str| fault.params.get(which);
    match (fault.code.as_ref(), bound("min"), bound("max")) {
        ("length", Some(least), Some(most)) => {
            format!("\"{name}\" has {least} to {most} characters.")
        }
        ("length", None, Some(most)) => format!("\"{name}\" has at most {most} entries."),
        ("range", Some(least), Some(most)) => format!("\"{name}\" is from {least} to {most}."),
        _ => format!("\"{name}\" breaks a rule."),
    }
}

/// The stable word for a validator's rule: its own, where it is one of ours.
fn rule(code: &str) -> &'static str {
    const OURS: [&str; 11] = [
        "length",
        "unknown-value",
        "missing",
        "date",
        "time",
        "pattern",
        "web-address",
        "blank",
        "control-character",
        "repeated",
        "not-opaque",
    ];
    match code {
        "range" => "out-of-range",
        "regex" => "pattern",
        other => OURS.into_iter().find(|ours| *ours == other).unwrap_or("invalid"),
    }
}
