//! Leads Generation, business accounts, and what a custom node pushed.

use super::*;

const LEADS: &str = "10275";

#[test]
fn leads_are_workflows_of_the_whole_list_and_have_paths_of_their_own() {
    let mut desk = Desk::story();
    let truth = desk.world.truth();
    let wanted: BTreeSet<String> =
        truth.workflows.iter().filter(|w| w.template == LEADS).map(|w| w.id.clone()).collect();
    let (rows, total) = desk.all("leads.list", &json!({}), 3);
    assert_eq!(texts(&rows, "workflow_id").into_iter().collect::<BTreeSet<_>>(), wanted);
    assert_eq!(rows.len(), total);
    let (all, _) = desk.all("workflow.list", &json!({}), 50);
    assert!(rows.iter().all(|row| all.contains(row)) && all.len() > rows.len());
    assert_eq!(desk.all("leads.templates", &json!({}), 5).0.len(), 1);

    let own = truth.calls.iter().find(|c| wanted.contains(&c.workflow)).unwrap();
    let foreign = truth.calls.iter().find(|c| !wanted.contains(&c.workflow)).unwrap();
    for (call, code) in [(own, 200), (foreign, 404)] {
        let mut ask = |key: &str, param: &str, id: &str| {
            desk.page(key, &json!({ param: id }), 1, 50)["code"].clone()
        };
        assert_eq!(ask("leads.tasks", "workflow_id", &call.workflow), code);
        assert_eq!(ask("leads.task_details", "task_id", &call.task), code);
        assert_eq!(ask("leads.call_by_id", "callid", &call.id), code);
    }
    let ask = json!({ "task_id": own.task });
    let (leads, workflow) =
        (desk.all("leads.task_details", &ask, 50), desk.all("workflow.outbound_details", &ask, 50));
    assert_eq!(leads, workflow);
}

#[test]
fn a_push_can_be_asked_for_and_only_where_there_was_one() {
    let mut desk = Desk::story();
    let hooks = desk.world.due_webhooks(START + 20 * 60_000);
    let push = hooks.iter().find(|hook| hook.key == HookKey::CustomNode).unwrap();
    let body: Value = serde_json::from_slice(&push.body).unwrap();
    let mut ask = json!({
        "workflow_id": body["workflow_id"],
        "node_id": body["node_id"],
        "callee": body["callee"]["callee_number"],
    });
    let path = "/service/cloud/workflow/apinoticeinfo";
    let answer = desk.post(path, &ask);
    assert!(answer["data"]["total"].as_u64().unwrap() > 0, "{answer}");
    assert_eq!(answer["data"]["list"][0]["http_status"], 200);
    ask["node_id"] = body["workflow_id"].clone();
    assert_eq!(desk.post(path, &ask)["code"], 404);
}

#[test]
fn templates_are_those_that_the_workflows_send() {
    let mut desk = Desk::story();
    let (templates, total) = desk.all("waba.templates", &json!({}), 2);
    let ids = texts(&templates, "template_id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), total);
    let truth = desk.world.truth();
    let task = &truth.waba_tasks[0];
    let (tasks, _) = desk.all("workflow.waba_tasks", &json!({ "workflow_id": task.workflow }), 9);
    assert!(ids.contains(&tasks[0]["template_id"].as_str().unwrap().to_owned()));
    let one = desk.get(&format!("/api/v1/waba/template?template_id={}", ids[0]));
    assert_eq!(one["data"], templates[0]);
    assert_eq!(desk.get("/api/v1/waba/template?template_id=0")["code"], 404);
    let accounts = desk.get("/api/v1/waba/accounts")["data"]["list"].take();
    assert!(accounts.as_array().is_some_and(|rows| rows.len() > 2));

    let message = &truth.waba_messages[0];
    let result = desk.get(&format!("/api/v1/waba/result?msg_id={}", message.id));
    let (rows, _) =
        desk.all("workflow.waba_details", &json!({ "waba_task_id": message.task }), 500);
    assert!(rows.contains(&result["data"]), "{result}");
    assert_eq!(desk.get("/api/v1/waba/result?msg_id=x")["code"], 404);
}
