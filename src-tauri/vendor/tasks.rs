//! Calling tasks and dialing plans: what is dialled outside workflows.

use std::borrow::Cow;

use super::{
    Key, ReadError, Reads,
    auth::{Need, Token},
    cloud,
    download::{Download, followed, linked},
    envelope::unreadable,
    error::ReadErrorKind,
    exchange::Answered,
    fields::RecordKind,
    listing::{Context, Page, PageAsk},
    record::{Record, scalar},
};
use crate::domain::{
    call::Call,
    ids::{CallId, Callee, PlanId, TaskId},
    task::{CallingTask, Plan, Robot, Round, Strategy},
    workflow::Seen,
};

const ALL: PageAsk = PageAsk { page: 1, page_size: 100, known: None };

impl Reads {
    /// The calling tasks of every line (`Type=normal`, OBSERVED).
    pub async fn calling_tasks(&self, ask: PageAsk) -> Result<Page<CallingTask>, ReadError> {
        let list = (Key::TaskList, RecordKind::CallingTask);
        self.page(list, &[("type", "normal".into())], ask, cloud::tasks::calling_task).await
    }

    /// The calls of a calling task, in one answer. A row that does not name its task gets this one.
    pub async fn calls_of_task(&self, t: &TaskId, ask: PageAsk) -> Result<Page<Call>, ReadError> {
        let args = [("TaskID", t.as_str().into())];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            let mut call = cloud::convert::call(row, context)?;
            call.task.get_or_insert_with(|| t.clone());
            Ok(call)
        };
        self.page((Key::TaskDetails, RecordKind::Call), &args, ask, convert).await
    }

    /// One call of a calling task by its id.
    pub async fn call_of_task(&self, id: &CallId) -> Result<Option<Seen<Call>>, ReadError> {
        self.call_at(Key::TaskCallById, id).await
    }

    /// The voice robots of the account.
    pub async fn robots(&self) -> Result<Page<Robot>, ReadError> {
        let convert = |row: &Record<'_>, _: &Context<'_>| cloud::tasks::robot(row);
        self.page((Key::TaskRobots, RecordKind::Robot), &[], ALL, convert).await
    }

    /// The link of a file with all the recordings of a task; `None` where there are none. That it is a
    /// link is INFERRED.
    pub async fn recordings_of_task(&self, t: &TaskId) -> Result<Option<String>, ReadError> {
        let key = Key::TaskRecordings;
        let args = [("TaskID", t.as_str().into())];
        let take = |answered: &Answered<'_>| link(&answered.envelope, self.list_of(key));
        self.client.read(key, &args, take).await.map_err(|kind| kind.of(key))
    }

    /// The recording of a number in a task. The answer is audio, a redirect, or JSON with a link: all
    /// three are taken. `None` where there is none.
    pub async fn recording_of_number(
        &self,
        t: &TaskId,
        callee: &Callee,
    ) -> Result<Option<Download>, ReadError> {
        self.sound(t, callee).await.map_err(|kind| kind.of(Key::TaskRecording))
    }

    async fn sound(&self, t: &TaskId, callee: &Callee) -> Result<Option<Download>, ReadErrorKind> {
        let key = Key::TaskRecording;
        let client = &self.client;
        client.may(key)?;
        let contract = client.profile.contract(key);
        let args = [("TaskID", t.as_str().into()), ("Callee", callee.full().into())];
        let mut refused: Option<Token> = None;
        loop {
            client.budget.read_turn(|| client.now()).await?;
            let need = refused.as_ref().map_or(Need::Usable, Need::After);
            let token = client.token(contract.family, need).await?;
            let request = client.request(&contract, &args, token.as_ref())?;
            let asked = request.url.clone();
            let response = client.send(request, client.limits.recording).await?;
            if let (300..=399, Some(location)) = (response.status, response.header("location")) {
                return followed(client, &asked, location).await.map(Some);
            }
            let is_json = response.body.trim_ascii_start().first() == Some(&b'{');
            if (200..=299).contains(&response.status) && !is_json && !response.body.is_empty() {
                let content_type = response.header("content-type").map(str::to_owned);
                return Ok(Some(Download { bytes: response.body, content_type }));
            }
            match client.judged(key, &contract, &response) {
                Ok(envelope) => {
                    let Some(link) = link(&envelope, contract.list)? else { return Ok(None) };
                    return linked(client, &link).await.map(Some);
                }
                // As of any read, a refused token is renewed once.
                Err(ReadErrorKind::SignIn { .. }) if refused.is_none() && token.is_some() => {
                    refused = token;
                }
                Err(kind) => return Err(kind),
            }
        }
    }

    /// The ways in which plans dial.
    pub async fn strategies(&self) -> Result<Page<Strategy>, ReadError> {
        let convert = |row: &Record<'_>, _: &Context<'_>| cloud::tasks::strategy(row);
        self.page((Key::PlanStrategies, RecordKind::Strategy), &[], ALL, convert).await
    }

    /// The dialing plans of every line (`Type=plan`, ASSUMED).
    pub async fn plans(&self, ask: PageAsk) -> Result<Page<Plan>, ReadError> {
        let convert =
            |row: &Record<'_>, context: &Context<'_>| cloud::tasks::plan(row, context, None);
        let list = (Key::PlanList, RecordKind::Plan);
        self.page(list, &[("type", "plan".into())], ask, convert).await
    }

    /// One plan as it stands; `None` when the vendor has no such plan.
    pub async fn plan(&self, p: &PlanId) -> Result<Option<Seen<Plan>>, ReadError> {
        let args = [("PlanID", p.as_str().into())];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            let plan = cloud::tasks::plan(row, context, Some(p))?;
            Ok(Plan { id: p.clone(), ..plan })
        };
        self.one((Key::PlanStatus, RecordKind::Plan), &args, convert).await
    }

    pub async fn rounds(&self, p: &PlanId, ask: PageAsk) -> Result<Page<Round>, ReadError> {
        let args = [("PlanID", p.as_str().into())];
        let convert =
            |row: &Record<'_>, context: &Context<'_>| cloud::tasks::round(row, context, p);
        self.page((Key::PlanRounds, RecordKind::Round), &args, ask, convert).await
    }

    /// The calls of a number in a plan that have a recording.
    pub async fn recordings_of_plan(
        &self,
        p: &PlanId,
        callee: &Callee,
    ) -> Result<Page<Call>, ReadError> {
        let args = [("PlanID", p.as_str().into()), ("Callee", callee.full().into())];
        let list = (Key::PlanRecordingsOfNumber, RecordKind::Call);
        self.page(list, &args, ALL, cloud::convert::call).await
    }

    fn list_of(&self, key: Key) -> &str {
        self.client.profile.contract(key).list
    }
}

/// The link that an answer holds: as its data, or under one of a link's names in it.
fn link(envelope: &Record<'_>, list: &str) -> Result<Option<String>, ReadErrorKind> {
    let found = envelope.at(list).ok_or_else(|| unreadable(list))?;
    let text = match found.get() {
        "null" | "{}" | "[]" => return Ok(None),
        object if object.starts_with('{') => {
            let row = Record::parse(object).map_err(|_| unreadable(list))?;
            return match row.has(cloud::wire::LINK) {
                true => Ok(row.text(cloud::wire::LINK)),
                false => Err(unreadable("it holds no link")),
            };
        }
        _ => scalar(found).map(Cow::into_owned),
    };
    Ok(text.filter(|text| !text.trim().is_empty()))
}
