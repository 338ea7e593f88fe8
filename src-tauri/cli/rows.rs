//! Rows of a store as the JSON that `watch` and `export` write: the DTOs of the window.

use crate::{
    domain::{
        ids::{AccountId, CallId, MessageId, SessionId, TaskId, WabaTaskId, WorkflowId},
        mask::Mask,
    },
    ipc::{Person, convert, dto::RowDto, transcript},
    store::{
        ExportRow, Kind, Reader, StoreError, StoredCall, StoredSession, StoredSessionDetail,
        message_of_key,
    },
};

/// The word that `watch` and `export` use for a kind; `None` for kinds that they do not show.
pub fn word(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Workflow => "workflows",
        Kind::Call => "calls",
        Kind::Session => "sessions",
        Kind::Message => "messages",
        Kind::Waba => "waba",
        Kind::Task | Kind::WabaTask => "tasks",
        Kind::Node
        | Kind::Action
        | Kind::Account
        | Kind::Event
        | Kind::Alert
        | Kind::CallingTask
        | Kind::Plan
        | Kind::Round => return None,
    })
}

/// The row as it is stored now; `None` when it is not any more.
pub async fn row(
    reader: &Reader,
    account: &AccountId,
    kind: Kind,
    id: &str,
    mask: Mask,
) -> Result<Option<RowDto>, StoreError> {
    Ok(match kind {
        Kind::Workflow => (reader.workflow(account, &WorkflowId::from(id)).await?)
            .map(|w| RowDto::Workflow(convert::workflow(&w, mask))),
        Kind::Call => reader.call(account, &CallId::from(id)).await?.map(|c| {
            let stored = StoredCall { account: c.account, call: c.call, source: c.source };
            RowDto::Call(convert::call(&stored, mask))
        }),
        Kind::Session => reader.session(account, &SessionId::from(id)).await?.map(|s| {
            let StoredSessionDetail { account, session, source, messages, .. } = s;
            let stored = StoredSession { account, session, source, messages };
            RowDto::Session(convert::session(&stored, mask))
        }),
        Kind::Message => match message_of_key(id) {
            Some((session, position)) => message(reader, account, &session, position, mask).await?,
            None => None,
        },
        Kind::Waba => (reader.waba_message(account, &MessageId::from(id)).await?)
            .map(|m| RowDto::Waba(convert::waba(account, &m.value, mask))),
        Kind::Task => (reader.task(account, &TaskId::from(id)).await?)
            .map(|t| RowDto::Task(convert::task(account, &t.value))),
        Kind::WabaTask => (reader.waba_task(account, &WabaTaskId::from(id)).await?)
            .map(|t| RowDto::Task(convert::waba_task(account, &t.value))),
        Kind::Node
        | Kind::Action
        | Kind::Account
        | Kind::Event
        | Kind::Alert
        | Kind::CallingTask
        | Kind::Plan
        | Kind::Round => None,
    })
}

async fn message(
    reader: &Reader,
    account: &AccountId,
    id: &SessionId,
    position: i64,
    mask: Mask,
) -> Result<Option<RowDto>, StoreError> {
    let Ok(position) = u32::try_from(position) else { return Ok(None) };
    let Some(session) = reader.session(account, id).await? else { return Ok(None) };
    // The one above it tells whether its time is odd.
    let above = position.min(1);
    let window = reader.messages(account, id, position - above, 1 + above).await?;
    let (before, rows) = window.rows.split_at((above as usize).min(window.rows.len()));
    let person = Person { callee: session.session.callee.as_ref(), names: Vec::new() };
    let rows =
        transcript::messages(account, (&session.session, &person), before.first(), rows, mask);
    Ok(rows.into_iter().next().map(RowDto::Message))
}

/// A row of an export.
pub fn exported(row: &ExportRow, mask: Mask) -> Option<RowDto> {
    Some(match row {
        ExportRow::Workflow(w) => RowDto::Workflow(convert::workflow(w, mask)),
        ExportRow::Task(t) => RowDto::Task(convert::task(&t.account, &t.value)),
        ExportRow::WabaTask(t) => RowDto::Task(convert::waba_task(&t.account, &t.value)),
        ExportRow::Waba(m) => RowDto::Waba(convert::waba(&m.account, &m.value, mask)),
        ExportRow::Call(c) => RowDto::Call(convert::call(c, mask)),
        ExportRow::Session(s) => RowDto::Session(convert::session(s, mask)),
        ExportRow::Node(_)
        | ExportRow::Action(_)
        | ExportRow::Message { .. }
        | ExportRow::CallingTask(_)
        | ExportRow::Plan(_) => return None,
    })
}

/// The bare row, without the name of its list.
pub fn json(row: &RowDto) -> serde_json::Result<serde_json::Value> {
    let tagged = serde_json::to_value(row)?;
    Ok(tagged.get("row").cloned().unwrap_or(tagged))
}
