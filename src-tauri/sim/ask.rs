//! A request taken apart, and what is remembered of it.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDateTime};
use serde_json::Value;

use super::faults::Fault;
use crate::vendor::transport::{Method, Request};

/// One line of the call history.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub at: i64,
    pub method: Method,
    /// Without the query.
    pub path: String,
    /// The contract's key of the endpoint; `None` for a path that it does not have.
    pub endpoint: Option<&'static str>,
    pub workflow_id: Option<String>,
    /// The task, plan or session that it names.
    pub subject: Option<String>,
    pub callee: Option<String>,
    pub page: Option<i64>,
    /// HTTP status of the answer.
    pub status: u16,
    /// What struck this request.
    pub faults: Vec<Fault>,
    /// A stop or cancel that changed the world.
    pub effect: bool,
}

/// A request taken apart: its path, the parameters of its query, the members of its JSON body.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub path: String,
    pub query: BTreeMap<String, String>,
    pub body: BTreeMap<String, String>,
    /// The body was there and was no JSON object.
    pub unreadable: bool,
}

impl Parts {
    pub(crate) fn read(request: &Request) -> Self {
        let behind_scheme = request.url.split_once("://").map_or(request.url.as_str(), |(_, r)| r);
        let local = behind_scheme.find('/').map_or("/", |at| &behind_scheme[at..]);
        let (path, query) = local.split_once('?').unwrap_or((local, ""));
        let mut parts = Self { path: decoded(path), ..Self::default() };
        for pair in query.split('&').filter(|p| !p.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parts.query.insert(decoded(name), decoded(&value.replace('+', " ")));
        }
        match serde_json::from_slice(&request.body) {
            Ok(Value::Object(fields)) => {
                for (name, value) in fields {
                    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                    parts.body.insert(name, text);
                }
            }
            _ => parts.unreadable = !request.body.is_empty(),
        }
        parts
    }
}

/// A path and its parameters, by the names of the canonical contract.
#[derive(Debug, Default)]
pub(crate) struct Question {
    pub path: String,
    params: BTreeMap<String, String>,
    /// The body was there and was no JSON object.
    pub unreadable: bool,
}

impl Question {
    /// The parameters of the query, and the members of a JSON body over them.
    pub(crate) fn merged(parts: Parts) -> Self {
        let mut params = parts.query;
        params.extend(parts.body);
        Self { path: parts.path, params, unreadable: parts.unreadable }
    }

    pub(crate) fn of(path: String, params: BTreeMap<String, String>, unreadable: bool) -> Self {
        Self { path, params, unreadable }
    }

    /// A parameter that is there and not empty.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.params.get(name).map(|v| v.trim()).filter(|v| !v.is_empty() && *v != "null")
    }

    pub(crate) fn number(&self, name: &str) -> Option<i64> {
        self.text(name)?.parse().ok()
    }

    /// The digits of a phone number, with or without `+`.
    pub(crate) fn phone(&self, name: &str) -> Option<u64> {
        self.text(name)?.trim_start_matches('+').parse().ok()
    }

    /// An instant: RFC 3339, `2026-11-20 10:00:00+08:00`, the same without an offset (+08:00), or Unix
    /// seconds or milliseconds.
    pub(crate) fn time(&self, name: &str) -> Option<i64> {
        read_time(self.text(name)?)
    }
}

fn read_time(text: &str) -> Option<i64> {
    const EAST: i32 = 8 * 3600;
    if let Ok(number) = text.parse::<i64>() {
        return Some(if number > 100_000_000_000 { number } else { number * 1000 });
    }
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.timestamp_millis());
    }
    if let Ok(time) = DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%:z") {
        return Some(time.timestamp_millis());
    }
    // A `+` that was not escaped arrives as a space.
    let bare = text.get(..19).unwrap_or(text);
    let local = NaiveDateTime::parse_from_str(bare, "%Y-%m-%d %H:%M:%S").ok()?;
    let zone = FixedOffset::east_opt(EAST)?;
    local.and_local_timezone(zone).single().map(|t| t.timestamp_millis())
}

/// `%41` → `A`; what is no escape stays as it is.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let hex = text.get(at + 1..at + 3).and_then(|h| u8::from_str_radix(h, 16).ok());
        match (byte, hex) {
            (b'%', Some(value)) => {
                out.push(value);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(url: &str, body: &str) -> Question {
        let (method, headers) = (Method::Post, Vec::new());
        Question::merged(Parts::read(&Request {
            method,
            url: url.into(),
            headers,
            body: body.to_owned().into(),
        }))
    }

    #[test]
    fn query_and_body_are_one() {
        let question =
            asked("http://h:1/a/b?page=2&callee=%2B62812&x=%zz", r#"{"page":3,"n":null}"#);
        assert_eq!(question.path, "/a/b");
        assert_eq!(question.number("page"), Some(3));
        assert_eq!(question.phone("callee"), Some(62812));
        assert_eq!(question.text("x"), Some("%zz"));
        assert_eq!(question.text("n"), None);
        assert!(asked("http://h/", "no json").unreadable);
    }

    #[test]
    fn all_forms_of_a_time_agree() {
        for text in [
            "2026-11-20T02:00:00Z",
            "2026-11-20 10:00:00+08:00",
            "2026-11-20 10:00:00 08:00",
            "2026-11-20 10:00:00",
            "1795140000",
            "1795140000000",
        ] {
            assert_eq!(read_time(text), Some(1_795_140_000_000), "{text}");
        }
        assert_eq!(read_time("tomorrow"), None);
    }
}
