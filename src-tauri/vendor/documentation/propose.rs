//! What the pages would change in a profile. Nothing is kept here: every change is shown first.

use std::collections::{BTreeMap, HashMap};

use super::{
    answer,
    matching::{Match, matched},
    page::{PageEndpoint, Pages},
    params,
};
use crate::vendor::{
    catalogue::{Endpoint, Family, Key, Kind},
    change::{Change, entries, quoted},
    profile::{Contract, Profile, ProfileError},
    transport::Method,
};

/// What the pages say, as changes of one profile.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposal {
    /// Pages that were looked at.
    pub pages: usize,
    pub changes: Vec<Change>,
    pub found: Vec<Found>,
    pub ambiguous: Vec<Ambiguous>,
    pub unmatched: Vec<Unmatched>,
    /// What was read and changes nothing: tables of error codes, parts that could not be used.
    pub notes: Vec<Note>,
}

/// An endpoint that a page was found for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    pub key: Key,
    pub title: String,
    pub address: String,
}

/// A page that could be several endpoints, or several pages of one endpoint that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguous {
    pub title: String,
    pub address: String,
    /// Keys, or what the pages say.
    pub candidates: Vec<String>,
    pub why: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmatched {
    pub title: String,
    pub address: String,
    pub why: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub key: Option<Key>,
    pub sentence: String,
}

/// `today` is `YYYY-MM-DD`, the day on which the pages were read.
pub fn propose(pages: &Pages, profile_text: &str, today: &str) -> Result<Proposal, ProfileError> {
    let profile = Profile::parse(profile_text)?;
    let mut proposal = Proposal { pages: pages.count(), ..Proposal::default() };
    tell_texts(pages, &mut proposal);
    let mut by_key: BTreeMap<Key, Vec<(&PageEndpoint, bool)>> = BTreeMap::new();
    let mut doubtful: Vec<Key> = Vec::new();
    for page in &pages.endpoints {
        if let Some(why) = unusable(page, pages, &profile) {
            let (title, address) = (page.title.clone(), page.address.clone());
            proposal.unmatched.push(Unmatched { title, address, why });
            continue;
        }
        match matched(page) {
            Match::One { key, sure } => by_key.entry(key).or_default().push((page, sure)),
            Match::Several { keys, why } => {
                doubtful.extend(&keys);
                proposal.ambiguous.push(Ambiguous {
                    title: page.title.clone(),
                    address: page.address.clone(),
                    candidates: keys.iter().map(|key| key.as_str().to_owned()).collect(),
                    why,
                });
            }
            Match::Nothing { why } => {
                let (title, address) = (page.title.clone(), page.address.clone());
                proposal.unmatched.push(Unmatched { title, address, why });
            }
        }
    }
    let mut book = Book::new(profile_text, today)?;
    let shared = shared_paths(&by_key);
    for (key, found) in by_key {
        let clear = proposal.ambiguous.len();
        of_key(key, &found, &profile, &shared, &mut book, &mut proposal);
        if proposal.ambiguous.len() > clear {
            doubtful.push(key);
        }
    }
    mark_doubt(&doubtful, &profile, &mut book);
    proposal.changes = book.changes;
    Ok(proposal)
}

/// A write of which it is open which page is its own must not even be tried.
fn mark_doubt(keys: &[Key], profile: &Profile, book: &mut Book) {
    book.source = format!("documentation, read {}", book.today);
    for key in keys.iter().filter(|key| key.endpoint().kind == Kind::Write) {
        let place = |last| ["endpoint", key.as_str(), last];
        let settled =
            profile.confirmed_by(*key).is_some() || book.proposed(&place("confirmed")).is_some();
        if !settled {
            book.set(&place("ambiguous"), &quoted("several pages could be its own"));
        }
    }
}

fn tell_texts(pages: &Pages, proposal: &mut Proposal) {
    for trouble in &pages.troubles {
        let (title, address) = (trouble.title.clone(), trouble.address.clone());
        proposal.unmatched.push(Unmatched { title, address, why: trouble.why.clone() });
    }
    for text in pages.texts.iter().filter(|text| !text.errors.is_empty()) {
        let codes: Vec<_> = text.errors.iter().map(|e| format!("{} {}", e.code, e.words)).collect();
        let sentence = format!("{}: {}", text.title, codes.join(" · "));
        proposal.notes.push(Note { key: None, sentence });
    }
}

/// Why a page is not used, whatever its title.
fn unusable(page: &PageEndpoint, pages: &Pages, profile: &Profile) -> Option<String> {
    if let Some(twice) = &page.repeated {
        return Some(format!("{twice}, so it does not say which is meant"));
    }
    let ours = |host: &str| {
        let name = host.split(':').next().unwrap_or_default();
        let loopback = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
        let base = |family| profile.base_url(family).and_then(host_of).is_some_and(|b| b == host);
        name == "airudder.com"
            || name.ends_with(".airudder.com")
            || loopback
            || pages.host.as_deref() == Some(host)
            || Family::ALL.into_iter().any(base)
    };
    let hosts: Vec<String> = page.servers.iter().filter_map(|server| host_of(server)).collect();
    let foreign = !hosts.is_empty() && !hosts.iter().any(|host| ours(host));
    foreign.then(|| {
        format!("it describes another server, {}: another vendor's page", hosts.join(", "))
    })
}

/// Host and port of an absolute address.
fn host_of(address: &str) -> Option<String> {
    let rest = address.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.to_ascii_lowercase();
    (!host.is_empty()).then_some(host)
}

/// The pages' method and path with the keys that they are said to be.
type Shared = HashMap<(String, String), Vec<Key>>;

fn shared_paths(by_key: &BTreeMap<Key, Vec<(&PageEndpoint, bool)>>) -> Shared {
    let mut shared: Shared = HashMap::new();
    for (key, found) in by_key.iter().filter(|(key, _)| key.endpoint().is_asked()) {
        for (page, _) in found {
            let keys = shared.entry((page.method.clone(), path_of(page))).or_default();
            if !keys.contains(key) {
                keys.push(*key);
            }
        }
    }
    shared
}

/// The path below the host: servers may end in one, and a page may name the whole address.
pub(super) fn path_of(page: &PageEndpoint) -> String {
    let inside = |address: &str| {
        let rest = address.split_once("://").map_or("", |(_, rest)| rest);
        rest.find('/').map_or(String::new(), |at| rest[at..].to_owned())
    };
    if page.path.contains("://") {
        return inside(&page.path);
    }
    let prefix = page.servers.first().map(|server| inside(server)).unwrap_or_default();
    let prefix = prefix.trim_end_matches('/');
    format!("{prefix}{}", page.path)
}

fn of_key(
    key: Key,
    found: &[(&PageEndpoint, bool)],
    profile: &Profile,
    shared: &Shared,
    book: &mut Book,
    proposal: &mut Proposal,
) {
    let row = key.endpoint();
    let Some((page, sure)) = best(found) else { return };
    let says = |page: &PageEndpoint| format!("{} {}", page.method, path_of(page));
    if row.is_asked() && found.iter().any(|(other, _)| says(other) != says(page)) {
        let mut candidates: Vec<_> =
            found.iter().map(|(p, _)| format!("{} ({})", says(p), p.address)).collect();
        candidates.dedup();
        proposal.ambiguous.push(Ambiguous {
            title: format!("{} ({})", row.title, row.name),
            address: page.address.clone(),
            candidates,
            why: "its pages do not agree on method and path".to_owned(),
        });
        return;
    }
    let (title, address) = (page.title.clone(), page.address.clone());
    proposal.found.push(Found { key, title, address });
    tell_errors(key, page, proposal);
    let rivals = shared.get(&(page.method.clone(), path_of(page))).map_or(&[][..], Vec::as_slice);
    let rivals: Vec<&str> =
        rivals.iter().filter(|k| k.endpoint().path != row.path).map(|k| k.as_str()).collect();
    if !rivals.is_empty() {
        let sentence = format!(
            "the pages name its path for {} too, so it is left as it is",
            rivals.join(", ")
        );
        proposal.notes.push(Note { key: Some(key), sentence });
        return;
    }
    if row.is_asked() && row.family != Family::Link {
        book.source = book.source_of(page);
        let mut notes = Vec::new();
        Reading { row, page, sure, contract: profile.contract(key) }.write(book, &mut notes);
        proposal.notes.extend(notes.into_iter().map(|sentence| Note { key: Some(key), sentence }));
    }
}

/// Of pages that agree, the one whose answer says most; all of them have to be sure.
fn best<'p>(found: &[(&'p PageEndpoint, bool)]) -> Option<(&'p PageEndpoint, bool)> {
    let weight = |page: &PageEndpoint| {
        let answer = page.answer.as_ref().map_or(0, answer::size);
        (answer, page.params.len())
    };
    let mut found = found.iter().copied().rev();
    let first = found.next()?;
    Some(found.fold(first, |best, other| {
        let page = if weight(other.0) >= weight(best.0) { other.0 } else { best.0 };
        (page, best.1 && other.1)
    }))
}

fn tell_errors(key: Key, page: &PageEndpoint, proposal: &mut Proposal) {
    if !page.errors.is_empty() {
        let codes: Vec<_> = page.errors.iter().map(|e| format!("{} {}", e.code, e.words)).collect();
        proposal.notes.push(Note { key: Some(key), sentence: codes.join(" · ") });
    }
}

/// Changes as they are collected.
pub(super) struct Book {
    known: Vec<(Vec<String>, String)>,
    today: String,
    /// Where the next changes come from.
    pub source: String,
    pub changes: Vec<Change>,
}

impl Book {
    fn new(profile_text: &str, today: &str) -> Result<Self, ProfileError> {
        let known = entries(profile_text)?.into_iter().map(|e| (e.path, e.literal)).collect();
        Ok(Self { known, today: today.to_owned(), source: String::new(), changes: Vec::new() })
    }

    fn source_of(&self, page: &PageEndpoint) -> String {
        let page = page.page_id.map_or_else(|| format!("\"{}\"", page.title), |id| id.to_string());
        format!("documentation page {page}, read {}", self.today)
    }

    /// The literal that the profile has there.
    pub fn now(&self, path: &[&str]) -> Option<&str> {
        let found = self.known.iter().find(|(known, _)| known.iter().eq(path));
        found.map(|(_, literal)| literal.as_str())
    }

    /// What an earlier page has proposed for the place.
    pub fn proposed(&self, path: &[&str]) -> Option<&str> {
        self.changes.iter().find(|c| c.path.iter().eq(path)).and_then(|c| c.to.as_deref())
    }

    /// Proposes a value, unless the profile has it or an earlier page spoke of the same place.
    pub fn set(&mut self, path: &[&str], to: &str) {
        let from = self.now(path).map(str::to_owned);
        if from.as_deref() == Some(to) || self.proposed(path).is_some() {
            return;
        }
        self.changes.push(Change {
            path: path.iter().map(|part| (*part).to_owned()).collect(),
            from,
            to: Some(to.to_owned()),
            source: self.source.clone(),
        });
    }
}

/// One page read for one endpoint.
pub(super) struct Reading<'a> {
    pub row: &'static Endpoint,
    pub page: &'a PageEndpoint,
    /// The page is this endpoint's beyond doubt.
    pub sure: bool,
    pub contract: Contract<'a>,
}

impl Reading<'_> {
    pub fn key(&self) -> &'static str {
        self.row.name
    }

    fn write(&self, book: &mut Book, notes: &mut Vec<String>) {
        let asked = self.method(book, notes) && self.path(book, notes);
        if !asked {
            return;
        }
        let understood = params::write(self, book, notes);
        answer::write(self, book, notes);
        if let Some(code) = self.page.success {
            self.success(code, book);
        }
        self.confirm(understood, book, notes);
    }

    fn method(&self, book: &mut Book, notes: &mut Vec<String>) -> bool {
        let method = [Method::Get, Method::Post].into_iter().find(|m| m.word() == self.page.method);
        let Some(method) = method else {
            notes.push(format!(
                "the page asks for {}, which this app never sends",
                self.page.method
            ));
            return false;
        };
        if method != self.contract.method {
            book.set(&["endpoint", self.key(), "method"], &quoted(method.word()));
        }
        true
    }

    fn path(&self, book: &mut Book, notes: &mut Vec<String>) -> bool {
        let path = path_of(self.page);
        let usable = path.starts_with('/')
            && !path.starts_with("//")
            && !path.contains(['?', '#', ' ', '\\'])
            && !path.contains(char::is_control)
            && path.len() <= 500;
        if !usable {
            notes.push(format!("the page's path cannot be used: {path}"));
            return false;
        }
        if path != self.contract.path {
            book.set(&["endpoint", self.key(), "path"], &quoted(&path));
        }
        true
    }

    fn success(&self, code: i64, book: &mut Book) {
        let usual = if self.row.family == Family::Pds { 0 } else { 200 };
        let path = ["endpoint", self.key(), "success"];
        if code != usual || book.now(&path).is_some() {
            book.set(&path, &code.to_string());
        }
    }

    /// A read is confirmed by its page; a write by a page that is its own beyond doubt and every
    /// required part of which this app sends.
    fn confirm(&self, understood: bool, book: &mut Book, notes: &mut Vec<String>) {
        let path = ["endpoint", self.key(), "confirmed"];
        if self.row.kind == Kind::Write && !self.sure {
            notes.push(
                "not confirmed: neither the page's number nor folder and title together say that it is \
                 this action's own"
                    .to_owned(),
            );
        } else if self.row.kind == Kind::Write && !understood {
            notes.push(
                "not confirmed: the page asks for something that this app does not send".to_owned(),
            );
        } else {
            let source = quoted(&book.source);
            book.set(&path, &source);
        }
    }
}
