//! A deterministic AI Rudder: seed, script and time in, the vendor's bytes out. It plugs in where the
//! client meets the network ([`crate::vendor::transport`]), spells the vendor's JSON by itself from the
//! contract, and keeps the history of what was asked. Pure: no clock, no IO, no runtime.
//!
//! ```ignore
//! let mut world = World::new(Script::story(7));
//! world.advance(STORY_START + 60_000);
//! let reply = world.handle(world.now(), &request);
//! ```

mod act;
mod ask;
mod audio;
mod branch;
mod contract;
mod dialer;
mod docs;
mod faults;
mod files;
mod handle;
mod hooks;
mod leads;
mod list;
mod odd;
mod plan;
mod reply;
mod routes;
mod script;
mod sign;
mod tasks;
mod text;
mod truth;
mod view;
mod wire;
mod world;

#[cfg(test)]
mod tests;

pub use ask::Asked;
pub use faults::{Fault, FaultPlan, UnknownFault, When};
pub use hooks::{Hook, HookKey};
pub use reply::{Delivery, Reply};
pub use routes::{Known, ROUTES, Route, WRITES};
pub use script::{STORY_START, Script};
pub use sign::WORDS as SIGN_WORDS;
pub use truth::{TrueWorkflow, Truth};
pub use world::World;
