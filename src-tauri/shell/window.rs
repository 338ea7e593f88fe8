//! Opens the window and runs until it is closed.

use std::{
    env,
    future::Future,
    io::{self, Write},
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use tauri::{
    AppHandle, Manager, RunEvent, Url, WebviewWindowBuilder, WindowEvent, Wry, async_runtime,
    ipc::Invoke, plugin::TauriPlugin,
};
use tauri_plugin_window_state::StateFlags;

use tracing_subscriber::EnvFilter;

use super::{
    channel::Windows,
    commands, files,
    notices::{self, Words},
    settings, tray, work,
};
use crate::app::{self, Running, StartError};

/// How the program was asked to open.
pub struct Opening {
    pub app: app::Options,
    /// When the process began, for `report_start`.
    pub began: Instant,
    /// Say on standard output when the first rows are on screen.
    pub report_start: bool,
    /// Where to begin: `wheelhouse://…`, as another program gave it.
    pub link: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum ShellError {
    #[error("no display: DISPLAY and WAYLAND_DISPLAY are not set, so no window can be opened here")]
    NoDisplay,
    #[error(transparent)]
    Start(#[from] app::StartError),
    #[error("the window cannot be opened: {0}")]
    Window(#[from] tauri::Error),
}

/// Says when the first rows are on screen: two frames after they are in the document.
const REPORT_ROWS: &str = "
    const look = () => {
        if (!document.querySelector('[data-testid=workflow-row]')) return requestAnimationFrame(look);
        requestAnimationFrame(() => requestAnimationFrame(() => window.__TAURI_INTERNALS__.invoke('painted')));
    };
    document.addEventListener('DOMContentLoaded', look);
";

/// Runs until the window is closed or `told_to_end` resolves. By then everything has been shut down in
/// its order.
pub fn run(
    opening: Opening,
    told_to_end: impl Future<Output = ()> + Send + 'static,
) -> Result<(), ShellError> {
    // Without this GTK ends the process with a stack trace.
    if cfg!(target_os = "linux") && !has_display() {
        return Err(ShellError::NoDisplay);
    }
    log_to_stderr();
    // What a person opened once more is the window that is there, not one of another account's keys.
    let again = matches!(opening.app.whose, app::Whose::Kept { .. });
    let running = match async_runtime::block_on(app::start(opening.app)) {
        Err(StartError::InUse { path }) if again => {
            return Ok(app::hand_over(&path, opening.link.as_deref())?);
        }
        started => started?,
    };
    let start =
        Start { began: opening.began, report: opening.report_start, said: AtomicBool::new(false) };
    let mut builder = tauri::Builder::default();
    if let Some(folder) = running.folder() {
        builder = builder.plugin(kept_place(folder));
    }
    let window = builder
        .manage(running.clone())
        .manage(Windows::default())
        .manage(work::LongWork::default())
        .manage(start)
        .manage(Words::default())
        .invoke_handler(commands())
        .setup(move |tauri| Ok(open_windows(tauri.handle(), opening.report_start)?))
        .build(tauri::generate_context!())?;
    if let Some(link) = opening.link {
        window.state::<Windows>().lead(link);
    }
    end_when_told(window.handle().clone(), told_to_end);
    async_runtime::spawn(notices::tell(window.handle().clone(), running.clone()));
    async_runtime::spawn(tray::stand(window.handle().clone(), running.clone()));
    async_runtime::spawn(follow_second_starts(window.handle().clone(), running.clone()));
    window.run(move |handle, event| match event {
        RunEvent::WindowEvent { label, event: WindowEvent::Destroyed, .. } => {
            handle.state::<Windows>().close(&label);
        }
        #[cfg(target_os = "macos")]
        RunEvent::Opened { urls } => {
            urls.into_iter().for_each(|url| lead(handle, Some(url.into())));
        }
        RunEvent::Exit => {
            async_runtime::block_on(running.clone().shutdown());
        }
        _ => {}
    });
    Ok(())
}

/// Everything that the page may ask; the permissions name the same.
fn commands() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        commands::connect,
        commands::watch,
        commands::unwatch,
        commands::resync,
        commands::blast_radius,
        commands::act,
        commands::peaks,
        commands::recording,
        commands::course,
        files::export,
        work::cancel_work,
        files::views,
        files::keep_view,
        files::remove_view,
        commands::save_session,
        commands::print,
        commands::alert_settings,
        commands::keep_alert_settings,
        commands::snooze_alerts,
        commands::mute_notices,
        commands::share_screen,
        commands::notes,
        commands::change_notes,
        commands::save_recording,
        commands::painted,
        notices::notice_words,
        settings::recordings,
        settings::limit_recordings,
        settings::remove_recordings,
        settings::accounts,
        settings::test_account,
        settings::keep_account,
        settings::remove_account,
        settings::contract,
        settings::preview_changes,
        settings::keep_changes,
        settings::preview_profile,
        settings::keep_profile,
        settings::read_documentation,
        settings::check,
        settings::support_bundle,
        settings::raw,
        settings::preview_mapping,
        settings::find,
        settings::trial,
        settings::keep_trial,
        settings::webhooks,
        settings::keep_webhooks,
        settings::hook_events,
    ]
}

fn open_windows(handle: &AppHandle, report_start: bool) -> tauri::Result<()> {
    for window in &handle.config().app.windows {
        let mut window =
            WebviewWindowBuilder::from_config(handle, window)?.on_navigation(stays_here);
        if report_start {
            window = window.initialization_script(REPORT_ROWS);
        }
        window.build()?;
    }
    Ok(())
}

/// The window opens where it was closed, as large as it was; where that screen is gone, where the system
/// puts it.
fn kept_place(folder: &Path) -> TauriPlugin<Wry> {
    // An absolute name stands for itself: each data folder has its own.
    let file = folder.join("window.json").to_string_lossy().into_owned();
    let flags = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
    tauri_plugin_window_state::Builder::new().with_filename(file).with_state_flags(flags).build()
}

/// Brings the window to the front, and its page to where the link leads.
pub fn lead(handle: &AppHandle, link: Option<String>) {
    for window in handle.webview_windows().values() {
        let raised = window.unminimize().and_then(|()| window.show());
        if let Err(problem) = raised.and_then(|()| window.set_focus()) {
            tracing::warn!(%problem, "the window cannot come to the front");
        }
    }
    if let Some(link) = link {
        handle.state::<Windows>().lead(link);
    }
}

/// A second start is a click: it is answered about as fast.
async fn follow_second_starts(handle: AppHandle, running: Running) {
    const EVERY: Duration = Duration::from_millis(300);
    loop {
        tokio::time::sleep(EVERY).await;
        if let Some(second) = running.handed_over() {
            lead(&handle, second.link);
        }
    }
}

/// A text from outside must never lead the window away: it shows the embedded page and nothing else.
fn stays_here(target: &Url) -> bool {
    matches!(
        (target.scheme(), target.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    )
}

fn end_when_told(handle: AppHandle, told_to_end: impl Future<Output = ()> + Send + 'static) {
    async_runtime::spawn(async move {
        told_to_end.await;
        handle.exit(0);
    });
}

fn log_to_stderr() {
    let filter =
        EnvFilter::try_from_env("WHEELHOUSE_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr).init();
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|v| !v.is_empty()))
}

/// How long it took until there was something to see.
pub struct Start {
    began: Instant,
    report: bool,
    said: AtomicBool,
}

impl Start {
    /// Says it once: a reloaded page paints again.
    pub fn painted(&self) {
        if !self.report || self.said.swap(true, Ordering::Relaxed) {
            return;
        }
        let milliseconds = self.began.elapsed().as_millis();
        if let Err(problem) = writeln!(io::stdout(), "{{\"painted_ms\":{milliseconds}}}") {
            tracing::warn!(%problem, "standard output is closed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_stays_on_its_page() {
        let stays = |address: &str| stays_here(&Url::parse(address).unwrap());
        assert!(stays("tauri://localhost/index.html#/watch"));
        assert!(stays("http://tauri.localhost/"));
        for elsewhere in [
            "https://example.com/",
            "http://localhost/",
            "tauri://elsewhere/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "javascript:alert(1)",
        ] {
            assert!(!stays(elsewhere), "{elsewhere}");
        }
    }
}
