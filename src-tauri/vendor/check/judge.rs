//! What an answer means for the person in front of it. Pure.

use super::{Grade, Next, Row};
use crate::{
    domain::evidence::Evidence,
    vendor::{
        Key,
        error::{ReadError, ReadErrorKind},
        gate::NotAsked,
        probe::Exchange,
        transport::TransportError,
    },
};

/// What an endpoint brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brought {
    /// Rows of the answer, read or not.
    pub rows: usize,
    /// Why rows could not be read.
    pub skipped: Vec<String>,
    pub unknown: Vec<String>,
    /// Our names of fields that a record should have and none of the rows has.
    pub missing: Vec<&'static str>,
}

/// What can be done about a read that failed.
pub fn next_step(kind: &ReadErrorKind) -> Next {
    match kind {
        ReadErrorKind::Transport(TransportError::Tls(_)) => Next::Certificate,
        ReadErrorKind::Transport(TransportError::TooLarge { .. }) => Next::AskVendor,
        ReadErrorKind::Transport(_) => Next::Network,
        ReadErrorKind::SignIn { .. } => Next::Keys,
        ReadErrorKind::RateLimited { .. } => Next::Later,
        ReadErrorKind::Http { status } => by_status(i64::from(*status)),
        ReadErrorKind::Refused { code, .. } => by_status(*code),
        ReadErrorKind::Unreadable { .. } => Next::Path,
        // A listing by cursors that was asked out of turn, or one that got shorter: it is read anew.
        ReadErrorKind::OutOfOrder | ReadErrorKind::NoSuchPage { .. } => Next::Later,
        ReadErrorKind::NotAsked(why) => not_asked(*why),
    }
}

fn by_status(status: i64) -> Next {
    match status {
        401 => Next::Keys,
        403 | 402 => Next::AskVendor,
        408 | 429 | 500..=599 => Next::Later,
        _ => Next::Path,
    }
}

fn not_asked(why: NotAsked) -> Next {
    match why {
        NotAsked::Guessed => Next::Consent,
        NotAsked::Parked => Next::Path,
        NotAsked::SignUnknown => Next::Sign,
        NotAsked::NoKeys => Next::Keys,
        NotAsked::Unconfirmed | NotAsked::NothingToAsk => Next::Path,
    }
}

/// The row of an endpoint that was asked, or that may not be.
pub fn row(
    key: Key,
    evidence: Evidence,
    result: Result<Brought, ReadError>,
    seen: &[Exchange],
) -> Row {
    let mut row = match result {
        Ok(brought) => good(key, brought),
        Err(error) => {
            let waits = matches!(error.kind, ReadErrorKind::NotAsked(_));
            let grade = if waits { Grade::NotTested } else { Grade::Trouble };
            Row::new(key.as_str(), grade, next_step(&error.kind)).saying(error.kind.to_string())
        }
    };
    row.evidence = Some(evidence);
    row.http = seen.last().and_then(|exchange| exchange.http);
    row.ms = seen.last().map(|exchange| exchange.ms);
    row
}

fn good(key: Key, brought: Brought) -> Row {
    let unread = brought.skipped.first();
    let mut row = match unread {
        Some(why) => {
            let (unread, all) = (brought.skipped.len(), brought.rows);
            Row::new(key.as_str(), Grade::Trouble, Next::Map)
                .saying(format!("{unread} of {all} rows could not be read: {why}"))
        }
        // One of the fields that nothing uses is likely to be the one that is missing.
        None if !brought.unknown.is_empty() && !brought.missing.is_empty() => {
            Row::new(key.as_str(), Grade::Look, Next::Map)
                .saying(format!("no row has {}", brought.missing.join(", ")))
        }
        None => Row::new(key.as_str(), Grade::Good, Next::Nothing),
    };
    row.parsed = Some(unread.is_none());
    row.rows = Some(brought.rows);
    row.unknown = brought.unknown;
    row
}

/// An endpoint that could not be tried, and why.
pub fn untried(key: Key, evidence: Evidence, next: Next, why: &str) -> Row {
    let row = Row::new(key.as_str(), Grade::NotTested, next).saying(why);
    Row { evidence: Some(evidence), ..row }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_failure_has_its_next_step() {
        let refused = |code| ReadErrorKind::Refused { code, message: String::new() };
        for (kind, next) in [
            (ReadErrorKind::Transport(TransportError::Tls("x".into())), Next::Certificate),
            (ReadErrorKind::Transport(TransportError::Connect("x".into())), Next::Network),
            (ReadErrorKind::Transport(TransportError::Timeout), Next::Network),
            (ReadErrorKind::SignIn { code: 401, message: String::new() }, Next::Keys),
            (ReadErrorKind::RateLimited { retry_after_ms: None }, Next::Later),
            (ReadErrorKind::Http { status: 404 }, Next::Path),
            (ReadErrorKind::Http { status: 503 }, Next::Later),
            (ReadErrorKind::Http { status: 403 }, Next::AskVendor),
            (refused(401), Next::Keys),
            (refused(403), Next::AskVendor),
            (refused(500), Next::Later),
            (ReadErrorKind::Unreadable { what: "/data".into() }, Next::Path),
            (NotAsked::Guessed.into(), Next::Consent),
            (NotAsked::Parked.into(), Next::Path),
            (NotAsked::SignUnknown.into(), Next::Sign),
        ] {
            assert_eq!(next_step(&kind), next, "{kind}");
        }
    }

    #[test]
    fn unread_rows_and_missing_fields_lead_to_the_map() {
        let seen = [Exchange { http: Some(200), date: None, ms: 12 }];
        let of = |brought| row(Key::WorkflowList, Evidence::Assumed, Ok(brought), &seen);
        let whole = of(Brought { rows: 2, ..Brought::default() });
        assert_eq!(
            (whole.grade, whole.next, whole.parsed),
            (Grade::Good, Next::Nothing, Some(true))
        );
        assert_eq!((whole.http, whole.ms, whole.rows), (Some(200), Some(12), Some(2)));
        let odd = Brought { rows: 2, unknown: vec!["mood".to_owned()], ..Brought::default() };
        let unused = of(odd.clone());
        assert_eq!((unused.grade, unused.next), (Grade::Good, Next::Nothing));
        assert_eq!(unused.unknown, ["mood"]);
        let lacking = of(Brought { missing: vec!["status"], ..odd });
        assert_eq!((lacking.grade, lacking.next), (Grade::Look, Next::Map));
        assert_eq!(lacking.parsed, Some(true));
        let skipped = vec!["it has no workflow_id".to_owned()];
        let unread = of(Brought { rows: 2, skipped, ..Brought::default() });
        assert_eq!(
            (unread.grade, unread.next, unread.parsed),
            (Grade::Trouble, Next::Map, Some(false))
        );
    }
}
