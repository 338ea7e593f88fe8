//! The workflow of a call or message that names only its task, as events do.

use std::collections::HashMap;

use sqlx::AssertSqlSafe;

use crate::{
    domain::{call::Call, ids::WorkflowId, waba::WabaMessage, workflow::Seen},
    store::connection::{Work, json_list},
};

pub(super) async fn of_calls(
    work: &mut Work<'_>,
    account: i64,
    calls: &mut [Seen<Call>],
) -> sqlx::Result<()> {
    let without = calls.iter_mut().filter(|seen| seen.value.workflow.is_none());
    let named = without.filter_map(|Seen { value, .. }| {
        Some((value.task.as_ref()?.as_str(), &mut value.workflow))
    });
    fill(work, account, "tasks", named.collect()).await
}

pub(super) async fn of_messages(
    work: &mut Work<'_>,
    account: i64,
    messages: &mut [Seen<WabaMessage>],
) -> sqlx::Result<()> {
    let without = messages.iter_mut().filter(|seen| seen.value.workflow.is_none());
    let named =
        without.map(|Seen { value, .. }| (value.task.as_str(), &mut value.workflow)).collect();
    fill(work, account, "waba_tasks", named).await
}

/// Each task's workflow, where the task is stored.
async fn fill(
    work: &mut Work<'_>,
    account: i64,
    table: &str,
    named: Vec<(&str, &mut Option<WorkflowId>)>,
) -> sqlx::Result<()> {
    if named.is_empty() {
        return Ok(());
    }
    let tasks: Vec<&str> = named.iter().map(|(task, _)| *task).collect();
    let sql = format!(
        "SELECT t.id, k.id FROM json_each(?2) j CROSS JOIN {table} t \
         ON t.account = ?1 AND t.id = j.value JOIN workflow_keys k ON k.n = t.workflow"
    );
    let found: Vec<(String, String)> = sqlx::query_as(AssertSqlSafe(sql))
        .bind(account)
        .bind(json_list(&tasks))
        .fetch_all(&mut *work.tx)
        .await?;
    let known: HashMap<String, String> = found.into_iter().collect();
    for (task, workflow) in named {
        *workflow = known.get(task).map(|id| WorkflowId::from(id.as_str()));
    }
    Ok(())
}
