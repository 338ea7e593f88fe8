//! Everything that asks and changes nothing.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use reqwest::Url;
use serde_json::Value;

use super::{
    auth::Need,
    catalogue::{Key, Paging},
    chatbot, cloud,
    envelope::{self, Listing, unreadable},
    error::{ReadError, ReadErrorKind},
    exchange::{Answered, Args, Client, Download},
    gate::NotAsked,
    record::{self, Record},
    time,
    transport::{Method, Request, TransportError},
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

/// Which page of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageAsk {
    /// From 1.
    pub page: u32,
    pub page_size: u32,
    /// Hash of the last answer to the same question: when the new one equals it, rows are not read.
    pub known: Option<u64>,
}

/// One page of a listing.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<Seen<T>>,
    pub total: Option<i64>,
    pub page: u32,
    pub page_size: u32,
    pub received_at: Timestamp,
    /// Of the rows and total, not of the envelope.
    pub hash: u64,
    /// The hash was the known one; `rows` is empty.
    pub same: bool,
    /// Rows that could not become a record.
    pub skipped: Vec<Skipped>,
    /// Nothing comes after this page: the total is reached or, where none is given, the page is
    /// shorter than asked for.
    pub last_page: bool,
}

/// A row that could not become a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// From 0, within the page.
    pub row: usize,
    pub why: String,
}

/// What a conversion needs beside the row.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub zone: Zone,
    pub received_at: Timestamp,
    pub profile: &'a super::Profile,
}

/// Asks the vendor. Clones share budget, token and parked endpoints.
#[derive(Clone)]
pub struct Reads {
    client: Arc<Client>,
    /// Page sizes that the vendor has shown to be its largest.
    capped: Arc<Mutex<HashMap<Key, u32>>>,
}

impl Reads {
    pub(super) fn new(client: Arc<Client>) -> Self {
        Self { client, capped: Arc::default() }
    }

    /// Asks for a token even where one is cached: the check that key and secret are right.
    pub async fn sign_in(&self) -> Result<(), ReadError> {
        let signed_in = async {
            self.client.budget.read_turn().await?;
            self.client.token(Need::Fresh).await
        };
        signed_in.await.map(|_| ()).map_err(|kind| kind.of(Key::CloudAuth))
    }

    /// Whether the endpoint may be asked, and how its path is known.
    pub fn may(&self, key: Key) -> Result<Evidence, NotAsked> {
        self.client.may(key)
    }

    /// Rows to ask for at once.
    pub fn page_size(&self, key: Key) -> u32 {
        let capped = self.capped.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        capped.unwrap_or_else(|| self.client.profile.page_size(key))
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

    /// The zone in which times without an offset are read.
    pub fn zone(&self) -> Zone {
        self.client.profile.zone()
    }

    pub async fn templates(&self, ask: PageAsk) -> Result<Page<Template>, ReadError> {
        self.page(Key::WorkflowTemplates, &[], ask, |row, _| cloud::convert::template(row)).await
    }

    /// Everything the API lists: no time filter.
    pub async fn workflows(&self, ask: PageAsk) -> Result<Page<Workflow>, ReadError> {
        self.page(Key::WorkflowList, &[], ask, cloud::convert::workflow).await
    }

    pub async fn nodes(&self, w: &WorkflowId, ask: PageAsk) -> Result<Page<Node>, ReadError> {
        let args = [("workflow_id", w.as_str().into())];
        let convert =
            |row: &Record<'_>, context: &Context<'_>| cloud::convert::node(row, context, w);
        self.page(Key::WorkflowSubtasks, &args, ask, convert).await
    }

    pub async fn outbound_tasks(
        &self,
        w: &WorkflowId,
        ask: PageAsk,
    ) -> Result<Page<OutboundTask>, ReadError> {
        let args = [("workflow_id", w.as_str().into())];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            cloud::convert::outbound_task(row, context, w)
        };
        self.page(Key::WorkflowOutboundTasks, &args, ask, convert).await
    }

    /// The calls of an outbound task. A row that does not name its workflow or task gets these.
    pub async fn calls(
        &self,
        w: &WorkflowId,
        t: &TaskId,
        ask: PageAsk,
    ) -> Result<Page<Call>, ReadError> {
        let args = [("task_id", t.as_str().into())];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            let mut call = cloud::convert::call(row, context.zone)?;
            call.workflow.get_or_insert_with(|| w.clone());
            call.task.get_or_insert_with(|| t.clone());
            Ok(call)
        };
        self.page(Key::WorkflowOutboundDetails, &args, ask, convert).await
    }

    /// One call by its id; `None` when the vendor has no such call.
    pub async fn call(&self, id: &CallId) -> Result<Option<Seen<Call>>, ReadError> {
        let key = Key::WorkflowCallById;
        let args = [("callid", id.as_str().into())];
        let answered = self.client.read(key, &args).await.map_err(|kind| kind.of(key))?;
        self.one_call(&answered, id).map_err(|kind| kind.of(key))
    }

    fn one_call(
        &self,
        answered: &Answered,
        id: &CallId,
    ) -> Result<Option<Seen<Call>>, ReadErrorKind> {
        let body = utf8(&answered.body)?;
        let contract = self.client.profile.contract(Key::WorkflowCallById);
        let found = record::at(body, contract.list).ok_or_else(|| unreadable(contract.list))?;
        let json = match found.get() {
            "null" | "{}" | "[]" => return Ok(None),
            array if array.starts_with('[') => {
                record::at(array, "/0").ok_or_else(|| unreadable(contract.list))?.get()
            }
            object => object,
        };
        let row = Record::parse(json).map_err(|_| unreadable(contract.list))?;
        let mut call = cloud::convert::call(&row, self.zone()).or_else(|why| {
            // An answer about one call need not repeat the id that was asked for.
            cloud::convert::call_with_id(&row, self.zone(), id.clone())
                .ok_or_else(|| unreadable(why))
        })?;
        if &call.id != id {
            call.id = id.clone();
        }
        Ok(Some(Seen { value: call, raw: json.to_owned() }))
    }

    pub async fn waba_tasks(
        &self,
        w: &WorkflowId,
        ask: PageAsk,
    ) -> Result<Page<WabaTask>, ReadError> {
        let args = [("workflow_id", w.as_str().into())];
        let convert =
            |row: &Record<'_>, context: &Context<'_>| cloud::convert::waba_task(row, context, w);
        self.page(Key::WorkflowWabaTasks, &args, ask, convert).await
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
        self.page(Key::WorkflowWabaDetails, &args, ask, convert).await
    }

    /// Chatbot sessions that lie in the window, which the vendor's time filter asks for (ASSUMED).
    pub async fn sessions(
        &self,
        ask: PageAsk,
        window: (Timestamp, Timestamp),
    ) -> Result<Page<Session>, ReadError> {
        let args = [
            ("start_time", time::rfc3339_seconds(window.0).into()),
            ("end_time", time::rfc3339_seconds(window.1).into()),
        ];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            chatbot::convert::session(row, context.zone, context.received_at)
        };
        self.page(Key::ChatSessions, &args, ask, convert).await
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
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            Ok(chatbot::convert::message(row, context.zone))
        };
        let mut page = self.page(Key::ChatMessages, &args, ask, convert).await?;
        for (position, row) in (0_i64..).zip(&mut page.rows) {
            row.value.position = -position;
        }
        page.last_page = page.rows.len() + page.skipped.len() < size as usize;
        Ok(page)
    }

    async fn page<T>(
        &self,
        key: Key,
        args: &Args<'_>,
        ask: PageAsk,
        convert: impl Fn(&Record<'_>, &Context<'_>) -> Result<T, &'static str>,
    ) -> Result<Page<T>, ReadError> {
        let contract = self.client.profile.contract(key);
        let mut args = args.to_vec();
        match contract.paging {
            Paging::Page => args.push(("page", ask.page.into())),
            Paging::Offset => {
                let skipped = u64::from(ask.page.saturating_sub(1)) * u64::from(ask.page_size);
                args.push(("page", skipped.into()));
            }
            Paging::Cursor | Paging::None => {}
        }
        if matches!(contract.paging, Paging::Page | Paging::Offset) {
            args.push(("page_size", Value::from(ask.page_size)));
        }
        let answered = self.client.read(key, &args).await.map_err(|kind| kind.of(key))?;
        let listing = utf8(&answered.body)
            .and_then(|body| envelope::listing(body, contract.list, contract.total))
            .map_err(|kind| kind.of(key))?;
        let context = Context {
            zone: self.zone(),
            received_at: answered.received_at,
            profile: &self.client.profile,
        };
        let size = self.learn_page_size(key, ask, &listing, contract.paging);
        let last_page = contract.paging == Paging::None || is_last(ask.page, size, &listing);
        let same = ask.known == Some(listing.hash);
        let (rows, skipped) =
            if same { Default::default() } else { convert_rows(&listing, &context, convert) };
        Ok(Page {
            rows,
            total: listing.total,
            page: ask.page,
            page_size: size,
            received_at: answered.received_at,
            hash: listing.hash,
            same,
            skipped,
            last_page,
        })
    }

    /// A first page that is shorter than asked for, though more rows exist, shows how many the vendor
    /// gives at most; later pages must be counted by that. Only round sizes are believed: a cut page
    /// must not shrink all that follow.
    fn learn_page_size(
        &self,
        key: Key,
        ask: PageAsk,
        listing: &Listing<'_>,
        paging: Paging,
    ) -> u32 {
        let rows = u32::try_from(listing.rows.len()).unwrap_or(u32::MAX);
        let more = listing.total.is_some_and(|total| total > i64::from(rows));
        let round = rows > 0 && rows.is_multiple_of(10);
        let mut capped = self.capped.lock().unwrap_or_else(PoisonError::into_inner);
        if paging == Paging::Page && ask.page == 1 && rows < ask.page_size && more && round {
            capped.insert(key, rows);
        }
        capped.get(&key).map_or(ask.page_size, |cap| ask.page_size.min(*cap))
    }

    /// Fetches a recording by the link that a call carries: a plain GET without authentication.
    pub async fn recording(&self, link: &str) -> Result<Download, ReadError> {
        self.download(link).await.map_err(|kind| kind.of(Key::RecordingFile))
    }

    async fn download(&self, link: &str) -> Result<Download, ReadErrorKind> {
        let mut url = web_address(link)?;
        for _ in 0..=MOST_REDIRECTS {
            self.client.budget.read_turn().await?;
            let request = Request {
                method: Method::Get,
                url: url.clone().into(),
                headers: vec![("User-Agent".to_owned(), "Airudder".to_owned())],
                body: bytes::Bytes::new(),
            };
            let response = self.client.send(request, self.client.limits.recording).await?;
            match (response.status, response.header("location")) {
                (200..=299, _) => {
                    let content_type = response.header("content-type").map(str::to_owned);
                    return Ok(Download { bytes: response.body, content_type });
                }
                (301 | 302 | 303 | 307 | 308, Some(location)) => url = redirected(&url, location)?,
                (status, _) => return Err(ReadErrorKind::Http { status }),
            }
        }
        Err(TransportError::Address("the link was redirected too often".to_owned()).into())
    }
}

const MOST_REDIRECTS: u32 = 5;

fn web_address(link: &str) -> Result<Url, TransportError> {
    let url = Url::parse(link).map_err(|e| TransportError::Address(e.to_string()))?;
    if matches!(url.scheme(), "http" | "https") {
        return Ok(url);
    }
    Err(TransportError::Address("the link is no web address".to_owned()))
}

fn redirected(from: &Url, location: &str) -> Result<Url, TransportError> {
    let to = from.join(location).map_err(|e| TransportError::Address(e.to_string()))?;
    if from.scheme() == "https" && to.scheme() != "https" {
        return Err(TransportError::Address("the link was redirected to an unsafe one".to_owned()));
    }
    web_address(to.as_str())
}

fn utf8(body: &[u8]) -> Result<&str, ReadErrorKind> {
    std::str::from_utf8(body).map_err(|_| unreadable("it is not UTF-8"))
}

fn is_last(page: u32, size: u32, listing: &Listing<'_>) -> bool {
    let rows = i64::try_from(listing.rows.len()).unwrap_or(i64::MAX);
    match listing.total {
        Some(total) => {
            let before = i64::from(page.saturating_sub(1)) * i64::from(size);
            rows == 0 || before + rows >= total
        }
        None => rows < i64::from(size),
    }
}

fn convert_rows<T>(
    listing: &Listing<'_>,
    context: &Context<'_>,
    convert: impl Fn(&Record<'_>, &Context<'_>) -> Result<T, &'static str>,
) -> (Vec<Seen<T>>, Vec<Skipped>) {
    let mut rows = Vec::with_capacity(listing.rows.len());
    let mut skipped = Vec::new();
    for (row, json) in listing.rows.iter().enumerate() {
        let record = Record::parse(json.get()).map_err(|_| "it is not an object");
        match record.and_then(|record| convert(&record, context)) {
            Ok(value) => rows.push(Seen { value, raw: json.get().to_owned() }),
            Err(why) => skipped.push(Skipped { row, why: why.to_owned() }),
        }
    }
    (rows, skipped)
}
