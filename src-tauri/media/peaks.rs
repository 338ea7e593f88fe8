//! The shape of a recording, for drawing: peaks of one or two lanes and the stretches without sound.

use bytes::Bytes;
use symphonia::core::{
    codecs::audio::AudioDecoderOptions,
    errors::Error,
    formats::{FormatOptions, TrackType, probe::Hint},
    io::MediaSourceStream,
    meta::MetadataOptions,
};

use super::{
    MediaError,
    kind::{Kind, why_not_audio},
    wave::{NotPlain, Wave},
};

/// More than a screen is wide, and little enough to cross to the window in one small answer.
const MAX_BUCKETS: usize = 2_000;
/// Samples below this are silence: 1 % of full scale, −40 dBFS. Speech on the telephone lies far
/// above, the noise of a line mostly below.
const SILENT_BELOW: u16 = 328;
/// Shorter pauses belong to speaking.
const MIN_SILENCE_MS: u64 = 1_000;

/// What the player draws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    pub duration_ms: i64,
    /// In Hz.
    pub sample_rate: u32,
    /// One or two lanes (left, right) of equally many buckets, at most 2,000: the highest level in
    /// each stretch of time, 255 at full scale.
    pub lanes: Vec<Vec<u8>>,
    /// Stretches of a second or more without sound on any lane: from, to, in ms from the start.
    pub silences: Vec<(i64, i64)>,
    pub mime: &'static str,
}

/// Pure. A recording that was cut has the shape of what is there.
///
/// [`MediaError::NotAudio`] where no player could play it, [`MediaError::NoShape`] where one might.
pub fn shape(bytes: &Bytes) -> Result<Shape, MediaError> {
    let kind = Kind::of(bytes).ok_or(MediaError::NotAudio { why: why_not_audio(bytes) })?;
    let plain = (kind == Kind::Wav).then(|| Wave::read(bytes));
    let envelope = match plain {
        Some(Ok(wave)) => of_wave(&wave),
        Some(Err(NotPlain::Broken(why))) => return Err(MediaError::NotAudio { why }),
        Some(Err(NotPlain::Coded)) | None => decoded(bytes, kind)?,
    };
    envelope.finish(kind.mime()).ok_or(MediaError::NotAudio { why: "it holds no sound" })
}

fn of_wave(wave: &Wave<'_>) -> Envelope {
    let mut envelope = Envelope::new(wave.channels, wave.rate);
    let width = wave.sample.bytes();
    for frame in wave.data.chunks_exact(width.saturating_mul(wave.channels)) {
        envelope.push(frame.chunks_exact(width).map(|bytes| wave.sample.read(bytes)));
    }
    envelope
}

fn decoded(bytes: &Bytes, kind: Kind) -> Result<Envelope, MediaError> {
    let why = |error: Error| MediaError::NoShape { why: error.to_string() };
    let source = Box::new(std::io::Cursor::new(bytes.clone()));
    let stream = MediaSourceStream::new(source, Default::default());
    let mut hint = Hint::new();
    hint.mime_type(kind.mime());
    let mut format = symphonia::default::get_probe()
        .probe(&hint, stream, FormatOptions::default(), MetadataOptions::default())
        .map_err(why)?;
    let (track, mut decoder) = format
        .default_track(TrackType::Audio)
        .and_then(|track| Some((track.id, track.codec_params.as_ref()?.audio()?)))
        .ok_or_else(|| why(Error::Unsupported("no audio track")))
        .and_then(|(id, parameters)| {
            let codecs = symphonia::default::get_codecs();
            let options = AudioDecoderOptions::default();
            Ok((id, codecs.make_audio_decoder(parameters, &options).map_err(why)?))
        })?;
    let mut envelope: Option<Envelope> = None;
    let mut samples: Vec<i16> = Vec::new();
    // An error ends the reading and keeps what was read: the end of a cut file is one too.
    while let Ok(Some(packet)) = format.next_packet() {
        if packet.track_id != track {
            continue;
        }
        let audio = match decoder.decode(&packet) {
            Ok(audio) => audio,
            Err(Error::DecodeError(_) | Error::IoError(_)) => continue,
            Err(_) => break,
        };
        let channels = audio.num_planes();
        if channels == 0 || audio.spec().rate() == 0 {
            continue;
        }
        audio.copy_to_vec_interleaved(&mut samples);
        let envelope = envelope.get_or_insert_with(|| Envelope::new(channels, audio.spec().rate()));
        for frame in samples.chunks_exact(channels) {
            envelope.push(frame.iter().copied());
        }
    }
    envelope.ok_or_else(|| why(Error::Unsupported("no sound in it could be decoded")))
}

/// Peaks and silences of a sound whose length is not known before its end: a full row of buckets is
/// folded in two, so the memory needed does not depend on any header.
struct Envelope {
    lanes: usize,
    rate: u32,
    frames: u64,
    /// Frames in a full bucket.
    window: u64,
    /// Frames in `open` so far.
    filled: u64,
    open: [u16; 2],
    buckets: Vec<[u16; 2]>,
    /// The first frame of the quiet that has not ended yet.
    quiet_from: u64,
    silences: Vec<(i64, i64)>,
}

impl Envelope {
    fn new(channels: usize, rate: u32) -> Self {
        Self {
            lanes: channels.clamp(1, 2),
            rate: rate.max(1),
            frames: 0,
            window: 1,
            filled: 0,
            open: [0; 2],
            buckets: Vec::with_capacity(MAX_BUCKETS),
            quiet_from: 0,
            silences: Vec::new(),
        }
    }

    /// One sample a channel. A third channel and those after it count into the last lane.
    fn push(&mut self, frame: impl Iterator<Item = i16>) {
        let mut loud = false;
        for (channel, sample) in frame.enumerate() {
            let level = sample.unsigned_abs();
            loud |= level >= SILENT_BELOW;
            let lane = channel.min(self.lanes - 1);
            self.open[lane] = self.open[lane].max(level);
        }
        if loud {
            self.end_quiet();
            self.quiet_from = self.frames + 1;
        }
        self.frames += 1;
        self.filled += 1;
        if self.filled == self.window {
            self.close_bucket();
        }
    }

    fn close_bucket(&mut self) {
        self.buckets.push(std::mem::take(&mut self.open));
        self.filled = 0;
        if self.buckets.len() == MAX_BUCKETS {
            let both = |pair: &[[u16; 2]]| {
                pair.iter().fold([0; 2], |max, b| [max[0].max(b[0]), max[1].max(b[1])])
            };
            self.buckets = self.buckets.chunks(2).map(both).collect();
            self.window *= 2;
        }
    }

    fn end_quiet(&mut self) {
        let (from, to) = (self.at(self.quiet_from), self.at(self.frames));
        if to - from >= MIN_SILENCE_MS as i64 {
            self.silences.push((from, to));
        }
    }

    /// Where a frame lies, in ms.
    fn at(&self, frame: u64) -> i64 {
        i64::try_from(frame.saturating_mul(1_000) / u64::from(self.rate)).unwrap_or(i64::MAX)
    }

    /// `None` when there was no sound at all.
    fn finish(mut self, mime: &'static str) -> Option<Shape> {
        if self.frames == 0 {
            return None;
        }
        self.end_quiet();
        if self.filled > 0 {
            self.close_bucket();
        }
        let full = u32::from(i16::MAX as u16);
        let byte = |level: u16| (u32::from(level).min(full) * 255 / full) as u8;
        let lane = |lane: usize| self.buckets.iter().map(|b| byte(b[lane])).collect();
        Some(Shape {
            duration_ms: self.at(self.frames),
            sample_rate: self.rate,
            lanes: (0..self.lanes).map(lane).collect(),
            silences: self.silences.clone(),
            mime,
        })
    }
}

#[cfg(test)]
mod tests;
