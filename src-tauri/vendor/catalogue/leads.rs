//! The Leads Generation group: thirteen pages close to the Workflow group's, and not the same. Paths are
//! INFERRED from the twin and each is confirmed on its own; seven of the titles are not known.

use super::{CLOUD_READ, CLOUD_WRITE, Endpoint, HOOK, Key, Method, Paging};
use crate::domain::evidence::Evidence;

/// As the vendor's index spells the folder, and words for it.
const GROUP: &[&str] = &["WorkFlow_LeadsGeneration", "Leads Generation", "线索挖掘", "线索"];

const READ: Endpoint = Endpoint {
    group: GROUP,
    evidence: Evidence::Inferred,
    client: "asked",
    simulator: "answers",
    screen: "Settings: Check the connection",
    ..CLOUD_READ
};

/// A body does not say which group it is of: it is told apart as its twin of the Workflow group.
const RECEIVED: Endpoint = Endpoint { group: GROUP, screen: "Settings: Webhooks", ..HOOK };

const WRITE: Endpoint = Endpoint { group: GROUP, evidence: Evidence::Inferred, ..CLOUD_WRITE };

pub(super) const ROWS: &[Endpoint] = &[
    Endpoint {
        key: Key::LeadsTemplates,
        name: "leads.templates",
        title: "Obtain the List of Workflow Templates",
        path: "/service/cloud/workflow/templatelist",
        params: &["page", "page_size"],
        guessed_titles: &["Obtain the List of Workflow Templates", "获取workflow模板列表"],
        ..READ
    },
    Endpoint {
        key: Key::LeadsCreate,
        name: "leads.create",
        title: "Create a New Workflow",
        path: "/service/cloud/workflow/createinstance",
        params: &["workflow_template_id", "workflow_name", "end_time", "details"],
        guessed_titles: &[
            "Create a New Workflow",
            "Create a Workflow Task",
            "Create a New WorkFlow Task",
            "创建一个新的Workflow任务",
        ],
        ..WRITE
    },
    Endpoint {
        key: Key::LeadsAddContacts,
        name: "leads.add_contacts",
        title: "Add Workflow Contacts",
        path: "/service/cloud/workflow/uploaddetails",
        params: &["workflow_id", "details"],
        guessed_titles: &["为workflow任务新增名单", "新增workflow联系人"],
        ..WRITE
    },
    Endpoint {
        key: Key::LeadsUpdateList,
        name: "leads.update_list",
        title: "Update the List Info of Workflow",
        path: "/service/cloud/workflow/updatedetails",
        params: &["workflow_id", "details"],
        guessed_titles: &["更新workflow任务内的名单信息"],
        ..WRITE
    },
    Endpoint {
        // Not assumed to mean "cancel the rest": its page may be about one call.
        key: Key::LeadsCancelCall,
        name: "leads.cancel_call",
        title: "Cancel a Call",
        path: "/service/cloud/workflow/canceldetail",
        params: &["workflow_id", "callee", "case_id"],
        guessed_titles: &["取消某个电话的拨打"],
        client: "sent once its path is confirmed",
        simulator: "answers",
        screen: "Call: Cancel the call",
        ..WRITE
    },
    Endpoint {
        key: Key::LeadsStop,
        name: "leads.stop",
        title: "Stop the Workflow",
        path: "/service/cloud/workflow/stopinstance",
        params: &["workflow_id"],
        guessed_titles: &["Stop the Workflow", "Stop the Workflow Task", "停止workflow任务"],
        screen: "none: workflow.stop stops it",
        ..WRITE
    },
    Endpoint {
        key: Key::LeadsList,
        name: "leads.list",
        title: "Obtain the Workflow List",
        path: "/service/cloud/workflow/instancelist",
        params: &["page", "page_size", "start_time", "end_time", "status"],
        guessed_titles: &[
            "Obtain the Workflow List",
            "Obtain the Workflow Task List",
            "获取workflow任务列表",
        ],
        ..READ
    },
    Endpoint {
        key: Key::LeadsTasks,
        name: "leads.tasks",
        title: "Obtain the Task List of Workflow",
        method: Method::Post,
        path: "/service/cloud/workflow/tasklist",
        params: &["workflow_id", "nodetask_id", "page", "page_size"],
        guessed_titles: &["获取workflow的任务列表", "获取workflow外呼任务列表"],
        ..READ
    },
    Endpoint {
        key: Key::LeadsTaskDetails,
        name: "leads.task_details",
        title: "Obtain the Task Details of Workflow",
        method: Method::Post,
        path: "/service/cloud/workflow/taskdetail",
        params: &["task_id", "page", "page_size"],
        guessed_titles: &[
            "Obtain the Task Details of Workflow",
            "获取workflow的任务详情",
            "获取workflow外呼任务详情",
        ],
        ..READ
    },
    Endpoint {
        key: Key::LeadsCallById,
        name: "leads.call_by_id",
        title: "Obtain Call Information and Recording Link by Call ID",
        path: "/service/cloud/workflow/callinfobyid",
        params: &["callid"],
        paging: Paging::None,
        list: "/data",
        total: "",
        guessed_titles: &[
            "Obtain Call Information and Recording Link by Call ID",
            "Obtian Call Information and Recording Link by Call ID",
            "根据callid获取电话信息和录音链接",
        ],
        ..READ
    },
    Endpoint {
        key: Key::LeadsVerifyPush,
        name: "leads.verify_push",
        title: "Verify the Custom API Data Push",
        method: Method::Post,
        path: "/service/cloud/workflow/apinoticeinfo",
        params: &["workflow_id", "node_id", "callee", "case_id"],
        paging: Paging::None,
        list: "/data",
        total: "",
        guessed_titles: &[
            "Verify the Custom API Data Push",
            "Verify the Custom API Node Data Push",
            "验证自定义API数据推送",
        ],
        ..READ
    },
    Endpoint {
        key: Key::LeadsCallEnded,
        name: "leads.call_ended",
        title: "End Status Notification from the Dimension of Phone Call",
        client: "received as hook.call_completed",
        simulator: "sends as hook.call_completed",
        guessed_titles: &["任务电话维度拨打结束状态通知", "电话维度拨打结束状态通知"],
        ..RECEIVED
    },
    Endpoint {
        key: Key::LeadsCustomNode,
        name: "leads.custom_node",
        title: "Custom API Data Push",
        client: "received as hook.custom_node",
        simulator: "sends as hook.custom_node",
        guessed_titles: &["自定义API数据推送"],
        ..RECEIVED
    },
];
