//! What a window can ask and what it is told. No Tauri here: a test calls exactly what the UI calls.

mod acts;
pub mod alerts;
pub mod convert;
pub mod course;
mod desk;
pub mod dialling;
pub mod dto;
mod errors;
pub mod export;
pub mod filtering;
pub mod frames;
mod health;
pub mod listening;
mod named;
pub mod notices;
pub mod notify;
pub mod page;
pub mod person;
mod queries;
mod raw;
pub mod recordings;
pub mod saved;
pub mod schema;
pub mod setup;
mod share;
pub mod spoken;
pub mod transcript;
pub mod tray;
pub mod views;
pub mod waba;
mod window;

pub use desk::{Desk, Parts};
pub use share::{Person, Sharing};
pub use window::{FrameStream, WindowHandle};
