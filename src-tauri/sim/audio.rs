//! The sound of a call: two voices in turn, in the form of the vendor's recordings (WAV, PCM, two
//! channels, 8,000 Hz, 16 bit; the robot on the left). A few are mono, which a client has to bear.
//!
//! Each voice is a small bank of syllables made by a pulse train through three formant resonators.
//! Speech is copied together from the bank, so a recording of two minutes takes milliseconds even in
//! an unoptimised build.

use std::f32::consts::{PI, TAU};

use super::{
    branch::{Branch, Draws},
    plan::{Call, Turn, turns},
    text::Role,
    view::View,
    wire::has_recording,
};

const RATE: u32 = 8_000;
const FRAMES_PER_MS: usize = 8;

/// The recording of `call`; `None` where it has none.
pub(crate) fn recording(view: &View<'_>, call: &Call) -> Option<Vec<u8>> {
    if !has_recording(call) {
        return None;
    }
    let turns = turns(call, view.workflow.template, &view.facts(call.entry));
    let branch = call.branch.child("sound", 0);
    let channels = if branch.child("mono", 0).draws().chance(0.02) { 1 } else { 2 };
    Some(wav(&turns, call.talk_ms(), channels, branch))
}

/// A WAV file of `length_ms` in which `turns` are spoken.
fn wav(turns: &[Turn], length_ms: i64, channels: u16, branch: Branch) -> Vec<u8> {
    let mut sound = silence(frames(length_ms), channels, branch);
    let lanes = [Voice::robot(branch), Voice::callee(branch)];
    let banks = [0, 1].map(|lane: u16| bank(&lanes[usize::from(lane)], lane, channels, branch));
    for (turn, index) in turns.iter().zip(0..) {
        let lane = if turn.role == Role::Robot { &banks[0] } else { &banks[1] };
        speak(&mut sound, lane, turn, channels, &mut branch.child("turn", index).draws());
    }
    let mut file = header(sound.len(), channels);
    file.append(&mut sound);
    file
}

fn frames(ms: i64) -> usize {
    usize::try_from(ms).unwrap_or(0) * FRAMES_PER_MS
}

fn header(data: usize, channels: u16) -> Vec<u8> {
    let data = u32::try_from(data).unwrap_or(u32::MAX - 36);
    let frame = channels * 2;
    let mut head = Vec::with_capacity(44 + usize::try_from(data).unwrap_or(0));
    head.extend_from_slice(b"RIFF");
    head.extend_from_slice(&(data + 36).to_le_bytes());
    head.extend_from_slice(b"WAVEfmt ");
    head.extend_from_slice(&16_u32.to_le_bytes());
    head.extend_from_slice(&1_u16.to_le_bytes());
    head.extend_from_slice(&channels.to_le_bytes());
    head.extend_from_slice(&RATE.to_le_bytes());
    head.extend_from_slice(&(RATE * u32::from(frame)).to_le_bytes());
    head.extend_from_slice(&frame.to_le_bytes());
    head.extend_from_slice(&16_u16.to_le_bytes());
    head.extend_from_slice(b"data");
    head.extend_from_slice(&data.to_le_bytes());
    head
}

/// A line's noise floor: half a second of it, repeated.
fn silence(frames: usize, channels: u16, branch: Branch) -> Vec<u8> {
    let mut noise = Noise::new(branch);
    let block: Vec<u8> =
        (0..4_000 * usize::from(channels)).flat_map(|_| to_bytes(noise.next() * 0.0006)).collect();
    let length = frames * usize::from(channels) * 2;
    let mut sound = Vec::with_capacity(length);
    while sound.len() < length {
        let rest = (length - sound.len()).min(block.len());
        sound.extend_from_slice(&block[..rest]);
    }
    sound
}

struct Voice {
    pitch: f32,
    /// Scales the formants: a shorter vocal tract has higher ones.
    tract: f32,
    breath: f32,
}

impl Voice {
    /// One speaker for all robots, as a text-to-speech voice is.
    fn robot(_: Branch) -> Self {
        Self { pitch: 205.0, tract: 1.14, breath: 0.02 }
    }

    fn callee(branch: Branch) -> Self {
        let mut draws = branch.child("callee", 0).draws();
        let deep = draws.chance(0.55);
        let spread = hundredths(draws.between(0, 30));
        match deep {
            true => Self { pitch: 96.0 + 100.0 * spread, tract: 0.97, breath: 0.05 },
            false => Self { pitch: 232.0 + 60.0 * spread, tract: 1.2, breath: 0.07 },
        }
    }
}

fn hundredths(value: i64) -> f32 {
    f32::from(i16::try_from(value).unwrap_or(0)) / 100.0
}

/// One syllable, as interleaved bytes with silence on the other lane.
type Syllable = Vec<u8>;

/// Syllables by pitch contour: rising, level, falling.
struct Bank {
    contours: [Vec<Syllable>; 3],
}

const CONTOURS: [(f32, f32); 3] = [(1.0, 1.18), (1.04, 0.98), (0.98, 0.78)];
/// First three formants of a, e, i, o, u and the neutral vowel, in Hz.
const VOWELS: [[f32; 3]; 6] = [
    [730.0, 1090.0, 2440.0],
    [530.0, 1840.0, 2480.0],
    [290.0, 2250.0, 2950.0],
    [570.0, 840.0, 2410.0],
    [310.0, 870.0, 2240.0],
    [500.0, 1500.0, 2500.0],
];

#[derive(Clone, Copy)]
enum Onset {
    None,
    /// A short silence and a burst.
    Stop,
    /// Hissing.
    Fricative,
    /// Voiced, with the mouth closed.
    Nasal,
}

const ONSETS: [Onset; 4] = [Onset::None, Onset::Stop, Onset::Fricative, Onset::Nasal];

fn bank(voice: &Voice, lane: u16, channels: u16, branch: Branch) -> Bank {
    let mut noise = Noise::new(branch.child("bank", u64::from(lane)));
    let contours = CONTOURS.map(|contour| {
        VOWELS
            .iter()
            .zip(ONSETS.iter().cycle())
            .zip([150_usize, 120, 180, 210, 135, 100])
            .map(|((vowel, onset), ms)| {
                let samples = syllable(voice, contour, *onset, vowel, ms, &mut noise);
                interleave(&samples, lane, channels)
            })
            .collect()
    });
    Bank { contours }
}

fn interleave(samples: &[f32], lane: u16, channels: u16) -> Syllable {
    let mut bytes = vec![0; samples.len() * 2 * usize::from(channels)];
    let offset = if channels == 2 { usize::from(lane) * 2 } else { 0 };
    for (frame, sample) in bytes.chunks_exact_mut(2 * usize::from(channels)).zip(samples) {
        if let Some(place) = frame.get_mut(offset..offset + 2) {
            place.copy_from_slice(&to_bytes(*sample));
        }
    }
    bytes
}

fn syllable(
    voice: &Voice,
    (from, to): (f32, f32),
    onset: Onset,
    vowel: &[f32; 3],
    ms: usize,
    noise: &mut Noise,
) -> Vec<f32> {
    let mut samples = consonant(onset, noise);
    let voiced = ms * FRAMES_PER_MS;
    let mut tract = Tract::new(voice, vowel);
    let mut phase = 0.0_f32;
    let mut last = 0.0_f32;
    for at in 0..voiced {
        let progress = share(at, voiced);
        let pitch = voice.pitch * (from + (to - from) * progress);
        phase = (phase + pitch / 8_000.0).fract();
        let pulse = if phase < 0.6 { phase * (0.6 - phase) * 8.0 } else { 0.0 };
        let flow = pulse + noise.next() * voice.breath;
        let source = flow - last;
        last = flow;
        let envelope = (progress * 9.0).min(1.0) * ((1.0 - progress) * 4.0).min(1.0);
        let hum = if matches!(onset, Onset::Nasal) && progress < 0.25 { 0.4 } else { 1.0 };
        samples.push(tract.pass(source) * envelope * hum);
    }
    level(&mut samples)
}

fn consonant(onset: Onset, noise: &mut Noise) -> Vec<f32> {
    let (quiet, loud, gain) = match onset {
        Onset::None | Onset::Nasal => (0, 0, 0.0),
        Onset::Stop => (35, 10, 0.5),
        Onset::Fricative => (0, 65, 0.3),
    };
    let mut samples = vec![0.0; quiet * FRAMES_PER_MS];
    let mut last = 0.0;
    for _ in 0..loud * FRAMES_PER_MS {
        let now = noise.next();
        samples.push((now - last) * gain * 0.3);
        last = now;
    }
    samples
}

/// Brings the loudest sample to a speaking level.
fn level(samples: &mut [f32]) -> Vec<f32> {
    let peak = samples.iter().fold(0.001_f32, |peak, s| peak.max(s.abs()));
    samples.iter().map(|s| s / peak * 0.34).collect()
}

fn share(at: usize, of: usize) -> f32 {
    let narrow = |n: usize| f32::from(u16::try_from(n).unwrap_or(u16::MAX));
    narrow(at) / narrow(of.max(1))
}

/// Three resonators in a row.
struct Tract([Resonator; 3]);

struct Resonator {
    a: f32,
    b: f32,
    c: f32,
    y1: f32,
    y2: f32,
}

impl Tract {
    fn new(voice: &Voice, vowel: &[f32; 3]) -> Self {
        let bandwidths = [70.0, 110.0, 170.0];
        let mut pairs = vowel.iter().zip(bandwidths);
        let mut next = || {
            let (formant, width) = pairs.next().unwrap_or((&500.0, 100.0));
            Resonator::new((formant * voice.tract).min(3_700.0), width)
        };
        Self([next(), next(), next()])
    }

    fn pass(&mut self, source: f32) -> f32 {
        self.0.iter_mut().fold(source, |signal, resonator| resonator.pass(signal))
    }
}

impl Resonator {
    fn new(frequency: f32, bandwidth: f32) -> Self {
        let radius = (-PI * bandwidth / 8_000.0).exp();
        let b = 2.0 * radius * (TAU * frequency / 8_000.0).cos();
        let c = -radius * radius;
        Self { a: 1.0 - b - c, b, c, y1: 0.0, y2: 0.0 }
    }

    fn pass(&mut self, x: f32) -> f32 {
        let y = self.a * x + self.b * self.y1 + self.c * self.y2;
        self.y2 = self.y1;
        self.y1 = y;
        y
    }
}

/// Fills a turn with syllables in words of two to four: the first rises, the last falls.
fn speak(sound: &mut [u8], bank: &Bank, turn: &Turn, channels: u16, draws: &mut Draws) {
    let frame = usize::from(channels) * 2;
    let (mut at, end) = (frames(turn.start_ms), frames(turn.end_ms));
    let mut left_of_word = draws.between(2, 4);
    while at < end {
        let contour = match (at == frames(turn.start_ms), end - at < 3_600) {
            (true, _) => &bank.contours[0],
            (_, true) => &bank.contours[2],
            _ => &bank.contours[1],
        };
        let Some(syllable) = draws.pick(contour) else { return };
        let length = syllable.len() / frame;
        if at + length > end {
            return;
        }
        if let Some(place) = sound.get_mut(at * frame..(at + length) * frame) {
            place.copy_from_slice(syllable);
        }
        left_of_word -= 1;
        let pause = if left_of_word == 0 { draws.between(50, 170) } else { draws.between(0, 12) };
        if left_of_word == 0 {
            left_of_word = draws.between(2, 4);
        }
        at += length + frames(pause);
    }
}

/// From -1 to 1 to little-endian 16 bit.
fn to_bytes(sample: f32) -> [u8; 2] {
    #[expect(clippy::cast_possible_truncation, reason = "clamped to the range of 16 bit")]
    let whole = (sample.clamp(-1.0, 1.0) * 32_767.0) as i16;
    whole.to_le_bytes()
}

/// White noise from -1 to 1: xorshift, because a sample must cost next to nothing.
struct Noise(u32);

impl Noise {
    fn new(branch: Branch) -> Self {
        let seed = branch.draws().between(1, i64::from(u32::MAX));
        Self(u32::try_from(seed).unwrap_or(1))
    }

    fn next(&mut self) -> f32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        f32::from(u16::try_from(self.0 >> 16).unwrap_or(0)) / 32_768.0 - 1.0
    }
}
