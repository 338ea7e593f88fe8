//! RIFF WAVE, read by what is there: no length in a header is believed beyond the end of the bytes,
//! and nothing is allocated by one.

/// Plain samples, uncompressed.
const TAG_PCM: u16 = 1;
const TAG_FLOAT: u16 = 3;
/// The tag stands in the first two bytes of a GUID further on.
const TAG_EXTENSIBLE: u16 = 0xFFFE;

/// How the samples of a file are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// Unsigned, 128 is silence.
    U8,
    I16,
    I24,
    I32,
    F32,
}

impl Sample {
    pub fn bytes(self) -> usize {
        match self {
            Self::U8 => 1,
            Self::I16 => 2,
            Self::I24 => 3,
            Self::I32 | Self::F32 => 4,
        }
    }

    /// One sample as 16 bits; `bytes` is as long as [`Sample::bytes`] says.
    pub fn read(self, bytes: &[u8]) -> i16 {
        match (self, bytes) {
            (Self::U8, [b]) => (i16::from(*b) - 128) * 256,
            (Self::I16, [low, high])
            | (Self::I24, [_, low, high])
            | (Self::I32, [_, _, low, high]) => i16::from_le_bytes([*low, *high]),
            // The cast saturates, and takes what is no number as silence.
            (Self::F32, [a, b, c, d]) => (f32::from_le_bytes([*a, *b, *c, *d]) * 32_767.0) as i16,
            _ => 0,
        }
    }
}

/// A file of plain samples.
#[derive(Debug, PartialEq, Eq)]
pub struct Wave<'a> {
    pub sample: Sample,
    pub channels: usize,
    pub rate: u32,
    pub data: &'a [u8],
}

#[derive(Debug, PartialEq, Eq)]
pub enum NotPlain {
    /// Samples in another coding (A-law, µ-law, ADPCM): for the decoder.
    Coded,
    /// Not to be played at all.
    Broken(&'static str),
}

impl<'a> Wave<'a> {
    /// `bytes` start with `RIFF....WAVE`.
    pub fn read(bytes: &'a [u8]) -> Result<Self, NotPlain> {
        let mut format = None;
        let mut rest = bytes.get(12..).unwrap_or_default();
        while let Some((head, body)) = rest.split_first_chunk::<8>() {
            let [i0, i1, i2, i3, s0, s1, s2, s3] = *head;
            let said = u32::from_le_bytes([s0, s1, s2, s3]) as usize;
            let chunk = body.get(..said).unwrap_or(body);
            match &[i0, i1, i2, i3] {
                b"fmt " => format = Some(read_format(chunk)?),
                b"data" => {
                    let (sample, channels, rate) =
                        format.ok_or(NotPlain::Broken("its header does not say what it holds"))?;
                    // A recorder that was cut off never filled in the length.
                    let data = if said == 0 { body } else { chunk };
                    return Ok(Self { sample, channels, rate, data });
                }
                _ => {}
            }
            // Chunks begin at even places.
            rest = body.get(said.saturating_add(said & 1)..).unwrap_or_default();
        }
        Err(NotPlain::Broken("its header ends before the sound begins"))
    }
}

fn read_format(chunk: &[u8]) -> Result<(Sample, usize, u32), NotPlain> {
    let word = |at: usize| match chunk.get(at..at + 2) {
        Some([low, high]) => Ok(u16::from_le_bytes([*low, *high])),
        _ => Err(NotPlain::Broken("its header is cut short")),
    };
    let rate = u32::from(word(4)?) | (u32::from(word(6)?) << 16);
    let (channels, bits) = (usize::from(word(2)?), word(14)?);
    let tag = match word(0)? {
        TAG_EXTENSIBLE => word(24)?,
        tag => tag,
    };
    if channels == 0 || rate == 0 {
        return Err(NotPlain::Broken("its header names no channel or no sample rate"));
    }
    let sample = match (tag, bits) {
        (TAG_PCM, 8) => Sample::U8,
        (TAG_PCM, 16) => Sample::I16,
        (TAG_PCM, 24) => Sample::I24,
        (TAG_PCM, 32) => Sample::I32,
        (TAG_FLOAT, 32) => Sample::F32,
        _ => return Err(NotPlain::Coded),
    };
    Ok((sample, channels, rate))
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A whole WAV file around `data`, with the lengths that `data` has.
    pub fn wav(tag: u16, channels: u16, rate: u32, bits: u16, data: &[u8]) -> Vec<u8> {
        let align = channels * bits / 8;
        // Every coding but plain PCM has a length of its extra fields behind the format, here 0.
        let extra = if tag == 1 { &[][..] } else { &[0, 0] };
        let mut file = b"RIFF".to_vec();
        file.extend((36 + extra.len() as u32 + data.len() as u32).to_le_bytes());
        file.extend(b"WAVEfmt ");
        file.extend((16 + extra.len() as u32).to_le_bytes());
        file.extend(tag.to_le_bytes());
        file.extend(channels.to_le_bytes());
        file.extend(rate.to_le_bytes());
        file.extend((rate * u32::from(align)).to_le_bytes());
        file.extend(align.to_le_bytes());
        file.extend(bits.to_le_bytes());
        file.extend(extra);
        file.extend(b"data");
        file.extend((data.len() as u32).to_le_bytes());
        file.extend(data);
        file
    }

    #[test]
    fn samples_of_every_width_meet_at_16_bits() {
        assert_eq!(Sample::U8.read(&[0]), i16::MIN);
        assert_eq!(Sample::U8.read(&[128]), 0);
        assert_eq!(Sample::I16.read(&[0xFF, 0x7F]), i16::MAX);
        assert_eq!(Sample::I24.read(&[9, 0x00, 0x80]), i16::MIN);
        assert_eq!(Sample::I32.read(&[9, 9, 1, 0]), 1);
        assert_eq!(Sample::F32.read(&(-2.0f32).to_le_bytes()), i16::MIN);
        assert_eq!(Sample::F32.read(&f32::NAN.to_le_bytes()), 0);
    }

    #[test]
    fn chunks_before_the_sound_are_stepped_over() {
        let mut file = wav(1, 1, 8000, 16, &[1, 0, 2, 0]);
        // An odd length: its chunk is followed by a byte of padding.
        file.splice(36..36, b"LIST\x03\0\0\0abc\0".iter().copied());
        assert_eq!(Wave::read(&file).unwrap().data, [1, 0, 2, 0]);
    }

    #[test]
    fn a_length_that_was_never_filled_in_means_the_rest() {
        for lie in [0u32, u32::MAX, 5000] {
            let mut file = wav(1, 1, 8000, 16, &[1, 0, 2, 0]);
            file[40..44].copy_from_slice(&lie.to_le_bytes());
            assert_eq!(Wave::read(&file).unwrap().data, [1, 0, 2, 0], "{lie}");
        }
    }

    #[test]
    fn headers_that_make_no_sense_are_refused() {
        for file in [
            wav(1, 0, 8000, 16, &[0; 8]),
            wav(1, 1, 0, 16, &[0; 8]),
            wav(1, 1, 8000, 16, &[0; 8])[..30].to_vec(),
            wav(1, 1, 8000, 16, &[])[..36].to_vec(),
            b"RIFF\0\0\0\0WAVEdata\x04\0\0\0abcd".to_vec(),
            b"RIFF\0\0\0\0WAVE".to_vec(),
        ] {
            assert!(matches!(Wave::read(&file), Err(NotPlain::Broken(_))), "{file:?}");
        }
        assert_eq!(Wave::read(&wav(7, 1, 8000, 8, &[0; 8])), Err(NotPlain::Coded));
    }
}
