//! Records of the Cloud family: workflows, nodes, outbound tasks, calls, WABA tasks and messages, and
//! the calling tasks and plans outside workflows.

pub mod convert;
pub mod tasks;
pub mod wire;
