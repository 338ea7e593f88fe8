//! What a person writes down at a time of a recording.

use std::sync::Arc;

use tokio::sync::Mutex;

use crate::{
    domain::ids::{AccountId, CallId},
    store::{NoteWriter, Reader, StoreError, StoredNote},
    vendor::Clock,
};

/// The one owner of the handle that writes notes.
#[derive(Clone)]
pub struct Notes {
    writer: Arc<Mutex<NoteWriter>>,
    reader: Reader,
    clock: Clock,
}

impl Notes {
    pub fn new(writer: NoteWriter, reader: Reader, clock: Clock) -> Self {
        Self { writer: Arc::new(Mutex::new(writer)), reader, clock }
    }

    pub async fn of(
        &self,
        account: &AccountId,
        call: &CallId,
    ) -> Result<Vec<StoredNote>, StoreError> {
        self.reader.notes(account, call).await
    }

    pub async fn add(
        &self,
        account: &AccountId,
        call: &CallId,
        at_ms: i64,
        text: &str,
    ) -> Result<(), StoreError> {
        let mut writer = self.writer.lock().await;
        writer.add((account, call), at_ms, text, (self.clock)()).await
    }

    /// `None` takes it away. `false`: there is no such note.
    pub async fn change(
        &self,
        account: &AccountId,
        call: &CallId,
        n: i64,
        text: Option<&str>,
    ) -> Result<bool, StoreError> {
        let mut writer = self.writer.lock().await;
        writer.change((account, call), n, text, (self.clock)()).await
    }
}
