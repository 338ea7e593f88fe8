//! What goes back: a response, and how much of it arrives.

use serde_json::{Value, json};

use crate::vendor::transport::Response;

/// How the response travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Whole,
    /// The connection breaks after that many bytes of the body.
    Cut {
        after: usize,
    },
    /// The connection closes before a byte of the answer.
    Reset,
}

#[derive(Clone, Debug)]
pub struct Reply {
    pub response: Response,
    pub delivery: Delivery,
    /// The answer leaves that much later.
    pub delay_ms: u64,
}

/// A failing `code` with its words. 401 is DOCUMENTED; the others are ASSUMED, the vendor's table not
/// being public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub http: u16,
    pub code: i64,
    pub message: String,
}

impl Failure {
    /// Inside HTTP 200, as many of the vendor's failures are.
    pub(crate) fn inside(code: i64, message: impl Into<String>) -> Self {
        Self { http: 200, code, message: message.into() }
    }

    pub(crate) fn http(http: u16, message: impl Into<String>) -> Self {
        Self { http, code: i64::from(http), message: message.into() }
    }
}

/// Which envelope an answer wears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Family {
    Cloud,
    Chatbot,
    /// The predictive dialer (OBSERVED).
    Pds,
}

pub(crate) fn envelope(
    family: Family,
    answer: Result<&Value, &Failure>,
    request_id: &str,
) -> Value {
    match (family, answer) {
        (Family::Cloud, Ok(data)) => json!({ "code": 200, "status": "OK", "data": data }),
        (Family::Cloud, Err(failure)) => {
            json!({ "code": failure.code, "status": "FAILED", "message": failure.message })
        }
        (Family::Pds, Ok(data)) => {
            json!({ "code": 0, "message": "successfully", "body": data })
        }
        (Family::Pds, Err(failure)) => {
            json!({ "code": failure.code, "message": failure.message })
        }
        (Family::Chatbot, Ok(data)) => {
            json!({ "request_id": request_id, "code": 200, "message": "Success", "data": data })
        }
        (Family::Chatbot, Err(failure)) => {
            json!({ "request_id": request_id, "code": failure.code, "message": failure.message })
        }
    }
}

pub(crate) fn response(status: u16, now: i64, content_type: &str, body: Vec<u8>) -> Response {
    let date = chrono::DateTime::from_timestamp_millis(now)
        .map_or_else(String::new, |t| t.format("%a, %d %b %Y %H:%M:%S GMT").to_string());
    let headers =
        vec![("content-type".to_owned(), content_type.to_owned()), ("date".to_owned(), date)];
    Response { status, headers, body: body.into() }
}
