//! Fetching somebody's feed over HTTP, as from somebody who may mean harm.
//!
//! An address is judged after its name was looked up, and exactly the addresses that were
//! judged are connected to: a name cannot lead elsewhere in between, nor can a redirect.
//! No proxy is used, since it would look names up by itself. Every wait, every answer and
//! the whole has a limit. Answers are asked for uncompressed, so none can unfold.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    time::{Duration, Instant},
};

use serde_json::Value;
use ureq::{
    Agent,
    config::Config,
    http::Uri,
    tls::{RootCerts, TlsConfig, TlsProvider},
    unversioned::{
        resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver},
        transport::{DefaultConnector, NextTimeout},
    },
};

/// What a feed may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of one answer.
    pub answer_bytes: u64,
    /// Bytes of all answers.
    pub all_bytes: u64,
    /// How long one request may take.
    pub request: Duration,
    /// How long all of it may take.
    pub whole: Duration,
    /// How long to wait at most where the feed asks to be asked later.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            answer_bytes: 16 * 1024 * 1024,
            all_bytes: 256 * 1024 * 1024,
            request: Duration::from_secs(30),
            whole: Duration::from_hours(1),
            patience: Duration::from_mins(1),
        }
    }
}

/// Redirects that one request follows.
const MOST_REDIRECTS: u32 = 3;
/// How often one request is sent again because the feed asks to be asked later.
const MOST_WAITS: u32 = 5;

/// Whether addresses that are not of the public network may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Private {
    /// They may at the host and port that was named, and nowhere that it redirects to.
    Allowed,
    /// They are refused.
    Refused,
}

/// Why something could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// The address is not one of the web.
    #[error("{0:?} is no http or https address")]
    Address(String),
    /// It leads into a private network.
    #[error(
        "{0} is an address of a private network, of this computer or of no network, and is not \
         asked; --allow-private allows it"
    )]
    Private(IpAddr),
    /// It redirects too often.
    #[error("it redirects more than {MOST_REDIRECTS} times")]
    Redirects,
    /// One answer is too long.
    #[error("an answer is longer than {0} bytes")]
    AnswerTooLong(u64),
    /// All answers together are too long.
    #[error("the feed is longer than {0} bytes in all")]
    FeedTooLong(u64),
    /// It takes too long.
    #[error("it takes too long: {0}")]
    TooSlow(String),
    /// It answers something else than was asked for.
    #[error("it answers {0}")]
    Status(u16),
    /// It answers what is not JSON.
    #[error("its answer is not JSON")]
    NotJson,
    /// Whatever else can go wrong on the way.
    #[error("{0}")]
    Broken(String),
}

/// Somebody who fetches one feed.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    limits: Limits,
    bytes_left: u64,
    until: Instant,
}

impl Client {
    /// A client for the feed at an address that has spent nothing yet.
    pub fn new(address: &str, private: Private, limits: Limits) -> Self {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::NativeTls)
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let config = Agent::config_builder()
            .proxy(None)
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(MOST_REDIRECTS)
            .max_redirects_will_error(true)
            .timeout_global(Some(limits.request))
            .timeout_resolve(Some(limits.request))
            .timeout_connect(Some(limits.request.min(Duration::from_secs(10))))
            .accept("application/json")
            .accept_encoding("identity")
            .user_agent(concat!("pathways/", env!("CARGO_PKG_VERSION")))
            .build();
        let own = address.parse().ok().filter(|_| private == Private::Allowed);
        let own = own.as_ref().and_then(host_and_port);
        let resolver = Judging { inner: DefaultResolver::default(), own };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        let until = Instant::now() + limits.whole;
        Self { agent, limits, bytes_left: limits.all_bytes, until }
    }

    /// The JSON at an address; `None` if there is nothing (404).
    ///
    /// # Errors
    ///
    /// [`FetchError`].
    pub fn get(&mut self, address: &str) -> Result<Option<Value>, FetchError> {
        let mut waits = 0;
        loop {
            let left = self.until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                let whole = format!("more than {} s in all", self.limits.whole.as_secs());
                return Err(FetchError::TooSlow(whole));
            }
            let request = self.agent.get(address).config();
            let request = request.timeout_global(Some(left.min(self.limits.request))).build();
            let mut answer = request.call().map_err(told)?;
            match answer.status().as_u16() {
                200 => {
                    let most = self.limits.answer_bytes.min(self.bytes_left);
                    let body = answer.body_mut().with_config().limit(most).read_to_vec();
                    let body = body.map_err(|error| self.too_long(error))?;
                    self.bytes_left = self.bytes_left.saturating_sub(body.len() as u64);
                    let read = serde_json::from_slice(&body);
                    return read.map(Some).map_err(|_no_json| FetchError::NotJson);
                }
                404 => return Ok(None),
                429 | 503 if waits < MOST_WAITS => {
                    waits += 1;
                    let asked = answer.headers().get("retry-after");
                    let asked = asked.and_then(|value| value.to_str().ok()?.parse().ok());
                    let wait = Duration::from_secs(asked.unwrap_or(1));
                    if wait > self.limits.patience {
                        return Err(FetchError::Status(answer.status().as_u16()));
                    }
                    std::thread::sleep(wait);
                }
                status => return Err(FetchError::Status(status)),
            }
        }
    }

    fn too_long(&self, error: ureq::Error) -> FetchError {
        match error {
            ureq::Error::BodyExceedsLimit(_) if self.bytes_left < self.limits.answer_bytes => {
                FetchError::FeedTooLong(self.limits.all_bytes)
            }
            error => told(error),
        }
    }
}

fn told(error: ureq::Error) -> FetchError {
    match error {
        ureq::Error::BodyExceedsLimit(most) => FetchError::AnswerTooLong(most),
        ureq::Error::TooManyRedirects => FetchError::Redirects,
        ureq::Error::Timeout(_) => {
            FetchError::TooSlow("an answer did not come, or not to its end, in time".to_owned())
        }
        ureq::Error::BadUri(_) => FetchError::Broken("it leads to what is no address".to_owned()),
        ureq::Error::HostNotFound => FetchError::Broken("there is no such host".to_owned()),
        ureq::Error::Io(error) => match error.get_ref().and_then(|e| e.downcast_ref::<Refused>()) {
            Some(Refused(address)) => FetchError::Private(*address),
            None => FetchError::Broken(error.to_string()),
        },
        error => FetchError::Broken(error.to_string()),
    }
}

/// Looks names up and lets through only what may be asked.
#[derive(Debug)]
struct Judging {
    inner: DefaultResolver,
    /// The host and port that may be private.
    own: Option<String>,
}

fn host_and_port(uri: &Uri) -> Option<String> {
    DefaultResolver::host_and_port(uri.scheme()?, uri.authority()?).map(|it| it.to_lowercase())
}

/// An address that may not be asked.
#[derive(Debug, thiserror::Error)]
#[error("{0} is not public")]
struct Refused(IpAddr);

impl Resolver for Judging {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        // One private address among public ones is as suspicious as none but it.
        let private = found.iter().map(std::net::SocketAddr::ip).find(|ip| !is_public(*ip));
        match private {
            Some(address) if self.own.is_none() || self.own != host_and_port(uri) => {
                Err(io::Error::new(io::ErrorKind::PermissionDenied, Refused(address)).into())
            }
            _ => Ok(found),
        }
    }
}

/// Whether an address belongs to the public network, as far as the registries of
/// special-purpose addresses (RFC 6890 and its updates) tell.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_documentation()
        || address.is_multicast();
    let this_network = a == 0;
    let shared = a == 100 && (b & 0xc0) == 64;
    let protocols = (a, b, c) == (192, 0, 0) || (a, b, c) == (192, 88, 99);
    let benchmarks = a == 198 && (b & 0xfe) == 18;
    let reserved = a >= 240;
    !(special || this_network || shared || protocols || benchmarks || reserved)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // An address of the older kind in the clothes of the newer is judged as that one.
    if let Some(inner) = embedded(address) {
        return is_public_v4(inner);
    }
    let [a, b, ..] = address.segments();
    let global = (a & 0xe000) == 0x2000;
    let documentation = (a, b) == (0x2001, 0x0db8) || (a & 0xfff0) == 0x3ff0;
    let protocols = a == 0x2001 && b < 0x0200;
    global && !documentation && !protocols
}

/// The older address within a newer: mapped, compatible, translated (NAT64) or 6to4.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| {
        let [a, b] = high.to_be_bytes();
        let [c, d] = low.to_be_bytes();
        Ipv4Addr::new(a, b, c, d)
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff | 0, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_and_special_addresses_are_not_public_in_any_clothes() {
        for text in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "192.0.0.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "240.0.0.1",
            "203.0.113.7",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
            "::7f00:1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        for text in [
            "8.8.8.8",
            "151.101.1.1",
            "172.15.0.1",
            "172.32.0.1",
            "100.128.0.1",
            "2606:4700::1",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }
}
