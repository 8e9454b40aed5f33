//! Listening: binds, and leaves printing and signals to whoever called.

use std::{io, net::SocketAddr, time::Duration};

use actix_web::{
    HttpServer,
    dev::{Server, ServerHandle},
};

use crate::web::{Site, measure};

/// How long requests under way may take once the service is told to stop.
const FAREWELL_S: u64 = 10;
/// How often the numbers for operators are tidied.
const UPKEEP: Duration = Duration::from_secs(5);

/// A site that is bound to its address.
pub struct Running {
    /// The address it listens on, with the port that was chosen for 0.
    pub address: SocketAddr,
    /// Stops it: `handle.stop(true).await` lets requests under way end.
    pub handle: ServerHandle,
    /// Runs it: await it.
    pub server: Server,
}

impl Site {
    /// Binds to an address. Nothing is answered until `server` is awaited.
    pub fn listen(&self, address: SocketAddr) -> io::Result<Running> {
        let site = self.clone();
        let bound = HttpServer::new(move || site.application())
            .disable_signals()
            .shutdown_timeout(FAREWELL_S)
            .client_request_timeout(Duration::from_secs(10))
            .bind(address)?;
        let address = bound.addrs().first().copied().unwrap_or(address);
        let server = bound.run();
        tokio::spawn(async {
            loop {
                tokio::time::sleep(UPKEEP).await;
                measure::recorder().run_upkeep();
            }
        });
        Ok(Running { address, handle: server.handle(), server })
    }
}
