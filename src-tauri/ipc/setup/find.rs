//! What a pasted text is: looked up in the store over all accounts and kinds, and at the vendor where
//! the person asks for it and the contract allows it.

use super::{
    Setup,
    check::next,
    dto::{FoundKind, FoundThing, FoundView, NextStep, NotFoundYet},
};
use crate::{
    domain::{
        ids::{AccountId, CallId, Callee},
        workflow::Workflow,
    },
    ipc::{convert::row_id, frames::UiError, person},
    store::{FoundRow, Kind},
    vendor::{Key, Person, Reads, check::next_step},
};

/// How far back the vendor is asked.
const LOOK_BACK_MS: i64 = 90 * 86_400_000;
/// Longer than any id, number or case that was ever seen.
const LONGEST: usize = 128;

/// What a text can be by its form.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Recognised {
    text: String,
    /// The digits, where it can be a phone number.
    number: Option<String>,
    /// 32 hexadecimal digits: the form of the vendor's ids.
    id: bool,
}

fn recognised(pasted: &str) -> Option<Recognised> {
    let text: String = pasted.trim().chars().take(LONGEST).collect();
    if text.is_empty() {
        return None;
    }
    let id = text.len() == 32 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let spelt = text.chars().all(|c| c.is_ascii_digit() || " +-().".contains(c));
    let number = (!id && spelt && (7..=15).contains(&digits.len())).then_some(digits);
    Some(Recognised { text, number, id })
}

impl Setup {
    pub async fn find(&self, text: String, ask: bool) -> Result<FoundView, UiError> {
        let mut view = FoundView { things: Vec::new(), would_need: Vec::new() };
        let Some(what) = recognised(&text) else { return Ok(view) };
        let reader = self.reader();
        let mut rows = reader.find_id(&what.text).await?;
        if let Some(number) = &what.number {
            rows.extend(reader.find_number(number).await?);
        }
        rows.extend(reader.find_case(&what.text).await?);
        self.persons(&rows, &what, &mut view);
        for row in &rows {
            if let Some(thing) = self.stored(row, &what) {
                view.things.push(thing);
            }
        }
        for account in self.book().accounts() {
            match self.reads(&account.id) {
                Ok(reads) if ask => self.asked(&account.id, reads, &what, &mut view).await?,
                Ok(reads) => needs(reads, &what, &mut view),
                Err(_) => need(&mut view, FoundKind::Number, Key::CloudAuth, NextStep::Keys),
            }
        }
        Ok(view)
    }

    fn stored(&self, row: &FoundRow, what: &Recognised) -> Option<FoundThing> {
        let by_number = what.number.is_some() && row.id != what.text;
        let kind = match row.kind {
            Kind::Workflow => FoundKind::Workflow,
            Kind::Node | Kind::Task | Kind::WabaTask => FoundKind::Task,
            Kind::CallingTask => FoundKind::CallingTask,
            Kind::Plan => FoundKind::Plan,
            Kind::Call => FoundKind::Call,
            Kind::Session => FoundKind::Session,
            Kind::Waba => FoundKind::Message,
            Kind::Message
            | Kind::Action
            | Kind::Account
            | Kind::Event
            | Kind::Round
            | Kind::Alert => {
                return None;
            }
        };
        // Of these a screen can be opened; the others are shown in their workflow.
        let opens = !matches!(row.kind, Kind::Node | Kind::Task | Kind::WabaTask);
        let mask = self.mask(&row.account);
        let callee = what.number.as_deref().map(Callee::new).filter(|_| by_number);
        let title = row.title.clone().unwrap_or_else(|| row.id.clone());
        Some(FoundThing {
            kind,
            account: row.account.to_string(),
            id: opens.then(|| row_id(&row.account, &row.id)),
            workflow: row.workflow.as_ref().map(|id| row_id(&row.account, id)),
            title: mask.text_with(&title, callee.as_ref()),
            asked: false,
        })
    }

    /// Whose number or case the text is, in each account that has any record of it.
    fn persons(&self, rows: &[FoundRow], what: &Recognised, view: &mut FoundView) {
        for row in rows.iter().filter(|row| row.id != what.text) {
            let Some(id) = person::person_id(row) else { continue };
            let account = row.account.to_string();
            if view.things.iter().any(|thing| thing.account == account) {
                continue;
            }
            let mask = self.mask(&row.account);
            let (kind, title) = match &what.number {
                Some(number) => (FoundKind::Number, mask.number(number)),
                None => (FoundKind::Case, mask.case(&what.text, None)),
            };
            let (id, workflow) = (Some(id), None);
            view.things.push(FoundThing { kind, account, id, workflow, title, asked: false });
        }
    }

    /// The person's workflows, and the call of this id.
    async fn asked(
        &self,
        account: &AccountId,
        reads: &Reads,
        what: &Recognised,
        view: &mut FoundView,
    ) -> Result<(), UiError> {
        if what.id {
            let found = reads.call(&CallId::new(what.text.clone())).await;
            match found {
                Ok(Some(seen)) => view.things.push(FoundThing {
                    kind: FoundKind::Call,
                    account: account.to_string(),
                    id: None,
                    workflow: seen.value.workflow.map(|id| row_id(account, id.as_str())),
                    title: title_of(seen.value.result, &what.text),
                    asked: true,
                }),
                Ok(None) => {}
                Err(error) => {
                    let step = next(next_step(&error.kind));
                    need(view, FoundKind::Call, Key::WorkflowCallById, step);
                }
            }
            return Ok(());
        }
        let person = what.number.as_ref().map(|digits| Callee::new(format!("+{digits}")));
        let kind = if person.is_some() { FoundKind::Number } else { FoundKind::Case };
        let person = person.map_or_else(|| Person::Case(what.text.clone()), Person::Number);
        let window = (self.now().plus_ms(-LOOK_BACK_MS), self.now());
        match reads.find(&person, window).await {
            Ok(page) => {
                let known = page.rows.into_iter().map(|row| row.value);
                view.things.extend(known.map(|workflow| thing(account, workflow)));
            }
            Err(error) => {
                need(view, kind, Key::WorkflowFind, next(next_step(&error.kind)));
            }
        }
        Ok(())
    }
}

fn title_of(text: Option<String>, id: &str) -> String {
    text.filter(|text| !text.is_empty()).unwrap_or_else(|| id.to_owned())
}

fn thing(account: &AccountId, workflow: Workflow) -> FoundThing {
    let id = row_id(account, workflow.id.as_str());
    FoundThing {
        kind: FoundKind::Workflow,
        account: account.to_string(),
        id: Some(id.clone()),
        workflow: Some(id),
        title: title_of(workflow.name, workflow.id.as_str()),
        asked: true,
    }
}

/// What could be asked about such a text, and what stands in the way.
fn needs(reads: &Reads, what: &Recognised, view: &mut FoundView) {
    let (kind, key) = match (what.id, &what.number) {
        (true, _) => (FoundKind::Call, Key::WorkflowCallById),
        (false, Some(_)) => (FoundKind::Number, Key::WorkflowFind),
        (false, None) => (FoundKind::Case, Key::WorkflowFind),
    };
    let step = match reads.may(key) {
        Ok(_) => NextStep::Nothing,
        Err(why) => next(next_step(&why.into())),
    };
    need(view, kind, key, step);
}

fn need(view: &mut FoundView, kind: FoundKind, key: Key, next: NextStep) {
    let found = NotFoundYet { kind, key: key.as_str().to_owned(), next };
    if !view.would_need.contains(&found) {
        view.would_need.push(found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_text_is_recognised_by_its_form() {
        let number = |text: &str| recognised(text).unwrap().number;
        assert_eq!(number(" +62 812-3456-4821 ").as_deref(), Some("6281234564821"));
        assert_eq!(number("(0812) 3456.4821").as_deref(), Some("081234564821"));
        assert_eq!(number("CASE-6281234"), None);
        assert_eq!(number("12345"), None);
        let id = recognised("3F9d1c5e3f9d1c5e3f9d1c5e3f9d1c5e").unwrap();
        assert!(id.id && id.number.is_none());
        assert!(!recognised("3f9d").unwrap().id);
        assert!(recognised("  ").is_none());
        assert_eq!(recognised(&"9".repeat(5_000)).unwrap().text.len(), LONGEST);
        assert!(recognised("12345678901234567890123456789012").unwrap().id);
    }
}
