//! `wheelhouse-cli`: the same core without a window.

use std::process::ExitCode;

fn main() -> ExitCode {
    wheelhouse::cli::run()
}
