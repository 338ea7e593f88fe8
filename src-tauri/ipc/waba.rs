//! WhatsApp template messages: one opened, and what became of a workflow's.

use serde::Serialize;
use ts_rs::TS;

use super::{
    convert,
    desk::Shared,
    dto::{Ms, RatioDto, StatusDto, WabaRow},
    errors::not_found,
    frames::UiError,
    raw,
    setup::check::masked,
};
use crate::{
    domain::{
        ids::{AccountId, MessageId, WorkflowId},
        mask::Mask,
    },
    insight::waba::{self, Failure, Funnel, Of, Stage, Stages},
    store::Kind,
};

/// An opened template message.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct WabaDetailRow {
    pub id: String,
    pub message: WabaRow,
    pub workflow_name: Option<String>,
    /// Of its batch, where that is stored.
    pub template_name: Option<String>,
    pub template_id: Option<String>,
    pub node_name: Option<String>,
    pub batch_status: Option<StatusDto>,
    /// The vendor's own JSON, pretty, with the number masked and links left out.
    pub raw: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FunnelOf {
    All,
    Template,
    Node,
}

/// What became of the template messages of a workflow, of one template, or of one node of it: by the
/// vendor's counts and by the messages stored here, which are never mixed.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct WabaFunnelRow {
    pub id: String,
    pub account: String,
    pub workflow_id: String,
    pub of: FunnelOf,
    /// Of the template or node; `null`: not reported.
    pub name: Option<String>,
    /// Batches that the vendor reported.
    pub batches: i64,
    /// When the oldest of the vendor's counts was true.
    pub as_of: Option<Ms>,
    /// `null`: no batch was reported.
    pub vendor: Option<StagesDto>,
    /// `null`: no message is stored.
    pub stored: Option<StagesDto>,
    /// Of stored messages, as written; most frequent first.
    pub failures: Vec<FailureDto>,
    /// Messages that failed for reasons beyond those.
    pub other_failures: i64,
}

/// `null`: not reported.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct StagesDto {
    pub all: Option<i64>,
    /// ÷ all.
    pub sent: StageDto,
    /// ÷ sent.
    pub delivered: StageDto,
    /// ÷ delivered.
    pub read: StageDto,
    /// ÷ delivered.
    pub replied: StageDto,
    /// ÷ all.
    pub failed: StageDto,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct StageDto {
    pub count: Option<i64>,
    pub ratio: Option<RatioDto>,
    /// Batches that do not say this; their messages are in neither side of the ratio.
    pub silent: i64,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct FailureDto {
    pub code: Option<String>,
    pub reason: Option<String>,
    pub count: i64,
}

pub async fn detail(
    desk: &Shared,
    account: &AccountId,
    id: &MessageId,
) -> Result<WabaDetailRow, UiError> {
    let reader = &desk.reader;
    let found = reader.waba_message(account, id).await?;
    let message = found.ok_or_else(|| not_found("message"))?.value;
    let batch = reader.waba_task(account, &message.task).await?.map(|stored| stored.value);
    let owner = match &message.workflow {
        Some(workflow) => reader.workflow(account, workflow).await?,
        None => None,
    };
    let json = reader.raw(account, Kind::Waba, id.as_str()).await?;
    let mask = desk.mask(account);
    let row = convert::waba(account, &message, mask);
    Ok(WabaDetailRow {
        id: row.id.clone(),
        message: row,
        workflow_name: owner.and_then(|stored| stored.workflow.name),
        template_name: batch.as_ref().and_then(|batch| batch.template_name.clone()),
        template_id: batch.as_ref().and_then(|batch| batch.template_id.clone()),
        node_name: batch.as_ref().and_then(|batch| batch.node_name.clone()),
        batch_status: batch.as_ref().and_then(|b| b.status.as_ref()).map(convert::status),
        raw: json
            .map_or_else(String::new, |json| raw::shown(&json.raw, mask, message.callee.as_ref())),
    })
}

pub async fn funnels(
    desk: &Shared,
    account: &AccountId,
    workflow: &WorkflowId,
) -> Result<Vec<WabaFunnelRow>, UiError> {
    let tasks = desk.reader.waba_tasks(account, workflow).await?;
    let tallies = desk.reader.waba_tallies(account, workflow).await?;
    let as_of = tasks.iter().map(|task| task.as_of.millis()).min();
    let mask = desk.mask(account);
    let row = |funnel: Funnel| row((account, workflow), funnel, as_of, mask);
    Ok(waba::funnels(&tasks, &tallies).into_iter().map(row).collect())
}

fn row(
    (account, workflow): (&AccountId, &WorkflowId),
    funnel: Funnel,
    as_of: Option<Ms>,
    mask: Mask,
) -> WabaFunnelRow {
    let (of, word) = match funnel.of {
        Of::All => (FunnelOf::All, "all"),
        Of::Template => (FunnelOf::Template, "template"),
        Of::Node => (FunnelOf::Node, "node"),
    };
    // A name that is not reported and an empty one are two groups.
    let name = funnel.name.as_ref().map_or_else(String::new, |name| format!("/{name}"));
    WabaFunnelRow {
        id: format!("{}/{word}{name}", convert::row_id(account, workflow.as_str())),
        account: account.to_string(),
        workflow_id: workflow.to_string(),
        of,
        name: funnel.name,
        batches: funnel.batches,
        as_of: as_of.filter(|_| funnel.vendor.is_some()),
        vendor: funnel.vendor.as_ref().map(stages),
        stored: funnel.stored.as_ref().map(stages),
        failures: funnel.failures.into_iter().map(|one| failure(one, mask)).collect(),
        other_failures: funnel.other_failures,
    }
}

fn stages(stages: &Stages) -> StagesDto {
    StagesDto {
        all: stages.all,
        sent: stage(stages.sent),
        delivered: stage(stages.delivered),
        read: stage(stages.read),
        replied: stage(stages.replied),
        failed: stage(stages.failed),
    }
}

fn stage(stage: Stage) -> StageDto {
    let Stage { count, ratio, silent } = stage;
    StageDto { count, ratio: convert::ratio(ratio), silent }
}

/// The vendor's words stand for many messages, so any number in them is masked, whosever it is.
fn failure(failure: Failure, mask: Mask) -> FailureDto {
    let Failure { code, reason, count } = failure;
    let reason = match mask {
        Mask::LastFour => reason.as_deref().map(masked),
        Mask::Pseudonym(_) => reason.as_deref().map(|text| mask.text_with(text, None)),
        Mask::Shown => reason,
    };
    FailureDto { code, reason, count }
}
