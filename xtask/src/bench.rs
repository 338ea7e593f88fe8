//! Measures the release build. One flat object of numbers, so that two runs can be compared by key.

use std::{collections::BTreeMap, fs};

use crate::{
    demo::{self, Window},
    display::Display,
    exec::{cargo, command, npm, output, run, run_reading, target, ui},
    options::Options,
    setup::{self, Purpose},
};

/// All samples of a run, by key.
type Samples = BTreeMap<String, Vec<f64>>;

const RUNS: usize = 5;

/// What the shift measures; `--only shift` asks for all of it.
const SHIFT: [&str; 8] = [
    "shift_fault_on_top_s",
    "shift_fault_warned_s",
    "shift_false_alerts",
    "shift_missed_failures",
    "shift_recording_actions",
    "shift_recording_s",
    "shift_stop_actions",
    "shift_stop_s",
];

pub fn bench(options: &Options) -> Result<(), String> {
    if !cfg!(target_os = "linux") {
        return Err("The measurements need Xvfb and /proc: they run on Linux only.".into());
    }
    let wanted = |key: &str| options.only.as_deref().is_none_or(|only| key.contains(only));
    let mut samples = Samples::new();
    if wanted("ingest_first_rows_s") || wanted("ingest_same_rows_s") {
        ingest(options, &mut samples)?;
    }
    if wanted("call_freshness_p95_s") || wanted("call_freshness_hooks_p95_s") {
        freshness(&mut samples)?;
    }
    if SHIFT.iter().any(|key| wanted(key)) {
        shift(options, &mut samples)?;
    }
    if wanted("start_ms") {
        start(options, &mut samples)?;
    }
    samples.retain(|key, _| wanted(key));
    if samples.is_empty() {
        return Err(
            "Nothing of that name is measured: ingest_first_rows_s, ingest_same_rows_s, freshness, \
             shift, start_ms."
                .into(),
        );
    }
    report(&mut samples, options)
}

fn runs(options: &Options) -> usize {
    if options.quick { 1 } else { RUNS }
}

/// Rows into the store, once new and once again unchanged.
fn ingest(options: &Options, samples: &mut Samples) -> Result<(), String> {
    run(&mut cargo(["build", "--release", "--bin", "wheelhouse-cli"]))?;
    let cli = target()?.join("release/wheelhouse-cli");
    for _ in 0..runs(options) {
        let printed = output(&mut command(&cli, ["bench-ingest", "--json"]))?;
        add_line(printed.trim(), "bench-ingest", samples)?;
    }
    Ok(())
}

/// How old data gets in simulated time: the same in every run.
fn freshness(samples: &mut Samples) -> Result<(), String> {
    run(&mut cargo(["build", "--release", "--bin", "wheelhouse-cli"]))?;
    let cli = target()?.join("release/wheelhouse-cli");
    let mut last = String::new();
    run_reading(&mut command(&cli, ["bench-freshness"]), |line| last = line.to_owned())?;
    add_line(&last, "bench-freshness", samples)
}

/// What a shift costs: the core in simulated time, then the screens in a browser, on recorded rows.
fn shift(options: &Options, samples: &mut Samples) -> Result<(), String> {
    run(&mut cargo(["build", "--release", "--bin", "wheelhouse-cli"]))?;
    let cli = target()?.join("release/wheelhouse-cli");
    let shifts = if options.quick { "1" } else { "3" };
    let mut last = String::new();
    run_reading(&mut command(&cli, ["bench-shift", "--shifts", shifts]), |line| {
        last = line.to_owned()
    })?;
    add_line(&last, "bench-shift", samples)?;
    setup::prepare(Purpose::Headless, options.yes)?;
    run(&mut npm(["run", "--silent", "build:replay"]))?;
    for _ in 0..runs(options) {
        let printed = output(command("node", ["e2e/shift.mjs"]).current_dir(ui()))?;
        add_line(printed.trim(), "e2e/shift.mjs", samples)?;
    }
    Ok(())
}

fn add_line(line: &str, whose: &str, samples: &mut Samples) -> Result<(), String> {
    let measured: BTreeMap<String, f64> = serde_json::from_str(line)
        .map_err(|e| format!("{whose} did not end with a flat object of numbers: {e}"))?;
    for (key, value) in measured {
        samples.entry(key).or_default().push(value);
    }
    Ok(())
}

/// From the start of the process until rows are on screen in the real window.
fn start(options: &Options, samples: &mut Samples) -> Result<(), String> {
    setup::prepare(Purpose::Headless, options.yes)?;
    setup::build_page()?;
    let app = demo::build(true)?;
    let display = Display::start()?;
    for _ in 0..runs(options) {
        let window = Window::open(&app, &["--demo".to_owned()], &display)?;
        let milliseconds = window.painted_after.as_secs_f64() * 1000.0;
        samples.entry("start_ms".into()).or_default().push(milliseconds.round());
        window.close()?;
    }
    Ok(())
}

fn report(samples: &mut Samples, options: &Options) -> Result<(), String> {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("unknown").to_owned();
    let mut medians = serde_json::Map::new();
    println!("\nLoad of the machine over the last minute: {load}");
    for (key, values) in samples {
        values.sort_by(f64::total_cmp);
        let (Some(least), Some(most)) = (values.first(), values.last()) else { continue };
        let median = median(values);
        println!(
            "{key:>24}  {median:>10.3}   from {least:.3} to {most:.3} in {} runs",
            values.len()
        );
        medians.insert(key.clone(), median.into());
    }
    let Some(file) = &options.json else { return Ok(()) };
    let text = serde_json::to_string_pretty(&medians).map_err(|e| e.to_string())?;
    fs::write(file, text + "\n").map_err(|e| format!("Cannot write {}: {e}", file.display()))
}

/// Of sorted values.
fn median(sorted: &[f64]) -> f64 {
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(median(&[1.0, 2.0, 9.0]), 2.0);
        assert_eq!(median(&[1.0, 2.0, 4.0, 9.0]), 3.0);
        assert!(median(&[]).is_nan());
    }
}
