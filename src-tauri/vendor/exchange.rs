//! One request and its answer: what reads, writes and the sign-in share.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use reqwest::Url;
use serde_json::{Map, Value};

use super::{
    Clock, Keys, Settings,
    auth::{Auth, Need, Token},
    catalogue::{Family, Key},
    envelope::{self, Verdict},
    error::{ConnectError, ReadErrorKind},
    gate::{self, NotAsked},
    limits::{Budget, Limits},
    probe,
    profile::{Asked, Contract, Place, Profile},
    record::Record,
    signing::Sign,
    transport::{Method, Request, Response, Transport, TransportError},
};
use crate::domain::{evidence::Evidence, time::Timestamp};

/// What a caller gives for the parameters of a request, by our name.
pub type Args<'a> = [(&'a str, Value)];

/// The account's end of the line, shared by its two handles.
pub struct Client {
    pub transport: Arc<dyn Transport>,
    pub clock: Clock,
    pub limits: Limits,
    pub profile: Profile,
    pub budget: Budget,
    cloud: Auth,
    pds: Option<Auth>,
    chatbot: Option<Keys>,
    bases: HashMap<Family, String>,
    parked: Mutex<HashSet<Key>>,
}

impl Client {
    pub fn new(settings: Settings, transport: Arc<dyn Transport>) -> Result<Self, ConnectError> {
        if settings.key.trim().is_empty() {
            return Err(ConnectError::Key);
        }
        let base = |family: Family| {
            let given = settings.profile.base_url(family).unwrap_or(&settings.base_url);
            let checked = base_url(given);
            checked.map_err(|why| ConnectError::Address { family: family.word(), why })
        };
        Ok(Self {
            bases: HashMap::from([
                (Family::Cloud, base(Family::Cloud)?),
                (Family::Chatbot, base(Family::Chatbot)?),
                (Family::Pds, base(Family::Pds)?),
            ]),
            budget: Budget::new(settings.budget_per_s).ok_or(ConnectError::Budget)?,
            cloud: Auth::new(settings.key, settings.secret),
            pds: settings.pds.filter(is_given).map(|keys| Auth::new(keys.key, keys.secret)),
            chatbot: settings.chatbot.filter(is_given),
            parked: Mutex::default(),
            transport,
            clock: settings.clock,
            limits: settings.limits,
            profile: settings.profile,
        })
    }

    /// Where a family is asked.
    pub fn base(&self, family: Family) -> &str {
        self.bases.get(&family).map(String::as_str).unwrap_or_default()
    }

    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub fn may(&self, key: Key) -> Result<Evidence, NotAsked> {
        let parked = self.parked.lock().unwrap_or_else(PoisonError::into_inner).contains(&key);
        let evidence = match gate::may(key.endpoint(), &self.profile, parked) {
            Err(NotAsked::Guessed) if probe::may_guess() && self.is_get(key) => match parked {
                true => return Err(NotAsked::Parked),
                false => gate::evidence(key.endpoint(), &self.profile),
            },
            other => other?,
        };
        match self.equipped(key.endpoint().family) {
            // Whether a read may go unsigned is the gate's to say.
            Err(NotAsked::NoKeys) => Err(NotAsked::NoKeys),
            _ => Ok(evidence),
        }
    }

    /// Whether the keys of a family are here and it is known how its requests are signed.
    pub fn equipped(&self, family: Family) -> Result<(), NotAsked> {
        let keys = match (family, self.profile.chatbot_sign()) {
            (Family::Pds, _) => self.pds.is_some(),
            (Family::Chatbot, None) => return Err(NotAsked::SignUnknown),
            (Family::Chatbot, Some(sign)) => sign == Sign::None || self.chatbot.is_some(),
            (Family::Cloud | Family::Link, _) => true,
        };
        if keys { Ok(()) } else { Err(NotAsked::NoKeys) }
    }

    fn is_get(&self, key: Key) -> bool {
        self.profile.contract(key).method == Method::Get
    }

    fn auth(&self, family: Family) -> Option<&Auth> {
        match family {
            Family::Cloud => Some(&self.cloud),
            Family::Pds => self.pds.as_ref(),
            Family::Chatbot | Family::Link => None,
        }
    }

    /// The family's token that `need` asks for, by a new sign-in where the cached one does not do;
    /// `None` for a family that has no token.
    pub async fn token(
        &self,
        family: Family,
        need: Need<'_>,
    ) -> Result<Option<Token>, ReadErrorKind> {
        let (auth, key) = match (self.auth(family), sign_in_of(family)) {
            (Some(auth), Some(key)) => (auth, key),
            (None, Some(_)) => return Err(NotAsked::NoKeys.into()),
            (_, None) => return Ok(None),
        };
        let contract = self.profile.contract(key);
        let ask = || self.sign_in(auth, &contract);
        auth.token(need, self.now(), &contract, ask).await.map(Some)
    }

    /// Forgets a token that the vendor refused.
    pub async fn forget(&self, family: Family, token: &Token) {
        if let Some(auth) = self.auth(family) {
            auth.forget(token).await;
        }
    }

    async fn sign_in(
        &self,
        auth: &Auth,
        contract: &Contract<'_>,
    ) -> Result<Response, ReadErrorKind> {
        let request = self.request(contract, &auth.args(), None)?;
        self.budget.take_turn();
        let response = self.send(request, self.limits.json).await?;
        if response.status == 429 {
            self.note_pause(&response, contract);
        }
        Ok(response)
    }

    pub async fn send(&self, request: Request, limit: usize) -> Result<Response, TransportError> {
        let began = self.now();
        self.budget.sent(began);
        let answer = self.transport.send(request.clone(), limit).await;
        probe::note(&answer, self.now().since(began));
        match &answer {
            Ok(response) => tracing::debug!(?request, ?response, "asked the vendor"),
            Err(error) => tracing::debug!(?request, %error, "asked the vendor in vain"),
        }
        answer
    }

    fn note_pause(&self, response: &Response, contract: &Contract<'_>) {
        if let Verdict::Failed(ReadErrorKind::RateLimited { retry_after_ms }) =
            envelope::judge(response, &contract.terms, self.now())
        {
            self.budget.pause(retry_after_ms, self.now());
        }
    }

    /// As [`Self::read_on`]; a guessed path that is not there is not asked again.
    pub async fn read<T>(
        &self,
        key: Key,
        args: &Args<'_>,
        take: impl FnOnce(&Answered<'_>) -> Result<T, ReadErrorKind>,
    ) -> Result<T, ReadErrorKind> {
        self.read_on(key, args, take).await.inspect_err(|kind| self.note_absence(key, kind))
    }

    /// Asks a read within the budget and hands a successful answer to `take`. A refused token is renewed
    /// once, and the read repeated once.
    pub async fn read_on<T>(
        &self,
        key: Key,
        args: &Args<'_>,
        take: impl FnOnce(&Answered<'_>) -> Result<T, ReadErrorKind>,
    ) -> Result<T, ReadErrorKind> {
        self.may(key)?;
        let contract = self.profile.contract(key);
        let mut refused: Option<Token> = None;
        loop {
            self.budget.read_turn(|| self.now()).await?;
            let need = refused.as_ref().map_or(Need::Usable, Need::After);
            let token = self.token(contract.family, need).await?;
            let request = self.request(&contract, args, token.as_ref())?;
            let response = self.send(request, self.limits.json).await?;
            let received_at = self.now();
            match envelope::judge(&response, &contract.terms, received_at) {
                Verdict::Success(envelope) => return take(&Answered { envelope, received_at }),
                Verdict::Unauthorized { message } => match token {
                    Some(token) if refused.is_none() => refused = Some(token),
                    _ => return Err(ReadErrorKind::SignIn { code: 401, message }),
                },
                Verdict::Failed(kind) => return Err(self.noted(kind)),
            }
        }
    }

    /// The envelope of an answer that is not renewed a token for: a success, or why it is none.
    pub fn judged<'r>(
        &self,
        key: Key,
        contract: &Contract<'_>,
        response: &'r Response,
    ) -> Result<Record<'r>, ReadErrorKind> {
        match envelope::judge(response, &contract.terms, self.now()) {
            Verdict::Success(envelope) => Ok(envelope),
            Verdict::Unauthorized { message } => Err(ReadErrorKind::SignIn { code: 401, message }),
            Verdict::Failed(kind) => {
                self.note_absence(key, &kind);
                Err(self.noted(kind))
            }
        }
    }

    /// A limit pauses all.
    fn noted(&self, kind: ReadErrorKind) -> ReadErrorKind {
        if let ReadErrorKind::RateLimited { retry_after_ms } = kind {
            self.budget.pause(retry_after_ms, self.now());
        }
        kind
    }

    /// A guessed path that is not there stays unasked until the next start.
    fn note_absence(&self, key: Key, kind: &ReadErrorKind) {
        let guessed = || gate::is_guess(gate::evidence(key.endpoint(), &self.profile));
        if *kind == (ReadErrorKind::Http { status: 404 }) && guessed() {
            self.parked.lock().unwrap_or_else(PoisonError::into_inner).insert(key);
        }
    }

    /// The two headers of a chatbot request (names DOCUMENTED), by the algorithm that the user chose.
    fn signature(&self, body: &[u8]) -> Vec<(String, String)> {
        let Some((sign, keys)) = self.profile.chatbot_sign().zip(self.chatbot.as_ref()) else {
            return Vec::new();
        };
        let signed = sign.sign(&keys.key, &keys.secret, body).map(|signature| {
            let key = ("X-AIRudder-Sign-Key".to_owned(), keys.key.clone());
            vec![key, ("X-AIRudder-Sign".to_owned(), signature)]
        });
        signed.unwrap_or_default()
    }

    /// Puts the arguments where the contract wants them. An argument without a value and without a
    /// constant is left out.
    pub fn request(
        &self,
        contract: &Contract<'_>,
        args: &Args<'_>,
        token: Option<&Token>,
    ) -> Result<Request, TransportError> {
        let filled = fill(contract, args);
        let base = self.bases.get(&contract.family).map(String::as_str).unwrap_or_default();
        let mut url = Url::parse(&format!("{base}{}", filled.path))
            .map_err(|e| TransportError::Address(e.to_string()))?;
        if !filled.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&filled.query);
        }
        let mut headers = vec![
            ("Accept".to_owned(), "application/json".to_owned()),
            ("User-Agent".to_owned(), "Airudder".to_owned()),
        ];
        let form = self.profile.auth(contract.family);
        headers.extend(token.map(|t| ("Authorization".to_owned(), t.header(form))));
        let mut body = Bytes::new();
        // A GET with a body is odd, and some vendors want it.
        if contract.method == Method::Post || !filled.body.is_empty() {
            headers.push(("Content-Type".to_owned(), "application/json".to_owned()));
            body = Bytes::from(Value::Object(filled.body).to_string());
        }
        if contract.family == Family::Chatbot {
            headers.extend(self.signature(&body));
        }
        Ok(Request { method: contract.method, url: url.into(), headers, body })
    }
}

fn is_given(keys: &Keys) -> bool {
    !keys.key.trim().is_empty()
}

/// The endpoint that gives a family's token.
fn sign_in_of(family: Family) -> Option<Key> {
    match family {
        Family::Cloud => Some(Key::CloudAuth),
        Family::Pds => Some(Key::PdsAuth),
        Family::Chatbot | Family::Link => None,
    }
}

/// A successful answer, its rows unread.
pub struct Answered<'a> {
    pub envelope: Record<'a>,
    pub received_at: Timestamp,
}

/// A request's parameters in their places.
pub struct Filled {
    pub path: String,
    pub query: Vec<(String, String)>,
    pub body: Map<String, Value>,
}

pub fn fill(contract: &Contract<'_>, args: &Args<'_>) -> Filled {
    let mut filled = Filled { path: contract.path.to_owned(), query: Vec::new(), body: Map::new() };
    for param in &contract.params {
        let given = args.iter().find(|(field, _)| *field == param.field).map(|(_, value)| value);
        if let Some(value) = given.or(param.value) {
            filled.put(param, value);
        }
    }
    filled
}

impl Filled {
    fn put(&mut self, param: &Asked<'_>, value: &Value) {
        let text = || value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        match param.place {
            Place::Query => self.query.push((param.name.to_owned(), text())),
            Place::Body => {
                self.body.insert(param.name.to_owned(), value.clone());
            }
            Place::Path => {
                let place = format!("{{{}}}", param.name);
                self.path = self.path.replace(&place, &percent_encoded(&text()));
            }
        }
    }
}

fn percent_encoded(text: &str) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~');
    let encoded = |b: u8| if plain(b) { char::from(b).to_string() } else { format!("%{b:02X}") };
    text.bytes().map(encoded).collect()
}

/// The base without its last slash, or why it is none.
pub(super) fn base_url(text: &str) -> Result<String, String> {
    let url = Url::parse(text.trim()).map_err(|e| e.to_string())?;
    let problem = if !matches!(url.scheme(), "http" | "https") {
        "it must begin with https:// or http://"
    } else if url.query().is_some() || url.fragment().is_some() {
        "it must end before ? and #"
    } else if !url.username().is_empty() || url.password().is_some() {
        "it must not hold a user name or password"
    } else {
        return Ok(url.as_str().trim_end_matches('/').to_owned());
    };
    Err(problem.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_is_checked_before_anything_is_sent() {
        assert_eq!(base_url("http://127.0.0.1:4010/").as_deref(), Ok("http://127.0.0.1:4010"));
        assert_eq!(base_url(" https://a.example/x/ ").as_deref(), Ok("https://a.example/x"));
        for bad in ["", "api.airudder.com", "ftp://a", "https://a/?b", "https://u:p@a/", "https://"]
        {
            assert!(base_url(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn parameters_go_to_their_places() {
        let profile = Profile::parse(
            r#"[endpoint."workflow.subtasks"]
               path = "/w/{id}/nodes"
               paging = "offset"
               params = { workflow_id = { name = "id", place = "path" }, kind = { value = "all" } }"#,
        )
        .unwrap();
        let contract = profile.contract(Key::WorkflowSubtasks);
        let args = [("workflow_id", "a/b".into()), ("page", 200.into()), ("page_size", 100.into())];
        let filled = fill(&contract, &args);
        assert_eq!(filled.path, "/w/a%2Fb/nodes");
        let query = [("offset", "200"), ("limit", "100"), ("kind", "all")];
        assert_eq!(filled.query, query.map(|(a, b)| (a.to_owned(), b.to_owned())));
        assert!(filled.body.is_empty());
    }
}
