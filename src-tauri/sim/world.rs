//! The account, its clock and its call history.

use std::collections::{BTreeMap, HashMap};

use super::{
    ask::Asked,
    branch::Branch,
    contract::Contract,
    faults::{Fault, FaultPlan, Faults},
    plan::{Workflow, created_at, grow},
    routes::WRITES,
    script::Script,
    tasks::Dialled,
    view::{Acts, View},
};

/// What an id names.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Workflow(usize),
    /// Workflow and node.
    Task(usize, usize),
    /// Workflow and place among its calls.
    Call(usize, usize),
    /// The workflow it belongs to.
    Session(usize),
    /// A calling task or a plan.
    Dialled(usize),
    /// One round of a plan, from 1.
    Round(usize, u8),
    /// A calling task or plan, and place among its calls.
    Dial(usize, usize),
}

/// One account of the simulated vendor. What it shows is decided by its script, the time and the
/// actions so far, never by the number of steps in which time ran.
pub struct World {
    pub(crate) script: Script,
    /// What lies between the world and those who ask.
    pub(crate) contract: Contract,
    pub(crate) root: Branch,
    pub(crate) workflows: Vec<Workflow>,
    /// One for each workflow.
    pub(crate) acts: Vec<Acts>,
    /// Calling tasks and plans, in the order of creation.
    pub(crate) dialled: Vec<Dialled>,
    pub(crate) places: HashMap<u128, Place>,
    pub(crate) now: i64,
    pub(crate) faults: Faults,
    pub(crate) access: Access,
    /// The predictive dialer's own.
    pub(crate) dialer_access: Access,
    pub(crate) history: Vec<Asked>,
    /// Requests so far, those that the history no longer has included.
    pub(crate) requests: u64,
    /// Webhooks of what happened until then have been handed out.
    pub(crate) told_until: i64,
}

/// The token in use.
#[derive(Debug, Default)]
pub(crate) struct Access {
    /// Counts tokens; the first is 1.
    pub generation: u64,
    pub expires: i64,
}

/// An account that is watched for days must not fill the memory with what was asked.
const HISTORY: usize = 200_000;

impl World {
    pub fn new(script: Script) -> Self {
        let mut world = Self {
            contract: Contract::in_force(script.scramble),
            root: Branch::root(script.seed),
            workflows: Vec::new(),
            acts: Vec::new(),
            dialled: Vec::new(),
            places: HashMap::new(),
            now: script.start,
            faults: Faults::new(script.faults.clone()),
            access: Access::default(),
            dialer_access: Access::default(),
            history: Vec::new(),
            requests: 0,
            told_until: script.start,
            script,
        };
        world.grow_until(world.now);
        world.dial_until(world.now);
        world
    }

    /// Lets time run until `now`, Unix milliseconds. It never runs back.
    pub fn advance(&mut self, now: i64) {
        self.now = self.now.max(now);
        self.grow_until(self.now);
        self.dial_until(self.now);
    }

    pub fn now(&self) -> i64 {
        self.now
    }

    pub fn script(&self) -> &Script {
        &self.script
    }

    /// Where recordings and media are linked to from now on.
    pub fn set_base_url(&mut self, base_url: impl Into<String>) {
        self.script.base_url = base_url.into();
    }

    pub fn set_faults(&mut self, plan: FaultPlan) {
        self.faults.set(plan);
    }

    /// How often each fault has struck.
    pub fn fault_counts(&self) -> BTreeMap<Fault, u32> {
        self.faults.counts()
    }

    /// Every request so far, oldest first. Reads of long ago are forgotten, writes never.
    pub fn history(&self) -> &[Asked] {
        &self.history
    }

    pub(crate) fn remember(&mut self, asked: Asked) {
        if self.history.len() >= HISTORY {
            let old = self.history.len() / 2;
            let mut at = 0;
            self.history.retain(|asked| {
                at += 1;
                at > old || asked.endpoint.is_some_and(|key| WRITES.contains(&key))
            });
        }
        self.history.push(asked);
    }

    fn grow_until(&mut self, now: i64) {
        loop {
            let index = self.workflows.len();
            let due = created_at(&self.script, self.root, index).is_some_and(|at| at <= now);
            let Some(workflow) = due.then(|| grow(&self.script, self.root, index)).flatten() else {
                return;
            };
            self.note_places(index, &workflow);
            self.workflows.push(workflow);
            self.acts.push(Acts::default());
        }
    }

    fn note_places(&mut self, index: usize, workflow: &Workflow) {
        self.places.insert(workflow.id, Place::Workflow(index));
        for (at, node) in workflow.nodes.iter().enumerate() {
            self.places.insert(node.task, Place::Task(index, at));
        }
        for (at, call) in workflow.calls.iter().enumerate() {
            self.places.insert(call.id, Place::Call(index, at));
        }
        for session in &workflow.sessions {
            self.places.insert(session.id, Place::Session(index));
        }
    }

    /// Workflow `index` as it stands now; `None` before it is created.
    pub(crate) fn view(&self, index: usize) -> Option<View<'_>> {
        self.view_at(index, self.now)
    }

    pub(crate) fn view_at(&self, index: usize, now: i64) -> Option<View<'_>> {
        let (workflow, acts) = (self.workflows.get(index)?, self.acts.get(index)?);
        let cutoff = workflow.life.cutoff(acts.stop);
        let view = View { script: &self.script, root: self.root, workflow, acts, now, cutoff };
        view.exists().then_some(view)
    }

    /// All workflows that exist, in the order of creation of the script.
    pub(crate) fn views(&self) -> impl DoubleEndedIterator<Item = View<'_>> {
        (0..self.workflows.len()).filter_map(|index| self.view(index))
    }
}
