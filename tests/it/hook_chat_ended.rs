//! The contract of the webhook that tells a chatbot session's end, field by field.

use proptest::prelude::*;
use serde_json::{Value, json};
use wheelhouse::{
    domain::{
        chat::{Content, Header, Session, ShapeNotice, Signature, Transcript},
        time::Timestamp,
    },
    vendor::{
        Profile,
        decode_hook::{HookError, HookEvent, decode},
    },
};

use crate::scripted::{NOW, fixture};

fn page() -> Value {
    serde_json::from_slice(&fixture("chat_ended")).unwrap()
}

fn without(field: &str) -> Value {
    let mut body = page();
    body.as_object_mut().unwrap().shift_remove(field);
    body
}

fn with(field: &str, value: Value) -> Value {
    let mut body = page();
    body[field] = value;
    body
}

fn event(body: &Value) -> HookEvent {
    decode(body.to_string().as_bytes(), Signature::Unchecked, &Profile::built_in(), NOW).unwrap()
}

fn ended(body: &Value) -> (Session, Option<Transcript>) {
    match event(body) {
        HookEvent::ChatEnded { session, transcript, .. } => (session.value, transcript),
        other => panic!("{other:?}"),
    }
}

fn notices(body: &Value) -> Vec<ShapeNotice> {
    ended(body).0.detail.notices
}

fn utc(text: &str) -> Option<Timestamp> {
    Some(Timestamp(chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()))
}

#[test]
fn every_field_arrives() {
    let HookEvent::ChatEnded { session, transcript, workflow, node, waba_task } = event(&page())
    else {
        panic!("not a session's end")
    };
    let s = &session.value;
    let as_text = |value: Option<&str>| value.unwrap_or("none").to_owned();
    let table = [
        ("workflow_id", as_text(s.workflow.as_ref().map(|id| id.as_str()))),
        ("workflow_name", as_text(s.workflow_name.as_deref())),
        ("nodetask_id", as_text(s.node.as_ref().map(|id| id.as_str()))),
        ("nodetask_name", as_text(s.node_name.as_deref())),
        ("waba_task_id", as_text(s.waba_task.as_ref().map(|id| id.as_str()))),
        ("wfdetail_uuid", as_text(s.entry.as_ref().map(|id| id.as_str()))),
        ("channel", as_text(s.channel.as_deref())),
        ("channel_id", as_text(s.channel_id.as_deref())),
        ("callee", as_text(s.callee.as_ref().map(|callee| callee.full()))),
        ("call_id", s.id.as_str().to_owned()),
        ("robot_id", as_text(s.robot.as_deref())),
        ("status", as_text(s.status.as_deref())),
        ("session_end_reason", as_text(s.end_reason.as_deref())),
        ("intention", as_text(s.intention.as_deref())),
    ];
    for (field, decoded) in table {
        assert_eq!(page()[field], decoded, "{field}");
    }
    assert_eq!(s.as_of, Timestamp::from_secs(1_744_699_800));
    assert_eq!(s.started_at, utc("2025-04-15T06:41:00Z"));
    assert_eq!(s.ended_at, utc("2025-04-15T06:49:30Z"));
    assert_eq!(s.talk_round, Some(4));
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(s.detail.slots, [pair("date", "2025-04-18"), pair("name", "Sari")]);
    assert_eq!(s.detail.labels, [pair("EventLabel", "promise_to_pay"), pair("test_echo", "ok")]);
    assert_eq!(s.detail.variables, [pair("project", "T3"), pair("name", "Sari")]);
    assert_eq!(s.detail.notices, []);
    assert_eq!(transcript.unwrap().messages.len(), 14);
    assert_eq!(serde_json::from_str::<Value>(&session.raw).unwrap(), page());

    // What the API did not list can enter the store by this body alone.
    let (workflow, node, task) = (workflow.unwrap(), node.unwrap(), waba_task.unwrap());
    assert_eq!(workflow.value.id.as_str(), page()["workflow_id"]);
    assert_eq!(workflow.value.status, None, "the body's status is the session's");
    assert_eq!(node.value.workflow, workflow.value.id);
    assert_eq!(task.value.node.as_ref(), Some(&node.value.id));
    let named: Value = serde_json::from_str(&workflow.raw).unwrap();
    let expected =
        json!({ "workflow_id": page()["workflow_id"], "workflow_name": page()["workflow_name"] });
    assert_eq!(named, expected);
}

#[test]
fn a_missing_required_field_is_noticed_and_the_session_is_kept() {
    for field in [
        "workflow_id",
        "workflow_name",
        "nodetask_id",
        "nodetask_name",
        "waba_task_id",
        "wfdetail_uuid",
        "timestamp",
        "channel",
        "channel_id",
        "callee",
        "robot_id",
        "status",
        "session_start_time",
        "session_end_time",
        "talk_round",
        "ner_slots",
        "event_label",
        "variables",
    ] {
        let missing = [ShapeNotice::Missing(field.to_owned())];
        assert_eq!(notices(&without(field)), missing, "{field} absent");
        assert_eq!(notices(&with(field, Value::Null)), missing, "{field} null");
    }
}

#[test]
fn a_missing_optional_field_is_as_good_as_documented() {
    for field in ["session_end_reason", "intention", "messages"] {
        assert_eq!(notices(&without(field)), [], "{field}");
        assert_eq!(notices(&with(field, Value::Null)), [], "{field} null");
    }
}

#[test]
fn without_its_own_id_there_is_no_session() {
    for body in [without("call_id"), with("call_id", json!("")), with("call_id", Value::Null)] {
        assert!(matches!(event(&body), HookEvent::Unknown { .. }));
    }
}

#[test]
fn without_a_workflow_the_session_stands_alone() {
    let body = without("workflow_id");
    let HookEvent::ChatEnded { session, workflow, node, waba_task, .. } = event(&body) else {
        panic!("not a session's end")
    };
    assert_eq!(session.value.workflow, None);
    assert_eq!((workflow, node, waba_task), (None, None, None));
}

#[test]
fn a_field_of_another_type_is_noticed_and_read_where_it_can_be() {
    for (field, value) in [
        ("workflow_name", json!(7)),
        ("robot_id", json!(5512)),
        ("timestamp", json!("1744699800")),
        ("timestamp", json!(1744699800.5)),
        ("talk_round", json!("4")),
        ("session_start_time", json!(1744699260)),
        ("status", json!(["closed"])),
        ("session_end_reason", json!(4)),
        ("ner_slots", json!([{"name": "date", "value": "2025-04-18"}])),
        ("event_label", json!("promise")),
        ("variables", json!(1)),
        ("messages", json!({"m": 1})),
    ] {
        let body = with(field, value.clone());
        assert_eq!(notices(&body), [ShapeNotice::OtherType(field.to_owned())], "{field} {value}");
    }
    let (session, _) = ended(&with("talk_round", json!("4")));
    assert_eq!(session.talk_round, Some(4));
    let (session, _) = ended(&with("session_start_time", json!(1_744_699_260)));
    assert_eq!(session.started_at, utc("2025-04-15T06:41:00Z"));
    let (session, _) = ended(&with("robot_id", json!(5512)));
    assert_eq!(session.robot.as_deref(), Some("5512"));
    let slots = with("ner_slots", json!({ "age": 41, "tags": ["a"] }));
    let expected =
        ["ner_slots.age", "ner_slots.tags"].map(|f| ShapeNotice::OtherType(f.to_owned()));
    assert_eq!(notices(&slots), expected);
    assert_eq!(ended(&slots).0.detail.slots[0].1, "41");
}

#[test]
fn an_unknown_field_is_noticed_and_kept() {
    let body = with("sentiment", json!({ "score": 3 }));
    assert_eq!(notices(&body), [ShapeNotice::New("sentiment".to_owned())]);
    let HookEvent::ChatEnded { session, .. } = event(&body) else { panic!() };
    assert!(session.raw.contains(r#""sentiment":{"score":3}"#));
    let mut body = page();
    for at in [0, 3] {
        body["messages"][at]["edited"] = json!(true);
    }
    assert_eq!(notices(&body), [ShapeNotice::New("messages.edited".to_owned())], "said once");
}

#[test]
fn a_body_full_of_unknown_fields_raises_a_bounded_number_of_notices() {
    let mut body = page();
    for n in 0..5_000 {
        body[format!("field{n}")] = json!(n);
    }
    assert!(notices(&body).len() <= 100);
}

#[test]
fn unknown_words_are_kept_as_written() {
    for (field, word) in [
        ("status", "Wartend"),
        ("session_end_reason", "hibernated"),
        ("channel", "Pigeon"),
        ("intention", "very: interested"),
    ] {
        let body = with(field, json!(word));
        let (session, _) = ended(&body);
        let kept = match field {
            "status" => session.status,
            "session_end_reason" => session.end_reason,
            "channel" => session.channel,
            _ => session.intention,
        };
        assert_eq!(kept.as_deref(), Some(word));
        assert_eq!(session.detail.notices, [], "{field}");
    }
    let mut body = page();
    body["messages"][1]["sender_type"] = json!("parrot");
    body["messages"][1]["status"] = json!("teleported");
    let message = &ended(&body).1.unwrap().messages[1].value;
    assert_eq!(message.sender.as_deref(), Some("parrot"));
    assert_eq!(message.status.as_deref(), Some("teleported"));
}

#[test]
fn no_messages_is_not_an_empty_conversation() {
    assert_eq!(ended(&without("messages")).1, None);
    assert_eq!(ended(&with("messages", Value::Null)).1, None);
    let empty = ended(&with("messages", json!([]))).1.unwrap();
    assert!(empty.messages.is_empty());
    assert_eq!(empty.session.as_str(), page()["call_id"]);
}

#[test]
fn messages_stay_in_the_order_of_the_array_whatever_their_times() {
    let messages = ended(&page()).1.unwrap().messages;
    // The first one is dated after all others, and after the session.
    assert!(messages[0].value.sent_at > messages[1].value.sent_at);
    for (at, message) in messages.iter().enumerate() {
        assert_eq!(message.value.position, i64::try_from(at).unwrap());
        let id = message.value.id.as_ref().unwrap().as_str();
        assert_eq!(id, format!("m-{:02}", at + 1));
    }
}

#[test]
fn no_member_of_a_message_is_required() {
    let (session, transcript) = ended(&with("messages", json!([{}, 7, "hello", null])));
    let messages = transcript.unwrap().messages;
    assert_eq!(messages.len(), 4);
    assert_eq!((messages[0].value.id.as_ref(), messages[0].value.sender.as_ref()), (None, None));
    assert_eq!(messages[2].value.content, Content::Unknown { json: json!("hello") });
    assert_eq!(session.detail.notices, [ShapeNotice::OtherType("messages".to_owned())]);
}

#[test]
fn a_quoted_message_comes_with_its_answer() {
    let messages = ended(&page()).1.unwrap().messages;
    let quoted = messages[2].value.reply.as_ref().unwrap();
    assert_eq!(quoted.id.as_ref().unwrap().as_str(), "m-02");
    assert_eq!(quoted.sender.as_deref(), Some("robot"));
    assert_eq!(quoted.sent_at, Some(Timestamp::from_secs(1_744_699_261)));
    assert_eq!(quoted.content, Content::Text { text: "Hi Sari".to_owned() });
    for nothing in [Value::Null, json!({})] {
        let mut body = page();
        body["messages"][2]["reply"] = nothing;
        assert_eq!(ended(&body).1.unwrap().messages[2].value.reply, None);
    }
}

#[test]
fn what_is_known_of_the_signature_is_noted() {
    let bytes = fixture("chat_ended");
    for verdict in [Signature::Unsigned, Signature::Unchecked, Signature::Matched] {
        match decode(&bytes, verdict, &Profile::built_in(), NOW).unwrap() {
            HookEvent::ChatEnded { session, .. } => assert_eq!(session.value.signature, verdict),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn without_its_own_time_the_event_dates_from_its_arrival() {
    assert_eq!(ended(&without("timestamp")).0.as_of, NOW);
    assert_eq!(ended(&with("timestamp", json!("soon"))).0.as_of, NOW);
}

#[test]
fn every_documented_content_shape_is_read() {
    let messages = ended(&page()).1.unwrap().messages;
    let contents: Vec<_> = messages.iter().map(|m| &m.value.content).collect();
    let Content::System { event, from_seat, to_seat } = contents[0] else { panic!() };
    assert_eq!(
        (event.as_str(), from_seat, to_seat.as_deref()),
        ("conversation.start", &None, Some("seat-9"))
    );
    let Content::Template(template) = contents[1] else { panic!() };
    assert_eq!(template.body.as_deref(), Some("Hi {{1}}"));
    assert_eq!((template.id.as_deref(), template.language.as_deref()), (Some("9912"), Some("id")));
    assert!(
        matches!(&template.header, Some(Header::Media { media, url: Some(_) }) if media == "image")
    );
    assert_eq!(template.buttons[1].kind, "OPT_OUT");
    assert_eq!(contents[2], &Content::Button { text: "Pay now".to_owned() });
    let Content::List { body, footer, button, sections } = contents[3] else { panic!() };
    assert_eq!(body.as_deref(), Some("When?"));
    assert_eq!((footer.as_deref(), button.as_deref()), (Some("Choose one"), Some("Dates")));
    assert_eq!(sections[0].rows[1].id.as_deref(), Some("sat"));
    let chosen = |content: &Content| match content {
        Content::Chosen { choice } => (choice.id.clone(), choice.title.clone()),
        other => panic!("{other:?}"),
    };
    assert_eq!(chosen(contents[4]), (Some("fri".to_owned()), "Friday".to_owned()));
    let Content::Buttons { options, footer: None, .. } = contents[5] else { panic!() };
    assert_eq!(options[1].title, "No");
    assert_eq!(chosen(contents[6]), (Some("y".to_owned()), "Yes".to_owned()));
    assert_eq!(chosen(contents[7]), (None, "Yes".to_owned()));
    for (content, kind) in contents[8..12].iter().zip(["image", "video", "audio", "file"]) {
        let Content::Media { media, url, name } = content else { panic!("{content:?}") };
        assert_eq!((media.as_str(), url.is_some()), (kind, true));
        assert_eq!(name.as_deref(), (kind == "file").then_some("invoice.pdf"));
    }
    let Content::Cards { cards } = contents[12] else { panic!() };
    assert_eq!(
        (cards[0].title.as_deref(), &cards[0].buttons[..]),
        (Some("Plan A"), &["Take it".to_owned()][..])
    );
    assert_eq!(contents[13], &Content::Text { text: "谢谢 <b>bye</b>".to_owned() });
}

#[test]
fn content_of_another_shape_keeps_its_json() {
    for content in [
        json!({ "type": "hologram" }),
        json!({ "type": "text" }),
        json!({ "type": "text", "text": { "nested": true } }),
        json!({ "type": "image" }),
        json!({ "type": "interactive", "interactive": { "type": "carousel" } }),
        json!({ "type": "template", "template": { "type": "Telegram" } }),
        json!({ "text": "no type" }),
        json!([1, 2]),
        Value::Null,
    ] {
        let body = with("messages", json!([{ "content": content }]));
        let message = &ended(&body).1.unwrap().messages[0].value;
        assert_eq!(message.content, Content::Unknown { json: content });
    }
}

#[test]
fn what_is_no_json_object_is_refused() {
    for body in [&b""[..], b"{", b"[]", b"7", b"<html>", b"null"] {
        let refused = decode(body, Signature::Unsigned, &Profile::built_in(), NOW);
        assert_eq!(refused, Err(HookError::NotAnObject), "{body:?}");
    }
    assert_eq!(
        decode(&[b'{', 0xff, b'}'], Signature::Unsigned, &Profile::built_in(), NOW),
        Err(HookError::NotText)
    );
}

#[test]
fn other_events_are_told_apart_by_their_fields() {
    let decoded =
        |name| decode(&fixture(name), Signature::Unsigned, &Profile::built_in(), NOW).unwrap();
    let HookEvent::WorkflowStatus { workflow, nodes } = decoded("workflow_status") else {
        panic!()
    };
    assert_eq!(workflow.value.status.unwrap().written, "Finished");
    assert_eq!(nodes.len(), 2);
    assert_eq!(nodes[0].value.task.as_ref().unwrap().as_str(), "t-1");
    assert_eq!(nodes[1].value.status, None);
    let HookEvent::CallCompleted { workflow, call, .. } = decoded("call_completed") else {
        panic!()
    };
    assert_eq!(call.value.id.as_str(), "c-1");
    assert_eq!((call.value.connected, call.value.talk_ms), (Some(true), Some(55_000)));
    assert_eq!(workflow.unwrap().value.name.as_deref(), Some("Collections"));
    for body in [
        json!({}),
        json!({ "event": "moon.rise", "call_id": "s" }),
        json!({ "type": "MoonStatus", "body": {} }),
        json!({ "hello": "world" }),
    ] {
        assert!(matches!(event(&body), HookEvent::Unknown { .. }), "{body}");
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map(".{0,8}", inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_value_in_any_field_leaves_the_session(at in 0_usize..22, value in any_json()) {
        let field = page().as_object().unwrap().keys().nth(at).unwrap().clone();
        prop_assume!(field != "call_id");
        let (session, _) = ended(&with(&field, value));
        let id = page()["call_id"].clone();
        prop_assert_eq!(session.id.as_str(), id.as_str().unwrap());
    }

    #[test]
    fn any_message_is_kept(value in any_json()) {
        let transcript = ended(&with("messages", json!([value]))).1;
        prop_assert_eq!(transcript.unwrap().messages.len(), 1);
    }

    #[test]
    fn any_bytes_are_an_event_or_refused(body in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(&body, Signature::Unsigned, &Profile::built_in(), NOW);
    }

    #[test]
    fn any_json_is_an_event_or_refused(value in any_json()) {
        let _ = decode(value.to_string().as_bytes(), Signature::Unsigned, &Profile::built_in(), NOW);
    }
}
