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

/// rustls reports every failed handshake as invalid data, sometimes inside another IO error.
fn is_handshake(error: &io::Error) -> bool {
    let inner = || error.get_ref().and_then(|inner| inner.downcast_ref());
    error.kind() == io::ErrorKind::InvalidData || inner().is_some_and(is_handshake)
}

/// Keeps the innermost reason, which names no address and no query.
fn told(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let mut reason = error.to_string();
    let mut tls = false;
    let mut source = error.source();
    while let Some(cause) = source {
        reason = cause.to_string();
        tls |= cause.downcast_ref().is_some_and(is_handshake);
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

#[cfg(test)]
mod tests {
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    const PATIENCE: Duration = Duration::from_millis(400);

    /// Serves this answer once to everybody, then closes; empty means silence.
    async fn served(answer: &'static str) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = [0; 4096];
                let _ = stream.read(&mut request).await;
                if answer.is_empty() {
                    tokio::time::sleep(PATIENCE * 20).await;
                }
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        format!("127.0.0.1:{port}")
    }

    async fn get(url: String, limit: usize) -> Result<Response, TransportError> {
        let request = Request { method: Method::Get, url, headers: Vec::new(), body: Bytes::new() };
        HttpTransport::new(PATIENCE).unwrap().send(request, limit).await
    }

    #[tokio::test]
    async fn a_whole_answer_comes_with_status_headers_and_body() {
        let host =
            served("HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno").await;
        let response = get(format!("http://{host}/a"), 100).await.unwrap();
        assert_eq!((response.status, response.header("retry-after")), (429, Some("7")));
        assert_eq!(&response.body[..], b"no");
    }

    #[tokio::test]
    async fn a_redirect_is_shown_and_not_followed() {
        let host = served(
            "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
        )
        .await;
        assert_eq!(get(format!("http://{host}/"), 100).await.unwrap().status, 302);
    }

    #[tokio::test]
    async fn reading_stops_at_the_limit_whether_the_length_is_told_or_not() {
        for answer in [
            "HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n0123456789ab",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nc\r\n0123456789ab\r\n0\r\n\r\n",
        ] {
            let host = served(answer).await;
            let error = get(format!("http://{host}/"), 10).await.unwrap_err();
            assert_eq!(error, TransportError::TooLarge { limit: 10 });
            assert!(get(format!("http://{host}/"), 12).await.is_ok());
        }
    }

    #[tokio::test]
    async fn a_cut_answer_and_a_silent_one_may_have_been_sent() {
        let cut = served("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nabc").await;
        let error = get(format!("http://{cut}/"), 1000).await.unwrap_err();
        assert!(matches!(error, TransportError::Cut(_)), "{error:?}");
        let silent = served("").await;
        let error = get(format!("http://{silent}/"), 1000).await.unwrap_err();
        assert_eq!(error, TransportError::Timeout);
        assert!(!error.nothing_was_sent());
    }

    #[tokio::test]
    async fn what_never_left_is_told_apart() {
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let error = get(format!("http://{closed}/?token=secret"), 10).await.unwrap_err();
        assert!(matches!(error, TransportError::Connect(_)), "{error:?}");
        assert!(!error.to_string().contains("secret"), "{error}");
        let plain = served("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;
        let error = get(format!("https://{plain}/"), 10).await.unwrap_err();
        assert!(matches!(error, TransportError::Tls(_)), "{error:?}");
        let error = get("nowhere".to_owned(), 10).await.unwrap_err();
        assert!(matches!(error, TransportError::Address(_)), "{error:?}");
        assert!(error.nothing_was_sent());
    }
}
