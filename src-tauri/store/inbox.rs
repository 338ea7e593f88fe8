//! Bodies of webhooks and files, kept before they are understood.

use sqlx::Row;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    cells::{signature_code, signature_of, source_code},
    connection::{Shared, Work},
    error::{During, Result},
    events::{self, Counted},
    raw::unpack_bytes,
    rows::{Arrival, EventState, Kind, Op, Received},
};
use crate::domain::{chat::Signature, ids::AccountId, time::Timestamp};

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
        let arrived = self.receive_all(std::slice::from_ref(event)).await?;
        Ok(arrived.first().copied().unwrap_or(Arrival::Duplicate))
    }

    /// All of them in one transaction: what arrives at once shares the wait for the disk.
    pub async fn receive_all(&mut self, events: &[Received]) -> Result<Vec<Arrival>> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let arrived = take_all(&mut work, events).await?;
            work.commit().await?;
            Ok(arrived)
        };
        write.await.during("keep a received event")
    }

    /// What a relay handed out up to `cursor`: events and cursor together or neither.
    pub async fn receive_pulled(
        &mut self,
        account: &AccountId,
        relay: &str,
        cursor: &str,
        events: &[Received],
    ) -> Result<Vec<Arrival>> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let arrived = take_all(&mut work, events).await?;
            let account = work.account(account).await?;
            sqlx::query(
                "INSERT INTO relay_cursors (account, relay, cursor) VALUES (?1, ?2, ?3) \
                 ON CONFLICT (account, relay) DO UPDATE SET cursor = excluded.cursor",
            )
            .bind(account)
            .bind(relay)
            .bind(cursor)
            .execute(&mut *work.tx)
            .await?;
            work.commit().await?;
            Ok(arrived)
        };
        write.await.during("keep what the relay sent")
    }

    /// Remembers a file of a watched folder by its content.
    pub async fn take_file(&mut self, account: &AccountId, content: &[u8]) -> Result<()> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let account = work.account(account).await?;
            sqlx::query(
                "INSERT INTO files_taken (account, hash, size) VALUES (?1, ?2, ?3) \
                 ON CONFLICT DO NOTHING",
            )
            .bind(account)
            .bind(xxh3_64(content).cast_signed())
            .bind(size_of(content))
            .execute(&mut *work.tx)
            .await?;
            work.commit().await
        };
        write.await.map(|_| ()).during("remember a file")
    }

    /// Whether a file of this content was taken in before.
    pub async fn took_file(&mut self, account: &AccountId, content: &[u8]) -> Result<bool> {
        let mut connected = self.shared.lock().await;
        let read = async {
            let mut work = connected.begin().await?;
            let account = work.account(account).await?;
            let known: i64 = sqlx::query_scalar(
                "SELECT count(*) FROM files_taken WHERE account = ?1 AND hash = ?2 AND size = ?3",
            )
            .bind(account)
            .bind(xxh3_64(content).cast_signed())
            .bind(size_of(content))
            .fetch_one(&mut *work.tx)
            .await?;
            work.commit().await?;
            Ok(known > 0)
        };
        read.await.during("look a file up")
    }

    /// Lets one quarantined body be merged after all, because a person vouches for it.
    pub async fn release(&mut self, account: &AccountId, id: i64) -> Result<bool> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let account = work.account(account).await?;
            let one = format!("state = 2 AND id = {id}");
            let released = events::reset(&mut work, account, &one).await?;
            sqlx::query("UPDATE inbox SET enforced = 0 WHERE account = ?1 AND id = ?2")
                .bind(account)
                .bind(id)
                .execute(&mut *work.tx)
                .await?;
            work.commit().await?;
            Ok(released > 0)
        };
        write.await.during("release an event")
    }

    /// The body of an encrypted event, opened after all; it is drained then.
    pub async fn unsealed(&mut self, account: &AccountId, id: i64, body: &[u8]) -> Result<()> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let account = work.account(account).await?;
            let packed = work.packer.pack_bytes(body)?;
            sqlx::query(
                "UPDATE inbox SET body = ?3, hash = ?4, sealed = NULL \
                 WHERE account = ?1 AND id = ?2 AND sealed IS NOT NULL",
            )
            .bind(account)
            .bind(id)
            .bind(packed)
            .bind(xxh3_64(body).cast_signed())
            .execute(&mut *work.tx)
            .await?;
            events::reset(&mut work, account, &format!("state = 4 AND id = {id}")).await?;
            work.commit().await
        };
        write.await.map(|_| ()).during("keep an opened event")
    }

    /// Forgets how many signatures matched: another algorithm or secret is being tried.
    pub async fn forget_signatures(&mut self, account: &AccountId) -> Result<()> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let mut work = connected.begin().await?;
            let account = work.account(account).await?;
            sqlx::query("DELETE FROM signature_tallies WHERE account = ?1")
                .bind(account)
                .execute(&mut *work.tx)
                .await?;
            work.commit().await
        };
        write.await.map(|_| ()).during("forget the compared signatures")
    }

    /// Throws away bodies received before `before`, whatever became of them: a relay, which drains
    /// nothing, keeps what it has for a while only.
    pub async fn forget_before(&mut self, before: Timestamp) -> Result<u64> {
        let mut connected = self.shared.lock().await;
        let write = async {
            let work = connected.begin().await?;
            let mut work = work;
            let gone = sqlx::query("DELETE FROM inbox WHERE at < ?1")
                .bind(before.millis())
                .execute(&mut *work.tx)
                .await?
                .rows_affected();
            work.commit().await?;
            Ok(gone)
        };
        write.await.during("throw old events away")
    }
}

fn size_of(bytes: &[u8]) -> i64 {
    i64::try_from(bytes.len()).unwrap_or(i64::MAX)
}

async fn take_all(work: &mut Work<'_>, events: &[Received]) -> sqlx::Result<Vec<Arrival>> {
    let mut arrived = Vec::with_capacity(events.len());
    for event in events {
        arrived.push(take(work, event).await?);
    }
    Ok(arrived)
}

async fn take(work: &mut Work<'_>, event: &Received) -> sqlx::Result<Arrival> {
    let account = work.account(&event.account).await?;
    let hash = xxh3_64(&event.body).cast_signed();
    let arrival = match arrived_before(work, account, hash, &event.body).await? {
        Some(earlier) if earlier.is_doubted() && !doubted(event.verdict, event.enforced) => {
            believe(work, account, earlier.id, event).await?;
            Arrival::New(earlier.id)
        }
        Some(_) => return Ok(Arrival::Duplicate),
        None => Arrival::New(insert(work, account, hash, event).await?),
    };
    compare(work, account, event.verdict).await?;
    if let Arrival::New(id) = arrival {
        work.announce(Kind::Event, Op::Upsert, account, vec![id.to_string()]);
    }
    Ok(arrival)
}

/// A body that came before with the same bytes.
struct Earlier {
    id: i64,
    verdict: Signature,
    enforced: bool,
}

impl Earlier {
    fn is_doubted(&self) -> bool {
        doubted(self.verdict, self.enforced)
    }
}

/// Whoever can send a body with a wrong signature must not make the right one a mere duplicate.
fn doubted(verdict: Signature, enforced: bool) -> bool {
    enforced && matches!(verdict, Signature::Mismatched | Signature::Unsigned)
}

/// The hash only finds candidates: it is no cryptographic one, and whoever can send a body must not be
/// able to make another one disappear.
async fn arrived_before(
    work: &mut Work<'_>,
    account: i64,
    hash: i64,
    body: &[u8],
) -> sqlx::Result<Option<Earlier>> {
    let rows = sqlx::query(
        "SELECT body, id, verdict, enforced FROM inbox WHERE account = ?1 AND hash = ?2",
    )
    .bind(account)
    .bind(hash)
    .fetch_all(&mut *work.tx)
    .await?;
    for row in &rows {
        if unpack_bytes(row.try_get(0)?)? == body {
            let verdict = signature_of(row.try_get(2)?);
            let (id, enforced) = (row.try_get(1)?, row.try_get::<i64, _>(3)? != 0);
            return Ok(Some(Earlier { id, verdict, enforced }));
        }
    }
    Ok(None)
}

/// The same bytes came again with a better signature.
async fn believe(work: &mut Work<'_>, account: i64, id: i64, event: &Received) -> sqlx::Result<()> {
    events::reset(work, account, &format!("id = {id}")).await?;
    sqlx::query(
        "UPDATE inbox SET signature = ?2, verdict = ?3, enforced = ?4, at = ?5 WHERE id = ?1",
    )
    .bind(id)
    .bind(event.signature.as_deref())
    .bind(signature_code(event.verdict))
    .bind(event.enforced)
    .bind(event.at.millis())
    .execute(&mut *work.tx)
    .await?;
    Ok(())
}

async fn compare(work: &mut Work<'_>, account: i64, verdict: Signature) -> sqlx::Result<()> {
    let (matched, mismatched) = match verdict {
        Signature::Matched => (1, 0),
        Signature::Mismatched => (0, 1),
        _ => return Ok(()),
    };
    sqlx::query(
        "INSERT INTO signature_tallies (account, matched, mismatched) VALUES (?1, ?2, ?3) \
         ON CONFLICT (account) DO UPDATE SET matched = matched + excluded.matched, \
         mismatched = mismatched + excluded.mismatched",
    )
    .bind(account)
    .bind(matched)
    .bind(mismatched)
    .execute(&mut *work.tx)
    .await?;
    Ok(())
}

async fn insert(
    work: &mut Work<'_>,
    account: i64,
    hash: i64,
    event: &Received,
) -> sqlx::Result<i64> {
    let body = work.packer.pack_bytes(&event.body)?;
    // What could not be opened is not looked at again until it is.
    let state = match event.sealed {
        Some(_) => EventState::Unreadable,
        None => EventState::Waiting,
    };
    let kind = event.sealed.as_ref().map(|_| UNREADABLE);
    let inserted = sqlx::query(
        "INSERT INTO inbox (account, at, source, path, signature, hash, body, state, kind, error, \
         verdict, enforced, sealed, size) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?10, ?13)",
    )
    .bind(account)
    .bind(event.at.millis())
    .bind(source_code(event.source))
    .bind(event.path.as_str())
    .bind(event.signature.as_deref())
    .bind(hash)
    .bind(body)
    .bind(state.code())
    .bind(kind)
    .bind(event.sealed.as_deref())
    .bind(signature_code(event.verdict))
    .bind(event.enforced)
    .bind(size_of(&event.body))
    .execute(&mut *work.tx)
    .await?;
    if kind.is_some() {
        let counted = Counted { kind: UNREADABLE, state, at: event.at };
        events::count(work, account, &counted).await?;
    }
    Ok(inserted.last_insert_rowid())
}

const UNREADABLE: &str = "unreadable";
