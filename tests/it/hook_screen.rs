//! Every kind of webhook that the simulator sends, on its whole way: a POST to the receiver, the inbox,
//! the store, and a window that shows it.

use std::{
    collections::{BTreeMap, HashSet},
    net::TcpListener,
    time::{Duration, Instant},
};

use serde_json::Value;
use wheelhouse::{
    app::{self, Options, Running, Whose},
    ipc::{
        FrameStream, WindowHandle,
        dto::RowDto,
        frames::{Frame, ListName, Query},
        setup::{
            Setup,
            dto::{EventRow, EventState},
        },
    },
    sim::{Hook, HookKey, STORY_START, Script, World},
};

/// From the 200 to the screen.
const SOON: Duration = Duration::from_secs(1);
/// What is not there by then never comes.
const PATIENCE: Duration = Duration::from_secs(20);

const MINUTE: i64 = 60_000;

/// Everything that a world tells in half a day.
fn hooks_of_half_a_day() -> Vec<Hook> {
    let mut world = World::new(Script::story(11));
    let ticks = (10..12 * 60).step_by(10).map(|minutes| STORY_START + minutes * MINUTE);
    ticks.flat_map(|at| world.due_webhooks(at)).collect()
}

fn body(hook: &Hook) -> Value {
    serde_json::from_slice(&hook.body).expect("JSON")
}

fn text(hook: &Hook, name: &str) -> Option<String> {
    body(hook)[name].as_str().map(str::to_owned)
}

/// Whether the event brings the message of a tick.
fn brings(event: &Hook, tick: &Hook) -> bool {
    let told = body(event)["messages"].as_array().cloned().unwrap_or_default();
    told.iter().any(|message| message["msg_id"] == body(tick)["msg_id"])
}

/// An event of the kind, of a conversation that nothing was told of yet, and what was told before that
/// it needs: a tick its message, a template message the workflow of its task.
fn told<'a>(
    all: &'a [Hook],
    key: HookKey,
    begun: &mut HashSet<String>,
) -> (Vec<&'a Hook>, &'a Hook) {
    let mut of_kind = all.iter().enumerate().filter(|(_, hook)| hook.key == key);
    if key == HookKey::WabaStatus {
        let named = of_kind.find_map(|(_, hook)| {
            let task = text(hook, "waba_task_id")?;
            let names = |other: &&Hook| {
                text(other, "waba_task_id").as_ref() == Some(&task)
                    && text(other, "workflow_id").is_some()
            };
            Some((vec![all.iter().find(names)?], hook))
        });
        return named.expect("a template message whose task is told of");
    }
    let mut fresh = of_kind.filter_map(|(at, hook)| match text(hook, "call_id") {
        Some(session) => {
            // The end is told in three ways; what the first of them said is no news from the others.
            let ends = [HookKey::ChatEnded, HookKey::ChatSessionEnd, HookKey::ChatReport];
            let same = |other: &&Hook| text(other, "call_id").as_ref() == Some(&session);
            let before = all[..at].iter().filter(|other| !ends.contains(&other.key));
            let before: Vec<_> = before.filter(same).collect();
            let fits = key != HookKey::ChatStatus || before.iter().any(|b| brings(b, hook));
            (fits && begun.insert(session)).then_some((before, hook))
        }
        None => Some((Vec::new(), hook)),
    });
    fresh.next().expect("an event of each kind")
}

/// The row that shows an event which was merged, and the word that it shows then.
struct Shown {
    list: ListName,
    /// The vendor's id of what the list belongs to.
    scope: Option<String>,
    id: String,
    status: Option<String>,
}

fn shown(key: HookKey, body: &Value, workflow: Option<String>) -> Option<Shown> {
    let text = |name: &str| body[name].as_str().map(str::to_owned);
    let row = |list, scope, id: &str| Some(Shown { list, scope, id: text(id)?, status: None });
    let session = text("call_id");
    let shown = match key {
        HookKey::WorkflowStatus => row(ListName::Workflows, None, "workflow_id"),
        HookKey::CallCompleted => row(ListName::Calls, None, "callid"),
        HookKey::Call => row(ListName::Calls, None, "CallID"),
        HookKey::Pds => {
            let id = body["body"]["callid"].as_str()?.to_owned();
            Some(Shown { list: ListName::Calls, scope: None, id, status: None })
        }
        HookKey::WabaStatus | HookKey::ChatTemplateResult | HookKey::ChatTemplateReply
            if session.is_none() =>
        {
            row(ListName::Waba, workflow, "msg_id")
        }
        HookKey::Task => row(ListName::Tasks, workflow, "task_id"),
        HookKey::ChatEnded | HookKey::ChatSessionEnd | HookKey::ChatReport => {
            row(ListName::Sessions, None, "call_id")
        }
        HookKey::ChatStatus => row(ListName::Messages, session, "msg_id"),
        // An agent's message comes with the end of its session only; until then its tick waits.
        HookKey::ChatAgentStatus => None,
        _ => {
            let id = body["messages"][0]["msg_id"].as_str()?.to_owned();
            Some(Shown { list: ListName::Messages, scope: session, id, status: None })
        }
    };
    let told = [HookKey::WorkflowStatus, HookKey::ChatStatus];
    let status = text("status").filter(|_| told.contains(&key));
    shown.map(|shown| Shown { status, ..shown })
}

impl Shown {
    fn is(&self, row: &RowDto) -> bool {
        let (id, status) = match row {
            RowDto::Workflow(row) => (&row.workflow_id, row.status.as_ref().map(|s| &s.written)),
            RowDto::Call(row) => (&row.call_id, None),
            RowDto::Task(row) => (&row.task_id, None),
            RowDto::Waba(row) => (&row.msg_id, row.status.as_ref()),
            RowDto::Session(row) => (&row.session_id, row.status.as_ref()),
            RowDto::Message(row) => match &row.msg_id {
                Some(id) => (id, row.status.as_ref()),
                None => return false,
            },
            _ => return false,
        };
        *id == self.id && (self.status.is_none() || self.status.as_ref() == status)
    }
}

/// A window on the screen of webhooks, and on the list that will show the event.
struct Screen {
    frames: FrameStream,
    _window: WindowHandle,
    setup: Setup,
    account: String,
    /// What made the screen of webhooks ask anew.
    heard: Option<i64>,
    /// How many of each kind the screen shows.
    counts: BTreeMap<String, i64>,
    newest: Option<EventRow>,
}

impl Screen {
    /// Opened, and with its first frames.
    async fn open(running: &Running, account: &str, shown: Option<&Shown>) -> Self {
        let (window, frames) = running.desk().unwrap().open_window();
        let setup = running.setup().unwrap();
        let account = account.to_owned();
        let (counts, newest) = (BTreeMap::new(), None);
        let mut screen =
            Self { frames, _window: window.clone(), setup, account, heard: None, counts, newest };
        if let Some(shown) = shown {
            let scope = shown.scope.as_ref().map(|id| format!("{}/{id}", screen.account));
            let query = Query {
                list: shown.list,
                account: None,
                scope,
                filter: String::new(),
                sort: None,
                named: Vec::new(),
                anchor: 0,
                count: 500,
            };
            window.watch(1, query).unwrap();
        }
        let first = screen.next().await;
        let list = |frame: &Frame| matches!(frame, Frame::Snapshot(_) | Frame::Failed { .. });
        assert_eq!(first.iter().any(list), shown.is_some(), "the list as it is: {first:?}");
        assert!(screen.heard.is_some(), "health comes with the first frames");
        screen
    }

    /// The next frames; what they make the screen of webhooks ask has been answered then.
    async fn next(&mut self) -> Vec<Frame> {
        let next = tokio::time::timeout(PATIENCE, self.frames.next()).await;
        let frames = next.expect("a frame").expect("a window that is open");
        for frame in &frames {
            let Frame::Health(health) = frame else { continue };
            if self.heard.replace(health.receiver.events) != Some(health.receiver.events) {
                let view = self.setup.webhooks(&self.account).await.unwrap();
                self.counts = view.kinds.into_iter().map(|kind| (kind.key, kind.count)).collect();
                let events = self.setup.hook_events(&self.account, None, None).await.unwrap();
                self.newest = events.into_iter().next();
            }
        }
        frames
    }

    fn count(&self, key: HookKey) -> i64 {
        self.counts.get(key.key()).copied().unwrap_or_default()
    }
}

fn rows(frame: &Frame) -> &[RowDto] {
    match frame {
        Frame::Snapshot(snapshot) => &snapshot.rows,
        Frame::Delta(delta) => &delta.upserts,
        _ => &[],
    }
}

struct Vendor {
    client: reqwest::Client,
    url: String,
}

impl Vendor {
    /// Until the receiver said 200.
    async fn post(&self, hook: &Hook) {
        let mut request = self.client.post(&self.url).body(hook.body.clone());
        for (name, value) in &hook.headers {
            request = request.header(name, value);
        }
        assert_eq!(request.send().await.unwrap().status(), 200, "{}", hook.key.key());
    }
}

/// How long after the 200 the screen of webhooks and the list showed the event.
struct Took {
    state: EventState,
    event: Duration,
    row: Option<Duration>,
}

async fn shown_after(
    running: &Running,
    account: &str,
    vendor: &Vendor,
    (before, hook): (Vec<&Hook>, &Hook),
) -> Took {
    for earlier in &before {
        vendor.post(earlier).await;
    }
    until_drained(running).await;
    let named = before.first().and_then(|earlier| text(earlier, "workflow_id"));
    let workflow = text(hook, "workflow_id").or(named);
    let wanted = shown(hook.key, &body(hook), workflow);
    let mut screen = Screen::open(running, account, wanted.as_ref()).await;
    let counted = screen.count(hook.key);
    vendor.post(hook).await;
    let answered = Instant::now();
    let (mut event, mut row) = (None, None);
    loop {
        for frame in screen.next().await {
            let there = wanted.as_ref().is_some_and(|w| rows(&frame).iter().any(|row| w.is(row)));
            row = row.or(there.then(|| answered.elapsed()));
        }
        let newest = screen.newest.as_ref().filter(|newest| newest.key == hook.key.key());
        let newest = newest.filter(|newest| newest.state != EventState::Waiting);
        if let Some(newest) = newest.filter(|_| screen.count(hook.key) == counted + 1) {
            event = event.or(Some((newest.state, answered.elapsed())));
        }
        match event {
            Some((state, event))
                if state != EventState::Merged || row.is_some() || wanted.is_none() =>
            {
                return Took { state, event, row };
            }
            _ => assert!(answered.elapsed() < PATIENCE, "{}: {event:?} {row:?}", hook.key.key()),
        }
    }
}

/// Everything that came has been read.
async fn until_drained(running: &Running) {
    let reader = running.desk().unwrap().reader().clone();
    let end = Instant::now() + PATIENCE;
    while !reader.inbox_pending(1).await.unwrap().is_empty() {
        assert!(Instant::now() < end, "the inbox is not drained");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_is_on_the_screen_within_a_second_of_the_answer() {
    let folder = tempfile::tempdir().unwrap();
    // Nobody answers there: what a list shows can only have come by a webhook.
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let whose = Whose::Real {
        base_url: format!("http://{nobody}"),
        key: "demo".to_owned(),
        secret: "demo".into(),
        profile: None,
    };
    let data_dir = Some(folder.path().to_owned());
    let hooks = Some("127.0.0.1:0".parse().unwrap());
    let options = Options { data_dir, hooks, ..Options::of(whose) };
    let running = app::start(options).await.unwrap();
    let account = running.desk().unwrap().accounts()[0].id.to_string();
    let view = running.setup().unwrap().webhooks(&account).await.unwrap();
    let url = format!("{}{}", view.address.expect("a receiver"), view.path);
    let vendor = Vendor { client: reqwest::Client::builder().build().unwrap(), url };

    let (all, mut begun) = (hooks_of_half_a_day(), HashSet::new());
    let mut slowest: Option<(&str, Duration)> = None;
    for key in HookKey::ALL {
        let took = shown_after(&running, &account, &vendor, told(&all, key, &mut begun)).await;
        let Took { state, event, row } = took;
        println!("{}: {state:?}, event {event:?}, row {row:?}", key.key());
        let latest = event.max(row.unwrap_or_default());
        assert!(latest <= SOON, "{}: event {event:?}, row {row:?}", key.key());
        if slowest.is_none_or(|(_, slow)| slow < latest) {
            slowest = Some((key.key(), latest));
        }
    }
    println!("slowest: {slowest:?}");
    running.shutdown().await;
}
