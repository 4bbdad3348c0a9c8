//! Estimates with their uncertainty: moments, quantiles, intervals, resampling, sensitivity and survival.
//!
//! Knows numbers and nothing above them. Every function says what it gives for no data, one value and constant
//! data: no data is `None`, one value is an estimate without an interval, and nothing here panics.

mod bootstrap;
mod intervals;
mod moments;
mod pairs;
mod quantiles;
mod sensitivity;
mod survival;

pub use bootstrap::bootstrap_interval;
pub use intervals::{
    Estimate, Sides, difference_of_ratios, mean_interval, normal_quantile, paired_difference, pseudo_values,
    ratio_of_sums, replications_to_exclude, t_quantile, wilson,
};
pub use moments::Moments;
pub use pairs::{holm, sign_test, t_test, together_by_chance, variance_saved};
pub use quantiles::{median, quantile, quantile_of_sorted};
pub use sensitivity::{BasePoint, Elementary, Index, VarianceShares, elementary_effects, variance_shares};
pub use survival::{Duration, KaplanMeier, Median, Step, half_life_of_rate, rate_of_half_life};

#[cfg(test)]
mod tests;
