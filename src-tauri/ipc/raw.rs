//! A record's own JSON as a person may see it: readable, the number masked, links left out.

use serde_json::Value;

use crate::domain::{ids::Callee, mask::Mask};

pub fn shown(raw: &str, mask: Mask, callee: Option<&Callee>) -> String {
    let Ok(mut value) = serde_json::from_str::<Value>(raw) else {
        return mask.text_with(raw, callee);
    };
    clean(&mut value, mask, callee);
    serde_json::to_string_pretty(&value).unwrap_or_default()
}

fn clean(value: &mut Value, mask: Mask, callee: Option<&Callee>) {
    match value {
        // A link to a recording or a picture opens it for everybody who has the link.
        Value::String(text) if text.contains("://") => *text = "(link)".to_owned(),
        Value::String(text) => *text = mask.text_with(text, callee),
        Value::Number(number) => {
            let text = number.to_string();
            let masked = mask.text_with(&text, callee);
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
}
