//! The fields of calling tasks, plans, rounds, robots and strategies. All but `TaskID` are ASSUMED.

use super::{
    Field,
    Type::{Id, Integer, Text, Time, Word},
    Words, field,
};

pub(super) const CALLING_TASK: &[Field] = &[
    field("TaskID", Id, ("Task ID", "任务ID"), "job uid|batch no|work ref"),
    field("TaskName", Text, ("Task name", "任务名称"), "job label|batch caption|work title"),
    field(
        "Status",
        Word(Words::Task),
        ("Task status", "任务状态"),
        "job phase|batch stage|work condition",
    ),
    field("BusinessLine", Text, ("Business line", "业务线"), "branch|trade|department"),
    field("Total", Integer, ("Total number of contacts", "号码总数"), "contact count|list size"),
    field(
        "Finished",
        Integer,
        ("Number of finished contacts", "已完成号码数"),
        "done count|handled|through count",
    ),
    field(
        "Connected",
        Integer,
        ("Number of connected calls", "接通数"),
        "answered count|picked up|spoken with",
    ),
    field("CreateTime", Time, ("Creation time", "创建时间"), "opened at|built on|made at"),
    field("StartTime", Time, ("Start time", "开始时间"), "begun at|launched on|kickoff"),
    field("EndTime", Time, ("End time", "结束时间"), "closed at|over since|halted on"),
];

pub(super) const PLAN: &[Field] = &[
    field("PlanID", Id, ("Plan ID", "计划ID"), "schedule uid|program no|agenda ref"),
    field(
        "PlanName",
        Text,
        ("Plan name", "计划名称"),
        "schedule label|program title|agenda caption",
    ),
    field(
        "PlanStatus",
        Word(Words::Task),
        ("Plan status", "计划状态"),
        "schedule phase|program stage|agenda condition",
    ),
    field("BusinessLine", Text, ("Business line", "业务线"), "branch|trade|department"),
    field("StrategyName", Text, ("Strategy name", "策略名称"), "manner|rule label|way"),
    field("Total", Integer, ("Total number of contacts", "号码总数"), "contact count|list size"),
    field(
        "Finished",
        Integer,
        ("Number of finished contacts", "已完成号码数"),
        "done count|handled|through count",
    ),
    field("CreateTime", Time, ("Creation time", "创建时间"), "opened at|built on|made at"),
    field("StartTime", Time, ("Start time", "开始时间"), "begun at|launched on|kickoff"),
    field("EndTime", Time, ("End time", "结束时间"), "closed at|over since|halted on"),
];

pub(super) const ROUND: &[Field] = &[
    field("PlanID", Id, ("Plan ID", "计划ID"), "schedule uid|program no|agenda ref"),
    field("Round", Integer, ("Round number, starting from 1", "轮次"), "pass no|lap|wave"),
    field("TaskID", Id, ("Task ID", "任务ID"), "job uid|batch no|work ref"),
    field(
        "Status",
        Word(Words::Task),
        ("Task status", "任务状态"),
        "job phase|batch stage|work condition",
    ),
    field(
        "Dialed",
        Integer,
        ("Number of dialed contacts", "拨打数"),
        "tried count|attempted|rung up",
    ),
    field(
        "Connected",
        Integer,
        ("Number of connected calls", "接通数"),
        "answered count|picked up|spoken with",
    ),
    field("StartTime", Time, ("Start time", "开始时间"), "begun at|launched on|kickoff"),
    field("EndTime", Time, ("End time", "结束时间"), "closed at|over since|halted on"),
];

pub(super) const ROBOT: &[Field] = &[
    field("RobotID", Text, ("Robot ID", "机器人ID"), "speaker no|voice key|bot ref"),
    field("RobotName", Text, ("Robot name", "机器人名称"), "speaker label|voice title|bot caption"),
];

pub(super) const STRATEGY: &[Field] = &[
    field("StrategyID", Id, ("Strategy ID", "策略ID"), "manner no|rule key|way ref"),
    field(
        "StrategyName",
        Text,
        ("Strategy name", "策略名称"),
        "manner label|rule title|way caption",
    ),
];
