pub mod actions;
pub mod domain;
pub mod hooks;
pub mod ipc;
pub mod media;
pub mod store;
pub mod vendor;
