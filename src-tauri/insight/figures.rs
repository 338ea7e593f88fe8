//! The figures of a workflow, of a calling task's calls and of a plan's rounds. Definitions follow the vendor's own console where product words exist
//! for them; all are pure over what the store keeps.

use crate::{
    domain::{
        task::{Plan, Round},
        time::Timestamp,
        workflow::Workflow,
    },
    store::{NodeTally, RoundTally, Tally, TrendPoint},
};

/// A share with both sides, so that a reader can check it. `den` may be 0: then there is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ratio {
    pub num: i64,
    pub den: i64,
}

impl Ratio {
    pub fn value(self) -> Option<f64> {
        (self.den > 0).then(|| self.num as f64 / self.den as f64)
    }
}

/// `None` means that the vendor did not send the fields that the figure needs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    pub progress: Option<Ratio>,
    pub reached: Option<Ratio>,
    pub talk_ms: Option<Ratio>,
    pub intentions: Option<Vec<(String, i64)>>,
    pub attempts: Option<Ratio>,
    pub short_calls: Option<Ratio>,
    pub hangups: Option<Vec<(String, i64)>>,
    pub last_call_at: Option<Timestamp>,
}

pub fn figures(workflow: &Workflow, tally: &Tally) -> Figures {
    Figures { progress: progress(workflow), ..of_calls(tally) }
}

/// Those that calls alone tell; progress is not among them.
pub fn of_calls(tally: &Tally) -> Figures {
    let dialled = tally.dialled > 0;
    let connected = dialled && tally.connected_reported;
    let talked = connected && tally.talk_reported;
    Figures {
        progress: None,
        reached: connected.then_some(Ratio { num: tally.reached, den: tally.dialled }),
        talk_ms: talked.then_some(Ratio { num: tally.talk_ms, den: tally.reached }),
        intentions: reported(&tally.intentions),
        attempts: dialled.then_some(Ratio { num: tally.calls, den: tally.dialled }),
        short_calls: talked.then_some(Ratio { num: tally.short_calls, den: tally.connected_calls }),
        hangups: reported(&tally.hangups),
        last_call_at: tally.last_call_at,
    }
}

/// As a workflow's, of the calls of one node.
pub fn node_reached(node: &NodeTally) -> Option<Ratio> {
    let reported = node.dialled > 0 && node.connected_reported > 0;
    reported.then_some(Ratio { num: node.reached, den: node.dialled })
}

/// List entries finished ÷ total, both as the vendor counts them.
fn progress(workflow: &Workflow) -> Option<Ratio> {
    finished_of(workflow.finished, workflow.total)
}

/// What [`Figures`] were at one time; distributions are not kept over time.
pub fn at_point(point: &TrendPoint) -> Figures {
    Figures { progress: finished_of(point.finished, point.total), ..of_calls(&point.tally) }
}

fn finished_of(finished: Option<i64>, total: Option<i64>) -> Option<Ratio> {
    Some(Ratio { num: finished?, den: total? })
}

/// Numbers first reached in a workflow's round ÷ numbers dialled in it, counted over the stored calls.
pub fn newly_reached(round: &RoundTally) -> Option<Ratio> {
    let reported = round.round.is_some() && round.connected_reported > 0;
    reported.then_some(Ratio { num: round.newly_reached, den: round.dialled })
}

/// Round yield: numbers newly reached in the round ÷ numbers dialled in it, both as the vendor counts
/// them. ASSUMED: a round dials nobody who was reached before, so whom it reaches is newly reached.
pub fn round_yield(round: &Round) -> Option<Ratio> {
    Some(Ratio { num: round.reached?, den: round.dialled? })
}

/// Numbers reached in all rounds ÷ numbers of the plan, both as the vendor counts them. One round that
/// does not say whom it reached leaves it unknown.
pub fn plan_reached(plan: &Plan, rounds: &[Round]) -> Option<Ratio> {
    let reached: Option<i64> = rounds.iter().map(|round| round.reached).sum();
    let num = reached.filter(|_| !rounds.is_empty())?;
    Some(Ratio { num, den: plan.total? })
}

/// A distribution, most frequent first; equal counts in the order of their labels.
fn reported(counts: &[(String, i64)]) -> Option<Vec<(String, i64)>> {
    if counts.is_empty() {
        return None;
    }
    let mut sorted = counts.to_vec();
    sorted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Some(sorted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        ids::{PlanId, RoundId, WorkflowId},
        line::Lines,
    };

    fn workflow(total: Option<i64>, finished: Option<i64>) -> Workflow {
        Workflow {
            id: WorkflowId::new("w"),
            name: None,
            template: None,
            template_name: None,
            status: None,
            created_at: None,
            started_at: None,
            ended_at: None,
            total,
            finished,
            as_of: Timestamp(0),
        }
    }

    #[test]
    fn what_the_vendor_did_not_send_is_not_zero() {
        let figures = figures(&workflow(None, Some(3)), &Tally::default());
        assert_eq!(figures, Figures::default());
    }

    #[test]
    fn reached_is_numbers_not_calls() {
        let tally = Tally {
            calls: 9,
            connected_calls: 5,
            dialled: 4,
            reached: 2,
            connected_reported: true,
            ..Tally::default()
        };
        let figures = figures(&workflow(Some(10), Some(4)), &tally);
        assert_eq!(figures.reached, Some(Ratio { num: 2, den: 4 }));
        assert_eq!(figures.attempts, Some(Ratio { num: 9, den: 4 }));
        assert_eq!(figures.progress, Some(Ratio { num: 4, den: 10 }));
        assert_eq!(figures.talk_ms, None, "talk time was not reported");
    }

    fn round(number: i64, dialled: Option<i64>, reached: Option<i64>) -> Round {
        let plan = PlanId::new("p");
        Round {
            id: RoundId::of(&plan, number),
            plan,
            number,
            task: None,
            status: None,
            dialled,
            reached,
            started_at: None,
            ended_at: None,
            as_of: Timestamp(0),
        }
    }

    #[test]
    fn a_round_yields_what_it_newly_reached_of_what_it_dialled() {
        assert_eq!(round_yield(&round(1, Some(50), Some(21))), Some(Ratio { num: 21, den: 50 }));
        assert_eq!(round_yield(&round(2, Some(29), None)), None);
        assert_eq!(round_yield(&round(2, None, Some(4))), None);
        let nobody = round_yield(&round(3, Some(0), Some(0)));
        assert_eq!(nobody.map(Ratio::value), Some(None), "nobody dialled yet is not nothing said");
    }

    #[test]
    fn a_plan_reached_what_its_rounds_did_if_all_of_them_say_so() {
        let mut plan = Plan {
            id: PlanId::new("p"),
            name: None,
            lines: Lines::default(),
            strategy: None,
            status: None,
            total: Some(50),
            finished: None,
            created_at: None,
            started_at: None,
            ended_at: None,
            as_of: Timestamp(0),
        };
        let rounds = [round(1, Some(50), Some(21)), round(2, Some(29), Some(4))];
        assert_eq!(plan_reached(&plan, &rounds), Some(Ratio { num: 25, den: 50 }));
        assert_eq!(
            plan_reached(&plan, &[round(1, Some(50), Some(21)), round(2, None, None)]),
            None
        );
        assert_eq!(plan_reached(&plan, &[]), None);
        plan.total = None;
        assert_eq!(plan_reached(&plan, &rounds), None);
    }

    #[test]
    fn distributions_start_with_the_most_frequent() {
        let tally = Tally {
            intentions: vec![("B".into(), 1), ("A".into(), 1), ("C".into(), 7)],
            ..Tally::default()
        };
        let letters = figures(&workflow(None, None), &tally).intentions;
        assert_eq!(letters, Some(vec![("C".into(), 7), ("A".into(), 1), ("B".into(), 1)]));
    }
}
