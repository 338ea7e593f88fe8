//! The relay's end.

use std::time::Duration;

use axum::{
    extract::Query,
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{ANSWER_BYTES, EventLine, EventsAnswer, LONGEST_WAIT_S};
use crate::store::{Reader, StoreError};

/// Hands out what arrived, to those who know the token.
pub struct EventsDoor {
    reader: Reader,
    identity: String,
    token: SecretString,
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    after: String,
    limit: Option<u32>,
    /// Seconds to wait for an event where there is none.
    wait: Option<u64>,
}

const MOST_EVENTS: u32 = 1_000;
const EVENTS: u32 = 200;

impl EventsDoor {
    pub const PATH: &'static str = "/events";

    pub async fn new(reader: Reader, token: SecretString) -> Result<Self, StoreError> {
        Ok(Self { identity: reader.identity().await?, reader, token })
    }

    pub(in crate::hooks) async fn answer(&self, request: &Parts) -> Response {
        if !self.is_known(&request.headers) {
            return StatusCode::UNAUTHORIZED.into_response();
        }
        if request.method != Method::GET {
            return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET")]).into_response();
        }
        let Ok(Query(asked)) = Query::<Asked>::try_from_uri(&request.uri) else {
            return StatusCode::BAD_REQUEST.into_response();
        };
        match self.events(&asked).await {
            Ok(answer) => match serde_json::to_string(&answer) {
                Ok(json) => ([(header::CONTENT_TYPE, "application/json")], json).into_response(),
                Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
            },
            Err(error) => {
                tracing::error!(%error, "events could not be handed out");
                StatusCode::SERVICE_UNAVAILABLE.into_response()
            }
        }
    }

    /// In a time that does not tell how much of a guess was right.
    fn is_known(&self, headers: &HeaderMap) -> bool {
        let given = headers.get(header::AUTHORIZATION).map(header::HeaderValue::as_bytes);
        let Some(given) = given.and_then(|value| value.strip_prefix(b"Bearer ")) else {
            return false;
        };
        let token = self.token.expose_secret().as_bytes();
        let differs = token.iter().zip(given).fold(0, |all, (a, b)| all | (a ^ b));
        token.len() == given.len() && differs == 0
    }

    async fn events(&self, asked: &Asked) -> Result<EventsAnswer, StoreError> {
        let after = self.number_of(&asked.after);
        let limit = asked.limit.unwrap_or(EVENTS).clamp(1, MOST_EVENTS);
        // Raised after every commit; what arrives between the look and the wait is not missed.
        let mut seq = self.reader.seq();
        seq.mark_unchanged();
        let answer = self.page(after, limit).await?;
        let wait = asked.wait.unwrap_or(0).min(LONGEST_WAIT_S);
        if !answer.events.is_empty() || wait == 0 {
            return Ok(answer);
        }
        // Nobody raises it any more when the store is closed: the wait is then over, too.
        let _ = tokio::time::timeout(Duration::from_secs(wait), seq.changed()).await;
        self.page(after, limit).await
    }

    async fn page(&self, after: i64, limit: u32) -> Result<EventsAnswer, StoreError> {
        let mut events = Vec::new();
        let (mut last, mut bytes) = (after, 0);
        for event in self.reader.events_after(after, limit).await? {
            bytes += event.body.len();
            if bytes > ANSWER_BYTES && !events.is_empty() {
                break;
            }
            last = event.id;
            events.push(EventLine {
                cursor: self.cursor(event.id),
                at: event.at.millis(),
                signature: event.signature,
                body: STANDARD.encode(&event.body),
            });
        }
        Ok(EventsAnswer { events, next: self.cursor(last) })
    }

    fn cursor(&self, id: i64) -> String {
        format!("{}-{id}", self.identity)
    }

    /// The beginning, for a cursor of another store and for no cursor at all.
    fn number_of(&self, cursor: &str) -> i64 {
        let own = cursor.strip_prefix(&self.identity).and_then(|rest| rest.strip_prefix('-'));
        own.and_then(|number| number.parse().ok()).unwrap_or(0)
    }
}
