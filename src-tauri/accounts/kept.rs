//! What `accounts.toml` says of one account.

use serde::{Deserialize, Serialize};

pub use crate::domain::line::Line;
use crate::domain::{ids::AccountId, mask::Mask, time::Zone};

/// What becomes of an event whose signature does not match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignatureMode {
    /// It is merged, and the mismatch is counted.
    #[default]
    RecordOnly,
    /// It is quarantined.
    Enforce,
}

/// One account as it is kept. Zone, consent, signature and documentation address are the contract
/// profile's, which lies beside it as a file of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    pub id: AccountId,
    pub name: String,
    /// `#rrggbb`.
    pub colour: String,
    pub base_url: String,
    /// The last four characters of the APPKey.
    pub key_hint: String,
    pub lines: Vec<Line>,
    pub mask: Mask,
    pub read_only: bool,
    /// Requests a second.
    pub budget: f64,
    /// Where the people called live, as a person says it. It is no part of the contract profile: the
    /// vendor does not report it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callee_zone: Option<Zone>,
    /// The built-in simulator's; never part of the file.
    #[serde(skip)]
    pub demo: bool,
    pub webhooks: Webhooks,
}

/// How the account's events arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Webhooks {
    /// The receiver runs.
    pub receive: bool,
    /// An address of this computer: `127.0.0.1`, `0.0.0.0`.
    pub bind: String,
    /// 0 takes a free one at each start.
    pub port: u16,
    /// The path's own part, which keeps strangers out: 32 random letters and digits.
    pub segment: String,
    pub mode: SignatureMode,
    /// The signature's algorithm that events were compared by at the last start.
    pub compared_by: Option<String>,
    /// The algorithm's word, where bodies are encrypted.
    pub aes: Option<String>,
    /// The field of the body that holds the encrypted text.
    pub aes_field: Option<String>,
    /// A folder whose saved bodies are taken in.
    pub folder: Option<String>,
    /// A relay to pull from.
    pub relay_url: Option<String>,
}

impl Default for Webhooks {
    fn default() -> Self {
        Self {
            receive: false,
            bind: "127.0.0.1".to_owned(),
            port: 0,
            segment: String::new(),
            mode: SignatureMode::default(),
            compared_by: None,
            aes: None,
            aes_field: None,
            folder: None,
            relay_url: None,
        }
    }
}

impl Webhooks {
    /// With a new secret segment.
    pub fn new() -> Self {
        Self { segment: new_segment(), ..Self::default() }
    }

    /// Where the events of the account arrive.
    pub fn path(&self) -> String {
        format!("/hook/{}", self.segment)
    }
}

/// 128 random bits.
pub fn new_segment() -> String {
    let mut bits = [0_u8; 16];
    if let Err(error) = getrandom::fill(&mut bits) {
        // Without the system's randomness nothing may be guessable: an empty segment opens no path.
        tracing::error!(%error, "the system gave no random bits, so no webhook can be received");
        return String::new();
    }
    bits.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The part of a key that a person recognises it by; nothing of a short one.
pub fn hint(key: &str) -> String {
    let all: Vec<char> = key.trim().chars().collect();
    if all.len() < 12 { String::new() } else { all[all.len() - 4..].iter().collect() }
}
