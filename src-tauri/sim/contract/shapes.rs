//! The fields of every record, what they are called in words, and what else they could be named.

use super::{Words, dialling};

/// A kind of record, whatever list, look-up or webhook it travels in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Row {
    Template,
    Workflow,
    Node,
    Task,
    Call,
    WabaTask,
    WabaMessage,
    /// DOCUMENTED field by field: keeps its names under every contract.
    Session,
    /// DOCUMENTED, as above.
    Message,
    /// OBSERVED, as above.
    PdsTask,
    /// ASSUMED, and plain enough for every contract.
    WabaAccount,
    WabaTemplate,
    CallingTask,
    Plan,
    Round,
    Robot,
    Strategy,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Type {
    Id,
    Text,
    Phone,
    Integer,
    /// Whole seconds.
    Duration,
    Time,
    /// Unix seconds.
    Unix,
    Link,
    /// Name to text.
    Pairs,
    Word(Words),
    List(&'static [Field]),
    Object(&'static [Field]),
}

/// One field or parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Field {
    pub name: &'static str,
    pub kind: Type,
    /// As documentation calls it, in English and Chinese.
    pub title: (&'static str, &'static str),
    /// What another contract could name it, in words, `|` between them; empty keeps the name.
    pub other: &'static str,
}

pub(crate) const fn field(
    name: &'static str,
    kind: Type,
    title: (&'static str, &'static str),
    other: &'static str,
) -> Field {
    Field { name, kind, title, other }
}

use Type::{Duration, Id, Integer, Link, List, Object, Pairs, Phone, Text, Time, Unix, Word};

impl Row {
    pub(crate) const ALL: [Self; 17] = [
        Self::Template,
        Self::Workflow,
        Self::Node,
        Self::Task,
        Self::Call,
        Self::WabaTask,
        Self::WabaMessage,
        Self::Session,
        Self::Message,
        Self::PdsTask,
        Self::WabaAccount,
        Self::WabaTemplate,
        Self::CallingTask,
        Self::Plan,
        Self::Round,
        Self::Robot,
        Self::Strategy,
    ];

    pub(crate) fn fields(self) -> &'static [Field] {
        match self {
            Self::Template => TEMPLATE,
            Self::Workflow => WORKFLOW,
            Self::Node => NODE,
            Self::Task => TASK,
            Self::Call => CALL,
            Self::WabaTask => WABA_TASK,
            Self::WabaMessage => WABA_MESSAGE,
            Self::Session => SESSION,
            Self::Message => MESSAGE,
            Self::PdsTask => PDS_TASK,
            Self::WabaAccount => WABA_ACCOUNT,
            Self::WabaTemplate => WABA_TEMPLATE,
            Self::CallingTask => dialling::CALLING_TASK,
            Self::Plan => dialling::PLAN,
            Self::Round => dialling::ROUND,
            Self::Robot => dialling::ROBOT,
            Self::Strategy => dialling::STRATEGY,
        }
    }

    /// What the schema of the record is called.
    pub(crate) fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Template => ("Workflow template", "工作流模板"),
            Self::Workflow => ("Workflow task", "工作流任务"),
            Self::Node => ("Subtask", "子任务"),
            Self::Task => ("Outbound task", "外呼任务"),
            Self::Call => ("Call record", "通话记录"),
            Self::WabaTask => ("WABA task", "WABA任务"),
            Self::WabaMessage => ("WABA message", "WABA消息"),
            Self::Session => ("Conversation", "会话"),
            Self::Message => ("Message", "消息"),
            Self::PdsTask => ("Predictive dialer task", "预测外呼任务"),
            Self::WabaAccount => ("WABA account", "WABA账号"),
            Self::WabaTemplate => ("WABA template", "WABA模板"),
            Self::CallingTask => ("Calling task", "呼叫任务"),
            Self::Plan => ("Dialing plan", "拨打计划"),
            Self::Round => ("Round of the plan", "计划轮次"),
            Self::Robot => ("Robot", "机器人"),
            Self::Strategy => ("Strategy", "策略"),
        }
    }

    pub(crate) fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|f| f.name == name)
    }
}

const TEMPLATE: &[Field] = &[
    field(
        "workflow_template_id",
        Integer,
        ("Workflow template ID", "工作流模板ID"),
        "blueprint no|scheme code|flow model",
    ),
    field(
        "workflow_template_name",
        Text,
        ("Workflow template name", "工作流模板名称"),
        "blueprint label|scheme caption|flow model title",
    ),
];

const WORKFLOW: &[Field] = &[
    field("workflow_id", Id, ("Workflow ID", "工作流ID"), "flow uid|campaign no|process ref"),
    field(
        "workflow_name",
        Text,
        ("Workflow name", "工作流名称"),
        "flow label|campaign title|process caption",
    ),
    field(
        "workflow_template_id",
        Integer,
        ("Workflow template ID", "工作流模板ID"),
        "blueprint no|scheme code|flow model",
    ),
    field(
        "workflow_template_name",
        Text,
        ("Workflow template name", "工作流模板名称"),
        "blueprint label|scheme caption|flow model title",
    ),
    field(
        "status",
        Word(Words::Workflow),
        ("Workflow status", "工作流状态"),
        "flow state|phase code|stage",
    ),
    field(
        "auto_finish",
        Integer,
        ("Whether the workflow finishes automatically: 1 no, 2 yes", "是否自动结束:1否,2是"),
        "closing rule|end mode|self ending",
    ),
    field("create_time", Time, ("Creation time", "创建时间"), "opened at|built on|made at"),
    field("start_time", Time, ("Start time", "开始时间"), "begun at|launched on|kickoff"),
    field("end_time", Time, ("End time", "结束时间"), "closed at|over since|halted on"),
    field(
        "total",
        Integer,
        ("Total number of contacts", "号码总数"),
        "contact count|list size|numbers in all",
    ),
    field(
        "finished",
        Integer,
        ("Number of finished contacts", "已完成号码数"),
        "done count|handled|through count",
    ),
    field("callee", Phone, ("Phone number of the callee", "被叫号码"), ""),
    field("case_id", Text, ("Case ID", "案件ID"), ""),
];

const NODE: &[Field] = &[
    field("nodetask_id", Id, ("Node task ID", "节点任务ID"), "step uid|station ref|stage key"),
    field(
        "nodetask_name",
        Text,
        ("Node task name", "节点任务名称"),
        "step label|station caption|stage title",
    ),
    field(
        "node_type",
        Word(Words::NodeKind),
        ("Node type", "节点类型"),
        "step sort|station class|stage kind",
    ),
    field("task_id", Id, ("Task ID", "任务ID"), "job uid|batch no|work ref"),
    field(
        "task_status",
        Word(Words::Task),
        ("Task status", "任务状态"),
        "job phase|batch stage|work condition",
    ),
    field("start_time", Time, ("Start time", "开始时间"), "begun at|launched on|kickoff"),
    field("end_time", Time, ("End time", "结束时间"), "closed at|over since|halted on"),
    field(
        "total",
        Integer,
        ("Total number of contacts", "号码总数"),
        "contact count|list size|numbers in all",
    ),
    field(
        "finished",
        Integer,
        ("Number of finished contacts", "已完成号码数"),
        "done count|handled|through count",
    ),
];

const TASK: &[Field] = &[
    field("task_id", Id, ("Task ID", "任务ID"), "job uid|batch no|work ref"),
    field("task_name", Text, ("Task name", "任务名称"), "job label|batch caption|work title"),
    field("nodetask_id", Id, ("Node task ID", "节点任务ID"), "step uid|station ref|stage key"),
    field(
        "nodetask_name",
        Text,
        ("Node task name", "节点任务名称"),
        "step label|station caption|stage title",
    ),
    field(
        "status",
        Word(Words::Task),
        ("Task status", "任务状态"),
        "job phase|batch stage|work condition",
    ),
    field(
        "total",
        Integer,
        ("Total number of contacts", "号码总数"),
        "contact count|list size|numbers in all",
    ),
    field(
        "finished",
        Integer,
        ("Number of finished contacts", "已完成号码数"),
        "done count|handled|through count",
    ),
    field(
        "connected",
        Integer,
        ("Number of connected calls", "接通数"),
        "answered count|picked up|reached",
    ),
    field("start_time", Time, ("Start time", "开始时间"), "begun at|launched on|kickoff"),
    field("end_time", Time, ("End time", "结束时间"), "closed at|over since|halted on"),
];

const TURN: &[Field] = &[
    field("role", Text, ("Speaker: robot or user", "说话人:robot或user"), ""),
    field("text", Text, ("What was said", "内容"), ""),
    field(
        "start_ms",
        Integer,
        (
            "Start of the sentence, in milliseconds from the beginning of the recording",
            "开始时间(毫秒)",
        ),
        "",
    ),
    field(
        "end_ms",
        Integer,
        (
            "End of the sentence, in milliseconds from the beginning of the recording",
            "结束时间(毫秒)",
        ),
        "",
    ),
];

const CALL: &[Field] = &[
    field("workflow_id", Id, ("Workflow ID", "工作流ID"), "flow uid|campaign no|process ref"),
    field(
        "workflow_name",
        Text,
        ("Workflow name", "工作流名称"),
        "flow label|campaign title|process caption",
    ),
    field("nodetask_id", Id, ("Node task ID", "节点任务ID"), "step uid|station ref|stage key"),
    field(
        "nodetask_name",
        Text,
        ("Node task name", "节点任务名称"),
        "step label|station caption|stage title",
    ),
    field("case_id", Text, ("Case ID", "案件ID"), "customer ref|matter no|dossier"),
    field("taskId", Id, ("Task ID", "任务ID"), "job uid|batch no|work ref"),
    field("callid", Id, ("Call ID", "通话ID"), "dial uid|record key|conversation no"),
    field("callee", Phone, ("Phone number of the callee", "被叫号码"), "dialled|msisdn|receiver"),
    field(
        "nthCall",
        Integer,
        ("Number of the dialing attempt, starting from 1", "第几次拨打"),
        "attempt|dial no|turn",
    ),
    field("calltime", Time, ("Call time", "呼叫时间"), "dialled at|placed on|attempt moment"),
    field("ringtime", Time, ("Ringing time", "振铃时间"), "rung at|tone since|alerted on"),
    field("answertime", Time, ("Answer time", "接听时间"), "picked up at|taken on|off hook"),
    field(
        "endtime",
        Time,
        ("End time of the call", "通话结束时间"),
        "hung at|over since|released on",
    ),
    field(
        "talkResult",
        Word(Words::Result),
        ("Call result", "通话结果"),
        "outcome|contact code|verdict",
    ),
    field("reclink", Link, ("Recording link", "录音链接"), "audio address|sound file|voice href"),
    field(
        "hangupReason",
        Word(Words::Hangup),
        ("Hangup reason", "挂断原因"),
        "release cause|ending code|cleared by",
    ),
    field(
        "talk_duration",
        Duration,
        ("Duration of the conversation", "通话时长"),
        "spoken for|length|billable",
    ),
    field(
        "talk_round",
        Integer,
        ("Number of conversation rounds", "对话轮次"),
        "exchanges|rally count|utterance pairs",
    ),
    field(
        "intention",
        Text,
        ("Customer intention label", "客户意向标签"),
        "grade|main label|letter",
    ),
    field("event_label", Pairs, ("Event labels", "事件标签"), "marks|flags|tag values"),
    field(
        "ner_slots",
        Pairs,
        ("Slot values extracted from the conversation", "提取的槽位信息"),
        "facts heard|entities|gathered",
    ),
    field("dialogue", List(TURN), ("Dialogue text", "对话文本"), "transcript|spoken lines|wording"),
];

const WABA_TASK: &[Field] = &[
    field("waba_task_id", Id, ("WABA task ID", "WABA任务ID"), "mailing uid|wa batch|send ref"),
    field("nodetask_id", Id, ("Node task ID", "节点任务ID"), "step uid|station ref|stage key"),
    field(
        "nodetask_name",
        Text,
        ("Node task name", "节点任务名称"),
        "step label|station caption|stage title",
    ),
    field(
        "template_name",
        Text,
        ("Template name", "模板名称"),
        "pattern label|wording title|draft",
    ),
    field("template_id", Text, ("Template ID", "模板ID"), "pattern no|wording key|draft ref"),
    field(
        "status",
        Word(Words::Task),
        ("WABA task status", "WABA任务状态"),
        "mailing phase|batch stage|work condition",
    ),
    field(
        "total",
        Integer,
        ("Total number of messages", "消息总数"),
        "message count|batch size|recipients",
    ),
    field("sent", Integer, ("Number of sent messages", "已发送数"), "gone out|posted|left us"),
    field(
        "delivered",
        Integer,
        ("Number of delivered messages", "已送达数"),
        "arrived|reached phone|landed",
    ),
    field("read", Integer, ("Number of read messages", "已读数"), "seen count|opened|blue ticks"),
    field(
        "replied",
        Integer,
        ("Number of replied messages", "已回复数"),
        "answers|responses|came back",
    ),
    field("failed", Integer, ("Number of failed messages", "失败数"), "lost count|refused|not out"),
];

const WABA_MESSAGE: &[Field] = &[
    field("waba_task_id", Id, ("WABA task ID", "WABA任务ID"), "mailing uid|wa batch|send ref"),
    field(
        "wfdetail_uuid",
        Id,
        ("Unique ID of the list record", "名单明细唯一ID"),
        "list line|entry key|contact row",
    ),
    field("callee", Phone, ("Phone number of the callee", "被叫号码"), "recipient|msisdn|receiver"),
    field("case_id", Text, ("Case ID", "案件ID"), "customer ref|matter no|dossier"),
    field("msg_id", Id, ("Message ID", "消息ID"), "letter uid|note key|wa ref"),
    field(
        "status",
        Word(Words::Waba),
        ("Message status", "消息状态"),
        "letter stage|note fate|progress",
    ),
    field("sent_time", Time, ("Sending time", "发送时间"), "posted on|went at|out since"),
    field(
        "delivered_time",
        Time,
        ("Delivery time", "送达时间"),
        "arrived on|landed at|there since",
    ),
    field("read_time", Time, ("Reading time", "阅读时间"), "opened on|seen at|viewed since"),
    field(
        "failure_code",
        Integer,
        ("Failure code", "失败码"),
        "refusal no|trouble code|fault number",
    ),
    field(
        "failure_reason",
        Text,
        ("Failure reason", "失败原因"),
        "refusal text|trouble words|fault note",
    ),
];

const SESSION: &[Field] = &[
    field("workflow_id", Id, ("Workflow ID", "工作流ID"), ""),
    field("workflow_name", Text, ("Workflow name", "工作流名称"), ""),
    field("nodetask_id", Id, ("Node task ID", "节点任务ID"), ""),
    field("nodetask_name", Text, ("Node task name", "节点任务名称"), ""),
    field("waba_task_id", Id, ("WABA task ID", "WABA任务ID"), ""),
    field("wfdetail_uuid", Id, ("Unique ID of the list record", "名单明细唯一ID"), ""),
    field("timestamp", Unix, ("Timestamp, in seconds", "时间戳(秒)"), ""),
    field("channel", Text, ("Channel, e.g. WhatsApp", "渠道,如WhatsApp"), ""),
    field("channel_id", Text, ("Business number of the channel, without +", "渠道号码,不带+"), ""),
    field("callee", Phone, ("Phone number of the user, E.164", "用户号码(E.164)"), ""),
    field("call_id", Id, ("Session ID", "会话ID"), ""),
    field("robot_id", Text, ("Robot ID", "机器人ID"), ""),
    field("status", Word(Words::Session), ("Session status", "会话状态"), ""),
    field("session_start_time", Time, ("Session start time", "会话开始时间"), ""),
    field("session_end_time", Time, ("Session end time", "会话结束时间"), ""),
    field(
        "session_end_reason",
        Word(Words::EndReason),
        ("Reason why the session ended", "会话结束原因"),
        "",
    ),
    field("intention", Text, ("Session result: main label", "会话结果:主标签"), ""),
    field("talk_round", Integer, ("Number of conversation rounds", "对话轮次"), ""),
    field("ner_slots", Pairs, ("Slot values", "槽位信息"), ""),
    field("event_label", Pairs, ("Event labels", "事件标签"), ""),
    field("variables", Pairs, ("Variables of the session", "会话变量"), ""),
    field(
        "messages",
        List(MESSAGE),
        ("Messages of the session, oldest first", "会话消息,由旧到新"),
        "",
    ),
];

pub(super) const CONTENT: &[Field] = &[
    field("type", Text, ("Type of the content, e.g. text", "内容类型,如text"), ""),
    field("text", Text, ("Text", "文本"), ""),
];

const MESSAGE: &[Field] = &[
    field("msg_id", Id, ("Message ID", "消息ID"), ""),
    field("sender_type", Word(Words::Sender), ("Sender type", "发送者类型"), ""),
    field("timestamp", Unix, ("Timestamp of the message, in seconds", "消息时间戳(秒)"), ""),
    field("status", Word(Words::Message), ("Message status", "消息状态"), ""),
    field("content", Object(CONTENT), ("Message content", "消息内容"), ""),
    field("reply", Object(CONTENT), ("The quoted message", "引用的消息"), ""),
    field("seat_id", Text, ("ID of the human agent", "坐席ID"), ""),
];

const PDS_TASK: &[Field] = &[
    field("taskId", Id, ("Task ID", "任务ID"), ""),
    field("name", Text, ("Task name", "任务名称"), ""),
    field("groupName", Text, ("Name of the agent group", "坐席组名称"), ""),
    field("state", Word(Words::Pds), ("Task state", "任务状态"), ""),
    field("source", Text, ("Where the task was created", "任务来源"), ""),
    field("actualStartTime", Time, ("Actual start time", "实际开始时间"), ""),
];

const WABA_ACCOUNT: &[Field] = &[
    field("channel_id", Text, ("Business number of the channel, without +", "渠道号码,不带+"), ""),
    field("account_name", Text, ("Name of the WABA account", "WABA账号名称"), ""),
];

const WABA_TEMPLATE: &[Field] = &[
    field("template_id", Text, ("Template ID", "模板ID"), ""),
    field("template_name", Text, ("Template name", "模板名称"), ""),
    field("language", Text, ("Language", "语言"), ""),
];
