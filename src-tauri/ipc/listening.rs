//! Beside a recording's sound: notes at its times, and the recording as a file.

use bytes::Bytes;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Desk,
    dto::Ms,
    errors::{bad_request, not_found},
    frames::UiError,
    queries::split,
    saved,
};
use crate::{
    domain::{
        ids::{AccountId, CallId},
        mask::Mask,
    },
    media::kind::Kind,
    store::StoredNote,
};

/// More than a sentence or two; what is longer is cut by nobody, it is refused.
const LONGEST: usize = 2_000;

/// A note at a time of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct NoteRow {
    pub id: i64,
    /// From the start of the recording.
    pub at_ms: i64,
    /// Free text: it is masked only where it spells the call's own number.
    pub text: String,
    /// It is not shown as it was written: editing it would lose what is hidden.
    pub masked: bool,
    pub created_at: Ms,
    pub edited_at: Option<Ms>,
}

/// What is done to the notes of a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum NoteChange {
    Add { at_ms: i64, text: String },
    Edit { id: i64, text: String },
    Remove { id: i64 },
}

impl Desk {
    /// In the order of the recording's time.
    pub async fn notes(&self, call: String) -> Result<Vec<NoteRow>, UiError> {
        let (account, call) = self.call_of(&call)?;
        let mask = self.mask(&account);
        let stored = self.shared.reader.call(&account, &call).await?;
        let callee = stored.and_then(|stored| stored.call.callee);
        let row = |note: StoredNote| {
            let text = mask.text_with(&note.text, callee.as_ref());
            NoteRow {
                id: note.n,
                at_ms: note.at_ms,
                masked: text != note.text,
                text,
                created_at: note.created_at.millis(),
                edited_at: note.edited_at.map(|at| at.millis()),
            }
        };
        Ok(self.notes.of(&account, &call).await?.into_iter().map(row).collect())
    }

    /// Answers all notes of the call, as they are then.
    pub async fn change_notes(
        &self,
        call: String,
        change: NoteChange,
    ) -> Result<Vec<NoteRow>, UiError> {
        let (account, id) = self.call_of(&call)?;
        let found = match change {
            NoteChange::Add { at_ms, text } => {
                let at = at_ms.max(0);
                self.notes.add(&account, &id, at, &written(&text)?).await?;
                true
            }
            NoteChange::Edit { id: n, text } => {
                self.notes.change(&account, &id, n, Some(&written(&text)?)).await?
            }
            NoteChange::Remove { id: n } => self.notes.change(&account, &id, n, None).await?,
        };
        if !found {
            return Err(not_found("note"));
        }
        self.notes(call).await
    }

    /// A recording and the name of a file for it, with the ending of what it is.
    pub async fn recording_file(&self, call: String) -> Result<(String, Bytes), UiError> {
        let (account, id) = self.call_of(&call)?;
        let bytes = self.recording(call).await?;
        let stored = self.shared.reader.call(&account, &id).await?.map(|stored| stored.call);
        let mask = self.mask(&account);
        let callee = stored.as_ref().and_then(|call| call.callee.as_ref());
        // A number that is shown in the app does not go into a file's name with it.
        let mask = if mask.is_pseudonym() { mask } else { Mask::LastFour };
        let whose = callee.map(|callee| mask.callee(callee)).unwrap_or_default();
        let words = format!("{} {whose}", mask.text_with(id.as_str(), callee));
        let ending = Kind::of(&bytes).map_or("bin", Kind::ending);
        Ok((saved::file_name(words.trim(), ending), bytes))
    }

    fn call_of(&self, row: &str) -> Result<(AccountId, CallId), UiError> {
        let (account, id) = split(row)?;
        if !self.shared.accounts.iter().any(|known| known.id == account) {
            return Err(not_found("account"));
        }
        Ok((account, CallId::new(id)))
    }
}

fn written(text: &str) -> Result<String, UiError> {
    let text = text.trim();
    match text.chars().count() {
        0 => Err(bad_request("a note needs words")),
        1..=LONGEST => Ok(text.to_owned()),
        _ => Err(bad_request("a note has at most 2,000 characters")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_has_words_and_an_end() {
        assert_eq!(written(" promised to pay \n").unwrap(), "promised to pay");
        assert!(written(" \n").is_err());
        assert!(written(&"字".repeat(LONGEST)).is_ok());
        assert!(written(&"字".repeat(LONGEST + 1)).is_err());
    }
}
