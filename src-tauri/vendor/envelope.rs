//! What an answer says as a whole, before its rows are looked at. Pure.

use serde_json::value::RawValue;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    catalogue::Family,
    error::{ReadErrorKind, harmless},
    profile::{Contract, Terms},
    record::{self, Names, Record, name},
    transport::Response,
};
use crate::domain::time::Timestamp;

/// Codes of success: 200 of the Cloud and Chatbot families (DOCUMENTED), 0 of the predictive dialer
/// (OBSERVED).
fn is_success(terms: &Terms<'_>, code: &str) -> bool {
    match terms.success {
        Some(codes) => codes.iter().any(|success| success == code),
        None if terms.family == Family::Pds => code == "0",
        None => code == "200",
    }
}

/// Codes that ask for a new token: invalid and expired at the predictive dialer (OBSERVED).
fn is_unauthorized(terms: &Terms<'_>, code: i64) -> bool {
    code == 401 || (terms.family == Family::Pds && matches!(code, 10812 | 10813))
}

/// A code that is no number is shown with what it says; this stands where a number is wanted.
const NO_NUMBER: i64 = -1;

const MESSAGE: Names = &[name("message"), name("msg"), name("status")];

/// What came of a request as far as the envelope tells.
pub enum Verdict<'a> {
    /// The envelope says success.
    Success(Record<'a>),
    /// HTTP 401, or a code that says the same.
    Unauthorized {
        message: String,
    },
    Failed(ReadErrorKind),
}

pub fn judge<'a>(response: &'a Response, terms: &Terms<'_>, now: Timestamp) -> Verdict<'a> {
    let body = std::str::from_utf8(&response.body).ok();
    let envelope = body.and_then(|text| Record::parse(text).ok());
    let code = envelope.as_ref().and_then(|e| code(e, terms));
    let written = code.as_deref().unwrap_or_default();
    let number = written.parse::<i64>().ok();
    let said = || harmless(&envelope.as_ref().and_then(|e| message(e, terms)).unwrap_or_default());
    // A word in place of a number is part of what was said.
    let message = || match number {
        None if !written.is_empty() => harmless(&format!("{written} {}", said())),
        _ => said(),
    };
    let ok_status = (200..300).contains(&response.status);
    if ok_status && code.is_some() && is_success(terms, written) {
        return envelope.map_or_else(no_object, Verdict::Success);
    }
    let code = code.as_ref().map(|_| number.unwrap_or(NO_NUMBER));
    let failed = match (response.status, code) {
        (401, _) => return Verdict::Unauthorized { message: message() },
        (200..=299, Some(code)) if is_unauthorized(terms, code) => {
            return Verdict::Unauthorized { message: message() };
        }
        (429, _) | (200..=299, Some(429)) => ReadErrorKind::RateLimited {
            retry_after_ms: response.header("retry-after").and_then(|v| retry_after_ms(v, now)),
        },
        (status, Some(code)) if !ok_status && (400..500).contains(&status) && status != 404 => {
            ReadErrorKind::Refused { code, message: message() }
        }
        (status, _) if !ok_status => ReadErrorKind::Http { status },
        (_, Some(code)) => ReadErrorKind::Refused { code, message: message() },
        (_, None) => match envelope {
            Some(envelope) if terms.code.is_empty() => return Verdict::Success(envelope),
            Some(_) => unreadable("it has no code"),
            None => return no_object(),
        },
    };
    Verdict::Failed(failed)
}

fn no_object<'a>() -> Verdict<'a> {
    Verdict::Failed(unreadable("it is not a JSON object"))
}

/// The code as written; null and an empty text are none.
fn code(envelope: &Record<'_>, terms: &Terms<'_>) -> Option<String> {
    if terms.code.is_empty() {
        return None;
    }
    let code = record::scalar(envelope.at(terms.code)?)?;
    let code = code.trim();
    // 200.0 is 200.
    let whole = code.strip_suffix(".0").unwrap_or(code);
    (!whole.is_empty()).then(|| whole.to_owned())
}

fn message(envelope: &Record<'_>, terms: &Terms<'_>) -> Option<String> {
    match terms.message {
        Some(pointer) => record::scalar(envelope.at(pointer)?).map(|text| text.into_owned()),
        None => envelope.text(MESSAGE),
    }
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
    /// Null stood where the rows should be, and no total of 0 says that there are none.
    pub absent: bool,
    pub total: Option<i64>,
    /// What the next page is asked with, where the listing goes by cursors and goes on.
    pub next: Option<String>,
    /// Of the part of the envelope that holds the rows (`data`): an envelope may carry a request id
    /// that differs every time.
    pub hash: u64,
}

/// Takes the rows out of a successful envelope. Where the pointer finds nothing, an array in its place
/// or the only array beside it is taken: the names of listings are ASSUMED.
pub fn listing<'a>(
    envelope: &Record<'a>,
    contract: &Contract<'_>,
) -> Result<Listing<'a>, ReadErrorKind> {
    let (list, total) = (contract.list, contract.total);
    let (root, inner) = split_root(list);
    let payload = envelope.at(root).ok_or_else(|| unreadable(root))?;
    // Read once: it is nearly the whole answer.
    let record = Record::parse(payload.get()).ok();
    let found = rows(payload, record.as_ref(), inner).ok_or_else(|| unreadable(list))?;
    let rows: Option<Vec<&RawValue>> =
        serde_json::from_str(found.get()).map_err(|_| unreadable(list))?;
    let total = match (split_root(total), &record) {
        ((of, inner), Some(record)) if of == root && !inner.is_empty() => record.at(inner),
        _ => envelope.at(total),
    };
    let total = total.and_then(record::scalar).and_then(|text| text.trim().parse().ok());
    let absent = rows.is_none() && total != Some(0);
    let rows = rows.unwrap_or_default();
    let next = contract.cursor.and_then(|pointer| envelope.at(pointer)).and_then(record::scalar);
    let next = next.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    Ok(Listing { rows, absent, total, next, hash: xxh3_64(payload.get().as_bytes()) })
}

/// `/data/list` as `/data` and `/list`.
fn split_root(pointer: &str) -> (&str, &str) {
    let end = pointer.get(1..).and_then(|rest| rest.find('/')).map_or(pointer.len(), |at| at + 1);
    pointer.split_at(end)
}

/// What stands in the place of the rows, if anything does.
fn rows<'a>(
    payload: &'a RawValue,
    record: Option<&Record<'a>>,
    pointer: &str,
) -> Option<&'a RawValue> {
    let Some(record) = record else {
        return Some(payload);
    };
    if let Some(found) = record.at(pointer) {
        return Some(found);
    }
    let mut arrays = record.fields().filter(|(_, value)| value.get().starts_with('['));
    let (only, more) = (arrays.next()?, arrays.next());
    more.is_none().then_some(only.1)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;
    use crate::vendor::{Key, Profile};

    fn response(status: u16, body: &str) -> Response {
        Response {
            status,
            headers: vec![("Retry-After".to_owned(), "3".to_owned())],
            body: Bytes::copy_from_slice(body.as_bytes()),
        }
    }

    fn terms(key: Key) -> Terms<'static> {
        Terms { code: "/code", message: None, success: None, family: key.endpoint().family }
    }

    /// The rows of a list whose pointers are these.
    fn rows_of<'a>(
        envelope: &Record<'a>,
        list: &str,
        total: &str,
    ) -> Result<Listing<'a>, ReadErrorKind> {
        let built_in = Profile::built_in();
        let contract = built_in.contract(Key::WorkflowList);
        listing(envelope, &Contract { list, total, ..contract })
    }

    fn failure(status: u16, body: &str) -> ReadErrorKind {
        match judge(&response(status, body), &terms(Key::WorkflowList), Timestamp(0)) {
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

    fn success(body: &str, terms: &Terms<'_>) -> bool {
        matches!(judge(&response(200, body), terms, Timestamp(0)), Verdict::Success(_))
    }

    #[test]
    fn a_family_and_a_profile_have_their_own_words_for_yes() {
        let pds = terms(Key::PdsAuth);
        assert!(success(r#"{"code":0,"body":{}}"#, &pds));
        assert!(!success(r#"{"code":200,"body":{}}"#, &pds));
        let expired = response(200, r#"{"code":10813,"message":"expired"}"#);
        let verdict = judge(&expired, &pds, Timestamp(0));
        assert!(matches!(verdict, Verdict::Unauthorized { .. }));
        let codes = ["SUCCESS".to_owned(), "1".to_owned()];
        let own = Terms { code: "/head/rc", success: Some(&codes), ..terms(Key::WorkflowList) };
        assert!(success(r#"{"head":{"rc":"SUCCESS"}}"#, &own));
        assert!(success(r#"{"head":{"rc":1}}"#, &own));
        assert!(!success(r#"{"head":{"rc":"FAIL"},"code":200}"#, &own));
        let open = Terms { code: "", ..terms(Key::WorkflowList) };
        assert!(success(r#"{"data":[]}"#, &open));
    }

    #[test]
    fn a_code_in_words_is_told_with_what_was_said() {
        let codes = ["OK".to_owned()];
        let own = Terms {
            code: "/rc",
            message: Some("/head/text"),
            success: Some(&codes),
            ..terms(Key::WorkflowList)
        };
        let no = response(200, r#"{"rc":"NO_RIGHT","head":{"text":"ask your manager"}}"#);
        let Verdict::Failed(kind) = judge(&no, &own, Timestamp(0)) else { panic!() };
        let message = "NO_RIGHT ask your manager".to_owned();
        assert_eq!(kind, ReadErrorKind::Refused { code: NO_NUMBER, message });
    }

    #[test]
    fn the_next_cursor_is_read_where_the_profile_says() {
        for (body, next) in [
            (r#"{"data":{"list":[{}],"next":"abc"}}"#, Some("abc")),
            (r#"{"data":{"list":[{}],"next":17}}"#, Some("17")),
            (r#"{"data":{"list":[{}],"next":""}}"#, None),
            (r#"{"data":{"list":[{}],"next":null}}"#, None),
            (r#"{"data":{"list":[{}]}}"#, None),
        ] {
            let envelope = Record::parse(body).unwrap();
            let built_in = Profile::built_in();
            let contract = built_in.contract(Key::WorkflowList);
            let contract = Contract { cursor: Some("/data/next"), ..contract };
            assert_eq!(listing(&envelope, &contract).unwrap().next.as_deref(), next, "{body}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_body_is_a_verdict(body in ".{0,80}", status in 100_u16..600) {
            let _ = judge(&response(status, &body), &terms(Key::WorkflowList), Timestamp(0));
        }
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
            let found = rows_of(&envelope, "/data/list", "/data/total").map(|l| l.rows.len());
            assert_eq!(found.ok(), count, "{body}");
        }
    }

    #[test]
    fn null_is_an_empty_list_only_where_the_total_says_so() {
        for (body, absent) in [
            (r#"{"data":{"total":0,"list":null}}"#, false),
            (r#"{"data":{"list":[]}}"#, false),
            (r#"{"data":{"total":3,"list":[]}}"#, false),
            (r#"{"data":[]}"#, false),
            (r#"{"data":{"total":3,"list":null}}"#, true),
            (r#"{"data":{"total":null,"list":null}}"#, true),
            (r#"{"data":null}"#, true),
        ] {
            let envelope = Record::parse(body).unwrap();
            let found = rows_of(&envelope, "/data/list", "/data/total").unwrap();
            assert_eq!((found.absent, found.rows.len()), (absent, 0), "{body}");
        }
    }

    #[test]
    fn the_total_may_stand_beside_the_rows_or_elsewhere() {
        let body = r#"{"count":9,"data":{"total":"7","list":[]},"page":{"n":5}}"#;
        let envelope = Record::parse(body).unwrap();
        for (pointer, total) in
            [("/data/total", Some(7)), ("/count", Some(9)), ("/page/n", Some(5)), ("", None)]
        {
            let found = rows_of(&envelope, "/data/list", pointer).unwrap().total;
            assert_eq!(found, total, "{pointer}");
        }
    }

    #[test]
    fn the_hash_is_of_the_rows_and_not_of_the_envelope() {
        let hash = |body| {
            let envelope = Record::parse(body).unwrap();
            rows_of(&envelope, "/data/list", "/data/total").unwrap().hash
        };
        let one = hash(r#"{"request_id":"a","data":{"list":[1]}}"#);
        assert_eq!(one, hash(r#"{"request_id":"b","data":{"list":[1]}}"#));
        assert_ne!(one, hash(r#"{"request_id":"a","data":{"list":[2]}}"#));
    }
}
