//! A folder into which something else saves webhook bodies. Files are read where they are: nothing is
//! moved, renamed or removed.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::sync::{Mutex, Notify, watch};

use super::{
    import::{self, Imported},
    intake::Intake,
    receiver::Clock,
};
use crate::{
    domain::time::Timestamp,
    store::{Arrival, InboxWriter, StoreError},
};

/// How often the folder is looked at.
const EVERY: Duration = Duration::from_secs(2);
/// Faults that are shown; a folder of other things would fill the screen.
const MOST_REFUSED: usize = 20;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderHealth {
    pub looked_at: Option<Timestamp>,
    /// Bodies that were new, since the start.
    pub taken: u64,
    /// Files with something in them that could not be taken, with the reason, the latest last.
    pub refused: Vec<(String, String)>,
    /// Why the folder itself cannot be read.
    pub error: Option<String>,
}

/// A file as the folder lists it: read again only when this changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Shape {
    size: u64,
    modified: Option<SystemTime>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// Seen once: it may still be being written.
    Growing(Shape),
    Read(Shape),
}

pub struct Folder {
    path: PathBuf,
    intake: Arc<Intake>,
    inbox: Arc<Mutex<InboxWriter>>,
    known: HashMap<PathBuf, Known>,
    pub health: FolderHealth,
}

impl Folder {
    pub fn new(path: PathBuf, intake: Arc<Intake>, inbox: Arc<Mutex<InboxWriter>>) -> Self {
        Self { path, intake, inbox, known: HashMap::new(), health: FolderHealth::default() }
    }

    /// Takes every file that has not changed since the last look and was not taken before. Answers
    /// how many bodies were new.
    pub async fn look(&mut self, now: Timestamp) -> u64 {
        self.health.looked_at = Some(now);
        let files = match list(&self.path).await {
            Ok(files) => files,
            Err(error) => {
                self.health.error = Some(format!("the folder cannot be read: {error}"));
                return 0;
            }
        };
        self.health.error = None;
        self.known.retain(|file, _| files.contains_key(file));
        let mut new = 0;
        for (file, shape) in files {
            match self.known.get(&file) {
                Some(Known::Read(known)) if *known == shape => {}
                Some(Known::Growing(known)) if *known == shape => {
                    match self.take(&file, now).await {
                        Ok(bodies) => {
                            new += bodies;
                            self.known.insert(file, Known::Read(shape));
                        }
                        Err(error) => self.refuse(&file, error.to_string()),
                    }
                }
                _ => {
                    self.known.insert(file, Known::Growing(shape));
                }
            }
        }
        self.health.taken += new;
        new
    }

    /// The file is remembered only after its bodies: a crash between the two reads it again, and its
    /// bodies are recognised.
    async fn take(&mut self, file: &Path, now: Timestamp) -> Result<u64, StoreError> {
        let text = match import::read(file).await {
            Ok(text) => text,
            Err(error) => {
                self.refuse(file, error.to_string());
                return Ok(0);
            }
        };
        let mut inbox = self.inbox.lock().await;
        if inbox.took_file(&self.intake.account, &text).await? {
            return Ok(0);
        }
        let imported = import::take_in(&text, file, &self.intake, &mut inbox, now).await;
        inbox.take_file(&self.intake.account, &text).await?;
        drop(inbox);
        let mut new = 0;
        for Imported { body, result, .. } in imported {
            match result {
                Ok(Arrival::New(_)) => new += 1,
                Ok(Arrival::Duplicate) => {}
                Err(import::ImportError::Store(error)) => return Err(error),
                Err(error) => self.refuse(file, format!("body {body}: {error}")),
            }
        }
        Ok(new)
    }

    fn refuse(&mut self, file: &Path, why: String) {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let refused = &mut self.health.refused;
        refused.retain(|(known, _)| *known != name);
        refused.push((name, why));
        if refused.len() > MOST_REFUSED {
            refused.remove(0);
        }
    }
}

/// Plain files that are not hidden and do not look half-written, by path.
async fn list(folder: &Path) -> std::io::Result<std::collections::BTreeMap<PathBuf, Shape>> {
    let mut files = std::collections::BTreeMap::new();
    let mut entries = tokio::fs::read_dir(folder).await?;
    while let Some(entry) = entries.next_entry().await? {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let unfinished = [".tmp", ".part", ".swp", "~"].iter().any(|end| name.ends_with(end));
        if name.starts_with('.') || unfinished {
            continue;
        }
        // It may be gone by now.
        let Ok(about) = entry.metadata().await else { continue };
        if about.is_file() {
            files.insert(path, Shape { size: about.len(), modified: about.modified().ok() });
        }
    }
    Ok(files)
}

/// Looks at the folder until `stop`.
pub async fn watch(
    mut folder: Folder,
    wake: Arc<Notify>,
    clock: Clock,
    health: watch::Sender<FolderHealth>,
    mut stop: watch::Receiver<bool>,
) {
    loop {
        if folder.look(clock()).await > 0 {
            wake.notify_one();
        }
        health.send_replace(folder.health.clone());
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = stopped(&mut stop) => return,
        }
    }
}

/// Ends when the app does, or when nobody is left who could say so.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    drop(stop.wait_for(|stop| *stop).await);
}
