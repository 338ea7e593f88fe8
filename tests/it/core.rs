//! The core as the app builds it, on a simulated world in the same process, with the time in the
//! test's hand: the world, the driver and the door all read the same clock.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use tokio::sync::{Notify, watch};
use wheelhouse::{
    accounts::Account,
    actions::Door,
    alerts::{Alerts, Judge, Parts},
    domain::{
        ids::AccountId,
        line::Line,
        mask::{Mask, Salt},
        time::{Timestamp, Zone},
    },
    ipc::{self, Desk, Sharing},
    media::{Cache, Notes},
    sim::{STORY_START, Script, World},
    sim_server::{HandClock, SharedWorld, SimTransport, profile_text, share},
    store::{self, InboxWriter, Reader, StoredAccount},
    sync::{
        driver::{AccountReads, Driver},
        health::Ledger,
        pace::Pace,
    },
    vendor::{self, Clock, Keys, Limits, Profile, Reads, Settings},
};

pub struct Core {
    pub account: AccountId,
    pub world: SharedWorld,
    /// What the client's side takes for the present.
    pub clock: HandClock,
    /// What the world takes for the present: stands still when the test wants it to.
    pub world_clock: HandClock,
    pub driver: Driver,
    pub reader: Reader,
    pub door: Arc<Door>,
    pub ledger: Ledger,
    pub inbox: InboxWriter,
    pub alerts: Alerts,
    pub judge: Judge,
    pub notes: Notes,
    pub reads: Reads,
    frozen: bool,
    observed_at: i64,
    _folder: tempfile::TempDir,
}

const SMALL_PAGES: &str = "\n[endpoint.\"workflow.outbound_details\"]\n\
    params = { page_size = { name = \"page_size\", value = 5 } }\n\
    [endpoint.\"task.list\"]\n\
    params = { page_size = { name = \"Number\", value = 20 } }\n";

impl Core {
    pub async fn on(script: Script) -> Self {
        // Small pages, so that every listing has several of them.
        Self::with(script, &(profile_text(false) + SMALL_PAGES)).await
    }

    /// What windows ask; its recordings are in the folder.
    pub fn desk(&self, mask: Mask) -> (Desk, tempfile::TempDir) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let present = self.now();
        let clock: Clock = Arc::new(move || Timestamp(present));
        let recordings = folder.path().join("recordings");
        let desk = Desk::new(ipc::Parts {
            accounts: vec![Account {
                id: self.account.clone(),
                name: "Story".to_owned(),
                colour: "#3b6d8a".to_owned(),
                base_url: "http://simulator.invalid".to_owned(),
                zone: Zone::default(),
                callee_zone: None,
                demo: false,
                mask,
                read_only: false,
                lines: Vec::new(),
            }],
            profiles: HashMap::from([(self.account.clone(), self.reads.profile().clone())]),
            reads: HashMap::from([(self.account.clone(), self.reads.clone())]),
            reader: self.reader.clone(),
            door: Arc::clone(&self.door),
            cache: Arc::new(Cache::open(recordings, Arc::clone(&clock)).expect("a cache")),
            notes: self.notes.clone(),
            ledger: self.ledger.clone(),
            alerts: self.alerts.clone(),
            sharing: Sharing::new(Salt::new([1; Salt::LENGTH])),
            clock,
            receiver: None,
            interest: watch::channel(HashMap::new()).0,
        });
        (desk, folder)
    }

    /// Under another contract profile.
    pub async fn with(script: Script, profile: &str) -> Self {
        let world = share(World::new(script.starting(STORY_START)));
        let (clock, world_clock) = (HandClock::at(STORY_START), HandClock::at(STORY_START));
        let folder = tempfile::tempdir().expect("a temporary folder");
        let opened = store::open(&folder.path().join("wheelhouse.db")).await.expect("a store");
        let account = AccountId::new("story");
        let mut writer = opened.writer;
        let stored = StoredAccount {
            id: account.clone(),
            name: "Story".to_owned(),
            base_url: "http://simulator.invalid".to_owned(),
        };
        writer.account(&stored).await.expect("an account row");

        let present: Clock = {
            let hand = clock.clone();
            Arc::new(move || Timestamp(hand.now()))
        };
        let transport = Arc::new(SimTransport::new(Arc::clone(&world), world_clock.clock()));
        let settings = Settings {
            base_url: "http://simulator.invalid".to_owned(),
            key: "demo".to_owned(),
            secret: "demo".to_owned().into(),
            chatbot: None,
            pds: Some(Keys { key: "demo".to_owned(), secret: "demo".into() }),
            profile: Profile::parse(profile).expect("the simulator's profile"),
            // The budget counts real time, of which a story has none to lose.
            budget_per_s: 100_000.0,
            clock: Arc::clone(&present),
            limits: Limits::default(),
        };
        let (reads, writes) = vendor::connect(settings, transport).expect("a client");
        let ledger = Ledger::default();
        let driver = Driver::new(
            vec![AccountReads {
                account: account.clone(),
                reads: reads.clone(),
                lines: Line::WITH_TASKS.to_vec(),
            }],
            writer,
            opened.reader.clone(),
            Arc::clone(&present),
            ledger.clone(),
            Pace::default(),
        )
        .await
        .expect("a driver");
        let time = Arc::clone(&present);
        let door = Arc::new(Door::new(
            HashMap::from([(account.clone(), writes)]),
            opened.audit,
            opened.reader.clone(),
            present,
            Arc::new(Notify::new()),
            "tester".to_owned(),
            HashSet::new(),
        ));
        let alerts = Alerts::new(Parts {
            accounts: vec![(account.clone(), Zone::default())],
            reader: opened.reader.clone(),
            ledger: ledger.clone(),
            clock: time,
            writer: opened.alerts,
            local: Arc::new(|_| Zone::default()),
        });
        let judge = Judge::new(alerts.clone());
        let reader = opened.reader;
        let hand = clock.clone();
        let time: Clock = Arc::new(move || Timestamp(hand.now()));
        let notes = Notes::new(opened.notes, reader.clone(), time);
        Self {
            account,
            world,
            clock,
            world_clock,
            driver,
            reader,
            door,
            ledger,
            inbox: opened.inbox,
            alerts,
            judge,
            notes,
            reads,
            frozen: false,
            observed_at: 0,
            _folder: folder,
        }
    }

    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// The world stands still from here on, so that a store can become equal to it.
    pub fn freeze_world(&mut self) {
        self.frozen = true;
    }

    /// Lets `ms` pass, doing everything that falls due on the way at its own time.
    pub async fn pass(&mut self, ms: i64) {
        let end = self.now() + ms;
        loop {
            let due = self.driver.step().await;
            let now = self.now();
            if now - self.observed_at >= 1_000 || now >= end {
                self.observed_at = now;
                self.door.observe(&self.account).await.expect("the journal can be read");
            }
            if now >= end {
                return;
            }
            // What falls due within one beat is done together: in a still world nobody can tell.
            let beat = if self.frozen { 15_000 } else { 1_000 };
            let next = due.map_or(end, |due| due.millis()).max(now + beat).min(end);
            self.clock.set(next);
            if !self.frozen {
                self.world_clock.set(next);
            }
        }
    }
}
