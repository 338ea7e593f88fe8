//! Calling tasks, plans and rounds.

use super::sample::{World, account, at, call, seen};
use crate::{
    domain::{
        ids::{Callee, PlanId, RoundId, TaskId},
        line::{Line, Lines},
        status::Status,
        task::{CallingTask, Plan, Round},
        workflow::Source,
    },
    store::{Batch, Kind, ListAsk, StoreError, StoredDialling, Tally},
};

fn task(id: &str, lines: &[&str], status: &str, as_of: i64) -> CallingTask {
    CallingTask {
        id: TaskId::from(id),
        name: Some(format!("Task {id}")),
        lines: Lines::of(lines.iter().copied()),
        plan: None,
        status: Some(Status::read(status)),
        total: Some(10),
        finished: None,
        connected: None,
        created_at: None,
        started_at: Some(at(as_of)),
        ended_at: None,
        as_of: at(as_of),
    }
}

fn plan(id: &str) -> Plan {
    Plan {
        id: PlanId::from(id),
        name: Some("Evening".to_owned()),
        lines: Lines::of(["Info Check"]),
        strategy: None,
        status: Some(Status::read("running")),
        total: Some(4),
        finished: Some(1),
        created_at: None,
        started_at: Some(at(3)),
        ended_at: None,
        as_of: at(3),
    }
}

fn round(of: &str, number: i64, reached: Option<i64>) -> Round {
    let plan = PlanId::from(of);
    Round {
        id: RoundId::of(&plan, number),
        plan,
        number,
        task: Some(TaskId::new(format!("{of}-{number}"))),
        status: None,
        dialled: Some(4),
        reached,
        started_at: None,
        ended_at: None,
        as_of: at(number),
    }
}

async fn listed(world: &World, filter: &str) -> Vec<String> {
    let ask = ListAsk { filter: filter.to_owned(), count: 50, ..ListAsk::default() };
    let window = world.store.reader.dialling(&ask).await.unwrap();
    assert_eq!(window.total, window.rows.len() as i64);
    window.rows.into_iter().map(id).collect()
}

fn id(row: StoredDialling) -> String {
    match row {
        StoredDialling::Task(task) => task.value.id.to_string(),
        StoredDialling::Plan(plan) => plan.value.id.to_string(),
    }
}

#[tokio::test]
async fn a_task_that_two_lines_list_is_one_task_in_both() {
    let mut world = World::new().await;
    let tasks = |tasks: Vec<CallingTask>| Batch {
        calling_tasks: tasks.into_iter().map(seen).collect(),
        ..Batch::default()
    };
    let first = task("t", &["Collection"], "running", 1);
    let again = task("t", &["Info Check"], "running", 2);
    let other = task("u", &["Surveys"], "finished", 1);
    world.apply(tasks(vec![first, other, task("v", &[], "paused", 1)])).await;
    world.apply(tasks(vec![again])).await;
    let stored = world.store.reader.calling_task(&account(), &TaskId::from("t")).await.unwrap();
    let lines = stored.unwrap().value.lines;
    assert_eq!(lines.known(), [Line::Collection, Line::InfoCheck]);
    assert_eq!(listed(&world, "line:collection").await, ["t"]);
    assert_eq!(listed(&world, "line:info_check").await, ["t"]);
    assert_eq!(listed(&world, "line:telemarketing").await, Vec::<String>::new());
    assert_eq!(listed(&world, "line:other").await, ["v", "u"]);
    assert_eq!(listed(&world, "line:other status:paused").await, ["v"]);
    assert_eq!(listed(&world, "line:collection,other").await, ["t", "v", "u"]);
    assert_eq!(listed(&world, "-line:other kind:task").await, ["t"]);
    let ask = ListAsk { filter: "line:moon".to_owned(), ..ListAsk::default() };
    let refused = world.store.reader.dialling(&ask).await.unwrap_err();
    assert!(matches!(refused, StoreError::Filter(_)), "{refused}");
    assert_eq!(counted(&world, "").await, [3, 1, 0, 1, 2]);
    let paused = [1, 0, 0, 0, 1];
    assert_eq!(counted(&world, "status:paused").await, paused);
    assert_eq!(counted(&world, "line:collection status:paused").await, paused);
}

async fn counted(world: &World, filter: &str) -> [i64; 5] {
    let ask = ListAsk { account: Some(account()), filter: filter.to_owned(), ..ListAsk::default() };
    world.store.reader.dialling_lines(&ask).await.unwrap()
}

#[tokio::test]
async fn the_list_is_sorted_by_what_is_asked_and_what_is_not_said_stands_last() {
    let mut world = World::new().await;
    let counts = |id: &str, status: &str, finished, connected| CallingTask {
        finished,
        connected,
        ..task(id, &[], status, 1)
    };
    let tasks = vec![
        counts("b", "finished", Some(10), Some(2)),
        counts("a", "failed", Some(1), None),
        counts("c", "running", None, Some(7)),
    ];
    let batch = Batch {
        calling_tasks: tasks.into_iter().map(seen).collect(),
        plans: vec![seen(plan("p"))],
        ..Batch::default()
    };
    world.apply(batch).await;
    let sorted = async |key: &str, descending: bool| {
        let sort = Some((key.to_owned(), descending));
        let ask = ListAsk { sort, count: 50, ..ListAsk::default() };
        world
            .store
            .reader
            .dialling(&ask)
            .await
            .unwrap()
            .rows
            .into_iter()
            .map(id)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        sorted("status", false).await,
        ["a", "p", "c", "b"],
        "need of attention, newest first"
    );
    assert_eq!(sorted("connected", true).await, ["c", "b", "a", "p"]);
    assert_eq!(sorted("connected", false).await, ["b", "c", "a", "p"]);
    assert_eq!(sorted("progress", true).await, ["b", "p", "a", "c"]);
    assert_eq!(sorted("kind", true).await[0], "p");
    assert_eq!(sorted("name", false).await[0], "p");
}

#[tokio::test]
async fn the_figures_of_a_task_are_those_of_its_own_calls() {
    let mut world = World::new().await;
    let of_task = |id: &str, task: &str, callee: &str, connected, talk_ms| {
        let mut call = call(id);
        (call.workflow, call.task) = (None, Some(TaskId::from(task)));
        (call.callee, call.connected, call.talk_ms) =
            (Some(Callee::new(callee)), connected, talk_ms);
        seen(call)
    };
    let calls = vec![
        of_task("c1", "t", "+621", Some(false), None),
        of_task("c2", "t", "+621", Some(true), Some(9_000)),
        of_task("c3", "t", "+622", Some(false), None),
        of_task("c4", "u", "+623", None, None),
        seen(call("c5")),
    ];
    world.apply(Batch { calls, ..Batch::default() }).await;
    let tally = async |task: &str| {
        world.store.reader.task_tally(&account(), &TaskId::from(task)).await.unwrap()
    };
    let t = tally("t").await;
    assert_eq!((t.calls, t.dialled, t.reached, t.talk_ms), (3, 2, 1, 9_000));
    assert!(t.connected_reported && t.talk_reported);
    let u = tally("u").await;
    assert_eq!((u.calls, u.dialled), (1, 1));
    assert!(!u.connected_reported && !u.talk_reported, "what nobody said is not reported");
    assert_eq!(tally("none").await, Tally::default());
}

#[tokio::test]
async fn a_later_status_stands_and_an_equal_row_is_not_written() {
    let mut world = World::new().await;
    let batch = |status: &str, as_of| Batch {
        calling_tasks: vec![seen(task("t", &["Collection"], status, as_of))],
        ..Batch::default()
    };
    world.apply_from(Source::Webhook, batch("finished", 9)).await;
    world.apply(batch("running", 5)).await;
    let again = world.apply(batch("running", 5)).await;
    assert_eq!(again.written, 0);
    let stored = world.store.reader.calling_task(&account(), &TaskId::from("t")).await.unwrap();
    assert_eq!(stored.unwrap().value.status.unwrap().written, "finished");
}

#[tokio::test]
async fn rounds_go_with_their_plan_and_say_only_what_was_reported() {
    let mut world = World::new().await;
    let batch = Batch {
        plans: vec![seen(plan("p")), seen(plan("q"))],
        rounds: vec![seen(round("p", 2, None)), seen(round("p", 1, Some(3)))],
        ..Batch::default()
    };
    world.apply(batch).await;
    let rounds = world.store.reader.rounds(&account(), &PlanId::from("p")).await.unwrap();
    let told: Vec<_> = rounds.iter().map(|r| (r.number, r.dialled, r.reached)).collect();
    assert_eq!(told, [(1, Some(4), Some(3)), (2, Some(4), None)]);
    let second = world.store.reader.round(&account(), &rounds[1].id).await.unwrap().unwrap().value;
    assert_eq!((&second, second.id.plan()), (&rounds[1], PlanId::from("p")));
    assert_eq!(listed(&world, "evening").await, ["q", "p"]);
    let gone = Batch { removals: vec![(Kind::Plan, "p".to_owned())], ..Batch::default() };
    assert_eq!(world.apply(gone).await.removed, 3);
    assert_eq!(world.scalar("SELECT count(*) FROM rounds").await, 0);
}

#[tokio::test]
async fn calls_of_a_task_are_found_by_it_and_by_no_workflow() {
    let mut world = World::new().await;
    let mut own = call("c1");
    (own.workflow, own.task) = (None, Some(TaskId::from("t")));
    let mut other = call("c2");
    (other.workflow, other.task) = (None, Some(TaskId::from("u")));
    let calls = vec![seen(own), seen(other), seen(call("c3"))];
    world.apply(Batch { calls, ..Batch::default() }).await;
    let task = Some((account(), TaskId::from("t")));
    let ask = ListAsk { task, count: 10, ..ListAsk::default() };
    let found = world.store.reader.calls(&ask).await.unwrap();
    assert_eq!((found.total, found.rows.len()), (1, 1));
    assert_eq!(found.rows[0].call.id.as_str(), "c1");
}
