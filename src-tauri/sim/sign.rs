//! Signatures and ciphers that a script can choose. The vendor's own are not known: these are the
//! guesses that a client lets its user choose among, spelt here once more.

use aes::cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use md5::Md5;
use sha2::{Digest as _, Sha256};

/// The algorithms, as a script names them.
pub const WORDS: [&str; 6] = [
    "hmac-sha256",
    "hmac-sha256-hex",
    "hmac-sha256-base64",
    "md5-secret-body",
    "md5-body-secret",
    "md5-key-body-secret",
];

/// The header's value; `None` for an algorithm that there is not.
pub(crate) fn signature(word: &str, key: &str, secret: &str, body: &[u8]) -> Option<String> {
    let (key, secret) = (key.as_bytes(), secret.as_bytes());
    match word {
        "hmac-sha256" | "hmac-sha256-hex" => Some(hex(&hmac(secret, body)?)),
        "hmac-sha256-base64" => Some(STANDARD.encode(hmac(secret, body)?)),
        "md5-secret-body" => Some(hex(&Md5::digest([secret, body].concat()))),
        "md5-body-secret" => Some(hex(&Md5::digest([body, secret].concat()))),
        "md5-key-body-secret" => Some(hex(&Md5::digest([key, body, secret].concat()))),
        _ => None,
    }
}

fn hmac(secret: &[u8], body: &[u8]) -> Option<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(body);
    Some(mac.finalize().into_bytes().to_vec())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Initial vector and cipher text in base64; `None` where the key has no length that AES takes.
pub(crate) fn encrypted(key: &str, iv: u128, body: &[u8]) -> Option<String> {
    let iv = iv.to_be_bytes();
    let cipher = match key.len() {
        16 => with::<aes::Aes128>(key, &iv, body),
        24 => with::<aes::Aes192>(key, &iv, body),
        32 => with::<aes::Aes256>(key, &iv, body),
        _ => None,
    }?;
    Some(STANDARD.encode([iv.as_slice(), &cipher].concat()))
}

fn with<C>(key: &str, iv: &[u8], body: &[u8]) -> Option<Vec<u8>>
where
    C: aes::cipher::BlockCipherEncrypt + aes::cipher::KeyInit,
{
    let cipher = cbc::Encryptor::<C>::new_from_slices(key.as_bytes(), iv).ok()?;
    Some(cipher.encrypt_padded_vec::<Pkcs7>(body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_vectors_are_met() {
        // RFC 4231, test case 2.
        let body = b"what do ya want for nothing?";
        let wanted = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(signature("hmac-sha256", "", "Jefe", body).as_deref(), Some(wanted));
        // RFC 1321: MD5 of "abc".
        let wanted = "900150983cd24fb0d6963f7d28e17f72";
        assert_eq!(signature("md5-key-body-secret", "a", "c", b"b").as_deref(), Some(wanted));
        assert_eq!(signature("rot13", "", "", b""), None);
    }

    #[test]
    fn every_word_signs_and_a_key_of_odd_length_does_not_encrypt() {
        assert!(WORDS.iter().all(|word| signature(word, "k", "s", b"{}").is_some()));
        assert_eq!(encrypted("short", 1, b"{}"), None);
        let text = encrypted("0123456789abcdef", 1, b"{}").unwrap();
        assert_eq!(STANDARD.decode(text).unwrap().len(), 32, "the vector and one block");
    }
}
