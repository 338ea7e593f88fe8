//! A family's token: asked for once, shared by all, renewed once for all that wait.

use std::sync::atomic::{AtomicU64, Ordering};

use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;

use super::{
    envelope::{self, Verdict, unreadable},
    error::ReadErrorKind,
    profile::{AuthForm, Contract},
    record::{self, Names, Record, name},
    transport::Response,
};
use crate::domain::time::Timestamp;

/// A token lives 24 h (DOCUMENTED); one older than this is renewed before it is used.
const RENEW_AFTER_MS: i64 = 20 * 3_600_000;

#[derive(Clone, Debug)]
pub struct Token {
    text: SecretString,
    asked_at: Timestamp,
    serial: u64,
}

impl Token {
    /// As the header has it: the token may hold `+` and `/` and goes in unchanged.
    pub fn header(&self, form: AuthForm) -> String {
        let scheme = match form {
            AuthForm::Token => "Token",
            AuthForm::Bearer => "Bearer",
        };
        format!("{scheme} {}", self.text.expose_secret())
    }
}

/// Which tokens will do.
#[derive(Clone, Copy, Debug)]
pub enum Need<'a> {
    /// Any that is not near its end.
    Usable,
    /// One asked for later than this one, which the vendor refused.
    After(&'a Token),
    /// One asked for after this moment.
    Fresh,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    failure: Option<(u64, ReadErrorKind)>,
}

pub struct Auth {
    key: String,
    secret: SecretString,
    state: tokio::sync::Mutex<State>,
    /// Sign-ins that have ended, well or not.
    ended: AtomicU64,
}

impl Auth {
    pub fn new(key: String, secret: SecretString) -> Self {
        Self { key, secret, state: tokio::sync::Mutex::default(), ended: AtomicU64::new(0) }
    }

    /// The arguments of the sign-in request, by our names.
    pub fn args(&self) -> [(&'static str, Value); 2] {
        let secret = self.secret.expose_secret();
        [("APPKey", self.key.as_str().into()), ("APPSecret", secret.into())]
    }

    /// The cached token, or the one that `ask` brings. Who waits here while another one asks takes
    /// that one's result, be it a token or an error.
    pub async fn token<F>(
        &self,
        need: Need<'_>,
        now: Timestamp,
        contract: &Contract<'_>,
        ask: impl FnOnce() -> F,
    ) -> Result<Token, ReadErrorKind>
    where
        F: Future<Output = Result<Response, ReadErrorKind>>,
    {
        let ended_before = self.ended.load(Ordering::Acquire);
        let mut state = self.state.lock().await;
        if let Some(token) = state.token.as_ref().filter(|t| serves(t, need, ended_before, now)) {
            return Ok(token.clone());
        }
        if let Some((_, failure)) = state.failure.as_ref().filter(|(at, _)| *at > ended_before) {
            return Err(failure.clone());
        }
        let answer = ask().await;
        let serial = self.ended.fetch_add(1, Ordering::AcqRel) + 1;
        match answer.and_then(|response| self.read(&response, contract, serial, now)) {
            Ok(token) => {
                *state = State { token: Some(token.clone()), failure: None };
                Ok(token)
            }
            Err(kind) => {
                state.failure = Some((serial, kind.clone()));
                Err(kind)
            }
        }
    }

    fn read(
        &self,
        response: &Response,
        contract: &Contract<'_>,
        serial: u64,
        now: Timestamp,
    ) -> Result<Token, ReadErrorKind> {
        match envelope::judge(response, &contract.terms, now) {
            Verdict::Success(envelope) => {
                let text = token_of(&envelope, contract.list);
                let text = text.ok_or_else(|| unreadable(format!("{}/token", contract.list)))?;
                Ok(Token { text, asked_at: now, serial })
            }
            Verdict::Unauthorized { message } => {
                Err(ReadErrorKind::SignIn { code: 401, message: self.without_keys(&message) })
            }
            Verdict::Failed(ReadErrorKind::Refused { code, message }) => {
                Err(ReadErrorKind::SignIn { code, message: self.without_keys(&message) })
            }
            Verdict::Failed(kind) => Err(kind),
        }
    }

    /// A refusal may quote what was sent.
    fn without_keys(&self, message: &str) -> String {
        let hidden = [self.secret.expose_secret(), &self.key];
        hidden
            .iter()
            .filter(|text| text.len() > 3)
            .fold(message.to_owned(), |m, text| m.replace(text, "…"))
    }

    /// Forgets a token that the vendor refused, without asking for another.
    pub async fn forget(&self, token: &Token) {
        let mut state = self.state.lock().await;
        if state.token.as_ref().is_some_and(|t| t.serial == token.serial) {
            state.token = None;
        }
    }
}

fn serves(token: &Token, need: Need<'_>, ended_before: u64, now: Timestamp) -> bool {
    match need {
        Need::Usable => now.since(token.asked_at) < RENEW_AFTER_MS,
        Need::After(refused) => token.serial > refused.serial,
        Need::Fresh => token.serial > ended_before,
    }
}

const TOKEN: Names = &[name("token")];

/// The pointer leads to the token, or to the object that holds it.
fn token_of(envelope: &Record<'_>, pointer: &str) -> Option<SecretString> {
    let found = envelope.at(pointer)?;
    let token = match Record::parse(found.get()) {
        Ok(holder) => holder.text(TOKEN)?,
        Err(_) => record::scalar(found)?.into_owned(),
    };
    // A header cannot carry anything else; a token that holds it is no token.
    let fits = !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic());
    fits.then(|| SecretString::from(token))
}
