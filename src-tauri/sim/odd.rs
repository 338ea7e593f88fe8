//! The same answer spelt oddly: what a lenient client must take. Equal answers stay equal, because each
//! value decides its own spelling.

use chrono::{DateTime, FixedOffset, NaiveDateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

/// Adds unknown fields to every record, writes integers as strings and times in other forms.
pub(crate) fn make(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.values_mut().for_each(make);
            fields.insert("x_trace".to_owned(), json!({ "node": "a7", "tags": [1, null, "z"] }));
        }
        Value::Array(items) => items.iter_mut().for_each(make),
        Value::Number(number) if number.is_i64() || number.is_u64() => {
            *value = number.to_string().into();
        }
        Value::String(text) => {
            if let Some(time) = instant(text) {
                *value = respelt(time, text.bytes().map(u64::from).sum());
            }
        }
        _ => {}
    }
}

const EAST: i32 = 8 * 3600;

/// The instant that a text of one of the world's forms names.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S") {
        let local = time.and_local_timezone(FixedOffset::east_opt(EAST)?).single()?;
        return Some(local.to_utc());
    }
    let shaped = text.len() >= 20 && text.as_bytes().get(10) == Some(&b'T');
    shaped.then(|| DateTime::parse_from_rfc3339(text).ok()).flatten().map(|t| t.to_utc())
}

/// One of the forms of the contract.
fn respelt(time: DateTime<Utc>, turn: u64) -> Value {
    let east = FixedOffset::east_opt(EAST).map(|zone| time.with_timezone(&zone));
    let local = |form: &str| east.map_or_else(String::new, |t| t.format(form).to_string());
    match turn % 6 {
        0 => local("%Y-%m-%d %H:%M:%S").into(),
        1 => local("%Y-%m-%d %H:%M:%S%:z").into(),
        2 => time.to_rfc3339_opts(SecondsFormat::Secs, true).into(),
        3 => time.timestamp().into(),
        4 => time.timestamp_millis().into(),
        _ => time.timestamp_millis().to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_keep_their_instant_and_texts_that_are_none_stay() {
        let wanted = DateTime::from_timestamp(1_795_140_000, 0).unwrap();
        assert_eq!(instant("2026-11-20 10:00:00"), Some(wanted));
        assert_eq!(instant("2026-11-20T02:00:00Z"), Some(wanted));
        assert_eq!(instant("2026-11-20"), None);
        let mut value = json!({ "at": "2026-11-20 10:00:00", "n": 3, "name": "x" });
        make(&mut value);
        assert_eq!((&value["n"], &value["name"]), (&json!("3"), &json!("x")));
        assert!(value["x_trace"].is_object());
    }
}
