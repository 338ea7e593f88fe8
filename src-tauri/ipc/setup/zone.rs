//! Whether an account's zone can be right, by the newest record. Pure.

use crate::domain::time::Timestamp;

/// What the newest record says of the zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZoneSaid {
    /// It lies just before now.
    Fits {
        minutes: i64,
    },
    /// It lies whole hours in the future, which no record does: the zone is that far off.
    Ahead {
        hours: i64,
    },
    /// It lies hours in the past: so it would with a wrong zone, and so it would without one.
    Old {
        hours: i64,
    },
    NoRecord,
}

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// Clocks differ, and a record is not read the moment it is made.
const SLACK: i64 = 10 * MINUTE;

pub fn judge(newest: Option<Timestamp>, now: Timestamp) -> ZoneSaid {
    let Some(newest) = newest else { return ZoneSaid::NoRecord };
    let age = now.since(newest);
    if age < -SLACK {
        // Rounded up: what is nearly two hours ahead began just now, two hours away.
        return ZoneSaid::Ahead { hours: (-age + HOUR - 1).div_euclid(HOUR).max(1) };
    }
    if age < HOUR - SLACK {
        return ZoneSaid::Fits { minutes: age.max(0) / MINUTE };
    }
    ZoneSaid::Old { hours: (age + HOUR / 2) / HOUR }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_of_whole_hours_is_named() {
        let now = Timestamp(1_000 * HOUR);
        let said = |ago: i64| judge(Some(now.plus_ms(-ago)), now);
        assert_eq!(said(3 * MINUTE), ZoneSaid::Fits { minutes: 3 });
        assert_eq!(said(-2 * MINUTE), ZoneSaid::Fits { minutes: 0 });
        assert_eq!(said(-8 * HOUR + 3 * MINUTE), ZoneSaid::Ahead { hours: 8 });
        assert_eq!(said(-HOUR), ZoneSaid::Ahead { hours: 1 });
        assert_eq!(said(8 * HOUR + 3 * MINUTE), ZoneSaid::Old { hours: 8 });
        assert_eq!(judge(None, now), ZoneSaid::NoRecord);
    }
}
