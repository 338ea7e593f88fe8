//! What the screen of a call or a session offers to do, and the receipts of what was done.

use super::{
    convert,
    desk::Shared,
    dto::{OfferDto, ReceiptDto},
    frames::UiError,
};
use crate::domain::{
    action::{Action, Reach, Subject, Verb},
    call::Call,
    chat::Session,
    ids::{AccountId, Callee, TaskId, WorkflowId},
    line::Line,
};

/// The actions of a record, each aimed at the vendor's id of its subject.
pub struct Offers {
    account: AccountId,
    verbs: Vec<(Verb, String)>,
}

impl Offers {
    pub async fn of_call(desk: &Shared, account: &AccountId, call: &Call) -> Result<Self, UiError> {
        let mut verbs = Vec::new();
        if let Some(workflow) = &call.workflow {
            verbs.push((Verb::CancelRest, workflow.to_string()));
            if uses(desk, account, Line::LeadsGeneration) {
                verbs.push((Verb::CancelLeadsCall, workflow.to_string()));
            }
        }
        if let Some(task) = &call.task {
            verbs.extend(of_task(desk, account, call.workflow.as_ref(), task).await?);
        }
        Ok(Self { account: account.clone(), verbs })
    }

    pub fn of_session(account: &AccountId, session: &Session) -> Self {
        let rest = session.workflow.as_ref().map(|w| (Verb::CancelRest, w.to_string()));
        let end = (Verb::EndSession, session.id.to_string());
        Self { account: account.clone(), verbs: rest.into_iter().chain([end]).collect() }
    }

    pub fn shown(&self) -> Vec<OfferDto> {
        let offer = |(verb, id): &(Verb, String)| OfferDto {
            verb: convert::verb(*verb),
            target: convert::row_id(&self.account, id),
        };
        self.verbs.iter().map(offer).collect()
    }

    /// The newest receipt of what is offered, of this number where the offer is of one.
    pub async fn receipt(
        &self,
        desk: &Shared,
        callee: Option<&Callee>,
    ) -> Result<Option<ReceiptDto>, UiError> {
        let mut newest: Option<Action> = None;
        for (verb, id) in &self.verbs {
            let number = match (verb.reach(), callee) {
                (Reach::Number, None) => continue,
                (Reach::Number, number) => number,
                (Reach::Whole | Reach::Session, _) => None,
            };
            let subject = verb.subject(id.as_str());
            if let Some(found) = desk.reader.receipt(&self.account, &subject, number).await?
                && newest.as_ref().is_none_or(|one| one.requested_at < found.requested_at)
            {
                newest = Some(found);
            }
        }
        Ok(newest.map(|action| convert::receipt(&action, desk.mask(&self.account))))
    }
}

/// The newest receipt of a task or a plan, as a whole or of one of its numbers.
pub async fn receipt_of(
    desk: &Shared,
    account: &AccountId,
    subject: &Subject,
) -> Result<Option<ReceiptDto>, UiError> {
    let found = desk.reader.receipt(account, subject, None).await?;
    Ok(found.map(|action| convert::receipt(&action, desk.mask(account))))
}

/// A call of a plan's round may be dialled again in the next one, so it is cancelled for the plan. A task
/// that is nobody else's is one of the predictive dialer, where the account uses that.
async fn of_task(
    desk: &Shared,
    account: &AccountId,
    workflow: Option<&WorkflowId>,
    task: &TaskId,
) -> Result<Vec<(Verb, String)>, UiError> {
    let reader = &desk.reader;
    if workflow.is_none() {
        if let Some(plan) = reader.plan_of_task(account, task).await? {
            let id = plan.to_string();
            return Ok(vec![(Verb::CancelPlanRest, id.clone()), (Verb::CancelPlan, id)]);
        }
        if reader.calling_task(account, task).await?.is_some() {
            let id = task.to_string();
            return Ok(vec![(Verb::CancelTaskRest, id.clone()), (Verb::CancelTask, id)]);
        }
    }
    let of_workflow = match workflow {
        Some(id) => reader.tasks(account, id).await?.iter().any(|known| known.id == *task),
        None => false,
    };
    if of_workflow || !uses(desk, account, Line::Pds) {
        return Ok(Vec::new());
    }
    Ok(vec![(Verb::CancelContact, task.to_string())])
}

fn uses(desk: &Shared, account: &AccountId, line: Line) -> bool {
    desk.accounts.iter().any(|known| known.id == *account && known.lines.contains(&line))
}
