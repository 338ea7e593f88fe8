//! What actions were aimed at whose effect nobody saw yet.

use super::plan::Interest;
use crate::{
    domain::{action::Subject, ids::AccountId, time::Timestamp},
    store::{Reader, StoreError},
};

/// How long after an action its effect is looked for at the pace of the screen.
const AWAIT_MS: i64 = 10 * 60_000;

/// The subjects of the actions whose effect is looked for; of a plan, also the tasks that dial it.
pub async fn subjects(
    reader: &Reader,
    account: &AccountId,
    now: Timestamp,
) -> Result<Interest, StoreError> {
    let mut awaited = Interest::default();
    let open = reader.unseen_actions(account).await?;
    for action in open.into_iter().filter(|a| now.since(a.requested_at) < AWAIT_MS) {
        match action.subject {
            Subject::Workflow(id) => drop(awaited.workflows.insert(id)),
            Subject::Session(id) => drop(awaited.sessions.insert(id)),
            Subject::DialerTask(id) => drop(awaited.dialer_tasks.insert(id)),
            Subject::Task(id) => {
                awaited.dialling = true;
                awaited.tasks.insert(id);
            }
            Subject::Plan(id) => {
                awaited.dialling = true;
                awaited.tasks.extend(reader.tasks_of_plan(account, &id).await?);
                awaited.plans.insert(id);
            }
        }
    }
    Ok(awaited)
}
