//! A scripted shift: the core watches a simulated account for hours of its time, and what was warned of is
//! compared with what the world knows to be true.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::StartError;
use crate::{
    alerts::{Alerts, Judge, Parts},
    domain::{
        alert::{About, Rule},
        ids::AccountId,
        status::Phase,
        time::{Timestamp, Zone},
    },
    sim::{STORY_START, Script, Truth, World},
    sim_server::{HandClock, SharedWorld, SimTransport, lock, profile_text, share},
    store::{self, ListAsk, Reader, StoreError, StoredAccount, StoredAlert},
    sync::{
        driver::{AccountReads, Driver},
        health::Ledger,
        pace::Pace,
        plan::Interest,
    },
    vendor::{self, Clock, Limits, Profile, Settings},
};

const SECOND_MS: i64 = 1_000;
/// As the app judges.
const JUDGED_MS: i64 = 5_000;
/// Rows that a supervisor sees without scrolling.
const FIRST_SCREEN: u32 = 20;
/// What was there when the shift began is read, and is nobody's fault.
const SETTLE_MS: i64 = 10 * 60_000;

/// What a shift cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shift {
    /// From a workflow's failure until its row stands above all that did not fail, in milliseconds.
    pub on_top_ms: Vec<i64>,
    /// From a workflow's failure until it was warned of.
    pub warned_ms: Vec<i64>,
    /// Failures that were never warned of.
    pub missed: usize,
    /// Warnings that began, and those of them that were not true, by rule.
    pub alerts: BTreeMap<&'static str, (u32, u32)>,
}

impl Shift {
    pub fn false_alerts(&self) -> u32 {
        self.alerts.values().map(|(_, wrong)| wrong).sum()
    }
}

/// An account of some twenty campaigns that nothing is wrong with but what befalls campaigns.
pub fn campaigns(seed: u64) -> Script {
    Script {
        workflows: 24,
        entries: (120, 300),
        pace_ms: (15_000, 40_000),
        redial_wait_ms: (300_000, 900_000),
        sessions: (3, 9),
        arrivals_ms: 600_000,
        ..Script::demo(seed)
    }
}

struct Desk {
    world: SharedWorld,
    clock: HandClock,
    driver: Driver,
    reader: Reader,
    judge: Judge,
    _folder: tempfile::TempDir,
}

/// Lets a shift of so many simulated minutes pass. Nothing of it depends on how fast this computer is.
pub async fn shift(script: Script, minutes: i64) -> Result<Shift, StartError> {
    let mut desk = Desk::open(script.starting(STORY_START)).await?;
    let end = STORY_START + minutes * 60_000;
    let mut on_top = HashMap::new();
    while desk.clock.now() < end {
        desk.driver.step().await;
        let now = desk.clock.now();
        if now % JUDGED_MS == 0 {
            desk.judge.turn().await?;
        }
        for id in failed_on_top(&desk.reader).await? {
            on_top.entry(id).or_insert(now);
        }
        desk.clock.set(now + SECOND_MS);
    }
    let kept = desk.reader.alerts(Timestamp(0)).await?;
    let truth = lock(&desk.world).truth();
    Ok(compared(&truth, &kept, &on_top))
}

impl Desk {
    async fn open(script: Script) -> Result<Self, StartError> {
        let world = share(World::new(script));
        let clock = HandClock::at(STORY_START);
        let folder = tempfile::tempdir()
            .map_err(|source| StartError::DataDir { path: std::env::temp_dir(), source })?;
        let opened = store::open(&folder.path().join("wheelhouse.db")).await?;
        let account = AccountId::new("shift");
        let mut writer = opened.writer;
        let base_url = "http://simulator.invalid".to_owned();
        let stored =
            StoredAccount { id: account.clone(), name: String::new(), base_url: base_url.clone() };
        writer.account(&stored).await?;
        let present: Clock = {
            let hand = clock.clone();
            Arc::new(move || Timestamp(hand.now()))
        };
        let settings = Settings {
            base_url,
            key: "demo".to_owned(),
            secret: "demo".to_owned().into(),
            chatbot: None,
            pds: None,
            profile: Profile::parse(&profile_text(false)).map_err(StartError::Profile)?,
            // The budget counts real time, of which there is none to lose.
            budget_per_s: 100_000.0,
            clock: Arc::clone(&present),
            limits: Limits::default(),
        };
        let transport = Arc::new(SimTransport::new(Arc::clone(&world), clock.clock()));
        let (reads, _) = vendor::connect(settings, transport).map_err(StartError::Connect)?;
        let ledger = Ledger::default();
        let mut driver = Driver::new(
            vec![AccountReads { account: account.clone(), reads, lines: Vec::new() }],
            writer,
            opened.reader.clone(),
            Arc::clone(&present),
            ledger.clone(),
            Pace::default(),
        )
        .await?;
        let watching = Interest { watch: true, ..Interest::default() };
        driver.look_at(&HashMap::from([(account.clone(), watching)]));
        let judge = Judge::new(Alerts::new(Parts {
            accounts: vec![(account, Zone::default())],
            reader: opened.reader.clone(),
            ledger,
            clock: present,
            writer: opened.alerts,
            local: Arc::new(|_| Zone::default()),
        }));
        Ok(Self { world, clock, driver, reader: opened.reader, judge, _folder: folder })
    }
}

/// Of the first screen of Watch, what failed and stands above all that did not.
async fn failed_on_top(reader: &Reader) -> Result<Vec<String>, StoreError> {
    let ask = ListAsk { count: FIRST_SCREEN, ..ListAsk::default() };
    let rows = reader.workflows(&ask).await?.rows;
    let failed = rows.into_iter().take_while(|row| {
        row.workflow.status.as_ref().is_some_and(|status| status.phase == Phase::Failed)
    });
    Ok(failed.map(|row| row.workflow.id.to_string()).collect())
}

fn compared(truth: &Truth, kept: &[StoredAlert], on_top: &HashMap<String, i64>) -> Shift {
    let mut shift = Shift::default();
    let began = STORY_START + SETTLE_MS;
    let failures = truth.workflows.iter().filter(|w| w.status == "Failed");
    let in_shift = failures.filter_map(|w| Some((&w.id, w.ended_at.filter(|at| *at >= began)?)));
    for (id, at) in in_shift {
        shift.on_top_ms.extend(on_top.get(id).map(|seen| seen - at));
        let about = About::Workflow(id.clone());
        let warned = kept
            .iter()
            .find(|one| one.alert.key.rule == Rule::WorkflowFailed && one.alert.key.about == about);
        match warned {
            Some(one) => shift.warned_ms.push(one.begun_at.millis() - at),
            None => shift.missed += 1,
        }
    }
    for one in kept.iter().filter(|one| one.begun_at.millis() >= began) {
        let (all, wrong) = shift.alerts.entry(one.alert.key.rule.word()).or_default();
        *all += 1;
        *wrong += u32::from(!is_true(truth, one));
    }
    shift
}

/// Whether the world knows of what was warned of. In this world the network, the keys and the vendor are
/// well and no share falls but by chance, so a warning of those is false; what is a plain count of stored
/// records is true by itself.
fn is_true(truth: &Truth, one: &StoredAlert) -> bool {
    let About::Workflow(id) = &one.alert.key.about else {
        return matches!(
            one.alert.key.rule,
            Rule::NoAgent | Rule::ContactLimit | Rule::OutsideHours | Rule::CalledAfterOptOut
        );
    };
    let now = one.begun_at.millis();
    match one.alert.key.rule {
        Rule::WorkflowFailed => truth.workflows.iter().any(|w| w.id == *id && w.status == "Failed"),
        Rule::NoNewCalls => {
            let of = truth.calls.iter().filter(|call| call.workflow == *id);
            let last = of.map(|call| call.called_at).filter(|at| *at <= now).max();
            let quiet = Rule::NoNewCalls.limits()[0].default * 60_000;
            last.is_some_and(|at| now - at >= quiet)
        }
        Rule::NoAgent | Rule::ContactLimit | Rule::OutsideHours => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTES: i64 = 15;

    /// A small world in which a workflow fails while the shift lasts.
    fn failing() -> Script {
        let end = STORY_START + MINUTES * 60_000;
        let small = |seed| Script { workflows: 10, arrivals_ms: 60_000, ..Script::story(seed) };
        let fails = |script: &Script| {
            let mut world = World::new(script.clone().starting(STORY_START));
            world.advance(end);
            let failed = |w: &crate::sim::TrueWorkflow| {
                let in_shift = STORY_START + SETTLE_MS..end - 60_000;
                w.status == "Failed" && w.ended_at.is_some_and(|at| in_shift.contains(&at))
            };
            world.truth().workflows.iter().any(failed)
        };
        (1..200).map(small).find(fails).expect("some world has a workflow that fails")
    }

    #[tokio::test]
    async fn a_failure_is_on_top_and_warned_of_within_seconds() {
        let shift = shift(failing(), MINUTES).await.unwrap();
        assert_eq!(shift.missed, 0, "{shift:?}");
        assert!(!shift.on_top_ms.is_empty(), "{shift:?}");
        assert_eq!(shift.on_top_ms.len(), shift.warned_ms.len(), "{shift:?}");
        let soon = |ms: &i64| (0..=15_000).contains(ms);
        assert!(shift.on_top_ms.iter().chain(&shift.warned_ms).all(soon), "{shift:?}");
    }
}
