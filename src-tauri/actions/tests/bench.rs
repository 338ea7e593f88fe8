//! A door on a real store, with a vendor whose answers are given byte by byte.

use std::{
    collections::{HashMap, HashSet},
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
};

use bytes::Bytes;
use sqlx::Connection;
use tokio::sync::{Notify, Semaphore};

use super::workflow;
use crate::{
    actions::{ActionRequest, Door},
    domain::{
        action::{Action, How, Target, Verb},
        call::{Call, CallDetail},
        ids::{AccountId, ActionId, CallId, Callee, WorkflowId},
        time::Timestamp,
        workflow::{Seen, Source, Workflow},
    },
    store::{self, Batch, Reader, SourceMark, StoredAccount},
    vendor::{
        self, Clock, Key, Limits, Profile, Settings,
        transport::{Answer, Request, Response, Transport, TransportError},
    },
};

pub const NUMBER: &str = "+6281234564821";
pub const CONFIRMED: &str = r#"
    [endpoint."workflow.stop"]
    confirmed = "a trial on w1"
    [endpoint."workflow.cancel_list"]
    confirmed = "documentation page 45246616"
"#;

/// HTTP status and body.
pub type Answered = Result<(u16, &'static str), TransportError>;

/// Signs everybody in; answers every write alike.
pub struct Vendor {
    pub answer: Mutex<Answered>,
    /// Path and body of each write, in the order of arrival.
    pub writes: Mutex<Vec<(String, String)>>,
    pub sign_ins: AtomicI64,
    /// A write is answered only when it gets a permit.
    pub may_answer: Semaphore,
    pub arrived: Notify,
}

impl Transport for Vendor {
    fn send<'a>(&'a self, request: Request, _: usize) -> Answer<'a> {
        Box::pin(async move {
            let ok = |status, body: &str| Response {
                status,
                headers: Vec::new(),
                body: Bytes::copy_from_slice(body.as_bytes()),
            };
            if request.url.ends_with("/auth") {
                self.sign_ins.fetch_add(1, Ordering::SeqCst);
                return Ok(ok(200, r#"{"code":200,"status":"OK","data":{"token":"a+b/c"}}"#));
            }
            let path = request.url.trim_start_matches("http://vendor.test").to_owned();
            let body = String::from_utf8_lossy(&request.body).into_owned();
            self.writes.lock().unwrap().push((path, body));
            self.arrived.notify_one();
            self.may_answer.acquire().await.unwrap().forget();
            let answer = self.answer.lock().unwrap().clone();
            answer.map(|(status, body)| ok(status, body))
        })
    }
}

impl Vendor {
    pub fn answers(&self, answer: Answered) {
        *self.answer.lock().unwrap() = answer;
    }

    pub fn writes(&self) -> usize {
        self.writes.lock().unwrap().len()
    }
}

pub struct Bench {
    pub door: Door,
    pub vendor: Arc<Vendor>,
    pub reader: Reader,
    pub wake: Arc<Notify>,
    pub now: Arc<AtomicI64>,
    pub file: PathBuf,
    _dir: tempfile::TempDir,
}

pub struct Setup {
    pub profile: &'static str,
    pub read_only: bool,
    pub connected: bool,
    /// A journal line of an earlier run.
    pub left_over: Option<Action>,
    /// Whether writes are answered at once.
    pub answering: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self {
            profile: CONFIRMED,
            read_only: false,
            connected: true,
            left_over: None,
            answering: true,
        }
    }
}

pub fn account() -> AccountId {
    AccountId::new("demo")
}

impl Bench {
    /// The store holds the running workflow `w1` with the call `c1` to [`NUMBER`].
    pub async fn new(setup: Setup) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("store.sqlite");
        let mut opened = store::open(&file).await.unwrap();
        let base_url = "http://vendor.test".to_owned();
        let stored =
            StoredAccount { id: account(), name: "Demo".to_owned(), base_url: base_url.clone() };
        opened.writer.account(&stored).await.unwrap();
        if let Some(action) = &setup.left_over {
            assert_eq!(opened.audit.request(action).await.unwrap(), None);
        }
        let vendor = Arc::new(Vendor {
            answer: Mutex::new(Ok((200, r#"{"code":200,"status":"OK","data":{}}"#))),
            writes: Mutex::default(),
            sign_ins: AtomicI64::new(0),
            may_answer: Semaphore::new(if setup.answering { 100 } else { 0 }),
            arrived: Notify::new(),
        });
        let now = Arc::new(AtomicI64::new(1_000_000));
        let time = now.clone();
        let clock: Clock = Arc::new(move || Timestamp(time.load(Ordering::SeqCst)));
        let settings = Settings {
            base_url,
            key: "key".to_owned(),
            secret: "secret".to_owned().into(),
            chatbot: None,
            pds: None,
            profile: Profile::parse(setup.profile).unwrap(),
            budget_per_s: 100.0,
            clock: clock.clone(),
            limits: Limits::default(),
        };
        let (_, writes) = vendor::connect(settings, vendor.clone()).unwrap();
        let wake = Arc::new(Notify::new());
        let door = Door::new(
            setup.connected.then_some((account(), writes)).into_iter().collect::<HashMap<_, _>>(),
            opened.audit,
            opened.reader.clone(),
            clock,
            wake.clone(),
            "mei".to_owned(),
            setup.read_only.then_some(account()).into_iter().collect::<HashSet<_>>(),
        );
        let reader = opened.reader;
        let bench = Self { door, vendor, reader, wake, now, file, _dir: dir };
        bench.status("w1", "running").await;
        bench.called("c1", Some(NUMBER), 500_000).await;
        bench
    }

    pub fn now(&self) -> Timestamp {
        Timestamp(self.now.load(Ordering::SeqCst))
    }

    pub fn pass(&self, ms: i64) {
        self.now.fetch_add(ms, Ordering::SeqCst);
    }

    /// A listing shows the workflow with this status.
    pub async fn status(&self, id: &str, written: &str) {
        let value =
            Workflow { as_of: self.now(), total: Some(5_000), ..workflow(id, Some(written)) };
        let workflows = vec![Seen { value, raw: "{}".to_owned() }];
        self.apply(Batch { workflows, ..Batch::default() }).await;
    }

    /// A listing shows a call of `w1`.
    pub async fn called(&self, id: &str, number: Option<&str>, at: i64) {
        let calls = vec![Seen { value: call(id, number, Timestamp(at)), raw: "{}".to_owned() }];
        self.apply(Batch { calls, ..Batch::default() }).await;
    }

    /// Through a connection of its own, as another process would.
    pub async fn apply(&self, mut batch: Batch) {
        batch.marks.push(SourceMark {
            key: Key::WorkflowOutboundTasks.as_str().to_owned(),
            scope: "w1".to_owned(),
            answered_at: self.now(),
            fingerprint: 1,
            total: Some(1),
            complete: true,
        });
        let at = self.now();
        let mut writer = store::open(&self.file).await.unwrap().writer;
        writer.apply(&account(), Source::Api, at, batch).await.unwrap();
    }

    /// Changes the store's file behind the store's back.
    pub async fn meddle(&self, sql: &'static str) {
        let url = format!("sqlite:{}", self.file.display());
        let mut file = sqlx::SqliteConnection::connect(&url).await.unwrap();
        sqlx::query(sql).execute(&mut file).await.unwrap();
        file.close().await.unwrap();
    }

    pub async fn stored(&self, id: &str) -> Action {
        self.reader.action(&ActionId::new(id)).await.unwrap().unwrap()
    }
}

pub fn stop(id: &str) -> ActionRequest {
    ActionRequest {
        id: ActionId::new(id),
        account: account(),
        verb: Verb::StopWorkflow,
        target: Target::whole(Verb::StopWorkflow.subject("w1")),
        reason: "a wrong list".to_owned(),
        how: How::Send,
        named: String::new(),
    }
}

pub fn cancel(id: &str, call: &str) -> ActionRequest {
    let target = Target::number_of_call(Verb::CancelRest.subject("w1"), CallId::new(call));
    ActionRequest { verb: Verb::CancelRest, target, ..stop(id) }
}

pub fn call(id: &str, number: Option<&str>, at: Timestamp) -> Call {
    Call {
        id: CallId::new(id),
        workflow: Some(WorkflowId::new("w1")),
        workflow_name: None,
        node: None,
        node_name: None,
        task: None,
        task_name: None,
        callee: number.map(Callee::new),
        case_id: Some("CASE-1".to_owned()),
        result: None,
        connected: None,
        hangup: None,
        round: None,
        called_at: Some(at),
        answered_at: None,
        ended_at: None,
        talk_ms: None,
        turns: None,
        intention: None,
        recording: None,
        zone_assumed: false,
        detail: CallDetail::default(),
    }
}
