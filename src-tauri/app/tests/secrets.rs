//! No secret comes back: whatever crosses to a window, is logged or is written to the disk is searched
//! for every secret that went in.

use std::{io::Write, sync::PoisonError};

use serde::Serialize;
use tracing_subscriber::fmt::MakeWriter;

use super::*;
use crate::ipc::setup::dto::{SignatureMode, WebhooksDraft};

/// In the order in which they are typed. Long and odd, so that finding one is no accident.
const SECRETS: [&str; 9] = [
    "APPKEY-8f2c1d77a0b94e53",
    "APPSECRET-zq81/+kk20=xv",
    "WRONGSECRET-11c0ffee22",
    "CHATKEY-5d1e9a20bb73",
    "CHATSECRET-77d0a1b2c3d4",
    "PDSKEY-0a9b8c7d6e5f",
    "PDSSECRET-feedc0de0099",
    "0123456789abcdef0123456789abcdef",
    "RELAYTOKEN-42424242aaaa",
];

/// Everything that was logged, by every library.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, line: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(line);
        Ok(line.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// What was handed out, each with what it is.
#[derive(Default)]
struct Seen(Vec<(String, Vec<u8>)>);

impl Seen {
    fn told(&mut self, what: &str, told: &impl Serialize) {
        self.0.push((what.to_owned(), serde_json::to_vec(told).unwrap()));
    }

    fn text(&mut self, what: &str, text: impl Into<Vec<u8>>) {
        self.0.push((what.to_owned(), text.into()));
    }

    fn folder(&mut self, folder: &Path) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => self.folder(&path),
                false => self.text(&path.display().to_string(), std::fs::read(&path).unwrap()),
            }
        }
    }

    fn holds_none(&self) {
        for (what, text) in &self.0 {
            for secret in SECRETS {
                let found = text.windows(secret.len()).position(|part| part == secret.as_bytes());
                let around = found.map(|at| {
                    let from = at.saturating_sub(200);
                    String::from_utf8_lossy(&text[from..at + secret.len()]).into_owned()
                });
                assert_eq!(around, None, "{what} holds {secret}");
            }
        }
    }
}

fn whole(vendor: &sim_server::Running) -> AccountDraft {
    AccountDraft {
        chatbot_key: Some(SECRETS[3].to_owned()),
        chatbot_secret: Some(SECRETS[4].to_owned()),
        chatbot_sign: Some("hmac-sha256-hex".to_owned()),
        pds_key: Some(SECRETS[5].to_owned()),
        pds_secret: Some(SECRETS[6].to_owned()),
        ..draft(vendor, SECRETS[0], SECRETS[1])
    }
}

// One thread, so that everything is logged to where the test looks.
#[tokio::test]
async fn no_secret_comes_back_from_the_core() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .finish();
    let _logging = tracing::subscriber::set_default(subscriber);
    let mut seen = Seen::default();
    let (folder, entries) = (tempfile::tempdir().unwrap(), Entries::default());
    let vendor = vendor(7, SECRETS[0], SECRETS[1]).await;
    let running = start(kept_in(folder.path(), &entries)).await.unwrap();
    let setup = running.setup().unwrap();
    let named = |text: &str| AccountDraft { name: text.to_owned(), ..whole(&vendor) };
    seen.text("a draft's debug text", format!("{:?}", whole(&vendor)));

    let wrong = AccountDraft { secret: Some(SECRETS[2].to_owned()), ..whole(&vendor) };
    seen.told("a refused test", &setup.test_account(wrong, |_| {}).await.unwrap());
    seen.told("a good test", &setup.test_account(whole(&vendor), |_| {}).await.unwrap());
    let nameless = setup.keep_account(named("")).await;
    seen.text("a refusal", format!("{:?}", nameless.unwrap_err()));
    let account = keep(&running, named("North")).await;
    until_read(&running, &account).await;
    webhooks(&running, &account, &mut seen).await;

    let setup = running.setup().unwrap();
    seen.told("the accounts", &setup.accounts().await);
    seen.told("the contract", &setup.contract(account.as_str()).unwrap());
    let desk = running.desk().unwrap();
    seen.told("hello", &desk.hello());
    let (window, mut frames) = desk.open_window();
    window.watch(1, watch()).unwrap();
    for _ in 0..3 {
        seen.told("frames", &frames.next().await.unwrap());
    }
    drop((desk, setup, window, frames));
    running.shutdown().await;
    seen.folder(folder.path());
    seen.text("the log", log.0.lock().unwrap().clone());
    assert!(seen.0.iter().any(|(what, _)| what.ends_with("accounts.toml")));
    assert!(entries.lock().unwrap().values().any(|entry| entry.contains(SECRETS[4])));
    seen.holds_none();
}

/// Events arrive, encrypted and from a relay that is not there.
async fn webhooks(running: &Running, account: &AccountId, seen: &mut Seen) {
    let draft = WebhooksDraft {
        account: account.to_string(),
        receive: true,
        bind: "127.0.0.1".to_owned(),
        port: 0,
        new_path: true,
        mode: SignatureMode::RecordOnly,
        aes: Some("aes-128-cbc".to_owned()),
        aes_key: Some(SECRETS[7].to_owned()),
        aes_field: Some("data".to_owned()),
        folder: None,
        relay_url: Some("http://127.0.0.1:1".to_owned()),
        relay_token: Some(SECRETS[8].to_owned()),
    };
    seen.text("a draft's debug text", format!("{draft:?}"));
    let setup = running.setup().unwrap();
    setup.keep_webhooks(draft).await.unwrap();
    let setup = running.setup().unwrap();
    let view = setup.webhooks(account.as_str()).await.unwrap();
    let address = format!("{}{}", view.address.as_deref().unwrap(), view.path);
    let client = reqwest::Client::builder().build().unwrap();
    for body in [r#"{"workflow_id":"w1","status":"Running","actions":[]}"#, r#"{"data":"AAAA"}"#] {
        let sent = client.post(&address).header("X-AIRudder-Sign", "00").body(body).send().await;
        assert_eq!(sent.unwrap().status().as_u16(), 200);
    }
    let end = Instant::now() + PATIENCE;
    while setup.webhooks(account.as_str()).await.unwrap().relay_trouble.is_none() {
        assert!(Instant::now() < end, "nobody says that the relay is not there");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    seen.told("the webhooks", &setup.webhooks(account.as_str()).await.unwrap());
    let events = setup.hook_events(account.as_str(), None, None).await.unwrap();
    assert_eq!(events.len(), 2);
    seen.told("the events", &events);
}
