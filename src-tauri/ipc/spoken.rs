//! What was said, found by its words: each row with the stretch of text around the first of them.

use serde::Serialize;
use ts_rs::TS;

use super::{
    convert::row_id,
    desk::Shared,
    dto::{Ms, RowDto, ShareDto},
    errors::not_found,
    frames::{MAX_ROWS, Query, UiError},
    queries::{Answered, scope},
};
use crate::{
    domain::{
        call::Turn,
        ids::{AccountId, Callee, SessionId},
        mask::Mask,
        search::Wanted,
        time::Timestamp,
    },
    store::{Spoken, SpokenAsk, StoredSpoken},
};

/// Characters shown before the first place, and in all.
const BEFORE: usize = 40;
const LONGEST: usize = 240;

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct SpokenRow {
    pub id: String,
    pub account: String,
    /// `session` or `call`, and the row id of it.
    pub kind: SpokenIn,
    pub record: String,
    /// Of the message in its conversation, or of the turn in its call.
    pub position: i64,
    /// The row id of the workflow, where the record names one.
    pub workflow: Option<String>,
    pub workflow_name: Option<String>,
    /// Masked as the account says.
    pub callee: Option<String>,
    /// Of a turn: when its call began.
    pub at: Option<Ms>,
    /// As written.
    pub sender: Option<String>,
    pub text: String,
    /// The text goes on before it, and behind it.
    pub cut_before: bool,
    pub cut_after: bool,
    /// Where the words stand in `text`.
    pub marks: Vec<MarkDto>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SpokenIn {
    Session,
    Call,
}

/// In units of UTF-16, as JavaScript counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MarkDto {
    pub from: u32,
    pub to: u32,
}

/// All that is typed is looked for: this list's filter has no tests of fields. While what an older
/// version stored is still looked through, the facets `looked` and `of` say how far that is.
pub async fn all(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    if query.scope.is_some() {
        return within(desk, query).await;
    }
    let ask = SpokenAsk {
        account: query.account.as_deref().map(AccountId::from),
        wanted: Wanted::read(&query.filter),
        anchor: query.anchor,
        count: query.count.min(MAX_ROWS),
    };
    let window = desk.reader.spoken(&ask).await?;
    let indexed = desk.reader.indexed().await?;
    let share = |label: &str, count| ShareDto { label: label.to_owned(), count };
    let mut answered = Answered::window(window, |found| {
        RowDto::Spoken(row(&found, &ask.wanted, desk.mask(&found.account)))
    });
    answered.facets = indexed
        .map(|far| vec![share("looked", far.looked), share("of", far.of)])
        .unwrap_or_default();
    Ok(answered)
}

/// In one conversation, whatever its length.
async fn within(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let (account, id) = scope(query)?;
    let id = SessionId::new(id);
    let session = desk.reader.session(&account, &id).await?;
    let session = session.ok_or_else(|| not_found("session"))?.session;
    let mask = desk.mask(&account);
    let wanted = Wanted::read(&query.filter);
    let whole = even(query.filter.trim_matches(['"', '“', '”']));
    let (mut as_typed, mut by_words) = (Vec::new(), Vec::new());
    let mut anchor = 0;
    while !whole.is_empty() {
        let window = desk.reader.messages(&account, &id, anchor, MAX_ROWS).await?;
        if window.rows.is_empty() {
            break;
        }
        anchor += MAX_ROWS;
        for message in window.rows {
            let text = message.content.texts().join("\n");
            let seen = shown(&text, mask, session.callee.as_ref());
            let is_whole = even(&seen).contains(&whole);
            let of_words = !wanted.is_nothing() && wanted.found_in(&seen) == wanted.phrases.len();
            if is_whole || of_words {
                let found = StoredSpoken {
                    account: account.clone(),
                    workflow: session.workflow.clone(),
                    workflow_name: session.workflow_name.clone(),
                    callee: session.callee.clone(),
                    at: message.sent_at,
                    what: Spoken::Message { session: id.clone(), message: Box::new(message) },
                };
                let row = RowDto::Spoken(row(&found, &wanted, mask));
                if is_whole {
                    as_typed.push(row);
                } else {
                    by_words.push(row);
                }
            }
        }
    }
    let (rows, facets) = match as_typed.is_empty() && !by_words.is_empty() {
        true => (by_words, vec![ShareDto { label: "words".to_owned(), count: 1 }]),
        false => (as_typed, Vec::new()),
    };
    Ok(Answered { facets, ..Answered::cut(rows, query) })
}

/// Small letters, and one space where there are several.
fn even(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn row(found: &StoredSpoken, wanted: &Wanted, mask: Mask) -> SpokenRow {
    let account = &found.account;
    let callee = found.callee.as_ref();
    let (kind, record, position, sender, text) = match &found.what {
        Spoken::Message { session, message } => {
            let text = message.content.texts().join("\n");
            let sender = message.sender.clone();
            (SpokenIn::Session, row_id(account, session.as_str()), message.position, sender, text)
        }
        Spoken::Dialogue { call, turns } => {
            let (position, turn) = best(turns, wanted);
            let (sender, text) =
                turn.map_or((None, String::new()), |t| (Some(t.role.clone()), t.text.clone()));
            (SpokenIn::Call, row_id(account, call.as_str()), position, sender, text)
        }
    };
    let snippet = snippet(&shown(&text, mask, callee), wanted);
    let word = match kind {
        SpokenIn::Session => "session",
        SpokenIn::Call => "call",
    };
    SpokenRow {
        id: format!("{word}/{record}#{position}"),
        account: account.to_string(),
        kind,
        record,
        position,
        workflow: found.workflow.as_ref().map(|id| row_id(account, id.as_str())),
        workflow_name: found.workflow_name.clone(),
        callee: callee.map(|callee| mask.callee(callee)),
        at: found.at.map(Timestamp::millis),
        sender,
        text: snippet.text,
        cut_before: snippet.cut_before,
        cut_after: snippet.cut_after,
        marks: snippet.marks,
    }
}

/// The turn that has the most of what is wanted, the first of several.
fn best<'t>(turns: &'t [Turn], wanted: &Wanted) -> (i64, Option<&'t Turn>) {
    let mut best: (usize, i64, Option<&Turn>) = (0, 0, None);
    for (position, turn) in (0_i64..).zip(turns) {
        let found = wanted.found_in(&turn.text);
        if best.2.is_none() || found > best.0 {
            best = (found, position, Some(turn));
        }
    }
    (best.1, best.2)
}

/// Masked, on one line, and without characters that are not seen.
fn shown(text: &str, mask: Mask, callee: Option<&Callee>) -> String {
    let unseen = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}')
    };
    let plain = |c: char| if unseen(c) { ' ' } else { c };
    mask.text_with(text, callee).chars().map(plain).collect()
}

struct Snippet {
    text: String,
    cut_before: bool,
    cut_after: bool,
    marks: Vec<MarkDto>,
}

/// The stretch around the first place.
fn snippet(text: &str, wanted: &Wanted) -> Snippet {
    let places = wanted.places(text);
    let first = places.first().map_or(0, |(from, _)| *from);
    let before = text.get(..first).unwrap_or_default();
    let start = before.char_indices().rev().take(BEFORE).last().map_or(first, |(at, _)| at);
    // A little more than nothing is not worth a cut.
    let start = if start < BEFORE / 4 { 0 } else { start };
    let shown: String = text.get(start..).unwrap_or_default().chars().take(LONGEST).collect();
    let end = start + shown.len();
    let units = |to: usize| {
        let text = text.get(start..to.clamp(start, end)).unwrap_or_default();
        u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
    };
    let within = places.iter().filter(|(from, _)| *from < end);
    let marks = within.map(|(from, to)| MarkDto { from: units(*from), to: units(*to) }).collect();
    Snippet { cut_before: start > 0, cut_after: end < text.len(), marks, text: shown }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(text: &str, typed: &str) -> (String, Vec<String>) {
        let found = snippet(text, &Wanted::read(typed));
        let units: Vec<u16> = found.text.encode_utf16().collect();
        let of = |mark: &MarkDto| {
            let (from, to) = (mark.from as usize, mark.to as usize);
            String::from_utf16(&units[from..to]).unwrap()
        };
        (found.text.clone(), found.marks.iter().map(of).collect())
    }

    #[test]
    fn the_stretch_is_around_the_first_place() {
        let (text, marks) = marked("🎡 您好，我想还款", "还款");
        assert_eq!((text.as_str(), marks), ("🎡 您好，我想还款", vec!["还款".to_owned()]));
        let long = format!("{} BAYAR besok {}", "kata ".repeat(100), "lagi ".repeat(100));
        let found = snippet(&long, &Wanted::read("bayar"));
        assert!(found.cut_before && found.cut_after);
        assert_eq!(found.text.chars().count(), LONGEST);
        assert_eq!(found.marks, [MarkDto { from: 40, to: 45 }]);
    }

    #[test]
    fn a_number_stays_masked_and_unmarked() {
        let callee = Callee::new("+6281234564821");
        let text = shown("call 6281234564821\u{202e}\nnow", Mask::LastFour, Some(&callee));
        assert_eq!(text, "call ••••4821  now");
        assert!(snippet(&text, &Wanted::read("6281234564821")).marks.is_empty());
    }

    #[test]
    fn the_turn_that_says_it_all_is_shown() {
        let turn = |text: &str| Turn {
            role: "user".to_owned(),
            text: text.to_owned(),
            start_ms: None,
            end_ms: None,
        };
        let turns = [turn("hello"), turn("next"), turn("next week")];
        assert_eq!(best(&turns, &Wanted::read("next week")).0, 2);
        assert_eq!(best(&turns, &Wanted::read("absent")).0, 0);
        assert!(best(&[], &Wanted::read("absent")).1.is_none());
    }

    proptest! {
        #[test]
        fn marks_lie_within_the_stretch(text in "[a🎡还 \u{301}]{0,400}", typed in "[a还 ]{0,3}") {
            let (_, marks) = marked(&text, &typed);
            prop_assert!(marks.iter().all(|mark| !mark.is_empty()));
        }
    }
}
