//! Who asks: the token of a request, read and judged.

use std::{future::Future, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header::{self, HeaderMap},
    web::Data,
};

use crate::{
    app::{AppError, AppState, tokens::hash},
    domain::access::{Caller, Role},
    web::problem::{Problem, ProblemKind},
};

/// A token has at most so many characters; ours have far fewer.
const MOST_TOKEN: usize = 200;

/// Whoever sent a request: the public, or whom its token stands for.
#[derive(Debug, Clone)]
pub struct Visitor(pub Caller);

impl Visitor {
    /// The caller, if it sent a token.
    ///
    /// # Errors
    ///
    /// [`ProblemKind::Unauthorised`] for the public.
    pub fn signed_in(self) -> Result<Caller, Problem> {
        if self.0.role == Role::Public {
            return Err(unauthorised("This needs a token: send Authorization: Bearer TOKEN."));
        }
        Ok(self.0)
    }
}

/// Whether a request carries no token at all, so that nothing tells who sent it.
pub fn is_anonymous(headers: &HeaderMap) -> bool {
    !headers.contains_key(header::AUTHORIZATION)
}

impl FromRequest for Visitor {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let state = req.app_data::<Data<AppState>>().cloned();
        let hash = token_hash(req.headers());
        Box::pin(async move {
            let Some(hash) = hash? else { return Ok(Self(Caller::PUBLIC)) };
            let missing = || Problem::new(ProblemKind::Internal, "There is no state.");
            let state = state.ok_or_else(missing)?;
            let judged = match state.store() {
                Some(store) => state.tokens().judge(store, hash, state.clock.now()).await?,
                None => return Err(AppError::Busy.into()),
            };
            let refused = || unauthorised("The token is unknown, has run out or was revoked.");
            judged.map(Self).ok_or_else(refused)
        })
    }
}

fn unauthorised(detail: &str) -> Problem {
    Problem::new(ProblemKind::Unauthorised, detail)
        .with_header("www-authenticate", "Bearer realm=\"pathways\"".to_owned())
}

/// The hash of the token that a request carries; `None` where it carries none.
///
/// # Errors
///
/// [`ProblemKind::Unauthorised`] for a header that is no bearer token.
pub fn token_hash(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut values = headers.get_all(header::AUTHORIZATION);
    let Some(value) = values.next() else { return Ok(None) };
    let refused = || unauthorised("The header is written: Authorization: Bearer TOKEN.");
    let text = value.to_str().map_err(|_not_ascii| refused())?;
    let (scheme, token) = text.split_once(' ').ok_or_else(refused)?;
    let token = token.trim();
    let sane = (1..=MOST_TOKEN).contains(&token.len()) && values.next().is_none();
    if !sane || !scheme.eq_ignore_ascii_case("bearer") {
        return Err(refused());
    }
    Ok(Some(hash(token)))
}
