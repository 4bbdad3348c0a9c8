//! Stationarity: whether the burn-in has ended where it was going, checked and not assumed.
//!
//! Over the last two blocks of 104 weeks unemployment, contacts per worker, mean weeks out of work, ability of seekers
//! and the share of hires through introductions must differ by less than 2 %, or by less than luck alone would make them
//! differ. Five quantities are compared: each is tested at a fifth of 5 % (Bonferroni), so that a market at rest warns
//! in at most one run of twenty.

use super::period::Period;
use super::ratio;
use crate::stats::Moments;
use crate::stats::t_quantile;
use crate::week::tally::{Channel, Tally};

/// Weeks in a block.
const BLOCK: usize = 104;
/// Weeks in a batch, from which one replication alone gets its standard error.
const BATCH: usize = 13;

/// A quantity that must stand still.
type Quantity = (&'static str, fn(&Period) -> Option<f64>);

const QUANTITIES: [Quantity; 5] = [
    ("unemployment", |p| ratio(p.sum.unemployed, p.sum.workers)),
    ("contacts per worker", |p| {
        // Workers are as many in every week.
        ratio(p.sum.contacts.0, p.sum.contacts.1 * p.sum.workers / f64::from(p.weeks))
    }),
    ("mean weeks out of work", |p| ratio(p.sum.pool.weeks_out, p.sum.pool.n_out)),
    ("ability of seekers", |p| ratio(p.sum.pool.ability, p.sum.pool.n)),
    ("share of hires through introductions", |p| {
        ratio(p.sum.hires[Channel::Organic as usize], p.sum.hires.iter().sum())
    }),
];

/// Values of every quantity in the last two blocks of one burn-in, and the standard error of their difference from
/// batches of 13 weeks; `None` if the burn-in is shorter.
#[derive(Clone, Debug, PartialEq)]
pub struct Blocks {
    /// By quantity: earlier value, later value, standard error.
    pub values: Vec<Option<(f64, f64, f64)>>,
}

/// What was found of one quantity over all replications.
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    /// The quantity.
    pub quantity: &'static str,
    /// Mean of the earlier block.
    pub earlier: f64,
    /// Mean of the later block.
    pub later: f64,
    /// Standard error of the difference.
    pub standard_error: f64,
    /// Degrees of freedom of that error.
    pub freedom: f64,
}

/// Chance that any of the quantities of a market at rest is thought to drift.
const FALSE_ALARM: f64 = 0.05;

impl Drift {
    /// Whether the blocks differ by less than 2 %, or by less than luck makes one of five quantities differ in one run
    /// of twenty.
    #[must_use]
    pub fn stands_still(&self) -> bool {
        let difference = (self.later - self.earlier).abs();
        let tested = FALSE_ALARM / f64::from(crate::ids::row(QUANTITIES.len()));
        let critical = t_quantile(1.0 - tested / 2.0, self.freedom).unwrap_or(f64::INFINITY);
        difference < 0.02 * self.earlier.abs() || difference < critical * self.standard_error
    }
}

/// Reads the last two blocks of a burn-in.
#[must_use]
pub fn blocks(weeks: &[Tally]) -> Option<Blocks> {
    let start = weeks.len().checked_sub(2 * BLOCK)?;
    let (earlier, later) = weeks[start..].split_at(BLOCK);
    let value = |(_, of): &Quantity| {
        let (a, b) = (of(&Period::of(earlier))?, of(&Period::of(later))?);
        let variance = |weeks: &[Tally]| {
            let batches: Vec<f64> = weeks.chunks(BATCH).filter_map(|batch| of(&Period::of(batch))).collect();
            Moments::of(&batches).standard_error().map(|se| se * se)
        };
        Some((a, b, (variance(earlier)? + variance(later)?).sqrt()))
    };
    Some(Blocks { values: QUANTITIES.iter().map(value).collect() })
}

/// Puts the replications together: with three or more, the standard error is that of their mean difference.
#[must_use]
pub fn drifts(replications: &[Blocks]) -> Vec<Drift> {
    let drift = |(position, (quantity, _)): (usize, &Quantity)| {
        let values: Vec<_> = replications.iter().filter_map(|b| b.values[position]).collect();
        let earlier = Moments::of(&values.iter().map(|v| v.0).collect::<Vec<_>>()).mean()?;
        let later = Moments::of(&values.iter().map(|v| v.1).collect::<Vec<_>>()).mean()?;
        let differences = Moments::of(&values.iter().map(|v| v.1 - v.0).collect::<Vec<_>>());
        let within = values.iter().map(|v| v.2 * v.2).sum::<f64>().sqrt() / values.len() as f64;
        let n = f64::from(crate::ids::row(values.len()));
        // Two blocks of eight batches each have fourteen degrees of freedom a replication.
        let batches = f64::from(crate::ids::row(2 * (BLOCK / BATCH - 1)));
        let (standard_error, freedom) = match differences.standard_error() {
            Some(between) if values.len() >= 3 => (between, n - 1.0),
            _ => (within, n * batches),
        };
        Some(Drift { quantity, earlier, later, standard_error, freedom })
    };
    QUANTITIES.iter().enumerate().filter_map(drift).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drift(later: f64, freedom: f64) -> Drift {
        Drift { quantity: "unemployment", earlier: 1.0, later, standard_error: 0.05, freedom }
    }

    /// t quantiles at 0.995 from printed tables: 4.032 with 5, 2.861 with 19 degrees of freedom.
    /// Two replications: the errors of both, √(2 · 0.3²)/2, with 2 · (104/13 − 1) degrees of freedom each.
    #[test]
    fn few_replications_have_the_errors_within_them() {
        let blocks = Blocks { values: vec![Some((1.0, 2.0, 0.3)); QUANTITIES.len()] };
        let drift = &drifts(&[blocks.clone(), blocks])[0];
        assert!((drift.standard_error - 0.212_132).abs() < 1e-6, "{drift:?}");
        assert!((drift.freedom - 28.0).abs() < 1e-9, "{drift:?}");
    }

    #[test]
    fn each_of_five_quantities_is_tested_at_one_in_a_hundred() {
        assert!(drift(1.0 + 0.05 * 4.03, 5.0).stands_still());
        assert!(!drift(1.0 + 0.05 * 4.04, 5.0).stands_still());
        assert!(drift(1.0 - 0.05 * 2.85, 19.0).stands_still());
        assert!(!drift(1.0 - 0.05 * 2.87, 19.0).stands_still());
        assert!(drift(1.0199, 19.0).stands_still(), "less than 2 % is nothing");
    }

    /// 2,000 markets at rest, five independent normal quantities, ten replications: the share that warns is 4.9 %
    /// (1 − 0.99⁵), se 0.48 %; critical value 4 se.
    #[test]
    fn a_market_at_rest_warns_in_one_run_of_twenty() {
        let head = crate::streams::Draws::new(4, 0).head(crate::streams::Purpose::Design, 1);
        let mut warned = 0;
        for market in 0..2_000_u32 {
            let mut numbers = head.branch(market).numbers();
            let mut normal = || crate::maths::normal_quantile(crate::streams::unit(numbers.draw()));
            let mut one = || Blocks { values: (0..5).map(|_| Some((normal(), normal(), 1.0))).collect() };
            let replications: Vec<Blocks> = (0..10).map(|_| one()).collect();
            // Around zero, where 2 % of the level is nothing beside the luck.
            let still = drifts(&replications).iter().all(Drift::stands_still);
            warned += u32::from(!still);
        }
        let share = f64::from(warned) / 2_000.0;
        assert!((share - 0.049).abs() < 4.0 * 0.0048, "{share}");
    }

    #[test]
    fn less_than_two_percent_is_nothing_however_surely_it_is_known() {
        let sure = |later: f64| Drift { standard_error: 1e-6, ..drift(later, 19.0) };
        assert!(sure(1.019).stands_still() && sure(0.981).stands_still());
        assert!(!sure(1.021).stands_still() && !sure(0.979).stands_still());
    }
}
