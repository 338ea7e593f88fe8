//! `hook serve` and `hook pull`.

use std::{
    io::{self, Write},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use clap::Args;
use secrecy::SecretString;
use tokio::sync::{Mutex, Notify};

use super::drain;
use crate::{
    app,
    cli::CliError,
    domain::ids::AccountId,
    hooks::{
        self, Intake, Letterbox, ReceiverOptions,
        relay::{EventsDoor, Puller},
    },
    store::{self, InboxWriter, StoredAccount},
};

#[derive(Args)]
pub struct ServeArgs {
    /// Where webhooks are received and fetched: 0.0.0.0:8080. Behind a proxy that speaks TLS.
    #[arg(long, value_name = "ADDRESS:PORT")]
    bind: SocketAddr,
    /// Where what arrived is kept until it is fetched, and for some days after.
    #[arg(long, value_name = "DIR")]
    data_dir: PathBuf,
    /// A file with the token that desktops fetch with: at least 16 characters.
    #[arg(long, value_name = "FILE")]
    token_file: PathBuf,
    /// The secret segment of the address, /hook/SEG; made once and remembered where absent.
    #[arg(long, value_name = "SEG")]
    path: Option<String>,
    /// Bodies come encrypted: keeps what is no JSON too.
    #[arg(long)]
    encrypted: bool,
    /// How long a body is kept.
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    keep_days: u32,
}

#[derive(Args)]
pub struct PullArgs {
    /// The relay's address, without /events.
    #[arg(value_name = "URL")]
    url: String,
    /// A file with the relay's token.
    #[arg(long, value_name = "FILE")]
    token_file: PathBuf,
    /// Where the store lives.
    #[arg(long, value_name = "DIR")]
    data_dir: Option<PathBuf>,
    /// The account that the events belong to, as `watch` names it.
    #[arg(long, default_value = "imported")]
    account: String,
}

/// The relay knows no accounts; everything that it keeps is under this name.
const ACCOUNT: &str = "relay";
/// A token that can be guessed opens all that was received.
const TOKEN_LENGTH: usize = 16;
const SEGMENT_FILE: &str = "segment";
const PRUNE_EVERY: Duration = Duration::from_secs(3_600);
const DAY_MS: i64 = 86_400_000;

pub async fn serve(args: ServeArgs) -> Result<(), CliError> {
    let token = read_token(&args.token_file)?;
    let opened = store::open(&args.data_dir.join("relay.db")).await?;
    let segment = match args.path {
        Some(segment) => segment,
        None => remembered_segment(&args.data_dir)?,
    };
    let path = format!("/hook/{segment}");
    let account = AccountId::new(ACCOUNT);
    let intake = Intake { any: args.encrypted, ..Intake::plain(account) };
    let events = EventsDoor::new(opened.reader.clone(), token).await?;
    let options = ReceiverOptions {
        bind: args.bind,
        letterboxes: vec![Letterbox { path: path.clone(), intake: Arc::new(intake) }],
        events: Some(events),
    };
    let inbox = Arc::new(Mutex::new(opened.inbox));
    let clock = app::system_clock();
    let wake = Arc::new(Notify::new());
    let receiver = hooks::serve(options, Arc::clone(&inbox), wake, Arc::clone(&clock)).await?;
    // The one line of output: whoever starts the relay has to know where it listens.
    let line = serde_json::json!({
        "address": receiver.address().to_string(),
        "hook": path,
        "events": EventsDoor::PATH,
    });
    writeln!(io::stdout(), "{line}")?;
    let keep_ms = i64::from(args.keep_days) * DAY_MS;
    loop {
        prune(&inbox, clock().plus_ms(-keep_ms)).await;
        tokio::select! {
            () = asked_to_end() => break,
            () = tokio::time::sleep(PRUNE_EVERY) => {}
        }
    }
    receiver.shutdown().await;
    Ok(())
}

async fn prune(inbox: &Mutex<InboxWriter>, before: crate::domain::time::Timestamp) {
    if let Err(error) = inbox.lock().await.forget_before(before).await {
        tracing::error!(%error, "old events could not be thrown away");
    }
}

/// Ends with the terminal's interrupt, or when the system's supervisor asks.
async fn asked_to_end() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let ended = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut ended) => drop(ended.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    #[cfg(not(unix))]
    let ended = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = ended => {}
    }
}

pub async fn pull(args: PullArgs) -> Result<(), CliError> {
    let token = read_token(&args.token_file)?;
    let folder = app::data_dir(args.data_dir)?;
    let mut opened = store::open(&folder.join("wheelhouse.db")).await?;
    let account = AccountId::from(args.account.as_str());
    let stored =
        StoredAccount { id: account.clone(), name: args.account.clone(), base_url: String::new() };
    opened.writer.account(&stored).await?;
    let inbox = Arc::new(Mutex::new(opened.inbox));
    let intake = Arc::new(Intake { any: true, ..Intake::plain(account) });
    let puller = Puller::new(&args.url, token, intake, opened.reader.clone(), inbox)?;
    let (mut sent, mut taken) = (0, 0);
    loop {
        let (arrived, new) = puller.once(0).await?;
        sent += arrived;
        taken += new;
        if arrived == 0 {
            break;
        }
    }
    drain(opened.writer, opened.reader).await?;
    writeln!(io::stdout(), "{}", serde_json::json!({ "fetched": sent, "new": taken }))?;
    Ok(())
}

fn read_token(file: &Path) -> Result<SecretString, CliError> {
    let text = std::fs::read_to_string(file)
        .map_err(|source| CliError::Token { file: file.to_owned(), why: source.to_string() })?;
    let token = text.trim();
    if token.len() < TOKEN_LENGTH || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        let why = format!("a token has at least {TOKEN_LENGTH} characters and no spaces");
        return Err(CliError::Token { file: file.to_owned(), why });
    }
    Ok(SecretString::from(token))
}

/// The vendor is told the address once: it has to stay when the relay starts again.
fn remembered_segment(folder: &Path) -> Result<String, CliError> {
    let file = folder.join(SEGMENT_FILE);
    if let Ok(text) = std::fs::read_to_string(&file)
        && !text.trim().is_empty()
    {
        return Ok(text.trim().to_owned());
    }
    let segment = hooks::new_segment().ok_or(CliError::NoRandomness)?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    writeln!(options.open(&file)?, "{segment}")?;
    Ok(segment)
}
