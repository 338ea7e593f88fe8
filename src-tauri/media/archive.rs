//! A recording out of the archive (zip) of a whole task. Everything stays in memory and within the limit
//! of one recording: no entry is ever written under the name that the archive gives it.

use std::io::Read;

use bytes::Bytes;
use flate2::read::DeflateDecoder;
use rawzip::{CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive};

use super::{
    MediaError,
    kind::{Kind, why_not_audio},
};

/// Ten thousand numbers of a list, dialled ten times each.
const MOST_ENTRIES: u64 = 100_000;

/// A digit run shorter than this is no phone number.
const SHORTEST_NUMBER: usize = 7;

/// Room made before a byte is unpacked: what an entry says of its size is not to be trusted.
const FIRST_ROOM: usize = 4 * 1024 * 1024;

const AUDIO: &[&str] = &["wav", "mp3", "m4a", "mp4", "ogg"];

/// Why an archive did not give the recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("it is cut off or damaged")]
    Damaged,
    #[error("it is over the limit of {limit} bytes, so it was not loaded")]
    TooLarge { limit: usize },
    #[error("it holds more than {MOST_ENTRIES} files, so it was not opened")]
    TooMany,
    #[error("it holds no recording of this call{}", left_alone(*.leads_out))]
    Missing { leads_out: u64 },
    #[error("several of its files fit this call, and none is named by the call's id")]
    Several,
    #[error("the call's file in it is encrypted")]
    Encrypted,
    #[error("the call's file in it is packed in a way that is not read here (method {method})")]
    Method { method: u16 },
    #[error("it holds another archive in place of the recording, which is not opened")]
    Nested,
}

fn left_alone(names: u64) -> String {
    match names {
        0 => String::new(),
        1 => "; one file's name leads out of the archive, and that file was left alone".to_owned(),
        _ => format!(
            "; the names of {names} files lead out of the archive, and those were left alone"
        ),
    }
}

/// Whose recording is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    pub id: &'a str,
    /// The last part of the call's own link.
    pub file: Option<&'a str>,
    /// The number dialled; given only where the number has no other recording in the archive.
    pub number: Option<&'a str>,
    /// The archive came by the call's own link, so a single file in it is the call's.
    pub own: bool,
}

pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The recording that is looked for, at most `limit` bytes of it. Blocks while it unpacks.
pub fn take(zip: &Bytes, wanted: &Wanted<'_>, limit: usize) -> Result<Bytes, MediaError> {
    let archive = ZipArchive::from_slice(zip).map_err(damaged)?;
    let entry = find(&archive, wanted)?;
    let bytes = unpacked(&archive, &entry, limit)?;
    match Kind::of(&bytes) {
        Some(_) => Ok(bytes),
        None if is_archive(&bytes) => Err(Trouble::Nested.into()),
        None => Err(MediaError::NotAudio { why: why_not_audio(&bytes) }),
    }
}

fn find<'z>(
    archive: &'z ZipSliceArchive<&'z Bytes>,
    wanted: &Wanted<'_>,
) -> Result<ZipFileHeaderRecord<'z>, Trouble> {
    if archive.entries_hint() > MOST_ENTRIES {
        return Err(Trouble::TooMany);
    }
    let (mut best, mut as_good, mut leads_out, mut nested) = (None, 0_u32, 0, false);
    // The count in the archive's end is a claim: the files themselves are counted too.
    for (at, entry) in (0..).zip(archive.entries()) {
        if at >= MOST_ENTRIES {
            return Err(Trouble::TooMany);
        }
        let entry = entry.map_err(damaged)?;
        if entry.is_dir() {
            continue;
        }
        let path = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        if escapes(&path) {
            leads_out += 1;
            continue;
        }
        nested |= extension(&path).is_some_and(|e| e.eq_ignore_ascii_case("zip"));
        let Some(fit) = fit(&path, wanted) else { continue };
        match &best {
            Some((better, _)) if *better > fit => {}
            Some((same, _)) if *same == fit => as_good += 1,
            _ => (best, as_good) = (Some((fit, entry)), 1),
        }
    }
    match best {
        Some((_, entry)) if as_good == 1 => Ok(entry),
        Some((Fit::Alone, _)) | None if nested => Err(Trouble::Nested),
        Some((Fit::Alone, _)) | None => Err(Trouble::Missing { leads_out }),
        Some(_) => Err(Trouble::Several),
    }
}

/// How well a file's name fits; the better one is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Alone,
    Number,
    File,
    Id,
}

fn fit(path: &str, wanted: &Wanted<'_>) -> Option<Fit> {
    let name = path.rsplit('/').next().unwrap_or_default();
    let known = |e: &str| AUDIO.iter().chain(&["zip"]).any(|kind| e.eq_ignore_ascii_case(kind));
    if !extension(name).is_none_or(known) {
        return None;
    }
    if has_part(name, wanted.id) {
        return Some(Fit::Id);
    }
    if wanted.file.is_some_and(|file| file.eq_ignore_ascii_case(name)) {
        return Some(Fit::File);
    }
    let digits: String =
        wanted.number.unwrap_or_default().chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= SHORTEST_NUMBER && has_part(name, &digits) {
        return Some(Fit::Number);
    }
    wanted.own.then_some(Fit::Alone)
}

/// Whether the name holds the word with no other letter or digit around it: `c1` is not in `c10.wav`.
fn has_part(name: &str, word: &str) -> bool {
    let (name, word) = (name.to_ascii_lowercase(), word.to_ascii_lowercase());
    let open = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    !word.is_empty()
        && name.match_indices(&word).any(|(at, found)| {
            let (before, from) = name.split_at(at);
            let after = from.get(found.len()..).unwrap_or_default();
            open(before.chars().next_back()) && open(after.chars().next())
        })
}

fn extension(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.rsplit_once('.').map(|(_, extension)| extension)
}

/// A name that, used as a path, would leave the folder it is unpacked in.
fn escapes(path: &str) -> bool {
    path.starts_with(['/', '\\'])
        || path.contains(['\\', ':', '\0'])
        || path.split('/').any(|part| part == "..")
}

fn unpacked(
    archive: &ZipSliceArchive<&Bytes>,
    entry: &ZipFileHeaderRecord<'_>,
    limit: usize,
) -> Result<Bytes, MediaError> {
    let method = entry.compression_method();
    if entry.flags().is_encrypted() || method == CompressionMethod::AES {
        return Err(Trouble::Encrypted.into());
    }
    let size = usize::try_from(entry.uncompressed_size_hint()).unwrap_or(usize::MAX);
    if size > limit {
        return Err(MediaError::TooLarge { limit });
    }
    let packed = archive.get_entry(entry.wayfinder()).map_err(damaged)?;
    let mut bytes = Vec::with_capacity(size.min(FIRST_ROOM));
    // One byte more than is allowed tells that there is more.
    let most = limit as u64 + 1;
    let read = match method {
        CompressionMethod::STORE => {
            packed.verifying_reader(packed.data()).take(most).read_to_end(&mut bytes)
        }
        CompressionMethod::DEFLATE => packed
            .verifying_reader(DeflateDecoder::new(packed.data()))
            .take(most)
            .read_to_end(&mut bytes),
        other => return Err(Trouble::Method { method: other.as_u16() }.into()),
    };
    if bytes.len() > limit {
        return Err(MediaError::TooLarge { limit });
    }
    read.map_err(|_| Trouble::Damaged)?;
    Ok(Bytes::from(bytes))
}

fn damaged(_: rawzip::Error) -> Trouble {
    Trouble::Damaged
}

#[cfg(test)]
pub mod tests;
