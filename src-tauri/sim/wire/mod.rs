//! The vendor's JSON, spelt here from its contract and from nowhere else: were the client's own types
//! used, both sides would share a mistake.

mod calls;
mod chats;
mod content;
mod record;
mod waba;
mod workflows;

pub(crate) use calls::{call, call_row, has_recording, recording, recording_row};
pub(crate) use chats::{ended_session, message, message_status, session};
pub(crate) use record::{Record, day, hex, link_name, read_hex, spaced, utc, with_offset};
pub(crate) use waba::{waba_message, waba_status, waba_task};
pub(crate) use workflows::{found, outbound_task, status_change, subtask, template, workflow};
