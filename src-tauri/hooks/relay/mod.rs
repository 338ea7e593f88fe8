//! A relay: a receiver on a machine that the vendor can reach, from which desktops fetch what arrived.
//!
//! `GET /events?after=<cursor>&limit=<n>&wait=<seconds>` with `Authorization: Bearer <token>` answers
//! `{"events":[{"cursor","at","signature","body"}],"next":"<cursor>"}`: bodies in base64, byte for byte
//! as received, `at` in Unix milliseconds. A cursor names the relay's store, so that one of a store
//! that is gone starts from the beginning; what was pulled before is recognised by its bytes.

mod door;
mod pull;

use serde::{Deserialize, Serialize};

pub use self::{
    door::EventsDoor,
    pull::{PullError, Puller, RelayHealth, RelayState, pull},
};

#[derive(Debug, Serialize, Deserialize)]
struct EventsAnswer {
    events: Vec<EventLine>,
    next: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct EventLine {
    cursor: String,
    at: i64,
    signature: Option<String>,
    body: String,
}

/// The most that a desktop may ask to be kept waiting for.
const LONGEST_WAIT_S: u64 = 50;
/// Bodies of one answer: at least one, and no more than this many bytes of them.
const ANSWER_BYTES: usize = 8 << 20;
