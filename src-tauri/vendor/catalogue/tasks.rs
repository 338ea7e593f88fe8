//! Calling tasks and calling plans of the Cloud family. The documentation repeats their pages for each
//! of three lines (Collection, Telemarketing & E-commerce, Info Check).

use super::{CLOUD_READ, CLOUD_WRITE, Endpoint, Key, Method, Paging};
use crate::domain::evidence::Evidence;

/// As the vendor's index spells the folders, and words for them.
const TASKS: &[&str] =
    &["APIs Related to Calling Tasks", "调用任务相关 API", "Calling Task", "调用任务"];
const PLANS: &[&str] =
    &["APIs Related to Calling Plans", "调用计划相关的API", "Calling Plan", "调用计划"];
/// Pages that stand under tasks and under plans.
const EITHER: &[&str] = &[
    "APIs Related to Calling Tasks",
    "调用任务相关 API",
    "APIs Related to Calling Plans",
    "调用计划相关的API",
    "Calling Task",
    "Calling Plan",
];

const TASK_READ: Endpoint = Endpoint {
    group: TASKS,
    paging: Paging::None,
    list: "/data",
    total: "",
    evidence: Evidence::Observed,
    ..CLOUD_READ
};
const TASK_WRITE: Endpoint = Endpoint { group: TASKS, evidence: Evidence::Observed, ..CLOUD_WRITE };
const PLAN_READ: Endpoint =
    Endpoint { group: PLANS, paging: Paging::None, list: "/data", total: "", ..CLOUD_READ };
const PLAN_WRITE: Endpoint = Endpoint { group: PLANS, ..CLOUD_WRITE };

/// The list of tasks and that of plans are one path told apart by `Type`.
const LIST_SPELLINGS: &[(&str, &str)] =
    &[("page", "Page"), ("page_size", "Number"), ("type", "Type")];

pub(super) const ROWS: &[Endpoint] = &[
    Endpoint {
        key: Key::TaskCreate,
        name: "task.create",
        title: "Create a Calling Task",
        path: "/service/cloud/task",
        // The rest of the body is mostly unknown.
        params: &["SIPLine", "RobotMethod"],
        titles: &["创建外呼拨打任务"],
        ..TASK_WRITE
    },
    Endpoint {
        key: Key::TaskList,
        name: "task.list",
        title: "List the Task Created",
        path: "/service/cloud/list",
        params: &["page", "page_size", "type"],
        spellings: LIST_SPELLINGS,
        paging: Paging::Page,
        list: "/data/list",
        total: "/data/total",
        titles: &["列出已创建的任务"],
        client: "asked",
        simulator: "answers",
        screen: "Tasks and plans",
        ..TASK_READ
    },
    Endpoint {
        key: Key::TaskCancel,
        name: "task.cancel",
        title: "Cancel a Calling Task",
        path: "/service/cloud/operation",
        params: &["Action", "TaskID"],
        titles: &["停止一个呼叫任务"],
        client: "sent once its path is confirmed",
        simulator: "answers",
        screen: "Tasks and plans, Call: Cancel the task",
        ..TASK_WRITE
    },
    Endpoint {
        key: Key::TaskCancelCall,
        name: "task.cancel_call",
        title: "Cancel a Certain Call in a Task",
        path: "/service/cloud/cancelphonecall",
        params: &["TaskID", "CalleeNumber"],
        titles: &["Cancel a Certain Call in a Specific Task", "取消指定任务中的某个电话的拨打"],
        client: "sent once its path is confirmed",
        simulator: "answers",
        screen: "Call: Cancel the rest",
        ..TASK_WRITE
    },
    Endpoint {
        key: Key::TaskDetails,
        name: "task.details",
        title: "Obtain the Detailed Information of Tasks",
        path: "/service/cloud/detail",
        params: &["TaskID"],
        evidence: Evidence::Documented,
        titles: &["获取任务详细信息"],
        group: EITHER,
        client: "asked",
        simulator: "answers",
        screen: "Tasks and plans: Calls, Person",
        ..TASK_READ
    },
    Endpoint {
        // Its answer may be audio, a redirect, or JSON with a link.
        key: Key::TaskRecording,
        name: "task.recording",
        title: "Obtain a Call Recording",
        path: "/service/cloud/case",
        params: &["TaskID", "Callee"],
        titles: &["获取单个案件通话录音"],
        group: EITHER,
        client: "asked",
        simulator: "answers",
        screen: "Call",
        ..TASK_READ
    },
    Endpoint {
        key: Key::TaskRecordings,
        name: "task.recordings",
        title: "Obtain Task Recordings",
        path: "/service/cloud/recording",
        params: &["TaskID"],
        titles: &["Obtain Call Recordings", "获取任务录音文件"],
        group: EITHER,
        client: "asked",
        simulator: "answers",
        screen: "Call",
        ..TASK_READ
    },
    Endpoint {
        key: Key::TaskRobots,
        name: "task.robots",
        title: "Fetch robot list",
        path: "/service/cloud/robot",
        titles: &["获取机器人列表"],
        client: "asked",
        simulator: "answers",
        screen: "Settings: Check the connection",
        ..TASK_READ
    },
    Endpoint {
        key: Key::TaskCallById,
        name: "task.call_by_id",
        title: "Obtain Call Information and Recording Link by Call ID",
        path: "/service/cloud/callinfobyid",
        params: &["callid"],
        evidence: Evidence::Assumed,
        titles: &["根据callid获取电话信息和录音链接"],
        guessed_titles: &["Obtian Call Information and Recording Link by Call ID"],
        client: "asked",
        simulator: "answers",
        screen: "Call",
        ..TASK_READ
    },
    Endpoint {
        key: Key::PlanStrategies,
        name: "plan.strategies",
        title: "Obtain the List of Strategies",
        path: "/service/cloud/strategy",
        titles: &["获取策略列表"],
        client: "asked",
        simulator: "answers",
        screen: "Settings: Check the connection",
        ..PLAN_READ
    },
    Endpoint {
        key: Key::PlanCreate,
        name: "plan.create",
        title: "Create a Dialing Plan with Strategy",
        path: "/service/cloud/plan",
        titles: &["创建策略计划拨打任务"],
        ..PLAN_WRITE
    },
    Endpoint {
        key: Key::PlanStatus,
        name: "plan.status",
        title: "Obtain the Information of Plan Status",
        path: "/service/cloud/plan/status",
        params: &["PlanID"],
        titles: &["获取计划状态信息"],
        client: "asked",
        simulator: "answers",
        screen: "Settings: Check the connection",
        ..PLAN_READ
    },
    Endpoint {
        key: Key::PlanRounds,
        name: "plan.rounds",
        title: "Obtain the Information of Each Round of the Plan",
        path: "/service/cloud/plan/rounds",
        params: &["PlanID"],
        titles: &["获取计划内任务轮次信息"],
        client: "asked",
        simulator: "answers",
        screen: "Tasks and plans: Rounds",
        ..PLAN_READ
    },
    Endpoint {
        key: Key::PlanList,
        name: "plan.list",
        title: "List the Task Created",
        path: "/service/cloud/list",
        params: &["page", "page_size", "type"],
        spellings: LIST_SPELLINGS,
        paging: Paging::Page,
        list: "/data/list",
        total: "/data/total",
        titles: &["列出已创建的任务"],
        client: "asked",
        simulator: "answers",
        screen: "Tasks and plans",
        ..PLAN_READ
    },
    Endpoint {
        key: Key::PlanCancel,
        name: "plan.cancel",
        title: "Cancel a Calling Task",
        path: "/service/cloud/operation",
        params: &["Action", "PlanID"],
        titles: &["停止一个呼叫任务"],
        client: "sent once its path is confirmed",
        simulator: "answers",
        screen: "Tasks and plans, Call: Cancel the plan",
        ..PLAN_WRITE
    },
    Endpoint {
        key: Key::PlanCancelCall,
        name: "plan.cancel_call",
        title: "Cancel a Certain Call in a Plan",
        path: "/service/cloud/plan/cancelphonecall",
        params: &["PlanID", "CalleeNumber"],
        titles: &["取消计划中的某个电话的拨打"],
        client: "sent once its path is confirmed",
        simulator: "answers",
        screen: "Call: Cancel the rest",
        ..PLAN_WRITE
    },
    Endpoint {
        key: Key::PlanRecordingsOfNumber,
        name: "plan.recordings_of_number",
        title: "Obtain All Call Recordings of a Number in the Plan",
        method: Method::Get,
        path: "/service/cloud/plan/case",
        params: &["PlanID", "Callee"],
        titles: &[
            "Obtain All Call Records of a Number in the Plan",
            "获取计划内某个电话所有的通话录音",
        ],
        guessed_titles: &["获取计划中某个号码的所有录音", "获取计划中某个号码的所有通话记录"],
        client: "asked",
        simulator: "answers",
        screen: "Settings: Check the connection",
        ..PLAN_READ
    },
];
