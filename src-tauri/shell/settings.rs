//! What the settings screens ask. A command that keeps something ends when the core runs again; the
//! page then loads itself anew.

use tauri::{State, ipc::Channel};

use super::channel::tell;
use crate::{
    app::Running,
    ipc::{
        frames::UiError,
        setup::dto::{
            AccountDraft, AccountSettings, AccountTest, ChangeDto, ChangePreview, ContractView,
            TestStep,
        },
    },
};

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
pub async fn keep_changes(
    running: State<'_, Running>,
    account: String,
    changes: Vec<ChangeDto>,
) -> Result<(), UiError> {
    running.setup()?.keep_changes(&account, changes).await
}
