//! The contract as it is in force: every value with where it comes from. Pure.

use serde_json::Value;

use super::{
    catalogue::{CATALOGUE, Endpoint, Family, Key},
    change::{self, Entry, quoted},
    documentation,
    gate::{self, NotAsked},
    profile::{Asked, Contract, Place, Profile, ProfileError, ReadsOn, Window},
};
use crate::domain::evidence::Evidence;

/// One value in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Where the profile says it, or would.
    pub path: Vec<String>,
    /// As a TOML literal.
    pub literal: String,
    /// The profile says it; else it is built in.
    pub from_profile: bool,
    /// What stands behind it in the profile.
    pub source: Option<String>,
}

/// One endpoint with the profile over it.
#[derive(Clone, Debug)]
pub struct ShownEndpoint {
    pub endpoint: &'static Endpoint,
    /// How its path is known for this account.
    pub evidence: Evidence,
    /// Whether it is asked, as far as profile and evidence decide.
    pub asked: Result<(), NotAsked>,
    pub values: Vec<Shown>,
}

/// The whole contract.
#[derive(Clone, Debug)]
pub struct ShownContract {
    /// Consent, zone, addresses, signatures.
    pub general: Vec<Shown>,
    pub endpoints: Vec<ShownEndpoint>,
    /// Maps of fields.
    pub fields: Vec<Shown>,
    /// Words of the vendor and meanings of intentions.
    pub words: Vec<Shown>,
}

/// The contract that a profile's text makes.
pub fn shown(text: &str) -> Result<ShownContract, ProfileError> {
    let profile = Profile::parse(text)?;
    let entries = change::entries(text)?;
    let of = |first: &[&str]| {
        let found =
            entries.iter().filter(|e| e.path.first().is_some_and(|p| first.contains(&&**p)));
        found.map(given).collect::<Vec<_>>()
    };
    Ok(ShownContract {
        general: general(&profile, &entries),
        endpoints: CATALOGUE.iter().map(|row| endpoint(&profile, &entries, row)).collect(),
        fields: of(&["record"]),
        words: of(&["status", "meaning"]),
    })
}

fn given(entry: &Entry) -> Shown {
    Shown {
        path: entry.path.clone(),
        literal: entry.literal.clone(),
        from_profile: true,
        source: entry.source.clone(),
    }
}

fn value(entries: &[Entry], path: &[&str], literal: Option<String>) -> Option<Shown> {
    let path: Vec<String> = path.iter().map(|part| (*part).to_owned()).collect();
    let entry = entries.iter().find(|entry| entry.path == path);
    let literal = literal.or_else(|| entry.map(|entry| entry.literal.clone()))?;
    let source = entry.and_then(|entry| entry.source.clone());
    Some(Shown { path, literal, from_profile: entry.is_some(), source })
}

fn general(profile: &Profile, entries: &[Entry]) -> Vec<Shown> {
    let reads = match profile.reads() {
        ReadsOn::Known => "known",
        ReadsOn::Assumed => "assumed",
    };
    let zone = profile.zone().0.to_string();
    let mut all = vec![
        value(entries, &["reads"], Some(quoted(reads))),
        value(entries, &["zone"], Some(quoted(&zone))),
        value(
            entries,
            &["documentation", "url"],
            Some(quoted(profile.documentation_url().unwrap_or(documentation::source::START))),
        ),
    ];
    for family in [Family::Cloud, Family::Chatbot, Family::Pds] {
        let word = family.word();
        all.push(value(
            entries,
            &["family", word, "base_url"],
            profile.base_url(family).map(quoted),
        ));
        all.push(if family == Family::Chatbot {
            let sign = profile.chatbot_sign().map(|sign| quoted(sign.word()));
            value(entries, &["family", word, "sign"], sign)
        } else {
            let auth = Some(quoted(profile.auth(family).word()));
            value(entries, &["family", word, "auth"], auth)
        });
    }
    all.into_iter().flatten().collect()
}

fn endpoint(profile: &Profile, entries: &[Entry], row: &'static Endpoint) -> ShownEndpoint {
    ShownEndpoint {
        endpoint: row,
        evidence: gate::evidence(row, profile),
        asked: gate::may(row, profile, false).map(|_| ()),
        values: if row.is_asked() { values(profile, entries, row.key) } else { Vec::new() },
    }
}

fn values(profile: &Profile, entries: &[Entry], key: Key) -> Vec<Shown> {
    let contract = profile.contract(key);
    let name = key.as_str();
    let at = |part: &str, literal| value(entries, &["endpoint", name, part], literal);
    let text = |text: &str| (!text.is_empty()).then(|| quoted(text));
    let mut all = vec![
        at("method", text(contract.method.word())),
        at("path", text(contract.path)),
        at("paging", text(contract.paging.word())),
        at("list", text(contract.list)),
        at("total", text(contract.total)),
        at("cursor", contract.cursor.map(quoted)),
        at("window", contract.window.map(window)),
        at("envelope", Some(envelope(&contract))),
        at("success", Some(success(&contract))),
        at("confirmed", profile.confirmed_by(key).map(quoted)),
        at("ambiguous", profile.doubt(key).map(quoted)),
    ];
    for asked in &contract.params {
        let path = ["endpoint", name, "params", asked.field];
        all.push(value(entries, &path, Some(param(asked))));
    }
    all.into_iter().flatten().collect()
}

fn param(asked: &Asked<'_>) -> String {
    let place: Place = asked.place;
    let value = asked.value.map(|value| format!(", value = {}", constant(value)));
    let value = value.unwrap_or_default();
    format!("{{ name = {}, place = {}{value} }}", quoted(asked.name), quoted(place.word()))
}

fn constant(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), quoted)
}

fn window(window: Window) -> String {
    let days = window.days.map(|days| format!("days = {days}, ")).unwrap_or_default();
    format!("{{ {days}format = {} }}", quoted(window.form.word()))
}

fn envelope(contract: &Contract<'_>) -> String {
    let message = contract.terms.message.map(|m| format!(", message = {}", quoted(m)));
    format!("{{ code = {}{} }}", quoted(contract.terms.code), message.unwrap_or_default())
}

fn success(contract: &Contract<'_>) -> String {
    let literal =
        |code: &String| code.parse::<i64>().map_or_else(|_| quoted(code), |n| n.to_string());
    match contract.terms.success {
        Some([code]) => literal(code),
        Some(codes) => format!("[{}]", codes.iter().map(literal).collect::<Vec<_>>().join(", ")),
        None if contract.family == Family::Pds => "0".to_owned(),
        None => "200".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_says_where_it_comes_from() {
        let text = "zone = \"+07:00\" # asked\n[endpoint.\"workflow.list\"]\npath = \"/mine\" # page 7\n\
                    [status.workflow]\n3 = \"running\"\n";
        let shown = shown(text).unwrap();
        let zone = shown.general.iter().find(|s| s.path == ["zone"]).unwrap();
        assert_eq!((zone.literal.as_str(), zone.source.as_deref()), ("\"+07:00\"", Some("asked")));
        let list = &shown.endpoints[Key::WorkflowList as usize];
        let of = |part: &str| list.values.iter().find(|s| s.path.last().unwrap() == part).unwrap();
        assert_eq!((of("path").literal.as_str(), of("path").from_profile), ("\"/mine\"", true));
        assert_eq!((of("method").literal.as_str(), of("method").from_profile), ("\"GET\"", false));
        assert_eq!(of("page").literal, "{ name = \"page\", place = \"query\" }");
        assert_eq!(shown.words[0].path, ["status", "workflow", "3"]);
    }

    #[test]
    fn what_is_shown_can_be_written_back() {
        let shown = shown("").unwrap();
        let values = shown.endpoints.iter().flat_map(|row| &row.values);
        let changes: Vec<_> = (values.chain(&shown.general))
            // A list that is not paged by a cursor has no pointer to one, and so on: only what stands.
            .map(|value| change::Change {
                path: value.path.clone(),
                from: None,
                to: Some(value.literal.clone()),
                source: "built in".to_owned(),
            })
            .filter(|change| change.path.get(1).is_none_or(|key| key != "recording.file"))
            .collect();
        change::apply("", &changes).unwrap();
    }
}
