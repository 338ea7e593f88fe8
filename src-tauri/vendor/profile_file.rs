//! The profile's TOML. An unknown key is an error that names line and key; so is a key of the form
//! that this version does not act on, because silence would look like consent.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use super::{
    catalogue::{Family, Key, Kind, Paging},
    profile::{Correction, Param, Place, Profile, ProfileError, ReadsOn, Sign},
    transport::Method,
};
use crate::domain::{status::Phase, time::Zone};

type Table<T> = BTreeMap<Spanned<String>, T>;
type Text = Option<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    reads: Text,
    zone: Text,
    documentation: Option<Spanned<toml::Value>>,
    #[serde(default)]
    family: Table<FamilyTable>,
    #[serde(default)]
    endpoint: Table<EndpointTable>,
    record: Option<Spanned<toml::Value>>,
    #[serde(default)]
    status: Table<Table<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FamilyTable {
    base_url: Text,
    sign: Text,
    auth: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EndpointTable {
    method: Text,
    path: Text,
    #[serde(default)]
    params: Table<ParamTable>,
    paging: Text,
    list: Text,
    total: Text,
    confirmed: Text,
    window: Option<Spanned<toml::Value>>,
    envelope: Option<Spanned<toml::Value>>,
    success: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParamTable {
    name: Option<String>,
    place: Text,
    value: Option<Spanned<toml::Value>>,
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

    fn unsupported(
        &self,
        key: &str,
        value: Option<&Spanned<toml::Value>>,
    ) -> Result<(), ProfileError> {
        let sentence = "this version does not act on it; take it out";
        value.map_or(Ok(()), |v| Err(self.error(v.span().start, key, sentence)))
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
}

pub(super) fn parse(toml: &str) -> Result<Profile, ProfileError> {
    let source = Source(toml);
    let file: File = toml::from_str(toml).map_err(|e| {
        let span = e.span().unwrap_or_default();
        let key = toml.get(span.clone()).filter(|k| !k.contains(['\n', '=', '[']));
        source.error(span.start, key.unwrap_or_default().trim(), e.message())
    })?;
    source.unsupported("documentation", file.documentation.as_ref())?;
    source.unsupported("record", file.record.as_ref())?;
    let reads = [("known", ReadsOn::Known), ("assumed", ReadsOn::Assumed)];
    let mut profile = Profile {
        reads: source.word("reads", &file.reads, &reads)?.unwrap_or_default(),
        zone: zone(&source, &file.zone)?,
        workflow_status: statuses(&source, file.status)?,
        ..Profile::default()
    };
    for (name, table) in file.family {
        family(&source, &name, &table, &mut profile)?;
    }
    for (name, table) in file.endpoint {
        let (key, correction) = endpoint(&source, &name, table)?;
        profile.endpoints.insert(key, correction);
    }
    Ok(profile)
}

fn zone(source: &Source<'_>, text: &Text) -> Result<Option<Zone>, ProfileError> {
    let Some(text) = text else { return Ok(None) };
    let zone = Zone::parse(text.get_ref());
    let error = || source.error(text.span().start, "zone", "must be an offset such as \"+08:00\"");
    zone.map(Some).ok_or_else(error)
}

fn statuses(
    source: &Source<'_>,
    tables: Table<Table<Spanned<String>>>,
) -> Result<HashMap<String, Phase>, ProfileError> {
    let phases = Phase::ALL.map(|phase| (phase.word(), phase));
    let mut map = HashMap::new();
    for (record, words) in tables {
        if record.get_ref() != "workflow" {
            let key = format!("status.{}", record.get_ref());
            let sentence = "only the words of workflows can be mapped in this version";
            return Err(source.error(record.span().start, key, sentence));
        }
        for (written, ours) in words {
            let key = format!("status.workflow.{:?}", written.get_ref());
            if let Some(phase) = source.word(&key, &Some(ours), &phases)? {
                map.insert(written.get_ref().clone(), phase);
            }
        }
    }
    Ok(map)
}

fn family(
    source: &Source<'_>,
    name: &Spanned<String>,
    table: &FamilyTable,
    profile: &mut Profile,
) -> Result<(), ProfileError> {
    let at = |key: &str| format!("family.{}.{key}", name.get_ref());
    let family = match name.get_ref().as_str() {
        "cloud" => Family::Cloud,
        "chatbot" => Family::Chatbot,
        other => {
            let sentence = "no such family here; there are cloud and chatbot";
            return Err(source.error(name.span().start, format!("family.{other}"), sentence));
        }
    };
    source.unsupported(&at("auth"), table.auth.as_ref())?;
    if let Some(url) = &table.base_url {
        profile.base_urls.insert(family, url.get_ref().clone());
    }
    let sign = source.word(&at("sign"), &table.sign, &[("none", Sign::None)])?;
    match (family, &table.sign) {
        (Family::Chatbot, _) => profile.chatbot_sign = sign,
        (_, Some(text)) => {
            let sentence = "only requests of the chatbot family are signed";
            return Err(source.error(text.span().start, at("sign"), sentence));
        }
        (_, None) => {}
    }
    Ok(())
}

fn endpoint(
    source: &Source<'_>,
    name: &Spanned<String>,
    table: EndpointTable,
) -> Result<(Key, Correction), ProfileError> {
    let at = |key: &str| format!("endpoint.{:?}.{key}", name.get_ref());
    let known = Key::parse(name.get_ref())
        .filter(|k| k.endpoint().is_asked() && k.endpoint().family != Family::Link);
    let Some(key) = known else {
        let sentence = "no endpoint of this name is known here";
        let key = format!("endpoint.{:?}", name.get_ref());
        return Err(source.error(name.span().start, key, sentence));
    };
    for (part, value) in
        [("window", &table.window), ("envelope", &table.envelope), ("success", &table.success)]
    {
        source.unsupported(&at(part), value.as_ref())?;
    }
    let methods = [("GET", Method::Get), ("POST", Method::Post)];
    let mut correction = Correction {
        method: source.word(&at("method"), &table.method, &methods)?,
        path: path(source, &at("path"), &table.path)?,
        paging: paging(source, &at("paging"), &table.paging, key)?,
        list: source.pointer(&at("list"), &table.list)?,
        total: source.pointer(&at("total"), &table.total)?,
        ..Correction::default()
    };
    if let Some(text) = &table.confirmed {
        let evidence = text.get_ref().trim();
        if evidence.is_empty() {
            let sentence = "must say on what evidence, such as a page and the day it was read";
            return Err(source.error(text.span().start, at("confirmed"), sentence));
        }
        correction.confirmed = Some(evidence.to_owned());
    }
    for (field, table) in table.params {
        let param = param(source, &at(&format!("params.{}", field.get_ref())), &field, table, key)?;
        correction.params.insert(field.into_inner(), param);
    }
    Ok((key, correction))
}

fn path(source: &Source<'_>, key: &str, text: &Text) -> Result<Option<String>, ProfileError> {
    let Some(text) = text else { return Ok(None) };
    if text.get_ref().starts_with('/') && !text.get_ref().contains(['?', '#', ' ', '\\']) {
        return Ok(Some(text.get_ref().clone()));
    }
    Err(source.error(text.span().start, key, "must start with / and hold no query"))
}

fn paging(
    source: &Source<'_>,
    at: &str,
    text: &Text,
    key: Key,
) -> Result<Option<Paging>, ProfileError> {
    let words = [
        ("page", Paging::Page),
        ("offset", Paging::Offset),
        ("cursor", Paging::Cursor),
        ("none", Paging::None),
    ];
    let paging = source.word(at, text, &words)?;
    let row = key.endpoint();
    let fits = paging.is_none_or(|p| {
        p == row.paging
            || (row.kind == Kind::Read && row.paging == Paging::Page && p != Paging::Cursor)
    });
    if fits {
        return Ok(paging);
    }
    let start = text.as_ref().map_or(0, |t| t.span().start);
    Err(source.error(start, at, "this version cannot page this endpoint that way"))
}

fn param(
    source: &Source<'_>,
    at: &str,
    field: &Spanned<String>,
    table: ParamTable,
    key: Key,
) -> Result<Param, ProfileError> {
    let places = [("query", Place::Query), ("body", Place::Body), ("path", Place::Path)];
    let value = match &table.value {
        None if !key.endpoint().params.contains(&field.get_ref().as_str()) => {
            let sentence = "this endpoint has no such parameter; a constant needs a value";
            return Err(source.error(field.span().start, at, sentence));
        }
        None => None,
        Some(value) => Some(constant(value.get_ref()).ok_or_else(|| {
            source.error(value.span().start, at, "must be a text, a whole number or true or false")
        })?),
    };
    Ok(Param { name: table.name, place: source.word(at, &table.place, &places)?, value })
}

fn constant(value: &toml::Value) -> Option<Value> {
    match value {
        toml::Value::String(text) => Some(Value::from(text.as_str())),
        toml::Value::Integer(number) => Some(Value::from(*number)),
        toml::Value::Boolean(truth) => Some(Value::from(*truth)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::status::Status;

    /// Line and key of the refusal.
    fn refused(toml: &str) -> (usize, String) {
        let error = parse(toml).unwrap_err();
        assert!(!error.sentence.is_empty() && !error.to_string().contains('\n'), "{error}");
        (error.line, error.key)
    }

    #[test]
    fn an_empty_profile_is_the_catalogue_as_it_is() {
        assert_eq!(parse(""), Ok(Profile::built_in()));
    }

    #[test]
    fn everything_the_form_offers_here_is_read() {
        let profile = parse(
            r#"
            reads = "assumed"
            zone = "-03:30"
            [family.cloud]
            base_url = "https://other.example"
            [family.chatbot]
            sign = "none"
            [endpoint."workflow.list"]
            method = "POST"
            path = "/mine/list"
            params = { page = { name = "Page", place = "query" }, page_size = { name = "Number", value = 250 } }
            paging = "offset"
            list = "/body/rows"
            total = "/body/count"
            confirmed = "documentation page 45267515, read 2026-11-22"
            [status.workflow]
            "3" = "running"
            "#,
        )
        .unwrap();
        assert_eq!(profile.zone(), Zone::parse("-03:30").unwrap());
        assert_eq!(profile.base_url(Family::Cloud), Some("https://other.example"));
        assert_eq!(profile.chatbot_sign(), Some(Sign::None));
        assert_eq!(profile.workflow_status("3".to_owned()).phase, Phase::Running);
        assert_eq!(profile.workflow_status("4".to_owned()), Status::read("4"));
        let contract = profile.contract(Key::WorkflowList);
        assert_eq!((contract.method, contract.path), (Method::Post, "/mine/list"));
        assert_eq!((contract.list, contract.total), ("/body/rows", "/body/count"));
        assert_eq!((contract.paging, contract.page_size), (Paging::Offset, 250));
        let places: Vec<_> = contract.params.iter().map(|p| (p.name, p.place)).collect();
        assert_eq!(places[..2], [("Page", Place::Query), ("Number", Place::Body)]);
        // Another endpoint stays as the catalogue has it.
        let other = profile.contract(Key::WorkflowSubtasks);
        assert_eq!(other.path, "/service/cloud/workflow/subtasklist");
    }

    #[test]
    fn what_cannot_be_used_names_line_and_key() {
        let at = |line, key: &str| (line, key.to_owned());
        for (toml, place) in [
            ("reads = \"all\"", at(1, "reads")),
            ("\nzone = \"Jakarta\"", at(2, "zone")),
            ("[family.pds]\nbase_url = \"https://a\"", at(1, "family.pds")),
            ("[family.cloud]\nsign = \"none\"", at(2, "family.cloud.sign")),
            ("[family.chatbot]\nsign = \"hmac-sha256-hex\"", at(2, "family.chatbot.sign")),
            ("[endpoint.\"workflow.lists\"]", at(1, "endpoint.\"workflow.lists\"")),
            ("[endpoint.\"recording.file\"]\npath = \"/a\"", at(1, "endpoint.\"recording.file\"")),
            (
                "[endpoint.\"workflow.list\"]\n\npath = \"a\"",
                at(3, "endpoint.\"workflow.list\".path"),
            ),
            (
                "[endpoint.\"workflow.list\"]\nlist = \"data\"",
                at(2, "endpoint.\"workflow.list\".list"),
            ),
            (
                "[endpoint.\"workflow.list\"]\nmethod = \"PUT\"",
                at(2, "endpoint.\"workflow.list\".method"),
            ),
            (
                "[endpoint.\"workflow.list\"]\npaging = \"cursor\"",
                at(2, "endpoint.\"workflow.list\".paging"),
            ),
            (
                "[endpoint.\"workflow.stop\"]\nconfirmed = \" \"",
                at(2, "endpoint.\"workflow.stop\".confirmed"),
            ),
            (
                "[endpoint.\"workflow.stop\"]\nparams = { id = { name = \"x\" } }",
                at(2, "endpoint.\"workflow.stop\".params.id"),
            ),
            ("[status.call]\n\"1\" = \"running\"", at(1, "status.call")),
            ("[status.workflow]\n\"1\" = \"runing\"", at(2, "status.workflow.\"1\"")),
        ] {
            assert_eq!(refused(toml), place, "{toml}");
        }
    }

    #[test]
    fn an_unknown_key_is_refused_wherever_it_stands() {
        for (toml, line, key) in [
            ("read = \"assumed\"", 1, "read"),
            ("\n\n[families.cloud]", 3, "families"),
            ("[family.cloud]\nurl = \"https://a\"", 2, "url"),
            ("[endpoint.\"workflow.list\"]\nconfirm = \"x\"", 2, "confirm"),
            ("[endpoint.\"workflow.list\"]\nparams = { page = { named = \"p\" } }", 2, "named"),
        ] {
            assert_eq!(refused(toml), (line, key.to_owned()), "{toml}");
        }
        assert_eq!(refused("reads = ").0, 1);
        assert_eq!(refused("reads = \"known\"\nzone = 8").0, 2);
    }

    #[test]
    fn a_key_that_this_version_does_not_act_on_is_not_swallowed() {
        for (toml, line, key) in [
            ("[documentation]\nurl = \"https://api-docs.airudder.com\"", 1, "documentation"),
            ("[record.call.fields]\na = { pointer = \"/b\" }", 1, "record"),
            ("[family.cloud]\nauth = \"bearer\"", 2, "family.cloud.auth"),
            ("[endpoint.\"workflow.list\"]\nwindow = 7", 2, "endpoint.\"workflow.list\".window"),
        ] {
            assert_eq!(refused(toml), (line, key.to_owned()), "{toml}");
        }
    }
}
