//! One channel a window carries the frames of all its subscriptions.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tauri::{
    async_runtime::{self, JoinHandle},
    ipc::Channel,
};

use crate::ipc::{
    FrameStream, WindowHandle,
    frames::{ErrorCode, Frame, UiError},
};

/// The open windows by their label.
#[derive(Default)]
pub struct Windows {
    open: Mutex<HashMap<String, Open>>,
    /// Where the desktop leads, until a page is there to go.
    link: Mutex<Option<String>>,
}

struct Open {
    handle: WindowHandle,
    pump: JoinHandle<()>,
    channel: Channel<Vec<Frame>>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.pump.abort();
    }
}

impl Windows {
    /// Starts to send frames. A page that was reloaded connects again under the same label: what was
    /// sent to the page before it ends, with its subscriptions.
    pub fn connect(
        &self,
        label: &str,
        (handle, frames): (WindowHandle, FrameStream),
        channel: Channel<Vec<Frame>>,
    ) {
        let pump = async_runtime::spawn(pump(frames, channel.clone()));
        self.open().insert(label.to_owned(), Open { handle, pump, channel });
        if let Some(link) = self.link().take() {
            self.lead(link);
        }
    }

    /// Leads the page somewhere, now or as soon as it is there.
    pub fn lead(&self, link: String) {
        match self.open().values().next() {
            Some(open) => tell(&open.channel, vec![Frame::Open { link }]),
            None => *self.link() = Some(link),
        }
    }

    fn link(&self) -> MutexGuard<'_, Option<String>> {
        self.link.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn handle(&self, label: &str) -> Result<WindowHandle, UiError> {
        self.open().get(label).map(|open| open.handle.clone()).ok_or_else(|| UiError {
            code: ErrorCode::BadRequest,
            message: format!("the window `{label}` asked for a list before it connected"),
            reference: None,
            filter: None,
        })
    }

    pub fn close(&self, label: &str) {
        self.open().remove(label);
    }

    fn open(&self) -> MutexGuard<'_, HashMap<String, Open>> {
        // Every change of the map is one call, so a panic elsewhere cannot leave it half done.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn pump(mut frames: FrameStream, channel: Channel<Vec<Frame>>) {
    while let Some(batch) = frames.next().await {
        if let Err(problem) = channel.send(batch) {
            // The page is gone; a reloaded one connects by itself.
            tracing::debug!(%problem, "frames were not delivered");
            return;
        }
    }
}

/// Says one thing on a command's own channel.
pub fn tell<T: tauri::ipc::IpcResponse>(channel: &Channel<T>, said: T) {
    if let Err(problem) = channel.send(said) {
        // The page that asked is gone; what it asked for goes on to its end.
        tracing::debug!(%problem, "progress was not delivered");
    }
}
