//! Figures of a workflow, moved in the transaction that changes its calls.

use std::collections::{BTreeMap, HashMap};

use sqlx::Row;

use super::{
    rows::{add, upsert},
    tally::{Delta, Facts, Moved, Number},
};
use crate::store::{
    cells::Columns,
    connection::{Work, json_list},
};

/// Moves the figures of all workflows that the changed calls belong or belonged to. The calls are
/// written already.
pub(super) async fn keep(work: &mut Work<'_>, moved: Vec<Moved>) -> sqlx::Result<()> {
    let mut of_workflow: BTreeMap<i64, Vec<(Facts, i64)>> = BTreeMap::new();
    for Moved { before, after } in moved {
        for (facts, sign) in [(before, -1), (after, 1)] {
            if let Some(facts) = facts {
                of_workflow.entry(facts.workflow).or_default().push((facts, sign));
            }
        }
    }
    for (workflow, steps) in of_workflow {
        keep_workflow(work, workflow, &steps).await?;
        work.touch_workflow(workflow);
    }
    Ok(())
}

async fn keep_workflow(
    work: &mut Work<'_>,
    workflow: i64,
    steps: &[(Facts, i64)],
) -> sqlx::Result<()> {
    let mut callees: Vec<&str> = steps.iter().filter_map(|(f, _)| f.callee.as_deref()).collect();
    callees.sort_unstable();
    callees.dedup();
    let before = load(work, workflow, &callees).await?;
    let mut numbers: BTreeMap<&str, Number> = callees
        .iter()
        .map(|callee| (*callee, before.get(*callee).cloned().unwrap_or_default()))
        .collect();
    let mut delta = Delta::default();
    for (facts, sign) in steps {
        delta.call(facts, *sign);
        let Some(number) = facts.callee.as_deref().and_then(|c| numbers.get_mut(c)) else {
            continue;
        };
        if *sign > 0 { number.add(facts) } else { number.take(facts) }
    }
    find_lost(work, workflow, &mut numbers).await?;
    let none = Number::default();
    numbers.retain(|callee, after| {
        let before = before.get(*callee).unwrap_or(&none);
        delta.number(before, after);
        before != after
    });
    put_numbers(work, workflow, &numbers.into_iter().collect::<Vec<_>>()).await?;
    put_tally(work, workflow, &delta).await?;
    put_shares(work, workflow, &delta).await
}

async fn load(
    work: &mut Work<'_>,
    workflow: i64,
    callees: &[&str],
) -> sqlx::Result<HashMap<String, Number>> {
    let rows = sqlx::query(
        "SELECT n.callee, n.attempts, n.connected, n.last_connected_at, n.last_call, n.intention \
         FROM json_each(?2) j CROSS JOIN numbers n ON n.workflow = ?1 AND n.callee = j.value",
    )
    .bind(workflow)
    .bind(json_list(callees))
    .fetch_all(&mut *work.tx)
    .await?;
    let mut numbers = HashMap::with_capacity(rows.len());
    for row in &rows {
        let mut columns = Columns::of(row);
        let callee = columns.words()?;
        let (attempts, connected) = (columns.whole()?, columns.whole()?);
        let at = columns.int()?.unwrap_or(i64::MIN);
        let last = columns.int()?.map(|call| (at, call));
        let intention = columns.text()?;
        numbers.insert(callee, Number { attempts, connected, last, intention, lost: None });
    }
    Ok(numbers)
}

/// Reads which call is now the latest connected one of the numbers that lost theirs. Rare: it takes a
/// correction that turns a connected call into another one or moves it to an earlier time.
async fn find_lost(
    work: &mut Work<'_>,
    workflow: i64,
    numbers: &mut BTreeMap<&str, Number>,
) -> sqlx::Result<()> {
    let lost = |number: &Number| number.lost.is_some() && number.connected > 0;
    let callees: Vec<&str> =
        numbers.iter().filter(|(_, number)| lost(number)).map(|(callee, _)| *callee).collect();
    if !callees.is_empty() {
        let rows = sqlx::query(
            "SELECT callee, called_at, n, intention FROM calls WHERE workflow = ?1 \
             AND connected = 1 AND callee IN (SELECT value FROM json_each(?2))",
        )
        .bind(workflow)
        .bind(json_list(&callees))
        .fetch_all(&mut *work.tx)
        .await?;
        for row in &rows {
            let at: Option<i64> = row.try_get(1)?;
            let order = (at.unwrap_or(i64::MIN), row.try_get(2)?);
            if let Some(number) = numbers.get_mut(row.try_get::<&str, _>(0)?)
                && number.last.is_none_or(|last| order > last)
            {
                number.last = Some(order);
                number.intention = row.try_get(3)?;
            }
        }
    }
    numbers.values_mut().for_each(|number| number.lost = None);
    Ok(())
}

async fn put_numbers(
    work: &mut Work<'_>,
    workflow: i64,
    numbers: &[(&str, Number)],
) -> sqlx::Result<()> {
    let (kept, gone): (Vec<_>, Vec<_>) = numbers.iter().partition(|(_, n)| n.attempts > 0);
    const COLUMNS: [&str; 7] = [
        "workflow",
        "callee",
        "attempts",
        "connected",
        "last_connected_at",
        "last_call",
        "intention",
    ];
    let table = ("numbers", &COLUMNS[..], "workflow, callee");
    upsert(work, table, &kept, |(callee, number), to, _| {
        add(to, workflow)?;
        add(to, *callee)?;
        add(to, number.attempts)?;
        add(to, number.connected)?;
        add(to, number.last.map(|(at, _)| at).filter(|at| *at != i64::MIN))?;
        add(to, number.last.map(|(_, call)| call))?;
        add(to, number.intention.as_deref())
    })
    .await?;
    if !gone.is_empty() {
        let callees: Vec<&str> = gone.iter().map(|(callee, _)| *callee).collect();
        sqlx::query(
            "DELETE FROM numbers WHERE workflow = ?1 \
             AND callee IN (SELECT value FROM json_each(?2))",
        )
        .bind(workflow)
        .bind(json_list(&callees))
        .execute(&mut *work.tx)
        .await?;
    }
    Ok(())
}

async fn put_tally(work: &mut Work<'_>, workflow: i64, delta: &Delta) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO tallies (workflow, calls, connected_calls, short_calls, talk_ms, dialled, \
         reached, connected_reported, talk_reported, last_call_at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, \
         (SELECT max(called_at) FROM calls WHERE workflow = ?1)) \
         ON CONFLICT (workflow) DO UPDATE SET \
         calls = calls + excluded.calls, \
         connected_calls = connected_calls + excluded.connected_calls, \
         short_calls = short_calls + excluded.short_calls, \
         talk_ms = talk_ms + excluded.talk_ms, \
         dialled = dialled + excluded.dialled, \
         reached = reached + excluded.reached, \
         connected_reported = connected_reported + excluded.connected_reported, \
         talk_reported = talk_reported + excluded.talk_reported, \
         last_call_at = excluded.last_call_at",
    )
    .bind(workflow)
    .bind(delta.calls)
    .bind(delta.connected)
    .bind(delta.short)
    .bind(delta.talk_ms)
    .bind(delta.dialled)
    .bind(delta.reached)
    .bind(delta.connected_reported)
    .bind(delta.talk_reported)
    .execute(&mut *work.tx)
    .await?;
    Ok(())
}

async fn put_shares(work: &mut Work<'_>, workflow: i64, delta: &Delta) -> sqlx::Result<()> {
    for ((kind, label), by) in delta.shares.iter().filter(|(_, by)| **by != 0) {
        sqlx::query(
            "INSERT INTO tally_shares (workflow, kind, label, count) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (workflow, kind, label) DO UPDATE SET count = count + excluded.count",
        )
        .bind(workflow)
        .bind(kind)
        .bind(label.as_str())
        .bind(by)
        .execute(&mut *work.tx)
        .await?;
    }
    if delta.shares.values().any(|by| *by < 0) {
        sqlx::query("DELETE FROM tally_shares WHERE workflow = ?1 AND count = 0")
            .bind(workflow)
            .execute(&mut *work.tx)
            .await?;
    }
    Ok(())
}

/// The figures of a workflow that is removed go with it.
pub(super) async fn forget(work: &mut Work<'_>, workflow: i64) -> sqlx::Result<()> {
    for sql in [
        "DELETE FROM numbers WHERE workflow = ?1",
        "DELETE FROM tally_shares WHERE workflow = ?1",
        "DELETE FROM tallies WHERE workflow = ?1",
        "DELETE FROM trends WHERE workflow = ?1",
    ] {
        sqlx::query(sql).bind(workflow).execute(&mut *work.tx).await?;
    }
    Ok(())
}
