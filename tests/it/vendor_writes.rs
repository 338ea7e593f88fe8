//! Writes against a scripted vendor: what is sent, that it is sent once, and what its answer means.

use wheelhouse::{
    domain::{
        action::Verb,
        evidence::Evidence,
        ids::{Callee, WorkflowId},
        mask::Mask,
    },
    vendor::{
        NotAsked, PageAsk, Permission, WriteOutcome, Writes,
        transport::{Response, TransportError},
    },
};

use crate::scripted::{
    NOW, OPEN, Scripted, TOKEN, client, client_at, fixture, header, json, limited, ok, path,
};

const STOP: &str = "/service/cloud/workflow/stopinstance";
const CANCEL: &str = "/service/cloud/workflow/canceldetail";
const AUTH: &str = "/service/cloud/auth";

fn stop(writes: &Writes) -> Permission {
    writes.permission(Verb::StopWorkflow).unwrap()
}

fn rest(writes: &Writes) -> Permission {
    writes.permission(Verb::CancelRest).unwrap()
}

fn workflow() -> WorkflowId {
    WorkflowId::new("3f9d1c5e")
}

#[tokio::test]
async fn a_stop_and_a_cancel_say_what_the_contract_says() {
    let vendor = Scripted::signed_in(|_, _| ok(200, r#"{"code":200,"status":"OK","data":null}"#));
    let (_, writes) = client(OPEN, vendor.clone());
    let callee = Callee::new("+6281234564821");
    let outcomes = [
        writes.stop_workflow(stop(&writes), &workflow()).await,
        writes.cancel_rest(rest(&writes), &workflow(), &callee, Some("CASE-1")).await,
        writes.cancel_rest(rest(&writes), &workflow(), &callee, None).await,
    ];
    for outcome in outcomes {
        assert!(matches!(outcome, WriteOutcome::Accepted { .. }), "{outcome:?}");
    }
    let stop = &vendor.asked(STOP)[0];
    assert_eq!(json(stop), serde_json::json!({ "workflow_id": "3f9d1c5e" }));
    assert_eq!(header(stop, "authorization"), Some(format!("Token {TOKEN}")));
    let cancel = vendor.asked(CANCEL);
    let whole = serde_json::json!(
        { "workflow_id": "3f9d1c5e", "callee": "+6281234564821", "case_id": "CASE-1" }
    );
    assert_eq!(json(&cancel[0]), whole);
    let without = serde_json::json!({ "workflow_id": "3f9d1c5e", "callee": "+6281234564821" });
    assert_eq!(json(&cancel[1]), without);
}

#[tokio::test]
async fn whatever_comes_back_a_write_is_sent_once() {
    type Answer = fn() -> Result<Response, TransportError>;
    let cases: [(Answer, &str); 16] = [
        (|| ok(200, r#"{"code":200,"data":{}}"#), "accepted"),
        (|| ok(200, r#"{"code":"200"}"#), "accepted"),
        (|| ok(200, r#"{"code":500,"message":"no"}"#), "refused"),
        (|| ok(200, r#"{"code":401}"#), "refused"),
        (|| ok(401, "{}"), "refused"),
        (|| ok(403, r#"{"code":403,"message":"no"}"#), "refused"),
        (|| ok(404, "<html>"), "refused"),
        (|| limited("5"), "refused"),
        (|| ok(302, ""), "unknown"),
        (|| ok(500, r#"{"code":500,"message":"no"}"#), "unknown"),
        (|| ok(503, ""), "unknown"),
        (|| ok(200, "<html>"), "unknown"),
        (|| ok(200, "{}"), "unknown"),
        (|| Err(TransportError::Timeout), "unknown"),
        (|| Err(TransportError::Cut("closed".to_owned())), "unknown"),
        (|| Err(TransportError::Connect("refused".to_owned())), "not sent"),
    ];
    for (answer, expected) in cases {
        let vendor = Scripted::signed_in(move |_, _| answer());
        let (_, writes) = client(OPEN, vendor.clone());
        let outcome = writes.stop_workflow(stop(&writes), &workflow()).await;
        let (word, detail) = match outcome {
            WriteOutcome::Accepted { detail } => ("accepted", detail),
            WriteOutcome::Refused { detail } => ("refused", detail),
            WriteOutcome::NotSent { detail } => ("not sent", detail),
            WriteOutcome::Unknown { detail } => ("unknown", detail),
        };
        assert_eq!(word, expected, "{detail}");
        assert!(!detail.is_empty() && !detail.contains('\n'), "{detail}");
        assert_eq!(vendor.asked(STOP).len(), 1, "{detail}");
        assert_eq!(vendor.asked(AUTH).len(), 1, "{detail}");
    }
}

#[tokio::test]
async fn a_failing_sign_in_means_that_the_write_was_not_sent() {
    let vendor = Scripted::new(|_, _| ok(200, r#"{"code":401,"message":"no"}"#));
    let (_, writes) = client(OPEN, vendor.clone());
    let outcome = writes.stop_workflow(stop(&writes), &workflow()).await;
    assert!(matches!(outcome, WriteOutcome::NotSent { .. }), "{outcome:?}");
    assert_eq!(vendor.asked(STOP).len(), 0);
}

#[tokio::test]
async fn an_old_token_is_renewed_before_a_write_and_a_refused_one_before_the_next() {
    let hours = std::sync::Arc::new(std::sync::atomic::AtomicI64::new(0));
    let told = hours.clone();
    let clock = move || NOW.plus_ms(told.load(std::sync::atomic::Ordering::Relaxed) * 3_600_000);
    let vendor = Scripted::signed_in(|nth, _| match nth {
        2 => ok(401, "{}"),
        _ => ok(200, r#"{"code":200}"#),
    });
    let (_, writes) = client_at(OPEN, vendor.clone(), std::sync::Arc::new(clock));
    for (hour, sign_ins) in [(0, 1), (21, 2), (22, 2), (22, 3)] {
        hours.store(hour, std::sync::atomic::Ordering::Relaxed);
        writes.stop_workflow(stop(&writes), &workflow()).await;
        assert_eq!(vendor.asked(AUTH).len(), sign_ins, "hour {hour}");
    }
    assert_eq!(vendor.asked(STOP).len(), 4);
}

#[tokio::test]
async fn an_unconfirmed_write_sends_nothing_and_says_why() {
    let vendor = Scripted::signed_in(|_, _| ok(200, r#"{"code":200}"#));
    let (_, writes) = client("reads = \"assumed\"", vendor.clone());
    assert_eq!(writes.confirmation(Verb::StopWorkflow), Err(NotAsked::Unconfirmed));
    assert_eq!(writes.evidence(Verb::StopWorkflow), Evidence::Assumed);
    assert_eq!(writes.permission(Verb::StopWorkflow).unwrap_err(), NotAsked::Unconfirmed);
    // A permission is for its verb alone.
    let outcome = writes.stop_workflow(writes.trial(Verb::CancelRest).unwrap(), &workflow()).await;
    let detail = NotAsked::Unconfirmed.to_string();
    assert_eq!(outcome, WriteOutcome::NotSent { detail });
    assert_eq!(vendor.asked_in_all(), 0);
}

#[tokio::test]
async fn a_write_does_not_wait_for_the_reads_pause() {
    let vendor = Scripted::signed_in(|_, request| match path(request).as_str() {
        STOP => ok(200, r#"{"code":200}"#),
        _ => limited("15"),
    });
    let (reads, writes) = client(OPEN, vendor);
    let first = PageAsk { page: 1, page_size: 10, known: None };
    reads.workflows(first).await.unwrap_err();
    let waiting = tokio::spawn(async move { reads.workflows(first).await });
    tokio::task::yield_now().await;
    let began = std::time::Instant::now();
    let outcome = writes.stop_workflow(stop(&writes), &workflow()).await;
    assert!(matches!(outcome, WriteOutcome::Accepted { .. }), "{outcome:?}");
    assert!(began.elapsed().as_millis() < 2_000);
    waiting.abort();
}

#[test]
fn a_preview_shows_the_request_without_token_and_number() {
    let (_, writes) = client(OPEN, Scripted::signed_in(|_, _| ok(200, fixture("auth"))));
    let callee = Callee::new("+6281234564821");
    let number = Some((&callee, Some("C-6281234564821")));
    let shown = writes.preview(Verb::CancelRest, &workflow(), number, Mask::LastFour);
    let expected = format!(
        "POST {CANCEL}\n{{\n  \"workflow_id\": \"3f9d1c5e\",\n  \"callee\": \"••••4821\",\n  \
         \"case_id\": \"C-••••4821\"\n}}"
    );
    assert_eq!(shown, expected);
    let shown = writes.preview(Verb::CancelRest, &workflow(), number, Mask::Shown);
    assert!(shown.contains("+6281234564821"));
    let confirmed = writes.confirmation(Verb::CancelRest).unwrap();
    assert_eq!((confirmed.evidence, confirmed.by.as_str()), (Evidence::Confirmed, "tried by hand"));
}
