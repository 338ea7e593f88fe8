//! Stored JSON read anew, through the profile as it is now. Pure.

use serde_json::value::RawValue;

use super::{
    chatbot, cloud,
    fields::{FieldKind, OurField, RecordKind, Unit},
    listing::Context,
    profile::Profile,
    record::{Record, name},
};
use crate::domain::{
    call::Call,
    chat::{Message, Session},
    ids::{CallId, MessageId, NodeId, PlanId, RoundId, SessionId, TaskId, WabaTaskId, WorkflowId},
    task::{CallingTask, Plan, Round},
    time::Timestamp,
    waba::{WabaMessage, WabaTask},
    workflow::{Node, OutboundTask, Workflow},
};

/// What was known of a record when it was stored. Its id stays, whatever a map says of it now.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    pub id: &'a str,
    pub workflow: Option<&'a WorkflowId>,
    /// The task of a call or of a template message, the plan of a round.
    pub parent: Option<&'a str>,
    /// The place of a message in its session.
    pub position: i64,
    pub as_of: Timestamp,
}

/// A record as it reads now.
#[derive(Clone, Debug, PartialEq)]
pub enum Reread {
    Workflow(Workflow),
    Node(Node),
    Task(OutboundTask),
    Call(Call),
    WabaTask(WabaTask),
    WabaMessage(WabaMessage),
    Session(Session),
    Message(Message),
    CallingTask(CallingTask),
    Plan(Plan),
    Round(Round),
}

/// Reads a stored record again.
pub fn reread(
    kind: RecordKind,
    json: &str,
    known: Known<'_>,
    profile: &Profile,
) -> Result<Reread, &'static str> {
    let context = Context { zone: profile.zone(), received_at: known.as_of, profile };
    let mut row = Record::parse(json).map_err(|_| "it is not an object")?;
    row.lay(profile.map(kind));
    let asked = || known.workflow.cloned().ok_or("its workflow is not known");
    Ok(match kind {
        RecordKind::Template
        | RecordKind::WabaAccount
        | RecordKind::WabaTemplate
        | RecordKind::DialerTask
        | RecordKind::Robot
        | RecordKind::Strategy => return Err("records of this kind are not stored"),
        RecordKind::CallingTask => {
            let value = cloud::tasks::calling_task(&row, &context)?;
            Reread::CallingTask(CallingTask { id: TaskId::new(known.id), ..value })
        }
        RecordKind::Plan => plan(&row, &context, known)?,
        RecordKind::Round => round(&row, &context, known)?,
        RecordKind::Workflow => {
            let value = cloud::convert::workflow(&row, &context)?;
            Reread::Workflow(Workflow { id: WorkflowId::new(known.id), ..value })
        }
        RecordKind::Node => {
            let value = cloud::convert::node(&row, &context, &asked()?)?;
            Reread::Node(Node { id: NodeId::new(known.id), workflow: asked()?, ..value })
        }
        RecordKind::Task => {
            let value = cloud::convert::outbound_task(&row, &context, &asked()?)?;
            Reread::Task(OutboundTask { id: TaskId::new(known.id), workflow: asked()?, ..value })
        }
        RecordKind::Call => {
            let id = CallId::new(known.id);
            let call = cloud::convert::call_with_id(&row, &context, id);
            let mut call = call.ok_or("it has no field of a call")?;
            call.workflow = known.workflow.cloned().or(call.workflow);
            call.task = known.parent.map(TaskId::new).or(call.task);
            Reread::Call(call)
        }
        RecordKind::WabaTask => {
            let value = cloud::convert::waba_task(&row, &context, &asked()?)?;
            let id = WabaTaskId::new(known.id);
            Reread::WabaTask(WabaTask { id, workflow: asked()?, ..value })
        }
        RecordKind::WabaMessage => waba_message(&row, &context, known)?,
        RecordKind::Session => {
            let value = chatbot::convert::session(&row, &context)?;
            let workflow = known.workflow.cloned().or(value.workflow);
            Reread::Session(Session { id: SessionId::new(known.id), workflow, ..value })
        }
        RecordKind::Message => {
            let value = chatbot::convert::message(&row, &context);
            Reread::Message(Message { position: known.position, ..value })
        }
    })
}

type Again = Result<Reread, &'static str>;

fn plan(row: &Record<'_>, context: &Context<'_>, known: Known<'_>) -> Again {
    let id = PlanId::new(known.id);
    let value = cloud::tasks::plan(row, context, Some(&id))?;
    Ok(Reread::Plan(Plan { id, ..value }))
}

fn round(row: &Record<'_>, context: &Context<'_>, known: Known<'_>) -> Again {
    let plan = PlanId::new(known.parent.ok_or("its plan is not known")?);
    let value = cloud::tasks::round(row, context, &plan)?;
    Ok(Reread::Round(Round { id: RoundId::new(known.id), plan, ..value }))
}

fn waba_message(row: &Record<'_>, context: &Context<'_>, known: Known<'_>) -> Again {
    let task = WabaTaskId::new(known.parent.ok_or("its task is not known")?);
    let value = cloud::convert::waba_message(row, context, &task)?;
    let workflow = known.workflow.cloned().or(value.workflow);
    Ok(Reread::WabaMessage(WabaMessage { id: MessageId::new(known.id), task, workflow, ..value }))
}

/// What a map would make of stored records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filled {
    /// Records (or elements of their lists) that were looked at.
    pub rows: usize,
    /// Of those, how many have a value that can be used.
    pub filled: usize,
    /// Before and after, of the first few.
    pub samples: Vec<(Option<String>, Option<String>)>,
}

impl Filled {
    /// A map that finds nothing anywhere is a mistake, and is not kept.
    pub fn finds_nothing(&self) -> bool {
        self.rows > 0 && self.filled == 0
    }
}

const MOST_SAMPLES: usize = 5;

/// Looks at a field of stored records before and after a change of the profile.
pub fn would_fill<'a>(
    field: &OurField,
    before: &Profile,
    after: &Profile,
    sample: impl IntoIterator<Item = &'a str>,
) -> Filled {
    let mut filled = Filled::default();
    for json in sample {
        let Ok(mut row) = Record::parse(json) else { continue };
        let elements = field.within.map(|list| {
            row.lay(after.map(field.record));
            row.list(&[name(list)])
        });
        match elements {
            Some(elements) => {
                elements.iter().for_each(|e| filled.look(field, before, after, e.get()));
            }
            None => filled.look(field, before, after, json),
        }
    }
    filled
}

impl Filled {
    fn look(&mut self, field: &OurField, before: &Profile, after: &Profile, json: &str) {
        let told = |profile: &Profile| told(field, profile, json);
        let (then, now) = (told(before), told(after));
        self.rows += 1;
        self.filled += usize::from(now.is_some());
        if self.samples.len() < MOST_SAMPLES {
            self.samples.push((then, now));
        }
    }
}

/// What a field of the record says to a person; `None` where it says nothing that can be used.
fn told(field: &OurField, profile: &Profile, json: &str) -> Option<String> {
    let mut row = Record::parse(json).ok()?;
    row.lay(match field.within {
        Some(_) => profile.element_map(field.record),
        None => profile.map(field.record),
    });
    let names = &[name(field.name)];
    let given = |value: &RawValue| !matches!(value.get(), "{}" | "[]" | "\"\"");
    match field.kind {
        FieldKind::Time => row.time(names, profile.zone()).map(|time| time.at.rfc3339()),
        FieldKind::Integer => row.int(names).map(|number| number.to_string()),
        FieldKind::Duration => {
            let unit = if field.within.is_some() { Unit::Ms } else { Unit::S };
            row.millis(names, unit).map(|ms| format!("{} s", ms as f64 / 1000.0))
        }
        FieldKind::Id | FieldKind::Status | FieldKind::Word => row.text(names),
        // What is no text after all is shown as it is.
        FieldKind::Text => row
            .text(names)
            .or_else(|| row.value(names).filter(|v| given(v)).map(|v| v.get().to_owned())),
        FieldKind::Pairs => {
            let pairs = row.pairs(names);
            let pairs: Vec<_> =
                pairs.iter().map(|(name, value)| format!("{name}: {value}")).collect();
            (!pairs.is_empty()).then(|| pairs.join(", "))
        }
        FieldKind::List => {
            let count = row.list(names).len();
            (count > 0).then(|| count.to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::status::Phase;

    const MAPPED: &str = r#"
        zone = "+00:00"
        [record.call.fields]
        talk_duration = { pointer = "/len/ms", unit = "ms" }
        call_time = { pointer = "/when" }
        dialogue = { pointer = "/talk" }
        text = { pointer = "/said" }
        [status.call]
        "2" = "connected"
        [status.workflow]
        "3" = "running"
    "#;

    const CALL: &str = r#"{"callid":"c","talk_result":2,"len":{"ms":"12500"},
        "when":"2025-04-15 06:41:00","talk":[{"said":"hello"},{"said":""}]}"#;

    fn known(id: &str) -> Known<'_> {
        Known { id, workflow: None, parent: Some("t"), position: 0, as_of: Timestamp(7) }
    }

    #[test]
    fn a_stored_record_reads_as_the_profile_says_now() {
        let profile = Profile::parse(MAPPED).unwrap();
        let Ok(Reread::Call(call)) = reread(RecordKind::Call, CALL, known("x"), &profile) else {
            panic!()
        };
        assert_eq!((call.id.as_str(), call.task.unwrap().as_str()), ("x", "t"), "the id stays");
        assert_eq!((call.talk_ms, call.connected), (Some(12_500), Some(true)));
        assert_eq!(call.called_at, Some(Timestamp(1_744_699_260_000)));
        assert_eq!(call.detail.dialogue[0].text, "hello");
        let json = r#"{"workflow_id":"w","status":"3"}"#;
        let read = reread(RecordKind::Workflow, json, known("w"), &profile);
        let Ok(Reread::Workflow(workflow)) = read else { panic!() };
        assert_eq!(workflow.status.unwrap().phase, Phase::Running);
        assert_eq!(workflow.as_of, Timestamp(7));
    }

    #[test]
    fn a_map_is_tried_on_what_is_stored() {
        let (before, after) = (Profile::built_in(), Profile::parse(MAPPED).unwrap());
        let field = |name| RecordKind::Call.field(name).unwrap();
        let fill = |name| would_fill(field(name), &before, &after, [CALL, "{}"]);
        let filled = fill("talk_duration");
        assert_eq!((filled.rows, filled.filled), (2, 1));
        assert_eq!(filled.samples[0], (None, Some("12.5 s".to_owned())));
        assert_eq!((fill("text").rows, fill("text").filled), (2, 1), "of the elements");
        let wrong = "[record.call.fields]\ntalk_duration = { pointer = \"/nowhere\" }";
        let wrong = Profile::parse(wrong).unwrap();
        assert!(would_fill(field("talk_duration"), &before, &wrong, [CALL]).finds_nothing());
        assert!(!would_fill(field("talk_duration"), &before, &wrong, []).finds_nothing());
    }

    proptest::proptest! {
        #[test]
        fn any_json_is_a_record_or_none(json in "\\PC{0,60}", number in proptest::num::i64::ANY) {
            let profile = Profile::parse(MAPPED).unwrap();
            let numbers = format!(r#"{{"callid":{number},"when":{number},"len":{{"ms":{number}}}}}"#);
            for json in [&json, &numbers] {
                for kind in RecordKind::ALL {
                    let _ = reread(kind, json, known("x"), &profile);
                    for field in kind.fields() {
                        let _ = would_fill(field, &profile, &profile, [json.as_str()]);
                    }
                }
            }
        }
    }
}
