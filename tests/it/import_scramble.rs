//! The importer against contracts that it cannot know: the simulator's documentation of a shuffled
//! contract, read in either language, and then what the reads bring compared with the world itself.

use std::{collections::BTreeSet, sync::Arc};

use wheelhouse::{
    domain::{
        action::Verb,
        ids::{TaskId, WorkflowId},
        status::{Phase, Status},
        time::Timestamp,
    },
    sim::{ROUTES, STORY_START, Script, Truth, World},
    sim_server::{SimTransport, share, unmapped_profile_text},
    vendor::{
        Key, Keys, Limits, Page, PageAsk, Profile, ReadError, Reads, Settings, Writes,
        catalogue::Kind,
        change, connect,
        documentation::{Proposal, Source, propose, read},
        transport::Transport,
    },
};

const BASE: &str = "http://127.0.0.1:4010";
/// Six hours into the story.
const AT: i64 = STORY_START + 6 * 3_600_000;
const SEEDS: std::ops::RangeInclusive<u64> = 1..=10;

struct Imported {
    transport: Arc<dyn Transport>,
    profile: String,
    proposal: Proposal,
}

async fn imported(seed: u64, docs: &str) -> Imported {
    let mut world = World::new(Script::story(seed).scrambled(Some(seed)));
    world.set_base_url(BASE);
    world.advance(AT);
    let transport: Arc<dyn Transport> = Arc::new(SimTransport::new(share(world), Arc::new(|| AT)));
    let docs = format!("{BASE}{docs}");
    let text = unmapped_profile_text(&docs);
    let pages = read(Source::Address(None), Some(&docs), &transport, &|_| {}).await.unwrap();
    let proposal = propose(&pages, &text, "2026-11-23").unwrap();
    let profile = change::apply(&text, &proposal.changes)
        .unwrap_or_else(|error| panic!("seed {seed}: {error}\n{:#?}", proposal.changes));
    Imported { transport, profile, proposal }
}

fn client(imported: &Imported) -> (Reads, Writes) {
    let keys = || Keys { key: "demo".to_owned(), secret: "demo".into() };
    let settings = Settings {
        base_url: BASE.to_owned(),
        key: "demo".to_owned(),
        secret: "demo".into(),
        chatbot: Some(keys()),
        pds: Some(keys()),
        profile: Profile::parse(&imported.profile).unwrap(),
        budget_per_s: 100_000.0,
        clock: Arc::new(|| Timestamp(AT)),
        limits: Limits { json: 20_000_000, recording: 1_000 },
    };
    connect(settings, Arc::clone(&imported.transport)).unwrap()
}

/// Every page of a listing.
async fn all<T, F>(ask: impl Fn(PageAsk) -> F) -> Vec<T>
where
    F: Future<Output = Result<Page<T>, ReadError>>,
{
    let mut rows = Vec::new();
    for page in 1..1000 {
        let answer = ask(PageAsk { page, page_size: 100, known: None }).await.unwrap();
        assert!(answer.skipped.is_empty(), "{:?}", answer.skipped);
        let last = answer.last_page;
        rows.extend(answer.rows.into_iter().map(|seen| seen.value));
        if last {
            return rows;
        }
    }
    panic!("the listing does not end");
}

/// The same world under the contract that is known, whose words can be read.
fn truth(seed: u64) -> Truth {
    let mut world = World::new(Script::story(seed));
    world.advance(AT);
    world.truth()
}

/// One trial for each seed, the languages in turn, so that one run shows everything that is wrong.
async fn each<F>(trial: impl Fn(u64, &'static str) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut failed = Vec::new();
    for seed in SEEDS {
        let docs = if seed % 2 == 0 { "/docs" } else { "/docs/zh" };
        if tokio::spawn(trial(seed, docs)).await.is_err() {
            failed.push((seed, docs));
        }
    }
    assert!(failed.is_empty(), "{failed:?}");
}

#[tokio::test]
async fn every_served_route_is_found_in_either_language() {
    each(|seed, docs| async move {
        let imported = imported(seed, docs).await;
        let (reads, writes) = client(&imported);
        let mut wrong = Vec::new();
        for route in ROUTES {
            let name = if route.key == "auth" { "cloud.auth" } else { route.key };
            let Some(key) = Key::parse(name) else { continue };
            let read = key.endpoint().kind == Kind::Read;
            if !imported.proposal.found.iter().any(|found| found.key == key) {
                wrong.push(format!("{name} is not found"));
            } else if let Err(why) = reads.may(key)
                && read
            {
                wrong.push(format!("{name}: {why}"));
            }
        }
        for verb in Verb::ALL {
            if let Err(why) = writes.confirmation(verb) {
                wrong.push(format!("{verb:?}: {why}"));
            }
        }
        let proposal = &imported.proposal;
        assert!(
            wrong.is_empty(),
            "seed {seed} {docs}: {wrong:#?}\n{:#?}\n{:#?}\n{:#?}",
            proposal.ambiguous,
            proposal.unmatched,
            proposal.notes
        );
    })
    .await;
}

#[tokio::test]
async fn what_is_read_is_the_world() {
    each(|seed, docs| async move {
        let imported = imported(seed, docs).await;
        let (reads, _) = client(&imported);
        let at = format!("seed {seed} {docs}\n{}", imported.profile);
        compare(&reads, &truth(seed), &at).await;
    })
    .await;
}

async fn compare(reads: &Reads, truth: &Truth, at: &str) {
    let workflows = all(|ask| reads.workflows(ask)).await;
    let seen: BTreeSet<_> = workflows
        .iter()
        .map(|w| {
            let phase = w.status.as_ref().map(|status| status.phase);
            (w.id.as_str().to_owned(), w.name.clone(), phase, w.started_at, w.total)
        })
        .collect();
    let told: BTreeSet<_> = truth
        .workflows
        .iter()
        .map(|w| {
            let phase = Status::read(as_spoken(w.status)).phase;
            let total = i64::try_from(w.total).ok();
            (w.id.clone(), Some(w.name.clone()), Some(phase), w.started_at.map(Timestamp), total)
        })
        .collect();
    assert_eq!(format!("{seen:#?}"), format!("{told:#?}"), "{at}");
    for workflow in truth.workflows.iter().take(6) {
        let id = WorkflowId::from(workflow.id.as_str());
        parts(reads, truth, &id, at).await;
    }
}

async fn parts(reads: &Reads, truth: &Truth, id: &WorkflowId, at: &str) {
    let nodes = all(|ask| reads.nodes(id, ask)).await;
    assert_eq!(
        nodes.len(),
        truth.nodes.iter().filter(|n| n.workflow == id.as_str()).count(),
        "{at}"
    );
    let read = |status: &Option<Status>| status.as_ref().is_some_and(|s| s.phase != Phase::Unknown);
    assert!(nodes.iter().all(|n| read(&n.status)), "{nodes:#?}\n{at}");
    let tasks = all(|ask| reads.outbound_tasks(id, ask)).await;
    for task in truth.tasks.iter().filter(|t| t.workflow == id.as_str()) {
        assert!(tasks.iter().any(|seen| seen.id.as_str() == task.id), "{at}");
        let task_id = TaskId::from(task.id.as_str());
        let calls = all(|ask| reads.calls(id, &task_id, ask)).await;
        let told: Vec<_> = truth.calls.iter().filter(|c| c.task == task.id).collect();
        assert_eq!(calls.len(), told.len(), "{at}");
        for call in told {
            let seen = calls.iter().find(|seen| seen.id.as_str() == call.id);
            let seen = seen.unwrap_or_else(|| panic!("{} is missing\n{at}", call.id));
            assert_eq!(seen.talk_ms, call.talk_ms, "{seen:#?}\n{at}");
            assert_eq!(seen.called_at, Some(Timestamp(call.called_at)), "{seen:#?}\n{at}");
            if call.connected.is_some() {
                assert_eq!(seen.connected, call.connected, "{seen:#?}\n{at}");
            }
            assert_eq!(seen.callee.as_ref().map(|c| c.full()), Some(call.callee.as_str()), "{at}");
        }
    }
    let waba = all(|ask| reads.waba_tasks(id, ask)).await;
    for task in waba {
        let told = truth.waba_tasks.iter().find(|t| t.id == task.id.as_str()).expect("a task");
        assert_eq!(task.total, i64::try_from(told.total).ok(), "{at}");
        let messages = all(|ask| reads.waba_messages(id, &task.id, ask)).await;
        let told = truth.waba_messages.iter().filter(|m| m.task == task.id.as_str()).count();
        assert_eq!(messages.len(), told, "{at}");
    }
}

/// The simulator's words for what our own list of words does not have.
fn as_spoken(status: &str) -> &str {
    match status {
        "Under Review" | "UNDER_REVIEW" => "pending",
        other => other,
    }
}
