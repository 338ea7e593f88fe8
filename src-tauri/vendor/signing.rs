//! How requests of the chatbot family and webhooks are signed. Both header names are DOCUMENTED, the
//! algorithm is not known: every variant here is a guess that the user chooses among, and none is used
//! until then.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::Md5;
use secrecy::{ExposeSecret as _, SecretString};
use sha2::{Digest as _, Sha256};

/// An algorithm, as the profile and the settings name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sign {
    /// Requests go out unsigned and nothing is verified.
    None,
    HmacSha256Hex,
    HmacSha256Base64,
    /// MD5 over secret and body, in lower-case hex.
    Md5SecretBody,
    /// MD5 over body and secret.
    Md5BodySecret,
    /// MD5 over sign key, body and secret.
    Md5KeyBodySecret,
}

impl Sign {
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::HmacSha256Hex,
        Self::HmacSha256Base64,
        Self::Md5SecretBody,
        Self::Md5BodySecret,
        Self::Md5KeyBodySecret,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::HmacSha256Hex => "hmac-sha256-hex",
            Self::HmacSha256Base64 => "hmac-sha256-base64",
            Self::Md5SecretBody => "md5-secret-body",
            Self::Md5BodySecret => "md5-body-secret",
            Self::Md5KeyBodySecret => "md5-key-body-secret",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sign| sign.word() == word)
    }

    /// The value of the header; `None` where nothing is signed.
    pub fn sign(self, key: &str, secret: &SecretString, body: &[u8]) -> Option<String> {
        let secret = secret.expose_secret().as_bytes();
        match self {
            Self::None => None,
            Self::HmacSha256Hex => Some(hex(&hmac(secret, body)?)),
            Self::HmacSha256Base64 => Some(STANDARD.encode(hmac(secret, body)?)),
            Self::Md5SecretBody => Some(md5(&[secret, body])),
            Self::Md5BodySecret => Some(md5(&[body, secret])),
            Self::Md5KeyBodySecret => Some(md5(&[key.as_bytes(), body, secret])),
        }
    }

    /// Whether a received header is the signature of the body. Hex matches in either case. `None` where
    /// nothing is verified.
    pub fn matches(
        self,
        key: &str,
        secret: &SecretString,
        body: &[u8],
        header: &str,
    ) -> Option<bool> {
        let expected = self.sign(key, secret, body)?;
        let given = header.trim();
        let given = match self {
            Self::HmacSha256Base64 => given.to_owned(),
            _ => given.to_ascii_lowercase(),
        };
        Some(same(expected.as_bytes(), given.as_bytes()))
    }
}

fn hmac(secret: &[u8], body: &[u8]) -> Option<Vec<u8>> {
    // HMAC takes a key of any length, so this is never `None`.
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(body);
    Some(mac.finalize().into_bytes().to_vec())
}

fn md5(parts: &[&[u8]]) -> String {
    let mut digest = Md5::new();
    parts.iter().for_each(|part| digest.update(part));
    hex(&digest.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// In a time that does not tell where two signatures of one length begin to differ.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = b"what do ya want for nothing?";

    #[test]
    fn published_test_vectors_are_met() {
        // RFC 4231, test case 2.
        let secret = SecretString::from("Jefe");
        let hmac = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(Sign::HmacSha256Hex.sign("", &secret, BODY).as_deref(), Some(hmac));
        // RFC 1321: MD5 of "abc".
        let (secret, md5) = (SecretString::from("a"), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(Sign::Md5SecretBody.sign("", &secret, b"bc").as_deref(), Some(md5));
        assert_eq!(
            Sign::Md5KeyBodySecret.sign("", &SecretString::from("c"), b"ab"),
            Some(md5.into())
        );
    }

    #[test]
    fn a_signature_matches_its_own_body_and_no_other() {
        let secret = SecretString::from("s");
        for sign in Sign::ALL {
            assert_eq!(Sign::parse(sign.word()), Some(sign));
            let Some(header) = sign.sign("k", &secret, BODY) else {
                assert_eq!(sign.matches("k", &secret, BODY, "x"), None);
                continue;
            };
            let matches = |body, header: &str| sign.matches("k", &secret, body, header);
            assert_eq!(matches(BODY, &format!(" {header} ")), Some(true));
            assert_eq!(matches(b"another", &header), Some(false));
            assert_eq!(matches(BODY, ""), Some(false));
        }
    }
}
