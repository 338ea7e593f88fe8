//! Puts a simulated world where a client can reach it: in the same process as a transport, or over
//! loopback HTTP with its webhooks sent. The only room of the two that knows a runtime or a socket.

mod announce;
mod clock;
mod cut;
mod hooks;
mod serve;
mod transport;

#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use announce::{Announcement, SimOptions, Started, profile_text, run, unmapped_profile_text};
pub use clock::{Clock, HandClock, at_speed};
pub use hooks::HookDelivery;
pub use serve::{Running, ServeOptions, serve};
pub use transport::SimTransport;

use crate::sim::World;

/// One world for all who ask it. The lock is never held across an `await`.
pub type SharedWorld = Arc<Mutex<World>>;

pub fn share(world: World) -> SharedWorld {
    Arc::new(Mutex::new(world))
}

/// The world behind `shared`. A panic of another holder does not make it unreadable: every change to
/// it is one assignment.
pub fn lock(shared: &SharedWorld) -> MutexGuard<'_, World> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Why the simulator could not start or went down.
#[derive(Debug, thiserror::Error)]
pub enum SimError {
    #[error("the simulator cannot listen on 127.0.0.1:{port}; choose another port or 0")]
    Listen { port: u16, source: std::io::Error },
    #[error("the simulator's profile could not be written to {folder}")]
    Profile { folder: String, source: std::io::Error },
    #[error("webhooks are sent to this machine only: {0} is no http://127.0.0.1:… address")]
    HookUrl(String),
    #[error("no client for webhooks could be made")]
    HookClient(#[source] reqwest::Error),
    #[error(transparent)]
    Faults(#[from] crate::sim::UnknownFault),
    #[error("the simulator's first line could not be written")]
    Announce(#[source] std::io::Error),
    #[error("the simulator stopped serving")]
    Serve(#[source] std::io::Error),
}
