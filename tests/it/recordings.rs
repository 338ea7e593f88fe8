//! Every form in which a recording comes, from the simulator over loopback into the cache.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use wheelhouse::{
    domain::{
        call::{Call, CallDetail},
        ids::{AccountId, CallId, Callee, TaskId},
        time::Timestamp,
        workflow::{Seen, Source},
    },
    media::{Cache, MediaError},
    sim::{Fault, FaultPlan, STORY_START, Script, When, World},
    sim_server::{HandClock, Running, ServeOptions, lock, serve, share},
    store::{self, Batch, Reader},
    vendor::{
        self, HttpTransport, Limits, Profile, Reads, Settings,
        transport::{Request, Response, TransportError},
    },
};

use crate::scripted::{OPEN, Scripted, client, header, ok, path};

/// A cache in front of one vendor, and a store that holds the calls that are asked for.
struct Bench {
    cache: Cache,
    reads: Reads,
    reader: Reader,
    account: AccountId,
    _folder: tempfile::TempDir,
}

impl Bench {
    async fn new(reads: Reads, calls: Vec<Call>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut opened = store::open(&folder.path().join("store.sqlite")).await.unwrap();
        let account = AccountId::new("demo");
        let seen = |call| Seen { value: call, raw: "{}".to_owned() };
        let batch = Batch { calls: calls.into_iter().map(seen).collect(), ..Batch::default() };
        opened.writer.apply(&account, Source::Api, Timestamp(0), batch).await.unwrap();
        let cache =
            Cache::open(folder.path().join("recordings"), Arc::new(|| Timestamp(0))).unwrap();
        Self { cache, reads, reader: opened.reader, account, _folder: folder }
    }

    async fn sound(&self, id: &str) -> Result<usize, MediaError> {
        let id = CallId::new(id);
        let heard =
            self.cache.recording(Some(&self.reads), &self.reader, &self.account, &id).await?;
        assert_eq!(&heard[..4], b"RIFF");
        let shape = self.cache.peaks(Some(&self.reads), &self.reader, &self.account, &id).await?;
        assert!(shape.duration_ms > 1_000, "it can be drawn");
        Ok(heard.len())
    }
}

async fn served() -> (Running, Reads) {
    let clock = HandClock::at(STORY_START);
    let world = share(World::new(Script::story(7).starting(STORY_START)));
    let running = serve(world, ServeOptions::new(clock.clock())).await.unwrap();
    clock.advance(30 * 60_000);
    lock(&running.world).advance(clock.now());
    let settings = Settings {
        base_url: running.base_url.clone(),
        key: "demo".to_owned(),
        secret: "demo".to_owned().into(),
        chatbot: None,
        pds: None,
        // What is known alone: a call of a task is not looked up by its id.
        profile: Profile::built_in(),
        budget_per_s: 10_000.0,
        clock: Arc::new(move || Timestamp(clock.now())),
        limits: Limits::default(),
    };
    let transport = HttpTransport::new(Duration::from_secs(20)).unwrap();
    (running, vendor::connect(settings, Arc::new(transport)).unwrap().0)
}

fn call(id: &str, task: &str, callee: &str, link: Option<&str>) -> Call {
    Call {
        id: CallId::new(id),
        workflow: None,
        workflow_name: None,
        node: None,
        node_name: None,
        task: Some(TaskId::new(task)),
        task_name: None,
        callee: Some(Callee::new(callee)),
        case_id: None,
        result: None,
        connected: Some(true),
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

/// The calls with a recording of the task that has the most of them and still fits its archive.
fn recorded(running: &Running) -> Vec<Call> {
    let truth = lock(&running.world).truth();
    let calls: Vec<_> = truth.task_calls.iter().filter(|call| call.recording.is_some()).collect();
    let tasks: BTreeSet<_> = calls.iter().map(|call| &call.task).collect();
    let of = |task: &str| calls.iter().filter(|c| c.task == task).count();
    let task = tasks.into_iter().filter(|task| of(task) <= 20).max_by_key(|task| of(task)).unwrap();
    let of_task = calls.iter().filter(|call| call.task == *task);
    let read = of_task.map(|c| Call {
        called_at: Some(Timestamp(c.called_at)),
        ..call(&c.id, &c.task, &c.callee, c.recording.as_deref())
    });
    read.collect()
}

fn full(call: &Call) -> (&str, &str, &str) {
    let task = call.task.as_ref().unwrap();
    (call.id.as_str(), task.as_str(), call.callee.as_ref().unwrap().full())
}

#[tokio::test]
async fn a_task_call_without_a_link_is_heard_by_its_number_or_out_of_the_archive() {
    let (running, reads) = served().await;
    let truth: Vec<Call> =
        recorded(&running).into_iter().map(|call| Call { recording: None, ..call }).collect();
    assert!(truth.len() > 2, "{}", truth.len());
    // A second call to the first number: which of the two the vendor would give is not known.
    let mut calls = truth.clone();
    let (_, task, callee) = full(&truth[0]);
    calls.push(call("another", task, callee, None));
    let bench = Bench::new(reads, calls).await;
    for call in &truth {
        assert!(bench.sound(call.id.as_str()).await.unwrap() > 40_000);
    }
    let asked: Vec<String> =
        lock(&running.world).history().iter().map(|a| a.path.clone()).collect();
    let count = |wanted: &str| asked.iter().filter(|path| path.contains(wanted)).count();
    assert_eq!(count("/service/cloud/case"), truth.len() - 1);
    assert_eq!(count("/archives/"), 1, "{asked:?}");
    let Err(MediaError::Archive(missing)) = bench.sound("another").await else { panic!() };
    assert!(missing.to_string().contains("no recording of this call"), "{missing}");
    running.shutdown().await.unwrap();
}

#[tokio::test]
async fn odd_archives_and_links_each_end_in_one_sentence() {
    let (running, reads) = served().await;
    let truth = recorded(&running);
    let newest = truth.iter().max_by_key(|call| call.called_at).unwrap();
    let (id, task, callee) = full(newest);
    // Two calls to the number, so that only the archive is left.
    let calls = vec![call(id, task, callee, None), call("another", task, callee, None)];
    let bench = Bench::new(reads.clone(), calls).await;
    let odd = FaultPlan::none().with(Fault::OddRecording, When::Every(1));
    lock(&running.world).set_faults(odd.clone());
    let mut told = BTreeSet::new();
    for _ in 0..6 {
        told.insert(bench.sound(id).await.unwrap_err().to_string());
    }
    for words in ["encrypted", "method 14", "limit", "another archive", "lead", "damaged"] {
        assert!(told.iter().any(|sentence| sentence.contains(words)), "{words}: {told:?}");
    }
    lock(&running.world).set_faults(FaultPlan::none());
    assert!(bench.sound(id).await.is_ok(), "what was spoilt was not kept");

    // A call's own link leads to JSON with a link, in a circle, or to a page.
    let mut told = BTreeSet::new();
    lock(&running.world).set_faults(odd);
    for recorded in &truth {
        let own = Call { task: None, ..recorded.clone() };
        let bench = Bench::new(reads.clone(), vec![own]).await;
        told.insert(bench.sound(recorded.id.as_str()).await.unwrap_err().to_string());
    }
    for words in ["JSON", "redirected too often", "web page"] {
        assert!(told.iter().any(|sentence| sentence.contains(words)), "{words}: {told:?}");
    }
    running.shutdown().await.unwrap();
}

type Answered = Result<Response, TransportError>;

async fn heard(
    link: &str,
    script: fn(&Request) -> Answered,
) -> (Result<usize, MediaError>, Arc<Scripted>) {
    let vendor = Scripted::signed_in(move |_, request| script(request));
    let (reads, _) = client(OPEN, vendor.clone());
    let bench = Bench::new(reads, vec![call("c1", "t1", "+6281234564821", Some(link))]).await;
    (bench.sound("c1").await, vendor)
}

/// A little over a second of sound in fewer bytes than the scripted client takes.
fn wav() -> Vec<u8> {
    const RATE: u32 = 100;
    const BYTES: u32 = 640;
    let mut wav = b"RIFF".to_vec();
    wav.extend((BYTES + 36).to_le_bytes());
    wav.extend(b"WAVEfmt \x10\0\0\0\x01\0\x02\0");
    wav.extend(RATE.to_le_bytes());
    wav.extend((RATE * 4).to_le_bytes());
    wav.extend(b"\x04\0\x10\0data");
    wav.extend(BYTES.to_le_bytes());
    wav.extend(vec![0x10_u8; BYTES as usize]);
    wav
}

#[tokio::test]
async fn json_in_place_of_a_recording_is_followed_once_and_its_host_gets_no_token() {
    let (sound, vendor) = heard("https://files.example/a", |request| match &*path(request) {
        "/a" => ok(200, r#"{"code":200,"data":{"link":"https://other.example/c1.wav"}}"#),
        _ => ok(200, wav()),
    })
    .await;
    assert!(sound.is_ok(), "{sound:?}");
    for asked in ["/a", "/c1.wav"] {
        let [request] = &vendor.asked(asked)[..] else { panic!("{asked}") };
        assert_eq!(header(request, "Authorization"), None);
    }
    let (sound, vendor) = heard("https://files.example/a", |request| match &*path(request) {
        "/a" => ok(200, r#"{"link":"/b"}"#),
        "/b" => ok(200, r#"{"link":"/c"}"#),
        _ => ok(404, ""),
    })
    .await;
    let error = sound.unwrap_err().to_string();
    assert!(error.contains("JSON"), "{error}");
    assert!(vendor.asked("/c").is_empty(), "followed once");
}

#[tokio::test]
async fn a_circle_ends_and_an_unsafe_link_is_not_asked() {
    let around = |request: &Request| {
        let headers = vec![("Location".to_owned(), "/round".to_owned())];
        match &*path(request) {
            "/a" | "/round" => Ok(Response { status: 302, headers, body: "".into() }),
            _ => ok(404, ""),
        }
    };
    let (sound, vendor) = heard("https://files.example/a", around).await;
    let error = sound.unwrap_err().to_string();
    assert!(error.contains("redirected too often"), "{error}");
    assert!(vendor.asked("/round").len() <= 6);
    for link in ["http://files.example/c1.wav", "file:///etc/passwd", "http://127.0.0.1:9/c1.wav"] {
        let (sound, vendor) = heard(link, |_| ok(200, wav())).await;
        assert!(sound.is_err(), "{link}");
        assert!(vendor.asked("/c1.wav").is_empty() && vendor.asked("/etc/passwd").is_empty());
    }
}
