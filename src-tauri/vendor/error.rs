//! What can go wrong at the vendor, told in one sentence each. No text here holds a body, a number or a
//! secret.

use super::{catalogue::Key, gate::NotAsked, transport::TransportError};

/// Which operation failed, and why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {kind}", .key.as_str())]
pub struct ReadError {
    pub key: Key,
    pub kind: ReadErrorKind,
}

impl ReadError {
    pub fn kind(&self) -> &ReadErrorKind {
        &self.kind
    }
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadErrorKind {
    #[error(transparent)]
    Transport(#[from] TransportError),
    #[error("the vendor refused the sign-in (code {code}{}); check key and secret", said(.message))]
    SignIn { code: i64, message: String },
    #[error("the vendor asks for fewer requests (429); reading goes on after a pause")]
    RateLimited { retry_after_ms: Option<i64> },
    #[error("the vendor answered HTTP {status}")]
    Http { status: u16 },
    #[error("the vendor refused (code {code}{})", said(.message))]
    Refused { code: i64, message: String },
    /// `what` is a JSON pointer, or the whole answer.
    #[error("the vendor's answer could not be read: {what}")]
    Unreadable { what: String },
    /// A listing that goes by cursors begins again with its first page.
    #[error(
        "the cursor of the page before is not known; the list is read from its beginning again"
    )]
    OutOfOrder,
    /// An answer for a page behind the first, whose path is therefore right.
    #[error(
        "the vendor has no page {page} of this list, though there was one; what was read of it stays"
    )]
    NoSuchPage { page: u32 },
    #[error(transparent)]
    NotAsked(#[from] NotAsked),
}

impl ReadErrorKind {
    /// Whether asking the same again later can help without anybody changing a setting.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(e) => !matches!(e, TransportError::Address(_)),
            Self::RateLimited { .. } | Self::OutOfOrder => true,
            Self::Http { status } => *status >= 500 || *status == 408,
            Self::Refused { code, .. } => *code >= 500,
            Self::Unreadable { .. } | Self::NoSuchPage { .. } => true,
            Self::SignIn { code, .. } => *code >= 500,
            Self::NotAsked(_) => false,
        }
    }

    /// The same, said of a page of a listing.
    pub(super) fn of_page(self, page: u32) -> Self {
        match self {
            Self::Http { status: 404 } | Self::Refused { code: 404, .. } if page > 1 => {
                Self::NoSuchPage { page }
            }
            other => other,
        }
    }

    pub(super) fn of(self, key: Key) -> ReadError {
        ReadError { key, kind: self }
    }
}

fn said(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(": {message}") }
}

/// Why an account cannot be asked at all; nothing was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    #[error("the address of the {family} family cannot be used: {why}")]
    Address { family: &'static str, why: String },
    #[error("the request budget must be above 0 and at most 100,000 a second")]
    Budget,
    #[error("the key is empty")]
    Key,
}

const LONGEST_MESSAGE: usize = 160;

/// What the vendor said, fit for a screen and a log: one line, not long, and every run of digits that
/// could be a phone number hidden.
pub(super) fn harmless(text: &str) -> String {
    let mut out = String::new();
    let mut digits = String::new();
    for c in text.chars().take(LONGEST_MESSAGE).chain(std::iter::once(' ')) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        out.push_str(if digits.len() > 5 { "••••" } else { &digits });
        digits.clear();
        let visible = !c.is_control() && !is_direction_mark(c);
        out.push(if visible { c } else { ' ' });
    }
    out.trim().to_owned()
}

/// Characters that turn the reading direction and could make a sentence say something else.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vendor_message_is_one_short_line_without_numbers() {
        assert_eq!(harmless("no  task\n7 for +6281234564821."), "no  task 7 for +••••.");
        assert!(harmless(&"x".repeat(5000)).len() <= LONGEST_MESSAGE);
        assert_eq!(harmless("a\u{202e}b"), "a b");
    }

    #[test]
    fn an_error_names_its_operation() {
        let error = ReadErrorKind::Http { status: 502 }.of(Key::WorkflowList);
        assert_eq!(error.to_string(), "workflow.list: the vendor answered HTTP 502");
    }
}
