//! What a window can ask and what it is told. No Tauri here: a test calls exactly what the UI calls.

pub mod dto;
pub mod frames;
pub mod schema;
