//! How the vendor's records come to differ from those that came before.

use serde::{Deserialize, Serialize};

use super::time::Timestamp;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Differs {
    /// A field that no record had.
    New,
    /// A field that every record had.
    Lacks,
    /// A field whose values were of other types.
    OtherType,
}

/// One way in which the records of a source came to differ, told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeChange {
    /// The catalogue's key.
    pub source: String,
    /// A JSON pointer in which `*` stands for every element of a list.
    pub field: String,
    pub differs: Differs,
    /// Types as words joined by `, `; empty where the field was not there, or is not any more.
    pub was: String,
    pub now: String,
    pub at: Timestamp,
}
