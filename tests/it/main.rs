//! Everything that is tested from outside the library. One binary, a module a subject.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "tests may stop at the first surprise, and say what they saw"
)]

mod acts;
mod alerts;
mod check;
mod core;
mod course;
mod hook_chat_ended;
mod hook_kinds;
mod hook_screen;
mod hook_storm;
mod import;
mod import_command;
mod import_scramble;
mod kept;
mod known_only;
mod oddities;
mod recordings;
mod scrambles;
mod scripted;
mod shapes;
mod share;
mod spoken;
mod stories;
mod trial;
mod vendor_client;
mod vendor_contract;
mod vendor_docs;
mod vendor_lines;
mod vendor_rows;
mod vendor_tasks;
mod vendor_writes;
