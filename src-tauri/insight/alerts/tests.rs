//! Each rule just below and just above its limit.

use std::collections::BTreeSet;

use super::*;
use crate::{
    domain::{
        alert::RuleSettings,
        chat::{Content, Message},
        ids::{CallId, Callee, WorkflowId},
    },
    store::{StoredAlert, Windows},
};

/// 2026-11-20 at noon in the account's zone.
const NOON: Timestamp = Timestamp(1_795_147_200_000);

fn account() -> AccountId {
    AccountId::from("acme")
}

fn zone() -> Zone {
    Zone::parse("+08:00").unwrap()
}

fn ago(minutes: i64) -> Timestamp {
    NOON.plus_ms(-minutes * MINUTE_MS)
}

fn facts() -> AccountFacts {
    AccountFacts {
        account: account(),
        zone: zone(),
        reading: Reading::Live,
        since: ago(600),
        answered_at: Some(NOON),
        caught_up: true,
        calls_read_at: Some(NOON),
        webhooks: Vec::new(),
        odd_calls: None,
        contacted: Vec::new(),
        called_again: None,
    }
}

fn world(own: AccountFacts) -> Facts {
    Facts { accounts: vec![own], awake_since: ago(600), ..Facts::default() }
}

fn running(last_call_at: Option<Timestamp>) -> RunningWorkflow {
    RunningWorkflow {
        account: account(),
        id: WorkflowId::from("w"),
        total: Some(100),
        finished: Some(40),
        calls: 60,
        connected_reported: true,
        last_call_at,
    }
}

fn judged(facts: &Facts) -> Judged {
    judge(facts, &AlertSettings::default(), &BTreeSet::new(), NOON)
}

fn holds(facts: &Facts, rule: Rule) -> bool {
    judged(facts).holding.iter().any(|alert| alert.key.rule == rule)
}

fn evidence(facts: &Facts, rule: Rule, name: &str) -> Option<i64> {
    let found = judged(facts).holding.into_iter().find(|alert| alert.key.rule == rule)?;
    found.evidence.get(name).copied()
}

#[test]
fn nothing_wrong_is_nothing_said() {
    let mut quiet = world(facts());
    quiet.running.push(running(Some(ago(1))));
    assert_eq!(judged(&quiet).holding, []);
}

#[test]
fn data_is_stale_after_three_minutes_awake() {
    let own = |minutes| AccountFacts { answered_at: Some(ago(minutes)), ..facts() };
    assert!(!holds(&world(own(3)), Rule::DataStale));
    assert!(holds(&world(own(4)), Rule::DataStale));
    // The lid was shut all night and is open for two minutes.
    let slept = Facts { awake_since: ago(2), ..world(own(500)) };
    assert!(!holds(&slept, Rule::DataStale));
    assert!(judged(&slept).untold.contains(&(Rule::DataStale, account())));
    let never = AccountFacts { answered_at: None, reading: Reading::Starting, ..facts() };
    assert!(holds(&world(never), Rule::DataStale));
    let not_asked = world(AccountFacts { reading: Reading::NotAsked, ..own(500) });
    assert!(!holds(&not_asked, Rule::DataStale));
    assert!(judged(&not_asked).unreported.contains(&(Rule::DataStale, account())));
}

#[test]
fn a_refused_key_is_told_once_and_not_as_stale_data_too() {
    let own = |minutes| AccountFacts {
        reading: Reading::SignInFailed,
        since: ago(minutes),
        answered_at: Some(ago(500)),
        ..facts()
    };
    assert!(!holds(&world(own(0)), Rule::SignInFailing));
    let refused = world(own(1));
    assert!(holds(&refused, Rule::SignInFailing));
    assert!(!holds(&refused, Rule::DataStale));
    let gone = world(AccountFacts { reading: Reading::Failing, ..own(1) });
    assert!(judged(&gone).untold.contains(&(Rule::SignInFailing, account())));
}

#[test]
fn a_workflow_that_failed_within_the_shift() {
    let failed = |minutes| Facts {
        failed: vec![FailedWorkflow {
            account: account(),
            id: WorkflowId::from("w"),
            at: ago(minutes),
        }],
        ..world(facts())
    };
    assert!(holds(&failed(480), Rule::WorkflowFailed));
    assert!(!holds(&failed(481), Rule::WorkflowFailed));
}

#[test]
fn a_workflow_that_calls_no_more() {
    let with = |workflow| Facts { running: vec![workflow], ..world(facts()) };
    assert!(!holds(&with(running(Some(ago(30)))), Rule::NoNewCalls));
    let silent = with(running(Some(ago(31))));
    assert!(holds(&silent, Rule::NoNewCalls));
    assert_eq!(evidence(&silent, Rule::NoNewCalls, "left"), Some(60));
    let through = RunningWorkflow { finished: Some(100), ..running(Some(ago(31))) };
    assert!(!holds(&with(through), Rule::NoNewCalls), "nobody is left to call");
    let never = with(running(None));
    assert!(!holds(&never, Rule::NoNewCalls));
    assert!(judged(&never).unreported.contains(&(Rule::NoNewCalls, account())));
}

#[test]
fn calls_that_were_not_read_are_not_missing() {
    let silent = Facts { running: vec![running(Some(ago(31)))], ..world(facts()) };
    let mut late = silent.clone();
    late.accounts[0].calls_read_at = Some(ago(1));
    assert!(!holds(&late, Rule::NoNewCalls), "30 minutes at the time of reading");
    for own in [
        AccountFacts { caught_up: false, ..facts() },
        AccountFacts { reading: Reading::Failing, ..facts() },
    ] {
        let unread = Facts { accounts: vec![own], ..silent.clone() };
        assert!(!holds(&unread, Rule::NoNewCalls));
        assert!(judged(&unread).untold.contains(&(Rule::NoNewCalls, account())));
    }
}

#[test]
fn nobody_is_dialled_at_night_and_the_morning_begins_anew() {
    let silent = Facts { running: vec![running(Some(ago(600)))], ..world(facts()) };
    let at = |minutes: i64| {
        let now = ago(12 * 60).plus_ms(minutes * MINUTE_MS);
        let mut facts = silent.clone();
        facts.accounts[0].calls_read_at = Some(now);
        let found = judge(&facts, &AlertSettings::default(), &BTreeSet::new(), now);
        found.holding.iter().any(|alert| alert.key.rule == Rule::NoNewCalls)
    };
    assert!(!at(7 * 60), "before the hours");
    assert!(!at(8 * 60 + 30));
    assert!(at(8 * 60 + 31));
    assert!(!at(21 * 60));
}

fn reached(before: (i64, i64), now: (i64, i64)) -> Facts {
    let windows = RoundWindows {
        account: account(),
        workflow: WorkflowId::from("w"),
        round: 1,
        reached: Windows { before, now },
    };
    Facts { reached: vec![windows], ..world(facts()) }
}

#[test]
fn a_reached_rate_that_falls_by_half_and_not_by_chance() {
    assert!(holds(&reached((100, 200), (50, 200)), Rule::ReachedFalling));
    assert!(!holds(&reached((100, 200), (51, 200)), Rule::ReachedFalling), "not quite half");
    assert!(!holds(&reached((100, 200), (5, 49)), Rule::ReachedFalling), "too few numbers");
    assert!(holds(&reached((100, 200), (5, 50)), Rule::ReachedFalling));
    assert!(!holds(&reached((4, 60), (1, 60)), Rule::ReachedFalling), "chance makes as much");
    assert!(!holds(&reached((0, 0), (0, 200)), Rule::ReachedFalling));
}

#[test]
fn a_fall_holds_until_it_is_half_back() {
    let facts = reached((100, 200), (60, 200));
    let key = AlertKey {
        account: account(),
        rule: Rule::ReachedFalling,
        about: About::Workflow("w".to_owned()),
    };
    let with = |held: BTreeSet<AlertKey>, facts: &Facts| {
        !judge(facts, &AlertSettings::default(), &held, NOON).holding.is_empty()
    };
    assert!(!with(BTreeSet::new(), &facts));
    assert!(with(BTreeSet::from([key.clone()]), &facts));
    assert!(!with(BTreeSet::from([key]), &reached((100, 200), (80, 200))));
}

fn ended(before: (i64, i64), now: (i64, i64)) -> Facts {
    let windows =
        SessionWindows { account: account(), workflow: None, errors: Windows { before, now } };
    Facts { sessions: vec![windows], ..world(facts()) }
}

#[test]
fn errors_of_conversations_that_rise() {
    assert!(holds(&ended((0, 30), (5, 25)), Rule::SessionErrors));
    assert!(!holds(&ended((0, 30), (4, 20)), Rule::SessionErrors), "too few");
    assert!(!holds(&ended((0, 30), (5, 26)), Rule::SessionErrors), "too small a share");
    assert!(!holds(&ended((4, 25), (6, 25)), Rule::SessionErrors), "as before, nearly");
    assert!(holds(&ended((3, 30), (5, 25)), Rule::SessionErrors));
    assert!(holds(&ended((0, 0), (5, 5)), Rule::SessionErrors));
}

/// Webhooks every `apart` minutes, the last one `silent` minutes ago.
fn webhooks(silent: i64, apart: i64, count: i64) -> Vec<Timestamp> {
    (0..count).map(|n| ago(silent + n * apart)).collect()
}

#[test]
fn webhooks_that_stop_while_calls_go_on() {
    let with = |times, last_call| Facts {
        running: vec![running(last_call)],
        ..world(AccountFacts { webhooks: times, ..facts() })
    };
    let silent = |minutes| with(webhooks(minutes, 1, 10), Some(NOON));
    assert!(!holds(&silent(15), Rule::WebhookSilent));
    assert!(holds(&silent(16), Rule::WebhookSilent));
    assert!(!holds(&with(webhooks(40, 1, 10), Some(ago(30))), Rule::WebhookSilent), "no calls");
    assert!(!holds(&with(webhooks(60, 20, 10), Some(NOON)), Rule::WebhookSilent), "its own pace");
    assert!(holds(&with(webhooks(61, 20, 10), Some(NOON)), Rule::WebhookSilent));
    assert!(!holds(&silent(24 * 60 + 1), Rule::WebhookSilent), "switched off");
    let trial = with(webhooks(16, 1, 9), Some(NOON));
    assert!(!holds(&trial, Rule::WebhookSilent));
    assert!(judged(&trial).unreported.contains(&(Rule::WebhookSilent, account())));
}

#[test]
fn a_human_who_was_asked_for_and_does_not_write() {
    let with = |minutes| Facts {
        unanswered: vec![Unanswered {
            account: account(),
            session: SessionId::from("s"),
            asked_at: ago(minutes),
        }],
        ..world(facts())
    };
    assert!(!holds(&with(5), Rule::NoAgent));
    assert!(holds(&with(6), Rule::NoAgent));
}

fn message(sender: &str, event: Option<&str>, at: Option<Timestamp>) -> Message {
    let content = match event {
        Some(event) => Content::System { event: event.to_owned(), from_seat: None, to_seat: None },
        None => Content::Text { text: "hello".to_owned() },
    };
    Message {
        position: 0,
        id: None,
        sender: Some(sender.to_owned()),
        seat: None,
        sent_at: at,
        status: None,
        content,
        reply: None,
    }
}

#[test]
fn a_transfer_is_answered_by_a_human_and_by_nobody_else() {
    let transfer = message("system", Some("conversation.transfer"), Some(ago(9)));
    let said = |sender| message(sender, None, Some(ago(1)));
    assert_eq!(asked_for_human(&[said("user"), said("robot")]), None);
    assert_eq!(asked_for_human(&[said("agent"), transfer.clone(), said("user")]), Some(ago(9)));
    assert_eq!(asked_for_human(&[transfer.clone(), said("Agent")]), None);
    assert_eq!(asked_for_human(&[transfer.clone(), said("agent"), transfer]), Some(ago(9)));
    assert_eq!(asked_for_human(&[message("system", Some("conversation.transfer"), None)]), None);
    assert_eq!(asked_for_human(&[message("system", Some("conversation.start"), Some(NOON))]), None);
}

#[test]
fn calls_at_odd_hours() {
    let odd = |calls| {
        let last = CallId::from("c");
        let found = CallsWithin { calls, first_at: ago(20), last_at: ago(3), last };
        world(AccountFacts { odd_calls: Some(found), ..facts() })
    };
    assert!(!holds(&odd(2), Rule::OutsideHours));
    assert!(holds(&odd(3), Rule::OutsideHours));
}

/// The account's noon is eleven at night where the people called live.
#[test]
fn the_zone_of_the_people_called_decides_what_is_an_odd_hour() {
    let theirs = Zone::parse("-05:00").unwrap();
    let settings = AlertSettings::default();
    assert_eq!(odd_hours(&settings, zone(), NOON), []);
    assert_eq!(odd_hours(&settings, theirs, NOON), [(ago(60), NOON)]);
    assert_eq!(day_began(theirs, NOON), ago(23 * 60));
    let quiet = |zone| Facts {
        running: vec![running(Some(ago(180)))],
        ..world(AccountFacts { zone, ..facts() })
    };
    assert!(holds(&quiet(zone()), Rule::NoNewCalls));
    assert!(!holds(&quiet(theirs), Rule::NoNewCalls));
}

#[test]
fn the_odd_parts_of_the_last_hour() {
    let settings = AlertSettings::default();
    let midnight = day_began(zone(), NOON);
    assert_eq!(midnight, ago(12 * 60));
    let at = |minutes: i64| midnight.plus_ms(minutes * MINUTE_MS);
    let parts = |minutes| odd_hours(&settings, zone(), at(minutes));
    assert_eq!(parts(12 * 60), []);
    assert_eq!(parts(8 * 60 + 15), [(at(7 * 60 + 15), at(8 * 60))]);
    assert_eq!(parts(21 * 60 + 20), [(at(21 * 60), at(21 * 60 + 20))]);
    assert_eq!(parts(30), [(at(-30), at(0)), (at(0), at(30))]);
}

#[test]
fn persons_called_over_the_limit_are_one_warning() {
    let called = |callee: &str, calls| Contacted {
        callee: Callee::new(callee),
        calls,
        last_at: ago(1),
        last: CallId::new(format!("call of {callee}")),
    };
    let with = |contacted| world(AccountFacts { contacted, ..facts() });
    assert!(!holds(&with(vec![called("1", 10)]), Rule::ContactLimit));
    let over = with(vec![called("1", 11), called("2", 14), called("3", 10)]);
    let found = judged(&over).holding;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].evidence["persons"], found[0].evidence["most"]), (2, 14));
    assert_eq!(found[0].call.as_deref(), Some("call of 2"));
}

#[test]
fn a_person_called_after_opting_out_is_one_warning_that_leads_to_the_newest_call() {
    assert!(!holds(&world(facts()), Rule::CalledAfterOptOut));
    let calls =
        CallsWithin { calls: 3, first_at: ago(50), last_at: ago(2), last: CallId::from("c9") };
    let again = Some(CalledAgain { persons: 2, calls });
    let found = judged(&world(AccountFacts { called_again: again, ..facts() })).holding;
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].key.rule, found[0].since), (Rule::CalledAfterOptOut, ago(50)));
    assert_eq!((found[0].evidence["persons"], found[0].evidence["calls"]), (2, 3));
    assert_eq!(found[0].call.as_deref(), Some("c9"));
}

#[test]
fn a_rule_that_is_off_says_nothing_and_a_limit_is_as_it_is_set() {
    let mut settings = AlertSettings::default();
    let stale = world(AccountFacts { answered_at: Some(ago(60)), ..facts() });
    let limits = [("minutes".to_owned(), 60)].into();
    settings.rules.insert(Rule::DataStale, RuleSettings { on: true, limits });
    assert_eq!(judge(&stale, &settings, &BTreeSet::new(), NOON).holding, []);
    let stale = world(AccountFacts { answered_at: Some(ago(61)), ..facts() });
    assert_eq!(judge(&stale, &settings, &BTreeSet::new(), NOON).holding.len(), 1);
    let off = RuleSettings { on: false, ..RuleSettings::default() };
    settings.rules.insert(Rule::DataStale, off);
    assert_eq!(judge(&stale, &settings, &BTreeSet::new(), NOON).holding, []);
    let beyond = RuleSettings { on: true, limits: [("minutes".to_owned(), -5)].into() };
    settings.rules.insert(Rule::DataStale, beyond);
    assert_eq!(settings.limit(Rule::DataStale, "minutes"), 1, "within what makes sense");
}

fn kept(alert: Alert, last_seen_at: Timestamp) -> StoredAlert {
    StoredAlert {
        n: 7,
        begun_at: alert.since,
        alert,
        last_seen_at,
        ended_at: None,
        snoozed_until: None,
        announced_at: None,
        name: None,
    }
}

#[test]
fn what_is_written_is_what_differs() {
    let stale = world(AccountFacts { answered_at: Some(ago(60)), ..facts() });
    let found = judged(&stale);
    let alert = found.holding[0].clone();
    let fresh = changes(&[], found.clone(), NOON);
    assert_eq!(fresh.begun, std::slice::from_ref(&alert));
    let lately = kept(alert.clone(), ago(0));
    assert!(changes(std::slice::from_ref(&lately), found.clone(), NOON).is_empty());
    let seen = changes(&[kept(alert.clone(), ago(1))], found.clone(), NOON);
    assert_eq!((seen.seen, seen.altered.len()), (vec![7], 0));
    let other = Alert { evidence: [("answered_at".to_owned(), 1)].into(), ..alert.clone() };
    assert_eq!(changes(&[kept(other, ago(0))], found, NOON).altered[0].0, 7);
    let gone = changes(std::slice::from_ref(&lately), Judged::default(), NOON);
    assert_eq!(gone.ended, [7]);
    let untold = BTreeSet::from([(Rule::DataStale, account())]);
    let unknown = Judged { untold, ..Judged::default() };
    assert!(changes(&[lately], unknown, NOON).is_empty(), "what cannot be told goes on");
}
