//! A warning begins and the desktop is told: a double of the desktop's own notifications, on a bus of
//! the test's own, is clicked as a person would.

use std::{
    collections::HashMap,
    future::Future,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
    time::Duration,
};

use tokio::sync::mpsc;
use wheelhouse::{
    app,
    domain::alert::{AlertSettings, Rule, RuleSettings},
    sim_server::{SimOptions, Started},
    store,
};
use zbus::{object_server::SignalEmitter, zvariant::OwnedValue};

use crate::{driver::with_app_on, page::Page};

const PATH: &str = "/org/freedesktop/Notifications";
const PATIENCE: Duration = Duration::from_secs(60);

/// A session bus with nobody on it.
pub struct Bus {
    process: Child,
    pub address: String,
}

impl Bus {
    pub fn start() -> Self {
        let mut process = Command::new("dbus-daemon")
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            // What it starts for others is none of the test's business.
            .stderr(Stdio::null())
            .spawn()
            .expect("dbus-daemon is installed (Debian: dbus)");
        let mut address = String::new();
        let said = process.stdout.take().expect("its output is ours");
        BufReader::new(said).read_line(&mut address).expect("it says where it is");
        Self { process, address: address.trim().to_owned() }
    }
}

impl Drop for Bus {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[derive(Debug)]
struct Shown {
    id: u32,
    title: String,
    body: String,
    actions: Vec<String>,
}

struct Desktop {
    shown: mpsc::UnboundedSender<Shown>,
    next: u32,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Desktop {
    fn get_capabilities(&self) -> Vec<String> {
        ["actions", "body", "body-markup"].map(str::to_owned).to_vec()
    }

    #[expect(clippy::too_many_arguments, reason = "as the desktop's specification has it")]
    fn notify(
        &mut self,
        _app: String,
        _replaces: u32,
        _icon: String,
        title: String,
        body: String,
        actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _expires_ms: i32,
    ) -> u32 {
        self.next += 1;
        self.shown.send(Shown { id: self.next, title, body, actions }).expect("the test looks");
        self.next
    }

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str)
    -> zbus::Result<()>;
}

async fn desktop(bus: &Bus) -> (zbus::Connection, mpsc::UnboundedReceiver<Shown>) {
    let (shown, looks) = mpsc::unbounded_channel();
    let connection = zbus::connection::Builder::address(bus.address.as_str())
        .and_then(|builder| builder.name("org.freedesktop.Notifications"))
        .and_then(|builder| builder.serve_at(PATH, Desktop { shown, next: 0 }))
        .expect("a name and a place")
        .build()
        .await
        .expect("the bus is there");
    (connection, looks)
}

/// A store in which only a refused key is warned of, at once.
async fn only_sign_in(folder: &Path) {
    let mut opened = store::open(&folder.join("wheelhouse.db")).await.expect("a store");
    let off = |rule| (rule, RuleSettings { on: false, limits: Default::default() });
    let mut settings =
        AlertSettings { rules: Rule::ALL.map(off).into(), ..AlertSettings::default() };
    let limits = [("minutes".to_owned(), 0)].into();
    settings.rules.insert(Rule::SignInFailing, RuleSettings { on: true, limits });
    opened.alerts.keep_settings(&settings).await.expect("settings");
}

/// Opens the app on that bus, with a key that the vendor refuses, and lets `walk` drive it.
pub async fn with_refused_key<W, F>(bus: &Bus, walk: W)
where
    W: FnOnce(Page) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let folder = tempfile::tempdir().unwrap();
    only_sign_in(folder.path()).await;
    let clock = app::system_clock();
    let vendor = Started::with(SimOptions {
        port: 0,
        seed: 7,
        speed: 1.0,
        faults: "none".to_owned(),
        known_only: false,
        scramble: None,
        hook_url: None,
        hook_sign: None,
        hook_aes: None,
        profile_folder: None,
        wall: Arc::new(move || clock().millis()),
    })
    .await
    .expect("the simulator starts");
    let account = &vendor.announcement;
    let folder = folder.path().to_str().unwrap().to_owned();
    let arguments = ["--base-url", &account.base_url, "--key", &account.key, "--secret", "wrong"];
    let arguments =
        [&arguments[..], &["--profile", &account.profile, "--data-dir", &folder]].concat();
    with_app_on(&bus.address, &arguments, walk).await;
    vendor.running.shutdown().await.expect("the simulator ends");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_is_told_once_and_a_click_leads_to_its_row() {
    let bus = Bus::start();
    let (connection, mut looks) = desktop(&bus).await;
    with_refused_key(&bus, |page| async move {
        let shown = tokio::time::timeout(PATIENCE, looks.recv()).await.expect("it is told");
        let shown = shown.expect("the bus is there");
        assert_eq!(shown.title, "Sign-in refused");
        assert!(!shown.body.is_empty() && shown.actions == ["default", "Show"], "{shown:?}");
        clicked(&connection, shown.id).await;
        the_row_is_shown(&page).await;
        // Judged and looked at several times since: it was told once.
        assert!(looks.try_recv().is_err());
    })
    .await;
}

async fn clicked(connection: &zbus::Connection, id: u32) {
    let emitter = SignalEmitter::new(connection, PATH).expect("a place");
    Desktop::action_invoked(&emitter, id, "default").await.expect("the click is told");
}

async fn the_row_is_shown(page: &Page) {
    let there = "return location.hash.startsWith('#/settings?section=check&account=')";
    page.until("the page shows what the warning is about", there, vec![]).await;
}
