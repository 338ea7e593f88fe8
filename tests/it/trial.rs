//! From a stop that nobody confirmed to one that is ordinary: outside, by trial, by evidence.

use std::sync::Arc;

use wheelhouse::{
    actions::{ActionRequest, DoorError, Refusal, trial_evidence},
    domain::{
        action::{How, Outcome, Subject, Target, Verb},
        evidence::Evidence,
        ids::{ActionId, WorkflowId},
        mask::Mask,
        time::Timestamp,
    },
    sim::Script,
    sim_server::{SimTransport, lock, profile_text},
    store::ListAsk,
    vendor::{
        Limits, Profile, Settings, WriteOutcome,
        change::{Change, apply},
        connect,
    },
};

use crate::core::Core;

/// Reads as the simulator confirms them, and no write.
fn without_writes() -> String {
    let text = profile_text(false);
    let parts = text.split("\n[endpoint.").map(str::to_owned).collect::<Vec<_>>();
    let keeps = |part: &&String| {
        !part.starts_with("\"workflow.stop\"") && !part.starts_with("\"workflow.cancel_list\"")
    };
    parts.iter().filter(keeps).cloned().collect::<Vec<_>>().join("\n[endpoint.")
}

async fn running(core: &Core, skip: u32) -> WorkflowId {
    let ask =
        ListAsk { filter: "status:running".into(), anchor: skip, count: 1, ..ListAsk::default() };
    let found = core.reader.workflows(&ask).await.unwrap().rows;
    found.first().expect("something runs").workflow.id.clone()
}

fn stop(core: &Core, id: &str, workflow: &WorkflowId, how: How, named: &str) -> ActionRequest {
    ActionRequest {
        id: ActionId::new(id),
        account: core.account.clone(),
        verb: Verb::StopWorkflow,
        target: Target::whole(Subject::Workflow(workflow.clone())),
        reason: "to find out".to_owned(),
        how,
        named: named.to_owned(),
    }
}

fn stops_sent(core: &Core) -> usize {
    let world = lock(&core.world);
    world.history().iter().filter(|asked| asked.endpoint == Some("workflow.stop")).count()
}

#[tokio::test]
async fn a_path_is_confirmed_by_one_trial_that_was_seen() {
    let mut core = Core::with(Script::story(7), &without_writes()).await;
    core.pass(15_000).await;
    let workflow = running(&core, 0).await;

    // Until then a stop is refused here and can be done outside.
    let refused = core.door.act(stop(&core, "a1", &workflow, How::Send, "")).await.unwrap();
    assert_eq!(refused.outcome, Outcome::Refused);
    let other = running(&core, 1).await;
    let outside = core.door.act(stop(&core, "a2", &other, How::Outside, "")).await.unwrap();
    assert_eq!(outside.outcome, Outcome::Outside);
    assert_eq!(stops_sent(&core), 0);

    let unnamed = core.door.act(stop(&core, "t1", &workflow, How::Trial, "that one")).await;
    assert!(matches!(unnamed, Err(DoorError::NoTrial(Refusal::NotNamed))), "{unnamed:?}");
    let trial = stop(&core, "t2", &workflow, How::Trial, workflow.as_str());
    let made = core.door.act(trial).await.unwrap();
    assert_eq!((made.outcome, stops_sent(&core)), (Outcome::Accepted, 1));
    core.pass(90_000).await;
    let seen = core.reader.action(&ActionId::new("t2")).await.unwrap().unwrap();
    let evidence = trial_evidence(&seen).expect("the trial was seen");
    assert!(evidence.contains("by tester") && evidence.contains(" → "), "{evidence}");

    // What it has shown, written into the profile, confirms the path for every later stop.
    let change = Change {
        path: ["endpoint", "workflow.stop", "confirmed"].map(str::to_owned).to_vec(),
        from: None,
        to: Some(format!("{evidence:?}")),
        source: "a trial in the app".to_owned(),
    };
    let profile = apply(&without_writes(), &[change]).unwrap();
    Profile::parse(&profile).unwrap();
    let mut confirmed = Core::with(Script::story(7), &profile).await;
    confirmed.pass(15_000).await;
    let workflow = running(&confirmed, 0).await;
    let ask = wheelhouse::actions::Ask {
        account: confirmed.account.clone(),
        verb: Verb::StopWorkflow,
        target: Target::whole(Subject::Workflow(workflow.clone())),
    };
    let radius = confirmed.door.blast_radius(&ask, Mask::LastFour).await.unwrap();
    assert_eq!((radius.refusal, radius.evidence), (None, Evidence::Confirmed));
    assert_eq!(radius.confirmed, Some(evidence));
    let done = confirmed.door.act(stop(&confirmed, "a3", &workflow, How::Send, "")).await.unwrap();
    assert_eq!((done.outcome, stops_sent(&confirmed)), (Outcome::Accepted, 1));
}

/// As the vendor's own page would do it, in a session of its own.
async fn stopped_by_somebody(core: &Core, workflow: &WorkflowId) {
    let (world, clock) = (Arc::clone(&core.world), core.world_clock.clone());
    let now = clock.clone();
    let settings = Settings {
        base_url: "http://simulator.invalid".to_owned(),
        key: "demo".to_owned(),
        secret: "demo".to_owned().into(),
        chatbot: None,
        pds: None,
        profile: Profile::parse(&profile_text(false)).unwrap(),
        budget_per_s: 100.0,
        clock: Arc::new(move || Timestamp(now.now())),
        limits: Limits::default(),
    };
    let transport = Arc::new(SimTransport::new(world, clock.clock()));
    let (_, console) = connect(settings, transport).unwrap();
    let permission = console.permission(Verb::StopWorkflow).unwrap();
    let outcome = console.send(permission, &Subject::Workflow(workflow.clone()), None).await;
    assert!(matches!(outcome, WriteOutcome::Accepted { .. }), "{outcome:?}");
}

#[tokio::test]
async fn what_somebody_stops_in_the_console_is_seen_here() {
    let mut core = Core::with(Script::story(7), &without_writes()).await;
    core.pass(15_000).await;
    let workflow = running(&core, 0).await;
    core.door.act(stop(&core, "a1", &workflow, How::Outside, "")).await.unwrap();
    core.pass(60_000).await;
    let waiting = core.reader.action(&ActionId::new("a1")).await.unwrap().unwrap();
    assert_eq!(waiting.seen_at, None, "nobody stopped it yet");

    // The console is somebody else's client.
    stopped_by_somebody(&core, &workflow).await;
    core.pass(120_000).await;
    let seen = core.reader.action(&ActionId::new("a1")).await.unwrap().unwrap();
    assert!(seen.seen_at.is_some(), "{seen:?}");
    assert_eq!(seen.status_before.as_deref(), waiting.status_before.as_deref());
}
