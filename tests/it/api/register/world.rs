//! A small register, made through the API itself: one organisation with a record of each
//! kind that an employer speaks for, another one, and one that is only a draft.

use std::{collections::BTreeMap, sync::Arc};

use actix_web::{http::Method, test::TestRequest};
use chrono::NaiveDateTime;
use pathways::{
    app::{
        AppState, Clock, Snapshot, projector, start,
        tokens::{self, Wish},
    },
    domain::{access::Role, slug::Slug},
    store::{StoreError, records::Author},
    web::{Settings, Site},
};
use serde_json::{Value, json};

use crate::{
    api::support::{Ready, Reply, with},
    contract, shown,
    support::TestStore,
};

/// The kinds in addresses, in an order in which their examples can be written.
pub const KINDS: [&str; 16] = [
    "organisations",
    "signatures",
    "pledges",
    "postures",
    "openings",
    "events",
    "case-studies",
    "introductions",
    "needs",
    "courses",
    "charter/actions",
    "schemes",
    "charter/versions",
    "partnerships",
    "meetings",
    "partnership-actions",
];

/// The name that a list of a kind has in its answer.
pub fn listed(kind: &str) -> String {
    match kind {
        "charter/actions" => "actions".to_owned(),
        kind => kind.replace(['-', '/'], "_"),
    }
}
/// The kinds that belong to no organisation.
pub const KEPT: [&str; 8] = [
    "needs",
    "courses",
    "charter/actions",
    "schemes",
    "charter/versions",
    "partnerships",
    "meetings",
    "partnership-actions",
];
/// The organisation that the employer's token speaks for.
pub const OWN: &str = "brook-bakery";
/// Another one.
pub const OTHER: &str = "crown-garage";
/// One that is not published.
pub const DRAFT: &str = "quiet-mill";
/// What stands in every broker-only text.
pub const SECRET: &str = "only-for-brokers-7731";

/// A site over a store, with a token for each role.
pub struct World {
    pub t: TestStore,
    pub state: Arc<AppState>,
    ready: Ready,
    tokens: BTreeMap<&'static str, String>,
}

impl World {
    /// A register with the reference data, tokens, and no record but those of `OWN`.
    pub async fn small(t: TestStore) -> Self {
        let reference = shown::state().snapshot().reference.clone();
        start::publish(&t.store, &reference, clock()).unwrap();
        let mut world = Self::over(t, BTreeMap::new()).await;
        for role in [Role::Broker, Role::Coordinator, Role::Admin] {
            world.issue(role.as_str(), role, None);
        }
        world.fill(OWN).await;
        world.issue("employer", Role::Employer, Some(OWN));
        world
    }

    /// A small register with the other two organisations.
    pub async fn whole(t: TestStore) -> Self {
        let world = Self::small(t).await;
        world.fill(OTHER).await;
        world.fill(DRAFT).await;
        world
    }

    /// The same store behind a site that was started anew.
    pub async fn restarted(self) -> Self {
        Self::over(self.t, self.tokens).await
    }

    /// The same register at another moment, given in UTC.
    pub async fn at(self, moment: NaiveDateTime) -> Self {
        Self::over_at(self.t, self.tokens, Clock::Fixed(moment)).await
    }

    async fn over(t: TestStore, tokens: BTreeMap<&'static str, String>) -> Self {
        Self::over_at(t, tokens, clock()).await
    }

    async fn over_at(t: TestStore, tokens: BTreeMap<&'static str, String>, clock: Clock) -> Self {
        let library = shown::state().library().clone();
        let reference = shown::state().snapshot().reference.clone();
        let snapshot = Snapshot::new(library.clone(), reference, 1, clock.today()).unwrap();
        let state = AppState::new(library, snapshot, clock).with_store(t.store.clone());
        let state = Arc::new(state);
        let ready = Ready::new(&Site::new(state.clone(), Settings::default())).await;
        Self { t, state, ready, tokens }
    }

    /// Makes a token, known by a name.
    pub fn issue(&mut self, name: &'static str, role: Role, organisation: Option<&str>) -> String {
        let organisation = organisation.map(|slug| Slug::parse(slug).unwrap());
        let wish = Wish { role, organisation, label: None, expires_at: None };
        let author = Author { actor: "operator".to_owned(), role: Role::Admin, token: None };
        let made =
            self.t.store.write_blocking(|conn| tokens::issue(conn, wish, &author, shown::noon()));
        let token: Result<String, StoreError> = made;
        let token = token.unwrap();
        self.tokens.insert(name, token.clone());
        token
    }

    /// Writes an organisation with a record of each kind.
    pub async fn fill(&self, organisation: &str) {
        for kind in KINDS {
            let body = record(kind, organisation);
            let reply = self.post("coordinator", &format!("/{kind}"), &body).await;
            assert_eq!(reply.status, 201, "{kind}: {}", reply.text());
        }
    }

    /// Sends a request in a role, `public` for none.
    pub async fn send(&self, who: &str, request: TestRequest) -> Reply {
        let request = if let Some(token) = self.tokens.get(who) {
            request.insert_header(("authorization", format!("Bearer {token}")))
        } else {
            assert_eq!(who, "public");
            request
        };
        self.ready.send(request).await
    }

    pub async fn get(&self, who: &str, path: &str) -> Reply {
        self.send(who, TestRequest::get().uri(&at(path))).await
    }

    /// Reads JSON that must be there.
    pub async fn read(&self, who: &str, path: &str) -> Value {
        let reply = self.get(who, path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.json()
    }

    pub async fn post(&self, who: &str, path: &str, body: &Value) -> Reply {
        self.send(who, TestRequest::post().uri(&at(path)).set_json(body)).await
    }

    pub async fn post_with(
        &self,
        (who, path): (&str, &str),
        body: &Value,
        headers: &[(&str, &str)],
    ) -> Reply {
        let request = with(TestRequest::post().uri(&at(path)), headers);
        self.send(who, request.set_json(body)).await
    }

    /// Puts a record over the version that a tag names.
    pub async fn put(&self, who: &str, path: &str, (tag, body): (&str, &Value)) -> Reply {
        let request = TestRequest::put().uri(&at(path)).insert_header(("if-match", tag));
        self.send(who, request.set_json(body)).await
    }

    pub async fn delete(&self, who: &str, path: &str, tag: &str) -> Reply {
        let request = TestRequest::delete().uri(&at(path)).insert_header(("if-match", tag));
        self.send(who, request).await
    }

    pub async fn method(&self, who: &str, method: &Method, (path, body): (&str, Value)) -> Reply {
        let request = TestRequest::default().method(method.clone()).uri(&at(path));
        let bodiless = *method == Method::GET || *method == Method::DELETE;
        self.send(who, if bodiless { request } else { request.set_json(body) }).await
    }

    /// Reads a page for people.
    pub async fn page(&self, path: &str) -> Reply {
        self.send("public", TestRequest::get().uri(path)).await
    }

    /// Lets readers see all that is written.
    pub async fn catch_up(&self) {
        while projector::step(&self.t.store, &self.state).await.unwrap() {}
    }

    /// Writes a record that must be taken.
    pub async fn create(&self, path: &str, body: &Value) -> Value {
        let reply = self.post("coordinator", path, body).await;
        assert_eq!(reply.status, 201, "{path}: {}", reply.text());
        reply.json()
    }

    /// Writes a record anew with these fields instead.
    pub async fn change(&self, kind: &str, organisation: &str, fields: &Value) -> Reply {
        let mut body = record(kind, organisation);
        for (name, value) in fields.as_object().unwrap() {
            body[name] = value.clone();
        }
        let path = format!("/{kind}/{}", body["slug"].as_str().unwrap());
        let reply = self.put("coordinator", &path, (&self.tag(&path).await, &body)).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply
    }

    /// The tag of a record.
    pub async fn tag(&self, path: &str) -> String {
        let reply = self.get("coordinator", path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply.header("etag").to_owned()
    }
}

fn at(path: &str) -> String {
    format!("/api/v1{path}")
}

pub fn clock() -> Clock {
    Clock::Fixed(shown::noon())
}

/// The name of an organisation's record of a kind, as [`World::fill`] writes it.
pub fn name(kind: &str, organisation: &str) -> String {
    match kind {
        "organisations" => organisation.to_owned(),
        // What the partnership keeps is nobody's and public: it has no hidden name in it.
        kept if KEPT.contains(&kept) && organisation == DRAFT => {
            format!("third-{}", kept.trim_start_matches("charter/"))
        }
        _ => format!("{organisation}-{}", kind.trim_start_matches("charter/")),
    }
}

/// A record of a kind: the documented example, of an organisation.
pub fn record(kind: &str, organisation: &str) -> Value {
    let body = &contract::document()["paths"][format!("/api/v1/{kind}")]["post"]["requestBody"];
    let mut record = body["content"]["application/json"]["example"].clone();
    record["slug"] = json!(name(kind, organisation));
    if kind == "organisations" {
        record["name"] = json!(format!("{} (fictional)", organisation.replace('-', " ")));
        record["identifiers"] = json!([{"scheme": "GB-COH", "id": number(organisation)}]);
        if organisation == DRAFT {
            record["publication"] = json!("draft");
        }
        record["contacts"].as_array_mut().unwrap().push(json!({"audience": "broker",
            "role_title": "Hiring manager", "channel": "email", "value": format!("{SECRET}@x.example")}));
    } else if !KEPT.contains(&kind) {
        record["organisation"] = json!(organisation);
    }
    match kind {
        "pledges" => {
            record["signature"] = json!(name("signatures", organisation));
            record["owner_role"] = json!("Head of people");
        }
        "postures" => {
            record["broker_note"] = json!(SECRET);
            record["offences"]["note"] = json!(SECRET);
            record["disclosure"]["talk_to_role"] = json!(SECRET);
        }
        "charter/actions" => record["code"] = record["slug"].clone(),
        "introductions" => record["reference"] = json!(SECRET),
        _ => {}
    }
    record
}

fn number(organisation: &str) -> String {
    let sum: u64 =
        organisation.bytes().fold(0, |sum, byte| (sum * 31 + u64::from(byte)) % 99_999_999);
    format!("{sum:08}")
}
