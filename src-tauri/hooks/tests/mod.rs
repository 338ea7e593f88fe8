use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sqlx::Connection;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::{Mutex, Notify},
};

use super::*;
use crate::{
    domain::{chat::Signature, ids::AccountId, time::Timestamp, workflow::Source},
    store::{self, Arrival, InboxItem, InboxWriter, Reader, StoredAccount},
};

const PATH: &str = "/hook/3f9c2a71d04e";

fn account() -> AccountId {
    AccountId::new("demo")
}

async fn inbox(dir: &Path) -> (InboxWriter, Reader) {
    let mut opened = store::open(&dir.join("store.sqlite")).await.unwrap();
    let stored = StoredAccount {
        id: account(),
        name: "Demo".to_owned(),
        base_url: "http://vendor.test".to_owned(),
    };
    opened.writer.account(&stored).await.unwrap();
    (opened.inbox, opened.reader)
}

struct Running {
    receiver: Receiver,
    wake: Arc<Notify>,
    dir: tempfile::TempDir,
}

impl Running {
    async fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let (inbox, _) = inbox(dir.path()).await;
        let wake = Arc::new(Notify::new());
        let bind = SocketAddr::from(([127, 0, 0, 1], 0));
        let options = ReceiverOptions::one(bind, PATH.to_owned(), Intake::plain(account()));
        let clock: Clock = Arc::new(|| Timestamp(77));
        let inbox = Arc::new(Mutex::new(inbox));
        let receiver = serve(options, inbox, wake.clone(), clock).await.unwrap();
        Self { receiver, wake, dir }
    }

    /// What another process that opens the file now would find.
    async fn durable(&self) -> Vec<InboxItem> {
        let other = store::open(&self.dir.path().join("store.sqlite")).await.unwrap();
        other.reader.inbox_pending(100).await.unwrap()
    }

    async fn post(&self, path: &str, body: &[u8]) -> (u16, String) {
        post(self.receiver.address(), path, body).await
    }

    async fn send(&self, request: &[u8]) -> (u16, String) {
        send(self.receiver.address(), request).await
    }
}

async fn post(to: SocketAddr, path: &str, body: &[u8]) -> (u16, String) {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-AIRudder-Sign: s1gn\r\n\
             Content-Length: {}\r\n\r\n",
        body.len()
    );
    send(to, &[head.as_bytes(), body].concat()).await
}

/// What comes back on a connection that the sender leaves open.
async fn send(to: SocketAddr, request: &[u8]) -> (u16, String) {
    let mut stream = TcpStream::connect(to).await.unwrap();
    // The receiver may answer and close before it has read all of a body that is too large.
    let _ = stream.write_all(request).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let status = answer.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or_default();
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    (status, body.unwrap_or_default())
}

#[tokio::test]
async fn a_body_is_durable_when_it_is_acknowledged() {
    let running = Running::new().await;
    let body = br#"{"call_id": "s1", "odd": [null]}"#;
    assert_eq!(running.post(PATH, body).await, (200, r#"{"status":"success"}"#.to_owned()));
    let kept = running.durable().await;
    let [item] = &kept[..] else { panic!("{}", kept.len()) };
    assert_eq!(
        (item.body.as_slice(), item.at, item.source),
        (&body[..], Timestamp(77), Source::Webhook)
    );
    assert_eq!(item.verdict, Signature::Unchecked);
    assert_eq!(item.account, account());
    running.wake.notified().await;
}

#[tokio::test]
async fn a_second_delivery_is_acknowledged_and_kept_once() {
    let running = Running::new().await;
    for _ in 0..3 {
        assert_eq!(running.post(PATH, b"{\"call_id\":\"s1\"}").await.0, 200);
    }
    assert_eq!(running.post(PATH, b"{\"call_id\":\"s2\"}").await.0, 200);
    assert_eq!(running.durable().await.len(), 2);
}

#[tokio::test]
async fn deliveries_at_once_are_all_kept() {
    let running = Running::new().await;
    let to = running.receiver.address();
    let mut all = tokio::task::JoinSet::new();
    for n in 0..20 {
        all.spawn(async move { post(to, PATH, format!("{{\"n\":{n}}}").as_bytes()).await.0 });
    }
    assert_eq!(all.join_all().await, vec![200; 20]);
    assert_eq!(running.durable().await.len(), 20);
}

#[tokio::test]
async fn strangers_learn_nothing() {
    let running = Running::new().await;
    for path in ["/", "/hook", "/hook/", "/hook/other", &format!("{PATH}/"), &format!("{PATH}x")] {
        assert_eq!(running.post(path, b"{}").await, (404, String::new()), "{path}");
    }
    let get = format!("GET {PATH} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assert_eq!(running.send(get.as_bytes()).await, (405, String::new()));
    assert_eq!(running.durable().await.len(), 0);
}

#[tokio::test]
async fn what_is_no_whole_json_is_refused() {
    let running = Running::new().await;
    for body in [&b""[..], b"callee=1", b"{\"a\":", b"{\"a\":\"\xff\"}", b"{} {}"] {
        assert_eq!(running.post(PATH, body).await, (400, String::new()), "{body:?}");
    }
    let cut = format!("POST {PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 90\r\n\r\n{{\"a\":1}}");
    let mut stream = TcpStream::connect(running.receiver.address()).await.unwrap();
    stream.write_all(cut.as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut answer = String::new();
    let _ = stream.read_to_string(&mut answer).await;
    assert!(!answer.contains("200"), "{answer}");
    assert_eq!(running.durable().await.len(), 0);
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_and_one_at_it_is_kept() {
    let running = Running::new().await;
    let body = |length: usize| format!("\"{}\"", "x".repeat(length - 2));
    assert_eq!(running.post(PATH, body(BODY_LIMIT).as_bytes()).await.0, 200);
    assert_eq!(running.post(PATH, body(BODY_LIMIT + 1).as_bytes()).await.0, 413);
    assert_eq!(running.durable().await.len(), 1);
}

#[tokio::test]
async fn a_body_that_cannot_be_kept_is_asked_for_again() {
    let running = Running::new().await;
    let url = format!("sqlite:{}", running.dir.path().join("store.sqlite").display());
    let mut file = sqlx::SqliteConnection::connect(&url).await.unwrap();
    let full =
        "CREATE TRIGGER full BEFORE INSERT ON inbox BEGIN SELECT RAISE(ABORT, 'no room'); END";
    sqlx::query(full).execute(&mut file).await.unwrap();
    assert_eq!(running.post(PATH, b"{}").await, (503, String::new()));
    sqlx::query("DROP TRIGGER full").execute(&mut file).await.unwrap();
    assert_eq!(running.post(PATH, b"{}").await.0, 200);
    assert_eq!(running.durable().await.len(), 1);
}

#[tokio::test]
async fn after_shutdown_nobody_listens() {
    let running = Running::new().await;
    let address = running.receiver.address();
    let idle = TcpStream::connect(address).await.unwrap();
    let ended = tokio::time::timeout(Duration::from_secs(20), running.receiver.shutdown()).await;
    assert!(ended.is_ok());
    drop(idle);
    assert!(TcpStream::connect(address).await.is_err());
}

#[tokio::test]
async fn an_address_in_use_and_a_bad_path_are_named() {
    let running = Running::new().await;
    let dir = tempfile::tempdir().unwrap();
    let inbox = Arc::new(Mutex::new(inbox(dir.path()).await.0));
    let serve_at = |bind, path: &str| {
        let options = ReceiverOptions::one(bind, path.to_owned(), Intake::plain(account()));
        serve(options, inbox.clone(), Arc::default(), Arc::new(|| Timestamp(0)))
    };
    let taken = running.receiver.address();
    let Err(error) = serve_at(taken, PATH).await else { panic!("bound twice") };
    assert!(error.to_string().contains(&taken.port().to_string()), "{error}");
    let free = SocketAddr::from(([127, 0, 0, 1], 0));
    for path in ["", "/", "/hook", "/hook/", "/hook/a/b", "/hook/{*all}", "/hook/ü", "/other/x"] {
        let refused = serve_at(free, path).await;
        assert!(matches!(refused, Err(HookServerError::Path)), "{path}");
    }
}

#[tokio::test]
async fn saved_bodies_come_in_one_by_one() {
    let dir = tempfile::tempdir().unwrap();
    let (mut inbox, reader) = inbox(dir.path()).await;
    let file = |name: &str, text: &str| -> PathBuf {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let files = [
        file("one.json", "{\"call_id\": \"s1\"}"),
        file("array.json", "[{\"call_id\":\"s2\"}, 7, {\"call_id\":\"s3\"}]"),
        file("lines.jsonl", "{\"call_id\":\"s4\"}\n{\"call_id\":\n{\"call_id\":\"s2\"}\n"),
        file("garbage.json", "<html>"),
        file("empty.json", " "),
        dir.path().join("missing.json"),
        file("large.json", &format!("{{\"t\":\"{}\"}}", "x".repeat(BODY_LIMIT))),
    ];
    let imported = import(&files, &Intake::plain(account()), &mut inbox, Timestamp(9)).await;
    let results: Vec<String> = imported
        .iter()
        .map(|one| {
            let name = one.file.file_name().unwrap().to_string_lossy();
            let result = match &one.result {
                Ok(Arrival::New(_)) => "new".to_owned(),
                Ok(Arrival::Duplicate) => "known".to_owned(),
                Err(error) => error.to_string(),
            };
            format!("{name} {}: {result}", one.body)
        })
        .collect();
    assert_eq!(
        results,
        [
            "one.json 1: new",
            "array.json 1: new",
            "array.json 2: it is JSON, but no object with fields, so it is no webhook body",
            "array.json 3: new",
            "lines.jsonl 1: new",
            "lines.jsonl 2: the text is no JSON, or was cut, at line 2, column 11",
            "lines.jsonl 3: known",
            "garbage.json 1: the text is no JSON, or was cut, at line 1, column 1",
            "empty.json 1: the file is empty",
            "missing.json 1: the file cannot be read: No such file or directory (os error 2)",
            "large.json 1: the body is over the limit of 5242880 bytes",
        ]
    );
    let kept = reader.inbox_pending(100).await.unwrap();
    assert_eq!(kept.len(), 4);
    assert!(kept.iter().all(|i| i.source == Source::File && i.at == Timestamp(9)));
    assert_eq!(kept[1].body, b"{\"call_id\":\"s2\"}");
}

mod ways;
