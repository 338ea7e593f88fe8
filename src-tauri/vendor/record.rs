//! One JSON object of the vendor, read leniently: names match whatever their case and underscores,
//! numbers may be strings and strings numbers, null is the same as absent.

use std::{borrow::Cow, fmt};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{
    fields::Unit,
    profile::Mapped,
    time::{self, ReadTime},
};
use crate::domain::time::{Timestamp, Zone};

/// A field's name with the hash of its plain form (lower case, no underscores).
#[derive(Clone, Copy, Debug)]
pub struct Name(u64);

/// Names of one field, the one to be preferred first.
pub type Names = &'static [Name];

pub const fn name(text: &str) -> Name {
    Name(plain_hash(text.as_bytes()))
}

/// FNV-1a over the plain form. Const, so that the tables of names cost nothing at run time.
const fn plain_hash(text: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut at = 0;
    while at < text.len() {
        if text[at] != b'_' {
            hash = (hash ^ text[at].to_ascii_lowercase() as u64).wrapping_mul(0x0100_0000_01b3);
        }
        at += 1;
    }
    hash
}

/// Whether two names differ in case and underscores only.
pub fn same_name(one: &str, other: &str) -> bool {
    plain_hash(one.as_bytes()) == plain_hash(other.as_bytes())
}

/// The fields in the order received, their values unread.
#[derive(Default)]
pub struct Record<'a> {
    fields: Vec<Member<'a>>,
    laid: Vec<Laid<'a>>,
}

/// A value that the profile's map leads to: it stands over what the record has under our names.
#[derive(Clone, Copy)]
struct Laid<'a> {
    name: u64,
    value: &'a RawValue,
    unit: Option<Unit>,
    zone: Option<Zone>,
}

/// Hash of the plain name, name, value.
type Member<'a> = (u64, Cow<'a, str>, &'a RawValue);

impl<'a> Record<'a> {
    pub fn parse(json: &'a str) -> serde_json::Result<Self> {
        let mut record = Self::default();
        record.refill(json)?;
        Ok(record)
    }

    /// The same as [`Self::parse`], in the room that the record before has left.
    pub fn refill(&mut self, json: &'a str) -> serde_json::Result<()> {
        self.fields.clear();
        self.laid.clear();
        let mut reader = serde_json::Deserializer::from_str(json);
        reader.deserialize_map(Fields(&mut self.fields))?;
        reader.end()
    }

    /// Lays a map over the record: what its pointers lead to is found under our names from now on.
    /// A pointer that leads to nothing here leaves what the record has itself.
    pub fn lay(&mut self, map: &[Mapped]) {
        self.laid.clear();
        for mapped in map {
            let Some(value) = self.at(&mapped.pointer).filter(|v| v.get() != "null") else {
                continue;
            };
            let name = plain_hash(mapped.field.name.as_bytes());
            self.laid.push(Laid { name, value, unit: mapped.unit, zone: mapped.zone });
        }
    }

    fn laid(&self, names: &[Name]) -> Option<&Laid<'a>> {
        names.iter().find_map(|name| self.laid.iter().find(|laid| laid.name == name.0))
    }

    /// The value at a JSON pointer.
    pub fn at(&self, pointer: &str) -> Option<&'a RawValue> {
        let mut steps = pointer.split('/').skip(1).map(unescaped);
        let first = self.member(&steps.next()?)?;
        steps.try_fold(first, |value, step| within(value, &step))
    }

    /// The value of the first of `names` that is there and not null.
    pub fn value(&self, names: &[Name]) -> Option<&'a RawValue> {
        if let Some(laid) = self.laid(names) {
            return Some(laid.value);
        }
        names.iter().find_map(|name| {
            let found = self.fields.iter().filter(|(hash, ..)| *hash == name.0);
            found.map(|(.., value)| *value).find(|value| value.get() != "null")
        })
    }

    /// Whether a field of such a name is there, null or not.
    pub fn has(&self, names: &[Name]) -> bool {
        let own = |name: &Name| self.fields.iter().any(|(hash, ..)| *hash == name.0);
        self.laid(names).is_some() || names.iter().any(own)
    }

    /// The field of exactly this name, else of one that differs in case and underscores only.
    pub fn member(&self, wanted: &str) -> Option<&'a RawValue> {
        let exact = self.fields.iter().find(|(_, name, _)| name == wanted);
        let alike = || self.fields.iter().find(|(hash, ..)| *hash == name(wanted).0);
        exact.or_else(alike).map(|(.., value)| *value)
    }

    pub fn fields(&self) -> impl Iterator<Item = (&str, &'a RawValue)> {
        self.fields.iter().map(|(_, name, value)| (name.as_ref(), *value))
    }

    /// A string that is not empty, a number or a truth value, as text.
    pub fn text(&self, names: &[Name]) -> Option<String> {
        let text = scalar(self.value(names)?)?;
        (!text.trim().is_empty()).then(|| text.into_owned())
    }

    pub fn int(&self, names: &[Name]) -> Option<i64> {
        whole(&scalar(self.value(names)?)?)
    }

    pub fn number(&self, names: &[Name]) -> Option<f64> {
        let number: f64 = scalar(self.value(names)?)?.trim().parse().ok()?;
        number.is_finite().then_some(number)
    }

    pub fn time(&self, names: &[Name], zone: Zone) -> Option<ReadTime> {
        let text = scalar(self.value(names)?)?;
        let Some(laid) = self.laid(names) else { return time::read(&text, zone) };
        if let (Some(unit), Some(number)) = (laid.unit, whole(&text)) {
            let at = Timestamp(number.checked_mul(unit.ms())?);
            return (number != 0).then_some(ReadTime { at, zone_assumed: false });
        }
        let read = time::read(&text, laid.zone.unwrap_or(zone))?;
        // The zone that a map names is the user's knowledge, not our guess.
        Some(ReadTime { zone_assumed: read.zone_assumed && laid.zone.is_none(), ..read })
    }

    /// A length of time in milliseconds; `unit` is what the number counts where no map says so.
    pub fn millis(&self, names: &[Name], unit: Unit) -> Option<i64> {
        let unit = self.laid(names).and_then(|laid| laid.unit).unwrap_or(unit);
        #[expect(clippy::cast_precision_loss, reason = "at most 60,000")]
        let ms = self.number(names)? * unit.ms() as f64;
        #[expect(clippy::cast_possible_truncation, reason = "inside the range just checked")]
        (ms.abs() < LARGEST_WHOLE).then(|| ms.round() as i64)
    }

    /// Name and text of every member of an object, or of an array of `{name|key, value}` objects.
    pub fn pairs(&self, names: &[Name]) -> Vec<(String, String)> {
        self.value(names).map(pairs).unwrap_or_default()
    }

    /// The elements of an array; a single object counts as an array of one.
    pub fn list(&self, names: &[Name]) -> Vec<&'a RawValue> {
        self.value(names).map(list).unwrap_or_default()
    }
}

const PAIR_NAME: Names = &[name("name"), name("key"), name("field")];
const PAIR_VALUE: Names = &[name("value"), name("text")];

fn pairs(value: &RawValue) -> Vec<(String, String)> {
    if let Ok(record) = Record::parse(value.get()) {
        return record.fields().map(|(name, value)| (name.to_owned(), as_text(value))).collect();
    }
    let elements = list(value).into_iter().filter_map(|e| Record::parse(e.get()).ok());
    elements
        .flat_map(|record| match record.text(PAIR_NAME) {
            Some(name) => vec![(name, record.value(PAIR_VALUE).map(as_text).unwrap_or_default())],
            None => record.fields().map(|(n, v)| (n.to_owned(), as_text(v))).collect(),
        })
        .collect()
}

fn list(value: &RawValue) -> Vec<&RawValue> {
    if value.get().starts_with('{') {
        return vec![value];
    }
    serde_json::from_str(value.get()).unwrap_or_default()
}

/// A scalar's text; null is empty, and an object or array stays JSON.
fn as_text(value: &RawValue) -> String {
    match scalar(value) {
        Some(text) => text.into_owned(),
        None if value.get() == "null" => String::new(),
        None => value.get().to_owned(),
    }
}

/// The text of a string, number or truth value.
pub fn scalar(value: &RawValue) -> Option<Cow<'_, str>> {
    let json = value.get();
    match json.as_bytes().first()? {
        b'"' => match json.get(1..json.len() - 1)? {
            plain if !plain.contains('\\') => Some(Cow::Borrowed(plain)),
            _ => serde_json::from_str(json).ok().map(Cow::Owned),
        },
        b'{' | b'[' | b'n' => None,
        _ => Some(Cow::Borrowed(json)),
    }
}

/// Beyond this a float no longer tells whole numbers apart.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

fn whole(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let number: f64 = text.parse().ok()?;
    #[expect(clippy::cast_possible_truncation, reason = "inside the range just checked")]
    (number.abs() < LARGEST_WHOLE).then(|| number.round() as i64)
}

/// One step of a pointer.
fn within<'a>(value: &'a RawValue, step: &str) -> Option<&'a RawValue> {
    if value.get().starts_with('[') {
        let elements: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
        return elements.get(step.parse::<usize>().ok()?).copied();
    }
    Record::parse(value.get()).ok()?.member(step)
}

fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

struct Fields<'r, 'a>(&'r mut Vec<Member<'a>>);

impl<'de> Visitor<'de> for Fields<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(FieldName(name)) = map.next_key()? {
            self.0.push((plain_hash(name.as_bytes()), name, map.next_value()?));
        }
        Ok(())
    }
}

/// Borrowed unless it holds an escape.
struct FieldName<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for FieldName<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = FieldName<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a field name")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(FieldName(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(FieldName(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINK: Names = &[name("reclink")];
    const COUNT: Names = &[name("total_count")];
    const RESULTS: Names = &[name("customizeResults")];

    #[test]
    fn names_match_whatever_case_and_underscores() {
        for spelling in ["reclink", "recLink", "rec_link", "RECLINK", "_RecLink"] {
            let json = format!(r#"{{"{spelling}":"x"}}"#);
            assert_eq!(
                Record::parse(&json).unwrap().text(LINK).as_deref(),
                Some("x"),
                "{spelling}"
            );
        }
    }

    #[test]
    fn numbers_and_strings_stand_for_each_other() {
        for (json, count) in [
            (r#"{"TotalCount":12}"#, Some(12)),
            (r#"{"TotalCount":"12"}"#, Some(12)),
            (r#"{"TotalCount":12.0}"#, Some(12)),
            (r#"{"TotalCount":""}"#, None),
            (r#"{"TotalCount":null}"#, None),
            (r#"{"TotalCount":{}}"#, None),
            (r#"{"TotalCount":1e300}"#, None),
        ] {
            assert_eq!(Record::parse(json).unwrap().int(COUNT), count, "{json}");
        }
        assert_eq!(Record::parse(r#"{"recLink":7}"#).unwrap().text(LINK).as_deref(), Some("7"));
    }

    #[test]
    fn results_come_as_an_object_or_as_an_array() {
        for json in [
            r#"{"customizeResults":{"promise":"yes","n":2}}"#,
            r#"{"customizeResults":[{"name":"promise","value":"yes"},{"name":"n","value":2}]}"#,
            r#"{"customizeResults":[{"promise":"yes"},{"n":"2"}]}"#,
        ] {
            let pairs = Record::parse(json).unwrap().pairs(RESULTS);
            let expected = [("promise", "yes"), ("n", "2")];
            assert_eq!(pairs, expected.map(|(a, b)| (a.to_owned(), b.to_owned())), "{json}");
        }
    }

    #[test]
    fn a_pointer_walks_objects_and_arrays() {
        let json = r#"{"data":{"rows":[[1],{"a/b":3}]}}"#;
        let record = Record::parse(json).unwrap();
        assert_eq!(record.at("/data/rows/1/a~1b").map(RawValue::get), Some("3"));
        assert_eq!(record.at("/data/rows/0").map(RawValue::get), Some("[1]"));
        assert!(record.at("/data/none").is_none() && record.at("/data/rows/9").is_none());
    }
}
