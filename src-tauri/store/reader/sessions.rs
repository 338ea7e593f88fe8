//! Sessions and their messages.

use sqlx::{AssertSqlSafe, sqlite::SqliteRow};

use super::{
    Reader,
    filter::{Column, Filter, Filterable, What, like, order},
};
use crate::{
    domain::{
        chat::{Message, Session},
        filter::FilterError,
        ids::{AccountId, Callee, SessionId, WorkflowId},
        time::Timestamp,
        workflow::Source,
    },
    store::{
        cells::Columns,
        error::{During, Result, unreadable},
        raw::unpack,
        records::{Base, Record},
        rows::{ListAsk, RawRecord, StoredSession, StoredSessionDetail, Window},
    },
};

pub(super) const FROM: &str = "sessions s JOIN accounts a ON a.n = s.account \
    LEFT JOIN workflow_keys k ON k.n = s.workflow \
    LEFT JOIN transcripts m ON m.account = s.account AND m.session = s.id";

/// What [`stored`] expects, then `rest` where it is wanted.
pub(super) fn select(rest: &str) -> String {
    let own = Session::COLUMNS.join(", s.");
    format!("a.account, s.source, m.messages, {rest}, s.id, k.id, s.as_of, s.{own}")
}

impl Reader {
    pub async fn sessions(&self, ask: &ListAsk) -> Result<Window<StoredSession>> {
        let filter = filter(ask)?;
        let read = async {
            let mut tx = self.pool.begin().await?;
            let total = filter.count(&mut tx, "sessions s").await?;
            let order = sorted(ask);
            let rest = if ask.detailed { "s.rest" } else { "NULL" };
            let parts = (&*select(rest), FROM, &*order);
            let rows = filter.rows(&mut tx, parts, (ask.anchor, ask.count)).await?;
            let rows = rows.iter().map(stored).collect::<sqlx::Result<_>>()?;
            Ok(Window { total, rows })
        };
        read.await.during("read the sessions")
    }

    /// A session with all that is known of it but its messages.
    pub async fn session(
        &self,
        account: &AccountId,
        id: &SessionId,
    ) -> Result<Option<StoredSessionDetail>> {
        let read = async {
            let sql = format!(
                "SELECT {} FROM {FROM} WHERE a.account = ?1 AND s.id = ?2",
                select("s.rest")
            );
            let row = sqlx::query(AssertSqlSafe(sql))
                .bind(account.as_str())
                .bind(id.as_str())
                .fetch_optional(&self.pool)
                .await?;
            row.as_ref().map(held).transpose()
        };
        let found = read.await.during("read a session")?;
        Ok(found.map(|held| StoredSessionDetail {
            account: held.account,
            session: held.session,
            source: held.source,
            messages: held.messages,
            raw: held.raw,
        }))
    }

    /// Messages of a session, oldest first as the vendor's array has them.
    pub async fn messages(
        &self,
        account: &AccountId,
        session: &SessionId,
        anchor: u32,
        count: u32,
    ) -> Result<Window<Message>> {
        let read = async {
            let mut tx = self.pool.begin().await?;
            let total = sqlx::query_scalar(
                "SELECT count(*) FROM messages \
                 WHERE account = (SELECT n FROM accounts WHERE account = ?1) AND session = ?2",
            )
            .bind(account.as_str())
            .bind(session.as_str())
            .fetch_one(&mut *tx)
            .await?;
            let rows = sqlx::query(
                "SELECT rest FROM messages \
                 WHERE account = (SELECT n FROM accounts WHERE account = ?1) AND session = ?2 \
                 ORDER BY position LIMIT ?3 OFFSET ?4",
            )
            .bind(account.as_str())
            .bind(session.as_str())
            .bind(count)
            .bind(anchor)
            .fetch_all(&mut *tx)
            .await?;
            let rows = rows.iter().map(message).collect::<sqlx::Result<_>>()?;
            Ok(Window { total, rows })
        };
        read.await.during("read the messages")
    }

    pub async fn message(
        &self,
        account: &AccountId,
        session: &SessionId,
        position: i64,
    ) -> Result<Option<Message>> {
        let read = async {
            let row = sqlx::query(
                "SELECT rest FROM messages \
                 WHERE account = (SELECT n FROM accounts WHERE account = ?1) \
                 AND session = ?2 AND position = ?3",
            )
            .bind(account.as_str())
            .bind(session.as_str())
            .bind(position)
            .fetch_optional(&self.pool)
            .await?;
            row.as_ref().map(message).transpose()
        };
        read.await.during("read a message")
    }

    /// The vendor's own JSON of a message, with the number that its session is held with.
    pub async fn message_raw(
        &self,
        account: &AccountId,
        session: &SessionId,
        position: i64,
    ) -> Result<Option<RawRecord>> {
        let read = async {
            let row = sqlx::query(
                "SELECT s.callee, m.rest FROM messages m \
                 LEFT JOIN sessions s ON s.account = m.account AND s.id = m.session \
                 WHERE m.account = (SELECT n FROM accounts WHERE account = ?1) \
                 AND m.session = ?2 AND m.position = ?3",
            )
            .bind(account.as_str())
            .bind(session.as_str())
            .bind(position)
            .fetch_optional(&self.pool)
            .await?;
            let Some(row) = row else { return Ok(None) };
            let mut columns = Columns::of(&row);
            let callee = columns.text()?.map(Callee::new);
            let (_, raw) = unpack(columns.bytes()?)?;
            Ok(Some(RawRecord { raw, callee }))
        };
        read.await.during("read a message's record")
    }

    /// Sessions of a workflow without an end; `None` when no session of it was ever reported.
    pub async fn open_sessions(
        &self,
        account: &AccountId,
        workflow: &WorkflowId,
    ) -> Result<Option<i64>> {
        let read = async {
            let mut filter = Filter::default();
            filter.workflow("s", account, workflow);
            let sql = format!(
                "SELECT count(*), count(*) FILTER (WHERE s.ended_at IS NULL) FROM sessions s {}",
                filter.sql()
            );
            let row = filter.query(sql).fetch_one(&self.pool).await?;
            let mut columns = Columns::of(&row);
            let (all, open) = (columns.whole()?, columns.whole()?);
            Ok((all > 0).then_some(open))
        };
        read.await.during("count the open sessions")
    }
}

/// No record of a workflow is named: the conversation is the chatbot's own.
const OWN: &str =
    "s.workflow IS NULL AND s.node IS NULL AND s.waba_task IS NULL AND s.entry IS NULL";

const FILTERABLE: Filterable = Filterable {
    columns: &[
        Column { name: "number", what: What::Text(like!("s.callee")) },
        Column { name: "channel", what: What::Text(like!("s.channel")) },
        Column { name: "status", what: What::Text(like!("s.status")) },
        Column { name: "reason", what: What::Text(like!("s.end_reason")) },
        Column { name: "intention", what: What::Text(like!("s.intention")) },
        Column { name: "node", what: What::Text(like!("s.node_name")) },
        Column { name: "from", what: What::OneOf(&["workflow", "chatbot"], origin) },
        Column { name: "rounds", what: What::Count("s.talk_round") },
        Column { name: "started", what: What::Age("s.started_at") },
        Column { name: "ended", what: What::Age("s.ended_at") },
    ],
    anywhere: &[like!("s.callee"), like!("s.channel"), like!("s.end_reason"), like!("s.intention")],
};

fn origin(word: usize) -> String {
    if word == 0 { format!("NOT ({OWN})") } else { OWN.to_owned() }
}

fn filter(ask: &ListAsk) -> Result<Filter, FilterError> {
    Filter::scope("s", ask).written(ask, &FILTERABLE, None)
}

fn sorted(ask: &ListAsk) -> String {
    let Some((key, descending)) = &ask.sort else { return order("s.started_at", true, "s.n") };
    match key.as_str() {
        "started" => order("s.started_at", *descending, "s.n"),
        "rounds" => order("s.talk_round", *descending, "s.n"),
        "reason" => order("s.end_reason", *descending, "s.n"),
        _ => order("s.started_at", true, "s.n"),
    }
}

struct HeldSession {
    account: AccountId,
    session: Session,
    source: Source,
    messages: Option<i64>,
    raw: String,
}

fn held(row: &SqliteRow) -> sqlx::Result<HeldSession> {
    let mut columns = Columns::of(row);
    let account = AccountId::new(columns.words()?);
    let source = columns.source()?;
    let messages = columns.int()?;
    let (head, raw) = match columns.packed()? {
        Some(rest) => unpack(rest)?,
        None => (String::new(), String::new()),
    };
    let base = Base {
        id: columns.words()?,
        workflow: columns.text()?.map(WorkflowId::new),
        as_of: Timestamp(columns.whole()?),
    };
    let session = Session::read(base, &mut columns, &head)?;
    Ok(HeldSession { account, session, source, messages, raw })
}

pub(super) fn stored(row: &SqliteRow) -> sqlx::Result<StoredSession> {
    let held = held(row)?;
    Ok(StoredSession {
        account: held.account,
        session: held.session,
        source: held.source,
        messages: held.messages,
    })
}

fn message(row: &SqliteRow) -> sqlx::Result<Message> {
    message_of(Columns::of(row).bytes()?)
}

pub(in crate::store) fn message_of(rest: &[u8]) -> sqlx::Result<Message> {
    let (json, _) = unpack(rest)?;
    serde_json::from_str(&json).map_err(|error| unreadable(format!("a message: {error}")))
}
