//! WhatsApp business accounts, their message templates, and what became of a message (names ASSUMED but
//! for those of a message).

use super::{
    Key, ReadError, Reads, cloud,
    fields::RecordKind,
    listing::{Context, Page, PageAsk},
    record::{Names, Record, name},
};
use crate::domain::{
    ids::{MessageId, WabaTaskId},
    waba::{WabaAccount, WabaMessage, WabaTemplate},
    workflow::Seen,
};

const CHANNEL_ID: Names = &[name("channel_id")];
const ACCOUNT_NAME: Names = &[name("account_name"), name("name")];
const TEMPLATE_ID: Names = &[name("template_id"), name("waba_template_id"), name("id")];
const TEMPLATE_NAME: Names = &[name("template_name"), name("waba_template_name"), name("name")];
const LANGUAGE: Names = &[name("language")];
const STATUS: Names = &[name("status"), name("state")];

impl Reads {
    pub async fn waba_accounts(&self) -> Result<Page<WabaAccount>, ReadError> {
        let all = PageAsk { page: 1, page_size: self.page_size(Key::WabaAccounts), known: None };
        self.page((Key::WabaAccounts, RecordKind::WabaAccount), &[], all, account).await
    }

    pub async fn waba_templates(&self, ask: PageAsk) -> Result<Page<WabaTemplate>, ReadError> {
        self.page((Key::WabaTemplates, RecordKind::WabaTemplate), &[], ask, template).await
    }

    pub async fn waba_template(&self, id: &str) -> Result<Option<Seen<WabaTemplate>>, ReadError> {
        let args = [("template_id", id.into())];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            // An answer about one template need not repeat the id that was asked for.
            let id = row.text(TEMPLATE_ID).unwrap_or_else(|| id.to_owned());
            Ok(template_with_id(row, context, id))
        };
        self.one((Key::WabaTemplate, RecordKind::WabaTemplate), &args, convert).await
    }

    /// What became of one message of a batch.
    pub async fn waba_result(
        &self,
        task: &WabaTaskId,
        id: &MessageId,
    ) -> Result<Option<Seen<WabaMessage>>, ReadError> {
        let args = [("msg_id", id.as_str().into())];
        let convert = |row: &Record<'_>, context: &Context<'_>| {
            cloud::convert::waba_message(row, context, task)
        };
        self.one((Key::WabaResult, RecordKind::WabaMessage), &args, convert).await
    }
}

fn account(row: &Record<'_>, context: &Context<'_>) -> Result<WabaAccount, &'static str> {
    Ok(WabaAccount {
        channel_id: row.text(CHANNEL_ID).ok_or("it has no channel_id")?,
        name: row.text(ACCOUNT_NAME),
        as_of: context.received_at,
    })
}

fn template(row: &Record<'_>, context: &Context<'_>) -> Result<WabaTemplate, &'static str> {
    let id = row.text(TEMPLATE_ID).ok_or("it has no template_id")?;
    Ok(template_with_id(row, context, id))
}

fn template_with_id(row: &Record<'_>, context: &Context<'_>, id: String) -> WabaTemplate {
    WabaTemplate {
        id,
        name: row.text(TEMPLATE_NAME),
        language: row.text(LANGUAGE),
        status: row.text(STATUS),
        as_of: context.received_at,
    }
}
