//! What the vendor sends to an address that the customer names, and groups of which only the name is
//! known. The evidence is that of the body.

use super::{Endpoint, Family, HOOK, Key, Kind};
use crate::domain::evidence::Evidence;

/// Told apart by its fields, kept, and merged where that is safe.
const RECEIVED: Endpoint =
    Endpoint { client: "received", simulator: "sends", screen: "Settings: Webhooks", ..HOOK };
const WORKFLOW: Endpoint = Endpoint { group: &["Workflow", "工作流"], ..RECEIVED };
const CALLS: Endpoint = Endpoint {
    group: &[
        "APIs Related to Calling Tasks",
        "APIs Related to Calling Plans",
        "调用任务相关 API",
        "调用计划相关的API",
        "Calling Task",
        "Calling Plan",
    ],
    ..RECEIVED
};
const CHAT: Endpoint = Endpoint {
    family: Family::Chatbot,
    group: &["Chatbot", "bot", "WABA", "WhatsApp", "会话", "机器人"],
    ..RECEIVED
};
const NAME: Endpoint = Endpoint {
    kind: Kind::Name,
    client: "kept as received, if it comes",
    screen: "none: only the name is known",
    ..HOOK
};

pub(super) const ROWS: &[Endpoint] = &[
    Endpoint {
        key: Key::HookWorkflowStatus,
        name: "hook.workflow_status",
        title: "Notification of Workflow Status Change",
        evidence: Evidence::Documented,
        page_ids: &[178704796],
        guessed_titles: &["workflow状态变更通知", "workflow状态变化通知"],
        screen: "Watch",
        ..WORKFLOW
    },
    Endpoint {
        key: Key::HookCallCompleted,
        name: "hook.call_completed",
        title: "Notification of Call Completion in Workflow",
        // Its trigger is documented, its fields are inferred.
        evidence: Evidence::Inferred,
        page_ids: &[45263573, 78672886],
        titles: &[
            "Notification of Call Completion in Workflow (Debt Collection/Marketing/E-commerce)",
            "Notification of Call Completion in Workflow(Info Check)",
            "Notification of Call Completion",
        ],
        guessed_titles: &[
            "workflow通话结束通知",
            "workflow电话维度拨打结束状态通知",
            "workflow电话维度拨打结束状态通知(催收/营销/电商)",
            "workflow电话维度拨打结束状态通知(信审)",
        ],
        screen: "Workflow: Calls, Person",
        ..WORKFLOW
    },
    Endpoint {
        key: Key::HookListCompleted,
        name: "hook.list_completed",
        title: "Notification for Workflow List Completion",
        guessed_titles: &["workflow名单完成通知"],
        ..WORKFLOW
    },
    Endpoint {
        key: Key::HookWabaStatus,
        name: "hook.waba_status",
        title: "Notification of WABA Message Status Alteration in Workflow",
        perhaps_page_ids: &[286285375],
        titles: &["Notification of WABA Message Status Alteration"],
        guessed_titles: &["workflow WABA消息状态变更通知"],
        screen: "Workflow: WhatsApp, Person",
        ..WORKFLOW
    },
    Endpoint {
        key: Key::HookChatEnded,
        name: "hook.chat_ended",
        title: "Chatbot Session End Notification in Workflow",
        evidence: Evidence::Documented,
        page_ids: &[286285407],
        titles: &["Chatbot Session End Notification"],
        guessed_titles: &["workflow Chatbot会话结束通知", "Chatbot会话结束通知"],
        screen: "Sessions, Person",
        ..WORKFLOW
    },
    Endpoint {
        key: Key::HookCustomNode,
        name: "hook.custom_node",
        title: "Custom API Node Data Push",
        evidence: Evidence::Documented,
        page_ids: &[154267240],
        guessed_titles: &["自定义API节点数据推送"],
        ..WORKFLOW
    },
    Endpoint {
        key: Key::HookPds,
        name: "hook.pds",
        family: Family::Pds,
        title: "Webhooks of the Info of Predictive Dialer System",
        evidence: Evidence::Observed,
        page_ids: &[50406436, 50408764, 50409091],
        group: &["Predictive Dialer", "预测式外呼"],
        titles: &[
            "Webhook of Predictive Dialer Task Status Changes",
            "Webhook of Predictive Dialer Contacts Status Changes",
            "Webhook of Predictive Dialer Agents Status Changes",
            "预测式外呼信息回调",
        ],
        guessed_titles: &[
            "Predictive Dialer task / contact / agent status",
            "预测式外呼任务/号码/坐席状态",
            "预测式外呼任务状态变更回调",
            "预测式外呼联系人状态变更回调",
            "预测式外呼坐席状态变更回调",
        ],
        ..RECEIVED
    },
    Endpoint {
        key: Key::HookTask,
        name: "hook.task",
        title: "Webhook of Task",
        titles: &["任务结束状态通知"],
        screen: "Tasks and plans",
        ..CALLS
    },
    Endpoint {
        key: Key::HookCall,
        name: "hook.call",
        title: "Webhook of Call",
        titles: &["任务电话维度拨打结束状态通知"],
        screen: "Tasks and plans: Calls, Person",
        ..CALLS
    },
    Endpoint {
        key: Key::HookPlan,
        name: "hook.plan",
        title: "Webhook of Plan",
        titles: &["计划结束状态通知"],
        screen: "Tasks and plans",
        ..CALLS
    },
    Endpoint {
        key: Key::HookBotMessage,
        name: "hook.bot_message",
        title: "message sent",
        evidence: Evidence::Documented,
        guessed_titles: &["机器人:消息发送", "bot: message sent", "消息发送"],
        ..CHAT
    },
    Endpoint {
        key: Key::HookChatTemplateResult,
        name: "hook.chat_template_result",
        title: "Callback template message sending result",
        guessed_titles: &["模板消息发送结果回调"],
        ..CHAT
    },
    Endpoint {
        key: Key::HookChatTemplateReply,
        name: "hook.chat_template_reply",
        title: "single template message user response",
        guessed_titles: &["单条模板消息用户回复", "单发模板消息用户回复"],
        ..CHAT
    },
    Endpoint {
        key: Key::HookChatTransferRequest,
        name: "hook.chat_transfer_request",
        title: "agent transfer request",
        titles: &["*agent transfer request"],
        guessed_titles: &["转人工请求"],
        ..CHAT
    },
    Endpoint {
        key: Key::HookChatStatus,
        name: "hook.chat_status",
        title: "status change after the message is sent",
        guessed_titles: &["消息发送后的状态变更", "消息发送后状态变更"],
        ..CHAT
    },
    Endpoint {
        key: Key::HookChatAgentStatus,
        name: "hook.chat_agent_status",
        title: "*status change after the agent message is sent",
        guessed_titles: &["坐席消息发送后的状态变更", "人工消息发送后状态变更"],
        ..CHAT
    },
    Endpoint {
        key: Key::HookChatUserMessage,
        name: "hook.chat_user_message",
        title: "message sent by user",
        guessed_titles: &["用户发送的消息", "用户发送消息"],
        ..CHAT
    },
    Endpoint {
        key: Key::HookChatAgentUserMessage,
        name: "hook.chat_agent_user_message",
        title: "*messages sent by the user after transferring to agent",
        guessed_titles: &["转人工后用户发送的消息"],
        ..CHAT
    },
    Endpoint {
        key: Key::HookChatSessionEnd,
        name: "hook.chat_session_end",
        title: "session end event",
        guessed_titles: &["会话结束事件"],
        ..CHAT
    },
    Endpoint {
        key: Key::HookChatReport,
        name: "hook.chat_report",
        title: "Report after session ends",
        guessed_titles: &["会话结束后的报告", "会话结束后报告"],
        ..CHAT
    },
    Endpoint {
        key: Key::HookInbound,
        name: "hook.inbound",
        title: "Inbound Callback",
        group: &["Inbound", "呼入", "Chatbot", "机器人"],
        guessed_titles: &["呼入回调"],
        ..RECEIVED
    },
    Endpoint {
        key: Key::NameFlexRoute,
        name: "name.flex_route",
        title: "Flex_Route",
        group: &["Flex_Route"],
        ..NAME
    },
    Endpoint {
        key: Key::NameApiStore,
        name: "name.api_store",
        title: "API_Store",
        group: &["API_Store"],
        ..NAME
    },
    Endpoint { key: Key::NameDidi, name: "name.didi", title: "DIDI", group: &["DIDI"], ..NAME },
];
