//! How long things last when not all of them have ended yet.

use std::collections::BTreeMap;

use super::normal_quantile;

/// One life: how long it was watched, whether it ended then, and which cluster it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Duration {
    /// Time watched, ≥ 0.
    pub time: f64,
    /// True if it ended at `time`, false if it was still going on (censored).
    pub ended: bool,
    /// Lives of one cluster may move together; give each its own number where they are independent.
    pub cluster: usize,
}

/// The survival curve right after one time at which something ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub time: f64,
    /// Lives still watched just before.
    pub at_risk: usize,
    /// Lives that ended at this time.
    pub ended: usize,
    /// Share that lives longer than this time.
    pub survival: f64,
    /// Variance of `survival`.
    pub variance: f64,
    /// Lower end of the band.
    pub low: f64,
    /// Upper end of the band.
    pub high: f64,
}

/// Median survival with its interval; an end is `None` where the curve or its band stays above one half.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Median {
    /// First time at which the curve is at or below one half.
    pub value: Option<f64>,
    /// The same of the lower band.
    pub low: Option<f64>,
    /// The same of the upper band.
    pub high: Option<f64>,
}

/// A Kaplan–Meier curve: S(t) = Π over tᵢ ≤ t of (1 − dᵢ/nᵢ).
///
/// Source: Kaplan and Meier (1958), *JASA* 53. Band on the scale ln(−ln S), which keeps it inside [0, 1]: Kalbfleisch
/// and Prentice (1980). Variance: Greenwood's (1926), S² Σ dᵢ/(nᵢ(nᵢ − dᵢ)), or with clusters the robust one of Ying
/// and Wei (1994), the squared sums over clusters of ∫ dM/n.
#[derive(Clone, Debug, PartialEq)]
pub struct KaplanMeier {
    /// One step per time at which something ended, in order; empty where nothing did.
    pub steps: Vec<Step>,
    /// Watch times in order, ended or not.
    times: Vec<f64>,
}

impl KaplanMeier {
    /// Curve with Greenwood's variance, for independent lives.
    ///
    /// Limits: `None` without lives, with a time that is negative or not finite, or a level outside (0, 1). Where
    /// nothing ended there are no steps and S = 1. Where all have ended the band keeps its upper end of the step
    /// before, since the variance is not defined at S = 0.
    #[must_use]
    pub fn independent(lives: &[Duration], level: f64) -> Option<Self> {
        Self::with_variance(lives, level, false)
    }

    /// Curve with a variance that lets lives of one cluster move together.
    ///
    /// Limits: as [`Self::independent`]; with fewer than two clusters Greenwood's variance is used.
    #[must_use]
    pub fn clustered(lives: &[Duration], level: f64) -> Option<Self> {
        Self::with_variance(lives, level, true)
    }

    fn with_variance(lives: &[Duration], level: f64, clustered: bool) -> Option<Self> {
        let z = normal_quantile(0.5 + level / 2.0)?;
        if lives.is_empty() || lives.iter().any(|life| !(life.time >= 0.0 && life.time.is_finite())) {
            return None;
        }
        let mut sorted = lives.to_vec();
        sorted.sort_by(|a, b| a.time.total_cmp(&b.time));
        let mut clusters = Clusters::new(&sorted);
        let robust = clustered && clusters.at_risk.len() > 1;
        let (mut steps, mut survival, mut hazard_variance) = (Vec::<Step>::new(), 1.0, 0.0);
        let mut from = 0;
        while from < sorted.len() {
            let time = sorted[from].time;
            let to = from + sorted[from..].partition_point(|life| life.time <= time);
            let at_risk = sorted.len() - from;
            let ended = sorted[from..to].iter().filter(|life| life.ended).count();
            if ended > 0 {
                let (n, d) = (at_risk as f64, ended as f64);
                survival *= 1.0 - d / n;
                hazard_variance += d / (n * (n - d));
                if robust {
                    hazard_variance = clusters.advance(&sorted[from..to], n, d);
                }
                let last_high = steps.last().map_or(1.0, |step| step.high);
                let (low, high) = log_log_band(survival, hazard_variance, z).unwrap_or((0.0, last_high));
                let variance = if survival > 0.0 { survival * survival * hazard_variance } else { 0.0 };
                steps.push(Step { time, at_risk, ended, survival, variance, low, high });
            }
            clusters.leave(&sorted[from..to]);
            from = to;
        }
        Some(Self { steps, times: sorted.iter().map(|life| life.time).collect() })
    }

    /// How many lives.
    #[must_use]
    pub fn n(&self) -> usize {
        self.times.len()
    }

    /// Lives still watched just before `time`.
    #[must_use]
    pub fn at_risk(&self, time: f64) -> usize {
        self.times.len() - self.times.partition_point(|&watched| watched < time)
    }

    /// The longest time anything was watched.
    #[must_use]
    pub fn last_time(&self) -> f64 {
        self.times.last().copied().unwrap_or(0.0)
    }

    /// Share that lives longer than `time`, with its band: (S, low, high); (1, 1, 1) before the first end.
    #[must_use]
    pub fn at(&self, time: f64) -> (f64, f64, f64) {
        let passed = self.steps.partition_point(|step| step.time <= time);
        match passed.checked_sub(1).and_then(|last| self.steps.get(last)) {
            Some(step) => (step.survival, step.low, step.high),
            None => (1.0, 1.0, 1.0),
        }
    }

    /// Median survival, with the interval of Brookmeyer and Crowley (1982): where the band crosses one half.
    #[must_use]
    pub fn median(&self) -> Median {
        let first = |end: fn(&Step) -> f64| self.steps.iter().find(|s| end(s) <= HALF).map(|s| s.time);
        Median { value: first(|s| s.survival), low: first(|s| s.low), high: first(|s| s.high) }
    }
}

/// One half, and room for the rounding of a product such as 3/4 · 2/3.
const HALF: f64 = 0.5 + 1e-12;

/// Running sums of each cluster: who is still watched, and ∫ dM/n so far.
struct Clusters {
    row: BTreeMap<usize, usize>,
    at_risk: Vec<f64>,
    influence: Vec<f64>,
}

impl Clusters {
    fn new(lives: &[Duration]) -> Self {
        let mut row = BTreeMap::new();
        let mut at_risk: Vec<f64> = Vec::new();
        for life in lives {
            let place = *row.entry(life.cluster).or_insert(at_risk.len());
            if place == at_risk.len() {
                at_risk.push(0.0);
            }
            at_risk[place] += 1.0;
        }
        let influence = vec![0.0; at_risk.len()];
        Self { row, at_risk, influence }
    }

    /// Adds the step at which `d` of `n` ended; gives the variance of the cumulated hazard.
    fn advance(&mut self, now: &[Duration], n: f64, d: f64) -> f64 {
        for life in now.iter().filter(|life| life.ended) {
            if let Some(&place) = self.row.get(&life.cluster) {
                self.influence[place] += 1.0 / n;
            }
        }
        for (influence, at_risk) in self.influence.iter_mut().zip(&self.at_risk) {
            *influence -= at_risk * d / (n * n);
        }
        let k = self.at_risk.len() as f64;
        self.influence.iter().map(|u| u * u).sum::<f64>() * k / (k - 1.0)
    }

    fn leave(&mut self, now: &[Duration]) {
        for life in now {
            if let Some(&place) = self.row.get(&life.cluster) {
                self.at_risk[place] -= 1.0;
            }
        }
    }
}

/// S to the powers exp(±z √V / ln S); `None` where S is 0 or 1, or V is not finite.
fn log_log_band(survival: f64, hazard_variance: f64, z: f64) -> Option<(f64, f64)> {
    if !(survival > 0.0 && survival < 1.0 && hazard_variance.is_finite()) {
        return None;
    }
    let log = libm::log(survival);
    let width = z * hazard_variance.sqrt() / -log;
    Some((libm::exp(log * libm::exp(width)), libm::exp(log * libm::exp(-width))))
}

/// Half-life of a stock that loses `rate` (a share in (0, 1)) each period: ln ½ / ln(1 − rate).
///
/// Limits: `None` unless 0 < rate < 1.
#[must_use]
pub fn half_life_of_rate(rate: f64) -> Option<f64> {
    (rate > 0.0 && rate < 1.0).then(|| -core::f64::consts::LN_2 / libm::log1p(-rate))
}

/// Share lost each period by a stock with this half-life: 1 − 2^(−1/half-life), the inverse of
/// [`half_life_of_rate`].
///
/// Limits: `None` unless the half-life is above 0 and finite.
#[must_use]
pub fn rate_of_half_life(half_life: f64) -> Option<f64> {
    (half_life > 0.0 && half_life.is_finite()).then(|| -libm::expm1(-core::f64::consts::LN_2 / half_life))
}
