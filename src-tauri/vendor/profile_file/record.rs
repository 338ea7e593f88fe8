//! `[record.….fields]`, `[status.…]` and `[meaning."…"]`: how what the vendor sends is understood.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::{Source, Table, Text};
use crate::{
    domain::status::Phase,
    vendor::{
        fields::{self, FieldKind, OurField, RecordKind, Unit, nearest},
        profile::{Mapped, Profile, ProfileError},
    },
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RecordTable {
    #[serde(default)]
    fields: Table<FieldTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldTable {
    pointer: Text,
    unit: Text,
    zone: Text,
}

pub(super) fn fields(
    source: &Source<'_>,
    record: &Spanned<String>,
    table: RecordTable,
    profile: &mut Profile,
) -> Result<(), ProfileError> {
    let Some(kind) = RecordKind::parse(record.get_ref()) else {
        let near = nearest(record.get_ref(), RecordKind::ALL.iter().map(|kind| kind.word()));
        let key = format!("record.{}", record.get_ref());
        return Err(source.unknown(record, key, "no record", &near));
    };
    for (name, table) in table.fields {
        let key = format!("record.{}.fields.{}", kind.word(), name.get_ref());
        let Some(field) = kind.field(name.get_ref()) else {
            let near = fields::near(kind, name.get_ref());
            return Err(source.unknown(&name, key, "no field", &near));
        };
        let mapped = mapped(source, &key, &name, field, &table)?;
        let maps = match field.within {
            Some(_) => profile.elements.entry(kind).or_default(),
            None => profile.maps.entry(kind).or_default(),
        };
        if maps.iter().any(|other| other.field == field) {
            let sentence = "this field is mapped twice, in two spellings";
            return Err(source.error(name.span().start, key, sentence));
        }
        maps.push(mapped);
    }
    Ok(())
}

fn mapped(
    source: &Source<'_>,
    key: &str,
    name: &Spanned<String>,
    field: &'static OurField,
    table: &FieldTable,
) -> Result<Mapped, ProfileError> {
    let Some(pointer) = source.pointer(&format!("{key}.pointer"), &table.pointer)? else {
        let sentence = "needs pointer, the JSON pointer to the value in the record";
        return Err(source.error(name.span().start, key, sentence));
    };
    let refuse = |text: &Text, part: &str, sentence: &str| {
        let at = text.as_ref().map_or(0, |text| text.span().start);
        source.error(at, format!("{key}.{part}"), sentence)
    };
    if table.unit.is_some() && !field.has_unit() {
        return Err(refuse(&table.unit, "unit", "only times and durations have a unit"));
    }
    if table.zone.is_some() && field.kind != FieldKind::Time {
        return Err(refuse(&table.zone, "zone", "only times have a zone"));
    }
    let units = Unit::ALL.map(|unit| (unit.word(), unit));
    Ok(Mapped {
        field,
        pointer,
        unit: source.word(&format!("{key}.unit"), &table.unit, &units)?,
        zone: super::zone(source, &format!("{key}.zone"), &table.zone)?,
    })
}

pub(super) fn statuses(
    source: &Source<'_>,
    record: &Spanned<String>,
    words: Table<Spanned<String>>,
    profile: &mut Profile,
) -> Result<(), ProfileError> {
    let at = |written: &str| format!("status.{}.{written:?}", record.get_ref());
    if record.get_ref() == RecordKind::Call.word() {
        let results = [("connected", true), ("not_connected", false)];
        for (written, ours) in words {
            let key = at(written.get_ref());
            if let Some(connected) = source.word(&key, &Some(ours), &results)? {
                let word = trimmed(source, &written, &key)?;
                profile.connected.insert(word, connected);
            }
        }
        return Ok(());
    }
    let kind = RecordKind::parse(record.get_ref()).filter(|kind| kind.has_phase());
    let Some(kind) = kind else {
        let mut known = RecordKind::ALL.into_iter().filter(|kind| kind.has_phase());
        let first = known.next().map_or("", RecordKind::word);
        let known = known.fold(first.to_owned(), |all, kind| format!("{all}, {}", kind.word()));
        let sentence = format!("words of {known} and call can be read here");
        let key = format!("status.{}", record.get_ref());
        return Err(source.error(record.span().start, key, &sentence));
    };
    let phases = Phase::ALL.map(|phase| (phase.word(), phase));
    for (written, ours) in words {
        let key = at(written.get_ref());
        if let Some(phase) = source.word(&key, &Some(ours), &phases)? {
            let word = trimmed(source, &written, &key)?;
            profile.phases.entry(kind).or_default().insert(word, phase);
        }
    }
    Ok(())
}

/// Words are compared without the spaces around them, so two that differ in those are one.
fn trimmed(
    source: &Source<'_>,
    written: &Spanned<String>,
    key: &str,
) -> Result<String, ProfileError> {
    let word = written.get_ref().trim();
    if word.is_empty() {
        return Err(source.error(written.span().start, key, "an empty word says nothing"));
    }
    Ok(word.to_owned())
}

pub(super) fn meanings(
    source: &Source<'_>,
    template: &Spanned<String>,
    letters: Table<Spanned<String>>,
) -> Result<BTreeMap<String, String>, ProfileError> {
    let mut meanings = BTreeMap::new();
    for (letter, meaning) in letters {
        let key = format!("meaning.{:?}.{}", template.get_ref(), letter.get_ref());
        let text = meaning.get_ref().trim();
        if text.is_empty() {
            return Err(source.error(meaning.span().start, key, "must say what it means"));
        }
        meanings.insert(trimmed(source, &letter, &key)?, text.to_owned());
    }
    Ok(meanings)
}
