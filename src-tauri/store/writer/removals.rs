//! What a complete listing no longer has, with all that belongs to it. The journal stays.

use sqlx::AssertSqlSafe;

use super::{
    figures,
    tally::{Facts, Moved},
};
use crate::{
    domain::ids::WorkflowId,
    store::{
        calls::{JOINS, SELECT, read_whole},
        connection::Work,
        rows::{Kind, Op, message_of_key},
    },
};

/// Removes one row and its dependants; answers how many rows went.
pub(super) async fn remove(
    work: &mut Work<'_>,
    account: i64,
    kind: Kind,
    id: &str,
) -> sqlx::Result<usize> {
    match kind {
        Kind::Workflow => workflow(work, account, id).await,
        Kind::Node => of_table(work, account, Kind::Node, id).await,
        Kind::Task => of_table(work, account, Kind::Task, id).await,
        Kind::WabaTask => of_table(work, account, Kind::WabaTask, id).await,
        Kind::Waba => of_table(work, account, Kind::Waba, id).await,
        Kind::CallingTask => of_table(work, account, Kind::CallingTask, id).await,
        Kind::Round => of_table(work, account, Kind::Round, id).await,
        Kind::Plan => plan(work, account, id).await,
        Kind::Call => call(work, account, id).await,
        Kind::Session => session(work, account, id).await,
        Kind::Message => message(work, account, id).await,
        // The journal is append-only; accounts, received bodies and warnings go by doors of their own.
        Kind::Action | Kind::Account | Kind::Event | Kind::Alert => Ok(0),
    }
}

fn table(kind: Kind) -> &'static str {
    match kind {
        Kind::Workflow => "workflows",
        Kind::Node => "nodes",
        Kind::Task => "tasks",
        Kind::Call => "calls",
        Kind::Session => "sessions",
        Kind::Message => "messages",
        Kind::WabaTask => "waba_tasks",
        Kind::Waba => "waba_messages",
        Kind::Action => "actions",
        Kind::Account => "accounts",
        Kind::Event => "inbox",
        Kind::CallingTask => "calling_tasks",
        Kind::Plan => "plans",
        Kind::Round => "rounds",
        Kind::Alert => "alerts",
    }
}

async fn of_table(work: &mut Work<'_>, account: i64, kind: Kind, id: &str) -> sqlx::Result<usize> {
    let sql = format!("DELETE FROM {} WHERE account = ?1 AND id = ?2", table(kind));
    let gone = sqlx::query(AssertSqlSafe(sql))
        .bind(account)
        .bind(id)
        .execute(&mut *work.tx)
        .await?
        .rows_affected();
    work.known.confirmed.remove(&(kind, account, id.to_owned()));
    if gone > 0 {
        work.announce(kind, Op::Remove, account, vec![id.to_owned()]);
    }
    Ok(usize::from(gone > 0))
}

async fn plan(work: &mut Work<'_>, account: i64, id: &str) -> sqlx::Result<usize> {
    let rounds: Vec<String> =
        sqlx::query_scalar("SELECT id FROM rounds WHERE account = ?1 AND plan = ?2")
            .bind(account)
            .bind(id)
            .fetch_all(&mut *work.tx)
            .await?;
    let mut gone = of_table(work, account, Kind::Plan, id).await?;
    for round in rounds {
        gone += of_table(work, account, Kind::Round, &round).await?;
    }
    Ok(gone)
}

async fn call(work: &mut Work<'_>, account: i64, id: &str) -> sqlx::Result<usize> {
    let sql = format!(
        "SELECT {SELECT}, c.rest, c.n, c.workflow AS key FROM calls c {JOINS} \
         WHERE c.account = ?1 AND c.id = ?2"
    );
    let row = sqlx::query(AssertSqlSafe(sql))
        .bind(account)
        .bind(id)
        .fetch_optional(&mut *work.tx)
        .await?;
    let Some(row) = row else { return Ok(0) };
    let (held, _) = read_whole(&row)?;
    let (n, key) = (sqlx::Row::try_get(&row, "n")?, sqlx::Row::try_get(&row, "key")?);
    let gone = of_table(work, account, Kind::Call, id).await?;
    figures::keep(work, vec![Moved { before: Facts::of(n, key, &held.call), after: None }]).await?;
    Ok(gone)
}

async fn session(work: &mut Work<'_>, account: i64, id: &str) -> sqlx::Result<usize> {
    let workflow: Option<Option<i64>> =
        sqlx::query_scalar("SELECT workflow FROM sessions WHERE account = ?1 AND id = ?2")
            .bind(account)
            .bind(id)
            .fetch_optional(&mut *work.tx)
            .await?;
    let mut gone = of_table(work, account, Kind::Session, id).await?;
    gone += transcript(work, account, id).await?;
    if let Some(workflow) = workflow.flatten() {
        super::count_sessions(work, &[workflow]).await?;
    }
    Ok(gone)
}

async fn transcript(work: &mut Work<'_>, account: i64, session: &str) -> sqlx::Result<usize> {
    sqlx::query(
        "INSERT INTO changes (account, kind, id, op) \
         SELECT account, ?3, session || '#' || position, 1 FROM messages \
         WHERE account = ?1 AND session = ?2 ORDER BY position",
    )
    .bind(account)
    .bind(session)
    .bind(Kind::Message.code())
    .execute(&mut *work.tx)
    .await?;
    let gone = sqlx::query("DELETE FROM messages WHERE account = ?1 AND session = ?2")
        .bind(account)
        .bind(session)
        .execute(&mut *work.tx)
        .await?;
    sqlx::query("DELETE FROM transcripts WHERE account = ?1 AND session = ?2")
        .bind(account)
        .bind(session)
        .execute(&mut *work.tx)
        .await?;
    Ok(usize::try_from(gone.rows_affected()).unwrap_or(usize::MAX))
}

async fn message(work: &mut Work<'_>, account: i64, id: &str) -> sqlx::Result<usize> {
    let Some((session, position)) = message_of_key(id) else { return Ok(0) };
    let gone =
        sqlx::query("DELETE FROM messages WHERE account = ?1 AND session = ?2 AND position = ?3")
            .bind(account)
            .bind(session.as_str())
            .bind(position)
            .execute(&mut *work.tx)
            .await?
            .rows_affected();
    if gone == 0 {
        return Ok(0);
    }
    sqlx::query(
        "UPDATE transcripts SET messages = messages - 1 WHERE account = ?1 AND session = ?2",
    )
    .bind(account)
    .bind(session.as_str())
    .execute(&mut *work.tx)
    .await?;
    work.announce(Kind::Message, Op::Remove, account, vec![id.to_owned()]);
    work.touch_session(account, session.as_str());
    Ok(1)
}

async fn workflow(work: &mut Work<'_>, account: i64, id: &str) -> sqlx::Result<usize> {
    let key = work.workflow(account, &WorkflowId::new(id)).await?;
    let sessions: Vec<String> = sqlx::query_scalar("SELECT id FROM sessions WHERE workflow = ?1")
        .bind(key)
        .fetch_all(&mut *work.tx)
        .await?;
    let mut gone = 0;
    for session in sessions {
        gone += transcript(work, account, &session).await?;
    }
    for kind in [Kind::Call, Kind::Session, Kind::Node, Kind::Task, Kind::Waba, Kind::WabaTask] {
        gone += all_of_workflow(work, key, kind).await?;
    }
    figures::forget(work, key).await?;
    sqlx::query("DELETE FROM timeline WHERE workflow = ?1")
        .bind(key)
        .execute(&mut *work.tx)
        .await?;
    Ok(gone + of_table(work, account, Kind::Workflow, id).await?)
}

async fn all_of_workflow(work: &mut Work<'_>, key: i64, kind: Kind) -> sqlx::Result<usize> {
    let table = table(kind);
    let announce = format!(
        "INSERT INTO changes (account, kind, id, op) SELECT account, ?2, id, 1 FROM {table} \
         WHERE workflow = ?1 ORDER BY n"
    );
    sqlx::query(AssertSqlSafe(announce)).bind(key).bind(kind.code()).execute(&mut *work.tx).await?;
    let delete = format!("DELETE FROM {table} WHERE workflow = ?1");
    let gone = sqlx::query(AssertSqlSafe(delete)).bind(key).execute(&mut *work.tx).await?;
    Ok(usize::try_from(gone.rows_affected()).unwrap_or(usize::MAX))
}
