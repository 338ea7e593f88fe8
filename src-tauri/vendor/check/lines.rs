//! The check of what belongs to one business line or has keys of its own: Leads Generation, WhatsApp
//! business accounts, the predictive dialer.

use super::{
    Next, Row,
    ask::{Check, first},
    judge,
    wanted::Wanted,
};
use crate::{
    domain::{
        call::Call,
        dialer::DialerTask,
        ids::{CallId, TaskId, WorkflowId},
        status::Phase,
    },
    vendor::{Key, ReadError, ReadErrorKind, gate::NotAsked},
};

/// Tasks that are looked into until one has calls.
const TASKS: usize = 4;

const LEADS: [Key; 6] = [
    Key::LeadsTemplates,
    Key::LeadsList,
    Key::LeadsTasks,
    Key::LeadsTaskDetails,
    Key::LeadsCallById,
    Key::LeadsVerifyPush,
];

impl<F: FnMut(&Row) + Send> Check<'_, F> {
    pub(super) async fn leads(&mut self) {
        if !self.scope.leads {
            for key in LEADS {
                let why = "the account's business lines do not have Leads Generation";
                self.add(judge::untried(key, self.reads.evidence(key), Next::Line, why));
            }
            return;
        }
        let reads = self.reads.leads();
        self.page(Key::LeadsTemplates, reads.templates(first())).await;
        let mut workflows = self.page(Key::LeadsList, reads.workflows(first())).await;
        workflows.sort_by_key(|w| std::cmp::Reverse(w.finished.unwrap_or(0)));
        let listed: Vec<WorkflowId> = workflows.into_iter().map(|w| w.id).collect();
        let ids = listed.get(..TASKS).unwrap_or(&listed);
        let tasks = self.of_several(Key::LeadsTasks, ids, |w| reads.tasks(w, first())).await;
        let task = tasks.into_iter().max_by_key(|task| task.finished.unwrap_or(0));
        let calls = match task {
            Some(task) => {
                let calls = reads.calls(&task.workflow, &task.id, first());
                self.page(Key::LeadsTaskDetails, calls).await
            }
            None => self.none(Key::LeadsTaskDetails),
        };
        match telling(calls) {
            Some(id) => self.one(Key::LeadsCallById, reads.call(&id)).await,
            None => self.no_example(Key::LeadsCallById),
        }
        let key = Key::LeadsVerifyPush;
        match self.examples.push.clone().filter(|push| listed.contains(&push.workflow)) {
            Some(push) => {
                let asked = async { Ok(usize::from(reads.verify_push(&push).await?.is_some())) };
                self.counted(key, asked).await;
            }
            None => self.no_example(key),
        }
    }

    /// WhatsApp business accounts and templates, and what became of a message.
    pub(super) async fn business(&mut self) {
        let reads = self.reads;
        self.page(Key::WabaAccounts, reads.waba_accounts()).await;
        let templates = self.page(Key::WabaTemplates, reads.waba_templates(first())).await;
        match templates.first() {
            Some(template) => self.one(Key::WabaTemplate, reads.waba_template(&template.id)).await,
            None => self.no_example(Key::WabaTemplate),
        }
        match self.examples.waba_message.clone() {
            Some((task, id)) => self.one(Key::WabaResult, reads.waba_result(&task, &id)).await,
            None => self.no_example(Key::WabaResult),
        }
    }

    /// The predictive dialer, which has a sign-in of its own.
    pub(super) async fn dialer(&mut self) {
        let reads = self.reads;
        if let Err(error) = self.dialer_sign_in().await {
            for key in [Key::PdsTasks, Key::PdsDetails, Key::PdsRecording] {
                let next = judge::next_step(&error.kind);
                let why = match &error.kind {
                    ReadErrorKind::NotAsked(why) => why.to_string(),
                    _ => "not tried, because the sign-in did not work".to_owned(),
                };
                self.add(judge::untried(key, reads.evidence(key), next, &why));
            }
            return;
        }
        let mut tasks: Vec<DialerTask> =
            self.page(Key::PdsTasks, reads.dialer_tasks(first())).await;
        // What is over has calls.
        tasks.sort_by_key(|task| {
            task.status.as_ref().is_none_or(|status| status.phase != Phase::Finished)
        });
        let mut ids: Vec<TaskId> = tasks.into_iter().map(|task| task.id).collect();
        ids.truncate(TASKS);
        let calls =
            self.of_several(Key::PdsDetails, &ids, |id| reads.dialer_calls(id, first())).await;
        let key = Key::PdsRecording;
        match telling(calls) {
            Some(id) => {
                let link = async { Ok(usize::from(reads.dialer_recording(&id).await?.is_some())) };
                self.counted(key, link).await;
            }
            None => self.no_example(key),
        }
    }

    async fn dialer_sign_in(&mut self) -> Result<(), ReadError> {
        let (reads, key) = (self.reads, Key::PdsAuth);
        // Asking for a token does not look whether there are keys to ask with.
        let asked = async {
            reads.may(key).map_err(|why: NotAsked| ReadErrorKind::from(why).of(key))?;
            reads.sign_in_pds().await
        };
        let mut outcome = Ok(());
        let counted = async {
            outcome = asked.await;
            outcome.clone().map(|()| 1)
        };
        self.counted(key, counted).await;
        outcome
    }

    fn none<T: Wanted>(&mut self, key: Key) -> Vec<T> {
        self.no_example(key);
        Vec::new()
    }
}

/// The call that says as much as possible: one with a recording, else one that was answered.
fn telling(calls: Vec<Call>) -> Option<CallId> {
    let says = |call: &Call| (call.recording.is_some(), call.connected == Some(true));
    calls.into_iter().max_by_key(says).map(|call| call.id)
}
