//! While the screen is shared: whether it is, and what is known of a person beside the number.

use serde_json::Value;
use tokio::sync::watch;

use super::{Desk, frames::UiError};
use crate::domain::{
    ids::Callee,
    mask::{Mask, Salt},
};

/// One for all windows; it outlives a restart of the core and ends with the process.
#[derive(Clone, Debug)]
pub struct Sharing {
    on: watch::Sender<bool>,
    salt: Salt,
}

impl Sharing {
    pub fn new(salt: Salt) -> Self {
        Self { on: watch::Sender::new(false), salt }
    }

    pub fn is_on(&self) -> bool {
        *self.on.borrow()
    }

    /// How an account's numbers are shown now.
    pub(super) fn mask(&self, own: Mask) -> Mask {
        if self.is_on() { Mask::Pseudonym(self.salt) } else { own }
    }

    pub(super) fn changed(&self) -> watch::Receiver<bool> {
        self.on.subscribe()
    }
}

impl Desk {
    /// From the answer on nothing is told that was masked in the other way: windows get all their lists
    /// anew.
    pub fn share_screen(&self, on: bool) -> Result<(), UiError> {
        self.shared.sharing.on.send_if_modified(|was| std::mem::replace(was, on) != on);
        Ok(())
    }
}

/// Whom a record is about.
#[derive(Clone, Debug, Default)]
pub struct Person<'a> {
    pub callee: Option<&'a Callee>,
    /// As the record's own JSON has them.
    pub names: Vec<String>,
}

impl<'a> Person<'a> {
    /// Names are looked for only where they are hidden.
    pub fn of(callee: Option<&'a Callee>, raw: &str, mask: Mask) -> Self {
        let mut names = Vec::new();
        if mask.is_pseudonym()
            && let Ok(value) = serde_json::from_str::<Value>(raw)
        {
            collect(&value, "", &mut names);
            // The longest first, so that no part of a name is left of it.
            names.sort_by_key(|name: &String| std::cmp::Reverse(name.len()));
            names.dedup();
        }
        Self { callee, names }
    }

    /// Free text: it cannot be masked fully, only where it spells what is known.
    pub fn said(&self, text: &str, mask: Mask) -> String {
        mask.speech(text, self.callee, &self.names)
    }
}

fn collect(value: &Value, parent: &str, names: &mut Vec<String>) {
    const LONGEST: usize = 80;
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                if let Value::String(name) = value
                    && names_a_person(parent, field)
                    && (2..=LONGEST).contains(&name.chars().count())
                {
                    names.push(name.clone());
                }
                collect(value, field, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, parent, names)),
        _ => {}
    }
}

/// Fields that hold somebody's name by their own name, and a plain `name` where personal data stands.
fn names_a_person(parent: &str, field: &str) -> bool {
    const WHOSE: [&str; 12] = [
        "callee", "customer", "contact", "user", "client", "debtor", "borrower", "full", "first",
        "last", "agent", "seat",
    ];
    const PLAIN: [&str; 4] = ["name", "nama", "姓名", "名字"];
    const HOLDERS: [&str; 7] =
        ["variables", "user", "contact", "customer", "callee", "ner_slots", "slots"];
    let plain = field.to_lowercase();
    let held = PLAIN.contains(&plain.as_str()) && HOLDERS.contains(&parent.to_lowercase().as_str());
    held || plain.contains("name") && WHOSE.iter().any(|whose| plain.starts_with(whose))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_known_and_names_of_things_are_none() {
        let raw = r#"{"workflow_name":"W","callee_name":"Budi Santoso","template":{"name":"T"},
            "variables":{"name":"Budi","project":"P"},"user":{"id":"1","name":"Siti"}}"#;
        let mask = Mask::Pseudonym(Salt::new([1; Salt::LENGTH]));
        let person = Person::of(None, raw, mask);
        assert_eq!(person.names, ["Budi Santoso", "Budi", "Siti"]);
        assert!(Person::of(None, raw, Mask::LastFour).names.is_empty());
    }
}
