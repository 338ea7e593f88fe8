//! Instants in UTC milliseconds and the zone of times that come without one.

use chrono::{DateTime, FixedOffset, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    pub fn from_secs(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    pub fn millis(self) -> i64 {
        self.0
    }

    pub fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to `self`; negative when `earlier` is the later one.
    pub fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    pub fn to_utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp_millis(self.0)
    }

    /// RFC 3339 with milliseconds in UTC, or the bare number where it lies outside the calendar.
    pub fn rfc3339(self) -> String {
        self.to_utc()
            .map_or_else(|| self.0.to_string(), |t| t.to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl Timestamp {
    /// RFC 3339 to the second in a zone, or the bare number where it lies outside the calendar.
    pub fn in_zone(self, zone: Zone) -> String {
        let at = self.to_utc().map(|at| at.with_timezone(&zone.0));
        at.map_or_else(|| self.0.to_string(), |at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
    }

    /// `2026-03-01 14:05:09` by the clocks of that zone, or the bare number where it lies outside the
    /// calendar.
    pub fn within(self, zone: Zone) -> String {
        self.to_utc().map_or_else(
            || self.0.to_string(),
            |t| t.with_timezone(&zone.0).format("%Y-%m-%d %H:%M:%S").to_string(),
        )
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(time: DateTime<Utc>) -> Self {
        Self(time.timestamp_millis())
    }
}

/// The zone of an account's times without an offset. Which one the vendor uses is not known
/// (ASSUMED), so it is a setting; `+08:00` is the default because the one observed request uses it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone(pub FixedOffset);

impl TryFrom<String> for Zone {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("a zone is an offset such as +08:00")
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.0.to_string()
    }
}

impl Zone {
    /// Reads `+08:00`, `-03:30` or `Z`.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "Z" {
            return FixedOffset::east_opt(0).map(Self);
        }
        text.parse::<FixedOffset>().ok().map(Self)
    }

    /// Minute of the day there.
    pub fn minute_of_day(self, at: Timestamp) -> i64 {
        let shift = i64::from(self.0.local_minus_utc()) * 1000;
        at.plus_ms(shift).millis().div_euclid(60_000).rem_euclid(24 * 60)
    }
}

impl Zone {
    /// East of UTC; UTC itself where no zone is that far.
    pub fn of_minutes(east: i32) -> Self {
        let offset = east.checked_mul(60).and_then(FixedOffset::east_opt);
        Self(offset.unwrap_or_else(|| chrono::Offset::fix(&Utc)))
    }
}

impl Default for Zone {
    fn default() -> Self {
        const EIGHT_HOURS: i32 = 8 * 3600;
        Self(FixedOffset::east_opt(EIGHT_HOURS).unwrap_or_else(|| chrono::Offset::fix(&Utc)))
    }
}
