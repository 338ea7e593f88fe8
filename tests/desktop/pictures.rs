//! The guide's pictures, taken from the real window.

use std::{fs, path::Path};

use crate::{
    driver::with_app,
    page::Page,
    walk::{LONGEST_CALLS, RECORDED_CALL},
};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes docs/guide: run `cargo xtask pictures`"]
async fn pictures() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/guide");
    fs::create_dir_all(&folder).unwrap();
    with_app(&["--demo", "--seed", "7"], |page| async move {
        page.prefer("en", "light").await;
        workflow(&page, &folder.join("workflow.png")).await;
        call(&page, &folder.join("call.png")).await;
        watch(&page, &folder.join("watch.png")).await;
        page.prefer("zh-CN", "dark").await;
        session(&page, &folder.join("session.png")).await;
    })
    .await;
}

async fn watch(page: &Page, file: &Path) {
    page.go("#/watch").await;
    // Fifteen with a last call: the first reading of everything is well under way.
    page.at_least(15, "[data-testid=workflow-row] time").await;
    page.picture(file).await;
}

async fn workflow(page: &Page, file: &Path) {
    page.go("#/watch?filter=status%3Arunning").await;
    page.click("[data-testid=workflow-row]").await;
    page.at_least(5, "[data-testid=call-row]").await;
    page.picture(file).await;
}

async fn call(page: &Page, file: &Path) {
    page.go(LONGEST_CALLS).await;
    page.click(RECORDED_CALL).await;
    page.click("[data-testid=play-button]").await;
    let far = "return (document.querySelector('[data-testid=audio]')?.currentTime ?? 0) > 2";
    page.until("the recording plays", far, vec![]).await;
    page.picture(file).await;
}

async fn session(page: &Page, file: &Path) {
    // The longest conversation of a campaign whose people write Chinese.
    page.go("#/watch?filter=%E4%BC%9A%E5%91%98%20status%3Afinished").await;
    let first = "return document.querySelector('[data-testid=workflow-row] [data-phase=finished]') \
                 ?.closest('[data-testid=workflow-row]').dataset.id ?? null";
    let workflow = page.until("a finished campaign is listed", first, vec![]).await;
    let workflow = workflow.as_str().unwrap();
    page.go(&format!("#/workflow/{workflow}?tab=sessions&sort=-rounds")).await;
    page.click("[data-testid=session-row]").await;
    page.at_least(4, "[data-testid=message]").await;
    page.picture(file).await;
}
