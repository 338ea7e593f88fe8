//! The client against a scripted vendor: sign-in, limits, failures, the gate.

use std::{sync::Arc, time::Instant};

use wheelhouse::{
    domain::{evidence::Evidence, ids::WorkflowId},
    vendor::{
        Key, Limits, NotAsked, PageAsk, Profile, ReadError, ReadErrorKind, Settings, connect,
        transport::TransportError,
    },
};

use crate::scripted::{
    NOW, OPEN, Scripted, TOKEN, client, client_at, fixture, header, json, limited, ok, path,
};

const LIST: &str = "/service/cloud/workflow/instancelist";
const AUTH: &str = "/service/cloud/auth";
const FIRST: PageAsk = PageAsk { page: 1, page_size: 100, known: None };

/// What `workflows` says when the vendor's answer to it is this one.
async fn failure(
    answer: impl Fn() -> Result<wheelhouse::vendor::transport::Response, TransportError>
    + Send
    + Sync
    + 'static,
) -> ReadError {
    let vendor = Scripted::signed_in(move |_, _| answer());
    let (reads, _) = client(OPEN, vendor);
    reads.workflows(FIRST).await.unwrap_err()
}

#[tokio::test]
async fn a_read_signs_in_once_and_carries_the_token_unchanged() {
    let vendor = Scripted::signed_in(|_, _| ok(200, fixture("workflow_list")));
    let (reads, _) = client(OPEN, vendor.clone());
    for _ in 0..3 {
        reads.workflows(FIRST).await.unwrap();
    }
    let auth = vendor.asked(AUTH);
    assert_eq!(auth.len(), 1);
    let body = serde_json::json!({ "APPKey": "demo-key", "APPSecret": "very-secret" });
    assert_eq!(json(&auth[0]), body);
    for request in vendor.asked(LIST) {
        assert_eq!(header(&request, "authorization"), Some(format!("Token {TOKEN}")));
        assert_eq!(header(&request, "user-agent").as_deref(), Some("Airudder"));
        assert_eq!(request.url, format!("https://vendor.example{LIST}?page=1&page_size=100"));
    }
    assert_eq!(reads.requests_total(), 4);
    assert_eq!(reads.requests_last_minute(NOW), 4);
    assert_eq!(reads.requests_last_minute(NOW.plus_ms(60_000)), 0);
}

#[tokio::test]
async fn an_expired_token_is_renewed_once_for_all_that_wait() {
    for refusal in [(401, "{}"), (200, r#"{"code":401,"message":"token expired"}"#)] {
        let vendor = Scripted::new(move |nth, request| match path(request).as_str() {
            AUTH => ok(200, format!(r#"{{"code":200,"data":{{"token":"token{nth}"}}}}"#)),
            _ if header(request, "authorization").as_deref() == Some("Token token0") => {
                ok(refusal.0, refusal.1)
            }
            _ => ok(200, fixture("workflow_list")),
        });
        let (reads, _) = client(OPEN, vendor.clone());
        reads.sign_in().await.unwrap();
        let waiting: Vec<_> = (0..8)
            .map(|_| {
                let reads = reads.clone();
                tokio::spawn(async move { reads.workflows(FIRST).await })
            })
            .collect();
        for read in waiting {
            assert_eq!(read.await.unwrap().unwrap().rows.len(), 3);
        }
        assert_eq!(vendor.asked(AUTH).len(), 2, "{refusal:?}");
    }
}

#[tokio::test]
async fn a_token_that_is_refused_again_ends_the_read() {
    let error = failure(|| ok(401, r#"{"code":401,"message":"no"}"#)).await;
    let refused = ReadErrorKind::SignIn { code: 401, message: "no".to_owned() };
    assert_eq!(error, ReadError { key: Key::WorkflowList, kind: refused });
    let vendor = Scripted::signed_in(|_, _| ok(401, "{}"));
    let (reads, _) = client(OPEN, vendor.clone());
    reads.workflows(FIRST).await.unwrap_err();
    assert_eq!((vendor.asked(LIST).len(), vendor.asked(AUTH).len()), (2, 2));
}

#[tokio::test]
async fn a_refused_sign_in_is_told_without_key_and_secret() {
    let vendor = Scripted::new(|_, _| {
        ok(200, r#"{"code":403,"message":"demo-key with very-secret is unknown"}"#)
    });
    let (reads, _) = client(OPEN, vendor.clone());
    let error = reads.workflows(FIRST).await.unwrap_err();
    assert!(matches!(error.kind(), ReadErrorKind::SignIn { code: 403, .. }), "{error:?}");
    let told = format!("{error} {error:?}");
    assert!(!told.contains("very-secret") && !told.contains("demo-key"), "{told}");
    assert_eq!(vendor.asked(LIST).len(), 0);
}

#[tokio::test]
async fn waiting_reads_share_one_failing_sign_in() {
    let vendor = Scripted::new(|_, _| Err(TransportError::Timeout));
    // A budget this large lets all of them reach the sign-in before the first one has ended.
    let (reads, _) = client(OPEN, vendor.clone());
    let waiting: Vec<_> = (0..4)
        .map(|_| {
            let reads = reads.clone();
            tokio::spawn(async move { reads.workflows(FIRST).await })
        })
        .collect();
    for read in waiting {
        let error = read.await.unwrap().unwrap_err();
        assert_eq!(error.kind, ReadErrorKind::Transport(TransportError::Timeout));
    }
    assert!(vendor.asked(AUTH).len() <= 4);
    assert_eq!(vendor.asked(LIST).len(), 0);
}

#[tokio::test]
async fn a_token_near_its_end_is_renewed_before_it_is_used() {
    let hours = Arc::new(std::sync::atomic::AtomicI64::new(0));
    let clock = {
        let hours = hours.clone();
        Arc::new(move || NOW.plus_ms(hours.load(std::sync::atomic::Ordering::Relaxed) * 3_600_000))
    };
    let vendor = Scripted::signed_in(|_, _| ok(200, fixture("workflow_list")));
    let (reads, _) = client_at(OPEN, vendor.clone(), clock);
    for (hour, sign_ins) in [(0, 1), (19, 1), (21, 2), (40, 2)] {
        hours.store(hour, std::sync::atomic::Ordering::Relaxed);
        reads.workflows(FIRST).await.unwrap();
        assert_eq!(vendor.asked(AUTH).len(), sign_ins, "hour {hour}");
    }
}

#[tokio::test]
async fn a_429_pauses_every_read_and_says_for_how_long() {
    let vendor = Scripted::signed_in(|_, _| limited("3000"));
    let (reads, _) = client(OPEN, vendor.clone());
    let error = reads.workflows(FIRST).await.unwrap_err();
    let paused = ReadErrorKind::RateLimited { retry_after_ms: Some(3_000_000) };
    assert_eq!(error.kind, paused);
    assert_eq!(reads.clone().workflows(FIRST).await.unwrap_err().kind, paused);
    assert_eq!(vendor.asked(LIST).len(), 1, "nothing is asked during the pause");
}

#[tokio::test]
async fn the_budget_spaces_reads_evenly() {
    let vendor = Scripted::signed_in(|_, _| ok(200, fixture("workflow_list")));
    let settings = Settings {
        base_url: "https://vendor.example".to_owned(),
        key: "k".to_owned(),
        secret: "s".into(),
        chatbot: None,
        pds: None,
        profile: Profile::parse(OPEN).unwrap(),
        budget_per_s: 20.0,
        clock: Arc::new(|| NOW),
        limits: Limits::default(),
    };
    let (reads, _) = connect(settings, vendor).unwrap();
    let began = Instant::now();
    for _ in 0..6 {
        reads.workflows(FIRST).await.unwrap();
    }
    assert!(began.elapsed().as_millis() >= 240, "{:?}", began.elapsed());
}

#[tokio::test]
async fn every_failure_is_one_sentence_that_names_its_operation() {
    let too_large = vec![b' '; 30_000];
    let cut = TransportError::Cut("the connection was closed".to_owned());
    type Answered = Result<(u16, Vec<u8>), TransportError>;
    let cases: Vec<(Answered, ReadErrorKind)> = vec![
        (
            Ok((200, br#"{"code":500,"message":"busy with +6281234564821"}"#.to_vec())),
            ReadErrorKind::Refused { code: 500, message: "busy with +••••".to_owned() },
        ),
        (Ok((502, b"<html>".to_vec())), ReadErrorKind::Http { status: 502 }),
        (Ok((302, Vec::new())), ReadErrorKind::Http { status: 302 }),
        (Ok((200, b"<html>".to_vec())), unreadable("it is not a JSON object")),
        (Ok((200, vec![0xff, 0xfe])), unreadable("it is not a JSON object")),
        (Ok((200, br#"{"code":200,"data":{"total":3}}"#.to_vec())), unreadable("/data/list")),
        (Ok((200, br#"{"code":200,"status":"OK"}"#.to_vec())), unreadable("/data")),
        (Ok((200, too_large)), TransportError::TooLarge { limit: 20_000 }.into()),
        (Err(cut.clone()), cut.into()),
        (Err(TransportError::Timeout), TransportError::Timeout.into()),
    ];
    for (answer, expected) in cases {
        let error = failure(move || {
            let (status, body) = answer.clone()?;
            ok(status, body)
        })
        .await;
        assert_eq!(error.kind, expected);
        let sentence = error.to_string();
        assert!(sentence.starts_with("workflow.list: ") && !sentence.contains('\n'), "{sentence}");
        assert!(!sentence.contains("4821"), "{sentence}");
    }
}

fn unreadable(what: &str) -> ReadErrorKind {
    ReadErrorKind::Unreadable { what: what.to_owned() }
}

#[tokio::test]
async fn a_guessed_path_that_answers_404_is_not_asked_again() {
    let vendor = Scripted::signed_in(|_, _| ok(404, "not here"));
    let (reads, _) = client(OPEN, vendor.clone());
    let error = reads.workflows(FIRST).await.unwrap_err();
    assert_eq!(error.kind, ReadErrorKind::Http { status: 404 });
    for reads in [&reads, &reads.clone()] {
        let error = reads.workflows(FIRST).await.unwrap_err();
        assert_eq!(error.kind, ReadErrorKind::NotAsked(NotAsked::Parked));
    }
    assert_eq!(vendor.asked(LIST).len(), 1);
    // Other guesses are asked still.
    assert_eq!(reads.may(Key::WorkflowSubtasks), Ok(Evidence::Assumed));
}

#[tokio::test]
async fn a_later_page_that_is_not_there_says_nothing_of_the_path() {
    for (status, body) in [(404, ""), (404, r#"{"code":404}"#), (200, r#"{"code":404}"#)] {
        let vendor = Scripted::signed_in(move |_, _| ok(status, body));
        let (reads, _) = client(OPEN, vendor.clone());
        let error = reads.workflows(PageAsk { page: 3, ..FIRST }).await.unwrap_err();
        assert_eq!(error.kind, ReadErrorKind::NoSuchPage { page: 3 }, "{status} {body}");
        assert!(error.to_string().contains("page 3"), "{error}");
        assert_eq!(reads.may(Key::WorkflowList), Ok(Evidence::Assumed));
    }
}

#[tokio::test]
async fn a_confirmed_path_is_never_parked() {
    let profile = "[endpoint.\"workflow.list\"]\nconfirmed = \"the vendor's page\"";
    let vendor = Scripted::signed_in(|_, _| ok(404, ""));
    let (reads, _) = client(profile, vendor.clone());
    for _ in 0..2 {
        reads.workflows(FIRST).await.unwrap_err();
    }
    assert_eq!(vendor.asked(LIST).len(), 2);
}

#[test]
fn what_may_be_asked_follows_from_evidence_and_profile() {
    use Evidence::{Assumed, Confirmed, Documented, Observed};
    use NotAsked::{Guessed, SignUnknown, Unconfirmed};
    let known = "";
    let assumed = "reads = \"assumed\"";
    let signed = "[family.chatbot]\nsign = \"none\"";
    let both = "reads = \"assumed\"\n[family.chatbot]\nsign = \"none\"";
    let confirms = |key| format!("[endpoint.\"{key}\"]\nconfirmed = \"page 1\"");
    let gives = |key| format!("[endpoint.\"{key}\"]\npath = \"/mine\"");
    let list_confirmed = confirms("workflow.list");
    let list_given = gives("workflow.list");
    let stop_confirmed = confirms("workflow.stop");
    let stop_given = gives("workflow.stop");
    let table = [
        (Key::WorkflowList, known, Err(Guessed)),
        (Key::WorkflowList, assumed, Ok(Assumed)),
        (Key::WorkflowList, &list_confirmed, Ok(Confirmed)),
        (Key::WorkflowList, &list_given, Ok(Assumed)),
        // A POST among the reads needs the same consent.
        (Key::WorkflowOutboundTasks, known, Err(Guessed)),
        (Key::WorkflowOutboundTasks, assumed, Ok(Assumed)),
        (Key::WorkflowOutboundTasks, &list_confirmed, Err(Guessed)),
        (Key::WorkflowOutboundDetails, known, Ok(Documented)),
        (Key::RecordingFile, known, Ok(Observed)),
        (Key::ChatMessages, known, Err(SignUnknown)),
        (Key::ChatMessages, assumed, Err(SignUnknown)),
        (Key::ChatMessages, signed, Ok(Documented)),
        (Key::ChatSessions, signed, Err(Guessed)),
        (Key::ChatSessions, assumed, Err(SignUnknown)),
        (Key::ChatSessions, both, Ok(Assumed)),
        (Key::WorkflowStop, known, Err(Unconfirmed)),
        (Key::WorkflowStop, assumed, Err(Unconfirmed)),
        (Key::WorkflowStop, &stop_given, Err(Unconfirmed)),
        (Key::WorkflowStop, &stop_confirmed, Ok(Confirmed)),
        (Key::WorkflowCancelList, &stop_confirmed, Err(Unconfirmed)),
    ];
    for (key, profile, expected) in table {
        let (reads, _) = client(profile, Scripted::signed_in(|_, _| ok(500, "")));
        assert_eq!(reads.may(key), expected, "{} with {profile:?}", key.as_str());
    }
}

#[tokio::test]
async fn what_may_not_be_asked_sends_nothing() {
    let vendor = Scripted::signed_in(|_, _| ok(200, "{}"));
    let (reads, _) = client("", vendor.clone());
    let id = WorkflowId::new("w");
    let refusals = [
        reads.workflows(FIRST).await.unwrap_err(),
        reads.outbound_tasks(&id, FIRST).await.unwrap_err(),
        reads.sessions(FIRST).await.unwrap_err(),
    ];
    for error in refusals {
        assert!(matches!(error.kind, ReadErrorKind::NotAsked(_)), "{error:?}");
        assert!(!error.kind.is_retryable());
    }
    assert_eq!(vendor.asked_in_all(), 0);
}

#[test]
fn settings_that_cannot_work_are_refused_before_anything_is_sent() {
    let with = |base_url: &str, key: &str, budget_per_s| {
        let settings = Settings {
            base_url: base_url.to_owned(),
            key: key.to_owned(),
            secret: "s".into(),
            chatbot: None,
            pds: None,
            profile: Profile::built_in(),
            budget_per_s,
            clock: Arc::new(|| NOW),
            limits: Limits::default(),
        };
        connect(settings, Scripted::signed_in(|_, _| ok(200, ""))).map(|_| ())
    };
    assert!(with("https://a.example", "k", 5.0).is_ok());
    for (base_url, key, budget) in [
        ("a.example", "k", 5.0),
        ("ftp://a.example", "k", 5.0),
        ("https://a.example", " ", 5.0),
        ("https://a.example", "k", 0.0),
        ("https://a.example", "k", f64::NAN),
        ("https://a.example", "k", -1.0),
    ] {
        let error = with(base_url, key, budget).unwrap_err();
        assert!(!error.to_string().contains('\n'), "{error}");
    }
}
