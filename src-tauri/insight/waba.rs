//! What became of the WhatsApp template messages of a workflow, told twice: by the vendor's own counts
//! of its batches, and by the messages that are stored. The two are never added up, because a batch
//! counts messages that were not read yet, and stored ones can belong to a batch that is not known.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::figures::Ratio;
use crate::{
    domain::{
        chat::tick_rank,
        ids::{NodeId, WabaTaskId},
        status::{Phase, Status},
        waba::WabaTask,
    },
    store::WabaTally,
};

/// Reasons that are told one by one; a vendor may write the number into each.
const REASONS: usize = 20;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    All,
    Template,
    Node,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Funnel {
    pub of: Of,
    /// Of the template or node; `None`: not reported.
    pub name: Option<String>,
    pub batches: i64,
    /// `None`: no batch was reported.
    pub vendor: Option<Stages>,
    /// `None`: no message is stored.
    pub stored: Option<Stages>,
    /// Of stored messages, most frequent first.
    pub failures: Vec<Failure>,
    /// Messages that failed for reasons beyond those.
    pub other_failures: i64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub code: Option<String>,
    pub reason: Option<String>,
    pub count: i64,
}

/// `None`: not reported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stages {
    pub all: Option<i64>,
    /// ÷ messages in all.
    pub sent: Stage,
    /// ÷ sent.
    pub delivered: Stage,
    /// ÷ delivered.
    pub read: Stage,
    /// ÷ delivered too: who reads without a receipt can answer.
    pub replied: Stage,
    /// ÷ messages in all.
    pub failed: Stage,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stage {
    pub count: Option<i64>,
    pub ratio: Option<Ratio>,
    /// Batches that do not say this; their messages are in neither side.
    pub silent: i64,
}

/// The funnel of all, and those by template and by node where there is more than one.
pub fn funnels(tasks: &[WabaTask], tallies: &[WabaTally]) -> Vec<Funnel> {
    if tasks.is_empty() && tallies.is_empty() {
        return Vec::new();
    }
    let known: HashMap<&WabaTaskId, &WabaTask> = tasks.iter().map(|t| (&t.id, t)).collect();
    let mut all = vec![funnel(Of::All, None, tasks, tallies.iter(), |_| true)];
    for (of, name) in [(Of::Template, template as fn(&WabaTask) -> _), (Of::Node, node)] {
        let name_of = |id: &WabaTaskId| known.get(id).and_then(|task| name(task));
        let names: BTreeSet<Option<String>> = tasks
            .iter()
            .map(name)
            .chain(tallies.iter().map(|tally| name_of(&tally.task)))
            .collect();
        if names.len() < 2 {
            continue;
        }
        all.extend(names.into_iter().map(|group| {
            let own = tallies.iter().filter(|tally| name_of(&tally.task) == group);
            funnel(of, group.clone(), tasks, own, |task| name(task) == group)
        }));
    }
    all
}

fn template(task: &WabaTask) -> Option<String> {
    task.template_name.clone().or_else(|| task.template_id.clone())
}

fn node(task: &WabaTask) -> Option<String> {
    task.node_name.clone().or_else(|| task.node.as_ref().map(NodeId::to_string))
}

fn funnel<'t>(
    of: Of,
    name: Option<String>,
    tasks: &[WabaTask],
    tallies: impl Iterator<Item = &'t WabaTally>,
    is_own: impl Fn(&WabaTask) -> bool,
) -> Funnel {
    let tasks: Vec<&WabaTask> = tasks.iter().filter(|task| is_own(task)).collect();
    let tallies: Vec<&WabaTally> = tallies.collect();
    let (failures, other_failures) = failures(&tallies);
    Funnel {
        of,
        name,
        batches: whole(tasks.len()),
        vendor: (!tasks.is_empty()).then(|| by_vendor(&tasks)),
        stored: (!tallies.is_empty()).then(|| by_messages(&tallies)),
        failures,
        other_failures,
    }
}

fn by_vendor(tasks: &[&WabaTask]) -> Stages {
    let count = |of: fn(&WabaTask) -> Option<i64>| sum(tasks.iter().filter_map(|task| of(task)));
    let stage = |of: fn(&WabaTask) -> Option<i64>, per: fn(&WabaTask) -> Option<i64>| {
        let both: Vec<(i64, i64)> =
            tasks.iter().filter_map(|task| of(task).zip(per(task))).collect();
        let num = sum(both.iter().map(|(num, _)| *num));
        let den = sum(both.iter().map(|(_, den)| *den));
        Stage {
            count: count(of),
            ratio: num.zip(den).map(|(num, den)| Ratio { num, den }),
            silent: whole(tasks.iter().filter(|task| of(task).is_none()).count()),
        }
    };
    Stages {
        all: count(|t| t.total),
        sent: stage(|t| t.sent, |t| t.total),
        delivered: stage(|t| t.delivered, |t| t.sent),
        read: stage(|t| t.read, |t| t.delivered),
        replied: stage(|t| t.replied, |t| t.delivered),
        failed: stage(|t| t.failed, |t| t.total),
    }
}

/// A message that got further passed the stages before, whether or not it says when.
fn by_messages(tallies: &[&WabaTally]) -> Stages {
    let at_least = |rank: u8, timed: fn(&WabaTally) -> i64| -> i64 {
        let passed = |tally: &&WabaTally| match rank_of(tally) >= rank {
            true => tally.messages,
            false => timed(tally),
        };
        tallies.iter().map(passed).fold(0, i64::saturating_add)
    };
    let all = tallies.iter().map(|tally| tally.messages).fold(0, i64::saturating_add);
    let sent = at_least(1, |t| t.sent.max(t.delivered).max(t.read));
    let delivered = at_least(2, |t| t.delivered.max(t.read));
    let read = at_least(3, |t| t.read);
    let replied = at_least(4, |_| 0);
    let failed = (tallies.iter().filter(|tally| is_failed(tally)))
        .map(|tally| tally.messages)
        .fold(0, i64::saturating_add);
    // Where the vendor says how messages are, that none got so far is a count; of answers it may say
    // nothing at all, so none of them is no count.
    let told = tallies.iter().any(|tally| tally.status.is_some());
    let stage = |count: i64, den: i64, told: bool| {
        let count = (told || count > 0).then_some(count);
        Stage { count, ratio: count.map(|num| Ratio { num, den }), silent: 0 }
    };
    Stages {
        all: Some(all),
        sent: stage(sent, all, told),
        delivered: stage(delivered, sent, told),
        read: stage(read, delivered, told),
        replied: stage(replied, delivered, false),
        failed: stage(failed, all, told),
    }
}

fn failures(tallies: &[&WabaTally]) -> (Vec<Failure>, i64) {
    let mut counts: BTreeMap<(Option<&str>, Option<&str>), i64> = BTreeMap::new();
    for tally in tallies.iter().filter(|tally| is_failed(tally)) {
        let reason = (tally.failure_code.as_deref(), tally.failure_reason.as_deref());
        let count = counts.entry(reason).or_default();
        *count = count.saturating_add(tally.messages);
    }
    let mut all: Vec<Failure> = counts
        .into_iter()
        .map(|((code, reason), count)| Failure {
            code: code.map(str::to_owned),
            reason: reason.map(str::to_owned),
            count,
        })
        .collect();
    all.sort_by_key(|failure| std::cmp::Reverse(failure.count));
    let others = all.split_off(all.len().min(REASONS));
    (all, others.iter().map(|failure| failure.count).fold(0, i64::saturating_add))
}

fn rank_of(tally: &WabaTally) -> u8 {
    tally.status.as_deref().and_then(tick_rank).unwrap_or(0)
}

/// A code, a reason, or a status word that says so.
fn is_failed(tally: &WabaTally) -> bool {
    tally.failure_code.is_some()
        || tally.failure_reason.is_some()
        || tally.status.as_deref().is_some_and(|word| Status::read(word).phase == Phase::Failed)
}

/// `None` of nothing.
fn sum(mut counts: impl Iterator<Item = i64>) -> Option<i64> {
    let first = counts.next()?;
    Some(counts.fold(first, i64::saturating_add))
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{ids::WorkflowId, time::Timestamp};

    fn task(id: &str, template: &str, counts: [Option<i64>; 6]) -> WabaTask {
        let [total, sent, delivered, read, replied, failed] = counts;
        WabaTask {
            id: WabaTaskId::from(id),
            workflow: WorkflowId::from("w"),
            node: None,
            node_name: Some("Remind".to_owned()),
            template_name: Some(template.to_owned()),
            template_id: None,
            status: None,
            total,
            sent,
            delivered,
            read,
            replied,
            failed,
            as_of: Timestamp(0),
        }
    }

    fn tally(task: &str, status: &str, failure: Option<&str>, messages: i64) -> WabaTally {
        WabaTally {
            task: WabaTaskId::from(task),
            status: Some(status.to_owned()),
            failure_code: failure.map(|_| "131026".to_owned()),
            failure_reason: failure.map(str::to_owned),
            messages,
            sent: 0,
            delivered: 0,
            read: 0,
        }
    }

    #[test]
    fn a_batch_that_does_not_say_is_in_neither_side() {
        let full = task("a", "t", [Some(10), Some(9), Some(8), Some(4), Some(1), Some(1)]);
        let silent = task("b", "t", [Some(90), Some(80), None, None, None, None]);
        let all = funnels(&[full, silent], &[]);
        assert_eq!(all.len(), 1, "one template, one node");
        let vendor = all[0].vendor.clone().unwrap();
        assert_eq!(vendor.sent.ratio, Some(Ratio { num: 89, den: 100 }));
        assert_eq!(vendor.delivered.ratio, Some(Ratio { num: 8, den: 9 }));
        assert_eq!((vendor.delivered.count, vendor.delivered.silent), (Some(8), 1));
        assert_eq!(all[0].stored, None);
    }

    #[test]
    fn a_stored_message_passed_the_stages_before_its_own() {
        let tallies = [
            tally("a", "sent", None, 3),
            tally("a", "read", None, 5),
            tally("a", "FAILED", None, 1),
            tally("a", "odd", Some("Undeliverable"), 2),
        ];
        let stored = funnels(&[], &tallies)[0].stored.clone().unwrap();
        assert_eq!(stored.sent.ratio, Some(Ratio { num: 8, den: 11 }));
        assert_eq!(stored.delivered.ratio, Some(Ratio { num: 5, den: 8 }));
        assert_eq!(stored.read.ratio, Some(Ratio { num: 5, den: 5 }));
        assert_eq!(stored.replied, Stage::default(), "nobody said that answers are told");
        assert_eq!(stored.failed.count, Some(3));
    }

    #[test]
    fn reasons_stand_as_written_the_most_frequent_first_and_not_without_end() {
        let mut tallies: Vec<WabaTally> =
            (0..30).map(|n| tally("a", "failed", Some(&format!("reason {n}")), n + 1)).collect();
        tallies.push(tally("a", "failed", None, 100));
        let all = funnels(&[], &tallies);
        let reasons = &all[0].failures;
        assert_eq!(reasons[0], Failure { code: None, reason: None, count: 100 });
        assert_eq!(reasons[1].reason.as_deref(), Some("reason 29"));
        assert_eq!(reasons.len(), REASONS);
        assert_eq!(all[0].other_failures, (1..=11).sum::<i64>());
    }

    #[test]
    fn two_templates_have_a_funnel_each_and_a_message_of_no_known_batch_stands_apart() {
        let tasks = [task("a", "hello", [Some(1); 6]), task("b", "bye", [Some(2); 6])];
        let all = funnels(&tasks, &[tally("a", "sent", None, 1), tally("lost", "sent", None, 4)]);
        let named: Vec<_> = all.iter().map(|one| (one.of, one.name.as_deref())).collect();
        assert_eq!(
            named,
            [
                (Of::All, None),
                (Of::Template, None),
                (Of::Template, Some("bye")),
                (Of::Template, Some("hello")),
                (Of::Node, None),
                (Of::Node, Some("Remind")),
            ]
        );
        assert_eq!(all[1].stored.as_ref().unwrap().all, Some(4));
        assert_eq!((all[1].vendor.as_ref(), all[1].batches), (None, 0));
        assert_eq!(all[2].stored, None);
        assert!(funnels(&[], &[]).is_empty());
    }
}
