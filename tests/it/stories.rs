//! The whole core against the simulator: many worlds, everything going wrong for a while, and the
//! store equal to the world when it stops.

use std::collections::{BTreeMap, BTreeSet};

use wheelhouse::{
    actions::ActionRequest,
    domain::{
        action::{How, Outcome, Subject, Target, Verb},
        ids::{ActionId, SessionId, WorkflowId},
        status::Phase,
    },
    sim::{Fault, FaultPlan, Script, Truth, When},
    sim_server::lock,
    store::{ListAsk, Stored, StoredDialling},
};

use crate::core::Core;

const MINUTE: i64 = 60_000;

fn everything_goes_wrong() -> FaultPlan {
    FaultPlan::none()
        .with(Fault::RateLimit, When::Every(97))
        .with(Fault::ServerError, When::Every(23))
        .with(Fault::CutBody, When::Every(31))
        .with(Fault::DuplicatePage, When::Every(3))
        .with(Fault::ExpiredToken, When::Every(61))
        .with(Fault::Reset, When::Every(41))
}

/// Rows of the world and of the store, in words that both can say.
type Rows = BTreeMap<String, BTreeSet<String>>;

fn row<const N: usize>(rows: &mut Rows, kind: &str, fields: [String; N]) {
    rows.entry(kind.to_owned()).or_default().insert(fields.join(" | "));
}

fn shown<T: std::fmt::Display>(value: Option<T>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

fn rows_of_world(truth: &Truth) -> Rows {
    let mut rows = Rows::new();
    for w in &truth.workflows {
        let counts = [w.total.to_string(), w.finished.to_string()].join("/");
        row(&mut rows, "workflows", [w.id.clone(), w.name.clone(), w.status.into(), counts]);
    }
    for n in &truth.nodes {
        row(&mut rows, "nodes", [n.id.clone(), n.workflow.clone(), n.status.to_owned()]);
    }
    for t in &truth.tasks {
        let counts = format!("{}/{}/{}", t.total, t.finished, t.connected);
        row(&mut rows, "tasks", [t.id.clone(), t.workflow.clone(), t.status.into(), counts]);
    }
    for t in &truth.calling_tasks {
        let counts = format!("{}/{}/{}", t.total, t.finished, t.connected);
        let lines = t.lines.join(", ");
        row(
            &mut rows,
            "calling tasks",
            [t.id.clone(), t.name.clone(), t.status.into(), counts, lines],
        );
    }
    for p in &truth.plans {
        let counts = format!("{}/{}", p.total, p.finished);
        row(&mut rows, "plans", [p.id.clone(), p.name.clone(), p.status.into(), counts]);
    }
    for r in &truth.rounds {
        let counts = format!("{}/{}", r.dialled, r.reached);
        let place = format!("{}#{}", r.plan, r.number);
        row(&mut rows, "rounds", [place, r.task.clone(), r.status.to_owned(), counts]);
    }
    for c in truth.calls.iter().chain(&truth.task_calls) {
        let times = format!("{} {}", c.called_at, shown(c.ended_at));
        let talk = shown(c.talk_ms);
        let connected = shown(c.connected);
        row(&mut rows, "calls", [c.id.clone(), c.callee.clone(), times, talk, connected]);
    }
    for s in &truth.sessions {
        let end = shown(s.ended_at);
        row(&mut rows, "sessions", [s.id.clone(), s.callee.clone(), s.status.into(), end]);
    }
    for m in &truth.messages {
        let place = format!("{}#{}", m.session, m.position);
        row(&mut rows, "messages", [place, m.id.clone(), m.sender.into(), m.status.into()]);
    }
    for m in &truth.waba_messages {
        row(&mut rows, "waba", [m.id.clone(), m.callee.clone(), m.status.to_owned()]);
    }
    rows
}

async fn rows_of_store(core: &Core) -> Rows {
    let (reader, account) = (&core.reader, &core.account);
    let all = ListAsk { count: 1_000_000, ..ListAsk::default() };
    let mut rows = Rows::new();
    let workflows = reader.workflows(&all).await.expect("workflows").rows;
    for stored in &workflows {
        let w = &stored.workflow;
        let status = w.status.as_ref().map(|s| s.written.clone());
        let counts = format!("{}/{}", shown(w.total), shown(w.finished));
        let name = w.name.clone().unwrap_or_default();
        row(&mut rows, "workflows", [w.id.to_string(), name, shown(status), counts]);
        for n in reader.nodes(account, &w.id).await.expect("nodes") {
            let status = shown(n.status.map(|s| s.written));
            row(&mut rows, "nodes", [n.id.to_string(), n.workflow.to_string(), status]);
        }
        for t in reader.tasks(account, &w.id).await.expect("tasks") {
            let status = shown(t.status.map(|s| s.written));
            let counts = [t.total, t.finished, t.connected].map(shown).join("/");
            row(&mut rows, "tasks", [t.id.to_string(), t.workflow.to_string(), status, counts]);
        }
        let ask = ListAsk { workflow: Some((account.clone(), w.id.clone())), ..all.clone() };
        for m in reader.waba_messages(&ask).await.expect("waba").rows {
            let callee = shown(m.callee.as_ref().map(|c| c.full()));
            row(&mut rows, "waba", [m.id.to_string(), callee, shown(m.status)]);
        }
    }
    add_dialling(core, &all, &mut rows).await;
    for stored in reader.calls(&all).await.expect("calls").rows {
        let c = &stored.call;
        let times = [c.called_at, c.ended_at].map(|t| shown(t.map(|t| t.millis()))).join(" ");
        let callee = shown(c.callee.as_ref().map(|c| c.full()));
        let (talk, connected) = (shown(c.talk_ms), shown(c.connected));
        row(&mut rows, "calls", [c.id.to_string(), callee, times, talk, connected]);
    }
    for stored in reader.sessions(&all).await.expect("sessions").rows {
        let s = &stored.session;
        let end = shown(s.ended_at.map(|t| t.millis()));
        let callee = shown(s.callee.as_ref().map(|c| c.full()));
        row(&mut rows, "sessions", [s.id.to_string(), callee, shown(s.status.as_ref()), end]);
        add_messages(core, &s.id, &mut rows).await;
    }
    rows
}

async fn add_dialling(core: &Core, all: &ListAsk, rows: &mut Rows) {
    for stored in core.reader.dialling(all).await.expect("calling tasks and plans").rows {
        match stored {
            StoredDialling::Task(Stored { value: t, .. }) => {
                let counts = [t.total, t.finished, t.connected].map(shown).join("/");
                let (status, name) = (shown(t.status.map(|s| s.written)), shown(t.name));
                let lines = t.lines.words().collect::<Vec<_>>().join(", ");
                row(rows, "calling tasks", [t.id.to_string(), name, status, counts, lines]);
            }
            StoredDialling::Plan(Stored { value: p, .. }) => {
                let counts = [p.total, p.finished].map(shown).join("/");
                let (status, name) = (shown(p.status.map(|s| s.written)), shown(p.name));
                row(rows, "plans", [p.id.to_string(), name, status, counts]);
                for r in core.reader.rounds(&core.account, &p.id).await.expect("rounds") {
                    let counts = [r.dialled, r.reached].map(shown).join("/");
                    let status = shown(r.status.map(|s| s.written));
                    row(rows, "rounds", [r.id.to_string(), shown(r.task), status, counts]);
                }
            }
        }
    }
}

async fn add_messages(core: &Core, session: &SessionId, rows: &mut Rows) {
    let window = core.reader.messages(&core.account, session, 0, 100_000).await;
    for m in window.expect("messages").rows {
        let place = format!("{session}#{}", m.position);
        let id = m.id.map(|id| id.to_string());
        row(rows, "messages", [place, shown(id), shown(m.sender), shown(m.status)]);
    }
}

/// Equal, or the first differences in words.
pub async fn assert_equal(core: &Core, seed: u64) {
    let world = rows_of_world(&lock(&core.world).truth());
    let store = rows_of_store(core).await;
    for (kind, wanted) in &world {
        let empty = BTreeSet::new();
        let had = store.get(kind).unwrap_or(&empty);
        let missing: Vec<_> = wanted.difference(had).take(3).collect();
        let extra: Vec<_> = had.difference(wanted).take(3).collect();
        let failures = core.ledger.read(&core.account, |e| e.failures.clone());
        assert!(
            missing.is_empty() && extra.is_empty(),
            "seed {seed}, {kind}: {} in the world, {} in the store\nonly in the world: \
             {missing:#?}\nonly in the store: {extra:#?}\n{failures:#?}",
            wanted.len(),
            had.len()
        );
    }
}

async fn running_workflow(core: &Core) -> WorkflowId {
    let ask = ListAsk { filter: "status:running".into(), count: 1, ..ListAsk::default() };
    let running = core.reader.workflows(&ask).await.expect("workflows").rows;
    running.first().expect("something runs").workflow.id.clone()
}

/// Clicks twice at the same moment, as an impatient hand or a reloading window does.
async fn stop_twice(core: &Core, workflow: &WorkflowId, click: &str) -> Outcome {
    let request = || ActionRequest {
        id: ActionId::new(click),
        account: core.account.clone(),
        verb: Verb::StopWorkflow,
        target: Target::whole(Subject::Workflow(workflow.clone())),
        reason: "complaints".to_owned(),
        how: How::Send,
        named: String::new(),
    };
    let (first, second) = tokio::join!(core.door.act(request()), core.door.act(request()));
    let (first, second) = (first.expect("journaled"), second.expect("journaled"));
    assert_eq!(first.outcome, second.outcome, "one click, one outcome");
    first.outcome
}

fn stops_sent(core: &Core, workflow: &WorkflowId) -> usize {
    let world = lock(&core.world);
    let stops = world.history().iter().filter(|asked| asked.endpoint == Some("workflow.stop"));
    stops.filter(|asked| asked.workflow_id.as_deref() == Some(workflow.as_str())).count()
}

async fn story(seed: u64) -> BTreeMap<Fault, u32> {
    let mut core = Core::on(Script::story(seed)).await;
    core.pass(15_000).await;
    lock(&core.world).set_faults(everything_goes_wrong());
    core.pass(90_000).await;

    // A stop that is accepted and does nothing is never shown as done.
    let idle = running_workflow(&core).await;
    lock(&core.world).set_faults(FaultPlan::none().with(Fault::NoEffect, When::Every(1)));
    assert_eq!(stop_twice(&core, &idle, "click-1").await, Outcome::Accepted);
    assert_eq!(stops_sent(&core, &idle), 1, "seed {seed}: one click, one stop");
    let faults = lock(&core.world).fault_counts();
    lock(&core.world).set_faults(FaultPlan::none());
    core.pass(45_000).await;
    let unseen = core.reader.action(&ActionId::new("click-1")).await.expect("the journal");
    let running = core.reader.workflow(&core.account, &idle).await.expect("a workflow");
    let phase = running.and_then(|w| w.workflow.status).map(|status| status.phase);
    if phase == Some(Phase::Running) {
        assert_eq!(unseen.and_then(|action| action.seen_at), None, "seed {seed}: it still runs");
    }

    // One that works is seen.
    let stopped = running_workflow(&core).await;
    assert_eq!(stop_twice(&core, &stopped, "click-2").await, Outcome::Accepted);
    core.pass(75_000).await;
    let seen = core.reader.action(&ActionId::new("click-2")).await.expect("the journal");
    let seen = seen.expect("the action");
    assert!(seen.seen_at.is_some(), "seed {seed}: the stop was never seen: {seen:?}");

    core.freeze_world();
    core.pass(31 * MINUTE).await;
    assert_equal(&core, seed).await;
    faults
}

/// Each story has a runtime of its own, so that two can be told at once.
fn tell(seeds: impl Iterator<Item = u64>) -> BTreeMap<Fault, u32> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut hit = BTreeMap::new();
    for seed in seeds {
        for (fault, times) in runtime.block_on(story(seed)) {
            *hit.entry(fault).or_default() += times;
        }
    }
    hit
}

#[test]
fn twenty_worlds_end_equal_to_their_stores() {
    let odd = std::thread::spawn(|| tell((1..=20).step_by(2)));
    let mut hit = tell((2..=20).step_by(2));
    for (fault, times) in odd.join().expect("the odd stories") {
        *hit.entry(fault).or_default() += times;
    }
    // Shown by `cargo test -- --nocapture`, and by every failure.
    let words: Vec<String> = hit.iter().map(|(f, n)| format!("{} {n}", f.name())).collect();
    println!("faults hit: {}", words.join(", "));
    for fault in everything_goes_wrong().rules.iter().map(|(fault, _)| *fault) {
        assert!(hit.get(&fault).is_some_and(|times| *times > 0), "{} never struck", fault.name());
    }
    assert!(hit.get(&Fault::NoEffect).is_some_and(|times| *times > 0));
}

#[tokio::test]
async fn a_world_of_twenty_thousand_calls_is_read_whole() {
    let mut core = Core::on(Script::demo(7)).await;
    core.pass(20_000).await;
    core.freeze_world();
    core.pass(31 * MINUTE).await;
    assert_equal(&core, 7).await;
    let calls = lock(&core.world).truth().calls.len();
    assert!(calls >= 20_000, "{calls} calls");
}

#[tokio::test]
async fn calling_tasks_and_plans_end_equal_to_their_world() {
    let mut core = Core::on(Script::story(5)).await;
    core.pass(MINUTE).await;
    core.freeze_world();
    core.pass(31 * MINUTE).await;
    assert_equal(&core, 5).await;
    let dialling = core.reader.dialling_lines(&ListAsk::default()).await.expect("lines");
    assert!(dialling.iter().all(|count| *count > 0), "{dialling:?}");
}
