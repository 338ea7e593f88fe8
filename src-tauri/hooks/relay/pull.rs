//! The desktop's end.

use std::{sync::Arc, time::Duration};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{Mutex, Notify, watch};

use super::{ANSWER_BYTES, EventsAnswer, EventsDoor};
use crate::{
    domain::{time::Timestamp, workflow::Source},
    hooks::{
        intake::{Envelope, Intake},
        receiver::Clock,
    },
    store::{Arrival, InboxWriter, Reader, Received, StoreError},
};

#[derive(Debug, thiserror::Error)]
pub enum PullError {
    #[error("no client for the network could be made: {0}")]
    Client(String),
    #[error("the relay cannot be reached: {0}")]
    Unreachable(String),
    #[error("the relay refuses the token; it is the one in the relay's token file")]
    Refused,
    #[error("what answers there is no relay (HTTP {0}); check the address")]
    NoRelay(u16),
    #[error("the relay's answer cannot be read: {0}")]
    Unreadable(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RelayState {
    #[default]
    Starting,
    /// The last question was answered.
    Following,
    /// In words, with the next try.
    Failing { why: String, next_try: Timestamp },
}

/// What is known of the way to a relay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RelayHealth {
    pub state: RelayState,
    pub answered_at: Option<Timestamp>,
    /// Events that were new here, since the start.
    pub taken: u64,
}

/// Fetches from one relay into one account.
pub struct Puller {
    client: reqwest::Client,
    /// Without a slash at its end.
    url: String,
    token: SecretString,
    intake: Arc<Intake>,
    reader: Reader,
    inbox: Arc<Mutex<InboxWriter>>,
}

/// The relay answers as soon as something arrives, or after this.
const WAIT_S: u64 = 25;
/// Longer than the relay waits.
const ANSWER_TIME: Duration = Duration::from_secs(WAIT_S + 20);
const CONNECT_TIME: Duration = Duration::from_secs(10);
/// Base64 makes bodies a third longer; one body may go over the limit alone.
const ANSWER_LIMIT: usize = 3 * ANSWER_BYTES;
const EVENTS: u32 = 500;

impl Puller {
    /// `url`: the relay's address up to its host and port, with a path where a proxy adds one.
    pub fn new(
        url: &str,
        token: SecretString,
        intake: Arc<Intake>,
        reader: Reader,
        inbox: Arc<Mutex<InboxWriter>>,
    ) -> Result<Self, PullError> {
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_TIME)
            .timeout(ANSWER_TIME)
            // The token goes to the host that the user named and to no other.
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .map_err(|error| PullError::Client(error.to_string()))?;
        let url = url.trim().trim_end_matches('/').to_owned();
        Ok(Self { client, url, token, intake, reader, inbox })
    }

    /// Fetches the next events after the durable cursor and keeps them with the new one. Answers how
    /// many the relay sent and how many of them were new here.
    pub async fn once(&self, wait_s: u64) -> Result<(usize, usize), PullError> {
        let cursor = self.reader.relay_cursor(&self.intake.account, &self.url).await?;
        let cursor = cursor.unwrap_or_default();
        let answer = self.ask(&cursor, wait_s).await?;
        if answer.next == cursor {
            return Ok((0, 0));
        }
        let mut events = Vec::with_capacity(answer.events.len());
        for line in answer.events {
            let body = STANDARD
                .decode(&line.body)
                .map_err(|_| PullError::Unreadable("a body is no base64".to_owned()))?;
            events.push(self.received(Timestamp(line.at), line.signature, body));
        }
        let sent = events.len();
        let mut inbox = self.inbox.lock().await;
        let arrived =
            inbox.receive_pulled(&self.intake.account, &self.url, &answer.next, &events).await?;
        let new = arrived.iter().filter(|one| matches!(one, Arrival::New(_))).count();
        Ok((sent, new))
    }

    /// The relay has told the vendor that it has the body: it is kept whatever it is.
    fn received(&self, at: Timestamp, signature: Option<String>, body: Vec<u8>) -> Received {
        let envelope =
            Envelope { at, source: Source::Webhook, path: "relay".to_owned(), signature };
        match self.intake.received(envelope.clone(), body.clone()) {
            Ok(event) => event,
            Err(_) => Received {
                account: self.intake.account.clone(),
                at,
                source: Source::Webhook,
                path: envelope.path,
                signature: envelope.signature,
                verdict: crate::domain::chat::Signature::Unchecked,
                enforced: false,
                sealed: Some("it is no JSON".to_owned()),
                body,
            },
        }
    }

    async fn ask(&self, cursor: &str, wait_s: u64) -> Result<EventsAnswer, PullError> {
        let asked = [
            ("after", cursor.to_owned()),
            ("limit", EVENTS.to_string()),
            ("wait", wait_s.to_string()),
        ];
        let unreachable = |error: reqwest::Error| {
            // The address may hold what others should not read in a log.
            PullError::Unreachable(with_causes(&error.without_url()))
        };
        let mut response = self
            .client
            .get(format!("{}{}", self.url, EventsDoor::PATH))
            .bearer_auth(self.token.expose_secret())
            .query(&asked)
            .send()
            .await
            .map_err(unreachable)?;
        match response.status().as_u16() {
            200 => {}
            401 | 403 => return Err(PullError::Refused),
            503 => return Err(PullError::Unreachable("its store cannot be read now".to_owned())),
            other => return Err(PullError::NoRelay(other)),
        }
        let mut text = Vec::new();
        while let Some(part) = response.chunk().await.map_err(unreachable)? {
            text.extend_from_slice(&part);
            if text.len() > ANSWER_LIMIT {
                return Err(PullError::Unreadable("it is too long".to_owned()));
            }
        }
        serde_json::from_slice(&text).map_err(|error| PullError::Unreadable(error.to_string()))
    }
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

/// Follows a relay until `stop`. A failure is waited out, twice as long each time up to a minute.
pub async fn pull(
    puller: Puller,
    wake: Arc<Notify>,
    clock: Clock,
    health: watch::Sender<RelayHealth>,
    mut stop: watch::Receiver<bool>,
) {
    const FIRST: Duration = Duration::from_secs(1);
    const LONGEST: Duration = Duration::from_secs(60);
    let mut pause = FIRST;
    loop {
        let answer = tokio::select! {
            answer = puller.once(WAIT_S) => answer,
            () = stopped(&mut stop) => return,
        };
        let now = clock();
        match answer {
            Ok((_, new)) => {
                pause = FIRST;
                health.send_modify(|health| {
                    health.state = RelayState::Following;
                    health.answered_at = Some(now);
                    health.taken += new as u64;
                });
                if new > 0 {
                    wake.notify_one();
                }
            }
            Err(error) => {
                let next_try = now.plus_ms(i64::try_from(pause.as_millis()).unwrap_or(i64::MAX));
                let failing = RelayState::Failing { why: error.to_string(), next_try };
                health.send_modify(|health| health.state = failing);
                tokio::select! {
                    () = tokio::time::sleep(pause) => {}
                    () = stopped(&mut stop) => return,
                }
                pause = (pause * 2).min(LONGEST);
            }
        }
    }
}

/// Ends when the app does, or when nobody is left who could say so.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    drop(stop.wait_for(|stop| *stop).await);
}
