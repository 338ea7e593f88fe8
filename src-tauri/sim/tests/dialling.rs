//! Calling tasks and plans: what there is, and how it moves.

use super::*;

#[test]
fn every_line_has_a_dozen_tasks_and_plans_with_rounds() {
    for seed in 0..6 {
        let truth = World::new(Script::story(seed)).truth();
        for line in crate::sim::tasks::LINES {
            let tasks = truth.calling_tasks.iter().filter(|t| t.lines.contains(&line)).count();
            let plans = truth.plans.iter().filter(|p| p.lines.contains(&line)).count();
            assert!(tasks >= 12 && plans >= 3, "seed {seed}, {line}: {tasks} tasks, {plans} plans");
        }
        assert!(truth.calling_tasks.iter().any(|t| t.lines.is_empty()));
        assert!(truth.calling_tasks.iter().any(|t| t.lines.len() == 2));
        assert!(truth.rounds.iter().any(|r| r.number == 3));
        assert!(truth.rounds.iter().all(|r| r.reached <= r.dialled && r.dialled > 0));
        let statuses: BTreeSet<_> = truth.calling_tasks.iter().map(|t| t.status).collect();
        assert!(statuses.len() >= 6, "seed {seed}: {statuses:?}");
    }
}

#[test]
fn tasks_move_in_time_and_agree_with_their_calls() {
    let mut desk = Desk::story();
    let before = desk.world.truth();
    desk.world.advance(START + 3_600_000);
    let after = desk.world.truth();
    assert!(after.calling_tasks.len() > before.calling_tasks.len(), "new ones came");
    assert!(after.task_calls.len() > before.task_calls.len());
    for task in after.calling_tasks.iter().take(9) {
        let (rows, total) = desk.whole(&format!("/service/cloud/detail?TaskID={}", task.id));
        let told = after.task_calls.iter().filter(|c| c.task == task.id);
        let (connected, calls) =
            (told.clone().filter(|c| c.answered_at.is_some()).count(), told.count());
        assert_eq!((rows.len(), total, task.connected), (calls, calls, connected));
        assert!(
            rows.iter().all(|r| r["taskId"] == task.id.as_str() && r.get("workflow_id").is_none())
        );
    }
    for plan in &after.plans {
        let (rows, _) = desk.whole(&format!("/service/cloud/plan/rounds?PlanID={}", plan.id));
        for row in &rows {
            let id = row["TaskID"].as_str().unwrap();
            let (calls, _) = desk.whole(&format!("/service/cloud/detail?TaskID={id}"));
            assert_eq!(row["Dialed"], calls.len(), "{row}");
            assert!(
                calls.iter().all(|c| c["nthCall"].to_string().contains(&row["Round"].to_string()))
            );
        }
        let told = after.rounds.iter().filter(|r| r.plan == plan.id).count();
        assert_eq!(rows.len(), told);
    }
}

#[test]
fn one_path_lists_tasks_and_plans_and_the_recording_comes_in_three_ways() {
    let mut desk = Desk::story();
    let list = |desk: &mut Desk, of: &str| {
        desk.get(&format!("/service/cloud/list?Number=5&Page=2&Type={of}"))["data"].take()
    };
    let (tasks, plans) = (list(&mut desk, "normal"), list(&mut desk, "plan"));
    assert_eq!(
        (tasks["list"].as_array().unwrap().len(), plans["list"].as_array().unwrap().len()),
        (5, 4)
    );
    assert!(tasks["list"][0]["TaskID"].is_string() && plans["list"][0]["PlanID"].is_string());
    let truth = desk.world.truth();
    let mut ways = BTreeSet::new();
    for call in truth.task_calls.iter().filter(|c| c.recording.is_some()).take(200) {
        let number = call.callee.replace('+', "%2B");
        let path = format!("/service/cloud/case?TaskID={}&Callee={number}", call.task);
        let response = desk.send(Method::Get, &path, "").response;
        ways.insert((response.status, response.body.starts_with(b"RIFF")));
    }
    assert_eq!(ways, BTreeSet::from([(200, false), (200, true), (302, false)]));
}

impl Desk {
    /// A list without pages.
    fn whole(&mut self, path: &str) -> (Vec<Value>, usize) {
        let data = self.get(path)["data"].take();
        let total = usize::try_from(data["total"].as_u64().unwrap()).unwrap();
        (data["list"].as_array().unwrap().clone(), total)
    }
}
