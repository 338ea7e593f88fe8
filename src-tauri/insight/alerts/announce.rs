//! Of which warnings the desktop is told now.

use crate::{
    domain::{
        alert::Announcing,
        time::{Timestamp, Zone},
    },
    store::StoredAlert,
};

/// Of those that hold, what was not told and is not put off, the worse first. While it is quiet nothing
/// is: what began then and holds still is told when that ends, all at once. `zone` is that of the clock on the
/// wall.
pub fn due(
    holding: Vec<StoredAlert>,
    how: &Announcing,
    now: Timestamp,
    zone: Zone,
) -> Vec<StoredAlert> {
    let muted = how.muted_until.is_some_and(|until| now < until);
    let quiet = how.quiet.is_some_and(|hours| hours.hold(zone.minute_of_day(now)));
    if !how.on || muted || quiet {
        return Vec::new();
    }
    let put_off = |one: &StoredAlert| one.snoozed_until.is_some_and(|until| now < until);
    let mut due = holding;
    due.retain(|one| one.announced_at.is_none() && !put_off(one));
    due.sort_by_key(|one| {
        (one.alert.key.rule.severity(), std::cmp::Reverse(one.alert.since), one.n)
    });
    due
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::{
        alert::{About, Alert, AlertKey, QuietHours, Rule},
        ids::AccountId,
    };

    const MINUTE: i64 = 60_000;
    const HOUR: i64 = 60 * MINUTE;

    fn alert(n: i64, rule: Rule) -> StoredAlert {
        let key = AlertKey { account: AccountId::new("a"), rule, about: About::Account };
        let since = Timestamp(n);
        StoredAlert {
            n,
            alert: Alert { key, since, evidence: BTreeMap::new(), call: None },
            begun_at: since,
            last_seen_at: since,
            ended_at: None,
            snoozed_until: None,
            announced_at: None,
            name: None,
        }
    }

    fn told(how: &Announcing, holding: &[StoredAlert], now: i64) -> Vec<i64> {
        let zone = Zone::parse("+08:00").unwrap();
        due(holding.to_vec(), how, Timestamp(now), zone).iter().map(|one| one.n).collect()
    }

    #[test]
    fn each_is_told_once_and_the_worse_first() {
        let all =
            [alert(1, Rule::NoNewCalls), alert(2, Rule::WorkflowFailed), alert(3, Rule::NoAgent)];
        let how = Announcing::default();
        assert_eq!(told(&how, &all, HOUR), [3, 2, 1]);
        let known =
            StoredAlert { announced_at: Some(Timestamp(5)), ..alert(2, Rule::WorkflowFailed) };
        assert_eq!(told(&how, &[known], HOUR), [] as [i64; 0]);
        let off = Announcing { on: false, ..how };
        assert_eq!(told(&off, &all, HOUR), [] as [i64; 0]);
    }

    #[test]
    fn what_is_put_off_is_told_when_that_ends() {
        let off = StoredAlert { snoozed_until: Some(Timestamp(HOUR)), ..alert(1, Rule::DataStale) };
        let how = Announcing::default();
        assert_eq!(told(&how, std::slice::from_ref(&off), HOUR - 1), [] as [i64; 0]);
        assert_eq!(told(&how, &[off], HOUR), [1]);
    }

    #[test]
    fn quiet_hours_are_those_of_the_wall_and_go_over_midnight() {
        // 22:00 to 07:30 at +08:00 is 14:00 to 23:30 in UTC.
        let quiet = Some(QuietHours { from: 22 * 60, to: 7 * 60 + 30 });
        let how = Announcing { quiet, ..Announcing::default() };
        let all = [alert(1, Rule::DataStale), alert(2, Rule::NoAgent)];
        for loud in [0, 14 * HOUR - 1, 23 * HOUR + 30 * MINUTE] {
            assert_eq!(told(&how, &all, loud), [2, 1], "{loud}");
        }
        for still in [14 * HOUR, 18 * HOUR, 23 * HOUR + 30 * MINUTE - 1] {
            assert_eq!(told(&how, &all, still), [] as [i64; 0], "{still}");
        }
    }

    #[test]
    fn quiet_within_a_day_and_never_and_muted() {
        let at = |from, to, minute| QuietHours { from, to }.hold(minute);
        assert!(at(60, 120, 60) && at(60, 120, 119) && !at(60, 120, 120) && !at(60, 120, 59));
        assert!(!at(60, 60, 60) && !at(60, 60, 0));
        let how = Announcing { muted_until: Some(Timestamp(HOUR)), ..Announcing::default() };
        assert_eq!(told(&how, &[alert(1, Rule::NoAgent)], HOUR - 1), [] as [i64; 0]);
        assert_eq!(told(&how, &[alert(1, Rule::NoAgent)], HOUR), [1]);
    }
}
