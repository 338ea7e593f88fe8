//! The main job from end to end: watch, read, hear, stop.

use serde_json::{Value, json};

use crate::{driver::with_app, page::Page};

#[tokio::test(flavor = "multi_thread")]
async fn a_supervisor_watches_reads_hears_and_stops() {
    with_app(&["--demo", "--seed", "7"], |page| async move {
        the_demo_is_marked(&page).await;
        the_list_moves_by_itself(&page).await;
        a_transcript_opens(&page).await;
        a_recording_plays_and_seeks(&page).await;
        let stopped = a_workflow_is_stopped_and_seen_stopped(&page).await;
        the_journal_has_the_line(&page, &stopped).await;
    })
    .await;
}

async fn the_demo_is_marked(page: &Page) {
    page.at_least(1, "[data-testid=demo-badge]").await;
}

/// The newest calls are still going on: there is nothing to hear yet.
pub const LONGEST_CALLS: &str = "#/calls?sort=-talk";
/// A call whose row shows that there is a recording.
pub const RECORDED_CALL: &str = "[data-testid=call-row]:has(svg[role=img])";

/// Words in a row that change with the clock alone are left out: a list that only ages does not move.
async fn the_list_moves_by_itself(page: &Page) {
    const ROWS: &str = "
        const rows = [...document.querySelectorAll('[data-testid=workflow-row]')].map((row) => {
            const copy = row.cloneNode(true);
            copy.querySelectorAll('time, [data-testid=age], [data-testid=receipt]').forEach((e) => e.remove());
            return [row.dataset.id, copy.innerText];
        });";
    page.at_least(10, "[data-testid=workflow-row] [data-testid=status]").await;
    let before = page.ask(&format!("{ROWS} return Object.fromEntries(rows)"), vec![]).await;
    let moved = format!(
        "{ROWS} const before = arguments[0]; \
         return rows.find(([id, text]) => id in before && before[id] !== text) ?? null"
    );
    page.until("a row of the list changes", &moved, vec![before]).await;
}

async fn a_transcript_opens(page: &Page) {
    page.click("[data-testid=nav-conversations]").await;
    page.click("[data-testid=session-row]").await;
    page.at_least(2, "[data-testid=message]").await;
    assert!(!page.text("[data-testid=message]").await.is_empty());
}

async fn a_recording_plays_and_seeks(page: &Page) {
    const AT: &str = "(document.querySelector('[data-testid=audio]')?.currentTime ?? 0)";
    page.go(LONGEST_CALLS).await;
    page.click(RECORDED_CALL).await;
    page.click("[data-testid=play-button]").await;
    let plays = format!(
        "const error = document.querySelector('[data-testid=player] [data-testid=error]'); \
         if (error) throw new Error(error.innerText); return {AT} > 0.3"
    );
    page.until("the recording plays", &plays, vec![]).await;

    // The key 5 goes to the middle; from there it plays on.
    page.press("[data-testid=player-toggle]", "5").await;
    let middle = format!(
        "const half = document.querySelector('[data-testid=audio]').duration / 2; \
         return half > 0 && {AT} >= half - 0.1 && {AT}"
    );
    let sought = page.until("the key 5 goes to the middle", &middle, vec![]).await;
    page.until("it plays on from there", &format!("return {AT} > arguments[0]"), vec![sought])
        .await;
    let script = "return document.querySelector('[data-testid=audio]').error?.message ?? null";
    assert_eq!(page.ask(script, vec![]).await, Value::Null);
}

/// Gives the id of the receipt.
pub async fn a_workflow_is_stopped_and_seen_stopped(page: &Page) -> String {
    page.go("#/watch?filter=status%3Arunning").await;
    page.click("[data-testid=workflow-row]:has([data-testid=status][data-phase=running])").await;
    page.click("[data-testid=stop-button]").await;
    page.click("[data-testid=reason-2]").await;
    page.confirm("[data-testid=confirm-button]").await;
    let receipt = "return document.querySelector('[data-testid=receipt]')?.dataset.id ?? null";
    let receipt = page.until("the receipt is shown", receipt, vec![]).await;
    let seen = "return document.querySelector('[data-testid=receipt]')?.dataset.step === 'seen'";
    page.until("a later reading shows the stop", seen, vec![]).await;
    let stopped =
        "return document.querySelector('[data-testid=status]').dataset.phase === 'stopped'";
    page.until("the status itself is what the vendor says", stopped, vec![]).await;
    receipt.as_str().unwrap_or_default().to_owned()
}

async fn the_journal_has_the_line(page: &Page, receipt: &str) {
    page.click("[data-testid=nav-journal]").await;
    let line = "return [...document.querySelectorAll('[data-testid=journal-row]')]
        .some((row) => row.dataset.id === arguments[0] && row.querySelector('[data-step=seen]'))";
    page.until("the journal has the stop, seen", line, vec![json!(receipt)]).await;
}
