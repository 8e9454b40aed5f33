//! Reading the whole of a feed, page by page, and believing nothing that it says of
//! itself: how many pages, how many things, which page this is.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    app::oruk::fetch::{Client, FetchError, Limits, Private},
    domain::oruk::is_uuid,
};

/// What a feed may have.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    /// Pages of one list.
    pub pages: u64,
    /// Things of one list.
    pub things: usize,
}

impl Default for Most {
    fn default() -> Self {
        Self { pages: 2_000, things: 20_000 }
    }
}

/// Things asked for on a page.
const PER_PAGE: usize = 100;

/// A feed that was read to its end.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Crawled {
    /// Services in full.
    pub services: Vec<Value>,
    /// Organisations.
    pub organizations: Vec<Value>,
    /// Taxonomies.
    pub taxonomies: Vec<Value>,
    /// Terms.
    pub terms: Vec<Value>,
}

/// Why a feed could not be read to its end.
#[derive(Debug, thiserror::Error)]
pub enum CrawlError {
    /// An address could not be fetched.
    #[error("{address}: {error}")]
    Fetch {
        /// The address, below the feed's own.
        address: String,
        /// What went wrong.
        error: FetchError,
    },
    /// A page is not what the standard says, or not what an earlier page promised.
    #[error("{address}: {why}")]
    Dishonest {
        /// The address, below the feed's own.
        address: String,
        /// What is wrong.
        why: String,
    },
    /// A file is not what can be imported.
    #[error("{0}")]
    File(String),
}

/// How far the reading of a feed has come: so many of so many services.
pub type Told<'a> = &'a mut dyn FnMut(usize, usize);

/// Where a feed's answers come from.
pub trait Source {
    /// What is at an address below the feed's own; `None` if there is nothing.
    ///
    /// # Errors
    ///
    /// [`FetchError`].
    fn get(&mut self, below: &str) -> Result<Option<Value>, FetchError>;
}

/// A feed at an address of the web.
#[derive(Debug)]
pub struct Remote {
    base: String,
    client: Client,
}

impl Remote {
    /// The feed at an address.
    ///
    /// # Errors
    ///
    /// [`FetchError::Address`] if it is none.
    pub fn new(address: &str, private: Private, limits: Limits) -> Result<Self, FetchError> {
        let base = base(address).ok_or_else(|| FetchError::Address(address.to_owned()))?;
        let client = Client::new(&base, private, limits);
        Ok(Self { base, client })
    }

    /// The address by which its things are known.
    pub fn base(&self) -> &str {
        &self.base
    }
}

impl Source for Remote {
    fn get(&mut self, below: &str) -> Result<Option<Value>, FetchError> {
        self.client.get(&format!("{}{below}", self.base))
    }
}

/// The address of a feed in one way of writing; `None` if it is none, or has in it what
/// must not stand in a register.
pub fn base(address: &str) -> Option<String> {
    let plain = address.trim().trim_end_matches('/');
    let (scheme, rest) = plain.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let web = matches!(scheme.as_str(), "http" | "https");
    let clean = !rest.is_empty() && !rest.contains(['?', '#', '@', ' ', '\\']);
    let whole = format!("{scheme}://{rest}");
    (web && clean && crate::domain::oruk::is_uri(&whole)).then_some(whole)
}

/// Reads a feed.
///
/// # Errors
///
/// [`CrawlError`]; nothing of a feed that fails anywhere is given.
pub fn crawl<S: Source>(source: &mut S, most: Most, told: Told<'_>) -> Result<Crawled, CrawlError> {
    let mut services = Vec::new();
    let listed = list(source, "/services", most, true)?;
    for (nth, brief) in listed.iter().enumerate() {
        let id = brief.get("id").and_then(Value::as_str).unwrap_or_default();
        let address = format!("/services/{id}");
        let whole = fetched(source, &address)?;
        let whole = whole.ok_or_else(|| dishonest(&address, "it is listed, and is not there"))?;
        let own = whole.get("id").and_then(Value::as_str);
        if own.is_none_or(|own| !own.eq_ignore_ascii_case(id)) {
            return Err(dishonest(&address, "it has another identifier than was asked for"));
        }
        services.push(whole);
        told(nth + 1, listed.len());
    }
    Ok(Crawled {
        services,
        organizations: list(source, "/organizations", most, false)?,
        taxonomies: list(source, "/taxonomies", most, false)?,
        terms: list(source, "/taxonomy_terms", most, false)?,
    })
}

/// All things of a list; none where the feed has no such list and need not.
fn list<S: Source>(
    source: &mut S,
    path: &str,
    most: Most,
    required: bool,
) -> Result<Vec<Value>, CrawlError> {
    let mut things: Vec<Value> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut promised: Option<Promise> = None;
    for page in 1.. {
        let address = format!("{path}?page={page}&per_page={PER_PAGE}");
        let lies = |why: String| CrawlError::Dishonest { address: address.clone(), why };
        let Some(body) = fetched(source, &address)? else {
            if page == 1 && !required {
                return Ok(Vec::new());
            }
            return Err(lies("there is no such list".to_owned()));
        };
        let promise = Promise::read(&body, page).map_err(lies)?;
        let first = *promised.get_or_insert(promise);
        if promise != first {
            return Err(lies(format!(
                "it says {promise}, and an earlier page said {first}; perhaps it was changed meanwhile"
            )));
        }
        if first.pages > most.pages || first.things > most.things {
            let (pages, things) = (most.pages, most.things);
            return Err(lies(format!(
                "it says {first}; at most {pages} pages and {things} things are read"
            )));
        }
        let contents = body.get("contents").and_then(Value::as_array);
        let contents = contents.ok_or_else(|| lies("it has no \"contents\"".to_owned()))?;
        for thing in contents {
            let id = thing.get("id").and_then(Value::as_str).filter(|id| is_uuid(id));
            let id = id.ok_or_else(|| lies("it lists something without a UUID".to_owned()))?;
            if !seen.insert(id.to_lowercase()) {
                return Err(lies("it lists something again that an earlier place listed".into()));
            }
            things.push(thing.clone());
        }
        if things.len() > first.things {
            return Err(lies(format!("it lists more than the {} it says it has", first.things)));
        }
        if contents.is_empty() && first.things > 0 {
            return Err(lies(format!("it is empty, and {} pages were promised", first.pages)));
        }
        if page >= first.pages {
            break;
        }
    }
    match promised {
        Some(promise) if things.len() != promise.things => Err(dishonest(
            path,
            &format!("it lists {} in all, and says it has {}", things.len(), promise.things),
        )),
        _ => Ok(things),
    }
}

/// What a page says of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Promise {
    pages: u64,
    things: usize,
}

impl Promise {
    fn read(body: &Value, page: u64) -> Result<Self, String> {
        let number = |name: &str| body.get(name).and_then(Value::as_u64);
        let missing = |name: &str| format!("it does not say its \"{name}\"");
        let things = number("total_items").ok_or_else(|| missing("total_items"))?;
        let pages = number("total_pages").ok_or_else(|| missing("total_pages"))?;
        if let Some(own) = number("page_number").filter(|own| *own != page) {
            return Err(format!("it says that it is page {own}"));
        }
        let last = body.get("last_page").and_then(Value::as_bool);
        if last.is_some_and(|last| last != (page >= pages)) {
            return Err(format!(
                "of {pages} pages it takes page {page} for the last, or not for it"
            ));
        }
        Ok(Self { pages, things: usize::try_from(things).unwrap_or(usize::MAX) })
    }
}

impl std::fmt::Display for Promise {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} pages and {} things", self.pages, self.things)
    }
}

fn fetched<S: Source>(source: &mut S, address: &str) -> Result<Option<Value>, CrawlError> {
    let failed = |error| CrawlError::Fetch { address: address.to_owned(), error };
    source.get(address).map_err(failed)
}

fn dishonest(address: &str, why: &str) -> CrawlError {
    CrawlError::Dishonest { address: address.to_owned(), why: why.to_owned() }
}

/// Reads a feed that stands in one file: an object with `services` (or, as a page has them,
/// `contents`), and perhaps `organizations`, `taxonomies` and `taxonomy_terms`; or services
/// in a list.
///
/// # Errors
///
/// [`CrawlError::File`].
pub fn from_file(text: &[u8], most: Most) -> Result<Crawled, CrawlError> {
    let wrong = |why: &str| CrawlError::File(why.to_owned());
    let body: Value = serde_json::from_slice(text).map_err(|_no_json| wrong("it is not JSON"))?;
    let list = |name: &str| body.get(name).and_then(Value::as_array).cloned();
    let services = body.as_array().cloned().or_else(|| list("services"));
    let services =
        services.or_else(|| list("contents")).ok_or_else(|| wrong("it has no \"services\""))?;
    let crawled = Crawled {
        services,
        organizations: list("organizations").unwrap_or_default(),
        taxonomies: list("taxonomies").unwrap_or_default(),
        terms: list("taxonomy_terms").unwrap_or_default(),
    };
    let lists = [&crawled.services, &crawled.organizations, &crawled.taxonomies, &crawled.terms];
    for things in lists {
        if things.len() > most.things {
            return Err(CrawlError::File(format!("it has more than {} of a kind", most.things)));
        }
        let mut seen = BTreeSet::new();
        for id in things.iter().filter_map(|one| one.get("id").and_then(Value::as_str)) {
            if !seen.insert(id.to_lowercase()) {
                return Err(wrong("it has the same identifier twice"));
            }
        }
    }
    Ok(crawled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_written_one_way_and_holds_no_secret() {
        assert_eq!(base(" HTTPS://e.org/oruk/v3/ ").as_deref(), Some("https://e.org/oruk/v3"));
        for bad in [
            "ftp://e.org",
            "e.org",
            "https://",
            "https://u:p@e.org",
            "https://e.org?key=1",
            "file:///etc/passwd",
        ] {
            assert_eq!(base(bad), None, "{bad}");
        }
    }
}
