//! JSON values as block YAML, in the hand of the tool that writes the vendor's pages: plain scalars
//! where they are safe, single quotes where not, literal blocks for texts of several lines.

use serde_json::Value;

pub(super) fn written(value: &Value) -> String {
    let mut out = String::new();
    block(value, 0, &mut out);
    out
}

fn block(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                indent(depth, out);
                out.push_str(&scalar(name));
                out.push(':');
                behind(value, depth, out);
            }
        }
        Value::Array(items) => {
            for item in items {
                indent(depth, out);
                out.push('-');
                item_of(item, depth, out);
            }
        }
        other => out.push_str(&format!("{}\n", inline(other))),
    }
}

/// A value behind `name:`.
fn behind(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Object(fields) if !fields.is_empty() => {
            out.push('\n');
            block(value, depth + 1, out);
        }
        Value::Array(items) if !items.is_empty() => {
            out.push('\n');
            block(value, depth + 1, out);
        }
        Value::String(text) if text.contains('\n') => {
            out.push_str(" |-\n");
            for line in text.lines() {
                if !line.is_empty() {
                    indent(depth + 1, out);
                    out.push_str(line);
                }
                out.push('\n');
            }
        }
        other => out.push_str(&format!(" {}\n", inline(other))),
    }
}

/// A value behind `-`: the first member of an object stands in the same line.
fn item_of(item: &Value, depth: usize, out: &mut String) {
    match item {
        Value::Object(fields) if !fields.is_empty() => {
            let mut text = String::new();
            block(item, depth + 1, &mut text);
            out.push(' ');
            out.push_str(text.trim_start());
        }
        other => behind(other, depth, out),
    }
}

fn indent(depth: usize, out: &mut String) {
    for _ in 0..depth {
        out.push_str("  ");
    }
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => scalar(text),
        Value::Object(_) => "{}".to_owned(),
        Value::Array(_) => "[]".to_owned(),
        other => other.to_string(),
    }
}

fn scalar(text: &str) -> String {
    match text {
        _ if is_plain(text) => text.to_owned(),
        _ if text.chars().any(char::is_control) => Value::from(text).to_string(),
        _ => format!("'{}'", text.replace('\'', "''")),
    }
}

/// Whether no reader of YAML can take the text for something else.
fn is_plain(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let inside = |c: char| c.is_alphanumeric() || "_-./ (){}+>,;".contains(c);
    let first = text.chars().next().is_some_and(|c| c.is_alphabetic() || c == '/');
    first
        && text.chars().all(inside)
        && !text.ends_with(' ')
        && !WORDS.contains(&text.to_ascii_lowercase().as_str())
}
