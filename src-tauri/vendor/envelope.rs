//! What an answer says as a whole, before its rows are looked at. Pure.

use serde_json::value::RawValue;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    error::{ReadErrorKind, harmless},
    record::{self, Names, Record, name},
    transport::Response,
};
use crate::domain::time::Timestamp;

/// Success of the Cloud and Chatbot families (DOCUMENTED).
const SUCCESS: i64 = 200;

const CODE: Names = &[name("code")];
const MESSAGE: Names = &[name("message"), name("msg"), name("status")];

/// What came of a request as far as the envelope tells.
pub enum Verdict<'a> {
    /// The envelope says success.
    Success(Record<'a>),
    /// HTTP 401 or `code` 401.
    Unauthorized {
        message: String,
    },
    Failed(ReadErrorKind),
}

pub fn judge(response: &Response, now: Timestamp) -> Verdict<'_> {
    let body = std::str::from_utf8(&response.body).ok();
    let envelope = body.and_then(|text| Record::parse(text).ok());
    let code = envelope.as_ref().and_then(|e| e.int(CODE));
    let message = || {
        let text = envelope.as_ref().and_then(|e| e.text(MESSAGE)).unwrap_or_default();
        harmless(&text)
    };
    let ok_status = (200..300).contains(&response.status);
    let failed = match (response.status, code) {
        (401, _) | (200..=299, Some(401)) => return Verdict::Unauthorized { message: message() },
        (429, _) | (200..=299, Some(429)) => ReadErrorKind::RateLimited {
            retry_after_ms: response.header("retry-after").and_then(|v| retry_after_ms(v, now)),
        },
        (status, Some(code)) if !ok_status && (400..500).contains(&status) && status != 404 => {
            ReadErrorKind::Refused { code, message: message() }
        }
        (status, _) if !ok_status => ReadErrorKind::Http { status },
        (_, Some(code)) if code != SUCCESS => ReadErrorKind::Refused { code, message: message() },
        (_, code) => match envelope {
            Some(envelope) if code.is_some() => return Verdict::Success(envelope),
            Some(_) => unreadable("it has no code"),
            None => unreadable("it is not a JSON object"),
        },
    };
    Verdict::Failed(failed)
}

pub fn unreadable(what: impl Into<String>) -> ReadErrorKind {
    ReadErrorKind::Unreadable { what: what.into() }
}

/// Seconds, or an HTTP date.
fn retry_after_ms(value: &str, now: Timestamp) -> Option<i64> {
    if let Ok(seconds) = value.trim().parse::<u32>() {
        return Some(i64::from(seconds) * 1000);
    }
    let date = chrono::DateTime::parse_from_rfc2822(value.trim()).ok()?;
    Some(Timestamp(date.timestamp_millis()).since(now).max(0))
}

/// The rows of a listing as JSON text.
#[derive(Debug)]
pub struct Listing<'a> {
    pub rows: Vec<&'a RawValue>,
    pub total: Option<i64>,
    /// Of the part of the envelope that holds the rows (`data`): an envelope may carry a request id
    /// that differs every time.
    pub hash: u64,
}

/// Takes the rows out of a successful envelope. Where the pointer finds nothing, an array in its place
/// or the only array beside it is taken: the names of listings are ASSUMED.
pub fn listing<'a>(
    envelope: &Record<'a>,
    list: &str,
    total: &str,
) -> Result<Listing<'a>, ReadErrorKind> {
    let (root, inner) = split_root(list);
    let payload = envelope.at(root).ok_or_else(|| unreadable(root))?;
    // Read once: it is nearly the whole answer.
    let record = Record::parse(payload.get()).ok();
    let rows = rows(payload, record.as_ref(), inner).ok_or_else(|| unreadable(list))?;
    let total = match (split_root(total), &record) {
        ((of, inner), Some(record)) if of == root && !inner.is_empty() => record.at(inner),
        _ => envelope.at(total),
    };
    let total = total.and_then(record::scalar).and_then(|text| text.trim().parse().ok());
    Ok(Listing { rows, total, hash: xxh3_64(payload.get().as_bytes()) })
}

/// `/data/list` as `/data` and `/list`.
fn split_root(pointer: &str) -> (&str, &str) {
    let end = pointer.get(1..).and_then(|rest| rest.find('/')).map_or(pointer.len(), |at| at + 1);
    pointer.split_at(end)
}

fn rows<'a>(
    payload: &'a RawValue,
    record: Option<&Record<'a>>,
    pointer: &str,
) -> Option<Vec<&'a RawValue>> {
    let Some(record) = record else {
        return elements(payload);
    };
    if let Some(found) = record.at(pointer) {
        return elements(found);
    }
    let mut arrays = record.fields().filter(|(_, value)| value.get().starts_with('['));
    let (only, more) = (arrays.next()?, arrays.next());
    more.is_none().then(|| elements(only.1)).flatten()
}

/// Those of an array; null has none.
fn elements(json: &RawValue) -> Option<Vec<&RawValue>> {
    match json.get() {
        "null" => Some(Vec::new()),
        array => serde_json::from_str(array).ok(),
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn response(status: u16, body: &str) -> Response {
        Response {
            status,
            headers: vec![("Retry-After".to_owned(), "3".to_owned())],
            body: Bytes::copy_from_slice(body.as_bytes()),
        }
    }

    fn failure(status: u16, body: &str) -> ReadErrorKind {
        match judge(&response(status, body), Timestamp(0)) {
            Verdict::Failed(kind) => kind,
            _ => panic!("{body} is no failure"),
        }
    }

    #[test]
    fn a_failing_code_counts_whatever_the_http_status_says() {
        let refused = ReadErrorKind::Refused { code: 500, message: "busy".to_owned() };
        assert_eq!(failure(200, r#"{"code":500,"message":"busy"}"#), refused);
        assert_eq!(failure(200, r#"{"code":"500","message":"busy"}"#), refused);
        let forbidden = ReadErrorKind::Refused { code: 403, message: "no".to_owned() };
        assert_eq!(failure(403, r#"{"code":403,"message":"no"}"#), forbidden);
        assert_eq!(failure(502, "<html>"), ReadErrorKind::Http { status: 502 });
        assert_eq!(failure(404, r#"{"code":404}"#), ReadErrorKind::Http { status: 404 });
        assert_eq!(failure(302, ""), ReadErrorKind::Http { status: 302 });
    }

    #[test]
    fn what_is_no_envelope_is_unreadable() {
        for body in ["", "<html>", "[]", "{\"code\":", "\u{1}"] {
            assert_eq!(failure(200, body), unreadable("it is not a JSON object"), "{body}");
        }
        assert_eq!(failure(200, r#"{"data":{}}"#), unreadable("it has no code"));
    }

    #[test]
    fn retry_after_is_read_as_seconds_and_as_a_date() {
        let limited = ReadErrorKind::RateLimited { retry_after_ms: Some(3000) };
        assert_eq!(failure(429, ""), limited);
        assert_eq!(failure(200, r#"{"code":429}"#), limited);
        let now = Timestamp(1_744_699_260_000);
        assert_eq!(retry_after_ms("Tue, 15 Apr 2025 06:41:30 GMT", now), Some(30_000));
        assert_eq!(retry_after_ms("later", now), None);
    }

    #[test]
    fn rows_are_found_where_the_pointer_says_or_where_the_only_array_is() {
        for (body, count) in [
            (r#"{"data":{"total":2,"list":[{},{}]}}"#, Some(2)),
            (r#"{"data":{"total":"2","List":[{},{}]}}"#, Some(2)),
            (r#"{"data":[{},{}]}"#, Some(2)),
            (r#"{"data":{"total":2,"messages":[{},{}]}}"#, Some(2)),
            (r#"{"data":{"total":0,"list":null}}"#, Some(0)),
            (r#"{"data":null}"#, Some(0)),
            (r#"{"data":{"a":[],"b":[]}}"#, None),
            (r#"{"data":{"list":"x"}}"#, None),
            (r#"{"status":"OK"}"#, None),
        ] {
            let envelope = Record::parse(body).unwrap();
            let found = listing(&envelope, "/data/list", "/data/total").map(|l| l.rows.len());
            assert_eq!(found.ok(), count, "{body}");
        }
    }

    #[test]
    fn the_total_may_stand_beside_the_rows_or_elsewhere() {
        let body = r#"{"count":9,"data":{"total":"7","list":[]},"page":{"n":5}}"#;
        let envelope = Record::parse(body).unwrap();
        for (pointer, total) in
            [("/data/total", Some(7)), ("/count", Some(9)), ("/page/n", Some(5)), ("", None)]
        {
            let found = listing(&envelope, "/data/list", pointer).unwrap().total;
            assert_eq!(found, total, "{pointer}");
        }
    }

    #[test]
    fn the_hash_is_of_the_rows_and_not_of_the_envelope() {
        let hash = |body| {
            let envelope = Record::parse(body).unwrap();
            listing(&envelope, "/data/list", "/data/total").unwrap().hash
        };
        let one = hash(r#"{"request_id":"a","data":{"list":[1]}}"#);
        assert_eq!(one, hash(r#"{"request_id":"b","data":{"list":[1]}}"#));
        assert_ne!(one, hash(r#"{"request_id":"a","data":{"list":[2]}}"#));
    }
}
