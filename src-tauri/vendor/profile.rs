//! The contract profile: what a user knows better than the catalogue. Its file form is read by
//! [`Profile::parse`].

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
};

use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use super::{
    catalogue::{Family, Key, Kind, Paging},
    fields::{OurField, RecordKind, Unit},
    profile_file,
    transport::Method,
};
pub use super::{signing::Sign, time::TimeForm};
use crate::domain::{
    status::{Phase, Status},
    time::Zone,
};

/// Which reads may be asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReadsOn {
    /// Those whose path is documented, observed, confirmed, or given by the profile itself.
    #[default]
    Known,
    /// Guessed paths too: the user's written consent, for GETs and for POSTs among the reads.
    Assumed,
}

/// How a token stands in its header.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AuthForm {
    /// `Authorization: Token <t>` (DOCUMENTED).
    #[default]
    Token,
    /// `Authorization: Bearer <t>` (OBSERVED once).
    Bearer,
}

impl AuthForm {
    pub const ALL: [Self; 2] = [Self::Token, Self::Bearer];

    pub fn word(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Bearer => "bearer",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Query,
    Body,
    Path,
}

impl Place {
    pub const ALL: [Self; 3] = [Self::Query, Self::Body, Self::Path];

    pub fn word(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Body => "body",
            Self::Path => "path",
        }
    }
}

/// A parameter's correction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Param {
    pub name: Option<String>,
    pub place: Option<Place>,
    pub value: Option<Value>,
}

/// A time window that an endpoint demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The longest that may be asked for; `None`: from the beginning.
    pub days: Option<u32>,
    pub form: TimeForm,
}

/// One endpoint's corrections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Correction {
    pub method: Option<Method>,
    pub path: Option<String>,
    pub params: HashMap<String, Param>,
    pub paging: Option<Paging>,
    pub list: Option<String>,
    pub total: Option<String>,
    /// Pointer to the next page's cursor.
    pub cursor: Option<String>,
    pub window: Option<Window>,
    /// Pointer to the code; empty where the HTTP status alone decides.
    pub code: Option<String>,
    pub message: Option<String>,
    /// Codes that say yes, as written.
    pub success: Option<Vec<String>>,
    /// On what evidence, in the user's words.
    pub confirmed: Option<String>,
    /// Why the documentation leaves open which page is this endpoint's.
    pub ambiguous: Option<String>,
}

/// What the profile says of a whole family.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FamilyTerms {
    pub base_url: Option<String>,
    pub auth: Option<AuthForm>,
    pub sign: Option<Sign>,
}

/// Where one of our fields stands at the vendor.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapped {
    pub field: &'static OurField,
    /// From the record, or from the element of the list that the field is within.
    pub pointer: String,
    pub unit: Option<Unit>,
    pub zone: Option<Zone>,
}

/// The built-in catalogue with one user's corrections over it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    pub(super) reads: ReadsOn,
    pub(super) zone: Option<Zone>,
    pub(super) documentation: Option<String>,
    pub(super) families: HashMap<Family, FamilyTerms>,
    pub(super) endpoints: HashMap<Key, Correction>,
    pub(super) maps: BTreeMap<RecordKind, Vec<Mapped>>,
    /// Maps of fields within a list of the record.
    pub(super) elements: BTreeMap<RecordKind, Vec<Mapped>>,
    pub(super) phases: BTreeMap<RecordKind, BTreeMap<String, Phase>>,
    pub(super) connected: BTreeMap<String, bool>,
    /// By template id, or `*` for all: letter → meaning.
    pub(super) meanings: BTreeMap<String, BTreeMap<String, String>>,
}

/// A place in the profile's file that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ProfileError {
    /// From 1.
    pub line: usize,
    /// `zone`, `endpoint."workflow.list".paging`; empty where the file is no TOML.
    pub key: String,
    pub sentence: String,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "profile, line {}: ", self.line)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.sentence)
    }
}

impl Profile {
    /// The catalogue as it is: reads on known paths only, no write.
    pub fn built_in() -> Self {
        Self::default()
    }

    pub fn parse(toml: &str) -> Result<Self, ProfileError> {
        profile_file::parse(toml)
    }

    pub fn reads(&self) -> ReadsOn {
        self.reads
    }

    pub fn zone(&self) -> Zone {
        self.zone.unwrap_or_default()
    }

    /// Where the vendor's documentation is read, if the user says so.
    pub fn documentation_url(&self) -> Option<&str> {
        self.documentation.as_deref()
    }

    pub fn chatbot_sign(&self) -> Option<Sign> {
        self.families.get(&Family::Chatbot)?.sign
    }

    pub fn base_url(&self, family: Family) -> Option<&str> {
        self.families.get(&family)?.base_url.as_deref()
    }

    pub fn auth(&self, family: Family) -> AuthForm {
        self.families.get(&family).and_then(|terms| terms.auth).unwrap_or_default()
    }

    pub fn confirmed_by(&self, key: Key) -> Option<&str> {
        self.endpoints.get(&key)?.confirmed.as_deref()
    }

    /// Why it is open which page of the documentation is the endpoint's; a confirmed path ends that.
    pub fn doubt(&self, key: Key) -> Option<&str> {
        let correction = self.endpoints.get(&key).filter(|c| c.confirmed.is_none())?;
        correction.ambiguous.as_deref()
    }

    pub fn gives_path(&self, key: Key) -> bool {
        self.endpoints.get(&key).is_some_and(|c| c.path.is_some())
    }

    /// Where the fields of a record stand.
    pub fn map(&self, kind: RecordKind) -> &[Mapped] {
        self.maps.get(&kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// Where the fields within a list of the record stand, in each element.
    pub fn element_map(&self, kind: RecordKind) -> &[Mapped] {
        self.elements.get(&kind).map(Vec::as_slice).unwrap_or_default()
    }

    /// A status with the user's reading of the vendor's word, where there is one.
    pub fn status(&self, kind: RecordKind, written: String) -> Status {
        let told = self.phases.get(&kind).and_then(|words| words.get(written.trim()));
        match told {
            Some(&phase) => Status { written, phase },
            None => Status::read(written),
        }
    }

    /// Whether a call's result word means that somebody answered, where the user says so.
    pub fn connected_word(&self, written: &str) -> Option<bool> {
        self.connected.get(written.trim()).copied()
    }

    /// What an intention of a template's calls means: the template's own word, else that for all.
    pub fn meaning(&self, template: Option<&str>, intention: &str) -> Option<&str> {
        let of = |template: &str| self.meanings.get(template)?.get(intention.trim());
        template.and_then(of).or_else(|| of("*")).map(String::as_str)
    }

    /// Stands for everything that decides how a stored record is read: when it changes, stored
    /// records are to be read again.
    pub fn reading(&self) -> i64 {
        let parts = format!(
            "{:?} {:?} {:?} {:?} {:?}",
            self.zone(),
            self.maps,
            self.elements,
            self.phases,
            self.connected
        );
        xxh3_64(parts.as_bytes()).cast_signed()
    }

    /// How an endpoint is asked, corrections applied.
    pub fn contract(&self, key: Key) -> Contract<'_> {
        let row = key.endpoint();
        let none = &NO_CORRECTION;
        let given = self.endpoints.get(&key).unwrap_or(none);
        let method = given.method.unwrap_or(row.method);
        let default_place = if method == Method::Get { Place::Query } else { Place::Body };
        let paging = given.paging.unwrap_or(row.paging);
        let cursors = pages_by_cursor(key, paging);
        let fields = row.params.iter().map(|&field| asked_as(field, cursors));
        let named = fields.clone().map(|field| {
            let param = given.params.get(field);
            Asked {
                field,
                name: param
                    .and_then(|p| p.name.as_deref())
                    .unwrap_or(spelt(row.spelt(field), paging)),
                place: param.and_then(|p| p.place).unwrap_or(default_place),
                value: param.and_then(|p| p.value.as_ref()),
            }
        });
        let known: Vec<&str> = fields.collect();
        let constants = given.params.iter();
        let constants = constants.filter(|(field, _)| !known.contains(&field.as_str()));
        // The page number of a list that goes by cursors is not sent, whatever it is called.
        let constants = constants.filter(|(field, _)| !row.params.contains(&field.as_str()));
        let constants = constants.map(|(field, param)| Asked {
            field,
            name: param.name.as_deref().unwrap_or(field),
            place: param.place.unwrap_or(default_place),
            value: param.value.as_ref(),
        });
        Contract {
            family: row.family,
            kind: row.kind,
            method,
            path: given.path.as_deref().unwrap_or(row.path),
            params: named.chain(constants).collect(),
            paging,
            page_size: self.page_size(key),
            list: given.list.as_deref().unwrap_or(row.list),
            total: given.total.as_deref().unwrap_or(row.total),
            cursor: given.cursor.as_deref().filter(|_| cursors),
            window: given.window,
            terms: Terms {
                code: given.code.as_deref().unwrap_or("/code"),
                message: given.message.as_deref(),
                success: given.success.as_deref(),
                family: row.family,
            },
        }
    }

    /// Rows to ask for at once: the profile's constant for the parameter, else the catalogue's.
    pub fn page_size(&self, key: Key) -> u32 {
        let params = self.endpoints.get(&key).map(|c| &c.params);
        let given = params.and_then(|p| p.get("page_size").or_else(|| p.get("size")));
        let given = given.and_then(|p| p.value.as_ref()).and_then(Value::as_u64);
        let given = given.and_then(|size| u32::try_from(size).ok()).filter(|size| *size > 0);
        given.unwrap_or(key.endpoint().page_size)
    }
}

static NO_CORRECTION: std::sync::LazyLock<Correction> =
    std::sync::LazyLock::new(Correction::default);

/// Whether a list that the catalogue pages by numbers goes by cursors at this vendor.
pub(super) fn pages_by_cursor(key: Key, paging: Paging) -> bool {
    let numbered = matches!(key.endpoint().paging, Paging::Page | Paging::Offset);
    paging == Paging::Cursor && numbered
}

/// A list that goes by cursors is asked for a cursor where others are asked for a page.
fn asked_as(field: &'static str, by_cursor: bool) -> &'static str {
    if by_cursor && field == "page" { "cursor" } else { field }
}

/// The names of offset paging (OBSERVED in the predictive dialer's API) for our own.
fn spelt(field: &str, paging: Paging) -> &str {
    match (paging, field) {
        (Paging::Offset, "page") => "offset",
        (Paging::Offset, "page_size") => "limit",
        _ => field,
    }
}

/// How one endpoint is asked.
#[derive(Debug)]
pub struct Contract<'a> {
    pub family: Family,
    pub kind: Kind,
    pub method: Method,
    pub path: &'a str,
    pub params: Vec<Asked<'a>>,
    pub paging: Paging,
    pub page_size: u32,
    pub list: &'a str,
    pub total: &'a str,
    /// Pointer to the next page's cursor: the listing goes by cursors.
    pub cursor: Option<&'a str>,
    pub window: Option<Window>,
    pub terms: Terms<'a>,
}

/// How an answer says yes and no.
#[derive(Clone, Copy, Debug)]
pub struct Terms<'a> {
    /// Pointer to the code; empty where the HTTP status alone decides.
    pub code: &'a str,
    /// Pointer to the message; `None`: under one of its usual names.
    pub message: Option<&'a str>,
    /// Codes that say yes; `None`: those of the family.
    pub success: Option<&'a [String]>,
    pub family: Family,
}

/// One parameter of a request.
#[derive(Debug, PartialEq)]
pub struct Asked<'a> {
    /// Our name.
    pub field: &'a str,
    /// The vendor's.
    pub name: &'a str,
    pub place: Place,
    /// Sent when the caller gives none.
    pub value: Option<&'a Value>,
}
