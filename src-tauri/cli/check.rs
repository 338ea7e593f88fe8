//! `check`: everything between us and the vendor tried once, and what to do about each trouble.

use std::{
    io::{self, Write as _},
    sync::Arc,
    time::Duration,
};

use clap::Args;

use super::{
    CliError,
    account_args::{AccountArgs, DialerArgs},
};
use crate::{
    app::{self, Options, Whose},
    ipc::setup::{check::shown, dto::StepOutcome},
    vendor::{
        self, HttpTransport, Keys, Limits, Profile, Settings,
        check::{Examples, Row, Scope, Surroundings, check},
    },
};

#[derive(Args)]
pub struct CheckArgs {
    #[command(flatten)]
    account: AccountArgs,
    #[command(flatten)]
    dialer: DialerArgs,
    /// Asks GETs on guessed paths too, this once. A POST on a guessed path is never sent.
    #[arg(long)]
    guesses: bool,
    /// Asks for Leads Generation too: the account has this business line.
    #[arg(long)]
    leads: bool,
    /// Prints the rows as JSON.
    #[arg(long)]
    json: bool,
}

/// Our own choice, like the app's (ASSUMED to be harmless).
const BUDGET_PER_S: f64 = 5.0;
/// The longest silence of the vendor.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn run(args: CheckArgs) -> Result<(), CliError> {
    let settings = settings(args.account.options()?, args.dialer.keys()?)?;
    let surroundings = Surroundings::of_environment(&settings.base_url);
    let transport = Arc::new(HttpTransport::new(PATIENCE).map_err(app::StartError::from)?);
    let (reads, _) = vendor::connect(settings, transport).map_err(app::StartError::from)?;
    let mut failed = None;
    let told = |row: &Row| {
        if !args.json && failed.is_none() {
            failed = line(&shown(row)).err();
        }
    };
    let scope = Scope { guesses: args.guesses, leads: args.leads };
    let rows = check(&reads, &surroundings, Examples::default(), scope, told).await;
    if let Some(error) = failed {
        return Err(error.into());
    }
    let rows: Vec<_> = rows.iter().map(shown).collect();
    let mut out = io::stdout().lock();
    if args.json {
        let json = serde_json::to_string_pretty(&rows).map_err(io::Error::from)?;
        writeln!(out, "{json}")?;
    }
    out.flush()?;
    let troubles = rows.iter().filter(|row| row.outcome == StepOutcome::Trouble).count();
    if troubles == 0 { Ok(()) } else { Err(CliError::Trouble { troubles }) }
}

/// Without a store and without a core: nothing but the check may ask.
fn settings(options: Options, pds: Option<Keys>) -> Result<Settings, CliError> {
    let Whose::Real { base_url, key, secret, profile } = options.whose else {
        return Err(CliError::NoAccount);
    };
    let profile = match profile {
        Some(path) => {
            let read = std::fs::read_to_string(&path);
            let text = read.map_err(|source| app::StartError::ProfileFile { path, source })?;
            Profile::parse(&text).map_err(app::StartError::from)?
        }
        None => Profile::built_in(),
    };
    Ok(Settings {
        base_url,
        key,
        secret,
        chatbot: None,
        pds,
        profile,
        budget_per_s: options.budget.unwrap_or(BUDGET_PER_S),
        clock: app::system_clock(),
        limits: Limits::default(),
    })
}

fn line(row: &crate::ipc::setup::dto::CheckRow) -> io::Result<()> {
    let word = match row.outcome {
        StepOutcome::Good => "good",
        StepOutcome::Look => "look",
        StepOutcome::Trouble => "TROUBLE",
        StepOutcome::NotTested => "-",
    };
    let evidence = row.evidence.map(|e| format!("{e:?}").to_lowercase()).unwrap_or_default();
    let http = row.http.map(|status| status.to_string()).unwrap_or_default();
    let rows = row.rows.map(|rows| format!("{rows} rows")).unwrap_or_default();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{:<8} {:<32} {:<11} {http:<4} {rows:<9} {}",
        word,
        row.key,
        evidence,
        row.detail.as_deref().unwrap_or_default()
    )?;
    if !row.unknown.is_empty() {
        writeln!(out, "         fields without a use: {}", row.unknown.join(", "))?;
    }
    out.flush()
}
