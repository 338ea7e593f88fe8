//! The window: the only room that knows Tauri. Nothing is decided here; each command hands on to `ipc`.

mod channel;
mod commands;
mod desktop;
mod files;
mod notices;
mod saved;
mod settings;
mod window;

pub use window::{Opening, ShellError, run};
