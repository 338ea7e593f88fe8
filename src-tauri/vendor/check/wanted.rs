//! What a record has to say before it is of use to somebody who watches.

use crate::{
    domain::{
        call::Call,
        chat::{Message, Session},
        dialer::DialerTask,
        task::{CallingTask, Plan, Robot, Round, Strategy},
        waba::{WabaAccount, WabaMessage, WabaTask, WabaTemplate},
        workflow::{Node, OutboundTask, Template, Workflow},
    },
    vendor::fields::RecordKind,
};

/// Our name of a field, and whether this record has it.
type Field<T> = (&'static str, fn(&T) -> bool);

pub trait Wanted: Sized + 'static {
    const KIND: RecordKind;
    const FIELDS: &'static [Field<Self>] = &[];
}

impl Wanted for Template {
    const KIND: RecordKind = RecordKind::Template;
}
impl Wanted for Workflow {
    const KIND: RecordKind = RecordKind::Workflow;
    const FIELDS: &'static [Field<Self>] =
        &[("workflow_name", |w| w.name.is_some()), ("status", |w| w.status.is_some())];
}
impl Wanted for Node {
    const KIND: RecordKind = RecordKind::Node;
    const FIELDS: &'static [Field<Self>] = &[("nodetask_name", |n| n.name.is_some())];
}
impl Wanted for OutboundTask {
    const KIND: RecordKind = RecordKind::Task;
    const FIELDS: &'static [Field<Self>] = &[("task_status", |t| t.status.is_some())];
}
impl Wanted for Call {
    const KIND: RecordKind = RecordKind::Call;
    const FIELDS: &'static [Field<Self>] =
        &[("callee", |c| c.callee.is_some()), ("call_time", |c| c.called_at.is_some())];
}
impl Wanted for WabaTask {
    const KIND: RecordKind = RecordKind::WabaTask;
}
impl Wanted for WabaMessage {
    const KIND: RecordKind = RecordKind::WabaMessage;
    const FIELDS: &'static [Field<Self>] = &[("status", |m| m.status.is_some())];
}
impl Wanted for WabaAccount {
    const KIND: RecordKind = RecordKind::WabaAccount;
}
impl Wanted for WabaTemplate {
    const KIND: RecordKind = RecordKind::WabaTemplate;
    const FIELDS: &'static [Field<Self>] = &[("template_name", |t| t.name.is_some())];
}
impl Wanted for DialerTask {
    const KIND: RecordKind = RecordKind::DialerTask;
    const FIELDS: &'static [Field<Self>] = &[("state", |t| t.status.is_some())];
}
impl Wanted for Session {
    const KIND: RecordKind = RecordKind::Session;
}
impl Wanted for Message {
    const KIND: RecordKind = RecordKind::Message;
    const FIELDS: &'static [Field<Self>] = &[("sender_type", |m| m.sender.is_some())];
}
impl Wanted for CallingTask {
    const KIND: RecordKind = RecordKind::CallingTask;
    const FIELDS: &'static [Field<Self>] =
        &[("task_name", |t| t.name.is_some()), ("task_status", |t| t.status.is_some())];
}
impl Wanted for Plan {
    const KIND: RecordKind = RecordKind::Plan;
    const FIELDS: &'static [Field<Self>] = &[("plan_status", |p| p.status.is_some())];
}
impl Wanted for Round {
    const KIND: RecordKind = RecordKind::Round;
    const FIELDS: &'static [Field<Self>] =
        &[("dialled", |r| r.dialled.is_some()), ("reached", |r| r.reached.is_some())];
}
impl Wanted for Robot {
    const KIND: RecordKind = RecordKind::Robot;
}
impl Wanted for Strategy {
    const KIND: RecordKind = RecordKind::Strategy;
}

/// Wanted fields that no row has; of no rows nothing can be said.
pub fn missing<T: Wanted>(rows: &[T]) -> Vec<&'static str> {
    let in_none = |has: &fn(&T) -> bool| !rows.is_empty() && !rows.iter().any(has);
    T::FIELDS.iter().filter(|(_, has)| in_none(has)).map(|(name, _)| *name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_ours<T: Wanted>() {
        for (name, _) in T::FIELDS {
            assert!(T::KIND.field(name).is_some(), "{} of {}", name, T::KIND.word());
        }
    }

    #[test]
    fn what_is_wanted_is_a_field_that_can_be_mapped() {
        are_ours::<Workflow>();
        are_ours::<Node>();
        are_ours::<OutboundTask>();
        are_ours::<Call>();
        are_ours::<WabaMessage>();
        are_ours::<Message>();
        are_ours::<WabaTemplate>();
        are_ours::<DialerTask>();
        are_ours::<CallingTask>();
        are_ours::<Plan>();
        are_ours::<Round>();
    }
}
