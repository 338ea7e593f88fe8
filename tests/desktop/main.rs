//! The built app in its real window, driven as a person would. Nothing here sleeps for a fixed time: every
//! step waits for what it needs to see.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test stops at the first surprise and says why"
)]

mod driver;
mod first_hour;
mod glyphs;
mod notices;
mod page;
mod permissions;
mod picture_names;
mod pictures;
mod second_start;
mod tray;
mod walk;
