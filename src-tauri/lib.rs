pub mod domain;
pub mod ipc;
pub mod media;
pub mod sim;
pub mod sim_server;
pub mod vendor;
