//! The predictive dialer's tasks, calls and recordings (paths and names OBSERVED).

use super::{
    Key, ReadError, ReadErrorKind, Reads, cloud,
    fields::RecordKind,
    listing::{Context, Page, PageAsk},
    record::{Names, Record, name},
};
use crate::domain::{
    call::Call,
    dialer::DialerTask,
    ids::{CallId, TaskId},
};

const TASK_ID: Names = &[name("task_id")];
const NAME: Names = &[name("name"), name("task_name")];
const GROUP: Names = &[name("group_name")];
const STATE: Names = &[name("state"), name("status")];
const SOURCE: Names = &[name("source")];
const STARTED: Names = &[name("actual_start_time"), name("start_time")];
/// No recordings, the call is not finished, nobody talked (OBSERVED).
const NO_RECORDING: [i64; 3] = [10_516, 10_611, 10_612];
const LINK: Names = &[name("link"), name("reclink")];

impl Reads {
    /// Tasks that began within the window that the list demands: the last month, unless the profile says
    /// how much it may be.
    pub async fn dialer_tasks(&self, ask: PageAsk) -> Result<Page<DialerTask>, ReadError> {
        self.page((Key::PdsTasks, RecordKind::DialerTask), &[], ask, task).await
    }

    /// The calls of a task: the record that a workflow's call is INFERRED from.
    pub async fn dialer_calls(&self, task: &TaskId, ask: PageAsk) -> Result<Page<Call>, ReadError> {
        let args = [
            ("taskId", task.as_str().into()),
            ("orderBy", "calltime".into()),
            // Who the customers are is not needed here.
            ("needCustomerInfo", false.into()),
        ];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            let mut call = cloud::convert::call(row, context)?;
            call.task.get_or_insert_with(|| task.clone());
            Ok(call)
        };
        self.page((Key::PdsDetails, RecordKind::Call), &args, ask, convert).await
    }

    /// Where a call's recording is; `None` where the answer names no place or says that there is none.
    pub async fn dialer_recording(&self, call: &CallId) -> Result<Option<String>, ReadError> {
        let args = [("callid", call.as_str().into())];
        let convert = |row: &Record<'_>, _: &Context<'_>| Ok(row.text(LINK));
        match self.one((Key::PdsRecording, RecordKind::Call), &args, convert).await {
            Ok(found) => Ok(found.and_then(|link| link.value)),
            Err(ReadError { kind: ReadErrorKind::Refused { code, .. }, .. })
                if NO_RECORDING.contains(&code) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}

fn task(row: &Record<'_>, context: &Context<'_>) -> Result<DialerTask, &'static str> {
    let id = row.text(TASK_ID).ok_or("it has no taskId")?;
    let status = |written| context.profile.status(RecordKind::DialerTask, written);
    Ok(DialerTask {
        id: TaskId::new(id),
        name: row.text(NAME),
        group: row.text(GROUP),
        status: row.text(STATE).map(status),
        source: row.text(SOURCE),
        started_at: row.time(STARTED, context.zone).map(|time| time.at),
        as_of: context.received_at,
    })
}
