//! The check of the connection, and the file that a person sends when asking for help.

use serde_json::{Value, json};

use super::{
    Setup,
    dto::{CheckRow, NextStep, StepOutcome},
};
use crate::{
    accounts::Line,
    domain::{
        ids::{AccountId, TaskId},
        mask::Mask,
    },
    ipc::{
        convert,
        frames::{ErrorCode, UiError},
    },
    store::{EventAsk, EventState, ListAsk, Reader, StoreError},
    vendor::{
        Key,
        catalogue::Family,
        check::{Examples, Grade, Next, Row, Scope, Surroundings, check},
        decode_hook::push_of,
    },
};

impl Setup {
    /// Tries everything between us and the vendor once; each row is told as it comes. Guessed GETs only
    /// with `guesses`, the person's consent for this once.
    pub async fn check(
        &self,
        account: String,
        guesses: bool,
        mut on_row: impl FnMut(CheckRow) + Send,
    ) -> Result<Vec<CheckRow>, UiError> {
        let account = AccountId::new(account);
        let reads = self.reads(&account)?;
        let surroundings = Surroundings::of_environment(&reads.base_url(Family::Cloud));
        let examples = examples(self.reader(), &account).await?;
        let told = |row: &Row| on_row(shown(row));
        let leads = self.kept(account.as_str())?.lines.contains(&Line::LeadsGeneration);
        let scope = Scope { guesses, leads };
        let rows = check(reads, &surroundings, examples, scope, told).await;
        Ok(rows.iter().map(shown).collect())
    }

    /// Writes what a helper needs to see and nothing else: no key, no secret, no number, no text of a
    /// conversation. The file's name is answered.
    pub async fn support_bundle(&self, account: String) -> Result<String, UiError> {
        let kept = self.kept(&account)?;
        let rows = self.check(account.clone(), false, |_| {}).await?;
        let id = kept.id.clone();
        let profile = self.profile(&id);
        let state = self.reader().inbox_state().await?;
        let bundle = json!({
            "wheelhouse": env!("CARGO_PKG_VERSION"),
            "system": [std::env::consts::OS, std::env::consts::ARCH],
            "made_at": self.now().rfc3339(),
            "account": {
                "base_url": kept.base_url,
                "read_only": kept.read_only,
                "requests_a_second": kept.budget,
                "demo": kept.demo,
            },
            "contract": profile.text,
            "contract_fault": profile.fault.map(|fault| fault.to_string()),
            "check": rows,
            "ledger": self.ledger(&id),
            "events": {
                "received": state.received,
                "unreadable": state.unreadable,
                "last_at": state.last_event_at.map(|at| at.rfc3339()),
            },
        });
        let text = serde_json::to_string_pretty(&without_numbers(bundle)).unwrap_or_default();
        let day: String =
            self.now().rfc3339().chars().filter(char::is_ascii_digit).take(14).collect();
        let file = self.parts.folder.join(format!("wheelhouse-support-{day}.json"));
        let failed = |error: std::io::Error| UiError {
            code: ErrorCode::Store,
            message: format!("the file could not be written ({}): {error}", file.display()),
            reference: None,
            filter: None,
        };
        tokio::fs::create_dir_all(&self.parts.folder).await.map_err(failed)?;
        tokio::fs::write(&file, text).await.map_err(failed)?;
        Ok(file.display().to_string())
    }

    /// How each source is doing, without the ids that it was asked for.
    fn ledger(&self, account: &AccountId) -> Value {
        let sources = self.parts.desk.ledger().read(account, |entry| {
            let source = |((key, _), source): (&(crate::vendor::Key, String), &_)| {
                let source: &crate::sync::health::SourceEntry = source;
                json!({
                    "key": key.as_str(),
                    "answered_at": source.answered_at.map(|at| at.rfc3339()),
                    "error": source.error.as_ref().map(ToString::to_string),
                    "not_asked": source.not_asked,
                })
            };
            json!({
                "link": format!("{:?}", entry.link),
                "requests": entry.requests_total,
                "failures": entry.failures,
                "sources": entry.sources.iter().map(source).collect::<Vec<_>>(),
            })
        });
        sources.unwrap_or_default()
    }
}

/// What the store already knows to ask with.
async fn examples(reader: &Reader, account: &AccountId) -> Result<Examples, StoreError> {
    let newest = ListAsk { account: Some(account.clone()), count: 1, ..ListAsk::default() };
    let mut examples = Examples::default();
    if let Some(stored) = reader.workflows(&newest).await?.rows.pop() {
        let id = stored.workflow.id;
        let task: Option<TaskId> = reader.tasks(account, &id).await?.pop().map(|task| task.id);
        let waba = reader.waba_tasks(account, &id).await?.pop().map(|task| task.id);
        examples.task = task;
        examples.waba_task = waba;
        examples.workflow = Some(id);
    }
    if let Some(stored) = reader.calls(&newest).await?.rows.pop() {
        let call = stored.call;
        examples.task = call.task.or(examples.task);
        examples.workflow = call.workflow.or(examples.workflow);
        examples.callee = call.callee;
        examples.case_id = call.case_id;
        examples.call = Some(call.id);
    }
    if let Some(stored) = reader.sessions(&newest).await?.rows.pop() {
        examples.session = Some(stored.session.id);
        examples.callee = examples.callee.or(stored.session.callee);
    }
    if let Some(message) = reader.waba_messages(&newest).await?.rows.pop() {
        examples.waba_message = Some((message.task, message.id));
    }
    // One in quarantine is nobody's word.
    let pushed = EventAsk {
        account: account.clone(),
        kind: Some(Key::HookCustomNode.as_str().to_owned()),
        state: Some(EventState::Kept),
        before: None,
        count: 1,
    };
    let pushed = reader.hook_events(&pushed).await?.pop();
    examples.push = pushed.and_then(|event| push_of(&event.body));
    Ok(examples)
}

/// A row of the check as it crosses, and as the command line prints it.
pub fn shown(row: &Row) -> CheckRow {
    let small = |n: i64| u32::try_from(n.max(0)).unwrap_or(u32::MAX);
    CheckRow {
        key: row.key.to_owned(),
        evidence: row.evidence.map(convert::evidence),
        outcome: match row.grade {
            Grade::Good => StepOutcome::Good,
            Grade::Look => StepOutcome::Look,
            Grade::Trouble => StepOutcome::Trouble,
            Grade::NotTested => StepOutcome::NotTested,
        },
        http: row.http,
        parsed: row.parsed,
        rows: row.rows.map(|rows| u32::try_from(rows).unwrap_or(u32::MAX)),
        unknown: row.unknown.clone(),
        ms: row.ms.map(small),
        next: next(row.next),
        detail: row.detail.clone(),
    }
}

pub(in crate::ipc) fn next(next: Next) -> NextStep {
    match next {
        Next::Nothing => NextStep::Nothing,
        Next::Network => NextStep::Network,
        Next::Certificate => NextStep::Certificate,
        Next::Clock => NextStep::Clock,
        Next::Keys => NextStep::Keys,
        Next::Zone => NextStep::Zone,
        Next::Path => NextStep::Path,
        Next::Consent => NextStep::Consent,
        Next::Line => NextStep::Line,
        Next::Sign => NextStep::Sign,
        Next::Map => NextStep::Map,
        Next::Later => NextStep::Later,
        Next::NoExample => NextStep::NoExample,
        Next::AskVendor => NextStep::AskVendor,
    }
}

/// Runs of digits that could be a phone number are masked wherever they stand, page ids among them:
/// a helper can do without those. Times keep their form.
fn without_numbers(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(masked(&text)),
        Value::Array(items) => items.into_iter().map(without_numbers).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(k, v)| (masked(&k), without_numbers(v))).collect()
        }
        other => other,
    }
}

const SHORTEST_NUMBER: usize = 7;

pub(in crate::ipc) fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            run.push(c);
            continue;
        }
        if run.len() >= SHORTEST_NUMBER {
            out.push_str(&Mask::LastFour.number(&run));
        } else {
            out.push_str(&run);
        }
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_masked_wherever_they_stand() {
        let bundle = json!({ "a+6281234564821": ["call 6281234564821, 404", 2026] });
        let text = without_numbers(bundle).to_string();
        assert_eq!(text, r#"{"a+••••4821":["call ••••4821, 404",2026]}"#);
        assert_eq!(masked("2026-11-20T02:00:00.000Z"), "2026-11-20T02:00:00.000Z");
    }
}
