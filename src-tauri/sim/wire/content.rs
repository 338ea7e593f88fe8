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
    match *say {
        Say::Text(text) => json!({ "type": "text", "text": fill(text) }),
        Say::Media(kind, file) => json!({ "type": kind, "media": { "origin_url": url(file) } }),
        Say::File(name) => {
            json!({ "type": "file", "media": { "origin_url": url(name), "name": fill(name) } })
        }
        Say::Button(text) => json!({ "type": "button", "text": text }),
        Say::ChoiceText(text) => json!({ "type": "interactive", "text": text }),
        Say::List { .. } | Say::Buttons { .. } | Say::ListReply(_) | Say::ButtonReply(_) => {
            json!({ "type": "interactive", "interactive": interactive(say, &fill) })
        }
        Say::Template { .. } => template(say, facts, branch, base_url),
        Say::Cards { .. } => cards(say, &fill),
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

fn chosen((id, title): Choice) -> Value {
    json!({ "id": id, "title": title })
}

fn interactive(say: &Say, fill: &impl Fn(&str) -> String) -> Value {
    match *say {
        Say::List { body, footer, button, title, rows } => {
            let rows: Vec<Value> = rows.iter().copied().map(chosen).collect();
            json!({
                "type": "list",
                "body": { "text": fill(body) },
                "footer": { "text": fill(footer) },
                "action": { "button": button, "sections": [{ "title": title, "rows": rows }] },
            })
        }
        Say::Buttons { body, footer, options } => {
            let reply = |choice: &Choice| json!({ "type": "reply", "reply": chosen(*choice) });
            let buttons: Vec<Value> = options.iter().map(reply).collect();
            json!({
                "type": "button",
                "body": { "text": fill(body) },
                "footer": { "text": fill(footer) },
                "action": { "buttons": buttons },
            })
        }
        Say::ListReply(choice) => json!({ "type": "list_reply", "list_reply": chosen(choice) }),
        Say::ButtonReply(choice) => {
            json!({ "type": "button_reply", "button_reply": chosen(choice) })
        }
        _ => Value::Null,
    }
}

/// Instagram's generic template.
fn cards(say: &Say, fill: &impl Fn(&str) -> String) -> Value {
    let Say::Cards { title, subtitle, buttons } = *say else { return Value::Null };
    let postback = |(title, payload): &Choice| json!({ "type": "postback", "title": title, "payload": payload });
    let buttons: Vec<Value> = buttons.iter().map(postback).collect();
    let card = json!({ "title": fill(title), "subtitle": fill(subtitle), "buttons": buttons });
    let payload = json!({ "template_type": "generic", "elements": [card] });
    let content = json!({ "type": "template", "payload": payload });
    json!({ "type": "template", "template": { "type": "Instagram", "ins_content": content } })
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
