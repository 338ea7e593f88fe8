//! An OpenAPI document as endpoints.

use serde_json::{Map, Value};

use super::{
    page::{Carried, ErrorCode, Origin, PageEndpoint, PageParam, id_in},
    schema::{Field, Reader, Shape, cut, scalar_text, text},
};

const METHODS: [&str; 8] = ["get", "post", "put", "delete", "patch", "head", "options", "trace"];
/// Operations of one document at most.
const OPERATIONS: usize = 2000;

/// Every operation that a document describes. `repeated` says what the document names twice.
pub(super) fn endpoints(
    document: &Value,
    origin: Origin<'_>,
    heading: Option<&str>,
    repeated: Option<&str>,
) -> Vec<PageEndpoint> {
    let mut found = Vec::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, item) in paths.into_iter().flatten() {
        let Some(item) = item.as_object() else { continue };
        for (method, operation) in item {
            let method = method.to_ascii_lowercase();
            let Some(operation) = operation.as_object() else { continue };
            if METHODS.contains(&method.as_str()) && found.len() < OPERATIONS {
                let mut endpoint = one(document, item, operation);
                endpoint.path = cut(path);
                endpoint.method = method.to_ascii_uppercase();
                endpoint.repeated = repeated.map(str::to_owned);
                found.push(endpoint);
            }
        }
    }
    let alone = found.len() == 1;
    for endpoint in &mut found {
        name(endpoint, origin, heading.filter(|_| alone), alone);
    }
    found
}

/// Title, address, folder and id, from the page and from what surrounds it.
fn name(endpoint: &mut PageEndpoint, origin: Origin<'_>, heading: Option<&str>, alone: bool) {
    origin.address.clone_into(&mut endpoint.address);
    if endpoint.group.is_empty() {
        endpoint.group = origin.group.to_vec();
    }
    if alone {
        endpoint.page_id = endpoint.page_id.or_else(|| id_in(origin.address));
        for also in heading.into_iter().chain([origin.title]).map(cut) {
            if !also.is_empty() && !endpoint.titles().any(|t| t == also) {
                endpoint.also.push(also);
            }
        }
    }
    if endpoint.title.is_empty() {
        let first = if endpoint.also.is_empty() { None } else { Some(endpoint.also.remove(0)) };
        endpoint.title = first.unwrap_or_else(|| endpoint.path.clone());
    }
}

fn one<'a>(
    document: &'a Value,
    item: &'a Map<String, Value>,
    operation: &'a Map<String, Value>,
) -> PageEndpoint {
    let mut reader = Reader::new(document);
    let mut endpoint = PageEndpoint {
        title: text(operation, "summary"),
        page_id: operation.get("x-run-in-apifox").and_then(Value::as_str).and_then(id_in),
        group: group(operation),
        servers: servers(document, item, operation),
        ..PageEndpoint::default()
    };
    for parameters in [item.get("parameters"), operation.get("parameters")] {
        for parameter in parameters.and_then(Value::as_array).into_iter().flatten() {
            endpoint.params.extend(parameter_of(&mut reader, parameter));
        }
    }
    if let Some(body) = operation.get("requestBody") {
        body_of(&mut reader, body, &mut endpoint);
    }
    answers(&mut reader, operation, &mut endpoint);
    endpoint
}

/// `Workflow/Webhooks`, else the tags.
fn group(operation: &Map<String, Value>) -> Vec<String> {
    let folder = text(operation, "x-apifox-folder");
    let parts: Vec<String> =
        folder.split(['/', '>']).map(cut).filter(|part| !part.is_empty()).collect();
    if !parts.is_empty() {
        return parts;
    }
    let tags = operation.get("tags").and_then(Value::as_array).into_iter().flatten();
    let tags =
        tags.map(scalar_text).flat_map(|tag| tag.split(['/', '>']).map(cut).collect::<Vec<_>>());
    tags.filter(|tag| !tag.is_empty()).take(20).collect()
}

fn servers(
    document: &Value,
    item: &Map<String, Value>,
    operation: &Map<String, Value>,
) -> Vec<String> {
    let nearest = [operation.get("servers"), item.get("servers"), document.get("servers")];
    let listed = nearest.into_iter().flatten().filter_map(Value::as_array).find(|s| !s.is_empty());
    let listed = listed.into_iter().flatten().filter_map(|server| server.get("url"));
    listed.map(scalar_text).filter(|url| !url.is_empty()).take(10).collect()
}

/// A parameter of query or path; headers and cookies are the client's own business.
fn parameter_of<'a>(reader: &mut Reader<'a>, parameter: &'a Value) -> Option<PageParam> {
    let object = reader.resolved(parameter).as_object()?;
    let place = match object.get("in").and_then(Value::as_str)? {
        "query" => Carried::Query,
        "path" => Carried::Path,
        _ => return None,
    };
    let mut field = match object.get("schema") {
        Some(schema) => reader.field("", schema, 0),
        None => Field::default(),
    };
    field.name = text(object, "name");
    field.required = place == Carried::Path || object.get("required") == Some(&Value::Bool(true));
    for (key, given) in [("title", &mut field.title), ("description", &mut field.description)] {
        let own = text(object, key);
        if !own.is_empty() {
            *given = own;
        }
    }
    field.example = object.get("example").filter(|v| !v.is_null()).cloned().or(field.example);
    (!field.name.is_empty()).then_some(PageParam { place, field })
}

/// The media of a content object: JSON first, then a form, then anything.
fn media(content: &Map<String, Value>) -> Option<(&String, &Value)> {
    let json = content.iter().find(|(kind, _)| kind.to_ascii_lowercase().contains("json"));
    let form = || content.iter().find(|(kind, _)| kind.to_ascii_lowercase().contains("form"));
    json.or_else(form).or_else(|| content.iter().next())
}

fn body_of<'a>(reader: &mut Reader<'a>, body: &'a Value, endpoint: &mut PageEndpoint) {
    let content = reader.resolved(body).get("content").and_then(Value::as_object);
    let Some((kind, media)) = content.and_then(media) else { return };
    if !kind.to_ascii_lowercase().contains("json") {
        endpoint.other_body = Some(cut(kind));
    }
    let Some(Shape::Object(fields)) = tree(reader, media).map(|field| field.shape) else { return };
    endpoint
        .params
        .extend(fields.into_iter().map(|field| PageParam { place: Carried::Body, field }));
}

/// A media object's schema as a tree, else its example's.
fn tree<'a>(reader: &mut Reader<'a>, media: &'a Value) -> Option<Field> {
    let from_schema = media.get("schema").map(|schema| reader.field("", schema, 0));
    let useful = from_schema.filter(|field| !field.inside().is_empty());
    useful.or_else(|| Some(reader.by_example("", &example(media)?, 0)))
}

/// The first example of a media object; one that is JSON in a string is read.
fn example(media: &Value) -> Option<Value> {
    let listed = || match media.get("examples")? {
        Value::Object(named) => {
            let first = named.values().next()?;
            first.get("value").or(Some(first))
        }
        Value::Array(list) => list.first(),
        _ => None,
    };
    let found = media.get("example").or_else(listed)?;
    match found {
        Value::String(text) => serde_json::from_str(text).ok(),
        Value::Null => None,
        other => Some(other.clone()),
    }
}

fn answers<'a>(
    reader: &mut Reader<'a>,
    operation: &'a Map<String, Value>,
    endpoint: &mut PageEndpoint,
) {
    let Some(responses) = operation.get("responses").and_then(Value::as_object) else { return };
    let is_success = |code: &str| code.starts_with('2') || code == "default" || code == "x-200";
    for (code, response) in responses {
        let response = reader.resolved(response);
        if is_success(code) && endpoint.answer.is_none() {
            let content = response.get("content").and_then(Value::as_object).and_then(media);
            let Some((_, media)) = content else { continue };
            endpoint.answer = tree(reader, media);
            endpoint.success = success(endpoint.answer.as_ref(), example(media).as_ref());
        } else if !is_success(code) {
            error_of(code, response, endpoint);
        }
    }
}

fn error_of(code: &str, response: &Value, endpoint: &mut PageEndpoint) {
    let named = ["x-apifox-name", "description"].iter().filter_map(|key| response.get(*key));
    let words = named.map(scalar_text).find(|words| !words.is_empty());
    let digits = code.trim_start_matches(|c: char| !c.is_ascii_digit());
    if let (Ok(code), Some(words)) = (digits.parse(), words) {
        endpoint.errors.push(ErrorCode { code, words });
    }
}

/// The `code` of the example; else the one that the schema fixes.
fn success(answer: Option<&Field>, example: Option<&Value>) -> Option<i64> {
    let whole = |value: &Value| value.as_i64().or_else(|| value.as_str()?.trim().parse().ok());
    let shown = example.and_then(|e| e.get("code")).and_then(whole);
    shown.or_else(|| {
        let code = answer?.inside().iter().find(|f| f.name.eq_ignore_ascii_case("code"))?;
        [&code.constant, &code.example].into_iter().flatten().find_map(whole)
    })
}
