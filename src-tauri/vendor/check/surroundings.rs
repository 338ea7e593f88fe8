//! What lies between this computer and the vendor.

use reqwest::Url;

use super::{Grade, Next, Row};
use crate::{domain::time::Timestamp, vendor::probe::Exchange};

/// A clock that is further off than this is named: times of records would be read wrongly.
const CLOCK_TOLERANCE_MS: i64 = 120_000;

/// What the surroundings of this process say, taken once where the check begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The environment's proxy for the address, without a name and password in it.
    pub proxy: Option<String>,
}

impl Surroundings {
    /// The proxy as the environment names it: `HTTPS_PROXY` and its kin.
    pub fn of_environment(base_url: &str) -> Self {
        let names: &[&str] = if base_url.trim().starts_with("https:") {
            &["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        } else {
            &["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
        };
        let set = |name: &&str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let host = Url::parse(base_url).ok().and_then(|url| url.host_str().map(str::to_owned));
        let past = ["NO_PROXY", "no_proxy"].iter().find_map(set).unwrap_or_default();
        let is_past = host.is_some_and(|host| passes_by(&past, &host));
        let proxy = if is_past { None } else { names.iter().find_map(set) };
        Self { proxy: proxy.map(|proxy| without_password(&proxy)) }
    }
}

/// Whether a `NO_PROXY` list names the host or its domain.
fn passes_by(list: &str, host: &str) -> bool {
    let names = list.split(',').map(|name| name.trim().trim_start_matches('.'));
    let mut names = names.filter(|name| !name.is_empty());
    names.any(|name| {
        name == "*" || host == name || host.strip_suffix(name).is_some_and(|h| h.ends_with('.'))
    })
}

/// Host and port of an address that may hold a name and a password.
fn without_password(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    rest.split('/').next().unwrap_or_default().to_owned()
}

pub fn proxy(surroundings: &Surroundings) -> Row {
    let row = Row::new("proxy", Grade::Good, Next::Nothing);
    match &surroundings.proxy {
        None => row.saying("the environment names no proxy"),
        Some(proxy) => {
            row.saying(format!("requests go through {proxy}, which the environment names"))
        }
    }
}

/// Whether the vendor's name leads anywhere. Behind a proxy that is the proxy's business.
pub async fn dns(base_url: &str, surroundings: &Surroundings) -> Row {
    let Some((host, port)) = host_and_port(base_url) else {
        return Row::new("dns", Grade::Trouble, Next::Network)
            .saying("the account's address cannot be used");
    };
    if surroundings.proxy.is_some() {
        return Row::new("dns", Grade::NotTested, Next::Nothing)
            .saying("the proxy looks the name up");
    }
    let found = tokio::net::lookup_host((host.as_str(), port)).await;
    match found.map(|addresses| addresses.count()) {
        Ok(count) if count > 0 => Row::new("dns", Grade::Good, Next::Nothing)
            .saying(format!("{host} is known ({count} addresses)")),
        Ok(_) => {
            Row::new("dns", Grade::Trouble, Next::Network).saying(format!("{host} has no address"))
        }
        Err(error) => Row::new("dns", Grade::Trouble, Next::Network)
            .saying(format!("{host} is not known here: {error}")),
    }
}

/// Without its brackets, where the address is one of the sixth version.
fn host_and_port(base_url: &str) -> Option<(String, u16)> {
    let url = Url::parse(base_url.trim()).ok()?;
    let host = url.host_str()?.trim_matches(['[', ']']).to_owned();
    Some((host, url.port_or_known_default()?))
}

/// By the first answer, which came over the connection or did not.
pub fn tls(base_url: &str, failure: Option<&str>, answered: bool) -> Row {
    if let Some(reason) = failure {
        return Row::new("tls", Grade::Trouble, Next::Certificate).saying(reason);
    }
    if !base_url.trim().starts_with("https:") {
        let own = host_and_port(base_url).is_some_and(|(host, _)| is_own_machine(&host));
        let grade = if own { Grade::Good } else { Grade::Look };
        return Row::new("tls", grade, Next::Nothing)
            .saying("the address begins with http://: nothing is encrypted on the way");
    }
    if answered {
        return Row::new("tls", Grade::Good, Next::Nothing).saying("the certificate was accepted");
    }
    Row::new("tls", Grade::NotTested, Next::Network).saying("no connection")
}

fn is_own_machine(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|ip: std::net::IpAddr| ip.is_loopback())
}

/// Our clock against the vendor's. Half of the request's time is taken for the way back.
pub fn clock(exchange: Option<&Exchange>, now: Timestamp) -> Row {
    let Some((exchange, date)) = exchange.and_then(|e| Some((e, e.date?))) else {
        return Row::new("clock", Grade::NotTested, Next::Nothing)
            .saying("no answer with a Date header came");
    };
    let ahead = now.since(date) - exchange.ms / 2;
    if ahead.abs() <= CLOCK_TOLERANCE_MS {
        return Row::new("clock", Grade::Good, Next::Nothing)
            .saying("this computer's clock agrees with the vendor's");
    }
    let way = if ahead > 0 { "ahead of" } else { "behind" };
    let minutes = ahead.abs() / 60_000;
    Row::new("clock", Grade::Look, Next::Clock)
        .saying(format!("this computer's clock is {minutes} minutes {way} the vendor's"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_without_its_password() {
        assert_eq!(without_password("http://mei:pw@proxy.local:8080/"), "proxy.local:8080");
        assert_eq!(without_password("proxy.local:8080"), "proxy.local:8080");
        assert!(passes_by("localhost, .airudder.com", "api.airudder.com"));
        assert!(
            passes_by("*", "a") && !passes_by("", "a") && !passes_by("udder.com", "airudder.com")
        );
    }

    #[test]
    fn a_clock_that_is_off_is_named_with_its_direction() {
        let at = |ms| Exchange { http: Some(200), date: Some(Timestamp(ms)), ms: 400 };
        let now = Timestamp(10_000_000);
        assert_eq!(clock(Some(&at(9_990_000)), now).grade, Grade::Good);
        let ahead = clock(Some(&at(9_000_000)), now);
        assert_eq!(ahead.next, Next::Clock);
        assert!(ahead.detail.unwrap().contains("16 minutes ahead of"));
        assert!(clock(Some(&at(11_000_000)), now).detail.unwrap().contains("behind"));
        assert_eq!(clock(None, now).grade, Grade::NotTested);
    }

    #[test]
    fn what_is_not_encrypted_is_looked_at_unless_it_stays_here() {
        assert_eq!(tls("http://127.0.0.1:9", None, true).grade, Grade::Good);
        assert_eq!(tls("http://10.0.0.1", None, true).grade, Grade::Look);
        assert_eq!(tls("https://a.example", None, true).grade, Grade::Good);
        let bad = tls("https://a.example", Some("the certificate has expired"), false);
        assert_eq!((bad.grade, bad.next), (Grade::Trouble, Next::Certificate));
    }
}
