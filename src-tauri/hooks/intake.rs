//! What is done to a body before it is kept: its signature is compared, its encryption opened. Pure.

use secrecy::SecretString;

use super::{bodies, seal::Seal};
use crate::{
    domain::{chat::Signature, ids::AccountId, time::Timestamp, workflow::Source},
    store::Received,
    vendor::signing::Sign,
};

/// Enforcing is offered after so many signatures that matched.
pub const OFFER_ENFORCE_AFTER: i64 = 20;

/// How the bodies of one account are taken in.
#[derive(Debug)]
pub struct Intake {
    pub account: AccountId,
    /// Absent: the header is kept and nothing is compared.
    pub signature: Option<SignatureCheck>,
    pub seal: Option<Seal>,
    /// Keeps what is no JSON too: a relay cannot open what is encrypted.
    pub any: bool,
}

/// What a signature is compared with.
#[derive(Debug)]
pub struct SignatureCheck {
    pub algorithm: Sign,
    pub key: String,
    pub secret: SecretString,
    /// A body that does not match is quarantined; else the result is only noted.
    pub enforce: bool,
}

/// What comes with a body.
#[derive(Clone, Debug)]
pub struct Envelope {
    pub at: Timestamp,
    pub source: Source,
    /// Where from, without secrets.
    pub path: String,
    pub signature: Option<String>,
}

/// The body is no whole JSON text, and nothing says that it is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJson;

impl Intake {
    /// Nothing is compared and nothing opened.
    pub fn plain(account: AccountId) -> Self {
        Self { account, signature: None, seal: None, any: false }
    }

    pub fn received(&self, envelope: Envelope, body: Vec<u8>) -> Result<Received, NotJson> {
        let Envelope { at, source, path, signature } = envelope;
        let verdict = self.verdict(source, signature.as_deref(), &body);
        let (body, sealed) = match self.seal.as_ref().map(|seal| seal.open(&body)) {
            Some(Ok(Some(opened))) => (opened, None),
            // Cut JSON is cut JSON: the sender is to send it again.
            Some(Err(_)) if !self.any && is_cut(&body) => return Err(NotJson),
            Some(Err(why)) => (body, Some(why)),
            Some(Ok(None)) | None if bodies::is_json(&body) => (body, None),
            Some(Ok(None)) | None if self.any && !body.trim_ascii().is_empty() => {
                (body, Some(NO_JSON.to_owned()))
            }
            Some(Ok(None)) | None => return Err(NotJson),
        };
        let enforced = source == Source::Webhook
            && self.signature.as_ref().is_some_and(|s| s.enforce && s.algorithm != Sign::None);
        let account = self.account.clone();
        Ok(Received { account, at, source, path, signature, verdict, enforced, sealed, body })
    }

    /// The bytes as they came are what is signed, encrypted or not.
    fn verdict(&self, source: Source, header: Option<&str>, body: &[u8]) -> Signature {
        let header = header.map(str::trim).filter(|text| !text.is_empty());
        match (source, header, &self.signature) {
            (Source::Api | Source::File, None, _) => Signature::NotApplicable,
            (_, None, _) => Signature::Unsigned,
            (_, Some(_), None) => Signature::Unchecked,
            (_, Some(header), Some(check)) => {
                match check.algorithm.matches(&check.key, &check.secret, body, header) {
                    Some(true) => Signature::Matched,
                    Some(false) => Signature::Mismatched,
                    None => Signature::Unchecked,
                }
            }
        }
    }
}

const NO_JSON: &str = "it is no JSON; if it is encrypted, say in the settings how to open it";

fn is_cut(body: &[u8]) -> bool {
    let body = body.trim_ascii();
    body.is_empty() || (body.starts_with(b"{") && !bodies::is_json(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"{\"call_id\":\"s1\"}";

    fn checking(enforce: bool) -> Intake {
        let check = SignatureCheck {
            algorithm: Sign::HmacSha256Hex,
            key: String::new(),
            secret: SecretString::from("s3cret"),
            enforce,
        };
        Intake { signature: Some(check), ..Intake::plain(AccountId::from("a")) }
    }

    fn envelope(signature: Option<&str>) -> Envelope {
        Envelope {
            at: Timestamp(1),
            source: Source::Webhook,
            path: "/hook".to_owned(),
            signature: signature.map(str::to_owned),
        }
    }

    fn verdict(intake: &Intake, signature: Option<&str>) -> (Signature, bool) {
        let received = intake.received(envelope(signature), BODY.to_vec()).unwrap();
        (received.verdict, received.enforced)
    }

    #[test]
    fn a_signature_says_no_more_than_was_compared() {
        let secret = SecretString::from("s3cret");
        let right = Sign::HmacSha256Hex.sign("", &secret, BODY).unwrap();
        let plain = Intake::plain(AccountId::from("a"));
        assert_eq!(verdict(&plain, Some(&right)), (Signature::Unchecked, false));
        assert_eq!(verdict(&plain, None), (Signature::Unsigned, false));
        for enforce in [false, true] {
            let intake = checking(enforce);
            assert_eq!(verdict(&intake, Some(&right)), (Signature::Matched, enforce));
            assert_eq!(verdict(&intake, Some("beef")), (Signature::Mismatched, enforce));
            assert_eq!(verdict(&intake, Some(" ")), (Signature::Unsigned, enforce));
        }
        assert!(!format!("{:?}", checking(true)).contains("s3cret"));
    }

    #[test]
    fn what_is_no_json_is_refused_unless_it_may_be_encrypted() {
        let plain = Intake::plain(AccountId::from("a"));
        let relay = Intake { any: true, ..Intake::plain(AccountId::from("a")) };
        for body in [&b"{\"a\":"[..], b"bm8=", b"a=b"] {
            assert_eq!(plain.received(envelope(None), body.to_vec()), Err(NotJson));
            let kept = relay.received(envelope(None), body.to_vec()).unwrap();
            assert!(kept.sealed.is_some() && kept.body == body);
        }
        assert_eq!(relay.received(envelope(None), b" ".to_vec()), Err(NotJson));
    }
}
