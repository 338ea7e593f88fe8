//! The compressed part of a row: what only an opened record shows, and the vendor's own JSON.

use std::{cell::RefCell, collections::BTreeMap, sync::LazyLock};

use serde_json::value::RawValue;
use zstd::{
    bulk::{Compressor, Decompressor},
    dict::{DecoderDictionary, EncoderDictionary},
    zstd_safe::get_frame_content_size,
};

use super::error::unreadable;

/// First byte of a blob. A better dictionary gets the next number; this one stays for old rows.
const ZSTD_1: u8 = 1;

/// The fastest level: a record of 750 bytes with the dictionary gains a few percent from higher ones
/// and ingest would pay for it.
const LEVEL: i32 = 1;

/// Nothing that comes in is larger (a webhook's body is at most 5 MB, an answer 32 MB); a blob that
/// claims more is damaged.
const LIMIT: usize = 64 << 20;

/// What records tend to say, written by hand from the field names the vendor's records are known or
/// assumed to have: a record that says other things is only compressed less.
const DICTIONARY_1: &[u8] = include_bytes!("dictionary_1.txt");

static ENCODER: LazyLock<EncoderDictionary<'static>> =
    LazyLock::new(|| EncoderDictionary::copy(DICTIONARY_1, LEVEL));
static DECODER: LazyLock<DecoderDictionary<'static>> =
    LazyLock::new(|| DecoderDictionary::copy(DICTIONARY_1));

thread_local! {
    /// Making a context costs more than unpacking a record.
    static UNPACKER: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// Packs with one reused context.
pub(super) struct Packer(Compressor<'static>);

impl Packer {
    pub fn new() -> sqlx::Result<Self> {
        Ok(Self(Compressor::with_prepared_dictionary(&ENCODER).map_err(sqlx::Error::Io)?))
    }

    /// `head` is one line of JSON (or empty), `raw` any text.
    pub fn pack(&mut self, head: &str, raw: &str) -> sqlx::Result<Vec<u8>> {
        let mut plain = Vec::with_capacity(head.len() + 1 + raw.len());
        plain.extend_from_slice(head.as_bytes());
        plain.push(b'\n');
        plain.extend_from_slice(raw.as_bytes());
        self.pack_bytes(&plain)
    }

    pub fn pack_bytes(&mut self, plain: &[u8]) -> sqlx::Result<Vec<u8>> {
        let packed = self.0.compress(plain).map_err(sqlx::Error::Io)?;
        let mut blob = Vec::with_capacity(packed.len() + 1);
        blob.push(ZSTD_1);
        blob.extend_from_slice(&packed);
        Ok(blob)
    }
}

/// The head line and the raw text of a blob.
pub(super) fn unpack(blob: &[u8]) -> sqlx::Result<(String, String)> {
    let plain = String::from_utf8(unpack_bytes(blob)?)
        .map_err(|error| unreadable(format!("a stored record is no text: {error}")))?;
    let (head, raw) =
        plain.split_once('\n').ok_or_else(|| unreadable("a stored record has no first line"))?;
    Ok((head.to_owned(), raw.to_owned()))
}

pub(super) fn unpack_bytes(blob: &[u8]) -> sqlx::Result<Vec<u8>> {
    let Some((&ZSTD_1, packed)) = blob.split_first() else {
        return Err(unreadable("a stored record is packed in a way this version does not know"));
    };
    let size = match get_frame_content_size(packed) {
        Ok(Some(size)) if size <= LIMIT as u64 => usize::try_from(size).unwrap_or(LIMIT),
        _ => return Err(unreadable("a stored record does not say its size")),
    };
    let mut unpacker = Decompressor::with_prepared_dictionary(&DECODER).map_err(sqlx::Error::Io)?;
    unpacker.decompress(packed, size).map_err(sqlx::Error::Io)
}

/// The newer JSON, with the fields that only the older one has. Where there are any, all fields are
/// put in the order of their names: merging the same two records again, in whatever order, then gives
/// the same text. What is no object is not merged.
pub(super) fn merge(newer: &str, older: &str) -> String {
    let (Ok(fresh), Ok(mut all)) = (fields(newer), fields(older)) else {
        return newer.to_owned();
    };
    if all.keys().all(|key| fresh.contains_key(key)) {
        return newer.to_owned();
    }
    all.extend(fresh);
    let body: Vec<String> = all
        .iter()
        .map(|(key, value)| format!("{}:{value}", serde_json::Value::from(key.as_str())))
        .collect();
    format!("{{{}}}", body.join(","))
}

fn fields(json: &str) -> serde_json::Result<BTreeMap<String, &RawValue>> {
    serde_json::from_str(json)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_text_comes_back() {
        let mut packer = Packer::new().unwrap();
        for (head, raw) in [("", ""), ("{}", r#"{"callid":"é 世界 🎡","n":12345678901234567890}"#)]
        {
            let blob = packer.pack(head, raw).unwrap();
            assert_eq!(unpack(&blob).unwrap(), (head.to_owned(), raw.to_owned()));
        }
    }

    #[test]
    fn the_dictionary_earns_its_place() {
        let raw = include_str!("tests/call.json").trim();
        let with = Packer::new().unwrap().pack("", raw).unwrap().len();
        let without = zstd::bulk::compress(raw.as_bytes(), LEVEL).unwrap().len();
        assert!(with * 4 < without * 3, "{with} of {without} of {}", raw.len());
    }

    #[test]
    fn a_damaged_blob_is_an_error() {
        for blob in [&b""[..], b"\x00abc", b"\x01", b"\x01garbage", b"\x07abc"] {
            assert!(unpack(blob).is_err());
        }
    }

    #[test]
    fn merging_keeps_what_only_the_older_has_and_settles() {
        let api = r#"{"a":1,"b":2}"#;
        let hook = r#"{"b":2,"z":[1.50]}"#;
        let both = merge(api, hook);
        assert_eq!(both, r#"{"a":1,"b":2,"z":[1.50]}"#);
        assert_eq!(merge(api, &both), both);
        assert_eq!(merge(hook, &both), both);
    }
}
