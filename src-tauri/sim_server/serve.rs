//! The world over HTTP on 127.0.0.1.

use std::{
    collections::HashMap,
    net::Ipv4Addr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use bytes::Bytes;

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::State,
    http::{self, HeaderName, HeaderValue, StatusCode},
};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use super::{Clock, SharedWorld, SimError, cut::CutBody, hooks::HookDelivery, lock};
use crate::{
    sim::{Delivery, Reply},
    vendor::transport::{Method, Request},
};

/// Requests of the client are small; nothing larger is read.
const REQUEST_LIMIT: usize = 1 << 20;

/// How a world is served.
pub struct ServeOptions {
    /// 0 takes a free one.
    pub port: u16,
    pub clock: Clock,
    /// Where webhooks go, if anywhere.
    pub hooks: Option<HookDelivery>,
    /// Equal requests get the bytes of their first answer. Only for a world that stands still: it
    /// makes the server cheap enough to measure a client with.
    pub remember: bool,
}

impl ServeOptions {
    /// On a free port, without webhooks.
    pub fn new(clock: Clock) -> Self {
        Self { port: 0, clock, hooks: None, remember: false }
    }
}

/// A world that is being served, until this is dropped or shut down.
pub struct Running {
    /// `http://127.0.0.1:4010`
    pub base_url: String,
    pub world: SharedWorld,
    clock: Clock,
    stop: watch::Sender<bool>,
    server: JoinHandle<std::io::Result<()>>,
    hooks: Vec<JoinHandle<()>>,
}

impl Running {
    /// Sends the world's webhooks from now on, as after an address was entered at the vendor.
    pub fn deliver(&mut self, hooks: HookDelivery) {
        self.hooks.push(tokio::spawn(hooks.run(self.world.clone(), self.clock.clone())));
    }

    /// Finishes the answers under way and stops listening.
    pub async fn shutdown(mut self) -> Result<(), SimError> {
        // Nobody listening any more is what is wanted.
        let _ = self.stop.send(true);
        match (&mut self.server).await {
            Ok(ended) => ended.map_err(SimError::Serve),
            Err(stopped) => Err(SimError::Serve(std::io::Error::other(stopped))),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.abort();
        self.hooks.iter().for_each(JoinHandle::abort);
    }
}

/// Serves `world` on 127.0.0.1 and has it link there.
pub async fn serve(world: SharedWorld, options: ServeOptions) -> Result<Running, SimError> {
    let port = options.port;
    let listening = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await;
    let listener = listening.map_err(|source| SimError::Listen { port, source })?;
    let address = listener.local_addr().map_err(|source| SimError::Listen { port, source })?;
    let base_url = format!("http://{address}");
    lock(&world).set_base_url(&base_url);
    let (stop, mut stopped) = watch::channel(false);
    let asked = Asking {
        world: world.clone(),
        clock: options.clock.clone(),
        base_url: base_url.clone(),
        remembered: options.remember.then(Arc::default),
    };
    let routes = Router::new().fallback(answer).with_state(asked);
    let server = tokio::spawn(async move {
        let until = async move {
            // An error means that the sender is gone, which ends the server as well.
            let _ = stopped.wait_for(|stop| *stop).await;
        };
        axum::serve(listener, routes).with_graceful_shutdown(until).await
    });
    let mut running =
        Running { base_url, world, clock: options.clock, stop, server, hooks: Vec::new() };
    if let Some(hooks) = options.hooks {
        running.deliver(hooks);
    }
    Ok(running)
}

/// Answers by URL and body.
type Remembered = Arc<Mutex<HashMap<(String, Bytes), Reply>>>;

#[derive(Clone)]
struct Asking {
    world: SharedWorld,
    clock: Clock,
    base_url: String,
    remembered: Option<Remembered>,
}

impl Asking {
    fn reply(&self, request: &Request) -> Reply {
        let Some(remembered) = &self.remembered else {
            return lock(&self.world).handle((self.clock)(), request);
        };
        let mut remembered = remembered.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (request.url.clone(), request.body.clone());
        let answer = || lock(&self.world).handle((self.clock)(), request);
        remembered.entry(key).or_insert_with(answer).clone()
    }
}

async fn answer(
    State(asking): State<Asking>,
    request: http::Request<Body>,
) -> http::Response<Body> {
    let (head, body) = request.into_parts();
    let method = match head.method {
        http::Method::GET => Method::Get,
        http::Method::POST => Method::Post,
        _ => return bare(StatusCode::METHOD_NOT_ALLOWED),
    };
    let Ok(body) = to_bytes(body, REQUEST_LIMIT).await else {
        return bare(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let url = format!("{}{}", asking.base_url, head.uri);
    let headers = head
        .headers
        .iter()
        .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
        .collect();
    let reply = asking.reply(&Request { method, url, headers, body });
    if reply.delay_ms > 0 {
        tokio::time::sleep(Duration::from_millis(reply.delay_ms)).await;
    }
    written(&reply)
}

fn bare(status: StatusCode) -> http::Response<Body> {
    let mut response = http::Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

fn written(reply: &Reply) -> http::Response<Body> {
    let whole = &reply.response.body;
    let body = match reply.delivery {
        Delivery::Whole => Body::from(whole.clone()),
        Delivery::Cut { after } => Body::new(CutBody::new(whole, after)),
        Delivery::Reset => Body::new(CutBody::new(whole, 0)),
    };
    let mut response = http::Response::new(body);
    *response.status_mut() =
        StatusCode::from_u16(reply.response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in &reply.response.headers {
        if let (Ok(name), Ok(value)) =
            (HeaderName::try_from(name), HeaderValue::try_from(value.as_str()))
        {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
