//! How a body differs from its documented shape.

use serde_json::value::RawValue;

use crate::{
    domain::chat::ShapeNotice,
    vendor::{
        chatbot::wire::{Field, Type},
        record::{self, Record},
    },
};

/// A hostile body must not turn into a million notices.
const MOST_NOTICES: usize = 100;

#[derive(Default)]
pub(super) struct Notices {
    pub found: Vec<ShapeNotice>,
}

impl Notices {
    pub fn add(&mut self, notice: ShapeNotice) {
        if self.found.len() < MOST_NOTICES && !self.found.contains(&notice) {
            self.found.push(notice);
        }
    }

    /// Names every way in which the record differs from its documented fields.
    pub fn compare(&mut self, row: &Record<'_>, documented: &[Field], prefix: &str) {
        for field in documented {
            let full = format!("{prefix}{}", field.name);
            match row.member(field.name).filter(|value| value.get() != "null") {
                None if field.required => self.add(ShapeNotice::Missing(full)),
                None => {}
                Some(value) if !is_of(value, field.kind) => self.add(ShapeNotice::OtherType(full)),
                Some(value) if field.kind == Type::Texts => self.compare_texts(value, &full),
                Some(_) => {}
            }
        }
        for (found, _) in row.fields() {
            if !documented.iter().any(|field| record::same_name(field.name, found)) {
                self.add(ShapeNotice::New(format!("{prefix}{found}")));
            }
        }
    }

    fn compare_texts(&mut self, value: &RawValue, prefix: &str) {
        let Ok(row) = Record::parse(value.get()) else { return };
        for (name, _) in row.fields().filter(|(_, value)| !is_of(value, Type::Text)) {
            self.add(ShapeNotice::OtherType(format!("{prefix}.{name}")));
        }
    }
}

fn is_of(value: &RawValue, kind: Type) -> bool {
    let first = value.get().as_bytes().first();
    match kind {
        Type::Text => first == Some(&b'"'),
        Type::Integer => value.get().parse::<i64>().is_ok(),
        Type::Texts | Type::Object => first == Some(&b'{'),
        Type::Array => first == Some(&b'['),
    }
}
