//! Records that come to differ from those before are told, once, and over a restart.

use std::collections::BTreeSet;

use wheelhouse::{
    domain::shape::{Differs, ShapeChange},
    sim::{Fault, FaultPlan, Script, When},
    sim_server::lock,
};

use crate::core::Core;

async fn told(core: &Core) -> Vec<ShapeChange> {
    core.reader.shape_changes(&core.account, 1_000).await.unwrap()
}

#[tokio::test]
async fn a_vendor_that_keeps_its_shape_gives_no_notice_and_one_that_changes_it_gives_each_once() {
    let mut core = Core::on(Script::story(7)).await;
    core.pass(10 * 60_000).await;
    let quiet = told(&core).await;
    let said: Vec<_> = quiet.iter().map(|c| (&c.source, &c.field, c.differs)).collect();
    assert!(quiet.is_empty(), "{said:?}");
    assert!(!core.reader.shapes(&core.account).await.unwrap().is_empty());

    lock(&core.world).set_faults(FaultPlan::none().with(Fault::Odd, When::Every(1)));
    core.pass(10 * 60_000).await;
    let changes = told(&core).await;
    let new: BTreeSet<&str> = changes
        .iter()
        .filter(|c| c.differs == Differs::New && c.field == "/x_trace/node")
        .map(|c| c.source.as_str())
        .collect();
    assert!(new.contains("workflow.list") && new.contains("workflow.outbound_details"), "{new:?}");
    let times = changes.iter().any(|c| c.differs == Differs::OtherType && c.was == "text");
    assert!(times, "times as numbers are another type: {changes:?}");
    let shown = core.ledger.read(&core.account, |entry| entry.shape_changes.clone()).unwrap();
    assert_eq!(shown.len(), changes.len().min(200));

    let ways = |changes: &[ShapeChange]| -> BTreeSet<(String, String, Differs)> {
        changes.iter().map(|c| (c.source.clone(), c.field.clone(), c.differs)).collect()
    };
    assert_eq!(ways(&changes).len(), changes.len(), "each once");
    lock(&core.world).set_faults(FaultPlan::none());
    core.pass(10 * 60_000).await;
    let after = told(&core).await;
    assert!(changes.iter().all(|change| after.contains(change)), "what was told stays as it was");
}
