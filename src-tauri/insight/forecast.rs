//! Pace and finish forecast of a workflow, from what its figures were.

use super::figures::Ratio;
use crate::{domain::time::Timestamp, store::TrendPoint};

const MINUTE_MS: i64 = 60_000;
/// The pace is taken over each of these, as far as the figures go back.
const SPANS_MS: [i64; 3] = [10 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS];
/// Two readings closer together than this say nothing about a pace.
const SHORTEST_MS: i64 = 2 * MINUTE_MS;
/// Beyond this a pace does not say when: the campaign's hours and redial waits decide.
const FARTHEST_MS: i64 = 7 * 86_400_000;

/// When the list will be through if it goes on as it did in some of the spans looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// List entries finished ÷ milliseconds, over the shortest span that the figures cover.
    pub pace: Ratio,
    /// From the fastest and the slowest of the spans; `None` where nothing moved, where the end would
    /// lie more than a week ahead, or where nothing is left.
    pub ends: Option<(Timestamp, Timestamp)>,
}

/// `points` oldest first; `until`: up to when they are known to hold. `None` where the vendor did not
/// count, or the figures do not go back two minutes.
pub fn forecast(points: &[TrendPoint], until: Timestamp) -> Option<Forecast> {
    let last = points.last()?;
    let (finished, total) = (last.finished?, last.total?);
    let paces: Vec<Ratio> =
        SPANS_MS.iter().filter_map(|span| pace(points, finished, until, *span)).collect();
    let left = (total - finished).max(0);
    let end = |pace: &Ratio| {
        let ms = i64::try_from(i128::from(left) * i128::from(pace.den) / i128::from(pace.num));
        ms.ok().filter(|ms| *ms <= FARTHEST_MS).map(|ms| until.plus_ms(ms))
    };
    let moved = paces.iter().all(|pace| pace.num > 0);
    let ends: Option<Vec<Timestamp>> =
        (moved && left > 0).then(|| paces.iter().map(end).collect()).flatten();
    let ends = ends.and_then(|ends| Some((*ends.iter().min()?, *ends.iter().max()?)));
    Some(Forecast { pace: *paces.first()?, ends })
}

/// What was finished since the newest point that is at least so old, or since the oldest there is.
fn pace(points: &[TrendPoint], finished: i64, until: Timestamp, span: i64) -> Option<Ratio> {
    let counted = || points.iter().filter(|point| point.finished.is_some());
    let old = |point: &&TrendPoint| until.since(point.at) >= span;
    let from = counted().rfind(old).or_else(|| counted().next())?;
    // A figure holds until the next one, so an old point stands for the beginning of the span.
    let ms = until.since(from.at).min(span);
    (ms >= SHORTEST_MS).then_some(Ratio { num: (finished - from.finished?).max(0), den: ms })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Tally;

    fn points(of: &[(i64, i64)]) -> Vec<TrendPoint> {
        let point = |&(minute, finished): &(i64, i64)| TrendPoint {
            at: Timestamp(minute * MINUTE_MS),
            total: Some(1_000),
            finished: Some(finished),
            tally: Tally::default(),
            sessions: 0,
        };
        of.iter().map(point).collect()
    }

    fn at(minute: i64) -> Timestamp {
        Timestamp(minute * MINUTE_MS)
    }

    #[test]
    fn a_steady_pace_ends_when_it_must() {
        let steady: Vec<_> = (0..=130).map(|minute| (minute, minute * 5)).collect();
        let told = forecast(&points(&steady), at(130)).unwrap();
        assert_eq!(told.pace, Ratio { num: 50, den: 10 * MINUTE_MS });
        assert_eq!(told.ends, Some((at(200), at(200))));
    }

    #[test]
    fn a_changing_pace_ends_in_a_range() {
        let mut rising: Vec<_> = (0..=120).map(|minute| (minute, minute)).collect();
        rising.extend((121..=130).map(|minute| (minute, 120 + (minute - 120) * 10)));
        let (first, last) = forecast(&points(&rising), at(130)).unwrap().ends.unwrap();
        assert!(first < last, "{first:?} {last:?}");
        assert_eq!(first, at(130 + 78), "10 a minute, 780 left");
    }

    #[test]
    fn what_stands_still_or_is_through_has_no_end_ahead() {
        let still = points(&[(0, 100), (60, 100)]);
        let told = forecast(&still, at(60)).unwrap();
        assert_eq!((told.pace.num, told.ends), (0, None));
        let through = points(&[(0, 100), (30, 1_000)]);
        assert_eq!(forecast(&through, at(31)).unwrap().ends, None);
        let slow = points(&[(0, 100), (119, 101)]);
        assert_eq!(forecast(&slow, at(120)).unwrap().ends, None, "more than a week ahead");
    }

    #[test]
    fn one_reading_is_no_pace() {
        assert_eq!(forecast(&points(&[(0, 5)]), at(1)), None);
        assert_eq!(forecast(&[], at(1)), None);
        let mut unreported = points(&[(0, 5), (10, 6)]);
        unreported[1].finished = None;
        assert_eq!(forecast(&unreported, at(11)), None);
    }
}
