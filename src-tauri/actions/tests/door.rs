use super::bench::{Answered, Bench, NUMBER, Setup, account, cancel, stop};
use crate::{
    actions::{
        ActionRequest, Ask, DoorError, Left, NoEvidence, Refusal, sight::GRACE_MS, trial_evidence,
    },
    domain::{
        action::{How, Outcome, Verb},
        evidence::Evidence,
        ids::AccountId,
        mask::Mask,
    },
    store::{ActionAsk, Batch},
    vendor::{NotAsked, transport::TransportError},
};

async fn journal_lines(bench: &Bench) -> i64 {
    let all = ActionAsk { account: None, workflow: None, anchor: 0, count: 10 };
    bench.reader.actions(&all).await.unwrap().total
}

#[tokio::test]
async fn an_accepted_stop_is_asked_once_and_journaled() {
    let bench = Bench::new(Setup::default()).await;
    bench.pass(7);
    let action = bench.door.act(stop("a1")).await.unwrap();
    assert_eq!(action.outcome, Outcome::Accepted);
    assert_eq!(action.status_before.as_deref(), Some("running"));
    assert_eq!(action.name.as_deref(), Some("campaign w1"));
    assert_eq!((action.by.as_str(), action.reason.as_str()), ("mei", "a wrong list"));
    assert_eq!(action.outcome_at, Some(bench.now()));
    assert_eq!(action, bench.stored("a1").await);
    let writes = bench.vendor.writes.lock().unwrap().clone();
    let [(path, body)] = &writes[..] else { panic!("{writes:?}") };
    assert_eq!(path, "/service/cloud/workflow/stopinstance");
    assert_eq!(body, r#"{"workflow_id":"w1"}"#);
    bench.wake.notified().await;
}

#[tokio::test]
async fn a_cancelled_rest_names_the_number_and_the_journal_keeps_it() {
    let bench = Bench::new(Setup::default()).await;
    let action = bench.door.act(cancel("a1", "c1")).await.unwrap();
    assert_eq!(action.outcome, Outcome::Accepted);
    assert_eq!(action.callee.as_ref().unwrap().full(), NUMBER);
    assert_eq!(action.case_id.as_deref(), Some("CASE-1"));
    assert_eq!(action, bench.stored("a1").await);
    let (_, body) = bench.vendor.writes.lock().unwrap()[0].clone();
    assert!(body.contains(NUMBER), "{body}");
}

#[tokio::test]
async fn each_answer_has_its_outcome_and_no_write_is_repeated() {
    let no_link = || TransportError::Connect("nobody listens".to_owned());
    let cut = || TransportError::Cut("connection reset".to_owned());
    let cases: Vec<(Answered, Outcome)> = vec![
        (Ok((200, r#"{"code":200,"status":"OK"}"#)), Outcome::Accepted),
        (Ok((200, r#"{"code":403,"message":"no right"}"#)), Outcome::Refused),
        (Ok((401, r#"{"code":401,"message":"token"}"#)), Outcome::Refused),
        (Ok((404, "no such page")), Outcome::Refused),
        (Ok((502, "<html>bad gateway</html>")), Outcome::Unknown),
        (Ok((200, "<html>hello</html>")), Outcome::Unknown),
        (Err(no_link()), Outcome::Failed),
        (Err(cut()), Outcome::Unknown),
        (Err(TransportError::Timeout), Outcome::Unknown),
    ];
    let bench = Bench::new(Setup::default()).await;
    for (at, (answer, outcome)) in cases.into_iter().enumerate() {
        bench.vendor.answers(answer.clone());
        let id = format!("a{at}");
        let action = bench.door.act(stop(&id)).await.unwrap();
        assert_eq!(action.outcome, outcome, "{answer:?}");
        assert_eq!(bench.stored(&id).await, action);
        assert!(!action.detail.unwrap().is_empty());
        assert_eq!(bench.vendor.writes(), at + 1, "{answer:?}");
        bench.door.act(stop(&id)).await.unwrap();
        assert_eq!(bench.vendor.writes(), at + 1, "{answer:?}");
    }
}

#[tokio::test]
async fn two_calls_of_one_click_ask_once_and_agree() {
    let bench = Bench::new(Setup { answering: false, ..Setup::default() }).await;
    let twice = [bench.door.clone(), bench.door.clone()]
        .map(|door| tokio::spawn(async move { door.act(stop("a1")).await.unwrap() }));
    bench.vendor.arrived.notified().await;
    bench.vendor.may_answer.add_permits(100);
    let [one, two] = twice;
    let (one, two) = (one.await.unwrap(), two.await.unwrap());
    assert_eq!(one, two);
    assert_eq!(one.outcome, Outcome::Accepted);
    assert_eq!(bench.door.act(stop("a1")).await.unwrap(), one);
    assert_eq!((bench.vendor.writes(), journal_lines(&bench).await), (1, 1));
}

#[tokio::test]
async fn a_caller_that_goes_away_does_not_take_the_outcome_along() {
    let bench = Bench::new(Setup { answering: false, ..Setup::default() }).await;
    let door = bench.door.clone();
    let window = tokio::spawn(async move { door.act(stop("a1")).await });
    bench.vendor.arrived.notified().await;
    window.abort();
    assert!(window.await.unwrap_err().is_cancelled());
    assert_eq!(bench.stored("a1").await.outcome, Outcome::Requested);
    bench.vendor.may_answer.add_permits(1);
    bench.door.settle().await;
    assert_eq!(bench.stored("a1").await.outcome, Outcome::Accepted);
}

#[tokio::test]
async fn the_dialog_does_not_wait_for_an_action_under_way() {
    let bench = Bench::new(Setup { answering: false, ..Setup::default() }).await;
    let door = bench.door.clone();
    let acting = tokio::spawn(async move { door.act(stop("a1")).await });
    bench.vendor.arrived.notified().await;
    let ask = Ask { account: account(), verb: Verb::StopWorkflow, target: stop("a2").target };
    assert_eq!(bench.door.blast_radius(&ask, Mask::LastFour).await.unwrap().refusal, None);
    bench.vendor.may_answer.add_permits(1);
    acting.await.unwrap().unwrap();
}

#[tokio::test]
async fn our_own_refusal_is_journaled_and_nothing_is_sent() {
    let unconfirmed = Refusal::NotConfirmed(NotAsked::Unconfirmed);
    let over = Refusal::AlreadyOver { subject: "workflow", status: "Finished".to_owned() };
    for (setup, status, request, refusal) in [
        (Setup { read_only: true, ..Setup::default() }, "running", stop("a1"), Refusal::ReadOnly),
        (
            Setup { connected: false, ..Setup::default() },
            "running",
            stop("a1"),
            Refusal::NotConnected,
        ),
        (Setup { profile: "", ..Setup::default() }, "running", stop("a1"), unconfirmed),
        (Setup::default(), "Finished", stop("a1"), over),
        (Setup::default(), "running", cancel("a1", "nobody"), Refusal::NotFound),
        (Setup::default(), "running", cancel("a1", "c2"), Refusal::NoNumber),
    ] {
        let bench = Bench::new(setup).await;
        bench.pass(1);
        bench.status("w1", status).await;
        bench.called("c2", None, 600_000).await;
        let action = bench.door.act(request).await.unwrap();
        assert_eq!(action.outcome, Outcome::Refused, "{refusal}");
        assert_eq!(action.detail, Some(refusal.to_string()));
        assert_eq!(bench.stored("a1").await, action);
        assert_eq!(bench.vendor.writes(), 0, "{refusal}");
        assert_eq!(bench.vendor.sign_ins.load(std::sync::atomic::Ordering::SeqCst), 0);
    }
}

#[tokio::test]
async fn a_number_of_another_workflow_is_not_cancelled_here() {
    let bench = Bench::new(Setup::default()).await;
    bench.status("w2", "running").await;
    let mut request = cancel("a1", "c1");
    request.target.subject = Verb::CancelRest.subject("w2");
    assert_eq!(bench.door.act(request).await.unwrap().outcome, Outcome::Refused);
    assert_eq!(bench.vendor.writes(), 0);
}

#[tokio::test]
async fn what_an_earlier_run_left_open_becomes_unknown_and_is_not_sent_again() {
    let left = super::action("a1", Verb::StopWorkflow);
    let bench = Bench::new(Setup { left_over: Some(left), ..Setup::default() }).await;
    assert_eq!(bench.stored("a1").await.outcome, Outcome::Requested);
    assert_eq!(bench.door.sweep().await.unwrap(), 1);
    assert_eq!(bench.stored("a1").await.outcome, Outcome::Unknown);
    assert_eq!(bench.door.act(stop("a1")).await.unwrap().outcome, Outcome::Unknown);
    assert_eq!(bench.vendor.writes(), 0);
    assert_eq!(bench.door.sweep().await.unwrap(), 0);
}

#[tokio::test]
async fn an_outcome_that_cannot_be_written_leaves_the_line_open_until_the_next_start() {
    let bench = Bench::new(Setup { answering: false, ..Setup::default() }).await;
    let door = bench.door.clone();
    let acting = tokio::spawn(async move { door.act(stop("a1")).await });
    bench.vendor.arrived.notified().await;
    bench
        .meddle(
            "CREATE TRIGGER no_room BEFORE UPDATE ON actions \
             BEGIN SELECT RAISE(ABORT, 'no room'); END",
        )
        .await;
    bench.vendor.may_answer.add_permits(100);
    let result = acting.await.unwrap();
    let Err(DoorError::OutcomeLost { outcome: Outcome::Accepted, .. }) = result else {
        panic!("{result:?}")
    };
    bench.meddle("DROP TRIGGER no_room").await;
    assert_eq!(bench.stored("a1").await.outcome, Outcome::Requested);
    assert_eq!(bench.door.act(stop("a1")).await.unwrap().outcome, Outcome::Requested);
    assert_eq!(bench.vendor.writes(), 1);
    assert_eq!(bench.door.sweep().await.unwrap(), 1);
    assert_eq!(bench.stored("a1").await.outcome, Outcome::Unknown);
}

#[tokio::test]
async fn a_line_that_cannot_be_written_keeps_the_request_back() {
    let bench = Bench::new(Setup::default()).await;
    bench
        .meddle(
            "CREATE TRIGGER no_room BEFORE INSERT ON actions \
             BEGIN SELECT RAISE(ABORT, 'no room'); END",
        )
        .await;
    assert!(matches!(bench.door.act(stop("a1")).await, Err(DoorError::Store(_))));
    assert_eq!(bench.vendor.writes(), 0);
}

#[tokio::test]
async fn a_stop_is_seen_after_the_status_changed_and_no_call_started() {
    let bench = Bench::new(Setup::default()).await;
    bench.door.act(stop("a1")).await.unwrap();
    bench.pass(2_000);
    bench.status("w1", "Stopped").await;
    bench.door.observe(&account()).await.unwrap();
    assert_eq!(bench.stored("a1").await.seen_at, None);

    bench.pass(GRACE_MS);
    // Read again, nothing new.
    bench.apply(Batch::default()).await;
    bench.door.observe(&account()).await.unwrap();
    let action = bench.stored("a1").await;
    assert_eq!(action.seen_at, Some(bench.now()));
    assert_eq!(action.status_seen.as_deref(), Some("Stopped"));
    assert_eq!(action.calls_since, Some(0));
}

#[tokio::test]
async fn a_stop_without_effect_stays_unseen_and_counts_the_calls() {
    let bench = Bench::new(Setup::default()).await;
    bench.door.act(stop("a1")).await.unwrap();
    for (at, calls) in [(1, 1), (2, 2)] {
        bench.pass(2 * GRACE_MS);
        let now = bench.now().millis();
        bench.called(&format!("late{at}"), Some("+62811"), now).await;
        bench.door.observe(&account()).await.unwrap();
        let action = bench.stored("a1").await;
        assert_eq!((action.seen_at, action.calls_since), (None, Some(calls)));
    }
    bench.status("w1", "Stopped").await;
    bench.door.observe(&account()).await.unwrap();
    assert_eq!(bench.stored("a1").await.seen_at, None);
}

#[tokio::test]
async fn a_cancelled_rest_counts_only_its_own_number() {
    let bench = Bench::new(Setup::default()).await;
    bench.door.act(cancel("a1", "c1")).await.unwrap();
    bench.pass(2 * GRACE_MS);
    bench.apply(Batch::default()).await;
    bench.door.observe(&account()).await.unwrap();
    assert_eq!(bench.stored("a1").await.seen_at, None, "nobody was called since");
    let now = bench.now().millis();
    bench.called("other", Some("+62811"), now).await;
    bench.door.observe(&account()).await.unwrap();
    let action = bench.stored("a1").await;
    assert_eq!((action.seen_at, action.calls_since), (Some(bench.now()), Some(0)));
}

#[tokio::test]
async fn a_refused_action_is_never_looked_for() {
    let bench = Bench::new(Setup::default()).await;
    bench.vendor.answers(Ok((200, r#"{"code":403,"message":"no"}"#)));
    bench.door.act(stop("a1")).await.unwrap();
    bench.pass(2 * GRACE_MS);
    bench.status("w1", "Stopped").await;
    bench.door.observe(&account()).await.unwrap();
    assert_eq!(bench.stored("a1").await.seen_at, None);
}

#[tokio::test]
async fn the_dialog_says_what_is_left_and_what_would_be_sent() {
    let bench = Bench::new(Setup::default()).await;
    let ask = |request: crate::actions::ActionRequest| Ask {
        account: request.account,
        verb: request.verb,
        target: request.target,
    };
    let radius = bench.door.blast_radius(&ask(stop("a1")), Mask::LastFour).await.unwrap();
    let values: Vec<_> = radius.lines.iter().map(|l| (l.what, l.value)).collect();
    assert_eq!(
        values,
        [
            (Left::Numbers, None),
            (Left::CallsRunning, Some(1)),
            (Left::WabaQueued, None),
            (Left::OpenChats, None)
        ]
    );
    assert_eq!(radius.refusal, None);
    assert_eq!(radius.evidence, Evidence::Confirmed);
    assert_eq!(radius.confirmed.as_deref(), Some("a trial on w1"));
    assert!(radius.hold);
    assert!(radius.preview.starts_with("POST /service/cloud/workflow/stopinstance\n"));

    let radius = bench.door.blast_radius(&ask(cancel("a1", "c1")), Mask::LastFour).await.unwrap();
    assert_eq!(radius.callee.as_ref().unwrap().full(), NUMBER);
    assert!(radius.preview.contains("••••4821") && !radius.preview.contains("8123"));
    let first = radius.lines[0];
    assert_eq!((first.value, first.evidence), (Some(1), Evidence::Documented));
    assert_eq!(radius.lines[1].value, Some(1));
    assert!(!radius.hold);

    let elsewhere = Ask { account: AccountId::new("none"), ..ask(stop("a1")) };
    let radius = bench.door.blast_radius(&elsewhere, Mask::LastFour).await.unwrap();
    assert_eq!(radius.refusal, Some(Refusal::NotConnected));
    assert!(radius.lines.is_empty() && radius.preview.is_empty());
    assert_eq!((bench.vendor.writes(), journal_lines(&bench).await), (0, 0));
}

fn trial(id: &str, named: &str) -> ActionRequest {
    ActionRequest { how: How::Trial, named: named.to_owned(), ..stop(id) }
}

#[tokio::test]
async fn a_trial_is_sent_once_per_account_and_verb_and_is_evidence_when_it_was_seen() {
    let bench = Bench::new(Setup { profile: "", ..Setup::default() }).await;
    let ask = Ask { account: account(), verb: Verb::StopWorkflow, target: stop("t0").target };
    let before = bench.door.trial(&ask, Mask::LastFour).await.unwrap();
    assert!(before.made.is_none() && before.preview.starts_with("POST /service/cloud/workflow/"));

    let unnamed = bench.door.act(trial("t1", "another")).await;
    assert!(matches!(unnamed, Err(DoorError::NoTrial(Refusal::NotNamed))), "{unnamed:?}");
    assert_eq!((bench.vendor.writes(), journal_lines(&bench).await), (0, 0));

    let (one, two) =
        tokio::join!(bench.door.act(trial("t2", "w1")), bench.door.act(trial("t3", "campaign w1")));
    let sent = usize::from(one.is_ok()) + usize::from(two.is_ok());
    assert_eq!((sent, bench.vendor.writes(), journal_lines(&bench).await), (1, 1, 1));
    let id = if one.is_ok() { "t2" } else { "t3" };
    let again = bench.door.act(trial(id, "")).await.unwrap();
    assert_eq!((again.outcome, again.how), (Outcome::Accepted, How::Trial));
    let third = bench.door.act(trial("t4", "w1")).await;
    assert!(matches!(third, Err(DoorError::NoTrial(Refusal::TrialMade))), "{third:?}");
    assert_eq!(trial_evidence(&again), Err(NoEvidence::NotSeen));

    bench.pass(GRACE_MS);
    bench.status("w1", "Stopped").await;
    bench.door.observe(&account()).await.unwrap();
    let evidence = trial_evidence(&bench.stored(id).await).unwrap();
    assert!(evidence.ends_with("accepted, seen running → Stopped"), "{evidence}");
    // An ordinary stop stays unsent until the evidence stands in the profile.
    let ordinary = bench.door.act(stop("a1")).await.unwrap();
    assert_eq!((ordinary.outcome, bench.vendor.writes()), (Outcome::Refused, 1));
}

#[tokio::test]
async fn a_trial_of_which_nothing_was_sent_may_be_made_again() {
    let bench = Bench::new(Setup { profile: "", ..Setup::default() }).await;
    bench.vendor.answers(Err(TransportError::Connect("nobody listens".to_owned())));
    let failed = bench.door.act(trial("t1", "w1")).await.unwrap();
    assert_eq!(failed.outcome, Outcome::Failed);
    bench.vendor.answers(Ok((404, "no such page")));
    assert_eq!(bench.door.act(trial("t2", "w1")).await.unwrap().outcome, Outcome::Refused);
    let third = bench.door.act(trial("t3", "w1")).await;
    assert!(matches!(third, Err(DoorError::NoTrial(Refusal::TrialMade))), "{third:?}");
}

#[tokio::test]
async fn a_trial_is_not_made_where_the_path_is_confirmed_or_the_account_read_only() {
    let bench = Bench::new(Setup::default()).await;
    let refused = bench.door.act(trial("t1", "w1")).await;
    assert!(matches!(refused, Err(DoorError::NoTrial(Refusal::NoTrialNeeded))), "{refused:?}");
    let setup = Setup { profile: "", read_only: true, ..Setup::default() };
    let bench = Bench::new(setup).await;
    let refused = bench.door.act(trial("t1", "w1")).await;
    assert!(matches!(refused, Err(DoorError::NoTrial(Refusal::ReadOnly))), "{refused:?}");
    assert_eq!(bench.vendor.writes(), 0);
}

#[tokio::test]
async fn what_is_done_outside_is_journaled_and_seen_and_nothing_is_sent() {
    let bench = Bench::new(Setup { profile: "", ..Setup::default() }).await;
    let outside = ActionRequest { how: How::Outside, ..stop("a1") };
    let action = bench.door.act(outside.clone()).await.unwrap();
    assert_eq!((action.outcome, action.how), (Outcome::Outside, How::Outside));
    assert_eq!(action, bench.stored("a1").await);
    assert_eq!(bench.door.act(outside).await.unwrap(), action);

    // The person needs four minutes; calls go on until then.
    bench.pass(240_000);
    bench.called("late", Some("+62811"), bench.now().millis() - 1_000).await;
    bench.status("w1", "Stopped").await;
    bench.door.observe(&account()).await.unwrap();
    assert_eq!(bench.stored("a1").await.seen_at, None);
    bench.pass(GRACE_MS);
    bench.status("w1", "Stopped").await;
    bench.door.observe(&account()).await.unwrap();
    let seen = bench.stored("a1").await;
    assert_eq!((seen.seen_at, seen.calls_since), (Some(bench.now()), None));
    assert_eq!(bench.vendor.writes(), 0);

    let bench = Bench::new(Setup { read_only: true, ..Setup::default() }).await;
    let refused = ActionRequest { how: How::Outside, ..stop("a1") };
    assert_eq!(bench.door.act(refused).await.unwrap().outcome, Outcome::Refused);
}

#[tokio::test]
async fn a_path_that_the_documentation_leaves_open_is_not_even_tried() {
    let profile = "[endpoint.\"workflow.stop\"]\nambiguous = \"two pages\"";
    let bench = Bench::new(Setup { profile, ..Setup::default() }).await;
    let refused = bench.door.act(trial("t1", "w1")).await;
    assert!(matches!(refused, Err(DoorError::NoTrial(Refusal::Doubtful(_)))), "{refused:?}");
    assert_eq!((bench.vendor.writes(), journal_lines(&bench).await), (0, 0));
}
