//! Warnings: what can be wrong, how bad that is, and which limits a person can set.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ids::AccountId, time::Timestamp};

/// Built in and on from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Nothing was answered for too long.
    DataStale,
    /// The vendor refuses the key.
    SignInFailing,
    WorkflowFailed,
    /// A workflow runs, called before, and starts no call any more.
    NoNewCalls,
    /// Of the numbers dialled, far fewer are reached than in the window before.
    ReachedFalling,
    /// More conversations than before end by an error.
    SessionErrors,
    /// Webhooks came and do not come any more while calls go on.
    WebhookSilent,
    /// A conversation was handed to a human, and no human wrote.
    NoAgent,
    /// Calls start outside the allowed local hours.
    OutsideHours,
    /// A person was called more often on this day than the limit.
    ContactLimit,
    /// A person who had asked not to be called was called again.
    CalledAfterOptOut,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Critical,
    Warning,
}

/// A number of a rule that a person can set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    pub name: &'static str,
    pub default: i64,
    pub least: i64,
    pub most: i64,
}

const fn limit(name: &'static str, default: i64, least: i64, most: i64) -> Limit {
    Limit { name, default, least, most }
}

impl Rule {
    pub const ALL: [Self; 11] = [
        Self::SignInFailing,
        Self::DataStale,
        Self::WorkflowFailed,
        Self::NoNewCalls,
        Self::ReachedFalling,
        Self::SessionErrors,
        Self::NoAgent,
        Self::WebhookSilent,
        Self::OutsideHours,
        Self::ContactLimit,
        Self::CalledAfterOptOut,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::DataStale => "data_stale",
            Self::SignInFailing => "sign_in_failing",
            Self::WorkflowFailed => "workflow_failed",
            Self::NoNewCalls => "no_new_calls",
            Self::ReachedFalling => "reached_falling",
            Self::SessionErrors => "session_errors",
            Self::WebhookSilent => "webhook_silent",
            Self::NoAgent => "no_agent",
            Self::OutsideHours => "outside_hours",
            Self::ContactLimit => "contact_limit",
            Self::CalledAfterOptOut => "called_after_opt_out",
        }
    }

    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.word() == word)
    }

    pub fn severity(self) -> Severity {
        match self {
            Self::SignInFailing
            | Self::DataStale
            | Self::WorkflowFailed
            | Self::NoAgent
            | Self::OutsideHours
            | Self::CalledAfterOptOut => Severity::Critical,
            Self::NoNewCalls
            | Self::ReachedFalling
            | Self::SessionErrors
            | Self::WebhookSilent
            | Self::ContactLimit => Severity::Warning,
        }
    }

    /// Minutes and hours are whole ones; `drop`, `share` are per cent.
    pub fn limits(self) -> &'static [Limit] {
        match self {
            Self::DataStale => const { &[limit("minutes", 3, 1, 1440)] },
            Self::SignInFailing => const { &[limit("minutes", 1, 0, 1440)] },
            // For so long a failed workflow is worth a look.
            Self::WorkflowFailed => const { &[limit("hours", 8, 1, 168)] },
            Self::NoNewCalls => const { &[limit("minutes", 30, 2, 1440)] },
            Self::ReachedFalling => {
                const {
                    &[
                        limit("minutes", 30, 5, 720),
                        limit("numbers", 50, 10, 10_000),
                        limit("drop", 50, 10, 95),
                    ]
                }
            }
            Self::SessionErrors => {
                const {
                    &[
                        limit("minutes", 60, 5, 720),
                        limit("errors", 5, 1, 1000),
                        limit("share", 20, 1, 100),
                    ]
                }
            }
            Self::WebhookSilent => const { &[limit("minutes", 15, 5, 1440)] },
            Self::NoAgent => const { &[limit("minutes", 5, 1, 1440)] },
            Self::OutsideHours => {
                const { &[limit("from", 8, 0, 23), limit("to", 21, 1, 24), limit("calls", 3, 1, 1000)] }
            }
            Self::ContactLimit => const { &[limit("calls", 10, 1, 1000)] },
            // For so long it counts that somebody asked not to be called.
            Self::CalledAfterOptOut => const { &[limit("days", 30, 1, 365)] },
        }
    }
}

/// What a rule is set to. A limit that is not in it has its default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSettings {
    pub on: bool,
    #[serde(default)]
    pub limits: BTreeMap<String, i64>,
}

impl Default for RuleSettings {
    fn default() -> Self {
        Self { on: true, limits: BTreeMap::new() }
    }
}

/// What a person set; all that is not set is as it is by itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertSettings {
    #[serde(default)]
    pub rules: BTreeMap<Rule, RuleSettings>,
    /// Minute of the day by this machine's clock: *until the end of the shift*.
    #[serde(default = "evening")]
    pub shift_ends: i64,
    #[serde(default)]
    pub announcing: Announcing,
}

/// When the desktop is told of a warning that begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Announcing {
    pub on: bool,
    #[serde(default)]
    pub quiet: Option<QuietHours>,
    /// Quiet until then, whatever the hour.
    #[serde(default)]
    pub muted_until: Option<Timestamp>,
}

impl Default for Announcing {
    fn default() -> Self {
        Self { on: true, quiet: None, muted_until: None }
    }
}

/// Minutes of the day by this machine's clock; over midnight where `from` is the later one. From a minute
/// to itself is never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    pub from: i64,
    pub to: i64,
}

impl QuietHours {
    pub fn hold(self, minute: i64) -> bool {
        match self.from <= self.to {
            true => (self.from..self.to).contains(&minute),
            false => minute >= self.from || minute < self.to,
        }
    }
}

fn evening() -> i64 {
    18 * 60
}

impl Default for AlertSettings {
    fn default() -> Self {
        Self { rules: BTreeMap::new(), shift_ends: evening(), announcing: Announcing::default() }
    }
}

impl AlertSettings {
    pub fn on(&self, rule: Rule) -> bool {
        self.rules.get(&rule).is_none_or(|set| set.on)
    }

    /// As set, within what makes sense; 0 for a name that the rule does not have.
    pub fn limit(&self, rule: Rule, name: &str) -> i64 {
        let Some(limit) = rule.limits().iter().find(|limit| limit.name == name) else { return 0 };
        let set = self.rules.get(&rule).and_then(|set| set.limits.get(name)).copied();
        set.unwrap_or(limit.default).clamp(limit.least, limit.most)
    }
}

/// What a warning is about: the row that it leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum About {
    Account,
    Workflow(String),
    Session(String),
}

impl About {
    pub fn word(&self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Workflow(_) => "workflow",
            Self::Session(_) => "session",
        }
    }

    pub fn id(&self) -> &str {
        match self {
            Self::Account => "",
            Self::Workflow(id) | Self::Session(id) => id,
        }
    }

    pub fn of(word: &str, id: String) -> Option<Self> {
        match word {
            "account" => Some(Self::Account),
            "workflow" => Some(Self::Workflow(id)),
            "session" => Some(Self::Session(id)),
            _ => None,
        }
    }
}

/// What makes a warning the same one, over restarts too. Nothing in it moves with the time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AlertKey {
    pub account: AccountId,
    pub rule: Rule,
    pub about: About,
}

/// A warning that holds now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    pub key: AlertKey,
    /// When what it warns of began, as far as that is known.
    pub since: Timestamp,
    /// Numbers by name; `…_at` is an instant in milliseconds. Ages are left to whoever shows them, so
    /// that nothing here differs while nothing happens.
    pub evidence: BTreeMap<String, i64>,
    /// A call that shows it best.
    pub call: Option<String>,
}
