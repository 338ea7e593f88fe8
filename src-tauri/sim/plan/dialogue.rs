//! Who says what when in one call. The same turns are the record's dialogue and the sound of the
//! recording.

use super::Call;
use crate::sim::text::{Facts, Role, Template, voice};

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Turn {
    pub role: Role,
    pub text: String,
    /// From the start of the recording.
    pub start_ms: i64,
    pub end_ms: i64,
}

/// The turns of `call` fill its talk time; a call that was hung up early holds only the first.
pub(crate) fn turns(call: &Call, template: &Template, facts: &Facts) -> Vec<Turn> {
    const LEAST_MS: i64 = 2_200;
    let Some(ending) = call.ending else { return Vec::new() };
    let room = usize::try_from(call.talk_ms() / LEAST_MS).unwrap_or(0).max(1);
    let said: Vec<(Role, String)> = voice(template)
        .opening
        .iter()
        .chain(ending.turns)
        .take(room)
        .zip(0..)
        .map(|((role, text), at)| (*role, facts.fill(text, call.branch.child("wording", at))))
        .collect();
    lay_out(said, call)
}

/// Gives each turn a length by its text, and the pauses between them the rest.
fn lay_out(said: Vec<(Role, String)>, call: &Call) -> Vec<Turn> {
    let weights: Vec<i64> = said.iter().map(|(_, text)| weight(text)).collect();
    let total: i64 = weights.iter().sum::<i64>().max(1);
    let talk = call.talk_ms();
    let pauses = i64::try_from(said.len()).unwrap_or(0) + 1;
    let spoken = talk * 84 / 100;
    let pause = (talk - spoken) / pauses;
    let mut at = pause;
    said.into_iter()
        .zip(weights)
        .map(|((role, text), weight)| {
            let turn = Turn { role, text, start_ms: at, end_ms: at + spoken * weight / total };
            at = turn.end_ms + pause;
            turn
        })
        .collect()
}

/// How long a text takes to say, roughly: a Chinese character is a syllable, a Latin letter is not.
fn weight(text: &str) -> i64 {
    12 + text.chars().map(|c| if c > '\u{2e80}' { 4 } else { 1 }).sum::<i64>()
}
