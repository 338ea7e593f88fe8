//! Whether the account's zone can be right, by the newest record. Pure.

use serde_json::Value;

use super::{Grade, Next, Row};
use crate::{
    domain::time::{Timestamp, Zone},
    vendor::time,
};

const HOUR_MS: i64 = 3_600_000;
/// How near to whole hours a gap must be to be taken for a zone's.
const NEAR_MS: i64 = 180_000;
/// The zones of the earth differ by no more.
const MOST_HOURS: i64 = 26;

/// The newest time without an offset that says when something began; what ends may be planned.
pub fn newest<'a>(rows: impl Iterator<Item = &'a str>, zone: Zone) -> Option<Timestamp> {
    let mut newest = None;
    for row in rows {
        let Ok(Value::Object(fields)) = serde_json::from_str::<Value>(row) else { continue };
        for (name, value) in &fields {
            let began = !name.to_ascii_lowercase().contains("end");
            let Some(text) = value.as_str().filter(|_| began) else { continue };
            let read = time::read(text, zone).filter(|time| time.zone_assumed);
            newest = newest.max(read.map(|time| time.at));
        }
    }
    newest
}

/// `now` is the vendor's, where its clock is known.
pub fn row(newest: Option<Timestamp>, zone: Zone, now: Timestamp) -> Row {
    let Some(newest) = newest else {
        return Row::new("zone", Grade::Good, Next::Nothing)
            .saying("no time came without an offset, so the zone was not needed");
    };
    let gap = newest.since(now);
    let hours = (gap.abs() + HOUR_MS / 2) / HOUR_MS;
    let near_hours = (gap.abs() - hours * HOUR_MS).abs() <= NEAR_MS;
    let stands = zone.0;
    if gap > NEAR_MS {
        let what = if near_hours && (1..=MOST_HOURS).contains(&hours) {
            format!("{hours} hours in the future")
        } else {
            "in the future".to_owned()
        };
        return Row::new("zone", Grade::Trouble, Next::Zone).saying(format!(
            "read in the zone {stands}, the newest record lies {what}: another zone is meant"
        ));
    }
    if near_hours && (1..=MOST_HOURS).contains(&hours) {
        return Row::new("zone", Grade::Look, Next::Zone).saying(format!(
            "read in the zone {stands}, the newest record is {hours} whole hours old: if it is of just \
             now, another zone is meant"
        ));
    }
    Row::new("zone", Grade::Good, Next::Nothing)
        .saying(format!("times without an offset are read in the zone {stands}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_140_000_000);

    #[test]
    fn a_gap_of_whole_hours_is_named() {
        let zone = Zone::default();
        let at = |ms| row(Some(NOW.plus_ms(ms)), zone, NOW);
        assert_eq!(at(-20_000).grade, Grade::Good);
        assert_eq!(at(-40 * 60_000).grade, Grade::Good);
        let ahead = at(8 * HOUR_MS - 60_000);
        assert_eq!((ahead.grade, ahead.next), (Grade::Trouble, Next::Zone));
        assert!(ahead.detail.unwrap().contains("8 hours in the future"));
        let behind = at(-HOUR_MS - 30_000);
        assert_eq!((behind.grade, behind.next), (Grade::Look, Next::Zone));
        assert_eq!(row(None, zone, NOW).grade, Grade::Good);
    }

    #[test]
    fn only_beginnings_without_an_offset_count() {
        let rows = [
            r#"{"create_time":"2026-11-20 10:00:00","end_time":"2027-01-01 00:00:00"}"#,
            r#"{"start_time":"2026-11-20T11:00:00Z","n":5,"callee":"+62811"}"#,
        ];
        assert_eq!(newest(rows.into_iter(), Zone::default()), Some(NOW));
    }
}
