//! Our fields of each record: the one table by which a profile's maps are checked, a value in the raw
//! view is given a name, and documentation is matched.
//!
//! A title is how documentation may call the field, in plain words. Which words the vendor's pages
//! really use is ASSUMED throughout; the Chinese ones are our own translations unless they stand in a
//! public index.

use super::record::same_name;

/// A kind of record that the vendor gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordKind {
    Template,
    Workflow,
    Node,
    Task,
    Call,
    WabaTask,
    WabaMessage,
    Session,
    Message,
}

impl RecordKind {
    pub const ALL: [Self; 9] = [
        Self::Template,
        Self::Workflow,
        Self::Node,
        Self::Task,
        Self::Call,
        Self::WabaTask,
        Self::WabaMessage,
        Self::Session,
        Self::Message,
    ];

    /// As the profile's file spells it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Workflow => "workflow",
            Self::Node => "node",
            Self::Task => "task",
            Self::Call => "call",
            Self::WabaTask => "waba_task",
            Self::WabaMessage => "waba_message",
            Self::Session => "session",
            Self::Message => "message",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The record's fields.
    pub fn fields(self) -> impl Iterator<Item = &'static OurField> {
        FIELDS.iter().filter(move |field| field.record == self)
    }

    /// The field of this name, whatever its case and underscores.
    pub fn field(self, name: &str) -> Option<&'static OurField> {
        self.fields().find(|field| same_name(field.name, name))
    }
}

/// What a field holds, which decides how a value is read and which units it can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    Id,
    Text,
    Integer,
    /// An instant: text, or a number of seconds or milliseconds.
    Time,
    /// A length of time.
    Duration,
    /// Names with values.
    Pairs,
    List,
    /// A word that a status map turns into a phase.
    Status,
    /// One of a few words.
    Word,
}

impl FieldKind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Pairs => "pairs",
            Self::List => "list",
            Self::Status => "status",
            Self::Word => "word",
        }
    }
}

/// What a number of a time or a duration counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Ms,
    S,
    Min,
}

impl Unit {
    pub const ALL: [Self; 3] = [Self::Ms, Self::S, Self::Min];

    pub fn word(self) -> &'static str {
        match self {
            Self::Ms => "ms",
            Self::S => "s",
            Self::Min => "min",
        }
    }

    pub fn ms(self) -> i64 {
        match self {
            Self::Ms => 1,
            Self::S => 1_000,
            Self::Min => 60_000,
        }
    }
}

/// A field of one of our records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OurField {
    pub record: RecordKind,
    /// The likeliest spelling of the vendor's, by which the profile names the field too.
    pub name: &'static str,
    pub kind: FieldKind,
    /// How documentation may call it: English and Chinese, plain words, the likeliest first.
    pub titles: &'static [&'static str],
    /// The list in whose elements it stands: a pointer to it starts at the element.
    pub within: Option<&'static str>,
}

impl OurField {
    /// Whether a unit (ms, s, min) can be given for it.
    pub fn has_unit(&self) -> bool {
        matches!(self.kind, FieldKind::Time | FieldKind::Duration)
    }
}

/// Names of the record's fields that look like `wanted`, the nearest first.
pub fn near(record: RecordKind, wanted: &str) -> Vec<&'static str> {
    nearest(wanted, record.fields().map(|field| field.name))
}

/// The few of `known` that differ least from `wanted`; none where all are far from it.
pub fn nearest<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    const MOST: usize = 3;
    let wanted: Vec<char> = wanted.chars().take(64).collect();
    let mut found: Vec<(usize, &str)> = known
        .filter_map(|name| {
            let name_chars: Vec<char> = name.chars().collect();
            let parts = shares_a_part(&wanted, name);
            let distance = edits(&wanted, &name_chars);
            let close = distance * 2 <= wanted.len().max(name_chars.len());
            (close || parts).then_some((distance, name))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, name)| name).take(MOST).collect()
}

/// Whether the two have a longer word between underscores in common.
fn shares_a_part(wanted: &[char], name: &str) -> bool {
    let wanted: String = wanted.iter().collect();
    wanted.split(['_', '.']).any(|part| part.len() > 3 && name.split(['_', '.']).any(|n| n == part))
}

/// Insertions, deletions and replacements that lead from one to the other.
fn edits(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(one.len())
}

const fn field(
    record: RecordKind,
    name: &'static str,
    kind: FieldKind,
    titles: &'static [&'static str],
) -> OurField {
    OurField { record, name, kind, titles, within: None }
}

const fn element(
    record: RecordKind,
    within: &'static str,
    name: &'static str,
    kind: FieldKind,
    titles: &'static [&'static str],
) -> OurField {
    OurField { record, name, kind, titles, within: Some(within) }
}

const WORKFLOW_TEMPLATE_ID_TITLES: &[&str] = &[
    "workflow template id",
    "template id",
    "id of the template",
    "工作流模板ID",
    "模板ID",
    "模板编号",
];
const WORKFLOW_TEMPLATE_NAME_TITLES: &[&str] = &[
    "workflow template name",
    "template name",
    "name of the template",
    "工作流模板名称",
    "模板名称",
];
const WORKFLOW_ID_TITLES: &[&str] = &[
    "workflow id",
    "workflow task id",
    "id of the workflow",
    "workflow instance id",
    "instance id",
    "工作流ID",
    "工作流任务ID",
    "工作流编号",
    "工作流实例ID",
];
const WORKFLOW_NAME_TITLES: &[&str] = &[
    "workflow name",
    "workflow task name",
    "name of the workflow",
    "task name",
    "工作流名称",
    "工作流任务名称",
    "工作流名",
];
const START_TIME_TITLES: &[&str] = &[
    "start time",
    "started at",
    "actual start time",
    "begin time",
    "time of start",
    "开始时间",
    "启动时间",
    "实际开始时间",
];
const END_TIME_TITLES: &[&str] = &[
    "end time",
    "ended at",
    "finish time",
    "completion time",
    "time of end",
    "结束时间",
    "完成时间",
    "终止时间",
];
const TOTAL_TITLES: &[&str] = &[
    "total",
    "total number",
    "total count",
    "number of entries",
    "list size",
    "number of lists",
    "总数",
    "总量",
    "名单总数",
    "总数量",
];
const FINISHED_TITLES: &[&str] = &[
    "finished",
    "finished number",
    "finished count",
    "completed count",
    "number finished",
    "done",
    "已完成数",
    "完成数",
    "已完成数量",
    "完成数量",
];
const NODETASK_ID_TITLES: &[&str] = &[
    "node task id",
    "node id",
    "subtask id",
    "sub task id",
    "id of the node",
    "workflow node id",
    "节点任务ID",
    "节点ID",
    "子任务ID",
    "节点编号",
];
const NODETASK_NAME_TITLES: &[&str] = &[
    "node task name",
    "node name",
    "subtask name",
    "name of the node",
    "节点任务名称",
    "节点名称",
    "子任务名称",
];
const TASK_ID_TITLES: &[&str] = &[
    "task id",
    "outbound task id",
    "calling task id",
    "id of the task",
    "任务ID",
    "外呼任务ID",
    "任务编号",
];
const TASK_NAME_TITLES: &[&str] =
    &["task name", "outbound task name", "name of the task", "任务名称", "外呼任务名称"];
const CALLEE_TITLES: &[&str] = &[
    "callee",
    "callee number",
    "phone number",
    "phone",
    "mobile",
    "mobile number",
    "contact number",
    "customer number",
    "called number",
    "被叫号码",
    "电话号码",
    "手机号",
    "手机号码",
    "客户号码",
    "号码",
];
const CASE_ID_TITLES: &[&str] =
    &["case id", "case number", "customer case id", "案件ID", "案件编号", "案件号", "业务编号"];
const TALK_ROUND_TITLES: &[&str] = &[
    "talk round",
    "talk rounds",
    "conversation rounds",
    "number of rounds",
    "dialogue rounds",
    "turns",
    "interaction rounds",
    "对话轮次",
    "交互轮次",
    "会话轮次",
    "轮次",
];
const INTENTION_TITLES: &[&str] = &[
    "intention",
    "intention level",
    "intent",
    "customer intention",
    "session result",
    "main label",
    "意向",
    "意向等级",
    "客户意向",
    "意向标签",
    "会话结果",
];
const EVENT_LABEL_TITLES: &[&str] = &[
    "event label",
    "event labels",
    "labels",
    "tags",
    "event tag",
    "call tags",
    "事件标签",
    "标签",
];
const NER_SLOTS_TITLES: &[&str] = &[
    "ner slots",
    "slots",
    "extracted information",
    "information extracted",
    "entities",
    "collected information",
    "槽位",
    "信息提取",
    "提取信息",
    "实体",
];
const MSG_ID_TITLES: &[&str] = &["message id", "msg id", "id of the message", "消息ID", "消息编号"];
const WFDETAIL_UUID_TITLES: &[&str] = &[
    "workflow detail uuid",
    "detail uuid",
    "list entry id",
    "unique id of the list entry",
    "detail id",
    "名单唯一标识",
    "名单明细ID",
    "名单UUID",
    "流程明细ID",
];

/// In the order in which a person would want to see them.
pub static FIELDS: &[OurField] = &[
    field(RecordKind::Template, "workflow_template_id", FieldKind::Id, WORKFLOW_TEMPLATE_ID_TITLES),
    field(
        RecordKind::Template,
        "workflow_template_name",
        FieldKind::Text,
        WORKFLOW_TEMPLATE_NAME_TITLES,
    ),
    field(RecordKind::Workflow, "workflow_id", FieldKind::Id, WORKFLOW_ID_TITLES),
    field(RecordKind::Workflow, "workflow_name", FieldKind::Text, WORKFLOW_NAME_TITLES),
    field(RecordKind::Workflow, "workflow_template_id", FieldKind::Id, WORKFLOW_TEMPLATE_ID_TITLES),
    field(
        RecordKind::Workflow,
        "workflow_template_name",
        FieldKind::Text,
        WORKFLOW_TEMPLATE_NAME_TITLES,
    ),
    field(
        RecordKind::Workflow,
        "status",
        FieldKind::Status,
        &[
            "status",
            "workflow status",
            "task status",
            "state",
            "workflow task status",
            "状态",
            "工作流状态",
            "任务状态",
            "执行状态",
        ],
    ),
    field(
        RecordKind::Workflow,
        "create_time",
        FieldKind::Time,
        &["create time", "creation time", "created at", "time of creation", "创建时间", "建立时间"],
    ),
    field(RecordKind::Workflow, "start_time", FieldKind::Time, START_TIME_TITLES),
    field(RecordKind::Workflow, "end_time", FieldKind::Time, END_TIME_TITLES),
    field(RecordKind::Workflow, "total", FieldKind::Integer, TOTAL_TITLES),
    field(RecordKind::Workflow, "finished", FieldKind::Integer, FINISHED_TITLES),
    field(
        RecordKind::Workflow,
        "actions",
        FieldKind::List,
        &[
            "actions",
            "nodes",
            "subtasks",
            "node list",
            "sub task list",
            "节点",
            "节点列表",
            "动作",
            "子任务列表",
        ],
    ),
    field(RecordKind::Node, "nodetask_id", FieldKind::Id, NODETASK_ID_TITLES),
    field(RecordKind::Node, "nodetask_name", FieldKind::Text, NODETASK_NAME_TITLES),
    field(
        RecordKind::Node,
        "node_type",
        FieldKind::Word,
        &["node type", "type of node", "type", "subtask type", "节点类型", "子任务类型", "类型"],
    ),
    field(RecordKind::Node, "workflow_id", FieldKind::Id, WORKFLOW_ID_TITLES),
    field(RecordKind::Node, "task_id", FieldKind::Id, TASK_ID_TITLES),
    field(
        RecordKind::Node,
        "task_status",
        FieldKind::Status,
        &[
            "task status",
            "node status",
            "subtask status",
            "status",
            "state",
            "任务状态",
            "节点状态",
            "子任务状态",
            "状态",
        ],
    ),
    field(RecordKind::Node, "start_time", FieldKind::Time, START_TIME_TITLES),
    field(RecordKind::Node, "end_time", FieldKind::Time, END_TIME_TITLES),
    field(RecordKind::Node, "total", FieldKind::Integer, TOTAL_TITLES),
    field(RecordKind::Node, "finished", FieldKind::Integer, FINISHED_TITLES),
    field(RecordKind::Task, "task_id", FieldKind::Id, TASK_ID_TITLES),
    field(RecordKind::Task, "task_name", FieldKind::Text, TASK_NAME_TITLES),
    field(RecordKind::Task, "workflow_id", FieldKind::Id, WORKFLOW_ID_TITLES),
    field(RecordKind::Task, "nodetask_id", FieldKind::Id, NODETASK_ID_TITLES),
    field(RecordKind::Task, "nodetask_name", FieldKind::Text, NODETASK_NAME_TITLES),
    field(
        RecordKind::Task,
        "task_status",
        FieldKind::Status,
        &[
            "task status",
            "status",
            "state",
            "outbound task status",
            "任务状态",
            "外呼任务状态",
            "状态",
        ],
    ),
    field(RecordKind::Task, "total", FieldKind::Integer, TOTAL_TITLES),
    field(RecordKind::Task, "finished", FieldKind::Integer, FINISHED_TITLES),
    field(
        RecordKind::Task,
        "connected",
        FieldKind::Integer,
        &[
            "connected",
            "connected number",
            "connected count",
            "number connected",
            "answered count",
            "接通数",
            "已接通",
            "接通数量",
            "接听数",
        ],
    ),
    field(RecordKind::Task, "start_time", FieldKind::Time, START_TIME_TITLES),
    field(RecordKind::Task, "end_time", FieldKind::Time, END_TIME_TITLES),
    field(
        RecordKind::Call,
        "callid",
        FieldKind::Id,
        &[
            "call id",
            "id of the call",
            "unique call id",
            "call uuid",
            "通话ID",
            "呼叫ID",
            "通话编号",
            "话单ID",
        ],
    ),
    field(RecordKind::Call, "workflow_id", FieldKind::Id, WORKFLOW_ID_TITLES),
    field(RecordKind::Call, "workflow_name", FieldKind::Text, WORKFLOW_NAME_TITLES),
    field(RecordKind::Call, "nodetask_id", FieldKind::Id, NODETASK_ID_TITLES),
    field(RecordKind::Call, "nodetask_name", FieldKind::Text, NODETASK_NAME_TITLES),
    field(RecordKind::Call, "task_id", FieldKind::Id, TASK_ID_TITLES),
    field(RecordKind::Call, "task_name", FieldKind::Text, TASK_NAME_TITLES),
    field(RecordKind::Call, "callee", FieldKind::Text, CALLEE_TITLES),
    field(RecordKind::Call, "case_id", FieldKind::Text, CASE_ID_TITLES),
    field(
        RecordKind::Call,
        "talk_result",
        FieldKind::Word,
        &[
            "talk result",
            "call result",
            "call status",
            "result of the call",
            "dial result",
            "connection status",
            "通话结果",
            "呼叫结果",
            "通话状态",
            "拨打结果",
            "接通状态",
        ],
    ),
    field(
        RecordKind::Call,
        "call_result_type",
        FieldKind::Word,
        &["call result type", "result type", "type of the result", "呼叫结果类型", "通话结果类型"],
    ),
    field(
        RecordKind::Call,
        "hangup_reason",
        FieldKind::Word,
        &[
            "hangup reason",
            "hang up reason",
            "hangup cause",
            "reason of hanging up",
            "hangup code",
            "挂断原因",
            "挂机原因",
            "挂断类型",
        ],
    ),
    field(
        RecordKind::Call,
        "nth_call",
        FieldKind::Integer,
        &[
            "nth call",
            "redial round",
            "call attempt",
            "attempt",
            "number of attempts",
            "dial times",
            "round of dialing",
            "第几次呼叫",
            "拨打次数",
            "呼叫次数",
            "重拨轮次",
        ],
    ),
    field(
        RecordKind::Call,
        "call_time",
        FieldKind::Time,
        &[
            "call time",
            "calling time",
            "time of the call",
            "dial time",
            "start time",
            "call start time",
            "呼叫时间",
            "拨打时间",
            "外呼时间",
            "通话开始时间",
        ],
    ),
    field(
        RecordKind::Call,
        "answer_time",
        FieldKind::Time,
        &[
            "answer time",
            "answered at",
            "time of answer",
            "connect time",
            "pick up time",
            "接听时间",
            "接通时间",
            "应答时间",
        ],
    ),
    field(
        RecordKind::Call,
        "end_time",
        FieldKind::Time,
        &[
            "end time",
            "call end time",
            "hangup time",
            "hang up time",
            "ended at",
            "结束时间",
            "挂断时间",
            "通话结束时间",
        ],
    ),
    field(
        RecordKind::Call,
        "talk_duration",
        FieldKind::Duration,
        &[
            "talk duration",
            "call duration",
            "duration",
            "talk time",
            "duration of the call",
            "billing duration",
            "通话时长",
            "通话时间",
            "时长",
            "对话时长",
        ],
    ),
    field(RecordKind::Call, "talk_round", FieldKind::Integer, TALK_ROUND_TITLES),
    field(RecordKind::Call, "intention", FieldKind::Word, INTENTION_TITLES),
    field(
        RecordKind::Call,
        "reclink",
        FieldKind::Text,
        &[
            "recording link",
            "record link",
            "recording url",
            "recording address",
            "recording",
            "recording file link",
            "录音链接",
            "录音地址",
            "录音文件",
            "录音",
        ],
    ),
    field(RecordKind::Call, "event_label", FieldKind::Pairs, EVENT_LABEL_TITLES),
    field(
        RecordKind::Call,
        "customize_results",
        FieldKind::Pairs,
        &[
            "customize results",
            "customized results",
            "custom results",
            "custom fields",
            "自定义结果",
            "自定义字段",
        ],
    ),
    field(RecordKind::Call, "ner_slots", FieldKind::Pairs, NER_SLOTS_TITLES),
    field(
        RecordKind::Call,
        "dialogue",
        FieldKind::List,
        &[
            "dialogue",
            "conversation",
            "dialog",
            "transcript",
            "talk content",
            "conversation content",
            "对话",
            "对话内容",
            "对话记录",
            "通话内容",
            "通话文本",
        ],
    ),
    element(
        RecordKind::Call,
        "dialogue",
        "role",
        FieldKind::Word,
        &["role", "speaker", "sender", "who speaks", "角色", "说话人", "说话方"],
    ),
    element(
        RecordKind::Call,
        "dialogue",
        "text",
        FieldKind::Text,
        &["text", "content", "sentence", "words", "what was said", "文本", "内容", "话术内容"],
    ),
    element(
        RecordKind::Call,
        "dialogue",
        "start_ms",
        FieldKind::Duration,
        &[
            "start",
            "start offset",
            "start time",
            "begin",
            "begin time",
            "开始",
            "开始时间",
            "起始时间",
        ],
    ),
    element(
        RecordKind::Call,
        "dialogue",
        "end_ms",
        FieldKind::Duration,
        &["end", "end offset", "end time", "finish", "结束", "结束时间"],
    ),
    field(
        RecordKind::WabaTask,
        "waba_task_id",
        FieldKind::Id,
        &[
            "waba task id",
            "whatsapp task id",
            "id of the waba task",
            "message task id",
            "WABA任务ID",
            "WhatsApp任务ID",
        ],
    ),
    field(RecordKind::WabaTask, "workflow_id", FieldKind::Id, WORKFLOW_ID_TITLES),
    field(RecordKind::WabaTask, "nodetask_id", FieldKind::Id, NODETASK_ID_TITLES),
    field(RecordKind::WabaTask, "nodetask_name", FieldKind::Text, NODETASK_NAME_TITLES),
    field(
        RecordKind::WabaTask,
        "template_name",
        FieldKind::Text,
        &[
            "template name",
            "waba template name",
            "message template name",
            "模板名称",
            "消息模板名称",
            "WABA模板名称",
        ],
    ),
    field(
        RecordKind::WabaTask,
        "template_id",
        FieldKind::Id,
        &[
            "template id",
            "waba template id",
            "message template id",
            "模板ID",
            "消息模板ID",
            "WABA模板ID",
        ],
    ),
    field(
        RecordKind::WabaTask,
        "task_status",
        FieldKind::Status,
        &["task status", "status", "state", "waba task status", "任务状态", "状态", "WABA任务状态"],
    ),
    field(RecordKind::WabaTask, "total", FieldKind::Integer, TOTAL_TITLES),
    field(
        RecordKind::WabaTask,
        "sent",
        FieldKind::Integer,
        &[
            "sent",
            "sent count",
            "number sent",
            "sent number",
            "messages sent",
            "已发送",
            "发送数",
            "发送数量",
            "已发送数",
        ],
    ),
    field(
        RecordKind::WabaTask,
        "delivered",
        FieldKind::Integer,
        &[
            "delivered",
            "delivered count",
            "number delivered",
            "送达",
            "送达数",
            "已送达",
            "送达数量",
        ],
    ),
    field(
        RecordKind::WabaTask,
        "read",
        FieldKind::Integer,
        &["read", "read count", "number read", "已读", "已读数", "阅读数", "已读数量"],
    ),
    field(
        RecordKind::WabaTask,
        "replied",
        FieldKind::Integer,
        &[
            "replied",
            "replied count",
            "number replied",
            "reply count",
            "回复",
            "回复数",
            "已回复",
            "回复数量",
        ],
    ),
    field(
        RecordKind::WabaTask,
        "failed",
        FieldKind::Integer,
        &[
            "failed",
            "failed count",
            "number failed",
            "failure count",
            "失败",
            "失败数",
            "发送失败数",
            "失败数量",
        ],
    ),
    field(RecordKind::WabaMessage, "msg_id", FieldKind::Id, MSG_ID_TITLES),
    field(
        RecordKind::WabaMessage,
        "waba_task_id",
        FieldKind::Id,
        &["waba task id", "whatsapp task id", "message task id", "WABA任务ID", "WhatsApp任务ID"],
    ),
    field(RecordKind::WabaMessage, "workflow_id", FieldKind::Id, WORKFLOW_ID_TITLES),
    field(RecordKind::WabaMessage, "wfdetail_uuid", FieldKind::Id, WFDETAIL_UUID_TITLES),
    field(RecordKind::WabaMessage, "callee", FieldKind::Text, CALLEE_TITLES),
    field(RecordKind::WabaMessage, "case_id", FieldKind::Text, CASE_ID_TITLES),
    field(
        RecordKind::WabaMessage,
        "status",
        FieldKind::Word,
        &[
            "status",
            "message status",
            "sending status",
            "delivery status",
            "状态",
            "消息状态",
            "发送状态",
        ],
    ),
    field(
        RecordKind::WabaMessage,
        "failure_code",
        FieldKind::Word,
        &["failure code", "error code", "fail code", "reason code", "失败码", "错误码", "失败代码"],
    ),
    field(
        RecordKind::WabaMessage,
        "failure_reason",
        FieldKind::Text,
        &[
            "failure reason",
            "fail reason",
            "error message",
            "reason of failure",
            "失败原因",
            "错误信息",
        ],
    ),
    field(
        RecordKind::WabaMessage,
        "sent_time",
        FieldKind::Time,
        &["sent time", "send time", "sending time", "sent at", "发送时间"],
    ),
    field(
        RecordKind::WabaMessage,
        "delivered_time",
        FieldKind::Time,
        &["delivered time", "delivery time", "delivered at", "送达时间"],
    ),
    field(
        RecordKind::WabaMessage,
        "read_time",
        FieldKind::Time,
        &["read time", "time of reading", "read at", "已读时间", "阅读时间"],
    ),
    field(
        RecordKind::Session,
        "call_id",
        FieldKind::Id,
        &[
            "session id",
            "call id",
            "conversation id",
            "id of the session",
            "会话ID",
            "会话编号",
            "对话ID",
        ],
    ),
    field(RecordKind::Session, "workflow_id", FieldKind::Id, WORKFLOW_ID_TITLES),
    field(RecordKind::Session, "workflow_name", FieldKind::Text, WORKFLOW_NAME_TITLES),
    field(RecordKind::Session, "nodetask_id", FieldKind::Id, NODETASK_ID_TITLES),
    field(RecordKind::Session, "nodetask_name", FieldKind::Text, NODETASK_NAME_TITLES),
    field(
        RecordKind::Session,
        "waba_task_id",
        FieldKind::Id,
        &["waba task id", "whatsapp task id", "WABA任务ID", "WhatsApp任务ID"],
    ),
    field(RecordKind::Session, "wfdetail_uuid", FieldKind::Id, WFDETAIL_UUID_TITLES),
    field(
        RecordKind::Session,
        "channel",
        FieldKind::Word,
        &["channel", "channel type", "message channel", "渠道", "渠道类型", "通道"],
    ),
    field(
        RecordKind::Session,
        "channel_id",
        FieldKind::Text,
        &[
            "channel id",
            "channel number",
            "business number",
            "id of the channel",
            "渠道ID",
            "渠道号码",
            "商户号码",
            "业务号码",
        ],
    ),
    field(RecordKind::Session, "callee", FieldKind::Text, CALLEE_TITLES),
    field(
        RecordKind::Session,
        "robot_id",
        FieldKind::Id,
        &["robot id", "bot id", "chatbot id", "机器人ID", "机器人编号"],
    ),
    field(
        RecordKind::Session,
        "status",
        FieldKind::Word,
        &["session status", "status", "conversation status", "state", "会话状态", "状态"],
    ),
    field(
        RecordKind::Session,
        "session_start_time",
        FieldKind::Time,
        &[
            "session start time",
            "start time",
            "conversation start time",
            "会话开始时间",
            "开始时间",
        ],
    ),
    field(
        RecordKind::Session,
        "session_end_time",
        FieldKind::Time,
        &["session end time", "end time", "conversation end time", "会话结束时间", "结束时间"],
    ),
    field(
        RecordKind::Session,
        "session_end_reason",
        FieldKind::Word,
        &[
            "session end reason",
            "end reason",
            "reason of ending",
            "close reason",
            "会话结束原因",
            "结束原因",
        ],
    ),
    field(RecordKind::Session, "intention", FieldKind::Word, INTENTION_TITLES),
    field(RecordKind::Session, "talk_round", FieldKind::Integer, TALK_ROUND_TITLES),
    field(RecordKind::Session, "ner_slots", FieldKind::Pairs, NER_SLOTS_TITLES),
    field(RecordKind::Session, "event_label", FieldKind::Pairs, EVENT_LABEL_TITLES),
    field(
        RecordKind::Session,
        "variables",
        FieldKind::Pairs,
        &["variables", "session variables", "custom variables", "变量", "会话变量", "自定义变量"],
    ),
    field(
        RecordKind::Session,
        "messages",
        FieldKind::List,
        &[
            "messages",
            "message list",
            "conversation",
            "chat record",
            "message records",
            "消息列表",
            "消息",
            "聊天记录",
            "会话消息",
        ],
    ),
    field(
        RecordKind::Session,
        "timestamp",
        FieldKind::Time,
        &[
            "timestamp",
            "push time",
            "event time",
            "time of the event",
            "时间戳",
            "推送时间",
            "事件时间",
        ],
    ),
    field(RecordKind::Message, "msg_id", FieldKind::Id, MSG_ID_TITLES),
    field(
        RecordKind::Message,
        "sender_type",
        FieldKind::Word,
        &[
            "sender type",
            "sender",
            "type of sender",
            "sender role",
            "发送者类型",
            "发送方",
            "发送者",
            "发送方类型",
        ],
    ),
    field(
        RecordKind::Message,
        "seat_id",
        FieldKind::Id,
        &["seat id", "agent id", "human agent id", "坐席ID", "座席ID", "客服ID"],
    ),
    field(
        RecordKind::Message,
        "timestamp",
        FieldKind::Time,
        &[
            "timestamp",
            "send time",
            "sending time",
            "message time",
            "time of the message",
            "时间戳",
            "发送时间",
            "消息时间",
        ],
    ),
    field(
        RecordKind::Message,
        "status",
        FieldKind::Word,
        &["message status", "status", "sending status", "消息状态", "状态", "发送状态"],
    ),
    field(
        RecordKind::Message,
        "content",
        FieldKind::Text,
        &["content", "message content", "message body", "内容", "消息内容"],
    ),
    field(
        RecordKind::Message,
        "reply",
        FieldKind::Text,
        &["reply", "quoted message", "replied message", "reply to", "引用消息", "回复消息", "引用"],
    ),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_field_stands_once_in_its_record_and_has_titles_in_both_languages() {
        let mut seen = HashSet::new();
        for field in FIELDS {
            assert!(seen.insert((field.record, field.name)), "{field:?}");
            let chinese = |title: &&str| title.chars().any(|c| c > '\u{2e80}');
            assert!(field.titles.iter().any(|title| chinese(title)), "{field:?}");
            assert!(field.titles.iter().any(|title| !chinese(title)), "{field:?}");
            let once: HashSet<_> = field.titles.iter().collect();
            assert_eq!(once.len(), field.titles.len(), "{field:?}");
        }
        for kind in RecordKind::ALL {
            assert_eq!(RecordKind::parse(kind.word()), Some(kind));
            assert!(kind.fields().count() > 1, "{kind:?}");
        }
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_near_ones() {
        assert_eq!(near(RecordKind::Call, "talk_durration")[0], "talk_duration");
        assert!(near(RecordKind::Call, "duration").contains(&"talk_duration"));
        assert_eq!(near(RecordKind::Call, "zzzzzzzzzzzz"), Vec::<&str>::new());
        assert_eq!(RecordKind::Call.field("TalkDuration").unwrap().name, "talk_duration");
    }
}
