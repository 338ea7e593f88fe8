//! The guide's pictures, taken from the real window.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    driver::with_app,
    page::Page,
    picture_names::PICTURES,
    walk::{LONGEST_CALLS, RECORDED_CALL},
};

const RUNNING: &str = "#/watch?filter=status%3Arunning";
const RUNNING_ROW: &str =
    "[data-testid=workflow-row]:has([data-testid=status][data-phase=running])";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes docs/guide: run `cargo xtask pictures`"]
async fn pictures() {
    with_app(&["--demo", "--seed", "7"], |page| async move {
        take(&page, "en", "light", "#/watch?filter=status%3Afinished").await;
        // The longest conversation of a campaign whose people write Chinese.
        let chinese = "#/watch?filter=%E4%BC%9A%E5%91%98%20status%3Afinished";
        take(&page, "zh-CN", "dark", chinese).await;
    })
    .await;
}

/// Where the pictures of one language go, and which were asked for.
struct Album {
    folder: PathBuf,
    taken: Vec<&'static str>,
}

impl Album {
    async fn add(&mut self, page: &Page, name: &'static str) {
        page.picture(&self.folder.join(format!("{name}.png"))).await;
        self.taken.push(name);
    }
}

/// `campaigns` lists finished workflows, of the first of which a conversation is shown.
async fn take(page: &Page, language: &str, theme: &str, campaigns: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide").join(language);
    fs::create_dir_all(&folder).unwrap();
    let mut album = Album { folder, taken: Vec::new() };
    page.prefer(language, theme).await;
    workflow(page, &mut album).await;
    stops(page, &mut album).await;
    call(page, &mut album).await;
    person(page, &mut album).await;
    session(page, campaigns, &mut album).await;
    lists(page, &mut album).await;
    album.taken.sort_unstable();
    let mut named = PICTURES;
    named.sort_unstable();
    assert_eq!(album.taken, named, "the names of the pictures are kept in picture_names.rs");
}

async fn workflow(page: &Page, album: &mut Album) {
    let workflow = opened(page, RUNNING, RUNNING_ROW).await;
    page.go(&format!("#/workflow/{workflow}?tab=trends&curve=calls")).await;
    page.at_least(1, "[data-testid=curve]").await;
    page.at_least(1, "[data-testid=round-yields] table").await;
    album.add(page, "trends").await;
    page.go(&format!("#/workflow/{workflow}?tab=nodes")).await;
    page.at_least(2, "[data-testid=map-node]").await;
    album.add(page, "nodes").await;
}

/// Nothing is sent: both dialogs are left by Escape.
async fn stops(page: &Page, album: &mut Album) {
    let workflow = opened(page, RUNNING, RUNNING_ROW).await;
    page.go(&format!("#/workflow/{workflow}")).await;
    page.click("[data-testid=stop-button]").await;
    page.click("[data-testid=reason-2]").await;
    page.at_least(1, "[data-testid=act-dialog] [data-testid=blast-age]").await;
    album.add(page, "stop").await;
    leave(page, "[data-testid=act-dialog]").await;

    page.go(RUNNING).await;
    for place in 1..=3 {
        page.at_least(place, RUNNING_ROW).await;
        pick(page, place).await;
    }
    page.click("[data-testid=bulk-stop]").await;
    page.at_least(3, "[data-testid=bulk-item][data-outcome=offered]").await;
    page.click("[data-testid=reason-1]").await;
    album.add(page, "several").await;
    leave(page, "[data-testid=bulk-dialog]").await;
    page.click("[data-testid=picked-clear]").await;
}

/// Picks a row that is not picked, until `count` are: rows move.
async fn pick(page: &Page, count: usize) {
    let script = "const boxes = [...document.querySelectorAll('[data-testid=pick]')]; \
                  if (boxes.filter((box) => box.checked).length >= arguments[0]) return true; \
                  boxes.find((box) => !box.checked)?.click(); return false";
    page.until("a row is picked", script, vec![count.into()]).await;
}

/// Presses Escape until the dialog is gone.
async fn leave(page: &Page, dialog: &str) {
    let script = "if (document.querySelector(arguments[0]) === null) return true; \
                  const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }); \
                  document.activeElement.dispatchEvent(escape); return false";
    page.until("the dialog is left", script, vec![dialog.into()]).await;
}

async fn call(page: &Page, album: &mut Album) {
    page.go(LONGEST_CALLS).await;
    page.click(RECORDED_CALL).await;
    page.click("[data-testid=play-button]").await;
    let far = "return (document.querySelector('[data-testid=audio]')?.currentTime ?? 0) > 2";
    page.until("the recording plays", far, vec![]).await;
    album.add(page, "call").await;
    page.click("[data-testid=player-close]").await;
}

/// Who was called in a second round was called in the first one too.
async fn person(page: &Page, album: &mut Album) {
    // The list of the calls that is there already would be clicked before it is filtered.
    page.go("#/journal").await;
    let left = "return document.querySelector('[data-testid=call-row]') === null";
    page.until("the calls are left", left, vec![]).await;
    page.go("#/calls?filter=round%3E%3D2&sort=-talk").await;
    page.click("[data-testid=call-row] [data-testid=person-link]").await;
    page.at_least(2, "[data-testid=person-row]").await;
    page.at_least(1, "[data-testid=person-chart] [data-testid=person-mark]").await;
    album.add(page, "person").await;
}

async fn session(page: &Page, campaigns: &str, album: &mut Album) {
    let finished = "[data-testid=workflow-row]:has([data-testid=status][data-phase=finished])";
    let workflow = opened(page, campaigns, finished).await;
    page.go(&format!("#/workflow/{workflow}?tab=sessions&sort=-rounds")).await;
    page.click("[data-testid=session-row]").await;
    page.at_least(4, "[data-testid=message]").await;
    album.add(page, "session").await;
}

async fn lists(page: &Page, album: &mut Album) {
    page.go("#/alerts").await;
    page.at_least(1, "[data-testid=alert-row]").await;
    album.add(page, "alerts").await;
    page.go("#/tasks").await;
    page.at_least(3, "[data-testid=dialling-row]").await;
    album.add(page, "tasks").await;
    page.go("#/watch").await;
    // Fifteen with a last call: the first reading of everything is well under way.
    page.at_least(15, "[data-testid=workflow-row] time").await;
    album.add(page, "watch").await;
}

/// The id of the first workflow that `row` finds in a list.
async fn opened(page: &Page, list: &str, row: &str) -> String {
    page.go(list).await;
    let first = "return document.querySelector(arguments[0])?.dataset.id ?? null";
    let id = page.until("a workflow is listed", first, vec![row.into()]).await;
    id.as_str().unwrap().to_owned()
}
