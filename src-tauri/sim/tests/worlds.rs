//! What a world holds, and that it is the same each time.

use super::*;
use crate::sim::plan::State;

#[test]
fn a_story_is_big_enough() {
    for seed in 0..20 {
        let truth = World::new(Script::story(seed)).truth();
        assert!(truth.workflows.len() >= 60, "seed {seed}");
        assert!(truth.calls.len() >= 500, "seed {seed}: {} calls", truth.calls.len());
        assert!(truth.sessions.len() >= 20, "seed {seed}: {} sessions", truth.sessions.len());
    }
}

#[test]
fn the_demo_holds_twenty_thousand_calls_of_three_rounds() {
    let truth = World::new(Script::demo(1)).truth();
    assert!(truth.calls.len() >= 20_000, "{} calls", truth.calls.len());
    assert!(truth.sessions.len() >= 60, "{} sessions", truth.sessions.len());
    let rounds: BTreeSet<i64> = truth.calls.iter().map(|c| c.round).collect();
    assert_eq!(rounds, BTreeSet::from([1, 2, 3]));
    let templates: BTreeSet<&String> = truth.workflows.iter().map(|w| &w.template).collect();
    assert!(templates.len() >= 6);
}

#[test]
fn every_state_of_life_is_there_at_the_start() {
    for script in [Script::demo(3), Script::story(3)] {
        let truth = World::new(script).truth();
        let seen: BTreeSet<&str> = truth.workflows.iter().map(|w| w.status).collect();
        let all: BTreeSet<&str> = State::ALL.into_iter().map(State::word).collect();
        assert_eq!(seen, all);
        let kinds: BTreeSet<&str> = truth.nodes.iter().map(|n| n.node_type).collect();
        assert_eq!(kinds, BTreeSet::from(["voice", "WABA", "chatbot"]));
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_seed_others() {
    let read = |seed| {
        let mut desk = Desk::at(Script::story(seed));
        desk.world.advance(START + 90_000);
        desk.send(Method::Get, "/service/cloud/workflow/instancelist?page_size=100", "")
            .response
            .body
    };
    assert_eq!(read(5), read(5));
    assert_ne!(read(5), read(6));
}

#[test]
fn time_may_run_in_any_steps() {
    let end = START + 2 * 3_600_000;
    let mut leaped = World::new(Script::story(11));
    leaped.advance(end);
    let mut walked = World::new(Script::story(11));
    let mut hooks = Vec::new();
    for now in (START..=end).step_by(7_300) {
        hooks.extend(walked.due_webhooks(now));
    }
    hooks.extend(walked.due_webhooks(end));
    assert_eq!(walked.truth(), leaped.truth());
    assert!(leaped.truth().workflows.len() > 60, "new ones came");
    let at_once = leaped.due_webhooks(end);
    assert!(at_once.len() > 100, "{}", at_once.len());
    let id = |h: &Hook| (h.at, h.id.clone(), h.key);
    let walked: BTreeSet<_> = hooks.iter().map(id).collect();
    let leapt: BTreeSet<_> = at_once.iter().map(id).collect();
    let other: Vec<_> = walked.symmetric_difference(&leapt).take(5).collect();
    assert!(other.is_empty(), "{other:?}");
    assert_eq!(hooks.len(), at_once.len(), "no event twice");
    let of = |hooks: &[Hook], key| -> BTreeMap<String, Vec<u8>> {
        let chosen = hooks.iter().filter(|h| h.key == key);
        chosen.map(|h| (h.id.clone(), h.body.clone())).collect()
    };
    for key in [HookKey::WorkflowStatus, HookKey::ChatEnded, HookKey::CallCompleted] {
        assert_eq!(of(&hooks, key), of(&at_once, key), "{key:?}");
    }
}

#[test]
fn the_demo_moves_every_few_seconds_for_hours() {
    let mut world = World::new(Script::demo(2));
    let calls = |w: &World| -> usize {
        w.views().map(|v| v.calls().filter(|c| c.end <= w.now()).count()).sum()
    };
    let statuses = |w: &World| -> BTreeMap<u128, State> {
        w.views().map(|v| (v.workflow.id, v.state())).collect()
    };
    for hour in 0..4 {
        let begin = START + hour * 3_600_000;
        world.advance(begin);
        let (was, had) = (statuses(&world), calls(&world));
        world.advance(begin + 60_000);
        assert!(calls(&world) > had + 60, "hour {hour}: {} calls in a minute", calls(&world) - had);
        world.advance(begin + 240_000);
        assert_ne!(statuses(&world), was, "hour {hour}");
    }
}

#[test]
fn every_shape_of_content_is_there_in_every_language() {
    let mut desk = Desk::at(Script::demo(4));
    let mut shapes: BTreeSet<String> = BTreeSet::new();
    let (sessions, _) = desk.all("chat.sessions", &json!({}), 200);
    let mut words = String::new();
    for id in texts(&sessions, "call_id") {
        let ask = json!({ "call_id": id, "last_msg_id": "", "size": 100 });
        let answer = desk.post("/api/v1/session/messages", &ask);
        for message in answer["data"]["list"].as_array().unwrap() {
            shapes.insert(shape(&message["content"]));
            words.push_str(&message["content"].to_string());
        }
    }
    let all = [
        "audio",
        "button",
        "file",
        "image",
        "interactive",
        "interactive/button",
        "interactive/button_reply",
        "interactive/list",
        "interactive/list_reply",
        "location",
        "system",
        "template/Instagram",
        "template/WhatsApp",
        "text",
        "video",
    ];
    assert_eq!(shapes, all.map(str::to_owned).into());
    for said in ["great, thanks", "terima kasih", "谢谢"] {
        assert!(words.contains(said), "{said}");
    }
}

fn shape(content: &Value) -> String {
    let kind = content["type"].as_str().unwrap();
    let inner = content[kind]["type"].as_str().filter(|_| kind != "system");
    inner.map_or_else(|| kind.to_owned(), |inner| format!("{kind}/{inner}"))
}

#[test]
fn pages_add_up_to_the_total_without_a_row_twice() {
    let mut desk = Desk::story();
    let (workflows, total) = desk.all("workflow.list", &json!({}), 7);
    let ids: BTreeSet<String> = texts(&workflows, "workflow_id").into_iter().collect();
    assert_eq!((workflows.len(), ids.len()), (total, total));
    let truth = desk.world.truth();
    assert_eq!(ids, truth.workflows.iter().map(|w| w.id.clone()).collect());

    let (mut calls, mut nodes, mut messages) = (BTreeSet::new(), 0, BTreeSet::new());
    for workflow in &ids {
        let ask = json!({ "workflow_id": workflow });
        nodes += desk.all("workflow.subtasks", &ask, 2).1;
        for task in texts(&desk.all("workflow.outbound_tasks", &ask, 1).0, "task_id") {
            let (rows, total) =
                desk.all("workflow.outbound_details", &json!({ "task_id": task }), 3);
            assert_eq!(rows.len(), total);
            calls.extend(texts(&rows, "callid"));
        }
        for task in texts(&desk.all("workflow.waba_tasks", &ask, 5).0, "waba_task_id") {
            let (rows, _) = desk.all("workflow.waba_details", &json!({ "waba_task_id": task }), 4);
            messages.extend(texts(&rows, "msg_id"));
        }
    }
    assert_eq!(calls, truth.calls.iter().map(|c| c.id.clone()).collect());
    assert_eq!(nodes, truth.nodes.len());
    assert_eq!(messages, truth.waba_messages.iter().map(|m| m.id.clone()).collect());
}

#[test]
fn messages_come_newest_first_and_page_back_by_their_last_id() {
    let mut desk = Desk::story();
    let session = desk.world.truth().sessions.into_iter().max_by_key(|s| s.messages).unwrap();
    let (mut ids, mut last) = (Vec::new(), String::new());
    loop {
        let ask = json!({ "call_id": session.id, "last_msg_id": last, "size": 3 });
        let answer = desk.post("/api/v1/session/messages", &ask);
        let page = texts(answer["data"]["list"].as_array().unwrap(), "msg_id");
        let Some(oldest) = page.last() else { break };
        last.clone_from(oldest);
        ids.extend(page);
    }
    ids.reverse();
    let truth = desk.world.truth();
    let own = truth.messages.iter().filter(|m| m.session == session.id);
    assert_eq!(ids, own.map(|m| m.id.clone()).collect::<Vec<_>>());
    assert!(ids.len() > 3);
}

#[test]
fn a_call_and_a_person_can_be_looked_up() {
    let mut desk = Desk::story();
    let truth = desk.world.truth();
    let call = truth.calls.iter().find(|c| c.recording.is_some()).unwrap();
    let found = desk.get(&format!("/service/cloud/workflow/callinfobyid?callid={}", call.id));
    assert_eq!(found["data"]["callid"], call.id.as_str());
    assert_eq!(found["data"]["workflow_id"], call.workflow.as_str());
    let ask = format!("workflow_id={}&callee={}", call.workflow, call.callee.replace('+', "%2B"));
    let person = desk.get(&format!("/service/cloud/workflow/callinfo?{ask}"));
    let own = truth.calls.iter().filter(|c| c.workflow == call.workflow && c.callee == call.callee);
    assert_eq!(person["data"]["list"].as_array().unwrap().len(), own.count());
    let recordings = desk.get(&format!("/service/cloud/workflow/recordings?{ask}"));
    let links = texts(recordings["data"]["list"].as_array().unwrap(), "reclink");
    assert!(links.contains(call.recording.as_ref().unwrap()));
    let body = json!({ "callee": call.callee, "start_time": "", "end_time": "" });
    let workflows = desk.post("/service/cloud/workflow/detailinstances", &body);
    let ids = texts(workflows["data"]["list"].as_array().unwrap(), "workflow_id");
    assert!(ids.contains(&call.workflow));
}

#[test]
fn lists_are_filtered_by_status_and_time() {
    let mut desk = Desk::story();
    let (running, _) = desk.all("workflow.list", &json!({ "status": "running" }), 50);
    assert!(!running.is_empty() && running.iter().all(|w| w["status"] == "Running"));
    let truth = desk.world.truth();
    let from = START - 3_600_000;
    let (late, _) = desk.all("workflow.list", &json!({ "start_time": from }), 50);
    let wanted = truth.workflows.iter().filter(|w| w.created_at >= from).count();
    assert_eq!(late.len(), wanted);
    assert!(wanted > 0 && wanted < truth.workflows.len());
}

#[test]
fn known_only_hides_assumed_paths_and_fields() {
    let mut desk = Desk::at(Script::story(7).known_only(true));
    for route in ROUTES.iter().filter(|r| r.known == Known::Assumed) {
        // Plans are listed and cancelled on the paths of tasks, which are OBSERVED.
        let reply = desk.send(route.method, &format!("{}?Type=plan&PlanID=x", route.path), "");
        assert_eq!(reply.response.status, 404, "{}", route.key);
    }
    let truth = desk.world.truth();
    let ask = json!({ "task_id": truth.tasks[0].id });
    let (rows, _) = desk.all("workflow.outbound_details", &ask, 50);
    let fields: BTreeSet<&String> = rows[0].as_object().unwrap().keys().collect();
    let known = ["case_id", "nodetask_id", "nodetask_name", "workflow_id", "workflow_name"];
    assert_eq!(fields, known.map(str::to_owned).iter().collect());
    let ask = json!({ "call_id": truth.sessions[0].id, "last_msg_id": "", "size": 5 });
    assert_eq!(desk.post("/api/v1/session/messages", &ask)["code"], 200);
}
