//! Makes one workflow from its place in the order of creation.

use super::{
    Call, Entry, Life, Node, Queued, Workflow, chat,
    life::Cut,
    voice::{Dialling, seconds},
    waba,
};
use crate::sim::{
    branch::{Branch, Draws},
    script::Script,
    text::{Kind, TEMPLATES, Template, number},
};

/// People who speak one language. A prime, so that any stride visits each of them once.
const PEOPLE: i64 = 5_003;

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// Days are counted at +08:00.
const ZONE: i64 = 8 * 60 * MINUTE;

/// How a workflow stands when the world starts, or what happens to one that is created later.
#[derive(Clone, Copy)]
enum Cast {
    Finished,
    Running,
    Stopped,
    Stopping,
    Failed,
    Paused,
    Pending,
    Review,
    Later,
}

use Cast::{Failed, Finished, Paused, Pending, Review, Running, Stopped, Stopping};

/// What the workflows that exist at the start are, over and over.
const CAST: [Cast; 24] = [
    Running, Finished, Running, Pending, Finished, Running, Stopping, Finished, Running, Paused,
    Finished, Stopped, Running, Review, Finished, Running, Failed, Finished, Running, Pending,
    Finished, Running, Finished, Finished,
];

/// When workflow `index` is created; later ones later, for those after the start.
pub(crate) fn created_at(script: &Script, root: Branch, index: usize) -> Option<i64> {
    let Some(later) = index.checked_sub(script.workflows) else { return Some(i64::MIN) };
    if script.arrivals_ms <= 0 {
        return None;
    }
    let later = i64::try_from(later).ok()?;
    let jitter = root.child("arrival", u64::try_from(index).ok()?).draws();
    let jitter = { jitter }.between(0, script.arrivals_ms / 2);
    Some(script.start + seconds(12_000 + later * script.arrivals_ms + jitter))
}

pub(crate) fn grow(script: &Script, root: Branch, index: usize) -> Option<Workflow> {
    let template = TEMPLATES.get((index + index / TEMPLATES.len()) % TEMPLATES.len())?;
    grow_from(script, root, index, (template, template.nodes))
}

/// The dialling of one list by a robot, outside any workflow: the first voice node of a template alone.
pub(crate) fn grow_dialling(
    script: &Script,
    root: Branch,
    index: usize,
    template: &'static Template,
) -> Option<Workflow> {
    let voice = template.nodes.iter().position(|(kind, _)| *kind == Kind::Voice)?;
    grow_from(script, root, index, (template, template.nodes.get(voice..=voice)?))
}

fn grow_from(
    script: &Script,
    root: Branch,
    index: usize,
    (template, nodes): (&'static Template, Nodes),
) -> Option<Workflow> {
    let created = created_at(script, root, index)?;
    let branch = root.child("workflow", u64::try_from(index).ok()?);
    let cast = if index < script.workflows { *CAST.get(index % CAST.len())? } else { Cast::Later };
    let mut workflow = Growth { script, branch, template, nodes, index }.workflow(cast);
    let mut draws = branch.child("life", 0).draws();
    place(&mut workflow, cast, script.start, created, &mut draws);
    let day = crate::sim::wire::day(workflow.life.created);
    let series = branch.child("name", 0).draws().word(template.series);
    workflow.name = format!("{series} {day} B{:02}", index + 1);
    Some(workflow)
}

type Nodes = &'static [(Kind, &'static str)];

struct Growth<'a> {
    script: &'a Script,
    branch: Branch,
    template: &'static Template,
    nodes: Nodes,
    index: usize,
}

impl Growth<'_> {
    /// The plan in relative time: dialling begins at 0.
    fn workflow(&self, cast: Cast) -> Workflow {
        let mut workflow = Workflow {
            index: self.index,
            id: self.branch.id(),
            name: String::new(),
            template: self.template,
            branch: self.branch,
            life: Life { created: 0, reviewed: 0, started: 0, ended: 0, pause: None, cut: None },
            nodes: Vec::new(),
            entries: self.entries(cast),
            calls: Vec::new(),
            waba: Vec::new(),
            sessions: Vec::new(),
        };
        for (at, (kind, name)) in self.nodes.iter().enumerate() {
            self.add_node(&mut workflow, at, *kind, name);
        }
        for queued in workflow.nodes.iter().flat_map(|n| &n.queue) {
            if let Some(entry) = workflow.entries.get_mut(queued.entry) {
                entry.last_start = entry.last_start.max(queued.last_start);
                entry.done = entry.done.max(queued.done);
            }
        }
        workflow.calls.sort_by_key(|c| (c.start, c.id));
        workflow.waba.sort_by_key(|m| (m.queued, m.id));
        workflow.sessions.sort_by_key(|s| (s.start, s.id));
        workflow
    }

    fn entries(&self, cast: Cast) -> Vec<Entry> {
        let mut draws = self.branch.child("list", 0).draws();
        let mut count = draws.between(self.script.entries.0, self.script.entries.1);
        if matches!(cast, Cast::Later) && draws.chance(0.6) {
            count = (count / 8).max(4);
        }
        let (first, stride) = (draws.between(0, PEOPLE - 1), draws.between(1, PEOPLE - 1));
        (0..count)
            .map(|at| {
                let person = u32::try_from((first + at * stride) % PEOPLE).unwrap_or(0);
                let branch = self.branch.child("entry", at.unsigned_abs());
                let number = number(self.template.language, person);
                Entry { uuid: branch.id(), person, number, last_start: 0, done: 0 }
            })
            .collect()
    }

    fn add_node(&self, workflow: &mut Workflow, at: usize, kind: Kind, name: &'static str) {
        let branch = self.branch.child("node", u64::try_from(at).unwrap_or(0));
        let mut queue = self.queue(workflow, kind, &mut branch.child("queue", 0).draws());
        match kind {
            Kind::Voice => {
                let dialling =
                    Dialling { script: self.script, template: self.template, branch, node: at };
                workflow.calls.extend(dialling.dial(&mut queue));
            }
            Kind::Waba => workflow.waba.extend(waba::send(branch, at, &mut queue)),
            Kind::Chatbot => {
                let ordinal = self.index / TEMPLATES.len() * 2;
                let talks = chat::talk(branch, at, self.template, ordinal, &mut queue);
                workflow.sessions.extend(talks);
            }
        }
        let (id, task) = (branch.id(), branch.child("task", 0).id());
        workflow.nodes.push(Node { id, kind, name, task, queue });
    }

    /// Who comes to the next node, and when.
    fn queue(&self, workflow: &mut Workflow, kind: Kind, draws: &mut Draws) -> Vec<Queued> {
        let before = workflow.nodes.last().map(|n| n.kind);
        let mut queue: Vec<(usize, i64)> = match (before, kind) {
            (None, Kind::Voice) => (0..workflow.entries.len()).map(|e| (e, 0)).collect(),
            (None, _) => self.spread(workflow.entries.len(), draws),
            (Some(Kind::Waba), Kind::Chatbot) => self.repliers(workflow, draws),
            (Some(_), Kind::Chatbot) => self.reached(workflow, draws),
            (Some(_), Kind::Voice) => passed(workflow, |reached| !reached, |_| MINUTE),
            (Some(_), Kind::Waba) => {
                let chosen: Vec<(usize, i64)> = passed(workflow, |_| true, |_| 0);
                let mut keep = |_: &(usize, i64)| draws.chance(0.42);
                chosen.into_iter().filter(|q| keep(q)).map(|(e, at)| (e, at + 40_000)).collect()
            }
        };
        queue.sort_by_key(|(_, ready)| *ready);
        queue
            .into_iter()
            .map(|(entry, ready)| Queued { entry, ready, last_start: ready, done: ready })
            .collect()
    }

    fn spread(&self, entries: usize, draws: &mut Draws) -> Vec<(usize, i64)> {
        let mut at = 0;
        let pace = draws.between(self.script.pace_ms.0, self.script.pace_ms.1);
        (0..entries)
            .map(|entry| {
                at = seconds(at + pace * draws.between(30, 170) / 100);
                (entry, at)
            })
            .collect()
    }

    /// Some of those who read their message; they answer it, which opens the session.
    fn repliers(&self, workflow: &mut Workflow, draws: &mut Draws) -> Vec<(usize, i64)> {
        let wanted = draws.between(self.script.sessions.0, self.script.sessions.1);
        let mut readers: Vec<_> = workflow.waba.iter_mut().filter(|m| m.read.is_some()).collect();
        let mut chosen = Vec::new();
        for _ in 0..wanted {
            if readers.is_empty() {
                break;
            }
            let message = readers.swap_remove(draws.index(readers.len()));
            let read = message.read.unwrap_or(message.sent);
            let replied = *message.replied.get_or_insert(read + draws.between(10, 90) * 1000);
            chosen.push((message.entry, replied));
        }
        chosen
    }

    fn reached(&self, workflow: &Workflow, draws: &mut Draws) -> Vec<(usize, i64)> {
        let wanted = draws.between(self.script.sessions.0, self.script.sessions.1);
        let mut reached = passed(workflow, |reached| reached, |done| done % 60_000 + MINUTE);
        let mut chosen = Vec::new();
        for _ in 0..wanted {
            if reached.is_empty() {
                break;
            }
            chosen.push(reached.swap_remove(draws.index(reached.len())));
        }
        chosen
    }
}

/// Those whom the last voice node has done with, by whether it reached them, `wait` after it.
fn passed(
    workflow: &Workflow,
    wanted: impl Fn(bool) -> bool,
    wait: impl Fn(i64) -> i64,
) -> Vec<(usize, i64)> {
    let Some((node, last)) =
        workflow.nodes.iter().enumerate().rfind(|(_, n)| n.kind == Kind::Voice)
    else {
        return Vec::new();
    };
    let reached: std::collections::HashSet<usize> = workflow
        .calls
        .iter()
        .filter(|c: &&Call| c.node == node && c.ending.is_some())
        .map(|c| c.entry)
        .collect();
    let through = last.queue.iter().filter(|q| wanted(reached.contains(&q.entry)));
    through.map(|q| (q.entry, q.done + wait(q.done))).collect()
}

/// Puts the plan in its place on the time line.
fn place(workflow: &mut Workflow, cast: Cast, start: i64, created: i64, draws: &mut Draws) {
    let length = workflow.last_end() + 5_000;
    let part = |draws: &mut Draws, from, to| seconds(length * draws.between(from, to) / 100);
    let lead = draws.between(8, 300) * 1000;
    let mut life = Life { created: 0, reviewed: 0, started: 0, ended: 0, pause: None, cut: None };
    let stop = |at, after| Some(Cut::Stop { at, complete: at + after });
    life.started = match cast {
        Cast::Finished => working_hour(start, length, draws),
        Cast::Running => start - part(draws, 4, 90),
        Cast::Stopped => {
            let begun = working_hour(start, length, draws);
            life.cut = stop(begun + part(draws, 20, 80), draws.between(4, 9) * 1000);
            begun
        }
        Cast::Stopping => {
            life.cut = stop(start - 20_000, draws.between(50, 170) * 1000);
            start - 20_000 - part(draws, 20, 80)
        }
        Cast::Failed => {
            let begun = working_hour(start, length, draws);
            life.cut = Some(Cut::Fail { at: begun + part(draws, 5, 70) });
            begun
        }
        Cast::Paused => {
            let from = start - draws.between(2, 40) * MINUTE;
            let to =
                if draws.chance(0.5) { start + draws.between(30, 200) * 1000 } else { i64::MAX };
            life.pause = Some((from, to));
            from - part(draws, 10, 70)
        }
        Cast::Pending => start + draws.between(15, 600) * 1000,
        Cast::Review => start + draws.between(2, 25) * MINUTE,
        Cast::Later => created + draws.between(6, 30) * 1000,
    };
    life.started = seconds(life.started);
    life.created = match cast {
        Cast::Later => created,
        Cast::Pending | Cast::Review => start - draws.between(1, 40) * MINUTE,
        _ => life.started - lead,
    };
    life.reviewed = match cast {
        Cast::Review => life.started - 10_000,
        Cast::Later if draws.chance(0.2) => life.started - 3_000,
        _ => life.created,
    };
    if matches!(cast, Cast::Later) {
        mishap(&mut life, length, draws);
    }
    workflow.shift(life.started);
    life.ended = life.started + length;
    if let Some((from, to)) = life.pause.filter(|(_, to)| *to != i64::MAX) {
        workflow.hold(from, to - from);
        life.ended += to - from;
    }
    workflow.life = life;
}

/// Between eight and four on one of the last days, so that `length` is over by `start`.
fn working_hour(start: i64, length: i64, draws: &mut Draws) -> i64 {
    let latest = start - length - 2 * MINUTE;
    let midnight = |at: i64| (at + ZONE).div_euclid(DAY) * DAY - ZONE;
    let day = midnight(latest) - draws.between(0, 2) * DAY;
    let hour = day + draws.between(8 * 60, 16 * 60) * MINUTE;
    if hour > latest { hour - DAY } else { hour }
}

/// What happens to some of the workflows that are created while one looks.
fn mishap(life: &mut Life, length: i64, draws: &mut Draws) {
    let at = life.started + seconds(length * draws.between(15, 80) / 100);
    match draws.between(0, 11) {
        0 | 1 => life.cut = Some(Cut::Stop { at, complete: at + draws.between(4, 40) * 1000 }),
        2 => life.cut = Some(Cut::Fail { at }),
        3 | 4 => life.pause = Some((at, at + draws.between(60, 240) * 1000)),
        _ => {}
    }
}
