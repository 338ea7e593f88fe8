//! `contract import`: the vendor's documentation as changes of a profile, shown before they are kept.

use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use clap::Args;

use super::CliError;
use crate::{
    app,
    vendor::{
        HttpTransport, Profile, ProfileError,
        change::{self, Change},
        documentation::{self, Progress, Proposal, Source, SourceError},
        transport::{Transport, TransportError},
    },
};

#[derive(Args)]
pub struct ImportArgs {
    /// The documentation's address, a saved page, an `OpenAPI` export, or a folder with such files.
    #[arg(value_name = "SOURCE")]
    source: String,
    /// The contract profile; it need not exist yet.
    #[arg(long, value_name = "FILE")]
    profile: PathBuf,
    /// Writes the profile. Without it the changes are only shown.
    #[arg(long)]
    yes: bool,
}

/// Why nothing was imported, for a person.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error("{} could not be written", .path.display())]
    ProfileUnwritten { path: PathBuf, source: io::Error },
    #[error("{}: {error}", .path.display())]
    Profile { path: PathBuf, error: ProfileError },
    #[error("what the pages say makes no valid profile: {0}")]
    Result(ProfileError),
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error(transparent)]
    Transport(#[from] TransportError),
    #[error("no page of it describes an endpoint that is known here; the profile stays as it is")]
    NothingFound,
}

/// The longest silence of a documentation's server.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn run(args: ImportArgs) -> Result<(), CliError> {
    let path = args.profile.clone();
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(source) => return Err(CliError::ReadFile { file: path, source }),
    };
    let wrong = |error| ImportError::Profile { path: path.clone(), error };
    let profile = Profile::parse(&text).map_err(wrong)?;
    let transport: Arc<dyn Transport> =
        Arc::new(HttpTransport::new(PATIENCE).map_err(ImportError::from)?);
    let pages = documentation::read(
        source(&args.source),
        profile.documentation_url(),
        &transport,
        &progress,
    );
    let pages = pages.await.map_err(ImportError::from)?;
    let today: String = app::system_clock()().rfc3339().chars().take(10).collect();
    let proposal = documentation::propose(&pages, &text, &today).map_err(wrong)?;
    print(&proposal)?;
    if proposal.found.is_empty() {
        return Err(ImportError::NothingFound.into());
    }
    let changed = change::apply(&text, &proposal.changes).map_err(ImportError::Result)?;
    if args.yes && changed != text {
        write(&path, &changed).map_err(|source| ImportError::ProfileUnwritten { path, source })?;
    }
    Ok(())
}

fn source(given: &str) -> Source {
    if given.starts_with("http://") || given.starts_with("https://") {
        return Source::Address(Some(given.to_owned()));
    }
    Source::Files(vec![PathBuf::from(given)])
}

fn progress(progress: Progress) {
    let Progress { done, all } = progress;
    // Nothing is left to tell when standard error is closed.
    let _ = match all {
        Some(all) if done == all => writeln!(io::stderr(), "{all} pages read"),
        Some(all) if done % 20 == 0 => writeln!(io::stderr(), "{done} of {all} pages"),
        _ => Ok(()),
    };
}

fn print(proposal: &Proposal) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for change in &proposal.changes {
        writeln!(out, "{}", line(change))?;
    }
    for page in &proposal.ambiguous {
        let candidates = page.candidates.join(", ");
        writeln!(out, "? {} ({}): {}: {candidates}", page.title, page.address, page.why)?;
    }
    for page in &proposal.unmatched {
        writeln!(out, "- {} ({}): {}", page.title, page.address, page.why)?;
    }
    for note in &proposal.notes {
        let about = note.key.map_or_else(String::new, |key| format!("{}: ", key.as_str()));
        writeln!(out, "! {about}{}", note.sentence)?;
    }
    let (changes, found) = (proposal.changes.len(), proposal.found.len());
    writeln!(out, "{} pages, {found} endpoints found, {changes} changes", proposal.pages)
}

fn line(change: &Change) -> String {
    let told = |literal: &Option<String>| literal.clone().unwrap_or_else(|| "nothing".to_owned());
    format!("{}: {} -> {}  # {}", change.key(), told(&change.from), told(&change.to), change.source)
}

/// All or nothing: beside the old one first, then in its place.
fn write(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(Path::new(".")))?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    if let Ok(known) = fs::metadata(path) {
        fs::set_permissions(file.path(), known.permissions())?;
    }
    file.persist(path).map(|_| ()).map_err(|error| error.error)
}
