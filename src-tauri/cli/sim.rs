//! `sim`: the simulator over loopback.

use clap::Args;

use super::CliError;
use crate::{
    app,
    sim_server::{self, SimOptions},
};

#[derive(Args)]
pub struct SimArgs {
    /// The port of this computer; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Which world: equal seeds make equal worlds.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// How fast its time runs.
    #[arg(long, default_value_t = 1.0)]
    speed: f64,
    /// What goes wrong: names with commas between them, or `none`.
    #[arg(long, default_value = "none", value_name = "NAME")]
    faults: String,
    /// Answers only what the vendor is known to answer.
    #[arg(long)]
    known_only: bool,
    /// Sends its webhooks to this address of this computer.
    #[arg(long, value_name = "URL")]
    hook_url: Option<String>,
}

pub async fn run(args: SimArgs) -> Result<(), CliError> {
    let clock = app::system_clock();
    sim_server::run(SimOptions {
        port: args.port,
        seed: args.seed,
        speed: args.speed,
        faults: args.faults,
        known_only: args.known_only,
        hook_url: args.hook_url,
        profile_folder: None,
        wall: std::sync::Arc::new(move || clock().millis()),
    })
    .await?;
    Ok(())
}
