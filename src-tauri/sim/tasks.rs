//! Calling tasks and dialing plans of the three business lines: lists that are dialled outside any
//! workflow. Each is grown as one voice node is; a plan's redial rounds are its rounds.

use serde_json::{Value, json};

use super::{
    ask::Question,
    audio,
    list::{Repeats, page},
    plan::{Call, Workflow, created_at, grow_dialling},
    reply::{Failure, response},
    script::Script,
    text::{Business, Kind, TEMPLATES, Template},
    view::{Acts, View},
    wire::{self, hex, read_hex},
    world::{Place, World},
};
use crate::vendor::transport::Response;

/// What exists at the start: seventeen of each line, three of them plans.
const AT_START: usize = 51;
/// New ones come more slowly than workflows.
const SLOWER: i64 = 4;

/// A calling task, or a plan.
pub(crate) struct Dialled {
    /// The one list and its calls.
    pub work: Workflow,
    pub acts: Acts,
    /// As the vendor writes them; a few are listed by two lines, and some say none.
    pub lines: Vec<&'static str>,
    pub is_plan: bool,
}

pub(crate) const LINES: [&str; 3] = ["Collection", "Telemarketing & E-commerce", "Info Check"];

/// The ways in which plans dial.
pub(crate) const STRATEGIES: [&str; 3] =
    ["Three rounds, same day", "Evening redial", "Morning and afternoon"];

/// Whether a template's conversation is one of a line: orders and addresses are what an info check asks.
fn serves(template: &Template, line: usize) -> bool {
    let voice = template.nodes.iter().any(|(kind, _)| *kind == Kind::Voice);
    voice
        && match template.business {
            Business::Collection => line == 0,
            Business::Telemarketing => line == 1,
            Business::Commerce => line == 1 || line == 2,
        }
}

impl Dialled {
    fn grow(world: &World, index: usize) -> Option<Self> {
        let (line, nth) = (index % LINES.len(), index / LINES.len());
        let fitting: Vec<&Template> = TEMPLATES.iter().filter(|t| serves(t, line)).collect();
        let template = *fitting.get(nth % fitting.len().max(1))?;
        let (script, root) = (smaller(&world.script), world.root.child("dialled", 0));
        let mut work = grow_dialling(&script, root, index, template)?;
        let next = LINES.get((line + 1) % LINES.len()).copied();
        let lines = match nth % 11 {
            10 => Vec::new(),
            6 => LINES.get(line).copied().into_iter().chain(next).collect(),
            _ => LINES.get(line).copied().into_iter().collect(),
        };
        let is_plan = nth % 5 == 4;
        let sort = if is_plan { "plan" } else { "task" };
        work.name = format!("{} ({sort})", work.name);
        Some(Self { work, acts: Acts::default(), lines, is_plan })
    }

    /// The task of a round of the plan.
    pub(crate) fn round_id(&self, round: u8) -> u128 {
        self.work.branch.child("round", u64::from(round)).id()
    }

    pub(crate) fn task_id(&self) -> u128 {
        self.work.nodes.first().map_or(self.work.id, |node| node.task)
    }

    pub(crate) fn id(&self) -> u128 {
        if self.is_plan { self.work.id } else { self.task_id() }
    }

    /// The task whose call it is.
    pub(crate) fn task_of(&self, call: &Call) -> u128 {
        if self.is_plan { self.round_id(call.round) } else { self.task_id() }
    }
}

/// The lists of tasks are shorter than those of workflows.
fn smaller(script: &Script) -> Script {
    Script {
        workflows: AT_START,
        entries: ((script.entries.0 / 3).max(4), (script.entries.1 / 3).max(8)),
        arrivals_ms: script.arrivals_ms * SLOWER,
        ..script.clone()
    }
}

impl World {
    pub(crate) fn dial_until(&mut self, now: i64) {
        loop {
            let index = self.dialled.len();
            let root = self.root.child("dialled", 0);
            let due = created_at(&smaller(&self.script), root, index).is_some_and(|at| at <= now);
            let Some(dialled) = due.then(|| Dialled::grow(self, index)).flatten() else { return };
            self.places.insert(dialled.id(), Place::Dialled(index));
            if dialled.is_plan {
                let rounds = 1..=3;
                let places = rounds.map(|n| (dialled.round_id(n), Place::Round(index, n)));
                self.places.extend(places);
            }
            for (at, call) in dialled.work.calls.iter().enumerate() {
                self.places.insert(call.id, Place::Dial(index, at));
            }
            self.dialled.push(dialled);
        }
    }

    pub(crate) fn dialled_view(&self, index: usize) -> Option<View<'_>> {
        self.dialled_view_at(index, self.now)
    }

    pub(crate) fn dialled_view_at(&self, index: usize, now: i64) -> Option<View<'_>> {
        let Dialled { work, acts, .. } = self.dialled.get(index)?;
        let cutoff = work.life.cutoff(acts.stop);
        let (script, root) = (&self.script, self.root);
        let view = View { script, root, workflow: work, acts, now, cutoff };
        view.exists().then_some(view)
    }

    /// Tasks or plans that exist, newest first.
    pub(crate) fn dialled_views(&self, plans: bool) -> Vec<(&Dialled, View<'_>)> {
        let all = self.dialled.iter().enumerate().filter(|(_, d)| d.is_plan == plans);
        let mut views: Vec<_> =
            all.filter_map(|(index, d)| Some((d, self.dialled_view(index)?))).collect();
        views.sort_by_key(|(_, v)| std::cmp::Reverse((v.workflow.life.created, v.workflow.index)));
        views
    }

    pub(crate) fn tasks_told(
        &self,
        key: &str,
        question: &Question,
        repeats: Repeats,
    ) -> Result<Value, Failure> {
        match key {
            "task.list" => page(&self.dialled_views(false), question, repeats, |(d, v)| {
                wire::calling_task(d, v)
            }),
            "plan.list" => {
                page(&self.dialled_views(true), question, repeats, |(d, v)| wire::plan(d, v))
            }
            "task.details" => self.task_details(question),
            "task.call_by_id" => self.task_call(question),
            "task.recording" => {
                let link = self.recordings_of(question)?.into_iter().next_back();
                let link = link.map_or_else(String::new, |(view, c)| wire::recording(&view, c));
                Ok(json!({ "Link": link }))
            }
            "task.recordings" => {
                let (dialled, _, round) = self.task_asked(question)?;
                let id = hex(round.map_or_else(|| dialled.id(), |round| dialled.round_id(round)));
                Ok(json!({ "Link": self.archive_link(&id) }))
            }
            "task.robots" => Ok(whole(TEMPLATES.iter().map(|t| wire::robot(t, &self.script)))),
            "plan.strategies" => {
                let all = STRATEGIES.iter().zip(0..);
                Ok(whole(all.map(|(name, at)| wire::strategy(self.root, at, name))))
            }
            "plan.status" => self.plan_asked(question).map(|(d, v)| wire::plan(d, &v)),
            "plan.rounds" => {
                let (dialled, view) = self.plan_asked(question)?;
                Ok(whole((1..=3).filter_map(|round| wire::round(dialled, &view, round))))
            }
            "plan.recordings_of_number" => {
                let (dialled, view) = self.plan_asked(question)?;
                let calls = calls_to(&view, question)?;
                let calls = calls.into_iter().filter(|c| wire::has_recording(c));
                Ok(whole(calls.map(|c| wire::sound_of_plan(dialled, &view, c))))
            }
            _ => Err(Failure::http(404, "not found")),
        }
    }

    /// The task, or the plan's round, that `TaskID` names.
    fn task_asked(&self, q: &Question) -> Result<(&Dialled, View<'_>, Option<u8>), Failure> {
        let none = || Failure::inside(404, "the task does not exist");
        let id = q.text("TaskID").and_then(read_hex).ok_or_else(none)?;
        let (index, round) = match self.places.get(&id) {
            Some(Place::Dialled(index)) => (*index, None),
            Some(Place::Round(index, round)) => (*index, Some(*round)),
            _ => return Err(none()),
        };
        let dialled = self.dialled.get(index).ok_or_else(none)?;
        let view = self.dialled_view(index).ok_or_else(none)?;
        if dialled.is_plan == round.is_some() { Ok((dialled, view, round)) } else { Err(none()) }
    }

    fn plan_asked(&self, question: &Question) -> Result<(&Dialled, View<'_>), Failure> {
        let none = || Failure::inside(404, "the plan does not exist");
        let id = question.text("PlanID").and_then(read_hex).ok_or_else(none)?;
        let Some(Place::Dialled(index)) = self.places.get(&id) else { return Err(none()) };
        let dialled = self.dialled.get(*index).filter(|d| d.is_plan).ok_or_else(none)?;
        Ok((dialled, self.dialled_view(*index).ok_or_else(none)?))
    }

    fn task_details(&self, question: &Question) -> Result<Value, Failure> {
        let (dialled, view, round) = self.task_asked(question)?;
        let calls = view.calls().filter(|c| round.is_none_or(|round| c.round == round));
        Ok(whole(calls.map(|c| wire::task_call(dialled, &view, c))))
    }

    fn task_call(&self, question: &Question) -> Result<Value, Failure> {
        let none = || Failure::inside(404, "the call does not exist");
        let id = question.text("callid").and_then(read_hex).ok_or_else(none)?;
        let Some(Place::Dial(index, _)) = self.places.get(&id) else { return Err(none()) };
        let dialled = self.dialled.get(*index).ok_or_else(none)?;
        let view = self.dialled_view(*index).ok_or_else(none)?;
        let call = view.calls().find(|c| c.id == id).ok_or_else(none)?;
        Ok(wire::task_call(dialled, &view, call))
    }

    /// Calls to the number with a recording, oldest first.
    fn recordings_of(&self, question: &Question) -> Result<Vec<(View<'_>, &Call)>, Failure> {
        let (_, view, round) = self.task_asked(question)?;
        let calls = calls_to(&view, question)?;
        let own = calls.into_iter().filter(|c| round.is_none_or(|round| c.round == round));
        let over = own.filter(|c| c.end <= self.now && wire::has_recording(c));
        Ok(over.map(|call| (view, call)).collect())
    }

    /// The recording itself, or where it is, in place of JSON with a link: all three are possible.
    pub(crate) fn sound_sent(&self, question: &Question) -> Option<Response> {
        let (view, call) = self.recordings_of(question).ok()?.into_iter().next_back()?;
        match view.workflow.index % 3 {
            0 => None,
            1 => {
                let mut there = response(302, self.now, "text/html", Vec::new());
                there.headers.push(("location".to_owned(), wire::recording(&view, call)));
                Some(there)
            }
            _ => Some(response(200, self.now, "audio/wav", audio::recording(&view, call)?)),
        }
    }
}

/// The calls to the number that is asked about.
fn calls_to<'v>(view: &View<'v>, question: &Question) -> Result<Vec<&'v Call>, Failure> {
    let number = question.phone("Callee");
    let entry = view.workflow.entries.iter().position(|e| Some(e.number) == number);
    let entry = entry.ok_or_else(|| Failure::inside(404, "the list has no such number"))?;
    Ok(view.calls().filter(|c| c.entry == entry).collect())
}

/// A list without pages.
fn whole(rows: impl Iterator<Item = Value>) -> Value {
    let rows: Vec<Value> = rows.collect();
    json!({ "total": rows.len(), "list": rows })
}
