//! What a person's filter and the needs of workflows leave of a list.

use super::sample::{
    World, account, action, at, call, callee, calls, of_w, session, sessions, workflow, workflows,
};
use crate::{
    domain::{
        filter::Problem,
        ids::WorkflowId,
        time::Timestamp,
        workflow::{Need, Workflow},
    },
    store::{ListAsk, StoreError, StoredWorkflow},
};

const NOW: i64 = 100_000_000;
const MINUTE: i64 = 60_000;

fn ask(filter: &str) -> ListAsk {
    ListAsk { filter: filter.to_owned(), now: at(NOW), count: 50, ..ListAsk::default() }
}

async fn watched(world: &World, filter: &str) -> Vec<StoredWorkflow> {
    let window = world.store.reader.workflows(&ask(filter)).await.unwrap();
    assert_eq!(window.total, window.rows.len() as i64, "{filter}");
    window.rows
}

async fn named(world: &World, filter: &str) -> Vec<String> {
    let rows = watched(world, filter).await;
    let mut ids: Vec<_> = rows.iter().map(|row| row.workflow.id.to_string()).collect();
    ids.sort();
    ids
}

/// `dialled` numbers, of which `reached` talked for 20 s each, the last one at `last`.
async fn dial(world: &mut World, workflow: &str, dialled: i64, reached: i64, last: i64) {
    let call = |n: i64| {
        let mut call = call(&format!("{workflow}-{n}"));
        call.workflow = Some(WorkflowId::from(workflow));
        call.callee = callee(&format!("+62{n}"));
        call.connected = Some(n < reached);
        call.talk_ms = Some(if n < reached { 20_000 } else { 0 });
        call.called_at = Some(at(last - n));
        call
    };
    world.apply(calls((0..dialled).map(call).collect())).await;
}

async fn desk() -> World {
    let mut world = World::new().await;
    let spring = Workflow {
        name: Some("Spring sale".to_owned()),
        template_name: Some("Reminder to pay".to_owned()),
        started_at: Some(at(NOW - 90 * MINUTE)),
        total: Some(400),
        finished: Some(100),
        ..workflow("spring", "running", 1)
    };
    let autumn = Workflow {
        name: Some("Autumn sale".to_owned()),
        started_at: Some(at(NOW - 3 * 60 * MINUTE)),
        ..workflow("autumn", "paused", 1)
    };
    world.apply(workflows(vec![spring, autumn, workflow("bare", "finished", 1)])).await;
    dial(&mut world, "spring", 10, 1, NOW - MINUTE).await;
    dial(&mut world, "autumn", 4, 3, NOW - 20 * MINUTE).await;
    world
}

#[tokio::test]
async fn fields_of_a_workflow_are_compared_and_what_is_not_reported_is_not_so() {
    let world = desk().await;
    for (filter, expected) in [
        ("sale", vec!["autumn", "spring"]),
        ("status:running,paused", vec!["autumn", "spring"]),
        ("-status:running,paused", vec!["bare"]),
        ("name:sale -autumn", vec!["spring"]),
        (r#"template:"to pay""#, vec!["spring"]),
        ("progress<=25%", vec!["spring"]),
        ("-progress<=25%", vec!["autumn", "bare"]),
        ("reached<20%", vec!["spring"]),
        ("reached>=75", vec!["autumn"]),
        ("talk=20s", vec!["autumn", "spring"]),
        ("talk>20s", vec![]),
        ("calls=0", vec!["bare"]),
        ("calls>4", vec!["spring"]),
        ("total>=400", vec!["spring"]),
        ("called>10m", vec!["autumn"]),
        ("started<2h", vec!["spring"]),
        ("started<2h reached>50%", vec![]),
    ] {
        assert_eq!(named(&world, filter).await, expected, "{filter}");
    }
}

#[tokio::test]
async fn calls_and_sessions_have_fields_of_their_own() {
    let mut world = desk().await;
    let mut linked = call("linked");
    linked.recording = Some("https://r.example/a.wav".to_owned());
    (linked.round, linked.intention) = (Some(2), Some("A".to_owned()));
    (linked.talk_ms, linked.node_name) = (Some(95_000), Some("Greeting".to_owned()));
    world.apply(calls(vec![linked, call("bare")])).await;
    for (filter, expected) in [
        ("recording:yes", vec!["linked"]),
        ("recording:no", vec!["bare"]),
        ("round>=2 intention:a", vec!["linked"]),
        ("talk>1.5m", vec!["linked"]),
        ("node:greet", vec!["linked"]),
        ("greet", vec!["linked"]),
        ("-greet", vec!["bare"]),
        ("connected:yes", vec![]),
    ] {
        let ask = ListAsk { filter: filter.to_owned(), ..of_w() };
        let found = world.store.reader.calls(&ask).await.unwrap();
        let ids: Vec<_> = found.rows.iter().map(|row| row.call.id.to_string()).collect();
        assert_eq!((ids, found.total), (owned(&expected), expected.len() as i64), "{filter}");
    }

    let mut long = session("long", 1);
    (long.talk_round, long.end_reason) = (Some(9), Some("timeout".to_owned()));
    long.workflow = None;
    world.apply(sessions(vec![long, session("short", 1)])).await;
    for (filter, expected) in [
        ("rounds>5", vec!["long"]),
        ("from:workflow", vec!["short"]),
        ("reason:time", vec!["long"]),
    ] {
        let found = world.store.reader.sessions(&ask(filter)).await.unwrap();
        let ids: Vec<_> = found.rows.iter().map(|row| row.session.id.to_string()).collect();
        assert_eq!(ids, owned(&expected), "{filter}");
    }
}

fn owned(ids: &[&str]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_typo_is_refused_with_its_place() {
    let world = desk().await;
    let refused = world.store.reader.workflows(&ask("sale stauts:running")).await.unwrap_err();
    let StoreError::Filter(fault) = refused else { panic!("{refused}") };
    let told = (fault.at, fault.problem, fault.suggestion.as_deref());
    assert_eq!(told, (5, Problem::UnknownField, Some("status")));
    // A field of another list is none of this one.
    assert!(world.store.reader.calls(&ask("status:running")).await.is_err());
    assert!(world.store.reader.workflow_phases(&ask("status:runing")).await.is_err());
}

#[tokio::test]
async fn the_most_urgent_need_stands_on_top_and_is_told() {
    let mut world = World::new().await;
    let ended = |ms: i64| Workflow { ended_at: Some(at(ms)), ..workflow("x", "failed", 1) };
    let of = |id: &str, of: Workflow| Workflow { id: WorkflowId::from(id), ..of };
    world
        .apply(workflows(vec![
            of("failed long ago", ended(NOW - Need::RECENT_MS)),
            of("failed", ended(NOW - Need::RECENT_MS + 1)),
            workflow("few", "running", 1),
            workflow("enough", "running", 1),
            workflow("quiet", "running", 1),
            workflow("told", "running", 1),
            workflow("new", "running", 1),
        ]))
        .await;
    dial(&mut world, "few", Need::MANY, Need::MANY / 10 - 1, NOW).await;
    dial(&mut world, "enough", Need::MANY, Need::MANY / 10, NOW).await;
    dial(&mut world, "quiet", 3, 3, NOW - Need::QUIET_MS - 1).await;
    dial(&mut world, "told", 3, 3, NOW - Need::QUIET_MS).await;
    let mut stop = action("a1");
    (stop.workflow, stop.subject) = (Some(WorkflowId::from("told")), stop.verb.subject("told"));
    stop.requested_at = at(NOW - Need::SEEN_AFTER_MS - 1);
    world.store.audit.request(&stop).await.unwrap();

    let needs = |rows: Vec<StoredWorkflow>| -> Vec<(String, Vec<Need>)> {
        rows.into_iter().map(|row| (row.workflow.id.to_string(), row.needs)).collect()
    };
    let found = needs(watched(&world, "").await);
    let expected = [
        ("failed", vec![Need::Failed]),
        ("told", vec![Need::StopNotSeen]),
        ("quiet", vec![Need::NoCalls]),
        ("few", vec![Need::FewReached]),
        ("failed long ago", vec![]),
    ];
    for (at, (id, needs)) in expected.into_iter().enumerate() {
        assert_eq!(found[at], (id.to_owned(), needs));
    }
    assert!(found[5..].iter().all(|(_, needs)| needs.is_empty()), "{found:?}");

    world.store.audit.seen(&stop.id, at(NOW), Some("stopped")).await.unwrap();
    let quiet = ListAsk { now: Timestamp(NOW + 2), ..ask("") };
    let found = needs(world.store.reader.workflows(&quiet).await.unwrap().rows);
    let told = found.iter().find(|(id, _)| id == "told").unwrap();
    assert_eq!(told.1, [Need::NoCalls], "seen, and ten minutes have passed");
    assert_eq!(
        world.store.reader.workflow(&account(), &"told".into()).await.unwrap().unwrap().needs,
        []
    );
}
