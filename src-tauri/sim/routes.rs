//! The endpoints that are served, with the evidence for their paths.

use super::reply::Family;
use crate::vendor::transport::Method::{self, Get, Post};

/// How a path is known; the words of the contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    Documented,
    Observed,
    Assumed,
}

/// One endpoint of the contract that the simulator serves.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    pub key: &'static str,
    pub method: Method,
    pub path: &'static str,
    pub known: Known,
    pub(crate) family: Family,
}

use Family::{Chatbot, Cloud, Pds};
use Known::{Assumed, Documented, Observed};

const fn route(
    key: &'static str,
    method: Method,
    path: &'static str,
    known: Known,
    family: Family,
) -> Route {
    Route { key, method, path, known, family }
}

pub const ROUTES: &[Route] = &[
    route("auth", Post, "/service/cloud/auth", Documented, Cloud),
    route("workflow.templates", Get, "/service/cloud/workflow/templatelist", Assumed, Cloud),
    route("workflow.list", Get, "/service/cloud/workflow/instancelist", Assumed, Cloud),
    route("workflow.subtasks", Get, "/service/cloud/workflow/subtasklist", Assumed, Cloud),
    route("workflow.outbound_tasks", Post, "/service/cloud/workflow/tasklist", Assumed, Cloud),
    route(
        "workflow.outbound_details",
        Post,
        "/service/cloud/workflow/taskdetail",
        Documented,
        Cloud,
    ),
    route("workflow.calls_by_person", Get, "/service/cloud/workflow/callinfo", Assumed, Cloud),
    route("workflow.call_by_id", Get, "/service/cloud/workflow/callinfobyid", Assumed, Cloud),
    route(
        "workflow.recordings_of_number",
        Get,
        "/service/cloud/workflow/recordings",
        Assumed,
        Cloud,
    ),
    route("workflow.find", Post, "/service/cloud/workflow/detailinstances", Documented, Cloud),
    route("workflow.stop", Post, "/service/cloud/workflow/stopinstance", Assumed, Cloud),
    route("workflow.cancel_list", Post, "/service/cloud/workflow/canceldetail", Assumed, Cloud),
    route("workflow.waba_tasks", Get, "/service/cloud/workflow/wabatasklist", Assumed, Cloud),
    route("workflow.waba_details", Get, "/service/cloud/workflow/wabataskdetail", Assumed, Cloud),
    route("chat.messages", Post, "/api/v1/session/messages", Documented, Chatbot),
    route("chat.sessions", Post, "/api/v1/session/list", Assumed, Chatbot),
    route("task.list", Get, "/service/cloud/list", Observed, Cloud),
    route("task.details", Get, "/service/cloud/detail", Documented, Cloud),
    route("task.recording", Get, "/service/cloud/case", Observed, Cloud),
    route("task.recordings", Get, "/service/cloud/recording", Observed, Cloud),
    route("task.robots", Get, "/service/cloud/robot", Observed, Cloud),
    route("task.call_by_id", Get, "/service/cloud/callinfobyid", Assumed, Cloud),
    route("plan.strategies", Get, "/service/cloud/strategy", Assumed, Cloud),
    route("plan.status", Get, "/service/cloud/plan/status", Assumed, Cloud),
    route("plan.rounds", Get, "/service/cloud/plan/rounds", Assumed, Cloud),
    // The path of the tasks' list, told apart by `Type`.
    route("plan.list", Get, "/service/cloud/list", Assumed, Cloud),
    route("plan.recordings_of_number", Get, "/service/cloud/plan/case", Assumed, Cloud),
    route("pds.auth", Post, "/service/callcenter/call/predict/auth", Observed, Pds),
    route("pds.tasks", Post, "/service/callcenter/call/predict/querytasklist", Observed, Pds),
    route("workflow.verify_push", Post, "/service/cloud/workflow/apinoticeinfo", Documented, Cloud),
    route("pds.details", Post, "/service/callcenter/call/predict/querytaskdetail", Observed, Pds),
    route("pds.recording", Post, "/service/callcenter/call/predict/case/recording", Observed, Pds),
    route("waba.accounts", Get, "/api/v1/waba/accounts", Assumed, Chatbot),
    route("waba.templates", Get, "/api/v1/waba/templates", Assumed, Chatbot),
    route("waba.template", Get, "/api/v1/waba/template", Assumed, Chatbot),
    route("waba.result", Get, "/api/v1/waba/result", Assumed, Chatbot),
    // INFERRED from the workflow's, which is no more than ASSUMED.
    route("leads.templates", Get, "/service/cloud/leads/workflow/templatelist", Assumed, Cloud),
    route("leads.list", Get, "/service/cloud/leads/workflow/instancelist", Assumed, Cloud),
    route("leads.tasks", Get, "/service/cloud/leads/workflow/tasklist", Assumed, Cloud),
    route("leads.task_details", Post, "/service/cloud/leads/workflow/taskdetail", Assumed, Cloud),
    route("leads.call_by_id", Get, "/service/cloud/leads/workflow/callinfobyid", Assumed, Cloud),
    route("leads.verify_push", Post, "/service/cloud/leads/workflow/apinoticeinfo", Assumed, Cloud),
    route("task.cancel", Post, "/service/cloud/operation", Observed, Cloud),
    route("task.cancel_call", Post, "/service/cloud/cancelphonecall", Observed, Cloud),
    // The path of the tasks' own, told apart by what it names.
    route("plan.cancel", Post, "/service/cloud/operation", Assumed, Cloud),
    route("plan.cancel_call", Post, "/service/cloud/plan/cancelphonecall", Assumed, Cloud),
    route("chat.end", Post, "/api/v1/session/end", Assumed, Chatbot),
    route("pds.cancel", Post, "/service/callcenter/call/predict/canceltaskcontacts", Observed, Pds),
    route("leads.cancel_call", Post, "/service/cloud/leads/workflow/canceldetail", Assumed, Cloud),
];

/// What changes the world; everything else only reads it.
pub const WRITES: &[&str] = &[
    "workflow.stop",
    "workflow.cancel_list",
    "task.cancel",
    "task.cancel_call",
    "plan.cancel",
    "plan.cancel_call",
    "chat.end",
    "pds.cancel",
    "leads.cancel_call",
];

/// The row of an endpoint that is served; those that are only assumed are not, where only what is
/// known is.
pub(crate) fn find(key: &str, known_only: bool) -> Option<&'static Route> {
    ROUTES.iter().filter(|r| !known_only || r.known != Known::Assumed).find(|r| r.key == key)
}
