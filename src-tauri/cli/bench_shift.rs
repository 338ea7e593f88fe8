//! `bench-shift`: what a shift costs, in simulated time: how soon a failure is on top, and how many warnings
//! were not true.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use clap::Args;

use super::CliError;
use crate::app::shift::{Shift, campaigns, shift};

#[derive(Args)]
pub struct ShiftArgs {
    /// Shifts, each of its own world.
    #[arg(long, default_value_t = 3)]
    shifts: u64,
    #[arg(long, default_value_t = 8)]
    hours: i64,
}

/// A table for people, then one flat JSON object.
pub async fn run(args: ShiftArgs) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    writeln!(out, "| shift | failures | on top after, s | warned after, s | warnings (false) |")?;
    writeln!(out, "| --- | --- | --- | --- | --- |")?;
    let mut shifts = Vec::new();
    for seed in 1..=args.shifts.max(1) {
        let one = shift(campaigns(seed), args.hours.max(1) * 60).await?;
        writeln!(out, "{}", line(seed, &one))?;
        out.flush()?;
        shifts.push(one);
    }
    let all = |of: fn(&Shift) -> &Vec<i64>| shifts.iter().flat_map(of).copied().collect();
    let wrong: u32 = shifts.iter().map(Shift::false_alerts).sum();
    let missed: usize = shifts.iter().map(|one| one.missed).sum();
    let figures = BTreeMap::from([
        ("shift_fault_on_top_s", median_s(all(|one| &one.on_top_ms))),
        ("shift_fault_warned_s", median_s(all(|one| &one.warned_ms))),
        ("shift_false_alerts", f64::from(wrong) / shifts.len() as f64),
        ("shift_missed_failures", missed as f64),
    ]);
    let line = serde_json::to_string(&figures).map_err(io::Error::from)?;
    writeln!(out, "{line}")?;
    Ok(())
}

fn line(seed: u64, shift: &Shift) -> String {
    let failures = shift.warned_ms.len() + shift.missed;
    let rules: Vec<String> =
        shift.alerts.iter().map(|(rule, (all, wrong))| format!("{rule} {all} ({wrong})")).collect();
    let (top, warned) = (median_s(shift.on_top_ms.clone()), median_s(shift.warned_ms.clone()));
    format!("| {seed} | {failures} | {top:.1} | {warned:.1} | {} |", rules.join(", "))
}

/// 0 of nothing.
fn median_s(mut ms: Vec<i64>) -> f64 {
    ms.sort_unstable();
    ms.get(ms.len() / 2).copied().unwrap_or_default() as f64 / 1_000.0
}
