//! Workflow.

use super::{Answer, Page, Text};
use crate::{
    sim::contract::{Field, Row, Type, field},
    vendor::transport::Method::{self, Get, Post},
};

const FOLDER: Text = ("Workflow/Workflow Task", "工作流/工作流任务");
const DETAIL: Text = ("Workflow/Task Details", "工作流/任务明细");
const WABA: Text = ("Workflow/WABA", "工作流/WABA");

pub(super) const WORKFLOW_ID: &[Field] =
    &[field("workflow_id", Type::Id, ("Workflow ID", "工作流ID"), "")];
pub(super) const PUSHED: &[Field] = &[
    field("callee", Type::Phone, ("Phone number of the callee", "被叫号码"), ""),
    field("pushed_at", Type::Time, ("Time of the push", "推送时间"), ""),
    field(
        "http_status",
        Type::Integer,
        ("HTTP status that your server answered", "贵方服务器返回的HTTP状态码"),
        "",
    ),
];
const TOKEN: &[Field] =
    &[field("token", Type::Text, ("Token, valid for 24 hours", "令牌,24小时有效"), "")];
const RECORDING: &[&str] = &["workflow_id", "callid", "callee", "nthCall", "calltime", "reclink"];
const FOUND: &[&str] = &["workflow_id", "workflow_name", "callee", "case_id"];
pub(super) const LISTED: &[&str] = &[
    "workflow_id",
    "workflow_name",
    "workflow_template_id",
    "workflow_template_name",
    "status",
    "auto_finish",
    "create_time",
    "start_time",
    "end_time",
    "total",
    "finished",
];

#[expect(clippy::too_many_arguments, reason = "one line of a table")]
pub(super) const fn page(
    key: &'static str,
    id: u32,
    folder: Text,
    title: Text,
    (method, path): (Method, &'static str),
    about: Text,
    params: &'static [&'static str],
    answer: Answer,
) -> Page {
    Page { key, id, title, folder, method, path, about, params, answer }
}

pub(super) const PAGES: &[Page] = &[
    page(
        "auth",
        44_712_004,
        ("Get the Authorization token", "鉴权方法"),
        ("Token Authentication and Obtain", "验证并获取令牌"),
        (Post, "/service/cloud/auth"),
        (
            "Sign in with APPKey and APPSecret. The token is valid for 24 hours; asking again extends it.",
            "使用APPKey和APPSecret登录,Token有效期24小时。",
        ),
        &["APPKey!", "APPSecret!"],
        Answer::Fields(TOKEN),
    ),
    page(
        "workflow.templates",
        45_229_623,
        FOLDER,
        ("Obtain the List of Workflow Templates", "获取workflow模板列表"),
        (Get, "/service/cloud/workflow/templatelist"),
        (
            "Obtain the workflow templates of your company, newest first.",
            "获取企业的工作流模板,按创建时间倒序。",
        ),
        &["page", "page_size"],
        Answer::List(Row::Template, &[]),
    ),
    page(
        "workflow.create",
        45_238_811,
        FOLDER,
        ("Create a New WorkFlow Task", "创建一个新的Workflow任务"),
        (Post, "/service/cloud/workflow/createinstance"),
        (
            "Create a workflow task from a template, with a list of contacts.",
            "使用模板新建工作流任务并上传名单。",
        ),
        &[
            "workflow_template_id!",
            "workflow_template_name",
            "name!",
            "workflow_name",
            "auto_finish",
            "end_time",
            "details!",
        ],
        Answer::Fields(WORKFLOW_ID),
    ),
    page(
        "workflow.add_lists",
        45_244_680,
        FOLDER,
        ("Add lists to an workflow task", "为workflow任务新增名单"),
        (Post, "/service/cloud/workflow/uploaddetails"),
        ("Add contacts to a workflow task that has not ended.", "向未结束的工作流任务追加名单。"),
        &["workflow_id!", "details!"],
        Answer::Nothing,
    ),
    page(
        "workflow.update_list",
        0,
        FOLDER,
        ("Update the List Info of Workflow Task", "更新workflow任务内的名单信息"),
        (Post, "/service/cloud/workflow/updatedetails"),
        ("Update the variables of contacts that are in the list.", "更新名单中号码的变量信息。"),
        &["workflow_id!", "details!"],
        Answer::Nothing,
    ),
    page(
        "workflow.cancel_list",
        45_246_616,
        FOLDER,
        ("Cancel the processes for a specific list", "取消workflow任务中某个号码的后续流程"),
        (Post, "/service/cloud/workflow/canceldetail"),
        (
            "Cancel what is still to come for one number of the workflow task. A call in progress is not interrupted.",
            "取消工作流任务中某个号码的后续流程,进行中的通话不受影响。",
        ),
        &["workflow_id!", "callee", "case_id"],
        Answer::Nothing,
    ),
    page(
        "workflow.stop",
        45_267_515,
        FOLDER,
        ("Stop the Workflow Task", "停止workflow任务"),
        (Post, "/service/cloud/workflow/stopinstance"),
        ("Stop a workflow task. It cannot be resumed.", "停止工作流任务,停止后不可恢复。"),
        &["workflow_id!"],
        Answer::Nothing,
    ),
    page(
        "workflow.list",
        0,
        FOLDER,
        ("Obtain the Workflow Task List", "获取workflow任务列表"),
        (Get, "/service/cloud/workflow/instancelist"),
        ("Obtain the workflow tasks, newest first.", "获取工作流任务列表,按创建时间倒序。"),
        &["page", "page_size", "start_time", "end_time", "status"],
        Answer::List(Row::Workflow, LISTED),
    ),
    page(
        "workflow.subtasks",
        45_268_459,
        FOLDER,
        ("Obtain the Subtask List of the Workflow", "获取workflow的子任务列表"),
        (Get, "/service/cloud/workflow/subtasklist"),
        ("Obtain the subtasks (nodes) of a workflow task.", "获取工作流任务的子任务(节点)列表。"),
        &["workflow_id!", "page", "page_size"],
        Answer::List(Row::Node, &[]),
    ),
    page(
        "workflow.outbound_tasks",
        0,
        DETAIL,
        ("Obtain the Outbound Task List of Workflow", "获取workflow的外呼任务列表"),
        (Post, "/service/cloud/workflow/tasklist"),
        (
            "Obtain the outbound call tasks that a workflow task has created.",
            "获取工作流任务创建的外呼任务。",
        ),
        &["workflow_id!", "nodetask_id", "page", "page_size"],
        Answer::List(Row::Task, &[]),
    ),
    page(
        "workflow.outbound_details",
        154_573_225,
        DETAIL,
        (
            "Obtain the Outbound Task Details of Workflow(Collection/Telemarketing/E-commerce)",
            "获取workflow外呼任务详情(催收/营销/电商)",
        ),
        (Post, "/service/cloud/workflow/taskdetail"),
        ("Obtain the calls of an outbound task.", "获取外呼任务的通话明细。"),
        &["task_id!", "page", "page_size"],
        Answer::List(Row::Call, &[]),
    ),
    page(
        "workflow.outbound_details",
        154_573_421,
        DETAIL,
        (
            "Obtain the Outbound Task Details of Workflow(Info Check)",
            "获取workflow外呼任务详情(信审)",
        ),
        (Post, "/service/cloud/workflow/taskdetail"),
        ("Obtain the calls of an outbound task.", "获取外呼任务的通话明细。"),
        &["task_id!", "page", "page_size"],
        Answer::List(Row::Call, &[]),
    ),
    page(
        "workflow.calls_by_person",
        0,
        DETAIL,
        (
            "Obtain Call Information and Recording Links by callee/caseid and taskid/workflow_id",
            "根据callee/caseid和taskid/workflow_id获取电话信息和录音链接",
        ),
        (Get, "/service/cloud/workflow/callinfo"),
        (
            "Give callee or case ID, and task ID or workflow ID.",
            "callee与案件ID二选一,任务ID与工作流ID二选一。",
        ),
        &["callee", "case_id", "task_id", "workflow_id"],
        Answer::List(Row::Call, &[]),
    ),
    page(
        "workflow.call_by_id",
        0,
        DETAIL,
        (
            "Obtian Call Information and Recording Link by Call ID",
            "根据callid获取电话信息和录音链接",
        ),
        (Get, "/service/cloud/workflow/callinfobyid"),
        ("Obtain one call.", "获取单个通话。"),
        &["callid!"],
        Answer::One(Row::Call, &[]),
    ),
    page(
        "workflow.recordings_of_number",
        0,
        DETAIL,
        (
            "Obtain All the Recordings of a Single Number in the Workflow",
            "获取workflow内某个电话所有的通话录音",
        ),
        (Get, "/service/cloud/workflow/recordings"),
        ("Obtain the recordings of one number.", "获取单个号码的录音。"),
        &["workflow_id!", "callee!"],
        Answer::List(Row::Call, RECORDING),
    ),
    page(
        "workflow.find",
        154_088_166,
        DETAIL,
        ("Query workflow_id using case_id/callee", "通过case_id/callee查询workflow_id"),
        (Post, "/service/cloud/workflow/detailinstances"),
        (
            "Find the workflow tasks that a case or a number is in.",
            "查询案件或号码所在的工作流任务。",
        ),
        &["case_id", "callee", "start_time", "end_time"],
        Answer::List(Row::Workflow, FOUND),
    ),
    page(
        "workflow.waba_tasks",
        0,
        WABA,
        ("Obtain the WABA Tasks List of Workflow", "获取workflow的WABA任务列表"),
        (Get, "/service/cloud/workflow/wabatasklist"),
        ("Obtain the WABA tasks of a workflow task.", "获取工作流任务的WABA任务。"),
        &["workflow_id!", "page", "page_size"],
        Answer::List(Row::WabaTask, &[]),
    ),
    page(
        "workflow.waba_details",
        0,
        WABA,
        ("Obtain the WABA Task Details of Workflow", "获取workflow的WABA任务详情"),
        (Get, "/service/cloud/workflow/wabataskdetail"),
        ("Obtain the messages of a WABA task.", "获取WABA任务的消息明细。"),
        &["waba_task_id!", "page", "page_size"],
        Answer::List(Row::WabaMessage, &[]),
    ),
    page(
        "workflow.verify_push",
        58_679_239,
        DETAIL,
        ("Verify the Custom API Node Data Push", "验证自定义API节点数据推送"),
        (Post, "/service/cloud/workflow/apinoticeinfo"),
        (
            "Check whether the data of a custom API node was pushed.",
            "核验自定义API节点的数据是否已推送。",
        ),
        &["workflow_id!", "node_id!", "callee!", "case_id"],
        Answer::ListOf(PUSHED),
    ),
];
