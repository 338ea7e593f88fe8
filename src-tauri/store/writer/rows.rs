//! Rows by the batch: which differ from the stored ones, and writing many with few statements.

use std::collections::HashSet;

use sqlx::{AssertSqlSafe, sqlite::SqliteArguments};

use crate::store::{connection::Work, error::unreadable, raw::Packer};

/// Rows a statement. The cost of a statement through sqlx is spread over them; more gain nothing.
pub(super) const ROWS: usize = 50;

/// How many rows each statement writes: few different shapes, so that each is prepared once.
pub(super) fn shapes(mut rows: usize) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let shape = [ROWS, 10, 1].into_iter().find(|shape| *shape <= rows)?;
        rows -= shape;
        Some(shape)
    })
}

/// The statement that writes `rows` rows. All names are constants of ours.
pub(super) fn upsert_sql(table: &str, columns: &[&str], key: &str, rows: usize) -> String {
    let row = format!("({})", vec!["?"; columns.len()].join(","));
    let kept: Vec<&str> = key.split(", ").collect();
    let set: Vec<String> = columns
        .iter()
        .filter(|column| !kept.contains(column) && **column != "n")
        .map(|column| format!("{column} = excluded.{column}"))
        .collect();
    format!(
        "INSERT INTO {table} ({}) VALUES {} ON CONFLICT ({key}) DO UPDATE SET {}",
        columns.join(", "),
        vec![row; rows].join(","),
        set.join(", ")
    )
}

/// Upserts the items; `bind` binds the columns of one in their order.
pub(super) async fn upsert<T>(
    work: &mut Work<'_>,
    (table, columns, key): (&str, &[&str], &str),
    items: &[T],
    mut bind: impl FnMut(&T, &mut SqliteArguments, &mut Packer) -> sqlx::Result<()>,
) -> sqlx::Result<()> {
    let mut rest = items;
    for shape in shapes(items.len()) {
        let (chunk, after) = rest.split_at(shape);
        rest = after;
        let mut arguments = SqliteArguments::default();
        for item in chunk {
            bind(item, &mut arguments, work.packer)?;
        }
        let sql = AssertSqlSafe(upsert_sql(table, columns, key, shape));
        sqlx::query_with(sql, arguments).execute(&mut *work.tx).await?;
    }
    Ok(())
}

/// The ids whose stored hash is another one, or that are not stored. One statement and one row for
/// the whole batch, whatever its length.
pub(super) async fn differing<'i>(
    work: &mut Work<'_>,
    table: &'static str,
    account: i64,
    hashes: impl Iterator<Item = (&'i str, i64)>,
) -> sqlx::Result<HashSet<String>> {
    let sql = format!(
        "SELECT json_group_array(j.key) FROM json_each(?2) j WHERE NOT EXISTS \
         (SELECT 1 FROM {table} t WHERE t.account = ?1 AND t.id = j.key AND t.hash = j.value)"
    );
    let found: String = sqlx::query_scalar(AssertSqlSafe(sql))
        .bind(account)
        .bind(json_object(hashes)?)
        .fetch_one(&mut *work.tx)
        .await?;
    serde_json::from_str(&found).map_err(|error| unreadable(error.to_string()))
}

/// Keeps the hashes of records that, merged, changed nothing, so that they are skipped the next time.
/// It is no change that a reader could see, and none is announced.
pub(super) async fn remember(
    work: &mut Work<'_>,
    table: &'static str,
    account: i64,
    hashes: &[(String, i64)],
) -> sqlx::Result<()> {
    if hashes.is_empty() {
        return Ok(());
    }
    let sql = format!(
        "UPDATE {table} SET hash = j.value FROM json_each(?2) j \
         WHERE {table}.account = ?1 AND {table}.id = j.key"
    );
    sqlx::query(AssertSqlSafe(sql))
        .bind(account)
        .bind(json_object(hashes.iter().map(|(id, hash)| (id.as_str(), *hash)))?)
        .execute(&mut *work.tx)
        .await?;
    Ok(())
}

fn json_object<'i>(pairs: impl Iterator<Item = (&'i str, i64)>) -> sqlx::Result<String> {
    use std::fmt::Write;
    let mut json = String::from("{");
    for (key, value) in pairs {
        if json.len() > 1 {
            json.push(',');
        }
        let key = serde_json::to_string(key).map_err(|error| unreadable(error.to_string()))?;
        write!(json, "{key}:{value}").map_err(|error| unreadable(error.to_string()))?;
    }
    json.push('}');
    Ok(json)
}

pub(super) fn add<'t, T>(arguments: &mut SqliteArguments, value: T) -> sqlx::Result<()>
where
    T: sqlx::Encode<'t, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
{
    sqlx::Arguments::add(arguments, value).map_err(sqlx::Error::Encode)
}
