use std::io::Write;

use flate2::{Compression, write::DeflateEncoder};
use proptest::prelude::*;
use rawzip::{ZipArchiveWriter, path::EntryPath};

use super::*;

const SOUND: &[u8] = b"RIFF\x24\0\0\0WAVEfmt and what is said";
const LIMIT: usize = 1 << 20;

/// A zip of these files, every second one deflated.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipArchiveWriter::new(Vec::new());
    for (at, (path, content)) in files.iter().enumerate() {
        let deflate = at % 2 == 1;
        let method = if deflate { CompressionMethod::DEFLATE } else { CompressionMethod::STORE };
        let file = archive.new_file(EntryPath::verbatim(path.as_bytes().to_vec()));
        let (mut entry, config) = file.compression_method(method).start().unwrap();
        let descriptor = if deflate {
            let mut writer = config.wrap(DeflateEncoder::new(&mut entry, Compression::fast()));
            writer.write_all(content).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            descriptor
        } else {
            let mut writer = config.wrap(&mut entry);
            writer.write_all(content).unwrap();
            writer.finish().unwrap().1
        };
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap()
}

fn took(zip: Vec<u8>, wanted: Wanted<'_>) -> Result<Bytes, String> {
    take(&Bytes::from(zip), &wanted, LIMIT).map_err(|error| error.to_string())
}

fn by_id(id: &str) -> Wanted<'_> {
    Wanted { id, ..Wanted::default() }
}

/// Where the central directory's record of the first file begins.
fn directory(zip: &[u8]) -> usize {
    zip.windows(4).position(|w| w == b"PK\x01\x02").unwrap()
}

#[test]
fn a_call_is_found_by_its_id_its_file_name_or_its_number() {
    let other: &[u8] = b"RIFF\x24\0\0\0WAVEfmt another";
    let files: &[(&str, &[u8])] = &[
        ("calls/c10.wav", other),
        ("calls/C1_6281234564821.wav", SOUND),
        ("list.csv", b"c1;6281234564821"),
        ("6281299999999.mp3", other),
    ];
    assert_eq!(took(zip(files), by_id("c1")).unwrap(), SOUND);
    assert_eq!(took(zip(files), by_id("c10")).unwrap(), other);
    let number = Wanted { id: "x", number: Some("+62 812-9999-9999"), ..Wanted::default() };
    assert_eq!(took(zip(files), number).unwrap(), other);
    let file = Wanted { id: "x", file: Some("c10.WAV"), ..Wanted::default() };
    assert_eq!(took(zip(files), file).unwrap(), other);
    let missing = took(zip(files), by_id("c2")).unwrap_err();
    assert!(missing.contains("no recording of this call"), "{missing}");
    // The number stands for the call only where the caller says that it has one.
    assert!(took(zip(files), by_id("6281234560000")).is_err());
}

#[test]
fn a_single_file_is_the_calls_only_where_the_link_was_the_calls() {
    let one: &[(&str, &[u8])] = &[("recording.wav", SOUND)];
    assert!(took(zip(one), by_id("c1")).is_err());
    assert_eq!(took(zip(one), Wanted { own: true, ..by_id("c1") }).unwrap(), SOUND);
    let two: &[(&str, &[u8])] = &[("a.wav", SOUND), ("b.wav", SOUND)];
    let error = took(zip(two), Wanted { own: true, ..by_id("c1") }).unwrap_err();
    assert!(error.contains("no recording of this call"), "{error}");
    let both: &[(&str, &[u8])] = &[("1/c1.wav", SOUND), ("2/c1.wav", SOUND)];
    let error = took(zip(both), by_id("c1")).unwrap_err();
    assert!(error.contains("several"), "{error}");
}

#[test]
fn names_that_lead_out_are_left_alone_and_told() {
    let out: &[(&str, &[u8])] = &[
        ("../../c1.wav", SOUND),
        ("/etc/c1.wav", SOUND),
        ("C:\\c1.wav", SOUND),
        ("a/../../c1.wav", SOUND),
        ("c2.wav", SOUND),
    ];
    let error = took(zip(out), by_id("c1")).unwrap_err();
    assert!(error.contains("the names of 4 files lead out"), "{error}");
    assert_eq!(took(zip(out), by_id("c2")).unwrap(), SOUND);
}

#[test]
fn a_bomb_ends_at_the_limit_whatever_it_says_of_itself() {
    let big = [SOUND, &vec![0; LIMIT]].concat();
    let bomb = zip(&[("a.wav", SOUND), ("c1.wav", &big)]);
    assert!(bomb.len() < LIMIT / 50);
    let too_large = |zip: Vec<u8>| {
        let error = take(&Bytes::from(zip), &by_id("c1"), LIMIT);
        assert!(matches!(error, Err(MediaError::TooLarge { limit: LIMIT })), "{error:?}");
    };
    too_large(bomb.clone());
    // Says that it is small: the central directory's size of the second file.
    let mut lies = bomb.clone();
    let second = directory(&lies) + 46 + "a.wav".len();
    assert_eq!(&lies[second..second + 4], b"PK\x01\x02");
    lies[second + 24..second + 28].copy_from_slice(&10_u32.to_le_bytes());
    assert!(take(&Bytes::from(lies), &by_id("c1"), LIMIT).is_err());
    // Says that it is 4 GB, and is not unpacked for it.
    let mut claims = zip(&[("c1.wav", SOUND)]);
    let first = directory(&claims);
    claims[first + 24..first + 28].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
    too_large(claims);
}

#[test]
fn encrypted_foreign_and_nested_ones_are_told_apart() {
    let mut encrypted = zip(&[("c1.wav", SOUND)]);
    let at = directory(&encrypted);
    encrypted[at + 8] |= 1;
    assert!(took(encrypted, by_id("c1")).unwrap_err().contains("encrypted"));
    let mut foreign = zip(&[("c1.wav", SOUND)]);
    foreign[at + 10..at + 12].copy_from_slice(&14_u16.to_le_bytes());
    assert!(took(foreign, by_id("c1")).unwrap_err().contains("method 14"));
    let inner = zip(&[("c1.wav", SOUND)]);
    for name in ["c1.zip", "c1.wav", "all.zip"] {
        let error = took(zip(&[(name, &inner)]), by_id("c1")).unwrap_err();
        assert!(error.contains("another archive"), "{name}: {error}");
    }
    let page = took(zip(&[("c1.wav", b"<html>")]), by_id("c1")).unwrap_err();
    assert!(page.contains("web page"), "{page}");
}

#[test]
fn a_cut_or_spoilt_archive_is_damaged() {
    let whole = zip(&[("a.wav", SOUND), ("c1.wav", &[SOUND, &[7; 3000]].concat())]);
    for length in [0, 4, 30, whole.len() / 2, whole.len() - 1] {
        let error = took(whole[..length].to_vec(), by_id("c1")).unwrap_err();
        assert!(error.contains("cut off or damaged"), "{length}: {error}");
    }
    let mut spoilt = whole.clone();
    spoilt[40] ^= 0xFF;
    let error = took(spoilt, by_id("a")).unwrap_err();
    assert!(error.contains("damaged"), "{error}");
}

#[test]
fn more_files_than_a_task_can_have_are_not_looked_through() {
    let names: Vec<String> = (0..=MOST_ENTRIES).map(|n| format!("{n}.wav")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let error = took(zip(&files), by_id("c1")).unwrap_err();
    assert!(error.contains("more than 100000 files"), "{error}");
}

proptest! {
    #[test]
    fn any_bytes_are_a_recording_or_a_sentence(at in 0_usize..400, byte: u8, cut in 0_usize..400) {
        let mut bytes = zip(&[("a.wav", SOUND), ("c1.wav", SOUND), ("../c1.wav", SOUND)]);
        let at = at % bytes.len();
        bytes[at] = byte;
        bytes.truncate(bytes.len().saturating_sub(cut % 40));
        match take(&Bytes::from(bytes), &by_id("c1"), LIMIT) {
            Ok(sound) => prop_assert!(sound.len() <= LIMIT),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }
}
