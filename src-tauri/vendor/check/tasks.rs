//! The part of the check that is about calling tasks and dialing plans.

use super::{
    Row,
    ask::{Check, first},
};
use crate::{
    domain::{
        call::Call,
        ids::Callee,
        task::{Plan, Round},
    },
    vendor::{Key, probe},
};

impl<F: FnMut(&Row) + Send> Check<'_, F> {
    pub(super) async fn calling_tasks(&mut self) {
        let reads = self.reads;
        let tasks = self.page(Key::TaskList, reads.calling_tasks(first())).await;
        // Where most is done there is most to be found.
        let fullest = tasks.into_iter().max_by_key(|task| task.finished.unwrap_or(0));
        self.examples.calling_task =
            fullest.map(|task| task.id).or(self.examples.calling_task.take());
        let Some(task) = self.examples.calling_task.clone() else {
            let keys =
                [Key::TaskDetails, Key::TaskCallById, Key::TaskRecording, Key::TaskRecordings];
            keys.into_iter().for_each(|key| self.no_example(key));
            return self.robots().await;
        };
        let calls = self.page(Key::TaskDetails, reads.calls_of_task(&task, first())).await;
        let call = calls.into_iter().max_by_key(telling);
        match &call {
            Some(call) => {
                let asked = async {
                    let found = reads.call_of_task(&call.id).await?;
                    Ok((found.into_iter().collect(), Vec::new()))
                };
                self.rows_of::<Call>(Key::TaskCallById, asked).await;
            }
            None => self.no_example(Key::TaskCallById),
        }
        match call.and_then(|call| call.callee) {
            Some(callee) => {
                let asked = async {
                    let file = reads.recording_of_number(&task, &callee).await?;
                    Ok(usize::from(file.is_some_and(|file| !file.bytes.is_empty())))
                };
                self.counted(Key::TaskRecording, asked).await;
            }
            None => self.no_example(Key::TaskRecording),
        }
        let link = async { Ok(reads.recordings_of_task(&task).await?.map_or(0, |_| 1)) };
        self.counted(Key::TaskRecordings, link).await;
        self.robots().await;
    }

    async fn robots(&mut self) {
        let reads = self.reads;
        self.page(Key::TaskRobots, reads.robots()).await;
    }

    pub(super) async fn plans(&mut self) {
        let reads = self.reads;
        self.page(Key::PlanStrategies, reads.strategies()).await;
        let plans = self.page(Key::PlanList, reads.plans(first())).await;
        let fullest = plans.into_iter().max_by_key(|plan| plan.finished.unwrap_or(0));
        self.examples.plan = fullest.map(|plan| plan.id).or(self.examples.plan.take());
        let Some(plan) = self.examples.plan.clone() else {
            let keys = [Key::PlanStatus, Key::PlanRounds, Key::PlanRecordingsOfNumber];
            return keys.into_iter().for_each(|key| self.no_example(key));
        };
        let asked = async {
            let found = reads.plan(&plan).await?;
            Ok((found.into_iter().collect(), Vec::new()))
        };
        self.rows_of::<Plan>(Key::PlanStatus, asked).await;
        let rounds = self.page(Key::PlanRounds, reads.rounds(&plan, first())).await;
        match self.dialled_by(rounds).await {
            Some(callee) => {
                let recordings = reads.recordings_of_plan(&plan, &callee);
                self.page(Key::PlanRecordingsOfNumber, recordings).await;
            }
            None => self.no_example(Key::PlanRecordingsOfNumber),
        }
    }

    /// A number that a round called, best one with a recording. The rounds' own answers name none.
    async fn dialled_by(&self, rounds: Vec<Round>) -> Option<Callee> {
        let task = rounds.into_iter().find_map(|round| round.task)?;
        if !self.is_allowed(Key::TaskDetails) {
            return None;
        }
        let reads = self.reads;
        let calls = reads.calls_of_task(&task, first());
        let (page, _) = probe::probed(self.scope.guesses, calls).await;
        let calls = page.ok()?.rows.into_iter().map(|row| row.value);
        calls.max_by_key(telling)?.callee
    }
}

/// One call says more than another: a recording first, then a number.
fn telling(call: &Call) -> (bool, bool) {
    (call.recording.is_some(), call.callee.is_some())
}
