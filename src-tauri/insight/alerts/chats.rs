//! Conversations.

use super::{Look, MINUTE_MS};
use crate::domain::{
    alert::{About, Rule},
    chat::{Content, Message},
    time::Timestamp,
};

/// More, and a larger share of those that ended: at least twice that of the window before.
const TIMES_BEFORE: i64 = 2;

pub(super) fn session_errors(look: &mut Look<'_>) {
    const RULE: Rule = Rule::SessionErrors;
    let (errors, share) = (look.limit(RULE, "errors"), look.limit(RULE, "share"));
    let facts = look.facts;
    for windows in &facts.sessions {
        let ((before, of_before), (now, of_now)) = (windows.errors.before, windows.errors.now);
        let about = windows.workflow.as_ref();
        let about = about.map_or(About::Account, |id| About::Workflow(id.to_string()));
        let key = Look::key(RULE, &windows.account, about);
        let held = look.held(&key);
        // What rose counts as risen until it is half gone.
        let share = if held { share / 2 } else { share };
        let rose = held || now * of_before.max(1) >= TIMES_BEFORE * before * of_now;
        if now < errors || now * 100 < share * of_now || !rose {
            continue;
        }
        let evidence = [
            ("errors_before", before),
            ("ended_before", of_before),
            ("errors_now", now),
            ("ended_now", of_now),
            ("minutes", look.limit(RULE, "minutes")),
        ];
        look.holds(key, look.now, &evidence);
    }
}

pub(super) fn no_agent(look: &mut Look<'_>) {
    const RULE: Rule = Rule::NoAgent;
    let limit = look.limit(RULE, "minutes") * MINUTE_MS;
    let facts = look.facts;
    for account in facts.accounts.iter().filter(|account| !account.answers()) {
        look.untold(RULE, &account.account);
    }
    for waiting in &facts.unanswered {
        if look.now.since(waiting.asked_at) <= limit {
            continue;
        }
        let key = Look::key(RULE, &waiting.account, About::Session(waiting.session.to_string()));
        look.holds(key, waiting.asked_at, &[("asked_at", waiting.asked_at.millis())]);
    }
}

/// When a human was asked for in this conversation, if none wrote since: a system line that hands it to
/// a seat, and no message of an agent behind it. Its word is ASSUMED, its seat DOCUMENTED. One without a
/// time tells nothing.
pub fn asked_for_human(messages: &[Message]) -> Option<Timestamp> {
    let last = messages.iter().rposition(|message| {
        matches!(&message.content, Content::System { event, to_seat, .. }
            if to_seat.is_some() || event.to_ascii_lowercase().contains("transfer"))
    })?;
    let (asked, behind) = messages.get(last..)?.split_first()?;
    let human = |message: &Message| {
        message.sender.as_deref().is_some_and(|sender| sender.trim().eq_ignore_ascii_case("agent"))
    };
    match behind.iter().any(human) {
        true => None,
        false => asked.sent_at,
    }
}
