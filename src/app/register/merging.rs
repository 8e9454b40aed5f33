//! Two entries for one organisation made one, and that undone.

use crate::{
    app::{
        AppError, AppState,
        register::{
            self, Target,
            reading::visible,
            writing::{Context, held, refused},
        },
    },
    domain::{
        access::{Act, Caller},
        register::{Organisation, Record},
        slug::Slug,
    },
    store::records::{self, Merged},
};

/// Makes an organisation a part of another one; gives what it is now and what was done.
///
/// # Errors
///
/// [`AppError::NotFound`], [`AppError::Forbidden`], [`AppError::Stale`];
/// [`AppError::Invalid`] if there is no such other organisation; [`AppError::Conflict`]
/// if the two do not go together.
pub async fn merge(
    app: &AppState,
    caller: &Caller,
    target: Target,
    into: Slug,
) -> Result<(Record<Organisation>, Merged), AppError> {
    let context = Context::new(app, caller);
    let done = app.records()?.write(move |conn| {
        let from = held::<Organisation>(conn, &context, &target, Act::Merge)?;
        if visible::<Organisation>(conn, &context.caller, &into).is_err() {
            let message = "There is no such organisation.".to_owned();
            return Err(AppError::refused("/into", "unknown-value", message));
        }
        let author = register::author(&context.caller);
        let version = (&from.slug, Some(from.version));
        let merged = records::merge(conn, version, &into, (&author, context.at));
        let merged = merged.map_err(refused::<Organisation>)?;
        Ok((records::find(conn, &from.slug)?, merged))
    });
    let done = done.await?;
    app.follow_tokens().await?;
    app.wake_projector();
    Ok(done)
}

/// Undoes the last merge of an organisation.
///
/// # Errors
///
/// As [`merge`]; [`AppError::Conflict`] if it is too late.
pub async fn undo_merge(
    app: &AppState,
    caller: &Caller,
    target: Target,
) -> Result<(Record<Organisation>, Merged), AppError> {
    let context = Context::new(app, caller);
    let done = app.records()?.write(move |conn| {
        let from = held::<Organisation>(conn, &context, &target, Act::Merge)?;
        if records::merged_into(conn, &from.slug)?.is_none() {
            return Err(AppError::conflict("It is not merged into another organisation."));
        }
        let author = register::author(&context.caller);
        let undone = records::undo_merge(conn, &from.slug, (&author, context.at));
        let undone = undone.map_err(refused::<Organisation>)?;
        Ok((records::find(conn, &from.slug)?, undone))
    });
    let done = done.await?;
    app.follow_tokens().await?;
    app.wake_projector();
    Ok(done)
}
