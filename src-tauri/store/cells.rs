//! Values on their way into a row and out of it. A record lists its values once, in the order of its
//! columns: the same list is hashed, bound and (in the same order) read back.

use sqlx::{
    Row,
    sqlite::{SqliteArguments, SqliteRow},
};
use xxhash_rust::xxh3::xxh3_64;

use crate::domain::{
    chat::Signature,
    ids::Callee,
    status::{Phase, Status},
    time::Timestamp,
    workflow::Source,
};

pub(super) enum Cell<'a> {
    Null,
    Int(i64),
    Text(&'a str),
}

/// The values of one record.
#[derive(Default)]
pub(super) struct Cells<'a>(Vec<Cell<'a>>);

impl<'a> Cells<'a> {
    pub fn text(&mut self, value: Option<&'a str>) -> &mut Self {
        self.0.push(value.map_or(Cell::Null, Cell::Text));
        self
    }

    pub fn int(&mut self, value: Option<i64>) -> &mut Self {
        self.0.push(value.map_or(Cell::Null, Cell::Int));
        self
    }

    pub fn time(&mut self, value: Option<Timestamp>) -> &mut Self {
        self.int(value.map(Timestamp::millis))
    }

    pub fn number(&mut self, value: Option<&'a Callee>) -> &mut Self {
        self.text(value.map(Callee::full))
    }

    /// Two cells: the word as written and our reading of it, which a profile may have decided.
    pub fn status(&mut self, value: Option<&'a Status>) -> &mut Self {
        self.text(value.map(|s| s.written.as_str())).int(value.map(|s| phase_code(s.phase)))
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    pub fn bind(&self, arguments: &mut SqliteArguments) -> sqlx::Result<()> {
        use sqlx::Arguments;
        for cell in &self.0 {
            match cell {
                Cell::Null => arguments.add(None::<i64>),
                Cell::Int(value) => arguments.add(*value),
                Cell::Text(text) => arguments.add(*text),
            }
            .map_err(sqlx::Error::Encode)?;
        }
        Ok(())
    }

    /// Hash of these values and of the texts that go with them.
    pub fn hash(&self, ink: &mut Vec<u8>, texts: &[&str]) -> i64 {
        ink.clear();
        for cell in &self.0 {
            match cell {
                Cell::Null => ink.push(0),
                Cell::Int(value) => {
                    ink.push(1);
                    ink.extend_from_slice(&value.to_le_bytes());
                }
                Cell::Text(text) => put_text(ink, text),
            }
        }
        for text in texts {
            put_text(ink, text);
        }
        // The bits are what counts; SQLite has signed integers only.
        xxh3_64(ink).cast_signed()
    }
}

fn put_text(ink: &mut Vec<u8>, text: &str) {
    ink.push(2);
    ink.extend_from_slice(&text.len().to_le_bytes());
    ink.extend_from_slice(text.as_bytes());
}

/// Reads a row from left to right.
pub(super) struct Columns<'r> {
    row: &'r SqliteRow,
    at: usize,
}

impl<'r> Columns<'r> {
    pub fn of(row: &'r SqliteRow) -> Self {
        Self { row, at: 0 }
    }

    fn step(&mut self) -> usize {
        self.at += 1;
        self.at - 1
    }

    pub fn text(&mut self) -> sqlx::Result<Option<String>> {
        let at = self.step();
        self.row.try_get(at)
    }

    pub fn words(&mut self) -> sqlx::Result<String> {
        let at = self.step();
        self.row.try_get(at)
    }

    pub fn int(&mut self) -> sqlx::Result<Option<i64>> {
        let at = self.step();
        self.row.try_get(at)
    }

    pub fn whole(&mut self) -> sqlx::Result<i64> {
        let at = self.step();
        self.row.try_get(at)
    }

    pub fn flag(&mut self) -> sqlx::Result<Option<bool>> {
        Ok(self.int()?.map(|value| value != 0))
    }

    pub fn time(&mut self) -> sqlx::Result<Option<Timestamp>> {
        Ok(self.int()?.map(Timestamp))
    }

    pub fn number(&mut self) -> sqlx::Result<Option<Callee>> {
        Ok(self.text()?.map(Callee::new))
    }

    pub fn source(&mut self) -> sqlx::Result<Source> {
        Ok(source_of(self.whole()?))
    }

    pub fn status(&mut self) -> sqlx::Result<Option<Status>> {
        let (written, phase) = (self.text()?, self.int()?);
        Ok(written.map(|written| Status { written, phase: phase_of(phase) }))
    }

    /// A packed part that the query may have left out.
    pub fn packed(&mut self) -> sqlx::Result<Option<&'r [u8]>> {
        let at = self.step();
        self.row.try_get(at)
    }

    pub fn bytes(&mut self) -> sqlx::Result<&'r [u8]> {
        let at = self.step();
        self.row.try_get(at)
    }
}

/// In the order of need of attention, so that sorting by the code is the default order.
pub(super) fn phase_code(phase: Phase) -> i64 {
    match phase {
        Phase::Failed => 0,
        Phase::Stopping => 1,
        Phase::Running => 2,
        Phase::Paused => 3,
        Phase::Unknown => 4,
        Phase::Pending => 5,
        Phase::Stopped => 6,
        Phase::Finished => 7,
    }
}

pub(super) fn phase_of(code: Option<i64>) -> Phase {
    let of_code = |phase: &Phase| Some(phase_code(*phase)) == code;
    Phase::ALL.into_iter().find(of_code).unwrap_or(Phase::Unknown)
}

pub(super) fn source_code(source: Source) -> i64 {
    match source {
        Source::Api => 0,
        Source::Webhook => 1,
        Source::File => 2,
    }
}

pub(super) fn source_of(code: i64) -> Source {
    match code {
        1 => Source::Webhook,
        2 => Source::File,
        _ => Source::Api,
    }
}

pub(super) fn signature_code(signature: Signature) -> i64 {
    match signature {
        Signature::NotApplicable => 0,
        Signature::Unsigned => 1,
        Signature::Unchecked => 2,
        Signature::Matched => 3,
        Signature::Mismatched => 4,
    }
}

pub(super) fn signature_of(code: i64) -> Signature {
    match code {
        1 => Signature::Unsigned,
        2 => Signature::Unchecked,
        3 => Signature::Matched,
        4 => Signature::Mismatched,
        _ => Signature::NotApplicable,
    }
}
