//! Messages to DTOs: what was chosen from a list, which times are odd, and plain text throughout.

use super::{convert::row_id, dto::*};
use crate::domain::{
    chat::{Choice, Content, Header, Message, Quoted, Section, Session},
    ids::{AccountId, Callee},
    mask::Mask,
    time::Timestamp,
};

/// The messages of a window in the vendor's order. `before` is the message above the first one.
pub fn messages(
    account: &AccountId,
    session: &Session,
    before: Option<&Message>,
    rows: &[Message],
    mask: Mask,
) -> Vec<MessageRow> {
    let mut above = before.and_then(|m| m.sent_at);
    let callee = session.callee.as_ref();
    (rows.iter().enumerate())
        .map(|(i, m)| {
            let odd = is_odd(m.sent_at, above, session);
            above = m.sent_at.or(above);
            MessageRow {
                id: row_id(account, &format!("{}#{}", session.id, m.position)),
                account: account.to_string(),
                session_id: session.id.to_string(),
                position: m.position,
                msg_id: m.id.as_ref().map(ToString::to_string),
                sender: m.sender.clone(),
                seat: m.seat.clone(),
                sent_at: m.sent_at.map(Timestamp::millis),
                odd_time: odd,
                status: m.status.clone(),
                content: content(
                    &m.content,
                    chosen_later(&rows[i + 1..], &m.content),
                    mask,
                    callee,
                ),
                reply: m.reply.as_ref().map(|quoted| reply(quoted, mask, callee)),
            }
        })
        .collect()
}

/// Outside the session, or before the message above it. The order stays the vendor's all the same.
fn is_odd(at: Option<Timestamp>, above: Option<Timestamp>, session: &Session) -> bool {
    // Message times are whole seconds, session times may not be.
    const SECOND: i64 = 1_000;
    let Some(at) = at else { return false };
    above.is_some_and(|above| at < above)
        || session.started_at.is_some_and(|start| at.plus_ms(SECOND) < start)
        || session.ended_at.is_some_and(|end| at > end.plus_ms(SECOND))
}

/// The choice that a later message of the user names, if it is one of these.
fn chosen_later(later: &[Message], content: &Content) -> Option<String> {
    let options: Vec<&Choice> = match content {
        Content::List { sections, .. } => sections.iter().flat_map(|s| &s.rows).collect(),
        Content::Buttons { options, .. } => options.iter().collect(),
        _ => return None,
    };
    later.iter().find_map(|message| {
        let Content::Chosen { choice } = &message.content else { return None };
        let same = |option: &&&Choice| match (&option.id, &choice.id) {
            (Some(a), Some(b)) => a == b,
            _ => option.title == choice.title,
        };
        options.iter().find(same).map(|o| o.id.clone().unwrap_or_else(|| o.title.clone()))
    })
}

fn reply(quoted: &Quoted, mask: Mask, callee: Option<&Callee>) -> QuotedDto {
    QuotedDto {
        msg_id: quoted.id.as_ref().map(ToString::to_string),
        sender: quoted.sender.clone(),
        sent_at: quoted.sent_at.map(Timestamp::millis),
        content: content(&quoted.content, None, mask, callee),
    }
}

/// Speech and free text are masked only where they spell the session's own number.
fn content(
    content: &Content,
    chosen: Option<String>,
    mask: Mask,
    callee: Option<&Callee>,
) -> ContentDto {
    let text = |t: &String| mask.text_with(t, callee);
    let some = |t: &Option<String>| t.as_ref().map(text);
    match content {
        Content::Text { text: t } => ContentDto::Text { text: text(t) },
        Content::Media { media, url, name } => ContentDto::Media {
            media: media.clone(),
            name: some(name),
            host: url.as_deref().and_then(host),
        },
        Content::Button { text: t } => ContentDto::Button { text: text(t) },
        Content::List { body, footer, button, sections } => ContentDto::List {
            body: some(body),
            footer: some(footer),
            button: some(button),
            sections: sections.iter().map(section).collect(),
            chosen,
        },
        Content::Buttons { body, footer, options } => ContentDto::Buttons {
            body: some(body),
            footer: some(footer),
            options: options.iter().map(choice).collect(),
            chosen,
        },
        Content::Chosen { choice: chosen } => ContentDto::Chosen { choice: choice(chosen) },
        Content::Template(t) => ContentDto::Template {
            header: t.header.as_ref().map(header),
            body: some(&t.body),
            footer: some(&t.footer),
            buttons: (t.buttons.iter())
                .map(|b| TemplateButtonDto { kind: b.kind.clone(), text: b.text.clone() })
                .collect(),
            name: t.name.clone(),
            language: t.language.clone(),
        },
        Content::Cards { cards } => ContentDto::Cards {
            cards: (cards.iter())
                .map(|card| CardDto {
                    title: card.title.clone(),
                    subtitle: card.subtitle.clone(),
                    buttons: card.buttons.clone(),
                })
                .collect(),
        },
        Content::System { event, from_seat, to_seat } => ContentDto::System {
            event: event.clone(),
            from_seat: from_seat.clone(),
            to_seat: to_seat.clone(),
        },
        Content::Unknown { json } => {
            let pretty = serde_json::to_string_pretty(json).unwrap_or_else(|_| json.to_string());
            ContentDto::Unknown { json: mask.text_with(&pretty, callee) }
        }
    }
}

fn section(section: &Section) -> SectionDto {
    SectionDto { title: section.title.clone(), rows: section.rows.iter().map(choice).collect() }
}

fn choice(choice: &Choice) -> ChoiceDto {
    ChoiceDto { id: choice.id.clone(), title: choice.title.clone() }
}

fn header(header: &Header) -> HeaderDto {
    match header {
        Header::Text { text } => HeaderDto::Text { text: text.clone() },
        Header::Media { media, url } => {
            HeaderDto::Media { media: media.clone(), host: url.as_deref().and_then(host) }
        }
    }
}

/// The host of a link: all of it that the web view gets.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_host_of_a_link_crosses() {
        assert_eq!(host("https://u:p@cdn.example.com/a.png?t=1"), Some("cdn.example.com".into()));
        assert_eq!(host("no link"), None);
    }

    #[test]
    fn the_chosen_row_is_marked_on_the_list() {
        let row = |id: &str| Choice { id: Some(id.into()), title: format!("row {id}") };
        let message = |position, content| Message {
            position,
            id: None,
            sender: None,
            seat: None,
            sent_at: None,
            status: None,
            content,
            reply: None,
        };
        let list = Content::Buttons { body: None, footer: None, options: vec![row("1"), row("2")] };
        let later = [message(1, Content::Chosen { choice: row("2") })];
        assert_eq!(chosen_later(&later, &list), Some("2".into()));
    }
}
