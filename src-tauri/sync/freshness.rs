//! How old each kind of data gets while the plan reads a vendor of a given size, in simulated time. The
//! plan is the one that reads real vendors; the vendor is a model of running workflows whose calls come
//! at an even rate, listed in the order of their start.

use super::{
    listing::{Answer, IdHash},
    pace::Pace,
    plan::{Ask, Interest, Listing, Plan},
};
use crate::domain::{
    ids::{TaskId, WorkflowId},
    time::Timestamp,
};

/// A vendor, and how it may be asked.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Workflows that run, the first of which is on screen.
    pub workflows: u32,
    /// Numbers of each.
    pub numbers: u32,
    /// Rows a page, of every listing.
    pub page_size: u32,
    pub budget_per_s: f64,
    /// The end of each call is told by a webhook; its start is not.
    pub call_hooks: bool,
}

/// Ages of one kind in milliseconds: at half of the moments it was younger, at 95 in 100, ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ages {
    pub p50: i64,
    pub p95: i64,
    pub most: i64,
}

/// What a supervisor looks at, by how soon it should be true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// Status and counts in the list of workflows.
    pub list: Ages,
    /// The newest calls of the workflow on screen.
    pub open_calls: Ages,
    /// For how long the newest known call of another workflow has not been its newest; the worst of
    /// them at each moment.
    pub other_calls: Ages,
    /// Pages of calls that were never read, at the end.
    pub backlog: usize,
    pub requests: u64,
}

/// A campaign of a working day: each number is called two and a half times within eight hours.
const CALLS_PER_NUMBER: f64 = 2.5;
const DAY_MS: f64 = 8.0 * 3_600_000.0;
/// The share of its calls that each workflow has made when the measurement begins.
const MADE: f64 = 0.2;
/// The calls of a workflow that a supervisor sees first.
const NEWEST: i64 = 50;
const CALL_MS: i64 = 30_000;
/// From the end of a call to its webhook in the store.
const HOOK_MS: i64 = 500;
/// What was to be read at the start is given this long, then ages are taken.
const SETTLE_MS: i64 = 60 * 60_000;
const MEASURED_MS: i64 = 15 * 60_000;
const SAMPLE_MS: i64 = 1_000;

/// When each page of a list of calls was last read.
#[derive(Clone, Default)]
struct Calls {
    read_at: Vec<Option<i64>>,
    first_read_at: Option<i64>,
}

struct Vendor {
    setting: Setting,
    /// Milliseconds between the starts of two calls of one workflow.
    gap: f64,
    made: i64,
    calls: Vec<Calls>,
    list_read_at: Vec<Option<i64>>,
}

impl Vendor {
    fn new(setting: Setting) -> Self {
        let all = f64::from(setting.numbers) * CALLS_PER_NUMBER;
        Self {
            setting,
            gap: DAY_MS / all,
            made: (all * MADE) as i64,
            calls: vec![Calls::default(); setting.workflows as usize],
            list_read_at: Vec::new(),
        }
    }

    /// Starts of calls up to `now`, which counts from the beginning of the simulation.
    fn started(&self, now: i64) -> i64 {
        self.made + (now as f64 / self.gap) as i64
    }

    fn start_of(&self, call: i64) -> i64 {
        ((call - self.made + 1) as f64 * self.gap).ceil() as i64
    }

    fn page_of_calls(&mut self, workflow: usize, page: u32, now: i64) -> Answer {
        let (size, started) = (i64::from(self.setting.page_size), self.started(now));
        let from = i64::from(page.max(1) - 1) * size;
        let until = (from + size).min(started);
        let over = (from..until).filter(|call| self.start_of(*call) + CALL_MS <= now).count();
        let read = self.calls[workflow].read_at.get(page as usize - 1).copied().flatten();
        let changed = |call: &i64| read.is_none_or(|at| self.start_of(*call) + CALL_MS > at);
        let written = (from..until).filter(changed).count();
        let calls = &mut self.calls[workflow];
        calls.first_read_at.get_or_insert(now);
        let pages = &mut calls.read_at;
        pages.resize(pages.len().max(page as usize), None);
        pages[page as usize - 1] = Some(now);
        Answer {
            page,
            page_size: self.setting.page_size,
            total: Some(started),
            hash: (until as u64) << 20 | over as u64,
            ids: (from..until).map(|call| IdHash::of(&format!("{workflow}/{call}"))).collect(),
            last: until == started,
            settled: over as i64 == until - from,
            written,
            ..Answer::default()
        }
    }

    /// The list of workflows: every row changes with each call.
    fn page_of_workflows(&mut self, page: u32, now: i64) -> (Answer, std::ops::Range<u32>) {
        let (size, all) = (self.setting.page_size, self.setting.workflows);
        let from = (page.max(1) - 1) * size;
        let rows = from.min(all)..(from + size).min(all);
        self.list_read_at.resize(self.list_read_at.len().max(page as usize), None);
        self.list_read_at[page as usize - 1] = Some(now);
        let answer = Answer {
            page,
            page_size: size,
            total: Some(i64::from(all)),
            hash: self.started(now) as u64,
            ids: rows.clone().map(|w| IdHash::of(&w.to_string())).collect(),
            last: rows.end == all,
            written: rows.len(),
            ..Answer::default()
        };
        (answer, rows)
    }

    /// A listing of one row: a workflow's only node, its only task.
    fn single(&self, id: &str, page: u32, now: i64) -> Answer {
        Answer {
            page,
            page_size: self.setting.page_size,
            total: Some(1),
            hash: self.started(now) as u64,
            ids: vec![IdHash::of(id)],
            last: true,
            written: 1,
            ..Answer::default()
        }
    }

    /// How long the oldest change of a workflow's newest calls has waited to be read.
    fn age_of_calls(&self, workflow: usize, now: i64) -> i64 {
        let (size, started) = (i64::from(self.setting.page_size), self.started(now));
        let newest = (started - NEWEST).max(0) / size;
        let pages = (started + size - 1) / size;
        let age = |page: i64| {
            let calls = &self.calls[workflow];
            let read = calls.read_at.get(page as usize).copied().flatten();
            let read = read.or(calls.first_read_at).unwrap_or(0);
            let (from, until) = (page * size, ((page + 1) * size).min(started));
            let first_after =
                |moment: i64| ((moment as f64 / self.gap) as i64 + self.made).max(from);
            let start = first_after(read);
            let start = (start < until).then(|| self.start_of(start));
            let end = first_after(read - CALL_MS);
            let end = (end < until).then(|| self.start_of(end) + CALL_MS);
            let told = |end: &i64| !self.setting.call_hooks || end + HOOK_MS > now;
            // The webhook of its end brings all of a call.
            let alive = |start: &i64| !self.setting.call_hooks || start + CALL_MS + HOOK_MS > now;
            let start = start.map(|s| if alive(&s) { s } else { s.max(now - CALL_MS - HOOK_MS) });
            let changes = [start, end.filter(told)].into_iter().flatten();
            changes.filter(|change| *change <= now).min().map_or(0, |change| now - change)
        };
        (newest..pages).map(age).max().unwrap_or(0)
    }

    /// For how long calls of a workflow have started of which none is known.
    fn age_of_newest(&self, workflow: usize, now: i64) -> i64 {
        let size = i64::from(self.setting.page_size);
        let read = self.calls[workflow].read_at.iter().enumerate();
        let known =
            read.filter_map(|(page, at)| Some(self.started((*at)?).min((page as i64 + 1) * size)));
        let age = (now - self.start_of(known.max().unwrap_or(0))).max(0);
        if self.setting.call_hooks { age.min(CALL_MS + HOOK_MS) } else { age }
    }

    fn backlog(&self, now: i64) -> usize {
        let size = i64::from(self.setting.page_size);
        let pages = (self.started(now) + size - 1) / size;
        let read = |calls: &Calls| calls.read_at.iter().flatten().count();
        self.calls.iter().map(|calls| (pages as usize).saturating_sub(read(calls))).sum()
    }

    fn age_of_list(&self, now: i64) -> i64 {
        self.list_read_at.iter().map(|read| now - read.unwrap_or(0)).max().unwrap_or(now)
    }
}

/// Runs the plan against the model; some seconds of work for thousands of simulated requests.
pub fn measure(setting: Setting) -> Freshness {
    let mut vendor = Vendor::new(setting);
    let mut plan = Plan::new(Pace::default(), &[]);
    let open = WorkflowId::new("0");
    plan.set_interest(Interest { watch: true, workflows: [open].into(), ..Interest::default() });
    let every_ms = (1_000.0 / setting.budget_per_s).max(1.0) as i64;
    let (mut now, mut requests) = (0, 0);
    let (mut list, mut open_calls, mut other_calls) = (Vec::new(), Vec::new(), Vec::new());
    let mut sample_at = SETTLE_MS;
    while now < SETTLE_MS + MEASURED_MS {
        while sample_at <= now {
            list.push(vendor.age_of_list(sample_at));
            open_calls.push(vendor.age_of_calls(0, sample_at));
            let others = 1..setting.workflows as usize;
            other_calls.push(others.map(|w| vendor.age_of_newest(w, sample_at)).max().unwrap_or(0));
            sample_at += SAMPLE_MS;
        }
        match plan.next(Timestamp(now)) {
            Some(ask) => {
                answer(&mut plan, &mut vendor, &ask, now);
                requests += 1;
                now += every_ms;
            }
            None => now = plan.next_due().map_or(now, |due| due.0).clamp(now + 1, now + SAMPLE_MS),
        }
    }
    Freshness {
        list: ages(list),
        open_calls: ages(open_calls),
        other_calls: ages(other_calls),
        backlog: vendor.backlog(now),
        requests,
    }
}

fn answer(plan: &mut Plan, vendor: &mut Vendor, ask: &Ask, now: i64) {
    let (at, print) = (Timestamp(now), vendor.started(now) as u64);
    let Ask::Page { listing, page, known } = ask else { return };
    let place = |id: &WorkflowId| id.as_str().parse().unwrap_or(0);
    let mut answer = match listing {
        Listing::Workflows => {
            let (answer, rows) = vendor.page_of_workflows(*page, now);
            for row in rows {
                plan.learn_workflow(&WorkflowId::new(row.to_string()), false, print, at);
            }
            answer
        }
        Listing::Tasks(id) => {
            let calls = Listing::Calls(id.clone(), TaskId::new(id.as_str()));
            plan.learn(calls, false, print, at);
            vendor.single(id.as_str(), *page, now)
        }
        Listing::Nodes(id) => vendor.single(id.as_str(), *page, now),
        Listing::Calls(id, _) => vendor.page_of_calls(place(id), *page, now),
        // None of them sends messages or chats, or dials outside workflows.
        Listing::WabaTasks(_)
        | Listing::WabaMessages(..)
        | Listing::Sessions
        | Listing::DialerCalls(_)
        | Listing::CallingTasks
        | Listing::TaskCalls(_)
        | Listing::Plans
        | Listing::Rounds(_) => Answer {
            page: *page,
            page_size: vendor.setting.page_size,
            total: Some(0),
            last: true,
            ..Answer::default()
        },
    };
    answer.same = *known == Some(answer.hash);
    plan.answered(listing, answer, at);
}

fn ages(mut samples: Vec<i64>) -> Ages {
    samples.sort_unstable();
    let at = |share: f64| {
        let place = ((samples.len() as f64 - 1.0).max(0.0) * share).round() as usize;
        samples.get(place).copied().unwrap_or(0)
    };
    Ages { p50: at(0.5), p95: at(0.95), most: at(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Setting = Setting {
        workflows: 3,
        numbers: 400,
        page_size: 100,
        budget_per_s: 5.0,
        call_hooks: false,
    };

    #[test]
    fn what_is_on_screen_stays_young_within_the_budget() {
        let fresh = measure(SMALL);
        assert!(fresh.open_calls.p95 <= 10_000, "{fresh:?}");
        assert!(fresh.list.p95 <= 10_000, "{fresh:?}");
        assert!(fresh.requests <= ((SETTLE_MS + MEASURED_MS) / 200) as u64, "{fresh:?}");
    }

    #[test]
    fn a_smaller_budget_makes_it_older_and_webhooks_younger() {
        let fresh = measure(SMALL);
        let slow = measure(Setting { budget_per_s: 0.2, ..SMALL });
        assert!(slow.open_calls.p95 > fresh.open_calls.p95, "{slow:?} {fresh:?}");
        let told = measure(Setting { budget_per_s: 0.2, call_hooks: true, ..SMALL });
        assert!(told.other_calls.p95 < slow.other_calls.p95, "{told:?} {slow:?}");
        assert!(told.other_calls.most <= CALL_MS + HOOK_MS, "{told:?}");
    }
}
