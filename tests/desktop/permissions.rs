//! What the page may ask of the app. Only the real window has the real permissions.

use serde_json::{Value, json};

use crate::{driver::with_app, page::Page};

/// Each is invoked without its arguments: one that is allowed complains about those.
const OWN: [&str; 42] = [
    "connect",
    "watch",
    "unwatch",
    "resync",
    "blast_radius",
    "act",
    "peaks",
    "recording",
    "course",
    "export",
    "cancel_work",
    "keep_view",
    "remove_view",
    "save_session",
    "keep_alert_settings",
    "snooze_alerts",
    "mute_notices",
    "share_screen",
    "notes",
    "change_notes",
    "save_recording",
    "notice_words",
    "limit_recordings",
    "test_account",
    "keep_account",
    "remove_account",
    "contract",
    "preview_changes",
    "preview_profile",
    "keep_profile",
    "keep_changes",
    "read_documentation",
    "check",
    "support_bundle",
    "raw",
    "preview_mapping",
    "find",
    "trial",
    "keep_trial",
    "webhooks",
    "keep_webhooks",
    "hook_events",
];
/// Part of every Tauri app, and nothing that this page needs.
const SYSTEM: [&str; 6] = [
    "plugin:event|emit",
    "plugin:window|close",
    "plugin:webview|create_webview_window",
    "plugin:path|resolve_directory",
    "plugin:app|version",
    "plugin:window-state|save_window_state",
];

#[tokio::test(flavor = "multi_thread")]
async fn the_page_reaches_our_commands_and_nothing_of_the_system() {
    with_app(&["--demo", "--seed", "7"], |page| async move {
        for command in OWN {
            let answer = invoke(&page, command).await;
            assert!(answer.contains("missing required key"), "{command}: {answer}");
        }
        for command in SYSTEM {
            let answer = invoke(&page, command).await;
            assert!(answer.contains("not allowed"), "{command}: {answer}");
        }
    })
    .await;
}

/// What the app says to it, as text.
async fn invoke(page: &Page, command: &str) -> String {
    let script = "const [command, done] = arguments; \
        window.__TAURI_INTERNALS__.invoke(command).then( \
            (answer) => done('answered: ' + JSON.stringify(answer)), \
            (refusal) => done(typeof refusal === 'string' ? refusal : JSON.stringify(refusal)))";
    match page.ask_later(script, vec![json!(command)]).await {
        Value::String(said) => said,
        other => other.to_string(),
    }
}
