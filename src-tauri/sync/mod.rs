//! Reads the vendor and keeps the store equal to it.
//!
//! [`plan`] decides what to ask next and [`listing`] what an answer proves; both are pure. [`driver`]
//! is the only loop: it performs one ask after the other within the account's budget, drains the
//! inbox of received events, and is the only one who writes what the vendor says.

mod awaited;
mod backoff;
mod drain;
pub mod driver;
mod fetch;
pub mod freshness;
pub mod health;
mod listing;
pub mod pace;
pub mod plan;
pub mod replay;
mod shapes;
mod upkeep;
