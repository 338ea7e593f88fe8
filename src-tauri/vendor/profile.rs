//! The contract profile: what a user knows better than the catalogue. Its file form is read by
//! [`Profile::parse`].

use std::{collections::HashMap, fmt};

use serde_json::Value;

use super::{
    catalogue::{Family, Key, Kind, Paging},
    profile_file,
    transport::Method,
};
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

/// How requests of the chatbot family are signed. The vendor's algorithm is not known; more variants
/// come with the first account that names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    None,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Query,
    Body,
    Path,
}

/// A parameter's correction.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Param {
    pub name: Option<String>,
    pub place: Option<Place>,
    pub value: Option<Value>,
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
    /// On what evidence, in the user's words.
    pub confirmed: Option<String>,
}

/// The built-in catalogue with one user's corrections over it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    pub(super) reads: ReadsOn,
    pub(super) zone: Option<Zone>,
    pub(super) base_urls: HashMap<Family, String>,
    pub(super) chatbot_sign: Option<Sign>,
    pub(super) endpoints: HashMap<Key, Correction>,
    pub(super) workflow_status: HashMap<String, Phase>,
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

    pub fn chatbot_sign(&self) -> Option<Sign> {
        self.chatbot_sign
    }

    pub fn base_url(&self, family: Family) -> Option<&str> {
        self.base_urls.get(&family).map(String::as_str)
    }

    pub fn confirmed_by(&self, key: Key) -> Option<&str> {
        self.endpoints.get(&key)?.confirmed.as_deref()
    }

    pub fn gives_path(&self, key: Key) -> bool {
        self.endpoints.get(&key).is_some_and(|c| c.path.is_some())
    }

    /// The status of a workflow with the user's reading of the vendor's word, where there is one.
    pub fn workflow_status(&self, written: String) -> Status {
        match self.workflow_status.get(written.trim()) {
            Some(&phase) => Status { written, phase },
            None => Status::read(written),
        }
    }

    /// How an endpoint is asked, corrections applied.
    pub fn contract(&self, key: Key) -> Contract<'_> {
        let row = key.endpoint();
        let given = self.endpoints.get(&key);
        let method = given.and_then(|c| c.method).unwrap_or(row.method);
        let default_place = if method == Method::Get { Place::Query } else { Place::Body };
        let corrected = given.map(|c| &c.params);
        let paging = given.and_then(|c| c.paging).unwrap_or(row.paging);
        let named = row.params.iter().map(|&field| {
            let param = corrected.and_then(|c| c.get(field));
            Asked {
                field,
                name: param
                    .and_then(|p| p.name.as_deref())
                    .unwrap_or(spelt(row.spelt(field), paging)),
                place: param.and_then(|p| p.place).unwrap_or(default_place),
                value: param.and_then(|p| p.value.as_ref()),
            }
        });
        let constants = corrected.into_iter().flatten();
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
            path: given.and_then(|c| c.path.as_deref()).unwrap_or(row.path),
            params: named.chain(constants).collect(),
            paging,
            page_size: self.page_size(key),
            list: given.and_then(|c| c.list.as_deref()).unwrap_or(row.list),
            total: given.and_then(|c| c.total.as_deref()).unwrap_or(row.total),
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
