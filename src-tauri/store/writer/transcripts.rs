//! Messages of sessions.

use std::collections::HashMap;

use sqlx::{Row, sqlite::SqliteRow};

use super::{
    conversation::{Line, Ticked, with_array, with_said, with_tick},
    rows::{add, upsert},
};
use crate::{
    domain::{
        chat::{Said, Tick, Transcript, tick_replaces},
        ids::{MessageId, SessionId},
        time::Timestamp,
    },
    store::{
        cells::Cells,
        connection::{Work, json_list},
        error::unreadable,
        raw::unpack,
        rows::{Kind, Op, message_key},
        spoken,
    },
};

/// A conversation as it is stored.
struct Stored {
    lines: Vec<Line>,
    /// By position.
    hashes: Vec<(i64, i64)>,
}

/// Writes the messages that differ, by position. Positions beyond the new length go only when the
/// transcript is a complete reading. Answers how many were written and how many removed.
pub(super) async fn keep(
    work: &mut Work<'_>,
    account: i64,
    transcript: Transcript,
) -> sqlx::Result<(usize, usize)> {
    let session = transcript.session.clone();
    let stored = load(work, account, &session).await?;
    let lines = with_array(stored.lines.clone(), transcript);
    replace(work, account, &session, stored, lines).await
}

/// Adds what an event brought; a message that is there already is not added again. Answers how many
/// rows were written.
pub(super) async fn append(work: &mut Work<'_>, account: i64, said: Said) -> sqlx::Result<usize> {
    let session = said.session.clone();
    let stored = load(work, account, &session).await?;
    let lines = with_said(stored.lines.clone(), said);
    Ok(replace(work, account, &session, stored, lines).await?.0)
}

/// Gives a message the status that an event told, or keeps that until the message comes.
pub(super) async fn tick(work: &mut Work<'_>, account: i64, tick: &Tick) -> sqlx::Result<usize> {
    let stored = load(work, account, &tick.session).await?;
    let mut lines = stored.lines.clone();
    match with_tick(&mut lines, tick) {
        Ticked::Changed => Ok(replace(work, account, &tick.session, stored, lines).await?.0),
        Ticked::Known => Ok(0),
        Ticked::NoMessage => {
            await_message(work, account, tick).await?;
            Ok(0)
        }
    }
}

async fn load(work: &mut Work<'_>, account: i64, session: &SessionId) -> sqlx::Result<Stored> {
    let rows = sqlx::query(
        "SELECT position, hash, rest, as_of, status_at, said_at, place FROM messages \
         WHERE account = ?1 AND session = ?2 ORDER BY position",
    )
    .bind(account)
    .bind(session.as_str())
    .fetch_all(&mut *work.tx)
    .await?;
    let lines = rows.iter().map(line).collect::<sqlx::Result<_>>()?;
    let hashes = rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?)));
    Ok(Stored { lines, hashes: hashes.collect::<sqlx::Result<_>>()? })
}

fn line(row: &SqliteRow) -> sqlx::Result<Line> {
    let (head, raw) = unpack(row.try_get(2)?)?;
    let message = serde_json::from_str(&head)
        .map_err(|error| unreadable(format!("a stored message: {error}")))?;
    let time = |at: usize| -> sqlx::Result<Option<Timestamp>> {
        Ok(row.try_get::<Option<i64>, _>(at)?.map(Timestamp))
    };
    let place: Option<i64> = row.try_get(6)?;
    Ok(Line {
        message,
        raw,
        as_of: time(3)?.unwrap_or(Timestamp(i64::MIN)),
        status_at: time(4)?,
        said: time(5)?.zip(place),
    })
}

/// Lays a conversation over the stored one: the positions that differ are written.
async fn replace(
    work: &mut Work<'_>,
    account: i64,
    session: &SessionId,
    stored: Stored,
    mut lines: Vec<Line>,
) -> sqlx::Result<(usize, usize)> {
    apply_awaited(work, account, session, &mut lines).await?;
    let mut differing = Vec::new();
    for line in &lines {
        let json =
            serde_json::to_string(&line.message).map_err(|error| unreadable(error.to_string()))?;
        let hash = Cells::default().hash(&mut Vec::new(), &[&json, &line.raw]);
        let position = line.message.position;
        let same = |(at, known): &(i64, i64)| *at == position && *known == hash;
        // An equal text may still have become another message's place.
        let at = usize::try_from(position).ok();
        let before = at.and_then(|at| stored.lines.get(at));
        let moved = before.is_none_or(|before| before.said != line.said);
        if moved || !stored.hashes.iter().any(same) {
            differing.push((line, json, hash));
        }
    }
    write(work, account, session, &differing).await?;
    index(work, account, session, &stored.lines, &differing).await?;
    let key = |position: i64| message_key(session, position);
    let written = differing.iter().map(|(line, ..)| key(line.message.position)).collect();
    work.announce(Kind::Message, Op::Upsert, account, written);
    let length = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let gone: Vec<i64> =
        stored.hashes.iter().map(|(at, _)| *at).filter(|at| *at >= length).collect();
    if !gone.is_empty() {
        sqlx::query("DELETE FROM messages WHERE account = ?1 AND session = ?2 AND position >= ?3")
            .bind(account)
            .bind(session.as_str())
            .bind(length)
            .execute(&mut *work.tx)
            .await?;
    }
    work.announce(Kind::Message, Op::Remove, account, gone.iter().map(|at| key(*at)).collect());
    count(work, account, session.as_str()).await?;
    Ok((differing.len(), gone.len()))
}

async fn write(
    work: &mut Work<'_>,
    account: i64,
    session: &SessionId,
    lines: &[(&Line, String, i64)],
) -> sqlx::Result<()> {
    const COLUMNS: [&str; 9] = [
        "account",
        "session",
        "position",
        "hash",
        "as_of",
        "status_at",
        "said_at",
        "place",
        "rest",
    ];
    let table = ("messages", &COLUMNS[..], "account, session, position");
    upsert(work, table, lines, |(line, json, hash), to, packer| {
        add(to, account)?;
        add(to, session.as_str())?;
        add(to, line.message.position)?;
        add(to, *hash)?;
        add(to, line.as_of.millis())?;
        add(to, line.status_at.map(Timestamp::millis))?;
        add(to, line.said.map(|(at, _)| at.millis()))?;
        add(to, line.said.map(|(_, place)| place))?;
        add(to, packer.pack(json, &line.raw)?)
    })
    .await
}

/// Makes the messages that say something else than before searchable.
async fn index(
    work: &mut Work<'_>,
    account: i64,
    session: &SessionId,
    before: &[Line],
    written: &[(&Line, String, i64)],
) -> sqlx::Result<()> {
    let says = |line: &Line| (line.message.content.clone(), line.message.sent_at);
    let differs = |line: &&Line| {
        let at = usize::try_from(line.message.position).ok();
        at.and_then(|at| before.get(at)).is_none_or(|before| says(before) != says(line))
    };
    let lines: HashMap<i64, &Line> = (written.iter().map(|(line, ..)| *line))
        .filter(differs)
        .map(|line| (line.message.position, line))
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    let positions: Vec<i64> = lines.keys().copied().collect();
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT n, position FROM messages WHERE account = ?1 AND session = ?2 \
         AND position IN (SELECT value FROM json_each(?3))",
    )
    .bind(account)
    .bind(session.as_str())
    .bind(json_list(&positions))
    .fetch_all(&mut *work.tx)
    .await?;
    let entry = |(n, position): (i64, i64)| {
        let line = lines.get(&position)?;
        Some(spoken::Entry::of_message(n, account, &line.message, line.as_of))
    };
    let entries: Vec<_> = rows.into_iter().filter_map(entry).collect();
    spoken::put(&mut work.tx, &entries).await
}

/// A status for a message that is not there yet.
async fn await_message(work: &mut Work<'_>, account: i64, tick: &Tick) -> sqlx::Result<()> {
    let known: Option<(String, i64)> = sqlx::query_as(
        "SELECT status, at FROM ticks WHERE account = ?1 AND session = ?2 AND message = ?3",
    )
    .bind(account)
    .bind(tick.session.as_str())
    .bind(tick.message.as_str())
    .fetch_optional(&mut *work.tx)
    .await?;
    let replaces = known
        .is_none_or(|(status, at)| tick_replaces(&tick.status, tick.at, &status, Timestamp(at)));
    if replaces {
        sqlx::query(
            "INSERT INTO ticks (account, session, message, status, at) VALUES (?1, ?2, ?3, ?4, ?5) \
             ON CONFLICT (account, session, message) DO UPDATE SET status = excluded.status, \
             at = excluded.at",
        )
        .bind(account)
        .bind(tick.session.as_str())
        .bind(tick.message.as_str())
        .bind(tick.status.as_str())
        .bind(tick.at.millis())
        .execute(&mut *work.tx)
        .await?;
    }
    Ok(())
}

/// Statuses that came before their messages.
async fn apply_awaited(
    work: &mut Work<'_>,
    account: i64,
    session: &SessionId,
    lines: &mut [Line],
) -> sqlx::Result<()> {
    let awaited: Vec<(String, String, i64)> =
        sqlx::query_as("SELECT message, status, at FROM ticks WHERE account = ?1 AND session = ?2")
            .bind(account)
            .bind(session.as_str())
            .fetch_all(&mut *work.tx)
            .await?;
    for (message, status, at) in awaited {
        let tick = Tick {
            session: session.clone(),
            message: MessageId::new(message),
            status,
            at: Timestamp(at),
        };
        if with_tick(lines, &tick) != Ticked::NoMessage {
            sqlx::query("DELETE FROM ticks WHERE account = ?1 AND session = ?2 AND message = ?3")
                .bind(account)
                .bind(session.as_str())
                .bind(tick.message.as_str())
                .execute(&mut *work.tx)
                .await?;
        }
    }
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
