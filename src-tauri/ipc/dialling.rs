//! Calling tasks, dialing plans and their rounds: what is dialled outside workflows.

use serde::Serialize;
use ts_rs::TS;

use super::{
    acts,
    convert::{self, ms, row_id},
    desk::Shared,
    dto::{Ms, RatioDto, ReceiptDto, RowDto, ShareDto, SourceDto, StatusDto},
    errors::not_found,
    frames::{Query, UiError},
    named::Named,
    queries::{Answered, call_row, list_ask, scope},
    setup::dto::LineDto,
};
use crate::{
    domain::{
        action::Subject,
        ids::{AccountId, PlanId, RoundId, TaskId},
        line::{Line, Lines},
        task::{CallingTask, Plan, Round},
    },
    insight::figures::{of_calls, plan_reached, round_yield},
    store::{ListAsk, Stored, StoredDialling, Tally},
};

/// A calling task or a dialing plan.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct DiallingRow {
    /// `task/…` or `plan/…` with its `scope`: unique over tasks and plans of all accounts.
    pub id: String,
    /// `account/id`: the scope of what belongs to it.
    pub scope: String,
    pub account: String,
    pub kind: DiallingKind,
    /// The vendor's id.
    pub dialling_id: String,
    pub name: Option<String>,
    /// As the vendor writes them; empty where it does not say.
    pub lines: Vec<LineWord>,
    /// Of a task: the plan that made it.
    pub plan_id: Option<String>,
    /// Of a plan.
    pub strategy: Option<String>,
    pub status: Option<StatusDto>,
    /// Numbers in all, and those done with, as the vendor counts them.
    pub total: Option<i64>,
    pub finished: Option<i64>,
    /// Of a task: numbers reached, as the vendor counts them.
    pub connected: Option<i64>,
    pub created_at: Option<Ms>,
    pub started_at: Option<Ms>,
    pub ended_at: Option<Ms>,
    /// When what is said here was last different.
    pub as_of: Ms,
    pub source: SourceDto,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DiallingKind {
    Task,
    Plan,
}

/// A business line as the vendor writes it, and our reading of it; `null` of a word that is not known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LineWord {
    pub written: String,
    pub line: Option<LineDto>,
}

/// Figures of the calls that are stored of one task or round. `null`: not reported.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CallFiguresDto {
    /// Distinct numbers with a call.
    pub dialled: Option<i64>,
    /// Numbers with at least one connected call ÷ numbers dialled.
    pub reached: Option<RatioDto>,
    /// Total talk time in ms ÷ numbers reached.
    pub talk_ms: Option<RatioDto>,
    /// Calls ÷ numbers dialled.
    pub attempts: Option<RatioDto>,
    pub calls: i64,
    pub last_call_at: Option<Ms>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CallingTaskDetailRow {
    pub id: String,
    pub task: DiallingRow,
    /// The plan that made it, where it is stored.
    pub plan: Option<DiallingRow>,
    pub figures: CallFiguresDto,
    /// The newest action on it or on one of its numbers.
    pub receipt: Option<ReceiptDto>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PlanDetailRow {
    pub id: String,
    pub plan: DiallingRow,
    /// Numbers reached in all rounds ÷ numbers of the plan, as the vendor counts them.
    pub reached: Option<RatioDto>,
    pub rounds: i64,
    /// The newest action on it or on one of its numbers.
    pub receipt: Option<ReceiptDto>,
}

/// One round of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct RoundRow {
    /// `round/…` with its `scope`.
    pub id: String,
    pub scope: String,
    pub account: String,
    pub number: i64,
    /// `account/task`: the scope of its calls; `null` where the vendor names no task.
    pub task: Option<String>,
    pub status: Option<StatusDto>,
    /// As the vendor counts them.
    pub dialled: Option<i64>,
    pub reached: Option<i64>,
    /// Numbers newly reached in the round ÷ numbers dialled in it.
    pub round_yield: Option<RatioDto>,
    pub started_at: Option<Ms>,
    pub ended_at: Option<Ms>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct RoundDetailRow {
    pub id: String,
    pub round: RoundRow,
    /// `plan/account/id`, to be opened.
    pub plan: String,
    pub plan_id: String,
    pub plan_name: Option<String>,
    /// The task that dials it, where the vendor lists it.
    pub task: Option<DiallingRow>,
    pub figures: CallFiguresDto,
}

/// The labels of the list's facets, in the order of [`crate::store::Reader::dialling_lines`].
const FACETS: [&str; 5] = ["all", "collection", "telemarketing", "info_check", "other"];

pub async fn all(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let ask = list_ask(desk, query)?;
    let window = desk.reader.dialling(&ask).await?;
    let counts = desk.reader.dialling_lines(&ask).await?;
    let row = |stored: StoredDialling| {
        RowDto::Dialling(match &stored {
            StoredDialling::Task(stored) => task_row(stored),
            StoredDialling::Plan(stored) => plan_row(stored),
        })
    };
    let share = |(label, count): (&str, i64)| ShareDto { label: label.to_owned(), count };
    let facets = FACETS.into_iter().zip(counts).map(share).collect();
    Ok(Answered { facets, ..Answered::window(window, row) })
}

pub async fn task(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let id = TaskId::new(id);
    let found = desk.reader.calling_task(&account, &id).await?;
    let stored = found.ok_or_else(|| not_found("calling task"))?;
    let plan = match &stored.value.plan {
        Some(plan) => desk.reader.plan(&account, plan).await?,
        None => None,
    };
    let tally = desk.reader.task_tally(&account, &id).await?;
    let task = task_row(&stored);
    let detail = CallingTaskDetailRow {
        id: task.id.clone(),
        task,
        plan: plan.as_ref().map(plan_row),
        figures: figures(&tally),
        receipt: acts::receipt_of(desk, &account, &Subject::Task(id)).await?,
    };
    Ok(Answered::one(RowDto::CallingTaskDetail(Box::new(detail))))
}

pub async fn plan(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let id = PlanId::new(id);
    let stored = desk.reader.plan(&account, &id).await?.ok_or_else(|| not_found("plan"))?;
    let rounds = desk.reader.rounds(&account, &id).await?;
    let plan = plan_row(&stored);
    Ok(Answered::one(RowDto::PlanDetail(PlanDetailRow {
        id: plan.id.clone(),
        plan,
        reached: convert::ratio(plan_reached(&stored.value, &rounds)),
        rounds: rounds.len() as i64,
        receipt: acts::receipt_of(desk, &account, &Subject::Plan(id)).await?,
    })))
}

pub async fn rounds(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let rounds = desk.reader.rounds(&account, &PlanId::new(id)).await?;
    let rows = rounds.iter().map(|round| RowDto::Round(round_row(&account, round))).collect();
    Ok(Answered::cut(rows, query))
}

pub async fn round(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let found = desk.reader.round(&account, &RoundId::new(id)).await?;
    let round = found.ok_or_else(|| not_found("round"))?.value;
    let plan = desk.reader.plan(&account, &round.plan).await?;
    let (task, tally) = match &round.task {
        Some(task) => (
            desk.reader.calling_task(&account, task).await?,
            desk.reader.task_tally(&account, task).await?,
        ),
        None => (None, Tally::default()),
    };
    let row = round_row(&account, &round);
    Ok(Answered::one(RowDto::RoundDetail(RoundDetailRow {
        id: row.id.clone(),
        round: row,
        plan: format!("plan/{}", row_id(&account, round.plan.as_str())),
        plan_id: round.plan.to_string(),
        plan_name: plan.and_then(|plan| plan.value.name),
        task: task.as_ref().map(task_row),
        figures: figures(&tally),
    })))
}

pub async fn calls(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let named = Named::of(&query.named)?;
    let own = Query { scope: None, ..query.clone() };
    let ask = ListAsk { task: Some((account, TaskId::new(id))), ..list_ask(desk, &own)? };
    let window = desk.reader.calls(&ask).await?;
    Ok(Answered::window(window, |call| call_row(desk, &named, &call)))
}

fn lines(lines: &Lines) -> Vec<LineWord> {
    let known = |line: Line| match line {
        Line::Collection => LineDto::Collection,
        Line::Telemarketing => LineDto::Telemarketing,
        Line::InfoCheck => LineDto::InfoCheck,
        Line::LeadsGeneration => LineDto::LeadsGeneration,
        Line::Chatbot => LineDto::Chatbot,
        Line::Pds => LineDto::Pds,
    };
    let word =
        |word: &str| LineWord { written: word.to_owned(), line: Line::read(word).map(known) };
    lines.words().map(word).collect()
}

fn figures(tally: &Tally) -> CallFiguresDto {
    let f = of_calls(tally);
    CallFiguresDto {
        dialled: (tally.dialled > 0).then_some(tally.dialled),
        reached: convert::ratio(f.reached),
        talk_ms: convert::ratio(f.talk_ms),
        attempts: convert::ratio(f.attempts),
        calls: tally.calls,
        last_call_at: ms(f.last_call_at),
    }
}

fn task_row(stored: &Stored<CallingTask>) -> DiallingRow {
    let (account, t) = (&stored.account, &stored.value);
    let scope = row_id(account, t.id.as_str());
    DiallingRow {
        id: format!("task/{scope}"),
        scope,
        account: account.to_string(),
        kind: DiallingKind::Task,
        dialling_id: t.id.to_string(),
        name: t.name.clone(),
        lines: lines(&t.lines),
        plan_id: t.plan.as_ref().map(ToString::to_string),
        strategy: None,
        status: t.status.as_ref().map(convert::status),
        total: t.total,
        finished: t.finished,
        connected: t.connected,
        created_at: ms(t.created_at),
        started_at: ms(t.started_at),
        ended_at: ms(t.ended_at),
        as_of: t.as_of.millis(),
        source: convert::source(stored.source),
    }
}

fn plan_row(stored: &Stored<Plan>) -> DiallingRow {
    let (account, p) = (&stored.account, &stored.value);
    let scope = row_id(account, p.id.as_str());
    DiallingRow {
        id: format!("plan/{scope}"),
        scope,
        account: account.to_string(),
        kind: DiallingKind::Plan,
        dialling_id: p.id.to_string(),
        name: p.name.clone(),
        lines: lines(&p.lines),
        plan_id: None,
        strategy: p.strategy.clone(),
        status: p.status.as_ref().map(convert::status),
        total: p.total,
        finished: p.finished,
        connected: None,
        created_at: ms(p.created_at),
        started_at: ms(p.started_at),
        ended_at: ms(p.ended_at),
        as_of: p.as_of.millis(),
        source: convert::source(stored.source),
    }
}

fn round_row(account: &AccountId, round: &Round) -> RoundRow {
    let scope = row_id(account, round.id.as_str());
    RoundRow {
        id: format!("round/{scope}"),
        scope,
        account: account.to_string(),
        number: round.number,
        task: round.task.as_ref().map(|task| row_id(account, task.as_str())),
        status: round.status.as_ref().map(convert::status),
        dialled: round.dialled,
        reached: round.reached,
        round_yield: convert::ratio(round_yield(round)),
        started_at: ms(round.started_at),
        ended_at: ms(round.ended_at),
    }
}
