//! `[endpoint."…"]`: how one endpoint is asked and how its answer is taken apart.

use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use super::{Source, Table, Text};
use crate::vendor::{
    catalogue::{CATALOGUE, Family, Key, Kind, Paging},
    fields::nearest,
    profile::{Correction, Param, Place, ProfileError, TimeForm, Window, pages_by_cursor},
    transport::Method,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EndpointTable {
    method: Text,
    path: Text,
    #[serde(default)]
    params: Table<ParamTable>,
    paging: Text,
    list: Text,
    total: Text,
    cursor: Text,
    confirmed: Text,
    ambiguous: Text,
    window: Option<Spanned<WindowTable>>,
    envelope: Option<EnvelopeTable>,
    success: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ParamTable {
    name: Option<Spanned<String>>,
    place: Text,
    value: Option<Spanned<toml::Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WindowTable {
    days: Option<Spanned<i64>>,
    format: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnvelopeTable {
    code: Text,
    message: Text,
}

/// One endpoint's table under inspection.
struct Look<'s> {
    source: &'s Source<'s>,
    name: &'s str,
    key: Key,
}

impl Look<'_> {
    fn at(&self, part: &str) -> String {
        format!("endpoint.{:?}.{part}", self.name)
    }

    fn refuse(&self, at: usize, part: &str, sentence: &str) -> ProfileError {
        self.source.error(at, self.at(part), sentence)
    }
}

fn usable(key: Key) -> bool {
    key.endpoint().is_asked() && key.endpoint().family != Family::Link
}

pub(super) fn read(
    source: &Source<'_>,
    name: &Spanned<String>,
    table: EndpointTable,
) -> Result<(Key, Correction), ProfileError> {
    let Some(key) = Key::parse(name.get_ref()).filter(|key| usable(*key)) else {
        let known = CATALOGUE.iter().filter(|row| usable(row.key)).map(|row| row.name);
        let near = nearest(name.get_ref(), known);
        let key = format!("endpoint.{:?}", name.get_ref());
        return Err(source.unknown(name, key, "no endpoint that is asked", &near));
    };
    let look = Look { source, name: name.get_ref(), key };
    let envelope = table.envelope.as_ref();
    let mut correction = Correction {
        method: method(&look, &table.method)?,
        path: path(&look, &table.path)?,
        paging: paging(&look, &table.paging, &table.cursor)?,
        list: source.pointer(&look.at("list"), &table.list)?,
        total: source.pointer_or_none(&look.at("total"), &table.total)?,
        cursor: source.pointer(&look.at("cursor"), &table.cursor)?,
        window: window(&look, table.window.as_ref())?,
        success: success(&look, table.success.as_ref())?,
        confirmed: confirmed(&look, &table.confirmed)?,
        ambiguous: table.ambiguous.as_ref().map(|text| text.get_ref().trim().to_owned()),
        ..Correction::default()
    };
    if let Some(envelope) = envelope {
        correction.code = source.pointer_or_none(&look.at("envelope.code"), &envelope.code)?;
        correction.message = source.pointer(&look.at("envelope.message"), &envelope.message)?;
    }
    for (field, table) in &table.params {
        let param = param(&look, field, table, correction.paging)?;
        correction.params.insert(field.get_ref().clone(), param);
    }
    places(&look, &correction, &table)?;
    Ok((key, correction))
}

fn method(look: &Look<'_>, text: &Text) -> Result<Option<Method>, ProfileError> {
    let methods = [("GET", Method::Get), ("POST", Method::Post)];
    look.source.word(&look.at("method"), text, &methods)
}

fn path(look: &Look<'_>, text: &Text) -> Result<Option<String>, ProfileError> {
    let Some(text) = text else { return Ok(None) };
    let path = text.get_ref();
    let plain = path.starts_with('/') && !path.starts_with("//");
    if plain && !path.contains(['?', '#', ' ', '\\']) && !path.contains(char::is_control) {
        return Ok(Some(path.clone()));
    }
    Err(look.refuse(text.span().start, "path", "must start with one / and hold no query"))
}

fn paging(look: &Look<'_>, text: &Text, cursor: &Text) -> Result<Option<Paging>, ProfileError> {
    let words = [
        ("page", Paging::Page),
        ("offset", Paging::Offset),
        ("cursor", Paging::Cursor),
        ("none", Paging::None),
    ];
    let paging = look.source.word(&look.at("paging"), text, &words)?;
    let row = look.key.endpoint();
    let start = text.as_ref().map_or(0, |t| t.span().start);
    let pages = row.kind == Kind::Read && matches!(row.paging, Paging::Page | Paging::Offset);
    if paging.is_some_and(|p| p != row.paging && !pages) {
        let sentence = "this endpoint is not asked page by page, so it has no other way of paging";
        return Err(look.refuse(start, "paging", sentence));
    }
    match (paging.is_some_and(|p| pages_by_cursor(look.key, p)), cursor) {
        (true, None) => {
            let sentence = "needs cursor, the JSON pointer to the next page's cursor in the answer";
            Err(look.refuse(start, "paging", sentence))
        }
        (false, Some(text)) => {
            let sentence = "only a list with paging = \"cursor\" has a next cursor";
            Err(look.refuse(text.span().start, "cursor", sentence))
        }
        _ => Ok(paging),
    }
}

fn window(
    look: &Look<'_>,
    table: Option<&Spanned<WindowTable>>,
) -> Result<Option<Window>, ProfileError> {
    let Some(table) = table else { return Ok(None) };
    let start = table.span().start;
    if window_params(look.key).is_none() {
        let sentence = "this endpoint takes no start and end time";
        return Err(look.refuse(start, "window", sentence));
    }
    let days = match &table.get_ref().days {
        None => None,
        Some(days) => {
            let checked = u32::try_from(*days.get_ref()).ok().filter(|d| (1..=3650).contains(d));
            Some(checked.ok_or_else(|| {
                look.refuse(days.span().start, "window.days", "must be between 1 and 3650 days")
            })?)
        }
    };
    let forms = TimeForm::ALL.map(|form| (form.word(), form));
    let form = look.source.word(&look.at("window.format"), &table.get_ref().format, &forms)?;
    Ok(Some(Window { days, form: form.unwrap_or(TimeForm::Rfc3339) }))
}

/// Our names of the parameters that bound an endpoint's time.
pub(in crate::vendor) fn window_params(key: Key) -> Option<[&'static str; 2]> {
    let pairs = [["start_time", "end_time"], ["minstarttime", "maxstarttime"]];
    let params = key.endpoint().params;
    pairs.into_iter().find(|pair| pair.iter().all(|name| params.contains(name)))
}

fn success(
    look: &Look<'_>,
    value: Option<&Spanned<toml::Value>>,
) -> Result<Option<Vec<String>>, ProfileError> {
    let Some(value) = value else { return Ok(None) };
    let code = |value: &toml::Value| match value {
        toml::Value::Integer(code) => Some(code.to_string()),
        toml::Value::String(code) if !code.trim().is_empty() => Some(code.trim().to_owned()),
        toml::Value::Boolean(yes) => Some(yes.to_string()),
        _ => None,
    };
    let codes: Option<Vec<String>> = match value.get_ref() {
        toml::Value::Array(codes) => codes.iter().map(code).collect(),
        one => code(one).map(|code| vec![code]),
    };
    let sentence = "must be the code that says yes, such as 200, or a list of such codes";
    match codes.filter(|codes| !codes.is_empty()) {
        Some(codes) => Ok(Some(codes)),
        None => Err(look.refuse(value.span().start, "success", sentence)),
    }
}

fn confirmed(look: &Look<'_>, text: &Text) -> Result<Option<String>, ProfileError> {
    let Some(text) = text else { return Ok(None) };
    let evidence = text.get_ref().trim();
    if evidence.is_empty() {
        let sentence = "must say on what evidence, such as a page and the day it was read";
        return Err(look.refuse(text.span().start, "confirmed", sentence));
    }
    Ok(Some(evidence.to_owned()))
}

fn param(
    look: &Look<'_>,
    field: &Spanned<String>,
    table: &ParamTable,
    paging: Option<Paging>,
) -> Result<Param, ProfileError> {
    let part = format!("params.{}", field.get_ref());
    let row = look.key.endpoint();
    let by_cursor = paging.is_some_and(|paging| pages_by_cursor(look.key, paging));
    let known = row.params.contains(&field.get_ref().as_str())
        || (by_cursor && field.get_ref() == "cursor");
    let value = match &table.value {
        None if !known => {
            let near = nearest(field.get_ref(), row.params.iter().copied());
            let mut sentence =
                "this endpoint has no such parameter; a constant needs a value".to_owned();
            if !near.is_empty() {
                sentence += &format!(" (it has {})", near.join(", "));
            }
            return Err(look.refuse(field.span().start, &part, &sentence));
        }
        None => None,
        Some(value) => Some(constant(value.get_ref()).ok_or_else(|| {
            let sentence = "must be a text, a whole number or true or false";
            look.refuse(value.span().start, &part, sentence)
        })?),
    };
    let name = table.name.as_ref();
    if let Some(name) = name.filter(|name| name.get_ref().trim().is_empty()) {
        return Err(look.refuse(name.span().start, &part, "must not have an empty name"));
    }
    let places = Place::ALL.map(|place| (place.word(), place));
    Ok(Param {
        name: name.map(|name| name.get_ref().clone()),
        place: look.source.word(&look.at(&part), &table.place, &places)?,
        value,
    })
}

fn constant(value: &toml::Value) -> Option<Value> {
    match value {
        toml::Value::String(text) => Some(Value::from(text.as_str())),
        toml::Value::Integer(number) => Some(Value::from(*number)),
        toml::Value::Boolean(truth) => Some(Value::from(*truth)),
        _ => None,
    }
}

/// What stands in a path and what is put there must be the same: `{id}` sent as it is asks for nothing.
fn places(
    look: &Look<'_>,
    correction: &Correction,
    table: &EndpointTable,
) -> Result<(), ProfileError> {
    let path = correction.path.as_deref().unwrap_or(look.key.endpoint().path);
    let mut open: Vec<&str> = path.split('{').skip(1).filter_map(|p| p.split('}').next()).collect();
    for (field, given) in &table.params {
        let Some(param) = correction.params.get(field.get_ref()) else { continue };
        if param.place != Some(Place::Path) {
            continue;
        }
        let name = param.name.as_deref().unwrap_or(field.get_ref());
        if !open.contains(&name) {
            let start = given.place.as_ref().map_or(field.span().start, |p| p.span().start);
            let sentence = format!("the path has no {{{name}}} for it");
            return Err(look.refuse(start, &format!("params.{}", field.get_ref()), &sentence));
        }
        open.retain(|open| *open != name);
    }
    match (open.first(), &table.path) {
        (Some(open), Some(text)) => {
            let sentence = format!("no parameter with place = \"path\" fills {{{open}}}");
            Err(look.refuse(text.span().start, "path", &sentence))
        }
        _ => Ok(()),
    }
}
