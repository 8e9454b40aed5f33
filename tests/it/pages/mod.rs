//! The pages as a browser without scripts gets them.

mod colours;
mod crawl;
mod documents;
mod journeys;
mod markup;
mod register;
mod search;
mod variants;
mod wording;

use std::{rc::Rc, sync::Arc};

use actix_web::{
    Error,
    body::to_bytes,
    dev::{Service, ServiceResponse},
    http::header::HeaderMap,
    test::{TestRequest, init_service},
};
use futures_util::future::{FutureExt, LocalBoxFuture};
use pathways::{
    app::AppState,
    web::{Settings, Site},
};

use self::markup::Element;
use crate::shown;

/// An answer, read to its end.
pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Reply {
    pub fn html(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub fn page(&self) -> Element {
        Element::parse(self.html()).expect("a page is well formed")
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// The site, asked in process.
pub struct Browser(Box<dyn Fn(TestRequest) -> Asked>);

type Asked = LocalBoxFuture<'static, Result<ServiceResponse, Error>>;

impl Browser {
    pub async fn open() -> Self {
        Self::on(shown::state()).await
    }

    pub async fn on(state: Arc<AppState>) -> Self {
        let site = Site::new(state, Settings::default());
        let app = Rc::new(init_service(site.application()).await);
        Self(Box::new(move |request: TestRequest| {
            let (app, request) = (app.clone(), request.to_request());
            async move { app.call(request).await }.boxed_local()
        }))
    }

    async fn send(&self, request: TestRequest) -> Reply {
        let answer = match (self.0)(request.insert_header(("accept", "text/html"))).await {
            Ok(answer) => answer.into_parts().1,
            Err(error) => error.error_response(),
        };
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let body = to_bytes(answer.into_body()).await.unwrap().to_vec();
        Reply { status, headers, body }
    }

    /// Follows a link.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(TestRequest::get().uri(path)).await
    }

    /// The page at an address.
    pub async fn page(&self, path: &str) -> Element {
        let reply = self.get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        reply.page()
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, form: &str) -> Reply {
        let request = TestRequest::post()
            .uri(path)
            .insert_header(("content-type", "application/x-www-form-urlencoded"))
            .set_payload(form.to_owned());
        self.send(request).await
    }
}

/// The main part of a page.
pub fn main_of(page: &Element) -> &Element {
    page.with_id("main").expect("a page has a main part")
}
