//! Webhooks and saved bodies of them: kept in the durable inbox, then acknowledged.
//!
//! What a body says is not looked at here beyond its being JSON; the sync room drains the inbox. So a
//! body that nobody understands yet is not lost, and the vendor gets its answer fast.

mod ask;
mod bodies;
pub mod folder;
mod import;
mod intake;
mod receiver;
pub mod relay;
mod seal;

pub use self::{
    ask::{Language, ask_text},
    bodies::Unreadable,
    import::{ImportError, Imported, import},
    intake::{Envelope, Intake, NotJson, OFFER_ENFORCE_AFTER, SignatureCheck},
    receiver::{Clock, HookServerError, Letterbox, Receiver, ReceiverOptions, serve},
    seal::{Cipher, Encoding, Iv, Seal, SealError},
};
use crate::{
    domain::ids::AccountId,
    store::{InboxWriter, Reader, StoreError},
};

/// The most that one webhook's body may hold: 5 MB.
pub const BODY_LIMIT: usize = 5 * 1024 * 1024;

/// A secret segment for a webhook's address: 128 random bits as hex. `None` when the machine has no
/// randomness to give.
pub fn new_segment() -> Option<String> {
    let mut bits = [0_u8; 16];
    getrandom::fill(&mut bits).ok()?;
    Some(bits.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Tries to open the encrypted bodies that were kept unopened, after the user corrected how. Answers
/// how many opened; the reasons of the others stay.
pub async fn open_sealed(
    seal: &Seal,
    account: &AccountId,
    reader: &Reader,
    inbox: &mut InboxWriter,
) -> Result<u64, StoreError> {
    /// So many at a time are held in memory, and so many are tried at all.
    const MOST: u32 = 10_000;
    let mut opened = 0;
    for event in reader.sealed_events(account, MOST).await? {
        if let Ok(Some(body)) = seal.open(&event.body) {
            inbox.unsealed(account, event.id, &body).await?;
            opened += 1;
        }
    }
    Ok(opened)
}

#[cfg(test)]
mod tests;
