//! Rows of Leads Generation, WhatsApp business accounts and the predictive dialer, as bodies written by
//! hand from what is known of the vendor's API.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::json as value;
use wheelhouse::{
    domain::{
        ids::{CallId, Callee, MessageId, NodeId, TaskId, WabaTaskId, WorkflowId},
        status::Phase,
        time::Timestamp,
    },
    vendor::{Key, NotAsked, PageAsk, Push, ReadErrorKind, Reads, transport::Method},
};

use crate::scripted::{OPEN, Scripted, client, fixture, header, json, ok, path};

const FIRST: PageAsk = PageAsk { page: 1, page_size: 100, known: None };
/// Paths of Leads Generation that are not the workflow's.
const LEADS: &str = r#"
reads = "assumed"
[endpoint."leads.list"]
path = "/leads/list"
[endpoint."leads.tasks"]
path = "/leads/tasks"
[endpoint."leads.task_details"]
path = "/leads/details"
"#;

/// Signs in at either family and answers everything else with `body`.
fn reads_with(
    profile: &str,
    body: impl Fn() -> Vec<u8> + Send + Sync + 'static,
) -> (Reads, Arc<Scripted>) {
    let vendor = Scripted::signed_in(move |_, request| match path(request).as_str() {
        "/service/callcenter/call/predict/auth" => ok(200, r#"{"code":0,"body":{"token":"d+/"}}"#),
        _ => ok(200, body()),
    });
    (client(profile, vendor.clone()).0, vendor)
}

fn reads_of(name: &'static str) -> (Reads, Arc<Scripted>) {
    reads_with(OPEN, move || fixture(name))
}

fn utc(text: &str) -> Option<Timestamp> {
    Some(Timestamp(chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()))
}

#[tokio::test]
async fn leads_are_workflows_asked_for_elsewhere() {
    let (reads, vendor) = reads_with(LEADS, || fixture("workflow_list"));
    let (own, twin) = (reads.leads().workflows(FIRST).await, reads.workflows(FIRST).await);
    assert_eq!(own.unwrap().rows, twin.unwrap().rows);
    assert_eq!(vendor.asked("/leads/list").len(), 1);

    let workflow = WorkflowId::new("3f9d");
    let (reads, vendor) = reads_with(LEADS, || fixture("outbound_tasks"));
    let (own, twin) =
        (reads.leads().tasks(&workflow, FIRST).await, reads.outbound_tasks(&workflow, FIRST).await);
    assert_eq!(own.unwrap().rows, twin.unwrap().rows);
    let sent = &vendor.asked("/leads/tasks")[0];
    let expected = value!({ "workflow_id": "3f9d", "page": 1, "page_size": 100 });
    assert_eq!((sent.method, json(sent)), (Method::Post, expected));

    let task = TaskId::new("t-asked");
    let (reads, vendor) = reads_with(LEADS, || fixture("outbound_details"));
    let (own, twin) = (
        reads.leads().calls(&workflow, &task, FIRST).await,
        reads.calls(&workflow, &task, FIRST).await,
    );
    assert_eq!(own.unwrap().rows, twin.unwrap().rows);
    assert_eq!(vendor.asked("/leads/details").len(), 1);

    let (reads, _) = reads_of("templates");
    assert_eq!(reads.leads().templates(FIRST).await.unwrap().rows.len(), 2);
    let (reads, _) = reads_of("call_by_id");
    let call = reads.leads().call(&CallId::new("c-1")).await.unwrap().unwrap();
    assert_eq!(call.value.recording.as_deref(), Some("https://files.example/fresh/c-1.wav"));
}

#[tokio::test]
async fn a_path_that_is_inferred_from_a_twin_is_a_guess_until_it_is_confirmed() {
    let (reads, vendor) = reads_with("", || fixture("workflow_list"));
    let error = reads.leads().workflows(FIRST).await.unwrap_err();
    assert_eq!((error.key, error.kind), (Key::LeadsList, NotAsked::Guessed.into()));
    assert_eq!(vendor.asked_in_all(), 0);
}

#[tokio::test]
async fn what_a_node_pushed_is_shown_as_it_was_answered() {
    let push = Push {
        workflow: WorkflowId::new("w"),
        node: NodeId::new("n"),
        callee: Callee::new("+6281234564821"),
        case_id: Some("C7".to_owned()),
    };
    let (reads, vendor) =
        reads_with(OPEN, || r#"{"code":200,"data":{"pushed":[{"at":"yesterday"}]}}"#.into());
    let answer = reads.verify_push(&push).await.unwrap();
    assert_eq!(answer.as_deref(), Some(r#"{"pushed":[{"at":"yesterday"}]}"#));
    let sent = &vendor.asked("/service/cloud/workflow/apinoticeinfo")[0];
    let expected = value!({
        "workflow_id": "w", "node_id": "n", "callee": "+6281234564821", "case_id": "C7",
    });
    assert_eq!(json(sent), expected);
    for nothing in [r#"{"code":200}"#, r#"{"code":200,"data":null}"#, r#"{"code":200,"data":[]}"#] {
        let (reads, _) = reads_with(OPEN, || nothing.into());
        assert_eq!(reads.leads().verify_push(&push).await.unwrap(), None, "{nothing}");
    }
}

#[tokio::test]
async fn business_accounts_and_templates() {
    let (reads, vendor) = reads_of("waba_accounts");
    let page = reads.waba_accounts().await.unwrap();
    let rows: Vec<_> =
        page.rows.iter().map(|r| (r.value.channel_id.as_str(), r.value.name.as_deref())).collect();
    assert_eq!(rows, [("6531580231", Some("DanaLancar")), ("6531580275", Some("优品荟"))]);
    assert_eq!((page.skipped.len(), page.last_page), (1, true));
    let sent = &vendor.asked("/api/v1/waba/accounts")[0];
    assert_eq!((sent.method, header(sent, "authorization")), (Method::Get, None));

    let page = reads_of("waba_templates").0.waba_templates(FIRST).await.unwrap();
    let [first, second] = &page.rows[..] else { panic!("{page:?}") };
    assert_eq!(
        (first.value.id.as_str(), first.value.status.as_deref()),
        ("9912", Some("APPROVED"))
    );
    assert_eq!((second.value.id.as_str(), second.value.language.as_deref()), ("9913", None));
    assert!(page.skipped[0].why.contains("template_id"));

    let (reads, vendor) = reads_of("waba_template");
    let template = reads.waba_template("9912").await.unwrap().unwrap();
    assert_eq!(template.value.name.as_deref(), Some("payment_reminder_v1"));
    assert_eq!(template.value.id, "9912", "the answer does not repeat it");
    assert!(vendor.asked("/api/v1/waba/template")[0].url.ends_with("?template_id=9912"));
}

#[tokio::test]
async fn what_became_of_a_template_message() {
    let (reads, vendor) = reads_of("waba_result");
    let (task, id) = (WabaTaskId::new("b-1"), MessageId::new("m-1"));
    let message = reads.waba_result(&task, &id).await.unwrap().unwrap().value;
    assert_eq!((&message.task, message.status.as_deref()), (&task, Some("failed")));
    assert_eq!((message.failure_code.as_deref(), message.sent_at), (Some("131026"), None));
    assert!(vendor.asked("/api/v1/waba/result")[0].url.ends_with("?msg_id=m-1"));
}

#[tokio::test]
async fn business_reads_wait_for_the_signature_and_carry_it() {
    let (reads, vendor) = reads_with("reads = \"assumed\"", || fixture("waba_accounts"));
    let error = reads.waba_accounts().await.unwrap_err();
    assert_eq!(error.kind, NotAsked::SignUnknown.into());
    assert_eq!(vendor.asked_in_all(), 0);
    let signed = "reads = \"assumed\"\n[family.chatbot]\nsign = \"hmac-sha256-hex\"";
    let (reads, vendor) = reads_with(signed, || fixture("waba_accounts"));
    reads.waba_accounts().await.unwrap();
    let sent = &vendor.asked("/api/v1/waba/accounts")[0];
    assert_eq!(header(sent, "X-AIRudder-Sign-Key").as_deref(), Some("sign-key"));
    assert_eq!(header(sent, "X-AIRudder-Sign").map(|sign| sign.len()), Some(64));
}

#[tokio::test]
async fn the_dialers_tasks_of_the_last_month() {
    let (reads, vendor) = reads_with("zone = \"+07:00\"", || fixture("dialer_tasks"));
    let page = reads.dialer_tasks(PageAsk { page: 2, page_size: 50, known: None }).await.unwrap();
    let sent = &vendor.asked("/service/callcenter/call/predict/querytasklist")[0];
    let expected = value!({
        "minstarttime": "2026-10-24 07:00:00", "maxstarttime": "2026-11-23 07:00:00",
        "offset": 50, "limit": 50,
    });
    assert_eq!(json(sent), expected);
    assert_eq!(header(sent, "authorization").as_deref(), Some("Token d+/"));
    let [over, new] = &page.rows[..] else { panic!("{page:?}") };
    assert_eq!(over.value.group.as_deref(), Some("Jakarta"));
    assert_eq!(over.value.status.as_ref().unwrap().phase, Phase::Finished);
    assert_eq!(over.value.started_at, utc("2026-11-20T02:00:00Z"));
    assert_eq!((new.value.name.as_deref(), new.value.started_at), (None, None));
    assert_eq!(new.value.status.as_ref().unwrap().written, "Creating");
    assert_eq!((page.total, page.skipped.len()), (Some(3), 1));
}

#[tokio::test]
async fn the_dialers_calls_are_calls_of_their_task() {
    let task = TaskId::new("d-1");
    let (reads, vendor) = reads_of("dialer_details");
    let page = reads.dialer_calls(&task, FIRST).await.unwrap();
    let sent = &vendor.asked("/service/callcenter/call/predict/querytaskdetail")[0];
    let expected = value!({
        "taskId": "d-1", "offset": 0, "limit": 100, "orderBy": "calltime", "needCustomerInfo": false,
    });
    assert_eq!(json(sent), expected);
    let [talked, abandoned] = &page.rows[..] else { panic!("{page:?}") };
    assert_eq!((talked.value.task.as_ref(), talked.value.connected), (Some(&task), Some(true)));
    assert_eq!(talked.value.answered_at, utc("2026-11-20T02:01:09Z"));
    assert_eq!((talked.value.talk_ms, talked.value.zone_assumed), (None, false));
    assert_eq!(abandoned.value.task.as_ref().unwrap().as_str(), "d-7");
    assert_eq!((abandoned.value.connected, abandoned.value.answered_at), (None, None));
    assert_eq!(abandoned.value.hangup.as_deref(), Some("19"));
}

#[tokio::test]
async fn the_link_of_a_dialers_recording() {
    let id = CallId::new("c-9");
    let link = || r#"{"code":0,"body":{"link":"https://files.example/c-9.wav"}}"#.into();
    let (reads, vendor) = reads_with("", link);
    let found = reads.dialer_recording(&id).await.unwrap();
    assert_eq!(found.as_deref(), Some("https://files.example/c-9.wav"));
    let sent = &vendor.asked("/service/callcenter/call/predict/case/recording")[0];
    assert_eq!(json(sent), value!({ "callid": "c-9" }));
    let (reads, _) = reads_with("", || r#"{"code":0,"body":{"link":""}}"#.into());
    assert_eq!(reads.dialer_recording(&id).await.unwrap(), None);
    let (reads, _) = reads_with("", || r#"{"code":10516,"message":"no recordings"}"#.into());
    assert_eq!(reads.dialer_recording(&id).await.unwrap(), None);
    let (reads, _) = reads_with("", || r#"{"code":10609,"message":"invalid"}"#.into());
    let error = reads.dialer_recording(&id).await.unwrap_err();
    assert!(matches!(error.kind, ReadErrorKind::Refused { code: 10609, .. }), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_body_is_rows_or_an_error(body in "\\PC{0,60}", cell in "[0-9a-z\\[\\]{}\":,]{0,30}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for body in [
            body,
            format!(r#"{{"code":200,"data":{{"list":[{cell}]}}}}"#),
            format!(r#"{{"code":0,"body":{{"list":[{{"taskId":{cell}}}],"link":{cell}}}}}"#),
        ] {
            let (reads, _) = reads_with(OPEN, move || body.clone().into_bytes());
            runtime.block_on(async {
                let _ = reads.waba_accounts().await;
                let _ = reads.waba_templates(FIRST).await;
                let _ = reads.waba_template("t").await;
                let _ = reads.waba_result(&WabaTaskId::new("b"), &MessageId::new("m")).await;
                let _ = reads.dialer_tasks(FIRST).await;
                let _ = reads.dialer_calls(&TaskId::new("t"), FIRST).await;
                let _ = reads.dialer_recording(&CallId::new("c")).await;
                let _ = reads.leads().call(&CallId::new("c")).await;
            });
        }
    }
}
