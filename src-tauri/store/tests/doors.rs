//! The journal, the inbox, the change log and the marks.

use super::sample::{World, account, action, at, call, calls, seen, workflow};
use crate::{
    domain::{
        action::{Action, Outcome, Reach, Verb},
        chat::Signature,
        ids::{ActionId, Callee, WorkflowId},
        workflow::Source,
    },
    store::{
        ActionAsk, Arrival, Batch, EventState, ExportRow, InboxDone, Kind, Received, SourceMark,
        StoreError, StoredAccount,
    },
};

#[tokio::test]
async fn an_action_is_recorded_once_and_only_added_to() {
    let mut world = World::new().await;
    world.apply(super::sample::workflows(vec![workflow("w", "running", 1)])).await;
    let id = ActionId::from("a");
    let audit = &mut world.store.audit;
    assert_eq!(audit.request(&action("a")).await.unwrap(), None);
    audit.outcome(&id, Outcome::Accepted, at(1_100), Some("OK")).await.unwrap();
    let recorded = audit.request(&action("a")).await.unwrap().unwrap();
    assert_eq!(recorded.outcome, Outcome::Accepted);
    audit.outcome(&id, Outcome::Refused, at(1_200), None).await.unwrap();
    audit.seen(&id, at(1_300), Some("stopped")).await.unwrap();
    audit.seen(&id, at(9_999), Some("other")).await.unwrap();
    audit.calls_since(&id, 2).await.unwrap();

    let reader = world.store.reader.clone();
    let stored = reader.action(&id).await.unwrap().unwrap();
    assert_eq!((stored.outcome, stored.outcome_at), (Outcome::Accepted, Some(at(1_100))));
    assert_eq!((stored.seen_at, stored.status_seen.as_deref()), (Some(at(1_300)), Some("stopped")));
    assert_eq!(stored.calls_since, Some(2));
    let before = *reader.seq().borrow();
    world.store.audit.calls_since(&id, 2).await.unwrap();
    assert_eq!(*reader.seq().borrow(), before, "the same count is no change");
    let row = reader.workflow(&account(), &WorkflowId::from("w")).await.unwrap().unwrap();
    assert_eq!(row.receipt.unwrap().id, id);
    let unknown = world.store.audit.seen(&ActionId::from("no"), at(1), None).await;
    assert!(matches!(unknown, Err(StoreError::NoSuchAction(_))));
}

#[tokio::test]
async fn the_journal_refuses_to_be_rewritten() {
    let mut world = World::new().await;
    world.store.audit.request(&action("a")).await.unwrap();
    let file = world.folder.path().join("data").join("store.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
    let mut conn = sqlx::ConnectOptions::connect(&options).await.unwrap();
    for sql in [
        "UPDATE actions SET reason = 'another'",
        "UPDATE actions SET by = 'somebody else'",
        "UPDATE actions SET how = 2",
        "UPDATE actions SET kind = 1",
        "UPDATE actions SET subject = 'another'",
        "UPDATE actions SET name = 'another'",
        "DELETE FROM actions",
    ] {
        let refused = sqlx::query(sql).execute(&mut conn).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{sql}: {refused}");
    }
    sqlx::query("UPDATE actions SET outcome = 1, outcome_at = 5").execute(&mut conn).await.unwrap();
    let twice = sqlx::query("UPDATE actions SET outcome = 2").execute(&mut conn).await;
    assert!(twice.is_err());
}

#[tokio::test]
async fn an_action_on_anything_is_kept_and_found_by_what_it_is_about() {
    let mut world = World::new().await;
    let callee = Callee::new("+6281234564821");
    for (n, verb) in Verb::ALL.into_iter().enumerate() {
        let made = Action {
            verb,
            subject: verb.subject("x/1 '\""),
            workflow: (verb == Verb::EndSession).then(|| WorkflowId::from("w")),
            callee: (verb.reach() == Reach::Number).then(|| callee.clone()),
            requested_at: at(n as i64),
            ..action(verb.word())
        };
        assert_eq!(world.store.audit.request(&made).await.unwrap(), None);
        let reader = &world.store.reader;
        assert_eq!(reader.action(&made.id).await.unwrap().as_ref(), Some(&made));
        let receipt =
            reader.receipt(&account(), &made.subject, made.callee.as_ref()).await.unwrap();
        assert_eq!(receipt, Some(made));
    }
    let reader = world.store.reader.clone();
    let task = Verb::CancelTask.subject("x/1 '\"");
    let newest = reader.receipt(&account(), &task, None).await.unwrap().unwrap();
    assert_eq!(newest.verb, Verb::CancelTaskRest, "of its numbers too");
    assert_eq!(
        reader.receipt(&account(), &Verb::CancelTask.subject("y"), None).await.unwrap(),
        None
    );
    let of_w =
        ActionAsk { workflow: Some((account(), "w".into())), count: 10, ..ActionAsk::default() };
    assert_eq!(reader.actions(&of_w).await.unwrap().total, 1, "in the timeline of the workflow");
}

#[tokio::test]
async fn left_over_requests_become_unknown() {
    let mut world = World::new().await;
    world.store.audit.request(&action("a")).await.unwrap();
    world.store.audit.request(&action("b")).await.unwrap();
    world.store.audit.outcome(&ActionId::from("b"), Outcome::Failed, at(2), None).await.unwrap();
    let mut world = world.reopen().await;
    assert_eq!(world.store.audit.sweep(at(3_000)).await.unwrap(), 1);
    assert_eq!(world.store.audit.sweep(at(4_000)).await.unwrap(), 0);
    let open = world.store.reader.unseen_actions(&account()).await.unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!((open[0].outcome, open[0].outcome_at), (Outcome::Unknown, Some(at(3_000))));
    let all = ActionAsk { count: 10, ..ActionAsk::default() };
    let journal = world.store.reader.actions(&all).await.unwrap();
    assert_eq!((journal.total, journal.rows[0].id.as_str()), (2, "b"), "newest first");
}

fn event(body: &[u8]) -> Received {
    Received {
        account: account(),
        at: at(7),
        source: Source::Webhook,
        path: "/hook".to_owned(),
        signature: Some("sig".to_owned()),
        verdict: Signature::Unchecked,
        enforced: false,
        sealed: None,
        body: body.to_owned(),
    }
}

#[tokio::test]
async fn a_received_event_survives_and_is_kept_once() {
    let mut world = World::new().await;
    let body = [b"{\"call_id\":\"s\"} \xff\x00".to_vec(), vec![b'x'; 100_000]].concat();
    let Arrival::New(id) = world.store.inbox.receive(&event(&body)).await.unwrap() else {
        panic!("new");
    };
    assert_eq!(world.store.inbox.receive(&event(&body)).await.unwrap(), Arrival::Duplicate);
    world.store.inbox.receive(&event(b"")).await.unwrap();
    let mut world = world.reopen().await;
    let pending = world.store.reader.inbox_pending(10).await.unwrap();
    assert_eq!(pending.len(), 2);
    assert_eq!((pending[0].id, &pending[0].body), (id, &body));
    assert_eq!(pending[0].verdict, Signature::Unchecked);

    let done = |id, state, note: Option<&str>| InboxDone {
        id,
        kind: "unknown".to_owned(),
        state,
        note: note.map(str::to_owned),
    };
    let drained = vec![
        done(id, EventState::Kept, None),
        done(pending[1].id, EventState::Unreadable, Some("no JSON")),
    ];
    world.apply_from(Source::Webhook, Batch { drained, ..Batch::default() }).await;
    assert!(world.store.reader.inbox_pending(10).await.unwrap().is_empty());
    let state = world.store.reader.inbox_state().await.unwrap();
    assert_eq!((state.received, state.unreadable, state.last_event_at), (2, 1, Some(at(7))));
    assert_eq!(world.store.inbox.receive(&event(&body)).await.unwrap(), Arrival::Duplicate);
}

#[tokio::test]
async fn the_feed_has_keys_in_order_after_the_commit() {
    let mut world = World::new().await;
    let mut seq = world.store.reader.seq();
    let mut batch = calls(vec![call("c1"), call("c2")]);
    batch.workflows = vec![seen(workflow("w", "running", 1))];
    let applied = world.apply(batch).await;
    assert!(seq.has_changed().unwrap());
    assert_eq!(*seq.borrow_and_update(), applied.seq);
    let changes = world.store.reader.feed(0, 100).await.unwrap();
    assert!(changes.windows(2).all(|pair| pair[0].seq < pair[1].seq));
    let keys: Vec<_> = changes.iter().map(|c| (c.kind, c.id.as_str())).collect();
    assert_eq!(keys, [(Kind::Call, "c1"), (Kind::Call, "c2"), (Kind::Workflow, "w")]);
    let after = world.store.reader.feed(changes[0].seq, 1).await.unwrap();
    assert_eq!(after, changes[1..2]);
    assert_eq!(*world.reopen().await.store.reader.seq().borrow(), applied.seq);
}

#[tokio::test]
async fn an_account_is_named_once() {
    let mut world = World::new().await;
    let named = StoredAccount {
        id: account(),
        name: "Acme".to_owned(),
        base_url: "https://api.example.com".to_owned(),
    };
    world.store.writer.account(&named).await.unwrap();
    let before = *world.store.reader.seq().borrow();
    world.store.writer.account(&named).await.unwrap();
    assert_eq!(*world.store.reader.seq().borrow(), before);
    assert_eq!(world.store.reader.accounts().await.unwrap(), [named]);
}

#[tokio::test]
async fn marks_say_how_far_a_source_was_read() {
    let mut world = World::new().await;
    let mark = |rows| SourceMark {
        key: "workflow.list".to_owned(),
        scope: String::new(),
        answered_at: at(5),
        fingerprint: rows,
        total: Some(120),
        complete: rows == 120,
    };
    world.apply(Batch { marks: vec![mark(100)], ..Batch::default() }).await;
    world.apply(Batch { marks: vec![mark(120)], ..Batch::default() }).await;
    let world = world.reopen().await;
    assert_eq!(world.store.reader.known_sources(&account()).await.unwrap(), [mark(120)]);
}

#[tokio::test]
async fn an_export_meets_every_row_once() {
    let mut world = World::new().await;
    world.apply(calls((0..23).map(|n| call(&format!("c{n:02}"))).collect())).await;
    let (mut after, mut ids) = (None, Vec::new());
    loop {
        let (rows, next) = world.store.reader.export_page(Kind::Call, after, 5).await.unwrap();
        for row in rows {
            let ExportRow::Call(stored) = row else { panic!("a call") };
            ids.push(stored.call.id.to_string());
        }
        after = next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(ids, (0..23).map(|n| format!("c{n:02}")).collect::<Vec<_>>());
}
