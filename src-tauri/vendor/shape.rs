//! What the records of a source are made of, learnt from those that came, and how the next ones differ.
//! Pure.
//!
//! The vendor promises no shape, so the first records are the measure. Fields that the contract knows
//! come and go as a record goes on; a new one is told only where nothing here knows its name.

use std::{
    collections::{BTreeMap, HashSet},
    sync::LazyLock,
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    check::is_also_read,
    fields::{FIELDS, FieldKind},
    record::same_name,
};
use crate::domain::{
    shape::{Differs, ShapeChange},
    time::Timestamp,
};

/// Records that a source must have given before a difference is told.
const MEASURE: u64 = 20;
/// A field that all records had is missed after that many in a row without it.
const MISSED: u64 = 10;
/// Records looked at of one answer.
const SAMPLE: usize = 20;
const DEEPEST: usize = 5;
const MOST_FIELDS: usize = 400;

/// Objects whose members are the customer's own, or differ from one record to the next.
const VARIES: &[&str] = &["content", "messages", "dialogue", "extra"];

const TYPES: [(u8, &str); 5] =
    [(1, "text"), (2, "number"), (4, "true or false"), (8, "object"), (16, "list")];

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Shape {
    rows: u64,
    /// By their place in plain letters.
    fields: BTreeMap<String, Field>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Field {
    /// Its place as the vendor spelt it last.
    spelt: String,
    /// Bits of [`TYPES`].
    types: u8,
    /// Records that had it.
    rows: u64,
    /// Records in a row that did not.
    missing: u64,
    /// It is told that it is missed, until it comes again.
    missed: bool,
}

impl Shape {
    /// One that was kept; what cannot be read begins anew.
    pub fn kept(text: &str) -> Self {
        serde_json::from_str(text).unwrap_or_default()
    }

    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether it says enough more than it did `before` to be kept: counts alone are kept now and then.
    pub fn says_more(&self, before: &Self) -> bool {
        const COUNTED: u64 = 200;
        let types = |shape: &Self| -> Vec<u8> { shape.fields.values().map(|f| f.types).collect() };
        let grew = self.rows != before.rows;
        grew && (before.rows < 2 * MEASURE
            || self.rows / COUNTED != before.rows / COUNTED
            || self.fields.len() != before.fields.len()
            || types(self) != types(before))
    }

    /// Learns from records, and tells how they differ from those before. A text that is no JSON object
    /// says nothing.
    pub fn look<'a>(
        &mut self,
        source: &str,
        records: impl IntoIterator<Item = &'a str>,
        at: Timestamp,
    ) -> Vec<ShapeChange> {
        let mut changes = Vec::new();
        // What this answer brings first is measured by the answers before it.
        let measured = self.rows >= MEASURE;
        for record in records.into_iter().take(SAMPLE) {
            let Ok(Value::Object(members)) = serde_json::from_str::<Value>(record) else {
                continue;
            };
            let mut found = BTreeMap::new();
            outline(&Value::Object(members), &mut Place::default(), 0, &mut found);
            self.rows += 1;
            let rows = self.rows;
            for (path, (types, spelt)) in &found {
                if self.fields.len() >= MOST_FIELDS && !self.fields.contains_key(path) {
                    continue;
                }
                let field = self.fields.entry(path.clone()).or_default();
                let (before, is_new) = (field.types, field.rows == 0);
                field.spelt.clone_from(spelt);
                field.types |= types;
                field.rows += 1;
                field.missing = 0;
                field.missed = false;
                if !measured {
                    continue;
                }
                let change = match (is_new, before) {
                    (true, _) if is_known(path) => continue,
                    (true, _) => Differs::New,
                    (false, 0) => continue,
                    (false, before) if types & !before == 0 => continue,
                    _ => Differs::OtherType,
                };
                changes.push(told(source, spelt, change, (before, *types), at));
            }
            for (path, field) in
                self.fields.iter_mut().filter(|(path, _)| !found.contains_key(*path))
            {
                field.missing += 1;
                let always = field.rows >= MEASURE && field.rows + field.missing == rows;
                if always && field.missing >= MISSED && !field.missed && !inside(path, &found) {
                    field.missed = true;
                    changes.push(told(source, &field.spelt, Differs::Lacks, (field.types, 0), at));
                }
            }
        }
        changes
    }
}

/// Whether what holds the field is missing or empty too: then that is told, or nothing.
fn inside(path: &str, found: &Found) -> bool {
    let holder = path.rsplit_once('/').map_or("", |(holder, _)| holder);
    let holder = holder.strip_suffix("/*").unwrap_or(holder);
    !holder.is_empty() && (path.contains("/*") || !found.contains_key(holder))
}

fn told(
    source: &str,
    field: &str,
    differs: Differs,
    (was, now): (u8, u8),
    at: Timestamp,
) -> ShapeChange {
    let (source, field) = (source.to_owned(), field.to_owned());
    ShapeChange { source, field, differs, was: words(was), now: words(now), at }
}

fn words(types: u8) -> String {
    let named = TYPES.iter().filter(|(bit, _)| types & bit != 0).map(|(_, word)| *word);
    named.collect::<Vec<_>>().join(", ")
}

/// Types and spelling, by the place in plain letters.
type Found = BTreeMap<String, (u8, String)>;

/// Where in a record: in plain letters, and as spelt.
#[derive(Default)]
struct Place {
    plain: String,
    spelt: String,
}

impl Place {
    fn enter(&mut self, name: &str) -> (usize, usize) {
        let before = (self.plain.len(), self.spelt.len());
        self.plain.push('/');
        self.plain.push_str(&plain(name));
        self.spelt.push('/');
        self.spelt.push_str(&name.replace('~', "~0").replace('/', "~1"));
        before
    }

    fn leave(&mut self, (plain, spelt): (usize, usize)) {
        self.plain.truncate(plain);
        self.spelt.truncate(spelt);
    }
}

/// The fields of a value with their types. Null has none: it may stand for anything.
fn outline(value: &Value, place: &mut Place, depth: usize, found: &mut Found) {
    match value {
        Value::Object(members) if depth < DEEPEST => {
            for (name, member) in members {
                let before = place.enter(name);
                let entry = found.entry(place.plain.clone());
                entry.or_insert_with(|| (0, place.spelt.clone())).0 |= type_of(member);
                let (_, last) = place.plain.rsplit_once('/').unwrap_or_default();
                if !VARYING.contains(last) {
                    outline(member, place, depth + 1, found);
                }
                place.leave(before);
            }
        }
        Value::Array(items) if depth < DEEPEST => {
            let before = place.enter("*");
            items.iter().for_each(|item| outline(item, place, depth + 1, found));
            place.leave(before);
        }
        _ => {}
    }
}

/// Names are the same whatever their case and underscores; so told, both spellings are one field.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| *c != '_');
    let lower: String = letters.flat_map(char::to_lowercase).collect();
    lower.replace('~', "~0").replace('/', "~1")
}

fn type_of(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        // Whole numbers come as texts too, and are read as either.
        Value::String(text) if text.parse::<i64>().is_ok() => 2,
        Value::String(text) if text.is_empty() => 0,
        Value::String(_) => 1,
        Value::Number(_) => 2,
        Value::Bool(_) => 4,
        Value::Object(_) => 8,
        Value::Array(_) => 16,
    }
}

/// Plain names of objects that are not looked into.
static VARYING: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let pairs = FIELDS.iter().filter(|field| field.kind == FieldKind::Pairs);
    pairs.map(|field| field.name).chain(VARIES.iter().copied()).map(plain).collect()
});

fn is_known(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    FIELDS.iter().any(|field| same_name(field.name, name)) || is_also_read(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(shape: &mut Shape, records: &[&str]) -> Vec<(Differs, String, String, String)> {
        let changes = shape.look("workflow.list", records.iter().copied(), Timestamp(7));
        changes.into_iter().map(|c| (c.differs, c.field, c.was, c.now)).collect()
    }

    const ROW: &str = r#"{"workflow_id":"w","mood":"calm","size":3,"at":null,"steps":[{"kind":"a"}],
        "variables":{"own name":"x"}}"#;

    fn measured() -> Shape {
        let mut shape = Shape::default();
        for _ in 0..MEASURE {
            assert_eq!(look(&mut shape, &[ROW]), [], "the first records are the measure");
        }
        shape
    }

    #[test]
    fn a_new_field_and_another_type_are_told_once() {
        let mut shape = measured();
        let other = ROW
            .replace(r#""calm""#, r#"["calm"]"#)
            .replace(r#""kind":"a""#, r#""kind":"a","by":1"#);
        let told = look(&mut shape, &[&other, &other]);
        let expected = [
            (Differs::OtherType, "/mood", "text", "list"),
            (Differs::New, "/steps/*/by", "", "number"),
        ];
        let expected = expected.map(|(d, f, w, n)| (d, f.to_owned(), w.to_owned(), n.to_owned()));
        assert_eq!(told, expected);
        let again = Shape::kept(&shape.to_text());
        assert_eq!(again, shape);
        assert_eq!(look(&mut shape, &[&other, ROW]), []);
    }

    #[test]
    fn what_every_record_had_is_missed_and_once() {
        let mut shape = measured();
        let without = ROW.replace(r#""mood":"calm","#, "");
        let rows = vec![without.as_str(); MISSED as usize - 1];
        assert_eq!(look(&mut shape, &rows), []);
        let told = look(&mut shape, &[&without, &without]);
        assert_eq!(told, [(Differs::Lacks, "/mood".to_owned(), "text".to_owned(), String::new())]);
        assert_eq!(look(&mut shape, &rows), []);
    }

    #[test]
    fn lenient_spellings_and_the_customers_own_names_are_no_change() {
        let mut shape = measured();
        let fine = [
            ROW.replace("\"size\":3", "\"size\":\"3\""),
            ROW.replace("\"calm\"", "null"),
            ROW.replace("\"calm\"", "\"\""),
            ROW.replace("own name", "another name"),
            ROW.replace("workflow_id", "WorkflowId"),
            ROW.replace("\"at\":null", "\"at\":5"),
            ROW.replace("\"at\":null", "\"at\":null,\"end_time\":\"2026-11-20 10:00:00\""),
            ROW.replace(r#"[{"kind":"a"}]"#, "[]"),
            "not JSON".to_owned(),
            "[1]".to_owned(),
        ];
        for record in &fine {
            assert_eq!(look(&mut shape, &[record]), [], "{record}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_record_is_too_odd(json in "\\PC{0,80}", many in 0_usize..900) {
            let mut shape = measured();
            look(&mut shape, &[&json]);
            let fields: Vec<String> = (0..many).map(|n| format!("\"f{n}\":{n}")).collect();
            look(&mut shape, &[&format!("{{{}}}", fields.join(","))]);
            proptest::prop_assert!(shape.fields.len() <= MOST_FIELDS);
        }
    }
}
