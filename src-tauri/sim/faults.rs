//! What can go wrong between a client and the vendor, switched on by name.

use std::collections::BTreeMap;

use super::branch::Branch;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// HTTP 429 with `Retry-After`; nothing was done.
    RateLimit,
    /// HTTP 500 or 503; nothing was done.
    ServerError,
    /// The answer breaks off in its middle; what was asked for was done.
    CutBody,
    /// A later page begins with rows of the page before and so lacks its own last ones.
    DuplicatePage,
    /// The token in use ends now, before its time.
    ExpiredToken,
    /// A stop or cancel is accepted and nothing happens.
    NoEffect,
    /// The answer takes two seconds.
    Slow,
    /// The connection closes before a byte of the body.
    Reset,
    /// A page says that it comes after itself; of a message list, the newest come again and again.
    CursorLoop,
    /// A later page is the page before once more.
    RepeatRows,
    /// The total is another one each time.
    TotalChanges,
    /// Unknown fields, times in all spellings, integers as strings.
    Odd,
    /// A recording's link leads to JSON with another link, round in a circle or to a web page; an
    /// archive of recordings is cut, encrypted, nested, packed strangely, or names its files hostilely.
    OddRecording,
    /// A page of the documentation is another vendor's.
    DocsForeign,
    /// A page of the documentation names its path twice.
    DocsTwice,
    /// A page of the documentation is said to be on another host.
    DocsRedirect,
}

impl Fault {
    pub const ALL: [Self; 16] = [
        Self::RateLimit,
        Self::ServerError,
        Self::CutBody,
        Self::DuplicatePage,
        Self::ExpiredToken,
        Self::NoEffect,
        Self::Slow,
        Self::Reset,
        Self::CursorLoop,
        Self::RepeatRows,
        Self::TotalChanges,
        Self::Odd,
        Self::OddRecording,
        Self::DocsForeign,
        Self::DocsTwice,
        Self::DocsRedirect,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::RateLimit => "rate_limit",
            Self::ServerError => "server_error",
            Self::CutBody => "cut_body",
            Self::DuplicatePage => "duplicate_page",
            Self::ExpiredToken => "expired_token",
            Self::NoEffect => "no_effect",
            Self::Slow => "slow",
            Self::Reset => "reset",
            Self::CursorLoop => "cursor_loop",
            Self::RepeatRows => "repeat_rows",
            Self::TotalChanges => "total_changes",
            Self::Odd => "odd",
            Self::OddRecording => "odd_recording",
            Self::DocsForeign => "docs_foreign",
            Self::DocsTwice => "docs_twice",
            Self::DocsRedirect => "docs_redirect",
        }
    }
}

/// How often a fault strikes among the requests it can strike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum When {
    /// The nth, 2nth, …; 1 is every time, 0 never.
    Every(u32),
    /// Each time with this probability, drawn from the world's seed.
    Chance(f64),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FaultPlan {
    pub rules: Vec<(Fault, When)>,
}

impl FaultPlan {
    pub fn none() -> Self {
        Self::default()
    }

    pub fn with(mut self, fault: Fault, when: When) -> Self {
        self.rules.push((fault, when));
        self
    }

    /// Reads `none`, `all`, or names joined by commas, each with an optional `:n` (every nth) or
    /// `:0.2` (a probability). Without one a fault strikes every fifth time; a contract that is odd is so
    /// in every answer.
    pub fn parse(text: &str) -> Result<Self, UnknownFault> {
        let mut plan = Self::none();
        for part in text.split(',').map(str::trim).filter(|p| !p.is_empty() && *p != "none") {
            let (name, when) = part.split_once(':').unwrap_or((part, usual(part)));
            let when = read_when(when).ok_or_else(|| UnknownFault(part.to_owned()))?;
            let named: Vec<Fault> =
                Fault::ALL.into_iter().filter(|f| name == "all" || f.name() == name).collect();
            if named.is_empty() {
                return Err(UnknownFault(part.to_owned()));
            }
            plan.rules.extend(named.into_iter().map(|fault| (fault, when)));
        }
        Ok(plan)
    }
}

fn usual(name: &str) -> &'static str {
    if name == Fault::Odd.name() { "1" } else { "5" }
}

fn read_when(text: &str) -> Option<When> {
    if let Ok(nth) = text.parse::<u32>() {
        return Some(When::Every(nth));
    }
    let chance = text.parse::<f64>().ok()?;
    (0.0..=1.0).contains(&chance).then_some(When::Chance(chance))
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "there is no fault `{0}`; choose from rate_limit, server_error, cut_body, duplicate_page, \
     expired_token, no_effect, slow, reset, cursor_loop, repeat_rows, total_changes, odd, \
     odd_recording, docs_foreign, docs_twice, docs_redirect, all or none, each with `:n` or `:0.2` behind it"
)]
pub struct UnknownFault(pub String);

/// The plan at work, and how often each fault has struck.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    plan: FaultPlan,
    /// Requests that each rule could have struck so far.
    met: Vec<u32>,
    struck: BTreeMap<Fault, u32>,
}

impl Faults {
    pub(crate) fn new(plan: FaultPlan) -> Self {
        let met = vec![0; plan.rules.len()];
        Self { plan, met, struck: BTreeMap::new() }
    }

    /// Changes the plan and keeps the counts of what has struck.
    pub(crate) fn set(&mut self, plan: FaultPlan) {
        self.met = vec![0; plan.rules.len()];
        self.plan = plan;
    }

    /// Whether `fault` strikes a request that it can strike. Only asked where it would show.
    pub(crate) fn strikes(&mut self, fault: Fault, root: Branch) -> bool {
        let mut strikes = false;
        for ((named, when), met) in self.plan.rules.iter().zip(&mut self.met) {
            if *named != fault {
                continue;
            }
            *met = met.wrapping_add(1);
            strikes |= match *when {
                When::Every(nth) => met.checked_rem(nth) == Some(0),
                When::Chance(p) => root.child(fault.name(), u64::from(*met)).draws().chance(p),
            };
        }
        if strikes {
            *self.struck.entry(fault).or_default() += 1;
        }
        strikes
    }

    /// How often one has struck.
    pub(crate) fn struck(&self, fault: Fault) -> u32 {
        self.struck.get(&fault).copied().unwrap_or_default()
    }

    pub(crate) fn counts(&self) -> BTreeMap<Fault, u32> {
        self.struck.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_combine_and_take_a_rate() {
        let plan = FaultPlan::parse("rate_limit:3, cut_body:0.25,reset").unwrap();
        assert_eq!(
            plan.rules,
            [
                (Fault::RateLimit, When::Every(3)),
                (Fault::CutBody, When::Chance(0.25)),
                (Fault::Reset, When::Every(5)),
            ]
        );
        assert_eq!(FaultPlan::parse("odd").unwrap().rules, [(Fault::Odd, When::Every(1))]);
        assert_eq!(FaultPlan::parse("none").unwrap(), FaultPlan::none());
        assert_eq!(FaultPlan::parse("all:2").unwrap().rules.len(), Fault::ALL.len());
        assert!(FaultPlan::parse("rate_limit:2.5").is_err());
        assert_eq!(FaultPlan::parse("gremlin").unwrap_err(), UnknownFault("gremlin".to_owned()));
    }

    #[test]
    fn every_third_strikes_and_is_counted() {
        let mut faults = Faults::new(FaultPlan::none().with(Fault::Slow, When::Every(3)));
        let root = Branch::root(1);
        let hits: Vec<bool> = (0..6).map(|_| faults.strikes(Fault::Slow, root)).collect();
        assert_eq!(hits, [false, false, true, false, false, true]);
        assert!(!faults.strikes(Fault::Reset, root));
        assert_eq!(faults.counts(), BTreeMap::from([(Fault::Slow, 2)]));
    }
}
