//! The contract laid over the canonical world: a request becomes the canonical question, the canonical
//! answer becomes what the contract sends. Pure; the world below knows nothing of it.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use super::{Answer, Contract, Layout, Paging, Place, Row, Served, Type, pages, words::digits};
use crate::{
    sim::ask::{Parts, Question},
    vendor::transport::Method,
};

impl Contract {
    /// The canonical question of a request, and the endpoint that it is put to.
    pub(crate) fn question(&self, method: Method, parts: Parts) -> (Question, Option<&Served>) {
        let found = self.served.iter().filter(|s| s.method == method);
        let mut found = found.filter_map(|s| Some((s, path_params(&s.path, &parts.path)?)));
        let Some((served, in_path)) = found.next() else {
            return (Question::merged(parts), None);
        };
        if !self.scrambled {
            return (Question::merged(parts), Some(served));
        }
        let mut params = BTreeMap::new();
        for param in &served.params {
            let given = match param.place {
                Place::Query => parts.query.get(&param.name),
                Place::Body => parts.body.get(&param.name),
                Place::Path => in_path.get(&param.name),
            };
            if let Some(value) = given {
                self.put(param.ours, value, &mut params);
            }
        }
        if served.paging == Paging::Cursor {
            resume(&mut params);
        }
        let unreadable = parts.unreadable;
        (Question::of(parts.path, params, unreadable), Some(served))
    }

    /// A parameter under the world's own name and in its own words.
    fn put(&self, ours: &str, value: &str, params: &mut BTreeMap<String, String>) {
        let numbers = self.rows.get(&Row::Workflow).map(|layout| &layout.numbers);
        let word = numbers.filter(|_| ours == "status").and_then(|numbers| {
            numbers
                .iter()
                .find(|(_, number)| digits(**number) == value.trim())
                .map(|(word, _)| *word)
        });
        params.insert(ours.to_owned(), word.unwrap_or(value).to_owned());
    }

    /// What the contract sends for the world's answer to a question.
    pub(crate) fn answer(&self, served: &Served, data: Value, next: &str) -> Value {
        if !self.scrambled {
            return data;
        }
        match pages::page(served.key).map(|page| page.answer) {
            Some(Answer::List(row, _)) => self.listed(served, row, data, next),
            Some(Answer::One(row, _)) => wrapped(&served.list, self.record(row, data)),
            _ => data,
        }
    }

    fn listed(&self, served: &Served, row: Row, mut data: Value, next: &str) -> Value {
        let rows = match data["list"].take() {
            Value::Array(rows) => rows,
            _ => Vec::new(),
        };
        let rows = rows.into_iter().map(|r| self.record(row, r)).collect();
        let mut out = json!({});
        place(&mut out, &served.list, Value::Array(rows));
        if let Some(total) = &served.total {
            place(&mut out, total, data["total"].take());
        }
        if let Some(cursor) = &served.cursor {
            place(&mut out, cursor, next.into());
        }
        out
    }

    /// One record as the contract lays it out, in an answer or in a webhook.
    pub(crate) fn record(&self, row: Row, record: Value) -> Value {
        match (self.rows.get(&row), record) {
            (Some(layout), Value::Object(fields)) => laid(row, layout, fields),
            (_, record) => record,
        }
    }

    /// A word under a name that stays, as in the DOCUMENTED bodies of webhooks.
    pub(crate) fn number(&self, row: Row, written: &mut Value) {
        let numbers = self.rows.get(&row).map(|layout| &layout.numbers);
        let number = written.as_str().and_then(|word| numbers?.get(word));
        if let Some(number) = number {
            *written = (*number).into();
        }
    }
}

fn laid(row: Row, layout: &Layout, fields: Map<String, Value>) -> Value {
    let mut out = json!({});
    for (name, value) in fields {
        let field = row.fields().iter().find(|f| same(f.name, &name));
        let value = match field.map(|f| f.kind) {
            Some(Type::Word(_)) => match value.as_str() {
                Some(word) => match layout.numbers.get(word) {
                    Some(number) => (*number).into(),
                    None if word.is_empty() && !layout.numbers.is_empty() => Value::Null,
                    None => value,
                },
                None => value,
            },
            Some(Type::Duration) if layout.milliseconds => in_ms(value),
            _ => value,
        };
        match field.and_then(|f| layout.fields.get(f.name)) {
            Some(walk) => place(&mut out, walk, value),
            None => place(&mut out, &[name], value),
        }
    }
    out
}

/// The world writes one field in several ways.
fn same(ours: &str, written: &str) -> bool {
    let written = if written == "phoneNumber" { "callee" } else { written };
    ours.eq_ignore_ascii_case(written)
}

fn in_ms(seconds: Value) -> Value {
    match &seconds {
        Value::Number(number) => number.as_i64().map_or(seconds, |s| (s * 1000).into()),
        Value::String(text) => {
            text.parse::<i64>().map_or(seconds, |s| (s * 1000).to_string().into())
        }
        _ => seconds,
    }
}

fn wrapped(walk: &[String], value: Value) -> Value {
    if walk.is_empty() {
        return value;
    }
    let mut out = json!({});
    place(&mut out, walk, value);
    out
}

/// Puts `value` behind the members of `walk`.
fn place(out: &mut Value, walk: &[String], value: Value) {
    let mut at = out;
    for step in walk {
        if !at.is_object() {
            *at = json!({});
        }
        let Value::Object(fields) = at else { return };
        at = fields.entry(step.clone()).or_insert(Value::Null);
    }
    *at = value;
}

/// The parameters in a path of the form of `template`; `None` where it has another form.
fn path_params(template: &str, path: &str) -> Option<BTreeMap<String, String>> {
    let mut params = BTreeMap::new();
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return Some(params),
            (Some(step), Some(part)) => {
                let name = step.strip_prefix('{').and_then(|s| s.strip_suffix('}'));
                match name {
                    Some(name) if !part.is_empty() => {
                        params.insert(name.to_owned(), part.to_owned());
                    }
                    None if step == part => {}
                    _ => return None,
                }
            }
            _ => return None,
        }
    }
}

/// The page that a cursor names. One that is none of ours names page 0, which the world refuses.
fn resume(params: &mut BTreeMap<String, String>) {
    let Some(cursor) = params.remove("cursor").filter(|c| !c.is_empty()) else { return };
    let text = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|b| String::from_utf8(b).ok());
    let page = text.as_deref().and_then(|t| t.strip_prefix("after page "));
    params.insert("page".to_owned(), next_of(page).to_string());
}

fn next_of(page: Option<&str>) -> u64 {
    page.and_then(|p| p.parse::<u64>().ok()).map_or(0, |p| p.saturating_add(1))
}

/// The cursor of what comes after `page`, opaque to those who do not look into it.
pub(crate) fn next_cursor(page: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("after page {page}"))
}
