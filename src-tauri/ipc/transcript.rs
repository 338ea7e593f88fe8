//! Messages to DTOs: what was chosen from a list, which times are odd, and plain text throughout.

use super::{convert::row_id, dto::*, raw, share::Person};
use crate::domain::{
    chat::{Card, Choice, Content, Header, Message, Quoted, Section, Session},
    ids::AccountId,
    mask::Mask,
    time::Timestamp,
};

/// The messages of a window in the vendor's order. `before` is the message above the first one.
pub fn messages(
    account: &AccountId,
    (session, person): (&Session, &Person<'_>),
    before: Option<&Message>,
    rows: &[Message],
    mask: Mask,
) -> Vec<MessageRow> {
    let mut above = before.and_then(|m| m.sent_at);
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
                seat: m.seat.as_deref().map(|name| mask.name(name)),
                sent_at: m.sent_at.map(Timestamp::millis),
                odd_time: odd,
                status: m.status.clone(),
                content: content(
                    &m.content,
                    chosen_later(&rows[i + 1..], &m.content),
                    mask,
                    person,
                ),
                reply: m.reply.as_ref().map(|quoted| reply(quoted, mask, person)),
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

fn reply(quoted: &Quoted, mask: Mask, person: &Person<'_>) -> QuotedDto {
    QuotedDto {
        msg_id: quoted.id.as_ref().map(ToString::to_string),
        sender: quoted.sender.clone(),
        sent_at: quoted.sent_at.map(Timestamp::millis),
        content: content(&quoted.content, None, mask, person),
    }
}

/// Speech and free text are masked only where they spell the session's own number.
fn content(
    content: &Content,
    chosen: Option<String>,
    mask: Mask,
    person: &Person<'_>,
) -> ContentDto {
    let text: Said<'_> = &|t| person.said(t, mask);
    let some = |t: &Option<String>| t.as_deref().map(text);
    let seat = |name: &Option<String>| name.as_deref().map(|name| mask.name(name));
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
            sections: sections.iter().map(|one| section(one, text)).collect(),
            chosen,
        },
        Content::Buttons { body, footer, options } => ContentDto::Buttons {
            body: some(body),
            footer: some(footer),
            options: options.iter().map(|one| choice(one, text)).collect(),
            chosen,
        },
        Content::Chosen { choice: chosen } => ContentDto::Chosen { choice: choice(chosen, text) },
        Content::Template(t) => ContentDto::Template {
            header: t.header.as_ref().map(|one| header(one, text)),
            body: some(&t.body),
            footer: some(&t.footer),
            buttons: (t.buttons.iter())
                .map(|b| TemplateButtonDto { kind: b.kind.clone(), text: text(&b.text) })
                .collect(),
            name: t.name.clone(),
            language: t.language.clone(),
        },
        Content::Cards { cards } => {
            ContentDto::Cards { cards: cards.iter().map(|one| card(one, text)).collect() }
        }
        Content::System { event, from_seat, to_seat } => ContentDto::System {
            event: event.clone(),
            from_seat: seat(from_seat),
            to_seat: seat(to_seat),
        },
        Content::Unknown { json } => {
            let pretty = serde_json::to_string_pretty(json).unwrap_or_else(|_| json.to_string());
            let json = match mask.is_pseudonym() {
                true => raw::shown(&pretty, mask, person.callee),
                false => mask.text_with(&pretty, person.callee),
            };
            ContentDto::Unknown { json }
        }
    }
}

/// A text as it may be shown.
type Said<'a> = &'a dyn Fn(&str) -> String;

fn section(section: &Section, said: Said<'_>) -> SectionDto {
    SectionDto {
        title: section.title.as_deref().map(said),
        rows: section.rows.iter().map(|one| choice(one, said)).collect(),
    }
}

fn choice(choice: &Choice, said: Said<'_>) -> ChoiceDto {
    ChoiceDto { id: choice.id.clone(), title: said(&choice.title) }
}

fn card(card: &Card, said: Said<'_>) -> CardDto {
    CardDto {
        title: card.title.as_deref().map(said),
        subtitle: card.subtitle.as_deref().map(said),
        buttons: card.buttons.iter().map(|words| said(words)).collect(),
    }
}

fn header(header: &Header, said: Said<'_>) -> HeaderDto {
    match header {
        Header::Text { text } => HeaderDto::Text { text: said(text) },
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
