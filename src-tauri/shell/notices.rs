//! Tells the desktop of warnings that begin. What is told, and in which words, is `ipc`'s.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tauri::{AppHandle, Manager, State, async_runtime};
use tokio::time::{Instant, sleep};

use super::{desktop::Desktop, window};
use crate::{
    alerts::Silent,
    app::Running,
    ipc::notify::{Notice, NoticeWords},
};

/// Warnings are judged every five seconds.
const EVERY: Duration = Duration::from_secs(2);
/// A desktop that took nothing is asked again.
const AGAIN: Duration = Duration::from_secs(60);

/// What a click does: it gets the notification's link.
pub type Clicked = Arc<dyn Fn(String) + Send + Sync>;

/// The words of the page's language; until it has said them, nothing is told.
#[derive(Default)]
pub struct Words(Mutex<Option<NoticeWords>>);

impl Words {
    pub fn now(&self) -> Option<NoticeWords> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

#[tauri::command]
pub fn notice_words(own: State<'_, Words>, words: NoticeWords) {
    *own.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(words);
}

/// Tells as long as the app runs.
pub async fn tell(handle: AppHandle, running: Running) {
    let at_click = handle.clone();
    let clicked: Clicked = Arc::new(move |link| window::lead(&at_click, Some(link)));
    let mut teller = Teller { clicked, desktop: None, silent: None, next: Instant::now() };
    loop {
        sleep(EVERY).await;
        let words = handle.state::<Words>().now();
        // Without words the page is not there yet, without a desk the core is starting again.
        if let (Some(words), Ok(desk)) = (words, running.desk()) {
            teller.turn(&words, &desk).await;
        }
    }
}

struct Teller {
    clicked: Clicked,
    desktop: Option<Desktop>,
    silent: Option<Silent>,
    /// Not tried before then.
    next: Instant,
}

impl Teller {
    async fn turn(&mut self, words: &NoticeWords, desk: &crate::ipc::Desk) {
        if Instant::now() >= self.next {
            self.connect().await;
            if let Some(desktop) = self.desktop.clone() {
                match desk.notice(words).await {
                    Ok(None) => {}
                    Ok(Some(notice)) => self.show(desktop, notice, desk).await,
                    Err(error) => {
                        tracing::error!(%error, "what the desktop is told could not be read");
                        self.next = Instant::now() + AGAIN;
                    }
                }
            }
        }
        // Said each time: a core that started again knows nothing of it.
        desk.silent(self.silent.clone());
    }

    async fn connect(&mut self) {
        if self.desktop.is_some() {
            return;
        }
        let clicked = Arc::clone(&self.clicked);
        match waited(move || Desktop::open(clicked)).await {
            Ok(desktop) => (self.desktop, self.silent) = (Some(desktop), None),
            Err(why) => self.fails(why),
        }
    }

    async fn show(&mut self, desktop: Desktop, notice: Notice, desk: &crate::ipc::Desk) {
        let shown = notice.clone();
        let Err(why) = waited(move || desktop.show(&shown)).await else { return };
        self.fails(why);
        if let Err(error) = desk.not_told(&notice).await {
            tracing::error!(%error, "a warning of which nobody was told counts as told");
        }
    }

    /// The screen says why; the log would repeat it.
    fn fails(&mut self, why: Silent) {
        (self.desktop, self.silent) = (None, Some(why));
        self.next = Instant::now() + AGAIN;
    }
}

async fn waited<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Silent> + Send + 'static,
) -> Result<T, Silent> {
    let done = async_runtime::spawn_blocking(work).await;
    done.unwrap_or_else(|error| Err(Silent::Failed(error.to_string())))
}
