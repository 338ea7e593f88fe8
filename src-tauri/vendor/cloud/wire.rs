//! Field names of the Cloud family's records, the likeliest first; case and underscores do not matter.
//!
//! DOCUMENTED or OBSERVED in workflows, nodes and lists: `workflow_id`, `workflow_name`, `name`,
//! `workflow_template_id`, `workflow_template_name`, `status`, `end_time`, `nodetask_id`,
//! `nodetask_name`, `node_type`, `task_id`, `task_status`, `waba_task_id`, `wfdetail_uuid`, `callee`,
//! `case_id`, `msg_id`, `actions`. A call's own fields are INFERRED from the predictive dialer's
//! record; every other name is ASSUMED. Of calling tasks `TaskID` and `CalleeNumber` are OBSERVED, in
//! requests; plans are ASSUMED throughout.

use crate::vendor::record::{Names, name};

pub const WORKFLOW_ID: Names = &[name("workflow_id")];
pub const WORKFLOW_NAME: Names = &[name("workflow_name")];
pub const OWN_WORKFLOW_NAME: Names = &[name("workflow_name"), name("name")];
pub const TEMPLATE_ID: Names = &[name("workflow_template_id")];
pub const OWN_TEMPLATE_ID: Names = &[name("workflow_template_id"), name("template_id"), name("id")];
pub const TEMPLATE_NAME: Names = &[name("workflow_template_name")];
pub const OWN_TEMPLATE_NAME: Names =
    &[name("workflow_template_name"), name("template_name"), name("name")];
pub const STATUS: Names = &[name("status"), name("state")];
pub const TASK_STATUS: Names = &[name("task_status"), name("status"), name("state")];
pub const CREATE_TIME: Names = &[name("create_time"), name("created_at")];
pub const START_TIME: Names = &[name("start_time"), name("actual_start_time")];
pub const END_TIME: Names = &[name("end_time")];
pub const TOTAL: Names = &[name("total")];
pub const FINISHED: Names = &[name("finished")];
pub const CONNECTED: Names = &[name("connected")];
pub const ACTIONS: Names = &[name("actions")];

pub const NODE_ID: Names = &[name("nodetask_id"), name("node_id")];
pub const NODE_NAME: Names = &[name("nodetask_name"), name("node_name")];
pub const NODE_TYPE: Names = &[name("node_type")];
pub const TASK_ID: Names = &[name("task_id")];
pub const TASK_NAME: Names = &[name("task_name")];
pub const OWN_TASK_NAME: Names = &[name("task_name"), name("name")];

/// Not `id`: a row of another kind may carry one.
pub const CALL_ID: Names = &[name("callid")];
pub const CALLEE: Names = &[name("callee"), name("phone_number"), name("callee_number")];
pub const CASE_ID: Names = &[name("case_id")];
pub const TALK_RESULT: Names = &[name("talk_result")];
pub const CALL_RESULT_TYPE: Names = &[name("call_result_type")];
pub const HANGUP: Names = &[name("hangup_reason")];
pub const NTH_CALL: Names = &[name("nth_call")];
pub const CALL_TIME: Names = &[name("call_time"), name("start_time")];
pub const ANSWER_TIME: Names = &[name("answer_time")];
pub const CALL_END_TIME: Names = &[name("end_time")];
/// Seconds.
pub const TALK_DURATION: Names = &[name("talk_duration")];
/// Seconds where it is a small number; where it is a time it says when the talk began.
pub const TALK_TIME: Names = &[name("talk_time")];
pub const TALK_ROUND: Names = &[name("talk_round")];
pub const INTENTION: Names = &[name("intention")];
pub const RECORDING: Names = &[name("reclink"), name("rec_url"), name("recording_url")];
pub const LABELS: Names = &[name("event_label")];
pub const CUSTOM_RESULTS: Names = &[name("customize_results")];
pub const SLOTS: Names = &[name("ner_slots")];
pub const DIALOGUE: Names = &[name("dialogue")];
pub const ROLE: Names = &[name("role")];
pub const TEXT: Names = &[name("text")];
pub const START_MS: Names = &[name("start_ms")];
pub const END_MS: Names = &[name("end_ms")];

pub const WABA_TASK_ID: Names = &[name("waba_task_id")];
pub const WABA_TEMPLATE_NAME: Names = &[name("template_name"), name("waba_template_name")];
pub const WABA_TEMPLATE_ID: Names = &[name("template_id"), name("waba_template_id")];
pub const SENT: Names = &[name("sent"), name("send")];
pub const DELIVERED: Names = &[name("delivered")];
pub const READ: Names = &[name("read")];
pub const REPLIED: Names = &[name("replied")];
pub const FAILED: Names = &[name("failed")];
pub const ENTRY_ID: Names = &[name("wfdetail_uuid")];
pub const MESSAGE_ID: Names = &[name("msg_id")];
pub const FAILURE_CODE: Names = &[name("failure_code"), name("error_code"), name("fail_code")];
pub const FAILURE_REASON: Names =
    &[name("failure_reason"), name("fail_reason"), name("error_message")];
pub const SENT_TIME: Names = &[name("sent_time"), name("sent_at"), name("send_time")];
pub const DELIVERED_TIME: Names = &[name("delivered_time"), name("delivered_at")];
pub const READ_TIME: Names = &[name("read_time"), name("read_at")];

pub const LINES: Names = &[
    name("business_line"),
    name("line"),
    name("lines"),
    name("business_type"),
    name("business"),
    name("scene"),
];
pub const FINISH_TIME: Names = &[name("end_time"), name("finish_time")];
pub const PLAN_ID: Names = &[name("plan_id")];
pub const PLAN_NAME: Names = &[name("plan_name"), name("name")];
pub const PLAN_STATUS: Names = &[name("plan_status"), name("status"), name("state")];
pub const ROUND: Names = &[name("round"), name("round_no"), name("nth_round")];
pub const DIALLED: Names = &[name("dialled"), name("dialed"), name("called")];
pub const REACHED: Names = &[name("reached"), name("connected")];
pub const STRATEGY_ID: Names = &[name("strategy_id"), name("id")];
pub const STRATEGY_NAME: Names = &[name("strategy_name"), name("name")];
pub const PLAN_STRATEGY: Names = &[name("strategy_name"), name("strategy"), name("strategy_id")];
pub const ROBOT_ID: Names = &[name("robot_id"), name("id")];
pub const ROBOT_NAME: Names = &[name("robot_name"), name("name")];
/// Of an answer that leads to a file.
pub const LINK: Names =
    &[name("link"), name("url"), name("download_url"), name("file_url"), name("reclink")];
