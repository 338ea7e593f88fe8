//! The vendor's JSON, spelt here from its contract and from nowhere else: were the client's own types
//! used, both sides would share a mistake.

mod calls;
mod chats;
mod content;
mod dialer;
mod events;
mod record;
mod tasks;
mod waba;
mod workflows;

pub(crate) use calls::{call, call_row, has_recording, recording, recording_row};
pub(crate) use chats::{ended_session, message, message_status, session};
pub(crate) use dialer::{dialer_call, dialer_id, dialer_state, dialer_task, is_dialed, is_dialer};
pub(crate) use events::{
    call_event, chat_event, custom_node, custom_node_id, dialer_agent_status,
    dialer_contact_status, dialer_task_status, inbound, is_pushed, list_completed, plan_event,
    pushed, report, status_event, task_event, template_event, transfer,
};
pub(crate) use record::{Record, day, hex, link_name, read_hex, spaced, utc, with_offset};
pub(crate) use tasks::{
    calling_task, plan, robot, round, round_now, sound_of_plan, strategy, task_call,
};
pub(crate) use waba::{waba_accounts, waba_message, waba_status, waba_task, waba_templates};
pub(crate) use workflows::{found, outbound_task, status_change, subtask, template, workflow};
