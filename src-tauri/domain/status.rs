//! Statuses are open: the vendor's lists of them are not public, so a word that we do not know is
//! kept as it was written, from the wire to the screen.

use serde::{Deserialize, Serialize};

/// What a written status means to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    Failed,
    Stopping,
    Running,
    Paused,
    Pending,
    Stopped,
    Finished,
    /// A word outside our list. Never treated as ended, and never a reason to refuse a stop.
    Unknown,
}

impl Phase {
    pub const ALL: [Self; 8] = [
        Self::Failed,
        Self::Stopping,
        Self::Running,
        Self::Paused,
        Self::Pending,
        Self::Stopped,
        Self::Finished,
        Self::Unknown,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Stopping => "stopping",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Pending => "pending",
            Self::Stopped => "stopped",
            Self::Finished => "finished",
            Self::Unknown => "unknown",
        }
    }

    /// Nothing more is expected to happen.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Failed | Self::Stopped | Self::Finished)
    }
}

/// A status as the vendor wrote it, with our reading of it (the reading is ASSUMED: the vendor's
/// words for workflows, nodes and tasks are not public).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Status {
    pub written: String,
    pub phase: Phase,
}

impl Status {
    pub fn read(written: impl Into<String>) -> Self {
        let written = written.into();
        let phase = phase_of(&written);
        Self { written, phase }
    }
}

/// Ignores case, spaces and separators, so that `In Progress`, `IN_PROGRESS` and `inProgress` agree.
fn phase_of(written: &str) -> Phase {
    let plain: String =
        written.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    match plain.as_str() {
        "pending" | "created" | "creating" | "notstarted" | "waiting" | "init" | "ready"
        | "scheduled" | "queued" => Phase::Pending,
        "running" | "inprogress" | "processing" | "executing" | "started" | "calling"
        | "ongoing" => Phase::Running,
        "paused" | "suspended" | "pause" => Phase::Paused,
        "stopping" | "cancelling" | "canceling" => Phase::Stopping,
        "stopped" | "stop" | "cancelled" | "canceled" | "terminated" | "aborted" => Phase::Stopped,
        "finished" | "finish" | "completed" | "complete" | "done" | "success" | "ended" => {
            Phase::Finished
        }
        "failed" | "failure" | "error" | "fail" => Phase::Failed,
        _ => Phase::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_does_not_matter() {
        for written in ["In Progress", "IN_PROGRESS", "inProgress", "in-progress"] {
            assert_eq!(Status::read(written).phase, Phase::Running, "{written}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_kept_as_written(text in ".*") {
            proptest::prop_assert_eq!(Status::read(text.clone()).written, text);
        }
    }
}
