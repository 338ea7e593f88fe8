//! Titles of fields that several records have.

pub(super) const WORKFLOW_TEMPLATE_ID_TITLES: &[&str] = &[
    "workflow template id",
    "template id",
    "id of the template",
    "工作流模板ID",
    "模板ID",
    "模板编号",
];
pub(super) const WORKFLOW_TEMPLATE_NAME_TITLES: &[&str] = &[
    "workflow template name",
    "template name",
    "name of the template",
    "工作流模板名称",
    "模板名称",
];
pub(super) const WORKFLOW_ID_TITLES: &[&str] = &[
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
pub(super) const WORKFLOW_NAME_TITLES: &[&str] = &[
    "workflow name",
    "workflow task name",
    "name of the workflow",
    "task name",
    "工作流名称",
    "工作流任务名称",
    "工作流名",
];
pub(super) const START_TIME_TITLES: &[&str] = &[
    "start time",
    "started at",
    "actual start time",
    "begin time",
    "time of start",
    "开始时间",
    "启动时间",
    "实际开始时间",
];
pub(super) const END_TIME_TITLES: &[&str] = &[
    "end time",
    "ended at",
    "finish time",
    "completion time",
    "time of end",
    "结束时间",
    "完成时间",
    "终止时间",
];
pub(super) const TOTAL_TITLES: &[&str] = &[
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
pub(super) const FINISHED_TITLES: &[&str] = &[
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
pub(super) const NODETASK_ID_TITLES: &[&str] = &[
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
pub(super) const NODETASK_NAME_TITLES: &[&str] = &[
    "node task name",
    "node name",
    "subtask name",
    "name of the node",
    "节点任务名称",
    "节点名称",
    "子任务名称",
];
pub(super) const TASK_ID_TITLES: &[&str] = &[
    "task id",
    "outbound task id",
    "calling task id",
    "id of the task",
    "任务ID",
    "外呼任务ID",
    "任务编号",
];
pub(super) const TASK_NAME_TITLES: &[&str] =
    &["task name", "outbound task name", "name of the task", "任务名称", "外呼任务名称"];
pub(super) const CALLEE_TITLES: &[&str] = &[
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
pub(super) const CASE_ID_TITLES: &[&str] =
    &["case id", "case number", "customer case id", "案件ID", "案件编号", "案件号", "业务编号"];
pub(super) const TALK_ROUND_TITLES: &[&str] = &[
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
pub(super) const INTENTION_TITLES: &[&str] = &[
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
pub(super) const EVENT_LABEL_TITLES: &[&str] = &[
    "event label",
    "event labels",
    "labels",
    "tags",
    "event tag",
    "call tags",
    "事件标签",
    "标签",
];
pub(super) const NER_SLOTS_TITLES: &[&str] = &[
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
pub(super) const MSG_ID_TITLES: &[&str] =
    &["message id", "msg id", "id of the message", "消息ID", "消息编号"];
pub(super) const WFDETAIL_UUID_TITLES: &[&str] = &[
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
