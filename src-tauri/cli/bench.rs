//! `bench-ingest`: how fast rows reach the store, over loopback HTTP, through the whole core.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Args;

use super::CliError;
use crate::{
    app::{self, StartError},
    domain::ids::AccountId,
    sim::{STORY_START, Script, World},
    sim_server::{self, ServeOptions},
    store::{self, ListAsk, StoredAccount},
    sync::{
        driver::{AccountReads, Driver},
        health::Ledger,
        pace::Pace,
    },
    vendor::{self, HttpTransport, Limits, Settings, profile::Profile},
};

#[derive(Args)]
pub struct BenchArgs {
    /// One flat JSON object on standard output: the only form.
    #[arg(long, required = true)]
    json: bool,
    /// How many times each figure is measured.
    #[arg(long, default_value_t = 5)]
    runs: usize,
}

/// Calls a page, as a user with a large account would set it in the profile.
const PAGE: &str = "\n[endpoint.\"workflow.outbound_details\"]\n\
    params = { page_size = { name = \"page_size\", value = 500 } }\n";

/// A still world of about 100,000 calls.
fn script() -> Script {
    Script {
        workflows: 14,
        entries: (6_000, 7_000),
        pace_ms: (30, 60),
        redial_wait_ms: (1_000, 2_000),
        arrivals_ms: 0,
        ..Script::story(7)
    }
}

pub async fn run(args: BenchArgs) -> Result<(), CliError> {
    let world = sim_server::share(World::new(script().starting(STORY_START)));
    let still = ServeOptions { remember: true, ..ServeOptions::new(Arc::new(|| STORY_START)) };
    let server = sim_server::serve(world, still).await?;
    // The first reading makes the server remember every page, and is not counted.
    read_into(&server.base_url, tempfile::tempdir()?.path()).await?;
    let (mut first, mut same) = (Vec::new(), Vec::new());
    for _ in 0..args.runs.max(1) {
        let folder = tempfile::tempdir()?;
        first.push(read_into(&server.base_url, folder.path()).await?.rate());
        same.push(read_into(&server.base_url, folder.path()).await?.rate());
    }
    server.shutdown().await?;
    let mut figures = BTreeMap::new();
    for (key, rates) in [("ingest_first_rows_s", first), ("ingest_same_rows_s", same)] {
        let (low, middle, high) = spread(rates);
        figures.insert(key.to_owned(), middle);
        figures.insert(format!("{key}_min"), low);
        figures.insert(format!("{key}_max"), high);
    }
    let line = serde_json::to_string(&figures).map_err(io::Error::from)?;
    writeln!(io::stdout().lock(), "{line}")?;
    Ok(())
}

struct Reading {
    calls: i64,
    took: Duration,
}

impl Reading {
    fn rate(&self) -> f64 {
        (self.calls as f64 / self.took.as_secs_f64()).round()
    }
}

/// Reads everything once into the store of a folder; only the calls are counted as rows.
async fn read_into(base_url: &str, folder: &Path) -> Result<Reading, CliError> {
    let opened = store::open(&folder.join("wheelhouse.db")).await?;
    let account = AccountId::new("bench");
    let mut writer = opened.writer;
    let stored =
        StoredAccount { id: account.clone(), name: String::new(), base_url: base_url.to_owned() };
    writer.account(&stored).await?;
    let clock = app::system_clock();
    let profile = sim_server::profile_text(false) + PAGE;
    let settings = Settings {
        base_url: base_url.to_owned(),
        key: "demo".to_owned(),
        secret: "demo".to_owned().into(),
        chatbot: None,
        pds: None,
        profile: Profile::parse(&profile).map_err(StartError::Profile)?,
        budget_per_s: 100_000.0,
        clock: Arc::clone(&clock),
        limits: Limits::default(),
    };
    let transport = HttpTransport::new(Duration::from_secs(30)).map_err(StartError::Transport)?;
    let (reads, _) = vendor::connect(settings, Arc::new(transport)).map_err(StartError::Connect)?;
    let reader = opened.reader.clone();
    let began = Instant::now();
    let mut driver = Driver::new(
        vec![AccountReads { account, reads, lines: Vec::new() }],
        writer,
        opened.reader,
        clock,
        Ledger::default(),
        Pace::default(),
    )
    .await?;
    driver.catch_up().await;
    let took = began.elapsed();
    let calls = reader.calls(&ListAsk::default()).await?.total;
    Ok(Reading { calls, took })
}

/// Lowest, median, highest.
fn spread(mut rates: Vec<f64>) -> (f64, f64, f64) {
    rates.sort_by(f64::total_cmp);
    let at = |i: usize| rates.get(i).copied().unwrap_or_default();
    (at(0), at(rates.len() / 2), at(rates.len().saturating_sub(1)))
}
