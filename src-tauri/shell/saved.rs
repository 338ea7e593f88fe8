//! Files that the person asked for, put into the folder where their downloads go.

use tauri::{AppHandle, Manager, async_runtime};

use crate::ipc::{frames::UiError, saved};

/// Writes a file under a name that is still free. Answers where it is, as a text to be shown.
pub async fn write_new(app: &AppHandle, name: String, bytes: Vec<u8>) -> Result<String, UiError> {
    let path = app.path();
    // Linux knows the folder only where the desktop has set it up.
    let usual = || path.home_dir().map(|home| home.join("Downloads"));
    let folder = path.download_dir().or_else(|_| usual());
    let folder = folder.map_err(|error| saved::not_saved(&error))?;
    let write = move || saved::write_new(&folder, &name, &bytes);
    let written = async_runtime::spawn_blocking(write).await;
    let path = written.map_err(|error| saved::not_saved(&error))?;
    Ok(path.map_err(|error| saved::not_saved(&error))?.display().to_string())
}
