//! Records and a store to put them into.

use tempfile::TempDir;

use crate::{
    domain::{
        action::{Action, How, Outcome, Verb},
        call::{Call, CallDetail},
        chat::{Content, Message, Session, SessionDetail, Signature, Transcript},
        ids::{AccountId, ActionId, CallId, Callee, NodeId, SessionId, WorkflowId},
        status::Status,
        time::Timestamp,
        workflow::{Node, Seen, Source, Workflow},
    },
    store::{Applied, Batch, ListAsk, Opened, open},
};

pub struct World {
    pub folder: TempDir,
    pub store: Opened,
}

pub fn account() -> AccountId {
    AccountId::from("acme")
}

pub fn at(ms: i64) -> Timestamp {
    Timestamp(ms)
}

impl World {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = open(&folder.path().join("data").join("store.db")).await.unwrap();
        Self { folder, store }
    }

    pub async fn reopen(self) -> Self {
        let Self { folder, store } = self;
        drop(store);
        let store = open(&folder.path().join("data").join("store.db")).await.unwrap();
        Self { folder, store }
    }

    pub async fn apply(&mut self, batch: Batch) -> Applied {
        self.apply_from(Source::Api, batch).await
    }

    pub async fn apply_from(&mut self, source: Source, batch: Batch) -> Applied {
        self.store.writer.apply(&account(), source, at(0), batch).await.unwrap()
    }

    /// A query of the test's own on the file, past the readers.
    pub async fn scalar(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&self.store.reader.pool).await.unwrap()
    }
}

pub fn seen<T>(value: T) -> Seen<T> {
    Seen { value, raw: "{}".to_owned() }
}

pub fn workflow(id: &str, status: &str, as_of: i64) -> Workflow {
    Workflow {
        id: WorkflowId::from(id),
        name: None,
        template: None,
        template_name: None,
        status: Some(Status::read(status)),
        created_at: None,
        started_at: None,
        ended_at: None,
        total: None,
        finished: None,
        as_of: at(as_of),
    }
}

pub fn workflows(list: Vec<Workflow>) -> Batch {
    Batch { workflows: list.into_iter().map(seen).collect(), ..Batch::default() }
}

pub fn node(id: &str, status: &str, as_of: i64) -> Node {
    Node {
        id: NodeId::from(id),
        workflow: WorkflowId::from("w"),
        name: Some(format!("node {id}")),
        node_type: Some("voice".to_owned()),
        task: None,
        status: Some(Status::read(status)),
        started_at: None,
        ended_at: None,
        total: None,
        finished: None,
        as_of: at(as_of),
    }
}

pub fn call(id: &str) -> Call {
    Call {
        id: CallId::from(id),
        workflow: Some(WorkflowId::from("w")),
        workflow_name: None,
        node: None,
        node_name: None,
        task: None,
        task_name: None,
        callee: None,
        case_id: None,
        result: None,
        connected: None,
        hangup: None,
        round: None,
        called_at: None,
        answered_at: None,
        ended_at: None,
        talk_ms: None,
        turns: None,
        intention: None,
        recording: None,
        zone_assumed: false,
        detail: CallDetail::default(),
    }
}

pub fn calls(list: Vec<Call>) -> Batch {
    Batch { calls: list.into_iter().map(seen).collect(), ..Batch::default() }
}

pub fn callee(number: &str) -> Option<Callee> {
    Some(Callee::new(number))
}

pub fn session(id: &str, as_of: i64) -> Session {
    Session {
        id: SessionId::from(id),
        workflow: Some(WorkflowId::from("w")),
        workflow_name: None,
        node: None,
        node_name: None,
        waba_task: None,
        entry: None,
        channel: None,
        channel_id: None,
        callee: None,
        robot: None,
        status: None,
        started_at: None,
        ended_at: None,
        end_reason: None,
        intention: None,
        talk_round: None,
        detail: SessionDetail::default(),
        signature: Signature::NotApplicable,
        as_of: at(as_of),
    }
}

pub fn sessions(list: Vec<Session>) -> Batch {
    Batch { sessions: list.into_iter().map(seen).collect(), ..Batch::default() }
}

pub fn transcript(session: &str, texts: &[&str], complete: bool) -> Batch {
    let message = |(position, text): (usize, &&str)| {
        seen(Message {
            position: i64::try_from(position).unwrap(),
            id: None,
            sender: Some("user".to_owned()),
            seat: None,
            sent_at: None,
            status: None,
            content: Content::Text { text: (*text).to_owned() },
            reply: None,
        })
    };
    let messages = texts.iter().enumerate().map(message).collect();
    let transcript =
        Transcript { session: SessionId::from(session), messages, complete, as_of: at(0) };
    Batch { transcripts: vec![transcript], ..Batch::default() }
}

pub fn action(id: &str) -> Action {
    Action {
        id: ActionId::from(id),
        account: account(),
        verb: Verb::StopWorkflow,
        how: How::Send,
        subject: Verb::StopWorkflow.subject("w"),
        workflow: Some(WorkflowId::from("w")),
        name: Some("Collection".to_owned()),
        callee: None,
        case_id: None,
        reason: "wrong list".to_owned(),
        by: "ana".to_owned(),
        requested_at: at(1_000),
        outcome: Outcome::Requested,
        outcome_at: None,
        detail: None,
        status_before: Some("running".to_owned()),
        seen_at: None,
        status_seen: None,
        calls_since: None,
    }
}

/// The first 500 rows of the workflow `w`.
pub fn of_w() -> ListAsk {
    ListAsk { workflow: Some((account(), WorkflowId::from("w"))), count: 500, ..ListAsk::default() }
}
