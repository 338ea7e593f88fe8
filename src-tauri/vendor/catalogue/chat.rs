//! Chatbot sessions and WhatsApp business messages: the Chatbot family, signed requests.

use super::{CLOUD_READ, CLOUD_WRITE, Endpoint, Family, Key, Method, Paging};
use crate::domain::evidence::Evidence;

const GROUP: &[&str] = &["Chatbot", "bot", "WABA", "WhatsApp", "会话", "机器人"];

const READ: Endpoint = Endpoint { family: Family::Chatbot, group: GROUP, ..CLOUD_READ };
/// Of WhatsApp business accounts.
const WABA: Endpoint = Endpoint {
    client: "asked once sign is set",
    simulator: "answers",
    screen: "Settings: Check the connection",
    ..READ
};
const WRITE: Endpoint = Endpoint { family: Family::Chatbot, group: GROUP, ..CLOUD_WRITE };

pub(super) const ROWS: &[Endpoint] = &[
    Endpoint {
        key: Key::ChatMessages,
        name: "chat.messages",
        title: "Query message list",
        method: Method::Post,
        path: "/api/v1/session/messages",
        params: &["call_id", "last_msg_id", "size", "type"],
        paging: Paging::Cursor,
        evidence: Evidence::Documented,
        page_ids: &[173073431, 196358697],
        guessed_titles: &["查询消息列表"],
        client: "asked once sign is set",
        simulator: "answers",
        screen: "Session",
        ..READ
    },
    Endpoint {
        key: Key::ChatSessions,
        name: "chat.sessions",
        title: "Query conversation list",
        method: Method::Post,
        path: "/api/v1/session/list",
        params: &["page", "page_size", "start_time", "end_time"],
        guessed_titles: &["查询会话列表"],
        client: "asked once sign is set",
        simulator: "answers",
        screen: "Sessions, Person",
        ..READ
    },
    Endpoint {
        key: Key::ChatEnd,
        name: "chat.end",
        title: "End session",
        path: "/api/v1/session/end",
        params: &["call_id"],
        guessed_titles: &["结束会话"],
        client: "sent once its path is confirmed and sign is set",
        simulator: "answers",
        screen: "Session: End session",
        ..WRITE
    },
    Endpoint {
        // Sent by nobody here: it would mislead the agents.
        key: Key::ChatMarkRead,
        name: "chat.mark_read",
        title: "Mark user message as read",
        path: "/api/v1/session/read",
        params: &["call_id", "msg_id"],
        guessed_titles: &["标记用户消息已读", "标记用户消息为已读"],
        ..WRITE
    },
    Endpoint {
        key: Key::ChatSend,
        name: "chat.send",
        title: "Send regular message",
        path: "/api/v1/session/send",
        params: &["call_id", "content"],
        guessed_titles: &["发送普通消息", "发送常规消息"],
        ..WRITE
    },
    Endpoint {
        key: Key::ChatTransferResult,
        name: "chat.transfer_result",
        title: "Agent transfer result",
        path: "/api/v1/session/transferresult",
        params: &["call_id", "result"],
        guessed_titles: &["转人工结果", "转接坐席结果"],
        ..WRITE
    },
    Endpoint {
        key: Key::ChatUpload,
        name: "chat.upload",
        title: "Upload file",
        path: "/api/v1/file/upload",
        params: &["file"],
        guessed_titles: &["上传文件"],
        ..WRITE
    },
    Endpoint {
        key: Key::ChatUploadMap,
        name: "chat.upload_map",
        title: "Upload file (Google maps thumbnail)",
        path: "/api/v1/file/upload",
        params: &["file"],
        titles: &["Google maps thumbnail", "Upload Google maps thumbnail"],
        guessed_titles: &["上传文件(谷歌地图缩略图)"],
        ..WRITE
    },
    Endpoint {
        key: Key::WabaAccounts,
        name: "waba.accounts",
        title: "Query available WABA accounts",
        path: "/api/v1/waba/accounts",
        paging: Paging::None,
        guessed_titles: &["查询可用的WABA账号", "查询可用WABA账号"],
        ..WABA
    },
    Endpoint {
        key: Key::WabaTemplates,
        name: "waba.templates",
        title: "Query the template list",
        path: "/api/v1/waba/templates",
        params: &["page", "page_size"],
        guessed_titles: &["查询模板列表"],
        ..WABA
    },
    Endpoint {
        key: Key::WabaTemplate,
        name: "waba.template",
        title: "Template details",
        path: "/api/v1/waba/template",
        params: &["template_id"],
        paging: Paging::None,
        list: "/data",
        total: "",
        guessed_titles: &["模板详情"],
        ..WABA
    },
    Endpoint {
        key: Key::WabaSend,
        name: "waba.send",
        title: "Send template message",
        path: "/api/v1/waba/send",
        guessed_titles: &["发送模板消息"],
        ..WRITE
    },
    Endpoint {
        key: Key::WabaSendSingle,
        name: "waba.send_single",
        title: "Send single template message",
        path: "/api/v1/waba/sendsingle",
        guessed_titles: &["发送单条模板消息", "单发模板消息"],
        ..WRITE
    },
    Endpoint {
        key: Key::WabaResult,
        name: "waba.result",
        title: "Query the template message sending result",
        path: "/api/v1/waba/result",
        // As messages of workflows are called; that of a sending is not known.
        params: &["msg_id"],
        paging: Paging::None,
        list: "/data",
        total: "",
        guessed_titles: &["查询模板消息发送结果"],
        ..WABA
    },
];
