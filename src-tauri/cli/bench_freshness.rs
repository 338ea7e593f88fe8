//! `bench-freshness`: how old each kind of data gets, in simulated time, at budgets and page sizes that a
//! vendor may have.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use super::CliError;
use crate::sync::freshness::{Ages, Freshness, Setting, measure};

const BUDGET_PER_S: f64 = 5.0;
const NUMBERS: u32 = 10_000;
const WORKFLOWS: [u32; 2] = [20, 200];
const PAGE_SIZES: [u32; 3] = [10, 100, 500];
/// The setting whose ages have keys of their own.
const KEYED: (u32, u32) = (200, 100);

/// A table for people, then one flat JSON object.
pub fn run() -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "Ages in seconds, p50 / p95, at {BUDGET_PER_S} requests a second; workflows of {NUMBERS} numbers\n\n\
         | workflows | page size | webhooks of calls | list | calls on screen | all other calls | \
         pages never read |\n\
         | --- | --- | --- | --- | --- | --- | --- |"
    )?;
    let mut keyed = BTreeMap::new();
    for workflows in WORKFLOWS {
        for page_size in PAGE_SIZES {
            for call_hooks in [false, true] {
                let fresh = measure(Setting {
                    workflows,
                    numbers: NUMBERS,
                    page_size,
                    budget_per_s: BUDGET_PER_S,
                    call_hooks,
                });
                let hooks = if call_hooks { "yes" } else { "no" };
                let Freshness { list, open_calls, other_calls, backlog, .. } = &fresh;
                let cells = [list, open_calls, other_calls].map(|ages| cell(*ages)).join(" | ");
                writeln!(out, "| {workflows} | {page_size} | {hooks} | {cells} | {backlog} |")?;
                out.flush()?;
                if (workflows, page_size) == KEYED {
                    let key = if call_hooks {
                        "call_freshness_hooks_p95_s"
                    } else {
                        "call_freshness_p95_s"
                    };
                    keyed.insert(key, seconds(open_calls.p95));
                }
            }
        }
    }
    let line = serde_json::to_string(&keyed).map_err(io::Error::from)?;
    writeln!(out, "{line}")?;
    Ok(())
}

fn cell(ages: Ages) -> String {
    format!("{:.1} / {:.1}", seconds(ages.p50), seconds(ages.p95))
}

fn seconds(ms: i64) -> f64 {
    ms as f64 / 1_000.0
}
