//! What the figures were, kept while a world is watched, and what is lost when nobody looks.

use wheelhouse::{domain::time::Timestamp, sim::Script, store::ListAsk};

use crate::core::Core;

const MINUTE: i64 = 60_000;

#[tokio::test]
async fn curves_end_where_the_figures_stand_and_rounds_add_up_to_the_calls() {
    let small = Script { workflows: 6, ..Script::story(4) };
    let mut core = Core::on(small).await;
    core.pass(10 * MINUTE).await;
    let ask = ListAsk { count: 500, ..ListAsk::default() };
    let workflows = core.reader.workflows(&ask).await.unwrap().rows;
    let mut grew = 0;
    for stored in workflows {
        let (account, id) = (&stored.account, &stored.workflow.id);
        let points = core.reader.trend(account, id).await.unwrap();
        let last = points.last().expect("every workflow changed once: when it was first seen");
        assert_eq!(last.finished, stored.workflow.finished, "{id}");
        assert_eq!(last.tally.calls, stored.tally.calls, "{id}");
        assert_eq!(last.tally.reached, stored.tally.reached, "{id}");
        assert!(points.windows(2).all(|pair| pair[0].at < pair[1].at), "{id}");
        let fewer = points.windows(2).find(|pair| pair[0].tally.calls > pair[1].tally.calls);
        assert!(fewer.is_none(), "{id}: {fewer:?}");
        grew += usize::from(points.len() > 2);

        let rounds = core.reader.round_tallies(account, id).await.unwrap();
        assert_eq!(rounds.iter().map(|round| round.calls).sum::<i64>(), stored.tally.calls, "{id}");
        let newly: i64 = rounds.iter().map(|round| round.newly_reached).sum();
        assert_eq!(newly, stored.tally.reached, "{id}: who is reached is newly reached once");
        let nodes = core.reader.node_tallies(account, id).await.unwrap();
        assert_eq!(nodes.iter().map(|node| node.calls).sum::<i64>(), stored.tally.calls, "{id}");
    }
    assert!(grew > 0, "some workflow moved in ten minutes");
    let answered = core.reader.answered(&core.account, Timestamp(0)).await;
    assert_eq!(answered.unwrap().len(), 1, "asked all the time");
}
