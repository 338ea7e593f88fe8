//! A tree of generators. Every entity draws from a branch of its own, named by its kind and index, so
//! that one more draw for a call changes that call and nothing else.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// A place in the tree: from here grow the draws of one entity and the branches of what it owns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Branch(u64);

impl Branch {
    pub fn root(seed: u64) -> Self {
        Self(mix(seed))
    }

    pub fn child(self, kind: &str, index: u64) -> Self {
        let named = kind.bytes().fold(self.0, |h, byte| mix(h ^ u64::from(byte)));
        Self(mix(named ^ mix(index)))
    }

    pub fn draws(self) -> Draws {
        Draws(ChaCha8Rng::seed_from_u64(self.0))
    }

    /// An id of the vendor's form: shown as 32 hex digits.
    pub fn id(self) -> u128 {
        let (high, low) = (mix(self.0 ^ 0x1d), mix(self.0 ^ 0x2e));
        (u128::from(high) << 64) | u128::from(low)
    }
}

/// SplitMix64's finaliser: neighbouring inputs give unrelated outputs.
fn mix(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

pub struct Draws(ChaCha8Rng);

impl Draws {
    /// A whole number from `low` to `high`, both included; `low` where the bounds are crossed.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let width = high.saturating_sub(low).max(0).unsigned_abs().saturating_add(1);
        low.saturating_add_unsigned(self.0.next_u64() % width)
    }

    /// From 0 up to but without 1.
    pub fn share(&mut self) -> f64 {
        f64::from(self.0.next_u32()) / (f64::from(u32::MAX) + 1.0)
    }

    pub fn chance(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// The index of one of `weights`, in proportion.
    pub fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let total: u32 = weights.clone().sum();
        let mut left = self.0.next_u32() % total.max(1);
        for (index, weight) in weights.enumerate() {
            if left < weight {
                return index;
            }
            left -= weight;
        }
        0
    }

    /// One of `options`; `None` of an empty list.
    pub fn pick<'a, T>(&mut self, options: &'a [T]) -> Option<&'a T> {
        options.get(self.index(options.len()))
    }

    /// One of `options`, `""` of an empty list.
    pub fn word<'a>(&mut self, options: &[&'a str]) -> &'a str {
        self.pick(options).copied().unwrap_or_default()
    }

    pub fn index(&mut self, length: usize) -> usize {
        let wide = u64::try_from(length.max(1)).unwrap_or(1);
        usize::try_from(self.0.next_u64() % wide).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_more_leaves_the_neighbours_alone() {
        let root = Branch::root(7);
        let before = root.child("call", 2).draws().between(0, 1_000_000);
        let mut first = root.child("call", 1).draws();
        first.share();
        first.share();
        assert_eq!(root.child("call", 2).draws().between(0, 1_000_000), before);
        assert_ne!(root.child("call", 1).id(), root.child("call", 2).id());
        assert_ne!(root.child("call", 1).id(), root.child("node", 1).id());
    }

    #[test]
    fn bounds_are_included_and_crossed_bounds_give_the_lower() {
        let mut draws = Branch::root(1).draws();
        let seen: std::collections::BTreeSet<i64> =
            (0..200).map(|_| draws.between(-1, 1)).collect();
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), [-1, 0, 1]);
        assert_eq!(draws.between(5, 2), 5);
    }
}
