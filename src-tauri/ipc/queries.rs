//! Answers a window's query from the store.

use super::{
    acts, alerts, convert,
    desk::Shared,
    dialling,
    dto::{CallRow, RowDto, SessionRow, ShareDto, TimelineRow},
    errors::{bad_request, not_found},
    frames::{ListName, MAX_ROWS, Query, UiError},
    named::Named,
    person, raw,
    share::Person,
    spoken, transcript, waba,
};
use crate::{
    domain::ids::{AccountId, CallId, MessageId, SessionId, WorkflowId},
    store::{ActionAsk, Kind, ListAsk, StoredCall, Window},
};

/// The rows of a window, how many match in all, and counts over all that match.
#[derive(Debug, Default)]
pub struct Answered {
    pub total: i64,
    pub rows: Vec<RowDto>,
    pub facets: Vec<ShareDto>,
}

impl Answered {
    pub(super) fn window<T>(window: Window<T>, row: impl Fn(T) -> RowDto) -> Self {
        let rows = window.rows.into_iter().map(row).collect();
        Self { total: window.total, rows, facets: Vec::new() }
    }

    pub(super) fn one(row: RowDto) -> Self {
        Self { total: 1, rows: vec![row], facets: Vec::new() }
    }

    /// A list that is always small enough to be cut here.
    pub(super) fn cut(rows: Vec<RowDto>, query: &Query) -> Self {
        let total = rows.len() as i64;
        let count = query.count.min(MAX_ROWS) as usize;
        let rows = rows.into_iter().skip(query.anchor as usize).take(count).collect();
        Self { total, rows, facets: Vec::new() }
    }
}

/// What a change must be of to touch a list.
pub fn touched_by(list: ListName, kind: Kind) -> bool {
    use ListName as L;
    match kind {
        Kind::Workflow => matches!(list, L::Workflows | L::Workflow | L::Timeline),
        Kind::Node => matches!(list, L::Nodes | L::Timeline),
        Kind::Task => matches!(list, L::Tasks),
        Kind::WabaTask => matches!(list, L::Tasks | L::WabaFunnel | L::WabaMessage),
        Kind::Waba => {
            matches!(list, L::Waba | L::WabaMessage | L::WabaFunnel | L::Person)
        }
        // A call moves the figures of its workflow, a session the count of them.
        Kind::Call => {
            let of_task = matches!(list, L::TaskCalls | L::CallingTask | L::Round);
            of_task || matches!(list, L::Calls | L::Call | L::Person | L::Workflows | L::Workflow)
        }
        Kind::Session => {
            matches!(list, L::Sessions | L::Session | L::Person | L::Workflows | L::Workflow)
        }
        Kind::Message => matches!(list, L::Messages | L::Sessions | L::Session),
        Kind::Action => {
            let own = matches!(list, L::Journal | L::Timeline | L::Workflows | L::Workflow);
            own || matches!(list, L::Call | L::Session | L::CallingTask | L::Plan)
        }
        Kind::CallingTask => matches!(list, L::Dialling | L::CallingTask | L::Round),
        Kind::Plan => {
            matches!(list, L::Dialling | L::Plan | L::CallingTask | L::Round)
        }
        Kind::Round => matches!(list, L::Rounds | L::Round | L::Plan),
        Kind::Alert => matches!(list, L::Alerts),
        Kind::Account | Kind::Event => false,
    }
}

/// Whether the list says of recordings that they lie here.
pub fn tells_kept(list: ListName) -> bool {
    matches!(list, ListName::Calls | ListName::TaskCalls | ListName::Call)
}

/// Whether the answer differs by the time alone: needs of a workflow and tests of an age come and go.
pub fn ages(query: &Query) -> bool {
    matches!(query.list, ListName::Workflows | ListName::Workflow) || !query.filter.is_empty()
}

pub async fn answer(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let reader = &desk.reader;
    match query.list {
        ListName::Workflows => workflows(desk, query).await,
        ListName::Workflow => workflow(desk, query).await,
        ListName::Nodes => nodes(desk, query).await,
        ListName::Tasks => tasks(desk, query).await,
        ListName::Waba => {
            let (account, _) = scope(query)?;
            let mask = desk.mask(&account);
            let window = reader.waba_messages(&list_ask(desk, query)?).await?;
            Ok(Answered::window(window, |m| RowDto::Waba(convert::waba(&account, &m, mask))))
        }
        ListName::WabaMessage => {
            let (account, id) = scope(query)?;
            let row = waba::detail(desk, &account, &MessageId::new(id)).await?;
            Ok(Answered::one(RowDto::WabaDetail(row)))
        }
        ListName::WabaFunnel => {
            let (account, id) = scope(query)?;
            let rows = waba::funnels(desk, &account, &WorkflowId::new(id)).await?;
            Ok(Answered::cut(rows.into_iter().map(RowDto::WabaFunnel).collect(), query))
        }
        ListName::Person => {
            let (account, record) = scope(query)?;
            person::person(desk, query, &account, &record).await
        }
        ListName::Calls => {
            let window = reader.calls(&list_ask(desk, query)?).await?;
            let named = Named::of(&query.named)?;
            Ok(Answered::window(window, |call| call_row(desk, &named, &call)))
        }
        ListName::Sessions => {
            let window = reader.sessions(&list_ask(desk, query)?).await?;
            let named = Named::of(&query.named)?;
            let row = |s: crate::store::StoredSession| {
                let (mask, session) = (desk.mask(&s.account), &s.session);
                let named = named.of_session(&session.detail, mask, session.callee.as_ref());
                RowDto::Session(SessionRow { named, ..convert::session(&s, mask) })
            };
            Ok(Answered::window(window, row))
        }
        ListName::Call => call(desk, query).await,
        ListName::Session => session(desk, query).await,
        ListName::Messages => messages(desk, query).await,
        ListName::Timeline => timeline(desk, query).await,
        ListName::Journal => journal(desk, query).await,
        ListName::Dialling => dialling::all(desk, query).await,
        ListName::CallingTask => dialling::task(desk, query).await,
        ListName::Plan => dialling::plan(desk, query).await,
        ListName::Rounds => dialling::rounds(desk, query).await,
        ListName::Round => dialling::round(desk, query).await,
        ListName::TaskCalls => dialling::calls(desk, query).await,
        ListName::Alerts => alerts::all(desk, query).await,
        ListName::Spoken => spoken::all(desk, query).await,
    }
}

pub(super) fn call_row(desk: &Shared, named: &Named<'_>, stored: &StoredCall) -> RowDto {
    let (mask, call) = (desk.mask(&stored.account), &stored.call);
    let named = named.of_call(&call.detail, mask, call.callee.as_ref());
    let recording_kept = desk.cache.keeps(&stored.account, &call.id);
    RowDto::Call(CallRow { named, recording_kept, ..convert::call(stored, mask) })
}

async fn workflow(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let mask = desk.mask(&account);
    let ask = ListAsk {
        workflow: Some((account, WorkflowId::new(id))),
        now: (desk.clock)(),
        count: 1,
        ..ListAsk::default()
    };
    let found = desk.reader.workflows(&ask).await?.rows.pop();
    let found = found.ok_or_else(|| not_found("workflow"))?;
    Ok(Answered::one(RowDto::Workflow(convert::workflow(&found, mask))))
}

async fn nodes(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let nodes = desk.reader.nodes(&account, &WorkflowId::new(id)).await?;
    let rows = nodes.iter().map(|n| RowDto::Node(convert::node(&account, n))).collect();
    Ok(Answered::cut(rows, query))
}

async fn tasks(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let id = WorkflowId::new(id);
    let tasks = desk.reader.tasks(&account, &id).await?;
    let waba = desk.reader.waba_tasks(&account, &id).await?;
    let rows = (tasks.iter().map(|t| convert::task(&account, t)))
        .chain(waba.iter().map(|t| convert::waba_task(&account, t)));
    Ok(Answered::cut(rows.map(RowDto::Task).collect(), query))
}

async fn workflows(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let ask = list_ask(desk, query)?;
    let window = desk.reader.workflows(&ask).await?;
    let phases = desk.reader.workflow_phases(&ask).await?;
    let mut answered = Answered::window(window, |w| {
        let mask = desk.mask(&w.account);
        RowDto::Workflow(convert::workflow(&w, mask))
    });
    answered.facets = (phases.into_iter())
        .map(|(phase, count)| ShareDto { label: phase.word().to_owned(), count })
        .collect();
    Ok(answered)
}

async fn call(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let found = desk.reader.call(&account, &CallId::new(id)).await?;
    let found = found.ok_or_else(|| not_found("call"))?;
    let mask = desk.mask(&account);
    let callee = found.call.callee.as_ref();
    let detail = &found.call.detail;
    let person = Person::of(callee, &found.raw, mask);
    let turn = |t: &crate::domain::call::Turn| super::dto::TurnDto {
        role: t.role.clone(),
        text: person.said(&t.text, mask),
        start_ms: t.start_ms,
        end_ms: t.end_ms,
    };
    let stored = StoredCall {
        account: found.account.clone(),
        call: found.call.clone(),
        source: found.source,
    };
    let recording_kept = desk.cache.keeps(&account, &stored.call.id);
    let call = CallRow { recording_kept, ..convert::call(&stored, mask) };
    let offers = acts::Offers::of_call(desk, &account, &stored.call).await?;
    let meaning = meaning(desk, &account, stored.call.workflow.as_ref(), call.intention.as_deref());
    Ok(Answered::one(RowDto::CallDetail(super::dto::CallDetailRow {
        id: call.id.clone(),
        intention_meaning: meaning.await?,
        labels: convert::pairs(&detail.labels, mask, &person),
        slots: convert::pairs(&detail.slots, mask, &person),
        dialogue: detail.dialogue.iter().map(turn).collect(),
        offers: offers.shown(),
        receipt: offers.receipt(desk, callee).await?,
        raw: raw::shown(&found.raw, mask, callee),
        call,
    })))
}

/// What an intention means by the profile, for the template of its workflow or for all.
async fn meaning(
    desk: &Shared,
    account: &AccountId,
    workflow: Option<&WorkflowId>,
    intention: Option<&str>,
) -> Result<Option<String>, UiError> {
    let (Some(profile), Some(intention)) = (desk.profiles.get(account), intention) else {
        return Ok(None);
    };
    let template = match workflow {
        Some(id) => desk.reader.workflow(account, id).await?.and_then(|w| w.workflow.template),
        None => None,
    };
    Ok(profile.meaning(template.as_ref().map(|id| id.as_str()), intention).map(str::to_owned))
}

async fn session(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let found = desk.reader.session(&account, &SessionId::new(id)).await?;
    let found = found.ok_or_else(|| not_found("session"))?;
    let mask = desk.mask(&account);
    let stored = crate::store::StoredSession {
        account: found.account,
        session: found.session,
        source: found.source,
        messages: found.messages,
    };
    let (s, callee) = (&stored.session, stored.session.callee.as_ref());
    let person = Person::of(callee, &found.raw, mask);
    let session = convert::session(&stored, mask);
    let offers = acts::Offers::of_session(&account, s);
    Ok(Answered::one(RowDto::SessionDetail(super::dto::SessionDetailRow {
        id: session.id.clone(),
        robot: s.robot.clone(),
        waba_task_id: s.waba_task.as_ref().map(ToString::to_string),
        entry_id: s.entry.as_ref().map(ToString::to_string),
        slots: convert::pairs(&s.detail.slots, mask, &person),
        labels: convert::pairs(&s.detail.labels, mask, &person),
        variables: convert::variables(&s.detail.variables, mask, callee),
        notices: s.detail.notices.iter().map(Into::into).collect(),
        offers: offers.shown(),
        receipt: offers.receipt(desk, callee).await?,
        raw: raw::shown(&found.raw, mask, callee),
        session,
    })))
}

async fn messages(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let id = SessionId::new(id);
    let found = desk.reader.session(&account, &id).await?;
    let found = found.ok_or_else(|| not_found("session"))?;
    // One more above the window, to tell whether the first one's time is odd.
    let above = query.anchor.min(1);
    let count = query.count.min(MAX_ROWS) + above;
    let window = desk.reader.messages(&account, &id, query.anchor - above, count).await?;
    let (before, rows) = window.rows.split_at((above as usize).min(window.rows.len()));
    let mask = desk.mask(&account);
    let session = &found.session;
    let person = Person::of(session.callee.as_ref(), &found.raw, mask);
    let rows = transcript::messages(&account, (session, &person), before.first(), rows, mask);
    let rows = rows.into_iter().map(RowDto::Message).collect();
    Ok(Answered { total: window.total, rows, facets: Vec::new() })
}

/// The vendor's changes and our own actions on one axis, newest first.
async fn timeline(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let id = WorkflowId::new(id);
    let reach = query.anchor.saturating_add(query.count.min(MAX_ROWS));
    let changes = desk.reader.timeline(&account, &id, 0, reach).await?;
    let ask = ActionAsk {
        account: Some(account.clone()),
        workflow: Some((account.clone(), id)),
        anchor: 0,
        count: reach,
    };
    let actions = desk.reader.actions(&ask).await?;
    let mask = desk.mask(&account);
    let mut rows: Vec<TimelineRow> = (changes.rows.iter().map(convert::timeline))
        .chain(actions.rows.iter().map(|a| convert::action_entry(a, mask)))
        .collect();
    rows.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.id.cmp(&a.id)));
    let mut answered = Answered::cut(rows.into_iter().map(RowDto::Timeline).collect(), query);
    answered.total = changes.total + actions.total;
    Ok(answered)
}

async fn journal(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let ask = ActionAsk {
        account: query.account.as_deref().map(AccountId::from),
        workflow: None,
        anchor: query.anchor,
        count: query.count.min(MAX_ROWS),
    };
    let window = desk.reader.actions(&ask).await?;
    Ok(Answered::window(window, |action| {
        let mask = desk.mask(&action.account);
        RowDto::Receipt(convert::receipt(&action, mask))
    }))
}

pub(super) fn list_ask(desk: &Shared, query: &Query) -> Result<ListAsk, UiError> {
    let workflow = match &query.scope {
        Some(_) => {
            let (account, id) = scope(query)?;
            Some((account, WorkflowId::new(id)))
        }
        None => None,
    };
    Ok(ListAsk {
        account: query.account.as_deref().map(AccountId::from),
        workflow,
        task: None,
        filter: query.filter.clone(),
        now: (desk.clock)(),
        sort: query.sort.as_ref().map(|sort| (sort.key.clone(), sort.descending)),
        detailed: !query.named.is_empty(),
        anchor: query.anchor,
        count: query.count.min(MAX_ROWS),
    })
}

pub(super) fn scope(query: &Query) -> Result<(AccountId, String), UiError> {
    let scope = query.scope.as_deref().ok_or_else(|| bad_request("this list needs a scope"))?;
    split(scope)
}

/// Takes `account/id` apart. Account ids hold no slash; the vendor's may.
pub fn split(row_id: &str) -> Result<(AccountId, String), UiError> {
    let (account, id) =
        row_id.split_once('/').ok_or_else(|| bad_request("a row id reads account/id"))?;
    Ok((AccountId::from(account), id.to_owned()))
}
