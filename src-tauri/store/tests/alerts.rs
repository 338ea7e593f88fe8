//! Warnings on disk: one row for what is the same, over restarts, and put off for a while.

use super::sample::{World, account, at, call, calls, workflow, workflows};
use crate::{
    domain::{
        alert::{About, Alert, AlertKey, AlertSettings, Rule, RuleSettings},
        call::Call,
        ids::{AccountId, CallId, Callee, WorkflowId},
        time::Timestamp,
        workflow::Workflow,
    },
    store::{AlertChanges, Kind, StoredAlert},
};

const MINUTE: i64 = 60_000;

fn alert(rule: Rule, about: About) -> Alert {
    let key = AlertKey { account: account(), rule, about };
    let evidence = [("failed_at".to_owned(), 1_000)].into();
    Alert { key, since: at(1_000), evidence, call: None }
}

fn failed() -> Alert {
    alert(Rule::WorkflowFailed, About::Workflow("w".to_owned()))
}

async fn begin(world: &mut World, alert: Alert, now: i64) {
    let changes = AlertChanges { begun: vec![alert], ..AlertChanges::default() };
    world.store.alerts.keep(&changes, at(now)).await.unwrap();
}

async fn end(world: &mut World, n: i64, now: i64) {
    let changes = AlertChanges { ended: vec![n], ..AlertChanges::default() };
    world.store.alerts.keep(&changes, at(now)).await.unwrap();
}

async fn holding(world: &World) -> Vec<StoredAlert> {
    world.store.reader.alerts_holding().await.unwrap()
}

#[tokio::test]
async fn a_warning_is_kept_over_a_restart_with_what_was_done_about_it() {
    let mut world = World::new().await;
    let named = Workflow { name: Some("Jakarta".to_owned()), ..workflow("w", "failed", 1) };
    world.apply(workflows(vec![named])).await;
    begin(&mut world, failed(), 5_000).await;
    let before = holding(&world).await;
    let [one] = &before[..] else { panic!("{before:?}") };
    assert_eq!(
        (one.alert.clone(), one.begun_at, one.last_seen_at),
        (failed(), at(5_000), at(5_000))
    );
    assert_eq!(one.name.as_deref(), Some("Jakarta"));
    world.store.alerts.snooze(&[one.n], Some(at(90_000))).await.unwrap();
    assert_eq!(one.announced_at, None);
    world.store.alerts.announced(&[one.n], Some(at(6_000))).await.unwrap();
    let world = world.reopen().await;
    let after = holding(&world).await;
    assert_eq!(after[0].n, one.n);
    assert_eq!(after[0].snoozed_until, Some(at(90_000)));
    assert_eq!(after[0].announced_at, Some(at(6_000)), "it is not told again");
}

#[tokio::test]
async fn two_of_the_same_cannot_hold_and_others_can() {
    let mut world = World::new().await;
    begin(&mut world, failed(), 1_000).await;
    begin(&mut world, alert(Rule::WorkflowFailed, About::Workflow("v".to_owned())), 1_000).await;
    begin(&mut world, alert(Rule::NoNewCalls, About::Workflow("w".to_owned())), 1_000).await;
    begin(&mut world, alert(Rule::DataStale, About::Account), 1_000).await;
    assert_eq!(holding(&world).await.len(), 4);
    let twice = AlertChanges { begun: vec![failed()], ..AlertChanges::default() };
    assert!(world.store.alerts.keep(&twice, at(2_000)).await.is_err());
    assert_eq!(holding(&world).await.len(), 4);
}

#[tokio::test]
async fn what_begins_again_soon_is_the_same_and_later_is_another() {
    let mut world = World::new().await;
    begin(&mut world, failed(), 0).await;
    let n = holding(&world).await[0].n;
    world.store.alerts.snooze(&[n], Some(at(1))).await.unwrap();
    end(&mut world, n, MINUTE).await;
    assert_eq!(holding(&world).await, []);
    assert_eq!(world.store.reader.alerts(at(0)).await.unwrap()[0].ended_at, Some(at(MINUTE)));
    begin(&mut world, failed(), 11 * MINUTE).await;
    let again = holding(&world).await;
    assert_eq!((again[0].n, again[0].snoozed_until), (n, Some(at(1))));
    end(&mut world, n, 12 * MINUTE).await;
    begin(&mut world, failed(), 22 * MINUTE + 1).await;
    let another = holding(&world).await;
    assert!(another[0].n != n && another[0].snoozed_until.is_none());
    assert_eq!(world.store.reader.alerts(at(0)).await.unwrap().len(), 2);
}

#[tokio::test]
async fn what_differs_is_announced_and_that_it_was_seen_is_not() {
    let mut world = World::new().await;
    begin(&mut world, failed(), 0).await;
    let n = holding(&world).await[0].n;
    let feed = world.store.reader.feed(0, 100).await.unwrap();
    let last = feed.last().unwrap();
    assert_eq!((last.kind, last.id.clone()), (Kind::Alert, n.to_string()));
    let seen = AlertChanges { seen: vec![n], ..AlertChanges::default() };
    world.store.alerts.keep(&seen, at(MINUTE)).await.unwrap();
    assert_eq!(*world.store.reader.seq().borrow(), last.seq);
    assert_eq!(holding(&world).await[0].last_seen_at, at(MINUTE));
    let other = Alert { evidence: [("failed_at".to_owned(), 7)].into(), ..failed() };
    let altered = AlertChanges { altered: vec![(n, other.clone())], ..AlertChanges::default() };
    world.store.alerts.keep(&altered, at(MINUTE)).await.unwrap();
    assert!(*world.store.reader.seq().borrow() > last.seq);
    assert_eq!(holding(&world).await[0].alert, other);
    world.store.alerts.snooze(&[n], Some(at(9))).await.unwrap();
    world.store.alerts.snooze(&[n], None).await.unwrap();
    assert_eq!(holding(&world).await[0].snoozed_until, None);
}

#[tokio::test]
async fn settings_are_kept_and_are_the_defaults_before() {
    let mut world = World::new().await;
    assert_eq!(world.store.reader.alert_settings().await.unwrap(), AlertSettings::default());
    let mut settings = AlertSettings { shift_ends: 22 * 60, ..AlertSettings::default() };
    let limits = [("minutes".to_owned(), 9)].into();
    settings.rules.insert(Rule::NoNewCalls, RuleSettings { on: false, limits });
    world.store.alerts.keep_settings(&settings).await.unwrap();
    let world = world.reopen().await;
    assert_eq!(world.store.reader.alert_settings().await.unwrap(), settings);
}

#[tokio::test]
async fn figures_are_found_by_workflow_round_and_number() {
    let mut world = World::new().await;
    world.apply(workflows(vec![workflow("w", "running", 1), workflow("x", "failed", 1)])).await;
    let mut list = Vec::new();
    for n in 0..8 {
        let mut one = call(&format!("c{n}"));
        one.workflow = Some(WorkflowId::from("w"));
        one.callee = Some(Callee::new(format!("+62{}", n % 4)));
        one.round = Some(1);
        one.connected = Some(n % 3 == 0);
        one.called_at = Some(at(n * 1_000));
        list.push(one);
    }
    world.apply(calls(list)).await;
    let reader = &world.store.reader;
    let running = reader.running_workflows().await.unwrap();
    assert_eq!((running.len(), running[0].calls), (1, 8));
    assert_eq!(running[0].last_call_at, Some(at(7_000)));
    assert_eq!(reader.failed_workflows(at(0)).await.unwrap(), [], "nobody saw it fail");
    let windows = reader.reached_windows(at(0), at(4_000)).await.unwrap();
    assert_eq!(windows.len(), 1);
    assert_eq!((windows[0].round, windows[0].reached.before), (1, (2, 4)));
    assert_eq!(windows[0].reached.now, (1, 4));
    let within = reader.calls_within(&account(), at(2_000), at(5_000)).await.unwrap().unwrap();
    assert_eq!((within.calls, within.first_at, within.last), (3, at(2_000), CallId::from("c4")));
    assert_eq!(reader.calls_within(&account(), at(90_000), at(99_000)).await.unwrap(), None);
    let newest = *reader.seq().borrow();
    let over = reader.contacted(&account(), at(0), 1, (0, newest)).await.unwrap();
    assert_eq!(over.len(), 4);
    let last = over.iter().find(|one| one.callee.full() == "+623").unwrap();
    assert_eq!((last.calls, last.last.clone()), (2, CallId::from("c7")));
    assert_eq!(reader.contacted(&account(), at(0), 2, (0, newest)).await.unwrap(), []);
    assert_eq!(reader.contacted(&account(), at(0), 1, (newest, newest)).await.unwrap(), []);
    // Failing while it is watched is seen with its time.
    let mut failing = workflow("w", "failed", 60_000);
    failing.ended_at = None;
    world.apply(workflows(vec![failing])).await;
    let failed = world.store.reader.failed_workflows(at(60_000)).await.unwrap();
    assert_eq!(failed.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["w"]);
}

#[tokio::test]
async fn who_is_called_after_asking_not_to_be_is_found_and_who_only_was_refused_is_not() {
    let mut world = World::new().await;
    world.apply(workflows(vec![workflow("w", "running", 1), workflow("x", "running", 1)])).await;
    let made = |id: &str, callee: &str, flow: &str, hangup: &str, minute: i64| {
        let mut one = call(id);
        one.workflow = Some(WorkflowId::from(flow));
        one.callee = Some(Callee::new(callee));
        one.hangup = Some(hangup.to_owned());
        one.called_at = Some(at(minute * 60_000));
        one
    };
    let running = Call { hangup: None, ..made("runs", "+623", "w", "", 33) };
    world
        .apply(calls(vec![
            made("before", "+621", "w", "12", 1),
            made("asked", "+621", "w", "20", 2),
            made("asked again", "+621", "w", "20", 3),
            made("elsewhere", "+621", "x", "12", 20),
            made("newest", "+621", "w", "2", 30),
            made("other", "+622", "w", "12", 31),
            made("refused", "+623", "w", "20", 4),
            made("refused again", "+623", "w", "20", 32),
            running,
        ]))
        .await;
    let reader = &world.store.reader;
    let (own, other) = (account(), AccountId::new("other"));
    let again =
        |asked, since| reader.called_after_opt_out(&own, Timestamp(asked), Timestamp(since));
    let found = again(0, 0).await.unwrap().unwrap();
    assert_eq!((found.persons, found.calls.calls), (1, 2));
    assert_eq!((found.calls.first_at, found.calls.last_at), (at(20 * 60_000), at(30 * 60_000)));
    assert_eq!(found.calls.last, CallId::from("newest"));
    assert_eq!(again(0, at(25 * 60_000).millis()).await.unwrap().unwrap().calls.calls, 1);
    assert_eq!(again(at(10 * 60_000).millis(), 0).await.unwrap(), None, "too long ago");
    let other = reader.called_after_opt_out(&other, Timestamp(0), Timestamp(0));
    assert_eq!(other.await.unwrap(), None);
}
