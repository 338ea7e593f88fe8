//! Rows of every listing, as bodies written by hand from what is known of the vendor's API.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::Value;
use wheelhouse::{
    domain::{
        chat::{Choice, Content},
        ids::{CallId, MessageId, SessionId, TaskId, WabaTaskId, WorkflowId},
        status::Phase,
        time::Timestamp,
    },
    vendor::{Key, PageAsk, ReadErrorKind, Reads, transport::TransportError},
};

use crate::scripted::{NOW, OPEN, Scripted, client, fixture, json, ok};

const FIRST: PageAsk = PageAsk { page: 1, page_size: 100, known: None };

fn reads_of(name: &'static str) -> (Reads, Arc<Scripted>) {
    reads_with(OPEN, move || fixture(name))
}

fn reads_with(
    profile: &str,
    body: impl Fn() -> Vec<u8> + Send + Sync + 'static,
) -> (Reads, Arc<Scripted>) {
    let vendor = Scripted::signed_in(move |_, _| ok(200, body()));
    (client(profile, vendor.clone()).0, vendor)
}

fn utc(text: &str) -> Option<Timestamp> {
    Some(Timestamp(chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()))
}

#[tokio::test]
async fn templates() {
    let page = reads_of("templates").0.templates(FIRST).await.unwrap();
    let rows: Vec<_> =
        page.rows.iter().map(|r| (r.value.id.as_str(), r.value.name.as_deref())).collect();
    assert_eq!(rows, [("40817", Some("Collections T+3")), ("40818", Some("欢迎新客"))]);
}

#[tokio::test]
async fn workflows_in_every_spelling() {
    let page = reads_of("workflow_list").0.workflows(FIRST).await.unwrap();
    assert_eq!((page.total, page.last_page, page.received_at), (Some(4), true, NOW));
    let [first, second, third] = &page.rows[..] else { panic!("{:?}", page.rows) };
    let status = first.value.status.as_ref().unwrap();
    assert_eq!((status.written.as_str(), status.phase), ("In Progress", Phase::Running));
    assert_eq!(first.value.template.as_ref().unwrap().as_str(), "40817");
    assert_eq!(first.value.created_at, utc("2026-11-22T01:00:00Z"));
    assert_eq!(first.value.ended_at, utc("2026-11-22T13:00:00Z"));
    assert_eq!((first.value.total, first.value.finished), (Some(10000), Some(2750)));
    assert_eq!(first.value.as_of, NOW);
    let raw: Value = serde_json::from_str(&first.raw).unwrap();
    assert_eq!(raw["priority"]["level"], 3);
    assert_eq!(second.value.name.as_deref(), Some("Only the other name"));
    assert_eq!(second.value.status.as_ref().unwrap().written, "3");
    assert_eq!((second.value.created_at, second.value.ended_at), (None, None));
    assert_eq!((second.value.total, second.value.finished), (None, None));
    assert_eq!(third.value.status.as_ref().unwrap().phase, Phase::Unknown);
    assert_eq!(third.value.created_at, utc("2025-04-15T06:41:00Z"));
    assert_eq!(third.value.started_at, utc("2025-04-15T06:41:00Z"));
    assert_eq!((page.skipped[0].row, page.skipped.len()), (3, 1));
    assert!(page.skipped[0].why.contains("workflow_id"));
}

#[tokio::test]
async fn a_profile_gives_zone_and_meaning_of_a_status() {
    let profile = "reads = \"assumed\"\nzone = \"+07:00\"\n[status.workflow]\n\"3\" = \"paused\"";
    let (reads, _) = reads_with(profile, || fixture("workflow_list"));
    let page = reads.workflows(FIRST).await.unwrap();
    assert_eq!(page.rows[0].value.created_at, utc("2026-11-22T02:00:00Z"));
    let status = page.rows[1].value.status.clone().unwrap();
    assert_eq!((status.written.as_str(), status.phase), ("3", Phase::Paused));
}

#[tokio::test]
async fn nodes_and_outbound_tasks() {
    let workflow = WorkflowId::new("3f9d");
    let (reads, vendor) = reads_of("subtasks");
    let nodes = reads.nodes(&workflow, FIRST).await.unwrap();
    let query = "?workflow_id=3f9d&page=1&page_size=100";
    assert!(vendor.asked("/service/cloud/workflow/subtasklist")[0].url.ends_with(query));
    let [voice, waba] = &nodes.rows[..] else { panic!("{nodes:?}") };
    assert_eq!(voice.value.workflow, workflow);
    assert_eq!(voice.value.node_type.as_deref(), Some("Voice"));
    assert_eq!((voice.value.total, voice.value.ended_at), (Some(500), None));
    assert_eq!(waba.value.task, None);
    assert_eq!(waba.value.status.as_ref().unwrap().phase, Phase::Unknown);

    let (reads, vendor) = reads_of("outbound_tasks");
    let tasks = reads.outbound_tasks(&workflow, FIRST).await.unwrap();
    let sent = &vendor.asked("/service/cloud/workflow/tasklist")[0];
    let expected = serde_json::json!({ "workflow_id": "3f9d", "page": 1, "page_size": 100 });
    assert_eq!(json(sent), expected);
    let task = &tasks.rows[0].value;
    assert_eq!((task.connected, task.ended_at), (Some(203), utc("2026-11-22T03:00:00Z")));
}

#[tokio::test]
async fn calls_keep_what_was_sent_and_invent_nothing() {
    let (workflow, task) = (WorkflowId::new("asked"), TaskId::new("t-asked"));
    let page = reads_of("outbound_details").0.calls(&workflow, &task, FIRST).await.unwrap();
    let calls: Vec<_> = page.rows.iter().map(|row| &row.value).collect();
    let [full, unanswered, talked, unsaid] = &calls[..] else { panic!("{calls:?}") };
    assert_eq!(full.workflow.as_ref().unwrap().as_str(), "3f9d");
    assert_eq!(full.task.as_ref().unwrap().as_str(), "t-1");
    assert_eq!(full.callee.as_ref().unwrap().full(), "+6281234564821");
    assert_eq!((full.connected, full.round, full.turns), (Some(true), Some(2), Some(6)));
    assert_eq!((full.talk_ms, full.hangup.as_deref()), (Some(55_500), Some("14")));
    assert_eq!(full.called_at, utc("2026-11-22T02:00:00Z"));
    assert!(full.zone_assumed);
    assert_eq!(full.recording.as_deref(), Some("https://files.example/c-1.wav"));
    let labels = [("promise", "yes"), ("amount", "250000"), ("mood", "calm")];
    assert_eq!(full.detail.labels, labels.map(|(a, b)| (a.to_owned(), b.to_owned())));
    assert_eq!(full.detail.dialogue[1].start_ms, Some(900));
    assert_eq!(full.detail.dialogue[1].end_ms, None);

    assert_eq!((unanswered.connected, unanswered.talk_ms), (Some(false), Some(0)));
    assert_eq!(unanswered.workflow.as_ref(), Some(&workflow));
    assert_eq!(unanswered.task.as_ref(), Some(&task));
    assert_eq!((unanswered.answered_at, unanswered.recording.as_ref()), (None, None));
    assert!(!unanswered.zone_assumed);
    assert_eq!(unanswered.detail.labels, [("mood".to_owned(), "none".to_owned())]);

    assert_eq!((talked.id.as_str(), talked.connected), ("77", Some(true)));
    assert_eq!((unsaid.connected, unsaid.talk_ms), (None, None));
    assert_eq!(unsaid.result.as_deref(), Some("Aangehouden"));
    assert_eq!(page.skipped.len(), 1);
    assert!(!format!("{calls:?} {:?}", page.skipped).contains("+62812"));
}

#[tokio::test]
async fn one_call_by_its_id() {
    let id = CallId::new("c-1");
    let (reads, vendor) = reads_of("call_by_id");
    let call = reads.call(&id).await.unwrap().unwrap();
    assert_eq!(call.value.recording.as_deref(), Some("https://files.example/fresh/c-1.wav"));
    assert!(vendor.asked("/service/cloud/workflow/callinfobyid")[0].url.ends_with("?callid=c-1"));
    for nothing in
        [r#"{"code":200,"data":null}"#, r#"{"code":200,"data":{}}"#, r#"{"code":200,"data":[]}"#]
    {
        let (reads, _) = reads_with(OPEN, || nothing.into());
        assert_eq!(reads.call(&id).await.unwrap(), None, "{nothing}");
    }
    let (reads, _) = reads_with(OPEN, || r#"{"code":200,"data":"gone"}"#.into());
    let error = reads.call(&id).await.unwrap_err();
    assert_eq!(error.kind, ReadErrorKind::Unreadable { what: "/data".to_owned() });
}

#[tokio::test]
async fn waba_tasks_and_messages() {
    let (workflow, task) = (WorkflowId::new("3f9d"), WabaTaskId::new("w-1"));
    let tasks = reads_of("waba_tasks").0.waba_tasks(&workflow, FIRST).await.unwrap();
    let counts = &tasks.rows[0].value;
    assert_eq!((counts.sent, counts.delivered, counts.failed), (Some(290), Some(281), Some(10)));
    assert_eq!(counts.template_id.as_deref(), Some("9912"));

    let page = reads_of("waba_details").0.waba_messages(&workflow, &task, FIRST).await.unwrap();
    let [read, failed] = &page.rows[..] else { panic!("{page:?}") };
    assert_eq!(read.value.sent_at, utc("2025-04-15T06:41:00Z"));
    assert_eq!(read.value.read_at, utc("2025-04-15T06:42:00Z"));
    assert_eq!((&failed.value.task, failed.value.workflow.as_ref()), (&task, Some(&workflow)));
    assert_eq!(failed.value.failure_code.as_deref(), Some("131026"));
    assert_eq!(failed.value.sent_at, None);
}

#[tokio::test]
async fn sessions_of_all_time() {
    let (reads, vendor) = reads_of("chat_sessions");
    let page = reads.sessions(FIRST).await.unwrap();
    let sent = &vendor.asked("/api/v1/session/list")[0];
    let expected = serde_json::json!({
        "page": 1, "page_size": 100,
        "start_time": "1970-01-01T00:00:00Z", "end_time": "2026-11-24T00:00:00Z",
    });
    assert_eq!(json(sent), expected);
    // The chatbot family takes no token.
    assert_eq!(crate::scripted::header(sent, "authorization"), None);
    let [closed, open] = &page.rows[..] else { panic!("{page:?}") };
    assert_eq!(closed.value.robot.as_deref(), Some("5512"));
    assert_eq!(
        (closed.value.talk_round, closed.value.ended_at),
        (Some(4), utc("2025-04-15T06:47:00Z"))
    );
    assert_eq!((open.value.status.as_deref(), open.value.ended_at), (Some("openish"), None));
    assert_eq!(open.value.workflow, None);
}

#[tokio::test]
async fn messages_newest_first_before_a_message() {
    let (reads, vendor) = reads_of("chat_messages");
    let session = SessionId::new("s-1");
    let page = reads.messages(&session, None, 3).await.unwrap();
    assert!(!page.last_page);
    let ids: Vec<_> = page.rows.iter().map(|r| r.value.id.as_ref().unwrap().as_str()).collect();
    assert_eq!(ids, ["m-3", "m-2", "m-1"]);
    let positions: Vec<_> = page.rows.iter().map(|r| r.value.position).collect();
    assert_eq!(positions, [0, -1, -2]);
    assert_eq!(page.rows[0].value.seat.as_deref(), Some("seat-9"));
    let title = "Pay on Friday".to_owned();
    let chosen = Content::Chosen { choice: Choice { id: None, title } };
    assert_eq!(page.rows[1].value.content, chosen);
    assert_eq!(page.rows[2].value.status.as_deref(), Some("send"));
    assert!(matches!(&page.rows[2].value.content, Content::Unknown { json } if json["beam"] == 3));

    assert!(reads.messages(&session, Some(&MessageId::new("m-1")), 20).await.unwrap().last_page);
    let sent = vendor.asked("/api/v1/session/messages");
    let newest = serde_json::json!({ "call_id": "s-1", "last_msg_id": "", "size": 3 });
    let older = serde_json::json!({ "call_id": "s-1", "last_msg_id": "m-1", "size": 20 });
    assert_eq!((json(&sent[0]), json(&sent[1])), (newest, older));
}

#[tokio::test]
async fn an_answer_that_is_the_same_is_not_read_again() {
    let (reads, _) = reads_of("workflow_list");
    let first = reads.workflows(FIRST).await.unwrap();
    let again = PageAsk { known: Some(first.hash), ..FIRST };
    let second = reads.workflows(again).await.unwrap();
    assert!(second.same && second.rows.is_empty() && second.skipped.is_empty());
    assert_eq!((second.hash, second.total, second.last_page), (first.hash, Some(4), true));
    assert!(!first.same);
}

fn rows(count: usize, total: Option<i64>) -> Vec<u8> {
    let rows: Vec<_> = (0..count).map(|n| serde_json::json!({ "workflow_id": n })).collect();
    serde_json::json!({ "code": 200, "data": { "list": rows, "total": total } })
        .to_string()
        .into_bytes()
}

#[tokio::test]
async fn the_last_page_is_told_by_the_total_or_by_a_short_page() {
    for (page, count, total, last) in [
        (1, 20, Some(60), false),
        (2, 20, Some(60), false),
        (3, 20, Some(60), true),
        (3, 0, Some(60), true),
        (2, 7, Some(60), false),
        (1, 20, None, false),
        (2, 7, None, true),
        (1, 0, Some(0), true),
    ] {
        let (reads, _) = reads_with(OPEN, move || rows(count, total));
        let ask = PageAsk { page, page_size: 20, known: None };
        let found = reads.workflows(ask).await.unwrap().last_page;
        assert_eq!(found, last, "page {page} with {count} of {total:?}");
    }
}

#[tokio::test]
async fn a_page_size_that_the_vendor_caps_is_learnt_from_the_first_page() {
    let (reads, _) = reads_with(OPEN, || rows(50, Some(120)));
    assert_eq!(reads.page_size(Key::WorkflowList), 100);
    let page = reads.workflows(FIRST).await.unwrap();
    assert_eq!((page.page_size, page.last_page), (50, false));
    assert_eq!(reads.page_size(Key::WorkflowList), 50);
    assert_eq!(reads.page_size(Key::WorkflowSubtasks), 100);
    let second = PageAsk { page: 2, ..FIRST };
    assert!(!reads.workflows(second).await.unwrap().last_page);
}

#[tokio::test]
async fn a_recording_comes_by_a_plain_get_and_at_most_five_redirects() {
    let vendor = Scripted::new(|_, request| {
        let path = crate::scripted::path(request);
        let hops: u32 = path.trim_start_matches('/').parse().unwrap_or(0);
        if hops == 0 {
            return ok(200, "RIFF");
        }
        let headers = vec![("Location".to_owned(), format!("/{}", hops - 1))];
        Ok(wheelhouse::vendor::transport::Response { status: 302, headers, body: "".into() })
    });
    let (reads, _) = client("", vendor.clone());
    let file = reads.recording("https://files.example/5").await.unwrap();
    assert_eq!(&file.bytes[..], b"RIFF");
    assert_eq!(crate::scripted::header(&vendor.asked("/5")[0], "authorization"), None);
    assert!(vendor.asked("/service/cloud/auth").is_empty());
    for link in ["https://files.example/6", "file:///etc/passwd", "no link"] {
        let error = reads.recording(link).await.unwrap_err();
        let address = matches!(error.kind, ReadErrorKind::Transport(TransportError::Address(_)));
        assert!(address, "{link}: {error:?}");
    }
}

#[tokio::test]
async fn a_recording_that_is_gone_too_large_or_redirected_to_plain_http_is_told() {
    let vendor = Scripted::new(|_, request| match crate::scripted::path(request).as_str() {
        "/large" => ok(200, vec![0; 2_000]),
        "/plain" => Ok(wheelhouse::vendor::transport::Response {
            status: 302,
            headers: vec![("location".to_owned(), "http://files.example/a".to_owned())],
            body: "".into(),
        }),
        _ => ok(404, ""),
    });
    let (reads, _) = client("", vendor);
    let kind = |link: &'static str| {
        let reads = reads.clone();
        async move { reads.recording(link).await.unwrap_err().kind }
    };
    assert_eq!(kind("https://f.example/gone").await, ReadErrorKind::Http { status: 404 });
    assert_eq!(
        kind("https://f.example/large").await,
        TransportError::TooLarge { limit: 1_000 }.into()
    );
    let unsafe_one = kind("https://f.example/plain").await;
    assert!(matches!(unsafe_one, ReadErrorKind::Transport(TransportError::Address(_))));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((field_name(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Mostly names that mean something, so that values of any type reach every field.
fn field_name() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "workflow_id", "nodetask_id", "task_id", "callid", "call_id", "waba_task_id", "msg_id",
            "workflow_template_id", "status", "calltime", "talk_duration", "dialogue", "ner_slots",
            "event_label", "customizeResults", "content", "type", "interactive", "template", "reply",
            "timestamp", "total", "start_time", "talkResult", "text", "media", "action", "sections",
        ])
        .prop_map(str::to_owned),
        1 => ".{0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_rows_become_records_or_are_skipped(values in prop::collection::vec(any_json(), 0..6)) {
        let count = values.len();
        let body = serde_json::json!({ "code": 200, "data": { "list": values, "total": count } });
        let body = body.to_string().into_bytes();
        let (reads, _) = reads_with(OPEN, move || body.clone());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (w, t, b) = (WorkflowId::new("w"), TaskId::new("t"), WabaTaskId::new("b"));
        let counts = runtime.block_on(async {
            macro_rules! count {
                ($page:expr) => {
                    $page.await.map(|page| page.rows.len() + page.skipped.len())
                };
            }
            [
                count!(reads.templates(FIRST)),
                count!(reads.workflows(FIRST)),
                count!(reads.nodes(&w, FIRST)),
                count!(reads.outbound_tasks(&w, FIRST)),
                count!(reads.calls(&w, &t, FIRST)),
                count!(reads.waba_tasks(&w, FIRST)),
                count!(reads.waba_messages(&w, &b, FIRST)),
                count!(reads.sessions(FIRST)),
                count!(reads.messages(&SessionId::new("s"), None, 10)),
            ]
        });
        for found in counts {
            prop_assert_eq!(found.unwrap(), count);
        }
    }

    #[test]
    fn any_text_is_kept_as_a_status(written in ".{1,30}") {
        prop_assume!(!written.trim().is_empty());
        let row = serde_json::json!({ "workflow_id": "w", "status": written });
        let body = serde_json::json!({ "code": 200, "data": { "list": [row] } }).to_string();
        let (reads, _) = reads_with(OPEN, move || body.clone().into_bytes());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let page = runtime.block_on(reads.workflows(FIRST)).unwrap();
        let status = page.rows[0].value.status.clone().unwrap();
        prop_assert_eq!(status.written, written);
    }
}
