//! The kept figures against a count from scratch.

use std::collections::BTreeMap;

use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::sample::{World, account, at, call, callee, of_w, seen, workflow};
use crate::{
    domain::{
        call::Call,
        ids::{CallId, Callee, WorkflowId},
    },
    store::{Batch, Kind, Tally},
};

/// The definitions, written once more over the plain list of calls.
fn recount(calls: &BTreeMap<String, (usize, Call)>, workflow: &str) -> Tally {
    let of: Vec<&(usize, Call)> = calls
        .values()
        .filter(|(_, call)| call.workflow.as_ref().is_some_and(|w| w.as_str() == workflow))
        .collect();
    let mut tally = Tally { calls: i64::try_from(of.len()).unwrap(), ..Tally::default() };
    let mut numbers: BTreeMap<&str, Vec<&(usize, Call)>> = BTreeMap::new();
    let mut hangups = BTreeMap::new();
    for row in &of {
        let call = &row.1;
        let connected = call.connected == Some(true);
        tally.connected_calls += i64::from(connected);
        tally.short_calls += i64::from(connected && call.talk_ms.is_some_and(|ms| ms < 10_000));
        tally.talk_ms += call.talk_ms.unwrap_or(0);
        tally.connected_reported |= call.connected.is_some();
        tally.talk_reported |= call.talk_ms.is_some();
        tally.last_call_at = tally.last_call_at.max(call.called_at);
        if let Some(code) = &call.hangup {
            *hangups.entry(code.clone()).or_default() += 1;
        }
        if let Some(callee) = &call.callee {
            numbers.entry(callee.full()).or_default().push(row);
        }
    }
    tally.dialled = i64::try_from(numbers.len()).unwrap();
    let mut intentions = BTreeMap::new();
    for rows in numbers.values() {
        let connected = rows.iter().filter(|(_, call)| call.connected == Some(true));
        // Of equally late ones the one that was stored last.
        let Some((_, latest)) = connected.max_by_key(|(n, call)| (call.called_at, *n)) else {
            continue;
        };
        tally.reached += 1;
        if let Some(intention) = &latest.intention {
            *intentions.entry(intention.clone()).or_default() += 1;
        }
    }
    tally.intentions = most_frequent_first(intentions);
    tally.hangups = most_frequent_first(hangups);
    tally
}

fn most_frequent_first(counts: BTreeMap<String, i64>) -> Vec<(String, i64)> {
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by(|(a, x), (b, y)| y.cmp(x).then_with(|| a.cmp(b)));
    counts
}

fn maybe<T>(rng: &mut impl Rng, value: impl FnOnce(&mut dyn FnMut(i64) -> i64) -> T) -> Option<T> {
    let some = rng.random_ratio(3, 4);
    let mut pick = |below: i64| rng.random_range(0..below);
    some.then(|| value(&mut pick))
}

fn random_call(rng: &mut impl Rng) -> Call {
    let mut call = call(&format!("c{}", rng.random_range(0..60)));
    call.workflow = maybe(rng, |pick| WorkflowId::new(format!("w{}", pick(2))));
    call.callee = maybe(rng, |pick| Callee::new(format!("+62{}", pick(12))));
    call.connected = maybe(rng, |pick| pick(2) == 1);
    call.talk_ms = maybe(rng, |pick| pick(20_000));
    call.called_at = maybe(rng, |pick| at(pick(8)));
    call.intention = maybe(rng, |pick| ["A", "B", "C"][usize::try_from(pick(3)).unwrap()].into());
    call.hangup = maybe(rng, |pick| pick(4).to_string());
    call
}

#[tokio::test]
async fn figures_equal_a_recount_after_any_batches() {
    for seed in 0..25 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut world = World::new().await;
        let mut stored: BTreeMap<String, (usize, Call)> = BTreeMap::new();
        let mut next = 0;
        for step in 0..20 {
            let workflows = ["w0", "w1"].map(|id| seen(workflow(id, "running", 1)));
            let mut batch = Batch { workflows: workflows.into(), ..Batch::default() };
            for _ in 0..rng.random_range(1..25) {
                let call = random_call(&mut rng);
                batch.calls.push(seen(call.clone()));
                let id = call.id.to_string();
                let merged = match stored.remove(&id) {
                    Some((n, kept)) => (n, crate::store::calls::over(call, kept)),
                    None => {
                        next += 1;
                        (next, call)
                    }
                };
                stored.insert(id, merged);
            }
            if rng.random_ratio(1, 3) {
                world.apply(batch.clone()).await;
            }
            world.apply(batch).await;
            if rng.random_ratio(1, 4)
                && let Some(id) = stored.keys().next().cloned()
            {
                stored.remove(&id);
                let removals = vec![(Kind::Call, id)];
                world.apply(Batch { removals, ..Batch::default() }).await;
            }
            for id in ["w0", "w1"] {
                let kept = world.store.reader.workflow(&account(), &WorkflowId::from(id)).await;
                let kept = kept.unwrap().unwrap().tally;
                assert_eq!(kept, recount(&stored, id), "seed {seed}, step {step}, {id}");
            }
        }
    }
}

#[tokio::test]
async fn a_call_without_a_number_is_a_call_but_no_number() {
    let mut world = World::new().await;
    let mut batch =
        Batch { workflows: vec![seen(workflow("w", "running", 1))], ..Batch::default() };
    batch.calls = vec![seen(call("c"))];
    world.apply(batch).await;
    let tally = world.store.reader.workflows(&of_w()).await.unwrap().rows.remove(0).tally;
    assert_eq!((tally.calls, tally.dialled, tally.connected_reported), (1, 0, false));
}

#[tokio::test]
async fn a_hostile_talk_time_breaks_no_sum() {
    let mut world = World::new().await;
    for (id, talk) in [("a", i64::MAX), ("b", i64::MAX), ("c", i64::MIN)] {
        let mut call = call(id);
        call.talk_ms = Some(talk);
        call.callee = callee("+621");
        world.apply(super::sample::calls(vec![call])).await;
    }
    let stored = world.store.reader.call(&account(), &CallId::from("a")).await.unwrap().unwrap();
    assert_eq!(stored.call.talk_ms, Some(i64::MAX), "the row keeps what was written");
    assert_eq!(world.scalar("SELECT calls FROM tallies").await, 3);
}
