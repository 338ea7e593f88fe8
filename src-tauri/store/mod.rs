//! What was ever read, on disk: SQLite through sqlx.
//!
//! One store for all accounts. One connection writes ([`Writer`], [`AuditWriter`], [`InboxWriter`],
//! [`AlertWriter`], [`NoteWriter`] and [`SpokenWriter`] are six doors to it, none of them clonable), a few read ([`Reader`]). A write compares with what
//! is stored, writes only what differs, appends the *keys* of that to the change log in the same
//! transaction, commits, and only then raises the [`Seq`] that readers wait for. Readers read rows,
//! never the log's content, so nothing they see is stale.
//!
//! The schema with its data dictionary is in `migrations/`.

mod alerts;
mod audit;
mod calls;
mod cells;
mod connection;
mod error;
mod events;
mod feed;
mod inbox;
mod notes;
mod raw;
mod reader;
mod records;
mod rows;
mod spoken;
#[cfg(test)]
mod tests;
mod writer;

use std::{path::Path, sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::{Mutex, watch};

use self::connection::Connected;
pub use self::{
    alerts::{
        AlertChanges, AlertWriter, CalledAgain, CallsWithin, Contacted, FailedWorkflow,
        OpenSession, RoundWindows, RunningWorkflow, SessionWindows, StoredAlert, Windows,
    },
    audit::AuditWriter,
    error::{Result, StoreError},
    inbox::InboxWriter,
    notes::{NoteWriter, StoredNote},
    reader::{Indexed, NodeTally, Reader, RoundTally, Spoken, SpokenAsk, StoredSpoken, TrendPoint},
    rows::*,
    spoken::SpokenWriter,
    writer::Writer,
};

/// An open store: its doors, each to be handed to the one room that it is for.
pub struct Opened {
    pub writer: Writer,
    pub audit: AuditWriter,
    pub inbox: InboxWriter,
    pub alerts: AlertWriter,
    pub notes: NoteWriter,
    pub spoken: SpokenWriter,
    pub reader: Reader,
}

/// A list and the counts beside it, while another list and a look-up go on.
const READERS: u32 = 3;

/// How long another process (a second copy of the app, a backup) may hold the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// Opens the file, or makes it with its folder, and brings its schema up to date. A damaged file, one
/// of a newer version and one that is no store are refused in words and not touched.
pub async fn open(file: &Path) -> Result<Opened> {
    make_folder(file)?;
    let mut conn = connect_writer(file).await?;
    let newest = connection::newest(&mut conn).await.map_err(|e| error::on_open(e, file))?;
    let (raise, seq) = watch::channel(newest);
    let connected = Connected::new(conn, raise).map_err(|e| error::on_open(e, file))?;
    let shared = Arc::new(Mutex::new(connected));
    let pool = SqlitePoolOptions::new()
        .max_connections(READERS)
        .min_connections(READERS)
        .connect_with(reader_options(file))
        .await
        .map_err(|e| error::on_open(e, file))?;
    Ok(Opened {
        writer: Writer::new(Arc::clone(&shared)),
        audit: AuditWriter::new(Arc::clone(&shared)),
        inbox: InboxWriter::new(Arc::clone(&shared)),
        alerts: AlertWriter::new(Arc::clone(&shared)),
        notes: NoteWriter::new(Arc::clone(&shared)),
        spoken: SpokenWriter::new(shared),
        reader: Reader::new(pool, seq),
    })
}

async fn connect_writer(file: &Path) -> Result<SqliteConnection> {
    let mut conn = writer_options(file).connect().await.map_err(|e| error::on_open(e, file))?;
    sqlx::migrate!("src-tauri/store/migrations")
        .run(&mut conn)
        .await
        .map_err(|e| error::on_migrate(e, file))?;
    feed::prune(&mut conn).await.map_err(|e| error::on_open(e, file))?;
    Ok(conn)
}

fn writer_options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // A commit of the inbox or the journal must survive a power cut: the sender of an event is
        // told that it arrived, and a stop is sent after its line is written.
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE)
        // 64 MB: the indexes of the workflows being written stay in memory.
        .pragma("cache_size", "-65536")
        .pragma("temp_store", "memory")
        // 64 MB of log between checkpoints: fewer, larger writes of the same pages.
        .pragma("wal_autocheckpoint", "16384")
        .disable_statement_logging()
}

fn reader_options(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .read_only(true)
        .busy_timeout(PATIENCE)
        .pragma("cache_size", "-16384")
        .pragma("temp_store", "memory")
        .disable_statement_logging()
}

/// Callees' numbers are in the file: nobody else on the machine may read the folder that we make.
fn make_folder(file: &Path) -> Result<()> {
    let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) else {
        return Ok(());
    };
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|source| StoreError::Folder { path: folder.to_owned(), source })
}
