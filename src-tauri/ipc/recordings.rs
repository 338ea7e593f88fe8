//! The recordings that lie on this computer: how many, within which limits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Desk, alerts::LimitView, errors::bad_request, frames::UiError};
use crate::media::Limits;

const GIGABYTE: u64 = 1 << 30;
const GIGABYTES: (i64, i64) = (1, 500);
const DAYS: (i64, i64) = (1, 365);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RecordingsView {
    pub recordings: i64,
    pub bytes: i64,
    /// Of 2^30 bytes.
    pub gigabytes: LimitView,
    /// From the download on.
    pub days: LimitView,
}

/// What a person set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecordingsDraft {
    pub gigabytes: i64,
    pub days: i64,
}

impl Desk {
    pub fn recordings(&self) -> RecordingsView {
        let (kept, usual) = (self.shared.cache.kept(), Limits::default());
        RecordingsView {
            recordings: whole(kept.recordings as u64),
            bytes: whole(kept.bytes),
            gigabytes: limit("gigabytes", gigabytes(kept.limits), gigabytes(usual), GIGABYTES),
            days: limit("days", kept.limits.days.into(), usual.days.into(), DAYS),
        }
    }

    /// Answers how many recordings went for it. A number outside of what makes sense is refused.
    pub async fn limit_recordings(&self, draft: RecordingsDraft) -> Result<i64, UiError> {
        let gone = self.shared.cache.limit(limits(&draft)?).await?;
        Ok(whole(gone as u64))
    }

    /// Removes all that are kept; answers how many there were.
    pub async fn remove_recordings(&self) -> Result<i64, UiError> {
        Ok(whole(self.shared.cache.clear().await? as u64))
    }
}

fn limits(draft: &RecordingsDraft) -> Result<Limits, UiError> {
    let within = |value: i64, (least, most): (i64, i64), what: &str| {
        let refused = || bad_request(&format!("{what} must be from {least} to {most}"));
        u32::try_from(value).ok().filter(|_| (least..=most).contains(&value)).ok_or_else(refused)
    };
    let gigabytes = within(draft.gigabytes, GIGABYTES, "gigabytes")?;
    Ok(Limits { bytes: u64::from(gigabytes) * GIGABYTE, days: within(draft.days, DAYS, "days")? })
}

fn limit(name: &str, value: i64, default: i64, (least, most): (i64, i64)) -> LimitView {
    LimitView { name: name.to_owned(), value, default, least, most }
}

fn gigabytes(limits: Limits) -> i64 {
    whole(limits.bytes.div_ceil(GIGABYTE))
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_that_makes_no_sense_is_refused() {
        let draft = |gigabytes, days| limits(&RecordingsDraft { gigabytes, days });
        assert_eq!(draft(2, 30).unwrap(), Limits::default());
        for (gigabytes, days) in [(0, 30), (501, 30), (2, 0), (2, 366), (i64::MAX, 1), (1, -1)] {
            assert!(draft(gigabytes, days).is_err(), "{gigabytes} {days}");
        }
    }
}
