use super::sample::{
    World, account, at, call, callee, calls, of_w, seen, session, sessions, workflow, workflows,
};
use crate::{
    domain::{
        ids::{AccountId, WorkflowId},
        status::Phase,
        workflow::Source,
    },
    store::{Batch, CallsOf, ListAsk},
};

async fn ids(world: &World, ask: &ListAsk) -> (i64, Vec<String>) {
    let found = world.store.reader.calls(ask).await.unwrap();
    (found.total, found.rows.into_iter().map(|row| row.call.id.to_string()).collect())
}

async fn many_calls() -> World {
    let mut world = World::new().await;
    let call = |n: i64| {
        let mut call = call(&format!("c{n:03}"));
        // Many ties, and some that do not report.
        call.called_at = (n % 7 != 0).then(|| at(n % 5));
        call.talk_ms = (n % 3 != 0).then_some(n % 4);
        call.round = Some(n % 2);
        call.result = (n % 4 != 0).then(|| format!("r{}", n % 3));
        call.workflow = (n % 10 != 0).then(|| WorkflowId::from("w"));
        call
    };
    world.apply(calls((0..200).map(call).collect())).await;
    world
}

#[tokio::test]
async fn windows_of_every_sort_join_up_to_the_whole_list() {
    let world = many_calls().await;
    let scopes = [None, Some((account(), WorkflowId::from("w")))];
    let keys = ["called", "talk", "round", "result", "intention", "no such key"];
    for workflow in scopes {
        for (key, descending) in keys.iter().flat_map(|key| [(key, true), (key, false)]) {
            let ask = |anchor, count| ListAsk {
                workflow: workflow.clone(),
                sort: Some(((*key).to_owned(), descending)),
                anchor,
                count,
                ..ListAsk::default()
            };
            let (total, whole) = ids(&world, &ask(0, 500)).await;
            assert_eq!(usize::try_from(total).unwrap(), whole.len());
            let mut joined = Vec::new();
            for anchor in (0..u32::try_from(total).unwrap()).step_by(17) {
                joined.extend(ids(&world, &ask(anchor, 17)).await.1);
            }
            assert_eq!(joined, whole, "{key} {descending} {workflow:?}");
            assert_eq!(ids(&world, &ask(9_999, 17)).await, (total, Vec::new()));
        }
    }
}

#[tokio::test]
async fn what_is_not_reported_is_last_in_either_direction() {
    let world = many_calls().await;
    for descending in [true, false] {
        let sort = Some(("talk".to_owned(), descending));
        let found = world.store.reader.calls(&ListAsk { sort, ..of_w() }).await.unwrap();
        let talks: Vec<_> = found.rows.iter().map(|row| row.call.talk_ms).collect();
        let reported = talks.iter().take_while(|talk| talk.is_some()).count();
        assert!(reported > 0 && talks[reported..].iter().all(Option::is_none));
        let in_order = |pair: &[Option<i64>]| match descending {
            true => pair[0] >= pair[1],
            false => pair[0] <= pair[1],
        };
        assert!(talks[..reported].windows(2).all(in_order));
    }
}

#[tokio::test]
async fn filters_take_every_character_as_itself() {
    let mut world = World::new().await;
    let named = |id: &str, case: &str| {
        let mut call = call(id);
        call.case_id = Some(case.to_owned());
        call.callee = callee("+6281234564821");
        call
    };
    let odd = [("1", "100%"), ("2", "a_b"), ("3", r"back\slash"), ("4", "o'clock \"x\"")];
    let more = [("5", "עברית"), ("6", "🎡wheel"), ("7", "plain a-b 1000"), ("8", "中文")];
    world.apply(calls(odd.iter().chain(&more).map(|(id, case)| named(id, case)).collect())).await;
    for (words, expected) in [
        ("%", vec!["1"]),
        ("_", vec!["2"]),
        (r"\", vec!["3"]),
        ("'", vec!["4"]),
        ("'clock", vec!["4"]),
        ("ברי", vec!["5"]),
        ("🎡", vec!["6"]),
        ("中文", vec!["8"]),
        ("A-B PLAIN", vec!["7"]),
        ("4821 100", vec!["1", "7"]),
        ("'; DROP TABLE calls; --", vec![]),
    ] {
        let ask = ListAsk { filter: words.to_owned(), ..of_w() };
        let (total, mut found) = ids(&world, &ask).await;
        found.sort();
        assert_eq!(found, expected, "{words}");
        assert_eq!(usize::try_from(total).unwrap(), found.len());
    }
}

#[tokio::test]
async fn watch_shows_what_needs_attention_first() {
    let mut world = World::new().await;
    let statuses =
        ["finished", "stopped", "created", "Weird", "paused", "running", "stopping", "failed"];
    let mut list: Vec<_> =
        statuses.iter().map(|status| workflow(&format!("w {status}"), status, 1)).collect();
    let mut newer = workflow("w newer", "running", 1);
    newer.started_at = Some(at(5));
    newer.name = Some("Ünïcode 中文".to_owned());
    list.push(newer);
    world.apply(workflows(list)).await;
    let found = async |filter: &str, sort: Option<(&str, bool)>| {
        let sort = sort.map(|(key, descending)| (key.to_owned(), descending));
        let filter = filter.to_owned();
        let ask = ListAsk { filter, sort, count: 50, ..ListAsk::default() };
        let rows = world.store.reader.workflows(&ask).await.unwrap().rows;
        rows.into_iter().map(|row| row.workflow.id.to_string()).collect::<Vec<_>>()
    };
    let order = [
        "w failed",
        "w stopping",
        "w newer",
        "w running",
        "w paused",
        "w Weird",
        "w created",
        "w stopped",
        "w finished",
    ];
    assert_eq!(found("", None).await, order);
    assert_eq!(found("", Some(("status", false))).await, order);
    assert_eq!(found("", Some(("status", true))).await[0], "w finished");
    assert_eq!(found("status:running", None).await, ["w newer", "w running"]);
    assert_eq!(found("status:running 中文", None).await, ["w newer"]);
    assert_eq!(found("", Some(("name", false))).await[0], "w newer", "the others have no name");

    let failed = ListAsk { filter: "status:failed".to_owned(), ..ListAsk::default() };
    let phases = world.store.reader.workflow_phases(&failed).await.unwrap();
    assert_eq!(phases.iter().map(|(_, count)| count).sum::<i64>(), 9);
    assert!(phases.contains(&(Phase::Running, 2)));
}

#[tokio::test]
async fn ratios_sort_by_their_value() {
    let mut world = World::new().await;
    let mut list = Vec::new();
    for (id, finished, total) in [("half", 5, 10), ("most", 99, 100), ("none", 0, 3)] {
        let mut workflow = workflow(id, "running", 1);
        (workflow.finished, workflow.total) = (Some(finished), Some(total));
        list.push(workflow);
    }
    list.push(workflow("untold", "running", 1));
    world.apply(workflows(list)).await;
    for (descending, expected) in
        [(true, ["most", "half", "none", "untold"]), (false, ["none", "half", "most", "untold"])]
    {
        let sort = Some(("progress".to_owned(), descending));
        let ask = ListAsk { sort, count: 9, ..ListAsk::default() };
        let rows = world.store.reader.workflows(&ask).await.unwrap().rows;
        let ids: Vec<_> = rows.iter().map(|row| row.workflow.id.as_str()).collect();
        assert_eq!(ids, expected);
    }
}

#[tokio::test]
async fn accounts_do_not_mix() {
    let mut world = World::new().await;
    let other = AccountId::from("other");
    for (account, name) in [(account(), "ours"), (other.clone(), "theirs")] {
        let mut call = call("same id");
        call.case_id = Some(name.to_owned());
        let batch = Batch {
            calls: vec![seen(call)],
            workflows: vec![seen(workflow("w", "running", 1))],
            ..Batch::default()
        };
        world.store.writer.apply(&account, Source::Api, at(0), batch).await.unwrap();
    }
    let ask = ListAsk { account: Some(other.clone()), count: 9, ..ListAsk::default() };
    let found = world.store.reader.calls(&ask).await.unwrap();
    assert_eq!((found.total, found.rows.len()), (1, 1));
    assert_eq!(found.rows[0].call.case_id.as_deref(), Some("theirs"));
    assert_eq!(world.store.reader.workflows(&ask).await.unwrap().total, 1);
    assert_eq!(ids(&world, &ListAsk { count: 9, ..ListAsk::default() }).await.0, 2);
}

#[tokio::test]
async fn sessions_and_running_calls_are_counted_only_where_reported() {
    let mut world = World::new().await;
    let (a, w) = (account(), WorkflowId::from("w"));
    assert_eq!(world.store.reader.open_sessions(&a, &w).await.unwrap(), None);
    let mut ended = session("s1", 1);
    ended.ended_at = Some(at(9));
    world.apply(sessions(vec![ended, session("s2", 1)])).await;
    assert_eq!(world.store.reader.open_sessions(&a, &w).await.unwrap(), Some(1));

    let mut running = call("c1");
    running.called_at = Some(at(100));
    running.callee = callee("+621");
    let mut over = running.clone();
    over.id = "c2".into();
    over.ended_at = Some(at(200));
    over.callee = callee("+622");
    world.apply(calls(vec![running, over, call("c3")])).await;
    let reader = &world.store.reader;
    assert_eq!(reader.calls_running(&a, CallsOf::Workflow(&w), None).await.unwrap(), 1);
    assert_eq!(
        reader.calls_started_since(&a, CallsOf::Workflow(&w), None, at(100)).await.unwrap(),
        2
    );
    assert_eq!(
        reader.calls_started_since(&a, CallsOf::Workflow(&w), None, at(101)).await.unwrap(),
        0
    );
    let number = callee("+622");
    let since = reader
        .calls_started_since(&a, CallsOf::Workflow(&w), number.as_ref(), at(100))
        .await
        .unwrap();
    assert_eq!(since, 1);
}
