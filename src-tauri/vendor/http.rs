//! The network.

use std::{error::Error as _, io, time::Duration};

use bytes::{Bytes, BytesMut};

use super::transport::{Answer, Method, Request, Response, Transport, TransportError};

/// Real HTTP. Redirects are never followed here: a token must not travel to another host.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: reqwest::Client,
}

/// A whole exchange may take this many times what one silence may: large recordings come slowly.
const WHOLE: u32 = 10;

impl HttpTransport {
    /// `timeout` is the longest silence: to connect, and between two pieces of an answer.
    #[expect(clippy::disallowed_methods, reason = "the one place that builds an HTTP client")]
    pub fn new(timeout: Duration) -> Result<Self, TransportError> {
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(timeout)
            .read_timeout(timeout)
            .timeout(timeout.saturating_mul(WHOLE))
            .build()
            .map_err(told)?;
        Ok(Self { client })
    }
}

impl Transport for HttpTransport {
    fn send<'a>(&'a self, request: Request, limit: usize) -> Answer<'a> {
        Box::pin(async move {
            let method = match request.method {
                Method::Get => reqwest::Method::GET,
                Method::Post => reqwest::Method::POST,
            };
            let mut outgoing = self.client.request(method, request.url);
            for (name, value) in request.headers {
                outgoing = outgoing.header(name, value);
            }
            if !request.body.is_empty() {
                outgoing = outgoing.body(request.body);
            }
            let mut incoming = outgoing.send().await.map_err(told)?;
            let status = incoming.status().as_u16();
            let headers = incoming.headers().iter();
            let headers = headers
                .map(|(n, v)| (n.to_string(), String::from_utf8_lossy(v.as_bytes()).into_owned()))
                .collect();
            let body = body_of(&mut incoming, limit).await?;
            Ok(Response { status, headers, body })
        })
    }
}

/// Reads to the end or to the limit, whichever comes first; what is counted is unpacked.
async fn body_of(incoming: &mut reqwest::Response, limit: usize) -> Result<Bytes, TransportError> {
    let announced = incoming.content_length().and_then(|l| usize::try_from(l).ok()).unwrap_or(0);
    if announced > limit {
        return Err(TransportError::TooLarge { limit });
    }
    let mut body = BytesMut::with_capacity(announced);
    while let Some(piece) = incoming.chunk().await.map_err(told)? {
        if body.len() + piece.len() > limit {
            return Err(TransportError::TooLarge { limit });
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}

/// Keeps the innermost reason, which names no address and no query.
fn told(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let mut reason = error.to_string();
    let mut tls = false;
    let mut source = error.source();
    while let Some(cause) = source {
        reason = cause.to_string();
        // rustls reports every failed handshake as invalid data of the connection.
        let io = cause.downcast_ref::<io::Error>();
        tls |= io.is_some_and(|e| e.kind() == io::ErrorKind::InvalidData);
        source = cause.source();
    }
    if error.is_builder() {
        TransportError::Address(reason)
    } else if error.is_connect() && tls {
        TransportError::Tls(reason)
    } else if error.is_connect() {
        TransportError::Connect(reason)
    } else if error.is_timeout() {
        TransportError::Timeout
    } else {
        TransportError::Cut(reason)
    }
}
