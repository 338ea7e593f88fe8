//! The one table of the vendor's endpoints and webhooks. Every row carries how its *path* is known; a
//! profile lies over it and corrects what the user knows better.

mod chat;
mod hooks;
mod key;
mod leads;
mod pds;
mod tasks;
mod workflow;

pub use self::key::Key;
use super::transport::Method;
use crate::domain::evidence::Evidence;

/// Endpoints of one family share base URL, authentication and envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// `/service/cloud/`, `Authorization: Token`, success is `code` 200.
    Cloud,
    /// The predictive dialer under `/service/callcenter/call/predict/`: a sign-in of its own, success is
    /// `code` 0 and the answer stands in `body` (OBSERVED).
    Pds,
    /// `/api/v1/`, signed requests, success is `code` 200.
    Chatbot,
    /// A link out of another answer: a plain GET without authentication (OBSERVED).
    Link,
}

impl Family {
    pub const ALL: [Self; 4] = [Self::Cloud, Self::Pds, Self::Chatbot, Self::Link];

    pub fn word(self) -> &'static str {
        match self {
            Self::Cloud => "cloud",
            Self::Pds => "pds",
            Self::Chatbot => "chatbot",
            Self::Link => "link",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Read,
    Write,
    /// The vendor sends it to an address that the customer names: never asked.
    Hook,
    /// A group of the vendor's documentation of which only the name is known: never asked.
    Name,
}

impl Kind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Hook => "hook",
            Self::Name => "name",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// A 1-based page number and a page size.
    Page,
    /// The rows to skip and how many to send.
    Offset,
    /// From one row's id on.
    Cursor,
    /// Everything in one answer.
    None,
}

impl Paging {
    pub fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Offset => "offset",
            Self::Cursor => "cursor",
            Self::None => "none",
        }
    }
}

/// A row of the catalogue.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    pub key: Key,
    pub name: &'static str,
    pub family: Family,
    /// The page's title in the vendor's English documentation; where the title is not known, our own
    /// words for it, which then stand in `guessed_titles` too.
    pub title: &'static str,
    pub method: Method,
    pub path: &'static str,
    /// What can be asked, by our name for it, which is the vendor's unless `spellings` or a profile
    /// renames it. A GET carries it in the query, a POST in its JSON body.
    pub params: &'static [&'static str],
    /// Our name of a parameter and the vendor's, where they differ.
    pub spellings: &'static [(&'static str, &'static str)],
    pub paging: Paging,
    /// Rows asked for at once. No limit of the vendor is known.
    pub page_size: u32,
    /// JSON pointer to the rows, or to the one record.
    pub list: &'static str,
    /// JSON pointer to the number of rows in all.
    pub total: &'static str,
    pub kind: Kind,
    /// How the path is known.
    pub evidence: Evidence,
    /// Pages of the vendor's documentation that are this row's.
    pub page_ids: &'static [u32],
    /// Pages that are perhaps this row's: they break a tie between titles and prove nothing.
    pub perhaps_page_ids: &'static [u32],
    /// Words of which one stands in the folder of the page, in either language.
    pub group: &'static [&'static str],
    /// Further titles as the vendor's own index spells them, errors and repetitions included.
    pub titles: &'static [&'static str],
    /// Titles that it may have: our own wording or translation (ASSUMED).
    pub guessed_titles: &'static [&'static str],
    /// What this client does with it.
    pub client: &'static str,
    /// What the simulator does with it.
    pub simulator: &'static str,
    /// Where the user meets it.
    pub screen: &'static str,
}

impl Endpoint {
    /// Every title that a page of this row may have, the known ones first.
    pub fn all_titles(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.title)
            .chain(self.titles.iter().copied())
            .chain(self.guessed_titles.iter().copied())
    }

    /// The vendor's name for one of `params`, as far as the catalogue knows it.
    pub fn spelt(&self, param: &'static str) -> &'static str {
        self.spellings.iter().find(|(ours, _)| *ours == param).map_or(param, |(_, theirs)| *theirs)
    }

    /// Whether it is something that can be asked of the vendor at all.
    pub fn is_asked(&self) -> bool {
        matches!(self.kind, Kind::Read | Kind::Write)
    }

    /// Whether anything asks it.
    pub fn is_used(&self) -> bool {
        self.is_asked() && self.client != NOT_SENT
    }
}

/// What the table says of a row that is only named: creating campaigns, sending and marking as read are
/// no monitor's job.
const NOT_SENT: &str = "not sent";

/// The catalogue as the table of `docs/vendor.md`.
pub fn markdown_table() -> String {
    let mut table = String::from(
        "| key | title | method | path | evidence | client | simulator | screen |\n\
         | --- | --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for row in &CATALOGUE {
        let path = match (row.path, row.kind) {
            ("", Kind::Hook) => "your address".to_owned(),
            ("", Kind::Name) => "not known".to_owned(),
            ("", _) => "as linked".to_owned(),
            (path, _) => format!("`{path}`"),
        };
        let method = if row.kind == Kind::Name { "not known" } else { row.method.word() };
        let (key, title, evidence) = (row.name, row.title, row.evidence.word());
        let (client, simulator, screen) = (row.client, row.simulator, row.screen);
        table += &format!(
            "| {key} | {title} | {method} | {path} | {evidence} | {client} | {simulator} | {screen} |\n"
        );
    }
    table
}

/// A read of the Cloud family that pages; every row is this with what differs.
const CLOUD_READ: Endpoint = Endpoint {
    key: Key::CloudAuth,
    name: "",
    family: Family::Cloud,
    title: "",
    method: Method::Get,
    path: "",
    params: &[],
    spellings: &[],
    paging: Paging::Page,
    page_size: 100,
    list: "/data/list",
    total: "/data/total",
    kind: Kind::Read,
    evidence: Evidence::Assumed,
    page_ids: &[],
    perhaps_page_ids: &[],
    group: &[],
    titles: &[],
    guessed_titles: &[],
    client: NOT_SENT,
    simulator: "not served",
    screen: "none: no monitor's job",
};

/// A write of the Cloud family: one POST, whose answer says yes or no.
const CLOUD_WRITE: Endpoint = Endpoint {
    method: Method::Post,
    paging: Paging::None,
    list: "",
    total: "",
    kind: Kind::Write,
    ..CLOUD_READ
};

/// What the vendor sends.
const HOOK: Endpoint = Endpoint { kind: Kind::Hook, ..CLOUD_WRITE };

/// In the order of [`Key`].
pub static CATALOGUE: [Endpoint; Key::COUNT] = {
    let parts = [workflow::ROWS, leads::ROWS, tasks::ROWS, chat::ROWS, pds::ROWS, hooks::ROWS];
    let mut all = [CLOUD_READ; Key::COUNT];
    let (mut part, mut filled) = (0, 0);
    while part < parts.len() {
        let mut row = 0;
        while row < parts[part].len() {
            all[filled] = parts[part][row];
            filled += 1;
            row += 1;
        }
        part += 1;
    }
    assert!(filled == Key::COUNT, "each key has one row");
    all
};

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_key_finds_its_own_row_and_its_own_name() {
        for (at, row) in CATALOGUE.iter().enumerate() {
            assert_eq!(row.key as usize, at, "{}", row.name);
            assert_eq!(Key::parse(row.name), Some(row.key));
        }
        let names: HashSet<_> = CATALOGUE.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), CATALOGUE.len());
    }

    #[test]
    fn paging_has_its_parameters() {
        for row in &CATALOGUE {
            let pages = row.params.contains(&"page") && row.params.contains(&"page_size");
            assert_eq!(
                pages,
                row.paging == Paging::Page || row.paging == Paging::Offset,
                "{}",
                row.name
            );
        }
    }

    #[test]
    fn what_is_asked_has_a_path_and_what_is_sent_has_none() {
        for row in &CATALOGUE {
            let asked = row.is_asked() && row.family != Family::Link;
            assert_eq!(row.path.starts_with('/'), asked, "{}", row.name);
            assert!(!row.title.is_empty(), "{}", row.name);
            assert!(row.family == Family::Link || !row.group.is_empty(), "{}", row.name);
        }
    }

    #[test]
    fn a_page_belongs_to_one_row() {
        let mut seen = HashSet::new();
        for id in CATALOGUE.iter().flat_map(|row| row.page_ids) {
            assert!(seen.insert(id), "page {id} belongs to two rows");
        }
    }
}
