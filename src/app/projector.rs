//! The loop that keeps what readers are shown in step with the store.
//!
//! It looks at the number of the last change twice a second, and at the day; when
//! either has moved on, it builds the next [`Snapshot`](crate::app::Snapshot) and
//! shows it. It follows no list of changes: the whole register is small enough to
//! be read anew, and so a missed or repeated look is no matter.

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;

use crate::{
    app::{AppError, AppState, start, start::StartError},
    store::{Store, changes},
};

/// How often to look.
const PAUSE: Duration = Duration::from_millis(500);

/// Looks until the other end of `stop` is dropped; what fails is logged once and
/// tried again.
pub async fn follow(store: Store, state: Arc<AppState>, mut stop: watch::Receiver<()>) {
    let mut failing = false;
    loop {
        match step(&store, &state).await {
            Ok(_) if failing => {
                failing = false;
                tracing::info!("projector.recovered");
            }
            Err(error) if !failing => {
                failing = true;
                tracing::error!(%error, "projector.failed");
            }
            Ok(_) | Err(_) => {}
        }
        tokio::select! {
            () = tokio::time::sleep(PAUSE) => {}
            told = stop.changed() => if told.is_err() { return },
        }
    }
}

/// Shows the present state of the store, unless it is shown already; whether
/// there was anything new.
pub async fn step(store: &Store, state: &AppState) -> Result<bool, StartError> {
    let shown = state.snapshot();
    let change = store.read(changes::position).await?;
    state.note_latest(change);
    state.tokens().follow(store).await?;
    // Not `>`: behind the same address there may be a restored database.
    if change == shown.change && state.clock.today() == shown.today {
        return Ok(false);
    }
    let (store, library, clock) = (store.clone(), state.library().clone(), state.clock);
    let built = tokio::task::spawn_blocking(move || start::snapshot(&store, &library, clock));
    let broken_off = |error| AppError::Internal(Box::new(error));
    let next = built.await.map_err(broken_off)??;
    tracing::info!(change = next.change, day = %next.today, "snapshot.published");
    state.publish(next);
    Ok(true)
}
