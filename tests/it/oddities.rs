//! Answers that do not fit together: pages that repeat rows, totals that change, cursors that go in a
//! circle, records in odd spellings. Reading ends, removes nothing, says what it saw, and the store is
//! the world again when the vendor has come to its senses.

use std::{collections::BTreeSet, time::Duration};

use wheelhouse::{
    domain::mask::Mask,
    ipc::frames::{Frame, ListName, Query},
    sim::{Fault, FaultPlan, Script, When},
    sim_server::{lock, profile_text},
    store::{Kind, ListAsk},
    vendor::{
        change::{self, Change},
        check::{Examples, Grade, Scope, Surroundings, check},
    },
};

use crate::{core::Core, scrambles::imported, stories::assert_equal};

/// Sources by their keys, each with the word for what does not fit together there.
type Told = BTreeSet<(String, String)>;

const MINUTE: i64 = 60_000;
/// Every page of everything that is over is read within this.
const SWEEP: i64 = 62 * MINUTE;
/// Far more than a sound core needs; one that asks for ever would hang the test.
const PATIENCE: Duration = Duration::from_secs(400);

/// Pages so small that nearly every listing has several.
const PAGES: [(&str, &str, u32); 7] = [
    ("workflow.list", "page_size", 3),
    ("workflow.subtasks", "page_size", 2),
    ("workflow.outbound_tasks", "page_size", 1),
    ("workflow.outbound_details", "page_size", 5),
    ("workflow.waba_details", "page_size", 5),
    ("chat.sessions", "page_size", 2),
    ("chat.messages", "size", 4),
];

const PAGED: [&str; 6] = [
    "workflow.list",
    "workflow.subtasks",
    "workflow.outbound_tasks",
    "workflow.outbound_details",
    "workflow.waba_details",
    "chat.sessions",
];

fn with_small_pages(profile: &str) -> String {
    let value = |(key, param, size): (&str, &str, u32)| Change {
        path: ["endpoint", key, "params", param, "value"].map(str::to_owned).to_vec(),
        from: None,
        to: Some(size.to_string()),
        source: "small pages".to_owned(),
    };
    change::apply(profile, &PAGES.map(value)).expect("a profile with small pages")
}

async fn core(seed: u64, scramble: Option<u64>) -> Core {
    let script = Script { workflows: 10, ..Script::story(seed) }.scrambled(scramble);
    let profile = match scramble {
        Some(_) => imported(script.clone()).await,
        None => profile_text(false),
    };
    Core::with(script, &with_small_pages(&profile)).await
}

fn always(fault: Fault) -> FaultPlan {
    FaultPlan::none().with(fault, When::Every(1))
}

/// Requests that the world was asked while `ms` passed.
async fn asked_in(core: &mut Core, ms: i64) -> usize {
    let before = lock(&core.world).history().len();
    tokio::time::timeout(PATIENCE, core.pass(ms)).await.expect("the reading ends");
    lock(&core.world).history().len() - before
}

fn struck(core: &Core, fault: Fault) -> u32 {
    lock(&core.world).fault_counts().get(&fault).copied().unwrap_or_default()
}

fn query(list: ListName, scope: &str) -> Query {
    Query {
        list,
        account: None,
        scope: Some(scope.to_owned()),
        filter: String::new(),
        sort: None,
        named: Vec::new(),
        anchor: 0,
        count: 1,
    }
}

/// A window's word on every source whose answers do not fit together, with each workflow and session
/// on screen.
async fn said(core: &Core) -> Told {
    let (desk, _folder) = core.desk(Mask::default());
    let (window, mut frames) = desk.open_window();
    let all = ListAsk { count: 1_000, ..ListAsk::default() };
    let workflows = core.reader.workflows(&all).await.expect("workflows").rows;
    let sessions = core.reader.sessions(&all).await.expect("sessions").rows;
    let scopes = workflows.iter().map(|w| (ListName::Workflow, w.workflow.id.to_string()));
    let scopes =
        scopes.chain(sessions.iter().map(|s| (ListName::Session, s.session.id.to_string())));
    for (sub, (list, id)) in (1..).zip(scopes) {
        window.watch(sub, query(list, &format!("{}/{id}", core.account))).expect("a subscription");
    }
    let first = frames.next().await.expect("frames");
    let health = first.into_iter().find_map(|frame| match frame {
        Frame::Health(health) => Some(*health),
        _ => None,
    });
    let accounts = health.expect("health comes with the first frames").accounts;
    let sources = accounts.into_iter().flat_map(|account| account.sources);
    let word = |oddity| serde_json::to_value(oddity).expect("a word").as_str().map(str::to_owned);
    sources.filter_map(|source| Some((source.key, word(source.oddity?)?))).collect()
}

fn keys_of(said: &Told, wanted: &[&str]) -> BTreeSet<String> {
    said.iter()
        .filter(|(_, oddity)| wanted.contains(&oddity.as_str()))
        .map(|(key, _)| key.clone())
        .collect()
}

/// A store that equals the world, then the fault at every answer, then none. Answers what was said
/// while the fault struck.
async fn still_world(core: &mut Core, seed: u64, fault: Fault) -> Told {
    asked_in(core, 15_000).await;
    core.freeze_world();
    let calm = asked_in(core, SWEEP).await;
    assert_equal(core, seed).await;
    assert_eq!(said(core).await, BTreeSet::new(), "nothing is odd yet");

    lock(&core.world).set_faults(always(fault));
    let odd = asked_in(core, SWEEP).await;
    println!("{}: {calm} requests an hour without, {odd} with it", fault.name());
    assert!(struck(core, fault) > 0, "{} never struck", fault.name());
    assert!(odd < 4 * calm, "{}: {odd} requests, {calm} without it", fault.name());
    assert_equal(core, seed).await;
    let told = said(core).await;

    healed(core, seed).await;
    told
}

/// The fault is over. A list by cursors is put right page after page, each with what the one before it
/// gives by then.
async fn healed(core: &mut Core, seed: u64) {
    const SWEEPS: usize = 3;
    lock(&core.world).set_faults(FaultPlan::none());
    core.freeze_world();
    for _ in 0..SWEEPS {
        asked_in(core, SWEEP).await;
        if said(core).await.is_empty() {
            return assert_equal(core, seed).await;
        }
    }
    panic!("seed {seed}: it is over, and yet: {:?}", said(core).await);
}

/// The fault from the first answer on, in a world that moves.
async fn from_the_start(core: &mut Core, seed: u64, fault: Fault) {
    lock(&core.world).set_faults(always(fault));
    let asked = asked_in(core, 3 * MINUTE).await;
    assert!(core.driver.is_caught_up(), "{}: the reading never ends", fault.name());
    println!("{}: {asked} requests in the first three minutes", fault.name());
    healed(core, seed).await;
}

#[tokio::test]
async fn rows_that_repeat_are_said_and_nothing_is_removed() {
    let told = still_world(&mut core(1, None).await, 1, Fault::RepeatRows).await;
    assert_eq!(keys_of(&told, &["rows_repeat"]), PAGED.map(str::to_owned).into());
    from_the_start(&mut core(2, None).await, 2, Fault::RepeatRows).await;
}

#[tokio::test]
async fn a_total_that_changes_is_said_and_nothing_is_removed() {
    let told = still_world(&mut core(3, None).await, 3, Fault::TotalChanges).await;
    let counted = keys_of(&told, &["total_changed", "total_differs"]);
    assert!(counted.is_superset(&PAGED.map(str::to_owned).into()), "{told:?}");
    from_the_start(&mut core(4, None).await, 4, Fault::TotalChanges).await;
}

/// Ids of all stored messages; one that is stored twice stands twice.
async fn messages(core: &Core) -> Vec<String> {
    let all = ListAsk { count: 1_000, ..ListAsk::default() };
    let mut ids = Vec::new();
    for stored in core.reader.sessions(&all).await.expect("sessions").rows {
        let window = core.reader.messages(&core.account, &stored.session.id, 0, 1_000).await;
        ids.extend(window.expect("messages").rows.into_iter().filter_map(|m| m.id));
    }
    ids.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn a_circle_of_messages_is_left_and_said() {
    let mut core = core(5, None).await;
    asked_in(&mut core, 15_000).await;
    let before = messages(&core).await;
    lock(&core.world).set_faults(always(Fault::CursorLoop));
    asked_in(&mut core, 10 * MINUTE).await;
    assert!(struck(&core, Fault::CursorLoop) > 0, "no list of messages went on");
    let told = said(&core).await;
    assert_eq!(told, [("chat.messages".to_owned(), "cursor_loops".to_owned())].into());
    let after = messages(&core).await;
    let once: BTreeSet<&String> = after.iter().collect();
    assert_eq!(once.len(), after.len(), "a message is stored twice");
    assert!(before.iter().all(|id| once.contains(id)), "a message is gone");

    healed(&mut core, 5).await;
    from_the_start(&mut self::core(6, None).await, 6, Fault::CursorLoop).await;
}

#[tokio::test]
async fn a_circle_of_pages_is_left_and_said() {
    let mut looped = BTreeSet::new();
    // Which lists go by cursors differs from contract to contract.
    for scramble in 1..=3 {
        let mut core = core(7, Some(scramble)).await;
        let told = still_world(&mut core, 7, Fault::CursorLoop).await;
        looped.extend(keys_of(&told, &["cursor_loops"]));
    }
    let paged: BTreeSet<String> = PAGED.map(str::to_owned).into();
    assert!(looped.is_superset(&paged), "{looped:?}");
    from_the_start(&mut core(8, Some(4)).await, 8, Fault::CursorLoop).await;
}

#[tokio::test]
async fn odd_spellings_are_read_and_what_is_unknown_is_named_and_kept() {
    let mut core = core(9, None).await;
    asked_in(&mut core, 15_000).await;
    core.freeze_world();
    asked_in(&mut core, SWEEP).await;
    lock(&core.world).set_faults(always(Fault::Odd));
    asked_in(&mut core, SWEEP).await;
    assert!(struck(&core, Fault::Odd) > 0);
    assert_equal(&core, 9).await;
    assert_eq!(said(&core).await, BTreeSet::new(), "odd, and yet it fits together");

    let surroundings = Surroundings::default();
    let rows =
        check(&core.reads, &surroundings, Examples::default(), Scope::default(), |_| {}).await;
    for key in PAGED {
        let row = rows.iter().find(|row| row.key == key).expect("a row of the check");
        assert_eq!((row.grade, row.parsed), (Grade::Good, Some(true)), "{row:#?}");
        assert_eq!(row.unknown, ["x_trace"], "{row:#?}");
    }
    for kind in [Kind::Workflow, Kind::Node, Kind::Task, Kind::Waba] {
        let raws = core.reader.raw_sample(&core.account, kind, 5).await.expect("raw rows");
        assert!(!raws.is_empty());
        assert!(raws.iter().all(|row| row.raw.contains("x_trace")), "{kind:?} {raws:#?}");
    }

    healed(&mut core, 9).await;
    from_the_start(&mut self::core(10, None).await, 10, Fault::Odd).await;
}
