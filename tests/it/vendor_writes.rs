//! Writes against a scripted vendor: what is sent, that it is sent once, and what its answer means.

use wheelhouse::{
    domain::{
        action::{Subject, Verb},
        evidence::Evidence,
        ids::Callee,
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

fn workflow() -> Subject {
    Verb::StopWorkflow.subject("3f9d1c5e")
}

#[tokio::test]
async fn a_stop_and_a_cancel_say_what_the_contract_says() {
    let vendor = Scripted::signed_in(|_, _| ok(200, r#"{"code":200,"status":"OK","data":null}"#));
    let (_, writes) = client(OPEN, vendor.clone());
    let callee = Callee::new("+6281234564821");
    let outcomes = [
        writes.send(stop(&writes), &workflow(), None).await,
        writes.send(rest(&writes), &workflow(), Some((&callee, Some("CASE-1")))).await,
        writes.send(rest(&writes), &workflow(), Some((&callee, None))).await,
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
        let outcome = writes.send(stop(&writes), &workflow(), None).await;
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
    let outcome = writes.send(stop(&writes), &workflow(), None).await;
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
        writes.send(stop(&writes), &workflow(), None).await;
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
    // A permission is for its verb alone, with all that the verb needs.
    let number = Callee::new("+6281234564821");
    for (verb, subject, number) in [
        (Verb::CancelRest, workflow(), None),
        (Verb::CancelTask, workflow(), None),
        (Verb::CancelContact, Verb::CancelTask.subject("t1"), Some((&number, None))),
    ] {
        let permission = writes.trial(verb).unwrap();
        let outcome = writes.send(permission, &subject, number).await;
        assert!(matches!(outcome, WriteOutcome::NotSent { .. }), "{outcome:?}");
    }
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
    let outcome = writes.send(stop(&writes), &workflow(), None).await;
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

fn number() -> Callee {
    Callee::new("+6281234564821")
}

/// What each verb sends: path and body, for a subject with the id that is given.
fn sent(id: &str) -> Vec<(Verb, &'static str, serde_json::Value)> {
    let callee = "+6281234564821";
    let dialer = "/service/callcenter/call/predict/canceltaskcontacts";
    vec![
        (Verb::StopWorkflow, STOP, serde_json::json!({ "workflow_id": id })),
        (Verb::CancelRest, CANCEL, serde_json::json!({ "workflow_id": id, "callee": callee })),
        (Verb::CancelLeadsCall, CANCEL, serde_json::json!({ "workflow_id": id, "callee": callee })),
        (
            Verb::CancelTask,
            "/service/cloud/operation",
            serde_json::json!({ "Action": "Stop", "TaskID": id }),
        ),
        (
            Verb::CancelPlan,
            "/service/cloud/operation",
            serde_json::json!({ "Action": "Stop", "PlanID": id }),
        ),
        (
            Verb::CancelTaskRest,
            "/service/cloud/cancelphonecall",
            serde_json::json!({ "TaskID": id, "CalleeNumber": callee }),
        ),
        (
            Verb::CancelPlanRest,
            "/service/cloud/plan/cancelphonecall",
            serde_json::json!({ "PlanID": id, "CalleeNumber": callee }),
        ),
        (Verb::CancelContact, dialer, serde_json::json!({ "TaskID": id, "contactList": [callee] })),
        (Verb::EndSession, "/api/v1/session/end", serde_json::json!({ "call_id": id })),
    ]
}

/// Success in the envelope of each family, with nothing else in it.
fn yes(request: &wheelhouse::vendor::transport::Request) -> Result<Response, TransportError> {
    match path(request).contains("/predict/") {
        true if path(request).ends_with("/auth") => {
            ok(200, r#"{"code":0,"message":"successfully","body":{"token":"pds+token"}}"#)
        }
        true => ok(200, r#"{"code":0,"message":"successfully","body":null}"#),
        false => ok(200, r#"{"request_id":"ab","code":200,"message":"Success","data":{}}"#),
    }
}

#[tokio::test]
async fn every_verb_says_what_the_contract_says_whatever_is_in_the_id() {
    for id in ["3f9d1c5e", "../a b?c=d&e#f/\"%\u{202e}'", "任务 1"] {
        let table = sent(id);
        assert_eq!(table.len(), Verb::ALL.len(), "a row for each verb");
        for (verb, at, body) in table {
            let vendor = Scripted::signed_in(|_, request| yes(request));
            let (_, writes) = client(OPEN, vendor.clone());
            let permission = writes.permission(verb).unwrap();
            let callee = number();
            let outcome = writes.send(permission, &verb.subject(id), Some((&callee, None))).await;
            assert!(matches!(outcome, WriteOutcome::Accepted { .. }), "{verb:?} {outcome:?}");
            let asked = vendor.asked(at);
            assert_eq!(asked.iter().map(json).collect::<Vec<_>>(), [body], "{verb:?}");
            let signed = header(&asked[0], "authorization");
            match verb {
                Verb::EndSession => assert_eq!(signed, None),
                Verb::CancelContact => assert_eq!(signed, Some("Token pds+token".to_owned())),
                _ => assert_eq!(signed, Some(format!("Token {TOKEN}"))),
            }
        }
    }
}

#[tokio::test]
async fn an_odd_id_stays_one_part_of_a_path_and_one_value_of_a_query() {
    let profile = r#"
        [endpoint."task.cancel"]
        path = "/tasks/{TaskID}/halt"
        confirmed = "tried by hand"
        params = { TaskID = { name = "TaskID", place = "path" }, Action = { name = "do", place = "query" } }
        [endpoint."task.cancel_call"]
        confirmed = "tried by hand"
        params = { TaskID = { name = "TaskID", place = "query" } }
    "#;
    let vendor = Scripted::signed_in(|_, request| yes(request));
    let (_, writes) = client(profile, vendor.clone());
    let (odd, callee) = ("../a/b?c=d&e#f", number());
    for verb in [Verb::CancelTask, Verb::CancelTaskRest] {
        let permission = writes.permission(verb).unwrap();
        writes.send(permission, &verb.subject(odd), Some((&callee, None))).await;
    }
    let halted = vendor.asked("/tasks/..%2Fa%2Fb%3Fc%3Dd%26e%23f/halt");
    assert!(halted[0].url.ends_with("/halt?do=Stop"), "{}", halted[0].url);
    let dropped = &vendor.asked("/service/cloud/cancelphonecall")[0];
    assert!(dropped.url.ends_with("?TaskID=..%2Fa%2Fb%3Fc%3Dd%26e%23f"), "{}", dropped.url);
    assert_eq!(json(dropped), serde_json::json!({ "CalleeNumber": "+6281234564821" }));
}

#[tokio::test]
async fn the_dialers_answer_has_to_name_the_number() {
    for (body, accepted) in [
        (r#"{"contactList":["+6281234564821"]}"#, true),
        (r#"["6281234564821"]"#, true),
        (r#"[6281234564821]"#, true),
        (r#"[{"phoneNumber":"+62 812 3456 4821"}]"#, true),
        (r#"{"contactList":[]}"#, false),
        (r#"["+6281234564822"]"#, false),
        // It does not say: the yes stands.
        ("null", true),
        (r#"{"ok":true}"#, true),
    ] {
        let vendor =
            Scripted::signed_in(move |_, request| match path(request).ends_with("/auth") {
                true => yes(request),
                false => ok(200, format!(r#"{{"code":0,"message":"successfully","body":{body}}}"#)),
            });
        let (_, writes) = client(OPEN, vendor.clone());
        let (permission, callee) = (writes.permission(Verb::CancelContact).unwrap(), number());
        let task = Verb::CancelContact.subject("t1");
        let outcome = writes.send(permission, &task, Some((&callee, None))).await;
        let said = matches!(outcome, WriteOutcome::Accepted { .. });
        assert_eq!(said, accepted, "{body}: {outcome:?}");
        assert!(accepted || matches!(outcome, WriteOutcome::Refused { .. }), "{outcome:?}");
    }
}

#[tokio::test]
async fn what_the_vendor_answered_to_each_is_read_as_written() {
    // Bodies written by hand from the error tables: ended, unknown, without a right.
    for (verb, body, refused) in [
        (Verb::CancelTask, r#"{"code":500,"status":"FAILED","message":"task has ended"}"#, "ended"),
        (Verb::CancelPlan, r#"{"code":404,"message":"no such plan"}"#, "no such plan"),
        (Verb::CancelTaskRest, r#"{"code":403,"message":"no right"}"#, "no right"),
        (Verb::CancelContact, r#"{"code":10513,"message":"task is finished"}"#, "finished"),
        (Verb::CancelContact, r#"{"code":10702,"message":"TaskID invalid"}"#, "10702"),
        (
            Verb::EndSession,
            r#"{"request_id":"ab","code":500,"message":"session closed","data":null}"#,
            "closed",
        ),
    ] {
        let vendor =
            Scripted::signed_in(move |_, request| match path(request).ends_with("/auth") {
                true => yes(request),
                false => ok(200, body),
            });
        let (_, writes) = client(OPEN, vendor.clone());
        let (permission, callee) = (writes.permission(verb).unwrap(), number());
        let outcome = writes.send(permission, &verb.subject("t1"), Some((&callee, None))).await;
        let WriteOutcome::Refused { detail } = outcome else { panic!("{verb:?}: {outcome:?}") };
        assert!(detail.contains(refused), "{detail}");
    }
}

#[tokio::test]
async fn a_session_is_ended_only_where_it_is_known_how_requests_are_signed() {
    let profile = "[endpoint.\"chat.end\"]\nconfirmed = \"tried by hand\"";
    let vendor = Scripted::signed_in(|_, request| yes(request));
    let (_, writes) = client(profile, vendor.clone());
    assert_eq!(writes.confirmation(Verb::EndSession), Err(NotAsked::SignUnknown));
    let signed = format!("{profile}\n[family.chatbot]\nsign = \"hmac-sha256-hex\"");
    let (_, writes) = client(&signed, vendor.clone());
    let permission = writes.permission(Verb::EndSession).unwrap();
    writes.send(permission, &Verb::EndSession.subject("s1"), None).await;
    let asked = &vendor.asked("/api/v1/session/end")[0];
    assert_eq!(header(asked, "x-airudder-sign-key").as_deref(), Some("sign-key"));
    assert!(header(asked, "x-airudder-sign").is_some_and(|sign| sign.len() == 64));
}
