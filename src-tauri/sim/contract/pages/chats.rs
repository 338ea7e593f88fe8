//! Chatbot, WABA and the predictive dialer.

use super::{Answer, Page, Text, workflow::page};
use crate::{
    sim::contract::{Field, Row, Type, field},
    vendor::transport::Method::{Get, Post},
};

const MESSAGES: Text = ("Chatbot/Message", "聊天机器人/消息");
const AGENT: Text = ("Chatbot/Agent", "聊天机器人/坐席");
const SESSION: Text = ("Chatbot/Session", "聊天机器人/会话");
const WABA: Text = ("WABA/Template Message", "WABA/模板消息");
const DIALER: Text = ("Predictive Dialer/Task", "预测式外呼/任务");

const LISTED: &[&str] = &[
    "workflow_id",
    "workflow_name",
    "nodetask_id",
    "nodetask_name",
    "waba_task_id",
    "wfdetail_uuid",
    "timestamp",
    "channel",
    "channel_id",
    "callee",
    "call_id",
    "robot_id",
    "status",
    "session_start_time",
    "session_end_time",
    "session_end_reason",
    "intention",
    "talk_round",
    "ner_slots",
    "event_label",
    "variables",
];
const SENT: &[Field] = &[field("msg_id", Type::Id, ("Message ID", "消息ID"), "")];
const FILE: &[Field] = &[field("url", Type::Link, ("Address of the file", "文件地址"), "")];
const SENDING: &[Field] =
    &[field("request_id", Type::Text, ("ID of the sending request", "发送请求ID"), "")];
const RESULT: &[&str] = &[
    "msg_id",
    "waba_task_id",
    "wfdetail_uuid",
    "callee",
    "case_id",
    "status",
    "sent_time",
    "delivered_time",
    "read_time",
    "failure_code",
    "failure_reason",
];
const TOKEN: &[Field] = &[field("token", Type::Text, ("Token", "令牌"), "")];
const LINK: &[Field] = &[field("link", Type::Link, ("Recording link", "录音链接"), "")];
const CANCELLED: &[Field] =
    &[field("contactList", Type::Text, ("Phone numbers that were cancelled", "已取消的号码"), "")];
const DIALED: &[Field] = &[
    field("taskId", Type::Id, ("Task ID", "任务ID"), ""),
    field("taskName", Type::Text, ("Task name", "任务名称"), ""),
    field("callid", Type::Id, ("Call ID", "通话ID"), ""),
    field("phoneNumber", Type::Phone, ("Phone number of the callee", "被叫号码"), ""),
    field("nthCall", Type::Integer, ("Number of the dialing attempt", "第几次拨打"), ""),
    field("calltime", Type::Time, ("Call time", "呼叫时间"), ""),
    field("ringtime", Type::Time, ("Ringing time", "振铃时间"), ""),
    field("answertime", Type::Time, ("Answer time", "接听时间"), ""),
    field("talktime", Type::Time, ("Time the talk began", "开始通话时间"), ""),
    field("endtime", Type::Time, ("End time of the call", "通话结束时间"), ""),
    field("talkResult", Type::Text, ("Talk result", "通话结果"), ""),
    field("callResultType", Type::Text, ("Type of the result", "通话结果类型"), ""),
    field("hangupReason", Type::Integer, ("Hangup reason", "挂断原因"), ""),
    field("reclink", Type::Link, ("Recording link", "录音链接"), ""),
];
const QUERY: &[&str] = &["call_id!", "last_msg_id", "size", "type"];
const LIST_MESSAGES: Text = ("Query message list", "查询消息列表");
const ABOUT_MESSAGES: Text =
    ("Query the messages of a session, newest first.", "查询会话的消息,由新到旧。");

pub(super) const PAGES: &[Page] = &[
    page(
        "chat.messages",
        173_073_431,
        MESSAGES,
        LIST_MESSAGES,
        (Post, "/api/v1/session/messages"),
        ABOUT_MESSAGES,
        QUERY,
        Answer::List(Row::Message, &[]),
    ),
    page(
        "chat.messages",
        196_358_697,
        AGENT,
        LIST_MESSAGES,
        (Post, "/api/v1/session/messages"),
        ABOUT_MESSAGES,
        QUERY,
        Answer::List(Row::Message, &[]),
    ),
    page(
        "chat.sessions",
        0,
        SESSION,
        ("Query conversation list", "查询会话列表"),
        (Post, "/api/v1/session/list"),
        ("Query the conversations, newest first.", "查询会话列表,由新到旧。"),
        &["page", "page_size", "start_time", "end_time"],
        Answer::List(Row::Session, LISTED),
    ),
    page(
        "chat.end",
        0,
        SESSION,
        ("End session", "结束会话"),
        (Post, "/api/v1/session/end"),
        ("End a session.", "结束会话。"),
        &["call_id!"],
        Answer::Nothing,
    ),
    page(
        "chat.mark_read",
        0,
        AGENT,
        ("Mark user message as read", "标记用户消息已读"),
        (Post, "/api/v1/session/read"),
        ("Mark a message of the user as read.", "将用户消息标记为已读。"),
        &["call_id!", "msg_id!"],
        Answer::Nothing,
    ),
    page(
        "chat.send",
        0,
        MESSAGES,
        ("Send regular message", "发送普通消息"),
        (Post, "/api/v1/session/send"),
        ("Send a message into a session.", "向会话发送消息。"),
        &["call_id!", "content!"],
        Answer::Fields(SENT),
    ),
    page(
        "chat.transfer_result",
        0,
        AGENT,
        ("Agent transfer result", "转人工结果"),
        (Post, "/api/v1/session/transferresult"),
        ("Tell whether an agent took the session over.", "告知坐席是否接管会话。"),
        &["call_id!", "result!"],
        Answer::Nothing,
    ),
    page(
        "chat.upload",
        0,
        MESSAGES,
        ("Upload file", "上传文件"),
        (Post, "/api/v1/file/upload"),
        ("Upload a file to be sent.", "上传待发送的文件。"),
        &["file!"],
        Answer::Fields(FILE),
    ),
    page(
        "chat.upload",
        0,
        MESSAGES,
        ("Upload file (Google maps thumbnail)", "上传文件(谷歌地图缩略图)"),
        (Post, "/api/v1/file/upload"),
        ("Upload the thumbnail of a map.", "上传地图缩略图。"),
        &["file!"],
        Answer::Fields(FILE),
    ),
    page(
        "waba.accounts",
        0,
        WABA,
        ("Query available WABA accounts", "查询可用的WABA账号"),
        (Get, "/api/v1/waba/accounts"),
        ("Query the WABA accounts of your company.", "查询企业的WABA账号。"),
        &[],
        Answer::List(Row::WabaAccount, &[]),
    ),
    page(
        "waba.templates",
        0,
        WABA,
        ("Query the template list", "查询模板列表"),
        (Get, "/api/v1/waba/templates"),
        ("Query the message templates.", "查询消息模板。"),
        &["page", "page_size"],
        Answer::List(Row::WabaTemplate, &[]),
    ),
    page(
        "waba.template",
        0,
        WABA,
        ("Template details", "模板详情"),
        (Get, "/api/v1/waba/template"),
        ("Query one template.", "查询单个模板。"),
        &["template_id!"],
        Answer::One(Row::WabaTemplate, &[]),
    ),
    page(
        "waba.send",
        0,
        WABA,
        ("Send template message", "发送模板消息"),
        (Post, "/api/v1/waba/send"),
        ("Send a template message to many users.", "向多个用户发送模板消息。"),
        &["channel_id!", "template_id!", "details!"],
        Answer::Fields(SENDING),
    ),
    page(
        "waba.send_single",
        0,
        WABA,
        ("Send single template message", "发送单条模板消息"),
        (Post, "/api/v1/waba/sendsingle"),
        ("Send a template message to one user.", "向单个用户发送模板消息。"),
        &["channel_id!", "template_id!", "callee!"],
        Answer::Fields(SENDING),
    ),
    page(
        "waba.result",
        0,
        WABA,
        ("Query the template message sending result", "查询模板消息发送结果"),
        (Get, "/api/v1/waba/result"),
        ("Query what became of a message.", "查询消息的发送结果。"),
        &["msg_id!"],
        Answer::One(Row::WabaMessage, RESULT),
    ),
];

pub(super) const PDS: &[Page] = &[
    page(
        "pds.auth",
        0,
        DIALER,
        ("Obtain the Token of the Predictive Dialer", "获取预测式外呼Token"),
        (Post, "/service/callcenter/call/predict/auth"),
        ("Sign in to the predictive dialer.", "登录预测式外呼。"),
        &["APPKey!", "APPSecret!"],
        Answer::Fields(TOKEN),
    ),
    page(
        "pds.tasks",
        0,
        DIALER,
        ("Query the Task List", "查询任务列表"),
        (Post, "/service/callcenter/call/predict/querytasklist"),
        ("Query the tasks of the predictive dialer.", "查询预测式外呼任务。"),
        &["minstarttime!", "maxstarttime!", "limit", "offset", "taskName", "state"],
        Answer::List(Row::PdsTask, &[]),
    ),
    page(
        "pds.details",
        0,
        DIALER,
        ("Query the Task Details", "查询任务详情"),
        (Post, "/service/callcenter/call/predict/querytaskdetail"),
        ("Query the calls of a task.", "查询任务的通话。"),
        &["taskId!", "limit", "offset", "orderBy", "needCustomerInfo"],
        Answer::ListOf(DIALED),
    ),
    page(
        "pds.cancel",
        0,
        DIALER,
        ("Cancel Contacts of a Task", "取消任务号码"),
        (Post, "/service/callcenter/call/predict/canceltaskcontacts"),
        ("Cancel numbers of a task.", "取消任务中的号码。"),
        &["TaskID!", "contactList!"],
        Answer::Fields(CANCELLED),
    ),
    page(
        "pds.recording",
        0,
        DIALER,
        ("Obtain the Recording of a Call", "获取通话录音"),
        (Post, "/service/callcenter/call/predict/case/recording"),
        ("Obtain the link to a recording.", "获取录音链接。"),
        &["callid!"],
        Answer::Fields(LINK),
    ),
];
