//! Numbers for operators: requests by route template and status, and how long
//! they took. No address, no query, no body.

use std::sync::OnceLock;

use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

/// Requests answered.
const REQUESTS: &str = "pathways_http_requests_total";
/// Seconds from request to answer.
const SECONDS: &str = "pathways_http_request_seconds";
/// Upper bounds of the classes of [`SECONDS`].
const BOUNDS: [f64; 10] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5];

/// The recorder of this process: the first call installs it.
///
/// A process has one recorder, wherever it counts; if another was installed before,
/// ours stays empty.
pub fn recorder() -> &'static PrometheusHandle {
    static RECORDER: OnceLock<PrometheusHandle> = OnceLock::new();
    RECORDER.get_or_init(|| {
        let builder = PrometheusBuilder::new();
        let seconds = Matcher::Full(SECONDS.to_owned());
        let bounded = builder.set_buckets_for_metric(seconds, &BOUNDS);
        let recorder = bounded.unwrap_or_default().build_recorder();
        let handle = recorder.handle();
        if metrics::set_global_recorder(recorder).is_err() {
            tracing::warn!("another recorder of metrics was installed before");
        }
        metrics::describe_counter!(REQUESTS, "Requests answered, by route, method and status");
        metrics::describe_histogram!(SECONDS, "Seconds from request to answer, by route");
        handle
    })
}

/// Notes one answered request.
pub fn request(route: &str, method: &str, status: u16, seconds: f64) {
    let (route, method) = (route.to_owned(), method.to_owned());
    let labels = [("route", route.clone()), ("method", method), ("status", status.to_string())];
    metrics::counter!(REQUESTS, &labels).increment(1);
    metrics::histogram!(SECONDS, "route" => route).record(seconds);
}
