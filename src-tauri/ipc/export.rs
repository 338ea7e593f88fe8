//! What is on screen as a CSV file: the rows of a list as filtered and sorted, all of them, in the columns
//! that are shown, masked as they are there.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::{
    Desk,
    errors::bad_request,
    frames::{ListName, MAX_ROWS, Query, UiError},
    named::is_named,
    queries, saved,
};
use crate::domain::{
    ids::AccountId,
    time::{Timestamp, Zone},
};

#[derive(Clone, Debug, Deserialize, TS)]
pub struct ExportAsk {
    /// Made by the page; the export is cancelled by it.
    pub id: String,
    /// Where it begins and how many are asked for is not looked at.
    pub query: Query,
    pub columns: Vec<ExportColumn>,
    /// Words for the file's name.
    pub name: String,
}

#[derive(Clone, Debug, Deserialize, TS)]
pub struct ExportColumn {
    /// As the page calls it.
    pub id: String,
    pub title: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ExportProgress {
    pub done: i64,
    pub total: i64,
}

/// A file to be written.
#[derive(Debug)]
pub struct Exported {
    pub name: String,
    pub bytes: Vec<u8>,
    pub rows: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct SavedExport {
    /// As shown to the person; `null` when it was cancelled.
    pub path: Option<String>,
    pub rows: usize,
}

/// How a value of a row is written. Not reported is an empty field, whatever it would be.
#[derive(Clone, Copy)]
enum As {
    Word,
    /// RFC 3339 in the account's zone.
    Time,
    /// Milliseconds as seconds.
    Seconds,
    Percent,
    /// The quotient of a ratio in milliseconds, as seconds.
    MeanSeconds,
    Mean,
    /// `A 45; B 3`.
    Shares,
}

/// Columns of the page by name: how they are written, and the member of the row.
type Columns = &'static [(&'static str, As, &'static str)];

const CALLS: Columns = &[
    ("called", As::Time, "/called_at"),
    ("number", As::Word, "/callee"),
    ("case", As::Word, "/case_id"),
    ("round", As::Word, "/round"),
    ("result", As::Word, "/result"),
    ("hangup", As::Word, "/hangup"),
    ("talk", As::Seconds, "/talk_ms"),
    ("turns", As::Word, "/turns"),
    ("intention", As::Word, "/intention"),
    ("node", As::Word, "/node_name"),
    ("workflow", As::Word, "/workflow_name"),
    ("recording", As::Word, "/has_recording"),
    ("account", As::Word, "/account"),
    ("workflow_id", As::Word, "/workflow_id"),
    ("call_id", As::Word, "/call_id"),
];

const SESSIONS: Columns = &[
    ("started", As::Time, "/started_at"),
    ("ended", As::Time, "/ended_at"),
    ("number", As::Word, "/callee"),
    ("channel", As::Word, "/channel"),
    ("reason", As::Word, "/end_reason"),
    ("rounds", As::Word, "/talk_round"),
    ("messages", As::Word, "/messages"),
    ("intention", As::Word, "/intention"),
    ("node", As::Word, "/node_name"),
    ("origin", As::Word, "/origin"),
    ("workflow", As::Word, "/workflow_name"),
    ("account", As::Word, "/account"),
    ("workflow_id", As::Word, "/workflow_id"),
    ("session_id", As::Word, "/session_id"),
];

const WORKFLOWS: Columns = &[
    ("status", As::Word, "/status/written"),
    ("name", As::Word, "/name"),
    ("need", As::Word, "/needs"),
    ("template", As::Word, "/template_name"),
    ("progress", As::Percent, "/figures/progress"),
    ("reached", As::Percent, "/figures/reached"),
    ("talk", As::MeanSeconds, "/figures/talk_ms"),
    ("intentions", As::Shares, "/figures/intentions"),
    ("calls", As::Word, "/figures/calls"),
    ("lastCall", As::Time, "/figures/last_call_at"),
    ("started", As::Time, "/started_at"),
    ("ended", As::Time, "/ended_at"),
    ("created", As::Time, "/created_at"),
    ("total", As::Word, "/total"),
    ("finished", As::Word, "/finished"),
    ("attempts", As::Mean, "/figures/attempts"),
    ("shortCalls", As::Percent, "/figures/short_calls"),
    ("sessions", As::Word, "/figures/sessions"),
    ("receipt", As::Word, "/receipt/outcome"),
    ("account", As::Word, "/account"),
    ("workflow_id", As::Word, "/workflow_id"),
];

/// Ids that stand in every file, so that its rows can be found again.
const ALWAYS: [&str; 4] = ["account", "workflow_id", "call_id", "session_id"];

fn columns(list: ListName) -> Result<Columns, UiError> {
    match list {
        ListName::Calls | ListName::TaskCalls => Ok(CALLS),
        ListName::Sessions => Ok(SESSIONS),
        ListName::Workflows => Ok(WORKFLOWS),
        _ => Err(bad_request("this list cannot be exported")),
    }
}

impl Desk {
    /// Reads the whole list, page by page; dropped on its way, it leaves nothing behind.
    pub async fn export(
        &self,
        ask: ExportAsk,
        told: impl Fn(ExportProgress),
    ) -> Result<Exported, UiError> {
        let known = columns(ask.query.list)?;
        let mut file = Table::new(known, &ask.columns)?;
        let mut query = Query { count: MAX_ROWS, anchor: 0, ..ask.query };
        // Rows come while pages are read: those that moved to a later page are there once.
        let mut written = HashSet::new();
        loop {
            let page = queries::answer(&self.shared, &query).await?;
            let count = u32::try_from(page.rows.len()).unwrap_or(u32::MAX);
            for row in &page.rows {
                if written.insert(row.id().to_owned()) {
                    let value = serde_json::to_value(row).map_err(|e| saved::not_saved(&e))?;
                    file.add(&value["row"], |account| self.zone(account))?;
                }
            }
            query.anchor = query.anchor.saturating_add(count);
            told(ExportProgress { done: i64::from(query.anchor), total: page.total });
            if count == 0 || i64::from(query.anchor) >= page.total {
                break;
            }
        }
        let name = saved::file_name(&ask.name, "csv");
        Ok(Exported { name, bytes: file.bytes()?, rows: written.len() })
    }

    fn zone(&self, account: &str) -> Zone {
        let id = AccountId::from(account);
        self.accounts().iter().find(|a| a.id == id).map(|a| a.zone).unwrap_or_default()
    }
}

struct Table {
    /// How a value is written, and its place in the row: a JSON pointer.
    columns: Vec<(As, String)>,
    csv: csv::Writer<Vec<u8>>,
}

impl Table {
    fn new(known: Columns, asked: &[ExportColumn]) -> Result<Self, UiError> {
        let find = |id: &str| known.iter().find(|(name, ..)| *name == id);
        let mut titles = Vec::new();
        let mut columns = Vec::new();
        for ExportColumn { id, title } in asked.iter().filter(|c| !ALWAYS.contains(&&*c.id)) {
            let column = match find(id) {
                Some((_, how, path)) => (*how, (*path).to_owned()),
                None if is_named(id) => (As::Word, format!("/named/{}", escaped(id))),
                None => return Err(bad_request("a column of this list cannot be exported")),
            };
            titles.push(title.clone());
            columns.push(column);
        }
        for (name, how, path) in ALWAYS.iter().filter_map(|id| find(id)) {
            titles.push((*name).to_owned());
            columns.push((*how, (*path).to_owned()));
        }
        // Spreadsheets take a file without this mark for one of an old code page.
        let mut csv = csv::Writer::from_writer("\u{feff}".as_bytes().to_vec());
        csv.write_record(titles.iter().map(|title| harmless(title)))
            .map_err(|e| saved::not_saved(&e))?;
        Ok(Self { columns, csv })
    }

    fn add(&mut self, row: &Value, zone: impl Fn(&str) -> Zone) -> Result<(), UiError> {
        let zone = zone(row["account"].as_str().unwrap_or_default());
        let fields = self.columns.iter().map(|(how, path)| {
            let value = row.pointer(path).unwrap_or(&Value::Null);
            harmless(&written(value, *how, zone))
        });
        self.csv.write_record(fields).map_err(|e| saved::not_saved(&e))
    }

    fn bytes(self) -> Result<Vec<u8>, UiError> {
        self.csv.into_inner().map_err(|e| saved::not_saved(&e))
    }
}

/// A member's name within a JSON pointer.
fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn written(value: &Value, how: As, zone: Zone) -> String {
    let quotient = || {
        let (num, den) = (value.get("num")?.as_f64()?, value.get("den")?.as_f64()?);
        (den > 0.0).then_some(num / den)
    };
    match how {
        As::Word => word(value),
        As::Time => value.as_i64().map(|ms| Timestamp(ms).in_zone(zone)).unwrap_or_default(),
        As::Seconds => value.as_f64().map(|ms| decimal(ms / 1000.0)).unwrap_or_default(),
        As::Percent => quotient().map(|q| format!("{}%", decimal(q * 100.0))).unwrap_or_default(),
        As::MeanSeconds => quotient().map(|ms| decimal(ms / 1000.0)).unwrap_or_default(),
        As::Mean => quotient().map(decimal).unwrap_or_default(),
        As::Shares => {
            let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
            let share = |share: &Value| format!("{} {}", word(&share["label"]), share["count"]);
            all.iter().map(share).collect::<Vec<_>>().join("; ")
        }
    }
}

fn word(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(words) => words.iter().map(word).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// At most two places, and none that say nothing.
fn decimal(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A spreadsheet runs what begins like a formula: such a text gets a mark that makes it text. Numbers,
/// with their sign and a masked beginning, are none.
fn harmless(text: &str) -> String {
    let number = |c: char| c.is_ascii_digit() || "+-. •%".contains(c);
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') if !text.chars().all(number) => {
            format!("'{text}")
        }
        _ => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn column(id: &str, title: &str) -> ExportColumn {
        ExportColumn { id: id.to_owned(), title: title.to_owned() }
    }

    #[test]
    fn a_row_is_written_as_it_is_shown_and_what_is_not_reported_stays_empty() {
        let asked = [
            column("called", "Called"),
            column("number", "号码"),
            column("talk", "Talk (s)"),
            column("intention", "Intention"),
            column("slot:a/b~c", "a/b~c"),
        ];
        let mut file = Table::new(CALLS, &asked).unwrap();
        let row = json!({
            "account": "a", "call_id": "c1", "workflow_id": null, "called_at": 0,
            "callee": "+62••••4821", "talk_ms": 12_340, "intention": "A, \"yes\"\nlater",
            "named": { "slot:a/b~c": "=5" },
        });
        file.add(&row, |_| Zone::default()).unwrap();
        file.add(&json!({ "account": "a", "call_id": "c2" }), |_| Zone::default()).unwrap();
        let text = String::from_utf8(file.bytes().unwrap()).unwrap();
        assert_eq!(
            text,
            "\u{feff}Called,号码,Talk (s),Intention,a/b~c,account,workflow_id,call_id\n\
             1970-01-01T08:00:00+08:00,+62••••4821,12.34,\"A, \"\"yes\"\"\nlater\",'=5,a,,c1\n\
             ,,,,,a,,c2\n"
        );
    }

    #[test]
    fn figures_are_quotients_and_nothing_is_divided_by_nothing() {
        let zone = Zone::default();
        let ratio = json!({ "num": 1, "den": 3 });
        assert_eq!(written(&ratio, As::Percent, zone), "33.33%");
        assert_eq!(written(&json!({ "num": 0, "den": 0 }), As::Percent, zone), "");
        assert_eq!(written(&Value::Null, As::Mean, zone), "");
        let shares = json!([{ "label": "A", "count": 4 }, { "label": "B", "count": 1 }]);
        assert_eq!(written(&shares, As::Shares, zone), "A 4; B 1");
    }

    #[test]
    fn no_text_from_outside_becomes_a_formula() {
        for text in ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3+cmd", "\t=1"] {
            assert!(harmless(text).starts_with('\''), "{text}");
        }
        for text in ["+6281234564821", "-5", "+62••••4821", "plain = text", ""] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn a_column_that_is_none_is_refused() {
        assert!(Table::new(CALLS, &[column("raw", "Raw")]).is_err());
        assert!(columns(ListName::Journal).is_err());
    }
}
