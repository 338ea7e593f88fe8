use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use bytes::Bytes;

use super::{wave::tests::wav, *};
use crate::{
    domain::{
        call::{Call, CallDetail},
        ids::{AccountId, CallId, WorkflowId},
        time::Timestamp,
        workflow::{Seen, Source},
    },
    store::{self, Batch, Reader},
    vendor::{
        self, Clock, Profile, Reads, Settings,
        transport::{Answer, Request, Response, Transport, TransportError},
    },
};

const LOOK_UP: &str = "http://vendor.test/service/cloud/workflow/callinfobyid";
const OLD: &str = "https://files.test/old.wav";
const NEW: &str = "https://files.test/new.wav";

/// HTTP status and body.
type Answered = Result<(u16, Vec<u8>), TransportError>;

/// Answers by address, and remembers what was asked, the sign-in apart.
#[derive(Default)]
struct Vendor {
    answers: Mutex<HashMap<&'static str, Answered>>,
    asked: Mutex<Vec<String>>,
}

impl Transport for Vendor {
    fn send<'a>(&'a self, request: Request, _: usize) -> Answer<'a> {
        let address = request.url.split('?').next().unwrap_or_default().to_owned();
        let answer = if address.ends_with("/auth") {
            Ok((200, br#"{"code":200,"status":"OK","data":{"token":"t"}}"#.to_vec()))
        } else {
            self.asked.lock().unwrap().push(address.clone());
            let answers = self.answers.lock().unwrap();
            answers.get(address.as_str()).cloned().unwrap_or(Ok((404, Vec::new())))
        };
        Box::pin(async move {
            tokio::task::yield_now().await;
            let (status, body) = answer?;
            Ok(Response { status, headers: Vec::new(), body: Bytes::from(body) })
        })
    }
}

struct Bench {
    vendor: Arc<Vendor>,
    reads: Reads,
    reader: Reader,
    cache: Cache,
    dir: tempfile::TempDir,
}

impl Bench {
    /// The store holds the call `c1` with this link; `profile` says whether looking it up is allowed.
    async fn new(link: Option<&str>, profile: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut opened = store::open(&dir.path().join("store.sqlite")).await.unwrap();
        let calls = vec![Seen { value: call(link), raw: "{}".to_owned() }];
        let batch = Batch { calls, ..Batch::default() };
        opened.writer.apply(&account(), Source::Api, Timestamp(0), batch).await.unwrap();
        let vendor = Arc::new(Vendor::default());
        let settings = Settings {
            base_url: "http://vendor.test".to_owned(),
            key: "key".to_owned(),
            secret: "secret".to_owned().into(),
            chatbot: None,
            pds: None,
            profile: Profile::parse(profile).unwrap(),
            budget_per_s: 100.0,
            clock: clock(),
            limits: vendor::Limits::default(),
        };
        let (reads, _) = vendor::connect(settings, vendor.clone()).unwrap();
        let cache = Cache::open(dir.path().join("recordings"), clock()).unwrap();
        Self { vendor, reads, reader: opened.reader, cache, dir }
    }

    fn answer(&self, address: &'static str, status: u16, body: &[u8]) {
        self.vendor.answers.lock().unwrap().insert(address, Ok((status, body.to_vec())));
    }

    async fn recording(&self) -> Result<Bytes, MediaError> {
        self.cache.recording(Some(&self.reads), &self.reader, &account(), &CallId::new("c1")).await
    }

    fn asked(&self) -> Vec<String> {
        self.vendor.asked.lock().unwrap().clone()
    }

    fn kept(&self) -> usize {
        std::fs::read_dir(self.dir.path().join("recordings")).unwrap().count()
    }
}

fn clock() -> Clock {
    Arc::new(|| Timestamp(0))
}

fn account() -> AccountId {
    AccountId::new("demo")
}

fn sound() -> Vec<u8> {
    wav(1, 2, 8000, 16, &[0x10; 32_000])
}

fn found(link: &str) -> String {
    format!(r#"{{"code":200,"status":"OK","data":{{"callid":"c1","reclink":"{link}"}}}}"#)
}

const ALLOWED: &str = r#"reads = "assumed""#;

#[tokio::test]
async fn a_recording_is_downloaded_once_and_kept_over_a_restart() {
    let bench = Bench::new(Some(OLD), "").await;
    bench.answer(OLD, 200, &sound());
    assert_eq!(bench.recording().await.unwrap(), sound());
    assert_eq!(bench.recording().await.unwrap(), sound());
    assert_eq!(bench.asked(), [OLD]);
    let again = Cache::open(bench.dir.path().join("recordings"), clock()).unwrap();
    let bench = Bench { cache: again, ..bench };
    assert_eq!(bench.recording().await.unwrap(), sound());
    assert_eq!(bench.asked(), [OLD]);

    // Where the keychain is locked, what is kept plays all the same.
    let (own, kept, other) = (account(), CallId::new("c1"), CallId::new("c2"));
    let played = bench.cache.recording(None, &bench.reader, &own, &kept).await;
    assert_eq!(played.unwrap(), sound());
    let refused = bench.cache.recording(None, &bench.reader, &own, &other).await;
    assert!(matches!(refused, Err(MediaError::NoKeys)));
}

#[tokio::test]
async fn the_player_and_its_drawing_share_one_download() {
    let bench = Bench::new(Some(OLD), "").await;
    bench.answer(OLD, 200, &sound());
    let (account, call) = (account(), CallId::new("c1"));
    let (bytes, shape) = tokio::join!(
        bench.recording(),
        bench.cache.peaks(Some(&bench.reads), &bench.reader, &account, &call)
    );
    assert_eq!(bytes.unwrap(), sound());
    assert_eq!(shape.unwrap().duration_ms, 1000);
    assert_eq!(bench.asked(), [OLD]);
}

#[tokio::test]
async fn a_dead_link_is_replaced_where_looking_up_is_allowed() {
    for dead in [(403, &b""[..]), (404, b"gone"), (200, b"<html>expired</html>")] {
        let bench = Bench::new(Some(OLD), ALLOWED).await;
        bench.answer(OLD, dead.0, dead.1);
        bench.answer(LOOK_UP, 200, found(NEW).as_bytes());
        bench.answer(NEW, 200, &sound());
        assert_eq!(bench.recording().await.unwrap(), sound());
        assert_eq!(bench.asked(), [OLD, LOOK_UP, NEW]);
    }
}

#[tokio::test]
async fn a_dead_link_is_said_to_be_dead() {
    let bench = Bench::new(Some(OLD), "").await;
    assert!(matches!(bench.recording().await, Err(MediaError::Gone)));
    assert_eq!(bench.asked(), [OLD]);

    let bench = Bench::new(Some(OLD), ALLOWED).await;
    bench.answer(LOOK_UP, 200, found(OLD).as_bytes());
    assert!(matches!(bench.recording().await, Err(MediaError::Gone)));
    assert_eq!(bench.asked(), [OLD, LOOK_UP], "the same link is not tried twice");
}

#[tokio::test]
async fn a_call_without_a_link_is_looked_up_or_has_no_recording() {
    let bench = Bench::new(None, "").await;
    assert!(matches!(bench.recording().await, Err(MediaError::NoRecording)));
    assert!(bench.asked().is_empty());

    let bench = Bench::new(None, ALLOWED).await;
    assert!(matches!(bench.recording().await, Err(MediaError::NoRecording)));

    let bench = Bench::new(None, ALLOWED).await;
    bench.answer(LOOK_UP, 200, found(NEW).as_bytes());
    bench.answer(NEW, 200, &sound());
    assert_eq!(bench.recording().await.unwrap(), sound());
}

#[tokio::test]
async fn what_is_no_audio_is_not_kept() {
    let bench = Bench::new(Some(OLD), "").await;
    bench.answer(OLD, 200, b"<html>sign in</html>");
    let Err(error) = bench.recording().await else { panic!("a page was played") };
    assert_eq!(
        error.to_string(),
        "the recording cannot be played, because a web page came instead"
    );
    assert_eq!(bench.kept(), 0);
}

#[tokio::test]
async fn too_large_and_unreachable_are_told_apart() {
    let bench = Bench::new(Some(OLD), ALLOWED).await;
    let fails = |error| bench.vendor.answers.lock().unwrap().insert(OLD, Err(error));
    fails(TransportError::TooLarge { limit: 9 });
    assert!(matches!(bench.recording().await, Err(MediaError::TooLarge { limit: 9 })));
    fails(TransportError::Connect("nobody".to_owned()));
    assert!(matches!(bench.recording().await, Err(MediaError::Read(_))));
    bench.answer(OLD, 503, b"");
    assert!(matches!(bench.recording().await, Err(MediaError::Read(_))));
    assert_eq!(bench.asked(), [OLD, OLD, OLD]);
}

#[tokio::test]
async fn a_file_spoilt_on_disk_is_fetched_anew() {
    let bench = Bench::new(Some(OLD), "").await;
    bench.answer(OLD, 200, &sound());
    bench.recording().await.unwrap();
    for file in std::fs::read_dir(bench.dir.path().join("recordings")).unwrap() {
        let path = file.unwrap().path();
        assert!(!path.to_string_lossy().contains("c1"));
        std::fs::write(path, vec![0; 100]).unwrap();
    }
    assert_eq!(bench.recording().await.unwrap(), sound());
    assert_eq!(bench.asked(), [OLD, OLD]);
}

fn call(link: Option<&str>) -> Call {
    Call {
        id: CallId::new("c1"),
        workflow: Some(WorkflowId::new("w1")),
        workflow_name: None,
        node: None,
        node_name: None,
        task: None,
        task_name: None,
        callee: None,
        case_id: None,
        result: None,
        connected: None,
        hangup: None,
        round: None,
        called_at: None,
        answered_at: None,
        ended_at: None,
        talk_ms: None,
        turns: None,
        intention: None,
        recording: link.map(str::to_owned),
        zone_assumed: false,
        detail: CallDetail::default(),
    }
}
