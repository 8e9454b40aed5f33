//! The log: JSON lines on standard error, one event a line.
//!
//! What people ask is not logged: no event of ours carries the words of a
//! question, a profile or an address typed by a caller.

use tracing_subscriber::{EnvFilter, filter::ParseError, fmt};

/// Sends every event that passes the filter to standard error.
///
/// # Errors
///
/// The filter cannot be read; nothing is logged then.
pub fn start(filter: &str) -> Result<(), ParseError> {
    let filter = EnvFilter::builder().parse(filter)?;
    let subscriber =
        fmt().json().flatten_event(true).with_env_filter(filter).with_writer(std::io::stderr);
    if tracing::subscriber::set_global_default(subscriber.finish()).is_err() {
        tracing::warn!("the log was started before");
    }
    Ok(())
}
