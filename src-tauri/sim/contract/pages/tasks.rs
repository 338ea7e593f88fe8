//! Calling tasks and plans of the three business lines. A title may stand in every line.

use super::{Answer, Page, Text, workflow::page};
use crate::{
    sim::contract::{Field, Type, Words, field},
    vendor::transport::Method::{Get, Post},
};

const COLLECTION: Text = ("Collection/APIs Related to Calling Tasks", "催收/调用任务相关 API");
const COMMERCE: Text =
    ("Telemarketing & E-commerce/APIs Related to Calling Tasks", "电销&电商/调用任务相关 API");
const CHECK: Text = ("Info Check/APIs Related to Calling Tasks", "信息核实/调用任务相关 API");
const COLLECTION_PLAN: Text =
    ("Collection/APIs Related to Calling Plans", "催收/调用计划相关的API");
const COMMERCE_PLAN: Text =
    ("Telemarketing & E-commerce/APIs Related to Calling Plans", "电销&电商/调用计划相关的API");
const CHECK_PLAN: Text = ("Info Check/APIs Related to Calling Plans", "信息核实/调用计划相关的API");

const TASK_ID: &[Field] = &[field("TaskID", Type::Id, ("Task ID", "任务ID"), "")];
const PLAN_ID: &[Field] = &[field("PlanID", Type::Id, ("Plan ID", "计划ID"), "")];
const LINK: &[Field] = &[field("Link", Type::Link, ("Link to a zip file", "压缩包链接"), "")];
const TASK: &[Field] = &[
    field("TaskID", Type::Id, ("Task ID", "任务ID"), ""),
    field("TaskName", Type::Text, ("Task name", "任务名称"), ""),
    field("Status", Type::Word(Words::Task), ("Task status", "任务状态"), ""),
    field("StartTime", Type::Time, ("Start time", "开始时间"), ""),
];
const DETAIL: &[Field] = &[
    field("CallID", Type::Id, ("Call ID", "通话ID"), ""),
    field("Callee", Type::Phone, ("Phone number of the callee", "被叫号码"), ""),
    field("TalkResult", Type::Word(Words::Result), ("Call result", "通话结果"), ""),
    field("StartTime", Type::Time, ("Start time", "开始时间"), ""),
    field("EndTime", Type::Time, ("End time", "结束时间"), ""),
];
const ROBOT: &[Field] = &[
    field("RobotID", Type::Text, ("Robot ID", "机器人ID"), ""),
    field("RobotName", Type::Text, ("Robot name", "机器人名称"), ""),
];
const STRATEGY: &[Field] = &[
    field("StrategyID", Type::Id, ("Strategy ID", "策略ID"), ""),
    field("StrategyName", Type::Text, ("Strategy name", "策略名称"), ""),
];
const PLAN: &[Field] = &[
    field("PlanID", Type::Id, ("Plan ID", "计划ID"), ""),
    field("Status", Type::Word(Words::Task), ("Status of the plan", "计划状态"), ""),
];
const ROUND: &[Field] = &[
    field("Round", Type::Integer, ("Round, starting from 1", "轮次"), ""),
    field("TaskID", Type::Id, ("Task ID", "任务ID"), ""),
    field("Connected", Type::Integer, ("Number of connected calls", "接通数"), ""),
];
const SOUND: &[Field] = &[field("Link", Type::Link, ("Recording link", "录音链接"), "")];

const NEW: &[&str] = &["SIPLine!", "RobotMethod!", "RobotID", "TaskName!", "details!"];
const CREATE: Text = ("Create a Calling Task", "创建外呼拨打任务");
const LIST: Text = ("List the Task Created", "列出已创建的任务");
const CANCEL: Text = ("Cancel a Calling Task", "停止一个呼叫任务");
const CANCEL_CALL: Text = ("Cancel a Certain Call in a Task", "取消指定任务中的某个电话的拨打");
const DETAILS: Text = ("Obtain the Detailed Information of Tasks", "获取任务详细信息");

pub(super) const PAGES: &[Page] = &[
    page(
        "task.create",
        0,
        COLLECTION,
        CREATE,
        (Post, "/service/cloud/task"),
        ("Create a calling task.", "创建呼叫任务。"),
        NEW,
        Answer::Fields(TASK_ID),
    ),
    page(
        "task.list",
        0,
        COLLECTION,
        LIST,
        (Get, "/service/cloud/list"),
        ("List the tasks.", "查询任务。"),
        &["Number", "Page", "Type"],
        Answer::ListOf(TASK),
    ),
    page(
        "task.cancel",
        0,
        COLLECTION,
        CANCEL,
        (Post, "/service/cloud/operation"),
        ("Cancel a task.", "取消任务。"),
        &["Action!", "TaskID!"],
        Answer::Nothing,
    ),
    page(
        "task.cancel_call",
        0,
        COLLECTION,
        CANCEL_CALL,
        (Post, "/service/cloud/cancelphonecall"),
        ("Cancel one number of a task.", "取消任务中的某个号码。"),
        &["CalleeNumber!", "TaskID!"],
        Answer::Nothing,
    ),
    page(
        "task.details",
        0,
        COLLECTION,
        DETAILS,
        (Get, "/service/cloud/detail"),
        ("Obtain the calls of a task.", "获取任务的通话。"),
        &["TaskID!"],
        Answer::ListOf(DETAIL),
    ),
    page(
        "task.recording",
        0,
        COLLECTION,
        ("Obtain a Call Recording", "获取单个案件通话录音"),
        (Get, "/service/cloud/case"),
        ("Obtain the recording of one number.", "获取单个号码的录音。"),
        &["TaskID!", "Callee!"],
        Answer::Fields(SOUND),
    ),
    page(
        "task.recordings",
        0,
        COLLECTION,
        ("Obtain Task Recordings", "获取任务录音文件"),
        (Get, "/service/cloud/recording"),
        ("Obtain all recordings of a task.", "获取任务的全部录音。"),
        &["TaskID!"],
        Answer::Fields(LINK),
    ),
    page(
        "task.robots",
        0,
        COLLECTION,
        ("Fetch robot list", "获取机器人列表"),
        (Get, "/service/cloud/robot"),
        ("Obtain the robots of your company.", "获取企业的机器人。"),
        &[],
        Answer::ListOf(ROBOT),
    ),
    page(
        "task.create",
        0,
        COMMERCE,
        CREATE,
        (Post, "/service/cloud/task"),
        ("Create a calling task.", "创建呼叫任务。"),
        NEW,
        Answer::Fields(TASK_ID),
    ),
    page(
        "task.list",
        0,
        COMMERCE,
        LIST,
        (Get, "/service/cloud/list"),
        ("List the tasks.", "查询任务。"),
        &["Number", "Page", "Type"],
        Answer::ListOf(TASK),
    ),
    page(
        "task.cancel",
        0,
        COMMERCE,
        CANCEL,
        (Post, "/service/cloud/operation"),
        ("Cancel a task.", "取消任务。"),
        &["Action!", "TaskID!"],
        Answer::Nothing,
    ),
    page(
        "task.recordings",
        0,
        COMMERCE,
        ("Obtain Call Recordings", "获取任务录音文件"),
        (Get, "/service/cloud/recording"),
        ("Obtain all recordings of a task.", "获取任务的全部录音。"),
        &["TaskID!"],
        Answer::Fields(LINK),
    ),
    page(
        "task.create",
        0,
        CHECK,
        CREATE,
        (Post, "/service/cloud/task"),
        ("Create a calling task.", "创建呼叫任务。"),
        NEW,
        Answer::Fields(TASK_ID),
    ),
    page(
        "task.list",
        0,
        CHECK,
        LIST,
        (Get, "/service/cloud/list"),
        ("List the tasks.", "查询任务。"),
        &["Number", "Page", "Type"],
        Answer::ListOf(TASK),
    ),
    page(
        "task.cancel",
        0,
        CHECK,
        CANCEL,
        (Post, "/service/cloud/operation"),
        ("Cancel a task.", "取消任务。"),
        &["Action!", "TaskID!"],
        Answer::Nothing,
    ),
];

const PLAN_CANCEL: &[&str] = &["Action!", "PlanID!"];

pub(super) const PLANS: &[Page] = &[
    page(
        "plan.strategies",
        0,
        COLLECTION_PLAN,
        ("Obtain the List of Strategies", "获取策略列表"),
        (Get, "/service/cloud/strategy"),
        ("Obtain the dialing strategies.", "获取拨打策略。"),
        &[],
        Answer::ListOf(STRATEGY),
    ),
    page(
        "plan.create",
        0,
        COLLECTION_PLAN,
        ("Create a Dialing Plan with Strategy", "创建策略计划拨打任务"),
        (Post, "/service/cloud/plan"),
        ("Create a plan.", "创建计划。"),
        &["StrategyID!", "PlanName!", "details!"],
        Answer::Fields(PLAN_ID),
    ),
    page(
        "plan.status",
        0,
        COLLECTION_PLAN,
        ("Obtain the Information of Plan Status", "获取计划状态信息"),
        (Get, "/service/cloud/plan/status"),
        ("Obtain the status of a plan.", "获取计划状态。"),
        &["PlanID!"],
        Answer::Fields(PLAN),
    ),
    page(
        "plan.rounds",
        0,
        COLLECTION_PLAN,
        ("Obtain the Information of Each Round of the Plan", "获取计划内任务轮次信息"),
        (Get, "/service/cloud/plan/rounds"),
        ("Obtain the rounds of a plan.", "获取计划的轮次。"),
        &["PlanID!"],
        Answer::ListOf(ROUND),
    ),
    page(
        "plan.list",
        0,
        COLLECTION_PLAN,
        LIST,
        (Get, "/service/cloud/list"),
        ("List the plans.", "查询计划。"),
        &["Number", "Page", "Type!"],
        Answer::ListOf(PLAN),
    ),
    page(
        "plan.cancel",
        0,
        COLLECTION_PLAN,
        CANCEL,
        (Post, "/service/cloud/operation"),
        ("Cancel a plan.", "取消计划。"),
        PLAN_CANCEL,
        Answer::Nothing,
    ),
    page(
        "plan.cancel_call",
        0,
        COLLECTION_PLAN,
        ("Cancel a Certain Call in a Plan", "取消计划中的某个电话的拨打"),
        (Post, "/service/cloud/plan/cancelphonecall"),
        ("Cancel one number of a plan.", "取消计划中的某个号码。"),
        &["PlanID!", "CalleeNumber!"],
        Answer::Nothing,
    ),
    page(
        "plan.recordings_of_number",
        0,
        COLLECTION_PLAN,
        ("Obtain All Call Recordings of a Number in the Plan", "获取计划中某个号码的所有录音"),
        (Get, "/service/cloud/plan/case"),
        ("Obtain the recordings of one number.", "获取单个号码的录音。"),
        &["PlanID!", "Callee!"],
        Answer::ListOf(SOUND),
    ),
    page(
        "plan.recordings_of_number",
        0,
        COMMERCE_PLAN,
        ("Obtain All Call Records of a Number in the Plan", "获取计划中某个号码的所有通话记录"),
        (Get, "/service/cloud/plan/case"),
        ("Obtain the recordings of one number.", "获取单个号码的录音。"),
        &["PlanID!", "Callee!"],
        Answer::ListOf(SOUND),
    ),
    page(
        "plan.list",
        0,
        COMMERCE_PLAN,
        LIST,
        (Get, "/service/cloud/list"),
        ("List the plans.", "查询计划。"),
        &["Number", "Page", "Type!"],
        Answer::ListOf(PLAN),
    ),
    page(
        "plan.cancel",
        0,
        COMMERCE_PLAN,
        CANCEL,
        (Post, "/service/cloud/operation"),
        ("Cancel a plan.", "取消计划。"),
        PLAN_CANCEL,
        Answer::Nothing,
    ),
    page(
        "plan.list",
        0,
        CHECK_PLAN,
        LIST,
        (Get, "/service/cloud/list"),
        ("List the plans.", "查询计划。"),
        &["Number", "Page", "Type!"],
        Answer::ListOf(PLAN),
    ),
    page(
        "plan.cancel",
        0,
        CHECK_PLAN,
        CANCEL,
        (Post, "/service/cloud/operation"),
        ("Cancel a plan.", "取消计划。"),
        PLAN_CANCEL,
        Answer::Nothing,
    ),
];
