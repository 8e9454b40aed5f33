//! A feed is read to its end or not at all: each way in which one can lie, be too much,
//! never end or lead astray is told in words, and nothing of it is given.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use pathways::app::oruk::{
    crawl::{Crawled, Most, Remote, crawl},
    fetch::{Limits, Private},
};
use serde_json::{Value, json};

use crate::oruk::world::{hubs, read, uuid};

/// What a tiny server answers.
pub enum Answer {
    /// A body.
    Json(Value),
    /// Bytes that are no JSON.
    Bytes(Vec<u8>),
    /// Only a status.
    Status(u16),
    /// The way to somewhere else.
    Redirect(String),
    /// A body of which another byte comes every now and then, for ever.
    Endless,
    /// Nothing at all, for ever.
    Silence,
}

/// A server on this computer that answers each address by a rule; gone with the test.
pub fn serve(rule: impl Fn(&str) -> Answer + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let rule = Arc::new(rule);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let rule = rule.clone();
            thread::spawn(move || answer(stream, &*rule));
        }
    });
    format!("http://{address}")
}

fn answer(mut stream: TcpStream, rule: &(dyn Fn(&str) -> Answer + Send + Sync)) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let Some(Ok(first)) = lines.next() else { return };
    while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let whole = |status: u16, more: &str, body: &[u8]| {
        let head = format!(
            "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n{more}\r\n",
            body.len()
        );
        [head.as_bytes(), body].concat()
    };
    let bytes = match rule(&path) {
        Answer::Json(body) => whole(200, "", body.to_string().as_bytes()),
        Answer::Bytes(body) => whole(200, "", &body),
        Answer::Status(status) => whole(status, "", b""),
        Answer::Redirect(to) => whole(302, &format!("location: {to}\r\n"), b""),
        Answer::Endless => {
            let _ = stream.write_all(b"HTTP/1.1 200 X\r\ntransfer-encoding: chunked\r\n\r\n");
            while stream.write_all(b"1\r\n \r\n").is_ok() {
                thread::sleep(Duration::from_millis(50));
            }
            return;
        }
        Answer::Silence => {
            thread::sleep(Duration::from_secs(30));
            return;
        }
    };
    let _ = stream.write_all(&bytes);
}

fn parameter(path: &str, name: &str) -> usize {
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let found = query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}=")));
    found.and_then(|value| value.parse().ok()).unwrap_or(1)
}

/// A feed of these services that says what is so, two on a page whatever is asked for.
pub fn honest(services: &[Value], path: &str) -> Answer {
    const PER_PAGE: usize = 2;
    if let Some(id) = path.strip_prefix("/services/") {
        let found = services.iter().find(|one| one["id"] == id);
        return found.map_or(Answer::Status(404), |one| Answer::Json(one.clone()));
    }
    if !path.starts_with("/services?") {
        return Answer::Status(404);
    }
    let (page, pages) = (parameter(path, "page"), services.len().div_ceil(PER_PAGE));
    let shown = services.iter().skip((page - 1) * PER_PAGE).take(PER_PAGE);
    let brief =
        |one: &Value| json!({"id": one["id"], "name": one["name"], "status": one["status"]});
    let contents: Vec<Value> = shown.map(brief).collect();
    Answer::Json(json!({
        "total_items": services.len(), "total_pages": pages, "page_number": page,
        "size": contents.len(), "first_page": page == 1, "last_page": page >= pages,
        "empty": contents.is_empty(), "contents": contents,
    }))
}

fn services() -> Vec<Value> {
    hubs()["services"].as_array().unwrap().clone()
}

fn limits() -> Limits {
    Limits {
        answer_bytes: 20_000,
        all_bytes: 200_000,
        request: Duration::from_secs(2),
        whole: Duration::from_secs(20),
        patience: Duration::from_secs(2),
    }
}

fn fetched(address: &str, private: Private, limits: Limits) -> Result<Crawled, String> {
    let most = Most { pages: 50, things: 100 };
    let mut remote = Remote::new(address, private, limits).map_err(|error| error.to_string())?;
    crawl(&mut remote, most, &mut |_, _| ()).map_err(|error| error.to_string())
}

fn refused(address: &str, limits: Limits) -> String {
    fetched(address, Private::Allowed, limits).expect_err("nothing of it is given")
}

#[test]
fn an_honest_feed_is_read_to_its_end() {
    let address = serve(|path| honest(&services(), path));
    let crawled = fetched(&format!("{address}/"), Private::Allowed, limits()).unwrap();
    assert_eq!(crawled.services, read(&hubs()).services);
    assert_eq!(crawled.organizations, [] as [Value; 0], "it has no such list, and need not");
}

#[test]
fn a_feed_that_says_what_is_not_so_is_refused_in_words() {
    type Lie = fn(usize, &mut Value);
    let lies: [(&str, Lie); 11] = [
        ("no \"contents\"", |_, page| page["contents"] = json!(7)),
        ("does not say its \"total_pages\"", |_, page| page["total_pages"] = json!("2")),
        ("it is empty, and 3 pages were promised", |_, page| {
            (page["total_pages"], page["last_page"]) = (json!(3), json!(page["page_number"] == 3));
        }),
        ("it lists 3 in all, and says it has 4", |_, page| page["total_items"] = json!(4)),
        ("it lists more than the 2 it says", |_, page| page["total_items"] = json!(2)),
        ("an earlier page said", |nth, page| page["total_items"] = json!(3 + nth)),
        ("an earlier page said", |nth, page| {
            (page["total_pages"], page["last_page"]) = (json!(nth + 1), json!(false));
        }),
        ("at most 50 pages and 100 things are read", |_, page| {
            (page["total_pages"], page["last_page"]) = (json!(1_000_000_000), json!(false));
        }),
        ("it says that it is page 7", |_, page| page["page_number"] = json!(7)),
        ("takes page 1 for the last, or not for it", |_, page| page["last_page"] = json!(true)),
        ("something without a UUID", |_, page| page["contents"][0]["id"] = json!("../../etc")),
    ];
    for (words, lie) in lies {
        let address = serve(move |path| match honest(&services(), path) {
            Answer::Json(mut page) if path.starts_with("/services?") => {
                lie(parameter(path, "page"), &mut page);
                Answer::Json(page)
            }
            other => other,
        });
        let said = refused(&address, limits());
        assert!(said.contains(words), "{words}: {said}");
        assert!(said.starts_with("/services"), "it names the list: {said}");
    }
}

#[test]
fn a_feed_that_lists_the_same_again_and_again_is_refused() {
    let address = serve(|path| match honest(&services(), path) {
        Answer::Json(mut page) if path.starts_with("/services?") => {
            let Answer::Json(first) = honest(&services(), "/services?page=1") else { panic!() };
            page["contents"] = first["contents"].clone();
            Answer::Json(page)
        }
        other => other,
    });
    let said = refused(&address, limits());
    assert!(said.contains("something again that an earlier place listed"), "{said}");
}

#[test]
fn what_is_listed_must_be_there_and_be_itself() {
    let address = serve(|path| {
        if path.starts_with("/services/") { Answer::Status(404) } else { honest(&services(), path) }
    });
    assert!(refused(&address, limits()).contains("it is listed, and is not there"));
    let address = serve(|path| {
        if path.starts_with("/services/") {
            Answer::Json(json!({"id": uuid(99), "name": "Other", "status": "active"}))
        } else {
            honest(&services(), path)
        }
    });
    assert!(refused(&address, limits()).contains("another identifier than was asked for"));
}

#[test]
fn a_feed_that_is_huge_or_never_ends_is_left() {
    let huge = |path: &str| {
        if path.starts_with("/services/") {
            Answer::Bytes(vec![b' '; 30_000])
        } else {
            honest(&services(), path)
        }
    };
    assert!(refused(&serve(huge), limits()).contains("longer than 20000 bytes"));
    let all = Limits { all_bytes: 1_500, ..limits() };
    let said = refused(&serve(|path| honest(&services(), path)), all);
    assert!(said.contains("longer than 1500 bytes in all"), "{said}");
    for endless in [|| Answer::Endless, || Answer::Silence] {
        let begun = Instant::now();
        let said = refused(&serve(move |_| endless()), limits());
        assert!(said.contains("takes too long"), "{said}");
        assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    }
    let whole = Limits { whole: Duration::from_millis(300), ..limits() };
    let slow = serve(|path| {
        thread::sleep(Duration::from_millis(200));
        honest(&services(), path)
    });
    assert!(refused(&slow, whole).contains("takes too long"));
}

#[test]
fn an_answer_that_is_none_is_named() {
    for (answer, words) in [
        ((|| Answer::Bytes(b"<html>".to_vec())) as fn() -> Answer, "its answer is not JSON"),
        (|| Answer::Status(500), "it answers 500"),
        (|| Answer::Status(403), "it answers 403"),
        (|| Answer::Status(404), "there is no such list"),
        (|| Answer::Json(json!([1])), "does not say its"),
    ] {
        let said = refused(&serve(move |_| answer()), limits());
        assert!(said.contains(words), "{words}: {said}");
    }
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    assert!(!refused(&format!("http://{gone}"), limits()).is_empty());
}

#[test]
fn a_redirect_is_followed_three_times_and_never_into_another_private_place() {
    let target = serve(|path| honest(&services(), path));
    let own = serve(|path| match path.strip_prefix("/moved") {
        Some(rest) => honest(&services(), rest),
        None => Answer::Redirect(format!("/moved{path}")),
    });
    assert!(fetched(&own, Private::Allowed, limits()).is_ok(), "it moved within its own place");
    let circle = serve(|path| Answer::Redirect(path.to_owned()));
    assert!(refused(&circle, limits()).contains("redirects more than 3 times"));
    let port = target.rsplit(':').next().unwrap().to_owned();
    for host in
        ["127.0.0.1", "localhost", "[::1]", "127.1", "2130706433", "169.254.169.254", "0.0.0.0"]
    {
        let away = format!("http://{host}:{port}");
        let said = refused(&serve(move |path| Answer::Redirect(format!("{away}{path}"))), limits());
        assert!(said.contains("private network") || host == "[::1]", "{host}: {said}");
    }
    for odd in ["file:///etc/passwd", "ftp://e.org/", "gopher://127.0.0.1/", "http:///x"] {
        refused(&serve(move |_| Answer::Redirect(odd.to_owned())), limits());
    }
}

#[test]
fn a_private_address_is_refused_unless_it_is_allowed() {
    let address = serve(|path| honest(&services(), path));
    let port = address.rsplit(':').next().unwrap();
    for host in [
        "127.0.0.1",
        "localhost",
        "0.0.0.0",
        "127.1",
        "0x7f000001",
        "2130706433",
        "[::ffff:127.0.0.1]",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "[fe80::1]",
        "[fd00::1]",
    ] {
        let begun = Instant::now();
        let said =
            fetched(&format!("http://{host}:{port}"), Private::Refused, limits()).unwrap_err();
        // An address of the newer kind is no feed's name here, public or not.
        let newer = host.starts_with('[') && said.contains("no http or https address");
        let refused = said.contains("is not asked; --allow-private allows it");
        assert!(refused || newer, "{host}: {said}");
        assert!(begun.elapsed() < Duration::from_secs(1), "{host}: it was not even tried");
    }
    assert!(fetched(&address, Private::Allowed, limits()).is_ok());
    for odd in ["ftp://e.org", "https://a:b@e.org", "https://e.org/?key=1", "e.org"] {
        let said = fetched(odd, Private::Allowed, limits()).unwrap_err();
        assert!(said.contains("no http or https address"), "{odd}: {said}");
    }
}

#[test]
fn a_feed_that_asks_to_be_asked_later_is_asked_later() {
    use std::sync::atomic::{AtomicU32, Ordering};
    let asked = AtomicU32::new(0);
    let address = serve(move |path| match asked.fetch_add(1, Ordering::Relaxed) {
        1 => Answer::Status(429),
        _ => honest(&services(), path),
    });
    assert_eq!(fetched(&address, Private::Allowed, limits()).unwrap().services.len(), 3);
}
