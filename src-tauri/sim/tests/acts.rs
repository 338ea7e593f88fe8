//! Signing in, stopping, cancelling, and what is remembered of it.

use super::*;
use crate::sim::truth::TrueWorkflow;

fn workflow_in(desk: &Desk, status: &str) -> TrueWorkflow {
    let workflows = desk.world.truth().workflows;
    workflows
        .into_iter()
        .filter(|w| w.status == status)
        .max_by_key(|w| w.total - w.finished)
        .unwrap()
}

fn status(desk: &Desk, id: &str) -> &'static str {
    desk.world.truth().workflows.into_iter().find(|w| w.id == id).unwrap().status
}

#[test]
fn the_token_holds_plus_and_slash_lives_a_day_and_is_extended_by_asking_again() {
    let mut desk = Desk::story();
    let first = desk.token.clone();
    assert!(first.contains('+') && first.contains('/'), "{first}");
    desk.world.advance(START + 23 * 3_600_000);
    assert_eq!(desk.get("/service/cloud/workflow/templatelist")["code"], 200);
    desk.sign_in();
    assert_eq!(desk.token, first);
    desk.world.advance(START + 46 * 3_600_000);
    assert_eq!(desk.get("/service/cloud/workflow/templatelist")["code"], 200);
    desk.world.advance(START + 48 * 3_600_000);
    let late = desk.send(Method::Get, "/service/cloud/workflow/templatelist", "");
    assert_eq!((late.response.status, json_of(&late)["code"].clone()), (401, json!(401)));
    desk.sign_in();
    assert_ne!(desk.token, first);
    assert_eq!(desk.get("/service/cloud/workflow/templatelist")["code"], 200);
}

#[test]
fn a_wrong_secret_fails_inside_http_200() {
    let mut desk = Desk::story();
    let body = json!({ "APPKey": "demo", "APPSecret": "guess" }).to_string();
    let reply = desk.send(Method::Post, "/service/cloud/auth", &body);
    assert_eq!((reply.response.status, json_of(&reply)["code"].clone()), (200, json!(401)));
}

#[test]
fn after_a_stop_nothing_starts_what_runs_ends_and_a_second_stop_fails() {
    let mut desk = Desk::story();
    desk.world.advance(START + 30_000);
    let id = workflow_in(&desk, "Running").id;
    let asked = desk.world.now();
    let ask = json!({ "workflow_id": id });
    assert_eq!(desk.post("/service/cloud/workflow/stopinstance", &ask)["code"], 200);
    assert_eq!(status(&desk, &id), "Stopping");
    assert_ne!(desk.post("/service/cloud/workflow/stopinstance", &ask)["code"], 200);
    desk.world.advance(asked + 10_000);
    assert_eq!(status(&desk, &id), "Stopped");
    desk.world.advance(asked + 3_600_000);
    let truth = desk.world.truth();
    let calls: Vec<_> = truth.calls.iter().filter(|c| c.workflow == id).collect();
    assert!(calls.iter().all(|c| c.called_at < asked && c.ended_at.is_some()));
    assert!(truth.workflows.iter().any(|w| w.id == id && w.finished < w.total));
    let again = desk.post("/service/cloud/workflow/stopinstance", &ask);
    assert_ne!(again["code"], 200);
    assert!(!again["message"].as_str().unwrap().is_empty());
    let stops = desk.world.history().iter().filter(|a| a.endpoint == Some("workflow.stop"));
    assert_eq!(stops.map(|a| a.effect).collect::<Vec<_>>(), [true, false, false]);
}

#[test]
fn cancelling_the_rest_ends_one_number_only() {
    let mut without = World::new(Script::story(9));
    let mut desk = Desk::at(Script::story(9));
    let end = START + 3 * 3_600_000;
    without.advance(end);
    let late = START + 60_000;
    let next =
        without.truth().calls.into_iter().find(|c| c.round == 2 && c.called_at > late).unwrap();
    desk.world.advance(START + 30_000);
    let ask = json!({ "workflow_id": next.workflow, "callee": next.callee });
    assert_eq!(desk.post("/service/cloud/workflow/canceldetail", &ask)["code"], 200);
    assert_ne!(desk.post("/service/cloud/workflow/canceldetail", &ask)["code"], 200, "twice");
    desk.world.advance(end);
    let (with, without) = (desk.world.truth(), without.truth());
    let own = |c: &&crate::sim::truth::TrueCall| {
        c.workflow == next.workflow && c.callee == next.callee && c.called_at > START + 30_000
    };
    assert_eq!(with.calls.iter().filter(own).count(), 0);
    let others = |c: &&crate::sim::truth::TrueCall| !own(c);
    assert!(with.calls.iter().filter(others).eq(without.calls.iter().filter(others)));
    let asked = desk.world.history().iter().rfind(|a| a.effect).unwrap();
    assert_eq!(asked.callee, Some(next.callee));
    assert_eq!(asked.workflow_id, Some(next.workflow));
}

#[test]
fn what_is_not_there_fails_with_a_message() {
    let mut desk = Desk::story();
    let ask = json!({ "workflow_id": "0".repeat(32), "callee": "+1" });
    for path in ["/service/cloud/workflow/stopinstance", "/service/cloud/workflow/canceldetail"] {
        let answer = desk.post(path, &ask);
        assert_ne!(answer["code"], 200);
        assert!(answer["message"].is_string());
    }
    assert_eq!(desk.send(Method::Get, "/service/cloud/nothing", "").response.status, 404);
    assert_eq!(desk.send(Method::Get, "/recordings/x.wav", "").response.status, 404);
    let broken = desk.send(Method::Post, "/service/cloud/workflow/stopinstance", "{");
    assert_ne!(json_of(&broken)["code"], 200);
}
