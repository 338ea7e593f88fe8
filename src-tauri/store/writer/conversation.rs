//! Where the messages of a conversation stand when several answers and events told of them. Pure.
//!
//! An array (of the API, or of a session's end) says the order of what it holds. Messages that events
//! brought one by one lie behind it in the order of their events, until an array has them too.

use std::collections::BTreeMap;

use crate::{
    domain::{
        chat::{Content, Message, Said, Tick, Transcript, tick_replaces},
        ids::MessageId,
        time::Timestamp,
        workflow::Seen,
    },
    store::raw,
};

/// A message with what decides about it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub message: Message,
    pub raw: String,
    /// When it was so; rows of older versions do not say.
    pub as_of: Timestamp,
    /// When its status was told.
    pub status_at: Option<Timestamp>,
    /// Of a message that no array placed: the time of its event and its place in it.
    pub said: Option<(Timestamp, i64)>,
}

impl Line {
    fn new(seen: Seen<Message>, as_of: Timestamp, said: Option<(Timestamp, i64)>) -> Self {
        let status_at = seen.value.status.as_ref().map(|_| as_of);
        Self { message: seen.value, raw: seen.raw, as_of, status_at, said }
    }

    fn is(&self, id: Option<&MessageId>) -> bool {
        id.is_some() && self.message.id.as_ref() == id
    }

    /// The later word about the same message over the earlier one; what only one says stays.
    fn merged(self, other: Self) -> Self {
        let later = self.as_of >= other.as_of;
        let (newer, older) = if later { (self, other) } else { (other, self) };
        let (status, status_at) = newer_status(&newer, &older);
        let Message { position, id, sender, seat, sent_at, content, reply, .. } = newer.message;
        let told = !matches!(&content, Content::Unknown { json } if json.is_null());
        Self {
            message: Message {
                position,
                id,
                sender: sender.or(older.message.sender),
                seat: seat.or(older.message.seat),
                sent_at: sent_at.or(older.message.sent_at),
                status,
                content: if told { content } else { older.message.content },
                reply: reply.or(older.message.reply),
            },
            raw: raw::merge(&newer.raw, &older.raw),
            as_of: newer.as_of,
            status_at,
            said: newer.said,
        }
    }

    /// Whether the tick says something new.
    pub fn tick(&mut self, status: &str, at: Timestamp) -> bool {
        if let (Some(known), Some(known_at)) = (&self.message.status, self.status_at)
            && !tick_replaces(status, at, known, known_at)
        {
            return false;
        }
        self.message.status = Some(status.to_owned());
        self.status_at = Some(at);
        true
    }
}

fn newer_status(newer: &Line, older: &Line) -> (Option<String>, Option<Timestamp>) {
    let of = |line: &Line| (line.message.status.clone(), line.status_at);
    match (&newer.message.status, &older.message.status) {
        (Some(new), Some(old)) => {
            let at = |line: &Line| line.status_at.unwrap_or(line.as_of);
            if tick_replaces(new, at(newer), old, at(older)) || new == old {
                of(newer)
            } else {
                of(older)
            }
        }
        (None, Some(_)) => of(older),
        _ => of(newer),
    }
}

/// The conversation with an array laid over it.
pub(super) fn with_array(stored: Vec<Line>, transcript: Transcript) -> Vec<Line> {
    let Transcript { messages, complete, as_of, .. } = transcript;
    let (mut placed, mut said): (Vec<Line>, Vec<Line>) =
        stored.into_iter().partition(|line| line.said.is_none());
    if placed.iter().any(|line| line.as_of > as_of) {
        return with_late_array(placed, said, messages, as_of);
    }
    let ids: Vec<Option<MessageId>> = messages.iter().map(|seen| seen.value.id.clone()).collect();
    let mut at: BTreeMap<i64, Line> = BTreeMap::new();
    for seen in messages {
        let line = Line::new(seen, as_of, None);
        let known = take(&mut said, line.message.id.as_ref())
            .or_else(|| find(&placed, line.message.id.as_ref()).cloned());
        let line = match known {
            Some(known) => Line { said: None, ..line.merged(known) },
            None => line,
        };
        at.insert(line.message.position, line);
    }
    if complete {
        said.retain(|line| line.said.is_some_and(|(at, _)| at > as_of));
    } else {
        // A part of an array says nothing of the places that it leaves out.
        placed.retain(|line| !known_among(&ids, line));
        placed.into_iter().for_each(|line| {
            at.entry(line.message.position).or_insert(line);
        });
    }
    let mut lines: Vec<Line> = at.into_values().collect();
    lines.extend(said);
    numbered(lines)
}

fn known_among(ids: &[Option<MessageId>], line: &Line) -> bool {
    line.message.id.is_some() && ids.contains(&line.message.id)
}

/// An array that was true before the stored one: it places nothing, and takes nothing away.
fn with_late_array(
    mut placed: Vec<Line>,
    mut said: Vec<Line>,
    messages: Vec<Seen<Message>>,
    as_of: Timestamp,
) -> Vec<Line> {
    for (place, seen) in (0_i64..).zip(messages) {
        let line = Line::new(seen, as_of, Some((as_of, place)));
        let known =
            |lines: &[Line]| lines.iter().position(|known| known.is(line.message.id.as_ref()));
        if let Some(at) = known(&placed) {
            let was = placed[at].clone();
            placed[at] = Line { said: None, ..was.merged(line) };
        } else if let Some(at) = known(&said) {
            let was = said[at].clone();
            let place = was.said;
            said[at] = Line { said: place, ..was.merged(line) };
        } else if line.message.id.is_some() {
            said.push(line);
        }
    }
    in_order(placed, said)
}

/// The conversation with messages that an event brought.
pub(super) fn with_said(stored: Vec<Line>, event: Said) -> Vec<Line> {
    let (mut placed, mut said): (Vec<Line>, Vec<Line>) =
        stored.into_iter().partition(|line| line.said.is_none());
    for (place, seen) in (0_i64..).zip(event.messages) {
        let line = Line::new(seen, event.at, Some((event.at, place)));
        let id = line.message.id.clone();
        let same = |known: &Line| match &id {
            Some(_) => known.is(id.as_ref()),
            None => known.message.id.is_none() && known.raw == line.raw,
        };
        if let Some(at) = placed.iter().position(same) {
            let was = placed[at].clone();
            placed[at] = Line { said: None, ..was.merged(line) };
        } else if let Some(at) = said.iter().position(same) {
            let was = said[at].clone();
            // The earliest event that told of it says where it stands.
            let first = was.said.min(line.said);
            said[at] = Line { said: first, ..was.merged(line) };
        } else {
            said.push(line);
        }
    }
    in_order(placed, said)
}

/// The message's place, when it is there and the tick says something new about it.
pub(super) fn with_tick(lines: &mut [Line], tick: &Tick) -> Ticked {
    let Some(line) = lines.iter_mut().find(|line| line.is(Some(&tick.message))) else {
        return Ticked::NoMessage;
    };
    if line.tick(&tick.status, tick.at) { Ticked::Changed } else { Ticked::Known }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ticked {
    Changed,
    Known,
    NoMessage,
}

fn in_order(mut placed: Vec<Line>, mut said: Vec<Line>) -> Vec<Line> {
    said.sort_by(|a, b| (a.said, &a.message.id).cmp(&(b.said, &b.message.id)));
    placed.extend(said);
    numbered(placed)
}

fn numbered(mut lines: Vec<Line>) -> Vec<Line> {
    for (position, line) in (0_i64..).zip(&mut lines) {
        line.message.position = position;
    }
    lines
}

fn find<'l>(lines: &'l [Line], id: Option<&MessageId>) -> Option<&'l Line> {
    lines.iter().find(|line| line.is(id))
}

fn take(lines: &mut Vec<Line>, id: Option<&MessageId>) -> Option<Line> {
    let at = lines.iter().position(|line| line.is(id))?;
    Some(lines.remove(at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::ids::SessionId;

    fn message(id: &str, status: Option<&str>, position: i64) -> Seen<Message> {
        let value = Message {
            position,
            id: (!id.is_empty()).then(|| MessageId::from(id)),
            sender: None,
            seat: None,
            sent_at: None,
            status: status.map(str::to_owned),
            content: Content::Text { text: format!("text of {id}") },
            reply: None,
        };
        Seen { value, raw: format!("{{\"msg_id\":\"{id}\"}}") }
    }

    #[derive(Clone, Debug)]
    enum Heard {
        Array(&'static [(&'static str, Option<&'static str>)], bool, i64),
        Said(&'static [&'static str], i64),
        Tick(&'static str, &'static str, i64),
    }

    /// What the store does with them; ticks of messages to come wait.
    fn told(heard: &[Heard]) -> Vec<(String, Option<String>)> {
        let session = SessionId::from("s");
        let (mut lines, mut waiting): (Vec<Line>, Vec<Tick>) = (Vec::new(), Vec::new());
        for one in heard {
            match one.clone() {
                Heard::Array(of, complete, at) => {
                    let of = (0..).zip(of).map(|(n, (id, status))| message(id, *status, n));
                    let (session, messages) = (session.clone(), of.collect());
                    let as_of = Timestamp(at);
                    let array = Transcript { session, messages, complete, as_of };
                    lines = with_array(lines, array);
                }
                Heard::Said(ids, at) => {
                    let messages = (0..).zip(ids).map(|(n, id)| message(id, None, n)).collect();
                    let said = Said { session: session.clone(), messages, at: Timestamp(at) };
                    lines = with_said(lines, said);
                }
                Heard::Tick(id, status, at) => waiting.push(Tick {
                    session: session.clone(),
                    message: MessageId::from(id),
                    status: status.to_owned(),
                    at: Timestamp(at),
                }),
            }
            waiting.retain(|tick| with_tick(&mut lines, tick) == Ticked::NoMessage);
        }
        let positions: Vec<_> = lines.iter().map(|line| line.message.position).collect();
        assert!(positions.iter().enumerate().all(|(n, at)| usize::try_from(*at) == Ok(n)));
        let id =
            |line: &Line| line.message.id.as_ref().map(ToString::to_string).unwrap_or_default();
        lines.iter().map(|line| (id(line), line.message.status.clone())).collect()
    }

    fn ids(heard: &[Heard]) -> String {
        told(heard).into_iter().map(|(id, _)| id).collect::<Vec<_>>().join(" ")
    }

    use Heard::{Array, Said as Told, Tick as Mark};

    #[test]
    fn a_message_is_there_once_however_often_it_is_told() {
        let array: &[_] = &[("a", None), ("b", None)];
        assert_eq!(ids(&[Told(&["b"], 5), Array(array, false, 9), Told(&["a", "b"], 3)]), "a b");
        assert_eq!(ids(&[Told(&["", "a"], 5), Told(&["", "a"], 5)]), " a");
    }

    #[test]
    fn what_no_array_has_stays_behind_it_until_a_later_complete_one() {
        let array: &[_] = &[("a", None)];
        assert_eq!(ids(&[Told(&["z"], 5), Array(array, false, 9)]), "a z");
        assert_eq!(ids(&[Told(&["z"], 5), Array(array, true, 9)]), "a");
        assert_eq!(ids(&[Told(&["z"], 10), Array(array, true, 9)]), "a z");
    }

    #[test]
    fn an_array_that_comes_late_places_nothing() {
        let (long, short): (&[_], &[_]) = (&[("a", None), ("b", None)], &[("b", Some("read"))]);
        let late = [Array(long, true, 9), Array(short, true, 3)];
        assert_eq!(told(&late), [("a".into(), None), ("b".into(), Some("read".into()))]);
    }

    proptest! {
        #[test]
        fn the_order_of_arrival_makes_no_difference(heard in Just(vec![
            Told(&["a", "b"], 10), Told(&["c"], 20), Told(&["d", "e"], 30), Told(&["c"], 20),
            Mark("a", "sent", 11), Mark("a", "delivery", 11), Mark("c", "read", 22),
            Mark("c", "sent", 21), Mark("e", "lost", 31), Mark("e", "found", 35),
            Array(&[("a", Some("sent")), ("b", Some("sent")), ("c", Some("sent"))], false, 25),
        ]).prop_shuffle()) {
            let status = |word: &str| Some(word.to_owned());
            prop_assert_eq!(told(&heard), [
                ("a".to_owned(), status("delivery")), ("b".to_owned(), status("sent")),
                ("c".to_owned(), status("read")), ("d".to_owned(), None),
                ("e".to_owned(), status("found")),
            ]);
        }
    }
}
