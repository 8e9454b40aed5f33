//! Asking the service in process, and reading what it answers.

use actix_web::{
    body::to_bytes,
    dev::Service,
    http::{
        Method, StatusCode,
        header::{HeaderMap, HeaderName, HeaderValue},
    },
    test::{TestRequest, init_service},
};
use pathways::web::{Settings, Site};
use serde_json::Value;

use crate::shown;

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

/// The site over the shipped content.
pub fn site() -> Site {
    Site::new(shown::state(), Settings::default())
}

/// Sends one request to a site.
pub async fn send_to(site: &Site, request: TestRequest) -> Reply {
    let app = init_service(site.application()).await;
    let answer = match app.call(request.to_request()).await {
        Ok(answer) => answer.into_parts().1,
        Err(error) => error.error_response(),
    };
    let (status, headers) = (answer.status(), answer.headers().clone());
    let bytes = to_bytes(answer.into_body()).await.unwrap().to_vec();
    Reply { status, headers, bytes }
}

/// Sends one request to the site over the shipped content.
pub async fn send(request: TestRequest) -> Reply {
    send_to(&site(), request).await
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

/// Gets an address that must answer 200 with JSON.
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
