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
    /// Lays this shuffled contract over the world: other paths, parameters, fields and statuses, to be
    /// learnt from the documentation that it serves.
    #[arg(long, value_name = "SEED")]
    scramble: Option<u64>,
    /// Sends its webhooks to this address of this computer.
    #[arg(long, value_name = "URL")]
    hook_url: Option<String>,
    /// Signs its webhooks: algorithm and secret.
    #[arg(long, num_args = 2, value_names = ["ALGORITHM", "SECRET"])]
    hook_sign: Option<Vec<String>>,
    /// Encrypts the bodies of its webhooks with this key of 16, 24 or 32 characters (AES-CBC).
    #[arg(long, value_name = "KEY")]
    hook_aes: Option<String>,
}

pub async fn run(args: SimArgs) -> Result<(), CliError> {
    let clock = app::system_clock();
    sim_server::run(SimOptions {
        port: args.port,
        seed: args.seed,
        speed: args.speed,
        faults: args.faults,
        known_only: args.known_only,
        scramble: args.scramble,
        hook_url: args.hook_url,
        hook_sign: args
            .hook_sign
            .and_then(|words| <[String; 2]>::try_from(words).ok().map(Into::into)),
        hook_aes: args.hook_aes,
        profile_folder: None,
        wall: std::sync::Arc::new(move || clock().millis()),
    })
    .await?;
    Ok(())
}
