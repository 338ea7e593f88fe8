//! Calls: the one kind that comes by the million, so what did not change costs one hash, and what is
//! new is packed while SQLite writes the rows before it.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, Sqlite, Transaction, sqlite::SqliteArguments};

use super::{
    figures,
    places::Place,
    rows::{ROWS, add, differing, remember, shapes, upsert_sql},
    tally::{Facts, Moved},
};
use crate::{
    domain::{
        call::Call,
        workflow::{Seen, Source},
    },
    store::{
        calls::{COLUMNS, JOINS, SELECT, cells, hash, head, leave_out, over, read_whole},
        cells::{Cells, source_code},
        connection::{Work, json_list},
        raw::{self, Packer},
        rows::{Kind, Op},
        spoken,
    },
};

/// A row to be written.
struct Row {
    n: i64,
    call: Call,
    raw: String,
    workflow: Option<i64>,
    place: i64,
    /// Of the record as received.
    hash: i64,
    /// What was said differs, or when.
    spoken: bool,
}

/// What a batch comes down to.
#[derive(Default)]
struct Settled {
    rows: Vec<Row>,
    moved: Vec<Moved>,
    /// Merged, nothing differs: id and hash to be skipped by the next time.
    same: Vec<(String, i64)>,
}

impl Settled {
    /// Calls of a page mostly lie side by side: workflow and place of the call before, if they are
    /// those of this one too.
    fn beside(&self, call: &Call) -> Option<(Option<i64>, i64)> {
        let last = self.rows.last()?;
        let same = last.call.workflow == call.workflow
            && last.call.task == call.task
            && last.call.node == call.node
            && last.call.task_name == call.task_name
            && last.call.node_name == call.node_name
            && last.call.workflow_name == call.workflow_name;
        same.then_some((last.workflow, last.place))
    }
}

/// A stored call, and its row.
struct Kept {
    n: i64,
    call: Call,
    raw: String,
}

pub(super) async fn keep(
    work: &mut Work<'_>,
    account: i64,
    source: Source,
    seen: Vec<Seen<Call>>,
) -> sqlx::Result<usize> {
    if seen.is_empty() {
        return Ok(0);
    }
    let seen = once_each(seen);
    let hashes = hashes(&seen);
    let ids = seen.iter().map(|seen| seen.value.id.as_str()).zip(hashes.iter().copied());
    let differing = differing(work, "calls", account, ids).await?;
    if differing.is_empty() {
        return Ok(0);
    }
    let mut changed: Vec<(Seen<Call>, i64)> = seen.into_iter().zip(hashes).collect();
    changed.retain(|(seen, _)| differing.contains(seen.value.id.as_str()));
    let mut stored = load(work, account, &changed).await?;
    let mut settled = Settled::default();
    for (seen, hash) in changed {
        let kept = stored.remove(seen.value.id.as_str());
        settle(work, account, (seen, hash), kept, &mut settled).await?;
    }
    let Settled { rows, moved, same } = settled;
    remember(work, "calls", account, &same).await?;
    write(work, account, source, &rows).await?;
    let said = rows.iter().filter(|row| row.spoken).map(|row| {
        let call = &row.call;
        spoken::Entry::of_call(row.n, account, spoken::time_of(call), &call.detail.dialogue)
    });
    spoken::put(&mut work.tx, &said.collect::<Vec<_>>()).await?;
    figures::keep(work, moved).await?;
    let ids = rows.iter().map(|row| row.call.id.to_string()).collect();
    work.announce(Kind::Call, Op::Upsert, account, ids);
    Ok(rows.len())
}

/// A page can hold a call twice: the second is merged into the first.
fn once_each(seen: Vec<Seen<Call>>) -> Vec<Seen<Call>> {
    let mut places: HashMap<&str, usize> = HashMap::with_capacity(seen.len());
    let twice =
        seen.iter().enumerate().any(|(at, s)| places.insert(s.value.id.as_str(), at).is_some());
    if !twice {
        return seen;
    }
    let mut once: Vec<Seen<Call>> = Vec::with_capacity(seen.len());
    let mut places: HashMap<String, usize> = HashMap::with_capacity(seen.len());
    for Seen { value, raw } in seen {
        match places.get(value.id.as_str()) {
            Some(at) => {
                let first = once[*at].clone();
                let raw = raw::merge(&raw, &first.raw);
                once[*at] = Seen { value: over(value, first.value), raw };
            }
            None => {
                places.insert(value.id.to_string(), once.len());
                once.push(Seen { value, raw });
            }
        }
    }
    once
}

fn hashes(seen: &[Seen<Call>]) -> Vec<i64> {
    let (mut cells, mut ink) = (Cells::default(), Vec::new());
    seen.iter().map(|seen| hash(&seen.value, &seen.raw, &mut cells, &mut ink)).collect()
}

async fn load(
    work: &mut Work<'_>,
    account: i64,
    changed: &[(Seen<Call>, i64)],
) -> sqlx::Result<HashMap<String, Kept>> {
    let ids: Vec<&str> = changed.iter().map(|(seen, _)| seen.value.id.as_str()).collect();
    let sql = format!(
        "SELECT {SELECT}, c.rest, c.n FROM json_each(?2) j \
         CROSS JOIN calls c ON c.account = ?1 AND c.id = j.value {JOINS}"
    );
    let rows = sqlx::query(AssertSqlSafe(sql))
        .bind(account)
        .bind(json_list(&ids))
        .fetch_all(&mut *work.tx)
        .await?;
    let mut kept = HashMap::with_capacity(rows.len());
    for row in &rows {
        let (held, raw) = read_whole(row)?;
        let n = sqlx::Row::try_get(row, "n")?;
        kept.insert(held.call.id.to_string(), Kept { n, call: held.call, raw });
    }
    Ok(kept)
}

/// Merges one call with the stored one and says how the figures move.
async fn settle(
    work: &mut Work<'_>,
    account: i64,
    (seen, hash): (Seen<Call>, i64),
    kept: Option<Kept>,
    settled: &mut Settled,
) -> sqlx::Result<()> {
    let mut spoken = !seen.value.detail.dialogue.is_empty();
    let (n, call, raw, before) = match kept {
        None => (next_row(work).await?, seen.value, seen.raw, None),
        Some(kept) => {
            let raw = raw::merge(&seen.raw, &kept.raw);
            let call = over(seen.value, kept.call.clone());
            if call == kept.call && raw == kept.raw {
                settled.same.push((call.id.to_string(), hash));
                return Ok(());
            }
            spoken = call.detail.dialogue != kept.call.detail.dialogue
                || spoken::time_of(&call) != spoken::time_of(&kept.call);
            let workflow = work.workflow_of(account, kept.call.workflow.as_ref()).await?;
            (kept.n, call, raw, Facts::of(kept.n, workflow, &kept.call))
        }
    };
    let (workflow, place) = match settled.beside(&call) {
        Some(both) => both,
        None => (
            work.workflow_of(account, call.workflow.as_ref()).await?,
            Place::of(account, &call).number(work).await?,
        ),
    };
    let after = Facts::of(n, workflow, &call);
    if before != after {
        settled.moved.push(Moved { before, after });
    }
    settled.rows.push(Row { n, call, raw, workflow, place, hash, spoken });
    Ok(())
}

async fn next_row(work: &mut Work<'_>) -> sqlx::Result<i64> {
    let n = match work.known.next_call {
        Some(n) => n,
        None => {
            sqlx::query_scalar("SELECT coalesce(max(n), 0) + 1 FROM calls")
                .fetch_one(&mut *work.tx)
                .await?
        }
    };
    work.known.next_call = Some(n + 1);
    Ok(n)
}

const FIRST_COLUMNS: [&str; 7] = ["n", "account", "id", "workflow", "place", "hash", "source"];

/// While SQLite's thread writes one statement's rows, this one packs and binds the next.
async fn write(
    work: &mut Work<'_>,
    account: i64,
    source: Source,
    rows: &[Row],
) -> sqlx::Result<()> {
    let columns: Vec<&str> = FIRST_COLUMNS.into_iter().chain(COLUMNS).chain(["rest"]).collect();
    let sql_of = |rows| upsert_sql("calls", &columns, "account, id", rows);
    let (sql_of_many, mut rest) = (sql_of(ROWS), rows);
    let mut ready: Option<(String, SqliteArguments)> = None;
    for shape in shapes(rows.len()) {
        let (chunk, after) = rest.split_at(shape);
        rest = after;
        let packer = &mut *work.packer;
        let bind = async { bind(account, source, chunk, packer) };
        let (written, arguments) = tokio::join!(execute(&mut work.tx, ready.take()), bind);
        written?;
        let sql = if shape == ROWS { sql_of_many.clone() } else { sql_of(shape) };
        ready = Some((sql, arguments?));
    }
    execute(&mut work.tx, ready).await
}

async fn execute(
    tx: &mut Transaction<'_, Sqlite>,
    statement: Option<(String, SqliteArguments)>,
) -> sqlx::Result<()> {
    if let Some((sql, arguments)) = statement {
        sqlx::query_with(AssertSqlSafe(sql), arguments).execute(&mut **tx).await?;
    }
    Ok(())
}

fn bind(
    account: i64,
    source: Source,
    rows: &[Row],
    packer: &mut Packer,
) -> sqlx::Result<SqliteArguments> {
    let mut to = SqliteArguments::default();
    let mut values = Cells::default();
    for row in rows {
        values.clear();
        values.int(Some(row.n)).int(Some(account)).text(Some(row.call.id.as_str()));
        values.int(row.workflow).int(Some(row.place)).int(Some(row.hash));
        values.int(Some(source_code(source)));
        cells(&row.call, &mut values);
        values.bind(&mut to)?;
        add(&mut to, packer.pack(&head(&row.call), &leave_out(&row.call, &row.raw))?)?;
    }
    Ok(to)
}
