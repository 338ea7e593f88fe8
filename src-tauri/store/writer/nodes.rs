//! Nodes stand in the vendor's order.

use std::collections::{BTreeMap, HashMap};

use sqlx::Row;

use super::records;
use crate::{
    domain::{
        ids::WorkflowId,
        workflow::{Node, Seen, Source},
    },
    store::{
        connection::Work,
        rows::{Kind, Op},
    },
};

pub(super) async fn keep(
    work: &mut Work<'_>,
    account: i64,
    source: Source,
    nodes: Vec<Seen<Node>>,
) -> sqlx::Result<usize> {
    let mut orders: BTreeMap<WorkflowId, Vec<String>> = BTreeMap::new();
    for node in &nodes {
        let order = orders.entry(node.value.workflow.clone()).or_default();
        let id = node.value.id.to_string();
        if !order.contains(&id) {
            order.push(id);
        }
    }
    let written = records::keep(work, account, source, nodes).await?.rows;
    for (workflow, order) in orders {
        let workflow = work.workflow(account, &workflow).await?;
        place(work, account, workflow, &order).await?;
    }
    Ok(written)
}

/// An answer that names every node of the workflow decides their order. One that names some (a page,
/// or an event about a few) puts those that have no place yet after the others.
async fn place(
    work: &mut Work<'_>,
    account: i64,
    workflow: i64,
    order: &[String],
) -> sqlx::Result<()> {
    let rows = sqlx::query("SELECT id, position FROM nodes WHERE workflow = ?1")
        .bind(workflow)
        .fetch_all(&mut *work.tx)
        .await?;
    let mut stored = HashMap::with_capacity(rows.len());
    for row in &rows {
        stored.insert(row.try_get::<String, _>(0)?, row.try_get::<i64, _>(1)?);
    }
    let moved = moves(&stored, order);
    for (id, position) in &moved {
        sqlx::query("UPDATE nodes SET position = ?3 WHERE account = ?1 AND id = ?2")
            .bind(account)
            .bind(id.as_str())
            .bind(position)
            .execute(&mut *work.tx)
            .await?;
    }
    // A node that was just written is announced already; one that only moved is not.
    let ids = moved.into_iter().filter(|(id, _)| stored[id] != 0).map(|(id, _)| id).collect();
    work.announce(Kind::Node, Op::Upsert, account, ids);
    Ok(())
}

/// New positions, counted from 1; a stored 0 is "no place yet".
fn moves(stored: &HashMap<String, i64>, order: &[String]) -> Vec<(String, i64)> {
    let all_named = stored.len() == order.len();
    let mut next = if all_named { 0 } else { stored.values().copied().max().unwrap_or(0) };
    let mut moved = Vec::new();
    for id in order {
        let now = stored.get(id).copied().unwrap_or(0);
        if !all_named && now != 0 {
            continue;
        }
        next += 1;
        if now != next {
            moved.push((id.clone(), next));
        }
    }
    moved
}
