//! Files that the page asks for, and their way to the person's downloads.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use tauri::{AppHandle, State, async_runtime, ipc::Channel};

use super::{channel::tell, saved};
use crate::{
    app::Running,
    ipc::{
        export::{ExportAsk, ExportProgress, SavedExport},
        frames::UiError,
        views::{self, SavedView, ViewFolder, Views},
    },
};

/// Exports that run, by the page's own ids.
#[derive(Default)]
pub struct Exports(Mutex<HashMap<String, Arc<AtomicBool>>>);

impl Exports {
    fn begin(&self, id: &str) -> Arc<AtomicBool> {
        let stop = Arc::new(AtomicBool::new(false));
        let mut running = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        running.insert(id.to_owned(), Arc::clone(&stop));
        stop
    }

    fn take(&self, id: &str) -> Option<Arc<AtomicBool>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id)
    }
}

#[tauri::command]
pub async fn export(
    app: AppHandle,
    running: State<'_, Running>,
    exports: State<'_, Exports>,
    ask: ExportAsk,
    on_progress: Channel<ExportProgress>,
) -> Result<SavedExport, UiError> {
    let id = ask.id.clone();
    let stop = exports.begin(&id);
    let made = running.desk()?.export(ask, &stop, |step| tell(&on_progress, step)).await;
    exports.take(&id);
    let Some(file) = made? else { return Ok(SavedExport { path: None, rows: 0 }) };
    let rows = file.rows;
    let path = saved::write_new(&app, file.name, file.bytes).await?;
    Ok(SavedExport { path: Some(path), rows })
}

/// What is not running any more is cancelled already.
#[tauri::command]
pub fn cancel_export(exports: State<'_, Exports>, id: String) {
    if let Some(stop) = exports.take(&id) {
        stop.store(true, Ordering::Relaxed);
    }
}

#[tauri::command]
pub async fn views(running: State<'_, Running>) -> Result<ViewFolder, UiError> {
    at_the_disk(&running, Views::list).await
}

#[tauri::command]
pub async fn keep_view(
    running: State<'_, Running>,
    view: SavedView,
    replace: bool,
) -> Result<ViewFolder, UiError> {
    at_the_disk(&running, move |views| views.keep(view, replace)).await
}

#[tauri::command]
pub async fn remove_view(running: State<'_, Running>, name: String) -> Result<ViewFolder, UiError> {
    at_the_disk(&running, move |views| views.remove(&name)).await
}

async fn at_the_disk(
    running: &Running,
    ask: impl FnOnce(&Views) -> Result<ViewFolder, UiError> + Send + 'static,
) -> Result<ViewFolder, UiError> {
    let views = running.views();
    let asked = async_runtime::spawn_blocking(move || ask(&views)).await;
    asked.unwrap_or_else(|error| Err(views::failed("read", &error)))
}
