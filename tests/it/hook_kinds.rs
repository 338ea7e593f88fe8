//! Every kind of event of the contract is told from the others, and what can be merged is.

use serde_json::{Value, json};
use wheelhouse::{
    domain::{
        chat::{Content, Signature},
        time::Timestamp,
    },
    vendor::{
        Key, Profile,
        decode_hook::{HookEvent, KEYS, decode},
    },
};

use crate::scripted::NOW;

fn event(body: &Value) -> HookEvent {
    let text = body.to_string();
    decode(text.as_bytes(), Signature::Unsigned, &Profile::built_in(), NOW).unwrap()
}

/// One body of each kind; `true` where something of it is merged.
fn examples() -> Vec<(&'static str, bool, Value)> {
    let text = json!({ "type": "text", "text": "hi" });
    let message = json!({ "msg_id": "m", "sender_type": "user", "content": text, "timestamp": 9 });
    let with = |event: &str| json!({ "event": event, "call_id": "s", "messages": [message] });
    vec![
        ("hook.workflow_status", true, json!({ "workflow_id": "w", "status": "x", "actions": [] })),
        (
            "hook.call_completed",
            true,
            json!({ "workflow_id": "w", "callid": "c", "talkResult": "x" }),
        ),
        ("hook.call", true, json!({ "callid": "c", "callee": "+62" })),
        ("hook.call_completed", false, json!({ "workflow_id": "w", "talkResult": "x" })),
        ("hook.inbound", false, json!({ "callid": "c", "call_type": "Inbound" })),
        (
            "hook.list_completed",
            false,
            json!({ "workflow_id": "w", "wfdetail_uuid": "e", "callee": "+6" }),
        ),
        (
            "hook.list_completed",
            false,
            json!({ "workflow_id": "w", "callee": "+6", "status": "done" }),
        ),
        ("hook.waba_status", true, json!({ "waba_task_id": "b", "msg_id": "m", "status": "read" })),
        ("hook.waba_status", false, json!({ "msg_id": "m", "callee": "+62", "status": "read" })),
        (
            "hook.custom_node",
            false,
            json!({ "workflow_id": "w", "node_id": "n", "callee": { "case_id": 1 } }),
        ),
        ("hook.pds", false, json!({ "type": "TaskStatus", "body": { "taskId": "t" } })),
        ("hook.pds", false, json!({ "type": "AgentStatus", "body": {} })),
        (
            "hook.pds",
            false,
            json!({ "type": "ContactStatus", "body": { "callid": "c", "state": "RINGING" } }),
        ),
        (
            "hook.pds",
            true,
            json!({ "type": "ContactStatus", "body": { "callid": "c", "callee": "+6", "state": "HANGUP" } }),
        ),
        ("hook.task", true, json!({ "workflow_id": "w", "task_id": "t", "status": "running" })),
        ("hook.task", true, json!({ "TaskID": "t", "Status": "running" })),
        ("hook.task", true, json!({ "TaskID": "t", "PlanID": "p", "Status": "running" })),
        ("hook.plan", true, json!({ "PlanID": "p", "Status": "running" })),
        ("hook.plan", false, json!({ "plan_status": "running" })),
        (
            "hook.chat_ended",
            true,
            json!({ "call_id": "s", "session_end_time": "2026-01-01T00:00:00Z" }),
        ),
        ("hook.bot_message", true, with("message.send")),
        ("hook.chat_user_message", true, with("message.receive")),
        ("hook.chat_user_message", true, with("user.message")),
        ("hook.chat_agent_user_message", true, with("agent.user.message")),
        ("hook.chat_template_reply", true, with("template.reply")),
        (
            "hook.chat_template_result",
            true,
            json!({ "event": "template.result", "call_id": "s", "msg_id": "m", "status": "sent" }),
        ),
        (
            "hook.chat_status",
            true,
            json!({ "event": "message.status", "call_id": "s", "msg_id": "m", "status": "read" }),
        ),
        ("hook.chat_status", true, json!({ "call_id": "s", "msg_id": "m", "status": "read" })),
        (
            "hook.chat_status",
            false,
            json!({ "event": "message.status", "msg_id": "m", "status": "read" }),
        ),
        (
            "hook.chat_agent_status",
            true,
            json!({ "event": "agent.message.status", "data": { "call_id": "s", "msg_id": "m", "status": "read" } }),
        ),
        (
            "hook.chat_transfer_request",
            false,
            json!({ "event": "agent.transfer.request", "call_id": "s" }),
        ),
        (
            "hook.chat_session_end",
            true,
            json!({ "event": "session.end", "call_id": "s", "status": "closed" }),
        ),
        (
            "hook.chat_report",
            true,
            json!({ "event": "session.report", "call_id": "s", "intention": "E" }),
        ),
        ("hook.inbound", false, json!({ "event": "inbound", "from": "+62" })),
        ("unknown", false, json!({ "event": "moon.rise", "call_id": "s" })),
        ("unknown", false, json!({ "type": "MoonStatus", "body": {} })),
        ("unknown", false, json!({ "hello": "world" })),
    ]
}

#[test]
fn every_kind_is_told_by_its_fields() {
    for (key, merged, body) in examples() {
        let event = event(&body);
        assert_eq!(event.key(), key, "{body}");
        let kept = matches!(event, HookEvent::Kept { .. } | HookEvent::Unknown { .. });
        assert_eq!(!kept, merged, "{body}: {event:?}");
    }
}

#[test]
fn every_kind_has_an_example_and_a_row_in_the_catalogue() {
    let examples = examples();
    for key in KEYS {
        assert!(examples.iter().any(|(of, ..)| *of == key), "{key} has no example");
        assert!(Key::parse(key).is_some(), "{key} is no row of the catalogue");
    }
}

#[test]
fn messages_of_a_callback_are_the_sessions() {
    let body = json!({ "event": "message.send", "call_id": "s", "company": "acme",
        "channel": "chatbot", "channel_id": "7", "user": { "id": "u", "name": "Ana" },
        "messages": [
            { "msg_id": "m1", "sender_type": "chatbot", "timestamp": 1_795_000_100,
              "content": { "type": "text", "text": "Hi" } },
            { "msg_id": "m2", "sender_type": "chatbot", "timestamp": 1_795_000_099,
              "content": { "type": "button", "text": "Pay" } },
        ] });
    let HookEvent::Chat { session, said: Some(said), ticks, .. } = event(&body) else { panic!() };
    assert_eq!(
        (session.value.id.as_str(), session.value.channel.as_deref()),
        ("s", Some("chatbot"))
    );
    assert_eq!(session.value.signature, Signature::NotApplicable);
    assert!(session.raw.contains("\"user\"") && !session.raw.contains("messages"));
    assert_eq!(said.at, Timestamp::from_secs(1_795_000_100), "the first message's");
    let ids: Vec<_> = said.messages.iter().map(|m| m.value.id.clone().unwrap()).collect();
    assert_eq!(ids.iter().map(|id| id.as_str()).collect::<Vec<_>>(), ["m1", "m2"]);
    assert_eq!(said.messages[1].value.content, Content::Button { text: "Pay".to_owned() });
    assert!(ticks.is_empty());
}

#[test]
fn a_callback_of_a_message_does_not_speak_for_the_session() {
    let body = json!({ "event": "message.status", "call_id": "s", "msg_id": "m",
        "status": "failed", "timestamp": 1_795_000_000 });
    let HookEvent::Chat { session, said, ticks, .. } = event(&body) else { panic!() };
    assert_eq!((session.value.status, said), (None, None));
    assert_eq!(
        (ticks[0].status.as_str(), ticks[0].at),
        ("failed", Timestamp::from_secs(1_795_000_000))
    );
}

#[test]
fn a_template_message_without_a_time_of_its_own_dates_from_what_happened_to_it() {
    let body = json!({ "waba_task_id": "b", "msg_id": "m", "status": "read",
        "sent_time": 1_795_000_000, "read_time": "1795000060" });
    let HookEvent::WabaStatus { message, .. } = event(&body) else { panic!() };
    assert_eq!(message.value.as_of, Timestamp::from_secs(1_795_000_060));
}
