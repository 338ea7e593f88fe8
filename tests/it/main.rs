//! Everything that is tested from outside the library.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the helpers of tests may stop at the first surprise"
)]

mod hook_chat_ended;
mod scripted;
mod vendor_client;
mod vendor_rows;
mod vendor_writes;
