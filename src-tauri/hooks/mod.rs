//! Webhooks and saved bodies of them: kept in the durable inbox, then acknowledged.
//!
//! What a body says is not looked at here beyond its being JSON; the sync room drains the inbox. So a
//! body that nobody understands yet is not lost, and the vendor gets its answer fast.

mod bodies;
mod import;
mod receiver;

pub use self::{
    bodies::Unreadable,
    import::{ImportError, Imported, import},
    receiver::{Clock, HookServerError, Receiver, ReceiverOptions, serve},
};

/// The most that one webhook's body may hold: 5 MB.
pub const BODY_LIMIT: usize = 5 * 1024 * 1024;

#[cfg(test)]
mod tests;
