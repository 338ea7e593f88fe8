//! The figures of a workflow. Definitions follow the vendor's own console where product words exist
//! for them; all are pure over what the store keeps.

use crate::{
    domain::{time::Timestamp, workflow::Workflow},
    store::Tally,
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
    let dialled = tally.dialled > 0;
    let connected = dialled && tally.connected_reported;
    let talked = connected && tally.talk_reported;
    Figures {
        progress: progress(workflow),
        reached: connected.then_some(Ratio { num: tally.reached, den: tally.dialled }),
        talk_ms: talked.then_some(Ratio { num: tally.talk_ms, den: tally.reached }),
        intentions: reported(&tally.intentions),
        attempts: dialled.then_some(Ratio { num: tally.calls, den: tally.dialled }),
        short_calls: talked.then_some(Ratio { num: tally.short_calls, den: tally.connected_calls }),
        hangups: reported(&tally.hangups),
        last_call_at: tally.last_call_at,
    }
}

/// List entries finished ÷ total, both as the vendor counts them.
fn progress(workflow: &Workflow) -> Option<Ratio> {
    Some(Ratio { num: workflow.finished?, den: workflow.total? })
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
    use crate::domain::ids::WorkflowId;

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
