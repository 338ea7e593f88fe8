//! The order of the check: what is learnt from one answer is what the next is asked with.

use super::{
    Examples, Grade, Next, Row, Scope,
    judge::{self, Brought},
    names,
    surroundings::{self, Surroundings},
    wanted::{self, Wanted},
    zone,
};
use crate::{
    domain::{
        call::Call,
        ids::WorkflowId,
        time::Timestamp,
        workflow::{Seen, Workflow},
    },
    vendor::{
        Key, Page, PageAsk, ReadError, ReadErrorKind, Reads,
        catalogue::Family,
        gate::{self, NotAsked},
        lookups::{Person, Within},
        probe::{self, Exchange},
        transport::{Method, TransportError},
    },
};

/// Enough rows to learn from and to see whether they can be read.
const ROWS: u32 = 20;
/// Workflows that are looked into until one has what is looked for.
const WORKFLOWS: usize = 4;
/// How far back a person is looked for.
const LOOK_BACK_MS: i64 = 90 * 86_400_000;

const GUESSED_POST: &str = "it would be a POST on a guessed path, and those are never sent: import the \
    vendor's documentation, or correct the path";
const NO_EXAMPLE: &str = "no id to ask with was found in the answers before";

/// Tries everything once, within the account's budget, and tells each row as it comes.
pub async fn check(
    reads: &Reads,
    surroundings: &Surroundings,
    examples: Examples,
    scope: Scope,
    told: impl FnMut(&Row) + Send,
) -> Vec<Row> {
    let mut check = Check { reads, scope, examples, rows: Vec::new(), told, newest: None };
    check.add(surroundings::proxy(surroundings));
    let base = reads.base_url(Family::Cloud);
    let dns = surroundings::dns(&base, surroundings).await;
    check.add(dns);
    match check.sign_in(&base).await {
        Ok(vendor_now) => {
            check.workflows().await;
            check.tasks().await;
            check.people().await;
            check.calling_tasks().await;
            check.plans().await;
            check.waba().await;
            check.leads().await;
            check.chats().await;
            check.business().await;
            check.dialer().await;
            let row = zone::row(check.newest, reads.zone(), vendor_now);
            check.add(row);
        }
        Err(next) => check.nothing_else(next).await,
    }
    check.rows
}

/// What is tried behind the sign-in.
pub(super) const ASKED: [Key; 31] = [
    Key::WorkflowTemplates,
    Key::WorkflowList,
    Key::WorkflowSubtasks,
    Key::WorkflowOutboundTasks,
    Key::WorkflowOutboundDetails,
    Key::WorkflowCallById,
    Key::WorkflowCallsByPerson,
    Key::WorkflowRecordingsOfNumber,
    Key::WorkflowFind,
    Key::RecordingFile,
    Key::TaskList,
    Key::TaskDetails,
    Key::TaskCallById,
    Key::TaskRecording,
    Key::TaskRecordings,
    Key::TaskRobots,
    Key::PlanStrategies,
    Key::PlanList,
    Key::PlanStatus,
    Key::PlanRounds,
    Key::PlanRecordingsOfNumber,
    Key::WorkflowWabaTasks,
    Key::WorkflowWabaDetails,
    Key::WorkflowVerifyPush,
    Key::LeadsTemplates,
    Key::LeadsList,
    Key::LeadsTasks,
    Key::LeadsTaskDetails,
    Key::LeadsCallById,
    Key::LeadsVerifyPush,
    Key::ChatSessions,
];

/// What has keys of its own.
pub(super) const OTHERWISE_SIGNED: [Key; 9] = [
    Key::ChatMessages,
    Key::WabaAccounts,
    Key::WabaTemplates,
    Key::WabaTemplate,
    Key::WabaResult,
    Key::PdsAuth,
    Key::PdsTasks,
    Key::PdsDetails,
    Key::PdsRecording,
];

pub(super) struct Check<'r, F> {
    pub(super) reads: &'r Reads,
    pub(super) scope: Scope,
    pub(super) examples: Examples,
    rows: Vec<Row>,
    told: F,
    /// The newest time without an offset in any answer.
    newest: Option<Timestamp>,
}

impl<F: FnMut(&Row) + Send> Check<'_, F> {
    pub(super) fn add(&mut self, row: Row) {
        (self.told)(&row);
        self.rows.push(row);
    }

    /// The vendor's present, or why nothing else can be tried.
    async fn sign_in(&mut self, base: &str) -> Result<Timestamp, Next> {
        let reads = self.reads;
        let (result, seen) = probe::probed(false, reads.sign_in()).await;
        let failure = result.as_ref().err().map(|error| error.kind.clone());
        let broken = match &failure {
            Some(ReadErrorKind::Transport(TransportError::Tls(why))) => Some(why.clone()),
            _ => None,
        };
        let answer: Option<&Exchange> = seen.last();
        let answered = answer.is_some_and(|exchange| exchange.http.is_some());
        let now = reads.now();
        self.add(surroundings::tls(base, broken.as_deref(), answered));
        self.add(surroundings::clock(answer, now));
        let ended = failure.as_ref().map(judge::next_step);
        let rows = result.map(|()| Brought { rows: 1, ..Brought::default() });
        let row = judge::row(Key::CloudAuth, reads.evidence(Key::CloudAuth), rows, &seen);
        // A page that is no JSON where a token should be is usually a proxy's.
        let ended = match failure {
            Some(ReadErrorKind::Unreadable { .. }) => Some(Next::Network),
            _ => ended,
        };
        self.add(Row { next: ended.unwrap_or(row.next), ..row });
        ended.map_or(Ok(answer.and_then(|exchange| exchange.date).unwrap_or(now)), Err)
    }

    /// Nobody is asked the same question a dozen times while the answer is known.
    async fn nothing_else(&mut self, next: Next) {
        for key in ASKED {
            let why = "not tried, because the sign-in did not work";
            self.add(judge::untried(key, self.reads.evidence(key), next, why));
        }
        if next == Next::Keys {
            self.messages().await;
            self.business().await;
            self.dialer().await;
        } else {
            for key in OTHERWISE_SIGNED {
                let why = "not tried, because the vendor could not be asked";
                self.add(judge::untried(key, self.reads.evidence(key), next, why));
            }
        }
        self.add(Row::new("zone", Grade::NotTested, next));
    }

    async fn workflows(&mut self) {
        let reads = self.reads;
        self.page(Key::WorkflowTemplates, reads.templates(first())).await;
        let list = reads.workflows(first());
        let mut workflows = self.page(Key::WorkflowList, list).await;
        // Where most is done there is most to be found.
        workflows.sort_by_key(|w: &Workflow| std::cmp::Reverse(w.finished.unwrap_or(0)));
        let mut ids: Vec<WorkflowId> = workflows.into_iter().map(|w| w.id).collect();
        ids.extend(self.examples.workflow.take());
        ids.truncate(WORKFLOWS);
        self.examples.workflow = ids.first().cloned();
        self.of_several(Key::WorkflowSubtasks, &ids, |w| reads.nodes(w, first())).await;
        let tasks = self
            .of_several(Key::WorkflowOutboundTasks, &ids, |w| reads.outbound_tasks(w, first()))
            .await;
        if let Some(task) = tasks.into_iter().max_by_key(|task| task.finished.unwrap_or(0)) {
            self.examples.workflow = Some(task.workflow);
            self.examples.task = Some(task.id);
        }
        let waba =
            self.of_several(Key::WorkflowWabaTasks, &ids, |w| reads.waba_tasks(w, first())).await;
        if let Some(task) = waba.into_iter().max_by_key(|task| task.sent.unwrap_or(0)) {
            self.examples.waba_task = Some(task.id);
        }
    }

    async fn tasks(&mut self) {
        let reads = self.reads;
        let Some(task) = self.examples.task.clone() else {
            self.no_example(Key::WorkflowOutboundDetails);
            return self.one_call().await;
        };
        let workflow = self.examples.workflow.clone().unwrap_or_else(|| WorkflowId::new(""));
        let details = reads.calls(&workflow, &task, first());
        let calls = self.page(Key::WorkflowOutboundDetails, details).await;
        // One that says as much as possible: a recording first, then a number.
        let telling = |call: &Call| (call.recording.is_some(), call.callee.is_some());
        if let Some(call) = calls.into_iter().max_by_key(telling) {
            self.learn(call);
        }
        self.one_call().await;
    }

    fn learn(&mut self, call: Call) {
        let examples = &mut self.examples;
        examples.call = Some(call.id);
        examples.workflow = call.workflow.or(examples.workflow.take());
        examples.callee = call.callee.or(examples.callee.take());
        examples.case_id = call.case_id.or(examples.case_id.take());
        examples.recording = call.recording.or(examples.recording.take());
    }

    async fn one_call(&mut self) {
        let key = Key::WorkflowCallById;
        let Some(id) = self.examples.call.clone() else { return self.no_example(key) };
        let reads = self.reads;
        self.one(key, reads.call(&id)).await;
    }

    pub(super) async fn one<T: Wanted>(
        &mut self,
        key: Key,
        asking: impl Future<Output = Result<Option<Seen<T>>, ReadError>>,
    ) {
        let asked = async { Ok((asking.await?.into_iter().collect(), Vec::new())) };
        self.rows_of::<T>(key, asked).await;
    }

    async fn people(&mut self) {
        let (workflow, callee) = (self.examples.workflow.clone(), self.examples.callee.clone());
        let reads = self.reads;
        if let (Some(workflow), Some(callee)) = (workflow, callee.clone()) {
            let (person, within) =
                (Person::Number(callee.clone()), Within::Workflow(workflow.clone()));
            let calls = reads.calls_by_person(&person, &within);
            self.page(Key::WorkflowCallsByPerson, calls).await;
            let recordings = reads.recordings_of_number(&workflow, &callee);
            self.page(Key::WorkflowRecordingsOfNumber, recordings).await;
        } else {
            self.no_example(Key::WorkflowCallsByPerson);
            self.no_example(Key::WorkflowRecordingsOfNumber);
        }
        let person = callee.map(Person::Number);
        let person = person.or_else(|| self.examples.case_id.clone().map(Person::Case));
        match person {
            Some(person) => {
                let now = reads.now();
                let found = reads.find(&person, (now.plus_ms(-LOOK_BACK_MS), now));
                self.page(Key::WorkflowFind, found).await;
            }
            None => self.no_example(Key::WorkflowFind),
        }
        self.recording().await;
        let key = Key::WorkflowVerifyPush;
        match self.examples.push.clone() {
            Some(push) => {
                let asked = async { Ok(usize::from(reads.verify_push(&push).await?.is_some())) };
                self.counted(key, asked).await;
            }
            None => self.no_example(key),
        }
    }

    async fn recording(&mut self) {
        let key = Key::RecordingFile;
        let Some(link) = self.examples.recording.clone() else { return self.no_example(key) };
        let reads = self.reads;
        self.counted(key, async {
            Ok(usize::from(!reads.recording(&link).await?.bytes.is_empty()))
        })
        .await;
    }

    async fn waba(&mut self) {
        let key = Key::WorkflowWabaDetails;
        let Some(task) = self.examples.waba_task.clone() else { return self.no_example(key) };
        let workflow = self.examples.workflow.clone().unwrap_or_else(|| WorkflowId::new(""));
        let reads = self.reads;
        let details = reads.waba_messages(&workflow, &task, first());
        let mut messages = self.page(key, details).await;
        let newest = messages.pop().map(|message| (message.task, message.id));
        self.examples.waba_message = newest.or(self.examples.waba_message.take());
    }

    async fn chats(&mut self) {
        let reads = self.reads;
        let list = reads.sessions(first());
        let sessions = self.page(Key::ChatSessions, list).await;
        if let Some(session) = sessions.into_iter().max_by_key(|s| s.talk_round.unwrap_or(0)) {
            self.examples.session = Some(session.id);
        }
        self.messages().await;
    }

    async fn messages(&mut self) {
        let key = Key::ChatMessages;
        let reads = self.reads;
        if let Err(why) = reads.may(key) {
            let kind = ReadErrorKind::NotAsked(why);
            return self.add(judge::row(
                key,
                reads.evidence(key),
                Err(ReadError { key, kind }),
                &[],
            ));
        }
        let Some(session) = self.examples.session.clone() else { return self.no_example(key) };
        let messages = reads.messages(&session, None, ROWS);
        self.page(key, messages).await;
    }

    /// Asks about one thing after another until one has rows; only the last answer is told.
    pub(super) async fn of_several<'w, I, T, A>(
        &mut self,
        key: Key,
        ids: &'w [I],
        ask: impl Fn(&'w I) -> A,
    ) -> Vec<T>
    where
        T: Wanted,
        A: Future<Output = Result<Page<T>, ReadError>> + Send,
    {
        let Some((last, before)) = ids.split_last() else {
            self.no_example(key);
            return Vec::new();
        };
        let mut chosen = last;
        if self.is_allowed(key) {
            for id in before {
                let (page, _) = probe::probed(self.scope.guesses, ask(id)).await;
                let empty = page.is_ok_and(|page| page.rows.is_empty() && page.skipped.is_empty());
                if !empty {
                    chosen = id;
                    break;
                }
            }
        }
        self.page(key, ask(chosen)).await
    }

    pub(super) fn is_allowed(&self, key: Key) -> bool {
        !self.is_guessed_post(key) && self.reads.may(key).is_ok()
    }

    pub(super) async fn page<T: Wanted>(
        &mut self,
        key: Key,
        asking: impl Future<Output = Result<Page<T>, ReadError>>,
    ) -> Vec<T> {
        let asked = async {
            let page = asking.await?;
            Ok((page.rows, page.skipped.into_iter().map(|skipped| skipped.why).collect()))
        };
        self.rows_of(key, asked).await
    }

    /// Asks and tells the row: what could be read, and why the rest could not.
    pub(super) async fn rows_of<T: Wanted>(
        &mut self,
        key: Key,
        asking: impl Future<Output = Result<(Vec<Seen<T>>, Vec<String>), ReadError>>,
    ) -> Vec<T> {
        let reads = self.reads;
        let evidence = reads.evidence(key);
        if self.is_guessed_post(key) {
            self.add(judge::untried(key, evidence, Next::Path, GUESSED_POST));
            return Vec::new();
        }
        let (result, seen) = probe::probed(self.scope.guesses, asking).await;
        let mut values = Vec::new();
        let brought = result.map(|(rows, skipped)| {
            let texts = || rows.iter().map(|row| row.raw.as_str());
            self.newest = self.newest.max(zone::newest(texts(), reads.zone()));
            let unknown = names::unknown(T::KIND, &reads.mapped(T::KIND), texts());
            values.extend(rows.into_iter().map(|row| row.value));
            let (rows, missing) = (values.len() + skipped.len(), wanted::missing(&values));
            Brought { rows, skipped, unknown, missing }
        });
        self.add(judge::row(key, evidence, brought, &seen));
        values
    }

    fn is_guessed_post(&self, key: Key) -> bool {
        let reads = self.reads;
        reads.method(key) == Method::Post
            && gate::is_guess(reads.evidence(key))
            && !reads.gives_path(key)
    }

    /// Asks for something that is no record of ours: how many there are is all that is told.
    pub(super) async fn counted(
        &mut self,
        key: Key,
        asking: impl Future<Output = Result<usize, ReadError>>,
    ) {
        let evidence = self.reads.evidence(key);
        if self.is_guessed_post(key) {
            return self.add(judge::untried(key, evidence, Next::Path, GUESSED_POST));
        }
        let (result, seen) = probe::probed(self.scope.guesses, asking).await;
        let brought = result.map(|rows| Brought { rows, ..Brought::default() });
        self.add(judge::row(key, evidence, brought, &seen));
    }

    /// What may not be asked anyway says so; else there is nothing to ask it with.
    pub(super) fn no_example(&mut self, key: Key) {
        let reads = self.reads;
        let evidence = reads.evidence(key);
        let row = match reads.may(key) {
            _ if self.is_guessed_post(key) => {
                judge::untried(key, evidence, Next::Path, GUESSED_POST)
            }
            // A guess that was agreed to lacks the same as any other: an example.
            Err(why) if why != NotAsked::Guessed || !self.scope.guesses => {
                let kind = ReadErrorKind::NotAsked(why);
                judge::row(key, evidence, Err(ReadError { key, kind }), &[])
            }
            _ => judge::untried(key, evidence, Next::NoExample, NO_EXAMPLE),
        };
        self.add(row);
    }
}

pub(super) fn first() -> PageAsk {
    PageAsk { page: 1, page_size: ROWS, known: None }
}
