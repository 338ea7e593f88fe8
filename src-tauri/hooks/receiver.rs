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
    sync::{Mutex, Notify, oneshot},
    task::JoinHandle,
};

use super::{BODY_LIMIT, bodies};
use crate::{
    domain::{ids::AccountId, time::Timestamp, workflow::Source},
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
    /// `/hook/<segment>`. The segment is the only thing that keeps strangers out: long and random.
    pub path: String,
    pub account: AccountId,
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
/// - 200 once the body is durable in `inbox`, also for one that is there already; `wake` is notified
///   of a new one
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
    let ReceiverOptions { bind, path, account } = options;
    if !is_hook_path(&path) {
        return Err(HookServerError::Path);
    }
    let bound = |source| HookServerError::Bind { address: bind, source };
    let listener = TcpListener::bind(bind).await.map_err(bound)?;
    let address = listener.local_addr().map_err(bound)?;
    let letterbox = Arc::new(Letterbox { path, account, inbox, wake, clock });
    // No route: a path that is compared as it is cannot be a pattern.
    let router =
        Router::new().fallback(take).layer(DefaultBodyLimit::max(BODY_LIMIT)).with_state(letterbox);
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

struct Letterbox {
    path: String,
    account: AccountId,
    inbox: Arc<Mutex<InboxWriter>>,
    wake: Arc<Notify>,
    clock: Clock,
}

async fn take(State(letterbox): State<Arc<Letterbox>>, request: Request) -> Response {
    if request.uri().path() != letterbox.path {
        return StatusCode::NOT_FOUND.into_response();
    }
    if request.method() != Method::POST {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "POST")]).into_response();
    }
    let signature = signature(request.headers());
    let body = match tokio::time::timeout(BODY_TIME, Bytes::from_request(request, &())).await {
        Ok(Ok(body)) => body,
        Ok(Err(rejection)) => return rejection.status().into_response(),
        Err(_) => return StatusCode::REQUEST_TIMEOUT.into_response(),
    };
    if !bodies::is_json(&body) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    // A sender that hangs up drops this future; a write that has begun must end all the same.
    match tokio::spawn(keep(letterbox, signature, body)).await {
        Ok(status) if status == StatusCode::OK => {
            (status, [(header::CONTENT_TYPE, "application/json")], TAKEN).into_response()
        }
        Ok(status) => status.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn signature(headers: &HeaderMap) -> Option<String> {
    headers.get(SIGNATURE).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

async fn keep(letterbox: Arc<Letterbox>, signature: Option<String>, body: Bytes) -> StatusCode {
    let event = Received {
        account: letterbox.account.clone(),
        at: (letterbox.clock)(),
        source: Source::Webhook,
        path: SHOWN_PATH.to_owned(),
        signature,
        body: body.into(),
    };
    match letterbox.inbox.lock().await.receive(&event).await {
        Ok(Arrival::New(_)) => {
            letterbox.wake.notify_one();
            StatusCode::OK
        }
        Ok(Arrival::Duplicate) => StatusCode::OK,
        Err(error) => {
            tracing::error!(%error, "a webhook could not be kept");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
