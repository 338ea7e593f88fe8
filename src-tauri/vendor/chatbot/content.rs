//! What a message holds. The shapes are DOCUMENTED by examples; one that differs from all of them
//! stays as its JSON.

use serde_json::Value;

use crate::domain::chat::{Card, Choice, Content, Header, Section, Template, TemplateButton};

/// The JSON as a value; one that nests too deep stays text.
pub fn value(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|_| Value::String(json.to_owned()))
}

pub fn read(json: Value) -> Content {
    known(&json).unwrap_or(Content::Unknown { json })
}

fn known(json: &Value) -> Option<Content> {
    match text(json, "type")?.as_str() {
        "text" => Some(Content::Text { text: text(json, "text")? }),
        "button" => Some(Content::Button { text: text(json, "text")? }),
        kind @ ("image" | "video" | "audio" | "file") => {
            let media = object(json, "media")?;
            let (url, name) = (text(media, "origin_url"), text(media, "name"));
            Some(Content::Media { media: kind.to_owned(), url, name })
        }
        "interactive" => match object(json, "interactive") {
            Some(interactive) => interactive_content(interactive),
            // How the message list shows the user's choice.
            None => {
                let title = text(json, "text")?;
                Some(Content::Chosen { choice: Choice { id: None, title } })
            }
        },
        "template" => template(object(json, "template")?),
        "system" => {
            let system = object(json, "system")?;
            Some(Content::System {
                event: text(system, "type")?,
                from_seat: text(system, "from_seat_id").filter(|seat| !seat.is_empty()),
                to_seat: text(system, "to_seat_id").filter(|seat| !seat.is_empty()),
            })
        }
        _ => None,
    }
}

fn interactive_content(interactive: &Value) -> Option<Content> {
    let part = |name| object(interactive, name).and_then(|part| text(part, "text"));
    match text(interactive, "type")?.as_str() {
        "list" => {
            let action = object(interactive, "action")?;
            let sections = array(action, "sections").iter().map(section).collect();
            let button = text(action, "button");
            Some(Content::List { body: part("body"), footer: part("footer"), button, sections })
        }
        "button" => {
            let action = object(interactive, "action")?;
            let options = array(action, "buttons").iter();
            let options = options.filter_map(|b| choice(object(b, "reply")?)).collect();
            Some(Content::Buttons { body: part("body"), footer: part("footer"), options })
        }
        kind @ ("list_reply" | "button_reply") => {
            Some(Content::Chosen { choice: choice(object(interactive, kind)?)? })
        }
        _ => None,
    }
}

fn section(json: &Value) -> Section {
    let rows = array(json, "rows").iter().filter_map(choice).collect();
    Section { title: text(json, "title"), rows }
}

fn choice(json: &Value) -> Option<Choice> {
    Some(Choice { id: text(json, "id"), title: text(json, "title")? })
}

fn template(json: &Value) -> Option<Content> {
    if let Some(cards) = object(json, "ins_content").and_then(|c| object(c, "payload")) {
        let cards = field(cards, "elements")?.as_array()?.iter().map(card).collect();
        return Some(Content::Cards { cards });
    }
    let content = object(json, "content")?;
    let info = object(json, "info");
    let about = |name| info.and_then(|info| text(info, name));
    Some(Content::Template(Template {
        header: object(content, "header").and_then(header),
        body: text(content, "body"),
        footer: text(content, "footer"),
        buttons: array(content, "button").iter().filter_map(template_button).collect(),
        id: about("id"),
        name: about("name"),
        language: about("language"),
    }))
}

fn header(json: &Value) -> Option<Header> {
    if let Some(media) = object(json, "media") {
        let kind = text(json, "type").unwrap_or_default();
        return Some(Header::Media { media: kind, url: text(media, "origin_url") });
    }
    Some(Header::Text { text: text(json, "text")? })
}

fn template_button(json: &Value) -> Option<TemplateButton> {
    Some(TemplateButton { kind: text(json, "type").unwrap_or_default(), text: text(json, "text")? })
}

fn card(json: &Value) -> Card {
    Card {
        title: text(json, "title"),
        subtitle: text(json, "subtitle"),
        buttons: array(json, "buttons").iter().filter_map(|b| text(b, "title")).collect(),
    }
}

/// The member of that name, else one that differs in case and underscores only.
fn field<'a>(json: &'a Value, name: &str) -> Option<&'a Value> {
    let members = json.as_object()?;
    let plain = |text: &str| text.replace('_', "").to_ascii_lowercase();
    let alike = || members.iter().find(|(n, _)| plain(n) == plain(name)).map(|(_, v)| v);
    members.get(name).or_else(alike)
}

fn object<'a>(json: &'a Value, name: &str) -> Option<&'a Value> {
    field(json, name).filter(|v| v.is_object())
}

fn array<'a>(json: &'a Value, name: &str) -> &'a [Value] {
    field(json, name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text(json: &Value, name: &str) -> Option<String> {
    match field(json, name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
