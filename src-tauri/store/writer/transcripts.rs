//! Messages of sessions.

use std::collections::HashMap;

use sqlx::Row;

use super::rows::{add, upsert};
use crate::{
    domain::{
        chat::{Message, Transcript},
        workflow::Seen,
    },
    store::{
        cells::Cells,
        connection::Work,
        error::unreadable,
        rows::{Kind, Op, message_key},
    },
};

/// A message to be written.
struct Line<'m> {
    seen: &'m Seen<Message>,
    json: String,
    hash: i64,
}

/// Writes the messages that differ, by position. Positions beyond the new length go only when the
/// transcript is a complete reading. Answers how many were written and how many removed.
pub(super) async fn keep(
    work: &mut Work<'_>,
    account: i64,
    transcript: Transcript,
) -> sqlx::Result<(usize, usize)> {
    let session = transcript.session.as_str();
    let stored = hashes(work, account, session).await?;
    let mut lines = Vec::new();
    for seen in &transcript.messages {
        let line = line_of(seen)?;
        if stored.get(&seen.value.position) != Some(&line.hash) {
            lines.push(line);
        }
    }
    const COLUMNS: [&str; 5] = ["account", "session", "position", "hash", "rest"];
    let table = ("messages", &COLUMNS[..], "account, session, position");
    upsert(work, table, &lines, |line, to, packer| {
        add(to, account)?;
        add(to, session)?;
        add(to, line.seen.value.position)?;
        add(to, line.hash)?;
        add(to, packer.pack(&line.json, &line.seen.raw)?)
    })
    .await?;
    let key = |position: i64| message_key(&transcript.session, position);
    let ids = lines.iter().map(|line| key(line.seen.value.position)).collect();
    work.announce(Kind::Message, Op::Upsert, account, ids);
    let gone: Vec<i64> = match transcript.complete {
        true => beyond(&stored, &transcript.messages),
        false => Vec::new(),
    };
    for position in &gone {
        remove(work, account, session, *position).await?;
    }
    work.announce(Kind::Message, Op::Remove, account, gone.iter().map(|at| key(*at)).collect());
    count(work, account, session).await?;
    Ok((lines.len(), gone.len()))
}

fn line_of(seen: &Seen<Message>) -> sqlx::Result<Line<'_>> {
    let json = serde_json::to_string(&seen.value).map_err(|error| unreadable(error.to_string()))?;
    let hash = Cells::default().hash(&mut Vec::new(), &[&json, &seen.raw]);
    Ok(Line { seen, json, hash })
}

async fn hashes(
    work: &mut Work<'_>,
    account: i64,
    session: &str,
) -> sqlx::Result<HashMap<i64, i64>> {
    let rows =
        sqlx::query("SELECT position, hash FROM messages WHERE account = ?1 AND session = ?2")
            .bind(account)
            .bind(session)
            .fetch_all(&mut *work.tx)
            .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
}

fn beyond(stored: &HashMap<i64, i64>, messages: &[Seen<Message>]) -> Vec<i64> {
    let last = messages.iter().map(|seen| seen.value.position).max().unwrap_or(-1);
    let mut gone: Vec<i64> = stored.keys().copied().filter(|position| *position > last).collect();
    gone.sort_unstable();
    gone
}

async fn remove(
    work: &mut Work<'_>,
    account: i64,
    session: &str,
    position: i64,
) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM messages WHERE account = ?1 AND session = ?2 AND position = ?3")
        .bind(account)
        .bind(session)
        .bind(position)
        .execute(&mut *work.tx)
        .await?;
    Ok(())
}

/// That messages were reported, and how many are stored; the session's row shows both.
async fn count(work: &mut Work<'_>, account: i64, session: &str) -> sqlx::Result<()> {
    let changed = sqlx::query(
        "INSERT INTO transcripts (account, session, messages) SELECT ?1, ?2, count(*) \
         FROM messages WHERE account = ?1 AND session = ?2 \
         ON CONFLICT (account, session) DO UPDATE SET messages = excluded.messages \
         WHERE messages IS NOT excluded.messages",
    )
    .bind(account)
    .bind(session)
    .execute(&mut *work.tx)
    .await?
    .rows_affected();
    if changed > 0 {
        work.touch_session(account, session);
    }
    Ok(())
}
