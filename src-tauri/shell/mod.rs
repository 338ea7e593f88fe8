//! The window: the only room that knows Tauri. Nothing is decided here; each command hands on to `ipc`.

mod badge;
mod channel;
mod commands;
mod desktop;
mod files;
mod notices;
mod saved;
mod settings;
mod tray;
mod window;
mod work;

pub use window::{Opening, ShellError, run};
