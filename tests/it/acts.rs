//! Every action against the simulator: over loopback as the app sends it, and through the door with the
//! effect seen by reading.

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use wheelhouse::{
    actions::ActionRequest,
    domain::{
        action::{Action, How, Outcome, Reach, Target, Verb},
        ids::{ActionId, CallId, Callee},
        time::Timestamp,
    },
    sim::{Fault, FaultPlan, STORY_START, Script, Truth, When, World},
    sim_server::{HandClock, ServeOptions, lock, profile_text, serve, share},
    store::ListAsk,
    vendor::{
        HttpTransport, Keys, Limits, NotAsked, Profile, Settings, WriteOutcome, Writes, connect,
    },
};

use crate::core::Core;

const HOUR: i64 = 3_600_000;

fn writes_at(base_url: &str, profile: &str) -> Writes {
    let keys = || Keys { key: "demo".to_owned(), secret: "demo".into() };
    let settings = Settings {
        base_url: base_url.to_owned(),
        key: "demo".to_owned(),
        secret: "demo".into(),
        chatbot: None,
        pds: Some(keys()),
        profile: Profile::parse(profile).unwrap(),
        budget_per_s: 10_000.0,
        clock: Arc::new(|| Timestamp(STORY_START)),
        limits: Limits::default(),
    };
    let transport = HttpTransport::new(Duration::from_secs(5)).unwrap();
    connect(settings, Arc::new(transport)).unwrap().1
}

/// What each verb can be aimed at in the world as it stands: an id and a number of it.
fn aims(truth: &Truth, later: &Truth, at: i64) -> Vec<(Verb, String, Option<String>)> {
    let mut aims = Vec::new();
    let leads = |id: &str| truth.workflows.iter().any(|w| w.id == id && w.template == "10275");
    let open = ["Running", "Not Started", "Paused", "Under Review"];
    let lives = |id: &str| truth.workflows.iter().any(|w| w.id == id && open.contains(&w.status));
    let mut of_flow = later.calls.iter().filter(|c| c.called_at > at && lives(&c.workflow));
    let rest = of_flow.clone().find(|c| !leads(&c.workflow)).unwrap();
    let lead = of_flow.find(|c| leads(&c.workflow));
    let stop = truth.workflows.iter().rfind(|w| w.status == "Running" && w.id != rest.workflow);
    let stop = stop.filter(|w| lead.is_none_or(|lead| w.id != lead.workflow)).unwrap();
    aims.push((Verb::CancelRest, rest.workflow.clone(), Some(rest.callee.clone())));
    aims.extend(lead.map(|c| (Verb::CancelLeadsCall, c.workflow.clone(), Some(c.callee.clone()))));
    aims.push((Verb::StopWorkflow, stop.id.clone(), None));
    let plan_of = |task: &str| later.rounds.iter().find(|r| r.task == task).map(|r| &r.plan);
    let task_runs = |id: &str| {
        let tasks = truth.calling_tasks.iter().map(|t| (&t.id, t.status));
        let plans = truth.plans.iter().map(|p| (&p.id, p.status));
        tasks.chain(plans).any(|(known, status)| known == id && status == "IN_PROGRESS")
    };
    let lives = |task: &str| task_runs(plan_of(task).map_or(task, String::as_str));
    let mut dials = later.task_calls.iter().filter(|c| c.called_at > at && lives(&c.task));
    let of_plan = dials.clone().find_map(|c| Some((plan_of(&c.task)?, c)));
    if let Some((plan, call)) = of_plan {
        aims.push((Verb::CancelPlanRest, plan.clone(), Some(call.callee.clone())));
        aims.push((Verb::CancelPlan, plan.clone(), None));
    }
    if let Some(call) = dials.find(|c| plan_of(&c.task).is_none()) {
        aims.push((Verb::CancelTaskRest, call.task.clone(), Some(call.callee.clone())));
        aims.push((Verb::CancelTask, call.task.clone(), None));
    }
    let session = truth.sessions.iter().find(|s| s.status == "open").unwrap();
    aims.push((Verb::EndSession, session.id.clone(), None));
    aims
}

#[tokio::test]
async fn every_write_is_answered_over_loopback_done_once_and_then_refused() {
    let mut tried = BTreeSet::new();
    for seed in [9, 7, 11, 12, 13, 14, 15] {
        if tried.len() < Verb::ALL.len() - 1 {
            tried.extend(all_over_loopback(seed).await);
        }
    }
    // Contacts of the dialer are named by its own list: the simulator's tests ask for them.
    let missing: Vec<_> =
        Verb::ALL.iter().map(|verb| verb.word()).filter(|word| !tried.contains(word)).collect();
    assert_eq!(missing, ["cancel_contact"]);
}

async fn all_over_loopback(seed: u64) -> Vec<&'static str> {
    let clock = HandClock::at(STORY_START);
    let world = share(World::new(Script::story(seed).starting(STORY_START)));
    let running = serve(Arc::clone(&world), ServeOptions::new(clock.clock())).await.unwrap();
    clock.advance(30_000);
    let now = clock.now();
    lock(&world).advance(now);
    let mut free = World::new(Script::story(seed).starting(STORY_START));
    free.advance(now + 3 * HOUR);
    let aims = aims(&lock(&world).truth(), &free.truth(), now + 60_000);
    let writes = writes_at(&running.base_url, &profile_text(false));
    let verbs = aims.iter().map(|(verb, ..)| verb.word()).collect();
    for (verb, id, number) in aims {
        let callee = number.map(Callee::new);
        let send = async || {
            let permission = writes.permission(verb).unwrap();
            let number = callee.as_ref().map(|callee| (callee, None));
            writes.send(permission, &verb.subject(id.as_str()), number).await
        };
        let (first, second) = (send().await, send().await);
        assert!(matches!(first, WriteOutcome::Accepted { .. }), "{verb:?} {id}: {first:?}");
        assert!(matches!(second, WriteOutcome::Refused { .. }), "{verb:?} again: {second:?}");
        let asked =
            lock(&world).history().iter().rev().take(2).map(|a| a.effect).collect::<Vec<_>>();
        assert_eq!(asked, [false, true], "{verb:?}");
        // What does not exist is refused in the vendor's words.
        let permission = writes.permission(verb).unwrap();
        let (nobody, anybody) = (verb.subject("0".repeat(32)), Callee::new("+10"));
        let none = writes.send(permission, &nobody, Some((&anybody, None))).await;
        let WriteOutcome::Refused { detail } = none else { panic!("{verb:?}: {none:?}") };
        assert!(detail.contains("not"), "{detail}");
    }
    verbs
}

#[tokio::test]
async fn with_known_lines_alone_no_write_is_open() {
    let world = share(World::new(Script::story(7).known_only(true)));
    let clock = HandClock::at(STORY_START);
    let running = serve(Arc::clone(&world), ServeOptions::new(clock.clock())).await.unwrap();
    let writes = writes_at(&running.base_url, &profile_text(true));
    for verb in Verb::ALL {
        assert!(writes.permission(verb).is_err(), "{verb:?}");
    }
    assert_eq!(writes.confirmation(Verb::CancelTask), Err(NotAsked::Unconfirmed));
    assert!(lock(&world).history().is_empty());
}

fn request(core: &Core, id: &str, verb: Verb, target: Target) -> ActionRequest {
    ActionRequest {
        id: ActionId::new(id),
        account: core.account.clone(),
        verb,
        target,
        reason: "a wrong list".to_owned(),
        how: How::Send,
        named: String::new(),
    }
}

async fn act(core: &Core, id: &str, verb: Verb, target: Target) -> Action {
    core.door.act(request(core, id, verb, target)).await.unwrap()
}

async fn journaled(core: &Core, id: &str) -> Action {
    core.reader.action(&ActionId::new(id)).await.unwrap().unwrap()
}

/// A stored call of the subject that the world will follow by another one to the same number, and to
/// others of it: something is left to cancel.
async fn with_a_rest(core: &Core, of_plan: bool) -> (String, CallId) {
    let mut free = World::new(Script::story(9).starting(STORY_START));
    free.advance(core.now() + 2 * HOUR);
    let (later, now) = (free.truth(), core.now());
    let plan_of = |task: &str| later.rounds.iter().find(|r| r.task == task).map(|r| r.plan.clone());
    for call in later.task_calls.iter().filter(|c| c.called_at > now + 30_000) {
        let subject = |task: &str| plan_of(task).unwrap_or_else(|| task.to_owned());
        let id = subject(&call.task);
        if (id != call.task) != of_plan {
            continue;
        }
        let mut own = later.task_calls.iter().filter(|c| subject(&c.task) == id);
        let before = own.find(|c| c.callee == call.callee && c.called_at < now - 20_000);
        let Some(before) = before else { continue };
        let stored = CallId::new(before.id.as_str());
        if core.reader.call(&core.account, &stored).await.unwrap().is_some() {
            return (id, stored);
        }
    }
    panic!("nothing is left to cancel");
}

/// A story in which, a minute after its start, a calling task runs that goes on for minutes, and another
/// one, a plan and a session have not come to their end either.
fn going_on() -> (u64, [String; 2], String) {
    for seed in 0..60 {
        let mut free = World::new(Script::story(seed).starting(STORY_START));
        free.advance(STORY_START + 70_000);
        let now = free.truth();
        free.advance(STORY_START + 200_000);
        let then = free.truth();
        let runs = |status: &str| status == "IN_PROGRESS";
        let tasks = || now.calling_tasks.iter().filter(|t| runs(t.status)).map(|t| &t.id);
        let lasts =
            |id: &String| then.calling_tasks.iter().any(|task| task.id == *id && runs(task.status));
        let Some(long) = tasks().find(|id| lasts(id)) else { continue };
        let other = tasks().find(|id| *id != long);
        let plan = now.plans.iter().find(|p| runs(p.status));
        let open = now.sessions.iter().any(|s| s.status == "open");
        if let (Some(other), Some(plan), true) = (other, plan, open) {
            return (seed, [long.clone(), other.clone()], plan.id.clone());
        }
    }
    panic!("no story goes on");
}

#[tokio::test]
async fn ending_a_task_a_plan_and_a_session_is_seen_by_reading() {
    let (seed, tasks, plan) = going_on();
    let mut core = Core::on(Script::story(seed)).await;
    core.pass(60_000).await;
    let all = ListAsk { count: 500, ..ListAsk::default() };
    let sessions = core.reader.sessions(&all).await.unwrap().rows;
    let open = sessions.iter().find(|s| s.session.ended_at.is_none()).unwrap();
    let ends = [
        ("task", Verb::CancelTask, tasks[1].as_str()),
        ("plan", Verb::CancelPlan, plan.as_str()),
        ("session", Verb::EndSession, open.session.id.as_str()),
    ];
    for (id, verb, subject) in ends {
        let action = act(&core, id, verb, Target::whole(verb.subject(subject))).await;
        assert_eq!(action.outcome, Outcome::Accepted, "{id}: {action:?}");
    }
    // One that is accepted without effect is never shown as done.
    lock(&core.world).set_faults(FaultPlan::none().with(Fault::NoEffect, When::Every(1)));
    let idle = act(
        &core,
        "idle",
        Verb::CancelTask,
        Target::whole(Verb::CancelTask.subject(tasks[0].as_str())),
    );
    assert_eq!(idle.await.outcome, Outcome::Accepted);
    lock(&core.world).set_faults(FaultPlan::none());
    core.pass(120_000).await;
    for (id, ..) in ends {
        let seen = journaled(&core, id).await;
        assert!(seen.seen_at.is_some(), "{id} was never seen: {seen:?}");
        assert_ne!(seen.status_seen, seen.status_before);
        assert!(seen.calls_since.unwrap_or(0) == 0, "{seen:?}");
        let workflow = seen.workflow.is_some();
        assert_eq!(workflow, seen.verb == Verb::EndSession, "in whose timeline it stands");
    }
    let idle = journaled(&core, "idle").await;
    assert!(idle.seen_at.is_none() && idle.calls_since.is_some(), "{idle:?}");
    // Over by now: our own gate says so, and nothing is sent.
    for (id, verb, subject) in ends {
        let sent = lock(&core.world).history().len();
        let (target, click) = (Target::whole(verb.subject(subject)), format!("{id} again"));
        let again = act(&core, &click, verb, target).await;
        assert_eq!(again.outcome, Outcome::Refused);
        assert!(again.detail.as_deref().unwrap().contains("already over"), "{again:?}");
        assert_eq!(lock(&core.world).history().len(), sent);
    }
}

#[tokio::test]
async fn what_ends_between_the_click_and_the_request_is_refused_by_the_vendor_and_journaled() {
    let mut core = Core::on(Script::story(7)).await;
    core.pass(60_000).await;
    let sessions =
        core.reader.sessions(&ListAsk { count: 500, ..ListAsk::default() }).await.unwrap();
    let open = sessions.rows.iter().find(|s| s.session.ended_at.is_none()).unwrap();
    // The world goes on while nobody reads it.
    core.world_clock.set(core.now() + 3 * HOUR);
    let target = Target::whole(Verb::EndSession.subject(open.session.id.as_str()));
    let action = act(&core, "late", Verb::EndSession, target).await;
    assert_eq!(action.outcome, Outcome::Refused);
    assert!(action.detail.as_deref().unwrap().contains("the session has ended"), "{action:?}");
    assert_eq!(journaled(&core, "late").await, action);
}

#[tokio::test]
async fn the_rest_of_a_number_in_a_task_and_in_a_plan_is_seen_when_others_are_called_on() {
    let mut core = Core::on(Script::story(9)).await;
    core.pass(30_000).await;
    let mut done = Vec::new();
    for (of_plan, verb) in [(false, Verb::CancelTaskRest), (true, Verb::CancelPlanRest)] {
        let (subject, call) = with_a_rest(&core, of_plan).await;
        let target = Target::number_of_call(verb.subject(subject), call);
        let action = act(&core, verb.word(), verb, target).await;
        assert_eq!(action.outcome, Outcome::Accepted, "{action:?}");
        assert!(action.callee.is_some() && action.verb.reach() == Reach::Number);
        done.push((verb, action.callee.unwrap(), action.subject));
    }
    for (verb, callee, subject) in done {
        let mut seen = journaled(&core, verb.word()).await;
        for _ in 0..12 {
            if seen.seen_at.is_none() {
                core.pass(5 * 60_000).await;
                seen = journaled(&core, verb.word()).await;
            }
        }
        assert!(seen.seen_at.is_some(), "{verb:?} was never seen: {seen:?}");
        assert_eq!(seen.calls_since, Some(0), "{seen:?}");
        let receipt = core.reader.receipt(&core.account, &subject, Some(&callee)).await.unwrap();
        assert_eq!(receipt, Some(seen));
    }
}
