//! Where a documentation is read from: the address that the profile names, files, or a pasted text.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::Bytes;
use reqwest::Url;

use super::{
    llms::{self, Listed},
    page::{self, EXPORT_BYTES, Origin, PAGE_BYTES, Pages},
};
use crate::vendor::transport::{Method, Request, Response, Transport, TransportError};

/// What is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// An address of the documentation; `None` is the profile's own.
    Address(Option<String>),
    /// Files, or folders with files, on this computer.
    Files(Vec<PathBuf>),
    /// A page, or an OpenAPI export, as text.
    Pasted(String),
}

/// How far the reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    /// Known as soon as the index is read.
    pub all: Option<usize>,
}

/// Told after every page.
pub type Told<'a> = &'a (dyn Fn(Progress) + Send + Sync);

/// Why nothing could be read at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SourceError {
    #[error("the documentation address {address} cannot be used: {why}")]
    Address { address: String, why: String },
    #[error(
        "{host} is not asked: pages are fetched from {allowed} only, which is the documentation \
         address of the profile"
    )]
    OtherHost { host: String, allowed: String },
    #[error(
        "{from} sends on to {to}, and a documentation is not followed to another host: if that is \
         right, set it as url under [documentation] in the profile"
    )]
    SentOn { from: String, to: String },
    #[error("{address} could not be read: {why}")]
    Unread { address: String, why: String },
    #[error("{} could not be read: {why}", path.display())]
    File { path: PathBuf, why: String },
    #[error(
        "there is no page in it: neither an index (llms.txt), nor a page, nor an OpenAPI export"
    )]
    Empty,
}

/// The vendor's own documentation hosts, for a profile that names none.
pub const HOSTS: [&str; 3] =
    ["api-docs.airudder.com", "api-docs-v2.airudder.com", "developer.airudder.com"];
/// Where reading begins for a profile that names no address (DOCUMENTED: it carries the public index).
pub const START: &str = "https://api-docs.airudder.com";

/// Reads everything that `source` names. `documentation_url` is the profile's; nothing is fetched from
/// any other host. A page that cannot be read is a trouble of the result, not its end.
pub async fn read(
    source: Source,
    documentation_url: Option<&str>,
    transport: &Arc<dyn Transport>,
    told: Told<'_>,
) -> Result<Pages, SourceError> {
    let pages = match source {
        Source::Address(address) => {
            let fetch = Fetch::new(address.as_deref(), documentation_url, transport)?;
            fetch.all(told).await?
        }
        Source::Files(paths) => {
            let read = tokio::task::spawn_blocking(move || read_files(&paths)).await;
            let told_file = |why: String| SourceError::File { path: PathBuf::new(), why };
            let pages = read.map_err(|error| told_file(error.to_string()))??;
            told(Progress { done: pages.count(), all: Some(pages.count()) });
            pages
        }
        Source::Pasted(text) => {
            let mut pages = Pages::default();
            page::read(&text, Origin { address: "pasted text", ..Origin::default() }, &mut pages);
            pages
        }
    };
    if pages.count() == 0 { Err(SourceError::Empty) } else { Ok(pages) }
}

/// One reading of one host.
struct Fetch<'a> {
    transport: &'a Arc<dyn Transport>,
    start: Url,
}

impl<'a> Fetch<'a> {
    fn new(
        address: Option<&str>,
        documentation_url: Option<&str>,
        transport: &'a Arc<dyn Transport>,
    ) -> Result<Self, SourceError> {
        let start = parse(address.or(documentation_url).unwrap_or(START))?;
        match documentation_url.map(parse).transpose()? {
            Some(allowed) if !same_host(&allowed, &start) => {
                Err(SourceError::OtherHost { host: host(&start), allowed: host(&allowed) })
            }
            None if !HOSTS.contains(&host(&start).as_str()) || start.scheme() != "https" => {
                Err(SourceError::OtherHost { host: host(&start), allowed: HOSTS.join(", ") })
            }
            _ => Ok(Self { transport, start }),
        }
    }

    async fn all(&self, told: Told<'_>) -> Result<Pages, SourceError> {
        let mut pages = Pages { host: Some(host(&self.start)), ..Pages::default() };
        let name = self.start.path().rsplit('/').next().unwrap_or_default();
        let is_page = [".md", ".json", ".yaml", ".yml"].iter().any(|end| name.ends_with(end));
        let mut index = self.start.clone();
        if !is_page && !name.ends_with(".txt") {
            let folder = index.path().trim_end_matches('/').to_owned();
            index.set_path(&format!("{folder}/llms.txt"));
            index.set_query(None);
        }
        told(Progress { done: 0, all: is_page.then_some(1) });
        let text = self.text(index.clone(), EXPORT_BYTES).await?;
        let listed = llms::read(&text);
        if is_page || listed.is_empty() {
            page::read(&text, Origin { address: index.as_str(), ..Origin::default() }, &mut pages);
            told(Progress { done: 1, all: Some(1) });
            return Ok(pages);
        }
        for (done, entry) in listed.iter().enumerate() {
            told(Progress { done, all: Some(listed.len()) });
            self.listed(&index, entry, &mut pages).await;
        }
        told(Progress { done: listed.len(), all: Some(listed.len()) });
        Ok(pages)
    }

    async fn listed(&self, index: &Url, entry: &Listed, pages: &mut Pages) {
        let text = match index.join(&entry.address) {
            Ok(address) if same_host(&address, &self.start) => self.text(address, PAGE_BYTES).await,
            Ok(address) => {
                Err(SourceError::OtherHost { host: host(&address), allowed: host(&self.start) })
            }
            Err(error) => {
                Err(SourceError::Address { address: entry.address.clone(), why: error.to_string() })
            }
        };
        match text {
            Ok(text) => {
                let origin =
                    Origin { address: &entry.address, title: &entry.title, group: &entry.group };
                page::read(&text, origin, pages);
            }
            Err(error) => pages.trouble(&entry.title, &entry.address, error.to_string()),
        }
    }

    /// The text of an address; one redirect within the host is followed.
    async fn text(&self, address: Url, limit: usize) -> Result<String, SourceError> {
        let unread = |at: &Url, why: String| SourceError::Unread { address: at.to_string(), why };
        let told = |at: &Url, error: TransportError| unread(at, plain(&error));
        let first = self.get(&address, limit).await.map_err(|e| told(&address, e))?;
        let Some(onward) = redirect(&address, &first) else {
            return body(&first).map_err(|why| unread(&address, why));
        };
        if !same_host(&onward, &self.start) {
            return Err(SourceError::SentOn { from: host(&address), to: host(&onward) });
        }
        let second = self.get(&onward, limit).await.map_err(|e| told(&onward, e))?;
        body(&second).map_err(|why| unread(&onward, why))
    }

    async fn get(&self, address: &Url, limit: usize) -> Result<Response, TransportError> {
        let headers = vec![(
            "Accept".to_owned(),
            "text/markdown, text/plain, application/json, */*".to_owned(),
        )];
        let url = address.to_string();
        let request = Request { method: Method::Get, url, headers, body: Bytes::new() };
        self.transport.send(request, limit).await
    }
}

/// The transport speaks of the vendor's API, which this is not.
fn plain(error: &TransportError) -> String {
    error.to_string().replace("the vendor's answer", "the answer")
}

fn redirect(from: &Url, response: &Response) -> Option<Url> {
    let location = response.header("location").filter(|_| (300..400).contains(&response.status))?;
    from.join(location).ok()
}

fn body(response: &Response) -> Result<String, String> {
    if !(200..300).contains(&response.status) {
        return Err(format!("the answer is HTTP {}", response.status));
    }
    Ok(String::from_utf8_lossy(&response.body).into_owned())
}

fn parse(address: &str) -> Result<Url, SourceError> {
    let why = |why: String| SourceError::Address { address: address.to_owned(), why };
    let url = Url::parse(address.trim()).map_err(|error| why(error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() {
        return Err(why("it must begin with https:// or http://".to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(why("it must not hold a user name or password".to_owned()));
    }
    Ok(url)
}

/// Scheme, name and port: a page must not lead from https to http either.
fn same_host(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host_str() == other.host_str()
        && one.port_or_known_default() == other.port_or_known_default()
}

/// With its port, where it has one of its own.
fn host(url: &Url) -> String {
    let name = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"))
}

/// Files of a folder at most, and folders within folders.
const FILES: usize = llms::PAGES;
const FOLDERS: usize = 8;
const ENDINGS: [&str; 6] = ["md", "markdown", "txt", "json", "yaml", "yml"];

/// Reads files, and folders with all that is in them; an index among them gives titles and folders to
/// its pages.
fn read_files(paths: &[PathBuf]) -> Result<Pages, SourceError> {
    let mut files = Vec::new();
    for path in paths {
        collect(path, FOLDERS, &mut files).map_err(|e| told(path, &e))?;
    }
    files.sort();
    let mut texts = Vec::new();
    let mut pages = Pages::default();
    for path in files {
        match read_file(&path) {
            Ok(text) => texts.push((path, text)),
            Err(error) if paths.contains(&path) => return Err(error),
            Err(error) => pages.trouble("", &path.to_string_lossy(), error.to_string()),
        }
    }
    let (indexes, texts): (Vec<_>, Vec<_>) =
        texts.into_iter().partition(|(path, text)| is_index(path, text));
    let listed: Vec<Listed> = indexes.iter().flat_map(|(_, text)| llms::read(text)).collect();
    for (path, text) in texts {
        let address = path.to_string_lossy();
        let id = page::id_in(&address);
        let line = listed.iter().find(|entry| entry.page_id.is_some() && entry.page_id == id);
        let (title, group) = line.map_or(("", &[][..]), |l| (l.title.as_str(), l.group.as_slice()));
        page::read(&text, Origin { address: &address, title, group }, &mut pages);
    }
    Ok(pages)
}

fn is_index(path: &Path, text: &str) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("llms") && name.ends_with(".txt") && !llms::read(text).is_empty()
}

fn told(path: &Path, error: &std::io::Error) -> SourceError {
    SourceError::File { path: path.to_owned(), why: error.to_string() }
}

/// A link is followed only where it was named itself.
fn collect(path: &Path, depth: usize, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    if fs::metadata(path)?.is_file() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let (kind, path) = (entry.file_type()?, entry.path());
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        if kind.is_dir() && depth > 0 {
            collect(&path, depth - 1, files)?;
        } else if kind.is_file() && ENDINGS.contains(&ending.as_str()) && files.len() < FILES {
            files.push(path);
        }
    }
    Ok(())
}

fn read_file(path: &Path) -> Result<String, SourceError> {
    let length = fs::metadata(path).map_err(|e| told(path, &e))?.len();
    if length > EXPORT_BYTES as u64 {
        let why = format!("it is over the limit of {EXPORT_BYTES} bytes");
        return Err(SourceError::File { path: path.to_owned(), why });
    }
    let bytes = fs::read(path).map_err(|e| told(path, &e))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
