//! `hook import`: takes saved webhook bodies into a store, the same way as received ones. `hook serve`
//! and `hook pull`: the two ends of a relay.

mod relay;

use std::{
    io::{self, Write},
    path::PathBuf,
};

use clap::{Args, Subcommand};

use super::CliError;
use crate::{
    app,
    domain::ids::AccountId,
    hooks::{self, Intake},
    store::{self, Arrival, StoredAccount},
    sync::{driver::Driver, health::Ledger, pace::Pace},
};

#[derive(Subcommand)]
pub enum HookCommand {
    /// Takes files with one body, a JSON array of bodies, or one body a line.
    Import(ImportArgs),
    /// Receives webhooks and keeps them for desktops to fetch: a relay without a window or an account.
    Serve(relay::ServeArgs),
    /// Fetches once what a relay has, into a store.
    Pull(relay::PullArgs),
}

#[derive(Args)]
pub struct ImportArgs {
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Where the store lives.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The account that the events belong to, as `watch` names it.
    #[arg(long, default_value = "imported")]
    account: String,
}

pub async fn run(command: HookCommand) -> Result<(), CliError> {
    match command {
        HookCommand::Import(args) => import(args).await,
        HookCommand::Serve(args) => relay::serve(args).await,
        HookCommand::Pull(args) => relay::pull(args).await,
    }
}

async fn import(args: ImportArgs) -> Result<(), CliError> {
    let folder = app::data_dir(args.data_dir)?;
    std::fs::create_dir_all(&folder)?;
    let mut opened = store::open(&folder.join("wheelhouse.db")).await?;
    let account = AccountId::from(args.account.as_str());
    let clock = app::system_clock();
    let stored =
        StoredAccount { id: account.clone(), name: args.account.clone(), base_url: String::new() };
    opened.writer.account(&stored).await?;
    let imported =
        hooks::import(&args.files, &Intake::plain(account), &mut opened.inbox, clock()).await;
    drain(opened.writer, opened.reader).await?;
    report(&imported)
}

/// The driver is the one who writes: with no account to read it only drains the inbox.
async fn drain(writer: store::Writer, reader: store::Reader) -> Result<(), CliError> {
    let (clock, ledger, pace) = (app::system_clock(), Ledger::default(), Pace::default());
    let mut driver = Driver::new(Vec::new(), writer, reader, clock, ledger, pace).await?;
    driver.step().await;
    Ok(())
}

fn report(imported: &[hooks::Imported]) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    let mut failed = 0;
    for one in imported {
        let file = one.file.display();
        match &one.result {
            Ok(Arrival::New(_)) => writeln!(out, "{file}: taken in")?,
            Ok(Arrival::Duplicate) => writeln!(out, "{file}: was taken in before")?,
            Err(error) => {
                failed += 1;
                writeln!(out, "{file}: {error}")?;
            }
        }
    }
    if failed > 0 {
        return Err(CliError::Import { failed, all: imported.len() });
    }
    Ok(())
}
