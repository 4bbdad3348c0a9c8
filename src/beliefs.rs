//! Normal beliefs: what a look is worth, what a meeting is worth, what an outcome teaches.
//!
//! Ability and quality are measured in standard deviations (sd) of the workforce; a precision is one over a
//! variance. Every agent who judges people does so with these formulas and with nothing else.

use crate::maths::{normal_below, normal_density, positive_part};

/// A normal belief: mean and variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Belief {
    /// Mean, in sd.
    pub mean: f64,
    /// Variance, in sd², above 0.
    pub variance: f64,
}

impl Belief {
    /// What is known of a worker's ability before any look: the workforce itself.
    pub const WORKFORCE: Self = Self { mean: 0.0, variance: 1.0 };

    /// Belief after one more look.
    ///
    /// Normal prior and normal noise: precisions add, means weigh by precision.
    ///
    /// - `signal`: what the look showed, in sd
    /// - `precision`: of the look, ≥ 0, in 1/sd²
    ///
    /// Limits: precision 0 gives the prior, precision → ∞ gives the signal.
    /// Source: Gelman et al., *Bayesian Data Analysis*, 3rd ed., §2.5.
    #[must_use]
    pub fn after_look(self, signal: f64, precision: f64) -> Self {
        let weight = precision * self.variance / (1.0 + precision * self.variance);
        Self { mean: self.mean + weight * (signal - self.mean), variance: self.variance * (1.0 - weight) }
    }

    /// Belief after hearing only whether this quantity plus noise reached a threshold.
    ///
    /// The exact mean and variance of the posterior, used as a normal again.
    ///
    /// - `threshold`: in sd
    /// - `noise_variance`: of what was added before the comparison, ≥ 0
    /// - `reached`: what was heard
    ///
    /// Source: moments of the truncated normal; Rasmussen and Williams (2006), *Gaussian Processes for Machine
    /// Learning*, §3.9.
    #[must_use]
    pub fn after_outcome(self, threshold: f64, noise_variance: f64, reached: bool) -> Self {
        let scale = (self.variance + noise_variance).sqrt();
        let sign = if reached { 1.0 } else { -1.0 };
        let z = sign * (self.mean - threshold) / scale;
        let hazard = inverse_mills(z);
        let gain = self.variance / scale;
        let shrink = hazard * (z + hazard) * gain * gain;
        Self { mean: self.mean + sign * gain * hazard, variance: (self.variance - shrink).max(1e-9) }
    }
}

/// φ(z)/Φ(z), by its asymptote z → −∞ where Φ underflows.
fn inverse_mills(z: f64) -> f64 {
    if z < -30.0 { -z - 1.0 / z } else { normal_density(z) / normal_below(z) }
}

/// What an interview reveals: how far a posterior mean can move, and what that is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interview {
    /// Variance of the match between a person and a job, sd².
    pub match_variance: f64,
    /// Variance of the interviewer's noise, sd²; infinite when interviews tell nothing.
    pub noise_variance: f64,
}

impl Interview {
    /// - `match_sd`: sd of the match, ≥ 0
    /// - `precision`: of the interview, ≥ 0, 1/sd²
    #[must_use]
    pub fn new(match_sd: f64, precision: f64) -> Self {
        Self { match_variance: match_sd * match_sd, noise_variance: 1.0 / precision }
    }

    /// Sd of the posterior mean of quality, seen from before the interview.
    ///
    /// With belief N(M, s²) about ability and V = s² + match variance, the posterior mean is N(M, V²/(V + noise)).
    #[must_use]
    pub fn spread(&self, variance: f64) -> f64 {
        let v = variance + self.match_variance;
        v / (v + self.noise_variance).sqrt()
    }

    /// Chance that the posterior mean reaches the bar. `margin` = mean minus bar, sd.
    #[must_use]
    pub fn chance_to_pass(&self, margin: f64, variance: f64) -> f64 {
        self.chance_to_pass_unsure(margin, variance, 0.0)
    }

    /// The same for one who sees the bar with noise of variance `doubt`: the bar is as uncertain to him as it is noisy.
    #[must_use]
    pub fn chance_to_pass_unsure(&self, margin: f64, variance: f64, doubt: f64) -> f64 {
        let known = self.spread(variance);
        let spread = if doubt > 0.0 { (known * known + doubt).sqrt() } else { known };
        if spread > 0.0 {
            return normal_below(margin / spread);
        }
        if margin >= 0.0 { 1.0 } else { 0.0 }
    }

    /// Expected quality above the bar of those who pass, counted as 0 for those who fail, in sd.
    #[must_use]
    pub fn expected_gain(&self, margin: f64, spread: f64) -> f64 {
        if spread > 0.0 { spread * positive_part(margin / spread) } else { margin.max(0.0) }
    }

    /// Posterior mean of quality minus bar after the interview showed `shown` (quality minus bar plus noise).
    #[must_use]
    pub fn posterior_margin(&self, margin: f64, variance: f64, shown: f64) -> f64 {
        let v = variance + self.match_variance;
        margin + v / (v + self.noise_variance) * (shown - margin)
    }
}

/// Precision that hours of screening buy in total: `most · hours/(hours + half_hours)`.
///
/// Limits: 0 hours give 0, endless hours give `most`; splitting the hours adds nothing.
#[must_use]
pub fn screening_precision(most: f64, half_hours: f64, hours: f64) -> f64 {
    if hours > 0.0 { most * hours / (hours + half_hours) } else { 0.0 }
}

/// A running rate after `n` more cases of which the mean outcome was `mean`: each case has weight `weight`, the
/// order of cases within a week does not matter.
#[must_use]
pub fn running_mean(rate: f64, weight: f64, n: u32, mean: f64) -> f64 {
    if n == 0 {
        return rate;
    }
    rate + (1.0 - crate::maths::pow(1.0 - weight, f64::from(n))) * (mean - rate)
}

/// A running rate after `n` more cases of which `yes` were such.
#[must_use]
pub fn running_share(rate: f64, weight: f64, (n, yes): (u32, u32)) -> f64 {
    if n == 0 { rate } else { running_mean(rate, weight, n, f64::from(yes) / f64::from(n)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_add_precisions_in_any_order() {
        let prior = Belief { mean: 0.3, variance: 0.8 };
        let twice = prior.after_look(1.0, 0.5).after_look(1.0, 1.5);
        let once = prior.after_look(1.0, 2.0);
        assert!((twice.mean - once.mean).abs() < 1e-15 && (twice.variance - once.variance).abs() < 1e-15);
        assert!((once.variance - 1.0 / (1.0 / 0.8 + 2.0)).abs() < 1e-15);
        assert_eq!(prior.after_look(9.0, 0.0), prior);
    }

    /// Posterior after "ability plus noise reached the threshold" by direct integration over a grid of ±10 sd in
    /// steps of 0.001 (midpoint rule, error below 1e-6).
    #[test]
    fn an_outcome_teaches_what_integration_says() {
        for (mean, variance, threshold, noise, reached) in
            [(0.0, 1.0, 0.5, 0.25, true), (0.4, 0.7, -0.2, 5.0, false), (-1.0, 0.3, 1.5, 0.5, true)]
        {
            let (mut mass, mut first, mut second) = (0.0, 0.0, 0.0);
            for i in 0..20_000 {
                let x = -10.0 + (f64::from(i) + 0.5) * 0.001;
                let z = (x - threshold) / libm::sqrt(noise);
                let likelihood = normal_below(if reached { z } else { -z });
                let weight = normal_density((x - mean) / libm::sqrt(variance)) * likelihood;
                mass += weight;
                first += weight * x;
                second += weight * x * x;
            }
            let (want_mean, want_square) = (first / mass, second / mass);
            let got = Belief { mean, variance }.after_outcome(threshold, noise, reached);
            assert!((got.mean - want_mean).abs() < 1e-5);
            assert!((got.variance - (want_square - want_mean * want_mean)).abs() < 1e-5);
            assert!(got.variance < variance);
        }
    }

    /// Correlation with ability √(π/(1 + π)) at the hours that the screening curve is built on.
    #[test]
    fn hours_of_screening_give_the_documented_correlations() {
        for (hours, correlation) in [(0.5, 0.29), (1.5, 0.41), (5.0, 0.50), (35.0, 0.55)] {
            let precision = screening_precision(0.46, 2.0, hours);
            assert!(((precision / (1.0 + precision)).sqrt() - correlation).abs() < 0.006, "{hours} h");
        }
    }

    /// The worth of a meeting by quadrature of the positive part over the posterior mean.
    #[test]
    fn the_gain_from_a_meeting_agrees_with_quadrature() {
        let interview = Interview::new(0.5, 0.21);
        for (margin, variance) in [(-1.0, 0.8), (0.0, 0.3), (0.7, 1.1)] {
            let spread = interview.spread(variance);
            let (mut gain, mut pass) = (0.0, 0.0);
            for i in 0..160_000 {
                let z = -8.0 + (f64::from(i) + 0.5) * 0.0001;
                let posterior = margin + spread * z;
                if posterior >= 0.0 {
                    gain += posterior * normal_density(z) * 0.0001;
                    pass += normal_density(z) * 0.0001;
                }
            }
            assert!((interview.expected_gain(margin, spread) - gain).abs() < 1e-6);
            assert!((interview.chance_to_pass(margin, variance) - pass).abs() < 1e-4);
        }
    }

    #[test]
    fn interviews_that_tell_nothing_pass_whoever_is_expected_to_reach_the_bar() {
        let blind = Interview::new(0.5, 0.0);
        assert!((blind.chance_to_pass(0.1, 1.0) - 1.0).abs() < 1e-15);
        assert!(blind.chance_to_pass(-0.1, 1.0).abs() < 1e-15);
        assert!((blind.posterior_margin(0.1, 1.0, 5.0) - 0.1).abs() < 1e-15);
    }

    #[test]
    fn several_cases_in_a_week_count_each_once() {
        let one_by_one = running_mean(running_mean(0.5, 0.1, 1, 1.0), 0.1, 1, 1.0);
        assert!((running_mean(0.5, 0.1, 2, 1.0) - one_by_one).abs() < 1e-15);
        assert!((running_mean(0.5, 0.1, 0, 1.0) - 0.5).abs() < 1e-15);
    }
}
