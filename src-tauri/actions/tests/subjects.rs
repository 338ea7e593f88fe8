//! The door with what is no workflow: calling tasks, plans, contacts of the dialer, sessions.

use super::bench::{Bench, NUMBER, Setup, account, call, stop};
use crate::{
    actions::{ActionRequest, Ask, Left, Refusal, sight::GRACE_MS},
    domain::{
        action::{How, Outcome, Subject, Target, Verb},
        call::Call,
        chat::{Session, SessionDetail, Signature},
        evidence::Evidence,
        ids::{CallId, Callee, PlanId, RoundId, SessionId, TaskId, WorkflowId},
        line::Lines,
        mask::Mask,
        status::Status,
        task::{CallingTask, Plan, Round},
        workflow::Seen,
    },
    store::{Batch, SourceMark},
    vendor::Key,
};

const CONFIRMED: &str = r#"
    [family.chatbot]
    sign = "none"
    [endpoint."task.cancel"]
    confirmed = "by hand"
    [endpoint."plan.cancel"]
    confirmed = "by hand"
    [endpoint."task.cancel_call"]
    confirmed = "by hand"
    [endpoint."plan.cancel_call"]
    confirmed = "by hand"
    [endpoint."chat.end"]
    confirmed = "by hand"
"#;

/// The task `t1` in two lines, its call `tc`; the plan `p1` with a round dialled by `t2` and its call
/// `pc`; the plan `p0` without rounds; the open session `s1`.
async fn bench() -> Bench {
    let bench = Bench::new(Setup { profile: CONFIRMED, ..Setup::default() }).await;
    task(&bench, "In Progress", "Collection").await;
    task(&bench, "In Progress", "Info Check").await;
    plan(&bench, "p1", "running").await;
    plan(&bench, "p0", "running").await;
    let id = PlanId::from("p1");
    let rounds = vec![Round {
        id: RoundId::of(&id, 1),
        plan: id,
        number: 1,
        task: Some(TaskId::from("t2")),
        status: Some(Status::read("running")),
        dialled: Some(3),
        reached: None,
        started_at: None,
        ended_at: None,
        as_of: bench.now(),
    }];
    let rounds = rounds.into_iter().map(|value| Seen { value, raw: "{}".to_owned() }).collect();
    bench.apply(Batch { rounds, ..Batch::default() }).await;
    session(&bench, "open").await;
    dialled(&bench, "tc", "t1", NUMBER).await;
    dialled(&bench, "pc", "t2", NUMBER).await;
    bench.pass(1);
    bench
}

fn seen<T>(value: T) -> Vec<Seen<T>> {
    vec![Seen { value, raw: "{}".to_owned() }]
}

async fn task(bench: &Bench, status: &str, line: &str) {
    let value = CallingTask {
        id: TaskId::from("t1"),
        name: Some("Overdue".to_owned()),
        lines: Lines::of([line]),
        plan: None,
        status: Some(Status::read(status)),
        total: Some(10),
        finished: Some(4),
        connected: None,
        created_at: None,
        started_at: None,
        ended_at: None,
        as_of: bench.now(),
    };
    bench.apply(Batch { calling_tasks: seen(value), ..Batch::default() }).await;
}

async fn plan(bench: &Bench, id: &str, status: &str) {
    let value = Plan {
        id: PlanId::from(id),
        name: None,
        lines: Lines::default(),
        strategy: None,
        status: Some(Status::read(status)),
        total: None,
        finished: None,
        created_at: None,
        started_at: None,
        ended_at: None,
        as_of: bench.now(),
    };
    bench.apply(Batch { plans: seen(value), ..Batch::default() }).await;
}

async fn session(bench: &Bench, status: &str) {
    let value = Session {
        id: SessionId::from("s1"),
        workflow: Some(WorkflowId::from("w1")),
        workflow_name: Some("campaign w1".to_owned()),
        node: None,
        node_name: None,
        waba_task: None,
        entry: None,
        channel: Some("WhatsApp".to_owned()),
        channel_id: None,
        callee: Some(Callee::new(NUMBER)),
        robot: None,
        status: Some(status.to_owned()),
        started_at: None,
        ended_at: None,
        end_reason: None,
        intention: None,
        talk_round: None,
        detail: SessionDetail::default(),
        signature: Signature::NotApplicable,
        as_of: bench.now(),
    };
    bench.apply(Batch { sessions: seen(value), ..Batch::default() }).await;
}

/// A call of a task, and that the task's calls were read now.
async fn dialled(bench: &Bench, id: &str, task: &str, number: &str) {
    let value = Call {
        workflow: None,
        task: Some(TaskId::from(task)),
        ..call(id, Some(number), bench.now())
    };
    let marks = vec![read(bench, Key::TaskDetails, task)];
    bench.apply(Batch { calls: seen(value), marks, ..Batch::default() }).await;
}

fn read(bench: &Bench, key: Key, scope: &str) -> SourceMark {
    SourceMark {
        key: key.as_str().to_owned(),
        scope: scope.to_owned(),
        answered_at: bench.now(),
        fingerprint: 1,
        total: None,
        complete: true,
    }
}

fn whole(id: &str, verb: Verb, subject: &str) -> ActionRequest {
    ActionRequest { verb, target: Target::whole(verb.subject(subject)), ..stop(id) }
}

fn rest(id: &str, verb: Verb, subject: &str, call: &str) -> ActionRequest {
    let target = Target::number_of_call(verb.subject(subject), CallId::new(call));
    ActionRequest { verb, target, ..stop(id) }
}

fn ask(request: &ActionRequest) -> Ask {
    let ActionRequest { account, verb, target, .. } = request.clone();
    Ask { account, verb, target }
}

#[tokio::test]
async fn each_is_asked_once_with_its_own_body_and_journaled_with_its_subject() {
    let bench = bench().await;
    let cases = [
        (whole("a1", Verb::CancelTask, "t1"), r#"{"Action":"Stop","TaskID":"t1"}"#.to_owned()),
        (whole("a2", Verb::CancelPlan, "p0"), r#"{"Action":"Stop","PlanID":"p0"}"#.to_owned()),
        (
            rest("a3", Verb::CancelTaskRest, "t1", "tc"),
            format!(r#"{{"TaskID":"t1","CalleeNumber":"{NUMBER}"}}"#),
        ),
        (
            rest("a4", Verb::CancelPlanRest, "p1", "pc"),
            format!(r#"{{"PlanID":"p1","CalleeNumber":"{NUMBER}"}}"#),
        ),
        (whole("a5", Verb::EndSession, "s1"), r#"{"call_id":"s1"}"#.to_owned()),
    ];
    for (sent, (request, body)) in cases.into_iter().enumerate() {
        let id = request.id.to_string();
        let (one, two) = tokio::join!(bench.door.act(request.clone()), bench.door.act(request));
        let one = one.unwrap();
        assert_eq!(one, two.unwrap());
        assert_eq!(one.outcome, Outcome::Accepted, "{one:?}");
        assert_eq!(bench.stored(&id).await, one);
        assert_eq!(bench.vendor.writes(), sent + 1, "once per id");
        let written: serde_json::Value =
            serde_json::from_str(&bench.vendor.writes.lock().unwrap()[sent].1).unwrap();
        assert_eq!(written, serde_json::from_str::<serde_json::Value>(&body).unwrap());
    }
    let task = bench.stored("a1").await;
    assert_eq!(
        (task.subject.clone(), task.workflow, task.name.as_deref()),
        (Subject::Task(TaskId::from("t1")), None, Some("Overdue"))
    );
    assert_eq!(task.status_before.as_deref(), Some("In Progress"));
    let ended = bench.stored("a5").await;
    assert_eq!(ended.workflow, Some(WorkflowId::from("w1")), "it stands in the timeline");
    assert_eq!(ended.callee.map(|c| c.full().to_owned()).as_deref(), Some(NUMBER));
    let row = bench.reader.workflow(&account(), &WorkflowId::from("w1")).await.unwrap().unwrap();
    assert_eq!(row.receipt, None, "the end of a session is no receipt of the workflow");
}

#[tokio::test]
async fn what_is_over_or_of_another_is_refused_here_and_nothing_is_sent() {
    let bench = bench().await;
    bench.pass(1);
    task(&bench, "FINISHED", "Collection").await;
    plan(&bench, "p1", "Stopped").await;
    session(&bench, "closed").await;
    let over = |subject, status: &str| Refusal::AlreadyOver { subject, status: status.to_owned() };
    for (request, refusal) in [
        (whole("a1", Verb::CancelTask, "t1"), over("task", "FINISHED")),
        (rest("a2", Verb::CancelTaskRest, "t1", "tc"), over("task", "FINISHED")),
        (whole("a3", Verb::CancelPlan, "p1"), over("plan", "Stopped")),
        (rest("a4", Verb::CancelPlanRest, "p1", "pc"), over("plan", "Stopped")),
        (whole("a5", Verb::EndSession, "s1"), over("session", "closed")),
        // The number is of another task, of a workflow, or nobody's.
        (rest("b1", Verb::CancelTaskRest, "t1", "pc"), Refusal::NotFound),
        (rest("b2", Verb::CancelPlanRest, "p0", "pc"), Refusal::NotFound),
        (rest("b3", Verb::CancelTaskRest, "t1", "c1"), Refusal::NotFound),
        (whole("b4", Verb::CancelTask, "t9"), Refusal::NotFound),
        (whole("b5", Verb::EndSession, "s9"), Refusal::NotFound),
        (whole("b6", Verb::CancelTaskRest, "t1"), Refusal::NoNumber),
    ] {
        let action = bench.door.act(request.clone()).await.unwrap();
        assert_eq!(action.outcome, Outcome::Refused, "{request:?}");
        assert_eq!(action.detail, Some(refusal.to_string()), "{request:?}");
        assert_eq!(bench.stored(request.id.as_str()).await, action);
        let shown = bench.door.blast_radius(&ask(&request), Mask::LastFour).await.unwrap();
        assert_eq!(shown.refusal, Some(refusal));
    }
    assert_eq!(bench.vendor.writes(), 0);
}

#[tokio::test]
async fn a_verb_aimed_at_another_kind_of_thing_finds_nothing() {
    let bench = bench().await;
    let target = Target::whole(Subject::Task(TaskId::from("t1")));
    let request = ActionRequest { verb: Verb::EndSession, target, ..stop("a1") };
    let action = bench.door.act(request).await.unwrap();
    assert_eq!(action.detail, Some(Refusal::NotFound.to_string()));
}

#[tokio::test]
async fn the_dialog_says_what_is_left_of_a_task_a_plan_and_a_session() {
    let bench = bench().await;
    let left = async |request: ActionRequest| {
        let radius = bench.door.blast_radius(&ask(&request), Mask::LastFour).await.unwrap();
        assert_eq!(radius.refusal, None, "{request:?}");
        let lines = radius.lines.iter().map(|l| (l.what, l.value)).collect::<Vec<_>>();
        (lines, radius)
    };
    let (lines, task) = left(whole("a", Verb::CancelTask, "t1")).await;
    assert_eq!(lines, [(Left::Numbers, Some(6)), (Left::CallsRunning, Some(1))]);
    assert!(!task.hold && task.lines.iter().all(|line| line.as_of.is_some()));
    assert_eq!(
        task.preview,
        "POST /service/cloud/operation\n{\n  \"Action\": \"Stop\",\n  \"TaskID\": \"t1\"\n}"
    );
    let (lines, plan) = left(whole("a", Verb::CancelPlan, "p1")).await;
    let rounds = (Left::Rounds, Some(1));
    assert_eq!(lines, [(Left::Numbers, None), rounds, (Left::CallsRunning, Some(1))]);
    assert!(plan.hold, "nobody knows how many");
    // A plan whose rounds nobody told us.
    let (lines, _) = left(whole("a", Verb::CancelPlan, "p0")).await;
    assert_eq!(lines[1..], [(Left::Rounds, None), (Left::CallsRunning, Some(0))]);
    let (lines, number) = left(rest("a", Verb::CancelPlanRest, "p1", "pc")).await;
    assert_eq!(lines, [(Left::Numbers, Some(1)), (Left::CallsRunning, Some(1))]);
    assert!(number.preview.contains("••••4821") && !number.preview.contains(NUMBER));
    assert_eq!(number.lines[0].evidence, Evidence::Inferred);
    let (lines, chat) = left(whole("a", Verb::EndSession, "s1")).await;
    assert_eq!(lines, [(Left::OpenChats, Some(1))]);
    assert_eq!(chat.callee.map(|c| c.full().to_owned()).as_deref(), Some(NUMBER));
    assert_eq!(bench.vendor.writes(), 0);
}

#[tokio::test]
async fn a_cancelled_task_is_seen_by_its_status_and_the_silence_of_its_calls() {
    let bench = bench().await;
    bench.door.act(whole("a1", Verb::CancelTask, "t1")).await.unwrap();
    bench.pass(2 * GRACE_MS);
    task(&bench, "STOPPED", "Collection").await;
    bench.door.observe(&account()).await.unwrap();
    assert_eq!(bench.stored("a1").await.seen_at, None, "its calls were not read since");
    bench
        .apply(Batch { marks: vec![read(&bench, Key::TaskDetails, "t1")], ..Batch::default() })
        .await;
    bench.door.observe(&account()).await.unwrap();
    let action = bench.stored("a1").await;
    assert_eq!((action.seen_at, action.calls_since), (Some(bench.now()), Some(0)));
    assert_eq!(action.status_seen.as_deref(), Some("STOPPED"));
}

#[tokio::test]
async fn a_late_call_of_any_round_keeps_a_cancelled_plan_unseen() {
    let bench = bench().await;
    bench.door.act(whole("a1", Verb::CancelPlan, "p1")).await.unwrap();
    bench.pass(2 * GRACE_MS);
    plan(&bench, "p1", "stopped").await;
    dialled(&bench, "late", "t2", "+62811").await;
    let marks = vec![read(&bench, Key::PlanRounds, "p1")];
    bench.apply(Batch { marks, ..Batch::default() }).await;
    bench.door.observe(&account()).await.unwrap();
    let action = bench.stored("a1").await;
    assert_eq!((action.seen_at, action.calls_since), (None, Some(1)));
}

#[tokio::test]
async fn the_rest_of_a_number_is_seen_when_the_task_goes_on_with_others() {
    let bench = bench().await;
    bench.door.act(rest("a1", Verb::CancelTaskRest, "t1", "tc")).await.unwrap();
    bench.pass(2 * GRACE_MS);
    // Another task calls the number: that is none of this.
    dialled(&bench, "elsewhere", "t2", NUMBER).await;
    bench.door.observe(&account()).await.unwrap();
    assert_eq!(bench.stored("a1").await.seen_at, None, "nobody of the task was called since");
    dialled(&bench, "other", "t1", "+62811").await;
    bench.door.observe(&account()).await.unwrap();
    let action = bench.stored("a1").await;
    assert_eq!((action.seen_at, action.calls_since), (Some(bench.now()), Some(0)));
}

#[tokio::test]
async fn an_ended_session_is_seen_when_it_is_closed_and_counts_no_calls() {
    let bench = bench().await;
    bench.door.act(whole("a1", Verb::EndSession, "s1")).await.unwrap();
    bench.door.observe(&account()).await.unwrap();
    assert_eq!(bench.stored("a1").await.seen_at, None);
    bench.pass(1_000);
    session(&bench, "closed").await;
    bench.door.observe(&account()).await.unwrap();
    let action = bench.stored("a1").await;
    assert_eq!((action.seen_at, action.calls_since), (Some(bench.now()), None));
    assert_eq!(action.status_seen.as_deref(), Some("closed"));
}

#[tokio::test]
async fn a_contact_of_the_dialer_needs_a_call_that_names_its_task_and_the_dialers_keys() {
    let bench = bench().await;
    dialled(&bench, "dc", "agents", NUMBER).await;
    let request = rest("a1", Verb::CancelContact, "agents", "dc");
    let radius = bench.door.blast_radius(&ask(&request), Mask::LastFour).await.unwrap();
    let lines: Vec<_> = radius.lines.iter().map(|l| (l.what, l.value)).collect();
    assert_eq!(lines, [(Left::Numbers, Some(1)), (Left::CallsRunning, Some(1))]);
    let refused = bench.door.act(request.clone()).await.unwrap();
    assert_eq!(refused.outcome, Outcome::Refused);
    assert!(refused.detail.unwrap().contains("keys"), "the bench has none of the dialer");
    let outside = ActionRequest { how: How::Outside, id: "a2".into(), ..request };
    assert_eq!(bench.door.act(outside).await.unwrap().outcome, Outcome::Outside);
    let elsewhere = rest("a3", Verb::CancelContact, "agents", "tc");
    let elsewhere = ActionRequest { how: How::Outside, ..elsewhere };
    let refused = bench.door.act(elsewhere).await.unwrap();
    assert_eq!(refused.detail, Some(Refusal::NotFound.to_string()));
}

#[tokio::test]
async fn each_verb_has_a_trial_of_its_own() {
    let bench = Bench::new(Setup { profile: "", ..Setup::default() }).await;
    task(&bench, "running", "Collection").await;
    plan(&bench, "p0", "running").await;
    for (id, verb, subject) in [
        ("t1", Verb::CancelTask, "t1"),
        ("t2", Verb::CancelPlan, "p0"),
        ("t3", Verb::StopWorkflow, "w1"),
    ] {
        let named = subject.to_owned();
        let trial = ActionRequest { how: How::Trial, named, ..whole(id, verb, subject) };
        assert_eq!(bench.door.act(trial).await.unwrap().outcome, Outcome::Accepted, "{verb:?}");
    }
    assert_eq!(bench.vendor.writes(), 3);
    // How a session's request would be signed is not known: not even tried.
    session(&bench, "open").await;
    let request = whole("t4", Verb::EndSession, "s1");
    let trial = ActionRequest { how: How::Trial, named: "s1".to_owned(), ..request };
    assert!(bench.door.act(trial).await.is_err());
    assert_eq!(bench.vendor.writes(), 3);
}
