//! A record's own JSON as a person may see it: readable, the number masked, links left out.

use serde_json::Value;

use crate::domain::{ids::Callee, mask::Mask};

/// While the screen is shared, only the form of it: nobody knows which value says who it is.
pub fn shown(raw: &str, mask: Mask, callee: Option<&Callee>) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(raw) else {
        return mask.value(raw, callee);
    };
    clean(&mut value, mask, callee);
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

fn clean(value: &mut Value, mask: Mask, callee: Option<&Callee>) {
    match value {
        // A link to a recording or a picture opens it for everybody who has the link.
        Value::String(text) if text.contains("://") => *text = "(link)".to_owned(),
        Value::String(text) => *text = mask.value(text, callee),
        Value::Number(number) => {
            let text = number.to_string();
            let masked = mask.value(&text, callee);
            if masked != text {
                *value = Value::String(masked);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| clean(item, mask, callee)),
        Value::Object(fields) => fields.values_mut().for_each(|v| clean(v, mask, callee)),
        Value::Null | Value::Bool(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_links_do_not_cross() {
        let callee = Callee::new("+6281234564821");
        let raw = r#"{"callee":"+6281234564821","n":6281234564821,"reclink":"https://r/x.wav"}"#;
        let shown = shown(raw, Mask::LastFour, Some(&callee));
        assert!(!shown.contains("8123456") && !shown.contains("https"), "{shown}");
    }

    #[test]
    fn a_shared_screen_shows_the_form_alone() {
        let mask = Mask::Pseudonym(crate::domain::mask::Salt::new([1; 32]));
        let shown = shown(r#"{"who":"Budi","n":6281,"list":[true]}"#, mask, None);
        assert_eq!(shown.replace([' ', '\n'], ""), r#"{"who":"••••","n":"••••","list":[true]}"#);
    }
}
