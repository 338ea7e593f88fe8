//! What the settings ask of a running core: the check, the support file, a pasted number, a record taken
//! apart, a trial.

use super::*;
use crate::{
    domain::ids::{Callee, WabaTaskId},
    ipc::{
        dto::VerbDto,
        setup::{
            Setup,
            dto::{FoundKind, MappingDraft, NextStep},
        },
    },
    store::{ListAsk, Reader},
};

const KEY: &str = "SUPPORTKEY-0011";
const SECRET: &str = "SUPPORTSECRET-2233";

/// A number that was called, once one was.
async fn a_number(reader: &Reader) -> Callee {
    let end = Instant::now() + PATIENCE;
    loop {
        let calls = reader.calls(&ListAsk { count: 500, ..ListAsk::default() }).await.unwrap().rows;
        if let Some(callee) = calls.into_iter().find_map(|c| c.call.callee) {
            return callee;
        }
        assert!(Instant::now() < end, "no number was called");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// The id of a WhatsApp batch, once one was read.
async fn a_batch(reader: &Reader, account: &AccountId) -> WabaTaskId {
    let end = Instant::now() + PATIENCE;
    loop {
        let all = ListAsk { count: 500, ..ListAsk::default() };
        for stored in reader.workflows(&all).await.unwrap().rows {
            let found = reader.waba_tasks(account, &stored.workflow.id).await.unwrap();
            if let Some(batch) = found.into_iter().next() {
                return batch.id;
            }
        }
        assert!(Instant::now() < end, "no WhatsApp batch was read");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Session and place of a message, once one was read.
async fn a_message(reader: &Reader, account: &AccountId) -> String {
    let end = Instant::now() + PATIENCE;
    loop {
        let all = ListAsk { count: 500, ..ListAsk::default() };
        for stored in reader.sessions(&all).await.unwrap().rows {
            let id = stored.session.id;
            if reader.message(account, &id, 0).await.unwrap().is_some() {
                return format!("{id}#0");
            }
        }
        assert!(Instant::now() < end, "no message was read");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn a_message_as_received(setup: &Setup, reader: &Reader, account: &AccountId) {
    let message = a_message(reader, account).await;
    let raw = |row: String| setup.raw("message".to_owned(), format!("{account}/{row}"));
    let raw_of = raw(message).await.unwrap();
    assert!(raw_of.leaves.iter().any(|leaf| leaf.pointer == "/msg_id"), "{raw_of:#?}");
    for none in ["nobody#0", "nobody#x", "nobody"] {
        assert!(raw(none.to_owned()).await.is_err(), "{none}");
    }
}

/// Runs of digits that could be a number of somebody.
fn numbers_in(text: &str) -> Vec<&str> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() > 6).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_settings_check_find_take_apart_and_write_down_without_secrets() {
    let (folder, entries) = (tempfile::tempdir().unwrap(), Entries::default());
    let vendor = vendor(7, KEY, SECRET).await;
    let running = start(kept_in(folder.path(), &entries)).await.unwrap();
    let account = keep(&running, draft(&vendor, KEY, SECRET)).await;
    until_read(&running, &account).await;
    let setup = running.setup().unwrap();
    let (desk, id) = (running.desk().unwrap(), account.to_string());
    let reader = desk.reader();

    let mut told = 0;
    let rows = setup.check(id.clone(), false, |_| told += 1).await.unwrap();
    assert_eq!(rows.len(), told);
    let troubles: Vec<_> = rows.iter().filter(|r| r.outcome == StepOutcome::Trouble).collect();
    assert!(troubles.is_empty(), "{troubles:#?}");

    let all = ListAsk { count: 500, ..ListAsk::default() };
    let called = a_number(reader).await;
    let found = setup.find(called.full().to_owned(), true).await.unwrap();
    let of = |kind| found.things.iter().filter(|thing| thing.kind == kind).count();
    assert!(of(FoundKind::Call) > 0, "{found:#?}");
    assert!(found.things.iter().any(|t| t.kind == FoundKind::Workflow && t.asked), "{found:#?}");
    assert!(setup.find("nobody".to_owned(), true).await.unwrap().things.is_empty());

    // A WhatsApp batch stands among the tasks of its workflow, and is asked for as one of them.
    let batch = a_batch(reader, &account).await;
    let raw = setup.raw("task".to_owned(), format!("{account}/{batch}")).await.unwrap();
    assert_eq!(raw.record, "waba_task");

    a_message_as_received(&setup, reader, &account).await;

    let workflow = reader.workflows(&all).await.unwrap().rows.remove(0).workflow.id;
    let row = format!("{account}/{workflow}");
    let raw = setup.raw("workflow".to_owned(), row.clone()).await.unwrap();
    let status = raw.leaves.iter().find(|leaf| leaf.used_as.as_deref() == Some("status"));
    let pointer = status.expect("the status is used").pointer.clone();
    let mapping = MappingDraft {
        record: "workflow".to_owned(),
        field: "status".to_owned(),
        pointer,
        unit: None,
    };
    let preview = setup.preview_mapping(id.clone(), mapping).await.unwrap();
    assert!(preview.filled > 0 && preview.filled == preview.looked_at, "{preview:#?}");

    let trial = setup.trial(id.clone(), VerbDto::StopWorkflow, row, None).await.unwrap();
    assert!(!trial.made && trial.request.contains(workflow.as_str()), "{trial:#?}");
    assert!(setup.keep_trial("nothing".to_owned()).await.is_err());

    let file = setup.support_bundle(id).await.unwrap();
    let text = std::fs::read_to_string(file).unwrap();
    for hidden in [KEY, SECRET, called.full()] {
        assert!(!text.contains(hidden), "the support file holds {hidden}");
    }
    assert_eq!(numbers_in(&text), Vec::<&str>::new());
    assert!(text.contains("workflow.list") && text.contains(env!("CARGO_PKG_VERSION")));
    drop((desk, setup));
    running.shutdown().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_up_that_was_not_made_says_what_it_would_need() {
    let (folder, entries) = (tempfile::tempdir().unwrap(), Entries::default());
    let vendor = vendor(7, KEY, SECRET).await;
    let running = start(kept_in(folder.path(), &entries)).await.unwrap();
    let account = keep(&running, draft(&vendor, KEY, SECRET)).await;
    until_read(&running, &account).await;
    let setup = running.setup().unwrap();
    let found = setup.find("+62 811 0000 0000".to_owned(), false).await.unwrap();
    let needs: Vec<_> = found.would_need.iter().map(|n| (n.key.as_str(), n.next)).collect();
    assert_eq!(needs, [("workflow.find", NextStep::Nothing)]);
    drop(setup);
    running.shutdown().await;
}
