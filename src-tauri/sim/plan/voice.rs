//! Dialling a list in redial rounds.

use super::{Call, Queued};
use crate::sim::{
    branch::{Branch, Draws},
    script::Script,
    text::{Template, Utterance, voice},
};

/// Calls that nobody answered: weight and the predictive dialer's code.
const UNANSWERED: &[(u32, u8)] = &[(52, 2), (17, 3), (11, 6), (7, 7), (4, 4), (4, 8), (5, 16)];
/// Not in use, invalid: no further round changes that.
const HOPELESS: [u8; 2] = [4, 8];
const ROUNDS: u8 = 3;
const ANSWER_SHARE: [f64; 3] = [0.44, 0.36, 0.30];

pub(super) struct Dialling<'a> {
    pub script: &'a Script,
    pub template: &'static Template,
    pub branch: Branch,
    pub node: usize,
}

impl Dialling<'_> {
    /// Dials everybody in `queue`, marks when each is done there, and returns the calls.
    pub(super) fn dial(&self, queue: &mut [Queued]) -> Vec<Call> {
        let mut draws = self.branch.child("pace", 0).draws();
        let pace = draws.between(self.script.pace_ms.0, self.script.pace_ms.1);
        let mut calls = Vec::new();
        let mut clock = queue.iter().map(|q| q.ready).min().unwrap_or(0);
        let mut due: Vec<usize> = (0..queue.len()).collect();
        for round in 1..=ROUNDS {
            let mut again = Vec::new();
            for at in due {
                let Some(queued) = queue.get_mut(at) else { continue };
                clock = seconds(clock.max(queued.ready) + pace * draws.between(30, 170) / 100);
                let call = self.call(queued.entry, round, clock);
                queued.last_start = call.start;
                queued.done = call.end;
                if call.ending.is_none() && !HOPELESS.contains(&call.hangup) {
                    again.push(at);
                }
                calls.push(call);
            }
            due = again;
            let (from, to) = self.script.redial_wait_ms;
            clock += draws.between(from, to);
        }
        calls
    }

    fn call(&self, entry: usize, round: u8, start: i64) -> Call {
        let ordinal = u64::try_from(entry).unwrap_or(0) * 8 + u64::from(round);
        let branch = self.branch.child("call", ordinal);
        let mut draws = branch.draws();
        let ring = draws.between(3, 26) * 1000;
        let share = ANSWER_SHARE.get(usize::from(round) - 1).copied().unwrap_or(0.3);
        let (ending, hangup, talk) = if draws.chance(share) {
            self.conversation(&mut draws)
        } else {
            let which = draws.weighted(UNANSWERED.iter().map(|(weight, _)| *weight));
            (None, UNANSWERED.get(which).map_or(0, |(_, code)| *code), 0)
        };
        let rung = start + ring;
        let (id, end) = (branch.id(), rung + talk);
        Call { id, branch, entry, node: self.node, round, start, rung, end, hangup, ending }
    }

    fn conversation(&self, draws: &mut Draws) -> (Option<&'static super::Ending>, u8, i64) {
        let endings = voice(self.template).endings;
        let ending = endings.get(draws.weighted(endings.iter().map(|e| e.weight)));
        let Some(ending) = ending else { return (None, 0, 0) };
        if draws.chance(0.11) {
            return (Some(ending), 14, draws.between(2, 9) * 1000);
        }
        let opening: i64 =
            voice(self.template).opening.iter().map(|turn| spoken_ms(turn) / 2).sum();
        let turns: i64 = ending.turns.iter().map(spoken_ms).sum();
        let talk = ((opening + turns) * draws.between(85, 140) / 100).clamp(20_000, 128_000);
        (Some(ending), ending.hangup, seconds(talk))
    }
}

/// A byte of text takes about as long in every language: a Chinese character has three. An opening
/// has two wordings, of which one is said.
fn spoken_ms((_, text): &Utterance) -> i64 {
    i64::try_from(text.len()).unwrap_or(0) * 66 + 700
}

pub(super) fn seconds(ms: i64) -> i64 {
    ms.div_euclid(1000) * 1000
}
