//! A recording by its link: a plain GET without authentication (OBSERVED).

use bytes::Bytes;
use reqwest::Url;

use super::{
    error::ReadErrorKind,
    exchange::Client,
    transport::{Method, Request, TransportError},
};

/// A file that a link led to.
#[derive(Clone, Debug)]
pub struct Download {
    pub bytes: Bytes,
    pub content_type: Option<String>,
}

pub async fn download(client: &Client, link: &str) -> Result<Download, ReadErrorKind> {
    let mut url = web_address(link)?;
    for _ in 0..=MOST_REDIRECTS {
        client.budget.read_turn(|| client.now()).await?;
        let request = Request {
            method: Method::Get,
            url: url.clone().into(),
            headers: vec![("User-Agent".to_owned(), "Airudder".to_owned())],
            body: Bytes::new(),
        };
        let response = client.send(request, client.limits.recording).await?;
        match (response.status, response.header("location")) {
            (200..=299, _) => {
                let content_type = response.header("content-type").map(str::to_owned);
                return Ok(Download { bytes: response.body, content_type });
            }
            (301 | 302 | 303 | 307 | 308, Some(location)) => url = redirected(&url, location)?,
            (status, _) => return Err(ReadErrorKind::Http { status }),
        }
    }
    Err(TransportError::Address("the link was redirected too often".to_owned()).into())
}

/// Fetches what an answer from `asked` leads to.
pub async fn followed(client: &Client, asked: &str, link: &str) -> Result<Download, ReadErrorKind> {
    let to = redirected(&web_address(asked)?, link)?;
    download(client, to.as_str()).await
}

const MOST_REDIRECTS: u32 = 5;

fn web_address(link: &str) -> Result<Url, TransportError> {
    let url = Url::parse(link).map_err(|e| TransportError::Address(e.to_string()))?;
    if matches!(url.scheme(), "http" | "https") {
        return Ok(url);
    }
    Err(TransportError::Address("the link is no web address".to_owned()))
}

fn redirected(from: &Url, location: &str) -> Result<Url, TransportError> {
    let to = from.join(location).map_err(|e| TransportError::Address(e.to_string()))?;
    if from.scheme() == "https" && to.scheme() != "https" {
        return Err(TransportError::Address("the link was redirected to an unsafe one".to_owned()));
    }
    web_address(to.as_str())
}
