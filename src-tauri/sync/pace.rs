//! How often things are asked: on screen fast, running often, finished seldom.

/// Where a listing stands in the order of attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Somebody looks at it, or waits for the effect of an action on it.
    OnScreen,
    Running,
    Over,
}

/// Waiting times in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Pages of a listing that may still change, by tier.
    pub hot: [i64; 3],
    /// The shortest gap between two readings of a page whose counts say that it changed, by tier.
    pub gap: [i64; 3],
    /// Pages whose rows are all settled: the slow sweep that heals what was missed, by tier.
    pub sweep: [i64; 3],
    /// Listings of what a workflow is made of, whose counts stand in the list of workflows too, by tier.
    pub parts: [i64; 3],
    /// The list of workflows itself: on screen, otherwise.
    pub list: [i64; 2],
    pub list_sweep: i64,
}

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;

impl Default for Pace {
    fn default() -> Self {
        Self {
            hot: [2 * SECOND, MINUTE, 30 * MINUTE],
            gap: [SECOND, 10 * SECOND, 10 * SECOND],
            sweep: [2 * MINUTE, 10 * MINUTE, 60 * MINUTE],
            parts: [4 * SECOND, 5 * MINUTE, 30 * MINUTE],
            list: [2 * SECOND, 5 * SECOND],
            list_sweep: MINUTE,
        }
    }
}

/// What one kind of listing waits for in its present tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    pub hot: i64,
    pub gap: i64,
    pub sweep: i64,
}

impl Pace {
    pub fn of(&self, tier: Tier) -> Waits {
        let i = tier as usize;
        Waits { hot: self.hot[i], gap: self.gap[i], sweep: self.sweep[i] }
    }

    /// That its counts changed makes it due no sooner: they change with every call.
    pub fn of_parts(&self, tier: Tier) -> Waits {
        let hot = self.parts[tier as usize];
        Waits { hot, gap: hot, sweep: self.sweep[tier as usize].max(hot) }
    }

    pub fn of_list(&self, on_screen: bool) -> Waits {
        let hot = if on_screen { self.list[0] } else { self.list[1] };
        Waits { hot, gap: SECOND.min(hot), sweep: self.list_sweep }
    }
}
