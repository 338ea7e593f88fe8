//! The app is started once more on the folder that it runs on.

use std::process::{Command, Stdio};

use serde_json::json;

use crate::{driver::with_app, page::Page};

const APP: &str = env!("CARGO_BIN_EXE_wheelhouse");

#[tokio::test(flavor = "multi_thread")]
async fn a_second_start_hands_its_link_over_and_a_hostile_one_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().to_str().unwrap().to_owned();
    let given = folder.clone();
    with_app(&["--data-dir", &given], |page| async move {
        page.at_least(1, "[data-testid=first-run]").await;
        start_again(&folder, Some("wheelhouse://alerts")).await;
        stands_at(&page, "#/alerts").await;
        start_again(&folder, Some("wheelhouse://call/a/b%2Fc")).await;
        stands_at(&page, "#/calls?open=call%2Fa%2Fb%2Fc").await;
        start_again(&folder, Some("wheelhouse://stop_workflow/a/b")).await;
        start_again(&folder, None).await;
        let said = "return document.querySelector('[data-testid=announcer]')?.innerText || null";
        page.until("the hostile link is refused", said, vec![]).await;
        stands_at(&page, "#/calls?open=call%2Fa%2Fb%2Fc").await;
    })
    .await;
}

/// It ends by itself, and well.
async fn start_again(folder: &str, link: Option<&str>) {
    let mut second = Command::new(APP);
    second.args(["--data-dir", folder]).args(link).stdin(Stdio::null());
    let ended = tokio::task::spawn_blocking(move || second.status()).await.unwrap().unwrap();
    assert!(ended.success(), "{ended}");
}

async fn stands_at(page: &Page, address: &str) {
    let script = "return location.hash === arguments[0]";
    page.until(&format!("the page stands at {address}"), script, vec![json!(address)]).await;
}
