//! Calling tasks that begin and end, their calls, and plans that end.

use super::{Event, HookKey, LONG_OVER_MS, LONGEST_CALL_MS, Window};
use crate::sim::{tasks::Dialled, view::View, wire, world::World};

impl World {
    pub(super) fn dialled_events(&self, window: Window, events: &mut Vec<Event>) {
        for (index, dialled) in self.dialled.iter().enumerate() {
            let Some(view) = self.dialled_view(index) else { continue };
            if view.over_at().is_some_and(|at| at + LONG_OVER_MS < window.after) {
                continue;
            }
            self.dialled_turns(index, dialled, window, events);
            calls_over(dialled, &view, window, events);
        }
    }

    fn dialled_turns(
        &self,
        index: usize,
        dialled: &Dialled,
        window: Window,
        events: &mut Vec<Event>,
    ) {
        let asked = dialled.acts.stop.map_or([i64::MAX; 2], |(at, complete)| [at, complete]);
        let mut turns: Vec<i64> = dialled.work.life.turning_points().chain(asked).collect();
        turns.sort_unstable();
        turns.dedup();
        for at in turns.into_iter().filter(|at| window.has(*at)) {
            let before = self.dialled_view_at(index, at - 1).map(|v| v.state());
            let Some(after) = self.dialled_view_at(index, at) else { continue };
            if before == Some(after.state()) {
                continue;
            }
            let id = dialled.id() ^ u128::from(at.unsigned_abs());
            let (key, body) = match dialled.is_plan {
                true if after.state().is_over() => {
                    (HookKey::Plan, wire::plan_event(dialled, &after, at))
                }
                true => continue,
                false => (HookKey::Task, wire::calling_task(dialled, &after)),
            };
            events.push(Event { key, id, at, body });
        }
    }
}

fn calls_over(dialled: &Dialled, view: &View<'_>, window: Window, events: &mut Vec<Event>) {
    for call in view.calls_since(window.after - LONGEST_CALL_MS) {
        if call.ending.is_some() && window.has(call.end) {
            let body = wire::call_event(view, call, dialled.task_of(call));
            events.push(Event { key: HookKey::Call, id: call.id, at: call.end, body });
        }
    }
}
