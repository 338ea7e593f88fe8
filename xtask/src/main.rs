//! The verbs of this repository: `cargo xtask <verb>`. Each sets up what it needs and says what it runs.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line talks by printing")]

mod bench;
mod demo;
mod display;
mod exec;
mod options;
mod package;
mod setup;
mod suite;
mod tally;

use std::process::ExitCode;

use options::Options;

const USAGE: &str = "\
cargo xtask <verb>

  demo      open the app on the built-in simulator
              --seed S, --speed X    another world; faster time
              --release              optimised: slower to build, faster to run
              --headless --for 30s --screenshot FILE
                                     the same app without a display; a picture at the end
  test      everything: format, lints, types, all tests, the real window
  check     the quick loop: format, lints of the core, types of the page
  bench     --json FILE [--quick] [--only NAME]     measure the release build
  bind      write ui/src/bindings/types.ts from the Rust types
  pictures  take the guide's pictures in docs/guide from the real window
  package   [--json FILE]                           build the .deb and say what it weighs

  --yes     install missing system packages without asking
";

fn main() -> ExitCode {
    let options = match Options::from_command_line() {
        Ok(options) => options,
        Err(problem) => {
            eprintln!("{problem}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    let outcome = match options.verb.as_str() {
        "demo" => demo::demo(&options),
        "test" => suite::test(&options),
        "check" => suite::check(),
        "bench" => bench::bench(&options),
        "bind" => suite::bind(),
        "pictures" => suite::pictures(&options),
        "package" => package::package(&options),
        "" | "help" => {
            print!("{USAGE}");
            Ok(())
        }
        unknown => Err(format!("There is no verb `{unknown}`.\n\n{USAGE}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            // Empty when all was said: the count of `test` stays the last line.
            if !problem.is_empty() {
                eprintln!("{problem}");
            }
            ExitCode::FAILURE
        }
    }
}
