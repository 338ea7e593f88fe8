//! Which fields of a record nothing here uses.

use std::collections::BTreeSet;

use crate::vendor::{
    fields::RecordKind,
    record::{Record, same_name},
};

/// Further spellings of our fields that are read, and what a record says of the ones it belongs to.
const ALSO_READ: &[&str] = &[
    "name",
    "id",
    "state",
    "status",
    "workflow_id",
    "workflow_name",
    "workflow_template_id",
    "workflow_template_name",
    "template_id",
    "template_name",
    "created_at",
    "actual_start_time",
    "start_time",
    "end_time",
    "nodetask_id",
    "nodetask_name",
    "node_id",
    "node_name",
    "node_type",
    "task_id",
    "task_name",
    "task_status",
    "waba_task_id",
    "wfdetail_uuid",
    "callee",
    "case_id",
    "phone_number",
    "callee_number",
    "call_id",
    "callid",
    "rec_url",
    "recording_url",
    "reclink",
    "waba_template_name",
    "waba_template_id",
    "send",
    "error_code",
    "fail_code",
    "fail_reason",
    "error_message",
    "sent_at",
    "send_time",
    "delivered_at",
    "read_at",
    "customize_results",
    "talk_time",
    "call_result_type",
    "call_time",
    "seat_id",
    "reply",
    "messages",
    "actions",
    "line",
    "lines",
    "plan_id",
    "plan_name",
    "strategy_id",
    "strategy_name",
    "finish_time",
    "dialed",
    "called",
    "connected",
    // Known, and of no use to somebody who watches.
    "auto_finish",
    "ring_time",
];

/// Names of the rows' members that no field of ours is filled from, in the order of the alphabet.
pub fn unknown<'a>(
    kind: RecordKind,
    mapped: &[String],
    rows: impl Iterator<Item = &'a str>,
) -> Vec<String> {
    let mut found = BTreeSet::new();
    for row in rows {
        let Ok(record) = Record::parse(row) else { continue };
        for (name, _) in record.fields() {
            if !is_read(kind, mapped, name) {
                found.insert(shown(name));
            }
        }
    }
    found.into_iter().collect()
}

/// Whether it is a further spelling of a field of ours.
pub fn is_also_read(name: &str) -> bool {
    ALSO_READ.iter().any(|known| same_name(known, name))
}

fn is_read(kind: RecordKind, mapped: &[String], name: &str) -> bool {
    kind.field(name).is_some()
        || is_also_read(name)
        || mapped.iter().any(|known| same_name(known, name))
}

const LONGEST_NAME: usize = 60;

/// A field's name is the vendor's text: one line, not long.
fn shown(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).take(LONGEST_NAME).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_nothing_reads_is_unknown() {
        let rows = [r#"{"Workflow_ID":"1","status":"3","mood":1}"#, "no json", r#"{"Mood":2}"#];
        let found = unknown(RecordKind::Workflow, &[], rows.into_iter());
        assert_eq!(found, ["Mood", "mood"]);
        let found = unknown(RecordKind::Workflow, &["mood".to_owned()], rows.into_iter());
        assert!(found.is_empty());
    }
}
