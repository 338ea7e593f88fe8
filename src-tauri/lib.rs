pub mod domain;
pub mod ipc;
pub mod sim;
pub mod sim_server;
pub mod vendor;
