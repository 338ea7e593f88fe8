//! The vendor's many spellings of a time.

use chrono::DateTime;

use crate::domain::time::{Timestamp, Zone};

/// A time and whether its zone was ours to assume.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadTime {
    pub at: Timestamp,
    pub zone_assumed: bool,
}

/// Above this a bare number counts milliseconds: as seconds it would lie after the year 5000.
const SECONDS_END: i64 = 100_000_000_000;

/// Reads Unix seconds or milliseconds (also in a string), RFC 3339 with `T` or a space, and
/// `YYYY-MM-DD HH:mm:ss` without an offset, which is read in `zone`. Empty, zero and anything else is
/// no time.
pub fn read(text: &str, zone: Zone) -> Option<ReadTime> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if let Ok(number) = text.parse::<i64>() {
        return from_number(number).map(|at| ReadTime { at, zone_assumed: false });
    }
    if has_offset(text) {
        let time = DateTime::parse_from_rfc3339(text).ok()?;
        return Some(ReadTime { at: Timestamp(time.timestamp_millis()), zone_assumed: false });
    }
    let as_utc = DateTime::parse_from_rfc3339(with_z(text, &mut [0; ROOM])?).ok()?;
    let offset_ms = i64::from(zone.0.local_minus_utc()) * 1000;
    let at = Timestamp(as_utc.timestamp_millis()).plus_ms(-offset_ms);
    Some(ReadTime { at, zone_assumed: true })
}

/// Behind `YYYY-MM-DD HH:mm:ss`.
fn has_offset(text: &str) -> bool {
    text.bytes().skip(19).any(|b| matches!(b, b'Z' | b'z' | b'+' | b'-'))
}

const ROOM: usize = 40;

/// Without a detour over the heap: rows carry three times each.
fn with_z<'a>(text: &str, room: &'a mut [u8; ROOM]) -> Option<&'a str> {
    let whole = room.get_mut(..=text.len())?;
    whole[..text.len()].copy_from_slice(text.as_bytes());
    whole[text.len()] = b'Z';
    std::str::from_utf8(whole).ok()
}

fn from_number(number: i64) -> Option<Timestamp> {
    match number {
        0 => None,
        n if n.abs() < SECONDS_END => Some(Timestamp::from_secs(n)),
        n => Some(Timestamp(n)),
    }
}

/// How a request writes an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeForm {
    /// `2025-04-15T06:41:00Z`.
    Rfc3339,
    /// `2025-04-15 14:41:00` in the account's zone.
    DateTime,
    /// `2025-04-15 14:41:00+08:00`.
    DateTimeOffset,
    /// `2025-04-15` in the account's zone.
    Date,
    /// Unix seconds.
    UnixS,
    /// Unix milliseconds.
    UnixMs,
}

impl TimeForm {
    pub const ALL: [Self; 6] = [
        Self::Rfc3339,
        Self::DateTime,
        Self::DateTimeOffset,
        Self::Date,
        Self::UnixS,
        Self::UnixMs,
    ];

    /// As the profile's file spells it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Rfc3339 => "rfc3339",
            Self::DateTime => "datetime",
            Self::DateTimeOffset => "datetime-offset",
            Self::Date => "date",
            Self::UnixS => "unix-s",
            Self::UnixMs => "unix-ms",
        }
    }

    pub fn write(self, time: Timestamp, zone: Zone) -> serde_json::Value {
        let local = |pattern: &str| {
            let there = time.to_utc().map(|t| t.with_timezone(&zone.0).format(pattern).to_string());
            there.unwrap_or_else(|| time.rfc3339()).into()
        };
        match self {
            Self::Rfc3339 => rfc3339_seconds(time).into(),
            Self::DateTime => local("%Y-%m-%d %H:%M:%S"),
            Self::DateTimeOffset => local("%Y-%m-%d %H:%M:%S%:z"),
            Self::Date => local("%Y-%m-%d"),
            Self::UnixS => time.millis().div_euclid(1000).into(),
            Self::UnixMs => time.millis().into(),
        }
    }
}

/// RFC 3339 in UTC with whole seconds, as the chatbot family writes its times.
pub fn rfc3339_seconds(time: Timestamp) -> String {
    time.to_utc()
        .map_or_else(|| time.rfc3339(), |t| t.to_rfc3339_opts(chrono::SecondsFormat::Secs, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Option<(i64, bool)> {
        read(text, Zone::default()).map(|t| (t.at.0, t.zone_assumed))
    }

    #[test]
    fn every_spelling_of_one_instant_agrees() {
        const INSTANT: i64 = 1_744_699_260_000;
        for text in [
            "2025-04-15T06:41:00Z",
            "2025-04-15 14:41:00+08:00",
            "2025-04-15T06:41:00.000Z",
            "1744699260",
            "1744699260000",
            " 1744699260 ",
        ] {
            assert_eq!(at(text), Some((INSTANT, false)), "{text}");
        }
        for text in ["2025-04-15 14:41:00", "2025-04-15T14:41:00", "2025-04-15 14:41:00.000"] {
            assert_eq!(at(text), Some((INSTANT, true)), "{text}");
        }
    }

    #[test]
    fn no_time_is_made_of_nothing() {
        for text in ["", " ", "0", "soon", "2025-04-15", "2025-13-45 00:00:00", "é2025-04-15 00:00"]
        {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn an_instant_is_written_as_the_vendor_wants_it() {
        let at = Timestamp(1_744_699_260_000);
        let words: Vec<String> = TimeForm::ALL
            .map(|form| form.write(at, Zone::default()).to_string().replace('"', ""))
            .into();
        let expected = [
            "2025-04-15T06:41:00Z",
            "2025-04-15 14:41:00",
            "2025-04-15 14:41:00+08:00",
            "2025-04-15",
            "1744699260",
            "1744699260000",
        ];
        assert_eq!(words, expected);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_time_or_none(text in ".{0,40}") {
            let _ = at(&text);
        }
    }
}
