//! Watches the requests of one task: what a check of the connection wants to know beyond what a read
//! returns.

use std::cell::RefCell;

use super::transport::{Response, TransportError};
use crate::domain::time::Timestamp;

tokio::task_local! {
    static PROBE: Probe;
}

struct Probe {
    /// Reads on guessed GET paths are allowed, whatever the profile says.
    guesses: bool,
    seen: RefCell<Vec<Exchange>>,
}

/// One request and how it ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exchange {
    /// `None`: no whole answer came.
    pub http: Option<u16>,
    /// The vendor's clock, by the answer's Date header.
    pub date: Option<Timestamp>,
    pub ms: i64,
}

/// Runs `asking` and tells which requests it sent.
pub async fn probed<T>(guesses: bool, asking: impl Future<Output = T>) -> (T, Vec<Exchange>) {
    let probe = Probe { guesses, seen: RefCell::default() };
    let watched = async {
        let result = asking.await;
        (result, PROBE.with(|probe| probe.seen.take()))
    };
    PROBE.scope(probe, watched).await
}

/// Whether somebody waits for what the task asks.
pub fn is_on() -> bool {
    PROBE.try_with(|_| ()).is_ok()
}

/// Whether the task may ask guessed GETs.
pub fn may_guess() -> bool {
    PROBE.try_with(|probe| probe.guesses).unwrap_or(false)
}

/// To be told of every request; nobody listens most of the time.
pub fn note(answer: &Result<Response, TransportError>, ms: i64) {
    let response = answer.as_ref().ok();
    let date = response.and_then(|r| r.header("date")).and_then(http_date);
    let exchange = Exchange { http: response.map(|r| r.status), date, ms };
    // Outside a probe nobody wants to know.
    let _ = PROBE.try_with(|probe| probe.seen.borrow_mut().push(exchange));
}

fn http_date(text: &str) -> Option<Timestamp> {
    let date = chrono::DateTime::parse_from_rfc2822(text.trim()).ok()?;
    Some(Timestamp(date.timestamp_millis()))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    #[tokio::test]
    async fn only_the_requests_of_the_task_are_seen() {
        let answer = Ok(Response {
            status: 204,
            headers: vec![("Date".to_owned(), "Fri, 20 Nov 2026 02:00:00 GMT".to_owned())],
            body: Bytes::new(),
        });
        note(&answer, 1);
        assert!(!may_guess());
        let (guessing, seen) = probed(true, async {
            note(&answer, 7);
            may_guess()
        })
        .await;
        let date = Some(Timestamp(1_795_140_000_000));
        assert_eq!((guessing, seen), (true, vec![Exchange { http: Some(204), date, ms: 7 }]));
    }
}
