#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "tests may stop at the first surprise"
)]

mod asking;
mod dialling;
mod secrets;

use std::{
    collections::HashMap,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use super::*;
use crate::{
    domain::ids::AccountId,
    ipc::{
        frames::{Frame, ListName, Query},
        setup::dto::{AccountDraft, ChangeDto, SecretsIn, StepName, StepOutcome},
    },
    sim::{Script, World},
    sim_server::{self, ServeOptions},
    store::Kind,
    vendor::change,
};

type Entries = Arc<Mutex<HashMap<String, String>>>;

const PATIENCE: Duration = Duration::from_secs(60);

/// A vendor over loopback with keys of its own.
async fn vendor(seed: u64, key: &str, secret: &str) -> sim_server::Running {
    let clock = system_clock();
    let script = Script {
        workflows: 6,
        key: key.to_owned(),
        secret: secret.to_owned(),
        ..Script::story(seed).starting(clock().millis())
    };
    let world = sim_server::share(World::new(script));
    let options = ServeOptions::new(Arc::new(move || clock().millis()));
    sim_server::serve(world, options).await.unwrap()
}

fn kept_in(folder: &Path, entries: &Entries) -> Options {
    let keychain = KeysIn::Given(Keychain::pretended(Arc::clone(entries)));
    let data_dir = Some(folder.to_owned());
    Options { data_dir, ..Options::of(Whose::Kept { keychain }) }
}

fn draft(vendor: &sim_server::Running, key: &str, secret: &str) -> AccountDraft {
    AccountDraft {
        account: None,
        name: format!("Account of {key}"),
        colour: "#3b6d8a".to_owned(),
        base_url: vendor.base_url.clone(),
        key: Some(key.to_owned()),
        secret: Some(secret.to_owned()),
        zone: "+08:00".to_owned(),
        callee_zone: None,
        lines: Vec::new(),
        masked: true,
        read_only: false,
        budget: 200.0,
        chatbot_key: None,
        chatbot_secret: None,
        chatbot_sign: None,
        pds_key: None,
        pds_secret: None,
        documentation_url: None,
        guesses: false,
    }
}

/// What the simulator's own profile says, as changes.
fn contract() -> Vec<ChangeDto> {
    let changes = change::diff("", &sim_server::profile_text(false)).unwrap();
    let dto = |change::Change { path, from, to, source }| ChangeDto { path, from, to, source };
    changes.into_iter().map(dto).collect()
}

/// Keeps an account together with the simulator's contract.
async fn keep(running: &Running, draft: AccountDraft) -> AccountId {
    let id = running.setup().unwrap().keep_account(draft).await.unwrap();
    running.setup().unwrap().keep_changes(&id, contract()).await.unwrap();
    AccountId::new(id)
}

async fn workflows_of(running: &Running, account: &AccountId) -> usize {
    let desk = running.desk().unwrap();
    desk.reader().listed_ids(account, Kind::Workflow, None).await.unwrap().len()
}

async fn until_read(running: &Running, account: &AccountId) {
    let end = Instant::now() + PATIENCE;
    while workflows_of(running, account).await < 6 {
        assert!(Instant::now() < end, "the workflows of {account} were not read");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn watch() -> Query {
    Query {
        list: ListName::Workflows,
        account: None,
        scope: None,
        filter: String::new(),
        sort: None,
        named: Vec::new(),
        anchor: 0,
        count: 100,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_start_has_no_account_and_two_kept_ones_are_read_beside_each_other() {
    let (folder, entries) = (tempfile::tempdir().unwrap(), Entries::default());
    let (one, two) = (vendor(1, "key-of-one", "s1").await, vendor(2, "key-of-two", "s2").await);
    let running = start(kept_in(folder.path(), &entries)).await.unwrap();
    assert!(running.desk().unwrap().hello().accounts.is_empty());

    let first = keep(&running, draft(&one, "key-of-one", "s1")).await;
    let second = keep(&running, draft(&two, "key-of-two", "s2")).await;
    until_read(&running, &first).await;
    until_read(&running, &second).await;
    let told = running.setup().unwrap().accounts().await;
    assert_eq!(told.len(), 2);
    assert!(told.iter().all(|a| a.has_keys && a.secrets_in == SecretsIn::Keychain));
    running.shutdown().await;

    // The program is opened again: accounts, keys and rows are there.
    let running = start(kept_in(folder.path(), &entries)).await.unwrap();
    assert_eq!(running.desk().unwrap().hello().accounts.len(), 2);
    assert!(running.desk().unwrap().reads(&second).is_some());
    assert!(workflows_of(&running, &first).await >= 6);
    let setup = running.setup().unwrap();
    setup.remove_account(first.as_str(), true).await.unwrap();
    assert_eq!(workflows_of(&running, &first).await, 0);
    assert!(workflows_of(&running, &second).await >= 6);
    assert!(!entries.lock().unwrap().contains_key(first.as_str()));
    running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restart_keeps_what_is_stored_and_goes_on_reading_for_a_window_that_connects_again() {
    let (folder, entries) = (tempfile::tempdir().unwrap(), Entries::default());
    let one = vendor(3, "key-of-one", "s1").await;
    let running = start(kept_in(folder.path(), &entries)).await.unwrap();
    let account = keep(&running, draft(&one, "key-of-one", "s1")).await;
    until_read(&running, &account).await;
    let before = running.desk().unwrap();
    let (window, mut frames) = before.open_window();
    window.watch(1, watch()).unwrap();
    assert!(frames.next().await.is_some());
    drop(before);

    let ours = draft(&one, "key-of-one", "s1");
    let renamed = AccountDraft {
        account: Some(account.to_string()),
        name: "Renamed".to_owned(),
        key: None,
        secret: None,
        ..ours
    };
    running.setup().unwrap().keep_account(renamed).await.unwrap();
    // The old window's frames end; nothing of it hangs.
    let ended = async { while frames.next().await.is_some() {} };
    tokio::time::timeout(PATIENCE, ended).await.unwrap();

    let desk = running.desk().unwrap();
    assert_eq!(desk.hello().accounts[0].name, "Renamed");
    let (window, mut frames) = desk.open_window();
    window.watch(1, watch()).unwrap();
    let shown = frames.next().await.unwrap();
    let rows = shown.iter().find_map(|frame| match frame {
        Frame::Snapshot(snapshot) => Some(snapshot.total),
        _ => None,
    });
    assert!(rows.unwrap() >= 6, "the stored rows are shown at once");
    let end = Instant::now() + PATIENCE;
    while desk.reads(&account).unwrap().requests_total() < 3 {
        assert!(Instant::now() < end, "the reading does not go on");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_tried_step_by_step_and_nothing_of_it_is_kept() {
    let (folder, entries) = (tempfile::tempdir().unwrap(), Entries::default());
    let one = vendor(4, "key-of-one", "s1").await;
    let running = start(kept_in(folder.path(), &entries)).await.unwrap();
    let setup = running.setup().unwrap();
    let steps = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&steps);
    let good = setup
        .test_account(draft(&one, "key-of-one", "s1"), move |step| told.lock().unwrap().push(step))
        .await
        .unwrap();
    assert!(good.may_keep, "{good:?}");
    assert_eq!(*steps.lock().unwrap(), good.steps);
    let outcome = |test: &crate::ipc::setup::dto::AccountTest, name| {
        test.steps.iter().find(|step| step.step == name).map(|step| step.outcome)
    };
    assert_eq!(outcome(&good, StepName::SignIn), Some(StepOutcome::Good));
    assert_eq!(outcome(&good, StepName::Keychain), Some(StepOutcome::Good));

    let refused = setup.test_account(draft(&one, "key-of-one", "wrong"), |_| {}).await.unwrap();
    assert!(!refused.may_keep);
    assert_eq!(outcome(&refused, StepName::SignIn), Some(StepOutcome::Trouble));
    let mut nowhere = draft(&one, "key-of-one", "s1");
    nowhere.base_url = "http://127.0.0.1:1".to_owned();
    let unreachable = setup.test_account(nowhere, |_| {}).await.unwrap();
    assert_eq!(outcome(&unreachable, StepName::Address), Some(StepOutcome::Trouble));
    assert_eq!(outcome(&unreachable, StepName::SignIn), None);
    assert!(setup.accounts().await.is_empty() && entries.lock().unwrap().is_empty());
    running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_zone_of_the_people_called_is_set_left_taken_away_and_refused() {
    let (folder, entries) = (tempfile::tempdir().unwrap(), Entries::default());
    let one = vendor(6, "key-of-one", "s1").await;
    let running = start(kept_in(folder.path(), &entries)).await.unwrap();
    let setup = running.setup().unwrap();
    let id = setup.keep_account(draft(&one, "key-of-one", "s1")).await.unwrap();
    for (typed, kept) in
        [(Some("+09:00"), Some("+09:00")), (None, Some("+09:00")), (Some(""), None)]
    {
        let mut draft = draft(&one, "key-of-one", "s1");
        draft.account = Some(id.clone());
        draft.callee_zone = typed.map(str::to_owned);
        running.setup().unwrap().keep_account(draft).await.unwrap();
        let now = running.setup().unwrap().accounts().await.remove(0).callee_zone;
        assert_eq!(now.as_deref(), kept, "after {typed:?}");
    }
    let mut wrong = draft(&one, "key-of-one", "s1");
    (wrong.account, wrong.callee_zone) = (Some(id), Some("Manila".to_owned()));
    let refused = running.setup().unwrap().keep_account(wrong).await.unwrap_err();
    assert!(refused.message.contains("the zone of the people called"), "{refused:?}");
    running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_that_somebody_broke_does_not_stop_the_start() {
    let (folder, entries) = (tempfile::tempdir().unwrap(), Entries::default());
    let one = vendor(5, "key-of-one", "s1").await;
    let running = start(kept_in(folder.path(), &entries)).await.unwrap();
    let account = running.setup().unwrap();
    let account = account.keep_account(draft(&one, "key-of-one", "s1")).await.unwrap();
    running.shutdown().await;
    let file = folder.path().join("profiles").join(format!("{account}.toml"));
    std::fs::write(&file, "reads = \"assumed\"\nzone = \"noon\"\n").unwrap();

    let running = start(kept_in(folder.path(), &entries)).await.unwrap();
    let view = running.setup().unwrap().contract(&account).unwrap();
    assert_eq!(view.fault.unwrap().line, 2);
    assert!(!running.setup().unwrap().accounts().await[0].guesses, "the built-in one is in force");
    running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_starts_again_with_its_own_vendor_and_takes_no_real_account() {
    let running = start(Options::of(Whose::Demo { seed: 1, speed: 1.0 })).await.unwrap();
    let told = running.setup().unwrap().accounts().await;
    assert!(told[0].demo && told.len() == 1);
    running.restart(None).await.unwrap();
    assert_eq!(running.setup().unwrap().accounts().await, told);
    let one = vendor(6, "key-of-one", "s1").await;
    let refused = running.setup().unwrap().keep_account(draft(&one, "key-of-one", "s1")).await;
    assert!(refused.is_err());
    running.shutdown().await;
}
