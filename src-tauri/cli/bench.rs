//! `bench-ingest`
use super::CliError;
use clap::Args;
#[derive(Args)]
pub struct BenchArgs {
    #[arg(long)]
    json: bool,
}
pub async fn run(_: BenchArgs) -> Result<(), CliError> {
    Ok(())
}
