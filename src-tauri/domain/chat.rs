//! Chatbot conversations: sessions, their messages and what a message can hold.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    ids::{Callee, EntryId, MessageId, NodeId, SessionId, WabaTaskId, WorkflowId},
    time::Timestamp,
};

/// A chatbot conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    pub id: SessionId,
    pub workflow: Option<WorkflowId>,
    pub workflow_name: Option<String>,
    pub node: Option<NodeId>,
    pub node_name: Option<String>,
    pub waba_task: Option<WabaTaskId>,
    pub entry: Option<EntryId>,
    pub channel: Option<String>,
    /// The business number, without `+`.
    pub channel_id: Option<String>,
    pub callee: Option<Callee>,
    pub robot: Option<String>,
    /// `closed` is the only value seen; anything else is kept as written.
    pub status: Option<String>,
    pub started_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    /// robot, agent, error, expire, user — or as written.
    pub end_reason: Option<String>,
    pub intention: Option<String>,
    pub talk_round: Option<i64>,
    pub detail: SessionDetail,
    pub signature: Signature,
    /// The event's own time of a webhook, else when the answer was received.
    pub as_of: Timestamp,
}

impl Session {
    /// Whether an outbound workflow started it. One that names no record of a workflow is the
    /// chatbot's own.
    pub fn is_of_workflow(&self) -> bool {
        self.workflow.is_some()
            || self.node.is_some()
            || self.waba_task.is_some()
            || self.entry.is_some()
    }
}

/// What only an opened session shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SessionDetail {
    pub slots: Vec<(String, String)>,
    pub labels: Vec<(String, String)>,
    /// Personal data of the callee.
    pub variables: Vec<(String, String)>,
    /// How the body differs from the documented shape; shown as a notice, never a reason to drop it.
    pub notices: Vec<ShapeNotice>,
}

/// A difference between a body and the shape that its documentation gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind", content = "field")]
pub enum ShapeNotice {
    /// A required field is not there.
    Missing(String),
    /// A field is there that the documentation does not name.
    New(String),
    /// A field has another type than documented.
    OtherType(String),
}

/// What is known of a webhook's signature. The vendor's algorithm is not known, so no value here says
/// more than what was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signature {
    /// Not a webhook.
    #[default]
    NotApplicable,
    /// The header is absent.
    Unsigned,
    /// The header is there and nothing was checked.
    Unchecked,
    /// The header agrees with the algorithm and the secret that the user chose.
    Matched,
    /// The header does not agree with them.
    Mismatched,
}

/// One message. `position` is its place in the conversation, oldest first, as the vendor's array has
/// it; times are not to be trusted for the order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub position: i64,
    pub id: Option<MessageId>,
    /// system, user, robot, agent, chatbot — or as written.
    pub sender: Option<String>,
    /// The human agent, where the API names one.
    pub seat: Option<String>,
    pub sent_at: Option<Timestamp>,
    /// sent (also `send`), delivery, read — or as written.
    pub status: Option<String>,
    pub content: Content,
    pub reply: Option<Quoted>,
}

/// The message that another one answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quoted {
    pub id: Option<MessageId>,
    pub sender: Option<String>,
    pub sent_at: Option<Timestamp>,
    pub content: Content,
}

/// What a message holds. Text of any variant is plain text from outside and never markup.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Content {
    Text {
        text: String,
    },
    /// image, video, audio or file.
    Media {
        media: String,
        url: Option<String>,
        name: Option<String>,
    },
    /// A template's quick reply that the user pressed.
    Button {
        text: String,
    },
    /// A list the user can choose from.
    List {
        body: Option<String>,
        footer: Option<String>,
        button: Option<String>,
        sections: Vec<Section>,
    },
    /// Buttons the user can choose from.
    Buttons {
        body: Option<String>,
        footer: Option<String>,
        options: Vec<Choice>,
    },
    /// The user's choice from a list or from buttons.
    Chosen {
        choice: Choice,
    },
    Template(Template),
    /// A row of cards (Instagram's generic template).
    Cards {
        cards: Vec<Card>,
    },
    System {
        event: String,
        from_seat: Option<String>,
        to_seat: Option<String>,
    },
    /// Anything else: its JSON, shown as a card.
    Unknown {
        json: Value,
    },
}

impl Content {
    /// All that can be read of it, in the order in which it is shown.
    pub fn texts(&self) -> Vec<Cow<'_, str>> {
        let texts: Vec<Option<&str>> = match self {
            Self::Text { text } | Self::Button { text } => vec![Some(text)],
            Self::Media { name, .. } => vec![name.as_deref()],
            Self::List { body, footer, button, sections } => {
                let rows = sections.iter().flat_map(|section| {
                    let rows = section.rows.iter().map(|row| Some(row.title.as_str()));
                    [section.title.as_deref()].into_iter().chain(rows)
                });
                let around = [body.as_deref(), footer.as_deref(), button.as_deref()];
                around.into_iter().chain(rows).collect()
            }
            Self::Buttons { body, footer, options } => {
                let options = options.iter().map(|option| Some(option.title.as_str()));
                [body.as_deref(), footer.as_deref()].into_iter().chain(options).collect()
            }
            Self::Chosen { choice } => vec![Some(&choice.title)],
            Self::Template(template) => template.texts(),
            Self::Cards { cards } => {
                let texts = cards.iter().flat_map(|card| {
                    let buttons = card.buttons.iter().map(|button| Some(button.as_str()));
                    [card.title.as_deref(), card.subtitle.as_deref()].into_iter().chain(buttons)
                });
                texts.collect()
            }
            // The vendor's word for what happened is nothing that anybody said.
            Self::System { .. } => Vec::new(),
            Self::Unknown { json } => return vec![Cow::Owned(json.to_string())],
        };
        texts.into_iter().flatten().map(Cow::Borrowed).collect()
    }
}

impl Template {
    fn texts(&self) -> Vec<Option<&str>> {
        let header = match &self.header {
            Some(Header::Text { text }) => Some(text.as_str()),
            _ => None,
        };
        let buttons = self.buttons.iter().map(|button| Some(button.text.as_str()));
        let around = [header, self.body.as_deref(), self.footer.as_deref()];
        around.into_iter().chain(buttons).collect()
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Section {
    pub title: Option<String>,
    pub rows: Vec<Choice>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    pub id: Option<String>,
    pub title: String,
}

/// A WhatsApp template message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    pub header: Option<Header>,
    pub body: Option<String>,
    pub footer: Option<String>,
    pub buttons: Vec<TemplateButton>,
    pub id: Option<String>,
    pub name: Option<String>,
    pub language: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Header {
    Text { text: String },
    Media { media: String, url: Option<String> },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TemplateButton {
    /// QUICK_REPLY, OPT_OUT or as written.
    pub kind: String,
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Card {
    pub title: Option<String>,
    pub subtitle: Option<String>,
    pub buttons: Vec<String>,
}

/// Messages of one session as one answer brought them.
#[derive(Clone, Debug, PartialEq)]
pub struct Transcript {
    pub session: SessionId,
    /// Oldest first; positions count from 0.
    pub messages: Vec<super::workflow::Seen<Message>>,
    /// The whole conversation up to its newest message: only then do stored messages beyond the last
    /// position go.
    pub complete: bool,
    /// When it was so: the event's own time of a webhook, else when the answer was received.
    pub as_of: Timestamp,
}

/// Messages that an event brought without saying where in the conversation they stand. They lie behind
/// those of a [`Transcript`], ordered by the times of their events; one whose id is stored is the same
/// message.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    pub session: SessionId,
    /// In the order of the event; positions count from 0 within it.
    pub messages: Vec<super::workflow::Seen<Message>>,
    /// The event's time, else its first message's, else when it was received.
    pub at: Timestamp,
}

/// A message's status, told by an event of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    pub session: SessionId,
    pub message: MessageId,
    pub status: String,
    /// The event's own time, else when it was received.
    pub at: Timestamp,
}

/// How far a message got, for the words that are known (DOCUMENTED for chat messages, ASSUMED for
/// template messages); `None` for any other word.
pub fn tick_rank(status: &str) -> Option<u8> {
    let is = |words: &[&str]| words.iter().any(|word| status.trim().eq_ignore_ascii_case(word));
    if is(&["sent", "send"]) {
        Some(1)
    } else if is(&["delivered", "delivery"]) {
        Some(2)
    } else if is(&["read"]) {
        Some(3)
    } else if is(&["replied"]) {
        Some(4)
    } else {
        None
    }
}

/// Whether a status told at `at` replaces the one told at `known_at`. Known words only advance, because
/// several of them can fall into the one second that the vendor's times tell apart; any other word goes
/// by time.
pub fn tick_replaces(status: &str, at: Timestamp, known: &str, known_at: Timestamp) -> bool {
    match (tick_rank(status), tick_rank(known)) {
        (Some(new), Some(old)) => new > old,
        _ => at >= known_at,
    }
}
