//! Asking the service in process, and reading what it answers.

use std::{cell::Cell, rc::Rc};

use actix_web::{
    Error,
    body::to_bytes,
    dev::{Service, ServiceResponse},
    http::{
        Method, StatusCode,
        header::{HeaderMap, HeaderName, HeaderValue},
    },
    test::{TestRequest, init_service},
};

use futures_util::{FutureExt, future::LocalBoxFuture};
use pathways::web::{Settings, Site};
use serde_json::Value;

use crate::{contract, shown};

/// What came back.
#[derive(Debug, Clone)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    /// Holds every JSON answer against the OpenAPI document.
    fn must_be_as_documented(&self, method: &str, path: &str) {
        let media = self.header("content-type").split(';').next().unwrap_or_default();
        let plain = self.header("content-encoding").is_empty() && !self.bytes.is_empty();
        if plain && media.ends_with("json") {
            contract::check(method, path, self.status.as_u16(), media, &self.json());
        }
    }

    /// The problem document that this must be.
    pub fn problem(&self, status: u16, slug: &str) -> Value {
        let problem = self.json();
        assert_eq!(self.status.as_u16(), status, "{problem}");
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(problem["type"], format!("/problems/{slug}"), "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        assert!(problem["title"].is_string() && problem["detail"].is_string());
        problem
    }
}

/// A site, ready to be asked in the runtime of one test.
pub struct Ready(Box<dyn Fn(TestRequest) -> Answering>);

type Answering = LocalBoxFuture<'static, (String, String, Result<ServiceResponse, Error>)>;

impl Ready {
    /// Prepares a site.
    pub async fn new(site: &Site) -> Self {
        let app = Rc::new(init_service(site.application()).await);
        Self(Box::new(move |request: TestRequest| {
            let app = app.clone();
            let request = request.to_request();
            let method = request.method().as_str().to_lowercase();
            let path = request.path().to_owned();
            async move { (method, path, app.call(request).await) }.boxed_local()
        }))
    }

    /// Sends one request, and holds the answer against the OpenAPI document.
    pub async fn send(&self, request: TestRequest) -> Reply {
        let (method, path, answer) = self.0(request).await;
        let answer = match answer {
            Ok(answer) => answer.into_parts().1,
            Err(error) => error.error_response(),
        };
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = to_bytes(answer.into_body()).await.unwrap().to_vec();
        let reply = Reply { status, headers, bytes };
        reply.must_be_as_documented(&method, &path);
        reply
    }
}

/// Sends one request to a site.
pub async fn send_to(site: &Site, request: TestRequest) -> Reply {
    Ready::new(site).await.send(request).await
}

/// Sends one request to the site over the shipped content, which each test
/// prepares once.
pub async fn send(request: TestRequest) -> Reply {
    // Never dropped: the runtime of a test is gone before its thread's values are.
    thread_local! {
        static READY: Cell<Option<&'static Ready>> = const { Cell::new(None) };
    }
    let ready = if let Some(ready) = READY.get() {
        ready
    } else {
        let site = Site::new(shown::state(), Settings::default());
        let made = &*Box::leak(Box::new(Ready::new(&site).await));
        READY.set(Some(made));
        made
    };
    ready.send(request).await
}

/// Gets an address.
pub async fn get(uri: &str) -> Reply {
    send(TestRequest::get().uri(uri)).await
}

/// Gets an address with headers.
pub async fn get_with(uri: &str, headers: &[(&str, &str)]) -> Reply {
    send(with(TestRequest::get().uri(uri), headers)).await
}

/// A request with headers.
pub fn with(request: TestRequest, headers: &[(&str, &str)]) -> TestRequest {
    headers.iter().fold(request, |request, (name, value)| {
        let name: HeaderName = name.parse().unwrap();
        request.insert_header((name, HeaderValue::from_str(value).unwrap()))
    })
}

/// A request of any method.
pub fn method(method: Method, uri: &str) -> TestRequest {
    TestRequest::default().method(method).uri(uri)
}

/// Gets an address of the API that must answer 200 with JSON.
pub async fn read(uri: &str) -> Value {
    let reply = get(uri).await;
    assert_eq!(reply.status, StatusCode::OK, "{uri}: {}", reply.text());
    reply.json()
}

/// A query value for an address.
pub fn encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |so_far, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            so_far + &char::from(byte).to_string()
        } else {
            so_far + &format!("%{byte:02X}")
        }
    })
}
