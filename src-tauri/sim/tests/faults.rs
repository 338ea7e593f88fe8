//! Each fault, and that the world is whole again when it is over.

use super::*;

fn always(fault: Fault) -> FaultPlan {
    FaultPlan::none().with(fault, When::Every(1))
}

const LIST: &str = "/service/cloud/workflow/instancelist?page=1&page_size=10";

#[test]
fn too_many_requests_name_a_time_to_wait() {
    let mut desk = Desk::story();
    desk.world.set_faults(always(Fault::RateLimit));
    let reply = desk.send(Method::Get, LIST, "");
    assert_eq!(reply.response.status, 429);
    assert_eq!(reply.response.header("retry-after"), Some("1"));
}

#[test]
fn a_failing_server_answers_no_json_and_does_nothing() {
    let mut desk = Desk::story();
    desk.world.set_faults(always(Fault::ServerError));
    let id = desk.world.truth().workflows.into_iter().find(|w| w.status == "Running").unwrap().id;
    let ask = json!({ "workflow_id": id }).to_string();
    let reply = desk.send(Method::Post, "/service/cloud/workflow/stopinstance", &ask);
    assert!(reply.response.status >= 500);
    assert_eq!(json_of(&reply), Value::Null);
    assert!(desk.world.history().iter().all(|a| !a.effect));
}

#[test]
fn a_cut_body_is_cut_after_the_deed() {
    let mut desk = Desk::story();
    desk.world.set_faults(always(Fault::CutBody));
    let id = desk.world.truth().workflows.into_iter().find(|w| w.status == "Running").unwrap().id;
    let ask = json!({ "workflow_id": id }).to_string();
    let reply = desk.send(Method::Post, "/service/cloud/workflow/stopinstance", &ask);
    assert!(matches!(reply.delivery, Delivery::Cut { after } if after < reply.response.body.len()));
    assert!(desk.world.history().iter().any(|a| a.effect));
}

#[test]
fn a_duplicated_page_repeats_rows_and_lacks_others() {
    let mut desk = Desk::story();
    let (whole, total) = desk.all("workflow.list", &json!({}), 10);
    desk.world.set_faults(always(Fault::DuplicatePage));
    let second = texts(
        desk.page("workflow.list", &json!({}), 2, 10)["data"]["list"].as_array().unwrap(),
        "workflow_id",
    );
    let ids = texts(&whole, "workflow_id");
    assert_eq!(second, ids[6..16]);
    desk.world.set_faults(FaultPlan::none());
    assert_eq!(desk.all("workflow.list", &json!({}), 10), (whole, total));
}

#[test]
fn an_expired_token_is_cured_by_signing_in() {
    let mut desk = Desk::story();
    desk.world.set_faults(always(Fault::ExpiredToken));
    assert_eq!(desk.send(Method::Get, LIST, "").response.status, 401);
    desk.world.set_faults(FaultPlan::none());
    assert_eq!(desk.send(Method::Get, LIST, "").response.status, 401);
    desk.sign_in();
    assert_eq!(desk.get(LIST)["code"], 200);
}

#[test]
fn an_accepted_stop_can_stay_without_effect() {
    let mut desk = Desk::story();
    desk.world.set_faults(always(Fault::NoEffect));
    let id = desk.world.truth().workflows.into_iter().find(|w| w.status == "Running").unwrap().id;
    let before = desk.world.truth();
    let ask = json!({ "workflow_id": id });
    assert_eq!(desk.post("/service/cloud/workflow/stopinstance", &ask)["code"], 200);
    assert_eq!(desk.world.truth(), before);
    assert_eq!(desk.world.history().last().unwrap().faults, [Fault::NoEffect]);
}

#[test]
fn every_fault_can_be_hit_and_is_counted_and_goes_away() {
    let mut desk = Desk::story();
    let plan = Fault::ALL.into_iter().fold(FaultPlan::none(), |p, f| p.with(f, When::Chance(0.15)));
    let plan = plan.with(Fault::NoEffect, When::Every(2));
    desk.world.set_faults(plan);
    let truth = desk.world.truth();
    let ids: Vec<String> = truth.workflows.into_iter().map(|w| w.id).collect();
    let recorded = truth.calls.into_iter().find(|call| call.recording.is_some()).unwrap();
    let recording = format!("/recordings/{}.wav", recorded.id);
    for id in &ids {
        for page in 1..4 {
            desk.page("workflow.list", &json!({}), page, 5);
        }
        desk.post("/service/cloud/workflow/stopinstance", &json!({ "workflow_id": id }));
        desk.get("/docs/45267515e0.md");
        desk.send(Method::Get, &recording, "");
        let session = desk.world.truth().messages.first().unwrap().clone();
        let ask = json!({ "call_id": session.session, "last_msg_id": session.id });
        desk.post("/api/v1/session/messages", &ask);
        desk.world.access.expires = i64::MAX;
    }
    let counts = desk.world.fault_counts();
    for fault in Fault::ALL {
        assert!(counts.get(&fault).is_some_and(|n| *n > 0), "{} in {counts:?}", fault.name());
    }
    desk.world.set_faults(FaultPlan::none());
    desk.sign_in();
    let (rows, total) = desk.all("workflow.list", &json!({}), 9);
    assert_eq!(rows.len(), total);
    assert_eq!(desk.world.fault_counts(), counts);
}
