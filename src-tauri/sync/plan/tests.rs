use super::*;
use crate::sync::listing::IdHash;

const PAGE: u32 = 10;

/// A list that changes at both of its ends.
fn answer(page: u32, total: i64) -> Answer {
    let first = i64::from(page - 1) * i64::from(PAGE);
    let ids = (first..total.min(first + i64::from(PAGE))).map(|id| IdHash::of(&id.to_string()));
    let last = first + i64::from(PAGE) >= total;
    Answer {
        page,
        page_size: PAGE,
        total: Some(total),
        hash: page.into(),
        ids: ids.collect(),
        last,
        settled: page > 1 && !last,
        ..Answer::default()
    }
}

/// What is asked in `turns` turns of one second each, of a vendor with more than can ever be read so.
fn asked(turns: i64) -> Vec<Ask> {
    let mut plan = Plan::new(Pace::default(), &[]);
    let open = WorkflowId::new("0");
    plan.set_interest(Interest { watch: true, workflows: [open].into(), ..Interest::default() });
    for id in 0..50 {
        plan.learn_workflow(&WorkflowId::new(id.to_string()), false, 0, Timestamp(0));
    }
    plan.learn_session(&SessionId::new("s"), false, 1);
    let mut asked = Vec::new();
    for turn in 0..turns {
        let now = Timestamp(turn * 1_000);
        let Some(ask) = plan.next(now) else { continue };
        match &ask {
            Ask::Page { listing, page, .. } => {
                plan.answered(listing, answer(*page, 10_000), now);
            }
            Ask::Transcript(id) => plan.transcript_answered(id, 1, false, now),
        }
        asked.push(ask);
    }
    asked
}

#[test]
fn a_budget_that_is_too_small_for_everything_leaves_nothing_out() {
    let asked = asked(400);
    assert_eq!(asked.len(), 400, "there is always something to ask");
    let share = |of: &dyn Fn(&Ask) -> bool| asked.iter().filter(|ask| of(ask)).count();
    let of_open = |ask: &Ask| matches!(ask, Ask::Page { listing, .. } if listing.workflow().is_some_and(|w| w.as_str() == "0"));
    let list = |ask: &Ask| matches!(ask, Ask::Page { listing: Listing::Workflows, page: 1, .. });
    let backlog = |ask: &Ask| matches!(ask, Ask::Page { page, .. } if *page > 1 && *page < 1_000);
    let first = |ask: &Ask| matches!(ask, Ask::Page { listing: Listing::Nodes(_), page: 1, .. });
    assert!(share(&of_open) >= 100, "what is on screen: {}", share(&of_open));
    assert!(share(&list) >= 10);
    assert!(share(&backlog) >= 40, "what was never read: {}", share(&backlog));
    assert!(share(&first) >= 30, "what runs elsewhere: {}", share(&first));
    assert!(share(&|ask| matches!(ask, Ask::Transcript(_))) >= 2);
}
