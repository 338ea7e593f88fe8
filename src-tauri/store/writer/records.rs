//! Small kinds of records: merged one by one in Rust with the rows that one query fetched.

use std::collections::{BTreeSet, HashMap};

use sqlx::{AssertSqlSafe, sqlite::SqliteRow};

use super::rows::{add, differing, remember, upsert};
use crate::{
    domain::{
        ids::WorkflowId,
        status::Status,
        time::Timestamp,
        workflow::{Seen, Source},
    },
    store::{
        cells::{Cells, Columns, phase_code, source_code, source_of},
        connection::{Work, json_list},
        raw,
        records::{Base, Event, Held, Record, merge},
        rows::{Kind, Op},
    },
};

/// What was written.
#[derive(Default)]
pub(super) struct Kept {
    pub rows: usize,
    /// Workflows of the rows written.
    pub workflows: Vec<i64>,
}

/// A row to be written.
struct Row<R> {
    held: Held<R>,
    workflow: Option<i64>,
    hash: i64,
}

/// What became of a record that is not the one that came last.
enum Settled<R> {
    Differs(Row<R>),
    /// Merged, nothing differs; the hash by which it is skipped the next time, if it may be.
    Same {
        id: String,
        hash: Option<i64>,
    },
}

pub(super) async fn keep<R: Record>(
    work: &mut Work<'_>,
    account: i64,
    source: Source,
    seen: Vec<Seen<R>>,
) -> sqlx::Result<Kept> {
    if seen.is_empty() {
        return Ok(Kept::default());
    }
    let mut ink = Vec::new();
    let fresh: Vec<(i64, Held<R>)> =
        once_each(seen, source).into_iter().map(|held| (held.hash(&mut ink), held)).collect();
    let ids = fresh.iter().map(|(hash, held)| (held.value.id(), *hash));
    let differing = differing(work, R::TABLE, account, ids).await?;
    let (changed, same): (Vec<_>, Vec<_>) =
        fresh.into_iter().partition(|(_, held)| differing.contains(held.value.id()));
    for (_, held) in same {
        confirm(work, account, &held.value);
    }
    let changed_ids: Vec<&str> = changed.iter().map(|(_, held)| held.value.id()).collect();
    let mut stored = load::<R>(work, account, &changed_ids).await?;
    let (mut rows, mut same) = (Vec::with_capacity(changed.len()), Vec::new());
    for (hash, held) in changed {
        let kept = stored.remove(held.value.id());
        match settle(work, account, hash, held, kept).await? {
            Settled::Differs(row) => rows.push(row),
            Settled::Same { id, hash } => same.extend(hash.map(|hash| (id, hash))),
        }
    }
    remember(work, R::TABLE, account, &same).await?;
    write(work, account, &rows).await?;
    let workflows: BTreeSet<i64> = rows.iter().filter_map(|row| row.workflow).collect();
    Ok(Kept { rows: rows.len(), workflows: workflows.into_iter().collect() })
}

/// A page can hold a record twice: the second is merged into the first.
fn once_each<R: Record>(seen: Vec<Seen<R>>, source: Source) -> Vec<Held<R>> {
    let mut held: Vec<Held<R>> = Vec::with_capacity(seen.len());
    let mut places: HashMap<String, usize> = HashMap::with_capacity(seen.len());
    for Seen { value, raw } in seen {
        let next = Held { value, source, raw };
        match places.get(next.value.id()) {
            Some(at) => {
                let first = held[*at].clone();
                let was_true_at = first.value.as_of();
                held[*at] = merge(first, next, was_true_at);
            }
            None => {
                places.insert(next.value.id().to_owned(), held.len());
                held.push(next);
            }
        }
    }
    held
}

/// Merges one record with the stored one. The hash that is kept may only ever let a record be skipped
/// that would change nothing: that of a record which lies on top of all others, or of the whole.
async fn settle<R: Record>(
    work: &mut Work<'_>,
    account: i64,
    hash: i64,
    seen: Held<R>,
    kept: Option<Held<R>>,
) -> sqlx::Result<Settled<R>> {
    let came_from = seen.source;
    let before = kept.as_ref().map(|kept| kept.value.clone());
    let (held, hash) = match kept {
        None => (seen, hash),
        Some(kept) => {
            let mut ink = Vec::new();
            let was_true_at = confirmed(work, account, &kept.value);
            let on_top =
                (seen.value.as_of(), seen.value.rank()) >= (was_true_at, kept.value.rank());
            let content = kept.hash(&mut ink);
            let came = seen.value.clone();
            let merged = merge(kept, seen, was_true_at);
            let merged_hash = merged.hash(&mut ink);
            if merged_hash == content {
                confirm(work, account, &came);
                let id = came.id().to_owned();
                return Ok(Settled::Same { id, hash: on_top.then_some(hash) });
            }
            (merged, if on_top { hash } else { merged_hash })
        }
    };
    let workflow = work.workflow_of(account, held.value.workflow()).await?;
    if let (Some(event), Some(workflow)) = (R::event(before.as_ref(), &held.value), workflow) {
        put_event(work, workflow, held.value.as_of(), came_from, event).await?;
    }
    Ok(Settled::Differs(Row { held, workflow, hash }))
}

fn key<R: Record>(account: i64, value: &R) -> (Kind, i64, String) {
    (R::KIND, account, value.id().to_owned())
}

/// Remembers that what is stored was seen to be true later than the row says; the row itself is not
/// written for that.
fn confirm<R: Record>(work: &mut Work<'_>, account: i64, value: &R) {
    if !value.tells_status() {
        return;
    }
    let newest = work.known.confirmed.entry(key(account, value)).or_insert(value.as_of());
    *newest = (*newest).max(value.as_of());
}

fn confirmed<R: Record>(work: &Work<'_>, account: i64, kept: &R) -> Timestamp {
    let later = work.known.confirmed.get(&key(account, kept));
    later.copied().unwrap_or(kept.as_of()).max(kept.as_of())
}

async fn load<R: Record>(
    work: &mut Work<'_>,
    account: i64,
    ids: &[&str],
) -> sqlx::Result<HashMap<String, Held<R>>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let sql = format!(
        "SELECT t.id, k.id, t.as_of, t.source, t.rest, t.{} FROM json_each(?2) j \
         CROSS JOIN {} t ON t.account = ?1 AND t.id = j.value \
         LEFT JOIN workflow_keys k ON k.n = t.workflow",
        R::COLUMNS.join(", t."),
        R::TABLE
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(account)
        .bind(json_list(ids))
        .fetch_all(&mut *work.tx)
        .await?;
    let held = rows.iter().map(held_of::<R>);
    held.map(|held| held.map(|held| (held.value.id().to_owned(), held))).collect()
}

fn held_of<R: Record>(row: &SqliteRow) -> sqlx::Result<Held<R>> {
    let mut columns = Columns::of(row);
    let base = Base {
        id: columns.words()?,
        workflow: columns.text()?.map(WorkflowId::new),
        as_of: Timestamp(columns.whole()?),
    };
    let source = source_of(columns.whole()?);
    let (head, raw) = raw::unpack(columns.bytes()?)?;
    Ok(Held { value: R::read(base, &mut columns, &head)?, source, raw })
}

async fn write<R: Record>(work: &mut Work<'_>, account: i64, rows: &[Row<R>]) -> sqlx::Result<()> {
    let mut columns = vec!["account", "id", "workflow", "hash", "source", "as_of"];
    columns.extend_from_slice(R::COLUMNS);
    columns.push("rest");
    upsert(work, (R::TABLE, &columns, "account, id"), rows, |row, to, packer| {
        let Held { value, source, raw } = &row.held;
        let mut cells = Cells::default();
        cells.int(Some(account)).text(Some(value.id())).int(row.workflow).int(Some(row.hash));
        cells.int(Some(source_code(*source))).int(Some(value.as_of().millis()));
        value.cells(&mut cells);
        cells.bind(to)?;
        add(to, packer.pack(&value.head(), raw)?)
    })
    .await?;
    for row in rows {
        work.known.confirmed.remove(&key(account, &row.held.value));
    }
    announce(work, account, rows);
    Ok(())
}

fn announce<R: Record>(work: &mut Work<'_>, account: i64, rows: &[Row<R>]) {
    match R::KIND {
        Kind::Workflow => {
            rows.iter().filter_map(|row| row.workflow).for_each(|key| work.touch_workflow(key));
        }
        Kind::Session => {
            rows.iter().for_each(|row| work.touch_session(account, row.held.value.id()));
        }
        kind => {
            let ids = rows.iter().map(|row| row.held.value.id().to_owned()).collect();
            work.announce(kind, Op::Upsert, account, ids);
        }
    }
}

async fn put_event(
    work: &mut Work<'_>,
    workflow: i64,
    at: Timestamp,
    source: Source,
    event: Event,
) -> sqlx::Result<()> {
    let (kind, node, from, to) = match event {
        Event::FirstSeen => (0, None, None, None),
        Event::WorkflowStatus { from, to } => (1, None, from, Some(to)),
        Event::NodeStatus { node, from, to } => (2, Some(node), from, Some(to)),
    };
    let word = |status: &Option<Status>| status.as_ref().map(|s| s.written.clone());
    let phase = |status: &Option<Status>| status.as_ref().map(|s| phase_code(s.phase));
    sqlx::query(
        "INSERT INTO timeline (workflow, at, source, kind, node, from_word, from_phase, to_word, \
         to_phase) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )
    .bind(workflow)
    .bind(at.millis())
    .bind(source_code(source))
    .bind(kind)
    .bind(node)
    .bind(word(&from))
    .bind(phase(&from))
    .bind(word(&to))
    .bind(phase(&to))
    .execute(&mut *work.tx)
    .await?;
    Ok(())
}
