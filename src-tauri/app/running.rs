//! The app at work: one core at a time, which starts again when what it was built from has changed.

use std::{
    path::Path,
    sync::{
        Arc, PoisonError, RwLock, Weak,
        atomic::{AtomicBool, Ordering},
    },
};

use tokio::{runtime::Handle, sync::Mutex};

use super::{StartError, core::Core, ground::Ground, instance::HandedOver};
use crate::{
    domain::ids::AccountId,
    ipc::{
        Desk,
        frames::{ErrorCode, UiError},
        setup::{Restart, Setup},
        views::Views,
    },
};

/// A handle; dropping the last one without [`Running::shutdown`] ends all the same, less politely.
#[derive(Clone)]
pub struct Running {
    house: Arc<House>,
}

struct House {
    ground: Ground,
    core: Mutex<Option<Core>>,
    /// What callers get: an error while there is no core.
    handles: RwLock<Result<(Desk, Setup), UiError>>,
    ended: AtomicBool,
}

impl Running {
    pub(super) async fn start(ground: Ground) -> Result<Self, StartError> {
        let (core, ended) = (Mutex::default(), AtomicBool::new(false));
        let house = House { ground, core, handles: RwLock::new(Err(starting())), ended };
        let running = Self { house: Arc::new(house) };
        running.house.open(&mut *running.house.core.lock().await, &running).await?;
        Ok(running)
    }

    /// What the windows of the present core share.
    pub fn desk(&self) -> Result<Desk, UiError> {
        self.house.handles().map(|(desk, _)| desk)
    }

    pub fn setup(&self) -> Result<Setup, UiError> {
        self.house.handles().map(|(_, setup)| setup)
    }

    /// Ends the core in its order and starts it again with what is kept now; in between, what is stored
    /// of `forget` goes. Windows of the core before end; their pages connect again.
    pub async fn restart(&self, forget: Option<AccountId>) -> Result<(), StartError> {
        let (running, runtime) = (self.clone(), Handle::current());
        // Whoever waits may stop waiting; half a restart is worse than none. On a thread of its own,
        // because the compiler cannot see that so long a future is `Send` (rust issue 102211).
        let again = move || runtime.block_on(running.again(forget));
        tokio::task::spawn_blocking(again).await.unwrap_or(Err(StartError::Ended))
    }

    async fn again(&self, forget: Option<AccountId>) -> Result<(), StartError> {
        let mut core = self.house.core.lock().await;
        if self.house.ended.load(Ordering::Relaxed) {
            return Err(StartError::Ended);
        }
        // None after a start that failed.
        if let Some(old) = core.take() {
            self.house.close(old).await;
        }
        if let Some(account) = forget {
            self.house.ground.forget(&account).await?;
        }
        self.house.open(&mut core, self).await
    }

    /// Ends in the order of the data's way: actions under way get their outcome, then no more events,
    /// no more reading, and the store.
    pub async fn shutdown(self) {
        let mut core = self.house.core.lock().await;
        self.house.ended.store(true, Ordering::Relaxed);
        if let Some(demo) = &self.house.ground.demo {
            if let Some(core) = core.as_ref() {
                core.settle().await;
            }
            demo.end().await;
        }
        if let Some(core) = core.take() {
            self.house.close(core).await;
        }
        self.house.ground.clear();
    }

    /// Where what is kept of a person's choices lies; nothing is kept of the demo.
    pub fn folder(&self) -> Option<&Path> {
        let ground = &self.house.ground;
        ground.demo.is_none().then_some(ground.folder.as_path())
    }

    /// The views that a person named.
    pub fn views(&self) -> Views {
        Views::new(self.house.ground.folder.join("views"))
    }

    /// What a second start on the same folder asked since the last look.
    pub fn handed_over(&self) -> Option<HandedOver> {
        self.house.ground.handed_over()
    }

    /// Does not keep the app alive.
    fn restarts(&self) -> Restart {
        let house: Weak<House> = Arc::downgrade(&self.house);
        Arc::new(move |forget| {
            let house = house.upgrade();
            Box::pin(async move {
                let house = house.ok_or_else(|| StartError::Ended.told())?;
                Self { house }.restart(forget).await.map_err(|error| error.told())
            })
        })
    }
}

impl House {
    fn handles(&self) -> Result<(Desk, Setup), UiError> {
        self.handles.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn hand_out(&self, handles: Result<(Desk, Setup), UiError>) {
        *self.handles.write().unwrap_or_else(PoisonError::into_inner) = handles;
    }

    async fn open(&self, core: &mut Option<Core>, running: &Running) -> Result<(), StartError> {
        match Core::start(&self.ground, running.restarts()).await {
            Ok(started) => {
                self.hand_out(Ok((started.desk.clone(), started.setup.clone())));
                *core = Some(started);
                Ok(())
            }
            Err(error) => {
                self.hand_out(Err(error.told()));
                Err(error)
            }
        }
    }

    /// Nothing new is taken in from here on.
    async fn close(&self, core: Core) {
        self.hand_out(Err(starting()));
        core.settle().await;
        core.end().await;
    }
}

fn starting() -> UiError {
    let message = "the app is starting again with its new settings; nothing was done: try again";
    UiError { code: ErrorCode::Store, message: message.to_owned(), reference: None, filter: None }
}
