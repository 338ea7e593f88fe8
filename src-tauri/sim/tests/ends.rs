//! Ending calling tasks, plans, contacts and sessions.

use super::*;
use crate::sim::truth::{TrueCall, TruePlan};

const OPERATION: &str = "/service/cloud/operation";
const CANCEL_CALL: &str = "/service/cloud/cancelphonecall";
const PLAN_CALL: &str = "/service/cloud/plan/cancelphonecall";
const END: &str = "/api/v1/session/end";
const CONTACTS: &str = "/service/callcenter/call/predict/canceltaskcontacts";
const HOUR: i64 = 3_600_000;

fn task_status(desk: &Desk, id: &str) -> &'static str {
    desk.world.truth().calling_tasks.into_iter().find(|t| t.id == id).unwrap().status
}

fn plan(desk: &Desk, id: &str) -> TruePlan {
    desk.world.truth().plans.into_iter().find(|p| p.id == id).unwrap()
}

/// A call that an unhindered world makes later than a minute from now, of a task (or a plan's round)
/// that runs now, with the plan. In a task that goes on with others after it.
fn coming(of_plan: bool, round: i64) -> (TrueCall, Option<String>) {
    let (mut free, soon) = (World::new(Script::story(9)), START + 30_000);
    free.advance(soon);
    let now = free.truth();
    free.advance(START + 3 * HOUR);
    let truth = free.truth();
    let plan_of = |task: &str| truth.rounds.iter().find(|r| r.task == task).map(|r| r.plan.clone());
    let runs = |call: &TrueCall| match plan_of(&call.task) {
        Some(id) => now.plans.iter().any(|p| p.id == id && p.status == "IN_PROGRESS"),
        None => now.calling_tasks.iter().any(|t| t.id == call.task && t.status == "IN_PROGRESS"),
    };
    let calls = truth.task_calls.iter().filter(|c| c.called_at > START + 60_000);
    let mut own = calls.filter(|c| plan_of(&c.task).is_some() == of_plan && c.round == round);
    let call = own.find(|c| runs(c)).unwrap();
    (call.clone(), plan_of(&call.task))
}

#[test]
fn a_cancelled_task_starts_no_call_and_cannot_be_cancelled_twice() {
    let (next, _) = coming(false, 2);
    let mut desk = Desk::at(Script::story(9));
    desk.world.advance(START + 30_000);
    let ask = json!({ "Action": "Stop", "TaskID": next.task });
    assert_eq!(desk.post(OPERATION, &json!({ "TaskID": next.task }))["code"], 500, "no action");
    assert_eq!(desk.post(OPERATION, &ask)["code"], 200);
    assert_eq!(task_status(&desk, &next.task), "STOPPING");
    assert_eq!(desk.post(OPERATION, &ask)["code"], 500);
    let asked = desk.world.now();
    desk.world.advance(asked + 10_000);
    assert_eq!(task_status(&desk, &next.task), "STOPPED");
    assert_eq!(desk.post(OPERATION, &ask)["code"], 500);
    desk.world.advance(START + 3 * HOUR);
    let calls = desk.world.truth().task_calls;
    assert!(calls.iter().all(|c| c.task != next.task || c.called_at < asked));
    let told: Vec<_> =
        desk.world.history().iter().filter(|a| a.endpoint == Some("task.cancel")).collect();
    assert_eq!(told.iter().map(|a| a.effect).collect::<Vec<_>>(), [false, true, false, false]);
    assert!(told.iter().all(|a| a.subject.as_deref() == Some(next.task.as_str())));
}

#[test]
fn one_path_cancels_a_plan_where_a_plan_is_named() {
    let (next, plan_id) = coming(true, 2);
    let id = plan_id.unwrap();
    let mut desk = Desk::at(Script::story(9));
    desk.world.advance(START + 30_000);
    // A round is no task that could be cancelled alone.
    let alone = desk.post(OPERATION, &json!({ "Action": "Stop", "TaskID": next.task }));
    assert_ne!(alone["code"], 200);
    assert_eq!(desk.post(OPERATION, &json!({ "Action": "Stop", "PlanID": id }))["code"], 200);
    assert_eq!(desk.world.history().last().unwrap().endpoint, Some("plan.cancel"));
    desk.world.advance(START + 60_000);
    assert_eq!(plan(&desk, &id).status, "STOPPED");
    desk.world.advance(START + 3 * HOUR);
    assert!(desk.world.truth().task_calls.iter().all(|c| c.id != next.id));
}

#[test]
fn one_number_of_a_task_or_a_plan_is_not_called_any_more() {
    for (of_plan, path) in [(false, CANCEL_CALL), (true, PLAN_CALL)] {
        let (next, plan) = coming(of_plan, 2);
        let mut free = World::new(Script::story(9));
        free.advance(START + 3 * HOUR);
        let rounds = free.truth().rounds;
        let own = |c: &TrueCall| match &plan {
            Some(plan) => rounds.iter().any(|r| r.plan == *plan && r.task == c.task),
            None => c.task == next.task,
        };
        let mut desk = Desk::at(Script::story(9));
        desk.world.advance(START + 30_000);
        let ask = match &plan {
            Some(plan) => json!({ "PlanID": plan, "CalleeNumber": next.callee }),
            None => json!({ "TaskID": next.task, "CalleeNumber": next.callee }),
        };
        assert_eq!(desk.post(path, &ask)["code"], 200, "{ask}");
        assert_eq!(desk.post(path, &ask)["code"], 500, "twice");
        let asked = desk.world.now();
        assert_eq!(desk.world.history().last().unwrap().callee.as_ref(), Some(&next.callee));
        desk.world.advance(START + 3 * HOUR);
        let calls = desk.world.truth().task_calls;
        let late = |c: &&TrueCall| own(c) && c.callee == next.callee && c.called_at > asked;
        assert_eq!(calls.iter().filter(late).count(), 0);
        let others = calls.iter().filter(|c| own(c) && c.called_at > asked).count();
        assert!(others > 0, "the others are");
    }
}

#[test]
fn an_ended_session_is_closed_at_once_and_nothing_is_said_after() {
    let mut desk = Desk::story();
    desk.world.advance(START + 600_000);
    let open = desk.world.truth().sessions.into_iter().find(|s| s.status == "open").unwrap();
    let at = desk.world.now();
    assert_eq!(desk.post(END, &json!({ "call_id": open.id }))["code"], 200);
    let find =
        |desk: &Desk| desk.world.truth().sessions.into_iter().find(|s| s.id == open.id).unwrap();
    let ended = find(&desk);
    assert_eq!(
        (ended.status, ended.ended_at, ended.end_reason),
        ("closed", Some(at), Some("agent"))
    );
    let twice = desk.post(END, &json!({ "call_id": open.id }));
    assert!(twice["code"] != 200 && twice["message"].as_str().unwrap().contains("ended"));
    let hooks: Vec<_> = desk.world.due_webhooks(at + 1_000);
    let told = hooks.iter().filter(|h| {
        let body = String::from_utf8_lossy(&h.body);
        body.contains(&open.id) && body.contains("session_end_time")
    });
    assert!(told.count() > 0, "its end is told");
    desk.world.advance(START + HOUR);
    let later = find(&desk);
    assert_eq!((later.ended_at, later.messages), (Some(at), ended.messages));
}

#[test]
fn contacts_of_a_dialer_task_are_cancelled_by_name() {
    let soon = START + 60_000;
    let goes_on = |seed| {
        let world = World::new(Script::story(seed));
        let mut open = world.views().filter(|view| !view.state().is_over());
        open.find_map(|view| {
            let mut calls = view.workflow.calls.iter().filter(|c| c.start > soon);
            let call = calls.find(|c| crate::sim::wire::is_dialed(&view, c))?;
            let id = crate::sim::wire::hex(crate::sim::wire::dialer_id(&view));
            Some((seed, id, view.callee(call.entry)))
        })
    };
    let (seed, task, number) = (0..40).find_map(goes_on).expect("a task that goes on");
    let mut desk = Desk::at(Script::story(seed));
    let auth = "/service/callcenter/call/predict/auth";
    let answer = desk.post(auth, &json!({ "APPKey": "demo", "APPSecret": "demo" }));
    desk.token = answer["body"]["token"].as_str().unwrap().to_owned();
    let details = "/service/callcenter/call/predict/querytaskdetail";
    let ask = json!({ "taskId": task, "limit": 500 });
    let cancel = json!({ "TaskID": task, "contactList": [number, "+10000000000"] });
    let answer = desk.post(CONTACTS, &cancel);
    assert_eq!((&answer["code"], &answer["body"]["contactList"]), (&json!(0), &json!([number])));
    let again = desk.post(CONTACTS, &cancel);
    assert_eq!((&again["code"], &again["body"]["contactList"]), (&json!(0), &json!([])));
    desk.world.advance(START + 2 * HOUR);
    let rows = desk.post(details, &ask)["body"]["list"].as_array().unwrap().clone();
    assert!(rows.iter().all(|row| row["phoneNumber"] != number), "{rows:?}");
    assert_eq!(desk.world.history().iter().filter(|asked| asked.effect).count(), 1);
    assert_eq!(
        desk.post(CONTACTS, &json!({ "TaskID": "x", "contactList": ["1"] }))["code"],
        10_506
    );
    assert_eq!(desk.post(CONTACTS, &json!({ "TaskID": task, "contactList": [] }))["code"], 10_510);
}

#[test]
fn a_leads_call_is_cancelled_on_its_own_path_and_for_its_own_workflows() {
    const PATH: &str = "/service/cloud/leads/workflow/canceldetail";
    let mut tried = BTreeSet::new();
    for seed in 0..12 {
        let mut free = World::new(Script::story(seed));
        free.advance(START + 3 * HOUR);
        let mut desk = Desk::at(Script::story(seed));
        desk.world.advance(START + 30_000);
        let over = ["Stopped", "Finished", "Failed", "Stopping"];
        let open = desk.world.truth().workflows;
        let calls = free.truth().calls;
        for (own, code) in [(true, 200), (false, 404)] {
            let fits = |c: &&TrueCall| {
                let of = open.iter().find(|w| w.id == c.workflow && !over.contains(&w.status));
                c.called_at > START + 60_000 && of.is_some_and(|w| (w.template == "10275") == own)
            };
            let Some(call) = calls.iter().find(fits) else { continue };
            let ask = json!({ "workflow_id": call.workflow, "callee": call.callee });
            assert_eq!(desk.post(PATH, &ask)["code"], code, "seed {seed}");
            tried.insert(own);
        }
        if tried.len() == 2 {
            return;
        }
    }
    panic!("only {tried:?}");
}

#[test]
fn what_is_not_there_and_what_is_only_assumed_is_answered_so() {
    let nothing = "0".repeat(32);
    let asks = [
        (OPERATION, json!({ "Action": "Stop", "TaskID": nothing }), 404),
        (OPERATION, json!({ "Action": "Stop", "PlanID": nothing }), 404),
        (OPERATION, json!({ "Action": "Stop" }), 404),
        (CANCEL_CALL, json!({ "TaskID": nothing, "CalleeNumber": "+1" }), 404),
        (PLAN_CALL, json!({ "PlanID": "../../x", "CalleeNumber": "+1" }), 404),
        (END, json!({ "call_id": nothing }), 404),
    ];
    let mut desk = Desk::story();
    for (path, ask, code) in &asks {
        let answer = desk.post(path, ask);
        assert_eq!(answer["code"], *code, "{path} {ask}");
        assert!(!answer["message"].as_str().unwrap().is_empty());
    }
    let known = desk.world.truth();
    let mut desk = Desk::at(Script::story(7).known_only(true));
    let running = known.calling_tasks.iter().find(|t| t.status == "IN_PROGRESS").unwrap();
    assert_eq!(
        desk.post(OPERATION, &json!({ "Action": "Stop", "TaskID": running.id }))["code"],
        200
    );
    let ask = json!({ "Action": "Stop", "PlanID": known.plans[0].id });
    for (path, ask) in [(OPERATION, &ask), (PLAN_CALL, &ask), (END, &ask)] {
        assert_eq!(desk.send(Method::Post, path, &ask.to_string()).response.status, 404, "{path}");
    }
}

#[test]
fn accepted_without_effect_changes_nothing() {
    let (next, _) = coming(false, 2);
    let mut desk = Desk::at(Script::story(9));
    desk.world.advance(START + 30_000);
    desk.world.set_faults(FaultPlan::none().with(Fault::NoEffect, When::Every(1)));
    let (before, open) = (desk.world.truth(), desk.world.truth().sessions);
    let session = open.iter().find(|s| s.status == "open").unwrap();
    assert_eq!(
        desk.post(OPERATION, &json!({ "Action": "Stop", "TaskID": next.task }))["code"],
        200
    );
    let ask = json!({ "TaskID": next.task, "CalleeNumber": next.callee });
    assert_eq!(desk.post(CANCEL_CALL, &ask)["code"], 200);
    assert_eq!(desk.post(END, &json!({ "call_id": session.id }))["code"], 200);
    assert_eq!(desk.world.truth(), before);
    let told = desk.world.history().iter().filter(|a| a.faults.contains(&Fault::NoEffect));
    assert!(told.clone().all(|a| !a.effect) && told.count() == 3);
}
