//! The one table of the vendor's endpoints. Every row carries how its *path* is known; a profile lies
//! over it and corrects what the user knows better.

use super::transport::Method;
use crate::domain::evidence::Evidence;

/// One endpoint, by the name that code, profile and screen use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    CloudAuth,
    WorkflowTemplates,
    WorkflowList,
    WorkflowSubtasks,
    WorkflowOutboundTasks,
    WorkflowOutboundDetails,
    WorkflowCallsByPerson,
    WorkflowCallById,
    WorkflowRecordingsOfNumber,
    WorkflowFind,
    WorkflowWabaTasks,
    WorkflowWabaDetails,
    WorkflowStop,
    WorkflowCancelList,
    ChatMessages,
    ChatSessions,
    RecordingFile,
}

impl Key {
    pub fn as_str(self) -> &'static str {
        self.endpoint().name
    }

    pub fn parse(name: &str) -> Option<Self> {
        CATALOGUE.iter().find(|e| e.name == name).map(|e| e.key)
    }

    pub fn endpoint(self) -> &'static Endpoint {
        &CATALOGUE[self as usize]
    }
}

/// Endpoints of one family share base URL, authentication and envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// `/service/cloud/`, `Authorization: Token`, success is `code` 200.
    Cloud,
    /// `/api/v1/`, signed requests, success is `code` 200.
    Chatbot,
    /// A link out of another answer: a plain GET without authentication (OBSERVED).
    Link,
}

impl Family {
    pub fn word(self) -> &'static str {
        match self {
            Self::Cloud => "cloud",
            Self::Chatbot => "chatbot",
            Self::Link => "link",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Read,
    Write,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// A 1-based page number and a page size.
    Page,
    /// The rows to skip and how many to send.
    Offset,
    /// From one row's id on.
    Cursor,
    /// Everything in one answer.
    None,
}

/// A row of the catalogue.
#[derive(Debug)]
pub struct Endpoint {
    pub key: Key,
    pub name: &'static str,
    pub family: Family,
    /// The page's title in the vendor's English documentation.
    pub title: &'static str,
    pub method: Method,
    pub path: &'static str,
    /// What can be asked, by our name for it, which is the vendor's unless a profile renames it. A GET
    /// carries it in the query, a POST in its JSON body.
    pub params: &'static [&'static str],
    pub paging: Paging,
    /// Rows asked for at once. No limit of the vendor is known.
    pub page_size: u32,
    /// JSON pointer to the rows, or to the one record.
    pub list: &'static str,
    /// JSON pointer to the number of rows in all.
    pub total: &'static str,
    pub kind: Kind,
    /// How the path is known.
    pub evidence: Evidence,
}

/// The catalogue as the table of `docs/vendor.md`.
pub fn markdown_table() -> String {
    let mut table = String::from(
        "| key | title | method | path | kind | evidence |\n| --- | --- | --- | --- | --- | --- |\n",
    );
    for endpoint in &CATALOGUE {
        let kind = match endpoint.kind {
            Kind::Read => "read",
            Kind::Write => "write",
        };
        let path = if endpoint.path.is_empty() { "as linked" } else { endpoint.path };
        let (key, title, method) = (endpoint.name, endpoint.title, endpoint.method.word());
        let evidence = endpoint.evidence.word();
        table += &format!("| {key} | {title} | {method} | `{path}` | {kind} | {evidence} |\n");
    }
    table
}

const CLOUD_READ: Endpoint = Endpoint {
    key: Key::CloudAuth,
    name: "",
    family: Family::Cloud,
    title: "",
    method: Method::Get,
    path: "",
    params: &[],
    paging: Paging::Page,
    page_size: 100,
    list: "/data/list",
    total: "/data/total",
    kind: Kind::Read,
    evidence: Evidence::Assumed,
};

/// In the order of [`Key`].
pub static CATALOGUE: [Endpoint; 17] = [
    Endpoint {
        key: Key::CloudAuth,
        name: "cloud.auth",
        title: "Sign in",
        method: Method::Post,
        path: "/service/cloud/auth",
        paging: Paging::None,
        list: "/data",
        total: "",
        evidence: Evidence::Documented,
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowTemplates,
        name: "workflow.templates",
        title: "Obtain the List of Workflow Templates",
        path: "/service/cloud/workflow/templatelist",
        params: &["page", "page_size"],
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowList,
        name: "workflow.list",
        title: "Obtain the Workflow Task List",
        path: "/service/cloud/workflow/instancelist",
        params: &["page", "page_size", "start_time", "end_time", "status"],
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowSubtasks,
        name: "workflow.subtasks",
        title: "Obtain the Subtask List of the Workflow",
        path: "/service/cloud/workflow/subtasklist",
        params: &["workflow_id", "page", "page_size"],
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowOutboundTasks,
        name: "workflow.outbound_tasks",
        title: "Obtain the Outbound Task List of Workflow",
        method: Method::Post,
        path: "/service/cloud/workflow/tasklist",
        params: &["workflow_id", "nodetask_id", "page", "page_size"],
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowOutboundDetails,
        name: "workflow.outbound_details",
        title: "Obtain the Outbound Task Details of Workflow",
        method: Method::Post,
        path: "/service/cloud/workflow/taskdetail",
        // The path is documented, these names of parameters are not: ASSUMED.
        params: &["task_id", "page", "page_size"],
        evidence: Evidence::Documented,
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowCallsByPerson,
        name: "workflow.calls_by_person",
        title: "Obtain Call Information and Recording Links by callee/caseid and taskid/workflow_id",
        path: "/service/cloud/workflow/callinfo",
        params: &["callee", "case_id", "task_id", "workflow_id"],
        paging: Paging::None,
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowCallById,
        name: "workflow.call_by_id",
        title: "Obtain Call Information and Recording Link by Call ID",
        path: "/service/cloud/workflow/callinfobyid",
        params: &["callid"],
        paging: Paging::None,
        list: "/data",
        total: "",
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowRecordingsOfNumber,
        name: "workflow.recordings_of_number",
        title: "Obtain All the Recordings of a Single Number in the Workflow",
        path: "/service/cloud/workflow/recordings",
        params: &["workflow_id", "callee"],
        paging: Paging::None,
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowFind,
        name: "workflow.find",
        title: "Query workflow_id using case_id/callee",
        method: Method::Post,
        path: "/service/cloud/workflow/detailinstances",
        params: &["case_id", "callee", "start_time", "end_time"],
        paging: Paging::None,
        evidence: Evidence::Documented,
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowWabaTasks,
        name: "workflow.waba_tasks",
        title: "Obtain the WABA Tasks List of Workflow",
        path: "/service/cloud/workflow/wabatasklist",
        params: &["workflow_id", "page", "page_size"],
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowWabaDetails,
        name: "workflow.waba_details",
        title: "Obtain the WABA Task Details of Workflow",
        path: "/service/cloud/workflow/wabataskdetail",
        params: &["waba_task_id", "page", "page_size"],
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowStop,
        name: "workflow.stop",
        title: "Stop the Workflow Task",
        method: Method::Post,
        path: "/service/cloud/workflow/stopinstance",
        params: &["workflow_id"],
        paging: Paging::None,
        list: "",
        total: "",
        kind: Kind::Write,
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::WorkflowCancelList,
        name: "workflow.cancel_list",
        title: "Cancel the processes for a specific list",
        method: Method::Post,
        path: "/service/cloud/workflow/canceldetail",
        params: &["workflow_id", "callee", "case_id"],
        paging: Paging::None,
        list: "",
        total: "",
        kind: Kind::Write,
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::ChatMessages,
        name: "chat.messages",
        family: Family::Chatbot,
        title: "Query message list",
        method: Method::Post,
        path: "/api/v1/session/messages",
        params: &["call_id", "last_msg_id", "size", "type"],
        paging: Paging::Cursor,
        evidence: Evidence::Documented,
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::ChatSessions,
        name: "chat.sessions",
        family: Family::Chatbot,
        title: "Query conversation list",
        method: Method::Post,
        path: "/api/v1/session/list",
        params: &["page", "page_size", "start_time", "end_time"],
        ..CLOUD_READ
    },
    Endpoint {
        key: Key::RecordingFile,
        name: "recording.file",
        family: Family::Link,
        title: "The link of a call's recording",
        paging: Paging::None,
        list: "",
        total: "",
        evidence: Evidence::Observed,
        ..CLOUD_READ
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_finds_its_own_row_and_its_own_name() {
        for (at, row) in CATALOGUE.iter().enumerate() {
            assert_eq!(row.key as usize, at, "{}", row.name);
            assert_eq!(Key::parse(row.name), Some(row.key));
        }
    }

    #[test]
    fn paging_has_its_parameters() {
        for row in &CATALOGUE {
            let pages = row.params.contains(&"page") && row.params.contains(&"page_size");
            assert_eq!(pages, row.paging == Paging::Page, "{}", row.name);
        }
    }
}
