//! What takes long, and how the page ends it.

use std::{
    collections::HashMap,
    future::Future,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tauri::State;
use tokio::sync::oneshot;

/// Work that runs, by ids that the page made.
#[derive(Default)]
pub struct LongWork(Mutex<HashMap<String, oneshot::Sender<()>>>);

impl LongWork {
    /// Runs it to its end; `None` when it was cancelled: it is dropped then where it waits.
    pub async fn run<T>(&self, id: &str, work: impl Future<Output = T>) -> Option<T> {
        let (running, cancelled) = oneshot::channel();
        self.lock().insert(id.to_owned(), running);
        let done = tokio::select! {
            done = work => Some(done),
            _ = cancelled => None,
        };
        self.cancel(id);
        done
    }

    /// The other end of the channel hears that its sender is gone.
    fn cancel(&self, id: &str) {
        self.lock().remove(id);
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, oneshot::Sender<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is not running any more is cancelled already.
#[tauri::command]
pub fn cancel_work(works: State<'_, LongWork>, id: String) {
    works.cancel(&id);
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use super::*;

    #[tokio::test]
    async fn cancelled_work_ends_where_it_waits_and_other_work_does_not() {
        let works = LongWork::default();
        let cancel = async { works.cancel("export") };
        let reading = works.run("reading", async {
            tokio::task::yield_now().await;
            7
        });
        let (ended, read, ()) = tokio::join!(works.run("export", pending::<()>()), reading, cancel);
        assert_eq!((ended, read), (None, Some(7)));
        assert_eq!(works.run("export", async { 8 }).await, Some(8));
    }
}
