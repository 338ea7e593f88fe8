//! The composition root, free of Tauri: builds the rooms, owns their tasks, and ends them in order.

use std::{
    collections::{HashMap, HashSet},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use secrecy::SecretString;
use tokio::{
    sync::{Mutex, Notify, watch},
    task::JoinHandle,
};

use crate::{
    accounts::{Account, account_id},
    actions::{Door, DoorError},
    domain::{ids::AccountId, mask::Mask, time::Timestamp},
    hooks::{self, HookServerError, Intake, Receiver, ReceiverOptions},
    ipc::{Desk, Parts},
    media::{Cache, MediaError},
    sim::{Script, World},
    sim_server::{self, HookDelivery, ServeOptions, SimError},
    store::{self, AuditWriter, InboxWriter, Reader, StoreError, StoredAccount, Writer},
    sync::{
        driver::{AccountReads, Driver, Signals},
        health::Ledger,
        pace::Pace,
    },
    vendor::{
        self, Clock, ConnectError, HttpTransport, Limits, Reads, Settings, Writes,
        profile::{Profile, ProfileError},
        transport::TransportError,
    },
};

/// Whose campaigns are watched.
pub enum Whose {
    /// The built-in simulator's, in a store that goes when the app ends.
    Demo { seed: u64, speed: f64 },
    /// A real account, for this run only: nothing of the key or the secret is kept.
    Real { base_url: String, key: String, secret: SecretString, profile: Option<PathBuf> },
}

pub struct Options {
    pub whose: Whose,
    /// Where the store lives; the user's data folder when absent.
    pub data_dir: Option<PathBuf>,
    /// Requests per second.
    pub budget: Option<f64>,
    /// Where webhooks are received; nowhere when absent (the demo always receives its own).
    pub hooks: Option<SocketAddr>,
    pub mask: Mask,
    pub read_only: bool,
}

/// Why the app could not start, each with what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("the folder for the data cannot be used ({path}): choose another with --data-dir")]
    DataDir { path: PathBuf, source: std::io::Error },
    #[error("this computer has no data folder for programs: choose one with --data-dir")]
    NoDataDir,
    #[error("the profile cannot be read ({path})")]
    ProfileFile { path: PathBuf, source: std::io::Error },
    #[error("the profile has a fault")]
    Profile(#[from] ProfileError),
    #[error("the account cannot be used")]
    Connect(#[from] ConnectError),
    #[error("no client for the network could be made")]
    Transport(#[from] TransportError),
    #[error("the store cannot be used")]
    Store(#[from] StoreError),
    #[error("the folder for recordings cannot be used")]
    Media(#[from] MediaError),
    #[error("the journal cannot be used")]
    Door(#[from] DoorError),
    #[error("webhooks cannot be received there")]
    Hooks(#[from] HookServerError),
    #[error("the simulator could not be started")]
    Simulator(#[from] SimError),
}

/// The most that recordings may take of the disk.
const RECORDINGS_CAP: u64 = 2 << 30;
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
/// The vendor publishes no rate limit, so this is our own choice (ASSUMED to be harmless).
const BUDGET_PER_S: f64 = 5.0;
/// The simulator is ours: it may be asked as fast as the screen likes.
const DEMO_BUDGET_PER_S: f64 = 40.0;

/// The one place that reads the clock of the machine.
pub fn system_clock() -> Clock {
    #[expect(
        clippy::disallowed_methods,
        reason = "the edge: everything below gets the time passed in"
    )]
    Arc::new(|| Timestamp::from(chrono::Utc::now()))
}

/// A running core. Dropping it without [`Running::shutdown`] ends it all the same, less politely.
pub struct Running {
    desk: Desk,
    account: AccountId,
    reads: Reads,
    door: Arc<Door>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
    receiver: Option<Receiver>,
    simulator: Option<sim_server::Running>,
    /// Held for its removal at the end.
    _folder: Option<tempfile::TempDir>,
}

impl Running {
    pub fn desk(&self) -> Desk {
        self.desk.clone()
    }

    pub fn account(&self) -> &AccountId {
        &self.account
    }

    /// For asking once, outside the loop, whether the key is accepted.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// Ends in the order of the data's way: actions under way get their outcome, then no more events,
    /// no more reading, and the store.
    pub async fn shutdown(self) {
        self.door.settle().await;
        if let Some(simulator) = self.simulator
            && let Err(error) = simulator.shutdown().await
        {
            tracing::error!(%error, "the simulator ended badly");
        }
        if let Some(receiver) = self.receiver {
            receiver.shutdown().await;
        }
        self.stop.send_replace(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "a task of the core ended badly");
            }
        }
    }
}

/// What the store's three write handles and its reader are handed out from.
struct Opened {
    writer: Writer,
    audit: AuditWriter,
    inbox: Arc<Mutex<InboxWriter>>,
    reader: Reader,
}

async fn open_store(folder: &Path) -> Result<Opened, StartError> {
    let at = |source| StartError::DataDir { path: folder.to_owned(), source };
    std::fs::create_dir_all(folder).map_err(at)?;
    let store = store::open(&folder.join("wheelhouse.db")).await?;
    let inbox = Arc::new(Mutex::new(store.inbox));
    Ok(Opened { writer: store.writer, audit: store.audit, inbox, reader: store.reader })
}

/// Where the user's own data lives.
pub fn data_dir(chosen: Option<PathBuf>) -> Result<PathBuf, StartError> {
    if let Some(chosen) = chosen {
        return Ok(chosen);
    }
    let dirs = directories::ProjectDirs::from("", "", "wheelhouse").ok_or(StartError::NoDataDir)?;
    Ok(dirs.data_dir().to_owned())
}

pub async fn start(options: Options) -> Result<Running, StartError> {
    let clock = system_clock();
    let demo = matches!(options.whose, Whose::Demo { .. });
    let (folder, temporary) = folder_for(demo, options.data_dir.clone())?;
    let mut opened = open_store(&folder).await?;
    let wake = Arc::new(Notify::new());
    let connected = connect(&options, &opened, &wake, &clock).await?;
    let Connected { account, reads, writes, receiver, simulator } = connected;
    let stored = StoredAccount {
        id: account.id.clone(),
        name: account.name.clone(),
        base_url: account.base_url.clone(),
    };
    opened.writer.account(&stored).await?;

    let Opened { writer, audit, reader, .. } = opened;
    let door = Arc::new(Door::new(
        HashMap::from([(account.id.clone(), writes)]),
        audit,
        reader.clone(),
        Arc::clone(&clock),
        Arc::clone(&wake),
        user_name(),
        account.read_only.then(|| account.id.clone()).into_iter().collect::<HashSet<_>>(),
    ));
    door.sweep().await?;

    let ledger = Ledger::default();
    let (interest, looked_at) = watch::channel(HashMap::new());
    let (stop, stopped) = watch::channel(false);
    let source = AccountReads { account: account.id.clone(), reads: reads.clone() };
    let (pace, time) = (Pace::default(), Arc::clone(&clock));
    let driver =
        Driver::new(vec![source], writer, reader.clone(), time, ledger.clone(), pace).await?;
    let signals = Signals { wake, interest: looked_at, stop: stopped.clone() };
    let observed = observe(Arc::clone(&door), account.id.clone(), reader.clone(), stopped);
    let tasks = vec![tokio::spawn(driver.run(signals)), tokio::spawn(observed)];
    let desk = Desk::new(Parts {
        accounts: vec![account.clone()],
        reads: HashMap::from([(account.id.clone(), reads.clone())]),
        reader,
        door: Arc::clone(&door),
        cache: Arc::new(Cache::new(folder.join("recordings"), RECORDINGS_CAP)?),
        ledger,
        clock,
        receiver: receiver.as_ref().map(|r| format!("{}{}", r.address(), hook_path(&account.id))),
        interest,
    });
    let account = account.id;
    Ok(Running { desk, account, reads, door, stop, tasks, receiver, simulator, _folder: temporary })
}

fn folder_for(
    demo: bool,
    chosen: Option<PathBuf>,
) -> Result<(PathBuf, Option<tempfile::TempDir>), StartError> {
    if !demo {
        return Ok((data_dir(chosen)?, None));
    }
    let at = |source| StartError::DataDir { path: std::env::temp_dir(), source };
    let folder = tempfile::Builder::new().prefix("wheelhouse-demo-").tempdir().map_err(at)?;
    Ok((folder.path().to_owned(), Some(folder)))
}

struct Connected {
    account: Account,
    reads: Reads,
    writes: Writes,
    receiver: Option<Receiver>,
    simulator: Option<sim_server::Running>,
}

async fn connect(
    options: &Options,
    opened: &Opened,
    wake: &Arc<Notify>,
    clock: &Clock,
) -> Result<Connected, StartError> {
    let mask = options.mask;
    let (base_url, key, secret, profile, simulator, receiver, id) = match &options.whose {
        Whose::Demo { seed, speed } => {
            let id = AccountId::new("demo");
            let any_port = SocketAddr::from(([127, 0, 0, 1], 0));
            let receiver = receive(any_port, &id, opened, wake, clock).await?;
            let hook_url = format!("http://{}{}", receiver.address(), hook_path(&id));
            let simulator = simulate(*seed, *speed, &hook_url, clock).await?;
            let profile = Profile::parse(&sim_server::profile_text(false))?;
            let (key, secret) = {
                let world = sim_server::lock(&simulator.world);
                (world.script().key.clone(), SecretString::from(world.script().secret.clone()))
            };
            let base_url = simulator.base_url.clone();
            (base_url, key, secret, profile, Some(simulator), Some(receiver), id)
        }
        Whose::Real { base_url, key, secret, profile } => {
            let id = account_id(base_url, key);
            let receiver = match options.hooks {
                Some(bind) => Some(receive(bind, &id, opened, wake, clock).await?),
                None => None,
            };
            let profile =
                profile.as_deref().map_or_else(|| Ok(Profile::built_in()), read_profile)?;
            (base_url.clone(), key.clone(), secret.clone(), profile, None, receiver, id)
        }
    };
    let demo = simulator.is_some();
    let budget = if demo { DEMO_BUDGET_PER_S } else { BUDGET_PER_S };
    let settings = Settings {
        base_url: base_url.clone(),
        key,
        secret,
        chatbot: None,
        pds: None,
        profile,
        budget_per_s: options.budget.unwrap_or(budget),
        clock: Arc::clone(clock),
        limits: Limits::default(),
    };
    let transport = Arc::new(HttpTransport::new(REQUEST_TIMEOUT)?);
    let (reads, writes) = vendor::connect(settings, transport)?;
    let account = Account {
        name: if demo { "Demo".to_owned() } else { host_of(&base_url) },
        colour: if demo { "#8a6d3b".to_owned() } else { "#3b6d8a".to_owned() },
        zone: reads.zone(),
        id,
        base_url,
        demo,
        mask,
        read_only: options.read_only,
    };
    Ok(Connected { account, reads, writes, receiver, simulator })
}

/// Where the webhooks of an account arrive.
fn hook_path(account: &AccountId) -> String {
    format!("/hook/{account}")
}

async fn receive(
    bind: SocketAddr,
    account: &AccountId,
    opened: &Opened,
    wake: &Arc<Notify>,
    clock: &Clock,
) -> Result<Receiver, StartError> {
    let intake = Intake::plain(account.clone());
    let options = ReceiverOptions::one(bind, hook_path(account), intake);
    let inbox = Arc::clone(&opened.inbox);
    Ok(hooks::serve(options, inbox, Arc::clone(wake), Arc::clone(clock)).await?)
}

/// The demo's vendor, served over loopback like a real one.
async fn simulate(
    seed: u64,
    speed: f64,
    hook_url: &str,
    clock: &Clock,
) -> Result<sim_server::Running, StartError> {
    let wall = Arc::clone(clock);
    let clock = sim_server::at_speed(Arc::new(move || wall().millis()), speed);
    let world = sim_server::share(World::new(Script::demo(seed).starting(clock())));
    let hooks = Some(HookDelivery::to(hook_url)?);
    Ok(sim_server::serve(world, ServeOptions { hooks, ..ServeOptions::new(clock) }).await?)
}

fn read_profile(path: &Path) -> Result<Profile, StartError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| StartError::ProfileFile { path: path.to_owned(), source })?;
    Ok(Profile::parse(&text)?)
}

fn host_of(base_url: &str) -> String {
    let rest = base_url.split("://").last().unwrap_or(base_url);
    rest.split('/').next().unwrap_or(rest).to_owned()
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
    account: AccountId,
    reader: Reader,
    mut stopped: watch::Receiver<bool>,
) {
    const EVERY: Duration = Duration::from_secs(2);
    // A busy account changes many times a second; a receipt need not.
    const AT_MOST_EVERY: Duration = Duration::from_millis(300);
    let mut seq = reader.seq();
    loop {
        if let Err(error) = door.observe(&account).await {
            tracing::error!(%error, "the effect of an action could not be looked for");
        }
        tokio::select! {
            () = ended(&mut stopped) => return,
            changed = seq.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(EVERY) => {}
        }
        tokio::time::sleep(AT_MOST_EVERY).await;
    }
}

async fn ended(stopped: &mut watch::Receiver<bool>) {
    drop(stopped.wait_for(|stop| *stop).await);
}
