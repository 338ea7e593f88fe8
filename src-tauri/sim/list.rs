//! What can be read: lists in pages, look-ups, messages.

use serde_json::{Value, json};

use super::{
    ask::Question,
    reply::Failure,
    text::{Kind, TEMPLATES},
    view::View,
    wire::{self, read_hex},
    world::{Place, World},
};

const DEFAULT_PAGE: i64 = 20;
const LARGEST_PAGE: i64 = 500;

/// How much of a later page is rows of the page before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeats {
    Nothing,
    Third,
    Whole,
}

/// Rows of a page, where the question names no number.
pub(crate) fn page_size(question: &Question) -> i64 {
    let names = ["page_size", "limit", "Number"];
    let size = names.into_iter().find_map(|name| question.number(name));
    size.unwrap_or(DEFAULT_PAGE).min(LARGEST_PAGE)
}

/// The page asked for; the tasks API names it in its own way (OBSERVED).
pub(crate) fn page_number(question: &Question) -> i64 {
    question.number("page").or_else(|| question.number("Page")).unwrap_or(1)
}

/// The rows of one page, each made only when it is on the page. A page that `repeats` begins with
/// rows of the page before it and ends that much earlier.
pub(crate) fn page<T>(
    items: &[T],
    question: &Question,
    repeats: Repeats,
    row: impl Fn(&T) -> Value,
) -> Result<Value, Failure> {
    let (size, number) = (page_size(question), page_number(question));
    let offset = question.number("offset").unwrap_or(0);
    if number < 1 || size < 1 || offset < 0 {
        return Err(Failure::inside(500, "pages and their size count from 1, offsets from 0"));
    }
    let size = usize::try_from(size).unwrap_or(1);
    let before = usize::try_from(number - 1).unwrap_or(usize::MAX).saturating_mul(size);
    let skipped = before.saturating_add(usize::try_from(offset).unwrap_or(usize::MAX));
    let again = match repeats {
        Repeats::Nothing => 0,
        Repeats::Third => size.div_ceil(3),
        Repeats::Whole => size,
    };
    let rows: Vec<Value> =
        items.iter().skip(skipped.saturating_sub(again)).take(size).map(row).collect();
    Ok(json!({ "total": items.len(), "list": rows }))
}

impl World {
    pub(crate) fn listed(
        &self,
        key: &str,
        question: &Question,
        repeats: Repeats,
    ) -> Result<Value, Failure> {
        match key {
            "workflow.templates" => {
                let newest_first: Vec<_> = TEMPLATES.iter().rev().collect();
                page(&newest_first, question, repeats, |t| {
                    wire::template(t, self.script.known_only)
                })
            }
            "workflow.list" => self.workflows_listed(question, repeats, |_| true),
            "workflow.subtasks" => self.nodes_listed(question, repeats, None, wire::subtask),
            "workflow.outbound_tasks" => {
                self.nodes_listed(question, repeats, Some(Kind::Voice), wire::outbound_task)
            }
            "workflow.waba_tasks" => {
                self.nodes_listed(question, repeats, Some(Kind::Waba), wire::waba_task)
            }
            "workflow.outbound_details" => {
                let (view, node) = self.task_named(question.text("task_id"), Kind::Voice)?;
                let calls: Vec<_> = view.calls().filter(|c| c.node == node).collect();
                page(&calls, question, repeats, |call| wire::call(&view, call))
            }
            "workflow.waba_details" => {
                let (view, node) = self.task_named(question.text("waba_task_id"), Kind::Waba)?;
                let messages: Vec<_> = view.waba().filter(|m| m.node == node).collect();
                page(&messages, question, repeats, |m| wire::waba_message(&view, m))
            }
            "workflow.call_by_id" => self.call_found(question),
            "workflow.calls_by_person" => self.calls_of_person(question, wire::call_row),
            "workflow.recordings_of_number" => self.calls_of_person(question, wire::recording_row),
            "workflow.find" => self.workflows_of_person(question),
            "workflow.verify_push" => self.pushes_of_person(question),
            "chat.sessions" => self.sessions_listed(question, repeats),
            "chat.messages" => self.messages_listed(question, repeats),
            "pds.tasks" => self.dialer_tasks_listed(question, repeats),
            "pds.details" => self.dialer_calls_listed(question, repeats),
            "pds.recording" => self.dialer_recording(question),
            "waba.accounts" => page(&wire::waba_accounts(), question, repeats, Value::clone),
            "waba.templates" => page(&wire::waba_templates(), question, repeats, Value::clone),
            "waba.template" => waba_template_found(question),
            "waba.result" => self.waba_message_found(question),
            _ if key.starts_with("task.") || key.starts_with("plan.") => {
                self.tasks_told(key, question, repeats)
            }
            leads => self.leads_listed(leads, question, repeats),
        }
    }

    /// Newest first.
    pub(crate) fn workflows_listed(
        &self,
        question: &Question,
        repeats: Repeats,
        wanted: impl Fn(&View<'_>) -> bool,
    ) -> Result<Value, Failure> {
        let (from, to) = (question.time("start_time"), question.time("end_time"));
        let status = question.text("status");
        let mut views: Vec<View<'_>> = self
            .views()
            .filter(|v| within(v.workflow.life.created, from, to))
            .filter(|v| status.is_none_or(|word| v.state().word().eq_ignore_ascii_case(word)))
            .filter(wanted)
            .collect();
        views.sort_by_key(|v| std::cmp::Reverse((v.workflow.life.created, v.workflow.index)));
        page(&views, question, repeats, wire::workflow)
    }

    fn nodes_listed(
        &self,
        question: &Question,
        repeats: Repeats,
        kind: Option<Kind>,
        row: impl Fn(&View<'_>, usize, &super::plan::Node) -> Value,
    ) -> Result<Value, Failure> {
        let index = self.workflow_named(question)?;
        let view = self.view(index).ok_or_else(|| Failure::inside(404, "no such workflow"))?;
        let wanted = question.text("nodetask_id").and_then(read_hex);
        let nodes: Vec<_> = view
            .workflow
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, n)| kind.is_none_or(|kind| n.kind == kind))
            .filter(|(_, n)| wanted.is_none_or(|id| n.id == id))
            .collect();
        page(&nodes, question, repeats, |(at, node)| row(&view, *at, node))
    }

    fn task_named(&self, id: Option<&str>, kind: Kind) -> Result<(View<'_>, usize), Failure> {
        let place = id.and_then(read_hex).and_then(|id| self.places.get(&id));
        let Some(Place::Task(index, node)) = place.copied() else {
            return Err(Failure::inside(404, "the task does not exist"));
        };
        let view = self.view(index).filter(|v| v.node(node).is_some_and(|n| n.kind == kind));
        view.map(|v| (v, node)).ok_or_else(|| Failure::inside(404, "the task does not exist"))
    }

    fn call_found(&self, question: &Question) -> Result<Value, Failure> {
        let none = || Failure::inside(404, "the call does not exist");
        let id = question.text("callid").and_then(read_hex).ok_or_else(none)?;
        let Some(Place::Call(index, _)) = self.places.get(&id) else { return Err(none()) };
        let view = self.view(*index).ok_or_else(none)?;
        let call = view.calls().find(|c| c.id == id).ok_or_else(none)?;
        Ok(wire::call(&view, call))
    }

    /// The calls of one number in a workflow or task, in one list without pages.
    fn calls_of_person(
        &self,
        question: &Question,
        row: impl Fn(&View<'_>, &super::plan::Call) -> Option<Value>,
    ) -> Result<Value, Failure> {
        let task = question.text("task_id").and_then(read_hex).and_then(|id| self.places.get(&id));
        let (index, node) = match task {
            Some(Place::Task(index, node)) => (*index, Some(*node)),
            _ => (self.workflow_named(question)?, None),
        };
        let entry = self
            .entry_named(index, question)
            .ok_or_else(|| Failure::inside(404, "the list has no such number"))?;
        let view = self.view(index).ok_or_else(|| Failure::inside(404, "no such workflow"))?;
        let rows: Vec<Value> = view
            .calls()
            .filter(|c| c.entry == entry && node.is_none_or(|node| c.node == node))
            .filter_map(|c| row(&view, c))
            .collect();
        Ok(json!({ "total": rows.len(), "list": rows }))
    }

    fn workflows_of_person(&self, question: &Question) -> Result<Value, Failure> {
        let (from, to) = (question.time("start_time"), question.time("end_time"));
        let rows: Vec<Value> = self
            .views()
            .filter(|v| within(v.workflow.life.created, from, to))
            .filter_map(|v| Some(wire::found(&v, self.entry_named(v.workflow.index, question)?)))
            .collect();
        Ok(json!({ "total": rows.len(), "list": rows }))
    }

    /// What the custom node of a workflow pushed of one number.
    fn pushes_of_person(&self, question: &Question) -> Result<Value, Failure> {
        let none = |what: &str| Failure::inside(404, format!("the {what} does not exist"));
        let index = self.workflow_named(question)?;
        let entry = self.entry_named(index, question).ok_or_else(|| none("number"))?;
        let view = self.view(index).ok_or_else(|| none("workflow"))?;
        if question.text("node_id").and_then(read_hex) != Some(wire::custom_node_id(&view)) {
            return Err(none("node"));
        }
        let pushed = view.calls().filter(|c| c.entry == entry && wire::is_pushed(&view, c));
        let rows: Vec<Value> = pushed.map(|call| wire::pushed(&view, call)).collect();
        Ok(json!({ "total": rows.len(), "list": rows }))
    }

    /// Newest first.
    fn sessions_listed(&self, question: &Question, repeats: Repeats) -> Result<Value, Failure> {
        let (from, to) = (question.time("start_time"), question.time("end_time"));
        let mut sessions: Vec<_> = self
            .views()
            .flat_map(|view| view.sessions().map(move |session| (view, session)))
            .filter(|(_, s)| within(s.start, from, to))
            .collect();
        sessions.sort_by_key(|(_, s)| std::cmp::Reverse((s.start, s.id)));
        page(&sessions, question, repeats, |(view, session)| wire::session(view, session))
    }

    fn waba_message_found(&self, question: &Question) -> Result<Value, Failure> {
        let id = question.text("msg_id").and_then(read_hex);
        let mut found = self.views().filter_map(|view| {
            let message = view.waba().find(|m| Some(m.id) == id)?;
            Some(wire::waba_message(&view, message))
        });
        found.next().ok_or_else(|| Failure::inside(404, "the message does not exist"))
    }

    /// Newest first, from the message after `last_msg_id` back. Where pages repeat, always the newest.
    fn messages_listed(&self, question: &Question, repeats: Repeats) -> Result<Value, Failure> {
        let none = || Failure::inside(404, "the session does not exist");
        let id = question.text("call_id").and_then(read_hex).ok_or_else(none)?;
        let Some(Place::Session(index)) = self.places.get(&id) else { return Err(none()) };
        let view = self.view(*index).ok_or_else(none)?;
        let session = view.sessions().find(|s| s.id == id).ok_or_else(none)?;
        let messages = view.messages(session);
        let last = question.text("last_msg_id").filter(|_| repeats != Repeats::Whole);
        let before = match last {
            None => messages.len(),
            Some(last) => {
                let last = read_hex(last);
                let at = messages.iter().position(|m| Some(m.id) == last);
                at.ok_or_else(|| Failure::inside(404, "last_msg_id is not in this session"))?
            }
        };
        let size = question.number("size").unwrap_or(DEFAULT_PAGE).clamp(1, LARGEST_PAGE);
        let size = usize::try_from(size).unwrap_or(1);
        let wanted = question.text("type");
        let rows: Vec<Value> = (0..before)
            .rev()
            .map(|at| wire::message(&view, session, &messages, at))
            .filter(|row| wanted.is_none_or(|kind| row["content"]["type"] == kind))
            .take(size)
            .collect();
        Ok(json!({ "total": messages.len(), "list": rows }))
    }
}

fn waba_template_found(question: &Question) -> Result<Value, Failure> {
    let id = question.text("template_id");
    let mut templates = wire::waba_templates().into_iter();
    let found = templates.find(|row| row["template_id"].as_str() == id);
    found.ok_or_else(|| Failure::inside(404, "the template does not exist"))
}

pub(crate) fn within(at: i64, from: Option<i64>, to: Option<i64>) -> bool {
    from.is_none_or(|from| from <= at) && to.is_none_or(|to| at <= to)
}
