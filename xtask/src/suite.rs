//! The checks, in the order in which they fail soonest.

use std::{process::Command, time::Instant};

use crate::{
    display::Display,
    exec::{cargo, npm, output, run_reading},
    options::Options,
    setup::{self, Purpose},
    tally::Tally,
};

const CLIPPY: [&str; 7] =
    ["clippy", "--workspace", "--all-targets", "--features", "desktop", "--", "-Dwarnings"];
/// Without the window the core must stay free of it: these names begin every crate of the window.
const WINDOW_CRATES: [&str; 4] = ["tauri", "wry", "tao", "webkit2gtk"];

/// Everything. The last line counts what ran.
pub fn test(options: &Options) -> Result<(), String> {
    setup::prepare(Purpose::Tests, options.yes)?;
    let mut suite = Suite::default();
    let outcome = everything(&mut suite);
    if let Err(problem) = &outcome {
        // A step that ended badly without a failing test, a lint for one, is a failure too.
        suite.tally.failed = suite.tally.failed.max(1);
        println!("\n{problem}");
    }
    println!("\n{}", suite.tally);
    // Said already, and nothing may come after the count.
    outcome.map_err(|_| String::new())
}

fn everything(suite: &mut Suite) -> Result<(), String> {
    suite.step("format", &mut cargo(["fmt", "--all", "--check"]))?;
    // Before the first look of cargo at the window: it embeds ui/dist.
    suite.step("page: build", &mut npm(["run", "build"]))?;
    suite.step("lints", &mut cargo(CLIPPY))?;
    suite.step("page: types and lints", &mut npm(["run", "check"]))?;
    suite.step("page: unit tests", npm(["test"]).env("NO_COLOR", "1"))?;
    suite.check("the core is free of the window", core_is_free_of_the_window)?;
    if cfg!(target_os = "linux") {
        let display = Display::start()?;
        let mut tests = cargo(["test", "--workspace", "--features", "desktop"]);
        suite.step("tests, the real window among them", display.show(&mut tests))?;
        suite.step("page: in Chromium", npm(["run", "test:page"]).env("NO_COLOR", "1"))
    } else {
        println!("The real window and the page in Chromium are driven on Linux only: skipped.");
        suite.tally.skipped += 2;
        suite.step("tests", &mut cargo(["test", "--workspace"]))
    }
}

/// The quick loop of someone who writes.
pub fn check() -> Result<(), String> {
    setup::prepare(Purpose::Sources, false)?;
    let mut suite = Suite::default();
    suite.step("format", &mut cargo(["fmt", "--all", "--check"]))?;
    suite.step("lints of the core", &mut cargo(["clippy", "--lib", "--", "-Dwarnings"]))?;
    suite.step("page: types and lints", &mut npm(["run", "check"]))
}

/// Writes the page's types from the Rust ones.
pub fn bind() -> Result<(), String> {
    let mut tests = cargo(["test", "--test", "bindings"]);
    Suite::default().step("bindings", tests.env("WHEELHOUSE_BIND", "1"))
}

/// Takes the guide's pictures, with the same driver as the walk through the window.
pub fn pictures(options: &Options) -> Result<(), String> {
    setup::prepare(Purpose::Tests, options.yes)?;
    setup::build_page()?;
    let display = Display::start()?;
    let mut tests = cargo([
        "test",
        "--features",
        "desktop",
        "--test",
        "desktop",
        "pictures",
        "--",
        "--ignored",
    ]);
    Suite::default().step("pictures", display.show(&mut tests))
}

fn core_is_free_of_the_window() -> Result<(), String> {
    let tree =
        output(&mut cargo(["tree", "-p", "wheelhouse", "--edges=normal,build", "--prefix=none"]))?;
    let found: Vec<_> = tree
        .lines()
        .filter(|line| WINDOW_CRATES.iter().any(|name| line.starts_with(name)))
        .collect();
    if found.is_empty() {
        return Ok(());
    }
    Err(format!("Without the feature `desktop` the core still needs: {}", found.join(", ")))
}

#[derive(Default)]
struct Suite {
    tally: Tally,
}

impl Suite {
    fn step(&mut self, name: &str, command: &mut Command) -> Result<(), String> {
        let mut tally = Tally::default();
        let outcome = Self::timed(name, || run_reading(command, |line| tally.read(line)));
        self.tally.add(tally);
        outcome
    }

    /// A step that is one check by itself.
    fn check(
        &mut self,
        name: &str,
        check: impl FnOnce() -> Result<(), String>,
    ) -> Result<(), String> {
        Self::timed(name, check)?;
        self.tally.passed += 1;
        Ok(())
    }

    fn timed(name: &str, step: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
        println!("\n── {name}");
        let started = Instant::now();
        let outcome = step();
        let word = if outcome.is_ok() { "ok" } else { "FAILED" };
        println!("── {name}: {word} after {:.1} s", started.elapsed().as_secs_f64());
        outcome.map_err(|problem| format!("Stopped at `{name}`: {problem}"))
    }
}
