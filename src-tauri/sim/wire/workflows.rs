//! Templates, workflows, their nodes and outbound tasks.

use serde_json::{Value, json};

use super::{Record, hex, spaced};
use crate::sim::{
    plan::Node,
    text::{Kind, Template},
    view::View,
};

pub(crate) fn template(template: &Template, known_only: bool) -> Value {
    Record::new(known_only)
        .known("workflow_template_id", template.id)
        .known("workflow_template_name", template.name)
        .done()
}

pub(crate) fn workflow(view: &View<'_>) -> Value {
    let (plan, life) = (view.workflow, &view.workflow.life);
    let time = |at: Option<i64>| at.map_or_else(String::new, spaced);
    Record::new(view.script.known_only)
        .known("workflow_id", hex(plan.id))
        .known("workflow_name", plan.name.clone())
        .known("workflow_template_id", plan.template.id)
        .known("workflow_template_name", plan.template.name)
        .known("status", view.state().word())
        .known("auto_finish", 2)
        .guess("create_time", spaced(life.created))
        .guess("start_time", time(view.started_at()))
        .known("end_time", time(view.over_at()))
        .guess("total", plan.entries.len())
        .guess("finished", view.finished())
        .done()
}

/// A workflow that a number or case was found in.
pub(crate) fn found(view: &View<'_>, entry: usize) -> Value {
    Record::new(view.script.known_only)
        .known("workflow_id", hex(view.workflow.id))
        .known("workflow_name", view.workflow.name.clone())
        .guess("callee", view.callee(entry))
        .guess("case_id", view.case_id(entry))
        .done()
}

fn task_of(node: &Node) -> Option<String> {
    (node.kind != Kind::Chatbot).then(|| hex(node.task))
}

pub(crate) fn subtask(view: &View<'_>, at: usize, node: &Node) -> Value {
    let counts = view.counts(at, node);
    let time = |at: Option<i64>| at.map_or_else(String::new, spaced);
    Record::new(view.script.known_only)
        .known("nodetask_id", hex(node.id))
        .known("nodetask_name", node.name)
        .known("node_type", node.kind.word())
        .known("task_id", task_of(node).unwrap_or_default())
        .known("task_status", view.node_state(node).task_word())
        .guess("start_time", time(view.node_started(node)))
        .guess("end_time", time(view.node_over(node)))
        .guess("total", counts.total)
        .guess("finished", counts.finished)
        .done()
}

pub(crate) fn outbound_task(view: &View<'_>, at: usize, node: &Node) -> Value {
    let counts = view.counts(at, node);
    let time = |at: Option<i64>| at.map_or_else(String::new, spaced);
    Record::new(view.script.known_only)
        .guess("task_id", hex(node.task))
        .guess("task_name", format!("{} / {}", view.workflow.name, node.name))
        .known("nodetask_id", hex(node.id))
        .known("nodetask_name", node.name)
        .guess("status", view.node_state(node).task_word())
        .guess("total", counts.total)
        .guess("finished", counts.finished)
        .guess("connected", counts.connected)
        .guess("start_time", time(view.node_started(node)))
        .guess("end_time", time(view.node_over(node)))
        .done()
}

/// The body of the notification of a status change.
pub(crate) fn status_change(view: &View<'_>) -> Value {
    let actions: Vec<Value> = view
        .workflow
        .nodes
        .iter()
        .map(|node| {
            let mut action = json!({
                "nodetask_id": hex(node.id), "nodetask_name": node.name, "node_type": node.kind.word(),
            });
            if let (Some(task), Some(fields)) = (task_of(node), action.as_object_mut()) {
                fields.insert("task_id".to_owned(), task.into());
                fields.insert("task_status".to_owned(), view.node_state(node).task_word().into());
            }
            action
        })
        .collect();
    json!({
        "workflow_id": hex(view.workflow.id),
        "workflow_name": view.workflow.name,
        "status": view.state().word(),
        "actions": actions,
    })
}
