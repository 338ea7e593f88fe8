//! The profile's TOML. Whatever cannot be used is an error that names line and key: silence would look
//! like consent.

mod endpoint;
mod record;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, ops::Range};

pub(super) use endpoint::window_params;
use serde::Deserialize;
use toml::Spanned;

use super::{
    catalogue::Family,
    exchange,
    fields::nearest,
    profile::{AuthForm, FamilyTerms, Profile, ProfileError, ReadsOn},
    signing::Sign,
};
use crate::domain::time::Zone;

type Table<T> = BTreeMap<Spanned<String>, T>;
type Text = Option<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    reads: Text,
    zone: Text,
    documentation: Option<Documentation>,
    #[serde(default)]
    family: Table<FamilyTable>,
    #[serde(default)]
    endpoint: Table<endpoint::EndpointTable>,
    #[serde(default)]
    record: Table<record::RecordTable>,
    #[serde(default)]
    status: Table<Table<Spanned<String>>>,
    #[serde(default)]
    meaning: Table<Table<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Documentation {
    url: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FamilyTable {
    base_url: Text,
    auth: Text,
    sign: Text,
}

/// The text, to tell lines by.
struct Source<'a>(&'a str);

impl Source<'_> {
    fn error(
        &self,
        at: usize,
        key: impl Into<String>,
        sentence: impl Into<String>,
    ) -> ProfileError {
        let before = self.0.as_bytes().get(..at).unwrap_or_default();
        let line = 1 + before.iter().filter(|b| **b == b'\n').count();
        ProfileError { line, key: key.into(), sentence: sentence.into() }
    }

    /// Reads a word that must be one of a few.
    fn word<T: Copy>(
        &self,
        key: &str,
        text: &Text,
        words: &[(&str, T)],
    ) -> Result<Option<T>, ProfileError> {
        let Some(text) = text else { return Ok(None) };
        let found = words.iter().find(|(word, _)| word == text.get_ref());
        if let Some((_, value)) = found {
            return Ok(Some(*value));
        }
        let known: Vec<_> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        Err(self.error(text.span().start, key, format!("must be {}", known.join(" or "))))
    }

    fn pointer(&self, key: &str, text: &Text) -> Result<Option<String>, ProfileError> {
        let Some(text) = text else { return Ok(None) };
        if text.get_ref().starts_with('/') {
            return Ok(Some(text.get_ref().clone()));
        }
        Err(self.error(text.span().start, key, "must be a JSON pointer such as \"/data/list\""))
    }

    /// The same, and an empty text says that there is none.
    fn pointer_or_none(&self, key: &str, text: &Text) -> Result<Option<String>, ProfileError> {
        match text {
            Some(text) if text.get_ref().is_empty() => Ok(Some(String::new())),
            text => self.pointer(key, text),
        }
    }

    fn address(&self, key: &str, text: &Text) -> Result<Option<String>, ProfileError> {
        let Some(text) = text else { return Ok(None) };
        match exchange::base_url(text.get_ref()) {
            Ok(url) => Ok(Some(url)),
            Err(why) => Err(self.error(text.span().start, key, why)),
        }
    }

    fn unknown(
        &self,
        name: &Spanned<String>,
        key: String,
        what: &str,
        near: &[&str],
    ) -> ProfileError {
        let sentence = match near {
            [] => format!("{what} of this name is known here"),
            near => {
                let near: Vec<_> = near.iter().map(|name| format!("\"{name}\"")).collect();
                format!("{what} of this name is known here; did you mean {}?", near.join(" or "))
            }
        };
        self.error(name.span().start, key, sentence)
    }
}

/// The key that a span of the text is, or whose value it is.
fn key_at(toml: &str, span: Range<usize>) -> String {
    let before = toml.get(..span.start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    if let Some(assigned) = line.trim_end().strip_suffix('=') {
        let key = assigned.rsplit(['{', ',']).next().unwrap_or_default();
        let at = before.len() - line.len() + assigned.len() - key.len();
        return whole_key(toml, at, key.trim());
    }
    let key = toml.get(span.clone()).filter(|key| !key.contains(['\n', '=', '[']));
    key.map(|key| whole_key(toml, span.start, key.trim())).unwrap_or_default()
}

pub(super) fn parse(toml: &str) -> Result<Profile, ProfileError> {
    let source = Source(toml);
    let file: File = toml::from_str(toml).map_err(|e| {
        let span = e.span().unwrap_or_default();
        let sentence = e.message().lines().collect::<Vec<_>>().join("; ");
        source.error(span.start, key_at(toml, span), sentence)
    })?;
    let reads = [("known", ReadsOn::Known), ("assumed", ReadsOn::Assumed)];
    let documentation = file.documentation.and_then(|table| table.url);
    let mut profile = Profile {
        reads: source.word("reads", &file.reads, &reads)?.unwrap_or_default(),
        zone: zone(&source, "zone", &file.zone)?,
        documentation: source.address("documentation.url", &documentation)?,
        ..Profile::default()
    };
    for (name, table) in file.family {
        let (family, terms) = family(&source, &name, &table)?;
        profile.families.insert(family, terms);
    }
    for (name, table) in file.endpoint {
        let (key, correction) = endpoint::read(&source, &name, table)?;
        profile.endpoints.insert(key, correction);
    }
    for (name, table) in file.record {
        record::fields(&source, &name, table, &mut profile)?;
    }
    for (name, words) in file.status {
        record::statuses(&source, &name, words, &mut profile)?;
    }
    for (template, letters) in file.meaning {
        let letters = record::meanings(&source, &template, letters)?;
        profile.meanings.insert(template.into_inner(), letters);
    }
    Ok(profile)
}

/// A key with the tables that it stands in: TOML's reader names its last part alone.
fn whole_key(toml: &str, at: usize, key: &str) -> String {
    let before = toml.get(..at).unwrap_or_default();
    let table = before.lines().rev().map(str::trim).find(|line| line.starts_with('['));
    let table =
        table.map(|line| line.trim_start_matches('[').split(']').next().unwrap_or_default());
    // Within braces it belongs to what stands before them.
    let line = before.rsplit('\n').next().unwrap_or_default();
    let holder = line.split_once('=').map(|(holder, _)| holder.trim());
    let parts = [table, holder, Some(key)].into_iter().flatten();
    parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join(".")
}

fn zone(source: &Source<'_>, key: &str, text: &Text) -> Result<Option<Zone>, ProfileError> {
    let Some(text) = text else { return Ok(None) };
    let zone = Zone::parse(text.get_ref());
    let error = || source.error(text.span().start, key, "must be an offset such as \"+08:00\"");
    zone.map(Some).ok_or_else(error)
}

fn family(
    source: &Source<'_>,
    name: &Spanned<String>,
    table: &FamilyTable,
) -> Result<(Family, FamilyTerms), ProfileError> {
    let at = |key: &str| format!("family.{}.{key}", name.get_ref());
    let families = [Family::Cloud, Family::Chatbot, Family::Pds];
    let Some(family) = families.into_iter().find(|family| family.word() == name.get_ref()) else {
        let near = nearest(name.get_ref(), families.iter().map(|family| family.word()));
        let key = format!("family.{}", name.get_ref());
        return Err(source.unknown(name, key, "no family", &near));
    };
    let signed = family == Family::Chatbot;
    match (signed, &table.sign, &table.auth) {
        (false, Some(text), _) => {
            let sentence = "only requests of the chatbot family are signed";
            return Err(source.error(text.span().start, at("sign"), sentence));
        }
        (true, _, Some(text)) => {
            let sentence = "requests of the chatbot family are signed and carry no token";
            return Err(source.error(text.span().start, at("auth"), sentence));
        }
        _ => {}
    }
    let terms = FamilyTerms {
        base_url: source.address(&at("base_url"), &table.base_url)?,
        auth: source.word(&at("auth"), &table.auth, &AuthForm::ALL.map(|a| (a.word(), a)))?,
        sign: source.word(&at("sign"), &table.sign, &Sign::ALL.map(|s| (s.word(), s)))?,
    };
    Ok((family, terms))
}
