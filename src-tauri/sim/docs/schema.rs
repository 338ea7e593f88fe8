//! Schemas and examples of records and parameters.

use serde_json::{Map, Value, json};

use super::Language;
use crate::sim::contract::{Field, Layout, Row, Type, Words};

/// Members of an object schema: where each stands, what it is, and whether it must be there.
pub(super) type Members = Vec<(Vec<String>, Value, bool)>;

/// An object schema of these members; walks of several steps become objects within.
pub(super) fn object(members: Members) -> Value {
    let mut schema = json!({ "type": "object", "properties": {} });
    let mut needed: Vec<Value> = Vec::new();
    for (walk, member, required) in members {
        let Some(first) = walk.first() else { continue };
        if required {
            needed.push(first.as_str().into());
        }
        put(&mut schema, &walk, member);
    }
    let orders: Vec<String> = names(&schema);
    if !needed.is_empty() {
        schema["required"] = needed.into();
    }
    schema["x-apifox-orders"] = orders.into();
    schema
}

fn names(schema: &Value) -> Vec<String> {
    schema["properties"].as_object().map(|p| p.keys().cloned().collect()).unwrap_or_default()
}

fn put(schema: &mut Value, walk: &[String], member: Value) {
    let Some((first, rest)) = walk.split_first() else { return };
    let Some(properties) = schema["properties"].as_object_mut() else { return };
    if rest.is_empty() {
        properties.insert(first.clone(), member);
        return;
    }
    let inner = properties
        .entry(first.clone())
        .or_insert_with(|| json!({ "type": "object", "properties": {} }));
    put(inner, rest, member);
}

/// The schema of a record: `only` those of its fields, all where none is named.
pub(super) fn record(
    row: Row,
    only: &[&str],
    layout: Option<&Layout>,
    language: Language,
) -> Value {
    let fields = row.fields().iter().filter(|f| match only {
        // Fields that a look-up alone brings stand on its own page only.
        [] => !(row == Row::Workflow && ["callee", "case_id"].contains(&f.name)),
        only => only.contains(&f.name),
    });
    object(fields.map(|f| member(f, layout, language)).collect())
}

pub(super) fn fields(fields: &[Field], language: Language) -> Value {
    object(fields.iter().map(|f| member(f, None, language)).collect())
}

fn member(
    field: &Field,
    layout: Option<&Layout>,
    language: Language,
) -> (Vec<String>, Value, bool) {
    let walk = layout.and_then(|l| l.fields.get(field.name)).cloned();
    let walk = walk.unwrap_or_else(|| vec![field.name.to_owned()]);
    (walk, property(field, layout, language), field.kind == Type::Id)
}

/// The schema of one field or parameter. A new one has its title; what units and forms say stands in
/// the description.
pub(super) fn property(field: &Field, layout: Option<&Layout>, language: Language) -> Value {
    let title = language.of(field.title);
    let milliseconds = layout.is_some_and(|l| l.milliseconds);
    let mut schema = match field.kind {
        Type::Id => json!({ "type": "string", "title": title }),
        Type::Text | Type::Phone | Type::Link => json!({ "type": "string", "title": title }),
        Type::Integer | Type::Unix => json!({ "type": "integer", "title": title }),
        Type::Duration => {
            let unit = match (milliseconds, language) {
                (false, Language::English) => ", in seconds",
                (true, Language::English) => ", in milliseconds",
                (false, Language::Chinese) => "(秒)",
                (true, Language::Chinese) => "(毫秒)",
            };
            json!({ "type": "integer", "title": format!("{title}{unit}") })
        }
        Type::Time => {
            let form =
                language.of(("yyyy-MM-dd HH:mm:ss, UTC+8", "格式yyyy-MM-dd HH:mm:ss,东八区"));
            json!({ "type": "string", "title": title, "description": form })
        }
        Type::Pairs => json!({
            "type": "object", "properties": {}, "title": title,
            "additionalProperties": { "type": "string" }, "x-apifox-orders": [],
        }),
        Type::Word(words) => word(words, title, layout, language),
        Type::List(inner) => {
            json!({ "type": "array", "items": fields(inner, language), "title": title })
        }
        Type::Object(inner) => {
            let mut schema = fields(inner, language);
            schema["title"] = title.into();
            schema
        }
    };
    if let Some(example) = example(field.kind, milliseconds)
        && schema.get("example").is_none()
    {
        schema["example"] = example;
    }
    schema
}

fn example(kind: Type, milliseconds: bool) -> Option<Value> {
    Some(match kind {
        Type::Id => "3f0c6a1be4d94f6a8f1f5a8f6c0d2b17".into(),
        Type::Text => "text".into(),
        Type::Phone => "+6281234567890".into(),
        Type::Integer => 12.into(),
        Type::Duration => if milliseconds { 47_000 } else { 47 }.into(),
        Type::Time => "2026-11-20 10:00:00".into(),
        Type::Unix => 1_795_140_000.into(),
        Type::Link => "https://files.example/recording.wav".into(),
        Type::Pairs => json!({ "date": "2026-11-30" }),
        Type::Word(_) | Type::List(_) | Type::Object(_) => return None,
    })
}

/// An enumeration: integers where the contract numbers the words. The states of a session are left
/// blank, as on the vendor's page.
fn word(words: Words, title: &str, layout: Option<&Layout>, language: Language) -> Value {
    if words == Words::Session {
        return json!({ "type": "string", "title": title, "example": "closed" });
    }
    let numbers = layout.map(|l| &l.numbers).filter(|n| words.can_be_numbers() && !n.is_empty());
    let value = |word: &str| match numbers {
        Some(numbers) => numbers.get(word).map_or(Value::Null, |n| (*n).into()),
        None if words.are_numbers() => word.parse::<i64>().map_or(Value::Null, Into::into),
        None => word.into(),
    };
    let values: Vec<Value> = words.all().iter().map(|(word, ..)| value(word)).collect();
    let described = words.all().iter().map(|(word, name, about)| {
        json!({
            "value": value(word), "name": language.of(*name), "description": language.of(*about),
        })
    });
    let described: Vec<Value> = described.collect();
    let kind = match numbers {
        None if !words.are_numbers() => "string",
        _ => "integer",
    };
    let example = values.first().cloned().unwrap_or(Value::Null);
    json!({
        "type": kind, "title": title, "enum": values, "x-apifox-enum": described,
        "example": example,
    })
}

/// An example of what a schema describes; `schemas` are those that it may refer to.
pub(super) fn sample(schema: &Value, schemas: &Map<String, Value>) -> Value {
    if let Some(named) = schema["$ref"].as_str() {
        let name = named.rsplit('/').next().unwrap_or_default();
        let found = schemas.iter().find(|(title, _)| encoded(title) == name);
        return found.map_or(Value::Null, |(_, schema)| sample(schema, schemas));
    }
    if let Some(example) = schema.get("example") {
        return example.clone();
    }
    match schema["type"].as_str() {
        Some("array") => json!([sample(&schema["items"], schemas)]),
        Some("object") => {
            let empty = Map::new();
            let properties = schema["properties"].as_object().unwrap_or(&empty).iter();
            properties.map(|(name, inner)| (name.clone(), sample(inner, schemas))).collect()
        }
        _ => Value::Null,
    }
}

/// As a name stands in a `$ref`.
pub(super) fn encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
