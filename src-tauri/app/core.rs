//! One start of the core: the store, the accounts on it, and the tasks that serve them.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
    time::Duration,
};

use tokio::{
    sync::{Mutex, Notify, watch},
    task::JoinHandle,
};

use super::{
    StartError,
    accounts::{self, Seat},
    arrivals::{Arrivals, Opened},
    ground::{self, Ground},
};
use crate::{
    accounts::Account,
    actions::Door,
    alerts::{self, Alerts},
    domain::ids::AccountId,
    hooks::Receiver,
    ipc::{
        Desk, Parts,
        setup::{Restart, Setup, SetupParts},
    },
    media::{Cache, Notes},
    store::{self, AlertWriter, Reader, SpokenWriter, StoredAccount},
    sync::{
        driver::{AccountReads, Driver, Signals},
        health::Ledger,
        pace::Pace,
    },
    vendor::{Clock, Profile, Reads, Writes},
};

/// A core at work.
pub struct Core {
    pub desk: Desk,
    pub setup: Setup,
    door: Arc<Door>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    receivers: Vec<Receiver>,
}

impl Core {
    pub async fn start(ground: &Ground, restart: Restart) -> Result<Self, StartError> {
        ground::make_folder(&ground.folder)?;
        let store::Opened { mut writer, audit, inbox, alerts: kept, notes, spoken, reader } =
            store::open(&ground.store_file()).await?;
        let (wake, (stop, stopped)) = (Arc::new(Notify::new()), watch::channel(false));
        let arrivals = Arrivals {
            ground,
            inbox: Arc::new(Mutex::new(inbox)),
            reader: reader.clone(),
            wake: Arc::clone(&wake),
            stop: stopped.clone(),
        };
        let Opened { receivers, mut tasks, ways } = arrivals.open().await?;
        let seats = accounts::seats(ground).await?;
        for seat in &seats {
            writer.account(&stored(&seat.account)).await?;
        }
        let (accounts, profiles, reads, writes) = handles(seats);
        let (clock, user, only) = (Arc::clone(&ground.clock), user_name(), read_only(&accounts));
        let door = Door::new(writes, audit, reader.clone(), clock, Arc::clone(&wake), user, only);
        let door = Arc::new(door);
        door.sweep().await?;
        let (ledger, (interest, looked_at)) = (Ledger::default(), watch::channel(HashMap::new()));
        let (sources, time) = (sources(&accounts, &reads), Arc::clone(&ground.clock));
        let driver =
            Driver::new(sources, writer, reader.clone(), time, ledger.clone(), Pace::default())
                .await?;
        let warned = warned(&accounts, (&reader, kept), &ledger, &ground.clock);
        let judged = tokio::spawn(warned.clone().run(stopped.clone()));
        let signals = Signals { wake, interest: looked_at, stop: stopped.clone() };
        let ids = accounts.iter().map(|account| account.id.clone()).collect();
        tasks.push(tokio::spawn(catch_up(spoken, stopped.clone())));
        let (cache, tidied) = recordings(ground, stopped.clone())?;
        let observed = observe(Arc::clone(&door), ids, reader.clone(), stopped);
        tasks.extend([tokio::spawn(driver.run(signals)), tokio::spawn(observed), judged, tidied]);
        let desk = Desk::new(Parts {
            accounts,
            profiles,
            reads,
            door: Arc::clone(&door),
            cache,
            notes: Notes::new(notes, reader.clone(), Arc::clone(&ground.clock)),
            reader,
            ledger,
            alerts: warned,
            sharing: ground.sharing.clone(),
            clock: Arc::clone(&ground.clock),
            receiver: receivers.first().map(|receiver| receiver.address().to_string()),
            interest,
        });
        let setup = Setup::new(SetupParts {
            desk: desk.clone(),
            book: Arc::clone(&ground.book),
            transport: Arc::clone(&ground.transport),
            folder: ground.folder.clone(),
            restart,
            ways,
        });
        Ok(Self { desk, setup, door, stop, tasks, receivers })
    }

    /// Actions under way get their outcome.
    pub async fn settle(&self) {
        self.door.settle().await;
    }

    /// No more events, no more reading, and the store: in this order.
    pub async fn end(self) {
        let Self { receivers, stop, tasks, .. } = self;
        for receiver in receivers {
            receiver.shutdown().await;
        }
        stop.send_replace(true);
        for task in tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task of the core ended badly");
            }
        }
    }
}

fn stored(account: &Account) -> StoredAccount {
    StoredAccount {
        id: account.id.clone(),
        name: account.name.clone(),
        base_url: account.base_url.clone(),
    }
}

type Handles = (
    Vec<Account>,
    HashMap<AccountId, Profile>,
    HashMap<AccountId, Reads>,
    HashMap<AccountId, Writes>,
);

fn handles(seats: Vec<Seat>) -> Handles {
    let (mut accounts, mut profiles) = (Vec::new(), HashMap::new());
    let (mut reads, mut writes) = (HashMap::new(), HashMap::new());
    for Seat { account, profile, handles } in seats {
        profiles.insert(account.id.clone(), profile);
        if let Some((asks, acts)) = handles {
            reads.insert(account.id.clone(), asks);
            writes.insert(account.id.clone(), acts);
        }
        accounts.push(account);
    }
    (accounts, profiles, reads, writes)
}

fn warned(
    accounts: &[Account],
    (reader, writer): (&Reader, AlertWriter),
    ledger: &Ledger,
    clock: &Clock,
) -> Alerts {
    Alerts::new(alerts::Parts {
        accounts: accounts.iter().map(|each| (each.id.clone(), each.contact_zone())).collect(),
        reader: reader.clone(),
        ledger: ledger.clone(),
        clock: Arc::clone(clock),
        writer,
        local: super::machine_zone(),
    })
}

fn sources(accounts: &[Account], reads: &HashMap<AccountId, Reads>) -> Vec<AccountReads> {
    let source = |account: &Account| {
        Some(AccountReads {
            account: account.id.clone(),
            reads: reads.get(&account.id)?.clone(),
            lines: account.lines.clone(),
        })
    };
    accounts.iter().filter_map(source).collect()
}

fn read_only(accounts: &[Account]) -> HashSet<AccountId> {
    accounts.iter().filter(|account| account.read_only).map(|account| account.id.clone()).collect()
}

/// The journal names the operating system's user.
fn user_name() -> String {
    ["USER", "USERNAME", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_else(|| "unknown user".to_owned())
}

/// Looks for the effects of actions whenever the store has changed, and while time alone can tell.
async fn observe(
    door: Arc<Door>,
    accounts: Vec<AccountId>,
    reader: Reader,
    mut stopped: watch::Receiver<bool>,
) {
    const EVERY: Duration = Duration::from_secs(2);
    // A busy account changes many times a second; a receipt need not.
    const AT_MOST_EVERY: Duration = Duration::from_millis(300);
    let mut seq = reader.seq();
    loop {
        for account in &accounts {
            if let Err(error) = door.observe(account).await {
                tracing::error!(%error, "the effect of an action could not be looked for");
            }
        }
        tokio::select! {
            () = ended(&mut stopped) => return,
            changed = seq.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(EVERY) => {}
        }
        tokio::time::sleep(AT_MOST_EVERY).await;
    }
}

/// Makes what an older version stored searchable, a few rows at a time: nothing waits for it.
async fn catch_up(mut spoken: SpokenWriter, mut stopped: watch::Receiver<bool>) {
    const ROWS: u32 = 500;
    const PAUSE: Duration = Duration::from_millis(20);
    const AFTER_FAULT: Duration = Duration::from_secs(60);
    loop {
        let pause = match spoken.catch_up(ROWS).await {
            Ok(true) => PAUSE,
            Ok(false) => return,
            Err(error) => {
                tracing::error!(%error, "older conversations cannot be searched yet");
                AFTER_FAULT
            }
        };
        tokio::select! {
            () = ended(&mut stopped) => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

fn recordings(
    ground: &Ground,
    stopped: watch::Receiver<bool>,
) -> Result<(Arc<Cache>, JoinHandle<()>), StartError> {
    let cache = Arc::new(Cache::open(ground.recordings(), Arc::clone(&ground.clock))?);
    let tidied = tokio::spawn(tidy(Arc::clone(&cache), stopped));
    Ok((cache, tidied))
}

/// What is too old goes while the app runs, too.
async fn tidy(cache: Arc<Cache>, mut stopped: watch::Receiver<bool>) {
    const EVERY: Duration = Duration::from_secs(3_600);
    loop {
        tokio::select! {
            () = ended(&mut stopped) => return,
            () = tokio::time::sleep(EVERY) => {}
        }
        match cache.tidy().await {
            Ok(0) => {}
            Ok(gone) => tracing::info!(gone, "old recordings were thrown away"),
            Err(error) => tracing::error!(%error, "old recordings could not be thrown away"),
        }
    }
}

async fn ended(stopped: &mut watch::Receiver<bool>) {
    drop(stopped.wait_for(|stop| *stop).await);
}
