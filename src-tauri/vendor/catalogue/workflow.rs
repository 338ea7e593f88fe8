//! Sign-in, the Workflow group of the Cloud family, and the link of a recording.

use super::{CLOUD_READ, CLOUD_WRITE, Endpoint, Family, Key, Method, Paging};
use crate::domain::evidence::Evidence;

const READ: Endpoint = Endpoint {
    group: &["Workflow", "工作流"],
    client: "asked",
    simulator: "answers",
    screen: "Workflow",
    ..CLOUD_READ
};

const WRITE: Endpoint = Endpoint { group: &["Workflow", "工作流"], ..CLOUD_WRITE };

pub(super) const ROWS: &[Endpoint] = &[
    Endpoint {
        key: Key::CloudAuth,
        name: "cloud.auth",
        title: "Token Authentication and Obtain",
        method: Method::Post,
        path: "/service/cloud/auth",
        params: &["APPKey", "APPSecret"],
        paging: Paging::None,
        list: "/data",
        total: "",
        evidence: Evidence::Documented,
        page_ids: &[44712004],
        group: &["Get the Authorization token", "鉴权方法"],
        titles: &["验证并获取令牌"],
        screen: "Settings",
        ..READ
    },
    Endpoint {
        key: Key::WorkflowTemplates,
        name: "workflow.templates",
        title: "Obtain the List of Workflow Templates",
        path: "/service/cloud/workflow/templatelist",
        params: &["page", "page_size"],
        page_ids: &[45229623],
        titles: &["获取workflow模板列表"],
        ..READ
    },
    Endpoint {
        key: Key::WorkflowCreate,
        name: "workflow.create",
        title: "Create a New WorkFlow Task",
        path: "/service/cloud/workflow/createinstance",
        params: &[
            "workflow_template_id",
            "workflow_template_name",
            "name",
            "workflow_name",
            "auto_finish",
            "end_time",
            "details",
        ],
        evidence: Evidence::Documented,
        page_ids: &[45238811],
        titles: &["创建一个新的Workflow任务"],
        ..WRITE
    },
    Endpoint {
        key: Key::WorkflowAddLists,
        name: "workflow.add_lists",
        title: "Add lists to an workflow task",
        path: "/service/cloud/workflow/uploaddetails",
        params: &["workflow_id", "details"],
        evidence: Evidence::Observed,
        perhaps_page_ids: &[45244680],
        titles: &["为workflow任务新增名单"],
        ..WRITE
    },
    Endpoint {
        key: Key::WorkflowUpdateList,
        name: "workflow.update_list",
        title: "Update the List Info of Workflow Task",
        path: "/service/cloud/workflow/updatedetails",
        params: &["workflow_id", "details"],
        titles: &["更新workflow任务内的名单信息"],
        ..WRITE
    },
    Endpoint {
        key: Key::WorkflowCancelList,
        name: "workflow.cancel_list",
        title: "Cancel the processes for a specific list",
        path: "/service/cloud/workflow/canceldetail",
        params: &["workflow_id", "callee", "case_id"],
        perhaps_page_ids: &[45246616],
        guessed_titles: &[
            "取消workflow任务中某个号码的后续流程",
            "取消workflow任务内某个号码的后续流程",
            "取消workflow任务中单个号码的后续流程",
            "取消workflow任务内某个名单的后续流程",
        ],
        client: "sent once its path is confirmed",
        simulator: "answers",
        screen: "Workflow: Cancel the rest",
        ..WRITE
    },
    Endpoint {
        key: Key::WorkflowStop,
        name: "workflow.stop",
        title: "Stop the Workflow Task",
        path: "/service/cloud/workflow/stopinstance",
        params: &["workflow_id"],
        perhaps_page_ids: &[45267515],
        guessed_titles: &["停止workflow任务", "停止一个workflow任务"],
        client: "sent once its path is confirmed",
        simulator: "answers",
        screen: "Workflow: Stop",
        ..WRITE
    },
    Endpoint {
        key: Key::WorkflowList,
        name: "workflow.list",
        title: "Obtain the Workflow Task List",
        path: "/service/cloud/workflow/instancelist",
        params: &["page", "page_size", "start_time", "end_time", "status"],
        perhaps_page_ids: &[45268459],
        guessed_titles: &["获取workflow任务列表"],
        screen: "Watch",
        ..READ
    },
    Endpoint {
        key: Key::WorkflowSubtasks,
        name: "workflow.subtasks",
        title: "Obtain the Subtask List of the Workflow",
        path: "/service/cloud/workflow/subtasklist",
        params: &["workflow_id", "page", "page_size"],
        perhaps_page_ids: &[45268459],
        guessed_titles: &["获取workflow子任务列表", "获取workflow的子任务列表"],
        ..READ
    },
    Endpoint {
        key: Key::WorkflowOutboundTasks,
        name: "workflow.outbound_tasks",
        title: "Obtain the Outbound Task List of Workflow",
        method: Method::Post,
        path: "/service/cloud/workflow/tasklist",
        params: &["workflow_id", "nodetask_id", "page", "page_size"],
        guessed_titles: &["获取workflow外呼任务列表", "获取workflow的外呼任务列表"],
        ..READ
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
        page_ids: &[154573225],
        perhaps_page_ids: &[154573421],
        titles: &[
            "Obtain the Outbound Task Details of Workflow(Collection/Telemarketing/E-commerce)",
            "Obtain the Outbound Task Details of Workflow(Info Check)",
        ],
        guessed_titles: &[
            "获取workflow外呼任务详情(催收/营销/电商)",
            "获取workflow外呼任务详情(信审)",
            "获取workflow外呼任务详情",
        ],
        screen: "Workflow: Calls, Person",
        ..READ
    },
    Endpoint {
        key: Key::WorkflowCallsByPerson,
        name: "workflow.calls_by_person",
        title: "Obtain Call Information and Recording Links by callee/caseid and taskid/workflow_id",
        path: "/service/cloud/workflow/callinfo",
        params: &["callee", "case_id", "task_id", "workflow_id"],
        paging: Paging::None,
        guessed_titles: &["根据callee/caseid和taskid/workflow_id获取电话信息和录音链接"],
        screen: "Settings: Check the connection",
        ..READ
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
        titles: &["Obtian Call Information and Recording Link by Call ID"],
        guessed_titles: &["根据callid获取电话信息和录音链接"],
        screen: "Call",
        ..READ
    },
    Endpoint {
        key: Key::WorkflowRecordingsOfNumber,
        name: "workflow.recordings_of_number",
        title: "Obtain All the Recordings of a Single Number in the Workflow",
        path: "/service/cloud/workflow/recordings",
        params: &["workflow_id", "callee"],
        paging: Paging::None,
        guessed_titles: &[
            "获取workflow内某个电话所有的通话录音",
            "获取workflow内单个号码的所有录音",
        ],
        screen: "Settings: Check the connection",
        ..READ
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
        page_ids: &[154088166],
        guessed_titles: &["通过case_id/callee查询workflow_id", "根据case_id/callee查询workflow_id"],
        screen: "Add by id",
        ..READ
    },
    Endpoint {
        key: Key::WorkflowWabaTasks,
        name: "workflow.waba_tasks",
        title: "Obtain the WABA Tasks List of Workflow",
        path: "/service/cloud/workflow/wabatasklist",
        params: &["workflow_id", "page", "page_size"],
        guessed_titles: &["获取workflow的WABA任务列表", "获取workflow WABA任务列表"],
        screen: "Workflow: WhatsApp",
        ..READ
    },
    Endpoint {
        key: Key::WorkflowWabaDetails,
        name: "workflow.waba_details",
        title: "Obtain the WABA Task Details of Workflow",
        path: "/service/cloud/workflow/wabataskdetail",
        params: &["waba_task_id", "page", "page_size"],
        guessed_titles: &["获取workflow的WABA任务详情", "获取workflow WABA任务详情"],
        screen: "Workflow: WhatsApp, Person",
        ..READ
    },
    Endpoint {
        key: Key::WorkflowVerifyPush,
        name: "workflow.verify_push",
        title: "Verify the Custom API Node Data Push",
        method: Method::Post,
        path: "/service/cloud/workflow/apinoticeinfo",
        params: &["workflow_id", "node_id", "callee", "case_id"],
        paging: Paging::None,
        list: "/data",
        total: "",
        evidence: Evidence::Documented,
        page_ids: &[58679239],
        guessed_titles: &["验证自定义API节点数据推送"],
        screen: "Settings: Check the connection",
        ..READ
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
        group: &[],
        screen: "Call",
        ..READ
    },
];
