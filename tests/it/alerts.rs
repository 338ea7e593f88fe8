//! A workflow fails while it is watched: the warning holds, leads to it, is put off, and ends.

use std::collections::BTreeSet;

use wheelhouse::{
    domain::{
        alert::{About, Rule},
        time::Timestamp,
    },
    sim::{STORY_START, Script, World},
    store::StoredAlert,
};

use crate::core::Core;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// A world in which a workflow that comes later fails within a quarter of an hour.
fn failing() -> (Script, String) {
    for seed in 1..50 {
        let small = Script { workflows: 12, arrivals_ms: 30_000, ..Script::story(seed) };
        let script = small.starting(STORY_START);
        let mut world = World::new(script.clone());
        let failed = |world: &World| -> BTreeSet<String> {
            let all = world.truth().workflows.into_iter();
            all.filter(|w| w.status == "Failed").map(|w| w.id).collect()
        };
        let before = failed(&world);
        world.advance(STORY_START + 15 * MINUTE);
        if let Some(id) = failed(&world).difference(&before).next() {
            return (script, id.clone());
        }
    }
    panic!("no world has a workflow that fails");
}

async fn of(core: &Core, id: &str) -> Option<StoredAlert> {
    let about = About::Workflow(id.to_owned());
    let holding = core.reader.alerts_holding().await.unwrap();
    holding
        .into_iter()
        .find(|one| one.alert.key.rule == Rule::WorkflowFailed && one.alert.key.about == about)
}

#[tokio::test]
async fn a_workflow_that_fails_is_warned_of_until_the_shift_is_over() {
    let (script, id) = failing();
    let mut core = Core::on(script).await;
    let mut found = None;
    for _ in 0..20 {
        core.pass(MINUTE).await;
        core.judge.turn().await.unwrap();
        found = of(&core, &id).await;
        if found.is_some() {
            break;
        }
    }
    let found = found.expect("the failure is warned of");
    let began = core.now() - found.alert.since.millis();
    assert!((0..=2 * MINUTE).contains(&began), "told {began} ms after it failed");
    let stale = core.reader.alerts_holding().await.unwrap();
    assert!(stale.iter().all(|one| one.alert.key.rule != Rule::DataStale), "{stale:?}");

    // Judged again, it is the same row.
    core.pass(MINUTE).await;
    core.judge.turn().await.unwrap();
    assert_eq!(of(&core, &id).await.map(|one| one.n), Some(found.n));

    core.freeze_world();
    core.clock.set(found.alert.since.millis() + 8 * HOUR + 1);
    core.judge.turn().await.unwrap();
    assert_eq!(of(&core, &id).await, None);
    let ended = core.reader.alerts(Timestamp(0)).await.unwrap();
    let ended = ended.into_iter().find(|one| one.n == found.n).unwrap();
    assert_eq!(ended.ended_at, Some(Timestamp(core.now())));
}
