//! Bodies of webhooks and files, kept before they are understood.

use sqlx::Row;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    cells::source_code,
    connection::{Shared, Work},
    error::{During, Result},
    raw::unpack_bytes,
    rows::{Arrival, Received},
};

/// Keeps what arrives. There is one; it belongs to the webhook receiver and the file import.
pub struct InboxWriter {
    shared: Shared,
}

impl InboxWriter {
    pub(super) fn new(shared: Shared) -> Self {
        Self { shared }
    }

    /// Durable when it returns: only then may the sender be told that the event arrived. The same
    /// bytes of the same account are kept once.
    pub async fn receive(&mut self, event: &Received) -> Result<Arrival> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let account = work.account(&event.account).await?;
            let hash = xxh3_64(&event.body).cast_signed();
            if arrived_before(&mut work, account, hash, &event.body).await? {
                work.commit().await?;
                return Ok(Arrival::Duplicate);
            }
            let id = insert(&mut work, account, hash, event).await?;
            work.commit().await?;
            Ok(Arrival::New(id))
        };
        write.await.during("keep a received event")
    }
}

/// The hash only finds candidates: it is no cryptographic one, and whoever can send a body must not be
/// able to make another one disappear.
async fn arrived_before(
    work: &mut Work<'_>,
    account: i64,
    hash: i64,
    body: &[u8],
) -> sqlx::Result<bool> {
    let rows = sqlx::query("SELECT body FROM inbox WHERE account = ?1 AND hash = ?2")
        .bind(account)
        .bind(hash)
        .fetch_all(&mut *work.tx)
        .await?;
    for row in &rows {
        if unpack_bytes(row.try_get(0)?)? == body {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn insert(
    work: &mut Work<'_>,
    account: i64,
    hash: i64,
    event: &Received,
) -> sqlx::Result<i64> {
    let body = work.packer.pack_bytes(&event.body)?;
    let inserted = sqlx::query(
        "INSERT INTO inbox (account, at, source, path, signature, hash, body) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )
    .bind(account)
    .bind(event.at.millis())
    .bind(source_code(event.source))
    .bind(event.path.as_str())
    .bind(event.signature.as_deref())
    .bind(hash)
    .bind(body)
    .execute(&mut *work.tx)
    .await?;
    Ok(inserted.last_insert_rowid())
}
