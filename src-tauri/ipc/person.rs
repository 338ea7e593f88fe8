//! One person: the calls of every round, the template messages and the conversations of all that
//! shares a number or a case with a record. The record names the person, so that no number stands in
//! an address.

use std::collections::HashMap;

use serde::Serialize;
use ts_rs::TS;

use super::{
    convert,
    desk::Shared,
    dto::{CallRow, Ms, RowDto, SessionRow, ShareDto, WabaRow},
    errors::{bad_request, not_found},
    frames::{MAX_ROWS, Query, UiError},
    queries::Answered,
};
use crate::{
    domain::{
        ids::{AccountId, CallId, MessageId, SessionId, WabaTaskId, WorkflowId},
        mask::Mask,
        waba::WabaMessage,
    },
    store::{FoundRow, Kind, PersonOf, Reader, StoredPerson},
};

/// One thing that happened with a person.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct PersonRow {
    /// `call/…`, `session/…` or `waba/…` with the record's own row id.
    pub id: String,
    /// When it began; `null`: not reported.
    pub at: Option<Ms>,
    /// The vendor gave no time: this is when the status was true.
    pub at_seen: bool,
    pub event: PersonEvent,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum PersonEvent {
    Call {
        call: CallRow,
    },
    Session {
        session: SessionRow,
    },
    Waba {
        message: WabaRow,
        workflow_name: Option<String>,
        template_name: Option<String>,
        node_name: Option<String>,
    },
}

/// The id of the person that a found record belongs to; `None` of records that are about nobody.
pub fn person_id(row: &FoundRow) -> Option<String> {
    let kind = match row.kind {
        Kind::Call => "call",
        Kind::Session => "session",
        Kind::Waba => "waba",
        _ => return None,
    };
    Some(format!("{}/{kind}/{}", row.account, row.id))
}

fn person_of(record: &str) -> Result<PersonOf, UiError> {
    let (kind, id) = record.split_once('/').unwrap_or((record, ""));
    match kind {
        "call" => Ok(PersonOf::Call(CallId::from(id))),
        "session" => Ok(PersonOf::Session(SessionId::from(id))),
        "waba" => Ok(PersonOf::Waba(MessageId::from(id))),
        _ => Err(bad_request("a person is named by a call, a session or a WhatsApp message")),
    }
}

/// The newest rows of all kinds together.
pub async fn person(
    desk: &Shared,
    query: &Query,
    account: &AccountId,
    record: &str,
) -> Result<Answered, UiError> {
    let count = query.count.min(MAX_ROWS);
    // The newest of all are among the newest of each.
    let reach = query.anchor.saturating_add(count).min(MAX_ROWS);
    let found = desk.reader.person(account, &person_of(record)?, reach).await?;
    let found = found.ok_or_else(|| not_found("record"))?;
    let facets = facets(&found);
    let total = found.calls.total + found.sessions.total + found.messages.total;
    let mut rows = rows(desk, account, found).await?;
    rows.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.id.cmp(&a.id)));
    let window = rows.into_iter().skip(query.anchor as usize).take(count as usize);
    Ok(Answered { total, rows: window.map(RowDto::Person).collect(), facets })
}

fn facets(person: &StoredPerson) -> Vec<ShareDto> {
    let numbers = i64::try_from(person.numbers.len()).unwrap_or(i64::MAX);
    let share = |(label, count): (&str, i64)| ShareDto { label: label.to_owned(), count };
    let counts = [
        ("calls", person.calls.total),
        ("messages", person.messages.total),
        ("sessions", person.sessions.total),
        ("numbers", numbers),
        // The case has too many numbers to be a person's.
        ("crowded", i64::from(person.crowded)),
    ];
    counts.into_iter().map(share).collect()
}

async fn rows(
    desk: &Shared,
    account: &AccountId,
    person: StoredPerson,
) -> Result<Vec<PersonRow>, UiError> {
    let mask = desk.mask(account);
    let mut rows = Vec::new();
    for stored in &person.calls.rows {
        let call = convert::call(stored, mask);
        let at = call.called_at.or(call.ended_at);
        let id = format!("call/{}", call.id);
        rows.push(PersonRow { id, at, at_seen: false, event: PersonEvent::Call { call } });
    }
    for stored in &person.sessions.rows {
        let session = convert::session(stored, mask);
        let at = session.started_at.or(session.ended_at);
        let id = format!("session/{}", session.id);
        rows.push(PersonRow { id, at, at_seen: false, event: PersonEvent::Session { session } });
    }
    let mut names = Names::default();
    for message in &person.messages.rows {
        rows.push(names.message(&desk.reader, account, message, mask).await?);
    }
    Ok(rows)
}

/// Names of what messages belong to: a few batches and workflows, each read once.
#[derive(Default)]
struct Names {
    batches: HashMap<WabaTaskId, (Option<String>, Option<String>)>,
    workflows: HashMap<WorkflowId, Option<String>>,
}

impl Names {
    async fn message(
        &mut self,
        reader: &Reader,
        account: &AccountId,
        message: &WabaMessage,
        mask: Mask,
    ) -> Result<PersonRow, UiError> {
        let row = convert::waba(account, message, mask);
        let told = row.sent_at.or(row.delivered_at).or(row.read_at);
        let (template_name, node_name) = self.batch(reader, account, &message.task).await?;
        let workflow_name = match &message.workflow {
            Some(workflow) => self.workflow(reader, account, workflow).await?,
            None => None,
        };
        Ok(PersonRow {
            id: format!("waba/{}", row.id),
            at: told.or(Some(row.as_of)),
            at_seen: told.is_none(),
            event: PersonEvent::Waba { message: row, workflow_name, template_name, node_name },
        })
    }

    async fn batch(
        &mut self,
        reader: &Reader,
        account: &AccountId,
        id: &WabaTaskId,
    ) -> Result<(Option<String>, Option<String>), UiError> {
        if let Some(known) = self.batches.get(id) {
            return Ok(known.clone());
        }
        let found = reader.waba_task(account, id).await?.map(|stored| stored.value);
        let names = found.map(|task| (task.template_name, task.node_name)).unwrap_or_default();
        self.batches.insert(id.clone(), names.clone());
        Ok(names)
    }

    async fn workflow(
        &mut self,
        reader: &Reader,
        account: &AccountId,
        id: &WorkflowId,
    ) -> Result<Option<String>, UiError> {
        if let Some(known) = self.workflows.get(id) {
            return Ok(known.clone());
        }
        let found = reader.workflow(account, id).await?;
        let name = found.and_then(|stored| stored.workflow.name);
        self.workflows.insert(id.clone(), name.clone());
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_named_by_a_record() {
        let row = FoundRow {
            kind: Kind::Waba,
            account: AccountId::from("acme"),
            id: "wamid/7".to_owned(),
            workflow: None,
            title: None,
        };
        assert_eq!(person_id(&row).as_deref(), Some("acme/waba/wamid/7"));
        assert_eq!(person_of("waba/wamid/7").unwrap(), PersonOf::Waba(MessageId::from("wamid/7")));
        assert!(person_of("+6281234567").is_err());
        assert!(person_id(&FoundRow { kind: Kind::Task, ..row }).is_none());
    }
}
