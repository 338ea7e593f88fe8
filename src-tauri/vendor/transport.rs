//! Bytes to the vendor and back: the one place where the client meets a network, and where the
//! simulator stands in for one.

use std::{fmt, future::Future, pin::Pin};

use bytes::Bytes;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Post,
}

impl Method {
    pub fn word(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// One HTTP request. `Debug` leaves out the query, the headers and the body: they hold secrets and
/// numbers.
#[derive(Clone)]
pub struct Request {
    pub method: Method,
    /// Absolute: `http://127.0.0.1:4010/service/cloud/list?Page=1`.
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.url.split('?').next().unwrap_or_default();
        write!(f, "{} {path}", self.method.word())
    }
}

/// One whole HTTP response.
#[derive(Clone)]
pub struct Response {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Bytes,
}

impl Response {
    /// The first header of that name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HTTP {} ({} bytes)", self.status, self.body.len())
    }
}

/// Why no whole response came.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The address is no URL that can be asked.
    #[error("the address cannot be used: {0}")]
    Address(String),
    /// Nothing was sent: the name is unknown, or nobody listens there.
    #[error("no connection to the vendor: {0}")]
    Connect(String),
    /// Nothing was sent: the certificate was not accepted.
    #[error("no secure connection to the vendor: {0}")]
    Tls(String),
    /// Something may have been sent; the answer is missing or was cut.
    #[error("the vendor's answer did not arrive whole: {0}")]
    Cut(String),
    /// No answer within the time allowed. Something may have been sent.
    #[error("the vendor did not answer in time")]
    Timeout,
    /// Reading stopped at the limit for this kind of body.
    #[error("the vendor's answer is over the limit of {limit} bytes")]
    TooLarge { limit: usize },
}

impl TransportError {
    /// True only where no byte of the request can have reached the vendor.
    pub fn nothing_was_sent(&self) -> bool {
        matches!(self, Self::Address(_) | Self::Connect(_) | Self::Tls(_))
    }
}

pub type Answer<'a> = Pin<Box<dyn Future<Output = Result<Response, TransportError>> + Send + 'a>>;

/// The house's one trait: the network, and the simulator in its place.
pub trait Transport: Send + Sync {
    /// Sends `request` once and reads at most `limit` bytes of the answer's body.
    fn send<'a>(&'a self, request: Request, limit: usize) -> Answer<'a>;
}
