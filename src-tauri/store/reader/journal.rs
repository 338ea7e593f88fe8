//! The journal of actions.

use sqlx::AssertSqlSafe;

use super::{Reader, filter::Filter};
use crate::{
    domain::{
        action::{Action, How, Subject, Verb},
        ids::{AccountId, ActionId, Callee},
    },
    store::{
        audit::{self, FROM, SELECT, how_code, kind_code, verb_code},
        error::{During, Result},
        rows::{ActionAsk, ListAsk, Window},
    },
};

impl Reader {
    /// Newest first.
    pub async fn actions(&self, ask: &ActionAsk) -> Result<Window<Action>> {
        let read = async {
            let mut tx = self.pool.begin().await?;
            let scope = ListAsk {
                account: ask.account.clone(),
                workflow: ask.workflow.clone(),
                ..ListAsk::default()
            };
            let filter = Filter::scope("x", &scope);
            let total = filter.count(&mut tx, "actions x").await?;
            let parts = (SELECT, FROM, "x.requested_at DESC, x.n DESC");
            let rows = filter.rows(&mut tx, parts, (ask.anchor, ask.count)).await?;
            let rows = rows.iter().map(audit::read).collect::<sqlx::Result<_>>()?;
            Ok(Window { total, rows })
        };
        read.await.during("read the journal")
    }

    pub async fn action(&self, id: &ActionId) -> Result<Option<Action>> {
        let read = async {
            let mut conn = self.pool.acquire().await?;
            audit::find(&mut conn, id).await
        };
        read.await.during("read an action")
    }

    /// The account's trial of the verb, if one was made: sent or perhaps sent, whatever became of it.
    pub async fn trial(&self, account: &AccountId, verb: Verb) -> Result<Option<Action>> {
        let read = async {
            let sql = format!(
                "SELECT {SELECT} FROM {FROM} WHERE x.how = ?2 AND x.outcome <> 3 AND x.verb = ?3 \
                 AND x.account = (SELECT n FROM accounts WHERE account = ?1) ORDER BY x.n DESC LIMIT 1"
            );
            let row = sqlx::query(AssertSqlSafe(sql))
                .bind(account.as_str())
                .bind(how_code(How::Trial))
                .bind(verb_code(verb))
                .fetch_optional(&self.pool)
                .await?;
            row.as_ref().map(audit::read).transpose()
        };
        read.await.during("read the trials")
    }

    /// The newest action on something; with a number, the newest that concerns it.
    pub async fn receipt(
        &self,
        account: &AccountId,
        subject: &Subject,
        callee: Option<&Callee>,
    ) -> Result<Option<Action>> {
        let read = async {
            let sql = format!(
                "SELECT {SELECT} FROM {FROM} WHERE x.kind = ?2 AND x.subject = ?3 \
                 AND (?4 IS NULL OR x.callee = ?4) \
                 AND x.account = (SELECT n FROM accounts WHERE account = ?1) \
                 ORDER BY x.requested_at DESC, x.n DESC LIMIT 1"
            );
            let row = sqlx::query(AssertSqlSafe(sql))
                .bind(account.as_str())
                .bind(kind_code(subject))
                .bind(subject.id())
                .bind(callee.map(Callee::full))
                .fetch_optional(&self.pool)
                .await?;
            row.as_ref().map(audit::read).transpose()
        };
        read.await.during("read the newest action")
    }

    /// Actions that were or may have been carried out and whose effect nobody saw yet, oldest first.
    pub async fn unseen_actions(&self, account: &AccountId) -> Result<Vec<Action>> {
        let read = async {
            let sql = format!(
                "SELECT {SELECT} FROM {FROM} WHERE x.outcome IN (1, 4, 5) AND x.seen_at IS NULL \
                 AND x.account = (SELECT n FROM accounts WHERE account = ?1) ORDER BY x.n"
            );
            let rows = sqlx::query(AssertSqlSafe(sql))
                .bind(account.as_str())
                .fetch_all(&self.pool)
                .await?;
            rows.iter().map(audit::read).collect::<sqlx::Result<_>>()
        };
        read.await.during("read the open actions")
    }
}
