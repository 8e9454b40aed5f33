//! The moment a request is answered from: one snapshot, so that all parts of an
//! answer belong together, and the headers that say which one it was.

use std::{
    future::Future,
    ops::Deref,
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant},
};

use actix_web::{FromRequest, HttpRequest, HttpResponse, dev::Payload, http::header, web::Data};
use serde::Serialize;

use crate::{
    app::{AppState, Snapshot},
    web::{
        headers,
        problem::{Problem, ProblemKind},
        query::Query,
    },
};

/// How long a reader waits for a change it must see.
const PATIENCE: Duration = Duration::from_secs(2);
/// How often it looks.
const GLANCE: Duration = Duration::from_millis(10);

/// The moment a request is answered from.
///
/// As an extractor it is for addresses whose only parameter is `after_change`: any
/// other is refused.
pub struct Moment(Arc<Snapshot>);

impl Moment {
    /// The present moment, or the first that shows a change; after two seconds, the
    /// present one all the same: the header `x-change` says what is shown.
    pub async fn showing(state: &AppState, change: Option<i64>) -> Self {
        let until = Instant::now() + PATIENCE;
        loop {
            let snapshot = state.snapshot();
            if change.is_none_or(|change| snapshot.change >= change) || Instant::now() >= until {
                return Self(snapshot);
            }
            tokio::time::sleep(GLANCE).await;
        }
    }

    /// What it shows, for work on a thread of its own.
    pub fn shared(&self) -> Arc<Snapshot> {
        self.0.clone()
    }

    /// An answer with this body, to be asked for again before it is used again.
    pub fn answer(&self, body: &impl Serialize) -> HttpResponse {
        self.kept(body, "no-cache")
    }

    /// An answer with this body, to be kept nowhere: it was made from what somebody sent.
    pub fn private_answer(&self, body: &impl Serialize) -> HttpResponse {
        self.kept(body, "no-store")
    }

    fn kept(&self, body: &impl Serialize, how: &'static str) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((headers::CHANGE, self.0.change))
            .insert_header((header::CACHE_CONTROL, how))
            .json(body)
    }
}

impl Deref for Moment {
    type Target = Snapshot;

    fn deref(&self) -> &Snapshot {
        &self.0
    }
}

impl FromRequest for Moment {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let (state, query) = (req.app_data::<Data<AppState>>().cloned(), asked(req));
        Box::pin(async move {
            let change = query?;
            let missing = || Problem::new(ProblemKind::Internal, "There is no state.");
            let state = state.ok_or_else(missing)?;
            Ok(Self::showing(&state, change).await)
        })
    }
}

fn asked(req: &HttpRequest) -> Result<Option<i64>, Problem> {
    let mut query = Query::read(req.query_string())?;
    let change = query.after_change();
    query.finish()?;
    Ok(change)
}
