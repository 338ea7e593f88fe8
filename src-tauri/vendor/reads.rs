//! Everything that asks and changes nothing.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use serde_json::Value;

use super::{
    auth::Need,
    catalogue::{Family, Key},
    chatbot, cloud,
    cursors::{Cursors, OutOfOrder, Which},
    download::{Download, download},
    error::{ReadError, ReadErrorKind},
    exchange::{Answered, Args, Client},
    fields::RecordKind,
    gate::NotAsked,
    listing::{self, Context, Page, PageAsk},
    profile::{Contract, Profile, TimeForm, Window},
    profile_file::window_params,
    record::Record,
};
use crate::domain::{
    call::Call,
    chat::{Message, Session},
    evidence::Evidence,
    ids::{CallId, MessageId, SessionId, TaskId, WabaTaskId, WorkflowId},
    time::{Timestamp, Zone},
    waba::{WabaMessage, WabaTask},
    workflow::{Node, OutboundTask, Seen, Template, Workflow},
};

/// Asks the vendor. Clones share budget, token and parked endpoints.
#[derive(Clone)]
pub struct Reads {
    pub(super) client: Arc<Client>,
    /// Page sizes that the vendor has shown to be its largest.
    largest: Arc<Mutex<HashMap<Key, u32>>>,
    cursors: Arc<Mutex<Cursors>>,
}

impl Reads {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { client, largest: Arc::default(), cursors: Arc::default() }
    }

    /// Asks for a token even where one is cached: the check that key and secret are right.
    pub async fn sign_in(&self) -> Result<(), ReadError> {
        self.sign_in_to(Family::Cloud, Key::CloudAuth).await
    }

    /// The same at the predictive dialer, which has a sign-in of its own.
    pub async fn sign_in_pds(&self) -> Result<(), ReadError> {
        self.sign_in_to(Family::Pds, Key::PdsAuth).await
    }

    async fn sign_in_to(&self, family: Family, key: Key) -> Result<(), ReadError> {
        let signed_in = async {
            self.client.budget.read_turn(|| self.client.now()).await?;
            self.client.token(family, Need::Fresh).await
        };
        signed_in.await.map(|_| ()).map_err(|kind| kind.of(key))
    }

    /// Whether the endpoint may be asked, and how its path is known.
    pub fn may(&self, key: Key) -> Result<Evidence, NotAsked> {
        self.client.may(key)
    }

    /// Rows to ask for at once.
    pub fn page_size(&self, key: Key) -> u32 {
        let profiled = self.client.profile.page_size(key);
        self.largest_page(key).map_or(profiled, |largest| profiled.min(largest))
    }

    pub fn requests_last_minute(&self, now: Timestamp) -> u32 {
        self.client.budget.last_minute(now)
    }

    pub fn requests_total(&self) -> u64 {
        self.client.budget.total()
    }

    pub fn budget_per_s(&self) -> f64 {
        self.client.budget.per_s()
    }

    /// The contract as this account has it.
    pub fn profile(&self) -> &Profile {
        &self.client.profile
    }

    /// The zone in which times without an offset are read.
    pub fn zone(&self) -> Zone {
        self.client.profile.zone()
    }

    pub async fn templates(&self, ask: PageAsk) -> Result<Page<Template>, ReadError> {
        self.templates_at(Key::WorkflowTemplates, ask).await
    }

    pub(super) async fn templates_at(
        &self,
        key: Key,
        ask: PageAsk,
    ) -> Result<Page<Template>, ReadError> {
        let convert = |row: &Record<'_>, _: &Context<'_>| cloud::convert::template(row);
        self.page((key, RecordKind::Template), &[], ask, convert).await
    }

    /// Everything the API lists: no time filter.
    pub async fn workflows(&self, ask: PageAsk) -> Result<Page<Workflow>, ReadError> {
        self.workflows_at(Key::WorkflowList, ask).await
    }

    pub(super) async fn workflows_at(
        &self,
        key: Key,
        ask: PageAsk,
    ) -> Result<Page<Workflow>, ReadError> {
        self.page((key, RecordKind::Workflow), &[], ask, cloud::convert::workflow).await
    }

    pub async fn nodes(&self, w: &WorkflowId, ask: PageAsk) -> Result<Page<Node>, ReadError> {
        let args = [("workflow_id", w.as_str().into())];
        let convert =
            |row: &Record<'_>, context: &Context<'_>| cloud::convert::node(row, context, w);
        self.page((Key::WorkflowSubtasks, RecordKind::Node), &args, ask, convert).await
    }

    pub async fn outbound_tasks(
        &self,
        w: &WorkflowId,
        ask: PageAsk,
    ) -> Result<Page<OutboundTask>, ReadError> {
        self.tasks_at(Key::WorkflowOutboundTasks, w, ask).await
    }

    pub(super) async fn tasks_at(
        &self,
        key: Key,
        w: &WorkflowId,
        ask: PageAsk,
    ) -> Result<Page<OutboundTask>, ReadError> {
        let args = [("workflow_id", w.as_str().into())];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            cloud::convert::outbound_task(row, context, w)
        };
        self.page((key, RecordKind::Task), &args, ask, convert).await
    }

    /// The calls of an outbound task. A row that does not name its workflow or task gets these.
    pub async fn calls(
        &self,
        w: &WorkflowId,
        t: &TaskId,
        ask: PageAsk,
    ) -> Result<Page<Call>, ReadError> {
        self.calls_at(Key::WorkflowOutboundDetails, w, t, ask).await
    }

    pub(super) async fn calls_at(
        &self,
        key: Key,
        w: &WorkflowId,
        t: &TaskId,
        ask: PageAsk,
    ) -> Result<Page<Call>, ReadError> {
        let args = [("task_id", t.as_str().into())];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            let mut call = cloud::convert::call(row, context)?;
            call.workflow.get_or_insert_with(|| w.clone());
            call.task.get_or_insert_with(|| t.clone());
            Ok(call)
        };
        self.page((key, RecordKind::Call), &args, ask, convert).await
    }

    /// One call by its id; `None` when the vendor has no such call.
    pub async fn call(&self, id: &CallId) -> Result<Option<Seen<Call>>, ReadError> {
        self.call_at(Key::WorkflowCallById, id).await
    }

    /// One call by its id, asked of one of the endpoints that know calls.
    pub(super) async fn call_at(
        &self,
        key: Key,
        id: &CallId,
    ) -> Result<Option<Seen<Call>>, ReadError> {
        let args = [("callid", id.as_str().into())];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            // An answer about one call need not repeat the id that was asked for.
            let read = cloud::convert::call(row, context)
                .or_else(|why| cloud::convert::call_with_id(row, context, id.clone()).ok_or(why));
            read.map(|call| Call { id: id.clone(), ..call })
        };
        self.one((key, RecordKind::Call), &args, convert).await
    }

    /// The one record that an endpoint answers with; `None` when the vendor has none.
    pub(super) async fn one<T>(
        &self,
        (key, kind): (Key, RecordKind),
        args: &Args<'_>,
        convert: impl Fn(&Record<'_>, &Context<'_>) -> Result<T, &'static str>,
    ) -> Result<Option<Seen<T>>, ReadError> {
        let profile = &self.client.profile;
        let contract = profile.contract(key);
        let take =
            |answered: &Answered<'_>| listing::one(answered, &contract, profile, kind, convert);
        self.client.read(key, args, take).await.map_err(|kind| kind.of(key))
    }

    pub async fn waba_tasks(
        &self,
        w: &WorkflowId,
        ask: PageAsk,
    ) -> Result<Page<WabaTask>, ReadError> {
        let args = [("workflow_id", w.as_str().into())];
        let convert =
            |row: &Record<'_>, context: &Context<'_>| cloud::convert::waba_task(row, context, w);
        self.page((Key::WorkflowWabaTasks, RecordKind::WabaTask), &args, ask, convert).await
    }

    pub async fn waba_messages(
        &self,
        w: &WorkflowId,
        t: &WabaTaskId,
        ask: PageAsk,
    ) -> Result<Page<WabaMessage>, ReadError> {
        let args = [("waba_task_id", t.as_str().into())];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            let mut message = cloud::convert::waba_message(row, context, t)?;
            message.workflow.get_or_insert_with(|| w.clone());
            Ok(message)
        };
        let list = (Key::WorkflowWabaDetails, RecordKind::WabaMessage);
        self.page(list, &args, ask, convert).await
    }

    /// Every chatbot session that the API lists. The list wants a time window (ASSUMED): everything,
    /// with a day to spare for clocks, unless the profile says how much it may be.
    pub async fn sessions(&self, ask: PageAsk) -> Result<Page<Session>, ReadError> {
        let convert =
            |row: &Record<'_>, context: &Context<'_>| chatbot::convert::session(row, context);
        self.page((Key::ChatSessions, RecordKind::Session), &[], ask, convert).await
    }

    /// Messages of a session, newest first as answered: those before `before`, or the newest. A
    /// message's position is negated from the newest of this answer (0, -1, …): an answer does not say
    /// where in the session it begins.
    pub async fn messages(
        &self,
        s: &SessionId,
        before: Option<&MessageId>,
        size: u32,
    ) -> Result<Page<Message>, ReadError> {
        let args = [
            ("call_id", s.as_str().into()),
            ("last_msg_id", before.map_or("", MessageId::as_str).into()),
            ("size", size.into()),
        ];
        let ask = PageAsk { page: 1, page_size: size, known: None };
        let convert =
            |row: &Record<'_>, context: &Context<'_>| Ok(chatbot::convert::message(row, context));
        let list = (Key::ChatMessages, RecordKind::Message);
        let mut page = self.page(list, &args, ask, convert).await?;
        for (position, row) in (0_i64..).zip(&mut page.rows) {
            row.value.position = -position;
        }
        page.last_page = page.rows.len() + page.skipped.len() < size as usize;
        Ok(page)
    }

    pub(super) async fn page<T>(
        &self,
        (key, kind): (Key, RecordKind),
        args: &Args<'_>,
        ask: PageAsk,
        convert: impl Fn(&Record<'_>, &Context<'_>) -> Result<T, &'static str>,
    ) -> Result<Page<T>, ReadError> {
        let profile = &self.client.profile;
        let contract = profile.contract(key);
        let which = (key, scope(args));
        let cursor = match contract.cursor {
            Some(_) => self.cursor(&which, ask.page).map_err(|kind| kind.of(key))?,
            None => None,
        };
        let mut args = [args, &listing::paging_args(&contract, ask, cursor)].concat();
        window(&mut args, key, &contract, self.zone(), self.client.now());
        let known = self.largest_page(key);
        let take = |answered: &Answered<'_>| {
            listing::page(answered, &contract, ask, known, profile, kind, convert)
        };
        let read = match ask.page {
            ..=1 => self.client.read(key, &args, take).await,
            _ => self.client.read_on(key, &args, take).await,
        };
        let mut page = read.map_err(|kind| kind.of_page(ask.page).of(key))?;
        if page.by_cursor {
            let next = page.next.take().filter(|_| !page.last_page);
            let mut cursors = self.cursors.lock().unwrap_or_else(PoisonError::into_inner);
            page.loops = cursors.give(which, ask.page, next);
            page.last_page |= page.loops;
        }
        if page.page_size < ask.page_size {
            let mut largest = self.largest.lock().unwrap_or_else(PoisonError::into_inner);
            largest.entry(key).or_insert(page.page_size);
        }
        Ok(page)
    }

    fn cursor(&self, which: &Which, page: u32) -> Result<Option<String>, ReadErrorKind> {
        let cursors = self.cursors.lock().unwrap_or_else(PoisonError::into_inner);
        cursors.of(which, page).map_err(|OutOfOrder| ReadErrorKind::OutOfOrder)
    }

    fn largest_page(&self, key: Key) -> Option<u32> {
        self.largest.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied()
    }

    /// Bytes of a recording beyond which none is read.
    pub fn recording_limit(&self) -> usize {
        self.client.limits.recording
    }

    /// Fetches a recording by the link that a call carries: a plain GET without authentication.
    pub async fn recording(&self, link: &str) -> Result<Download, ReadError> {
        download(&self.client, link).await.map_err(|kind| kind.of(Key::RecordingFile))
    }
}

/// The arguments that tell one listing of an endpoint from another.
fn scope(args: &Args<'_>) -> String {
    args.iter().map(|(name, value)| format!("{name}={value};")).collect()
}

/// Adds the time window that an endpoint demands, in whole days so that the pages of one reading agree.
fn window(
    args: &mut Vec<(&str, Value)>,
    key: Key,
    contract: &Contract<'_>,
    zone: Zone,
    now: Timestamp,
) {
    const DAY_MS: i64 = 86_400_000;
    // Both lists want a window: the sessions' is ASSUMED, the dialer's is OBSERVED and may not be too
    // long (its code 10705).
    let usual = match key {
        Key::ChatSessions => Some(Window { days: None, form: TimeForm::Rfc3339 }),
        Key::PdsTasks => Some(Window { days: Some(30), form: TimeForm::DateTime }),
        _ => None,
    };
    let given = contract.window.or(usual);
    let (Some(window), Some([from, to])) = (given, window_params(key)) else { return };
    let end = Timestamp((now.millis().div_euclid(DAY_MS) + 1) * DAY_MS);
    // Without a limit, a day is to spare for a clock that is ahead.
    let (start, end) = match window.days {
        Some(days) => (end.plus_ms(-i64::from(days) * DAY_MS), end),
        None => (Timestamp(0), end.plus_ms(DAY_MS)),
    };
    args.push((from, window.form.write(start, zone)));
    args.push((to, window.form.write(end, zone)));
}
