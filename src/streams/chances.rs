//! Yes or no: a chance as binary digits, and draws of many with one small chance.

use super::Draw;

/// A chance in [0, 1] as 64 binary digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate(pub(super) u64);

impl Gate {
    /// The gate of a chance; everything at or above 1 is certain, everything at or below 0 impossible.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the value lies in [0, 2^64)")]
    pub fn new(chance: f64) -> Self {
        if chance >= 1.0 {
            return Self(u64::MAX);
        }
        if chance.is_nan() || chance <= 0.0 {
            return Self(0);
        }
        Self(((chance * 18_446_744_073_709_551_616.0) as u64).min(u64::MAX - 1))
    }

    /// Whether a number of 64 random bits passes.
    #[must_use]
    pub const fn passes(self, bits: u64) -> bool {
        bits < self.0 || self.0 == u64::MAX
    }
}

/// Yes/no draws of a few lanes with one small chance: how far it is to the next yes.
///
/// The number of lanes passed over before the first yes is geometric; it is found by inversion, so a row of lanes of which
/// none says yes costs one number.
#[derive(Clone, Debug)]
pub struct Skips {
    /// (1 − chance)^k as 64 binary digits.
    none_of: Vec<u64>,
}

impl Skips {
    /// Skips of up to so many lanes.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the value lies in [0, 2^64]")]
    pub fn new(chance: f64, lanes: usize) -> Self {
        let mut left = 1.0;
        let mut none_of = Vec::with_capacity(lanes + 1);
        for _ in 0..=lanes {
            none_of.push((left * 18_446_744_073_709_551_616.0) as u64);
            left *= 1.0 - chance.clamp(0.0, 1.0);
        }
        Self { none_of }
    }

    /// Lanes of `n` that say yes, in rising order. `numbers`: what a position of the sequence holds.
    pub fn yes(&self, n: usize, numbers: impl Fn(u32) -> u64) -> impl Iterator<Item = usize> {
        let (mut from, mut position) = (0, 0);
        std::iter::from_fn(move || {
            if from >= n {
                return None;
            }
            let bits = numbers(position);
            position += 1;
            // None of the rest says yes where the number is below the chance of that.
            if bits < self.none_of[n - from] {
                from = n;
                return None;
            }
            // The first k lanes say no where the number is below the chance of that; k falls as the number rises.
            from += self.none_of[1..=n - from].partition_point(|&none| bits < none) + 1;
            Some(from - 1)
        })
    }
}

/// Yes/no draws of 64 neighbours with one small chance, all of one labour market: mostly nobody says yes, and one number
/// tells so.
///
/// Scenarios with the same chance share this luck. In those that differ in it, whoever says yes at one chance says yes at
/// a higher one too only if both are 1/16 or more: smaller ones draw waits ([`Skips`]), which shift all that follow.
#[derive(Clone, Debug)]
pub struct Rare {
    gate: Gate,
    skips: Option<Skips>,
}

impl Rare {
    /// From this chance on the digits of all 64 are compared at once ([`Draw::gates`]), which costs eight numbers.
    const COMMON: f64 = 1.0 / 16.0;

    /// Draws with a chance.
    #[must_use]
    pub fn new(chance: f64) -> Self {
        Self { gate: Gate::new(chance), skips: (chance < Self::COMMON).then(|| Skips::new(chance, 64)) }
    }

    /// Who of 64 says yes, as bits. `head`: of the purpose and week.
    #[must_use]
    #[inline]
    pub fn of(&self, head: Draw, word: u32) -> u64 {
        let Some(skips) = &self.skips else { return head.gates(word, self.gate) };
        let draw = head.branch(word);
        skips.yes(64, |position| draw.sub(position)).fold(0, |bits, lane| bits | 1 << lane)
    }
}
