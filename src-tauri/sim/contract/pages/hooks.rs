//! What the vendor sends to the customer's address. Of a hook, `answer` is the body that is sent.

use super::{Answer, Page, Text, workflow::page};
use crate::{
    sim::contract::{Field, Row, Type, Words, field},
    vendor::transport::Method::Post,
};

const WORKFLOW: Text = ("Workflow/Webhook", "工作流/Webhook");
const LEADS: Text = ("WorkFlow_LeadsGeneration/Webhook", "线索挖掘/Webhook");
const COLLECTION: Text = ("Collection/APIs Related to Calling Tasks", "催收/调用任务相关 API");
const CHATBOT: Text = ("Chatbot/Webhook", "聊天机器人/Webhook");
const DIALER: Text = ("Predictive Dialer/Webhook", "预测式外呼/Webhook");

/// A webhook's page has no path of the vendor's: this stands in its place.
const YOURS: &str = "/{your callback address}";

const ACTION: &[Field] = &[
    field("nodetask_id", Type::Id, ("Node task ID", "节点任务ID"), ""),
    field("nodetask_name", Type::Text, ("Node task name", "节点任务名称"), ""),
    field("node_type", Type::Word(Words::NodeKind), ("Node type", "节点类型"), ""),
    field("task_id", Type::Id, ("Task ID", "任务ID"), ""),
    field("task_status", Type::Word(Words::Task), ("Task status", "任务状态"), ""),
];
const STATUS: &[Field] = &[
    field("workflow_id", Type::Id, ("Workflow ID", "工作流ID"), ""),
    field("workflow_name", Type::Text, ("Workflow name", "工作流名称"), ""),
    field("status", Type::Word(Words::Workflow), ("Workflow status", "工作流状态"), ""),
    field("actions", Type::List(ACTION), ("Nodes of the workflow", "工作流节点"), ""),
];
const ENTRY: &[Field] = &[
    field("workflow_id", Type::Id, ("Workflow ID", "工作流ID"), ""),
    field("workflow_name", Type::Text, ("Workflow name", "工作流名称"), ""),
    field("wfdetail_uuid", Type::Id, ("Unique ID of the list record", "名单明细唯一ID"), ""),
    field("callee", Type::Phone, ("Phone number of the callee", "被叫号码"), ""),
    field("case_id", Type::Text, ("Case ID", "案件ID"), ""),
    field("status", Type::Text, ("Status of the list record", "名单状态"), ""),
    field("timestamp", Type::Unix, ("Timestamp, in seconds", "时间戳(秒)"), ""),
];
const PERSON: &[Field] = &[
    field("case_id", Type::Text, ("Case ID", "案件ID"), ""),
    field("callee_name", Type::Text, ("Name of the callee", "被叫姓名"), ""),
    field("callee_gender", Type::Text, ("Gender of the callee", "被叫性别"), ""),
    field("callee_number", Type::Phone, ("Phone number of the callee", "被叫号码"), ""),
    field("platform_name", Type::Text, ("Platform name", "平台名称"), ""),
];
const NODE_PUSH: &[Field] = &[
    field("workflow_id", Type::Id, ("Workflow ID", "工作流ID"), ""),
    field("workflow_name", Type::Text, ("Workflow name", "工作流名称"), ""),
    field("node_id", Type::Id, ("Node ID", "节点ID"), ""),
    field("node_name", Type::Text, ("Node name", "节点名称"), ""),
    field(
        "callee",
        Type::Object(PERSON),
        ("The callee with all variables of the list", "被叫及名单变量"),
        "",
    ),
];
const PDS: &[Field] = &[
    field(
        "type",
        Type::Text,
        ("TaskStatus, ContactStatus or AgentStatus", "TaskStatus、ContactStatus或AgentStatus"),
        "",
    ),
    field("body", Type::Object(&[]), ("Content of the event", "事件内容"), ""),
];
const TASK: &[Field] = &[
    field("workflow_id", Type::Id, ("Workflow ID", "工作流ID"), ""),
    field("task_id", Type::Id, ("Task ID", "任务ID"), ""),
    field("task_name", Type::Text, ("Task name", "任务名称"), ""),
    field("nodetask_id", Type::Id, ("Node task ID", "节点任务ID"), ""),
    field("nodetask_name", Type::Text, ("Node task name", "节点任务名称"), ""),
    field("status", Type::Word(Words::Task), ("Task status", "任务状态"), ""),
    field("total", Type::Integer, ("Total number of contacts", "号码总数"), ""),
    field("finished", Type::Integer, ("Number of finished contacts", "已完成号码数"), ""),
    field("connected", Type::Integer, ("Number of connected calls", "接通数"), ""),
    field("start_time", Type::Time, ("Start time", "开始时间"), ""),
    field("end_time", Type::Time, ("End time", "结束时间"), ""),
];
const CALL: &[Field] = &[
    field("CallID", Type::Id, ("Call ID", "通话ID"), ""),
    field("TaskID", Type::Id, ("Task ID", "任务ID"), ""),
    field("CalleeNumber", Type::Phone, ("Phone number of the callee", "被叫号码"), ""),
    field("TalkResult", Type::Word(Words::Result), ("Call result", "通话结果"), ""),
    field("StartTime", Type::Time, ("Call time", "呼叫时间"), ""),
    field("EndTime", Type::Time, ("End time of the call", "通话结束时间"), ""),
    field("TalkDuration", Type::Duration, ("Duration of the conversation", "通话时长"), ""),
];
const PLAN: &[Field] = &[
    field("PlanID", Type::Id, ("Plan ID", "计划ID"), ""),
    field("PlanName", Type::Text, ("Plan name", "计划名称"), ""),
    field("PlanStatus", Type::Word(Words::Task), ("Status of the plan", "计划状态"), ""),
    field("FinishTime", Type::Time, ("Finish time", "完成时间"), ""),
];
const USER: &[Field] = &[
    field("id", Type::Text, ("User ID", "用户ID"), ""),
    field("name", Type::Text, ("User name", "用户名称"), ""),
];
const EVENT: Field = field("event", Type::Text, ("Event", "事件"), "");
const SESSION_ID: Field = field("call_id", Type::Id, ("Session ID", "会话ID"), "");
const COMPANY: Field = field("company", Type::Text, ("Company", "企业"), "");
const CHANNEL: Field = field("channel", Type::Text, ("Channel", "渠道"), "");
const CHANNEL_ID: Field =
    field("channel_id", Type::Text, ("Business number of the channel", "渠道号码"), "");
const FROM: Field = field("user", Type::Object(USER), ("User", "用户"), "");
const TIMESTAMP: Field =
    field("timestamp", Type::Unix, ("Timestamp, in seconds", "时间戳(秒)"), "");
const MESSAGES: &[Field] = &[
    EVENT,
    SESSION_ID,
    COMPANY,
    CHANNEL,
    CHANNEL_ID,
    FROM,
    field("messages", Type::List(&[]), ("Messages", "消息"), ""),
];
const CHANGE: &[Field] = &[
    EVENT,
    SESSION_ID,
    field("msg_id", Type::Id, ("Message ID", "消息ID"), ""),
    field("status", Type::Word(Words::Message), ("Message status", "消息状态"), ""),
    TIMESTAMP,
];
const SESSION: &[Field] = &[EVENT, SESSION_ID, CHANNEL, CHANNEL_ID, FROM, TIMESTAMP];
const SENDING: &[Field] = &[
    EVENT,
    field("msg_id", Type::Id, ("Message ID", "消息ID"), ""),
    field("callee", Type::Phone, ("Phone number of the user", "用户号码"), ""),
    field("status", Type::Text, ("Sending status", "发送状态"), ""),
    TIMESTAMP,
];
const INBOUND: &[Field] = &[
    EVENT,
    field("inbound_id", Type::Id, ("Inbound call ID", "呼入ID"), ""),
    field("caller", Type::Phone, ("Phone number of the caller", "主叫号码"), ""),
    TIMESTAMP,
];

const fn hook(
    key: &'static str,
    id: u32,
    folder: Text,
    title: Text,
    about: Text,
    body: Answer,
) -> Page {
    page(key, id, folder, title, (Post, YOURS), about, &[], body)
}

pub(crate) const HOOK_PAGES: &[Page] = &[
    hook(
        "hook.workflow_status",
        178_704_796,
        WORKFLOW,
        ("Notification of Workflow Status Change", "workflow状态变更通知"),
        ("Sent when the status of a workflow changes.", "工作流状态变更时推送。"),
        Answer::Fields(STATUS),
    ),
    hook(
        "hook.call_completed",
        45_263_573,
        WORKFLOW,
        (
            "Notification of Call Completion in Workflow (Debt Collection/Marketing/E-commerce)",
            "workflow电话维度拨打结束状态通知(催收/营销/电商)",
        ),
        (
            "Sent for connected numbers at once, for others after the last redial.",
            "接通的号码立即推送,未接通的在最后一次重拨后推送。",
        ),
        Answer::One(Row::Call, &[]),
    ),
    hook(
        "hook.call_completed",
        78_672_886,
        WORKFLOW,
        (
            "Notification of Call Completion in Workflow(Info Check)",
            "workflow电话维度拨打结束状态通知(信审)",
        ),
        (
            "Sent for connected numbers at once, for others after the last redial.",
            "接通的号码立即推送,未接通的在最后一次重拨后推送。",
        ),
        Answer::One(Row::Call, &[]),
    ),
    hook(
        "hook.list_completed",
        0,
        WORKFLOW,
        ("Notification for Workflow List Completion", "workflow名单完成通知"),
        ("Sent when all steps of one number are done.", "单个号码的所有流程完成时推送。"),
        Answer::Fields(ENTRY),
    ),
    hook(
        "hook.waba_status",
        286_285_375,
        WORKFLOW,
        ("Notification of WABA Message Status Alteration", "workflow WABA消息状态变更通知"),
        ("Sent when the status of a WABA message changes.", "WABA消息状态变更时推送。"),
        Answer::One(Row::WabaMessage, &[]),
    ),
    hook(
        "hook.chat_ended",
        286_285_407,
        WORKFLOW,
        ("Chatbot Session End Notification", "Chatbot会话结束通知"),
        (
            "Under test. Sent when an outbound session of a workflow ends.",
            "测试中。工作流外呼会话结束时推送。",
        ),
        Answer::One(Row::Session, &[]),
    ),
    hook(
        "hook.custom_node",
        154_267_240,
        WORKFLOW,
        ("Custom API Node Data Push", "自定义API节点数据推送"),
        ("Sent when a contact reaches a custom API node.", "号码到达自定义API节点时推送。"),
        Answer::Fields(NODE_PUSH),
    ),
    hook(
        "hook.call_completed",
        0,
        LEADS,
        (
            "End Status Notification from the Dimension of Phone Call",
            "任务电话维度拨打结束状态通知",
        ),
        ("Sent when a call has ended.", "通话结束时推送。"),
        Answer::One(Row::Call, &[]),
    ),
    hook(
        "hook.custom_node",
        0,
        LEADS,
        ("Custom API Data Push", "自定义API数据推送"),
        ("Sent when a contact reaches a custom API node.", "号码到达自定义API节点时推送。"),
        Answer::Fields(NODE_PUSH),
    ),
    hook(
        "hook.pds",
        0,
        DIALER,
        ("Predictive Dialer task / contact / agent status", "预测式外呼任务/号码/坐席状态"),
        (
            "Sent on each change, tried again every minute, five times at most.",
            "状态变更时推送,失败每分钟重试,最多5次。",
        ),
        Answer::Fields(PDS),
    ),
    hook(
        "hook.task",
        0,
        COLLECTION,
        ("Webhook of Task", "任务结束状态通知"),
        ("Sent when a task starts or ends.", "任务开始或结束时推送。"),
        Answer::Fields(TASK),
    ),
    hook(
        "hook.call",
        0,
        COLLECTION,
        ("Webhook of Call", "任务电话维度拨打结束状态通知"),
        ("Sent when a call of a task has ended.", "任务的通话结束时推送。"),
        Answer::Fields(CALL),
    ),
    hook(
        "hook.plan",
        0,
        COLLECTION,
        ("Webhook of Plan", "计划结束状态通知"),
        ("Sent when a plan has ended.", "计划结束时推送。"),
        Answer::Fields(PLAN),
    ),
    hook(
        "hook.bot_message",
        0,
        CHATBOT,
        ("bot: message sent", "机器人:消息发送"),
        ("Sent with each message of the bot.", "机器人发送消息时推送。"),
        Answer::Fields(MESSAGES),
    ),
    hook(
        "hook.chat_template_result",
        0,
        CHATBOT,
        ("Callback template message sending result", "模板消息发送结果回调"),
        ("Sent when the result of a sending is known.", "发送结果返回时推送。"),
        Answer::Fields(SENDING),
    ),
    hook(
        "hook.chat_template_reply",
        0,
        CHATBOT,
        ("single template message user response", "单条模板消息用户回复"),
        ("Sent when the user answers a template message.", "用户回复模板消息时推送。"),
        Answer::Fields(SENDING),
    ),
    hook(
        "hook.chat_transfer_request",
        0,
        CHATBOT,
        ("agent transfer request", "转人工请求"),
        ("Sent when the user asks for an agent.", "用户请求转人工时推送。"),
        Answer::Fields(SESSION),
    ),
    hook(
        "hook.chat_transfer_request",
        0,
        CHATBOT,
        ("*agent transfer request", "*转人工请求"),
        ("Sent when the user asks for an agent.", "用户请求转人工时推送。"),
        Answer::Fields(SESSION),
    ),
    hook(
        "hook.chat_status",
        0,
        CHATBOT,
        ("status change after the message is sent", "消息发送后的状态变更"),
        ("Sent when a message is delivered or read.", "消息送达或已读时推送。"),
        Answer::Fields(CHANGE),
    ),
    hook(
        "hook.chat_agent_status",
        0,
        CHATBOT,
        ("*status change after the agent message is sent", "*坐席消息发送后的状态变更"),
        ("Sent when a message of an agent is delivered or read.", "坐席消息送达或已读时推送。"),
        Answer::Fields(CHANGE),
    ),
    hook(
        "hook.chat_user_message",
        0,
        CHATBOT,
        ("message sent by user", "用户发送的消息"),
        ("Sent with each message of the user.", "用户发送消息时推送。"),
        Answer::Fields(MESSAGES),
    ),
    hook(
        "hook.chat_agent_user_message",
        0,
        CHATBOT,
        ("*messages sent by the user after transferring to agent", "*转人工后用户发送的消息"),
        ("Sent with each message of the user after the transfer.", "转人工后用户发送消息时推送。"),
        Answer::Fields(MESSAGES),
    ),
    hook(
        "hook.chat_session_end",
        0,
        CHATBOT,
        ("session end event", "会话结束事件"),
        ("Sent when a session has ended.", "会话结束时推送。"),
        Answer::Fields(SESSION),
    ),
    hook(
        "hook.chat_report",
        0,
        CHATBOT,
        ("Report after session ends", "会话结束后的报告"),
        ("Sent some seconds after a session has ended.", "会话结束后推送。"),
        Answer::Fields(SESSION),
    ),
    hook(
        "hook.inbound",
        0,
        CHATBOT,
        ("Inbound Callback", "呼入回调"),
        ("Sent when a person calls in.", "用户呼入时推送。"),
        Answer::Fields(INBOUND),
    ),
];
