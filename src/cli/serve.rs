//! `pathways serve`.

use std::{io::ErrorKind, net::SocketAddr, sync::Arc};

use actix_web::rt::{System, spawn};
use anyhow::Context;
use tokio::{
    signal::unix::{SignalKind, signal},
    sync::watch,
};

use crate::{
    app::{
        AppState, Clock,
        demonstration::{self, Key},
        projector,
        start::{self, Demonstration, Sources},
    },
    cli::{
        Outcome,
        terminal::{count, print},
    },
    config::ServeArgs,
    content::{Fault, reference::DemoRegister},
    domain::register::Reference,
    store::Store,
    telemetry,
    web::{Running, Settings, Site},
};

/// Serves until told to stop.
pub fn run(arguments: &ServeArgs) -> anyhow::Result<Outcome> {
    telemetry::start(&arguments.log).context("cannot read the log filter")?;
    let (store, state, shown) = prepare(arguments)?;
    System::new().block_on(serve(arguments, store, Arc::new(state), &shown))?;
    Ok(Outcome::Done)
}

/// Everything up to the first answer: content, database, index.
fn prepare(arguments: &ServeArgs) -> anyhow::Result<(Store, AppState, Shown)> {
    let sources = arguments.content.sources(arguments.demonstration());
    let material = sources.read().context("cannot read the content")?;
    for fault in &material.faults {
        log_fault(fault);
    }
    let url = arguments.database.url();
    let store = start::connect(&url).context("cannot open the database")?;
    start::bring_up_to_date(&store, &url).context("cannot use the database")?;
    if let Some(reference) = &material.reference {
        let publish = start::publish(&store, reference, Clock::System);
        publish.context("cannot store the reference data")?;
    }
    let shown = demonstrate(arguments, &sources, &store)?;
    let folder = Some(arguments.database.index_folder());
    let state = start::state(store.clone(), material.library, Clock::System, folder)
        .context("cannot open the search index")?;
    Ok((store, state, shown))
}

/// What a demonstration shows beside the reference data.
#[derive(Default)]
struct Shown {
    register: DemoRegister,
    keys: Vec<Key>,
    /// Records of an earlier demonstration where none is asked for.
    left: u64,
}

/// Stores the invented register where one was asked for; returns a way in for each role.
fn demonstrate(arguments: &ServeArgs, sources: &Sources, store: &Store) -> anyhow::Result<Shown> {
    if arguments.demonstration() == Demonstration::Absent {
        let left = demonstration::left(store, Clock::System)
            .context("cannot look for an earlier demonstration")?;
        return Ok(Shown { left, ..Shown::default() });
    }
    let today = Clock::System.today();
    let (register, faults) =
        sources.demo_register(today).context("cannot read the demonstration")?;
    for fault in &faults {
        log_fault(fault);
    }
    demonstration::load(store, &register, Clock::System)
        .context("cannot store the demonstration")?;
    let keys = demonstration::keys(store, &register, Clock::System)
        .context("cannot make the demonstration's tokens")?;
    Ok(Shown { register, keys, left: 0 })
}

/// A line for each role: who it is, and the token to be it.
fn ways_in(keys: &[Key]) -> String {
    let line = |key: &Key| {
        let of = key.organisation.as_ref().map(|slug| format!(" of {slug}")).unwrap_or_default();
        format!("{}{of}: {}\n", key.role.label(), key.token)
    };
    keys.iter().map(line).collect()
}

async fn serve(
    arguments: &ServeArgs,
    store: Store,
    state: Arc<AppState>,
    shown: &Shown,
) -> anyhow::Result<()> {
    let site = Site::new(state.clone(), Settings { rate_limit: arguments.rate_limit });
    let listen = arguments.listen;
    let running = site.listen(listen).map_err(|error| refused(listen, error.kind()).context(error));
    let Running { address, handle, server } = running?;
    // Before the line that says it is ready: whoever reads it may signal at once.
    let (mut terminate, mut interrupt) =
        (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    print(&greeting(address, &state.snapshot().reference, shown))?;
    tracing::info!(%address, "serve.ready");

    let (stop, stopped) = watch::channel(());
    let following = spawn(projector::follow(store, state, stopped));
    spawn(async move {
        let name = tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = interrupt.recv() => "SIGINT",
        };
        tracing::info!(signal = name, "serve.stopping");
        handle.stop(true).await;
    });
    server.await.context("the server failed")?;
    drop(stop);
    following.await.context("the projector failed")?;
    tracing::info!("serve.stopped");
    Ok(())
}

/// The line that says where to go, and the one that says what is not real.
fn greeting(address: SocketAddr, reference: &Reference, shown: &Shown) -> String {
    let ready = format!("Pathways is ready at http://{address}\n");
    let left = match shown.left {
        0 => String::new(),
        left => format!(
            "The database holds {left} fictional records of a demonstration, marked so wherever \
             they are shown; for the real thing start with another folder (--data).\n"
        ),
    };
    ready + &left + &fictional(reference, shown).unwrap_or_default() + &ways_in(&shown.keys)
}

/// What of the register was invented, in a line.
fn fictional(reference: &Reference, shown: &Shown) -> Option<String> {
    let providers = reference.providers.iter().filter(|provider| provider.provenance.fictional);
    let courses = reference.courses().filter(|(_, course)| course.provenance.fictional);
    let forums = || reference.partnerships.iter();
    let members = forums().flat_map(|forum| &forum.members).filter(|m| m.provenance.fictional);
    let needs = forums().flat_map(|forum| &forum.needs).filter(|need| need.provenance.fictional);
    let counts = [
        (providers.count(), "training provider", "training providers"),
        (courses.count(), "course", "courses"),
        (members.count(), "partnership member", "partnership members"),
        (needs.count(), "skills need", "skills needs"),
        (shown.register.organisations.len(), "organisation", "organisations"),
        (shown.register.pledges.len(), "pledge", "pledges"),
        (shown.register.openings.len(), "opening", "openings"),
        (shown.register.events.len(), "event", "events"),
        (shown.register.case_studies.len(), "case study", "case studies"),
    ];
    let said: Vec<String> = counts
        .into_iter()
        .filter(|(number, ..)| *number > 0)
        .map(|(number, one, many)| count(number, one, many))
        .collect();
    (!said.is_empty()).then(|| {
        format!("Fictional, and marked so wherever they are shown: {}.\n", said.join(", "))
    })
}

fn log_fault(fault: &Fault) {
    let (file, line, code) = (&fault.file, fault.line, fault.code);
    if fault.is_error() {
        tracing::error!(file, line, code, message = %fault.message, "content.fault");
    } else {
        tracing::warn!(file, line, code, message = %fault.message, "content.fault");
    }
}

/// Why the address cannot be listened on, and what would help.
fn refused(address: SocketAddr, kind: ErrorKind) -> anyhow::Error {
    let help = match kind {
        ErrorKind::AddrInUse => "; another program listens there: stop it, or name another port",
        ErrorKind::PermissionDenied => "; ports below 1024 need a privilege: name a higher one",
        ErrorKind::AddrNotAvailable => "; this machine does not have that address",
        _ => "",
    };
    anyhow::anyhow!("cannot listen on {address}{help}")
}
