//! Standing searches as Atom feeds (RFC 4287) at secret addresses, in pages that lead from
//! one to the next (RFC 5005).
//!
//! Only what everybody may read stands in them. They are kept by no cache that others
//! share, and listed by no search engine.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data, Path, ServiceConfig},
};

use crate::{
    app::{
        AppState,
        standing::{self, Feed, Line},
    },
    web::{problem::Problem, query::Query},
};

/// The routes of feeds.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route("/feeds/{secret}.atom", web::get().to(feed));
}

async fn feed(
    app: Data<AppState>,
    request: HttpRequest,
    secret: Path<String>,
) -> Result<HttpResponse, Problem> {
    let mut query = Query::read(request.query_string())?;
    let before = query.number("before", 1, i64::MAX);
    query.finish()?;
    let feed = standing::feed(&app, &secret, before).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((header::REFERRER_POLICY, "no-referrer"))
        .insert_header(("x-robots-tag", "noindex, nofollow, noarchive"))
        .content_type("application/atom+xml; charset=utf-8")
        .body(written(&feed, before)))
}

/// The feed as XML. Its links hold no secret: a reader knows where it is.
fn written(feed: &Feed, before: Option<i64>) -> String {
    let id = feed.search.id;
    let need = &feed.search.need;
    let newest = feed.lines.first().map_or(feed.search.created_at, |line| line.at);
    let place = need.place.as_deref().map(|code| format!(" near {code}")).unwrap_or_default();
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>urn:pathways:standing-search:{id}</id>\n<title>Pathways: {}</title>\n\
         <updated>{}</updated>\n<author><name>Pathways</name></author>\n",
        escaped(&format!("{}{place}", need.cohort)),
        moment(newest),
    );
    let last = feed.lines.last().filter(|_| feed.more);
    let next = last.map(|last| format!("<link rel=\"next\" href=\"?before={}\"/>\n", last.number));
    let first = before.map(|_| "<link rel=\"first\" href=\"?\"/>\n".to_owned());
    let entries = feed.lines.iter().map(|line| entry(id, line));
    let parts = std::iter::once(head).chain(next).chain(first).chain(entries);
    parts.collect::<String>() + "</feed>\n"
}

fn entry(search: i64, line: &Line) -> String {
    let at = moment(line.at);
    format!(
        "<entry>\n<id>urn:pathways:standing-search:{search}:{}</id>\n<title>{}</title>\n\
         <updated>{at}</updated>\n<published>{at}</published>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"/organisations/{}\"/>\n\
         <content type=\"text\">{}</content>\n</entry>\n",
        line.number,
        escaped(&line.title),
        escaped(&line.organisation),
        escaped(&line.why),
    )
}

/// A moment, given in UTC, as Atom has it.
pub(super) fn moment(at: chrono::NaiveDateTime) -> String {
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A text as XML has it; characters that XML does not have are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && !matches!(c, '\n' | '\t') => {}
            '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}
