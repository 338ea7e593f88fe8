//! From a call to its recording.

use std::{io, path::PathBuf, sync::Arc};

use bytes::Bytes;
use tokio::{
    sync::{Mutex, watch},
    task,
};
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::{
    MediaError,
    fetch::Hunt,
    kind::Kind,
    limits::Limits,
    peaks::{Shape, shape},
    shelf::{Kept, Shelf},
};
use crate::{
    domain::ids::{AccountId, CallId},
    store::Reader,
    vendor::{Clock, Reads},
};

/// Two who want the same recording share one download. Calls are spread over a few locks; two calls on
/// one lock wait for each other, which costs time only.
const LOCKS: usize = 32;

/// The recordings that were fetched, in a folder of their own.
#[derive(Clone)]
pub struct Cache {
    shelf: Arc<Shelf>,
    fetching: Arc<[Mutex<()>; LOCKS]>,
    /// Where the limits are kept.
    file: PathBuf,
    clock: Clock,
}

impl Cache {
    /// `dir` holds nothing else; the limits stand in a file beside it.
    pub fn open(dir: PathBuf, clock: Clock) -> Result<Self, MediaError> {
        let file = dir.with_extension("toml");
        let shelf = Shelf::open(dir, Limits::kept_in(&file), clock())
            .map_err(|source| disk("open the recordings' folder", source))?;
        let fetching = Arc::new(std::array::from_fn(|_| Mutex::new(())));
        Ok(Self { shelf: Arc::new(shelf), fetching, file, clock })
    }

    /// What lies there now, without a look at the disk.
    pub fn kept(&self) -> Kept {
        self.shelf.kept()
    }

    /// Whether a call's recording can be had without a network, without a look at the disk.
    pub fn keeps(&self, account: &AccountId, call: &CallId) -> bool {
        self.shelf.has(&file_name(account, call))
    }

    /// Turns whenever a recording is kept or goes.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.shelf.changes()
    }

    /// Lets go what is over the limits; answers how many went.
    pub async fn tidy(&self) -> Result<usize, MediaError> {
        let now = (self.clock)();
        self.work("tidy the recordings", move |shelf| Ok(shelf.tidy(now))).await
    }

    /// Keeps these limits, which hold at once; answers how many recordings went for it.
    pub async fn limit(&self, limits: Limits) -> Result<usize, MediaError> {
        let (file, now) = (self.file.clone(), (self.clock)());
        self.work("keep the limits of the recordings", move |shelf| {
            limits.keep_in(&file)?;
            Ok(shelf.limit(limits, now))
        })
        .await
    }

    /// Removes all of them; answers how many there were.
    pub async fn clear(&self) -> Result<usize, MediaError> {
        self.work("remove the kept recordings", Shelf::clear).await
    }

    async fn work(
        &self,
        operation: &'static str,
        work: impl FnOnce(&Shelf) -> io::Result<usize> + Send + 'static,
    ) -> Result<usize, MediaError> {
        let shelf = Arc::clone(&self.shelf);
        let done = task::spawn_blocking(move || work(&shelf)).await.map_err(io::Error::other);
        done.flatten().map_err(|source| disk(operation, source))
    }

    /// A call's recording as the vendor has it: from the cache, else downloaded and checked to be
    /// audio. Without keys there are no `reads`, and only what is kept can be had.
    pub async fn recording(
        &self,
        reads: Option<&Reads>,
        reader: &Reader,
        account: &AccountId,
        call: &CallId,
    ) -> Result<Bytes, MediaError> {
        let name = file_name(account, call);
        let lock = xxh3_64(name.as_bytes()) as usize % LOCKS;
        let _alone = self.fetching[lock].lock().await;
        if let Some(bytes) = self.at_hand(name.clone()).await {
            return Ok(bytes);
        }
        let stored = reader.call(account, call).await?.map(|stored| stored.call);
        let reads = reads.ok_or(MediaError::NoKeys)?;
        let hunt = Hunt { reads, reader, account, call, stored: stored.as_ref() };
        let bytes = hunt.recording().await?;
        self.keep(name, bytes.clone()).await;
        Ok(bytes)
    }

    /// What the player draws for the recording that [`Cache::recording`] gives.
    pub async fn peaks(
        &self,
        reads: Option<&Reads>,
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

    async fn at_hand(&self, name: String) -> Option<Bytes> {
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
        let (shelf, now) = (self.shelf.clone(), (self.clock)());
        match task::spawn_blocking(move || shelf.put(&name, &bytes, now)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "a recording could not be kept in the cache"),
            Err(error) => tracing::warn!(%error, "keeping a recording ended early"),
        }
    }
}

fn disk(operation: &'static str, source: io::Error) -> MediaError {
    MediaError::Disk { operation, source }
}

/// Says nothing to somebody who reads the folder, and is a valid name on every system.
fn file_name(account: &AccountId, call: &CallId) -> String {
    format!("{:032x}", xxh3_128(format!("{}\0{}", account.as_str(), call.as_str()).as_bytes()))
}
