//! The predictive dialer for human agents. Every path was OBSERVED in the code of third parties; the
//! titles of its pages are not known.

use super::{CLOUD_READ, CLOUD_WRITE, Endpoint, Family, Key, Method, Paging};
use crate::domain::evidence::Evidence;

const GROUP: &[&str] = &["Predictive Dialer", "PDS", "预测式外呼"];

const READ: Endpoint = Endpoint {
    family: Family::Pds,
    group: GROUP,
    method: Method::Post,
    paging: Paging::None,
    list: "/body",
    total: "",
    evidence: Evidence::Observed,
    client: "asked",
    simulator: "answers",
    screen: "Settings: Check the connection",
    ..CLOUD_READ
};

const OFFSET: &[(&str, &str)] = &[("page", "offset"), ("page_size", "limit")];

pub(super) const ROWS: &[Endpoint] = &[
    Endpoint {
        key: Key::PdsAuth,
        name: "pds.auth",
        title: "Sign in to the predictive dialer",
        path: "/service/callcenter/call/predict/auth",
        params: &["APPKey", "APPSecret"],
        guessed_titles: &[
            "Obtain the Token of the Predictive Dialer",
            "获取预测式外呼Token",
            "Sign in to the predictive dialer",
        ],
        screen: "Settings: Accounts",
        ..READ
    },
    Endpoint {
        key: Key::PdsTasks,
        name: "pds.tasks",
        title: "List the tasks of the predictive dialer",
        path: "/service/callcenter/call/predict/querytasklist",
        params: &["minstarttime", "maxstarttime", "page", "page_size", "taskName", "state"],
        spellings: OFFSET,
        paging: Paging::Offset,
        list: "/body/list",
        total: "/body/total",
        guessed_titles: &[
            "Query the Task List",
            "查询任务列表",
            "List the tasks of the predictive dialer",
            "Query task list",
        ],
        ..READ
    },
    Endpoint {
        key: Key::PdsDetails,
        name: "pds.details",
        title: "List the calls of a predictive dialer task",
        path: "/service/callcenter/call/predict/querytaskdetail",
        params: &["taskId", "page", "page_size", "orderBy", "needCustomerInfo"],
        spellings: OFFSET,
        paging: Paging::Offset,
        list: "/body/list",
        total: "/body/total",
        guessed_titles: &[
            "Query the Task Details",
            "查询任务详情",
            "List the calls of a predictive dialer task",
            "Query task detail",
        ],
        ..READ
    },
    Endpoint {
        // Its answer names the numbers that were really cancelled.
        key: Key::PdsCancel,
        name: "pds.cancel",
        family: Family::Pds,
        title: "Cancel contacts of a predictive dialer task",
        path: "/service/callcenter/call/predict/canceltaskcontacts",
        params: &["TaskID", "contactList"],
        evidence: Evidence::Observed,
        group: GROUP,
        guessed_titles: &[
            "Cancel Contacts of a Task",
            "取消任务号码",
            "Cancel contacts of a predictive dialer task",
        ],
        list: "/body",
        client: "sent once its path is confirmed",
        simulator: "answers",
        screen: "Call: Cancel the contact; its tasks have no screen",
        ..CLOUD_WRITE
    },
    Endpoint {
        key: Key::PdsRecording,
        name: "pds.recording",
        title: "The link of a predictive dialer call's recording",
        path: "/service/callcenter/call/predict/case/recording",
        params: &["callid"],
        guessed_titles: &[
            "Obtain the Recording of a Call",
            "获取通话录音",
            "The link of a predictive dialer call's recording",
        ],
        ..READ
    },
];
