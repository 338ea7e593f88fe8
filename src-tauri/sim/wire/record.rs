//! One JSON object under construction, and how ids and times are written.

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde_json::{Map, Value};

/// A record whose fields know whether the vendor is known to send them.
pub(crate) struct Record {
    fields: Map<String, Value>,
    known_only: bool,
}

impl Record {
    pub(crate) fn new(known_only: bool) -> Self {
        Self { fields: Map::new(), known_only }
    }

    /// A field that is DOCUMENTED or OBSERVED in this record.
    pub(crate) fn known(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.fields.insert(name.to_owned(), value.into());
        self
    }

    /// A field that is INFERRED or ASSUMED in this record.
    pub(crate) fn guess(self, name: &str, value: impl Into<Value>) -> Self {
        if self.known_only { self } else { self.known(name, value) }
    }

    pub(crate) fn done(self) -> Value {
        Value::Object(self.fields)
    }
}

pub(crate) fn hex(id: u128) -> String {
    format!("{id:032x}")
}

pub(crate) fn read_hex(text: &str) -> Option<u128> {
    (text.len() == 32).then(|| u128::from_str_radix(text, 16).ok()).flatten()
}

/// The file name of a call's recording.
pub(crate) fn link_name(call: u128) -> String {
    format!("{call:032x}.wav")
}

/// The zone of all times that carry none.
fn vendor_zone(ms: i64) -> Option<DateTime<FixedOffset>> {
    const EAST: i32 = 8 * 3600;
    let zone = FixedOffset::east_opt(EAST)?;
    DateTime::from_timestamp_millis(ms).map(|t: DateTime<Utc>| t.with_timezone(&zone))
}

/// `2026-11-20 10:00:00`, at +08:00.
pub(crate) fn spaced(ms: i64) -> String {
    vendor_zone(ms).map_or_else(String::new, |t| t.format("%Y-%m-%d %H:%M:%S").to_string())
}

/// `2026-11-20T10:00:00+08:00`
pub(crate) fn with_offset(ms: i64) -> String {
    vendor_zone(ms).map_or_else(String::new, |t| t.to_rfc3339_opts(SecondsFormat::Secs, false))
}

/// `2026-11-20T02:00:00Z`
pub(crate) fn utc(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms)
        .map_or_else(String::new, |t: DateTime<Utc>| t.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// `1120`, at +08:00.
pub(crate) fn day(ms: i64) -> String {
    vendor_zone(ms).map_or_else(String::new, |t| t.format("%m%d").to_string())
}
