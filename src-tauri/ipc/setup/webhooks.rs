//! How the account's events arrive, and what arrived.

use std::{collections::HashMap, net::SocketAddr};

use crate::domain::ids::AccountId;

/// What became of each account's ways in at this start.
#[derive(Default)]
pub struct Ways {
    /// Where the receivers listen, or why one does not.
    pub receivers: HashMap<AccountId, Result<SocketAddr, String>>,
}
