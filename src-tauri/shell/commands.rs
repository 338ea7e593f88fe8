//! What the page can ask, word for word what `ipc` offers. The commands that change subscriptions run
//! in the order in which they were asked, on the main thread; those that wait are async.

use tauri::{
    State, Webview,
    ipc::{Channel, Response},
};

use super::{channel::Windows, window::Start};
use crate::ipc::{
    Desk,
    dto::{ReceiptDto, VerbDto},
    frames::{ActRequest, BlastRadius, Frame, Hello, NumberOf, Peaks, Query, UiError},
};

#[tauri::command]
pub fn connect(
    webview: Webview,
    desk: State<'_, Desk>,
    windows: State<'_, Windows>,
    channel: Channel<Vec<Frame>>,
) -> Hello {
    windows.connect(webview.label(), desk.open_window(), channel);
    desk.hello()
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
    desk: State<'_, Desk>,
    verb: VerbDto,
    workflow: String,
    number_of: Option<NumberOf>,
) -> Result<BlastRadius, UiError> {
    desk.blast_radius(verb, workflow, number_of).await
}

#[tauri::command]
pub async fn act(desk: State<'_, Desk>, request: ActRequest) -> Result<ReceiptDto, UiError> {
    desk.act(request).await
}

#[tauri::command]
pub async fn peaks(desk: State<'_, Desk>, call: String) -> Result<Peaks, UiError> {
    desk.peaks(call).await
}

/// Bytes, not a list of numbers: the page makes a blob of them, the only source of sound that
/// WebKitGTK plays (tauri issue 3725).
#[tauri::command]
pub async fn recording(desk: State<'_, Desk>, call: String) -> Result<Response, UiError> {
    Ok(Response::new(Vec::from(desk.recording(call).await?)))
}

/// The first rows are on screen.
#[tauri::command]
pub fn painted(start: State<'_, Start>) {
    start.painted();
}
