//! The first hour with an account whose contract nobody here knows: everything is learnt, corrected and
//! confirmed in the window, by typing and clicking. No file is edited and nothing is built again.

use std::sync::Arc;

use serde_json::json;
use wheelhouse::{
    app,
    sim_server::{Announcement, HookDelivery, SimOptions, Started},
};

use crate::{
    driver::with_app,
    page::Page,
    walk::{RECORDED_CALL, a_workflow_is_stopped_and_seen_stopped},
};

/// `wheelhouse-cli sim --scramble 7`.
async fn shuffled_vendor() -> Started {
    let clock = app::system_clock();
    Started::with(SimOptions {
        port: 0,
        seed: 7,
        speed: 1.0,
        faults: "none".to_owned(),
        known_only: false,
        scramble: Some(7),
        hook_url: None,
        hook_sign: None,
        hook_aes: None,
        profile_folder: None,
        wall: Arc::new(move || clock().millis()),
    })
    .await
    .expect("the simulator starts")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_contract_is_learnt_corrected_and_used_in_the_window() {
    let mut vendor = shuffled_vendor().await;
    let account = vendor.announcement.clone();
    with_app(&[], |page| async move {
        keys_are_entered_tested_and_kept(&page, &account).await;
        let talk_duration = the_documentation_is_read_and_accepted(&page, &account).await;
        every_line_of_the_check_is_good(&page).await;
        the_first_workflows_are_there(&page).await;
        a_field_is_mapped_by_click(&page, &talk_duration).await;
        let address = the_receiver_is_opened(&page).await;
        vendor.running.deliver(HookDelivery::to(&address).expect("an address of this machine"));
        a_webhook_is_received_and_merged(&page).await;
        the_stop_is_confirmed_by_its_page(&page).await;
        a_workflow_is_stopped_and_seen_stopped(&page).await;
        vendor.running.shutdown().await.expect("the simulator ends");
    })
    .await;
}

async fn keys_are_entered_tested_and_kept(page: &Page, account: &Announcement) {
    page.at_least(1, "[data-testid=first-run]").await;
    page.fill("[data-testid=account-name]", "Bank Nusantara").await;
    page.fill("[data-testid=base-url]", &account.base_url).await;
    page.fill("[data-testid=key]", &account.key).await;
    page.fill("[data-testid=secret]", &account.secret).await;
    page.choose("[data-testid=zone]", "+08:00").await;
    page.click("[data-testid=line-collection]").await;
    page.click("[data-testid=test-button]").await;
    page.at_least(1, "[data-testid=step][data-step=sign_in][data-outcome=good]").await;
    page.reloads("[data-testid=keep-button]").await;
    let kept = "return !document.documentElement.outerHTML.includes(arguments[0])";
    let secret = json!(account.secret);
    assert_eq!(page.ask(kept, vec![secret]).await, json!(true), "the secret never comes back");
}

/// All lines but one, which is left for the raw view; gives the place that the page says it has.
async fn the_documentation_is_read_and_accepted(page: &Page, account: &Announcement) -> String {
    page.go("#/settings?section=accounts").await;
    page.click("[data-testid=edit-account]").await;
    page.fill("[data-testid=documentation]", &account.docs).await;
    page.reloads("[data-testid=keep-button]").await;

    page.go("#/settings?section=contract&part=documentation").await;
    page.click("[data-testid=docs-read]").await;
    page.click("[data-testid=docs-agree]").await;
    page.at_least(10, "[data-testid=proposed]").await;
    let script = "const line = [...document.querySelectorAll('[data-testid=changes] li')] \
        .find((line) => line.querySelector('.key').innerText.endsWith('talk_duration')); \
        line.querySelector('[data-testid=take-change]').click(); \
        return line.querySelector('.to').innerText.match(/pointer = \"(.*?)\"/)[1]";
    let place = page.ask(script, vec![]).await;
    page.click("[data-testid=docs-keep]").await;
    page.reloads("[data-testid=keep-dialog] [data-testid=keep-button]").await;
    place.as_str().expect("a pointer").to_owned()
}

async fn every_line_of_the_check_is_good(page: &Page) {
    page.go("#/settings?section=check").await;
    page.click("[data-testid=check-start]").await;
    page.at_least(1, "[data-testid=bundle]").await;
    page.at_least(1, "[data-testid=check-row][data-key='workflow.list'][data-outcome=good]").await;
    let script = "return [...document.querySelectorAll('[data-testid=check-row]')] \
        .filter((row) => !['good', 'not_tested'].includes(row.dataset.outcome)) \
        .map((row) => row.innerText)";
    assert_eq!(page.ask(script, vec![]).await, json!([]), "lines of the check that are not green");
}

async fn the_first_workflows_are_there(page: &Page) {
    page.go("#/watch").await;
    page.at_least(10, "[data-testid=workflow-row] [data-testid=status]").await;
}

async fn a_field_is_mapped_by_click(page: &Page, place: &str) {
    let talk_time = "[data-testid=call-detail] [data-testid=talk-time]";
    page.go("#/calls").await;
    page.click(RECORDED_CALL).await;
    let before = page.text(talk_time).await;
    page.click("[data-testid=raw-button]").await;
    page.click(&format!("[data-testid=leaf][data-pointer='{place}']")).await;
    page.choose("[data-testid=use-as]", "talk_duration").await;
    page.choose("[data-testid=unit]", "s").await;
    page.reloads("[data-testid=keep-mapping]").await;
    // The stored calls were read again, and the one that is open has a talk time now.
    let mapped = "return document.querySelector(arguments[0])?.innerText !== arguments[1]";
    page.until("the talk time is there", mapped, vec![json!(talk_time), json!(before)]).await;
}

async fn the_receiver_is_opened(page: &Page) -> String {
    page.go("#/settings?section=webhooks").await;
    page.click("[data-testid=hooks-run]").await;
    page.fill("[data-testid=hooks-port]", "0").await;
    page.reloads("[data-testid=hooks-keep]").await;
    page.at_least(1, "[data-testid=hooks-state][data-running=true]").await;
    page.text("[data-testid=hooks-address]").await
}

async fn a_webhook_is_received_and_merged(page: &Page) {
    page.click("[data-testid=hooks-events]").await;
    page.at_least(1, "[data-testid=event-row][data-state=merged]").await;
}

async fn the_stop_is_confirmed_by_its_page(page: &Page) {
    page.go("#/settings?section=contract&part=endpoints").await;
    page.click("[data-testid=endpoint-row][data-key='workflow.stop']").await;
    let words = page.text("[data-testid=endpoint]").await;
    assert!(words.contains("documentation page"), "its evidence is not its page: {words}");
}
