//! What a downloaded body is, read from its first bytes: a link's content type is not to be trusted.

/// The kinds of audio that are kept and handed out. That the vendor serves stereo WAV is OBSERVED in
/// samples from elsewhere; mono and MP3 count as normal too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Wav,
    Mpeg,
    Ogg,
    Mp4,
}

impl Kind {
    /// `None` where the bytes start like no audio that a player could take.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => Some(Self::Wav),
            [b'I', b'D', b'3', ..] => Some(Self::Mpeg),
            [0xFF, b1, b2, ..] if is_mpeg_frame(*b1, *b2) => Some(Self::Mpeg),
            [b'O', b'g', b'g', b'S', ..] => Some(Self::Ogg),
            [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(Self::Mp4),
            _ => None,
        }
    }

    /// Of a file's name, without its dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Wav => "wav",
            Self::Mpeg => "mp3",
            Self::Ogg => "ogg",
            Self::Mp4 => "m4a",
        }
    }

    pub fn mime(self) -> &'static str {
        match self {
            Self::Wav => "audio/wav",
            Self::Mpeg => "audio/mpeg",
            Self::Ogg => "audio/ogg",
            Self::Mp4 => "audio/mp4",
        }
    }
}

/// Layer II or III with a bit rate and a sample rate that exist. Layer I is left out: nobody records
/// with it, and the byte order mark of UTF-16 text looks like it.
fn is_mpeg_frame(b1: u8, b2: u8) -> bool {
    let sync = b1 & 0xE0 == 0xE0;
    let version_exists = b1 & 0x18 != 0x08;
    let layer = matches!(b1 & 0x06, 0x02 | 0x04);
    let bit_rate_exists = b2 & 0xF0 != 0xF0;
    let sample_rate_exists = b2 & 0x0C != 0x0C;
    sync && version_exists && layer && bit_rate_exists && sample_rate_exists
}

/// What came instead of audio, in words that do not repeat the body.
pub fn why_not_audio(bytes: &[u8]) -> &'static str {
    match bytes.iter().find(|b| !b.is_ascii_whitespace()) {
        None => "the file is empty",
        Some(b'<') => "a web page came instead",
        Some(b'{' | b'[') => "a JSON text came instead",
        Some(b'P') if bytes.starts_with(b"PK") => "a zip archive came instead",
        Some(_) => "it begins like no kind of audio that is known here",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn audio_is_told_by_its_first_bytes() {
        assert_eq!(Kind::of(b"RIFF\x24\0\0\0WAVEfmt "), Some(Kind::Wav));
        assert_eq!(Kind::of(b"ID3\x04\0\0"), Some(Kind::Mpeg));
        assert_eq!(Kind::of(&[0xFF, 0xFB, 0x90, 0xC0]), Some(Kind::Mpeg));
        assert_eq!(Kind::of(b"OggS\0\x02"), Some(Kind::Ogg));
        assert_eq!(Kind::of(b"\0\0\0\x20ftypM4A "), Some(Kind::Mp4));
    }

    #[test]
    fn what_is_no_audio_is_named() {
        let utf16: Vec<u8> = [0xFEFF]
            .into_iter()
            .chain("<html>".encode_utf16())
            .flat_map(u16::to_le_bytes)
            .collect();
        for (bytes, words) in [
            (&b""[..], "empty"),
            (b"\n <!DOCTYPE html>", "web page"),
            (b"{\"code\":404}", "JSON"),
            (b"PK\x03\x04", "zip"),
            (b"RIFF\x24\0\0\0AVI LIST", "no kind"),
            (b"RIF", "no kind"),
            (&utf16, "no kind"),
        ] {
            assert_eq!(Kind::of(bytes), None, "{words}");
            assert!(why_not_audio(bytes).contains(words), "{words}: {}", why_not_audio(bytes));
        }
    }
}
