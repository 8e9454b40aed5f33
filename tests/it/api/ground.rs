//! What every address has in common: problems, headers, tags, limits.

use std::{
    io,
    sync::{Arc, Mutex},
};

use actix_web::{
    http::{Method, StatusCode},
    test::TestRequest,
};
use pathways::web::{Settings, Site};

use crate::{
    api::support::{Ready, get, get_with, method, read, send, with},
    shown,
};

#[actix_web::test]
async fn an_unknown_address_is_a_problem_document() {
    let problem = get("/api/v1/nothing").await.problem(404, "not-found");
    assert!(problem.get("errors").is_none(), "absent rather than empty");
    get("/nothing").await.problem(404, "not-found");
}

#[actix_web::test]
async fn an_address_says_which_methods_it_takes() {
    let reply = send(method(Method::POST, "/health/live")).await;
    reply.problem(405, "method-not-allowed");
    assert_eq!(reply.header("allow"), "GET, HEAD");
    let preflight = with(method(Method::OPTIONS, "/health/live"), &[("origin", "https://e.org")]);
    let reply = send(preflight).await;
    reply.problem(405, "method-not-allowed");
    assert_eq!(reply.header("access-control-allow-origin"), "", "no other site may read");
    send(method(Method::DELETE, "/api/v1/nothing")).await.problem(404, "not-found");
}

#[actix_web::test]
async fn a_trailing_slash_leads_to_the_address_without_it_and_nowhere_else() {
    let reply = get("/health/live/?a=b").await;
    assert_eq!(reply.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(reply.header("location"), "/health/live?a=b");
    get("/nothing/").await.problem(404, "not-found");
    assert_ne!(get("//health/live/").await.status, StatusCode::PERMANENT_REDIRECT);
    assert_ne!(get("//example.org/").await.status, StatusCode::PERMANENT_REDIRECT);
}

#[actix_web::test]
async fn head_answers_as_get_without_the_body() {
    let (got, head) = (get("/problems").await, send(method(Method::HEAD, "/problems")).await);
    assert_eq!((head.status, head.bytes.len()), (StatusCode::OK, 0));
    assert_eq!(head.header("etag"), got.header("etag"));
    assert!(!got.bytes.is_empty());
}

#[actix_web::test]
async fn a_caller_that_has_the_bytes_is_told_so() {
    let tag = get("/problems").await.header("etag").to_owned();
    assert!(tag.starts_with('"') && tag.len() == 34, "strong: {tag}");
    for list in [tag.clone(), format!("W/{tag}"), format!("\"x\", {tag}"), "*".to_owned()] {
        let reply = get_with("/problems", &[("if-none-match", &list)]).await;
        assert_eq!((reply.status, reply.bytes.len()), (StatusCode::NOT_MODIFIED, 0), "{list}");
        assert_eq!(reply.header("etag"), tag);
    }
    let other = get_with("/problems", &[("if-none-match", "\"x\"")]).await;
    assert_eq!(other.status, StatusCode::OK);
    assert_eq!(get("/health/ready").await.header("etag"), "", "not stored");
}

#[actix_web::test]
async fn a_compressed_answer_has_a_weak_tag_that_still_matches() {
    let zipped = get_with("/problems", &[("accept-encoding", "gzip")]).await;
    assert_eq!(zipped.header("content-encoding"), "gzip");
    let tag = zipped.header("etag");
    assert!(tag.starts_with("W/"), "{tag}");
    assert_eq!(get_with("/problems", &[("if-none-match", tag)]).await.status, 304);
    get_with("/problems", &[("accept-encoding", "identity;q=0, x;q=1")])
        .await
        .problem(406, "not-acceptable");
}

#[actix_web::test]
async fn every_answer_carries_an_id_and_the_security_headers() {
    for uri in ["/problems", "/nothing", "/api/docs/", "/metrics"] {
        let reply = get(uri).await;
        assert_eq!(reply.header("x-request-id").len(), 32, "{uri}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{uri}");
        assert!(reply.header("content-security-policy").contains("default-src 'none'"), "{uri}");
    }
    let kept = get_with("/nothing", &[("x-request-id", "Case-4.7_a")]).await;
    assert_eq!(kept.problem(404, "not-found")["request_id"], "Case-4.7_a");
    for bad in ["a b", "", &"a".repeat(65), "<script>"] {
        assert_ne!(
            get_with("/nothing", &[("x-request-id", bad)]).await.header("x-request-id"),
            bad
        );
    }
}

#[actix_web::test]
async fn people_are_shown_a_page_and_programs_a_document() {
    let browser = &[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    let page = get_with("/nothing", browser).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    get_with("/api/v1/nothing", browser).await.problem(404, "not-found");
    get_with("/oruk/v3/nothing", browser).await.problem(404, "not-found");
    get_with("/apiary", &[("accept", "*/*")]).await.problem(404, "not-found");
}

#[actix_web::test]
async fn a_caller_that_asks_too_often_is_told_when_to_come_back() {
    let site = Site::new(shown::state(), Settings { rate_limit: 2 });
    // Made ready once: within the second, on a slow machine too.
    let ready = Ready::new(&site).await;
    let ask = |uri: &str| TestRequest::get().uri(uri).peer_addr("10.0.0.9:1".parse().unwrap());
    let other = || TestRequest::get().uri("/problems").peer_addr("10.0.0.8:1".parse().unwrap());
    ready.send(other()).await;
    let first = ready.send(ask("/problems")).await;
    assert_eq!(first.header("ratelimit-policy"), "\"caller\";q=2;w=1");
    assert_eq!(first.header("ratelimit"), "\"caller\";r=1;t=1");
    ready.send(ask("/problems")).await;
    let third = ready.send(ask("/problems")).await;
    third.problem(429, "too-many-requests");
    assert_eq!(third.header("retry-after"), "1");
    assert_eq!(ready.send(other()).await.status, StatusCode::OK);
    assert_eq!(ready.send(ask("/health/live")).await.status, StatusCode::OK, "never limited");
}

#[actix_web::test]
async fn addresses_that_are_no_text_are_refused_and_not_a_failure() {
    get("/problems/%FF").await.problem(404, "not-found");
    get("/problems/%00").await.problem(404, "not-found");
}

#[actix_web::test]
async fn each_kind_of_problem_has_its_page() {
    let list = read("/problems").await;
    let problems = list["problems"].as_array().unwrap();
    assert_eq!(list["total"], problems.len());
    for problem in problems {
        let own = read(problem["type"].as_str().unwrap()).await;
        assert_eq!(&own, problem);
    }
    get("/problems/nothing").await.problem(404, "not-found");
}

#[actix_web::test]
async fn operators_see_that_the_service_lives_and_what_it_shows() {
    assert_eq!(read("/health/live").await["status"], "live");
    let ready = read("/health/ready").await;
    assert_eq!((&ready["status"], &ready["change"]), (&"ready".into(), &1.into()));
    assert!(ready["documents"].as_u64().unwrap() > 100);
    get("/problems?secret=words").await;
    let numbers = get("/metrics").await;
    assert!(numbers.text().contains("route=\"/problems\""), "{}", numbers.text());
    assert!(!numbers.text().contains("secret"));
}

#[actix_web::test]
async fn the_documentation_is_served_whole_by_us() {
    assert_eq!(get("/api/docs").await.header("location"), "/api/docs/");
    let front = get("/api/docs/").await;
    assert_eq!(front.status, StatusCode::OK);
    assert!(front.header("content-security-policy").contains("script-src 'self'"));
    assert!(!front.text().contains("http"), "loads nothing from elsewhere");
    let start = get("/api/docs/swagger-initializer.js").await;
    assert!(start.text().contains("/api/openapi.json"), "{}", start.text());
    get("/api/docs/nothing.js").await.problem(404, "not-found");
    assert_eq!(read("/api/openapi.json").await["openapi"], "3.1.0");
}

/// What a subscriber wrote.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[actix_web::test]
async fn the_log_has_the_route_and_the_status_and_nothing_that_was_asked() {
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    // With only one subscriber alive, tracing asks the thread that first meets a line
    // whether anybody listens, and other tests run in other threads: hence a second.
    let second = tracing::Dispatch::new(tracing_subscriber::registry());
    let quiet = tracing::subscriber::set_default(subscriber);
    get("/api/v1/search?q=Rumpelstilzchen&page=2").await;
    get("/api/v1/search?Rumpelstilzchen=1").await;
    get("/Rumpelstilzchen").await;
    let body = serde_json::json!({"question": "Rumpelstilzchen", "place": "OX16 5QA"});
    for uri in ["/api/v1/matches/employer", "/api/v1/action-plans?Rumpelstilzchen=2"] {
        send(TestRequest::post().uri(uri).set_json(&body)).await;
    }
    drop((quiet, second));
    let log = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("GET /api/v1/search answered 200"), "{log}");
    assert!(log.contains("POST /api/v1/matches/employer answered 200"), "{log}");
    assert!(log.contains("GET unmatched answered 404"), "{log}");
    assert!(!log.contains("umpelstilzchen") && !log.contains("OX16"), "{log}");
}
