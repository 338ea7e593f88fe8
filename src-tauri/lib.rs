pub mod domain;
pub mod ipc;
pub mod media;
pub mod store;
pub mod vendor;
