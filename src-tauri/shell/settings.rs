//! What the settings screens ask. A command that keeps something ends when the core runs again; the
//! page then loads itself anew.

use tauri::{State, ipc::Channel};

use super::{channel::tell, work::LongWork};
use crate::{
    app::Running,
    ipc::{
        dto::VerbDto,
        frames::{NumberOf, UiError},
        recordings::{RecordingsDraft, RecordingsView},
        setup::dto::{
            AccountDraft, AccountSettings, AccountTest, ChangeDto, ChangePreview, CheckRow,
            ContractView, DocumentationSource, EventRow, EventState, FoundView, MappingDraft,
            MappingPreview, ProfilePreview, ProposalDto, RawView, ReadProgress, TestStep,
            TrialView, WebhooksDraft, WebhooksView,
        },
    },
};

#[tauri::command]
pub fn recordings(running: State<'_, Running>) -> Result<RecordingsView, UiError> {
    Ok(running.desk()?.recordings())
}

#[tauri::command]
pub async fn limit_recordings(
    running: State<'_, Running>,
    draft: RecordingsDraft,
) -> Result<i64, UiError> {
    running.desk()?.limit_recordings(draft).await
}

#[tauri::command]
pub async fn remove_recordings(running: State<'_, Running>) -> Result<i64, UiError> {
    running.desk()?.remove_recordings().await
}

#[tauri::command]
pub async fn accounts(running: State<'_, Running>) -> Result<Vec<AccountSettings>, UiError> {
    Ok(running.setup()?.accounts().await)
}

#[tauri::command]
pub async fn test_account(
    running: State<'_, Running>,
    draft: AccountDraft,
    on_step: Channel<TestStep>,
) -> Result<AccountTest, UiError> {
    running.setup()?.test_account(draft, |step| tell(&on_step, step)).await
}

#[tauri::command]
pub async fn keep_account(
    running: State<'_, Running>,
    draft: AccountDraft,
) -> Result<String, UiError> {
    running.setup()?.keep_account(draft).await
}

#[tauri::command]
pub async fn remove_account(
    running: State<'_, Running>,
    account: String,
    forget_data: bool,
) -> Result<(), UiError> {
    running.setup()?.remove_account(&account, forget_data).await
}

#[tauri::command]
pub async fn contract(
    running: State<'_, Running>,
    account: String,
) -> Result<ContractView, UiError> {
    running.setup()?.contract(&account)
}

#[tauri::command]
pub async fn preview_changes(
    running: State<'_, Running>,
    account: String,
    changes: Vec<ChangeDto>,
) -> Result<ChangePreview, UiError> {
    running.setup()?.preview_changes(&account, changes).await
}

#[tauri::command]
pub async fn preview_profile(
    running: State<'_, Running>,
    account: String,
    text: String,
) -> Result<ProfilePreview, UiError> {
    running.setup()?.preview_profile(&account, &text)
}

#[tauri::command]
pub async fn keep_profile(
    running: State<'_, Running>,
    account: String,
    text: String,
) -> Result<(), UiError> {
    running.setup()?.keep_profile_text(&account, &text).await
}

#[tauri::command]
pub async fn keep_changes(
    running: State<'_, Running>,
    account: String,
    changes: Vec<ChangeDto>,
) -> Result<(), UiError> {
    running.setup()?.keep_changes(&account, changes).await
}

/// `None`: it was cancelled.
#[tauri::command]
pub async fn read_documentation(
    running: State<'_, Running>,
    works: State<'_, LongWork>,
    account: String,
    id: String,
    source: DocumentationSource,
    on_progress: Channel<ReadProgress>,
) -> Result<Option<ProposalDto>, UiError> {
    let (setup, told) = (running.setup()?, |progress| tell(&on_progress, progress));
    works.run(&id, setup.read_documentation(&account, source, told)).await.transpose()
}

#[tauri::command]
pub async fn webhooks(
    running: State<'_, Running>,
    account: String,
) -> Result<WebhooksView, UiError> {
    running.setup()?.webhooks(&account).await
}

#[tauri::command]
pub async fn keep_webhooks(
    running: State<'_, Running>,
    draft: WebhooksDraft,
) -> Result<(), UiError> {
    running.setup()?.keep_webhooks(draft).await
}

#[tauri::command]
pub async fn hook_events(
    running: State<'_, Running>,
    account: String,
    state: Option<EventState>,
    before: Option<i64>,
) -> Result<Vec<EventRow>, UiError> {
    running.setup()?.hook_events(&account, state, before).await
}

#[tauri::command]
pub async fn check(
    running: State<'_, Running>,
    account: String,
    guesses: bool,
    on_row: Channel<CheckRow>,
) -> Result<Vec<CheckRow>, UiError> {
    running.setup()?.check(account, guesses, |row| tell(&on_row, row)).await
}

#[tauri::command]
pub async fn support_bundle(
    running: State<'_, Running>,
    account: String,
) -> Result<String, UiError> {
    running.setup()?.support_bundle(account).await
}

#[tauri::command]
pub async fn raw(
    running: State<'_, Running>,
    kind: String,
    id: String,
) -> Result<RawView, UiError> {
    running.setup()?.raw(kind, id).await
}

#[tauri::command]
pub async fn preview_mapping(
    running: State<'_, Running>,
    account: String,
    draft: MappingDraft,
) -> Result<MappingPreview, UiError> {
    running.setup()?.preview_mapping(account, draft).await
}

#[tauri::command]
pub async fn find(
    running: State<'_, Running>,
    text: String,
    ask: bool,
) -> Result<FoundView, UiError> {
    running.setup()?.find(text, ask).await
}

#[tauri::command]
pub async fn trial(
    running: State<'_, Running>,
    account: String,
    verb: VerbDto,
    target: String,
    number_of: Option<NumberOf>,
) -> Result<TrialView, UiError> {
    running.setup()?.trial(account, verb, target, number_of).await
}

#[tauri::command]
pub async fn keep_trial(running: State<'_, Running>, action_id: String) -> Result<(), UiError> {
    running.setup()?.keep_trial(action_id).await
}
