//! What workflows, tasks, calls, sessions and actions *are*, and pure questions about them.
//!
//! No IO, no async, no clock, no SQL and none of the vendor's spelling.

pub mod action;
pub mod alert;
pub mod call;
pub mod chat;
pub mod dialer;
pub mod evidence;
pub mod filter;
pub mod ids;
pub mod line;
pub mod mask;
pub mod search;
pub mod shape;
pub mod status;
pub mod task;
pub mod time;
pub mod waba;
pub mod workflow;
