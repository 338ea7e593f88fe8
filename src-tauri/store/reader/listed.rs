//! What earlier listings of the vendor brought, to tell what a complete one lacks.

use sqlx::{AssertSqlSafe, Row};

use super::Reader;
use crate::{
    domain::ids::{AccountId, WorkflowId},
    store::{
        error::{During, Result},
        rows::Kind,
    },
};

impl Reader {
    /// The ids of a kind that a listing brought, of one workflow where one is named. What only a
    /// webhook or a file brought is not among them.
    pub async fn listed_ids(
        &self,
        account: &AccountId,
        kind: Kind,
        workflow: Option<&WorkflowId>,
    ) -> Result<Vec<String>> {
        let table = match kind {
            Kind::Workflow => "workflows",
            Kind::Node => "nodes",
            Kind::Task => "tasks",
            Kind::WabaTask => "waba_tasks",
            Kind::CallingTask => "calling_tasks",
            Kind::Plan => "plans",
            _ => return Ok(Vec::new()),
        };
        let within = if workflow.is_some() {
            "AND t.workflow = (SELECT k.n FROM workflow_keys k WHERE k.account = t.account AND k.id = ?2)"
        } else {
            ""
        };
        let sql = format!(
            "SELECT t.id FROM {table} t \
             WHERE t.account = (SELECT n FROM accounts WHERE account = ?1) AND t.source = 0 {within}"
        );
        let read = async {
            let mut query = sqlx::query(AssertSqlSafe(sql)).bind(account.as_str());
            if let Some(workflow) = workflow {
                query = query.bind(workflow.as_str());
            }
            let rows = query.fetch_all(&self.pool).await?;
            rows.iter().map(|row| row.try_get(0)).collect::<sqlx::Result<Vec<String>>>()
        };
        read.await.during("read which rows were listed")
    }
}
