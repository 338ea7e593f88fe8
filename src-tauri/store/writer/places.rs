//! Where calls belong: workflow name, node and task are the same in thousands of calls, so they are
//! stored once and a call names them by a number.

use crate::{
    domain::{
        call::Call,
        ids::{NodeId, TaskId},
    },
    store::connection::Work,
};

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::store) struct Place {
    account: i64,
    workflow_name: Option<String>,
    node: Option<NodeId>,
    node_name: Option<String>,
    task: Option<TaskId>,
    task_name: Option<String>,
}

impl Place {
    pub fn of(account: i64, call: &Call) -> Self {
        Self {
            account,
            workflow_name: call.workflow_name.clone(),
            node: call.node.clone(),
            node_name: call.node_name.clone(),
            task: call.task.clone(),
            task_name: call.task_name.clone(),
        }
    }

    /// Its number, made where it is new.
    pub async fn number(self, work: &mut Work<'_>) -> sqlx::Result<i64> {
        if let Some(n) = work.known.places.get(&self) {
            return Ok(*n);
        }
        let n = match self.find(work).await? {
            Some(n) => n,
            None => self.make(work).await?,
        };
        work.known.places.insert(self, n);
        Ok(n)
    }

    async fn find(&self, work: &mut Work<'_>) -> sqlx::Result<Option<i64>> {
        sqlx::query_scalar(
            "SELECT n FROM places WHERE account = ?1 AND workflow_name IS ?2 AND node IS ?3 \
             AND node_name IS ?4 AND task IS ?5 AND task_name IS ?6",
        )
        .bind(self.account)
        .bind(self.workflow_name.as_deref())
        .bind(self.node.as_ref().map(NodeId::as_str))
        .bind(self.node_name.as_deref())
        .bind(self.task.as_ref().map(TaskId::as_str))
        .bind(self.task_name.as_deref())
        .fetch_optional(&mut *work.tx)
        .await
    }

    async fn make(&self, work: &mut Work<'_>) -> sqlx::Result<i64> {
        let made = sqlx::query(
            "INSERT INTO places (account, workflow_name, node, node_name, task, task_name) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )
        .bind(self.account)
        .bind(self.workflow_name.as_deref())
        .bind(self.node.as_ref().map(NodeId::as_str))
        .bind(self.node_name.as_deref())
        .bind(self.task.as_ref().map(TaskId::as_str))
        .bind(self.task_name.as_deref())
        .execute(&mut *work.tx)
        .await?;
        Ok(made.last_insert_rowid())
    }
}
