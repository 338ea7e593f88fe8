//! Labels, slots and variables as columns of a list: what the vendor named, a person chose by its name.

use std::collections::BTreeMap;

use super::{errors::bad_request, frames::UiError};
use crate::domain::{call::CallDetail, chat::SessionDetail, ids::Callee, mask::Mask};

/// More than fit on a screen.
const MOST: usize = 24;
/// Characters of a column; the page offers no longer one.
const LONGEST: usize = 200;
/// Characters of a value that a row has room for; the opened record has all.
const SHORT: usize = 200;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Label,
    Slot,
    Variable,
}

impl Sort {
    /// As it stands before the colon in [`super::frames::Query::named`].
    fn of(word: &str) -> Option<Self> {
        match word {
            "label" => Some(Self::Label),
            "slot" => Some(Self::Slot),
            "variable" => Some(Self::Variable),
            _ => None,
        }
    }
}

/// `slot:amount` and the like.
pub fn is_named(column: &str) -> bool {
    column.split_once(':').is_some_and(|(sort, _)| Sort::of(sort).is_some())
}

/// The columns that a query names.
pub struct Named<'a>(Vec<(&'a str, Sort, &'a str)>);

impl<'a> Named<'a> {
    pub fn of(columns: &'a [String]) -> Result<Self, UiError> {
        if columns.len() > MOST
            || columns.iter().any(|column| column.chars().nth(LONGEST).is_some())
        {
            return Err(bad_request(
                "a list has at most 24 columns of labels, slots and variables",
            ));
        }
        let column = |column: &'a String| {
            let (sort, name) = column.split_once(':')?;
            Some((column.as_str(), Sort::of(sort)?, name))
        };
        let columns: Option<Vec<_>> = columns.iter().map(column).collect();
        columns
            .map(Self)
            .ok_or_else(|| bad_request("a column is label:, slot: or variable: and a name"))
    }

    pub fn of_call(
        &self,
        detail: &CallDetail,
        mask: Mask,
        callee: Option<&Callee>,
    ) -> BTreeMap<String, String> {
        // A call is stored without variables.
        self.values([&detail.labels, &detail.slots, &[]], mask, callee)
    }

    pub fn of_session(
        &self,
        detail: &SessionDetail,
        mask: Mask,
        callee: Option<&Callee>,
    ) -> BTreeMap<String, String> {
        self.values([&detail.labels, &detail.slots, &detail.variables], mask, callee)
    }

    /// Those that were sent, by the column's name; `pairs` in the order of [`Sort`]. A name that was sent
    /// several times has its values in the vendor's order.
    fn values(
        &self,
        pairs: [&[(String, String)]; 3],
        mask: Mask,
        callee: Option<&Callee>,
    ) -> BTreeMap<String, String> {
        let value = |(column, sort, name): &(&str, Sort, &str)| {
            let sent = pairs[*sort as usize].iter().filter(|(sent, _)| sent == name);
            let values: Vec<_> = sent.map(|(_, value)| mask.value(value, callee)).collect();
            let text: String = values.join(", ").chars().take(SHORT).collect();
            (!values.is_empty()).then(|| ((*column).to_owned(), text))
        };
        self.0.iter().filter_map(value).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(columns: &[&str]) -> Vec<String> {
        columns.iter().map(|column| (*column).to_owned()).collect()
    }

    fn pair(name: &str, value: &str) -> (String, String) {
        (name.to_owned(), value.to_owned())
    }

    #[test]
    fn only_what_was_sent_has_a_value_and_it_is_masked() {
        let callee = Callee::new("6281234567890");
        let detail = CallDetail {
            labels: vec![pair("a:b", "x"), pair("a:b", "y")],
            slots: vec![pair("phone", "call 6281234567890"), pair("empty", "")],
            ..CallDetail::default()
        };
        let columns =
            texts(&["label:a:b", "slot:phone", "slot:empty", "slot:none", "variable:phone"]);
        let named = Named::of(&columns).unwrap();
        let values = named.of_call(&detail, Mask::LastFour, Some(&callee));
        let shown: Vec<_> =
            values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(shown.first(), Some(&("label:a:b", "x, y")));
        assert_eq!(shown.get(1), Some(&("slot:empty", "")));
        let (name, phone) = shown[2];
        assert!(
            name == "slot:phone" && phone.ends_with("7890") && !phone.contains("628123"),
            "{phone}"
        );
        assert_eq!(shown.len(), 3);
    }

    #[test]
    fn what_is_no_column_is_refused() {
        for columns in [texts(&["amount"]), texts(&["result:x"]), vec!["slot:a".to_owned(); 25]] {
            assert!(Named::of(&columns).is_err(), "{columns:?}");
        }
        assert!(Named::of(&["slot:".to_owned() + &"话".repeat(200)]).is_err());
        assert!(Named::of(&[]).is_ok());
        assert!(is_named("slot:amount") && !is_named("amount") && !is_named("x:amount"));
    }
}
