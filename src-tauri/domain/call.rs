//! One attempt to reach a number.

use serde::{Deserialize, Serialize};

use super::{
    ids::{CallId, Callee, NodeId, TaskId, WorkflowId},
    time::Timestamp,
};

/// A call. Most field names of it are INFERRED from the predictive dialer's record.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub id: CallId,
    pub workflow: Option<WorkflowId>,
    pub workflow_name: Option<String>,
    pub node: Option<NodeId>,
    pub node_name: Option<String>,
    pub task: Option<TaskId>,
    pub task_name: Option<String>,
    pub callee: Option<Callee>,
    pub case_id: Option<String>,
    /// `talkResult` as written.
    pub result: Option<String>,
    /// Whether somebody answered; `None` when the answer does not say.
    pub connected: Option<bool>,
    /// The hang-up code or words as written: its meaning is known for the predictive dialer only.
    pub hangup: Option<String>,
    /// Redial round, 1 for the first (`nthCall`).
    pub round: Option<i64>,
    pub called_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub talk_ms: Option<i64>,
    /// Turns of the conversation (`talk_round`).
    pub turns: Option<i64>,
    /// A letter or free text; its meaning belongs to the template.
    pub intention: Option<String>,
    /// The vendor's link to the recording. Never leaves the core.
    pub recording: Option<String>,
    /// At least one time came without an offset and was read in the account's zone.
    pub zone_assumed: bool,
    pub detail: CallDetail,
}

/// What only an opened call shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CallDetail {
    pub labels: Vec<(String, String)>,
    pub slots: Vec<(String, String)>,
    pub dialogue: Vec<Turn>,
}

/// One utterance. `start_ms` and `end_ms` count from the start of the recording (ASSUMED).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Turn {
    pub role: String,
    pub text: String,
    pub start_ms: Option<i64>,
    pub end_ms: Option<i64>,
}

/// The predictive dialer's meaning of a hang-up code (OBSERVED there). Elsewhere the code is shown as
/// written with this beside it as a question.
pub fn pds_hangup_meaning(code: &str) -> Option<&'static str> {
    Some(match code.trim() {
        "0" => "unknown",
        "1" => "no_agent_after_answer",
        "2" => "not_picked_up",
        "3" => "busy",
        "4" => "not_in_use",
        "5" => "hold",
        "6" => "switched_off",
        "7" => "out_of_area",
        "8" => "invalid",
        "9" => "wrong_number",
        "12" => "talked",
        "13" => "agent_reject",
        "14" => "user_hung_up",
        "15" => "fusing",
        "16" => "answering_machine",
        "17" => "agent_network_failed",
        "18" => "attempt_limits",
        "19" => "short_abandoned",
        "20" => "do_not_call",
        _ => return None,
    })
}
