//! Ten thousand webhooks of all kinds, in any order and up to three times each, into a relay that is
//! killed twice in between: what it acknowledged is there, and what a desktop makes of it is what the
//! events say.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use wheelhouse::{
    domain::{
        chat::tick_rank,
        ids::{AccountId, CallId, MessageId, SessionId, TaskId, WorkflowId},
        time::Timestamp,
    },
    hooks::{Intake, relay::Puller},
    store::{self, EventAsk, Opened, StoredAccount},
    sync::{driver::Driver, health::Ledger, pace::Pace},
};

const EVENTS: usize = 10_000;
const SENDERS: usize = 24;
const TOKEN: &str = "storm-token-0123456789";
const SEGMENT: &str = "5d1f0c3a9b7e4826";
const START: i64 = 1_795_000_000;

/// Its own small generator: the same storm every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            let other = self.roll(last + 1);
            list.swap(last, other);
        }
    }
}

/// What the events say, worked out beside them.
#[derive(Default)]
struct World {
    bodies: Vec<String>,
    kinds: BTreeMap<&'static str, i64>,
    /// The last status of each workflow.
    workflows: HashMap<String, String>,
    /// Result and talk time of each call.
    calls: HashMap<String, (String, i64)>,
    waba: HashMap<String, String>,
    tasks: HashMap<String, String>,
    /// Ids and statuses of each session's messages, in their order.
    sessions: HashMap<String, Vec<(String, Option<String>)>>,
}

impl World {
    fn new() -> Self {
        let mut world = Self::default();
        world.workflows();
        world.waba();
        world.sessions();
        world.kept();
        world.calls();
        assert_eq!(world.bodies.len(), EVENTS);
        assert_eq!(world.bodies.iter().collect::<HashSet<_>>().len(), EVENTS);
        world
    }

    fn say(&mut self, kind: &'static str, body: &Value) {
        self.bodies.push(body.to_string());
        *self.kinds.entry(kind).or_default() += 1;
    }

    fn workflows(&mut self) {
        for w in 0..80 {
            let id = format!("wf{w:03}");
            for (step, status) in ["pending", "running", "paused", "running", "finished"]
                .iter()
                .enumerate()
                .take(1 + w % 5)
            {
                let actions = json!([{ "nodetask_id": format!("n{w}"), "nodetask_name": "Call",
                    "node_type": "voice", "task_id": format!("t{w}"), "task_status": status }]);
                let body = json!({ "workflow_id": id, "workflow_name": format!("Flow {w}"),
                    "status": status, "actions": actions, "timestamp": START + step as i64 });
                self.say("hook.workflow_status", &body);
                self.workflows.insert(id.clone(), (*status).to_owned());
            }
            let body = json!({ "workflow_id": id, "task_id": format!("task{w}"),
                "task_name": "Round 1", "status": "running", "total": w, "timestamp": START });
            self.say("hook.task", &body);
            self.tasks.insert(format!("task{w}"), "running".to_owned());
        }
    }

    fn waba(&mut self) {
        for m in 0..500 {
            let id = format!("wm{m:04}");
            for (step, status) in ["sent", "delivered", "read"].iter().enumerate().take(1 + m % 3) {
                // Two of three fall into the same second.
                let at = START + (step as i64 + 1) / 2;
                let body = json!({ "workflow_id": format!("wf{:03}", m % 80), "waba_task_id": "b1",
                    "wfdetail_uuid": format!("e{m}"), "callee": format!("+62811{m:06}"),
                    "msg_id": id, "status": status, "timestamp": at });
                self.say("hook.waba_status", &body);
                self.waba.insert(id.clone(), (*status).to_owned());
            }
        }
    }

    fn sessions(&mut self) {
        for s in 0..180_usize {
            let id = format!("s{s:03}");
            let mut messages: Vec<(String, Option<String>)> = Vec::new();
            let mut array = Vec::new();
            for turn in 0..5_i64 {
                let at = START + 100 * turn;
                let said = |n: i64, by: &str, at: i64| {
                    json!({ "msg_id": format!("{id}-{turn}-{n}"), "sender_type": by,
                        "timestamp": at, "content": { "type": "text", "text": format!("{n}") } })
                };
                let bot = vec![said(0, "chatbot", at), said(1, "chatbot", at)];
                let body = json!({ "event": "message.send", "call_id": id, "company": "acme",
                    "channel": "chatbot", "channel_id": "1", "user": { "id": "u", "name": "Ana" },
                    "messages": bot });
                self.say("hook.bot_message", &body);
                let user = vec![said(2, "user", at + 50)];
                let body = json!({ "event": "message.user", "call_id": id, "messages": user });
                self.say("hook.chat_user_message", &body);
                array.extend(bot.into_iter().chain(user));
                for n in 0..3 {
                    messages.push((format!("{id}-{turn}-{n}"), None));
                }
            }
            for (n, word) in ["sent", "delivery", "read"].iter().enumerate().take(1 + s % 3) {
                let body = json!({ "event": "message.status", "call_id": id,
                    "msg_id": format!("{id}-0-0"), "status": word,
                    "timestamp": START + 1 + n as i64 / 2 });
                self.say("hook.chat_status", &body);
                messages[0].1 = Some((*word).to_owned());
            }
            if s.is_multiple_of(2) {
                self.ended(s, &id, array, &mut messages);
            }
            self.sessions.insert(id, messages);
        }
    }

    fn ended(
        &mut self,
        s: usize,
        id: &str,
        mut array: Vec<Value>,
        messages: &mut [(String, Option<String>)],
    ) {
        for (message, expected) in array.iter_mut().zip(messages.iter_mut()) {
            message["status"] = json!("sent");
            if expected.1.as_deref().and_then(tick_rank) < tick_rank("sent") {
                expected.1 = Some("sent".to_owned());
            }
        }
        let body = json!({ "workflow_id": format!("wf{:03}", s % 80), "workflow_name": "x",
            "nodetask_id": "n", "nodetask_name": "Chat", "waba_task_id": "b1",
            "wfdetail_uuid": "e", "timestamp": START + 900, "channel": "WhatsApp",
            "channel_id": "62", "callee": "+628", "call_id": id, "robot_id": "7",
            "status": "closed", "session_start_time": "2026-11-18T00:00:00Z",
            "session_end_time": "2026-11-18T00:10:00Z", "session_end_reason": "user",
            "talk_round": 5, "ner_slots": {}, "event_label": {}, "variables": {},
            "messages": array });
        self.say("hook.chat_ended", &body);
    }

    /// Of known and unknown kinds, with nothing in them to be merged but names.
    fn kept(&mut self) {
        for n in 0..60 {
            let wf = format!("wf{:03}", n % 80);
            let number = format!("+6280{n}");
            let session = format!("s{:03}", n % 180);
            self.say(
                "hook.list_completed",
                &json!({ "workflow_id": wf, "wfdetail_uuid": format!("d{n}"), "callee": number,
                    "case_id": n, "status": "done", "timestamp": START }),
            );
            self.say(
                "hook.custom_node",
                &json!({ "workflow_id": wf, "node_id": "a", "node_name": "Push",
                    "callee": { "case_id": n, "callee_number": number } }),
            );
            let kind = ["TaskStatus", "AgentStatus"][n % 2];
            self.say("hook.pds", &json!({ "type": kind, "body": { "taskId": n, "state": "x" } }));
            self.say("hook.plan", &json!({ "plan_id": n, "plan_status": "running" }));
            let event = json!({ "event": "agent.transfer", "call_id": session, "n": n });
            self.say("hook.chat_transfer_request", &event);
            let event = json!({ "event": "session.end", "call_id": session, "n": n });
            self.say("hook.chat_session_end", &event);
            let event = json!({ "event": "session.report", "call_id": session, "n": n });
            self.say("hook.chat_report", &event);
            let event = json!({ "event": "inbound.call", "n": n });
            self.say("hook.inbound", &event);
            let event = json!({ "event": "template.result", "msg_id": "x", "n": n });
            self.say("hook.chat_template_result", &event);
            let event = json!({ "event": "template.reply", "n": n });
            self.say("hook.chat_template_reply", &event);
            let event = json!({ "event": "agent.message.status", "n": n });
            self.say("hook.chat_agent_status", &event);
            let event = json!({ "event": "agent.user.message", "n": n });
            self.say("hook.chat_agent_user_message", &event);
            self.say("unknown", &json!({ "hello": n }));
        }
    }

    /// As many as are missing.
    fn calls(&mut self) {
        for c in 0..EVENTS - self.bodies.len() {
            let id = format!("c{c:05}");
            let (result, talk) = if c % 3 == 0 { ("Busy", 0) } else { ("Connected", 7 + c % 50) };
            let mut call = json!({ "callid": id, "callee": format!("+62{:08}", c % 900),
                "talkResult": result, "talk_duration": talk, "calltime": START + c as i64 });
            let kind = match c % 10 {
                0 => "hook.pds",
                1 => "hook.call",
                _ => "hook.call_completed",
            };
            if kind == "hook.call_completed" {
                call["workflow_id"] = json!(format!("wf{:03}", c % 80));
            }
            if kind == "hook.pds" {
                call["state"] = json!("TALKRESULT");
                call = json!({ "type": "ContactStatus", "timestamp": START * 1000, "body": call });
            }
            self.say(kind, &call);
            self.calls.insert(id, (result.to_owned(), talk as i64 * 1000));
        }
    }
}

/// The relay as its own process; killed when dropped, so that a failing test leaves none behind.
struct Relay {
    child: Child,
    address: String,
}

impl Relay {
    fn start(folder: &Path, bind: &str) -> Self {
        let token = folder.join("token");
        std::fs::write(&token, TOKEN).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_wheelhouse-cli"))
            .args(["hook", "serve", "--bind", bind, "--path", SEGMENT])
            .arg("--data-dir")
            .arg(folder)
            .arg("--token-file")
            .arg(&token)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).expect("the relay's first line");
        Self { child, address: said["address"].as_str().unwrap().to_owned() }
    }

    /// SIGKILL.
    fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Storm {
    bodies: Vec<String>,
    /// Which body each sending is of.
    sendings: Vec<usize>,
    next: AtomicUsize,
    acknowledged: Mutex<HashSet<usize>>,
    /// Held for writing while nothing may be sent.
    gate: tokio::sync::RwLock<()>,
    url: String,
    client: reqwest::Client,
}

impl Storm {
    /// Sends until nothing is left; what is not acknowledged is sent again.
    async fn send(self: Arc<Self>) {
        loop {
            let at = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(&which) = self.sendings.get(at) else { return };
            loop {
                let open = self.gate.read().await;
                let sent =
                    self.client.post(&self.url).body(self.bodies[which].clone()).send().await;
                if sent.is_ok_and(|answer| answer.status() == 200) {
                    self.acknowledged.lock().unwrap().insert(which);
                    break;
                }
                drop(open);
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    }

    fn acknowledged(&self) -> HashSet<usize> {
        self.acknowledged.lock().unwrap().clone()
    }
}

/// Everything that the relay hands out.
async fn kept(client: &reqwest::Client, address: &str) -> HashSet<Vec<u8>> {
    let (mut bodies, mut cursor) = (HashSet::new(), String::new());
    loop {
        let answer = client
            .get(format!("http://{address}/events"))
            .query(&[("after", cursor.as_str()), ("limit", "1000")])
            .bearer_auth(TOKEN)
            .send()
            .await
            .unwrap();
        let answer: Value = serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap();
        let events = answer["events"].as_array().unwrap();
        for event in events {
            bodies.insert(STANDARD.decode(event["body"].as_str().unwrap()).unwrap());
        }
        if events.is_empty() {
            return bodies;
        }
        cursor = answer["next"].as_str().unwrap().to_owned();
    }
}

fn check_kept(storm: &Storm, acknowledged: &HashSet<usize>, kept: &HashSet<Vec<u8>>) {
    let lost: Vec<_> =
        acknowledged.iter().filter(|at| !kept.contains(storm.bodies[**at].as_bytes())).collect();
    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_events_survive_two_kills() {
    let world = World::new();
    let folder = tempfile::tempdir().unwrap();
    let mut relay = Relay::start(folder.path(), "127.0.0.1:0");
    let address = relay.address.clone();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut sendings: Vec<usize> =
        (0..EVENTS).flat_map(|which| vec![which; 1 + dice.roll(3)]).collect();
    dice.shuffle(&mut sendings);
    let (third, client) = (sendings.len() / 3, reqwest::Client::builder().build().unwrap());
    let storm = Arc::new(Storm {
        bodies: world.bodies.clone(),
        sendings,
        next: AtomicUsize::new(0),
        acknowledged: Mutex::default(),
        gate: tokio::sync::RwLock::new(()),
        url: format!("http://{address}/hook/{SEGMENT}"),
        client: client.clone(),
    });
    let mut senders = tokio::task::JoinSet::new();
    for _ in 0..SENDERS {
        senders.spawn(Arc::clone(&storm).send());
    }
    for kill in 1..=2 {
        while storm.next.load(Ordering::Relaxed) < third * kill {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        relay.kill();
        let shut = storm.gate.write().await;
        let acknowledged = storm.acknowledged();
        relay = Relay::start(folder.path(), &address);
        check_kept(&storm, &acknowledged, &kept(&client, &address).await);
        drop(shut);
    }
    senders.join_all().await;
    assert_eq!(storm.acknowledged().len(), EVENTS);
    let desktop = tempfile::tempdir().unwrap();
    let reader = drained(desktop.path(), &address).await;
    compare(&world, &reader).await;
}

fn account() -> AccountId {
    AccountId::from("storm")
}

/// A desktop's store after it fetched everything and drained it.
async fn drained(folder: &Path, address: &str) -> store::Reader {
    let Opened { mut writer, inbox, reader, .. } =
        store::open(&folder.join("wheelhouse.db")).await.unwrap();
    let stored = StoredAccount { id: account(), name: "Storm".into(), base_url: String::new() };
    writer.account(&stored).await.unwrap();
    let inbox = Arc::new(tokio::sync::Mutex::new(inbox));
    let intake = Arc::new(Intake::plain(account()));
    let url = format!("http://{address}/");
    let puller = Puller::new(&url, TOKEN.to_owned().into(), intake, reader.clone(), inbox).unwrap();
    let mut new = 0;
    while let (1.., arrived) = puller.once(0).await.unwrap() {
        new += arrived;
    }
    assert_eq!(new, EVENTS);
    let clock: wheelhouse::vendor::Clock = Arc::new(|| Timestamp::from_secs(START + 1_000));
    let (ledger, pace) = (Ledger::default(), Pace::default());
    let driver = Driver::new(Vec::new(), writer, reader.clone(), clock, ledger, pace);
    driver.await.unwrap().step().await;
    reader
}

async fn compare(world: &World, reader: &store::Reader) {
    assert!(reader.inbox_pending(1).await.unwrap().is_empty());
    let kinds = reader.hook_kinds(&account()).await.unwrap();
    let found: BTreeMap<_, _> = kinds.iter().map(|k| (k.kind.as_str(), k.received)).collect();
    assert_eq!(found, world.kinds);
    assert!(kinds.iter().all(|kind| kind.quarantined == 0 && kind.unreadable == 0));
    for (id, status) in &world.workflows {
        let found = reader.workflow(&account(), &WorkflowId::from(id.as_str())).await.unwrap();
        assert_eq!(&found.unwrap().workflow.status.unwrap().written, status, "{id}");
    }
    for (id, status) in &world.tasks {
        let found = reader.task(&account(), &TaskId::from(id.as_str())).await.unwrap();
        assert_eq!(&found.unwrap().value.status.unwrap().written, status, "{id}");
    }
    for (id, status) in &world.waba {
        let found = reader.waba_message(&account(), &MessageId::from(id.as_str())).await.unwrap();
        assert_eq!(found.unwrap().value.status.as_ref(), Some(status), "{id}");
    }
    for (id, (result, talk_ms)) in &world.calls {
        let found = reader.call(&account(), &CallId::from(id.as_str())).await.unwrap().unwrap();
        assert_eq!(
            (found.call.result.as_ref(), found.call.talk_ms),
            (Some(result), Some(*talk_ms))
        );
    }
    for (id, messages) in &world.sessions {
        let session = SessionId::from(id.as_str());
        let found = reader.messages(&account(), &session, 0, 100).await.unwrap().rows;
        let found: Vec<_> = found
            .into_iter()
            .map(|message| (message.id.unwrap().to_string(), message.status))
            .collect();
        assert_eq!(&found, messages, "{id}");
    }
    let ask = EventAsk {
        account: account(),
        kind: Some("unknown".to_owned()),
        state: None,
        before: None,
        count: 500,
    };
    assert_eq!(reader.hook_events(&ask).await.unwrap().len(), 60, "kept and shown");
}
