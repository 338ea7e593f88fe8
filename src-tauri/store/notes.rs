//! Notes at a time of a recording, as a person wrote them.

use super::{
    Reader,
    cells::Columns,
    connection::Shared,
    error::{During, Result},
};
use crate::domain::{
    ids::{AccountId, CallId},
    time::Timestamp,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredNote {
    pub n: i64,
    /// From the start of the recording.
    pub at_ms: i64,
    pub text: String,
    pub created_at: Timestamp,
    pub edited_at: Option<Timestamp>,
}

/// Keeps notes. There is one; it belongs to who plays recordings.
pub struct NoteWriter {
    shared: Shared,
}

impl NoteWriter {
    pub(super) fn new(shared: Shared) -> Self {
        Self { shared }
    }

    pub async fn add(
        &mut self,
        (account, call): (&AccountId, &CallId),
        at_ms: i64,
        text: &str,
        now: Timestamp,
    ) -> Result<()> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let account = work.account(account).await?;
            sqlx::query(
                "INSERT INTO notes (account, call, at_ms, text, created_at) \
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )
            .bind(account)
            .bind(call.as_str())
            .bind(at_ms)
            .bind(text)
            .bind(now.millis())
            .execute(&mut *work.tx)
            .await?;
            work.commit().await
        };
        write.await.map(|_| ()).during("keep a note")
    }

    /// Another text for a note of this call; `None` takes the note away. `false`: there is no such note.
    pub async fn change(
        &mut self,
        (account, call): (&AccountId, &CallId),
        n: i64,
        text: Option<&str>,
        now: Timestamp,
    ) -> Result<bool> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let account = work.account(account).await?;
            let statement = match text {
                Some(_) => {
                    "UPDATE notes SET text = ?4, edited_at = ?5 \
                     WHERE n = ?1 AND account = ?2 AND call = ?3"
                }
                None => "DELETE FROM notes WHERE n = ?1 AND account = ?2 AND call = ?3",
            };
            let changed = sqlx::query(statement).bind(n).bind(account).bind(call.as_str());
            let changed = match text {
                Some(text) => changed.bind(text).bind(now.millis()),
                None => changed,
            };
            let changed = changed.execute(&mut *work.tx).await?.rows_affected();
            work.commit().await?;
            Ok(changed > 0)
        };
        write.await.during("change a note")
    }
}

impl Reader {
    /// Of one recording, in the order of its time.
    pub async fn notes(&self, account: &AccountId, call: &CallId) -> Result<Vec<StoredNote>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT x.n, x.at_ms, x.text, x.created_at, x.edited_at FROM notes x \
                 JOIN accounts a ON a.n = x.account \
                 WHERE a.account = ?1 AND x.call = ?2 ORDER BY x.at_ms, x.n",
            )
            .bind(account.as_str())
            .bind(call.as_str())
            .fetch_all(&self.pool)
            .await?;
            rows.iter().map(read).collect::<sqlx::Result<Vec<_>>>()
        };
        read.await.during("read the notes")
    }
}

fn read(row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<StoredNote> {
    let mut columns = Columns::of(row);
    Ok(StoredNote {
        n: columns.whole()?,
        at_ms: columns.whole()?,
        text: columns.words()?,
        created_at: Timestamp(columns.whole()?),
        edited_at: columns.time()?,
    })
}
