//! Leads Generation: pages of its own, close to the workflow's but not the same. Paths INFERRED.

use super::{
    Answer, Page, Text,
    workflow::{WORKFLOW_ID, page},
};
use crate::{
    sim::contract::Row,
    vendor::transport::Method::{Get, Post},
};

const FOLDER: Text = ("WorkFlow_LeadsGeneration", "线索挖掘");

pub(super) const PAGES: &[Page] = &[
    page(
        "leads.create",
        0,
        FOLDER,
        ("Create a New Workflow", "创建一个新的workflow"),
        (Post, "/service/cloud/leads/workflow/createinstance"),
        ("Create a workflow task.", "新建工作流任务。"),
        &["workflow_template_id!", "name!", "details!"],
        Answer::Fields(WORKFLOW_ID),
    ),
    page(
        "leads.add_lists",
        0,
        FOLDER,
        ("Add Workflow Contacts", "新增workflow联系人"),
        (Post, "/service/cloud/leads/workflow/uploaddetails"),
        ("Add contacts.", "追加名单。"),
        &["workflow_id!", "details!"],
        Answer::Nothing,
    ),
    page(
        "leads.update_list",
        0,
        FOLDER,
        ("Update the List Info of Workflow", "更新workflow任务内的名单信息"),
        (Post, "/service/cloud/leads/workflow/updatedetails"),
        ("Update contacts.", "更新名单。"),
        &["workflow_id!", "details!"],
        Answer::Nothing,
    ),
    page(
        "leads.cancel_call",
        0,
        FOLDER,
        ("Cancel a Call", "取消某个电话的拨打"),
        (Post, "/service/cloud/leads/workflow/canceldetail"),
        ("Cancel a call of one number.", "取消单个号码的呼叫。"),
        &["workflow_id!", "callee!"],
        Answer::Nothing,
    ),
    page(
        "leads.tasks",
        0,
        FOLDER,
        ("Obtain the Task List of Workflow", "获取workflow的任务列表"),
        (Get, "/service/cloud/leads/workflow/tasklist"),
        ("Obtain the tasks of a workflow.", "获取工作流的任务。"),
        &["workflow_id!", "page", "page_size"],
        Answer::List(Row::Task, &[]),
    ),
    page(
        "leads.verify_push",
        0,
        FOLDER,
        ("Verify the Custom API Data Push", "验证自定义API数据推送"),
        (Post, "/service/cloud/leads/workflow/apinoticeinfo"),
        ("Check a push.", "核验推送。"),
        &["workflow_id!", "node_id!", "callee!"],
        Answer::Nothing,
    ),
];
