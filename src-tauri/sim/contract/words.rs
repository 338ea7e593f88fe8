//! The words that statuses, results and kinds are written with, and what each means.

/// One closed set of words. Those of workflows, tasks and WABA statuses are ASSUMED.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Words {
    Workflow,
    Task,
    Result,
    NodeKind,
    Waba,
    Session,
    EndReason,
    Sender,
    Message,
    Hangup,
    Pds,
}

/// The word as sent, its name and what it means, in English and Chinese.
pub(crate) type Word = (&'static str, (&'static str, &'static str), (&'static str, &'static str));

impl Words {
    /// Whether a scrambled contract writes integers for them.
    pub(crate) fn can_be_numbers(self) -> bool {
        matches!(self, Self::Workflow | Self::Task | Self::Result)
    }

    /// Whether the canonical contract writes integers already.
    pub(crate) fn are_numbers(self) -> bool {
        self == Self::Hangup
    }

    pub(crate) fn all(self) -> &'static [Word] {
        match self {
            Self::Workflow => WORKFLOW,
            Self::Task => TASK,
            Self::Result => RESULT,
            Self::NodeKind => NODE_KIND,
            Self::Waba => WABA,
            Self::Session => SESSION,
            Self::EndReason => END_REASON,
            Self::Sender => SENDER,
            Self::Message => MESSAGE,
            Self::Hangup => HANGUP,
            Self::Pds => PDS,
        }
    }
}

const WORKFLOW: &[Word] = &[
    ("Under Review", ("Under review", "审核中"), ("The list is being reviewed", "名单审核中")),
    (
        "Not Started",
        ("Not started", "未开始"),
        ("The workflow waits for its start time", "等待开始时间"),
    ),
    ("Running", ("Running", "进行中"), ("The workflow is being executed", "工作流正在执行")),
    ("Paused", ("Paused", "已暂停"), ("The workflow was paused by a user", "工作流被用户暂停")),
    (
        "Stopping",
        ("Stopping", "停止中"),
        ("A stop was requested and is being carried out", "已请求停止,正在处理"),
    ),
    ("Stopped", ("Stopped", "已停止"), ("The workflow was stopped by a user", "工作流被用户停止")),
    ("Finished", ("Finished", "已完成"), ("All contacts have been processed", "所有号码处理完毕")),
    ("Failed", ("Failed", "失败"), ("The workflow ended with an error", "工作流异常结束")),
];

const TASK: &[Word] = &[
    ("UNDER_REVIEW", ("Under review", "审核中"), ("The list is being reviewed", "名单审核中")),
    (
        "NOT_STARTED",
        ("Not started", "未开始"),
        ("Nobody has reached this node yet", "尚无号码进入该节点"),
    ),
    ("IN_PROGRESS", ("In progress", "进行中"), ("The task is being executed", "任务正在执行")),
    ("PAUSED", ("Paused", "已暂停"), ("The task was paused", "任务已暂停")),
    ("STOPPING", ("Stopping", "停止中"), ("The task is being stopped", "任务停止中")),
    ("STOPPED", ("Stopped", "已停止"), ("The task was stopped", "任务已停止")),
    ("FINISHED", ("Finished", "已完成"), ("The task is completed", "任务已完成")),
    ("FAILED", ("Failed", "失败"), ("The task ended with an error", "任务异常结束")),
];

const RESULT: &[Word] = &[
    ("Connected", ("Connected", "已接通"), ("The callee answered the call", "被叫接听")),
    ("Busy", ("Busy", "忙线"), ("Not connected: the line was busy", "未接通:用户忙")),
    (
        "Not In Use",
        ("Not in use", "空号"),
        ("Not connected: the number is not in use", "未接通:空号"),
    ),
    (
        "Switched Off",
        ("Switched off", "关机"),
        ("Not connected: the phone is switched off", "未接通:关机"),
    ),
    (
        "Out Of Area",
        ("Out of area", "不在服务区"),
        ("Not connected: the phone is out of area", "未接通:不在服务区"),
    ),
    (
        "Invalid Number",
        ("Invalid number", "无效号码"),
        ("Not connected: the number is invalid", "未接通:号码无效"),
    ),
    (
        "Answering Machine",
        ("Answering machine", "语音信箱"),
        ("Not connected: an answering machine picked up", "未接通:语音信箱"),
    ),
    (
        "No Answer",
        ("No answer", "无人接听"),
        ("Not connected: nobody picked up", "未接通:无人接听"),
    ),
];

const NODE_KIND: &[Word] = &[
    ("voice", ("Voice", "语音"), ("Outbound call by the AI robot", "AI外呼")),
    ("WABA", ("WABA", "WABA"), ("WhatsApp template message", "WhatsApp模板消息")),
    ("chatbot", ("Chatbot", "聊天机器人"), ("Chatbot session", "聊天机器人会话")),
];

const WABA: &[Word] = &[
    ("sent", ("Sent", "已发送"), ("The message was sent", "消息已发送")),
    ("delivered", ("Delivered", "已送达"), ("The message reached the phone", "消息已送达")),
    ("read", ("Read", "已读"), ("The user has read the message", "用户已读")),
    ("replied", ("Replied", "已回复"), ("The user has replied", "用户已回复")),
    ("failed", ("Failed", "失败"), ("The message was not delivered", "发送失败")),
];

const SESSION: &[Word] = &[("open", ("", ""), ("", "")), ("closed", ("", ""), ("", ""))];

const END_REASON: &[Word] = &[
    ("robot", ("robot", "robot"), ("Ended by the robot", "机器人结束")),
    ("agent", ("agent", "agent"), ("Ended by the agent", "坐席结束")),
    ("error", ("error", "error"), ("Ended by an error", "异常结束")),
    ("expire", ("expire", "expire"), ("The session expired", "会话超时")),
    ("user", ("user", "user"), ("Ended by the user", "用户结束")),
];

const SENDER: &[Word] = &[
    ("system", ("system", "system"), ("System", "系统")),
    ("user", ("user", "user"), ("User", "用户")),
    ("robot", ("robot", "robot"), ("Robot", "机器人")),
    ("agent", ("agent", "agent"), ("Agent", "坐席")),
    ("chatbot", ("chatbot", "chatbot"), ("Chatbot", "聊天机器人")),
];

const MESSAGE: &[Word] = &[
    ("sent", ("sent", "sent"), ("Sent", "已发送")),
    ("delivery", ("delivery", "delivery"), ("Delivered", "已送达")),
    ("read", ("read", "read"), ("Read", "已读")),
];

const HANGUP: &[Word] = &[
    ("2", ("Not picked up", "未接听"), ("Nobody picked up", "无人接听")),
    ("3", ("Busy", "忙线"), ("The line was busy", "用户忙")),
    ("4", ("Not in use", "空号"), ("The number is not in use", "空号")),
    ("6", ("Switched off", "关机"), ("The phone is switched off", "关机")),
    ("7", ("Out of area", "不在服务区"), ("The phone is out of area", "不在服务区")),
    ("8", ("Invalid number", "无效号码"), ("The number is invalid", "号码无效")),
    ("12", ("Talked", "已通话"), ("The conversation came to its end", "通话正常结束")),
    ("14", ("User hung up", "用户挂断"), ("The user hung up", "用户挂断")),
    ("16", ("Answering machine", "语音信箱"), ("An answering machine picked up", "语音信箱")),
    ("20", ("Do not call", "免打扰"), ("The number is on the do-not-call list", "免打扰名单")),
];

/// OBSERVED.
const PDS: &[Word] = &[
    ("Creating", ("Creating", "创建中"), ("", "")),
    ("Not Started", ("Not started", "未开始"), ("", "")),
    ("Running", ("Running", "进行中"), ("", "")),
    ("Paused", ("Paused", "已暂停"), ("", "")),
    ("Cancelled", ("Cancelled", "已取消"), ("", "")),
    ("Finished", ("Finished", "已完成"), ("", "")),
];

/// The digits of a small number without an allocation: statuses of the truth are static words.
pub(crate) fn digits(number: i64) -> &'static str {
    const DIGITS: [&str; 40] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
        "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31",
        "32", "33", "34", "35", "36", "37", "38", "39",
    ];
    usize::try_from(number).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or("?")
}
