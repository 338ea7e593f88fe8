pub mod domain;
pub mod ipc;
pub mod vendor;
