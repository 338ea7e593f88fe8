//! What a message holds, in the shapes of the vendor's examples.

use serde_json::{Value, json};

use crate::sim::{
    branch::Branch,
    text::{Choice, Facts, Say},
};

pub(super) fn content(
    say: &Say,
    facts: &Facts,
    branch: Branch,
    base_url: &str,
    seat: &str,
) -> Value {
    let fill = |text: &str| facts.fill(text, branch);
    let url = |file: &str| format!("{base_url}/media/{}", escaped(&fill(file)));
    let ids = |choices: &[Choice]| -> Vec<Value> {
        choices.iter().map(|(id, title)| json!({ "id": id, "title": title })).collect()
    };
    match *say {
        Say::Text(text) => json!({ "type": "text", "text": fill(text) }),
        Say::Media(kind, file) => json!({ "type": kind, "media": { "origin_url": url(file) } }),
        Say::File(name) => {
            json!({ "type": "file", "media": { "origin_url": url(name), "name": fill(name) } })
        }
        Say::Button(text) => json!({ "type": "button", "text": text }),
        Say::List { body, footer, button, title, rows } => json!({
            "type": "interactive",
            "interactive": {
                "type": "list",
                "body": { "text": fill(body) },
                "footer": { "text": fill(footer) },
                "action": { "button": button, "sections": [{ "title": title, "rows": ids(rows) }] },
            },
        }),
        Say::Buttons { body, footer, options } => {
            let buttons: Vec<Value> = ids(options)
                .into_iter()
                .map(|reply| json!({ "type": "reply", "reply": reply }))
                .collect();
            json!({
                "type": "interactive",
                "interactive": {
                    "type": "button",
                    "body": { "text": fill(body) },
                    "footer": { "text": fill(footer) },
                    "action": { "buttons": buttons },
                },
            })
        }
        Say::ListReply((id, title)) => json!({
            "type": "interactive",
            "interactive": { "type": "list_reply", "list_reply": { "id": id, "title": title } },
        }),
        Say::ButtonReply((id, title)) => json!({
            "type": "interactive",
            "interactive": { "type": "button_reply", "button_reply": { "id": id, "title": title } },
        }),
        Say::ChoiceText(text) => json!({ "type": "interactive", "text": text }),
        Say::Template { .. } => template(say, facts, branch, base_url),
        Say::Cards { title, subtitle, buttons } => {
            let buttons: Vec<Value> = buttons
                .iter()
                .map(|(title, payload)| json!({ "type": "postback", "title": title, "payload": payload }))
                .collect();
            let card =
                json!({ "title": fill(title), "subtitle": fill(subtitle), "buttons": buttons });
            json!({
                "type": "template",
                "template": {
                    "type": "Instagram",
                    "ins_content": {
                        "type": "template",
                        "payload": { "template_type": "generic", "elements": [card] },
                    },
                },
            })
        }
        Say::System(event) => {
            let to = if event == "conversation.transfer" { seat } else { "" };
            json!({ "type": "system", "system": { "type": event, "from_seat_id": "", "to_seat_id": to } })
        }
        Say::Location(place) => json!({
            "type": "location",
            "location": { "name": place, "latitude": "1.3521", "longitude": "103.8198" },
        }),
    }
}

fn template(say: &Say, facts: &Facts, branch: Branch, base_url: &str) -> Value {
    let Say::Template { image, body, footer, buttons, name } = *say else { return Value::Null };
    let fill = |text: &str| facts.fill(text, branch);
    let buttons: Vec<Value> =
        buttons.iter().map(|(kind, text)| json!({ "type": kind, "text": text })).collect();
    let mut content = json!({ "body": fill(body), "footer": fill(footer), "button": buttons });
    if let Some(file) = image {
        let url = format!("{base_url}/media/{file}");
        content["header"] = json!({ "type": "image", "media": { "origin_url": url } });
    }
    json!({
        "type": "template",
        "template": {
            "type": "WhatsApp",
            "content": content,
            "info": { "id": "88214", "name": name, "language": facts.language },
        },
    })
}

/// A file name as a URL holds it.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
