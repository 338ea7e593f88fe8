//! Calling tasks and plans on their whole way: asked of a vendor, stored, and told to a window.

use super::*;
use crate::ipc::{
    FrameStream, WindowHandle,
    dto::{RowDto, ShareDto},
    setup::dto::{LineDto, NextStep},
};

/// What a window was told, by subscription.
struct Seen {
    window: WindowHandle,
    frames: FrameStream,
    rows: HashMap<u32, HashMap<String, RowDto>>,
    facets: HashMap<u32, Vec<ShareDto>>,
    refused: Vec<u32>,
}

impl Seen {
    fn by(running: &Running) -> Self {
        let (window, frames) = running.desk().unwrap().open_window();
        let (rows, facets) = (HashMap::new(), HashMap::new());
        Self { window, frames, rows, facets, refused: Vec::new() }
    }

    fn watch(&self, sub: u32, list: ListName, scope: Option<&str>, filter: &str) {
        let (scope, filter) = (scope.map(str::to_owned), filter.to_owned());
        self.window.watch(sub, Query { list, scope, filter, count: 500, ..watch() }).unwrap();
    }

    fn of(&self, sub: u32) -> impl Iterator<Item = &RowDto> {
        self.rows.get(&sub).into_iter().flat_map(HashMap::values)
    }

    fn count(&self, sub: u32, facet: &str) -> i64 {
        let facets = self.facets.get(&sub).into_iter().flatten();
        facets.filter(|share| share.label == facet).map(|share| share.count).sum()
    }

    async fn until(&mut self, what: &str, there: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !there(self) {
            let next = tokio::time::timeout_at(end.into(), self.frames.next()).await;
            for frame in next.unwrap_or_else(|_| panic!("{what}")).unwrap() {
                let (sub, rows, facets) = match frame {
                    Frame::Snapshot(all) => {
                        self.rows.remove(&all.sub);
                        (all.sub, all.rows, all.facets)
                    }
                    Frame::Delta(delta) => (delta.sub, delta.upserts, delta.facets),
                    Frame::Failed { sub, .. } => {
                        self.refused.push(sub);
                        continue;
                    }
                    Frame::Health(_) | Frame::Open { .. } => continue,
                };
                let rows = rows.into_iter().map(|row| (row.id().to_owned(), row));
                self.rows.entry(sub).or_default().extend(rows);
                self.facets.insert(sub, facets);
            }
        }
    }
}

const ALL: u32 = 1;
const OF_LINE: u32 = 2;
const ROUND: u32 = 3;
const CALLS: u32 = 4;
const NONE: u32 = 5;
const TASK: u32 = 6;
const ROUNDS_FROM: u32 = 100;

/// The scopes of a round that dialled somebody and of its task; all plans are looked at.
async fn a_round(seen: &mut Seen, all: &[RowDto]) -> (String, String) {
    let mut sub = ROUNDS_FROM;
    for row in all {
        let RowDto::Dialling(row) = row else { panic!("{row:?}") };
        assert_eq!(row.id.split_once('/').unwrap().1, row.scope);
        if row.id.starts_with("plan/") {
            seen.watch(sub, ListName::Rounds, Some(&row.scope), "");
            sub += 1;
        }
    }
    let dialled = |row: &RowDto| match row {
        RowDto::Round(round) if round.round_yield.is_some_and(|of| of.den > 0) => {
            round.task.clone().map(|task| (round.scope.clone(), task))
        }
        _ => None,
    };
    let found = |seen: &Seen| (ROUNDS_FROM..sub).find_map(|sub| seen.of(sub).find_map(dialled));
    seen.until("a round that dialled", |seen| found(seen).is_some()).await;
    found(seen).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_is_told_the_tasks_of_a_line_a_plan_its_rounds_and_their_calls() {
    let (folder, entries) = (tempfile::tempdir().unwrap(), Entries::default());
    let vendor = vendor(8, "key", "secret").await;
    let running = start(kept_in(folder.path(), &entries)).await.unwrap();
    let without = keep(&running, draft(&vendor, "key", "secret")).await;
    let told = running.desk().unwrap().hello().accounts.remove(0);
    assert_eq!((told.tasks, told.plans), (NextStep::Line, NextStep::Line));
    let more = AccountDraft {
        account: Some(without.to_string()),
        lines: vec![LineDto::Collection],
        ..draft(&vendor, "key", "secret")
    };
    keep(&running, more).await;
    let told = running.desk().unwrap().hello().accounts.remove(0);
    assert_eq!((told.tasks, told.plans), (NextStep::Nothing, NextStep::Nothing));

    let mut seen = Seen::by(&running);
    seen.watch(ALL, ListName::Dialling, None, "");
    seen.watch(OF_LINE, ListName::Dialling, None, "line:info_check");
    seen.watch(NONE, ListName::CallingTask, Some(&format!("{without}/nobody")), "");
    let labels = ["all", "collection", "telemarketing", "info_check", "other"];
    let counted = |seen: &Seen| labels.iter().all(|label| seen.count(ALL, label) > 0);
    seen.until("tasks of every line", counted).await;
    seen.until("those of one line", |seen| seen.of(OF_LINE).count() > 0).await;
    let of_line = |row: &RowDto| {
        let RowDto::Dialling(row) = row else { return false };
        row.lines.iter().any(|word| word.line == Some(LineDto::InfoCheck))
    };
    assert!(seen.of(OF_LINE).all(of_line));
    seen.until("a task that nobody knows", |seen| seen.refused.contains(&NONE)).await;

    let all: Vec<_> = seen.of(ALL).cloned().collect();
    let (round, task) = a_round(&mut seen, &all).await;
    seen.watch(ROUND, ListName::Round, Some(&round), "");
    seen.watch(CALLS, ListName::TaskCalls, Some(&task), "");
    seen.until("its calls", |seen| seen.of(CALLS).count() > 0).await;
    let own = |row: &RowDto| {
        let RowDto::Call(call) = row else { return false };
        let masked = call.callee.as_deref().is_none_or(|callee| callee.starts_with('•'));
        call.workflow_id.is_none() && task.ends_with(call.task_id.as_deref().unwrap()) && masked
    };
    assert!(seen.of(CALLS).all(own));
    let counts = |row: &RowDto| match row {
        RowDto::RoundDetail(detail) => detail.figures.calls > 0 && detail.plan_name.is_some(),
        _ => false,
    };
    seen.until("its figures", |seen| seen.of(ROUND).any(counts)).await;

    let a_task = all.iter().find(|row| row.id().starts_with("task/")).unwrap();
    seen.watch(TASK, ListName::CallingTask, a_task.id().split_once('/').map(|(_, id)| id), "");
    seen.until("a task", |seen| seen.of(TASK).count() > 0).await;
    assert_eq!(seen.of(TASK).next().unwrap().id(), a_task.id());
    running.shutdown().await;
}
