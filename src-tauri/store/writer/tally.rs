//! What a workflow's calls add up to: pure. What a call adds is taken away again before its corrected
//! form is added, so a repeated or corrected call counts once.

use std::collections::HashMap;

use crate::domain::{call::Call, ids::Callee, time::Timestamp};

/// A connected call under this is a short one (product definition).
const SHORT_MS: i64 = 10_000;

/// A longer talk is not one: 30 years, and a million of them still fit the sum.
const LONGEST_TALK_MS: i64 = 1_000_000_000_000;

/// Kinds of `tally_shares`.
const INTENTION: i64 = 0;
const HANGUP: i64 = 1;

/// What counts of a call.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Facts {
    pub workflow: i64,
    pub callee: Option<String>,
    connected: Option<bool>,
    talk_ms: Option<i64>,
    hangup: Option<String>,
    intention: Option<String>,
    /// Which of a number's calls is the latest: by start (none is the earliest), then by row.
    order: (i64, i64),
}

impl Facts {
    /// `None` for a call of no workflow.
    pub fn of(n: i64, workflow: Option<i64>, call: &Call) -> Option<Self> {
        Some(Self {
            workflow: workflow?,
            callee: call.callee.as_ref().map(Callee::full).map(str::to_owned),
            connected: call.connected,
            talk_ms: call.talk_ms.map(|ms| ms.clamp(0, LONGEST_TALK_MS)),
            hangup: call.hangup.clone(),
            intention: call.intention.clone(),
            order: (call.called_at.map_or(i64::MIN, Timestamp::millis), n),
        })
    }

    fn connected(&self) -> bool {
        self.connected == Some(true)
    }
}

/// How one call changed.
pub(super) struct Moved {
    pub before: Option<Facts>,
    pub after: Option<Facts>,
}

/// One number in a workflow.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Number {
    pub attempts: i64,
    pub connected: i64,
    /// The latest connected call and its intention.
    pub last: Option<(i64, i64)>,
    pub intention: Option<String>,
    /// The latest connected call was taken away: the others are not later than this, and which of
    /// them is the latest must be read.
    pub lost: Option<(i64, i64)>,
}

impl Number {
    pub fn take(&mut self, call: &Facts) {
        self.attempts -= 1;
        if !call.connected() {
            return;
        }
        self.connected -= 1;
        if self.last == Some(call.order) {
            self.lost = self.last.take();
            self.intention = None;
        }
    }

    pub fn add(&mut self, call: &Facts) {
        self.attempts += 1;
        if !call.connected() {
            return;
        }
        self.connected += 1;
        if self.lost.or(self.last).is_none_or(|latest| call.order >= latest) {
            self.last = Some(call.order);
            self.intention.clone_from(&call.intention);
            self.lost = None;
        }
    }

    /// Only a number that was reached has an intention that counts.
    fn share(&self) -> Option<&str> {
        self.intention.as_deref().filter(|_| self.connected > 0)
    }
}

/// What a batch adds to a workflow's figures.
#[derive(Default)]
pub(super) struct Delta {
    pub calls: i64,
    pub connected: i64,
    pub short: i64,
    pub talk_ms: i64,
    pub dialled: i64,
    pub reached: i64,
    pub connected_reported: i64,
    pub talk_reported: i64,
    pub shares: HashMap<(i64, String), i64>,
}

impl Delta {
    pub fn call(&mut self, call: &Facts, sign: i64) {
        self.calls += sign;
        self.connected_reported += sign * i64::from(call.connected.is_some());
        self.talk_reported += sign * i64::from(call.talk_ms.is_some());
        self.talk_ms += sign * call.talk_ms.unwrap_or(0);
        if call.connected() {
            self.connected += sign;
            self.short += sign * i64::from(call.talk_ms.is_some_and(|ms| ms < SHORT_MS));
        }
        if let Some(code) = &call.hangup {
            self.share(HANGUP, code, sign);
        }
    }

    pub fn number(&mut self, before: &Number, after: &Number) {
        self.dialled += i64::from(after.attempts > 0) - i64::from(before.attempts > 0);
        self.reached += i64::from(after.connected > 0) - i64::from(before.connected > 0);
        if before.share() != after.share() {
            if let Some(label) = before.share() {
                self.share(INTENTION, label, -1);
            }
            if let Some(label) = after.share() {
                self.share(INTENTION, label, 1);
            }
        }
    }

    fn share(&mut self, kind: i64, label: &str, by: i64) {
        *self.shares.entry((kind, label.to_owned())).or_default() += by;
    }
}
