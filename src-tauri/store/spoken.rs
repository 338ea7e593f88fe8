//! The index of what was said. It is written in the transaction that writes the messages and the calls;
//! what was stored before there was an index is looked through afterwards, a few rows at a time.

use std::fmt::Write;

use sqlx::{AssertSqlSafe, Row, SqliteConnection};

use super::{
    calls,
    cells::Columns,
    connection::{Shared, Work, json_list},
    error::{During, Result},
    reader::message_of,
};
use crate::domain::{
    call::{Call, Turn},
    chat::Message,
    search::{self, Wanted},
    time::Timestamp,
};

/// Stands between two texts of one row, so that no phrase is found across them. No text has it as a
/// word: domain::search takes it for a space.
const APART: &str = "\u{e000}";

/// What stands in a row of the index.
pub(super) struct Entry {
    n: i64,
    account: i64,
    at: i64,
    words: String,
}

impl Entry {
    pub fn of_message(row: i64, account: i64, message: &Message, as_of: Timestamp) -> Self {
        let at = message.sent_at.unwrap_or(as_of).millis().max(0);
        Self { n: row * 2, account, at, words: words(message.content.texts()) }
    }

    pub fn of_call(row: i64, account: i64, at: Option<Timestamp>, dialogue: &[Turn]) -> Self {
        let at = at.map_or(0, Timestamp::millis);
        let words = words(dialogue.iter().map(|turn| turn.text.as_str()));
        Self { n: row * 2 + 1, account, at, words }
    }
}

/// When a call was, for its place among all that was said.
pub(super) fn time_of(call: &Call) -> Option<Timestamp> {
    call.called_at.or(call.answered_at).or(call.ended_at)
}

fn words<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let mut all = String::new();
    for text in texts {
        let before = all.len();
        for word in search::words(text.as_ref()) {
            all.push(' ');
            all.push_str(&word.text);
        }
        if all.len() > before {
            all.push(' ');
            all.push_str(APART);
        }
    }
    all
}

/// Puts the entries in the place of what stood there; one without words leaves nothing.
pub(super) async fn put(conn: &mut SqliteConnection, entries: &[Entry]) -> sqlx::Result<()> {
    if entries.is_empty() {
        return Ok(());
    }
    let rows: Vec<i64> = entries.iter().map(|entry| entry.n).collect();
    sqlx::query("DELETE FROM spoken WHERE n IN (SELECT value FROM json_each(?1))")
        .bind(json_list(&rows))
        .execute(&mut *conn)
        .await?;
    let said = entries.iter().filter(|entry| !entry.words.is_empty());
    let said: Vec<_> = said.map(|e| (e.n, e.account, e.at, e.words.as_str())).collect();
    if said.is_empty() {
        return Ok(());
    }
    let said = json_list(&said);
    for sql in [
        "INSERT INTO spoken (n, account, at) \
         SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?1)",
        "INSERT INTO spoken_words (rowid, words) \
         SELECT value ->> 0, value ->> 3 FROM json_each(?1)",
    ] {
        sqlx::query(sql).bind(&said).execute(&mut *conn).await?;
    }
    Ok(())
}

/// What is wanted, in the words of FTS5: every word between quotation marks, so that nothing of it is
/// an operator.
pub(super) fn matching(wanted: &Wanted) -> String {
    let mut all = String::new();
    for phrase in &wanted.phrases {
        if !all.is_empty() {
            all.push_str(" AND ");
        }
        let words = phrase.words.join(" ").replace('"', "\"\"");
        let star = if phrase.begins { " *" } else { "" };
        // Writing into a text cannot fail.
        let _written = write!(all, "\"{words}\"{star}");
    }
    all
}

/// Looks old rows through. There is one; it belongs to the core.
pub struct SpokenWriter {
    shared: Shared,
}

/// A kind of row that may hold old ones, by its number in `spoken_due`.
const MESSAGES: i64 = 0;

impl SpokenWriter {
    pub(super) fn new(shared: Shared) -> Self {
        Self { shared }
    }

    /// Looks at most `rows` of them through; answers whether there are more.
    pub async fn catch_up(&mut self, rows: u32) -> Result<bool> {
        let mut connected = self.shared.lock().await;
        let look = async {
            let mut work = connected.begin().await?;
            let more = look_through(&mut work, rows).await?;
            work.commit().await?;
            Ok(more)
        };
        look.await.during("look through what was said")
    }
}

async fn look_through(work: &mut Work<'_>, most: u32) -> sqlx::Result<bool> {
    let due =
        sqlx::query("SELECT kind, done, last FROM spoken_due WHERE done < last ORDER BY kind")
            .fetch_optional(&mut *work.tx)
            .await?;
    let Some(due) = due else { return Ok(false) };
    let (kind, done, last): (i64, i64, i64) = (due.try_get(0)?, due.try_get(1)?, due.try_get(2)?);
    let (table, time) = match kind {
        MESSAGES => ("messages", "as_of"),
        _ => ("calls", "coalesce(called_at, answered_at, ended_at)"),
    };
    let sql = format!(
        "SELECT n, account, {time}, rest FROM {table} WHERE n > ?1 AND n <= ?2 ORDER BY n LIMIT ?3"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(done)
        .bind(last)
        .bind(most)
        .fetch_all(&mut *work.tx)
        .await?;
    let (mut entries, mut reached) = (Vec::new(), done);
    for row in &rows {
        reached = row.try_get(0)?;
        match entry(kind, row) {
            Ok(entry) => entries.push(entry),
            // One damaged row must not keep the others from being found.
            Err(error) => tracing::warn!(%error, table, reached, "a row is not searchable"),
        }
    }
    put(&mut work.tx, &entries).await?;
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let over = rows.len() < usize::try_from(most).unwrap_or(usize::MAX);
    sqlx::query("UPDATE spoken_due SET done = ?2, looked = looked + ?3 WHERE kind = ?1")
        .bind(kind)
        .bind(if over { last } else { reached })
        .bind(count)
        .execute(&mut *work.tx)
        .await?;
    let left = "SELECT EXISTS (SELECT 1 FROM spoken_due WHERE done < last)";
    sqlx::query_scalar(left).fetch_one(&mut *work.tx).await
}

fn entry(kind: i64, row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<Entry> {
    let mut columns = Columns::of(row);
    let (n, account, at) = (columns.whole()?, columns.whole()?, columns.time()?);
    let rest = columns.bytes()?;
    Ok(match kind {
        MESSAGES => Entry::of_message(n, account, &message_of(rest)?, at.unwrap_or(Timestamp(0))),
        _ => Entry::of_call(n, account, at, &calls::dialogue(rest)?),
    })
}
