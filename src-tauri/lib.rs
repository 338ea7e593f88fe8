pub mod domain;
pub mod ipc;
pub mod store;
pub mod vendor;
