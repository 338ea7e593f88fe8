//! The HTTP end that the vendor posts to, through whatever tunnel the user has set up.

use std::{future::IntoFuture, net::SocketAddr, sync::Arc, time::Duration};

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, FromRequest, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use tokio::{
    net::TcpListener,
    sync::{Mutex, Notify, mpsc, oneshot},
    task::JoinHandle,
};

use super::{
    BODY_LIMIT,
    intake::{Envelope, Intake},
    relay::EventsDoor,
};
use crate::{
    domain::{time::Timestamp, workflow::Source},
    store::{Arrival, InboxWriter, Received},
};

/// Tells the time: the room itself has no clock.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The chatbot's webhook carries it (DOCUMENTED); how it is computed is not known.
const SIGNATURE: &str = "x-airudder-sign";
/// Third parties answer the vendor so (OBSERVED).
const TAKEN: &str = r#"{"status":"success"}"#;
/// A sender that stalls must not hold a connection for ever.
const BODY_TIME: Duration = Duration::from_secs(30);
/// Requests under way may end before the receiver goes; none needs longer than a write takes.
const CLOSING_TIME: Duration = Duration::from_secs(3);
/// What the path in the inbox says: the secret segment stays out of the store.
const SHOWN_PATH: &str = "/hook";

pub struct ReceiverOptions {
    pub bind: SocketAddr,
    /// One for each account that is told of its events here.
    pub letterboxes: Vec<Letterbox>,
    /// Lets others fetch what arrives: of a relay only.
    pub events: Option<EventsDoor>,
}

/// Where the events of one account arrive.
pub struct Letterbox {
    /// `/hook/<segment>`. The segment is what keeps strangers out: long and random, see
    /// [`super::new_segment`].
    pub path: String,
    pub intake: Arc<Intake>,
}

impl ReceiverOptions {
    pub fn one(bind: SocketAddr, path: String, intake: Intake) -> Self {
        let letterboxes = vec![Letterbox { path, intake: Arc::new(intake) }];
        Self { bind, letterboxes, events: None }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum HookServerError {
    #[error("the webhook receiver cannot listen at {address}: {source}; choose another port")]
    Bind { address: SocketAddr, source: std::io::Error },
    /// The path itself is a secret.
    #[error("the webhook path must be /hook/ and one segment of letters, digits, - or _")]
    Path,
}

/// A running receiver; dropping it stops it.
pub struct Receiver {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl Receiver {
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes nothing new, lets requests under way end, at most for a few seconds.
    pub async fn shutdown(self) {
        let Self { stop, mut serving, .. } = self;
        drop(stop);
        if tokio::time::timeout(CLOSING_TIME, &mut serving).await.is_err() {
            serving.abort();
        }
    }
}

/// Listens and answers:
///
/// - 200 once the body is durable in `inbox`, also for one that is there already, for one of no known
///   kind and for one whose signature does not match: a sender that is told otherwise sends it again
///   and then drops it; `wake` is notified of a new one
/// - 400 for what is no whole JSON text, 408 for a body that does not come in time, 413 over
///   [`BODY_LIMIT`]
/// - 404 without a body for any other path, 405 for another method
/// - 503 when the inbox cannot be written: the vendor is known to try again (DOCUMENTED for one of its
///   products)
pub async fn serve(
    options: ReceiverOptions,
    inbox: Arc<Mutex<InboxWriter>>,
    wake: Arc<Notify>,
    clock: Clock,
) -> Result<Receiver, HookServerError> {
    let ReceiverOptions { bind, letterboxes, events } = options;
    if !letterboxes.iter().all(|letterbox| is_hook_path(&letterbox.path)) {
        return Err(HookServerError::Path);
    }
    let bound = |source| HookServerError::Bind { address: bind, source };
    let listener = TcpListener::bind(bind).await.map_err(bound)?;
    let address = listener.local_addr().map_err(bound)?;
    let (letters, arriving) = mpsc::channel(WAITING);
    tokio::spawn(keep(arriving, inbox, wake));
    let desk = Arc::new(Desk { letterboxes, events, letters, clock });
    // No route: a path that is compared as it is cannot be a pattern.
    let router =
        Router::new().fallback(take).layer(DefaultBodyLimit::max(BODY_LIMIT)).with_state(desk);
    let (stop, stopped) = oneshot::channel::<()>();
    let server = axum::serve(listener, router).with_graceful_shutdown(async {
        // Sent or dropped, both mean the end.
        let _ = stopped.await;
    });
    let serving = tokio::spawn(async {
        if let Err(error) = server.into_future().await {
            tracing::error!(%error, "the webhook receiver ended");
        }
    });
    Ok(Receiver { address, stop, serving })
}

fn is_hook_path(path: &str) -> bool {
    path.strip_prefix("/hook/").is_some_and(|segment| {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        !segment.is_empty() && segment.chars().all(plain)
    })
}

struct Desk {
    letterboxes: Vec<Letterbox>,
    events: Option<EventsDoor>,
    letters: mpsc::Sender<Letter>,
    clock: Clock,
}

/// A body on its way into the inbox.
struct Letter {
    event: Received,
    /// Whether it is kept.
    answer: oneshot::Sender<bool>,
}

/// Bodies that may wait for the disk at a time; the senders of others wait.
const WAITING: usize = 64;

async fn take(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    if let Some(door) = &desk.events
        && request.uri().path() == EventsDoor::PATH
    {
        return door.answer(&request.into_parts().0).await;
    }
    let to = desk.letterboxes.iter().find(|letterbox| letterbox.path == request.uri().path());
    let Some(letterbox) = to else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if request.method() != Method::POST {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "POST")]).into_response();
    }
    let envelope = Envelope {
        at: (desk.clock)(),
        source: Source::Webhook,
        path: SHOWN_PATH.to_owned(),
        signature: signature(request.headers()),
    };
    let body = match tokio::time::timeout(BODY_TIME, Bytes::from_request(request, &())).await {
        Ok(Ok(body)) => body,
        Ok(Err(rejection)) => return rejection.status().into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    let Ok(event) = letterbox.intake.received(envelope, body.into()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let (answer, kept) = oneshot::channel();
    // A letter that is on its way is kept, even when its sender hangs up now.
    if desk.letters.send(Letter { event, answer }).await.is_ok() && kept.await == Ok(true) {
        let json = [(header::CONTENT_TYPE, "application/json")];
        return (StatusCode::OK, json, TAKEN).into_response();
    }
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}

fn signature(headers: &HeaderMap) -> Option<String> {
    headers.get(SIGNATURE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// Bodies that arrive while the disk is busy with others are written together.
async fn keep(
    mut letters: mpsc::Receiver<Letter>,
    inbox: Arc<Mutex<InboxWriter>>,
    wake: Arc<Notify>,
) {
    while let Some(first) = letters.recv().await {
        let mut together = vec![first];
        while together.len() < WAITING
            && let Ok(letter) = letters.try_recv()
        {
            together.push(letter);
        }
        let (events, answers): (Vec<_>, Vec<_>) =
            together.into_iter().map(|letter| (letter.event, letter.answer)).unzip();
        let arrived = inbox.lock().await.receive_all(&events).await;
        let kept = arrived.is_ok();
        match arrived {
            Ok(all) if all.iter().any(|one| matches!(one, Arrival::New(_))) => wake.notify_one(),
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "a webhook could not be kept"),
        }
        for answer in answers {
            // Nobody waits for it when the sender hung up.
            let _ = answer.send(kept);
        }
    }
}
