//! From a call to its recording.

use std::{path::PathBuf, sync::Arc};

use bytes::Bytes;
use tokio::{sync::Mutex, task};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::{
    MediaError,
    fetch::Hunt,
    kind::Kind,
    peaks::{Shape, shape},
    shelf::Shelf,
};
use crate::{
    domain::ids::{AccountId, CallId},
    store::Reader,
    vendor::Reads,
};

/// Of 2 GB some 700 recordings of the usual length are at hand without a network.
pub const DEFAULT_CAP_BYTES: u64 = 2 * 1024 * 1024 * 1024;

/// Two who want the same recording share one download. Calls are spread over a few locks; two calls on
/// one lock wait for each other, which costs time only.
const LOCKS: usize = 32;

/// The recordings that were fetched, in a folder of their own.
#[derive(Clone)]
pub struct Cache {
    shelf: Arc<Shelf>,
    fetching: Arc<[Mutex<()>; LOCKS]>,
}

impl Cache {
    /// `dir` holds nothing else.
    pub fn new(dir: PathBuf, cap_bytes: u64) -> Result<Self, MediaError> {
        let shelf = Shelf::open(dir, cap_bytes).map_err(|source| MediaError::Disk {
            operation: "open the recordings' folder",
            source,
        })?;
        let fetching = Arc::new(std::array::from_fn(|_| Mutex::new(())));
        Ok(Self { shelf: Arc::new(shelf), fetching })
    }

    /// A call's recording as the vendor has it: from the cache, else downloaded and checked to be
    /// audio.
    pub async fn recording(
        &self,
        reads: &Reads,
        reader: &Reader,
        account: &AccountId,
        call: &CallId,
    ) -> Result<Bytes, MediaError> {
        let name = file_name(account, call);
        let lock = xxh3_64(name.as_bytes()) as usize % LOCKS;
        let _alone = self.fetching[lock].lock().await;
        if let Some(bytes) = self.kept(name.clone()).await {
            return Ok(bytes);
        }
        let stored = reader.call(account, call).await?.map(|stored| stored.call);
        let hunt = Hunt { reads, reader, account, call, stored: stored.as_ref() };
        let bytes = hunt.recording().await?;
        self.keep(name, bytes.clone()).await;
        Ok(bytes)
    }

    /// What the player draws for the recording that [`Cache::recording`] gives.
    pub async fn peaks(
        &self,
        reads: &Reads,
        reader: &Reader,
        account: &AccountId,
        call: &CallId,
    ) -> Result<Shape, MediaError> {
        let bytes = self.recording(reads, reader, account, call).await?;
        task::spawn_blocking(move || shape(&bytes)).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "a recording could not be decoded");
            Err(MediaError::NoShape { why: "the decoder gave up".to_owned() })
        })
    }

    async fn kept(&self, name: String) -> Option<Bytes> {
        let shelf = self.shelf.clone();
        let found = task::spawn_blocking(move || {
            let bytes = shelf.get(&name)?;
            // A machine that lost power can leave a file of the right name and no content.
            if Kind::of(&bytes).is_none() {
                shelf.drop_file(&name);
                return None;
            }
            Some(bytes)
        });
        found.await.ok().flatten()
    }

    /// A recording that cannot be kept can be heard all the same.
    async fn keep(&self, name: String, bytes: Bytes) {
        let shelf = self.shelf.clone();
        match task::spawn_blocking(move || shelf.put(&name, &bytes)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "a recording could not be kept in the cache"),
            Err(error) => tracing::warn!(%error, "keeping a recording ended early"),
        }
    }
}

/// Says nothing to somebody who reads the folder, and is a valid name on every system.
fn file_name(account: &AccountId, call: &CallId) -> String {
    format!("{:032x}", xxh3_128(format!("{}\0{}", account.as_str(), call.as_str()).as_bytes()))
}
