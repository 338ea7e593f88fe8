//! The app: arguments, then the window.

// A release build on Windows opens no console beside its window.
#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::{
    error::Error,
    io::{self, Write as _},
    path::PathBuf,
    process::ExitCode,
    time::Instant,
};

use clap::{CommandFactory as _, FromArgMatches as _, Parser};
use wheelhouse::{
    app::{KeysIn, Options, Whose, with_causes},
    cli::account_args::{ArgumentError, GivenAccount},
    shell::{self, Opening},
};

const WAYS: &str = "\
There are three ways to open it:
  wheelhouse                                            your accounts; at the first start, it asks for one
  wheelhouse --demo                                     the built-in simulator
  wheelhouse --base-url URL --key KEY --secret-file -   a real account, for this session only";

/// Watches AI-voice, WhatsApp and chatbot campaigns.
#[derive(Parser)]
#[command(name = "wheelhouse", version, before_help = WAYS)]
struct Arguments {
    /// Opens the built-in simulator, whose data goes when the window is closed.
    #[arg(long, conflicts_with_all = ["GivenAccount", "data_dir"])]
    demo: bool,
    /// Another simulated world.
    #[arg(long, value_name = "S", requires = "demo", default_value_t = 1)]
    seed: u64,
    /// How many times faster the simulated time runs.
    #[arg(long, value_name = "X", requires = "demo", default_value_t = 1.0, value_parser = speed)]
    speed: f64,
    /// Prints one JSON line when the first rows are on screen.
    #[arg(long)]
    report_start: bool,
    /// Where accounts, stored rows and recordings live.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    #[command(flatten)]
    account: Option<GivenAccount>,
    /// Where to begin: a copied link, as the desktop hands it over.
    #[arg(value_name = "wheelhouse://…")]
    link: Option<String>,
}

fn main() -> ExitCode {
    let began = Instant::now();
    let arguments = match arguments() {
        Ok(arguments) => arguments,
        Err(problem) => problem.exit(),
    };
    let (report_start, link) = (arguments.report_start, arguments.link.clone());
    let opened = options(arguments)
        .map_err(Box::<dyn Error>::from)
        .and_then(|app| Ok(shell::run(Opening { app, began, report_start, link }, told_to_end())?));
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(error.as_ref()),
    }
}

/// The account's flags are all there or none.
fn arguments() -> Result<Arguments, clap::Error> {
    let mut command = Arguments::command();
    for (name, other) in [("base_url", "key"), ("key", "base_url")] {
        command = command.mut_arg(name, |arg| arg.required(false).requires(other));
    }
    Arguments::from_arg_matches(&command.try_get_matches()?)
}

fn options(arguments: Arguments) -> Result<Options, ArgumentError> {
    let whose = match arguments {
        Arguments { account: Some(account), data_dir, .. } => return account.options(data_dir),
        Arguments { demo: true, seed, speed, .. } => Whose::Demo { seed, speed },
        _ => Whose::Kept { keychain: KeysIn::System },
    };
    Ok(Options { data_dir: arguments.data_dir, ..Options::of(whose) })
}

fn speed(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(speed) if speed > 0.0 && speed.is_finite() => Ok(speed),
        _ => Err("a speed is a number above 0".to_owned()),
    }
}

/// Asked by a shell, by the end of the user's session, or with Ctrl+C: the same as closing the window.
async fn told_to_end() {
    #[cfg(unix)]
    if let Ok(mut terminate) =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())
    {
        tokio::select! {
            _ = terminate.recv() => return,
            Ok(()) = tokio::signal::ctrl_c() => return,
        }
    }
    if tokio::signal::ctrl_c().await.is_err() {
        // No handler could be set, so the system ends the process in its own way.
        std::future::pending::<()>().await;
    }
}

fn fail(error: &dyn Error) -> ExitCode {
    let text = format!("wheelhouse: {}", with_causes(error));
    // Nothing is left to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "{text}");
    ExitCode::FAILURE
}
