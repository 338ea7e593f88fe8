//! What the figures were, and what a workflow's calls say by round and by node.

use super::sample::{World, account, at, call, callee, calls, seen, workflow};
use crate::{
    domain::{
        call::Call,
        ids::{NodeId, WorkflowId},
        workflow::Source,
    },
    store::{Batch, RoundTally, TrendPoint},
};

const MINUTE: i64 = 60_000;
const DAY: i64 = 86_400_000;

fn progressed(finished: i64, as_of: i64, calls: Vec<Call>) -> Batch {
    let mut row = workflow("w", "running", as_of);
    (row.total, row.finished) = (Some(10), Some(finished));
    Batch {
        workflows: vec![seen(row)],
        calls: calls.into_iter().map(seen).collect(),
        ..Batch::default()
    }
}

async fn trend(world: &World) -> Vec<TrendPoint> {
    world.store.reader.trend(&account(), &WorkflowId::from("w")).await.unwrap()
}

async fn apply(world: &mut World, ms: i64, batch: Batch) {
    world.store.writer.apply(&account(), Source::Api, at(ms), batch).await.unwrap();
}

fn reached(id: &str, number: &str, connected: bool, round: i64, called_at: i64) -> Call {
    let mut call = call(id);
    call.callee = callee(number);
    call.connected = Some(connected);
    call.round = Some(round);
    call.called_at = Some(at(called_at));
    call
}

#[tokio::test]
async fn a_minute_keeps_what_was_known_at_its_end() {
    let mut world = World::new().await;
    apply(&mut world, MINUTE, progressed(1, 1, vec![reached("1", "+1", true, 1, 5)])).await;
    apply(&mut world, MINUTE + 30_000, progressed(2, 2, vec![reached("2", "+2", false, 1, 6)]))
        .await;
    // Nothing differs: no minute is noted.
    apply(&mut world, 2 * MINUTE, progressed(2, 2, vec![])).await;
    apply(&mut world, 3 * MINUTE + 1, progressed(4, 3, vec![])).await;
    let points = trend(&world).await;
    let told: Vec<_> = points
        .iter()
        .map(|p| (p.at.millis(), p.finished, p.tally.calls, p.tally.dialled, p.tally.reached))
        .collect();
    assert_eq!(told, [(MINUTE, Some(2), 2, 2, 1), (3 * MINUTE, Some(4), 2, 2, 1)]);
}

#[tokio::test]
async fn old_minutes_are_thinned_and_the_oldest_go() {
    let mut world = World::new().await;
    for minute in 0..30 {
        let finished = minute;
        apply(&mut world, minute * MINUTE, progressed(finished, minute + 1, vec![])).await;
    }
    assert_eq!(trend(&world).await.len(), 30);
    assert_eq!(world.store.writer.prune_trends(at(DAY)).await.unwrap(), 0);
    assert_eq!(world.store.writer.prune_trends(at(3 * DAY)).await.unwrap(), 28);
    let kept: Vec<_> = trend(&world).await.iter().map(|p| p.at.millis() / MINUTE).collect();
    assert_eq!(kept, [14, 29], "the last of each quarter of an hour");
    assert_eq!(world.store.writer.prune_trends(at(91 * DAY)).await.unwrap(), 2);
}

#[tokio::test]
async fn silence_divides_what_was_answered() {
    let mut world = World::new().await;
    for ms in [0, MINUTE, 2 * MINUTE, 10 * MINUTE, 11 * MINUTE, 11 * MINUTE] {
        world.store.writer.answered(&account(), at(ms)).await.unwrap();
    }
    let answered = world.store.reader.answered(&account(), at(0)).await.unwrap();
    assert_eq!(answered, [(at(0), at(2 * MINUTE)), (at(10 * MINUTE), at(11 * MINUTE))]);
    let later = world.store.reader.answered(&account(), at(5 * MINUTE)).await.unwrap();
    assert_eq!(later.len(), 1);
}

#[tokio::test]
async fn a_number_is_newly_reached_in_the_round_of_its_first_connected_call() {
    let mut world = World::new().await;
    let mut quiet = call("9");
    quiet.callee = callee("+3");
    let list = vec![
        reached("1", "+1", false, 1, 10),
        reached("2", "+2", true, 1, 11),
        reached("3", "+1", true, 2, 20),
        reached("4", "+2", true, 2, 21),
        reached("5", "+3", false, 2, 22),
        quiet,
    ];
    apply(&mut world, 0, calls(list)).await;
    let rounds =
        world.store.reader.round_tallies(&account(), &WorkflowId::from("w")).await.unwrap();
    let round = |round, calls, dialled, newly_reached, connected_reported| RoundTally {
        round,
        calls,
        dialled,
        newly_reached,
        connected_reported,
    };
    assert_eq!(
        rounds,
        [round(Some(1), 2, 2, 1, 2), round(Some(2), 3, 3, 1, 3), round(None, 1, 1, 0, 0)]
    );
}

#[tokio::test]
async fn calls_and_sessions_are_counted_by_their_node() {
    let mut world = World::new().await;
    let of = |mut call: Call, node: &str| {
        call.node = Some(NodeId::from(node));
        call
    };
    let mut session = super::sample::session("s", 1);
    session.node = Some(NodeId::from("chat"));
    let batch = Batch {
        sessions: vec![seen(session)],
        ..calls(vec![
            of(reached("1", "+1", true, 1, 1), "first"),
            of(reached("2", "+1", false, 2, 2), "first"),
            of(reached("3", "+2", false, 1, 3), "second"),
            reached("4", "+4", true, 1, 4),
        ])
    };
    apply(&mut world, 0, batch).await;
    let nodes = world.store.reader.node_tallies(&account(), &WorkflowId::from("w")).await.unwrap();
    let of = |id: Option<&str>| {
        let node = nodes.iter().find(|node| node.node.as_ref().map(|n| n.as_str()) == id).unwrap();
        (node.calls, node.dialled, node.reached, node.sessions)
    };
    assert_eq!(of(Some("first")), (2, 1, 1, 0));
    assert_eq!(of(Some("second")), (1, 1, 0, 0));
    assert_eq!(of(Some("chat")), (0, 0, 0, 1));
    assert_eq!(of(None), (1, 1, 1, 0));
}
