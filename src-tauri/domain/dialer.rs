//! The predictive dialer, which hands those who answer to human agents.

use super::{ids::TaskId, status::Status, time::Timestamp};

/// A task of the dialer; its calls are [`super::call::Call`]s.
#[derive(Clone, Debug, PartialEq)]
pub struct DialerTask {
    pub id: TaskId,
    pub name: Option<String>,
    /// The group of agents.
    pub group: Option<String>,
    pub status: Option<Status>,
    /// What created it, as written.
    pub source: Option<String>,
    pub started_at: Option<Timestamp>,
    pub as_of: Timestamp,
}
