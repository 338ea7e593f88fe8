//! How we know a thing about the vendor. The one word for it everywhere: code, profile, screen, docs.

use serde::{Deserialize, Serialize};

/// Ordered from the weakest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Nobody told us: our default, to be corrected in the profile.
    Assumed,
    /// By analogy with something observed or documented.
    Inferred,
    /// Read in the code of a third party that calls the API.
    Observed,
    /// Read in the vendor's own documentation.
    Documented,
    /// The user confirmed it in the profile, naming on what evidence.
    Confirmed,
}

impl Evidence {
    pub fn word(self) -> &'static str {
        match self {
            Self::Assumed => "assumed",
            Self::Inferred => "inferred",
            Self::Observed => "observed",
            Self::Documented => "documented",
            Self::Confirmed => "confirmed",
        }
    }
}
