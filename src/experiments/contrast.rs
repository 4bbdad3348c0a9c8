//! A contrast: what pairs of numbers, one of a scenario and one of the baseline, say of their difference.
//!
//! Knows neither scenarios nor outcomes: numbers go in, an interval, a verdict and what pairing was worth come out.

use crate::stats::{self, Estimate};

/// Coverage of the intervals; a verdict is wrong about equal scenarios with a chance of 1 − this.
pub const LEVEL: f64 = 0.95;

/// Differences below this share of the numbers themselves are rounding, not findings.
const ROUNDING: f64 = 1e-12;

/// What two scenarios of a run have in common besides the rules of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Luck {
    /// The seed and the labour market: one world at the opening.
    SameOpening,
    /// The seed, but another labour market or burn-in: the same draws wherever the same question is put.
    SameSeed,
    /// Nothing: independent worlds.
    OtherSeed,
    /// They run for different numbers of weeks, so their outcomes are not of the same span and are not compared.
    OtherWeeks,
}

impl Luck {
    /// Name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SameOpening => "same opening",
            Self::SameSeed => "same seed",
            Self::OtherSeed => "other seed",
            Self::OtherWeeks => "other weeks",
        }
    }
}

/// Which way a difference goes, as far as the pairs can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Above the baseline.
    Higher,
    /// Below the baseline.
    Lower,
    /// The interval holds 0.
    NoneDetectable,
}

impl Verdict {
    /// Name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::NoneDetectable => "no detectable difference",
        }
    }
}

/// Whether common luck made a difference more precise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// The sides move together more than independent ones would.
    Paired,
    /// They have no luck in common, or do not move together as far as the pairs show: the interval may be taken for that
    /// of independent runs.
    NotPaired,
}

impl Pairing {
    /// Name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paired => "paired",
            Self::NotPaired => "not paired",
        }
    }
}

/// What kind of number an outcome is in each replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any number.
    Number,
    /// A pooled mean: each pair holds pseudo-values, whose mean is the pooled difference.
    Pooled,
}

impl Kind {
    /// How the interval is made, as named in tables.
    #[must_use]
    pub const fn method(self) -> &'static str {
        match self {
            Self::Number => "t",
            Self::Pooled => "clustered",
        }
    }
}

/// Which of several comparisons are called higher or lower by themselves, and would not be if all are judged together (Holm).
#[must_use]
pub fn doubtful<'a>(contrasts: impl Iterator<Item = Option<&'a Contrast>>) -> Vec<bool> {
    let all: Vec<Option<&Contrast>> = contrasts.collect();
    let chances: Vec<f64> = all.iter().flatten().filter_map(|contrast| contrast.p_value).collect();
    let mut adjusted = stats::holm(&chances).into_iter();
    let is_doubtful = |contrast: &Option<&Contrast>| {
        let Some(contrast) = contrast.filter(|contrast| contrast.p_value.is_some()) else { return false };
        let is_called = matches!(contrast.verdict, Some(Verdict::Higher | Verdict::Lower));
        adjusted.next().is_some_and(|chance| chance >= 1.0 - LEVEL) && is_called
    };
    all.iter().map(is_doubtful).collect()
}

/// What pairs of numbers say of a difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// Means of the scenario and of the baseline over the pairs; `None` without pairs.
    pub means: Option<(f64, f64)>,
    /// Scenario minus baseline, with its interval; `None` without pairs.
    pub estimate: Option<Estimate>,
    /// Chance of a difference as large, either way, if there is none; `None` where there is no interval.
    pub p_value: Option<f64>,
    /// Which way it goes; `None` where there is no interval.
    pub verdict: Option<Verdict>,
    /// Share of variance that pairing took off; `None` where neither side varies.
    pub variance_saved: Option<f64>,
    /// Whether that is more than chance; `None` where it cannot be told.
    pub pairing: Option<Pairing>,
}

impl Contrast {
    /// Judges pairs of (scenario, baseline).
    ///
    /// They have the t interval of their paired differences. Differences that are all the same are no certainty: their
    /// spread is unknown, and below six of them, which the sign test takes, nothing is said.
    #[must_use]
    pub fn of(pairs: &[(f64, f64)], luck: Luck) -> Self {
        Self::at(LEVEL, pairs, luck)
    }

    /// As [`Self::of`], with an interval of another coverage, as where it was looked several times.
    #[must_use]
    pub fn at(level: f64, pairs: &[(f64, f64)], luck: Luck) -> Self {
        let (scenario, baseline): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
        let differences: Vec<f64> = pairs.iter().map(|&pair| difference(pair)).collect();
        let (estimate, p_value) = number(level, pairs, &differences);
        let interval = estimate.and_then(|e| e.interval);
        let p_value = p_value.filter(|_| interval.is_some());
        let verdict = estimate.filter(|_| interval.is_some()).map(|estimate| {
            match (estimate.excludes(0.0), estimate.value > 0.0) {
                (false, _) => Verdict::NoneDetectable,
                (true, true) => Verdict::Higher,
                (true, false) => Verdict::Lower,
            }
        });
        let mean = |side: &[f64]| stats::Moments::of(side).mean();
        Self {
            means: mean(&scenario).zip(mean(&baseline)),
            estimate,
            p_value,
            verdict,
            variance_saved: stats::variance_saved(&scenario, &baseline),
            pairing: pairing(&scenario, &baseline, luck),
        }
    }

    /// Pairs behind it.
    #[must_use]
    pub fn n(&self) -> usize {
        self.estimate.map_or(0, |estimate| estimate.n)
    }
}

fn difference((scenario, baseline): (f64, f64)) -> f64 {
    let difference = scenario - baseline;
    if difference.abs() <= ROUNDING * scenario.abs().max(baseline.abs()) { 0.0 } else { difference }
}

fn number(level: f64, pairs: &[(f64, f64)], differences: &[f64]) -> (Option<Estimate>, Option<f64>) {
    let estimate = stats::mean_interval(differences, level);
    let up = differences.iter().filter(|d| **d > 0.0).count();
    let down = differences.iter().filter(|d| **d < 0.0).count();
    let scale = pairs.iter().map(|(a, b)| a.abs().max(b.abs())).fold(0.0, f64::max);
    let highest = differences.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let lowest = differences.iter().copied().fold(f64::INFINITY, f64::min);
    if up + down == 0 || highest - lowest > ROUNDING * scale {
        return (estimate, stats::t_test(differences));
    }
    let p = stats::sign_test(up, down);
    if p < 1.0 - level {
        (estimate, Some(p))
    } else {
        (estimate.map(|e| Estimate { interval: None, ..e }), None)
    }
}

/// Fewest pairs of which it is said that they are not paired because their correlation may be chance: with fewer even a
/// close one could not be told from it.
const TELLING: usize = 6;

fn pairing(scenario: &[f64], baseline: &[f64], luck: Luck) -> Option<Pairing> {
    let saved = stats::variance_saved(scenario, baseline)?;
    if matches!(luck, Luck::OtherSeed | Luck::OtherWeeks) {
        return Some(Pairing::NotPaired);
    }
    // Two points always lie on a line.
    if scenario.len() < 3 {
        return None;
    }
    let by_chance = stats::together_by_chance(scenario, baseline);
    if by_chance.is_some_and(|p| p < 1.0 - LEVEL) {
        Some(Pairing::Paired)
    } else {
        (saved <= 0.0 || scenario.len() >= TELLING).then_some(Pairing::NotPaired)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By SciPy the first has a chance of 0.0301 by itself, 0.0602 as the second of three; the second is far beyond doubt.
    #[test]
    fn what_luck_calls_among_several_is_doubted_and_by_itself_is_not() {
        let weak = [3.0, 1.0, -1.0, 2.0, 0.0, 2.0, 1.0, 3.0, -1.0, 2.0];
        let noise = [3.0, -3.0, 1.0, -1.0, 2.0, -2.0, 1.5, -1.5, 0.5, -0.5];
        let contrast = |differences: [f64; 10]| {
            let pairs: Vec<(f64, f64)> = differences.iter().map(|d| (5.0, 5.0 - d)).collect();
            Contrast::of(&pairs, Luck::SameOpening)
        };
        let (weak, strong, noise) = (contrast(weak), contrast(weak.map(|x| x + 40.0)), contrast(noise));
        assert_eq!(doubtful([Some(&weak)].into_iter()), [false]);
        let all = [Some(&weak), None, Some(&strong), Some(&noise)];
        assert_eq!(doubtful(all.into_iter()), [true, false, false, false]);
    }
}
