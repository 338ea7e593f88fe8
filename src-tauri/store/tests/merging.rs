use super::sample::{
    World, account, at, call, callee, calls, node, of_w, seen, workflow, workflows,
};
use crate::{
    domain::{
        call::{Call, Turn},
        ids::{CallId, WorkflowId},
        status::Status,
        workflow::{Node, OutboundTask, Seen, Source},
    },
    store::{Batch, Kind, Op, TimelineWhat},
};

#[tokio::test]
async fn what_did_not_change_is_not_written() {
    let mut world = World::new().await;
    let batch = || {
        let mut batch = calls(vec![call("c1"), call("c2")]);
        batch.workflows = vec![seen(workflow("w", "running", 1))];
        batch.nodes = vec![seen(node("n1", "running", 1))];
        batch
    };
    let first = world.apply(batch()).await;
    assert_eq!(first.written, 4);
    let again = world.apply(batch()).await;
    assert_eq!((again.written, again.seq), (0, first.seq));
    let mut later = batch();
    later.workflows[0].value.as_of = at(99);
    later.calls.reverse();
    let later = world.apply(later).await;
    assert_eq!((later.written, later.seq), (0, first.seq));
    // Nor after a restart, when nothing is remembered.
    let mut world = world.reopen().await;
    assert_eq!(world.apply(batch()).await.seq, first.seq);
}

#[tokio::test]
async fn a_field_that_is_not_carried_keeps_its_value() {
    let mut world = World::new().await;
    let mut hook = call("c1");
    hook.callee = callee("+621");
    hook.intention = Some("A".to_owned());
    hook.detail.labels = vec![("promise".to_owned(), "yes".to_owned())];
    hook.recording = Some("https://r/1.wav".to_owned());
    let hook = Seen { value: hook, raw: r#"{"extra":7}"#.to_owned() };
    world.apply_from(Source::Webhook, Batch { calls: vec![hook], ..Batch::default() }).await;
    let mut api = call("c1");
    api.result = Some("Connected".to_owned());
    let turn = Turn { role: "robot".into(), text: "hi".into(), start_ms: None, end_ms: None };
    api.detail.dialogue = vec![turn];
    let api = Seen { value: api, raw: r#"{"talkResult":"Connected"}"#.to_owned() };
    world.apply(Batch { calls: vec![api], ..Batch::default() }).await;

    let found = world.store.reader.call(&account(), &CallId::from("c1")).await.unwrap().unwrap();
    assert_eq!(found.call.callee, callee("+621"));
    assert_eq!(found.call.intention.as_deref(), Some("A"));
    assert_eq!(found.call.result.as_deref(), Some("Connected"));
    assert_eq!(found.call.recording.as_deref(), Some("https://r/1.wav"));
    assert_eq!(found.call.detail.labels.len(), 1);
    assert_eq!(found.call.detail.dialogue.len(), 1);
    assert_eq!(found.raw, r#"{"extra":7,"talkResult":"Connected"}"#);
    assert_eq!(found.source, Source::Api);
}

#[tokio::test]
async fn a_record_that_comes_twice_in_a_page_is_one() {
    let mut world = World::new().await;
    let mut second = call("c1");
    second.result = Some("Busy".to_owned());
    let applied = world.apply(calls(vec![call("c1"), second])).await;
    assert_eq!(applied.written, 1);
    let mut named = workflow("w", "running", 1);
    named.name = Some("Named".to_owned());
    world.apply(workflows(vec![named, workflow("w", "paused", 2)])).await;
    let found = world.store.reader.workflows(&of_w()).await.unwrap();
    assert_eq!(found.total, 1);
    assert_eq!(found.rows[0].workflow.name.as_deref(), Some("Named"));
    assert_eq!(found.rows[0].workflow.status, Some(Status::read("paused")));
    assert_eq!(found.rows[0].tally.calls, 1);
}

async fn status_of(world: &World) -> String {
    let found = world.store.reader.workflow(&account(), &WorkflowId::from("w")).await.unwrap();
    found.unwrap().workflow.status.unwrap().written
}

#[tokio::test]
async fn an_older_event_does_not_undo_a_newer_status() {
    let mut world = World::new().await;
    world.apply(workflows(vec![workflow("w", "finished", 200)])).await;
    let mut late = workflow("w", "running", 100);
    late.name = Some("From the hook".to_owned());
    world.apply_from(Source::Webhook, workflows(vec![late])).await;
    assert_eq!(status_of(&world).await, "finished");
    let found = world.store.reader.workflow(&account(), &WorkflowId::from("w")).await.unwrap();
    assert_eq!(found.unwrap().workflow.name.as_deref(), Some("From the hook"), "a gap is filled");
    world.apply(workflows(vec![workflow("w", "Running!", 200)])).await;
    assert_eq!(status_of(&world).await, "Running!", "equally late: the one that came later");
}

#[tokio::test]
async fn a_status_that_was_confirmed_later_stands_against_an_event_between() {
    let mut world = World::new().await;
    world.apply(workflows(vec![workflow("w", "running", 100)])).await;
    let same = world.apply(workflows(vec![workflow("w", "running", 300)])).await;
    assert_eq!(same.written, 0);
    world.apply_from(Source::Webhook, workflows(vec![workflow("w", "paused", 200)])).await;
    assert_eq!(status_of(&world).await, "running");
}

#[tokio::test]
async fn an_event_that_only_filled_a_gap_counts_when_it_comes_again_later() {
    let mut world = World::new().await;
    world.apply(workflows(vec![workflow("w", "running", 100)])).await;
    let hook = |as_of| {
        let mut hook = workflow("w", "paused", as_of);
        hook.name = Some("Named by the hook".to_owned());
        workflows(vec![hook])
    };
    assert_eq!(world.apply_from(Source::Webhook, hook(50)).await.written, 1);
    assert_eq!(status_of(&world).await, "running");
    assert_eq!(world.apply_from(Source::Webhook, hook(50)).await.written, 0);
    assert_eq!(world.apply_from(Source::Webhook, hook(200)).await.written, 1);
    assert_eq!(status_of(&world).await, "paused");
}

#[tokio::test]
async fn a_listing_that_says_less_than_is_stored_changes_nothing() {
    let mut world = World::new().await;
    let listed = || calls(vec![call("c1")]);
    world.apply(listed()).await;
    let mut hook = call("c1");
    hook.intention = Some("A".to_owned());
    let after = world.apply_from(Source::Webhook, calls(vec![hook])).await;
    for _ in 0..2 {
        let again = world.apply(listed()).await;
        assert_eq!((again.written, again.seq), (0, after.seq));
    }
}

#[tokio::test]
async fn history_has_first_sight_and_changes_newest_first() {
    let mut world = World::new().await;
    let mut batch = workflows(vec![workflow("w", "running", 10)]);
    batch.nodes = vec![seen(node("n", "running", 10))];
    world.apply(batch).await;
    world.apply(workflows(vec![workflow("w", "stopped", 30)])).await;
    world.apply(Batch { nodes: vec![seen(node("n", "finished", 20))], ..Batch::default() }).await;
    let line =
        world.store.reader.timeline(&account(), &WorkflowId::from("w"), 0, 10).await.unwrap();
    let what: Vec<_> = line.rows.into_iter().map(|entry| (entry.at, entry.what)).collect();
    let from = Some(Status::read("running"));
    let stopped = TimelineWhat::WorkflowStatus { from: from.clone(), to: Status::read("stopped") };
    let node = "node n".to_owned();
    let finished = TimelineWhat::NodeStatus { node, from, to: Status::read("finished") };
    assert_eq!(what, [(at(30), stopped), (at(20), finished), (at(10), TimelineWhat::FirstSeen)]);
    assert_eq!(line.total, 3);
}

#[tokio::test]
async fn nodes_stand_in_the_vendors_order() {
    let mut world = World::new().await;
    let nodes = |ids: &[&str]| Batch {
        nodes: ids.iter().map(|id| seen(node(id, "running", 1))).collect(),
        ..Batch::default()
    };
    let order = async |world: &World| {
        let nodes = world.store.reader.nodes(&account(), &WorkflowId::from("w")).await.unwrap();
        nodes.into_iter().map(|node| node.id.to_string()).collect::<Vec<_>>()
    };
    world.apply_from(Source::Webhook, nodes(&["b"])).await;
    world.apply(nodes(&["a", "b", "c"])).await;
    assert_eq!(order(&world).await, ["a", "b", "c"], "a listing of all decides");
    world.apply(nodes(&["d", "b"])).await;
    assert_eq!(order(&world).await, ["a", "b", "c", "d"], "a part only adds");
}

#[tokio::test]
async fn a_removed_workflow_takes_all_but_the_journal_with_it() {
    let mut world = World::new().await;
    let mut batch = calls(vec![call("c1"), call("c2")]);
    batch.workflows = vec![seen(workflow("w", "running", 1))];
    batch.nodes = vec![seen(node("n", "running", 1))];
    batch.sessions = vec![seen(super::sample::session("s", 1))];
    world.apply(batch).await;
    world.apply(super::sample::transcript("s", &["hello"], true)).await;
    world.store.audit.request(&super::sample::action("a")).await.unwrap();
    let before = *world.store.reader.seq().borrow();
    let removals = vec![(Kind::Workflow, "w".to_owned())];
    let applied = world.apply(Batch { removals, ..Batch::default() }).await;
    assert_eq!(applied.removed, 6);
    let changes = world.store.reader.feed(before, 100).await.unwrap();
    assert!(changes.iter().all(|change| change.op == Op::Remove));
    assert_eq!(changes.len(), 6);
    for table in [
        "SELECT count(*) FROM calls",
        "SELECT count(*) FROM nodes",
        "SELECT count(*) FROM messages",
        "SELECT count(*) FROM sessions",
        "SELECT count(*) FROM numbers",
        "SELECT count(*) FROM tallies",
        "SELECT count(*) FROM timeline",
    ] {
        assert_eq!(world.scalar(table).await, 0, "{table}");
    }
    assert_eq!(world.scalar("SELECT count(*) FROM actions").await, 1);
}

#[tokio::test]
async fn a_record_that_only_names_a_workflow_makes_no_status_older() {
    let named = |as_of| {
        let mut named = workflow("w", "", as_of);
        named.status = None;
        named.name = Some("Named".to_owned());
        Seen { value: named, raw: r#"{"workflow_name":"Named"}"#.to_owned() }
    };
    let told = |status: &str, as_of| {
        let raw = format!(r#"{{"status":"{status}"}}"#);
        Seen { value: workflow("w", status, as_of), raw }
    };
    let orders = [
        vec![named(900), told("running", 1), named(900), told("finished", 2), named(901)],
        vec![told("finished", 2), named(900), told("running", 1)],
        vec![told("running", 1), named(1), named(900), named(900), told("finished", 2)],
    ];
    for order in orders {
        let mut world = World::new().await;
        for seen in order {
            let batch = Batch { workflows: vec![seen], ..Batch::default() };
            world.apply_from(Source::Webhook, batch).await;
        }
        let found = world.store.reader.workflows(&of_w()).await.unwrap();
        assert_eq!(found.rows[0].workflow.status, Some(Status::read("finished")));
        assert_eq!(found.rows[0].workflow.name.as_deref(), Some("Named"));
    }
}

#[tokio::test]
async fn what_was_listed_of_a_workflow_is_its_own_in_whatever_order_workflows_became_known() {
    let mut world = World::new().await;
    let of = |workflow: &str, id: &str| {
        seen(Node { workflow: WorkflowId::from(workflow), ..node(id, "running", 0) })
    };
    // Nodes name both workflows before the list of workflows does, which has them the other way round.
    let nodes = vec![of("w1", "n1"), of("w2", "n2")];
    world.apply(Batch { nodes, ..Batch::default() }).await;
    world.apply(workflows(vec![workflow("w2", "running", 0), workflow("w1", "running", 0)])).await;
    for (id, listed) in [("w1", "n1"), ("w2", "n2")] {
        let workflow = WorkflowId::from(id);
        let found = world.store.reader.listed_ids(&account(), Kind::Node, Some(&workflow)).await;
        assert_eq!(found.unwrap(), [listed], "{id}");
    }
}

#[tokio::test]
async fn a_call_that_names_only_its_task_belongs_to_the_task_s_workflow() {
    let mut world = World::new().await;
    let task = OutboundTask {
        id: "t1".into(),
        workflow: "w7".into(),
        name: None,
        node: None,
        node_name: None,
        status: None,
        total: None,
        finished: None,
        connected: None,
        started_at: None,
        ended_at: None,
        as_of: at(0),
    };
    world.apply(Batch { tasks: vec![seen(task)], ..Batch::default() }).await;
    let of = |id: &str, task: &str| Call { workflow: None, task: Some(task.into()), ..call(id) };
    world.apply_from(Source::Webhook, calls(vec![of("c1", "t1"), of("c2", "t2")])).await;
    for (id, workflow) in [("c1", Some("w7")), ("c2", None)] {
        let found = world.store.reader.call(&account(), &CallId::from(id)).await.unwrap().unwrap();
        assert_eq!(found.call.workflow, workflow.map(WorkflowId::from), "{id}");
    }
}
