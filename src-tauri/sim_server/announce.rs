//! Starts the simulator of the command line: a demo world, a profile that confirms its own paths, and
//! one line that says where both are.

use std::{
    fmt::Write as _,
    io::Write as _,
    path::{Path, PathBuf},
};

use serde::Serialize;
use tempfile::NamedTempFile;

use super::{Clock, HookDelivery, Running, ServeOptions, SimError, at_speed, serve, share};
use crate::sim::{FaultPlan, Known, ROUTES, Route, Script, WRITES, World};

/// The arguments of `sim`.
pub struct SimOptions {
    pub port: u16,
    pub seed: u64,
    /// How fast time runs, 1 as on the wall.
    pub speed: f64,
    /// As [`FaultPlan::parse`] reads it.
    pub faults: String,
    pub known_only: bool,
    /// Which shuffled contract lies over the world.
    pub scramble: Option<u64>,
    pub hook_url: Option<String>,
    /// Algorithm and secret that webhooks are signed with.
    pub hook_sign: Option<(String, String)>,
    /// Key that bodies of webhooks are encrypted with.
    pub hook_aes: Option<String>,
    /// Where the profile is written; the system's folder for temporary files where it is `None`.
    pub profile_folder: Option<PathBuf>,
    /// The wall clock.
    pub wall: Clock,
}

/// The first line that the simulator prints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Announcement {
    pub base_url: String,
    pub key: String,
    pub secret: String,
    /// A `contract.toml` that confirms the paths served here; under a shuffled contract it names no
    /// path, because that is to be learnt from the documentation. It goes when the simulator does.
    pub profile: String,
    /// Where the documentation of the contract in force is served: `llms.txt` is below it.
    pub docs: String,
}

/// Serves a demo world, announces it on stdout, and goes on until it is interrupted or terminated.
pub async fn run(options: SimOptions) -> Result<(), SimError> {
    let started = Started::with(options).await?;
    announce(&started.announcement).map_err(SimError::Announce)?;
    told_to_end().await.map_err(SimError::Serve)?;
    started.running.shutdown().await
}

/// What [`run`] has before it waits.
pub struct Started {
    pub running: Running,
    pub announcement: Announcement,
    /// Removed when this is dropped.
    _profile: NamedTempFile,
}

impl Started {
    pub async fn with(options: SimOptions) -> Result<Self, SimError> {
        let clock = at_speed(options.wall, options.speed);
        let script = Script::demo(options.seed)
            .starting(clock())
            .known_only(options.known_only)
            .scrambled(options.scramble)
            .with_faults(FaultPlan::parse(&options.faults)?);
        let script = Script { hook_sign: options.hook_sign, hook_aes: options.hook_aes, ..script };
        let hooks = options.hook_url.as_deref().map(HookDelivery::to).transpose()?;
        let (key, secret) = (script.key.clone(), script.secret.clone());
        let world = share(World::new(script));
        let running =
            serve(world, ServeOptions { port: options.port, hooks, ..ServeOptions::new(clock) })
                .await?;
        let folder = options.profile_folder.unwrap_or_else(std::env::temp_dir);
        let docs = format!("{}/docs", running.base_url);
        let text = match options.scramble {
            Some(_) => unmapped_profile_text(&docs),
            None => profile_text(options.known_only),
        };
        let profile = write_profile(&folder, &text)?;
        let announcement = Announcement {
            base_url: running.base_url.clone(),
            key,
            secret,
            profile: profile.path().display().to_string(),
            docs,
        };
        Ok(Self { running, announcement, _profile: profile })
    }
}

/// Ctrl+C, or the signal by which another program ends this one.
async fn told_to_end() -> std::io::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminated = signal(SignalKind::terminate())?;
        tokio::select! {
            interrupted = tokio::signal::ctrl_c() => interrupted,
            _ = terminated.recv() => Ok(()),
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await
}

fn announce(announcement: &Announcement) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    serde_json::to_writer(&mut out, announcement)?;
    writeln!(out)?;
    out.flush()
}

fn write_profile(folder: &Path, text: &str) -> Result<NamedTempFile, SimError> {
    let write = || {
        let mut file = tempfile::Builder::new()
            .prefix("wheelhouse-sim-")
            .suffix(".toml")
            .tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        Ok(file)
    };
    let failed = |source| SimError::Profile { folder: folder.display().to_string(), source };
    write().map_err(failed)
}

/// The profile of an account whose contract is still to be read from the documentation at `docs`: the
/// zone and what was agreed to, and no path.
pub fn unmapped_profile_text(docs: &str) -> String {
    format!(
        "# The simulator's contract is described by its documentation.\nreads = \"known\"\n\
         zone = \"+08:00\"\n\n[documentation]\nurl = \"{docs}\"\n\n[family.chatbot]\nsign = \"none\"\n"
    )
}

/// The contract profile of a simulated account: every write that is served, and every path that is only
/// assumed, is confirmed by the one who serves it.
pub fn profile_text(known_only: bool) -> String {
    let reads = if known_only { "known" } else { "assumed" };
    let mut text = format!(
        "# The contract of the built-in simulator.\nreads = \"{reads}\"\nzone = \"+08:00\"\n\n\
         [family.chatbot]\nsign = \"none\"\n"
    );
    let needed = |r: &&Route| r.known == Known::Assumed || WRITES.contains(&r.key);
    let confirmed = ROUTES.iter().filter(|r| !known_only && needed(r));
    for route in confirmed {
        // Writing to a string does not fail.
        let _ = write!(
            text,
            "\n[endpoint.\"{}\"]\nmethod = \"{}\"\npath = \"{}\"\nconfirmed = \"the simulator's own \
             contract\"\n",
            route.key,
            route.method.word(),
            route.path
        );
    }
    text
}
