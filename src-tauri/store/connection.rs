//! The one writing connection: a transaction at a time, and what is announced when it is committed.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use sqlx::{Connection, Row, Sqlite, SqliteConnection, Transaction};
use tokio::sync::{Mutex, watch};

use crate::domain::{
    ids::{AccountId, WorkflowId},
    time::Timestamp,
};

use super::{
    raw::Packer,
    rows::{Kind, Op, Seq},
};

/// Shared by the write handles.
pub(super) type Shared = Arc<Mutex<Connected>>;

pub(super) struct Connected {
    conn: SqliteConnection,
    known: Known,
    packer: Packer,
    seq: watch::Sender<Seq>,
}

/// What the connection remembers between transactions, to ask less.
#[derive(Default)]
pub(super) struct Known {
    accounts: HashMap<AccountId, i64>,
    workflows: HashMap<(i64, WorkflowId), i64>,
    pub places: HashMap<super::writer::Place, i64>,
    /// The next free row of `calls`.
    pub next_call: Option<i64>,
    /// When a record that did not differ from the stored one was last seen to be true: a late webhook
    /// must not undo what a newer answer confirmed.
    pub confirmed: HashMap<(Kind, i64, String), Timestamp>,
    /// A transaction was begun and not committed, so the maps may name rows that were rolled back.
    unsettled: bool,
}

/// More would be a leak: a supervisor's app runs for months.
const KNOWN_AT_MOST: usize = 200_000;

impl Connected {
    pub fn new(conn: SqliteConnection, seq: watch::Sender<Seq>) -> sqlx::Result<Self> {
        Ok(Self { conn, known: Known::default(), packer: Packer::new()?, seq })
    }

    pub async fn begin(&mut self) -> sqlx::Result<Work<'_>> {
        let known = &mut self.known;
        let remembered = known.workflows.len() + known.places.len() + known.confirmed.len();
        if known.unsettled || remembered > KNOWN_AT_MOST {
            *known = Known::default();
        }
        known.unsettled = true;
        let tx = self.conn.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Work {
            tx,
            known,
            seq: &self.seq,
            packer: &mut self.packer,
            changes: Vec::new(),
            workflows: BTreeSet::new(),
            sessions: BTreeSet::new(),
        })
    }
}

/// A transaction being filled.
pub(super) struct Work<'c> {
    pub tx: Transaction<'c, Sqlite>,
    pub known: &'c mut Known,
    pub packer: &'c mut Packer,
    seq: &'c watch::Sender<Seq>,
    changes: Vec<(Kind, Op, i64, Vec<String>)>,
    /// Workflows (by key) and sessions whose rows look different to a reader, be it by their own
    /// content or by figures, receipts and counts that are shown with them.
    workflows: BTreeSet<i64>,
    sessions: BTreeSet<(i64, String)>,
}

impl Work<'_> {
    /// The number of an account, made where it is new.
    pub async fn account(&mut self, account: &AccountId) -> sqlx::Result<i64> {
        if let Some(n) = self.known.accounts.get(account) {
            return Ok(*n);
        }
        sqlx::query("INSERT INTO accounts (account) VALUES (?1) ON CONFLICT DO NOTHING")
            .bind(account.as_str())
            .execute(&mut *self.tx)
            .await?;
        let n = sqlx::query_scalar("SELECT n FROM accounts WHERE account = ?1")
            .bind(account.as_str())
            .fetch_one(&mut *self.tx)
            .await?;
        self.known.accounts.insert(account.clone(), n);
        Ok(n)
    }

    /// The number of a workflow, made where it is new.
    pub async fn workflow(&mut self, account: i64, id: &WorkflowId) -> sqlx::Result<i64> {
        let key = (account, id.clone());
        if let Some(n) = self.known.workflows.get(&key) {
            return Ok(*n);
        }
        sqlx::query(
            "INSERT INTO workflow_keys (account, id) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        )
        .bind(account)
        .bind(id.as_str())
        .execute(&mut *self.tx)
        .await?;
        let n = sqlx::query_scalar("SELECT n FROM workflow_keys WHERE account = ?1 AND id = ?2")
            .bind(account)
            .bind(id.as_str())
            .fetch_one(&mut *self.tx)
            .await?;
        self.known.workflows.insert(key, n);
        Ok(n)
    }

    pub async fn workflow_of(
        &mut self,
        account: i64,
        id: Option<&WorkflowId>,
    ) -> sqlx::Result<Option<i64>> {
        match id {
            Some(id) => self.workflow(account, id).await.map(Some),
            None => Ok(None),
        }
    }

    pub fn announce(&mut self, kind: Kind, op: Op, account: i64, ids: Vec<String>) {
        if !ids.is_empty() {
            self.changes.push((kind, op, account, ids));
        }
    }

    /// The row of this workflow looks different now.
    pub fn touch_workflow(&mut self, workflow: i64) {
        self.workflows.insert(workflow);
    }

    /// The workflows whose rows look different so far.
    pub fn touched_workflows(&self) -> Vec<i64> {
        self.workflows.iter().copied().collect()
    }

    /// The row of this session looks different now.
    pub fn touch_session(&mut self, account: i64, session: &str) {
        self.sessions.insert((account, session.to_owned()));
    }

    /// Writes the change log, commits, and only then tells the readers.
    pub async fn commit(mut self) -> sqlx::Result<Seq> {
        for (kind, op, account, ids) in std::mem::take(&mut self.changes) {
            sqlx::query(
                "INSERT INTO changes (account, kind, id, op) \
                 SELECT ?1, ?2, value, ?3 FROM json_each(?4)",
            )
            .bind(account)
            .bind(kind.code())
            .bind(i64::from(op == Op::Remove))
            .bind(json_list(&ids))
            .execute(&mut *self.tx)
            .await?;
        }
        self.announce_touched().await?;
        let seq = newest(&mut self.tx).await?;
        self.tx.commit().await?;
        self.known.unsettled = false;
        self.seq.send_if_modified(|known| {
            let newer = *known < seq;
            *known = seq;
            newer
        });
        Ok(seq)
    }

    async fn announce_touched(&mut self) -> sqlx::Result<()> {
        if !self.workflows.is_empty() {
            let keys: Vec<i64> = self.workflows.iter().copied().collect();
            sqlx::query(
                "INSERT INTO changes (account, kind, id, op) \
                 SELECT w.account, ?1, w.id, 0 FROM json_each(?2) j \
                 CROSS JOIN workflows w ON w.workflow = j.value",
            )
            .bind(Kind::Workflow.code())
            .bind(json_list(&keys))
            .execute(&mut *self.tx)
            .await?;
        }
        for (account, session) in std::mem::take(&mut self.sessions) {
            sqlx::query(
                "INSERT INTO changes (account, kind, id, op) \
                 SELECT account, ?1, id, 0 FROM sessions WHERE account = ?2 AND id = ?3",
            )
            .bind(Kind::Session.code())
            .bind(account)
            .bind(session)
            .execute(&mut *self.tx)
            .await?;
        }
        Ok(())
    }
}

/// The number of the newest change, also when all of them have been pruned.
pub(super) async fn newest(conn: &mut SqliteConnection) -> sqlx::Result<Seq> {
    let row =
        sqlx::query("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'changes'")
            .fetch_one(conn)
            .await?;
    row.try_get(0)
}

/// A list for `json_each(?)`: one bound value instead of one a row.
pub(super) fn json_list<T: serde::Serialize>(values: &[T]) -> String {
    // Texts and integers always have a JSON form.
    serde_json::to_string(values).unwrap_or_default()
}
