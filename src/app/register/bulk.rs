//! Many new records in one request, each written or refused by itself.

use crate::{
    app::{
        AppError, AppState,
        register::{
            Subject, Wish,
            writing::{self, Context},
        },
    },
    domain::access::Caller,
    store::{attempt, records::Written},
};

/// One of many: what is to be written, or why it could not even be read.
pub enum Item<T> {
    /// A record to be written.
    Wish(Box<Wish<T>>),
    /// It was refused before.
    Refused(AppError),
}

/// Writes new records in the order given, each all or nothing by itself.
///
/// # Errors
///
/// What concerns all of them: [`AppError::Busy`], [`AppError::Unreachable`],
/// [`AppError::Full`], [`AppError::Internal`]; then none is written.
pub async fn create_many<T: Subject>(
    app: &AppState,
    caller: &Caller,
    items: Vec<Item<T>>,
) -> Result<Vec<Result<Written, AppError>>, AppError> {
    let keys = items.iter().map(|item| match item {
        Item::Wish(wish) => wish.key.as_ref(),
        Item::Refused(_) => None,
    });
    let under_way = keys.map(|key| app.in_flight().begin(key)).collect::<Result<Vec<_>, _>>()?;
    let context = Context::new(app, caller);
    let done = app.records()?.write(move |conn| {
        let mut results = Vec::with_capacity(items.len());
        for item in items {
            let result = match item {
                Item::Refused(why) => Err(why),
                Item::Wish(wish) => attempt(conn, |conn| {
                    writing::create_in(conn, &context, &wish).map(|(_, written)| written)
                }),
            };
            match result {
                Err(
                    error @ (AppError::Busy
                    | AppError::Unreachable(_)
                    | AppError::Full(_)
                    | AppError::Internal(_)),
                ) => {
                    return Err(error);
                }
                other => results.push(other),
            }
        }
        Ok(results)
    });
    let done = done.await;
    drop(under_way);
    app.wake_projector();
    done
}
