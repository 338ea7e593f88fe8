//! What a profile corrects, seen from the wire: how requests go out and how answers are understood.

use proptest::prelude::*;
use serde_json::json as value;
use wheelhouse::{
    domain::{
        ids::{TaskId, WorkflowId},
        status::Phase,
        time::Timestamp,
    },
    store::{self, Batch, StoredAccount},
    sync::replay::{Replayed, replay},
    vendor::{
        Key, PageAsk, Profile, ReadErrorKind,
        decode_hook::{HookEvent, decode},
        transport::{Method, Request},
    },
};

use crate::scripted::{NOW, Scripted, client, header, json, ok, path};

const LIST: &str = "/service/cloud/workflow/instancelist";

fn ask(page: u32) -> PageAsk {
    PageAsk { page, page_size: 2, known: None }
}

/// A parameter of the query.
fn query(request: &Request, name: &str) -> Option<String> {
    let (_, query) = request.url.split_once('?')?;
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(n, _)| *n == name).map(|(_, value)| value.to_owned()).next()
}

const BY_CURSOR: &str = r#"
reads = "assumed"
[endpoint."workflow.list"]
paging = "cursor"
list = "/data/rows"
cursor = "/data/next"
params = { cursor = { name = "after" }, page_size = { name = "limit" } }
"#;

/// Three pages, each named by the cursor that the one before it gave.
fn by_cursor(
    _: usize,
    request: &Request,
) -> Result<wheelhouse::vendor::transport::Response, wheelhouse::vendor::transport::TransportError>
{
    let (rows, next) = match query(request, "after").as_deref() {
        None => (["a", "b"].as_slice(), "p2"),
        Some("p2") => (&["c", "d"][..], "p3"),
        Some("p3") => (&["e"][..], ""),
        Some(other) => panic!("{other}"),
    };
    let rows: Vec<_> = rows.iter().map(|id| value!({ "workflow_id": id })).collect();
    ok(200, value!({ "code": 200, "data": { "rows": rows, "next": next } }).to_string())
}

#[tokio::test]
async fn a_list_by_cursors_is_asked_with_what_the_page_before_gave() {
    let vendor = Scripted::signed_in(by_cursor);
    let (reads, _) = client(BY_CURSOR, vendor.clone());
    let error = reads.workflows(ask(2)).await.unwrap_err();
    assert_eq!(error.kind, ReadErrorKind::OutOfOrder);
    assert_eq!(vendor.asked(LIST).len(), 0, "a page out of order is not asked");
    for (page, rows, last) in [(1, 2, false), (2, 2, false), (3, 1, true)] {
        let answer = reads.workflows(ask(page)).await.unwrap();
        assert!(answer.by_cursor && !answer.loops);
        assert_eq!((answer.rows.len(), answer.last_page), (rows, last), "page {page}");
    }
    let asked = vendor.asked(LIST);
    assert_eq!(query(&asked[0], "after"), None);
    assert_eq!(query(&asked[2], "after").as_deref(), Some("p3"));
    assert!(asked.iter().all(|r| query(r, "limit").as_deref() == Some("2")));
    assert!(asked.iter().all(|r| query(r, "page").is_none()));
}

#[tokio::test]
async fn a_cursor_that_goes_round_ends_the_list() {
    let vendor = Scripted::signed_in(|nth, _| {
        let row = value!({ "workflow_id": nth.to_string() });
        ok(200, value!({ "code": 200, "data": { "rows": [row], "next": "same" } }).to_string())
    });
    let (reads, _) = client(BY_CURSOR, vendor);
    assert!(!reads.workflows(ask(1)).await.unwrap().last_page);
    let second = reads.workflows(ask(2)).await.unwrap();
    assert!(second.loops && second.last_page);
}

#[tokio::test]
async fn the_dialer_has_a_sign_in_of_its_own() {
    let vendor = Scripted::new(|_, request| match path(request).as_str() {
        "/service/callcenter/call/predict/auth" => {
            ok(200, r#"{"code":0,"message":"successfully","body":{"token":"t+/"}}"#)
        }
        other => panic!("{other}"),
    });
    let (reads, _) = client("", vendor.clone());
    reads.sign_in_pds().await.unwrap();
    let sent = &vendor.asked("/service/callcenter/call/predict/auth")[0];
    assert_eq!(sent.method, Method::Post);
    assert_eq!(json(sent), value!({ "APPKey": "pds-key", "APPSecret": "pds-secret" }));
    let refusing = Scripted::new(|_, _| ok(200, r#"{"code":10301,"message":"invalid app key"}"#));
    let error = client("", refusing).0.sign_in_pds().await.unwrap_err();
    assert!(matches!(error.kind, ReadErrorKind::SignIn { code: 10301, .. }), "{error}");
}

#[tokio::test]
async fn chatbot_requests_are_signed_with_the_chosen_algorithm_and_no_other() {
    let list = "/api/v1/session/list";
    for (word, length) in
        [("none", None), ("hmac-sha256-hex", Some(64)), ("md5-body-secret", Some(32))]
    {
        let profile = format!("reads = \"assumed\"\n[family.chatbot]\nsign = \"{word}\"");
        let vendor = Scripted::new(|_, _| ok(200, r#"{"code":200,"data":{"list":[]}}"#));
        let (reads, _) = client(&profile, vendor.clone());
        reads.sessions(ask(1)).await.unwrap();
        let sent = &vendor.asked(list)[0];
        assert_eq!(header(sent, "X-AIRudder-Sign").map(|s| s.len()), length, "{word}");
        let key = length.map(|_| "sign-key".to_owned());
        assert_eq!(header(sent, "X-AIRudder-Sign-Key"), key, "{word}");
        assert_eq!(header(sent, "authorization"), None);
    }
}

#[tokio::test]
async fn sign_in_envelope_window_and_header_follow_the_profile() {
    let profile = r#"
        reads = "assumed"
        zone = "+07:00"
        [family.cloud]
        auth = "bearer"
        [endpoint."cloud.auth"]
        path = "/login"
        params = { APPKey = { name = "id" } }
        list = "/result"
        envelope = { code = "/rc" }
        success = "OK"
        [endpoint."workflow.list"]
        envelope = { code = "/rc", message = "/why" }
        success = ["OK"]
        window = { days = 30, format = "datetime" }
    "#;
    let vendor = Scripted::new(|nth, request| match (path(request).as_str(), nth) {
        ("/login", _) => ok(200, r#"{"rc":"OK","result":{"token":"abc"}}"#),
        (_, 0) => ok(200, r#"{"rc":"OK","data":{"list":[],"total":0}}"#),
        _ => ok(200, r#"{"rc":"E17","why":"window too long"}"#),
    });
    let (reads, _) = client(profile, vendor.clone());
    let page = reads.workflows(ask(1)).await.unwrap();
    assert!(page.windowed, "what is outside the window may still be there");
    let signed_in = &vendor.asked("/login")[0];
    assert_eq!(json(signed_in), value!({ "id": "demo-key", "APPSecret": "very-secret" }));
    let sent = &vendor.asked(LIST)[0];
    assert_eq!(header(sent, "authorization").as_deref(), Some("Bearer abc"));
    // NOW is in 2026-11-22 UTC.
    assert_eq!(query(sent, "start_time").as_deref(), Some("2026-10-24+07%3A00%3A00"));
    assert_eq!(query(sent, "end_time").as_deref(), Some("2026-11-23+07%3A00%3A00"));
    let error = reads.workflows(ask(1)).await.unwrap_err();
    assert!(error.to_string().contains("E17 window too long"), "{error}");
}

const MAPS: &str = r#"
reads = "assumed"
[record.workflow.fields]
workflow_id = { pointer = "/flow/uid" }
status = { pointer = "/flow/stage" }
actions = { pointer = "/steps" }
[record.node.fields]
nodetask_id = { pointer = "/step" }
task_status = { pointer = "/stage" }
[record.task.fields]
task_id = { pointer = "/job" }
task_status = { pointer = "/stage" }
[record.call.fields]
callid = { pointer = "/ref" }
talk_result = { pointer = "/outcome" }
talk_duration = { pointer = "/len", unit = "ms" }
call_time = { pointer = "/at", unit = "min" }
dialogue = { pointer = "/lines" }
text = { pointer = "/said" }
start_ms = { pointer = "/from", unit = "s" }
[record.waba_task.fields]
waba_task_id = { pointer = "/batch" }
[record.waba_message.fields]
msg_id = { pointer = "/ref" }
sent_time = { pointer = "/at", zone = "+00:00" }
[record.session.fields]
call_id = { pointer = "/talk" }
[record.message.fields]
msg_id = { pointer = "/ref" }
sender_type = { pointer = "/who" }
[record.template.fields]
workflow_template_id = { pointer = "/no" }
[status.workflow]
"3" = "running"
[status.node]
"3" = "stopped"
[status.task]
"3" = "finished"
[status.call]
"1" = "connected"
"2" = "not_connected"
[family.chatbot]
sign = "none"
"#;

async fn first<T>(
    row: serde_json::Value,
    read: impl AsyncFnOnce(
        wheelhouse::vendor::Reads,
    ) -> Result<wheelhouse::vendor::Page<T>, wheelhouse::vendor::ReadError>,
) -> T {
    let body = value!({ "code": 200, "data": { "list": [row] } }).to_string();
    let (reads, _) = client(MAPS, Scripted::signed_in(move |_, _| ok(200, body.clone())));
    read(reads).await.unwrap().rows.remove(0).value
}

#[tokio::test]
async fn a_map_lies_over_the_rows_of_every_list() {
    let (w, t) = (WorkflowId::new("w"), TaskId::new("t"));
    let row = value!({ "flow": { "uid": "w1", "stage": 3 }, "status": "Paused" });
    let workflow = first(row, async |r| r.workflows(ask(1)).await).await;
    assert_eq!(workflow.id.as_str(), "w1");
    let status = workflow.status.unwrap();
    assert_eq!((status.written.as_str(), status.phase), ("3", Phase::Running));

    let node =
        first(value!({ "step": "n", "stage": "3" }), async |r| r.nodes(&w, ask(1)).await).await;
    assert_eq!((node.id.as_str(), node.status.unwrap().phase), ("n", Phase::Stopped));
    let row = value!({ "job": "j", "stage": 3 });
    let task = first(row, async |r| r.outbound_tasks(&w, ask(1)).await).await;
    assert_eq!((task.id.as_str(), task.status.unwrap().phase), ("j", Phase::Finished));

    let row = value!({ "ref": 17, "outcome": 2, "len": 12500, "at": 29_000_000,
        "lines": [{ "said": "hello", "from": 1.5 }] });
    let call = first(row, async |r| r.calls(&w, &t, ask(1)).await).await;
    assert_eq!((call.id.as_str(), call.connected, call.talk_ms), ("17", Some(false), Some(12_500)));
    assert_eq!(call.called_at, Some(Timestamp(29_000_000 * 60_000)));
    assert_eq!(call.detail.dialogue[0].text, "hello");
    assert_eq!(call.detail.dialogue[0].start_ms, Some(1_500));

    let batch = first(value!({ "batch": "b" }), async |r| r.waba_tasks(&w, ask(1)).await).await;
    assert_eq!(batch.id.as_str(), "b");
    let row = value!({ "ref": "m", "at": "2025-04-15 06:41:00" });
    let message = first(row, async |r| r.waba_messages(&w, &batch.id, ask(1)).await).await;
    assert_eq!(message.sent_at, Some(Timestamp(1_744_699_260_000)));
    let session = first(value!({ "talk": "s" }), async |r| r.sessions(ask(1)).await).await;
    assert_eq!(session.id.as_str(), "s");
    let row = value!({ "ref": "m1", "who": "user" });
    let said = first(row, async |r| r.messages(&session.id, None, 10).await).await;
    assert_eq!((said.id.unwrap().as_str(), said.sender.as_deref()), ("m1", Some("user")));
    let template = first(value!({ "no": 9 }), async |r| r.templates(ask(1)).await).await;
    assert_eq!(template.id.as_str(), "9");
}

#[test]
fn webhooks_go_through_the_same_maps() {
    let profile = Profile::parse(MAPS).unwrap();
    let read = |body: serde_json::Value| {
        decode(
            body.to_string().as_bytes(),
            wheelhouse::domain::chat::Signature::Unsigned,
            &profile,
            NOW,
        )
        .unwrap()
    };
    let event = read(
        value!({ "flow": { "uid": "w1", "stage": 3 }, "steps": [{ "step": "n", "stage": 3 }] }),
    );
    let HookEvent::WorkflowStatus { workflow, nodes } = event else { panic!("{event:?}") };
    assert_eq!(workflow.value.status.unwrap().phase, Phase::Running);
    assert_eq!(nodes[0].value.status.as_ref().unwrap().phase, Phase::Stopped);
    let event = read(value!({ "ref": "c", "outcome": "1", "len": 900 }));
    let HookEvent::CallCompleted { call, .. } = event else { panic!("{event:?}") };
    assert_eq!((call.value.connected, call.value.talk_ms), (Some(true), Some(900)));
}

/// A store with what an account without a map has read: one workflow and two calls.
async fn stored(folder: &std::path::Path) -> (store::Opened, wheelhouse::domain::ids::AccountId) {
    let mut opened = store::open(&folder.join("wheelhouse.db")).await.unwrap();
    let account = wheelhouse::domain::ids::AccountId::new("a");
    let named = StoredAccount { id: account.clone(), name: "A".into(), base_url: String::new() };
    opened.writer.account(&named).await.unwrap();
    let workflows = value!([{ "workflow_id": "w", "status": 3 }]);
    let calls = value!([
        { "callid": "c1", "talk_result": 1, "len": 61_000, "callee": "+621", "task_id": "t" },
        { "callid": "c2", "talk_result": 2, "callee": "+622", "task_id": "t" },
    ]);
    let script = move |_, request: &Request| {
        let rows = if path(request) == LIST { &workflows } else { &calls };
        ok(200, value!({ "code": 200, "data": { "list": rows } }).to_string())
    };
    let (reads, _) = client("reads = \"assumed\"", Scripted::signed_in(script));
    let (w, t) = (WorkflowId::new("w"), TaskId::new("t"));
    let batch = Batch {
        workflows: reads.workflows(PageAsk { page_size: 100, ..ask(1) }).await.unwrap().rows,
        calls: reads.calls(&w, &t, PageAsk { page_size: 100, ..ask(1) }).await.unwrap().rows,
        ..Batch::default()
    };
    let api = wheelhouse::domain::workflow::Source::Api;
    opened.writer.apply(&account, api, NOW, batch).await.unwrap();
    (opened, account)
}

#[tokio::test]
async fn what_is_stored_is_read_anew_when_its_map_changes_and_only_then() {
    let folder = tempfile::tempdir().unwrap();
    let (mut opened, account) = stored(folder.path()).await;
    let built_in = Profile::built_in();
    let done = replay(&opened.reader, &mut opened.writer, &account, &built_in, NOW).await.unwrap();
    assert_eq!(done, Replayed::default(), "nothing changed");

    let maps = "[record.call.fields]\ntalk_duration = { pointer = \"/len\", unit = \"ms\" }\n\
                [status.call]\n1 = \"connected\"\n2 = \"not_connected\"\n[status.workflow]\n3 = \"running\"";
    let profile = Profile::parse(maps).unwrap();
    let done = replay(&opened.reader, &mut opened.writer, &account, &profile, NOW).await.unwrap();
    assert_eq!((done.read, done.written, done.unreadable), (3, 3, 0));
    let id = wheelhouse::domain::ids::CallId::new("c1");
    let call = opened.reader.call(&account, &id).await.unwrap().unwrap().call;
    assert_eq!((call.talk_ms, call.connected), (Some(61_000), Some(true)));
    assert_eq!(call.workflow, Some(WorkflowId::new("w")), "what the list knew stays");
    let id = wheelhouse::domain::ids::WorkflowId::new("w");
    let workflow = opened.reader.workflow(&account, &id).await.unwrap().unwrap();
    assert_eq!(workflow.workflow.status.unwrap().phase, Phase::Running);
    assert_eq!((workflow.tally.connected_calls, workflow.tally.talk_ms), (1, 61_000));
    let again = replay(&opened.reader, &mut opened.writer, &account, &profile, NOW).await.unwrap();
    assert_eq!(again, Replayed::default());
    let sample = opened.reader.raw_sample(&account, store::Kind::Call, 1).await.unwrap();
    assert_eq!((sample[0].id.as_str(), sample[0].parent.as_deref()), ("c2", Some("t")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_kept_as_a_status_under_any_map(written in ".{1,30}", other in ".{1,10}") {
        prop_assume!(!written.trim().is_empty());
        let key = serde_json::Value::from(other.trim()).to_string();
        let profile = format!("reads = \"assumed\"\n[status.workflow]\n{key} = \"running\"");
        prop_assume!(Profile::parse(&profile).is_ok());
        let row = value!({ "workflow_id": "w", "status": written });
        let body = value!({ "code": 200, "data": { "list": [row] } }).to_string();
        let (reads, _) = client(&profile, Scripted::signed_in(move |_, _| ok(200, body.clone())));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let page = runtime.block_on(reads.workflows(PageAsk { page_size: 100, ..ask(1) })).unwrap();
        prop_assert_eq!(&page.rows[0].value.status.as_ref().unwrap().written, &written);
    }

    #[test]
    fn any_body_under_any_terms_is_rows_or_an_error(body in ".{0,60}", code in "[/a-z0-9~]{0,12}") {
        let profile = format!(
            "{BY_CURSOR}envelope = {{ code = {:?} }}\nsuccess = [\"\\\"\", 7]", format!("/{code}")
        );
        let (reads, _) = client(&profile, Scripted::signed_in(move |_, _| ok(200, body.clone())));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let _ = runtime.block_on(reads.workflows(ask(1)));
        let _ = reads.may(Key::WorkflowList);
    }
}
