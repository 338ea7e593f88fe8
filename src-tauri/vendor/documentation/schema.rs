//! What a documented body looks like: an OpenAPI schema as a tree, or an example where there is none.
//! Hostile schemas (deep, cyclic, endless) end in a tree that is cut, never in a stack that is full.

use serde_json::{Map, Value};

/// One named place of a documented body.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    pub name: String,
    pub title: String,
    pub description: String,
    pub required: bool,
    pub shape: Shape,
    pub example: Option<Value>,
    /// The value that is always meant: a `const`, a `default`, or the only one of an `enum`.
    pub constant: Option<Value>,
    /// The words that it can hold.
    pub words: Vec<Word>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    Object(Vec<Field>),
    List(Box<Field>),
    /// The type's word: `string`, `integer`; empty where the page does not say.
    Value(String),
}

impl Default for Shape {
    fn default() -> Self {
        Self::Value(String::new())
    }
}

/// One value of an enum with what the page says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    pub value: String,
    pub name: String,
    pub description: String,
}

impl Field {
    /// The fields of an object, or of the elements of a list.
    pub fn inside(&self) -> &[Field] {
        match &self.shape {
            Shape::Object(fields) => fields,
            Shape::List(element) => element.inside(),
            Shape::Value(_) => &[],
        }
    }

    /// The field at a JSON pointer; a list is not stepped into.
    pub fn at(&self, pointer: &str) -> Option<&Field> {
        let steps = pointer.split('/').skip(1).map(|s| s.replace("~1", "/").replace("~0", "~"));
        steps.into_iter().try_fold(self, |field, step| match &field.shape {
            Shape::Object(fields) => fields.iter().find(|f| f.name == step),
            _ => None,
        })
    }

    pub fn is_whole_number(&self) -> bool {
        let number = |v: &Value| v.is_i64() || v.is_u64();
        match &self.shape {
            Shape::Value(word) if word.is_empty() => self.example.as_ref().is_some_and(number),
            Shape::Value(word) => word == "integer" || word == "number",
            _ => false,
        }
    }

    /// Everything that the page says about it in words.
    pub fn told(&self) -> String {
        format!("{} {}", self.title, self.description)
    }
}

/// Fields of one page at most; the rest is left out.
const FIELDS: usize = 4000;
const DEPTH: usize = 24;
const WORDS: usize = 200;
const TEXT: usize = 2000;

/// Reads the schemas of one document.
pub(super) struct Reader<'a> {
    document: &'a Value,
    left: usize,
    /// References that are being followed.
    open: Vec<String>,
}

impl<'a> Reader<'a> {
    pub fn new(document: &'a Value) -> Self {
        Self { document, left: FIELDS, open: Vec::new() }
    }

    /// What a reference stands for; the value itself where it is none.
    pub fn resolved(&self, value: &'a Value) -> &'a Value {
        let mut value = value;
        for _ in 0..8 {
            let Some(target) = value.get("$ref").and_then(Value::as_str) else { return value };
            let Some(found) = self.target(target) else { return value };
            value = found;
        }
        value
    }

    /// References within the document only; their steps may be percent-encoded.
    fn target(&self, reference: &str) -> Option<&'a Value> {
        let pointer = percent_decoded(reference.strip_prefix('#')?);
        self.document.pointer(&pointer)
    }

    pub fn field(&mut self, name: &str, schema: &'a Value, depth: usize) -> Field {
        let named = || Field { name: cut(name), ..Field::default() };
        if depth > DEPTH || self.left == 0 {
            return named();
        }
        self.left -= 1;
        let Some(object) = schema.as_object() else { return named() };
        if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
            return self.followed(name, object, reference, depth);
        }
        let mut field = Field {
            title: text(object, "title"),
            description: text(object, "description"),
            example: first_example(object),
            constant: constant(object),
            words: words(object),
            shape: self.shape(object, depth),
            ..named()
        };
        if let (Shape::Value(word), Some(example)) = (&field.shape, &field.example)
            && (word.is_empty() || word == "object" || word == "array")
            && (example.is_object() || example.is_array())
        {
            field.shape = self.by_example("", example, depth).shape;
        }
        field
    }

    fn followed(
        &mut self,
        name: &str,
        at: &'a Map<String, Value>,
        reference: &str,
        depth: usize,
    ) -> Field {
        let known = self.target(reference).filter(|_| !self.open.iter().any(|o| o == reference));
        let Some(target) = known else { return Field { name: cut(name), ..Field::default() } };
        self.open.push(reference.to_owned());
        let mut field = self.field(name, target, depth + 1);
        self.open.pop();
        // What stands beside the reference says more about this place.
        for (own, given) in [("title", &mut field.title), ("description", &mut field.description)] {
            let beside = text(at, own);
            if !beside.is_empty() {
                *given = beside;
            }
        }
        field
    }

    fn shape(&mut self, object: &'a Map<String, Value>, depth: usize) -> Shape {
        let mut fields = Vec::new();
        self.properties(object, depth, &mut fields);
        for part in object.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            merge(&mut fields, self.field("", part, depth + 1));
        }
        let choice = ["oneOf", "anyOf"].iter().find_map(|key| object.get(*key)?.as_array());
        let choice =
            choice.into_iter().flatten().find(|part| part.get("type") != Some(&"null".into()));
        if let Some(part) = choice {
            let chosen = self.field("", part, depth + 1);
            if fields.is_empty() && !matches!(chosen.shape, Shape::Object(_)) {
                return chosen.shape;
            }
            merge(&mut fields, chosen);
        }
        if !fields.is_empty() {
            return Shape::Object(fields);
        }
        match (type_word(object), object.get("items")) {
            (_, Some(items)) => Shape::List(Box::new(self.field("", items, depth + 1))),
            (word, None) => Shape::Value(word),
        }
    }

    fn properties(&mut self, object: &'a Map<String, Value>, depth: usize, into: &mut Vec<Field>) {
        let Some(properties) = object.get("properties").and_then(Value::as_object) else { return };
        let required: Vec<&str> = object
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        for (name, schema) in properties {
            let mut field = self.field(name, schema, depth + 1);
            field.required = required.contains(&name.as_str());
            into.push(field);
        }
    }

    /// A tree made from an example.
    pub fn by_example(&mut self, name: &str, example: &Value, depth: usize) -> Field {
        let mut field = Field { name: cut(name), ..Field::default() };
        if depth > DEPTH || self.left == 0 {
            return field;
        }
        self.left -= 1;
        field.shape = match example {
            Value::Object(members) => {
                let inside = members.iter().map(|(n, v)| self.by_example(n, v, depth + 1));
                Shape::Object(inside.collect())
            }
            Value::Array(elements) => {
                let first = elements.first().unwrap_or(&Value::Null);
                Shape::List(Box::new(self.by_example("", first, depth + 1)))
            }
            Value::String(_) => Shape::Value("string".to_owned()),
            Value::Bool(_) => Shape::Value("boolean".to_owned()),
            Value::Number(n) if n.is_f64() => Shape::Value("number".to_owned()),
            Value::Number(_) => Shape::Value("integer".to_owned()),
            Value::Null => Shape::default(),
        };
        if matches!(field.shape, Shape::Value(_)) {
            field.example = Some(example.clone());
        }
        field
    }
}

fn merge(fields: &mut Vec<Field>, part: Field) {
    let Shape::Object(inside) = part.shape else { return };
    for field in inside {
        match fields.iter_mut().find(|f| f.name == field.name) {
            Some(known) => *known = field,
            None => fields.push(field),
        }
    }
}

/// OpenAPI 3.1 may give several types, `null` among them.
fn type_word(object: &Map<String, Value>) -> String {
    match object.get("type") {
        Some(Value::String(word)) => cut(word),
        Some(Value::Array(words)) => {
            let word = words.iter().filter_map(Value::as_str).find(|word| *word != "null");
            cut(word.unwrap_or_default())
        }
        _ => String::new(),
    }
}

fn first_example(object: &Map<String, Value>) -> Option<Value> {
    let listed = || object.get("examples")?.as_array()?.first();
    object.get("example").or_else(listed).filter(|v| !v.is_null()).cloned()
}

fn constant(object: &Map<String, Value>) -> Option<Value> {
    let only = || match object.get("enum")?.as_array()?.as_slice() {
        [one] => Some(one),
        _ => None,
    };
    let found = object.get("const").or_else(|| object.get("default")).or_else(only);
    found.filter(|v| v.is_string() || v.is_number() || v.is_boolean()).cloned()
}

/// `enum`, with the names and descriptions of `x-apifox-enum` where there are any.
fn words(object: &Map<String, Value>) -> Vec<Word> {
    let named = object.get("x-apifox-enum").and_then(Value::as_array).into_iter().flatten();
    let named = named.filter_map(|entry| {
        let part = |key: &str| entry.get(key).map(scalar_text).unwrap_or_default();
        let word =
            Word { value: part("value"), name: part("name"), description: part("description") };
        (!word.value.is_empty()).then_some(word)
    });
    let mut words: Vec<Word> = named.take(WORDS).collect();
    let plain = object.get("enum").and_then(Value::as_array).into_iter().flatten();
    for value in plain.map(scalar_text).filter(|v| !v.is_empty()).take(WORDS) {
        if !words.iter().any(|word| word.value == value) {
            words.push(Word { value, ..Word::default() });
        }
    }
    words
}

/// The text of a string, number or truth value.
pub(super) fn scalar_text(value: &Value) -> String {
    match value {
        Value::String(text) => cut(text),
        Value::Number(_) | Value::Bool(_) => value.to_string(),
        _ => String::new(),
    }
}

pub(super) fn text(object: &Map<String, Value>, key: &str) -> String {
    object.get(key).map(scalar_text).unwrap_or_default()
}

/// Without its surroundings of space, and not longer than a page's text has to be.
pub(super) fn cut(text: &str) -> String {
    text.trim().chars().take(TEXT).collect()
}

pub(super) fn percent_decoded(text: &str) -> String {
    let hex = |b: u8| char::from(b).to_digit(16).and_then(|d| u8::try_from(d).ok());
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        match (first, after) {
            (b'%', [high, low, more @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.push(hex(*high).unwrap_or(0) * 16 + hex(*low).unwrap_or(0));
                rest = more;
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(document: &Value, schema: &Value) -> Field {
        // The schema stands in the document, as it does on a page.
        let mut whole = document.clone();
        whole["schema"] = schema.clone();
        Reader::new(&whole).field("", &whole["schema"], 0)
    }

    #[test]
    fn references_are_followed_decoded_and_never_in_a_circle() {
        let document = json!({"components": {"schemas": {
            "任务 One": {"type": "object", "properties": {
                "id": {"type": "string", "title": "ID"},
                "next": {"$ref": "#/components/schemas/%E4%BB%BB%E5%8A%A1%20One"}}}}}});
        let field =
            read(&document, &json!({"$ref": "#/components/schemas/%E4%BB%BB%E5%8A%A1%20One"}));
        assert_eq!(field.at("/id").map(|f| f.title.as_str()), Some("ID"));
        assert_eq!(field.at("/next").map(|f| &f.shape), Some(&Shape::default()));
    }

    #[test]
    fn an_example_stands_in_for_a_schema() {
        let example = json!({"code": 200, "data": {"rows": [{"id": "a"}], "n": 3}});
        let field = Reader::new(&Value::Null).by_example("", &example, 0);
        assert!(field.at("/data/n").is_some_and(Field::is_whole_number));
        assert_eq!(field.at("/data/rows").map(|f| f.inside()[0].name.as_str()), Some("id"));
    }

    #[test]
    fn depth_and_number_of_fields_end() {
        let mut deep = json!({"type": "string"});
        for _ in 0..100 {
            deep = json!({"type": "object", "properties": {"a": deep}});
        }
        read(&json!({}), &deep);
        let wide: Map<String, Value> =
            (0..10_000).map(|n| (format!("f{n}"), json!({"type": "string"}))).collect();
        let field = read(&json!({}), &json!({"type": "object", "properties": wide}));
        assert_eq!(field.inside().len(), 10_000);
    }
}
