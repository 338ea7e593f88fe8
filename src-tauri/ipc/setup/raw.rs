//! The vendor's own JSON of a record, taken apart so that a person can say which value is which of our
//! fields.

use serde_json::Value;

use super::{
    Setup,
    contract::field_row,
    dto::{FieldRow, RawLeaf, RawView},
};
use crate::{
    domain::ids::{AccountId, CallId, SessionId},
    ipc::{
        errors::{bad_request, not_found},
        frames::UiError,
        queries::split,
        raw::shown,
    },
    store::{Kind, RawRecord, StoreError},
    vendor::fields::RecordKind,
};

/// More values than a record has; a conversation's messages are cut here.
const MOST_LEAVES: usize = 500;
const LONGEST_VALUE: usize = 200;

impl Setup {
    /// One stored record, by the row that a screen shows of it.
    pub async fn raw(&self, kind: String, row: String) -> Result<RawView, UiError> {
        let mut record = RecordKind::parse(&kind).ok_or_else(|| bad_request("no such kind"))?;
        let (account, id) = split(&row)?;
        let mut found = self.stored_raw(&account, record, &id).await?;
        if found.is_none() && record == RecordKind::Task {
            // A workflow's WhatsApp batches stand among its tasks.
            record = RecordKind::WabaTask;
            found = self.stored_raw(&account, record, &id).await?;
        }
        let found = found.ok_or_else(|| not_found(record.word()))?;
        let mask = self.mask(&account);
        let json = shown(&found.raw, mask, found.callee.as_ref());
        let value: Value = serde_json::from_str(&json).unwrap_or_default();
        let fields = self.fields(&account, record);
        let mut leaves = Vec::new();
        take_apart(&value, &mut String::new(), &mut leaves);
        for leaf in &mut leaves {
            leaf.used_as = used_as(&fields, record, &leaf.pointer);
        }
        Ok(RawView { json, record: record.word().to_owned(), leaves, fields })
    }

    async fn stored_raw(
        &self,
        account: &AccountId,
        record: RecordKind,
        id: &str,
    ) -> Result<Option<RawRecord>, StoreError> {
        let reader = self.reader();
        let kind = match record {
            RecordKind::Call => {
                let found = reader.call(account, &CallId::new(id)).await?;
                return Ok(found.map(|s| RawRecord { raw: s.raw, callee: s.call.callee }));
            }
            RecordKind::Session => {
                let found = reader.session(account, &SessionId::new(id)).await?;
                return Ok(found.map(|s| RawRecord { raw: s.raw, callee: s.session.callee }));
            }
            RecordKind::Message => {
                // A row of a transcript is a session and a place in it.
                let place = id.rsplit_once('#');
                let Some((session, position)) =
                    place.and_then(|(session, at)| Some((session, at.parse().ok()?)))
                else {
                    return Ok(None);
                };
                return reader.message_raw(account, &SessionId::new(session), position).await;
            }
            RecordKind::Workflow => Kind::Workflow,
            RecordKind::Node => Kind::Node,
            RecordKind::Task => Kind::Task,
            RecordKind::WabaTask => Kind::WabaTask,
            RecordKind::WabaMessage => Kind::Waba,
            RecordKind::CallingTask => Kind::CallingTask,
            RecordKind::Plan => Kind::Plan,
            RecordKind::Round => Kind::Round,
            RecordKind::Template
            | RecordKind::WabaAccount
            | RecordKind::WabaTemplate
            | RecordKind::DialerTask
            | RecordKind::Robot
            | RecordKind::Strategy => return Ok(None),
        };
        reader.raw(account, kind, id).await
    }

    /// Our fields of a record and where the profile looks for them.
    fn fields(&self, account: &AccountId, record: RecordKind) -> Vec<FieldRow> {
        let profile = self.profile(account).profile;
        record.fields().map(|field| field_row(field, &profile)).collect()
    }
}

/// Every value that is no object and no list, with its pointer. Masking has been done.
fn take_apart(value: &Value, pointer: &mut String, leaves: &mut Vec<RawLeaf>) {
    if leaves.len() >= MOST_LEAVES {
        return;
    }
    let before = pointer.len();
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                pointer.push('/');
                pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
                take_apart(value, pointer, leaves);
                pointer.truncate(before);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                pointer.push_str(&format!("/{at}"));
                take_apart(value, pointer, leaves);
                pointer.truncate(before);
            }
        }
        leaf => {
            let text = leaf.as_str().map_or_else(|| leaf.to_string(), str::to_owned);
            let value = text.chars().take(LONGEST_VALUE).collect();
            leaves.push(RawLeaf { pointer: pointer.clone(), value, used_as: None });
        }
    }
}

/// Our field that the value fills: where the profile says so, else the field of the same name.
fn used_as(fields: &[FieldRow], record: RecordKind, pointer: &str) -> Option<String> {
    let mapped = fields.iter().find(|field| field.pointer.as_deref() == Some(pointer));
    if let Some(field) = mapped {
        return Some(field.field.clone());
    }
    let name = pointer.strip_prefix('/').filter(|name| !name.contains('/'))?;
    let field = record.field(&name.replace("~1", "/").replace("~0", "~"))?;
    // A field that is looked for elsewhere is not filled from here.
    let elsewhere = fields.iter().any(|row| row.field == field.name && row.pointer.is_some());
    (!elsewhere).then(|| field.name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_taken_apart_into_pointers_that_lead_back() {
        let value = serde_json::json!({
            "status": 3, "a/b": { "c~d": [1, "x"] }, "empty": {}, "none": null
        });
        let mut leaves = Vec::new();
        take_apart(&value, &mut String::new(), &mut leaves);
        let pointers: Vec<_> = leaves.iter().map(|leaf| leaf.pointer.as_str()).collect();
        assert_eq!(pointers, ["/status", "/a~1b/c~0d/0", "/a~1b/c~0d/1", "/none"]);
        for leaf in &leaves {
            assert!(value.pointer(&leaf.pointer).is_some(), "{}", leaf.pointer);
        }
        assert_eq!(used_as(&[], RecordKind::Workflow, "/status").as_deref(), Some("status"));
        assert_eq!(used_as(&[], RecordKind::Workflow, "/a~1b/c~0d/0"), None);
    }
}
