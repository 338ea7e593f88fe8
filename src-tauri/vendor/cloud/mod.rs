//! Records of the Cloud family: workflows, nodes, outbound tasks, calls, WABA tasks and messages.

pub mod convert;
pub mod wire;
