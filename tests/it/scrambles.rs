//! Contracts that the client does not know, learnt from the simulator's documentation: after the import
//! the core lists, opens, reads and stops as ever, and asks nothing that no page told it.

use std::sync::Arc;

use wheelhouse::{
    actions::ActionRequest,
    domain::{
        action::{How, Outcome, Subject, Target, Verb},
        ids::ActionId,
    },
    sim::{STORY_START, Script, World},
    sim_server::{HandClock, SimTransport, lock, share, unmapped_profile_text},
    store::ListAsk,
    vendor::{
        change,
        documentation::{self, Source},
        transport::{Method, Transport},
    },
};

use crate::{core::Core, stories::assert_equal};

const MINUTE: i64 = 60_000;
const DOCS: &str = "http://simulator.invalid/docs";

/// The profile of an account that has read the documentation of this contract.
pub async fn imported(script: Script) -> String {
    let world = share(World::new(script));
    let clock = HandClock::at(STORY_START).clock();
    let transport: Arc<dyn Transport> = Arc::new(SimTransport::new(world, clock));
    let source = Source::Address(None);
    let pages = documentation::read(source, Some(DOCS), &transport, &|_| {}).await.expect("pages");
    let profile = unmapped_profile_text(DOCS);
    let proposal = documentation::propose(&pages, &profile, "2026-11-20").expect("a proposal");
    change::apply(&profile, &proposal.changes).expect("a profile")
}

async fn stop_something(core: &Core) -> Outcome {
    let ask = ListAsk { filter: "status:running".into(), count: 1, ..ListAsk::default() };
    let running = core.reader.workflows(&ask).await.expect("workflows").rows;
    let workflow = running.first().expect("something runs").workflow.id.clone();
    let request = ActionRequest {
        id: ActionId::new("click"),
        account: core.account.clone(),
        verb: Verb::StopWorkflow,
        target: Target::whole(Subject::Workflow(workflow)),
        reason: "complaints".to_owned(),
        how: How::Send,
        named: String::new(),
    };
    core.door.act(request).await.expect("journaled").outcome
}

async fn learnt(seed: u64) {
    let script = Script::story(seed).scrambled(Some(seed)).starting(STORY_START);
    let profile = imported(script.clone()).await;
    let mut core = Core::with(script, &profile).await;
    core.pass(15_000).await;
    let outcome = stop_something(&core).await;
    assert_eq!(outcome, Outcome::Accepted, "scramble {seed}\n{profile}");
    core.pass(MINUTE).await;
    let seen = core.reader.action(&ActionId::new("click")).await.expect("the journal");
    assert!(seen.is_some_and(|action| action.seen_at.is_some()), "scramble {seed}: not seen");
    core.freeze_world();
    core.pass(31 * MINUTE).await;
    assert_equal(&core, seed).await;

    let world = lock(&core.world);
    let strays =
        world.history().iter().filter(|a| a.method == Method::Post && a.endpoint.is_none());
    let strays: Vec<_> = strays.map(|asked| asked.path.clone()).collect();
    assert!(strays.is_empty(), "scramble {seed}: POSTs on paths that are only assumed: {strays:?}");
    let writes = world.history().iter().filter(|asked| asked.effect).count();
    assert_eq!(writes, 1, "scramble {seed}: the one stop, which its page confirms");
}

#[test]
fn ten_contracts_are_learnt_from_their_documentation() {
    let tell = |seeds: std::ops::Range<u64>| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        seeds.for_each(|seed| runtime.block_on(learnt(seed)));
    };
    let second = std::thread::spawn(move || tell(5..10));
    tell(0..5);
    second.join().expect("the second five");
}
