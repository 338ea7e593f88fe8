//! The subcommands of `wheelhouse-cli`. Answers go to standard output, everything else to standard
//! error.

pub mod account_args;
mod bench;
mod bench_freshness;
mod bench_shift;
mod check;
mod contract;
mod contract_import;
mod export;
mod hook;
mod rows;
mod sim;
mod watch;

use std::{io::Write as _, process::ExitCode};

use clap::{Parser, Subcommand};

/// Watches AI Rudder workflows without a window.
#[derive(Parser)]
#[command(name = "wheelhouse-cli", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Reads everything that an account lists and follows it: one JSON line a change.
    Watch(watch::WatchArgs),
    /// Tries everything between us and the vendor once and says what to do next.
    Check(check::CheckArgs),
    /// Writes what a store holds.
    Export(export::ExportArgs),
    /// Takes webhooks into a store: saved bodies, or by way of a relay.
    #[command(subcommand)]
    Hook(hook::HookCommand),
    /// Shows and checks a contract profile.
    #[command(subcommand)]
    Contract(contract::ContractCommand),
    /// Runs the simulator on this computer.
    Sim(sim::SimArgs),
    /// Measures how fast rows reach the store; `cargo xtask bench` calls it.
    #[command(hide = true)]
    BenchIngest(bench::BenchArgs),
    /// Measures how old the data gets; `cargo xtask bench` calls it.
    #[command(hide = true)]
    BenchFreshness,
    /// Measures what a shift costs; `cargo xtask bench` calls it.
    #[command(hide = true)]
    BenchShift(bench_shift::ShiftArgs),
}

/// Why a subcommand ended early, for a person.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error(transparent)]
    Start(#[from] crate::app::StartError),
    #[error(transparent)]
    Arguments(#[from] account_args::ArgumentError),
    #[error("the vendor refuses this key")]
    SignIn(#[source] crate::vendor::ReadError),
    #[error("the store cannot be used")]
    Store(#[from] crate::store::StoreError),
    #[error("there is no store at {}: name its folder with --data-dir", .0.display())]
    NoStore(std::path::PathBuf),
    #[error(transparent)]
    Profile(#[from] crate::vendor::ProfileError),
    #[error("{} could not be read", .file.display())]
    ReadFile { file: std::path::PathBuf, source: std::io::Error },
    #[error("the output could not be written")]
    Output(#[from] std::io::Error),
    #[error("the simulator could not run")]
    Simulator(#[from] crate::sim_server::SimError),
    #[error("the token cannot be read from {}: {why}", file.display())]
    Token { file: std::path::PathBuf, why: String },
    #[error("this computer has no randomness to make a secret address of: name one with --path")]
    NoRandomness,
    #[error("webhooks cannot be received there")]
    Receiver(#[from] crate::hooks::HookServerError),
    #[error("the relay could not be read")]
    Relay(#[from] crate::hooks::relay::PullError),
    #[error("{failed} of {all} files could not be taken in")]
    Import { failed: usize, all: usize },
    #[error(transparent)]
    Documentation(#[from] contract_import::ImportError),
    #[error("name the account by --base-url and --key")]
    NoAccount,
    #[error("{troubles} of the rows are in trouble; each says what to do next")]
    Trouble { troubles: usize },
    #[error("a window's data could not be read: {0}")]
    Ui(#[from] crate::ipc::frames::UiError),
}

pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    log_to_stderr();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&CliError::Output(error)),
    };
    let result = runtime.block_on(async {
        match arguments.command {
            Command::Watch(args) => watch::run(args).await,
            Command::Check(args) => check::run(args).await,
            Command::Export(args) => export::run(args).await,
            Command::Hook(command) => hook::run(command).await,
            Command::Contract(command) => contract::run(command).await,
            Command::Sim(args) => sim::run(args).await,
            Command::BenchIngest(args) => bench::run(args).await,
            Command::BenchFreshness => bench_freshness::run(),
            Command::BenchShift(args) => bench_shift::run(args).await,
        }
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error),
    }
}

fn fail(error: &CliError) -> ExitCode {
    let text = format!("wheelhouse-cli: {}", crate::app::with_causes(error));
    // Nothing is left to tell when standard error is closed.
    let _ = writeln!(std::io::stderr(), "{text}");
    ExitCode::FAILURE
}

fn log_to_stderr() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("WHEELHOUSE_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}
