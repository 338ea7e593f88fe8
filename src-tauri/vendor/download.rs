//! A recording by its link: a plain GET without authentication (OBSERVED).

use bytes::Bytes;
use reqwest::Url;
use serde_json::value::RawValue;

use super::{
    catalogue::Family,
    cloud::wire::LINK,
    error::ReadErrorKind,
    exchange::Client,
    record::{Record, scalar},
    transport::{Method, Request, TransportError},
};

/// A file that a link led to.
#[derive(Clone, Debug)]
pub struct Download {
    pub bytes: Bytes,
    pub content_type: Option<String>,
}

/// Fetches a link. Where JSON with another link stands in the file's place, that one is followed, once.
pub async fn download(client: &Client, link: &str) -> Result<Download, ReadErrorKind> {
    let (file, at) = fetched(client, web_address(client, link)?).await?;
    match leads_on(&file.bytes) {
        Some(next) => Ok(fetched(client, led(client, &at, &next)?).await?.0),
        None => Ok(file),
    }
}

/// The same for a link that stood in JSON already.
pub async fn linked(client: &Client, link: &str) -> Result<Download, ReadErrorKind> {
    Ok(fetched(client, web_address(client, link)?).await?.0)
}

/// Fetches where an answer from `asked` was redirected to.
pub async fn followed(client: &Client, asked: &str, link: &str) -> Result<Download, ReadErrorKind> {
    let to = led(client, &web_address(client, asked)?, link)?;
    download(client, to.as_str()).await
}

const MOST_REDIRECTS: u32 = 5;

/// The file, and the address that it came from in the end.
async fn fetched(client: &Client, mut url: Url) -> Result<(Download, Url), ReadErrorKind> {
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
                return Ok((Download { bytes: response.body, content_type }, url));
            }
            (301 | 302 | 303 | 307 | 308, Some(location)) => url = led(client, &url, location)?,
            (status, _) => return Err(ReadErrorKind::Http { status }),
        }
    }
    Err(refused("the link was redirected too often").into())
}

/// An answer with a link is short; what is longer is read as no JSON.
const LONGEST_JSON: usize = 64 * 1024;

/// The link in a body that is JSON in place of a file: under one of a link's names, or as the data.
fn leads_on(body: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(body.get(..LONGEST_JSON.min(body.len()))?).ok()?;
    let (first, whole) = (text.trim_start().bytes().next()?, body.len() <= LONGEST_JSON);
    if first != b'{' || !whole {
        return None;
    }
    let envelope = Record::parse(text).ok()?;
    let held = ["/data", "/body"].into_iter().filter_map(|place| envelope.at(place));
    envelope.text(LINK).or_else(|| held.filter_map(held_link).next())
}

fn held_link(value: &RawValue) -> Option<String> {
    match value.get().as_bytes().first()? {
        b'{' => Record::parse(value.get()).ok()?.text(LINK),
        b'[' => match serde_json::from_str::<Vec<&RawValue>>(value.get()).ok()?[..] {
            [one] if !one.get().starts_with('[') => held_link(one),
            _ => None,
        },
        b'"' => scalar(value).map(|text| text.into_owned()).filter(|text| text.contains("://")),
        _ => None,
    }
}

/// The address, if it may be fetched: https, or http at a host that the account is asked at anyway and,
/// for an account whose vendor is on this machine, at this machine.
fn web_address(client: &Client, link: &str) -> Result<Url, TransportError> {
    let url = Url::parse(link).map_err(|e| TransportError::Address(e.to_string()))?;
    let own = |family| Url::parse(client.base(family)).ok();
    let mut bases = [Family::Cloud, Family::Chatbot, Family::Pds].into_iter().filter_map(own);
    match url.scheme() {
        "https" => Ok(url),
        "http" if bases.any(|base| may_be_plain(&url, &base)) => Ok(url),
        "http" => Err(refused(
            "the link is not encrypted (http) and leads away from the vendor's own host",
        )),
        _ => Err(refused("the link is no web address")),
    }
}

fn may_be_plain(url: &Url, base: &Url) -> bool {
    let same = url.host() == base.host() && base.scheme() == "http";
    same || (is_loopback(url) && is_loopback(base))
}

fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// Where a redirect or a link in an answer leads from there.
fn led(client: &Client, from: &Url, to: &str) -> Result<Url, TransportError> {
    let to = from.join(to).map_err(|e| TransportError::Address(e.to_string()))?;
    if from.scheme() == "https" && to.scheme() != "https" {
        return Err(refused("the link was redirected to an unsafe one"));
    }
    web_address(client, to.as_str())
}

fn refused(why: &str) -> TransportError {
    TransportError::Address(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_found_where_json_stands_for_a_file() {
        for body in [
            r#"{"link":"https://f/1.wav"}"#,
            r#" {"code":200,"data":{"Link":"https://f/1.wav"}}"#,
            r#"{"code":200,"data":"https://f/1.wav"}"#,
            r#"{"code":0,"body":{"recLink":"https://f/1.wav"}}"#,
            r#"{"code":200,"data":[{"download_url":"https://f/1.wav"}]}"#,
        ] {
            assert_eq!(leads_on(body.as_bytes()).as_deref(), Some("https://f/1.wav"), "{body}");
        }
        for body in [
            "",
            "RIFF",
            r#"{"code":404,"message":"not found"}"#,
            r#"{"code":200,"data":{"link":""}}"#,
            r#"{"data":[{"link":"https://f/1"},{"link":"https://f/2"}]}"#,
            r#"{"data":"not yet"}"#,
            r#"["https://f/1.wav"]"#,
        ] {
            assert_eq!(leads_on(body.as_bytes()), None, "{body}");
        }
        let long = format!(r#"{{"link":"https://f/{}"}}"#, "x".repeat(LONGEST_JSON));
        assert_eq!(leads_on(long.as_bytes()), None);
    }

    #[test]
    fn a_plain_link_stays_at_the_vendors_host() {
        let plain = |url, base| may_be_plain(&Url::parse(url).unwrap(), &Url::parse(base).unwrap());
        assert!(plain("http://127.0.0.1:4010/a.wav", "http://127.0.0.1:4010"));
        assert!(plain("http://localhost:9/a.wav", "http://127.0.0.1:4010"));
        assert!(plain("http://[::1]/a.wav", "http://127.0.0.1:4010"));
        assert!(plain("http://sim.lan/a.wav", "http://sim.lan:4010"));
        assert!(!plain("http://127.0.0.1/a.wav", "https://api.airudder.com"));
        assert!(!plain("http://api.airudder.com/a.wav", "https://api.airudder.com"));
        assert!(!plain("http://127.0.0.1.files.example/a.wav", "http://127.0.0.1:4010"));
    }
}
