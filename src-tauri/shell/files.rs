//! Files that the page asks for, and their way to the person's downloads.

use tauri::{AppHandle, State, async_runtime, ipc::Channel};

use super::{channel::tell, saved, work::LongWork};
use crate::{
    app::Running,
    ipc::{
        export::{ExportAsk, ExportProgress, SavedExport},
        frames::UiError,
        views::{self, SavedView, ViewFolder, Views},
    },
};

#[tauri::command]
pub async fn export(
    app: AppHandle,
    running: State<'_, Running>,
    works: State<'_, LongWork>,
    ask: ExportAsk,
    on_progress: Channel<ExportProgress>,
) -> Result<SavedExport, UiError> {
    let (desk, id) = (running.desk()?, ask.id.clone());
    let made = works.run(&id, desk.export(ask, |step| tell(&on_progress, step))).await;
    let Some(file) = made.transpose()? else { return Ok(SavedExport { path: None, rows: 0 }) };
    let rows = file.rows;
    let path = saved::write_new(&app, file.name, file.bytes).await?;
    Ok(SavedExport { path: Some(path), rows })
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
