//! What the records of each source are made of, and how they came to differ.

use sqlx::Row;

use super::Reader;
use crate::{
    domain::{
        ids::AccountId,
        shape::{Differs, ShapeChange},
        time::Timestamp,
    },
    store::error::{During, Result},
};

impl Reader {
    /// The catalogue's keys with their shapes as they were kept.
    pub async fn shapes(&self, account: &AccountId) -> Result<Vec<(String, String)>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT key, shape FROM shapes \
                 WHERE account = (SELECT n FROM accounts WHERE account = ?1)",
            )
            .bind(account.as_str())
            .fetch_all(&self.pool)
            .await?;
            rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
        };
        let shapes: sqlx::Result<Vec<(String, String)>> = read.await;
        shapes.during("read what records are made of")
    }

    /// The newest `most` changes, the newest first.
    pub async fn shape_changes(&self, account: &AccountId, most: u32) -> Result<Vec<ShapeChange>> {
        let read = async {
            let rows = sqlx::query(
                "SELECT key, field, differs, was, now, at FROM shape_changes \
                 WHERE account = (SELECT n FROM accounts WHERE account = ?1) \
                 ORDER BY at DESC, key, field LIMIT ?2",
            )
            .bind(account.as_str())
            .bind(most)
            .fetch_all(&self.pool)
            .await?;
            let change = |row: &sqlx::sqlite::SqliteRow| {
                Ok(ShapeChange {
                    source: row.try_get(0)?,
                    field: row.try_get(1)?,
                    differs: match row.try_get::<i64, _>(2)? {
                        0 => Differs::New,
                        1 => Differs::Lacks,
                        _ => Differs::OtherType,
                    },
                    was: row.try_get(3)?,
                    now: row.try_get(4)?,
                    at: Timestamp(row.try_get(5)?),
                })
            };
            rows.iter().map(change).collect()
        };
        let changes: sqlx::Result<Vec<ShapeChange>> = read.await;
        changes.during("read how records came to differ")
    }
}
