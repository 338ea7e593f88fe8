//! What the page can ask, word for word what `ipc` offers. The commands that change subscriptions run
//! in the order in which they were asked, on the main thread; those that wait are async.

use tauri::{
    AppHandle, State, Webview,
    ipc::{Channel, Response},
};

use super::{channel::Windows, saved, window::Start};
use crate::{
    app::Running,
    ipc::{
        alerts::{AlertSettingsDraft, AlertSettingsView},
        course::CourseView,
        dto::{ReceiptDto, VerbDto},
        frames::{ActRequest, BlastRadius, Frame, Hello, NumberOf, Peaks, Query, UiError},
        listening::{NoteChange, NoteRow},
        page::PageWords,
        saved::not_printed,
    },
};

#[tauri::command]
pub fn connect(
    webview: Webview,
    running: State<'_, Running>,
    windows: State<'_, Windows>,
    channel: Channel<Vec<Frame>>,
) -> Result<Hello, UiError> {
    let desk = running.desk()?;
    windows.connect(webview.label(), desk.open_window(), channel);
    Ok(desk.hello())
}

#[tauri::command]
pub fn watch(
    webview: Webview,
    windows: State<'_, Windows>,
    sub: u32,
    query: Query,
) -> Result<(), UiError> {
    windows.handle(webview.label())?.watch(sub, query)
}

#[tauri::command]
pub fn unwatch(webview: Webview, windows: State<'_, Windows>, sub: u32) -> Result<(), UiError> {
    windows.handle(webview.label())?.unwatch(sub);
    Ok(())
}

#[tauri::command]
pub fn resync(webview: Webview, windows: State<'_, Windows>, sub: u32) -> Result<(), UiError> {
    windows.handle(webview.label())?.resync(sub);
    Ok(())
}

#[tauri::command]
pub async fn blast_radius(
    running: State<'_, Running>,
    verb: VerbDto,
    target: String,
    number_of: Option<NumberOf>,
) -> Result<BlastRadius, UiError> {
    running.desk()?.blast_radius(verb, target, number_of).await
}

#[tauri::command]
pub async fn act(running: State<'_, Running>, request: ActRequest) -> Result<ReceiptDto, UiError> {
    running.desk()?.act(request).await
}

#[tauri::command]
pub async fn peaks(running: State<'_, Running>, call: String) -> Result<Peaks, UiError> {
    running.desk()?.peaks(call).await
}

/// Bytes, not a list of numbers: the page makes a blob of them, the only source of sound that
/// WebKitGTK plays (tauri issue 3725).
#[tauri::command]
pub async fn recording(running: State<'_, Running>, call: String) -> Result<Response, UiError> {
    Ok(Response::new(Vec::from(running.desk()?.recording(call).await?)))
}

/// Answers where the file is.
#[tauri::command]
pub async fn save_session(
    app: AppHandle,
    running: State<'_, Running>,
    session: String,
    words: PageWords,
) -> Result<String, UiError> {
    let page = running.desk()?.session_page(&session, &words).await?;
    saved::write_new(&app, page.name, page.html.into_bytes()).await
}

/// The system's dialog, which `window.print` does not open in every web view.
#[tauri::command]
pub fn print(webview: Webview) -> Result<(), UiError> {
    webview.print().map_err(|error| not_printed(&error))
}

#[tauri::command]
pub async fn course(running: State<'_, Running>, workflow: String) -> Result<CourseView, UiError> {
    running.desk()?.course(&workflow).await
}

#[tauri::command]
pub async fn alert_settings(running: State<'_, Running>) -> Result<AlertSettingsView, UiError> {
    running.desk()?.alert_settings().await
}

#[tauri::command]
pub async fn keep_alert_settings(
    running: State<'_, Running>,
    draft: AlertSettingsDraft,
) -> Result<(), UiError> {
    running.desk()?.keep_alert_settings(draft).await
}

#[tauri::command]
pub async fn snooze_alerts(
    running: State<'_, Running>,
    ids: Vec<String>,
    until: Option<i64>,
) -> Result<(), UiError> {
    running.desk()?.snooze_alerts(ids, until).await
}

#[tauri::command]
pub async fn mute_notices(running: State<'_, Running>, on: bool) -> Result<Option<i64>, UiError> {
    running.desk()?.mute_notices(on).await
}

/// From the answer on nothing is told in the way before.
#[tauri::command]
pub async fn share_screen(running: State<'_, Running>, on: bool) -> Result<(), UiError> {
    running.desk()?.share_screen(on)
}

#[tauri::command]
pub async fn notes(running: State<'_, Running>, call: String) -> Result<Vec<NoteRow>, UiError> {
    running.desk()?.notes(call).await
}

#[tauri::command]
pub async fn change_notes(
    running: State<'_, Running>,
    call: String,
    change: NoteChange,
) -> Result<Vec<NoteRow>, UiError> {
    running.desk()?.change_notes(call, change).await
}

/// Puts the recording into the folder of the downloads; answers where it is.
#[tauri::command]
pub async fn save_recording(
    app: AppHandle,
    running: State<'_, Running>,
    call: String,
) -> Result<String, UiError> {
    let (name, bytes) = running.desk()?.recording_file(call).await?;
    saved::write_new(&app, name, Vec::from(bytes)).await
}

/// The first rows are on screen.
#[tauri::command]
pub fn painted(start: State<'_, Start>) {
    start.painted();
}
