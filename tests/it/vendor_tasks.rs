//! Calling tasks and plans, as bodies written by hand from what is known of the vendor's API.

use std::sync::Arc;

use wheelhouse::{
    domain::{
        ids::{CallId, Callee, PlanId, TaskId},
        line::Line,
        status::Phase,
        time::Timestamp,
    },
    vendor::{
        Key, PageAsk, ReadErrorKind, Reads,
        transport::{Request, Response},
    },
};

use crate::scripted::{NOW, OPEN, Scripted, client, fixture, header, ok, path};

const FIRST: PageAsk = PageAsk { page: 1, page_size: 100, known: None };

fn reads_of(body: impl Into<Vec<u8>>) -> (Reads, Arc<Scripted>) {
    let body = body.into();
    let vendor = Scripted::signed_in(move |_, _| ok(200, body.clone()));
    (client(OPEN, vendor.clone()).0, vendor)
}

fn utc(text: &str) -> Option<Timestamp> {
    Some(Timestamp(chrono::DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis()))
}

fn query(request: &Request) -> &str {
    request.url.split_once('?').map_or("", |(_, query)| query)
}

#[tokio::test]
async fn tasks_in_every_spelling_and_their_lines_as_written() {
    let (reads, vendor) = reads_of(fixture("task_list"));
    let page = reads.calling_tasks(FIRST).await.unwrap();
    assert_eq!(query(&vendor.asked("/service/cloud/list")[0]), "Page=1&Number=100&Type=normal");
    let tasks: Vec<_> = page.rows.iter().map(|row| &row.value).collect();
    let [full, other, told, bare] = &tasks[..] else { panic!("{tasks:?}") };
    assert_eq!(
        (full.name.as_deref(), full.total, full.finished),
        (Some("Overdue D3"), Some(120), Some(80))
    );
    assert_eq!(full.status.as_ref().map(|s| s.phase), Some(Phase::Running));
    assert_eq!((full.connected, full.lines.as_text()), (Some(41), Some("Collection")));
    assert_eq!((full.started_at, full.ended_at), (utc("2026-11-22T01:05:00Z"), None));
    assert_eq!(full.as_of, NOW);
    assert!(page.rows[0].raw.contains("Dina"));
    assert_eq!((other.id.as_str(), other.plan.as_ref().map(PlanId::as_str)), ("77", Some("p-1")));
    assert_eq!(other.lines.as_text(), Some("Collection\nInfo Check"));
    let lines: Vec<_> = told.lines.words().map(Line::read).collect();
    assert_eq!(lines, [Some(Line::Telemarketing), None]);
    assert_eq!((told.status.as_ref(), told.total), (None, None));
    assert_eq!(told.ended_at, utc("2026-11-22T02:01:04Z"));
    assert_eq!((bare.name.as_ref(), bare.lines.words().count(), bare.finished), (None, 0, None));
    assert_eq!((page.skipped[0].row, page.skipped.len()), (4, 1));
    assert!(page.skipped[0].why.contains("TaskID"));
}

#[tokio::test]
async fn calls_of_a_task_belong_to_it_and_to_no_workflow() {
    let (reads, vendor) = reads_of(fixture("task_details"));
    let page = reads.calls_of_task(&TaskId::new("t-1"), FIRST).await.unwrap();
    assert_eq!(query(&vendor.asked("/service/cloud/detail")[0]), "TaskID=t-1");
    let [first, second] = &page.rows[..] else { panic!("{page:?}") };
    assert_eq!(
        (first.value.workflow.as_ref(), first.value.task.as_ref().unwrap().as_str()),
        (None, "t-1")
    );
    assert_eq!((first.value.connected, first.value.talk_ms), (Some(true), Some(31_000)));
    assert_eq!(second.value.task.as_ref().unwrap().as_str(), "t-other");
    assert_eq!((page.skipped.len(), page.last_page), (1, true));

    let id = CallId::new("c-1");
    let (reads, vendor) = reads_of(fixture("call_by_id"));
    assert_eq!(reads.call_of_task(&id).await.unwrap().unwrap().value.id, id);
    assert!(vendor.asked("/service/cloud/callinfobyid")[0].url.ends_with("?callid=c-1"));
}

#[tokio::test]
async fn plans_and_rounds_say_what_was_sent_and_nothing_else() {
    let (reads, vendor) = reads_of(fixture("plan_list"));
    let page = reads.plans(FIRST).await.unwrap();
    assert_eq!(query(&vendor.asked("/service/cloud/list")[0]), "Page=1&Number=100&Type=plan");
    let [evening, other] = &page.rows[..] else { panic!("{page:?}") };
    assert_eq!(evening.value.strategy.as_deref(), Some("Three rounds"));
    assert_eq!(evening.value.ended_at, utc("2026-11-22T10:00:00Z"));
    assert_eq!(other.value.status.as_ref().unwrap().phase, Phase::Unknown);
    assert_eq!((other.value.total, page.skipped.len()), (None, 1));

    let plan = PlanId::new("p-1");
    let (reads, _) = reads_of(fixture("plan_rounds"));
    let page = reads.rounds(&plan, FIRST).await.unwrap();
    let [first, second] = &page.rows[..] else { panic!("{page:?}") };
    assert_eq!((first.value.dialled, first.value.reached), (Some(50), Some(21)));
    assert_eq!(
        (second.value.number, second.value.dialled, second.value.reached),
        (2, Some(29), None)
    );
    assert_eq!(first.value.plan, plan);
    assert_eq!(page.skipped.len(), 2);
}

#[tokio::test]
async fn one_plan_is_read_where_the_answer_does_not_repeat_its_id() {
    let plan = PlanId::new("p-9");
    let (reads, vendor) = reads_of(r#"{"code":200,"data":{"Status":"Stopped","Total":4}}"#);
    let seen = reads.plan(&plan).await.unwrap().unwrap();
    assert_eq!((seen.value.id, seen.value.total), (plan.clone(), Some(4)));
    assert_eq!(query(&vendor.asked("/service/cloud/plan/status")[0]), "PlanID=p-9");
    let (reads, _) = reads_of(r#"{"code":200,"data":{}}"#);
    assert_eq!(reads.plan(&plan).await.unwrap(), None);
    let (reads, _) = reads_of(r#"{"code":200,"data":{"mood":1}}"#);
    assert!(reads.plan(&plan).await.is_err(), "nothing of a plan is in it");
}

#[tokio::test]
async fn robots_strategies_and_recordings_of_a_plan() {
    let body = r#"{"code":200,"data":[{"RobotID":501,"RobotName":"Dina"},{"name":"nobody"}]}"#;
    let robots = reads_of(body).0.robots().await.unwrap();
    assert_eq!((robots.rows[0].value.id.as_str(), robots.skipped.len()), ("501", 1));
    let body = r#"{"code":200,"data":{"list":[{"StrategyID":"s","StrategyName":"Evening"}]}}"#;
    let strategies = reads_of(body).0.strategies().await.unwrap();
    assert_eq!(strategies.rows[0].value.name.as_deref(), Some("Evening"));
    let body = r#"{"code":200,"data":[{"callid":"c-1","Link":"https://files.example/1.wav"},{"Link":"x"}]}"#;
    let (reads, vendor) = reads_of(body);
    let callee = Callee::new("+6281234564821");
    let calls = reads.recordings_of_plan(&PlanId::new("p"), &callee).await.unwrap();
    assert_eq!((calls.rows.len(), calls.skipped.len()), (1, 1));
    let asked = &vendor.asked("/service/cloud/plan/case")[0];
    assert_eq!(query(asked), "PlanID=p&Callee=%2B6281234564821");
}

/// What the vendor may answer where a recording is asked for.
fn sound(location: Option<&str>, body: &'static [u8]) -> Response {
    let headers = location.map(|to| ("Location".to_owned(), to.to_owned()));
    let status = if location.is_some() { 302 } else { 200 };
    Response { status, headers: headers.into_iter().collect(), body: body.into() }
}

#[tokio::test]
async fn a_recording_is_taken_as_audio_by_redirect_and_by_link() {
    let link = br#"{"code":200,"data":{"Link":"https://files.example/c-1.wav"}}"#;
    for answer in [
        sound(None, b"RIFF...."),
        sound(Some("https://files.example/c-1.wav"), b""),
        sound(None, link),
        sound(None, br#"{"code":200,"data":"https://files.example/c-1.wav"}"#),
    ] {
        let vendor = Scripted::signed_in(move |_, request| match path(request).as_str() {
            "/service/cloud/case" => Ok(answer.clone()),
            _ => ok(200, b"RIFF....".to_vec()),
        });
        let (reads, _) = client(OPEN, vendor.clone());
        let file = reads.recording_of_number(&TaskId::new("t"), &Callee::new("+62")).await;
        assert_eq!(&file.unwrap().unwrap().bytes[..], b"RIFF....");
        // The link's host gets no token.
        let fetched = vendor.asked("/c-1.wav");
        assert!(fetched.iter().all(|request| header(request, "Authorization").is_none()));
    }
}

#[tokio::test]
async fn no_recording_a_refusal_and_nonsense_are_told_apart() {
    let (task, callee) = (TaskId::new("t"), Callee::new("+62"));
    let (reads, _) = reads_of(r#"{"code":200,"data":{"Link":""}}"#);
    assert!(reads.recording_of_number(&task, &callee).await.unwrap().is_none());
    assert_eq!(reads.recordings_of_task(&task).await.unwrap(), None);
    let (reads, _) = reads_of(r#"{"code":10516,"message":"no recordings"}"#);
    let error = reads.recording_of_number(&task, &callee).await.unwrap_err();
    assert!(matches!(error.kind, ReadErrorKind::Refused { code: 10516, .. }), "{error:?}");
    assert_eq!(error.key, Key::TaskRecording);
    let (reads, _) = reads_of(r#"{"code":200,"data":{"mood":"calm"}}"#);
    assert!(reads.recordings_of_task(&task).await.is_err());
    let (reads, vendor) = reads_of(r#"{"code":401,"message":"expired"}"#);
    let error = reads.recording_of_number(&task, &callee).await.unwrap_err();
    assert!(matches!(error.kind, ReadErrorKind::SignIn { .. }), "{error:?}");
    assert_eq!(vendor.asked("/service/cloud/case").len(), 2, "renewed once, asked once more");
}
