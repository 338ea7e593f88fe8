//! `bench-ingest`
use clap::Args;
use super::CliError;
#[derive(Args)]
pub struct BenchArgs { #[arg(long)] json: bool }
pub async fn run(_: BenchArgs) -> Result<(), CliError> { Ok(()) }
