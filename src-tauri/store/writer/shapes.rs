//! What the records of each source are made of.

use crate::{
    domain::shape::{Differs, ShapeChange},
    store::{connection::Work, rows::ShapeMark},
};

pub(super) async fn put(work: &mut Work<'_>, account: i64, mark: &ShapeMark) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO shapes (account, key, shape) VALUES (?1, ?2, ?3) \
         ON CONFLICT (account, key) DO UPDATE SET shape = excluded.shape",
    )
    .bind(account)
    .bind(mark.key.as_str())
    .bind(mark.shape.as_str())
    .execute(&mut *work.tx)
    .await?;
    for change in &mark.changes {
        tell(work, account, change).await?;
    }
    Ok(())
}

/// The first time stays: a change is told once.
async fn tell(work: &mut Work<'_>, account: i64, change: &ShapeChange) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO shape_changes (account, key, field, differs, was, now, at) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
    )
    .bind(account)
    .bind(change.source.as_str())
    .bind(change.field.as_str())
    .bind(code(change.differs))
    .bind(change.was.as_str())
    .bind(change.now.as_str())
    .bind(change.at.millis())
    .execute(&mut *work.tx)
    .await?;
    Ok(())
}

fn code(differs: Differs) -> i64 {
    match differs {
        Differs::New => 0,
        Differs::Lacks => 1,
        Differs::OtherType => 2,
    }
}
