//! The door itself: where an action meets the journal and the vendor.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, PoisonError, Weak},
};

use tokio::sync::{Mutex, Notify};

use super::{
    aim::{self, Aim, Ask, Number},
    gate::{self, Facts, Refusal},
    radius::{self, Radius},
    sight::{self, Sight},
};
use crate::{
    domain::{
        action::{Action, How, Outcome, Subject, Target, Verb},
        evidence::Evidence,
        ids::{AccountId, ActionId, TaskId},
        mask::Mask,
        time::Timestamp,
    },
    store::{AuditWriter, Reader, SourceMark, StoreError},
    vendor::{Key, NotAsked, Permission, WriteOutcome, Writes},
};

/// Tells the time: the room itself has no clock.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// One confirmed click.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionRequest {
    pub id: ActionId,
    pub account: AccountId,
    pub verb: Verb,
    pub target: Target,
    pub reason: String,
    pub how: How,
    /// For a trial: what the person typed to name what it is made on.
    pub named: String,
}

/// What is known of a trial before it is made and after.
#[derive(Clone, Debug)]
pub struct Trial {
    pub evidence: Evidence,
    /// The request as it would be sent, the number masked; empty where the account has no keys here.
    pub preview: String,
    /// The one that was made with this account and verb.
    pub made: Option<Action>,
    /// Why none may be made, whatever is named.
    pub doubt: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// Before anything was sent, or while reading.
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(
        "the action was sent ({}), but that could not be written down: {source}; the journal will call \
         it unknown after the next start, so look at the vendor's console",
        outcome.word()
    )]
    OutcomeLost { outcome: Outcome, source: StoreError },
    /// No trial was made, and nothing was journaled: it may still be made.
    #[error("no trial: {0}")]
    NoTrial(Refusal),
    #[error("the app stopped while the action was under way; the journal says how far it got")]
    Interrupted,
}

/// The one holder of the vendor's [`Writes`].
#[derive(Clone)]
pub struct Door {
    inner: Arc<Inner>,
}

struct Inner {
    writes: HashMap<AccountId, Writes>,
    audit: Mutex<AuditWriter>,
    reader: Reader,
    clock: Clock,
    wake_sync: Arc<Notify>,
    by: String,
    read_only: HashSet<AccountId>,
    /// Actions under way: a second call with the same id waits for the first.
    turns: std::sync::Mutex<HashMap<ActionId, Weak<Mutex<()>>>>,
}

impl Door {
    /// `by` is the operating system's user, `wake_sync` makes sync read again.
    pub fn new(
        writes: HashMap<AccountId, Writes>,
        audit: AuditWriter,
        reader: Reader,
        clock: Clock,
        wake_sync: Arc<Notify>,
        by: String,
        read_only: HashSet<AccountId>,
    ) -> Self {
        let turns = std::sync::Mutex::default();
        let audit = Mutex::new(audit);
        let inner = Inner { writes, audit, reader, clock, wake_sync, by, read_only, turns };
        Self { inner: Arc::new(inner) }
    }

    /// The confirm dialog's content, from the store alone.
    pub async fn blast_radius(&self, ask: &Ask, mask: Mask) -> Result<Radius, DoorError> {
        let inner = &self.inner;
        let aim = Aim::take(&inner.reader, ask).await?;
        let lines = radius::lines(&inner.reader, ask, &aim).await?;
        let writes = inner.writes.get(&ask.account);
        let subject = &ask.target.subject;
        let number = aim.number.parts();
        let preview = |w: &Writes| w.preview(ask.verb, subject, number, mask);
        let callee = aim.number.callee().or(aim.found.as_ref().and_then(|f| f.callee.as_ref()));
        Ok(Radius {
            refusal: inner.gate(ask, &aim, Asked::default()).err(),
            evidence: writes.map_or(Evidence::Assumed, |w| w.evidence(ask.verb)),
            confirmed: writes.and_then(|w| Some(w.confirmation(ask.verb).ok()?.by)),
            preview: writes.map(preview).unwrap_or_default(),
            hold: radius::is_held(ask.verb.reach(), &lines),
            lines,
            callee: callee.cloned(),
            subject: subject.clone(),
            found: aim.found,
        })
    }

    /// What the one trial of the verb would send, or came to.
    pub async fn trial(&self, ask: &Ask, mask: Mask) -> Result<Trial, DoorError> {
        let inner = &self.inner;
        let aim = Aim::take(&inner.reader, ask).await?;
        let writes = inner.writes.get(&ask.account);
        let (subject, number) = (&ask.target.subject, aim.number.parts());
        let preview = |w: &Writes| w.preview(ask.verb, subject, number, mask);
        Ok(Trial {
            evidence: writes.map_or(Evidence::Assumed, |w| w.evidence(ask.verb)),
            preview: writes.map(preview).unwrap_or_default(),
            made: inner.reader.trial(&ask.account, ask.verb).await?,
            doubt: writes.and_then(|w| w.doubt(ask.verb)).map(str::to_owned),
        })
    }

    /// Acts once for each [`ActionRequest::id`], whatever happens to the caller: a repeated call, also
    /// while the first is under way, gets what was recorded. An own refusal is recorded like a vendor's.
    pub async fn act(&self, request: ActionRequest) -> Result<Action, DoorError> {
        let inner = self.inner.clone();
        // A window that closes drops this future; what was sent needs its outcome all the same.
        let acting = tokio::spawn(async move { inner.act(request).await });
        acting.await.unwrap_or(Err(DoorError::Interrupted))
    }

    /// At start, before anything acts: what an earlier run left without an outcome becomes unknown.
    pub async fn sweep(&self) -> Result<u64, DoorError> {
        let now = (self.inner.clock)();
        Ok(self.inner.audit.lock().await.sweep(now).await?)
    }

    /// Looks for the effect of the account's actions in what was read since. To be called after what
    /// sync read is stored, also when it brought nothing new.
    pub async fn observe(&self, account: &AccountId) -> Result<(), DoorError> {
        let open = self.inner.reader.unseen_actions(account).await?;
        if open.is_empty() {
            return Ok(());
        }
        let marks = self.inner.reader.known_sources(account).await?;
        for action in open {
            self.inner.look(&action, &marks).await?;
        }
        Ok(())
    }

    /// Waits for the actions that are under way now: before the app ends.
    pub async fn settle(&self) {
        for turn in self.inner.open_turns() {
            drop(turn.lock().await);
        }
    }
}

impl Inner {
    async fn act(&self, request: ActionRequest) -> Result<Action, DoorError> {
        let turn = self.turn(&request.id);
        let _alone = turn.lock().await;
        let ActionRequest { id, account, verb, target, reason, how, named } = request;
        let ask = Ask { account, verb, target };
        let aim = Aim::take(&self.reader, &ask).await?;
        let action = self.journal_line(id, &ask, &aim, reason, how);
        let written = self.write_down(action, &ask, &aim, &named).await?;
        let action = match written {
            Written::ToSend(action) => action,
            Written::Done(action) => return Ok(action),
        };
        let (outcome, detail) = self.send(&action, &aim.number).await;
        let at = (self.clock)();
        let written = {
            let mut audit = self.audit.lock().await;
            audit.outcome(&action.id, outcome, at, Some(&detail)).await
        };
        self.wake_sync.notify_one();
        match written {
            Ok(()) => Ok(Action { outcome, outcome_at: Some(at), detail: Some(detail), ..action }),
            Err(source) => {
                tracing::error!(action = action.id.as_str(), %source, "an outcome was lost");
                Err(DoorError::OutcomeLost { outcome, source })
            }
        }
    }

    /// Gate and journal in one turn, so that two trials at once are not both the first.
    async fn write_down(
        &self,
        mut action: Action,
        asked: &Ask,
        aim: &Aim,
        named: &str,
    ) -> Result<Written, DoorError> {
        let mut audit = self.audit.lock().await;
        if let Some(recorded) = self.reader.action(&action.id).await? {
            return Ok(Written::Done(recorded));
        }
        let tried = action.how == How::Trial
            && self.reader.trial(&action.account, action.verb).await?.is_some();
        let ask = Asked { how: action.how, tried, named };
        let verdict = self.gate(asked, aim, ask);
        let done = match (&verdict, action.how) {
            (Err(refusal), How::Trial) => return Err(DoorError::NoTrial(refusal.clone())),
            (Err(refusal), _) => Some((Outcome::Refused, refusal.to_string())),
            (Ok(()), How::Outside) => Some((Outcome::Outside, OUTSIDE.to_owned())),
            (Ok(()), How::Send | How::Trial) => None,
        };
        let ended = done.is_some();
        if let Some((outcome, detail)) = done {
            action.outcome = outcome;
            action.outcome_at = Some(action.requested_at);
            action.detail = Some(detail);
        }
        Ok(match audit.request(&action).await? {
            Some(recorded) => Written::Done(recorded),
            None if ended => Written::Done(action),
            None => Written::ToSend(action),
        })
    }

    fn gate(&self, ask: &Ask, aim: &Aim, asked: Asked<'_>) -> Result<(), Refusal> {
        let (account, verb) = (&ask.account, ask.verb);
        let writes = self.writes.get(account);
        let facts = Facts {
            connected: writes.is_some(),
            read_only: self.read_only.contains(account),
            how: asked.how,
            tried: asked.tried,
            doubt: writes.and_then(|w| w.doubt(verb)),
            named: asked.named,
            unconfirmed: writes.and_then(|w| w.confirmation(verb).err()),
            subject: &ask.target.subject,
            found: aim.found.as_ref().filter(|_| verb.suits(&ask.target.subject)),
            number: &aim.number,
        };
        gate::check(verb, &facts)
    }

    fn journal_line(&self, id: ActionId, ask: &Ask, aim: &Aim, reason: String, how: How) -> Action {
        let found = aim.found.clone().unwrap_or_default();
        let number = aim.number.parts();
        let subject = ask.target.subject.clone();
        Action {
            id,
            workflow: subject.workflow().cloned().or(found.workflow),
            subject,
            account: ask.account.clone(),
            verb: ask.verb,
            how,
            name: found.name,
            callee: number.map(|(callee, _)| callee.clone()).or(found.callee),
            case_id: number.and_then(|(_, case_id)| case_id.map(str::to_owned)),
            reason,
            by: self.by.clone(),
            requested_at: (self.clock)(),
            outcome: Outcome::Requested,
            outcome_at: None,
            detail: None,
            status_before: found.status.map(|status| status.written),
            seen_at: None,
            status_seen: None,
            calls_since: None,
        }
    }

    /// The one request to the vendor. The gate saw to it that there is somebody to ask and, where one
    /// is needed, a number.
    async fn send(&self, action: &Action, number: &Number) -> (Outcome, String) {
        let Some(writes) = self.writes.get(&action.account) else {
            return (Outcome::Refused, Refusal::NotConnected.to_string());
        };
        let permission = match action.how {
            How::Trial => writes.trial(action.verb).ok_or(NotAsked::Unconfirmed),
            How::Send | How::Outside => writes.permission(action.verb),
        };
        let permission: Permission = match permission {
            Ok(permission) => permission,
            Err(why) => return (Outcome::Refused, Refusal::NotConfirmed(why).to_string()),
        };
        let answered = writes.send(permission, &action.subject, number.parts()).await;
        let (outcome, detail) = match answered {
            WriteOutcome::Accepted { detail } => (Outcome::Accepted, detail),
            WriteOutcome::Refused { detail } => (Outcome::Refused, detail),
            WriteOutcome::NotSent { detail } => (Outcome::Failed, detail),
            WriteOutcome::Unknown { detail } => (Outcome::Unknown, detail),
        };
        // The vendor may quote the number that it was asked about.
        (outcome, Mask::LastFour.text_with(&detail, action.callee.as_ref()))
    }

    async fn look(&self, action: &Action, marks: &[SourceMark]) -> Result<(), StoreError> {
        let now = (self.clock)();
        let (account, subject) = (&action.account, &action.subject);
        let tasks = aim::tasks_of(&self.reader, account, subject).await?;
        let read_at = read_at(marks, subject, &tasks);
        let counted_from = sight::counted_from(action);
        let settled = sight::settled(action, read_at.unwrap_or(now));
        let (Some(counted_from), Some(settled)) = (counted_from, settled) else { return Ok(()) };
        let callee = action.callee.as_ref();
        let started = async |callee, at| match aim::calls_of(subject, &tasks) {
            Some(of) => self.reader.calls_started_since(account, of, callee, at).await.map(Some),
            None => Ok(None),
        };
        if counted_from <= now
            && let Some(calls) = started(callee, counted_from).await?
        {
            self.audit.lock().await.calls_since(&action.id, calls).await?;
        }
        let found = aim::found(&self.reader, account, subject).await?;
        let sight = Sight {
            status: found.as_ref().and_then(|found| found.status.as_ref()),
            late_calls: started(callee, settled).await?.unwrap_or(0),
            late_calls_of_all: started(None, settled).await?.unwrap_or(0),
            read_at,
        };
        if sight::is_seen(action, &sight, now) {
            let written = sight.status.map(|s| s.written.as_str());
            self.audit.lock().await.seen(&action.id, now, written).await?;
        }
        Ok(())
    }

    fn turn(&self, id: &ActionId) -> Arc<Mutex<()>> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.retain(|_, turn| turn.strong_count() > 0);
        if let Some(turn) = turns.get(id).and_then(Weak::upgrade) {
            return turn;
        }
        let turn = Arc::default();
        turns.insert(id.clone(), Arc::downgrade(&turn));
        turn
    }

    fn open_turns(&self) -> Vec<Arc<Mutex<()>>> {
        let turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        turns.values().filter_map(Weak::upgrade).collect()
    }
}

/// What an action's journal line is to become.
enum Written {
    ToSend(Action),
    /// Recorded before, refused, or done by somebody else.
    Done(Action),
}

/// In which way something is asked of the gate.
#[derive(Clone, Copy, Default)]
struct Asked<'a> {
    how: How,
    tried: bool,
    named: &'a str,
}

const OUTSIDE: &str = "done outside, in the vendor's console: nothing was sent from here";

/// When what would show the effect was last read. Of a workflow: the list of all, or its nodes or tasks,
/// whichever was read last. Of a plan: the older of its rounds and the calls of their tasks.
fn read_at(marks: &[SourceMark], subject: &Subject, tasks: &[TaskId]) -> Option<Timestamp> {
    let id = subject.id();
    match subject {
        Subject::Workflow(_) => [
            radius::read_at(marks, Key::WorkflowList, ""),
            radius::read_at(marks, Key::WorkflowSubtasks, id),
            radius::read_at(marks, Key::WorkflowOutboundTasks, id),
        ]
        .into_iter()
        .flatten()
        .max(),
        Subject::Task(_) => radius::calls_read_at(tasks, marks),
        Subject::Plan(_) => {
            let rounds = radius::read_at(marks, Key::PlanRounds, id);
            rounds.into_iter().chain(radius::calls_read_at(tasks, marks)).min()
        }
        Subject::DialerTask(_) => radius::read_at(marks, Key::PdsDetails, id),
        Subject::Session(_) => None,
    }
}
