use super::*;
use crate::media::wave::tests::wav;

fn of(file: Vec<u8>) -> Result<Shape, MediaError> {
    shape(&Bytes::from(file))
}

/// 8 kHz: three seconds of a full-scale square wave on the left while the right is quiet, two
/// seconds of nothing, one second on the right alone at half the level.
fn conversation(width: u16) -> Vec<u8> {
    let frames = (0..6 * 8000).flat_map(|i| {
        let sign = if i % 16 < 8 { 1.0 } else { -1.0 };
        let level = match i / 8000 {
            0..3 => (sign, 0.0),
            3..5 => (0.0, 0.0),
            _ => (0.0, sign * 0.5),
        };
        [level.0, level.1]
    });
    frames
        .flat_map(|level: f64| match width {
            8 => vec![(128.0 + level * 127.0) as u8],
            _ => ((level * 32767.0) as i16).to_le_bytes().to_vec(),
        })
        .collect()
}

#[test]
fn two_lanes_keep_apart_who_spoke_when() {
    for bits in [8, 16] {
        let shape = of(wav(1, 2, 8000, bits, &conversation(bits))).unwrap();
        assert_eq!((shape.duration_ms, shape.sample_rate, shape.mime), (6000, 8000, "audio/wav"));
        assert_eq!(shape.silences, [(3000, 5000)], "{bits} bits");
        let [left, right] = &shape.lanes[..] else { panic!("two lanes") };
        assert_eq!(left.len(), right.len());
        assert!((MAX_BUCKETS / 2..=MAX_BUCKETS).contains(&left.len()));
        let at = |lane: &[u8], second: usize| lane[(2 * second + 1) * lane.len() / 12];
        assert!(at(left, 1) >= 253 && at(left, 4) == 0 && at(left, 5) == 0, "{bits} bits");
        assert!(at(right, 1) == 0 && at(right, 4) == 0, "{bits} bits");
        assert!((125..=129).contains(&at(right, 5)), "{}", at(right, 5));
    }
}

#[test]
fn mono_has_one_lane() {
    let shape = of(wav(1, 1, 8000, 16, &[0xFF, 0x7F].repeat(4000))).unwrap();
    assert_eq!(shape.lanes.len(), 1);
    assert_eq!(shape.duration_ms, 500);
    assert!(shape.lanes[0].iter().all(|v| *v == 255));
    assert!(shape.silences.is_empty());
}

#[test]
fn a_sound_of_a_few_samples_has_as_many_buckets() {
    let shape = of(wav(1, 1, 8000, 16, &[0, 0x40, 0, 0xC0, 0, 0])).unwrap();
    assert_eq!(shape.lanes, [[127, 127, 0]]);
}

#[test]
fn quiet_to_the_end_is_a_silence_and_a_short_pause_is_not() {
    let mut data = conversation(16);
    data.extend([0; 2 * 4 * 8000]);
    assert_eq!(of(wav(1, 2, 8000, 16, &data)).unwrap().silences, [(3000, 5000), (6000, 8000)]);
    let pause = [vec![0xFF, 0x7F, 0, 0], vec![0; 2 * 7900], vec![0xFF, 0x7F]].concat();
    assert_eq!(of(wav(1, 1, 8000, 16, &pause)).unwrap().silences, []);
}

#[test]
fn a_cut_file_has_the_shape_of_what_is_there() {
    let mut file = wav(1, 2, 8000, 16, &conversation(16));
    file.truncate(44 + 4 * 8000 + 3);
    let shape = of(file).unwrap();
    assert_eq!(shape.duration_ms, 1000);
    assert!(shape.lanes[0].iter().all(|v| *v >= 253));
}

#[test]
fn a_header_that_lies_about_its_length_costs_nothing() {
    for lie in [0u32, u32::MAX] {
        let mut file = wav(1, 2, 8000, 16, &conversation(16));
        file[4..8].copy_from_slice(&lie.to_le_bytes());
        file[40..44].copy_from_slice(&lie.to_le_bytes());
        assert_eq!(of(file).unwrap().duration_ms, 6000);
    }
    // One frame would be longer than the file.
    let many = wav(1, 4_000, 8000, 16, &[1; 100]);
    assert!(matches!(of(many), Err(MediaError::NotAudio { .. })));
}

#[test]
fn telephone_codings_are_decoded() {
    // 0xFF is the smallest level of µ-law, 0x80 the largest.
    let shape = of(wav(7, 1, 8000, 8, &[[0xFF; 8000], [0x80; 8000]].concat())).unwrap();
    assert_eq!(shape.duration_ms, 2000);
    assert_eq!(shape.silences, [(0, 1000)]);
    assert!(shape.lanes[0].last().unwrap() > &240);
    let mut cut = wav(7, 2, 8000, 8, &[0x80; 32_000]);
    cut.truncate(46 + 16_000);
    let shape = of(cut).unwrap();
    assert_eq!((shape.lanes.len(), shape.duration_ms), (2, 1000));
    let mut lying = wav(7, 2, 8000, 8, &[0x80; 16_000]);
    lying[42..46].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(matches!(of(lying), Err(MediaError::NoShape { .. })));
}

#[test]
fn mp3_is_decoded() {
    // A frame of MPEG-1 layer III, 128 kbit/s, 44.1 kHz, mono, whose side information is all zero:
    // 1,152 samples of silence.
    let frame: Vec<u8> = [0xFF, 0xFB, 0x90, 0xC0].into_iter().chain([0; 413]).collect();
    let shape = of(frame.repeat(100)).unwrap();
    assert_eq!((shape.sample_rate, shape.mime), (44_100, "audio/mpeg"));
    assert_eq!(shape.lanes.len(), 1);
    assert!((2500..2620).contains(&shape.duration_ms), "{}", shape.duration_ms);
    assert_eq!(shape.silences, [(0, shape.duration_ms)]);
}

#[test]
fn what_is_no_sound_says_so() {
    for (file, words) in [
        (b"<html><body>404".to_vec(), "web page"),
        (Vec::new(), "empty"),
        (wav(1, 2, 8000, 16, &[]), "no sound"),
    ] {
        let Err(error) = of(file) else { panic!("{words}") };
        assert!(error.to_string().contains(words), "{error}");
    }
    assert!(matches!(of(b"OggS\0\x02\0\0\0\0\0\0\0\0".to_vec()), Err(MediaError::NoShape { .. })));
}

proptest::proptest! {
    #[test]
    fn no_bytes_make_it_panic(tail in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..400)) {
        let mut riff = b"RIFF\0\0\0\0WAVEfmt ".to_vec();
        riff.extend(&tail);
        let _ = of(riff);
        let mut file = wav(7, 1, 8000, 8, &tail);
        if let Some(b) = tail.first() { file[20 + usize::from(b % 16)] = *b; }
        let _ = of(file);
        let mut mp3 = vec![0xFF, 0xFB, 0x90, 0xC0];
        mp3.extend(&tail);
        let _ = of(mp3);
        let _ = of(tail);
    }
}
