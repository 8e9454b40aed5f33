//! The loop that keeps what readers are shown in step with the store.
//!
//! It looks at the number of the last change when it is told to and twice a second,
//! and at the day; when either has moved on, it brings the index of the register
//! forward, batch by batch, and shows the next [`Snapshot`](crate::app::Snapshot). The
//! index of the guidance is built anew only when the reference data or the day
//! changed. What is read is always the present state, so a missed or repeated look is no
//! matter.

use std::{
    sync::{Arc, PoisonError},
    time::{Duration, Instant},
};

use tokio::sync::watch;

use crate::{
    app::{AppError, AppState, missed, start, start::StartError},
    store::{Store, StoreError, changes},
};

/// How often to look.
const PAUSE: Duration = Duration::from_millis(500);

/// How often what a start would otherwise read anew is written to a file.
const KEEPING: Duration = Duration::from_mins(5);

/// Looks until the other end of `stop` is dropped; what fails is logged once and
/// tried again.
pub async fn follow(store: Store, state: Arc<AppState>, mut stop: watch::Receiver<()>) {
    let mut failing = false;
    let mut kept = Instant::now();
    loop {
        let looked = match step(&store, &state).await {
            Ok(more) => {
                missed::settle_if_due(&store, &state).await.map(|()| more).map_err(Into::into)
            }
            failed => failed,
        };
        let more = matches!(looked, Ok(true));
        match looked {
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
        if kept.elapsed() >= KEEPING {
            keep(&state).await;
            kept = Instant::now();
        }
        // Where there was something there may be more.
        let pause = if more { Duration::ZERO } else { PAUSE };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = state.wake.notified() => {}
            told = stop.changed() => if told.is_err() { break },
        }
    }
    keep(&state).await;
    if let Err(error) = missed::settle(&store, &state).await {
        tracing::warn!(%error, "projector.not_counted");
    }
}

/// Writes what a start would otherwise read anew.
async fn keep(state: &AppState) {
    let index = state.index.clone();
    let keeping = tokio::task::spawn_blocking(move || {
        index.lock().unwrap_or_else(PoisonError::into_inner).keep();
    });
    if let Err(error) = keeping.await {
        tracing::warn!(%error, "projector.not_kept");
    }
}

/// Shows the present state of the store, or one batch of changes more, unless it is
/// shown already; whether there was anything new.
pub async fn step(store: &Store, state: &AppState) -> Result<bool, StartError> {
    let shown = state.snapshot();
    let look = store
        .read(|conn| Ok::<_, StoreError>((changes::position(conn)?, changes::database_id(conn)?)));
    let (change, database) = look.await?;
    state.note_latest(change);
    state.tokens().follow(store).await?;
    if change == shown.change && state.clock.today() == shown.today && shown.is_from(&database) {
        return Ok(false);
    }
    let (store, clock, index) = (store.clone(), state.clock, state.index.clone());
    let building = tokio::task::spawn_blocking(move || {
        let mut index = index.lock().unwrap_or_else(PoisonError::into_inner);
        start::advance(&store, &shown, clock, (&mut index, &mut |_, _| ()))
    });
    let broken_off = |error| AppError::Internal(Box::new(error));
    let Some(next) = building.await.map_err(broken_off)?? else { return Ok(false) };
    tracing::info!(change = next.change, day = %next.today, "snapshot.published");
    state.publish(next);
    Ok(true)
}
