//! Wheelhouse: a desktop monitor for AI-voice, WhatsApp and chatbot campaigns.
//!
//! The rooms in reading order; each opens with what it decides and what it must not do. Which room may
//! use which is checked by `tests/architecture.rs`, and `docs/architecture.md` tells the whole story.

pub mod domain;

pub mod accounts;
pub mod vendor;

pub mod store;

pub mod hooks;
pub mod sync;

pub mod actions;
pub mod insight;
pub mod media;

pub mod alerts;

pub mod sim;
pub mod sim_server;

pub mod ipc;

pub mod app;

pub mod cli;
#[cfg(feature = "desktop")]
pub mod shell;
