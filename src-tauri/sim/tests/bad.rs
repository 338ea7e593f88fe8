//! Answers that no vendor should give.

use super::*;

fn always(fault: Fault) -> FaultPlan {
    FaultPlan::none().with(fault, When::Every(1))
}

#[test]
fn a_repeating_list_gives_its_page_again_and_a_total_may_change() {
    let mut desk = Desk::story();
    let first = desk.page("workflow.list", &json!({}), 1, 10)["data"].take();
    desk.world.set_faults(always(Fault::RepeatRows));
    let second = desk.page("workflow.list", &json!({}), 2, 10)["data"].take();
    assert_eq!(first["list"], second["list"]);
    desk.world.set_faults(always(Fault::TotalChanges));
    let mut total = || desk.page("workflow.list", &json!({}), 1, 10)["data"]["total"].clone();
    let totals: BTreeSet<i64> = (0..3).map(|_| total().as_i64().unwrap()).collect();
    assert_eq!(totals.len(), 3);
}

#[test]
fn a_message_list_can_go_in_a_circle() {
    let mut desk = Desk::story();
    let session = desk.world.truth().sessions.into_iter().max_by_key(|s| s.messages).unwrap();
    let mut ask = json!({ "call_id": session.id, "last_msg_id": "", "size": 2 });
    let newest = desk.post("/api/v1/session/messages", &ask)["data"].take();
    ask["last_msg_id"] = newest["list"][1]["msg_id"].clone();
    desk.world.set_faults(always(Fault::CursorLoop));
    assert_eq!(desk.post("/api/v1/session/messages", &ask)["data"], newest);
}

#[test]
fn odd_answers_stay_equal_while_nothing_happens() {
    let mut desk = Desk::story();
    desk.world.set_faults(always(Fault::Odd));
    let one = desk.page("workflow.list", &json!({}), 1, 50)["data"].take();
    let two = desk.page("workflow.list", &json!({}), 1, 50)["data"].take();
    assert_eq!(one, two);
    let row = &one["list"][0];
    assert!(row["x_trace"].is_object() && row["total"].is_string(), "{row}");
    let times = one["list"].as_array().unwrap().iter().map(|row| row["create_time"].to_string());
    let shapes: BTreeSet<(bool, usize)> = times.map(|t| (t.starts_with('"'), t.len())).collect();
    assert!(shapes.len() >= 4, "{shapes:?}");
}
