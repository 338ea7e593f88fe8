//! What is wrong with a filter, for the person who writes it.

use serde::Serialize;
use ts_rs::TS;

use crate::domain::filter::{FilterError, Problem};

/// Where a filter cannot be read; counts are of characters (Unicode code points).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct FilterFault {
    pub at: u32,
    pub length: u32,
    pub problem: ProblemDto,
    pub word: String,
    /// What was probably meant in the place of `word`.
    pub suggestion: Option<String>,
    /// The fields or values that could stand there, where only some can.
    pub known: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProblemDto {
    UnknownField,
    UnknownValue,
    NoValue,
    NoShare,
    NoCount,
    NoDuration,
    NotOrdered,
    OpenQuote,
}

impl From<&FilterError> for FilterFault {
    fn from(error: &FilterError) -> Self {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self {
            at: count(error.at),
            length: count(error.length),
            problem: match error.problem {
                Problem::UnknownField => ProblemDto::UnknownField,
                Problem::UnknownValue => ProblemDto::UnknownValue,
                Problem::NoValue => ProblemDto::NoValue,
                Problem::NoShare => ProblemDto::NoShare,
                Problem::NoCount => ProblemDto::NoCount,
                Problem::NoDuration => ProblemDto::NoDuration,
                Problem::NotOrdered => ProblemDto::NotOrdered,
                Problem::OpenQuote => ProblemDto::OpenQuote,
            },
            word: error.word.clone(),
            suggestion: error.suggestion.clone(),
            known: error.known.iter().map(ToString::to_string).collect(),
        }
    }
}
