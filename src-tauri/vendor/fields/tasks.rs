//! Fields of calling tasks, dialing plans and what belongs to them.

use super::{
    FieldKind, OurField, RecordKind, field,
    titles::{
        END_TIME_TITLES, FINISHED_TITLES, START_TIME_TITLES, TASK_ID_TITLES, TASK_NAME_TITLES,
        TOTAL_TITLES,
    },
};

const CREATE_TIME: &[&str] =
    &["create time", "creation time", "created at", "time of creation", "创建时间", "建立时间"];
const STATUS: &[&str] =
    &["task status", "status", "state", "status of the task", "任务状态", "状态", "执行状态"];
const LINE: &[&str] =
    &["business line", "line of business", "business type", "业务线", "业务类型", "业务场景"];
const PLAN_ID: &[&str] =
    &["plan id", "dialing plan id", "id of the plan", "计划ID", "计划编号", "拨打计划ID"];
const PLAN_NAME: &[&str] = &["plan name", "name of the plan", "计划名称", "拨打计划名称"];
const PLAN_STATUS: &[&str] =
    &["plan status", "status of the plan", "status", "state", "计划状态", "状态"];
const CONNECTED: &[&str] = &[
    "connected",
    "connected number",
    "connected count",
    "number of connected calls",
    "answered count",
    "接通数",
    "已接通",
    "接通数量",
];
const STRATEGY_ID: &[&str] =
    &["strategy id", "dialing strategy id", "id of the strategy", "策略ID", "策略编号"];
const STRATEGY_NAME: &[&str] =
    &["strategy name", "name of the strategy", "strategy", "策略名称", "拨打策略"];

pub(super) const FIELDS: &[OurField] = &[
    field(RecordKind::CallingTask, "task_id", FieldKind::Id, TASK_ID_TITLES),
    field(RecordKind::CallingTask, "task_name", FieldKind::Text, TASK_NAME_TITLES),
    field(RecordKind::CallingTask, "task_status", FieldKind::Status, STATUS),
    field(RecordKind::CallingTask, "business_line", FieldKind::Text, LINE),
    field(RecordKind::CallingTask, "plan_id", FieldKind::Id, PLAN_ID),
    field(RecordKind::CallingTask, "total", FieldKind::Integer, TOTAL_TITLES),
    field(RecordKind::CallingTask, "finished", FieldKind::Integer, FINISHED_TITLES),
    field(RecordKind::CallingTask, "connected", FieldKind::Integer, CONNECTED),
    field(RecordKind::CallingTask, "create_time", FieldKind::Time, CREATE_TIME),
    field(RecordKind::CallingTask, "start_time", FieldKind::Time, START_TIME_TITLES),
    field(RecordKind::CallingTask, "end_time", FieldKind::Time, END_TIME_TITLES),
    field(RecordKind::Plan, "plan_id", FieldKind::Id, PLAN_ID),
    field(RecordKind::Plan, "plan_name", FieldKind::Text, PLAN_NAME),
    field(RecordKind::Plan, "plan_status", FieldKind::Status, PLAN_STATUS),
    field(RecordKind::Plan, "business_line", FieldKind::Text, LINE),
    field(RecordKind::Plan, "strategy_name", FieldKind::Text, STRATEGY_NAME),
    field(RecordKind::Plan, "total", FieldKind::Integer, TOTAL_TITLES),
    field(RecordKind::Plan, "finished", FieldKind::Integer, FINISHED_TITLES),
    field(RecordKind::Plan, "create_time", FieldKind::Time, CREATE_TIME),
    field(RecordKind::Plan, "start_time", FieldKind::Time, START_TIME_TITLES),
    field(RecordKind::Plan, "end_time", FieldKind::Time, END_TIME_TITLES),
    field(RecordKind::Round, "plan_id", FieldKind::Id, PLAN_ID),
    field(
        RecordKind::Round,
        "round",
        FieldKind::Integer,
        &[
            "round",
            "round number",
            "number of the round",
            "which round",
            "轮次",
            "第几轮",
            "拨打轮次",
        ],
    ),
    field(RecordKind::Round, "task_id", FieldKind::Id, TASK_ID_TITLES),
    field(RecordKind::Round, "task_status", FieldKind::Status, STATUS),
    field(
        RecordKind::Round,
        "dialled",
        FieldKind::Integer,
        &[
            "dialled",
            "dialed",
            "number of dialed contacts",
            "dialed count",
            "called count",
            "拨打数",
            "已拨打数",
            "拨打数量",
        ],
    ),
    field(
        RecordKind::Round,
        "reached",
        FieldKind::Integer,
        &[
            "reached",
            "number of reached contacts",
            "connected",
            "number of connected calls",
            "connected count",
            "接通数",
            "触达数",
            "接通数量",
        ],
    ),
    field(RecordKind::Round, "start_time", FieldKind::Time, START_TIME_TITLES),
    field(RecordKind::Round, "end_time", FieldKind::Time, END_TIME_TITLES),
    field(
        RecordKind::Robot,
        "robot_id",
        FieldKind::Id,
        &["robot id", "id of the robot", "机器人ID", "机器人编号"],
    ),
    field(
        RecordKind::Robot,
        "robot_name",
        FieldKind::Text,
        &["robot name", "name of the robot", "机器人名称", "话术名称"],
    ),
    field(RecordKind::Strategy, "strategy_id", FieldKind::Id, STRATEGY_ID),
    field(RecordKind::Strategy, "strategy_name", FieldKind::Text, STRATEGY_NAME),
];
