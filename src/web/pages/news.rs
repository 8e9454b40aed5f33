//! What is new as an Atom feed (RFC 4287): public, and the same for everybody.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{self, Data, ServiceConfig},
};

use chrono::NaiveTime;

use crate::{
    app::{
        AppState, Snapshot, news,
        news::{Item, News},
    },
    domain::{register::RecordKind, table::marked, uk_time},
    web::{
        pages::{
            calendar::register,
            feeds::{escaped, moment},
            layout::SERVICE,
        },
        problem::Problem,
        query::Query,
    },
};

/// The feed's address.
pub const ADDRESS: &str = "/feed.atom";

/// When the naming of entries was settled (RFC 4151).
const SINCE: &str = "2026";

/// The routes of the feed.
pub fn routes(cfg: &mut ServiceConfig) {
    cfg.route(ADDRESS, web::get().to(feed));
}

async fn feed(app: Data<AppState>, request: HttpRequest) -> Result<HttpResponse, Problem> {
    Query::read(request.query_string())?.finish()?;
    let items = news::news(&app).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .content_type("application/atom+xml; charset=utf-8")
        .body(written(&app.snapshot(), &items)))
}

fn written(snapshot: &Snapshot, items: &[Item]) -> String {
    let register = register(snapshot);
    // Before anything is new, the content is as old as the charter.
    let charter = snapshot.reference.charter.as_ref();
    let begun = charter.map_or_else(Default::default, |one| one.provenance.as_of);
    let updated = items.first().map_or_else(|| begun.and_time(NaiveTime::MIN), |i| i.updated);
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en-GB\">\n\
         <id>tag:pathways,{SINCE}:{register}</id>\n<title>{SERVICE}: what is new</title>\n\
         <updated>{}</updated>\n<author><name>{SERVICE}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{ADDRESS}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"/\"/>\n",
        moment(updated),
    );
    let entries = items.iter().map(|item| entry(register, &told(snapshot, item), item));
    std::iter::once(head).chain(entries).collect::<String>() + "</feed>\n"
}

/// What is told of an item.
struct Told {
    title: String,
    text: String,
    path: String,
}

fn entry(register: &str, told: &Told, item: &Item) -> String {
    let kind = item.what.kind();
    format!(
        "<entry>\n<id>tag:pathways,{SINCE}:{register}/{kind}/{}</id>\n<title>{}</title>\n\
         <updated>{}</updated>\n<published>{}</published>\n<category term=\"{kind}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n\
         <content type=\"text\">{}</content>\n</entry>\n",
        item.slug,
        escaped(&marked(&told.title, item.fictional)),
        moment(item.updated),
        moment(item.published),
        escaped(&told.path),
        escaped(&told.text),
    )
}

fn told(snapshot: &Snapshot, item: &Item) -> Told {
    let owner = item.owner.as_ref();
    let name = owner.map_or("The partnership", |(_, name)| name);
    let own = match item.what.kind() {
        RecordKind::Event => format!("/events/{}", item.slug),
        RecordKind::CaseStudy => format!("/case-studies/{}", item.slug),
        _ => owner.map_or_else(|| "/".to_owned(), |(slug, _)| format!("/organisations/{slug}")),
    };
    let (title, text) = match &item.what {
        News::Organisation(body) => {
            let about = body.description.as_deref().unwrap_or(body.kind.label());
            (format!("In the register: {}", body.name), about.to_owned())
        }
        News::Signature(body) => {
            let (from, to) = (day(body.starts_on), day(body.ends_on));
            (format!("{name} signed the charter"), format!("For the year from {from} to {to}."))
        }
        News::Pledge(body) => {
            let action = body.action.as_deref().and_then(|code| snapshot.reference.action(code));
            let about = action.map(|one| format!(": {}", one.label)).unwrap_or_default();
            (format!("{name} pledged{about}"), body.text.clone())
        }
        News::Opening(body) => {
            let about = body.description.as_deref().unwrap_or(body.work_type.label());
            let until = body.closes_on.map(|on| format!(" Apply by {}.", day(on)));
            let about = format!("{about}{}", until.unwrap_or_default());
            (format!("Opening at {name}: {}", body.title), about)
        }
        News::Event(body) => {
            let on = day(uk_time::day(body.starts_at));
            (format!("Event on {on}: {}", body.title), body.summary.clone())
        }
        News::CaseStudy(body) => (format!("Case study: {}", body.title), body.summary.clone()),
    };
    Told { title, text, path: own }
}

fn day(day: chrono::NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
