//! Rows of calling tasks, plans and what belongs to them, as domain records.

use super::{
    convert::{Row, instant, status},
    wire::*,
};
use crate::{
    domain::{
        ids::{PlanId, RoundId, TaskId},
        line::Lines,
        task::{CallingTask, Plan, Robot, Round, Strategy},
    },
    vendor::{
        fields::RecordKind,
        listing::Context,
        record::{Record, scalar},
    },
};

pub fn calling_task(row: &Record<'_>, context: &Context<'_>) -> Row<CallingTask> {
    let id = row.text(TASK_ID).ok_or("it has no TaskID")?;
    Ok(CallingTask {
        id: TaskId::new(id),
        name: row.text(OWN_TASK_NAME),
        lines: lines(row),
        plan: row.text(PLAN_ID).map(PlanId::new),
        status: status(row, TASK_STATUS, context, RecordKind::CallingTask),
        total: row.int(TOTAL),
        finished: row.int(FINISHED),
        connected: row.int(CONNECTED),
        created_at: instant(row, CREATE_TIME, context.zone),
        started_at: instant(row, START_TIME, context.zone),
        ended_at: instant(row, FINISH_TIME, context.zone),
        as_of: context.received_at,
    })
}

/// A plan; an answer about one plan need not repeat the id that was `asked` for.
pub fn plan(row: &Record<'_>, context: &Context<'_>, asked: Option<&PlanId>) -> Row<Plan> {
    let own = [PLAN_NAME, PLAN_STATUS, TOTAL, START_TIME];
    let id = row.text(PLAN_ID).map(PlanId::new);
    let id = id.or_else(|| asked.filter(|_| own.iter().any(|names| row.has(names))).cloned());
    Ok(Plan {
        id: id.ok_or("it has no PlanID")?,
        name: row.text(PLAN_NAME),
        lines: lines(row),
        strategy: row.text(PLAN_STRATEGY),
        status: status(row, PLAN_STATUS, context, RecordKind::Plan),
        total: row.int(TOTAL),
        finished: row.int(FINISHED),
        created_at: instant(row, CREATE_TIME, context.zone),
        started_at: instant(row, START_TIME, context.zone),
        ended_at: instant(row, FINISH_TIME, context.zone),
        as_of: context.received_at,
    })
}

pub fn round(row: &Record<'_>, context: &Context<'_>, asked: &PlanId) -> Row<Round> {
    let plan = row.text(PLAN_ID).map_or_else(|| asked.clone(), PlanId::new);
    let number = row.int(ROUND).filter(|n| *n > 0).ok_or("it has no number of the round")?;
    Ok(Round {
        id: RoundId::of(&plan, number),
        plan,
        number,
        task: row.text(TASK_ID).map(TaskId::new),
        status: status(row, TASK_STATUS, context, RecordKind::Round),
        dialled: row.int(DIALLED),
        reached: row.int(REACHED),
        started_at: instant(row, START_TIME, context.zone),
        ended_at: instant(row, FINISH_TIME, context.zone),
        as_of: context.received_at,
    })
}

pub fn robot(row: &Record<'_>) -> Row<Robot> {
    let id = row.text(ROBOT_ID).ok_or("it has no RobotID")?;
    Ok(Robot { id, name: row.text(ROBOT_NAME) })
}

pub fn strategy(row: &Record<'_>) -> Row<Strategy> {
    let id = row.text(STRATEGY_ID).ok_or("it has no StrategyID")?;
    Ok(Strategy { id, name: row.text(STRATEGY_NAME) })
}

/// One word, several in an array, or several with a sign between them.
fn lines(row: &Record<'_>) -> Lines {
    let listed: Vec<_> = row.list(LINES).into_iter().filter_map(scalar).collect();
    if !listed.is_empty() {
        return Lines::of(listed.iter().map(|word| &**word));
    }
    let one = row.text(LINES).unwrap_or_default();
    Lines::of(one.split([',', ';', '|', '，', '、']))
}
