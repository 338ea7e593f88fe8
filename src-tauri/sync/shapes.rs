//! Looks at what the records of each source are made of, on their way into the store.

use std::collections::HashMap;

use crate::{
    domain::{ids::AccountId, shape::ShapeChange, time::Timestamp, workflow::Seen},
    store::{Batch, Reader, ShapeMark, StoreError},
    vendor::Shape,
};

/// Changes that are shown: who has more has another vendor.
const MOST_SHOWN: u32 = 200;

/// The shapes of one account's sources, by the catalogue's key.
#[derive(Default)]
pub struct Shapes {
    known: HashMap<String, Shape>,
    changes: Vec<ShapeChange>,
}

impl Shapes {
    pub async fn kept(reader: &Reader, account: &AccountId) -> Result<Self, StoreError> {
        let known = reader.shapes(account).await?;
        let known = known.into_iter().map(|(key, text)| (key, Shape::kept(&text))).collect();
        Ok(Self { known, changes: reader.shape_changes(account, MOST_SHOWN).await? })
    }

    /// What is to be kept of these records of a source.
    pub fn look<'a>(
        &mut self,
        key: &str,
        records: impl IntoIterator<Item = &'a str>,
        at: Timestamp,
    ) -> Option<ShapeMark> {
        let shape = self.known.entry(key.to_owned()).or_default();
        let before = shape.clone();
        let changes = shape.look(key, records, at);
        if changes.is_empty() && !shape.says_more(&before) {
            return None;
        }
        for change in &changes {
            let same = |c: &ShapeChange| {
                (&c.source, &c.field, c.differs) == (&change.source, &change.field, change.differs)
            };
            if !self.changes.iter().any(same) {
                self.changes.insert(0, change.clone());
            }
        }
        self.changes.truncate(MOST_SHOWN as usize);
        Some(ShapeMark { key: key.to_owned(), shape: shape.to_text(), changes })
    }

    /// The same for what a reading of a source brought.
    pub fn look_at(&mut self, key: &str, batch: &mut Batch, at: Timestamp) {
        let mark = self.look(key, raws(batch), at);
        batch.shapes.extend(mark);
    }

    /// The newest first.
    pub fn changes(&self) -> &[ShapeChange] {
        &self.changes
    }
}

/// The vendor's own JSON of all rows; a reading brings rows of one kind.
fn raws(batch: &Batch) -> impl Iterator<Item = &str> {
    fn of<T>(rows: &[Seen<T>]) -> impl Iterator<Item = &str> {
        rows.iter().map(|row| row.raw.as_str())
    }
    let said = batch.said.iter().flat_map(|said| of(&said.messages));
    let told = batch.transcripts.iter().flat_map(|transcript| of(&transcript.messages));
    of(&batch.workflows)
        .chain(of(&batch.nodes))
        .chain(of(&batch.tasks))
        .chain(of(&batch.calls))
        .chain(of(&batch.sessions))
        .chain(of(&batch.waba_tasks))
        .chain(of(&batch.waba_messages))
        .chain(of(&batch.calling_tasks))
        .chain(of(&batch.plans))
        .chain(of(&batch.rounds))
        .chain(told)
        .chain(said)
}
